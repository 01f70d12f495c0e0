"""What is told of a change, by what people's own indexes tell."""

from __future__ import annotations

from fractions import Fraction

import pytest
from changes.crowds import compare_crowds
from changes.pairs import find

from custfocus_cli.changes.compare import Comparison
from custfocus_cli.changes.noise import Noise, Sampling
from custfocus_cli.changes.versions import Key
from custfocus_cli.render.noise import name_noise, say_noise, say_noise_briefly, say_origin
from custfocus_cli.scoring.statistics.intervals import Interval
from custfocus_cli.scoring.statistics.years import Move

FELL = compare_crowds({"a": "P" * 10}, {"a": "N" * 10})


def tell(p: float | None, low: float, high: float, more: bool) -> Comparison:
    """A fall of `vision`, of which this is known; `voice` was tested beside it."""
    noise: dict[Key, Noise] = {
        ("characteristic", "vision"): Noise(p, p, Fraction(-5), Interval(low, high), more),
        ("characteristic", "voice"): Noise(0.5, 1, Fraction(0), Interval(-9, 9), False),
    }
    return FELL._replace(sampling=Sampling(noise))


@pytest.mark.parametrize(
    ("p", "low", "high", "more", "said"),
    [
        (0.001, -9, -1, True, "That is more than noise: the mean of people's own indexes fell"),
        (0.001, -9, 1, True, "That is more than noise."),
        (0.3, -9, 1, False, "That could be noise: other people answered, and the mean of people's"),
        # significant alone, and not among two
        (0.04, -9, -1, False, "That could be noise: other people answered, and among two char"),
        # the test and the interval of the mean do not agree
        (0.06, -9, -1, False, "That could be noise: other people answered."),
        # people moved the other way
        (
            0.001,
            1,
            9,
            False,
            "That could be noise: other people answered, and the mean of people's",
        ),
    ],
)
def test_no_number_contradicts_the_verdict(
    p: float, low: float, high: float, more: bool, said: str
) -> None:
    comparison = tell(p, low, high, more)
    assert say_noise(find(comparison, "characteristic", "vision"), comparison).startswith(said)


def test_what_did_not_move_is_no_noise() -> None:
    voice = find(FELL, "characteristic", "voice")
    assert voice.verdict == "unchanged"
    told = (name_noise, say_noise, say_noise_briefly, say_origin)
    assert [each(voice, FELL) for each in told] == ["", "", "", ""]


def test_the_mix_of_people_who_moved_the_other_way_is_not_told() -> None:
    vision = find(FELL, "characteristic", "vision")
    for change, said in ((3, ""), (-3, "Hardly any of it comes from another mix of roles.")):
        mixes: dict[Key, Move] = {("characteristic", "vision"): Move(Fraction(change), Fraction(0))}
        comparison = FELL._replace(sampling=Sampling({}, mixes, "role"))
        assert say_origin(vision, comparison) == said
