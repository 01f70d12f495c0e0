"""What is more than noise, by hand: cases, refusals, and what always holds."""

from __future__ import annotations

from fractions import Fraction

import pytest
from changes.crowds import ASKED, NOW, THEN, Crowd, compare_crowds, judge, score_crowd
from hypothesis import given, settings
from hypothesis import strategies as st
from scoring.sheets import Sheet

from custfocus_cli.changes.compare import Comparison, add_sampling, compare
from custfocus_cli.changes.noise import Doubt, Sampling, is_more_than_noise
from custfocus_cli.changes.verdict import Verdict
from custfocus_cli.changes.versions import Key
from custfocus_cli.scoring.panel import panel_of_tally
from custfocus_cli.scoring.scorecard import score
from custfocus_cli.scoring.statistics.years import Move, Shift
from custfocus_cli.scoring.tallies import tally_panel

VISION: Key = ("characteristic", "vision")
VOICE: Key = ("characteristic", "voice")
WHOLE: Key = ("organisation", "organisation")


def sample(comparison: Comparison) -> Sampling:
    assert comparison.sampling is not None
    return comparison.sampling


def tell_failed(comparison: Comparison, *, allow_noise: bool) -> list[tuple[str, str | None]]:
    failed = judge(comparison, allow_noise=allow_noise).failed
    return [(each.id, each.why) for each in failed]


# --- cases by hand ---------------------------------------------------------------------------


def test_years_that_do_not_overlap_are_more_than_noise_without_a_p() -> None:
    """Ten people at 2 thirds, then ten at 1 third.

    With 0 and 3 added, the old values have the mean 23/12 and the variance 59/132, the new 13/12
    and the same; t of 11 degrees of freedom is 2.20099, so either reach is 0.42478 thirds. In
    points the intervals are 49.730 to 78.048 and 21.952 to 50.270, and the difference of the means,
    -33.333, reaches 11.3815 x sqrt 2 down and 16.9369 x sqrt 2 up.
    """
    found = sample(compare_crowds({"a": "L" * 10}, {"a": "P" * 10})).noise
    vision = found[VISION]
    assert (vision.p, vision.p_adjusted, vision.more_than_noise) == (None, None, True)
    assert vision.change == Fraction(-100, 3)
    assert tuple(vision.interval) == pytest.approx((-49.429, -9.381), abs=0.001)


def test_where_all_say_the_same_as_ever_nothing_is_more_than_noise() -> None:
    """`voice` has L from all ten in both years: no p, and a reach of 11.3815 and 16.9369 points."""
    voice = sample(compare_crowds({"a": "L" * 10}, {"a": "P" * 10})).noise[VOICE]
    assert (voice.p, voice.change, voice.more_than_noise) == (None, Fraction(0), False)
    reach = (11.3815**2 + 16.9369**2) ** 0.5
    assert tuple(voice.interval) == pytest.approx((-reach, reach), abs=0.001)


def test_the_organisation_moves_as_its_characteristics_at_once() -> None:
    """The mean of both intervals: (49.730 + 49.730) / 2 before, (21.952 + 49.730) / 2 = 35.841 now.

    The means are 66.667 and 50; 50 - 35.841 = 14.159 and 78.048 - 66.667 = 11.381 make a reach of
    18.166 down; (50.270 + 78.048) / 2 - 50 = 14.159 and 66.667 - 49.730 = 16.937 one of 22.076 up.
    """
    whole = sample(compare_crowds({"a": "L" * 10}, {"a": "P" * 10})).noise[WHOLE]
    assert (whole.p, whole.p_adjusted, whole.more_than_noise) == (None, None, False)
    assert whole.change == Fraction(-50, 3)
    assert tuple(whole.interval) == pytest.approx((-34.833, 5.409), abs=0.002)


SIX, FOUR = {"a": "P" * 6 + "N" * 4}, {"a": "P" * 4 + "N" * 6}


def test_six_of_ten_before_and_four_now_could_be_noise() -> None:
    """The lower median falls from P to N, so the index from 33.3 to 0.

    A P has the placement 0.6 + 0.4/2 = 0.8 among the new, an N 0.6/2 = 0.3: half as far apart as
    the answers, whose sample variance is 0.24 x 10/9. So s^2 = 2 x 0.25 x 0.26667 / 10 = 0.013333,
    and (0.4 - 0.5) / s = -0.86603 with 18 degrees of freedom: p = 0.3979. `voice` has no p, so
    none is multiplied.
    """
    comparison = compare_crowds(SIX, FOUR)
    found = sample(comparison).noise[VISION]
    assert found.p == pytest.approx(0.3979, abs=0.0002)
    assert (found.p_adjusted, found.more_than_noise) == (found.p, False)
    assert found.change == Fraction(-20, 3)
    assert tell_failed(comparison, allow_noise=False) == [("vision", "index-fell")]
    assert tell_failed(comparison, allow_noise=True) == []
    ruling = judge(comparison, allow_noise=True)
    let_pass = [(each.id, each.severity, each.noise) for each in ruling.broken]
    assert (ruling.status, let_pass) == ("pass", [("vision", "notice", True)])


