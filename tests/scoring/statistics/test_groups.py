"""Differences between groups: Cliff's delta, the perception gap, the intraclass correlations."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats
from scoring.statistics.tables import count, list_out, mirror, quick, tables

from custfocus_cli.scoring.statistics.counts import Counts, add_up
from custfocus_cli.scoring.statistics.groups import (
    Delta,
    GroupEffect,
    find_delta,
    find_dominance,
    find_group_effect,
    find_perception_gap,
    is_worth_talk,
)

# --- Cliff's delta -------------------------------------------------------------------------------


def test_delta_as_published() -> None:
    """The example in the manual of R's effsize 0.8.1, after Hess and Kromrey 2004."""
    treatment = count("10 10 20 20 20 30 30 30 40 50")
    control = count("10 20 30 40 40 50")
    found = find_delta(treatment, control)
    assert found is not None
    assert found.interval is not None
    assert found.delta == Fraction("-0.25")
    assert found.size == "small"
    assert found.interval == pytest.approx((-0.7265846, 0.3890062), abs=5e-8)


@pytest.mark.parametrize(
    ("delta", "word"),
    [
        ("0", "negligible"),
        ("0.146", "negligible"),
        ("0.147", "small"),
        ("-0.329", "small"),
        ("-0.33", "medium"),
        ("0.473", "medium"),
        ("0.474", "large"),
        ("-1", "large"),
    ],
)
def test_its_size_in_a_word(delta: str, word: str) -> None:
    assert Delta(Fraction(delta), None).size == word


def test_groups_that_do_not_overlap_keep_an_interval() -> None:
    """t(.975, 11) is 2.2010, so that it ends at (5 - 4.8444)/(5 + 4.8444) = 0.0158."""
    found = find_delta({3: 5}, {1: 8})
    assert found is not None
    assert found.interval is not None
    assert found.delta == 1
    assert (round(found.interval.low, 4), found.interval.high) == (0.0158, 1)
    other = find_delta({1: 8}, {3: 5})
    assert other is not None
    assert other.interval is not None
    assert other.interval == (-1, -found.interval.low)


def test_too_few_have_no_delta_or_no_interval() -> None:
    assert find_delta({}, {1: 3}) is None
    assert find_delta({1: 3}, {2: 0}) is None
    assert find_delta({1: 1}, {2: 9}) == Delta(Fraction(-1), None)


def compare_all(first: Counts, second: Counts) -> list[list[int]]:
    """Every pair, the long way."""
    return [[(x > y) - (x < y) for y in list_out(second)] for x in list_out(first)]


@quick
@given(tables(least=1), tables(least=1))
def test_the_counts_say_what_all_pairs_say(first: Counts, second: Counts) -> None:
    pairs = compare_all(first, second)
    found = find_dominance(first, second)
    n, m = len(pairs), len(pairs[0])
    delta = Fraction(sum(map(sum, pairs)), n * m)
    assert found == (
        n,
        m,
        delta,
        sum((Fraction(sum(row), m) - delta) ** 2 for row in pairs),
        sum((Fraction(sum(column), n) - delta) ** 2 for column in zip(*pairs, strict=True)),
        sum((each - delta) ** 2 for row in pairs for each in row),
    )


@quick
@given(tables(least=1), tables(least=1))
def test_delta_follows_from_the_statistic_of_mann_and_whitney(
    first: Counts, second: Counts
) -> None:
    found = find_delta(first, second)
    test = stats.mannwhitneyu(list_out(first), list_out(second), method="asymptotic")
    pairs = sum(first.values()) * sum(second.values())
    assert found is not None
    assert math.isclose(found.delta, 2 * test.statistic / pairs - 1, abs_tol=1e-12)


@quick
@given(tables(least=2), tables(least=2))
def test_delta_is_bounded_and_mirrored(first: Counts, second: Counts) -> None:
    found = find_delta(first, second)
    assert found is not None
    assert found.interval is not None
    assert -1 <= found.interval.low <= found.delta <= found.interval.high <= 1
    for other in (find_delta(second, first), find_delta(mirror(first), mirror(second))):
        assert other is not None
        assert other.interval is not None
        assert other.delta == -found.delta
        assert other.interval == pytest.approx((-found.interval.high, -found.interval.low))


