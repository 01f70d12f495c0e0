"""The worked example of the scoring rules (domain 2.2.13), number by number."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from scoring.sheets import Sheet

from custfocus_cli.scoring.ladder import Cell, Reading
from custfocus_cli.scoring.steps import Change, SmallestStep, Step

ROWS = {
    "service-vision": "F L / L P / N N",
    "service-recovery": "L DK / P N / N NA",
    "voice-of-customer": "P F / L L / F L",
}
TARGETS = {"targets": [{"id": "professional", "name": "Professional", "default": "2"}]}
SHIPPED = {"gate": {"every": "L"}, "evidence_cap": {"L": "1", "F": "2"}}
SHEET = Sheet(ROWS, scoring=SHIPPED, model=TARGETS)


def test_service_vision() -> None:
    card = SHEET.score()
    vision = card.characteristic("service-vision")
    # (3+2)/6 = 5/6, (2+1)/6 = 3/6, 0; their mean is (8/6)/3 = 4/9
    assert [cell.percent for cell in vision.cells] == [Fraction(500, 6), Fraction(50), Fraction(0)]
    assert [cell.in_place for cell in vision.cells] == [True, False, False]
    index = Fraction(400, 9)
    assert vision.reading == Reading(1, 1, 1, "exact", index, index, index, Fraction(1))


def test_service_recovery() -> None:
    card = SHEET.score()
    recovery = card.characteristic("service-recovery")
    first = Cell(
        characteristic="service-recovery",
        stage=1,
        applicable=True,
        items=2,
        rated=1,
        met=1,
        unknown=1,
        not_applicable=0,
        weight=Fraction(2),
        weight_rated=Fraction(1),
        percent=Fraction(200, 3),  # 2/3
        percent_low=Fraction(100, 3),  # 2/6
        percent_high=Fraction(500, 6),  # (2+3)/6
        in_place=False,
        in_place_high=True,
    )
    third = Cell(
        characteristic="service-recovery",
        stage=3,
        applicable=True,
        items=2,
        rated=1,
        met=0,
        unknown=0,
        not_applicable=1,
        weight=Fraction(1),
        weight_rated=Fraction(1),
        percent=Fraction(0),
        percent_low=Fraction(0),
        percent_high=Fraction(0),
        in_place=False,
        in_place_high=False,
    )
    assert (recovery.cells[0], recovery.cells[2]) == (first, third)
    assert recovery.cells[1].percent == Fraction(100, 6)
    # (2/3 + 1/6 + 0)/3 = 5/18; low (1/3 + 1/6)/3 = 1/6; high (5/6 + 1/6)/3 = 1/3; coverage 4 of 5
    assert recovery.reading == Reading(
        0, 0, 1, "provisional", Fraction(250, 9), Fraction(50, 3), Fraction(100, 3), Fraction(4, 5)
    )


def test_voice_of_customer() -> None:
    card = SHEET.score()
    voice = card.characteristic("voice-of-customer")
    # 4/6, 4/6, 5/6; their mean is 13/18: the highest index at the lowest stage
    assert [cell.percent for cell in voice.cells] == [
        Fraction(400, 6),
        Fraction(400, 6),
        Fraction(500, 6),
    ]
    assert [cell.in_place for cell in voice.cells] == [False, True, True]
    index = Fraction(650, 9)
    assert voice.reading == Reading(0, 0, 0, "exact", index, index, index, Fraction(1))
    assert voice.ahead == (
        *("voice-of-customer-2a", "voice-of-customer-2b"),
        *("voice-of-customer-3a", "voice-of-customer-3b"),
    )


def test_the_organisation() -> None:
    card = SHEET.score()
    # stage min(1, 0, 0) = 0 and min(1, 1, 0) = 0; index (400 + 250 + 650)/27, low and high alike
    result = Reading(
        0,
        0,
        0,
        "exact",
        Fraction(1300, 27),
        Fraction(400 + 150 + 650, 27),
        Fraction(1350, 27),
        Fraction(16, 17),
    )
    assert card.result == result
    assert card.areas[0].reading == result
    assert card.distribution == (2, 1, 0, 0)
    # gaps 1, 2 and 2 of targets 2, 2 and 2
    assert card.to_target == 100 * (1 - Fraction(5, 6))
    assert card.smallest_step == SmallestStep(
        1,
        (Change("service-recovery-1b", "DK", "L"), Change("voice-of-customer-1a", "P", "L")),
    )
    assert card.evidenced is None


def test_a_weight_changes_the_index_and_no_stage() -> None:
    card = replace(SHEET, characteristics={"service-vision": {"weight": "2"}}).score()
    # (2 x 400/9 + 250/9 + 650/9)/4
    assert card.result.index == Fraction(1700, 36)
    assert card.result.stage == 0


def test_the_priorities() -> None:
    card = SHEET.score()
    ahead = card.characteristic("voice-of-customer").ahead
    assert card.next_steps == (
        Step(1, "voice-of-customer", 1, ("voice-of-customer-1a",), (), ahead, deferred=False),
        Step(2, "service-recovery", 1, (), ("service-recovery-1b",), (), deferred=False),
        Step(3, "service-vision", 2, ("service-vision-2b",), (), (), deferred=False),
    )
    assert [each.gap for each in card.characteristics] == [1, 2, 2]


def test_the_evidence() -> None:
    levels = {"service-vision-1a": {"evidence": "1"}, "service-vision-1b": {"evidence": "0"}}
    enough = {
        name: {"evidence": "3"}
        for name in ("service-vision-2a", "voice-of-customer-1b", "voice-of-customer-2a")
    }
    card = replace(SHEET, answers={**levels, **enough}).score()
    vision = card.characteristic("service-vision")
    # F at level 1 counts as L and L at level 0 as P: (2+1)/6, then (2+1)/6, 0; mean 1/3
    assert vision.evidenced is not None
    assert vision.evidenced.stage == 0
    assert vision.evidenced.index == Fraction(100, 3)
    assert vision.reading.stage == 1
    # met are sv 1a 1b 2a, sr 1a, vc 1b 2a 2b 3a 3b; the three with level 3 keep their code
    assert card.evidenced is not None
    assert card.evidenced.share == Fraction(3, 9)
