"""Other ladders than the shipped one (domain 2.2.16), with the results their makers print."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from scoring.sheets import Sheet

from custfocus_cli.scoring.ladder import Reading
from custfocus_cli.scoring.steps import Change, SmallestStep

# --- every: the rule of C2M2, whose practices are rated on four options -----------------------

C2M2 = Sheet({"asset": "F L / L F P / N", "access": "F / L L / F F", "risk": "L / L / P"})


def test_every_practice_of_a_level_and_of_those_below_is_largely_in_place() -> None:
    card = C2M2.score()
    # asset stops at the P of level 2, access has all three, risk stops at the P of level 3
    assert [each.reading.stage for each in card.characteristics] == [1, 3, 2]
    assert card.result.stage == 1
    # asset 5/6, (2+3+1)/9, 0; access 1, 4/6, 1; risk 2/3, 2/3, 1/3
    asset, access, risk = (
        Fraction(5, 6) + Fraction(6, 9),
        1 + Fraction(4, 6) + 1,
        Fraction(5, 3),
    )
    assert card.result.index == 100 * (asset + access + risk) / 9


def test_the_gate_may_ask_for_the_best_option() -> None:
    card = replace(C2M2, scoring={"gate": {"every": "F"}}).score()
    assert [each.reading.stage for each in card.characteristics] == [0, 1, 0]
    assert [cell.met for cell in card.characteristic("access").cells] == [1, 0, 2]
    assert card.characteristic("access").blockers == ("access-2a", "access-2b")


def test_without_a_gate_of_its_own_a_model_asks_for_more_than_half() -> None:
    assert [
        replace(C2M2, scoring={}).score().characteristic(name).reading.stage for name in C2M2.rows
    ] == [1, 3, 2]


# --- percent: a ladder of thresholds -----------------------------------------------------------

FIVE = {"n0": 0, "n1": 1, "n2": 2, "n3": 3, "n4": 4}
THRESHOLDS = {
    "s1": {"s1": "80"},
    "s2": {"s1": "90", "s2": "70"},
    "s3": {"s1": "95", "s2": "85", "s3": "60"},
}


def write_ladder(row: str, **items: dict[str, str]) -> Sheet:
    return Sheet({"c": row}, points=FIVE, scoring={"gate": {"percent": THRESHOLDS}}, items=items)


@pytest.mark.parametrize(
    ("row", "stages"),
    [
        # 11/12 = 91.7 reaches 80 and 90, 6/8 = 75 reaches 70; stage 3 wants 95 of the first
        ("n4 n4 n3 / n3 n3 / n2", (2, 2)),
        ("n4 n4 n4 / n4 n3 / n3", (3, 3)),  # 100, 87.5, 75
        ("n4 n3 / n4 / n4", (1, 1)),  # 87.5 reaches 80, not 90
        ("n3 n3 / n4 / n4", (0, 0)),  # 75 is under 80: what stands above counts for nothing
        ("n3 n3 n3 n4 n3 / n0 / n0", (1, 1)),  # 16/20 = 80 is reached, to the point
        # unknown: 3/8 by the low reading, (3+4)/8 = 87.5 by the high one
        ("n4 n4 n3 / n3 DK / n2", (1, 2)),
        ("n4 n4 n4 / n3 DK / n2", (1, 2)),  # high: 87.5 reaches 85, and 2/4 misses 60
        ("n4 n4 n4 / n3 DK / .", (1, 3)),
        # a listed cell that is n/a is passed over
        ("NA / n3 / n2", (2, 2)),
        # a stage whose own cell is n/a awards nothing, and passes where the others reach
        ("n4 / NA / n2", (1, 1)),
        ("n4 / NA / n3", (3, 3)),
        ("n4 n3 / NA / n4", (1, 1)),  # 87.5 misses the 90 that stage 2 wants of stage 1
    ],
)
def test_a_ladder_of_thresholds(row: str, stages: tuple[int, int]) -> None:
    reading = write_ladder(row).score().characteristic("c").reading
    assert (reading.stage_low, reading.stage_high) == stages


def test_what_a_ladder_of_thresholds_recommends() -> None:
    card = write_ladder("n4 n4 n3 / n3 n3 / n2").score()
    c = card.characteristic("c")
    assert (c.gap, c.next_stage) == (1, 3)
    # every item below the best, in the cells that stage 3 lists and that fall short
    assert c.blockers == ("c-1c", "c-2a", "c-2b", "c-3a")
    # 11.4 of 12, 6.8 of 8 and 2.4 of 4 points: one rise each, the first of equals
    step = SmallestStep(
        3,
        (Change("c-1c", "n3", "n4"), Change("c-2a", "n3", "n4"), Change("c-3a", "n2", "n3")),
    )
    assert c.smallest_step == step
    assert card.smallest_step == step


def test_effort_and_weight_choose_the_smallest_step() -> None:
    # 5 of 8 points are 62.5 percent, 70 are 5.6 points: one rise is enough
    row = "n4 / n3 n2 / n0"
    assert write_ladder(row).score().smallest_step.changes == (Change("c-2a", "n3", "n4"),)
    dear = write_ladder(row, **{"c-2a": {"effort": "3"}})
    assert dear.score().smallest_step.changes == (Change("c-2b", "n2", "n3"),)
    # weights 1 and 3: 3 + 6 of 16 points, 70 percent are 11.2; the second brings 3 a point
    heavy = write_ladder(row, **{"c-2b": {"weight": "3"}})
    assert heavy.score().smallest_step.changes == (Change("c-2b", "n2", "n3"),)


def test_an_unknown_item_is_a_question_and_rises_from_nothing() -> None:
    c = write_ladder("n4 / n4 DK / n0").score().characteristic("c")
    assert (c.blockers, c.questions) == ((), ("c-2b",))
    # 4 of 8 points, 5.6 wanted
    assert c.smallest_step.changes == (Change("c-2b", "DK", "n2"),)


def test_what_is_met_by_percent_is_above_half() -> None:
    card = write_ladder("n2 / n3 n2 / n4").score()
    c = card.characteristic("c")
    assert [cell.met for cell in c.cells] == [0, 1, 1]
    assert c.ahead == ("c-2a", "c-3a")


def test_shortfall_by_percent_orders_the_steps() -> None:
    sheet = Sheet(
        {"far": "n2 / n0", "near": "n3 / n0", "wide": "n3 n3 / n0"},  # 1.2, 0.2 and 0.4 points
        points=FIVE,
        scoring={"gate": {"percent": {"s1": {"s1": "80"}, "s2": {"s2": "50"}}}},
    )
    assert [step.characteristic for step in sheet.score().next_steps] == ["near", "wide", "far"]


# --- none: the score of OWASP SAMM -------------------------------------------------------------


def test_the_score_of_a_samm_practice_is_the_index_over_100_times_3() -> None:
    """Answers are worth 0, 0.25, 0.5 and 1; a level is their mean, a practice the sum of three."""
    samm = Sheet(
        {"threat": "half full / quarter half / no quarter", "build": "full full / half no / no no"},
        points={"no": 0, "quarter": 1, "half": 2, "full": 4},
        scoring={"gate": "none"},
    )
    card = samm.score()
    scores = [(each.reading.index or 0) * 3 / 100 for each in card.characteristics]
    # 0.75 + 0.375 + 0.125, and 1 + 0.25 + 0
    assert scores == [Fraction("1.25"), Fraction("1.25")]
    assert card.result.index == Fraction(125, 3)


def test_without_a_gate_there_is_no_stage_and_no_step() -> None:
    card = Sheet({"c": "P / N", "d": "F / ."}, scoring={"gate": "none"}).score()
    third = Fraction(100, 6)
    assert card.characteristic("c").reading == Reading(
        None, None, None, None, third, third, third, Fraction(1)
    )
    assert card.result == Reading(
        None, None, None, None, None, (third + 50) / 2, (third + 100) / 2, Fraction(3, 4)
    )
    assert [cell.in_place for cell in card.characteristic("d").cells] == [None, None]
    assert (card.distribution, card.to_target, card.next_steps) == (None, None, ())
    assert card.smallest_step == SmallestStep()
    assert [(each.gap, each.next_stage, each.blockers) for each in card.characteristics] == [
        (0, None, ()),
        (0, None, ()),
    ]
