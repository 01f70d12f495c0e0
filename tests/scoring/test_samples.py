"""The two sample organisations: what domain part 6 tells of them, and counts made by hand."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import pytest
from shipped import SAMPLES, read_definition, read_sample

from custfocus_cli.scoring.ladder import Reading
from custfocus_cli.scoring.notices import Notice
from custfocus_cli.scoring.panel import panel
from custfocus_cli.scoring.scorecard import Scorecard, score
from custfocus_cli.scoring.steps import Change, SmallestStep


@cache
def score_sample(name: str, questionnaire: str = "interview-72") -> Scorecard:
    definition = read_definition(questionnaire)
    return score(panel([read_sample(name)], definition), definition)


def list_stages(card: Scorecard) -> str:
    """The stages of the twelve, in the model's order."""
    return " ".join(str(each.reading.stage) for each in card.characteristics)


def list_flags(card: Scorecard) -> str:
    return " ".join(flag.flag for flag in card.flags)


def of_216(points: int) -> Fraction:
    """The index of 36 cells with two items of 3 points each."""
    return Fraction(100 * points, 216)


def of_108(points: int) -> Fraction:
    """The index of 36 cells with one item of 3 points each."""
    return Fraction(100 * points, 108)


def exactly(stage: int, index: Fraction) -> Reading:
    """The reading where everything is known."""
    return Reading(stage, stage, stage, "exact", index, index, index, Fraction(1))


