"""The scorecard as a whole: targets, areas, evidence, and what stands beside the ladder."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from scoring.sheets import Sheet, make_scale

from custfocus_cli.documents.model import Target
from custfocus_cli.errors import CustfocusError
from custfocus_cli.scoring.ladder import Reading
from custfocus_cli.scoring.panel import panel
from custfocus_cli.scoring.scorecard import Scorecard, score

PROFILES: dict[str, Any] = {
    "targets": [
        {"id": "base", "name": "Base", "default": "1"},
        {"id": "far", "name": "Far", "default": "1", "characteristics": {"d": "2"}},
    ],
    "default_target": "base",
}
AIMED = Sheet({"c": "L / N", "d": "L / N"}, model=PROFILES)


def list_targets(card: Scorecard) -> tuple[str | None, list[int]]:
    return card.target_id, [each.target for each in card.characteristics]


def test_a_target_is_what_was_asked_for_then_what_the_file_says_then_the_default() -> None:
    filed = replace(AIMED, assessment={"target": "far"})
    assert list_targets(AIMED.score()) == ("base", [1, 1])
    assert list_targets(filed.score()) == ("far", [1, 2])
    assert list_targets(filed.score("base")) == ("base", [1, 1])
    assert list_targets(AIMED.score("far")) == ("far", [1, 2])
    with pytest.raises(KeyError):
        AIMED.score("nowhere")


def test_a_file_may_bring_stages_of_its_own() -> None:
    own = {"default": "2", "characteristics": {"c": "0"}}
    card = replace(AIMED, assessment={"target": own}).score()
    assert list_targets(card) == (None, [0, 2])
    assert card.target == Target(id="own", name="own target", default=2, characteristics={"c": 0})


def test_a_model_without_profiles_aims_at_the_top() -> None:
    assert list_targets(Sheet({"c": "L / N / N"}).score()) == (None, [3])


def test_areas_are_read_apart() -> None:
    areas = [{"id": name, "name": name} for name in ("front", "back", "empty")]
    sheet = Sheet(
        {"c": "L / L", "d": "L / P", "e": "N / NA", "aside": "F / F"},
        model={"areas": areas},
        characteristics={
            "c": {"area": "front", "weight": "3"},
            "d": {"area": "front"},
            "e": {"area": "back"},
            "aside": {"area": "empty", "weight": "0"},
        },
    )
    front, back, empty = sheet.score().areas
    # (3 x 66.7 + (66.7 + 33.3)/2) / 4
    index = (200 + Fraction(50)) / 4
    assert (front.id, front.applicable) == ("front", True)
    assert front.reading == Reading(1, 1, 1, "exact", index, index, index, Fraction(1))
    zero = Fraction(0)
    assert back.reading == Reading(0, 0, 0, "exact", zero, zero, zero, Fraction(1))
    assert (empty.applicable, empty.reading.stage, empty.reading.status) == (
        False,
        None,
        "insufficient",
    )


def test_an_organisation_passes_a_stage_that_some_do_not_have() -> None:
    # stage 1 is n/a in c, stage 2 in d: each is in place in the other
    assert Sheet({"c": "NA / L", "d": "L / NA"}).score().result.stage == 2


def test_the_status_of_the_organisation_goes_by_its_own_coverage() -> None:
    sheet = Sheet({"c": "L L L L L L", "d": ". ."})
    card = sheet.score()
    assert [each.reading.status for each in card.characteristics] == ["exact", "insufficient"]
    assert (card.result.status, card.result.coverage) == ("provisional", Fraction(6, 8))
    # an index that is undefined in one place is undefined above it
    assert card.result.index is None


@pytest.mark.parametrize(
    ("answer", "evidence", "counts_as"),
    [
        ("F", 3, 3),
        ("F", 2, 3),
        ("F", 1, 2),
        ("F", 0, 1),
        ("F", None, 1),
        ("L", 1, 2),
        ("L", 0, 1),
        ("P", 0, 1),
        ("N", 0, 0),
    ],
)
def test_an_answer_counts_as_far_as_its_evidence_carries(
    answer: str, evidence: int | None, counts_as: int
) -> None:
    keys = {} if evidence is None else {"evidence": str(evidence)}
    sheet = Sheet(
        {"c": f"{answer} N"},
        scoring={"gate": {"every": "L"}, "evidence_cap": {"L": "1", "F": "2"}},
        answers={"c-1a": keys, "c-1b": {"evidence": "0"}},
    )
    reading = sheet.score().characteristic("c").evidenced
    assert reading is not None
    assert reading.index == Fraction(100 * counts_as, 6)


def test_the_share_is_over_the_weight_of_what_is_met_and_counts() -> None:
    sheet = Sheet(
        {"c": "F L P L NA", "aside": "F"},
        scoring={"gate": {"every": "L"}, "evidence_cap": {"L": "1", "F": "2"}},
        characteristics={"aside": {"weight": "0"}},
        items={"c-1a": {"weight": "3"}, "c-1d": {"weight": "0"}},
        answers={"c-1a": {"evidence": "2"}, "c-1b": {"evidence": "0"}},
    )
    evidenced = sheet.score().evidenced
    assert evidenced is not None
    # met are a with weight 3 and b with 1; d weighs nothing, aside is left out
    assert evidenced.share == Fraction(3, 4)
    nothing_met = replace(sheet, rows={"c": "P P P P P", "aside": "F"}).score().evidenced
    assert nothing_met is not None
    assert nothing_met.share is None


def test_evidence_of_the_balance_check_alone_makes_no_evidenced_reading() -> None:
    sheet = Sheet(
        {"c": "L"},
        model={"themes": [{"id": "t", "name": "T", "risk": "r"}]},
        questionnaire={
            "balance": [
                {"id": "g", "theme": "t", "kind": "safeguard", "scale": "scale", "statement": "s"}
            ]
        },
        answers={"g": {"answer": "F", "evidence": "3"}},
    )
    assert sheet.score().evidenced is None


# --- placement and perception ------------------------------------------------------------------

STAFF = Sheet(
    {"c": "- / -", "d": "- / -"},
    model={
        "scales": {
            "scale": make_scale({"N": 0, "P": 1, "L": 2, "F": 3}),
            "often": make_scale({"never": 0, "sometimes": 1, "often": 2, "always": 4}),
        }
    },
    questionnaire={
        "items": {
            "c": {
                "perception": [
                    {"id": "p1", "scale": "often", "statement": "s", "weight": "3"},
                    {"id": "p2", "scale": "often", "statement": "s"},
                    {"id": "p3", "scale": "often", "statement": "s"},
                ],
                "placement": {"id": "pl", "question": "q", "options": ["a", "b", "c"]},
            }
        }
    },
)


def answer_staff(**codes: str) -> Sheet:
    answers = {name: {"answer": code, "reason": "r"} for name, code in codes.items()}
    return replace(STAFF, answers=answers)


@pytest.mark.parametrize(
    ("codes", "index"),
    [
        # (3 x 1 + 2/4) / 4
        ({"p1": "always", "p2": "often"}, Fraction(350, 4)),
        # (3 x 1/4 + 1 + 0) / 5
        ({"p1": "sometimes", "p2": "always", "p3": "never"}, Fraction(175, 5)),
        ({"p1": "DK", "p2": "often", "p3": "NA"}, Fraction(50)),
        ({"p1": "DK"}, None),
        ({}, None),
    ],
)
def test_the_perception_index(codes: dict[str, str], index: Fraction | None) -> None:
    card = answer_staff(**codes).score()
    assert card.characteristic("c").perception_index == index
    assert card.characteristic("d").perception_index is None


@pytest.mark.parametrize(("codes", "stage"), [({"pl": "2"}, 2), ({"pl": "DK"}, None), ({}, None)])
def test_the_placed_stage(codes: dict[str, str], stage: int | None) -> None:
    card = answer_staff(**codes).score()
    assert card.characteristic("c").placed_stage == stage
    # a placement is no measured stage
    assert card.characteristic("c").reading.stage is None
    assert card.result.index is None


def test_other_questionnaires_are_joined_by_characteristic() -> None:
    ladder = Sheet({"c": "L / P", "d": "F / F"})
    staff = answer_staff(p1="always", pl="1")
    seconds = answer_staff(p1="never", pl="2")
    beside = [(panel([each.filled], each.definition), each.definition) for each in (staff, seconds)]
    measured = panel([ladder.filled], ladder.definition)
    card = score(measured, ladder.definition, beside=beside)
    c = card.characteristic("c")
    assert (c.reading.stage, c.placed_stage, c.perception_index) == (1, 1, Fraction(100))
    alone = score(measured, ladder.definition)
    assert (card.result, card.next_steps, card.notices) == (
        alone.result,
        alone.next_steps,
        alone.notices,
    )


def test_what_one_questionnaire_leaves_open_the_next_may_fill() -> None:
    parts = [answer_staff(pl="1"), answer_staff(p2="often")]
    first, second = ((panel([each.filled], each.definition), each.definition) for each in parts)
    c = score(*first, beside=[second]).characteristic("c")
    assert (c.placed_stage, c.perception_index) == (1, Fraction(50))


def join_with_staff(
    own: dict[str, Any], staff: dict[str, Any], target: str | None = None
) -> Scorecard:
    """The card of a ladder and of the staff's view with these keys beside their answers."""
    targets = {"targets": [{"id": f"t{n}", "name": f"T {n}", "default": n} for n in (1, 2)]}
    sheets = (
        Sheet({"c": "L / P", "d": "F / F"}, model=targets, assessment=own),
        replace(answer_staff(pl="1"), model={**STAFF.model, **targets}, assessment=staff),
    )
    (first, asked), second = ((panel([e.filled], e.definition), e.definition) for e in sheets)
    return score(first, asked, beside=[second], target=target)


