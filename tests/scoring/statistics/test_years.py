"""Two years with different people: Brunner-Munzel, Holm, and mix apart from change."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats
from scoring.statistics.tables import count, list_out, mirror, quick, tables

from custfocus_cli.scoring.statistics.counts import Counts, add_up
from custfocus_cli.scoring.statistics.years import Move, Shift, adjust_p, find_shift, separate_mix

# --- Brunner-Munzel ------------------------------------------------------------------------------


def test_the_shift_as_published() -> None:
    """Pain scores of Brunner and Munzel 2000, as printed in the manual of R's brunnermunzel."""
    found = find_shift(
        count("1 2 1 1 1 1 1 1 1 1 2 4 1 1"),
        count("3 3 4 3 1 2 3 1 1 5 4"),
    )
    assert found is not None
    assert found.statistic is not None
    assert found.freedom is not None
    assert found.p is not None
    assert found.interval is not None
    assert f"{float(found.probability):.6f}" == "0.788961"
    assert f"{found.statistic:.4f}" == "3.1375"
    assert f"{found.freedom:.3f}" == "17.683"
    assert f"{found.p:.6f}" == "0.005786"
    assert [f"{end:.7f}" for end in found.interval] == ["0.5952169", "0.9827052"]


def test_it_says_nothing_where_nothing_varies() -> None:
    assert find_shift({1: 9}, {3: 9}) == Shift(Fraction(1))
    assert find_shift({2: 9, 3: 4}, {0: 5, 1: 9}) == Shift(Fraction(0))
    assert find_shift({2: 9}, {2: 9}) == Shift(Fraction(1, 2))
    assert find_shift({2: 1}, {1: 4, 3: 4}) == Shift(Fraction(1, 2))
    assert find_shift({}, {1: 4}) is None
    assert find_shift({1: 4}, {1: 0}) is None


@quick
@given(tables(least=2), tables(least=2))
def test_the_shift_is_that_of_scipy(old: Counts, new: Counts) -> None:
    found = find_shift(old, new)
    assert found is not None
    assume(found.p is not None)
    assert found.p is not None
    assert found.statistic is not None
    test = stats.brunnermunzel(list_out(old), list_out(new))
    assert math.isclose(found.statistic, test.statistic, rel_tol=1e-9, abs_tol=1e-9)
    assert math.isclose(found.p, test.pvalue, rel_tol=1e-6, abs_tol=1e-12)


@quick
@given(tables(least=1), tables(least=1))
def test_the_shift_is_bounded_and_mirrored(old: Counts, new: Counts) -> None:
    found = find_shift(old, new)
    assert found is not None
    assert 0 <= found.probability <= 1
    for other in (find_shift(new, old), find_shift(mirror(old), mirror(new))):
        assert other is not None
        assert other.probability == 1 - found.probability
        assert other.p == pytest.approx(found.p)
        if found.interval is not None:
            assert other.interval == pytest.approx(
                (1 - found.interval.high, 1 - found.interval.low)
            )
    if found.interval is not None:
        assert found.p is not None
        assert 0 <= found.p <= 1
        assert 0 <= found.interval.low <= found.probability <= found.interval.high <= 1


@quick
@given(tables(least=2), tables(least=2))
def test_p_is_null_just_where_the_years_do_not_overlap_or_do_not_differ(
    old: Counts, new: Counts
) -> None:
    found = find_shift(old, new)
    one, two = list_out(old), list_out(new)
    apart = one[-1] < two[0] or two[-1] < one[0]
    same = len({*one, *two}) == 1
    assert found is not None
    assert (found.p is None) == (apart or same)


# --- Holm ----------------------------------------------------------------------------------------


def test_holm_by_hand() -> None:
    """In order .005 * 4, .01 * 3, .03 * 2, and .04 * 1, which is below the one before it."""
    given_p = {"a": 0.01, "b": 0.04, "c": 0.03, "d": 0.005, "e": None}
    adjusted = adjust_p(given_p)
    assert list(adjusted) == list(given_p)
    assert adjusted == {"a": 0.03, "b": 0.06, "c": 0.06, "d": 0.02, "e": None}
    assert adjust_p({"a": 0.6, "b": 0.7}) == {"a": 1.0, "b": 1.0}
    assert adjust_p({}) == {}


@quick
@given(st.dictionaries(st.text(), st.floats(0, 1) | st.none(), max_size=12))
def test_holm_never_lowers_a_p_nor_changes_their_order(values: dict[str, float | None]) -> None:
    adjusted = adjust_p(values)
    known = {name: p for name, p in values.items() if p is not None}
    assert adjusted.keys() == values.keys()
    for name, p in known.items():
        found = adjusted[name]
        assert found is not None
        assert p <= found <= min(1, len(known) * p)
        for other, q in known.items():
            later = adjusted[other]
            assert later is not None
            assert p > q or found <= later


# --- mix and change ------------------------------------------------------------------------------


def test_more_people_of_a_low_group_are_mix() -> None:
    """The mean falls from 2 to 3/2 although no group answers differently."""
    old = {"front": {1: 10}, "office": {3: 10}}
    new = {"front": {1: 30}, "office": {3: 10}}
    assert separate_mix(old, new) == Move(change=Fraction(0), mix=Fraction(-1, 2))


def test_a_group_may_rise_while_the_mean_falls() -> None:
    """Front rises by 1/2, half of the old year: 1/4. The mean goes from 2 to 75/40."""
    old = {"front": {1: 10}, "office": {3: 10}}
    new = {"front": {1: 15, 2: 15}, "office": {3: 10}}
    found = separate_mix(old, new)
    assert found == Move(change=Fraction(1, 4), mix=Fraction(-3, 8))
    assert found is not None
    assert found.total == Fraction(-1, 8)


def test_a_group_of_one_year_alone_is_mix() -> None:
    """Front rises by 1; the mean goes from 2 to (20 + 0)/20."""
    old = {"front": {1: 10}, "office": {3: 10}, "depot": {}}
    new = {"front": {2: 10}, "depot": {0: 10}}
    assert separate_mix(old, new) == Move(change=Fraction(1), mix=Fraction(-2))
    assert separate_mix({"front": {1: 10}}, {"depot": {0: 10}}) is None
    assert separate_mix({}, {}) is None


YEAR = st.dictionaries(st.sampled_from("abc"), tables())


@quick
@given(YEAR, YEAR)
def test_change_and_mix_add_up_and_are_mirrored(
    old: dict[str, Counts], new: dict[str, Counts]
) -> None:
    found = separate_mix(old, new)
    assume(found is not None)
    assert found is not None

    def find_mean(year: dict[str, Counts]) -> Fraction | None:
        return add_up({0: 0} | count_all(year)).mean

    before, after = find_mean(old), find_mean(new)
    assert before is not None
    assert after is not None
    assert found.total == after - before
    turned = separate_mix(
        {name: mirror(counts) for name, counts in old.items()},
        {name: mirror(counts) for name, counts in new.items()},
    )
    assert turned == Move(-found.change, -found.mix)
    assert separate_mix(old, old) in (None, Move(Fraction(0), Fraction(0)))


def count_all(year: dict[str, Counts]) -> dict[int, int]:
    """The counts of all groups together."""
    return {points: sum(each.get(points, 0) for each in year.values()) for points in range(4)}
