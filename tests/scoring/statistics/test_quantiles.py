"""Student's t, against printed tables, closed forms and scipy."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scoring.statistics.tables import quick

from custfocus_cli.scoring.statistics.quantiles import NORMAL_QUANTILE, find_t, find_tails

FREEDOM = st.floats(1, 1_000_000)


@pytest.mark.parametrize(
    ("freedom", "quantile"),
    [(1, 12.706), (2, 4.303), (5, 2.571), (10, 2.228), (30, 2.042), (120, 1.980)],
)
def test_the_printed_table_of_95_percent(freedom: int, quantile: float) -> None:
    """Fisher and Yates, Statistical Tables, table III."""
    assert round(find_t(0.975, freedom), 3) == quantile


def test_one_and_two_degrees_have_closed_forms() -> None:
    """The Cauchy distribution, and P(|T| >= t) = 1 - t / sqrt(2 + t^2)."""
    for value in (0.01, 0.5, 1, 2.5, 40):
        assert math.isclose(find_tails(value, 1), 1 - 2 * math.atan(value) / math.pi)
        closed = 1 - value / math.sqrt(2 + value**2)
        assert math.isclose(find_tails(value, 2), closed, rel_tol=1e-12)


def test_with_many_degrees_it_is_the_normal_distribution() -> None:
    assert round(NORMAL_QUANTILE, 6) == 1.959964
    # the first term of the difference, (z^3 + z) / 4f, is 2.4e-6 for a million degrees
    assert abs(find_t(0.975, 1e6) - NORMAL_QUANTILE - 2.372e-6) < 1e-8


@quick
@given(st.floats(0.001, 30), FREEDOM)
def test_the_tails_are_those_of_scipy(value: float, freedom: float) -> None:
    expected = 2 * stats.t.sf(value, freedom)
    assert math.isclose(find_tails(value, freedom), expected, rel_tol=1e-7, abs_tol=1e-300)


@quick
@given(st.floats(0.0005, 0.9995), FREEDOM)
def test_the_quantiles_are_those_of_scipy(probability: float, freedom: float) -> None:
    expected = stats.t.ppf(probability, freedom)
    assert math.isclose(find_t(probability, freedom), expected, rel_tol=1e-7, abs_tol=1e-7)


@quick
@given(st.floats(-1e9, 1e9), FREEDOM)
def test_tails_are_a_probability_on_either_side(value: float, freedom: float) -> None:
    assert 0 <= find_tails(value, freedom) <= 1
    assert find_tails(value, freedom) == find_tails(-value, freedom)


@pytest.mark.parametrize("value", [0.0, 1e-300, 1e300])
def test_the_ends_are_no_error(value: float) -> None:
    assert find_tails(value, 5.5) == (0.0 if value > 1 else 1.0)


@quick
@given(st.floats(0.001, 0.999), FREEDOM)
def test_quantiles_are_symmetric(probability: float, freedom: float) -> None:
    upper, lower = find_t(probability, freedom), find_t(1 - probability, freedom)
    assert math.isclose(upper, -lower, rel_tol=1e-9, abs_tol=1e-9)
    assert find_t(0.5, freedom) == 0