# A rating that stands alone in its cell counts for the other item too.
READINGS = {
    # 23 P, 20 L, 9 F make 90 points; sr-3b P stands beside the one unknown, so 91, and 93 at best
    "quillmarsh-2025": Reading(
        0, 0, 0, "exact", of_216(91), of_216(90), of_216(93), Fraction(71, 72)
    ),
    # 17 P, 30 L, 15 F: 122
    "quillmarsh-2026": exactly(1, of_216(122)),
    # 20 P, 14 L, 8 F: 72, and vc-2b P stands alone
    "varrowby-2025": exactly(0, of_216(73)),
    # 20 P, 24 L, 11 F: 101; vc-2b L and vc-3b P stand alone: 104; st-1a L beside the unknown
    # st-1b counts 2 more by the rated, and st-1b up to 3
    "varrowby-2026": Reading(
        0, 0, 1, "provisional", of_216(106), of_216(104), of_216(107), Fraction(68, 69)
    ),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_the_result(name: str) -> None:
    assert score_sample(name).result == READINGS[name]


@pytest.mark.parametrize(
    ("name", "stages", "distribution", "to_target"),
    [
        # gaps to 2: nine of 1 and three of 2, of 24
        ("quillmarsh-2025", "1 1 0 0 1 1 1 1 1 1 0 1", (3, 9, 0, 0), Fraction(9, 24)),
        ("quillmarsh-2026", "1 2 1 1 1 2 1 2 2 2 1 2", (0, 6, 6, 0), Fraction(18, 24)),
        ("varrowby-2025", "0 0 0 0 1 0 1 1 1 1 0 1", (6, 6, 0, 0), Fraction(6, 24)),
        ("varrowby-2026", "1 1 1 0 1 1 1 2 1 2 1 2", (1, 8, 3, 0), Fraction(14, 24)),
    ],
)
def test_the_stages_of_the_twelve(
    name: str, stages: str, distribution: tuple[int, ...], to_target: Fraction
) -> None:
    card = score_sample(name)
    assert list_stages(card) == stages
    assert card.distribution == distribution
    assert card.to_target == 100 * to_target


@pytest.mark.parametrize(
    ("name", "flags", "result", "ratio"),
    [
        ("quillmarsh-2025", "amber red green red amber", "does-not-pay", Fraction(190, 310)),
        ("quillmarsh-2026", "green amber green amber green", "pays", Fraction(135, 100)),
        ("varrowby-2025", "green not-applicable green red red", "not-shown", None),
        ("varrowby-2026", "green not-applicable green amber amber", "pays", Fraction(155, 140)),
    ],
)
def test_the_balance_check_and_the_economic_test(
    name: str, flags: str, result: str, ratio: Fraction | None
) -> None:
    card = score_sample(name)
    assert list_flags(card) == flags
    assert (card.economic_test.result, card.economic_test.ratio) == (result, ratio)


def test_quillmarsh_2025_is_held_by_three_and_ahead_in_four_items() -> None:
    card = score_sample("quillmarsh-2025")
    changes = tuple(Change(item, "P", "L") for item in ("wo-1a", "st-1b", "re-1b"))
    assert card.smallest_step == SmallestStep(1, changes)
    assert [step.blockers for step in card.next_steps[:3]] == [("wo-1a",), ("st-1b",), ("re-1b",)]
    ahead = [item for each in card.characteristics for item in each.ahead]
    assert ahead == ["sf-3a", "pa-3a", "ss-3a", "vc-3b"]
    # the one unknown answer gives the index of service-recovery a range, and its stage none
    recovery = card.characteristic("service-recovery").reading
    assert (recovery.stage_low, recovery.stage_high, recovery.status) == (1, 1, "exact")
    assert recovery.index_low != recovery.index_high
    assert card.notices == (Notice("many-changes", count=12),)


def test_quillmarsh_2026_has_no_record_of_its_cause_analysis() -> None:
    card = score_sample("quillmarsh-2026")
    recovery = card.characteristic("service-recovery")
    assert recovery.evidenced is not None
    assert (recovery.reading.stage, recovery.evidenced.stage) == (2, 1)
    assert card.evidenced is not None
    # sr-2b L counts as P: one point less; it is one of the 30 L and 15 F
    assert card.evidenced.reading.index == of_216(121)
    assert card.evidenced.share == Fraction(44, 45)
    others = [each for each in card.characteristics if each.id != "service-recovery"]
    assert all(each.evidenced == each.reading for each in others)


def test_quillmarsh_2026_is_four_single_items_from_four_more_stages() -> None:
    card = score_sample("quillmarsh-2026")
    assert [(step.to_stage, step.blockers) for step in card.next_steps] == [
        (2, ("sv-2b",)),
        (2, ("st-2b",)),
        (2, ("sf-2b",)),
        (2, ("ee-2a",)),
        (2, ("wo-2a", "wo-2b")),
        (2, ("re-2a", "re-2b")),
    ]
    assert card.next_steps[2].ahead == ("sf-3a",)
    answers = [read_sample(f"quillmarsh-{year}").answers["ee-3a"].answer for year in (2025, 2026)]
    assert answers == ["P", "N"]


def test_varrowby_2025_is_a_conveyor() -> None:
    card = score_sample("varrowby-2025")
    assert read_sample("varrowby-2025").answers["sr-3a"].answer == "F"
    assert card.characteristic("service-recovery").ahead == ("sr-3a",)
    flag = card.flags[-1]
    assert (flag.theme, flag.safeguard_weak, flag.signal_frequent) == (
        "individual-approach",
        True,
        True,
    )


def test_varrowby_2026_waits_for_one_answer() -> None:
    card = score_sample("varrowby-2026")
    first = card.next_steps[0]
    assert (first.characteristic, first.blockers, first.questions) == (
        "service-training",
        (),
        ("st-1b",),
    )
    assert card.smallest_step == SmallestStep(1, (Change("st-1b", "DK", "L"),))
    assert card.notices == (
        Notice("thin-base", ("voice-of-customer",)),
        Notice("many-changes", count=9),
    )
    cells = [cell for each in card.characteristics for cell in each.cells]
    assert (sum(cell.not_applicable for cell in cells), sum(cell.items for cell in cells)) == (
        3,
        72,
    )


@pytest.mark.parametrize("name", ["quillmarsh-2025", "varrowby-2025", "varrowby-2026"])
def test_where_the_evidence_is_enough_it_changes_nothing(name: str) -> None:
    card = score_sample(name)
    assert card.evidenced is not None
    assert (card.evidenced.reading, card.evidenced.share) == (card.result, Fraction(1))


# The points of the 36 items, characteristic by characteristic; one item a cell, of 108 points.
SHORT_FORM = {
    # 4 3 2 3 5 4 2 7 6 4+DK 2 6: the one unknown is alone in its cell
    "quillmarsh-2025": (
        "1 1 0 1 1 1 1 3 1 1 1 1",
        Reading(0, 0, 0, "exact", None, of_108(48), of_108(51), Fraction(35, 36)),
    ),
    # 5 5 4 4 6 6 4 7 7 6 2 7
    "quillmarsh-2026": (
        "2 2 1 2 3 2 1 3 3 2 1 3",
        exactly(1, of_108(63)),
    ),
    # 1 5 0 2 4 2 5 5 7 6 1 3
    "varrowby-2025": (
        "0 1 0 1 1 1 1 1 1 1 0 1",
        exactly(0, of_108(41)),
    ),
    # 3 6 4 3 5 3 6 6 7 8 2 5
    "varrowby-2026": (
        "1 2 1 1 1 1 1 2 1 3 1 2",
        exactly(1, of_108(58)),
    ),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_rescored_by_the_short_form_an_answer_file_gives_the_result_of_the_subset(
    name: str,
) -> None:
    card = score_sample(name, "team-36")
    stages, reading = SHORT_FORM[name]
    assert list_stages(card) == stages
    assert card.result == reading
    # and what stands outside the short form changes nothing
    sample, short = read_sample(name), read_definition("team-36")
    inside = {item: each for item, each in sample.answers.items() if item in short.entries}
    alone = sample.model_copy(update={"answers": inside})
    again = score(panel([alone], short), short)
    assert (again.result, again.characteristics, again.next_steps, again.flags) == (
        card.result,
        card.characteristics,
        card.next_steps,
        card.flags,
    )


def test_the_short_form_puts_three_to_six_characteristics_higher_and_none_lower() -> None:
    higher = {}
    for name in SAMPLES:
        both = zip(
            score_sample(name, "team-36").characteristics,
            score_sample(name).characteristics,
            strict=True,
        )
        lift = [(short.reading.stage or 0) - (long.reading.stage or 0) for short, long in both]
        assert min(lift) == 0
        higher[name] = sum(step > 0 for step in lift)
    assert higher == {
        "quillmarsh-2025": 3,
        "quillmarsh-2026": 6,
        "varrowby-2025": 3,
        "varrowby-2026": 3,
    }
