"""Size, mean, variance and lower median, against the standard library's over single values."""

from __future__ import annotations

import statistics
from collections.abc import Mapping
from fractions import Fraction

import pytest
from hypothesis import given
from scoring.statistics.tables import count, list_out, quick, tables

from custfocus_cli.scoring.statistics.counts import Counts, add_up, find_lower_median


def test_nothing_has_no_mean_and_no_median() -> None:
    for counts in ({}, {0: 0, 2: 0}):
        assert add_up(counts).mean is None
        assert add_up(counts).variance is None
        assert find_lower_median(counts) is None
    assert add_up({2: 1}).mean == 2
    assert add_up({2: 1}).variance is None


@pytest.mark.parametrize(
    ("answers", "median"), [("0 3", 0), ("0 1 3", 1), ("0 0 3 3", 0), ("0 3 3 3", 3), ("2", 2)]
)
def test_the_lower_median(answers: str, median: int) -> None:
    assert find_lower_median(count(answers)) == median


@quick
@given(tables(least=2))
def test_counts_say_what_the_values_say(counts: Mapping[int, int]) -> None:
    values = [Fraction(value) for value in list_out(counts)]
    sums = add_up(counts)
    assert sums.size == len(values)
    assert sums.mean == statistics.mean(values)
    assert sums.variance == statistics.variance(values)
    assert find_lower_median(counts) == statistics.median_low(values)


@quick
@given(tables(least=2))
def test_values_that_nobody_gave_change_nothing(counts: Counts) -> None:
    more = {**dict.fromkeys((-7, 9), 0), **counts}
    assert add_up(more) == add_up(counts)
    assert find_lower_median(more) == find_lower_median(counts)
