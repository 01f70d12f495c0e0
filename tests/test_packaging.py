"""What is built: every package and every data file reaches whoever installs custfocus."""

from __future__ import annotations

import tomllib
from fnmatch import fnmatch
from importlib.metadata import entry_points, version
from pathlib import Path
from typing import Literal

import pytest
from tree import PACKAGE, ROOT, walk_project

from custfocus_cli import __version__
from custfocus_cli.packaged import shipped

SETUP = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
SETUPTOOLS = SETUP["tool"]["setuptools"]
DATA: tuple[Literal["questionnaires", "templates"], ...] = ("questionnaires", "templates")


def find_packages(package: Path) -> set[str]:
    """The dotted names of the folders that hold Python files, from this one down."""
    folders = {path.parent for path in package.rglob("*.py")}
    return {".".join(folder.relative_to(package.parent).parts) for folder in folders}


def find_unshipped(names: list[str], patterns: list[str]) -> list[str]:
    """The data files that no pattern takes along; the manuals stay in the repository."""
    kept = [name for name in names if Path(name).name not in {"README.md", "__init__.py"}]
    return [
        name
        for name in kept
        # setuptools reads ** as any depth, the top too
        if not any(fnmatch(Path(name).name, pattern.removeprefix("**/")) for pattern in patterns)
    ]


def list_files(folder: Path) -> list[str]:
    return sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    )


def test_every_package_is_listed() -> None:
    data = {f"custfocus_cli.{kind}" for kind in DATA}
    assert set(SETUPTOOLS["packages"]) == find_packages(PACKAGE) | data
    assert set(SETUPTOOLS["package-dir"].values()) == {"custfocus_cli", *DATA}


def test_a_forgotten_package_is_caught(tmp_path: Path) -> None:
    (tmp_path / "house" / "new_room").mkdir(parents=True)
    (tmp_path / "house" / "new_room" / "door.py").touch()
    assert find_packages(tmp_path / "house") == {"house.new_room"}


@pytest.mark.parametrize("kind", DATA)
def test_every_data_file_is_shipped(kind: Literal["questionnaires", "templates"]) -> None:
    names = list_files(ROOT / kind)
    assert find_unshipped(names, SETUPTOOLS["package-data"][f"custfocus_cli.{kind}"]) == []
    assert (ROOT / kind / "__init__.py").exists()
    installed = shipped(kind)
    missing = [
        name
        for name in names
        if name != "README.md" and not installed.joinpath(*name.split("/")).is_file()
    ]
    assert missing == []


def test_a_data_file_that_no_pattern_takes_is_caught() -> None:
    names = ["__init__.py", "README.md", "a.yaml", "samples/b.yaml", "samples/c.csv"]
    assert find_unshipped(names, ["**/*.yaml"]) == ["samples/c.csv"]


# What setuptools puts into a source distribution unasked.
UNASKED = {"pyproject.toml", "README.md", "LICENSE", "MANIFEST.in", "PKG-INFO", "setup.cfg"}


def find_left_out(names: list[str], manifest: str) -> list[str]:
    """The files at the top that a source distribution would lack."""
    lines = (line.split() for line in manifest.splitlines())
    taken = {name for command, *rest in lines if command == "include" for name in rest}
    return [name for name in names if name not in taken | UNASKED]


def test_a_source_distribution_has_every_file_of_the_top() -> None:
    names = [path.name for path in walk_project() if path.parent == ROOT]
    assert {"action.yml", "CHANGELOG.md"} <= set(names)
    assert find_left_out(names, (ROOT / "MANIFEST.in").read_text("utf-8")) == []
    assert find_left_out(["action.yml", "README.md"], "include a.yml\ngraft action.yml") == [
        "action.yml"
    ]


def test_the_version_is_one() -> None:
    assert __version__ == SETUP["project"]["version"] == version("custfocus")


def test_the_console_script_is_the_roof() -> None:
    (script,) = entry_points(group="console_scripts", name="custfocus")
    assert script.value == "custfocus_cli.__main__:run"


def test_dependencies_have_lower_bounds_and_no_others() -> None:
    extras = SETUP["project"]["optional-dependencies"].values()
    wanted = [*SETUP["project"]["dependencies"], *(line for extra in extras for line in extra)]
    assert [line for line in wanted if ">=" not in line or "<" in line or "==" in line] == []
