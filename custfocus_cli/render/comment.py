"""Markdown that fits where people read it: a comment on a pull request, the summary of a job."""

from __future__ import annotations

from typing import Final

from custfocus_cli.wording.gate import say_cut

MOST_BYTES: Final = 65_000
"""GitHub takes 65,536 characters in a comment; a pipeline may put a line of its own before it."""


def fit(text: str, most: int = MOST_BYTES) -> str:
    """The page in at most so many bytes of UTF-8, where need be without lines of its middle.

    Its last sections stay as far as a third of the room holds them, each from its heading on, so
    that no table loses its head; its top has the rest of the room.
    """
    if _measure(text) <= most:
        return text
    lines = text.removesuffix("\n").split("\n")
    end = _find_end(lines, most // 3)
    room = most - _measure(f"\n{say_cut(len(lines))}\n\n") - _measure(_join(lines[end:]))
    start = _find_start(lines[:end], room)
    cut = sum(bool(line) for line in lines[start:end])
    return _join([*lines[:start], "", say_cut(cut), "", *lines[end:]])


def _join(lines: list[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _measure(text: str) -> int:
    return len(text.encode("utf-8"))


def _find_end(lines: list[str], room: int) -> int:
    """Where the last sections begin that have room together."""
    end = len(lines)
    for number in range(len(lines) - 1, 0, -1):
        room -= _measure(lines[number]) + 1
        if room < 0:
            break
        if lines[number].startswith("## "):
            end = number
    return end


def _find_start(lines: list[str], room: int) -> int:
    """How many lines have room from the top on, without a heading or a gap at their end."""
    start = 0
    for number, line in enumerate(lines):
        room -= _measure(line) + 1
        if room < 0:
            break
        if line and not line.startswith("#"):
            start = number + 1
    return start