@quick
@given(tables(least=2), tables(least=2))
def test_delta_reads_the_order_alone(first: Counts, second: Counts) -> None:
    places = {0: -5, 1: 10, 2: 11, 3: 400}
    one = {places[points]: number for points, number in first.items()}
    two = {places[points]: number for points, number in second.items()}
    assert find_delta(one, two) == find_delta(first, second)


# --- the perception gap --------------------------------------------------------------------------


def test_the_perception_gap() -> None:
    gap = find_perception_gap(Fraction(60), Fraction(40))
    assert gap == 20
    assert is_worth_talk(gap)
    assert is_worth_talk(-gap)
    assert not is_worth_talk(gap - Fraction(1, 1000))
    assert find_perception_gap(None, Fraction(40)) is None
    assert find_perception_gap(Fraction(40), None) is None


# --- ICC(1) and ICC(2) ---------------------------------------------------------------------------


def test_the_intraclass_correlations_as_published() -> None:
    """Shrout and Fleiss 1979, tables 2 and 4: six targets, four judges; ICC(1,1) and ICC(1,4)."""
    targets = ["9 2 5 8", "6 1 3 2", "8 4 6 8", "7 1 2 6", "10 5 6 9", "6 2 4 7"]
    found = find_group_effect(map(count, targets))
    assert found is not None
    assert found.reliability is not None
    assert (round(found.share, 2), round(found.reliability, 2)) == (
        Fraction("0.17"),
        Fraction("0.44"),
    )
    assert not found.rankable


def test_groups_of_unequal_size_by_hand() -> None:
    """MSB = 4/2 + 81/3 - 121/5 = 24/5; MSW = 2/3; k = 5 - 13/5 = 12/5.

    (24/5 - 2/3) / (24/5 + 7/5 * 2/3) = 62/86, and (24/5 - 2/3) / (24/5) = 62/72.
    """
    found = find_group_effect([count("0 2"), count("3 3 3"), {}])
    assert found == GroupEffect(Fraction(31, 43), Fraction(31, 36))
    assert found is not None
    assert found.rankable


@pytest.mark.parametrize(
    "groups",
    [[], ["0 1"], ["0 1", ""], ["0", "1", "3"], ["2 2", "2 2"]],
)
def test_what_has_no_group_effect(groups: list[str]) -> None:
    assert find_group_effect(map(count, groups)) is None


def test_groups_with_one_mean_have_no_reliability() -> None:
    """MSB = 0, MSW = 9/2, k = 2: (0 - 9/2)/(0 + 9/2)."""
    found = find_group_effect([count("0 3"), count("3 0")])
    assert found == GroupEffect(Fraction(-1), None)
    assert found is not None
    assert not found.rankable


@quick
@given(st.lists(tables(least=1), min_size=2, max_size=5))
def test_the_group_effect_follows_from_the_f_of_scipy(groups: list[Counts]) -> None:
    found = find_group_effect(groups)
    assume(found is not None and all(len(set(list_out(each))) > 1 for each in groups))
    assert found is not None
    sizes = [sum(each.values()) for each in groups]
    f = stats.f_oneway(*map(list_out, groups)).statistic
    k = (sum(sizes) - sum(n * n for n in sizes) / sum(sizes)) / (len(sizes) - 1)
    assert math.isclose(found.share, (f - 1) / (f + k - 1), rel_tol=1e-6, abs_tol=1e-9)
    if found.reliability is not None:
        assert math.isclose(found.reliability, 1 - 1 / f, rel_tol=1e-6, abs_tol=1e-9)


@quick
@given(st.lists(tables(), max_size=5))
def test_the_group_effect_is_bounded_and_the_order_of_groups_is_nothing(
    groups: list[Counts],
) -> None:
    found = find_group_effect(groups)
    assert found == find_group_effect(groups[::-1])
    assert found == find_group_effect([mirror(each) for each in groups])
    if found is not None:
        assert found.share <= 1
        assert found.reliability is None or found.reliability <= 1


@quick
@given(tables(least=2))
def test_groups_that_agree_within_explain_everything(counts: Counts) -> None:
    alike = [{points: 2 * number} for points, number in counts.items() if number]
    assume(len(alike) > 1 and add_up(counts).variance)
    assert find_group_effect(alike) == GroupEffect(Fraction(1), Fraction(1))