def test_a_stage_that_fell_counts_even_as_noise() -> None:
    old, new = ({"a": "L" * 6 + "P" * 4}, {"a": "L" * 4 + "P" * 6})
    comparison = compare_crowds(old, new)
    assert not sample(comparison).noise[VISION].more_than_noise
    fallen = [("organisation", "stage-fell"), ("vision", "stage-fell")]
    assert tell_failed(comparison, allow_noise=True) == fallen


def test_what_is_more_than_noise_counts() -> None:
    comparison = compare_crowds({"a": "P" * 10}, {"a": "N" * 10})
    assert tell_failed(comparison, allow_noise=True) == [("vision", "index-fell")]


def test_a_fall_is_noise_where_people_rate_higher_than_before() -> None:
    """The median falls from L to P although most of the others are at F now instead of N."""
    old, new = ({"a": "L" * 11 + "N" * 9}, {"a": "P" * 11 + "F" * 9})
    comparison = compare_crowds(old, new)
    found = sample(comparison).noise[VISION]
    assert found.change > 0
    assert not found.more_than_noise


@pytest.mark.parametrize(
    ("probability", "p", "verdict", "expected"),
    [
        ("0.4", 0.0499, "regressed", True),
        ("0.4", 0.05, "regressed", False),
        ("0.4", 0.0499, "improved", False),
        ("0.6", 0.0499, "improved", True),
        ("0.6", 0.0499, "unchanged", True),
        ("0", None, "regressed", True),
        ("1", None, "improved", True),
        ("1", None, "regressed", False),
        ("0.5", None, "regressed", False),
    ],
)
def test_the_predicate(probability: str, p: float | None, verdict: Verdict, expected: bool) -> None:
    assert is_more_than_noise(Shift(Fraction(probability)), p, verdict) is expected


# --- what cannot be judged -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "doubt"),
    [
        ({"a": "P"}, {"a": "N" * 10}, "one-file"),
        ({"a": "P" * 10}, {"a": "N"}, "one-file"),
        ({"a": "P" * 4}, {"a": "N" * 10}, "few"),
        ({"a": "P" * 9}, {"a": "N" * 10}, "few"),
        ({"a": "P" * 10}, {"a": "N" * 9}, "few"),
    ],
)
def test_too_few_people_change_nothing(old: Crowd, new: Crowd, doubt: Doubt) -> None:
    comparison = compare_crowds(old, new)
    assert sample(comparison) == Sampling(doubt=doubt)
    assert tell_failed(comparison, allow_noise=True) == [("vision", "index-fell")]


def test_interviews_are_no_sample() -> None:
    comparison = compare_crowds(SIX, FOUR, mode="interview")
    assert sample(comparison) == Sampling(doubt="interview")
    assert tell_failed(comparison, allow_noise=True) == [("vision", "index-fell")]


def test_another_questionnaire_asks_something_else() -> None:
    longer = Sheet({"vision": "N N", "voice": "N"}).definition
    cards = score_crowd(SIX, THEN), score_crowd(FOUR, NOW, definition=longer)
    assert sample(add_sampling(compare(*cards))) == Sampling(doubt="questionnaire")


def test_nobody_is_compared_with_themselves() -> None:
    card = score_crowd(SIX, NOW)
    comparison = add_sampling(compare(card, card))
    assert comparison.identical
    assert sample(comparison) == Sampling(doubt="same-survey")
    assert judge(comparison, allow_noise=True).status == "pass"


# --- mix and change --------------------------------------------------------------------------

SHIFTED = ({"a": "L" * 20, "b": "N" * 10}, {"a": "P" * 10, "b": "N" * 20})


def test_a_third_of_a_fall_is_mix() -> None:
    """The mean falls from 40/3 thirds of 10 to 10/3 of 10: from 44.4 to 11.1 points.

    In the old shares, 20 of 30 people fall by 33.3 points: 22.2. `voice` does not move.
    """
    found = sample(compare_crowds(*SHIFTED, by="group"))
    assert found.by == "group"
    assert found.mixes == {
        WHOLE: Move(Fraction(-100, 9), Fraction(-50, 9)),
        VISION: Move(Fraction(-200, 9), Fraction(-100, 9)),
        VOICE: Move(Fraction(0), Fraction(0)),
    }


