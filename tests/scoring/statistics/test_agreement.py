"""Agreement within one group, worked by hand; the formulas are named in the package."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given
from scoring.statistics.tables import OPTIONS, count, mirror, quick, tables

from custfocus_cli.scoring.statistics.agreement import (
    Spread,
    find_adjusted_agreement,
    find_agreement,
    find_deviation,
    find_joint_agreement,
    is_polarised,
    name_spread,
)
from custfocus_cli.scoring.statistics.counts import Counts


@pytest.mark.parametrize(
    ("answers", "deviation"),
    [
        ("0 1 1 2 3", "22/25"),  # around 7/5: (7 + 2 + 2 + 3 + 8)/5 = 22/5, of five
        ("2 2 2 2 2", "0"),
        ("0 0 0 3 3 3", "3/2"),
        ("1 2 2 2 3 2", "1/3"),
    ],
)
def test_the_average_deviation(answers: str, deviation: str) -> None:
    assert find_deviation(count(answers)) == Fraction(deviation)


def test_it_needs_five_raters_and_its_words_eight() -> None:
    assert find_deviation(count("2 2 2 2")) is None
    assert name_spread(count("2 2 2 2 2 2 2"), OPTIONS) is None
    assert name_spread(count("2 2 2 2 2 2 2 2"), OPTIONS) == "close"


@pytest.mark.parametrize(
    ("counts", "word"),
    [
        ({1: 4, 2: 4}, "close"),  # 1/2
        ({0: 3, 1: 3, 2: 3}, "close"),  # 2/3 is A/6
        ({0: 1, 1: 3, 2: 3, 3: 1}, "mixed"),  # 6/8
        ({0: 2, 1: 2, 2: 2, 3: 2}, "split"),  # spread evenly: 1
        ({0: 4, 3: 4}, "split"),  # 3/2
    ],
)
def test_the_deviation_in_a_word(counts: Counts, word: Spread) -> None:
    assert name_spread(counts, OPTIONS) == word
    wider = {5 * points: number for points, number in counts.items()}
    assert name_spread(wider, [5 * points for points in OPTIONS]) == word


def test_with_five_options_words_have_the_published_limit() -> None:
    """Burke and Dunlap 2002: c/6, about .8 for five options."""
    assert name_spread({1: 2, 2: 1, 3: 2, 4: 3}, range(1, 6)) == "mixed"  # 1.0
    assert name_spread({2: 4, 3: 1, 4: 4}, range(1, 6)) == "mixed"  # 8/9, above 5/6
    assert name_spread({2: 4, 3: 2, 4: 4}, range(1, 6)) == "close"  # 8/10


@pytest.mark.parametrize(
    ("answers", "options", "agreement"),
    [
        ("2 2 2 3 3", OPTIONS, "0.76"),  # s^2 = 0.3, of 15/12
        ("3 3 4 4 5", range(1, 6), "0.65"),  # s^2 = 0.7, of 24/12
        ("1 1 1 1", OPTIONS, "1"),
        ("0 0 3 3", OPTIONS, "0"),  # s^2 = 3, above what chance gives
    ],
)
def test_r_wg(answers: str, options: Sequence[int], agreement: str) -> None:
    assert find_agreement(count(answers), options) == Fraction(agreement)


def test_r_wg_over_several_items() -> None:
    items = [count("2 2 2 3 3"), count("0 0 3 3"), count("1")]
    assert find_joint_agreement(items, OPTIONS) == Fraction("-0.32")  # 1 - (0.3 + 3)/2/1.25
    assert find_joint_agreement([count("1"), {}], OPTIONS) is None
    assert find_joint_agreement([], OPTIONS) is None


@pytest.mark.parametrize(("raters", "percent"), [(5, "9"), (10, "0.4")])
def test_how_often_chance_alone_agrees(raters: int, percent: str) -> None:
    """How often r_wg is above .70 where every rater throws a die of four sides."""
    high = 0
    for answers in itertools.combinations_with_replacement(OPTIONS, raters):
        agreement = find_agreement(Counter(answers), OPTIONS)
        if agreement is not None and agreement > Fraction("0.7"):
            same = math.prod(map(math.factorial, Counter(answers).values()))
            high += math.factorial(raters) // same
    assert f"{100 * high / 4**raters:.1g}" == percent


@pytest.mark.parametrize(
    ("answers", "agreement"),
    [
        ("1 2 2 3", "1/2"),  # M = 2, s^2 = 2/3, of at most (3*2 - 4) * 4/3
        ("1 1 1 1", "1"),
        ("0 0 3 3", "-1"),  # as far apart as can be
        ("0 3 3 3", "-1"),  # M = 9/4, the last place where it is defined
        ("1 3 3 3", None),  # M = 10/4, beyond it
        ("3 3 3 3", None),
        ("2 2", None),  # A - 1 raters are needed
        ("1 2 2", "4/5"),  # M = 5/3, s^2 = 1/3, of (3*5/3 - 25/9) * 3/2 = 10/3
        ("", None),
    ],
)
def test_a_wg(answers: str, agreement: str | None) -> None:
    expected = agreement and Fraction(agreement)
    assert find_adjusted_agreement(count(answers), OPTIONS) == expected


@pytest.mark.parametrize(
    ("counts", "polarised"),
    [
        ({0: 3, 1: 4, 3: 3}, True),
        ({0: 3, 1: 5, 3: 2}, False),
        ({0: 29, 1: 41, 3: 30}, False),
        ({0: 1, 3: 1}, True),
        ({1: 5, 2: 5}, False),
        ({}, False),
    ],
)
def test_polarised(counts: Counts, polarised: bool) -> None:
    assert is_polarised(counts, OPTIONS) is polarised


def test_a_scale_of_one_option_says_nothing() -> None:
    counts = {0: 9}
    assert name_spread(counts, [0]) is None
    assert find_agreement(counts, [0]) is None
    assert find_adjusted_agreement(counts, [0]) is None
    assert not is_polarised(counts, [0])


@quick
@given(tables(least=8))
def test_bounds_and_both_ways_round(counts: Counts) -> None:
    other = mirror(counts)
    deviation = find_deviation(counts)
    agreement = find_agreement(counts, OPTIONS)
    adjusted = find_adjusted_agreement(counts, OPTIONS)
    assert deviation is not None
    assert agreement is not None
    assert 0 <= deviation <= Fraction(3, 2)
    assert 0 <= agreement <= 1
    assert adjusted is None or -1 <= adjusted <= 1
    assert find_deviation(other) == deviation
    assert name_spread(other, OPTIONS) == name_spread(counts, OPTIONS)
    assert find_agreement(other, OPTIONS) == agreement
    assert find_adjusted_agreement(other, OPTIONS) == adjusted
    assert is_polarised(other, OPTIONS) == is_polarised(counts, OPTIONS)


@quick
@given(tables(least=8))
def test_moving_the_scale_changes_nothing(counts: Counts) -> None:
    moved = {points + 7: number for points, number in counts.items()}
    options = [points + 7 for points in OPTIONS]
    assert find_deviation(moved) == find_deviation(counts)
    assert find_agreement(moved, options) == find_agreement(counts, OPTIONS)
    assert find_adjusted_agreement(moved, options) == find_adjusted_agreement(counts, OPTIONS)
