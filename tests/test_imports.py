"""Who imports whom: the rooms of the house, and the one room of each third party."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator

import pytest
from tree import read_modules

CORE = {"documents", "wording", "scoring", "changes", "files", "interview", "render", "packaged"}

# Every room may import itself, errors and the package itself (its version).
ROOMS: dict[str, set[str]] = {
    "": set(),
    "errors": set(),
    "packaged": set(),
    "documents": set(),
    "wording": set(),
    "scoring": {"documents"},
    "changes": {"scoring", "documents"},
    "files": {"documents", "packaged"},
    "interview": {"scoring", "documents", "wording"},
    "render": {"changes", "scoring", "documents", "wording", "packaged"},
    "commands": CORE,
    "app": {"commands"},
    "__main__": {"app", "wording"},  # wording: the roof says errors, and says them safely
}

# Where each third party may be imported: a room, or a single module of it.
THIRD_PARTIES: dict[str, set[str]] = {
    "yaml": {"files"},
    "duckdb": {"files"},
    "openpyxl": {"files"},
    "jinja2": {"render"},
    "markupsafe": {"render"},
    "questionary": {"interview.prompts"},
    "prompt_toolkit": {"interview.prompts"},
    "rich": {"render", "interview", "commands"},
    "pydantic": {"documents", "render.schemas"},
    "pydantic_core": {"documents", "render.schemas"},
    "typing_extensions": {"documents", "render.schemas", "__main__"},
    "typer": {"app", "commands"},
    "weasyprint": {"render.pdf"},
}

# What a room must be handed: the modules it may not import, the names it may not use.
PURE = {
    *("documents", "wording", "scoring", "changes"),
    *("interview.plan", "interview.outlook", "interview.conversation"),
    *("interview.keys", "interview.screen"),
}
CHANCE = {"time", "random", "secrets", "uuid", "locale"}
CLOCK = {"today", "now", "utcnow"}
BUILTINS = {"print", "input"}  # a console that prints into a text has a `print` too
NOT_IN: tuple[tuple[set[str], set[str], set[str]], ...] = (
    (
        PURE,
        {*CHANCE, "io", "os", "pathlib", "shutil", "tempfile", "glob", "subprocess", "socket"}
        | {"sys", "getpass", "logging", "importlib"},
        {*CLOCK, *BUILTINS, "open"},
    ),
    (ROOMS.keys() - {"files"}, {"subprocess"}, set()),
    ({"render"}, CHANCE, {*CLOCK, *BUILTINS, "environ", "getenv"}),
)
HIDDEN_IMPORTS = {"import_module", "__import__", "eval", "exec"}


def belongs(module: str, places: set[str]) -> bool:
    return any(module == place or module.startswith(f"{place}.") for place in places)


def imported(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and full name of everything a module imports, at whatever depth."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = "." * node.level + (node.module or "")
            yield from ((node.lineno, f"{start}.{alias.name}") for alias in node.names)


def refuse_import(module: str, name: str) -> str | None:
    """Why this module may not import that name; None when it may."""
    top, _, inside = name.partition(".")
    room = module.partition(".")[0]
    if not top:
        return "is relative: name the room"
    if top == "custfocus_cli":
        goal = inside.partition(".")[0]
        known = {room, "errors", "__version__", *ROOMS.get(room, ())}
        return None if goal in known else f"is not for {room or 'the package itself'}"
    if top in sys.stdlib_module_names:
        barred = any(belongs(module, rooms) and top in names for rooms, names, _ in NOT_IN)
        return "must be handed to this room" if barred else None
    if belongs(module, THIRD_PARTIES.get(top, set())):
        return None
    return f"has its room in {sorted(THIRD_PARTIES[top])}" if top in THIRD_PARTIES else "is unknown"


def find_names(module: str, tree: ast.Module) -> Iterator[tuple[int, str]]:
    """What a module uses that its room must be handed, and imports that no test would see."""
    barred = HIDDEN_IMPORTS.union(*(names for rooms, _, names in NOT_IN if belongs(module, rooms)))
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in barred - CLOCK:  # a variable may be `now`
            yield node.lineno, node.id
        elif isinstance(node, ast.Attribute) and node.attr in barred - BUILTINS:
            yield node.lineno, node.attr


def find_violations(module: str, source: str) -> list[str]:
    tree = ast.parse(source)
    found = [
        (line, f"{name} {reason}")
        for line, name in imported(tree)
        if (reason := refuse_import(module, name))
    ]
    found += [(line, f"{name} is not for this room") for line, name in find_names(module, tree)]
    if module and module.partition(".")[0] not in ROOMS:
        found.append((1, "is a room that the table does not know"))
    return [f"{module}:{line}: {text}" for line, text in sorted(found)]


def test_every_import_is_one_the_house_allows() -> None:
    modules = read_modules()
    assert {"", "__main__", "app", "errors", "packaged"} <= modules.keys()
    found = [line for name, source in modules.items() for line in find_violations(name, source)]
    assert found == []


@pytest.mark.parametrize(
    ("module", "source", "line"),
    [
        ("scoring.ladder", "from custfocus_cli.files import a", "custfocus_cli.files.a is not for"),
        ("scoring.ladder", "def f():\n import custfocus_cli.render", "2: custfocus_cli.render is"),
        ("scoring.ladder", "from custfocus_cli import files", "custfocus_cli.files is not for"),
        ("scoring.ladder", "from ..files import reader", "..files.reader is relative"),
        ("scoring.ladder", "import yaml", "yaml has its room in ['files']"),
        ("scoring.ladder", "import requests", "requests is unknown"),
        ("scoring.ladder", "from datetime import date\nx = date.today()", "2: today is not"),
        ("scoring.ladder", "from pathlib import Path", "pathlib.Path must be handed to this room"),
        ("documents.model", "import os", "os must be handed to this room"),
        ("documents.model", "print(1)", "print is not for this room"),
        ("interview.plan", "import prompt_toolkit", "prompt_toolkit has its room in"),
        ("interview.plan", "import time", "time must be handed to this room"),
        ("interview.conversation", "import os", "os must be handed to this room"),
        ("interview.screen", "from wcwidth import wcwidth", "wcwidth.wcwidth is unknown"),
        ("render.html", "import os\nos.environ['X']", "2: environ is not for this room"),
        ("render.html", "from pydantic import BaseModel", "pydantic.BaseModel has its room"),
        ("render.html", "from custfocus_cli.files import a", "custfocus_cli.files.a is not for"),
        ("render.html", "import weasyprint", "weasyprint has its room in ['render.pdf']"),
        ("app", "from custfocus_cli.scoring import a", "custfocus_cli.scoring.a is not for app"),
        ("__main__", "import typer", "typer has its room in ['app', 'commands']"),
        ("commands.score", "from custfocus_cli import app", "custfocus_cli.app is not for"),
        ("commands.score", "import click", "click is unknown"),
        ("commands.score", "import subprocess", "subprocess must be handed to this room"),
        ("", "from subprocess import run", "subprocess.run must be handed to this room"),
        ("errors", "from custfocus_cli.wording import a", "custfocus_cli.wording.a is not for"),
        (
            "files.reader",
            "import importlib\nimportlib.import_module('rich')",
            "2: import_module is",
        ),
        ("helpers.text", "", "helpers.text:1: is a room that the table does not know"),
    ],
)
def test_a_planted_violation_is_caught(module: str, source: str, line: str) -> None:
    found = find_violations(module, source)
    assert len(found) == 1
    assert line in found[0]
