"""Krippendorff's ordinal alpha and Cronbach's alpha."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scoring.statistics.tables import count, mirror, quick, rows, tables

from custfocus_cli.scoring.statistics.counts import Counts
from custfocus_cli.scoring.statistics.reliability import (
    CompleteCases,
    count_complete,
    find_alpha,
    find_ordinal_alpha,
)

# --- Krippendorff --------------------------------------------------------------------------------

# Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", section C: four observers of
# twelve units, with gaps. One column a unit; the ordinal alpha is printed as .815.
OBSERVERS = (
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)


def test_the_ordinal_alpha_as_published() -> None:
    units = zip(*(line.split() for line in OBSERVERS), strict=True)
    alpha = find_ordinal_alpha(count(" ".join(unit)) for unit in units)
    assert alpha is not None
    assert round(alpha, 3) == Fraction("0.815")


def test_the_ordinal_alpha_by_hand() -> None:
    """Units 0 0, 0 1, 1 1: o_01 = 1 and n = (3, 3), the distance is the same in both sums.

    1 - (6 - 1) * 1 / (3 * 3) = 4/9. A unit of a single assessor changes nothing.
    """
    units = [count("0 0"), count("0 1"), count("1 1"), count("7")]
    assert find_ordinal_alpha(units) == Fraction(4, 9)


@pytest.mark.parametrize("units", [[], ["1"], ["2 2", "2 2 2"], ["1", "2", "3"]])
def test_where_nothing_differs_there_is_no_alpha(units: list[str]) -> None:
    assert find_ordinal_alpha(map(count, units)) is None


def test_it_is_for_ten_assessors_at_most() -> None:
    assert find_ordinal_alpha([{0: 5, 1: 5}, {1: 10}]) is not None
    assert find_ordinal_alpha([{0: 5, 1: 6}, {1: 10}]) is None


@quick
@given(st.lists(tables(most=2), max_size=6))
def test_the_ordinal_alpha_reads_the_order_alone(units: list[Counts]) -> None:
    alpha = find_ordinal_alpha(units)
    places = {0: -5, 1: 10, 2: 11, 3: 400}
    moved = [{places[points]: n for points, n in unit.items()} for unit in units]
    assert alpha is None or alpha <= 1
    assert find_ordinal_alpha(moved) == alpha
    assert find_ordinal_alpha([mirror(unit) for unit in units]) == alpha
    assert find_ordinal_alpha(units[::-1]) == alpha


@quick
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(2, 5)), min_size=1, max_size=6))
def test_assessors_who_agree_have_an_alpha_of_one(units: list[tuple[int, int]]) -> None:
    alpha = find_ordinal_alpha({points: number} for points, number in units)
    assert alpha == (1 if len({points for points, _ in units}) > 1 else None)


# --- Cronbach ------------------------------------------------------------------------------------

# R's `attitude`: Chatterjee and Price 1977, Regression Analysis by Example, section 3.7; thirty
# departments, seven questions. The manual of R's psych prints a raw alpha of 0.84 for it.
ATTITUDE = """
43 51 30 39 61 92 45   63 64 51 54 63 73 47   71 70 68 69 76 86 48   61 63 45 47 54 84 35
81 78 56 66 71 83 47   43 55 49 44 54 49 34   58 67 42 56 66 68 35   71 75 50 55 70 66 41
72 82 72 67 71 83 31   67 61 45 47 62 80 41   64 53 53 58 58 67 34   67 60 47 39 59 74 41
69 62 57 42 55 63 25   68 83 83 45 59 77 35   77 77 54 72 79 77 46   81 90 50 72 60 54 36
74 85 64 69 79 79 63   65 60 65 75 55 80 60   65 70 46 57 75 85 46   50 58 68 54 64 78 52
50 40 33 34 43 64 33   64 61 52 62 66 80 41   53 66 52 50 63 80 37   40 37 42 58 50 57 49
63 54 42 48 66 75 33   66 77 66 63 88 76 72   78 75 58 74 80 78 49   48 57 44 45 51 83 38
85 85 71 71 77 74 55   82 82 39 59 64 78 39
"""


def test_alpha_as_published() -> None:
    values = [int(value) for value in ATTITUDE.split()]
    departments = [values[start : start + 7] for start in range(0, len(values), 7)]
    alpha = find_alpha(count_complete(departments, 7))
    assert len(departments) == 30
    assert alpha is not None
    assert round(alpha, 2) == Fraction("0.84")


def test_alpha_by_hand() -> None:
    """Variances 1, 1 and of the totals 2, 3, 6 13/3: 2/1 * (1 - (1 + 7/3) / (13/3))."""
    cases = count_complete([(1, 1), (2, 1), (3, 3), (None, 3), (2, None)], 2)
    assert cases == CompleteCases(({1: 1, 2: 1, 3: 1}, {1: 2, 3: 1}), {2: 1, 3: 1, 6: 1})
    # the second item's variance: (4/9 + 4/9 + 16/9)/2 = 4/3
    assert find_alpha(cases) == 2 * (1 - (1 + Fraction(4, 3)) / Fraction(13, 3))


@pytest.mark.parametrize(
    ("answers", "items"),
    [([], 3), ([(1, 2)], 2), ([(1,), (2,)], 1), ([(0, 3), (3, 0)], 2), ([(1, None), (2, 2)], 2)],
)
def test_too_little_has_no_alpha(answers: list[tuple[int | None, ...]], items: int) -> None:
    cases = count_complete(answers, items)
    assert len(cases.items) == items
    assert find_alpha(cases) is None


@quick
@given(rows(), st.integers(0, 12))
def test_parts_of_a_table_add_up(table: list[tuple[int, ...]], cut: int) -> None:
    items = len(table[0])
    holes: list[Sequence[int | None]] = [*table, [None] * items]
    whole = count_complete(holes, items)
    assert count_complete(holes[:cut], items) + count_complete(holes[cut:], items) == whole
    assert sum(whole.totals.values()) == len(table)


@quick
@given(rows(), st.integers(-9, 9))
def test_alpha_is_bounded_and_moving_or_mirroring_items_changes_nothing(
    table: list[tuple[int, ...]], by: int
) -> None:
    items = len(table[0])
    alpha = find_alpha(count_complete(table, items))
    moved = [(row[0] + by, *row[1:]) for row in table]
    turned = [tuple(3 - points for points in row[::-1]) for row in table]
    assert alpha is None or alpha <= 1
    assert find_alpha(count_complete(moved, items)) == alpha
    assert find_alpha(count_complete(turned, items)) == alpha


@quick
@given(rows())
def test_alpha_is_the_matrix_form_over_single_answers(table: list[tuple[int, ...]]) -> None:
    """J/(J-1) (1 - trace / sum) of the items' covariances by the standard library."""
    items = len(table[0])
    alpha = find_alpha(count_complete(table, items))
    columns = list(zip(*table, strict=True))
    if alpha is None:
        assert len({sum(row) for row in table}) == 1
        return
    variances = [statistics.variance(column) for column in columns]
    covariances = [
        statistics.covariance(one, two)
        for place, one in enumerate(columns)
        for two in columns[place + 1 :]
    ]
    total = sum(variances) + 2 * sum(covariances)
    expected = items / (items - 1) * (1 - sum(variances) / total)
    assert math.isclose(alpha, expected, rel_tol=1e-6, abs_tol=1e-9)
