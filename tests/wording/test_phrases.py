from __future__ import annotations

import datetime

import pytest

from custfocus_cli.wording.phrases import (
    counted,
    listed,
    long_date,
    sentence,
    with_stop,
    without_stop,
)


@pytest.mark.parametrize(
    ("number", "shown"),
    [(0, "no items"), (1, "one item"), (2, "two items"), (12, "twelve items"), (13, "13 items")],
)
def test_counted(number: int, shown: str) -> None:
    assert counted(number, "item") == shown


def test_counted_with_a_plural_of_its_own() -> None:
    assert counted(2, "set of answers", "sets of answers") == "two sets of answers"


def test_listed() -> None:
    assert listed([]) == ""
    assert listed(["a"]) == "a"
    assert listed(["Recognition and reward", "b", "c"]) == "Recognition and reward, b, c"
    assert listed(["a", "b", "c"], 3) == "a, b, c"
    assert listed(["a", "b", "c", "d"], 2) == "a, b and two more"


def test_sentences() -> None:
    assert sentence("nine open") == "Nine open"
    assert sentence("") == ""
    assert with_stop("It holds") == "It holds."
    assert with_stop("Does it? ") == "Does it?"
    assert with_stop("") == ""
    assert without_stop("It holds. ") == "It holds"


def test_a_day_is_the_same_in_every_locale() -> None:
    months = [long_date(datetime.date(2026, month, 3)) for month in range(1, 13)]
    assert months[0] == "3 January 2026"
    assert months[4] == "3 May 2026"
    assert months[11] == "3 December 2026"
    assert len(set(months)) == 12
