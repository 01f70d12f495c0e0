"""Setting up: the Makefile finds a Python that will do, or says in one line what is missing.

The Pythons of these tests are scripts that answer as a Python of that version would.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from tree import ROOT

TOOLS = ("make", "sh", "cat", "rm", "mkdir", "touch", "sed", "expand")

# Answers the three questions of the Makefile, and "makes" an environment.
FAKE_PYTHON = """\
#!/bin/sh
case "$*" in
  *print*) echo {version} ;;
  *sys.exit*) exit {too_old} ;;
  *ensurepip*) exit {bare} ;;
  *venv*)
    mkdir -p .venv/bin
    printf '#!/bin/sh\\n' > .venv/bin/python
    chmod +x .venv/bin/python ;;
esac
"""


def lay_out(folder: Path, **pythons: tuple[str, bool, bool]) -> Path:
    """A project's folder and a PATH of tools with these Pythons: version, too old, bare."""
    tools = folder / "tools"
    project = folder / "a project"
    tools.mkdir()
    project.mkdir()
    for tool in (*TOOLS, "chmod"):
        found = shutil.which(tool)
        assert found, tool
        (tools / tool).symlink_to(found)
    for name, (version, too_old, bare) in pythons.items():
        text = FAKE_PYTHON.format(version=version, too_old=int(too_old), bare=int(bare))
        path = tools / name.replace("_", ".")
        path.write_text(text, "utf-8")
        path.chmod(0o755)
    for name in ("Makefile", "pyproject.toml"):
        shutil.copy(ROOT / name, project)
    return project


def make(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["make", *arguments],
        cwd=project,
        env={"PATH": str(project.parent / "tools")},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def read_said(ran: subprocess.CompletedProcess[str]) -> list[str]:
    """What was said, without make's own closing line."""
    return [line for line in ran.stderr.splitlines() if not line.startswith("make: ***")]


@pytest.mark.parametrize("target", ["demo", "test"])
def test_a_missing_venv_module_is_one_line_with_its_package(tmp_path: Path, target: str) -> None:
    ran = make(lay_out(tmp_path, python3=("3.11", False, True)), target)
    assert ran.returncode == 2
    assert read_said(ran) == [
        "Python 3.11 is here without its venv module; on Debian or Ubuntu: "
        "apt install python3.11-venv"
    ]


def test_a_python_that_is_too_old_is_one_line(tmp_path: Path) -> None:
    ran = make(lay_out(tmp_path, python3=("3.9", True, False)), "demo")
    assert ran.returncode == 2
    assert read_said(ran) == [
        "custfocus needs Python 3.11 or later (found: 3.9); "
        "name one with make PYTHON=/path/to/python"
    ]


def test_no_python_is_one_line(tmp_path: Path) -> None:
    assert read_said(make(lay_out(tmp_path), "demo")) == [
        "custfocus needs Python 3.11 or later (found: none); "
        "name one with make PYTHON=/path/to/python"
    ]


def test_a_later_python_that_will_do_is_taken(tmp_path: Path) -> None:
    project = lay_out(
        tmp_path,
        python3=("3.9", True, False),
        python3_13=("3.13", False, True),
        python3_12=("3.12", False, False),
    )
    ran = make(project, "demo")
    assert ran.returncode == 0
    assert read_said(ran) == ["Setting up .venv with Python 3.12 (once)"]
    again = make(project, "demo")
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")


def test_make_alone_lists_every_target(tmp_path: Path) -> None:
    ran = make(lay_out(tmp_path))
    listed = [line.split()[0] for line in ran.stdout.splitlines()]
    assert listed == ["help", "demo", "test", "lint", "bench", "look", "wheel"]
