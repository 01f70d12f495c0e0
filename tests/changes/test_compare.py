"""Every row of what can happen between two results, by a hand calculation each.

A sheet of one characteristic stands for the organisation and its area as well. Cells of one item
each: three stages make an index of a ninth for every point.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from changes.pairs import compare_rows, compare_sheets, delta_of, find, list_moved, stages_of, tell
from scoring.sheets import Sheet
from scoring.test_samples import score_sample

from custfocus_cli.changes.compare import Comparison, Delta, compare
from custfocus_cli.changes.gate import Demand, judge_comparison, make_policy
from custfocus_cli.changes.readings import Answered
from custfocus_cli.documents.assessment import Assessment
from custfocus_cli.scoring.notices import Notice
from custfocus_cli.scoring.panel import panel
from custfocus_cli.scoring.scorecard import Scorecard, score

ALL_OF_IT = [("organisation", "organisation"), ("area", "all"), ("characteristic", "vision")]
RULES: dict[str, Any] = {"scoring": {"gate": {"every": "F"}}}


def moved(verdict: str, certain: bool, cause: str | None) -> dict[tuple[str, str], Any]:
    """The same verdict on the one characteristic and on everything above it."""
    return dict.fromkeys(ALL_OF_IT, (verdict, certain, cause))


# --- one questionnaire, other answers --------------------------------------------------------


def test_the_same_answers_are_identical() -> None:
    card = Sheet({"vision": "F L / L P / N DK"}).score()
    comparison = compare(card, card)
    assert comparison.identical
    assert not comparison.moved
    assert comparison.summary == {"unchanged": 1}
    assert all(each.cause is None for each in comparison.changes)
    assert comparison.shared_items == tuple(f"vision-{n}{x}" for n in "123" for x in "ab")


def test_another_note_is_no_change_and_not_identical() -> None:
    old = Sheet({"vision": "F / L / N"})
    new = replace(old, answers={"vision-1a": {"note": "Seen.", "evidence": 2}})
    comparison = compare(old.score(), new.score())
    assert not comparison.identical
    assert not comparison.moved


def test_a_stage_falls() -> None:
    # L to P in the cell of stage 1: stage 1 to 0; a point of nine less
    comparison = compare_rows({"vision": "L / N / N"}, {"vision": "P / N / N"})
    fell = ("regressed", True, "answers")
    assert list_moved(comparison) == {**moved(*fell), ("item", "vision-1a"): fell}
    assert delta_of(comparison, "characteristic", "vision") == (-1, Fraction(-100, 9), None)
    assert delta_of(comparison, "item", "vision-1a") == (None, None, -1)
    assert comparison.summary == {"regressed": 1}


def test_an_index_falls_where_the_stage_stays() -> None:
    # F to L at stage 2 under a P at stage 1: one point of nine
    comparison = compare_rows({"vision": "P / F / N"}, {"vision": "P / L / N"})
    fell = ("regressed", True, "answers")
    assert list_moved(comparison) == {**moved(*fell), ("item", "vision-2a"): fell}
    assert delta_of(comparison, "organisation", "organisation") == (0, Fraction(-100, 9), None)


def test_a_stage_rises_while_the_index_falls() -> None:
    # P to L at stage 1, F to N at stage 3: 1 + 3 points to 2 of nine; the stage goes first
    comparison = compare_rows({"vision": "P / N / F"}, {"vision": "L / N / N"})
    assert tell(comparison, "characteristic", "vision") == ("improved", True, "answers")
    assert delta_of(comparison, "characteristic", "vision") == (1, Fraction(-200, 9), None)


def test_the_least_difference_counts() -> None:
    # two weights a millionth apart: the index falls by less than any display shows
    weights = {"vision-1a": {"weight": "0.000001"}, "vision-1b": {"weight": "1"}}
    comparison = compare_rows({"vision": "F F"}, {"vision": "L F"}, items=weights)
    assert tell(comparison, "characteristic", "vision") == ("regressed", True, "answers")


def test_a_rating_becomes_unknown() -> None:
    # stage 1 to "0 to 1"; by the low reading a fall, which L in place of DK would undo
    comparison = compare_rows({"vision": "L L / N / N"}, {"vision": "L DK / N / N"})
    assert list_moved(comparison) == {
        **moved("regressed", False, "answers"),
        ("item", "vision-1b"): ("became-unknown", False, "answers"),
    }
    assert stages_of(comparison, "characteristic", "vision") == [(1, 1), (0, 1)]
    assert find(comparison, "item", "vision-1b").new == Answered("DK", "unknown", None, 3)


def test_a_dont_know_and_an_open_item_are_both_unknown() -> None:
    comparison = compare_rows({"vision": "L DK / N / N"}, {"vision": "L . / N / N"})
    assert not comparison.moved
    assert tell(comparison, "item", "vision-1b") == ("unchanged", False, None)
    # an answer to what is unknown on one side alone would undo it
    assert tell(comparison, "characteristic", "vision") == ("unchanged", False, None)


def test_an_index_becomes_unknown_where_the_stage_stays() -> None:
    # one of three known is less than 0.66: no index; 0 points now and 0 to 6 of nine later
    comparison = compare_rows({"vision": "N / N / N"}, {"vision": "N / DK / DK"})
    assert tell(comparison, "characteristic", "vision") == ("became-unknown", False, "answers")
    back = compare_rows({"vision": "N / DK / DK"}, {"vision": "N / N / N"})
    assert tell(back, "characteristic", "vision") == ("became-known", False, "answers")


def test_an_unknown_index_that_is_surely_higher_has_improved() -> None:
    # 0 of nine; then F at stage 2 under a P, rest open: 4 of nine at least
    comparison = compare_rows({"vision": "N / N / N"}, {"vision": "P / F / DK"})
    assert tell(comparison, "characteristic", "vision") == ("improved", True, "answers")


def test_two_unknown_indexes_go_by_their_low_bounds_and_then_by_their_ranges() -> None:
    # 2 to 8 of nine against 1 to 7: lower, but not surely
    lower = compare_rows({"vision": "P P / DK DK"}, {"vision": "P N / DK DK"})
    assert tell(lower, "characteristic", "vision") == ("regressed", False, "answers")
    # the same low bound; one answer more is known
    known = compare_rows({"vision": "N / DK / DK DK"}, {"vision": "N / DK / N DK"})
    assert tell(known, "characteristic", "vision") == ("became-known", False, "answers")


def test_a_rise_within_the_range_of_what_was_unknown_is_not_certain() -> None:
    # stage 0 to 1 before, stage 1 now: DK may have been an L
    comparison = compare_rows({"vision": "L DK / N / N"}, {"vision": "L L / N / N"})
    assert tell(comparison, "characteristic", "vision") == ("improved", False, "answers")
    assert tell(comparison, "item", "vision-1b") == ("became-known", False, "answers")


def test_a_higher_index_is_not_certain_where_the_stages_overlap() -> None:
    # before: stage 0 to 1, 2 to 5 of 18 points; now stage 0 for sure, 0 + 3 + 3 of nine
    old, new = {"vision": "L DK / N N / N N"}, {"vision": "N N / F F / F F"}
    comparison = compare_rows(old, new)
    # with an L for the DK the stage was 1 and fell
    assert tell(comparison, "characteristic", "vision") == ("improved", False, "answers")


def test_a_rating_does_not_apply_any_more() -> None:
    # the other item of the cell is rated alike: nothing moves but the item
    comparison = compare_rows({"vision": "L L / N / N"}, {"vision": "L NA / N / N"})
    assert list_moved(comparison) == {
        ("item", "vision-1b"): ("scope-changed", True, "answers"),
    }
    back = compare_rows({"vision": "L NA / N / N"}, {"vision": "L DK / N / N"})
    assert tell(back, "item", "vision-1b") == ("scope-changed", True, "answers")


def test_a_whole_characteristic_does_not_apply_any_more() -> None:
    rows = {"vision": "L / L", "voice": "N / N"}
    comparison = compare_rows(rows, {**rows, "voice": "NA / NA"})
    assert tell(comparison, "characteristic", "voice") == ("scope-changed", True, "answers")
    # voice held the organisation at 0
    assert tell(comparison, "organisation", "organisation") == ("improved", True, "answers")


def test_nothing_applies_on_either_side() -> None:
    comparison = compare_rows({"vision": "NA / NA"}, {"vision": "NA / NA"})
    assert tell(comparison, "organisation", "organisation") == ("unchanged", True, None)


def test_without_a_gate_the_index_decides() -> None:
    scoring: dict[str, Any] = {"gate": "none"}
    comparison = compare_rows({"vision": "P / N"}, {"vision": "L / N"}, scoring=scoring)
    assert tell(comparison, "characteristic", "vision") == ("improved", True, "answers")
    assert delta_of(comparison, "characteristic", "vision") == (None, Fraction(100, 6), None)


def test_how_people_see_it_is_compared_where_nothing_else_is_asked() -> None:
    block = {
        "placement": {"id": "place", "question": "Where?", "options": ["a", "b"]},
        "perception": [{"id": "seen", "statement": "I see it.", "scale": "scale"}],
    }
    sheet = Sheet({"vision": "-"}, questionnaire={"items": {"vision": block}})

    def answer(placed: str | None, seen: str | None) -> Sheet:
        given = {"place": placed, "seen": seen}
        answers = {name: {"answer": code} for name, code in given.items() if code}
        return replace(sheet, answers=answers)

    fell = compare_sheets(answer("1", "F"), answer("1", "L"))
    # two thirds of what was seen; nobody knows the bounds of what people perceive
    assert tell(fell, "characteristic", "vision") == ("regressed", False, "answers")
    assert delta_of(fell, "characteristic", "vision") == (0, Fraction(-100, 3), None)
    placed = compare_sheets(answer("0", "L"), answer("1", "L"))
    assert tell(placed, "characteristic", "vision") == ("improved", True, "answers")
    assert tell(placed, "item", "place") == ("improved", True, "answers")
    lost = compare_sheets(answer("1", "L"), answer(None, "L"))
    assert tell(lost, "characteristic", "vision") == ("became-unknown", False, "answers")


def score_seen(codes: str, placed: str | None = None) -> Scorecard:
    """How so many people of a survey see something, a letter each, and where they place it."""
    block: dict[str, Any] = {
        "perception": [{"id": "seen", "statement": "I see it.", "scale": "scale"}],
        "placement": {"id": "place", "question": "Where?", "options": ["a", "b"]},
    }
    answers = {"place": {"answer": placed}} if placed else {}
    sheets = [
        Sheet(
            {"vision": "-"},
            questionnaire={"items": {"vision": block}},
            answers={**answers, "seen": {"answer": code}},
            assessment={"mode": "survey"},
        )
        for code in codes
    ]
    definition = sheets[0].definition
    return score(panel([each.filled for each in sheets], definition), definition)


def judge_seen(old: Scorecard, new: Scorecard) -> tuple[Comparison, list[str]]:
    """What moved, and what the gate has against it."""
    comparison = compare(old, new)
    demand = Demand(make_policy("regression", Fraction(0)), new.panel.date, "regression")
    return comparison, [
        f"{each.id} {each.why}" for each in judge_comparison(comparison, demand).failed
    ]


def test_a_mean_of_many_is_not_compared_with_the_middle_of_a_few() -> None:
    """Ten: (8 x 2 + 2 x 3)/30 = 73.3. Nine: the fifth of them, 2 of 3. Nine with five P: 1."""
    many, few, fewer = (score_seen(each) for each in ("LLLLLLLLFF", "LLLLLLLFF", "PPPPPLLLL"))
    assert many.characteristic("vision").perception_index == Fraction(2200, 30)
    assert few.characteristic("vision").perception_index == Fraction(200, 3)
    assert (
        many.characteristic("vision").seen_by_few,
        few.characteristic("vision").seen_by_few,
    ) == (
        False,
        True,
    )
    for old, new in ((many, few), (few, many)):
        comparison, failed = judge_seen(old, new)
        assert failed == []
        assert tell(comparison, "characteristic", "vision") == ("unchanged", False, None)
        assert [(each.id, each.about) for each in comparison.notices] == [
            ("few-on-one-side", ("vision",))
        ]
        assert not comparison.summary  # nobody says that it did not change
    comparison, failed = judge_seen(few, fewer)  # two middles: from 2 to 1 of 3
    assert failed == ["vision index-fell"]
    assert not comparison.notices


def test_where_few_people_place_it_is_compared_all_the_same() -> None:
    comparison, failed = judge_seen(score_seen("L" * 10, "1"), score_seen("P" * 9, "0"))
    assert failed == ["vision stage-fell"]
    assert comparison.summary == {"regressed": 1}


# --- the balance check -----------------------------------------------------------------------

BALANCE: dict[str, Any] = {
    "model": {
        "themes": [{"id": "cost", "name": "Cost", "risk": "It costs."}],
        "scales": {
            "scale": {
                "question": "How far?",
                "options": [
                    {"code": code, "points": n, "label": code} for n, code in enumerate("NPLF")
                ],
                "dont_know": {"code": "DK", "label": "Don't know"},
                "not_applicable": {"code": "NA", "label": "Does not apply"},
            }
        },
        "scoring": {"gate": {"every": "L"}, "signal_from": "L"},
    },
    "questionnaire": {
        "balance": [
            {
                "id": "guard",
                "theme": "cost",
                "kind": "safeguard",
                "scale": "scale",
                "statement": "g",
            },
            {"id": "sign", "theme": "cost", "kind": "signal", "scale": "scale", "statement": "s"},
        ]
    },
}


@pytest.mark.parametrize(
    ("old", "new", "verdict", "certain"),
    [
        ("F N", "F N", "unchanged", True),
        ("F N", "N N", "regressed", True),  # a weak safeguard: watch
        ("N N", "N F", "regressed", True),  # and the signal is frequent: out of balance
        ("N F", "F F", "improved", True),
        ("N N", "F F", "unchanged", True),  # the one objection for the other
        ("F N", "F DK", "became-unknown", False),
        ("DK N", "F N", "became-known", False),
        ("DK N", "F DK", "unchanged", False),
        ("NA NA", "F N", "scope-changed", True),
        ("DK N", "NA NA", "scope-changed", True),
        ("NA NA", "NA NA", "unchanged", True),
    ],
)
def test_a_theme_of_the_balance_check(old: str, new: str, verdict: str, certain: bool) -> None:
    def answer(codes: str) -> Sheet:
        given = zip(("guard", "sign"), codes.split(), strict=True)
        answers = {name: {"answer": code, "reason": "r"} for name, code in given}
        return Sheet({"vision": "L / N"}, answers=answers, **BALANCE)

    comparison = compare_sheets(answer(old), answer(new))
    cause = None if verdict == "unchanged" else "answers"
    assert tell(comparison, "theme", "cost") == (verdict, certain, cause)
    assert not {"guard", "sign"} & {each.id for each in comparison.items}


# --- another version of the questionnaire ----------------------------------------------------


def version(rows: dict[str, str], **keys: Any) -> Sheet:
    """A sheet of another minor version."""
    asked = {"version": "1.1", **keys.pop("questionnaire", {})}
    return Sheet(rows, questionnaire=asked, **keys)


def test_another_version_number_alone_changes_nothing() -> None:
    comparison = compare_sheets(Sheet({"vision": "L / P"}), version({"vision": "L / P"}))
    assert not comparison.versions.differ
    assert not comparison.moved


def test_an_item_is_removed() -> None:
    # vision-1b N held stage 1 back; what both ask is at stage 1 on both sides
    comparison = compare_sheets(Sheet({"vision": "L N / N"}), version({"vision": "L / N"}))
    assert list_moved(comparison) == {("item", "vision-1b"): ("removed", True, "questionnaire")}
    assert comparison.shared_items == ("vision-1a", "vision-2a")
    assert find(comparison, "item", "vision-1b").old == Answered("N", "rated", 0, 3)
    # as they were scored, the two differ
    assert (comparison.old.result.stage, comparison.new.result.stage) == (0, 1)
    assert stages_of(comparison, "organisation", "organisation") == [(1, 1), (1, 1)]


def test_an_item_is_added_and_another_one_falls() -> None:
    comparison = compare_sheets(Sheet({"vision": "L / N"}), version({"vision": "P F / N"}))
    assert list_moved(comparison) == {
        **moved("regressed", True, "answers"),
        ("item", "vision-1a"): ("regressed", True, "answers"),
        ("item", "vision-1b"): ("added", True, "questionnaire"),
    }


def test_an_item_is_reworded() -> None:
    other = {"vision-1a": {"statement": "It is there at last."}}
    same = compare_sheets(Sheet({"vision": "L / N"}), version({"vision": "L / N"}, items=other))
    assert same.versions.reworded == {"vision-1a"}
    assert not same.moved
    fell = compare_sheets(Sheet({"vision": "L / N"}), version({"vision": "P / N"}, items=other))
    assert list_moved(fell) == {
        **moved("regressed", True, "questionnaire"),
        ("item", "vision-1a"): ("regressed", True, "questionnaire"),
    }


def test_a_reworded_item_beside_one_that_fell_on_its_own() -> None:
    # vision-2a L to P lowers the index with or without vision-1a
    other = {"vision-1a": {"statement": "It is there at last."}}
    old, new = {"vision": "P / L"}, {"vision": "N / P"}
    comparison = compare_sheets(Sheet(old), version(new, items=other))
    assert tell(comparison, "characteristic", "vision") == ("regressed", True, "answers")
    assert tell(comparison, "item", "vision-1a") == ("regressed", True, "questionnaire")


def test_a_weight_changes() -> None:
    # F F P: (3 + 1) / 6 and (2 x 1 + 3) / 9 of the one cell; no item moves
    comparison = compare_sheets(
        Sheet({"vision": "F P"}), version({"vision": "F P"}, items={"vision-1b": {"weight": "2"}})
    )
    assert list_moved(comparison) == moved("regressed", True, "scoring")
    assert delta_of(comparison, "characteristic", "vision") == (
        0,
        Fraction(500, 9) - Fraction(400, 6),
        None,
    )


def test_a_weight_becomes_zero() -> None:
    weightless = {"vision-1b": {"weight": "0"}}
    comparison = compare_sheets(
        Sheet({"vision": "L N / N"}), version({"vision": "L N / N"}, items=weightless)
    )
    assert list_moved(comparison) == {("item", "vision-1b"): ("removed", True, "scoring")}
    # what is for information on both sides is no part of it
    both = compare_sheets(
        Sheet({"vision": "L N / N"}, items=weightless),
        Sheet({"vision": "L F / N"}, items=weightless),
    )
    assert "vision-1b" not in {each.id for each in both.items}
    assert not both.moved


def test_the_weight_of_a_characteristic_changes() -> None:
    # (100 x 2/6 + 100 x 4/6) / 2 and with 3 for vision (3 x 33.3 + 66.7) / 4
    rows = {"vision": "L / N", "voice": "L / L"}
    comparison = compare_sheets(
        Sheet(rows), version(rows, characteristics={"vision": {"weight": "3"}})
    )
    assert list_moved(comparison) == dict.fromkeys(ALL_OF_IT[:2], ("regressed", True, "scoring"))


def test_the_gate_changes() -> None:
    # L was enough for stage 1 and is not any more; the index stays
    comparison = compare_sheets(Sheet({"vision": "L / N"}), version({"vision": "L / N"}, **RULES))
    assert list_moved(comparison) == moved("regressed", True, "scoring")
    assert delta_of(comparison, "characteristic", "vision") == (-1, Fraction(0), None)


def test_the_gate_changes_and_an_answer_too() -> None:
    # by the new gate P to L is 0 to 0, and the index rises: that is not why the stage fell
    fell = compare_sheets(Sheet({"vision": "L / P"}), version({"vision": "L / L"}, **RULES))
    assert tell(fell, "characteristic", "vision") == ("regressed", True, "scoring")
    # by the new gate L to F is 0 to 1
    rose = compare_sheets(Sheet({"vision": "P / N"}), version({"vision": "F / N"}, **RULES))
    assert tell(rose, "characteristic", "vision") == ("improved", True, "answers")


def test_the_scale_changes() -> None:
    # P is a third of F, then a half: the same answer, worth more
    comparison = compare_sheets(
        Sheet({"vision": "P / N"}),
        version(
            {"vision": "P / N"},
            points={"N": 0, "P": 1, "F": 2},
            scoring={"gate": {"every": "F"}},
        ),
    )
    rose = ("improved", True, "scoring")
    assert list_moved(comparison) == {**moved(*rose), ("item", "vision-1a"): rose}
    assert find(comparison, "item", "vision-1a").delta == Delta()


def test_an_item_moves_to_another_characteristic() -> None:
    def block(voice: bool) -> dict[str, Any]:
        moving = {"id": "moving", "statement": "It moves."}
        first = {"id": "first", "statement": "It stays."}
        second = {"id": "second", "statement": "It stays too."}
        ours = {"s1": [first] if voice else [first, moving]}
        return {"vision": ours, "voice": {"s1": [second, moving] if voice else [second]}}

    def ask(voice: bool) -> Sheet:
        answers = {"first": {"answer": "F"}, "second": {"answer": "F"}, "moving": {"answer": "N"}}
        asked = {"items": block(voice)}
        return Sheet({"vision": "-", "voice": "-"}, questionnaire=asked, answers=answers)

    comparison = compare_sheets(ask(False), ask(True))
    assert tell(comparison, "characteristic", "vision") == ("improved", True, "questionnaire")
    assert tell(comparison, "characteristic", "voice") == ("regressed", True, "questionnaire")
    assert tell(comparison, "item", "moving") == ("unchanged", True, None)
    assert comparison.versions.reworded == {"moving"}
    assert comparison.versions.moved == {
        ("characteristic", "vision"),
        ("characteristic", "voice"),
    }


def test_a_characteristic_is_asked_for_the_first_time() -> None:
    comparison = compare_sheets(
        Sheet({"vision": "L / N"}), version({"vision": "L / N", "voice": "N / N"})
    )
    assert list_moved(comparison) == {
        ("characteristic", "voice"): ("added", True, "questionnaire"),
        ("item", "voice-1a"): ("added", True, "questionnaire"),
        ("item", "voice-2a"): ("added", True, "questionnaire"),
    }
    assert stages_of(comparison, "characteristic", "voice") == [None, (0, 0)]
    # the organisation is compared on vision alone, though voice holds it at 0 now
    assert comparison.new.result.stage == 0
    assert stages_of(comparison, "organisation", "organisation") == [(1, 1), (1, 1)]


def test_a_characteristic_without_an_item_in_common() -> None:
    def ask(item: str) -> Sheet:
        items = {"vision": {"s1": [{"id": item, "statement": f"{item} is."}]}}
        voice = {"s1": [{"id": "voice", "statement": "It is."}]}
        return Sheet(
            {"vision": "-", "voice": "-"},
            questionnaire={"items": {**items, "voice": voice}},
            answers={item: {"answer": "F"}, "voice": {"answer": "F"}},
        )

    comparison = compare_sheets(ask("old"), ask("new"))
    change = find(comparison, "characteristic", "vision")
    assert (change.verdict, change.cause) == ("scope-changed", "questionnaire")
    assert change.delta == Delta()
    assert stages_of(comparison, "characteristic", "vision") == [(1, 1), (1, 1)]


def test_a_theme_is_asked_for_the_first_time() -> None:
    old = Sheet({"vision": "L / N"}, **{**BALANCE, "questionnaire": {}})
    answers = {name: {"answer": "N"} for name in ("guard", "sign")}
    comparison = compare_sheets(old, Sheet({"vision": "L / N"}, answers=answers, **BALANCE))
    assert list_moved(comparison) == {("theme", "cost"): ("added", True, "questionnaire")}


def test_the_question_of_a_safeguard_is_taken_out() -> None:
    guard, sign = BALANCE["questionnaire"]["balance"]
    answers = {"guard": {"answer": "N"}, "sign": {"answer": "F"}}
    old = Sheet({"vision": "L / N"}, answers=answers, **BALANCE)
    alone = {**BALANCE, "questionnaire": {"balance": [sign]}}
    new = Sheet({"vision": "L / N"}, answers={"sign": {"answer": "F"}}, **alone)
    # both sides are read on the signal alone: watch, where the first was out of balance
    assert not compare_sheets(old, new).moved
    # the safeguard counts as a signal now, and never happens
    turned = {**BALANCE, "questionnaire": {"balance": [{**guard, "kind": "signal"}, sign]}}
    comparison = compare_sheets(old, Sheet({"vision": "L / N"}, answers=answers, **turned))
    assert list_moved(comparison) == {("theme", "cost"): ("improved", True, "questionnaire")}


# --- where a questionnaire is not at hand ----------------------------------------------------


def score_as(sheet: Sheet, digest: str, *unknown: str) -> Any:
    """The answers of a sheet as if they had been given to another version of it."""
    data = {**sheet.assessment_data(), "questionnaire": {"id": "sheet", "digest": digest}}
    notices = [Notice("digest-differs"), *([Notice("unknown-items", unknown)] if unknown else [])]
    given = Assessment.model_validate(data)
    return score(panel([given], sheet.definition), sheet.definition, notices=notices)


def test_without_the_older_questionnaire_nobody_can_tell_the_cause() -> None:
    old = score_as(Sheet({"vision": "L / N"}), "sha256:older", "vision-9z")
    comparison = compare(old, Sheet({"vision": "P / N"}).score())
    assert list_moved(comparison) == {
        **moved("regressed", True, None),
        ("item", "vision-1a"): ("regressed", True, None),
        ("item", "vision-9z"): ("removed", True, None),
    }
    assert comparison.notices == (Notice("old-questionnaire-not-found"),)
    gone = find(comparison, "item", "vision-9z")
    assert (gone.old, gone.new) == (None, None)
    mirrored = compare(comparison.new, comparison.old)
    assert tell(mirrored, "item", "vision-9z") == ("added", True, None)


def test_two_answers_to_the_same_older_questionnaire_have_a_cause() -> None:
    old = score_as(Sheet({"vision": "L / N"}), "sha256:older", "vision-9z")
    new = score_as(Sheet({"vision": "P / N"}), "sha256:older", "vision-9z")
    comparison = compare(old, new)
    fell = ("regressed", True, "answers")
    assert list_moved(comparison) == {**moved(*fell), ("item", "vision-1a"): fell}
    assert comparison.notices == ()


# --- the sample organisations ----------------------------------------------------------------


@pytest.fixture(scope="module")
def quillmarsh() -> Comparison:
    return compare(score_sample("quillmarsh-2025"), score_sample("quillmarsh-2026"))


def test_quillmarsh_rose_to_stage_1_with_six_at_stage_2(quillmarsh: Comparison) -> None:
    assert tell(quillmarsh, "organisation", "organisation") == ("improved", True, "answers")
    # 91 points of 216, then 122
    assert delta_of(quillmarsh, "organisation", "organisation") == (1, Fraction(3100, 216), None)
    assert quillmarsh.summary == {"improved": 12}
    reached = [
        each.id
        for each in quillmarsh.characteristics
        if each.new is not None and each.new.stage == 2 and each.delta.stage
    ]
    assert reached == [
        *("customer-commitment", "manager-role", "process-alignment", "service-standards"),
        *("service-recovery", "voice-of-customer"),
    ]


def test_of_quillmarsh_one_item_fell_and_one_became_known(quillmarsh: Comparison) -> None:
    others = [each for each in quillmarsh.items if each.verdict not in ("improved", "unchanged")]
    assert [(each.id, each.verdict) for each in others] == [
        ("ee-3a", "regressed"),
        ("sr-3a", "became-known"),
    ]
    # green red green red amber of the first year's themes to green amber green amber green
    assert [each.verdict for each in quillmarsh.themes] == [
        *("improved", "improved", "unchanged", "improved", "improved"),
    ]


def test_varrowby_may_have_reached_stage_1() -> None:
    comparison = compare(score_sample("varrowby-2025"), score_sample("varrowby-2026"))
    assert stages_of(comparison, "organisation", "organisation") == [(0, 0), (0, 1)]
    # 73 points of 216 before, 104 at least now: surely higher, whatever st-1b is
    assert tell(comparison, "organisation", "organisation") == ("improved", True, "answers")
    assert tell(comparison, "item", "st-1b") == ("became-unknown", False, "answers")
    others = [each for each in comparison.items if each.verdict not in ("improved", "unchanged")]
    assert [each.id for each in others] == ["st-1b"]


def test_a_long_and_a_short_form_share_the_items_of_the_short_one() -> None:
    comparison = compare(score_sample("varrowby-2025"), score_sample("varrowby-2026", "team-36"))
    assert len(comparison.shared_items) == 36
    # the points of the 36 of both years, of 108
    assert delta_of(comparison, "organisation", "organisation") == (1, Fraction(1700, 108), None)


# --- several questionnaires on one model -----------------------------------------------------


def join_staff(rows: dict[str, str], seen: str | None, guard: str) -> Any:
    """A sheet with a survey beside it, which asks how people see it and about the balance."""
    asked = {
        "id": "staff",
        "items": {
            "vision": {"perception": [{"id": "seen", "statement": "I see it.", "scale": "scale"}]}
        },
        **BALANCE["questionnaire"],
    }
    keys = {"model": BALANCE["model"]}
    main = Sheet(rows, **keys)
    answers = {"seen": {"answer": seen}} if seen else {}
    answers |= {"guard": {"answer": guard}, "sign": {"answer": "N"}}
    data = {"questionnaire": {"id": "staff"}}
    nothing = dict.fromkeys(rows, "- / -")
    staff = Sheet(nothing, questionnaire=asked, answers=answers, assessment=data, **keys)
    beside = [(panel([staff.filled], staff.definition), staff.definition)] if seen else []
    return score(panel([main.filled], main.definition), main.definition, beside=beside)


def test_what_stands_beside_the_ladder_is_compared_too() -> None:
    rows = {"vision": "L / N"}
    old, new = join_staff(rows, "F", "F"), join_staff(rows, "P", "N")
    comparison = compare(old, new)
    assert not comparison.versions.differ
    # the ladder is as it was; what people see fell, and so did the balance
    assert list_moved(comparison) == {
        ("item", "seen"): ("regressed", True, "answers"),
        ("theme", "cost"): ("regressed", True, "answers"),
    }
    alone = compare(old, join_staff(rows, None, "F"))
    assert list_moved(alone) == {
        ("item", "seen"): ("removed", True, "questionnaire"),
        ("theme", "cost"): ("removed", True, "questionnaire"),
    }
    assert not alone.identical