def test_without_groups_there_is_no_mix() -> None:
    assert sample(compare_crowds(*SHIFTED)).mixes == {}


def test_groups_of_the_same_size_are_no_other_mix() -> None:
    """Twenty of each group in both years; of `b` all had an index of their own, now ten."""
    old, new = {"a": "L" * 20, "b": "N" * 20}, {"a": "P" * 20, "b": "N" * 10 + "." * 10}
    found = sample(compare_crowds(old, new, by="group"))
    assert found.mixes == {}
    assert VISION in found.noise
    assert sample(compare_crowds(old, {**new, "b": "N" * 30}, by="group")).mixes


def test_what_is_no_group_of_both_years_is_the_rest_of_both() -> None:
    """`c` of four people joins `d` in the old year, and stands by itself in the new one.

    Old: a 10 at P, the rest 10 at N. New: a 10 at P, the rest 10 at P. In the old shares half of
    the people rise by 33.3 points.
    """
    old, new = ({"a": "P" * 10, "c": "N" * 4, "d": "N" * 6}, {"a": "P" * 10, "c": "P" * 10})
    assert sample(compare_crowds(old, new, by="group")).mixes[VISION] == Move(
        Fraction(50, 3), Fraction(0)
    )


@pytest.mark.parametrize(("more", "told"), [(1, False), (4, False), (5, True), (12, True)])
def test_a_later_export_of_a_survey_shows_no_groups_where_few_came_in_between(
    more: int, told: bool
) -> None:
    first = {"a": "P" * 10, "b": "N" * 10}
    second = {"a": "P" * 10 + "N" * more, "b": "N" * 10}
    cards = score_crowd(first, NOW), score_crowd(second, NOW)
    found = sample(add_sampling(compare(*cards), "group"))
    assert (found.noise, found.doubt, bool(found.mixes)) == ({}, "same-survey", told)


# --- what always holds -----------------------------------------------------------------------

CODES = st.text("NPLF", min_size=10, max_size=24)


@st.composite
def years(draw: st.DrawFn) -> tuple[Comparison, Comparison]:
    """Two years compared, and the same two the other way round."""
    crowds = [{"a": draw(CODES), "b": draw(CODES)} for _ in range(2)]
    voices = [draw(st.lists(st.sampled_from("NPLF"), min_size=48, max_size=48)) for _ in range(2)]
    old, new, again, before = (
        score_crowd(crowds[n], day, voices=voices[n])
        for n, day in ((0, THEN), (1, NOW), (0, NOW), (1, THEN))
    )
    there = add_sampling(compare(old, new), "group")
    return there, add_sampling(compare(before, again), "group")


@settings(deadline=None, max_examples=25)
@given(years())
def test_allowing_noise_never_fails_more(both: tuple[Comparison, Comparison]) -> None:
    for comparison in both:
        strict, mild = (judge(comparison, allow_noise=allow) for allow in (False, True))
        keys = [{(each.id, each.why) for each in ruling.failed} for ruling in (strict, mild)]
        assert keys[1] <= keys[0]
        assert len(strict.broken) == len(mild.broken)
        for name, why in keys[0] - keys[1]:
            assert why == "index-fell"
            assert not sample(comparison).noise["characteristic", name].more_than_noise


@settings(deadline=None, max_examples=25)
@given(years())
def test_the_other_way_round_is_the_mirror(both: tuple[Comparison, Comparison]) -> None:
    there, back = (sample(each) for each in both)
    assert there.noise.keys() == back.noise.keys() == {WHOLE, VISION, VOICE}
    for key, noise in there.noise.items():
        other = back.noise[key]
        assert other.p == (noise.p if noise.p is None else pytest.approx(noise.p))
        adjusted = noise.p_adjusted
        assert other.p_adjusted == (adjusted if adjusted is None else pytest.approx(adjusted))
        assert other.change == -noise.change
        ends = -noise.interval.high, -noise.interval.low
        assert tuple(other.interval) == pytest.approx(ends)
        assert other.more_than_noise is noise.more_than_noise
        assert (key in there.mixes) == (key in back.mixes)
        if key in there.mixes:
            assert there.mixes[key].total == -back.mixes[key].total == noise.change


@settings(deadline=None, max_examples=15)
@given(years())
def test_a_tally_tells_the_same_as_the_files_that_were_counted(
    both: tuple[Comparison, Comparison],
) -> None:
    cards = []
    for card in both[0].sides:
        tally = tally_panel(card.panel, ASKED, by="group")
        assert tally is not None
        cards.append(score(panel_of_tally(tally, ASKED), ASKED))
    again = sample(add_sampling(compare(*cards)))
    assert again == sample(both[0])
