"""The source tree around the tests; the package they import may be installed elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "custfocus_cli"
IGNORED = (".git", *(ROOT / ".gitignore").read_text("utf-8").replace("/\n", "\n").split())


def name_module(path: Path) -> str:
    """The module's dotted name below the package: `scoring.ladder`; a room's own is its name."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def read_modules() -> dict[str, str]:
    """The source of every module of the package, by its name below the package."""
    return {name_module(path): path.read_text("utf-8") for path in sorted(PACKAGE.rglob("*.py"))}


def walk_project(folder: Path = ROOT) -> Iterator[Path]:
    """Every file of the project, in order, without what .gitignore names."""
    for path in sorted(folder.iterdir()):
        if any(fnmatch(path.name, name) for name in IGNORED):
            continue
        if path.is_dir():
            yield from walk_project(path)
        else:
            yield path
