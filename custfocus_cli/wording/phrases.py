"""The small words between names and numbers: lists, counts, days."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Final

_SMALL = (
    *("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve"),
)
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def count(number: int) -> str:
    """A small number in words, a larger one in digits: `three`, `13`."""
    return _SMALL[number] if 0 <= number < len(_SMALL) else str(number)


def counted(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun: `one item`, `three items`, `no items`."""
    return f"{count(number)} {noun if number == 1 else plural or noun + 's'}"


def listed(names: Sequence[str], most: int | None = None) -> str:
    """The names after a colon: `a, b, c`; past `most` of them, `a, b and two more`.

    No "and" before the last: names hold that word themselves.
    """
    if most is None or len(names) <= most:
        return ", ".join(names)
    return f"{', '.join(names[:most])} and {count(len(names) - most)} more"


def sentence(text: str) -> str:
    """The text with a capital at its start."""
    return text[:1].upper() + text[1:]


FEW: Final = "middle of 5 to 9 people"
"""What a percent is that is no mean, to follow it."""


def without_stop(text: str) -> str:
    """A statement without its full stop, to stand inside a sentence or a table."""
    return text.rstrip().removesuffix(".")


def with_stop(text: str) -> str:
    """The text as a sentence that ends: with a full stop where it has no end of its own."""
    stripped = text.rstrip()
    return stripped if stripped.endswith((".", "!", "?", ":")) or not stripped else f"{stripped}."


def cut(text: str, most: int) -> str:
    """The text on one line of at most so many characters, cut behind a word where it is longer."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    head, _, last = line[:most].rpartition(" ")
    kept = head if len(last) < most // 2 else line[: most - 1]
    return f"{kept.rstrip(' ,;:.')}…"


def long_date(day: datetime.date) -> str:
    """The day as it is written in a letter, in every locale: `12 November 2026`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
