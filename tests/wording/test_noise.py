"""The sentences about noise and mix."""

from __future__ import annotations

from fractions import Fraction

import pytest

from custfocus_cli.wording.noise import (
    say_could_be_noise,
    say_mix,
    say_more_than_noise,
    say_one_of_many,
)


@pytest.mark.parametrize(
    ("change", "mix", "said"),
    [
        ("0", "0", ""),
        ("4", "-4", ""),
        ("-8", "0", "Hardly any of it comes from another mix of groups."),
        ("-8", "-1", "Hardly any of it comes from another mix of groups."),
        (
            "-6",
            "-2",
            "About a quarter of that fall comes from another mix of groups: 2.0 of 8.0 points.",
        ),
        (
            "4",
            "2",
            "About a third of that rise comes from another mix of groups: 2.0 of 6.0 points.",
        ),
        (
            "-4",
            "-4",
            "About half of that fall comes from another mix of groups: 4.0 of 8.0 points.",
        ),
        (
            "-2",
            "-4",
            "About two thirds of that fall comes from another mix of groups: 4.0 of 6.0 points.",
        ),
        (
            "-1",
            "-3",
            "About three quarters of that fall comes from another mix of groups: 3.0 of 4.0"
            " points.",
        ),
        ("-1", "-9", "Most of that fall comes from another mix of groups: 9.0 of 10.0 points."),
        (
            "0",
            "-4",
            "All of that fall comes from another mix of groups; among the same groups there is"
            " none.",
        ),
        (
            "2",
            "-4",
            "All of that fall comes from another mix of groups; among the same groups there is"
            " none.",
        ),
        (
            "-8",
            "4",
            "Among the same groups the fall is larger, 8.0 points instead of 4.0: another mix of"
            " groups hides a part of it.",
        ),
    ],
)
def test_mix(change: str, mix: str, said: str) -> None:
    assert say_mix(Fraction(change), Fraction(mix), "group") == said


def test_more_than_noise_shows_no_range_that_holds_nothing() -> None:
    assert say_more_than_noise(Fraction(-9), Fraction(1)) == "That is more than noise."
    assert say_more_than_noise(Fraction(-9), Fraction(-3, 2)) == (
        "That is more than noise: the mean of people's own indexes fell by between 1.5 and 9.0"
        " points."
    )
    assert say_more_than_noise(Fraction(1), Fraction(2)) == (
        "That is more than noise: the mean of people's own indexes rose by between 1.0 and 2.0"
        " points."
    )


def test_noise_shows_no_range_that_leaves_nothing_out() -> None:
    assert say_could_be_noise(Fraction(-9), Fraction(1)) == (
        "That could be noise: other people answered, and the mean of people's own indexes may have"
        " moved by anything from -9.0 to +1.0 points."
    )
    assert say_one_of_many(12) == (
        "That could be noise: other people answered, and among twelve characteristics one may well"
        " move so far by chance."
    )
