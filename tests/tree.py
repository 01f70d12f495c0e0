"""The source tree around the tests; the package they import may be installed elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "custfocus_cli"


def name_module(path: Path) -> str:
    """The module's dotted name below the package: `scoring.ladder`; a room's own is its name."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def read_modules() -> dict[str, str]:
    """The source of every module of the package, by its name below the package."""
    return {name_module(path): path.read_text("utf-8") for path in sorted(PACKAGE.rglob("*.py"))}


def walk_project() -> Iterator[Path]:
    """Every file of the project, without what .gitignore names."""
    lines = (ROOT / ".gitignore").read_text("utf-8").split()
    ignored = [*(line.rstrip("/") for line in lines), ".git"]
    for path in sorted(ROOT.rglob("*")):
        inside = path.relative_to(ROOT).parts
        if path.is_file() and not any(fnmatch(part, name) for part in inside for name in ignored):
            yield path
