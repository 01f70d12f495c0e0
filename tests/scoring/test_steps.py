"""Gaps, the order of the next steps, and the guard of the organisation (domain 2.2.9, 2.2.10)."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from scoring.sheets import Sheet

from custfocus_cli.scoring.steps import Change, SmallestStep, Step

# One at each stage: what each needs next is one stage apart.
SPREAD = Sheet(
    {
        "none": "P / N / N / N",
        "one": "L / P / N / N",
        "two": "L / L / P / N",
        "three": "L / L / L / P",
    }
)


@pytest.mark.parametrize(
    ("max_lead", "deferred"),
    # the organisation is at 0: next stage 1, and max_lead above that
    [("0", [False, True, True, True]), ("1", [False, False, True, True])],
)
def test_what_runs_too_far_ahead_is_deferred(max_lead: str, deferred: list[bool]) -> None:
    scoring = {"gate": {"every": "L"}, "max_lead": max_lead}
    steps = replace(SPREAD, scoring=scoring).score().next_steps
    assert [step.deferred for step in steps] == deferred
    assert [step.to_stage for step in steps] == [1, 2, 3, 4]


def test_a_step_is_no_longer_deferred_once_the_organisation_has_come_up() -> None:
    up = {**SPREAD.rows, "none": "L / N / N / N"}
    steps = replace(SPREAD, rows=up).score().next_steps
    assert [(step.characteristic, step.deferred) for step in steps] == [
        ("one", False),  # a P lacks less than the N of the other
        ("none", False),
        ("two", False),
        ("three", True),
    ]


def test_the_order_is_stage_then_weighted_gap_then_shortfall_then_place() -> None:
    sheet = Sheet(
        {
            "later": "L / N",
            "near": "P / N",  # lacks 1
            "far": "N / N",  # lacks 2
            "asked": "DK / N",  # lacks 2, like far
            "heavy": "N N / N",  # weight 2: gap counts double
            "low": "N / N",  # target 1: a smaller gap
        },
        characteristics={"heavy": {"weight": "2"}},
        assessment={"target": {"default": "2", "characteristics": {"low": "1"}}},
    )
    order = [step.characteristic for step in sheet.score().next_steps]
    assert order == ["heavy", "near", "far", "asked", "low", "later"]


def test_the_weight_of_an_item_weighs_its_shortfall() -> None:
    sheet = Sheet({"first": "P", "second": "N"}, items={"first-1a": {"weight": "3"}})
    assert [step.characteristic for step in sheet.score().next_steps] == ["second", "first"]


def test_the_lists_of_a_step_hold_nothing_that_is_fine_or_excluded() -> None:
    sheet = Sheet(
        {"c": "N L . DK NA P / F P L / DK L"},
        items={"c-1f": {"weight": "0"}, "c-2c": {"weight": "0"}},
    )
    card = sheet.score()
    step = Step(1, "c", 1, ("c-1a",), ("c-1c", "c-1d"), ("c-2a", "c-3b"), deferred=False)
    assert card.next_steps == (step,)
    changes = (Change("c-1a", "N", "L"), Change("c-1c", None, "L"), Change("c-1d", "DK", "L"))
    assert card.characteristic("c").smallest_step == SmallestStep(1, changes)


def test_no_gap_no_step() -> None:
    card = Sheet({"c": "L / P / F"}, assessment={"target": {"default": "1"}}).score()
    c = card.characteristic("c")
    assert (c.gap, c.next_stage, c.blockers, c.ahead) == (0, None, (), ())
    assert c.smallest_step == SmallestStep()
    assert (card.next_steps, card.to_target) == ((), Fraction(100))
    # the organisation's smallest step looks at its ladder, not at the target
    assert card.smallest_step == SmallestStep(2, (Change("c-2a", "P", "L"),))


def test_on_top_of_the_ladder_there_is_no_smaller_step() -> None:
    assert Sheet({"c": "L / F"}).score().smallest_step == SmallestStep()


def test_a_characteristic_of_weight_0_is_scored_and_left_out_of_everything_above() -> None:
    sheet = Sheet({"c": "L / P", "aside": "N / DK"}, characteristics={"aside": {"weight": "0"}})
    card = sheet.score()
    aside = card.characteristic("aside")
    assert (aside.applicable, aside.included) == (True, False)
    assert (aside.reading.stage, aside.gap, aside.blockers) == (0, 2, ("aside-1a",))
    assert aside.smallest_step == SmallestStep(1, (Change("aside-1a", "N", "L"),))
    assert card.result == card.characteristic("c").reading
    assert card.areas[0].reading == card.result
    assert [step.characteristic for step in card.next_steps] == ["c"]
    assert (card.distribution, card.to_target) == ((0, 1, 0), Fraction(50))
    assert card.smallest_step == SmallestStep(2, (Change("c-2a", "P", "L"),))


def test_what_counts_nowhere_is_no_part_of_the_smallest_step_of_the_organisation() -> None:
    weightless = {"aside": {"weight": "0"}}
    card = Sheet({"c": "P", "aside": "N", "gone": "NA"}, characteristics=weightless).score()
    assert card.smallest_step == SmallestStep(1, (Change("c-1a", "P", "L"),))


def test_to_target_knows_no_compensation() -> None:
    sheet = Sheet(
        {"high": "F / F / F", "low": "P / F / F"},
        characteristics={"low": {"weight": "3"}},
        assessment={"target": {"default": "2"}},
    )
    # high is past its target and counts for no more than it: gaps 0 and 2, of 1 x 2 and 3 x 2
    assert sheet.score().to_target == 100 * (1 - Fraction(6, 8))


def test_targets_that_add_up_to_nothing_have_no_distance() -> None:
    assert Sheet({"c": "P"}, assessment={"target": {"default": "0"}}).score().to_target is None
