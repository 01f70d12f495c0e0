from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custfocus_cli.wording.numbers import (
    amount,
    difference,
    json_number,
    percent,
    percent_apart,
    percent_change,
    percent_fall,
    percent_pair,
    ratio,
    round_half_up,
    share,
)

percents = st.fractions(min_value=0, max_value=100, max_denominator=10_000)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("0", "0.0"),
        ("0.04", "0.1"),  # something is never shown as nothing
        ("0.05", "0.1"),
        ("42.1296", "42.1"),
        ("42.15", "42.2"),  # half up
        ("42.25", "42.3"),  # and not half to even
        ("99.94", "99.9"),
        ("99.96", "99.9"),  # not all is never shown as all
        ("100", "100.0"),
    ],
)
def test_percent(value: str, shown: str) -> None:
    assert percent(Fraction(value)) == shown


@pytest.mark.parametrize(
    ("value", "limit", "shown"),
    [
        ("65.96", "66", "65.9"),  # below the threshold, and shown below it
        ("66", "66", "66.0"),
        ("66.04", "66", "66.0"),
        ("39.99", "40", "39.9"),
        ("66.62", "66.64", "66.6"),
        ("66.64", "66.64", "66.7"),  # reaches it, so the next tenth that does
        ("66.641", "66.64", "66.7"),
        ("0.02", "0.01", "0.1"),
        ("0.09", "0.1", "0.09"),  # between nothing and the limit one decimal has no number
        ("0.096", "0.1", "0.09"),
    ],
)
def test_percent_stays_on_its_side_of_the_limit(value: str, limit: str, shown: str) -> None:
    assert percent(Fraction(value), Fraction(limit)) == shown


@pytest.mark.parametrize(
    ("most", "shown"),
    [
        ("5", ("72.2", "66.7")),
        ("5.5", ("72.22", "66.67")),
        ("5.55", ("72.222", "66.667")),  # 72.22 - 66.67 is 5.55
        ("5.5555", ("72.22222", "66.66667")),  # 72.2222 - 66.6667 is 5.5555
    ],
)
def test_a_fall_beyond_what_is_tolerated(most: str, shown: tuple[str, str]) -> None:
    assert percent_fall(Fraction(1300, 18), Fraction(1200, 18), Fraction(most)) == shown


def test_a_fall_within_and_a_rise() -> None:
    assert percent_fall(Fraction(50), Fraction(45), Fraction(5)) == ("50.0", "45.0")
    assert percent_fall(Fraction(50), Fraction("50.01"), Fraction(0)) == ("50.00", "50.01")


@pytest.mark.parametrize(
    ("first", "second", "shown"),
    [
        ("200/3", "380/9", ("66.7", "42.2", "24.5")),  # 24.44, but 66.7 - 42.2 is 24.5
        ("50", "50", ("50.0", "50.0", "0.0")),
        ("50", "50.04", ("50.00", "50.04", "0.04")),
        ("60.06", "40.14", ("60.06", "40.14", "19.92")),  # no 20.0, which is a topic for talk
        ("40.05", "60.05", ("40.1", "60.1", "20.0")),
    ],
)
def test_what_lies_apart_adds_up_as_it_is_shown(
    first: str, second: str, shown: tuple[str, str, str]
) -> None:
    assert percent_apart(Fraction(first), Fraction(second), Fraction(20)) == shown


@pytest.mark.parametrize(
    ("old", "new", "limits", "size", "shown"),
    [
        ("87.5", "75", [], "0", ("87.5", "75.0", "-12.5")),
        ("50", "50", [], "0", ("50.0", "50.0", "0.0")),
        ("50", "62.25", [], "12.3", ("50.00", "62.25", "+12.25")),
        ("50", "50.01", [], "0", ("50.00", "50.01", "+0.01")),
        ("50", "66.66", ["66.7"], "0", ("50.0", "66.6", "+16.7")),
    ],
)
def test_two_percents_and_what_lies_between(
    old: str, new: str, limits: list[str], size: str, shown: tuple[str, str, str]
) -> None:
    given = [Fraction(each) for each in limits]
    assert percent_change(Fraction(old), Fraction(new), given, Fraction(size)) == shown


