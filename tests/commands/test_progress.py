"""The bar of long work: where a person waits, and nowhere else."""

from __future__ import annotations

import io
from collections.abc import Callable
from itertools import count

import pytest

from custfocus_cli.commands.progress import follow, watch

THINGS = ("a", "b", "c", "d")


class Screen(io.StringIO):
    """A terminal that somebody watches."""

    def isatty(self) -> bool:
        return True


def _tick(seconds: float) -> Callable[[], float]:
    """A clock that goes on by so many seconds each time it is looked at."""
    times = count(0, seconds)
    return lambda: float(next(times))


def test_a_bar_appears_once_it_takes_longer_than_a_second() -> None:
    screen = Screen()
    # looked at when it begins (0) and after each thing (0.6, 1.2): the bar comes after the second
    shown = []
    for thing in follow(THINGS, "Reading", stream=screen, clock=_tick(0.6)):
        shown.append((thing, "Reading" in screen.getvalue()))
    assert shown == [("a", False), ("b", False), ("c", True), ("d", True)]
    assert "4/4" in screen.getvalue()


@pytest.mark.parametrize(
    ("screen", "quiet", "seconds"),
    [(Screen(), False, 0.1), (Screen(), True, 9), (io.StringIO(), False, 9)],
    ids=["quick", "quiet", "nobody watches"],
)
def test_no_bar(screen: io.StringIO, quiet: bool, seconds: float) -> None:
    followed = follow(THINGS, "Reading", quiet=quiet, stream=screen, clock=_tick(seconds))
    assert tuple(followed) == THINGS
    assert screen.getvalue() == ""


def test_a_number_grows_where_nobody_knows_how_many_come() -> None:
    screen = Screen()
    chunks = watch(iter([THINGS] * 3), "Counting", stream=screen, clock=_tick(0.6))
    shown = [(len(chunk), "Counting" in screen.getvalue()) for chunk in chunks]
    assert shown == [(4, False), (4, False), (4, True)]
    assert "12" in screen.getvalue()


@pytest.mark.parametrize(
    ("screen", "quiet", "seconds"),
    [(Screen(), False, 0.1), (Screen(), True, 9), (io.StringIO(), False, 9)],
    ids=["quick", "quiet", "nobody watches"],
)
def test_no_number(screen: io.StringIO, quiet: bool, seconds: float) -> None:
    watched = watch(iter([THINGS]), "Counting", quiet=quiet, stream=screen, clock=_tick(seconds))
    assert list(watched) == [THINGS]
    assert screen.getvalue() == ""
