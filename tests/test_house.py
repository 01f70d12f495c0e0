"""The shape of the project: what stands at the top, what things are called, what is left behind."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from tree import ROOT, read_modules, walk_project

TOP = {
    *("pyproject.toml", "Makefile", "README.md", "CHANGELOG.md", "LICENSE", "MANIFEST.in"),
    *("action.yml", ".pre-commit-hooks.yaml", ".ci", ".gitignore", ".gitattributes"),
    *("custfocus_cli", "questionnaires", "templates", "tests"),
    *("PKG-INFO", "setup.cfg"),  # of a source distribution
}

EMPTY_NAMES = re.compile(r"(^|_)(utils?|helpers?|managers?|misc|common)($|_)")

# Split, so that this file does not find itself.
LEFT_BEHIND = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X)\b")
MACHINE_PATH = re.compile(r"(?<![\w.:/])/(?:home|root|Users|work|mnt)/\w")
TEXT = {".py", ".md", ".toml", ".yaml", ".yml", ".json", ".j2", ".css", ".js", ".in", ""}


def find_strangers(names: Iterable[str]) -> list[str]:
    return sorted(set(names) - TOP)


def find_empty_names(module: str, source: str) -> list[str]:
    """Modules, classes and functions whose name does not say what they are about."""
    defined = [
        node.name.lower()
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ClassDef | ast.FunctionDef)
    ]
    names = [*module.split("."), *defined]
    return [f"{module}: {name}" for name in names if EMPTY_NAMES.search(name)]


def find_long_functions(module: str, source: str, limit: int = 60) -> list[str]:
    return [
        f"{module}: {node.name}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= limit
    ]


def find_leavings(name: str, text: str) -> list[str]:
    """Lines with a note to oneself or a path of somebody's machine."""
    return [
        f"{name}:{number}: {line.strip()}"
        for number, line in enumerate(text.splitlines(), 1)
        if LEFT_BEHIND.search(line) or MACHINE_PATH.search(line)
    ]


def read_texts() -> Iterable[tuple[Path, str]]:
    for path in walk_project():
        inside = path.relative_to(ROOT)
        if path.suffix in TEXT and not inside.is_relative_to("tests/examples"):
            yield inside, path.read_text("utf-8")


def test_only_what_the_house_lists_stands_at_the_top() -> None:
    assert find_strangers(path.relative_to(ROOT).parts[0] for path in walk_project()) == []
    assert find_strangers(["README.md", "notes.txt", "docs"]) == ["docs", "notes.txt"]


def test_everything_is_named_after_what_it_is_about() -> None:
    found = [line for pair in read_modules().items() for line in find_empty_names(*pair)]
    assert found == []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("files.utils", ""),
        ("scoring.cell_helpers", ""),
        ("files.reader", "class helper: pass"),
        ("files.reader", "def common(): pass"),
    ],
)
def test_a_planted_empty_name_is_caught(module: str, source: str) -> None:
    assert len(find_empty_names(module, source)) == 1


def test_functions_stay_short_enough_to_read() -> None:
    assert [line for pair in read_modules().items() for line in find_long_functions(*pair)] == []
    planted = "def long():\n" + "    x = 1\n" * 60
    assert find_long_functions("files.reader", planted) == ["files.reader: long"]


def test_nothing_is_left_behind() -> None:
    found = [line for name, text in read_texts() for line in find_leavings(str(name), text)]
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        "# TO" + "DO: later",
        "x = 1  # FIX" + "ME",
        "see /" + "home/someone/notes",
        "open('/" + "root/x')",
    ],
)
def test_a_planted_leaving_is_caught(line: str) -> None:
    assert len(find_leavings("a.py", f"\n{line}\n")) == 1