@pytest.mark.parametrize(
    ("value", "limits", "shown"),
    [
        (Fraction(71, 72), [], "98.6"),
        (Fraction(6596, 10_000), [Fraction(66, 100)], "65.9"),
        (Fraction(2, 3), [Fraction(66, 100)], "66.7"),
        (Fraction(1), [], "100.0"),
    ],
)
def test_share(value: Fraction, limits: list[Fraction], shown: str) -> None:
    assert share(value, *limits) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Fraction(190, 310), "0.61"),
        (Fraction(155, 140), "1.11"),
        (Fraction(996, 1000), "0.99"),  # does not pay, so never shown as 1.00
        (Fraction(1), "1.00"),
        (Fraction(0), "0.00"),
    ],
)
def test_ratio(value: Fraction, shown: str) -> None:
    assert ratio(value, Fraction(1)) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("0", "0"),
        ("999", "999"),
        ("310000", "310,000"),
        ("1234567.5", "1,234,567.5"),
        ("0.66", "0.66"),
        ("0.000001", "0.000001"),
        ("999999999999999.999999", "999,999,999,999,999.999999"),
    ],
)
def test_amount(value: str, shown: str) -> None:
    assert amount(Fraction(value)) == shown


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (None, None),
        (Fraction(9100, 216), 42.1296),
        (Fraction(100, 3), 33.3333),
        (Fraction(200, 3), 66.6667),
        (Fraction(1, 20_000), 0.0001),
        (Fraction(1), 1.0),
    ],
)
def test_json_number(value: Fraction | None, number: float | None) -> None:
    assert json_number(value) == number


def test_rounding_below_nothing() -> None:
    assert round_half_up(Fraction("-0.25"), 1) == Fraction("-0.3")
    assert ratio(Fraction("-0.25")) == "-0.25"


@given(percents, percents)
@settings(max_examples=300, deadline=None)
def test_a_shown_percent_agrees_with_every_verdict(value: Fraction, limit: Fraction) -> None:
    shown = Fraction(percent(value, limit))
    assert (shown < limit) == (value < limit)
    assert (shown == 100) == (value == 100)
    assert (shown == 0) == (value == 0)
    assert abs(shown - value) <= Fraction(1, 10)


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("42.1296", "56.4815", ("42.1", "56.5")),
        ("42.1", "42.14", ("42.10", "42.14")),  # a rise is never shown as none
        ("42.14", "42.1", ("42.14", "42.10")),
        ("42.1296", "42.1296", ("42.1", "42.1")),
        ("99.96", "100", ("99.9", "100.0")),
        ("0", "0.001", ("0.0", "0.1")),
        ("33.3333331", "33.3333334", ("33.3333331", "33.3333334")),
    ],
)
def test_two_percents_have_the_decimals_that_tell_them_apart(
    old: str, new: str, shown: tuple[str, str]
) -> None:
    assert percent_pair(Fraction(old), Fraction(new)) == shown


@given(percents, percents)
@settings(deadline=None)
def test_two_percents_never_contradict_which_is_higher(old: Fraction, new: Fraction) -> None:
    first, second = (Fraction(each) for each in percent_pair(old, new))
    assert (first < second, first > second) == (old < new, old > new)


def test_two_percents_keep_to_their_sides_of_a_limit() -> None:
    old, new, limit = Fraction(50), Fraction("68.75"), Fraction("68.750001")
    assert percent_pair(old, new) == ("50.0", "68.8")
    assert percent_pair(old, new, limit) == ("50.0", "68.7")


@pytest.mark.parametrize(
    ("value", "sizes", "shown"),
    [
        ("0", (), "0.0"),
        ("0", ("0",), "0.0"),
        ("14.35", (), "+14.4"),
        ("-14.35", (), "-14.4"),
        ("100", (), "+100.0"),
        ("-0.04", (), "-0.04"),
        ("0.0004", (), "+0.0004"),
        ("-12.5", ("12.5",), "-12.5"),
        ("-12.500001", ("12.5",), "-12.500001"),
        ("-12.44", ("12.4",), "-12.44"),
    ],
)
def test_a_difference(value: str, sizes: tuple[str, ...], shown: str) -> None:
    assert difference(Fraction(value), *map(Fraction, sizes)) == shown


@given(st.fractions(-100, 100, max_denominator=10_000), percents)
@settings(deadline=None)
def test_a_difference_is_on_its_own_side_of_what_is_tolerated(
    value: Fraction, tolerance: Fraction
) -> None:
    shown = Fraction(difference(value, tolerance))
    assert (shown < 0, shown > 0) == (value < 0, value > 0)
    if abs(value) != tolerance:
        assert (abs(shown) < round_half_up(tolerance, 9)) == (abs(value) < tolerance)
