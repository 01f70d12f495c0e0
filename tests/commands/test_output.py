"""Where a result goes, and for whom it is written there."""

from __future__ import annotations

import io
import sys

import pytest

from custfocus_cli.commands.output import describe_terminal, write_result


class Watched(io.StringIO):
    """A terminal that somebody looks at."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("output", [None, "-", "/dev/stdout"])
def test_what_is_printed_is_written_for_who_sees_it(
    output: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "93")
    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    screen = Watched()
    monkeypatch.setattr(sys, "stdout", screen)
    assert describe_terminal(output, "auto") == (93, True)
    write_result("x\n", output)
    assert screen.getvalue() == "x\n"


@pytest.mark.parametrize("output", ["card.txt", "/dev/stderr"])
def test_what_goes_to_a_file_is_written_for_none(
    output: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdout", Watched())
    assert describe_terminal(output, "auto") == (80, False)
