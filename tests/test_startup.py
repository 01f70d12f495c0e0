"""What a start costs: the heavy packages are imported by the commands that need them."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("rich", "questionary", "prompt_toolkit", "jinja2", "yaml", "pydantic", "duckdb")


def list_imported(code: str, names: tuple[str, ...]) -> list[str]:
    """Those of the names that a fresh interpreter has imported after running the code."""
    watch = f"import sys\n{code}\nprint(*[name for name in {names!r} if name in sys.modules])"
    ran = subprocess.run(
        [sys.executable, "-P", "-c", watch], capture_output=True, check=True, encoding="utf-8"
    )
    return ran.stdout.splitlines()[-1].split()


def test_the_assembled_command_line_is_light() -> None:
    assert list_imported("import custfocus_cli.app", HEAVY) == []


def test_help_is_light() -> None:
    code = "from custfocus_cli.__main__ import main\nmain(['--help'])"
    assert list_imported(code, HEAVY) == []


def test_the_version_is_answered_before_typer() -> None:
    code = "from custfocus_cli.__main__ import main\nmain(['--version'])"
    assert list_imported(code, (*HEAVY, "typer", "typing", "dataclasses")) == []


def test_a_planted_import_is_caught() -> None:
    assert list_imported("import custfocus_cli.app, yaml", HEAVY) == ["yaml"]
