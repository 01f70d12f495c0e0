"""Workflow commands: lines that tell the runner of GitHub's to annotate a file.

The syntax is that of "Workflow commands for GitHub Actions" in GitHub's documentation.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from custfocus_cli.wording.safety import clean, safe, space_out

MOST_ANNOTATIONS: Final = 10
"""How many annotations of one kind a step of GitHub's shows; the rest would vanish unsaid."""


def annotate(
    severity: str,
    message: str,
    title: str = "",
    path: str | None = None,
    line: int | None = None,
    column: int | None = None,
) -> str:
    """The command that shows a message, where a path is known at its line."""
    properties = {
        "file": path,
        "line": line,
        "col": column,
        "title": f"custfocus: {title}" if title else "custfocus",
    }
    said = [f"{key}={_property(str(each))}" for key, each in properties.items() if each is not None]
    return f"::{severity} {','.join(said)}::{_data(safe(message))}"


def cut(severity: str, lines: Sequence[str], tell_rest: Callable[[int], str]) -> list[str]:
    """The annotations of one severity; past nine, the tenth says how many more there are.

    `tell_rest` says so from how many are shown.
    """
    if len(lines) < MOST_ANNOTATIONS:
        return list(lines)
    shown = MOST_ANNOTATIONS - 1
    return [*lines[:shown], annotate(severity, tell_rest(shown))]


def _data(text: str) -> str:
    """A text as the message of a command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """A text as a property of a command, of the same value but for what could act."""
    inert = space_out(clean(text))
    return _data(inert).replace(":", "%3A").replace(",", "%2C")
