"""The stored examples: which there are, and what each invalid one says about itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tree import ROOT

from custfocus_cli.errors import Problem
from custfocus_cli.files.catalogue import Catalogue
from custfocus_cli.files.reader import read

EXAMPLES: Final = ROOT / "tests" / "examples"
_EXPECTED: Final = re.compile(rb"^# expect: (\S+) at (\S+?)\r?$", re.MULTILINE)


def walk(folder: str) -> Sequence[Path]:
    """Every example of a folder; what a file cannot say itself stands beside it in `.expect`."""
    files = (path for path in (EXAMPLES / folder).rglob("*") if path.is_file())
    return sorted(path for path in files if path.suffix != ".expect")


def read_expected(path: Path) -> Sequence[tuple[str, str]]:
    """The rule and the line (or JSON pointer) of each problem that an example announces."""
    beside = path.with_name(f"{path.name}.expect")
    text = (beside if beside.exists() else path).read_bytes()
    return [(rule.decode(), place.decode()) for rule, place in _EXPECTED.findall(text)]


def check(path: Path) -> Sequence[Problem]:
    """Every problem of an example."""
    return Catalogue().check(read(str(path), path.read_bytes()))


def outline(problems: Sequence[Problem]) -> Sequence[tuple[str, str]]:
    """Problems as an example announces them."""
    return [(each.rule, str(each.line or each.pointer or "/")) for each in problems]
