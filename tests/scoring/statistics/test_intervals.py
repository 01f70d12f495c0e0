"""Intervals for a mean, a share and a difference of shares."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scoring.statistics.tables import OPTIONS, count, mirror, quick, tables

from custfocus_cli.scoring.statistics.counts import Counts, add_up
from custfocus_cli.scoring.statistics.intervals import (
    Estimate,
    Interval,
    Share,
    find_difference,
    find_mean_interval,
    find_share_difference,
    find_share_interval,
)


@st.composite
def shares(draw: st.DrawFn) -> Share:
    whole = draw(st.integers(1, 300))
    return Share(draw(st.integers(0, whole)), whole)


def find(counts: Counts) -> Interval:
    found = find_mean_interval(counts, OPTIONS[0], OPTIONS[-1])
    assert found is not None
    return found


# --- the mean ------------------------------------------------------------------------------------


def test_a_mean_by_hand() -> None:
    """Ten values with a 0 and a 3 added to 2 2 2 2 2 2 3 3: mean 21/10, s^2 = 6.9/9.

    t(.975, 9) is 2.2622, so that the reach is 2.2622 * sqrt(6.9/9/10) = 0.6264.
    """
    low, high = find(count("2 2 2 2 2 2 3 3"))
    assert (round(low, 3), round(high, 3)) == (1.474, 2.726)


def test_where_all_say_the_best_it_ends_at_the_scale() -> None:
    """Mean 2.7 of nine 3 and a 0, s^2 = 8.1/9, reach 2.2622 * 0.3 = 0.6787."""
    low, high = find({3: 8})
    assert (round(low, 3), high) == (2.021, 3)


def test_it_is_shown_from_eight_answers() -> None:
    assert find_mean_interval({2: 7}, 0, 3) is None
    assert find_mean_interval({2: 8}, 0, 3) is not None


@quick
@given(tables(least=8))
def test_it_holds_the_mean_within_the_scale(counts: Counts) -> None:
    mean = add_up(counts).mean
    low, high = find(counts)
    assert mean is not None
    assert 0 <= low <= mean <= high <= 3
    assert low < high
    other = find(mirror(counts))
    assert math.isclose(low, 3 - other.high, abs_tol=1e-12)
    assert math.isclose(high, 3 - other.low, abs_tol=1e-12)


@quick
@given(tables(least=8))
def test_it_is_the_t_interval_of_scipy_over_two_more_answers(counts: Counts) -> None:
    values = [0, 3, *(points for points, number in counts.items() for _ in range(number))]
    test = stats.ttest_1samp(values, 0).confidence_interval(0.95)
    low, high = find(counts)
    assert math.isclose(low, max(test.low, 0), abs_tol=1e-9)
    assert math.isclose(high, min(test.high, 3), abs_tol=1e-9)


def split(size: int, parts: int) -> Iterator[tuple[int, ...]]:
    """Every way to deal so many answers out to so many options."""
    for first in itertools.product(range(size + 1), repeat=parts - 1):
        if sum(first) <= size:
            yield (*first, size - sum(first))


def find_coverage(chances: Sequence[float], samples: Sequence[tuple[Counts, Interval]]) -> float:
    """How often the interval holds the true mean: over every sample there is, not some of them."""
    mean = sum(points * chance for points, chance in zip(OPTIONS, chances, strict=True))
    covered = 0.0
    for counts, (low, high) in samples:
        if low - 1e-12 <= mean <= high + 1e-12:
            ways = math.factorial(sum(counts.values()))
            ways //= math.prod(math.factorial(number) for number in counts.values())
            covered += ways * math.prod(chances[points] ** n for points, n in counts.items())
    return covered


@pytest.mark.parametrize("size", [8, 12])
def test_what_it_covers(size: int) -> None:
    """Every distribution over four options in steps of a tenth."""
    counted = [dict(zip(OPTIONS, each, strict=True)) for each in split(size, len(OPTIONS))]
    samples = [(counts, find(counts)) for counts in counted]
    chances = [[part / 10 for part in parts] for parts in split(10, len(OPTIONS))]
    covered = [find_coverage(each, samples) for each in chances]
    assert len(covered) == 286
    assert min(covered) >= 0.95
    assert 0.98 <= sum(covered) / len(covered) <= 1


@pytest.mark.parametrize("size", [8, 9, 12, 16, 20, 30, 50])
def test_what_it_covers_at_the_worst(size: int) -> None:
    """Answers at both ends alone, in shares of a hundredth."""
    counted = [{0: size - best, 3: best} for best in range(size + 1)]
    samples = [(counts, find(counts)) for counts in counted]
    covered = [find_coverage((1 - best / 100, 0, 0, best / 100), samples) for best in range(1, 100)]
    assert min(covered) >= 0.93


# --- shares --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_as_published(part: int, whole: int, low: float, high: float) -> None:
    """Newcombe 1998, Statistics in Medicine 17, 857, table I, method 3."""
    found = find_share_interval(Share(part, whole))
    assert found is not None
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@pytest.mark.parametrize(
    ("one", "two", "low", "high"),
    [
        (Share(56, 70), Share(48, 80), 0.0524, 0.3339),
        (Share(9, 10), Share(3, 10), 0.1705, 0.8090),
        (Share(6, 7), Share(2, 7), 0.0582, 0.8062),
        (Share(5, 56), Share(0, 29), -0.0381, 0.1926),
        (Share(0, 10), Share(0, 20), -0.1611, 0.2775),
        (Share(0, 10), Share(0, 10), -0.2775, 0.2775),
        (Share(10, 10), Share(0, 20), 0.6791, 1.0000),
        (Share(10, 10), Share(0, 10), 0.6075, 1.0000),
    ],
)
def test_newcombe_as_published(one: Share, two: Share, low: float, high: float) -> None:
    """Newcombe 1998, Statistics in Medicine 17, 873, table II, method 10."""
    found = find_share_difference(one, two)
    assert found is not None
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_nobody_asked_has_no_share() -> None:
    assert find_share_interval(Share(0, 0)) is None
    assert find_share_difference(Share(0, 0), Share(1, 2)) is None
    assert find_share_difference(Share(1, 2), Share(0, 0)) is None


@quick
@given(shares())
def test_wilson_is_that_of_scipy(share: Share) -> None:
    expected = stats.binomtest(*share).proportion_ci(method="wilson")
    found = find_share_interval(share)
    assert found is not None
    assert found.low == pytest.approx(expected.low, abs=1e-12)
    assert found.high == pytest.approx(expected.high, abs=1e-12)
    assert 0 <= found.low <= share.part / share.whole <= found.high <= 1


@quick
@given(shares(), shares())
def test_differences_are_mirrored(one: Share, two: Share) -> None:
    found, other = find_share_difference(one, two), find_share_difference(two, one)
    assert found is not None
    assert other is not None
    assert found == pytest.approx((-other.high, -other.low))
    assert -1 <= found.low <= one.part / one.whole - two.part / two.whole <= found.high <= 1


def test_the_difference_of_two_estimates_is_no_wider_than_their_ends_apart() -> None:
    """10 (7 to 14) less 4 (1 to 8): 6 - sqrt(3^2 + 4^2) and 6 + sqrt(4^2 + 3^2)."""
    found = find_difference(Estimate(10, Interval(7, 14)), Estimate(4, Interval(1, 8)))
    assert found == Interval(1, 11)
