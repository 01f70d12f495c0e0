"""Several respondents as one set of ratings (domain 2.2.11)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from scoring.sheets import Data, Sheet, make_scale

from custfocus_cli.documents.assessment import Answer, Assessment, Figures, TargetStages
from custfocus_cli.errors import CustfocusError
from custfocus_cli.scoring.panel import Panel, Voices, panel
from custfocus_cli.scoring.scorecard import score

SHEET = Sheet({"c": ". ."}, assessment={"mode": "interview"})


def meet(answers: str, sheet: Sheet = SHEET, item: str = "c-1a") -> Panel:
    """The panel of respondents who gave these answers to one item; `.` is none."""
    sources = [
        replace(sheet, answers={} if code == "." else {item: {"answer": code, "reason": "r"}})
        for code in answers.split()
    ]
    return panel([source.filled for source in sources], sheet.definition)


@pytest.mark.parametrize(
    ("answers", "rating"),
    [
        ("L L", "L"),
        ("N F", "N"),  # the lower median of two
        ("N P F", "P"),
        ("N P L F", "P"),
        ("F F F N N", "F"),
        ("P . .", "P"),  # who has no answer is not asked
        (". . .", None),
        ("L DK", "L"),  # half are ratings
        ("L DK DK", "DK"),
        ("DK .", "DK"),
        ("NA NA L", "NA"),  # more than half
        ("NA L", "L"),  # half of them only
        ("NA NA L L", "L"),
        ("NA NA DK L", "DK"),  # neither: half NA, a quarter rated
        ("NA NA NA L L", "NA"),
        ("NA DK L F", "L"),
    ],
)
def test_the_panel_rating(answers: str, rating: str | None) -> None:
    answer = meet(answers).answers.get("c-1a")
    assert (answer.answer if answer else None) == rating


@pytest.mark.parametrize(
    ("answers", "voices"),
    [
        ("L F F", Voices({"L": 1, "F": 2})),
        ("N L .", Voices({"N": 1, "L": 1}, disagreement=True)),
        ("P F", Voices({"P": 1, "F": 1}, disagreement=True)),
        ("NA F DK L", Voices({"L": 1, "F": 1, "DK": 1, "NA": 1})),
        ("DK DK", Voices({"DK": 2})),
    ],
)
def test_the_voices_behind_it(answers: str, voices: Voices) -> None:
    heard = meet(answers).voices["c-1a"]
    assert heard == voices
    assert list(heard.counts) == list(voices.counts)


def give(*answers: Data, sheet: Sheet = SHEET) -> Panel:
    """The panel of respondents who gave these answers to the first item."""
    sources = [replace(sheet, answers={"c-1a": answer}).filled for answer in answers]
    return panel(sources, sheet.definition)


def test_the_evidence_is_the_best_behind_the_rating() -> None:
    levels = give(
        {"answer": "L", "evidence": "1"},
        {"answer": "L", "evidence": "2"},
        {"answer": "F", "evidence": "3"},
    )
    assert levels.answers == {"c-1a": Answer(answer="L", evidence=2)}
    none = give({"answer": "L"}, {"answer": "F", "evidence": "3"})
    assert none.answers == {"c-1a": Answer(answer="L")}


def test_evidence_of_another_rating_still_makes_an_evidenced_reading() -> None:
    voices = give({"answer": "L"}, {"answer": "F", "evidence": "3"})
    sheet = replace(SHEET, scoring={"gate": {"every": "L"}, "evidence_cap": {"L": "1"}})
    card = score(voices, sheet.definition)
    assert card.evidenced is not None
    assert card.evidenced.share == 0  # the L has nothing behind it and counts as P


@pytest.mark.parametrize("mode", ["survey", "self"])
def test_evidence_that_fewer_than_five_people_back_is_not_told(mode: str) -> None:
    sheet = replace(
        SHEET,
        assessment={"mode": mode},
        scoring={"gate": {"every": "L"}, "evidence_cap": {"L": "1"}},
    )
    best = {"answer": "L", "evidence": "3"}
    alone = give(best, *[{"answer": "L"}] * 4, sheet=sheet)
    assert alone.answers == {"c-1a": Answer(answer="L")}
    assert score(alone, sheet.definition).evidenced is None
    backed = give(best, *[{"answer": "L", "evidence": "1"}] * 4, sheet=sheet)
    assert backed.answers == {"c-1a": Answer(answer="L", evidence=1)}


def test_the_reasons_of_does_not_apply_are_joined_once_each() -> None:
    both = give(
        {"answer": "NA", "reason": "No shop."},
        {"answer": "NA", "reason": "No shop."},
        {"answer": "NA", "reason": "All is sent."},
        {"answer": "F", "reason": "not asked for"},
    )
    assert both.answers["c-1a"] == Answer(answer="NA", reason="No shop.; All is sent.")


def test_what_a_workshop_agreed_takes_the_place_of_the_rating() -> None:
    settled = {"answer": "P", "agreed": "true", "note": "Two depots lack it.", "evidence": "2"}
    met = give({"answer": "F", "evidence": "1"}, {"answer": "N"}, {"answer": "F"}, settled)
    assert met.answers["c-1a"] == Answer(
        answer="P", evidence=2, note="Two depots lack it.", agreed=True
    )
    assert met.voices["c-1a"] == Voices({"N": 1, "F": 2}, disagreement=True, agreed=True)


def test_a_file_of_what_was_agreed_is_no_respondent() -> None:
    settled = {"answers": {"c-1a": {"answer": "P", "agreed": "true", "note": "So it is."}}}
    people = [{"answers": {"c-1a": "F"}}, {"answers": {"c-1a": "N"}}]
    assert gather(*people, settled).respondents == 2
    assert gather(*people, settled, {"answers": {}}).respondents == 2  # begun, nothing agreed yet
    assert gather(settled).respondents == 1  # one source, whatever it is
    both = {"answers": {"c-1a": "F", "c-1b": {"answer": "L", "agreed": "true"}}}
    assert gather(*people, both).respondents == 3


def test_without_a_code_for_dont_know_an_unknown_item_stays_open() -> None:
    scale = make_scale({"no": 0, "yes": 1})
    del scale["dont_know"]
    sheet = Sheet({"c": "."}, scoring={}, model={"scales": {"scale": scale}})
    # a code of another version of the questionnaire is no rating of this one
    strange = sheet.filled.model_copy(update={"answers": {"c-1a": Answer(answer="maybe")}})
    assert panel([strange, strange], sheet.definition).answers == {}


def test_a_scale_of_two_options_knows_disagreement() -> None:
    sheet = Sheet({"c": "."}, points={"no": 0, "yes": 1}, scoring={"gate": {"every": "yes"}})
    assert meet("no yes", sheet).voices["c-1a"].disagreement
    assert not meet("yes yes", sheet).voices["c-1a"].disagreement


def test_a_scale_of_many_points_does_not_call_neighbours_a_disagreement() -> None:
    points = {"none": 0, "some": 25, "half": 50, "most": 75, "all": 100}
    sheet = Sheet({"c": "."}, points=points, scoring={"gate": {"every": "most"}})
    assert not meet("some half", sheet).voices["c-1a"].disagreement
    assert meet("some all", sheet).voices["c-1a"].disagreement


# --- balance items and placements --------------------------------------------------------------

OTHERS: Mapping[str, Any] = {
    "items": {
        "c": {
            "placement": {"id": "pl", "question": "Where?", "options": ["a", "b", "c", "d"]},
        }
    },
    "balance": [
        {"id": "sign", "theme": "t", "kind": "signal", "scale": "often", "statement": "It waits."}
    ],
}
MIXED = Sheet(
    {"c": "- / - / -"},
    scoring={"gate": {"every": "L"}, "signal_from": "often"},
    model={
        "scales": {
            "scale": make_scale({"N": 0, "P": 1, "L": 2, "F": 3}),
            "often": make_scale({"never": 0, "sometimes": 1, "often": 2, "always": 3}),
        },
        "themes": [{"id": "t", "name": "T", "risk": "It costs."}],
    },
    questionnaire=OTHERS,
)


@pytest.mark.parametrize(
    ("answers", "rating", "disagreement"),
    [
        ("1 2", "1", False),
        ("0 2 3", "2", True),
        ("3 DK", "3", False),
        ("3 DK DK", "DK", False),
    ],
)
def test_placements_take_the_lower_median_too(
    answers: str, rating: str, disagreement: bool
) -> None:
    met = meet(answers, MIXED, "pl")
    assert met.answers["pl"].answer == rating
    assert met.voices["pl"].disagreement == disagreement


def test_balance_items_go_by_their_own_scale() -> None:
    met = meet("never sometimes always", MIXED, "sign")
    assert met.answers["sign"].answer == "sometimes"
    assert met.voices["sign"] == Voices(
        {"never": 1, "sometimes": 1, "always": 1}, disagreement=True
    )
    assert not meet("never sometimes", MIXED, "sign").voices["sign"].disagreement


# --- what the sources have in common -----------------------------------------------------------


def gather(*sources: Data, target: str | None = None) -> Panel:
    """The panel of assessments with these keys."""
    usual = SHEET.assessment_data()
    made = [Assessment.model_validate({**usual, **source}) for source in sources]
    return panel(made, SHEET.definition, target=target)


def test_a_panel_of_one_is_what_the_one_said() -> None:
    answer = {"c-1a": {"answer": "L", "note": "n", "by": "hr", "agreed": "true"}, "gone": "F"}
    one = gather({"answers": answer, "target": "own", "figures": {"programme_cost": "5"}})
    assert one.answers == one.sources[0].answers
    assert (one.respondents, one.voices, one.target) == (1, {}, "own")
    assert one.figures == Figures(programme_cost=Fraction(5))


def test_answers_to_items_of_another_version_are_left_out_of_a_panel() -> None:
    answers = {"c-1a": "L", "gone": "F"}
    assert list(gather({"answers": answers}, {"answers": answers}).answers) == ["c-1a"]


def test_the_date_is_the_latest() -> None:
    dates = [{"date": datetime.date(2026, 3, day)} for day in (5, 9, 7)]
    assert gather(*dates).date == datetime.date(2026, 3, 9)


@pytest.mark.parametrize("mode", ["survey", "self"])
def test_what_people_give_differently_who_answer_for_themselves_is_set_aside(mode: str) -> None:
    people = [
        {
            "mode": mode,
            "answers": {"c-1a": "L"},
            "figures": {"programme_cost": cost, "currency": "EUR"},
            "context": {"who": cost, "why": "growth"},
        }
        for cost in ("5", "6")
    ]
    met = gather(*people)
    assert met.figures == Figures(currency="EUR")
    assert met.context == {"why": "growth"}
    notices = [each for each in score(met, SHEET.definition).notices if each.id == "set-aside"]
    assert [each.about for each in notices] == [("figures.programme_cost", "context.who")]


def test_target_figures_and_context_come_from_whoever_gives_them() -> None:
    met = gather(
        {"context": {"who": "shops"}, "figures": {"programme_cost": "310000", "currency": "EUR"}},
        {"context": {"who": "shops", "why": "growth"}, "target": "professional"},
        {"figures": {"programme_benefit": "190000", "currency": "EUR"}},
    )
    assert met.target == "professional"
    assert met.context == {"who": "shops", "why": "growth"}
    assert met.figures == Figures(
        programme_cost=Fraction(310000), programme_benefit=Fraction(190000), currency="EUR"
    )


@pytest.mark.parametrize(
    ("first", "second", "message", "hint"),
    [
        (
            {"target": "base"},
            {"target": "all"},
            "the sources disagree on the target: 'base' and 'all'",
            "name one with --target, or write the same target in every file",
        ),
        (
            {"target": {"default": "1"}},
            {"target": "all"},
            "the sources disagree on the target: stages of its own and 'all'",
            "name one with --target, or write the same target in every file",
        ),
        (
            {"figures": {"programme_cost": "5", "source": "a"}},
            {"figures": {"programme_cost": "6"}},
            "the sources disagree on figures.programme_cost: '5' and '6'",
            "write the same value in every file, or leave it in one file alone",
        ),
        (
            {"context": {"who": "shops"}},
            {"context": {"who": "schools"}},
            "the sources disagree on context.who: 'shops' and 'schools'",
            "write the same value in every file, or leave it in one file alone",
        ),
    ],
)
def test_sources_that_contradict_each_other_are_refused(
    first: Data, second: Data, message: str, hint: str
) -> None:
    with pytest.raises(CustfocusError) as caught:
        gather(first, second)
    assert (caught.value.message, caught.value.hint) == (message, hint)


def test_a_target_that_was_asked_for_settles_the_matter() -> None:
    assert gather({"target": "base"}, {"target": "all"}, target="all").target == "all"
    assert gather({"target": {"default": "1"}}, {"target": {"default": "1"}}).target == (
        TargetStages(default=1)
    )
