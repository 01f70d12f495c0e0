"""Texts that keep to their columns."""

from __future__ import annotations

import pytest

from custfocus_cli.render.plain import find_width, head, rule, say, say_whole, wrap
from custfocus_cli.render.terminal import Terminal


@pytest.mark.parametrize(
    ("columns", "width"), [(1, 30), (30, 30), (80, 80), (100, 100), (240, 100)]
)
def test_lines_are_neither_too_short_nor_too_long(columns: int, width: int) -> None:
    assert find_width(Terminal(columns)) == width


def test_wrap() -> None:
    assert wrap("one two three", 9, "  ") == "one two\n  three"
    assert wrap("un-broken well-kept", 12) == "un-broken\nwell-kept"
    assert wrap("a ::b", 9) == "a : :b"  # safe


def test_say() -> None:
    assert say("Ask  ", "one two three", 12) == "Ask  one two\n     three"
    assert say("a-very-long-id  ", "one two", 20) == "a-very-long-id  one\n            two"


def test_say_whole() -> None:
    boxes = ("[ ] a b", "[ ] c d", "[ ] e f")
    assert say_whole("X ", boxes, 18) == "X [ ] a b  [ ] c d\n  [ ] e f"
    assert say_whole("X ", boxes, 17) == "X [ ] a b\n  [ ] c d\n  [ ] e f"
    assert say_whole("X ", ("[ ] a b c",), 9) == "X [ ] a b\n  c"


def test_rule() -> None:
    assert rule("Note  ", 10) == "Note  ____"
    assert rule("", 3) == "___"


@pytest.mark.parametrize(
    ("level", "shown"),
    [(1, "ONE TWO\nTHREE\n======="), (2, "One two\nthree\n-------"), (3, "One two\nthree")],
)
def test_head(level: int, shown: str) -> None:
    assert head(level, "One two three", 8) == shown
