"""Plain text for a terminal, a file or a printer: texts that keep to their columns."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from custfocus_cli.render.terminal import Terminal
from custfocus_cli.wording.safety import safe

_WIDEST = 100
_NARROWEST = 30
_DEEPEST = 12
_UNBROKEN = "\N{NO-BREAK SPACE}"


def find_width(terminal: Terminal) -> int:
    """How many columns lines may have: longer ones are hard to read, shorter ones hold no word."""
    return max(_NARROWEST, min(terminal.width, _WIDEST))


def wrap(text: str, width: int, indent: str = "") -> str:
    """The text on as many lines as it needs, those after the first behind the indent."""
    return textwrap.fill(safe(text), width, subsequent_indent=indent, break_on_hyphens=False)


def say(start: str, text: str, width: int) -> str:
    """The text behind its start; its further lines stand below it, or nearer to the margin."""
    return wrap(start + text, width, " " * min(len(start), _DEEPEST))


def say_whole(start: str, pieces: Iterable[str], width: int) -> str:
    """The pieces side by side behind the start; no line ends within one that fits on a line."""
    room = width - len(start)
    whole = (each.replace(" ", _UNBROKEN) if len(each) <= room else each for each in pieces)
    return say(start, "  ".join(whole), width).replace(_UNBROKEN, " ")


def rule(start: str, width: int) -> str:
    """A line to write on behind the start, to the last column."""
    return start + "_" * (width - len(start))


def head(level: int, text: str, width: int) -> str:
    """A heading: the title in capitals above a double line, a chapter above a line, else bare."""
    shown = wrap(text.upper() if level == 1 else text, width)
    if level > 2:
        return shown
    return f"{shown}\n{'=-'[level - 1] * max(map(len, shown.splitlines()), default=0)}"