def test_what_only_one_questionnaire_says_beside_its_answers_counts() -> None:
    figures = {"programme_cost": "4", "programme_benefit": "6", "currency": "EUR"}
    card = join_with_staff(
        {"figures": {"programme_cost": "4"}}, {"figures": figures, "target": "t2"}
    )
    assert (card.target_id, card.economic_test.ratio) == ("t2", Fraction(3, 2))
    assert card.panel.figures is not None
    assert card.panel.figures.currency == "EUR"
    assert [each.target for each in card.characteristics] == [2, 2]
    assert join_with_staff({"target": "t2"}, {}).target_id == "t2"


def test_what_two_questionnaires_say_has_to_agree() -> None:
    with pytest.raises(CustfocusError) as caught:
        join_with_staff({"target": "t1"}, {"target": "t2"})
    assert caught.value.message == "the sources disagree on the target: 't1' and 't2'"
    assert join_with_staff({"target": "t1"}, {"target": "t2"}, "t2").target_id == "t2"
    with pytest.raises(CustfocusError, match="disagree on figures"):
        join_with_staff({"figures": {"currency": "EUR"}}, {"figures": {"currency": "CHF"}})


def test_a_characteristic_is_found_by_its_id() -> None:
    card = AIMED.score()
    assert card.characteristic("d") is card.characteristics[1]
    with pytest.raises(KeyError):
        card.characteristic("x")


def test_answers_to_unknown_items_are_passed_over() -> None:
    other = AIMED.filled.model_copy(
        update={"answers": {**AIMED.filled.answers, "x-9z": AIMED.filled.answers["c-1a"]}}
    )
    card = score(panel([other], AIMED.definition), AIMED.definition)
    assert card.characteristics == AIMED.score().characteristics


def test_scoring_twice_gives_equal_scorecards() -> None:
    assert AIMED.score() == AIMED.score()
