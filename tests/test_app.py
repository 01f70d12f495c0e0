"""The tables of commands, and the help that comes from them."""

from __future__ import annotations

import pytest

from custfocus_cli import app
from custfocus_cli.__main__ import main


def test_help_is_the_same_text_in_every_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def planted() -> int:
        """Grows [bold]roses[/bold]."""
        return 0

    monkeypatch.setattr(app, "COMMANDS", (("plant", planted),))
    monkeypatch.setattr(app, "GROUPS", (("beds", "About beds.", (("list", planted),)),))
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert main(["--help"]) == 0
    out = capsys.readouterr().out
    assert out.endswith("Commands:\n  plant  Grows [bold]roses[/bold].\n  beds   About beds.\n")
    assert main(["beds", "--help"]) == 0
    assert "  list  Grows [bold]roses[/bold].\n" in capsys.readouterr().out
    assert main(["beds", "list"]) == 0
    assert main(["beds"]) == 2
    assert capsys.readouterr().err == (
        "error: Missing command.\nhint: custfocus beds --help says more\n"
    )


def list_commands() -> list[tuple[str, ...]]:
    names: list[tuple[str, ...]] = [(name,) for name, _ in app.COMMANDS]
    return names + [(word, name) for word, _, commands in app.GROUPS for name, _ in commands]


def find_without_example(capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The commands whose help shows no line that calls them."""
    missing = []
    for words in list_commands():
        assert main([*words, "--help"]) == 0
        if f"  custfocus {' '.join(words)}" not in capsys.readouterr().out:
            missing.append(" ".join(words))
    return missing


def test_the_help_of_every_command_shows_an_example(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert find_without_example(capsys) == []
    monkeypatch.setattr(app, "COMMANDS", (("plant", lambda: 0),))
    monkeypatch.setattr(app, "GROUPS", ())
    assert find_without_example(capsys) == ["plant"]
