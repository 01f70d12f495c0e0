"""The plan: what is asked, what is open, what adaptive mode may skip, how long it takes."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest
import smallmodel
from hypothesis import given, settings
from hypothesis import strategies as st
from interview.talking import assessment, shipped

from custfocus_cli.documents.assessment import Answer
from custfocus_cli.documents.definition import Definition
from custfocus_cli.errors import CustfocusError
from custfocus_cli.interview.plan import (
    count_outside,
    estimate_minutes,
    find_next,
    find_settled,
    find_start,
    list_open,
    list_questions,
    list_remainders,
    name_witness,
    plan_pace,
    with_answer,
    with_context,
    with_figure,
)
from custfocus_cli.scoring.ladder import build_ladder, read_ratings

DEFINITION = smallmodel.definition()
FIGURES = ["programme_cost", "programme_benefit", "currency", "source"]


def test_questions_come_in_order_each_with_its_place() -> None:
    asked = list_questions(DEFINITION)
    assert [(q.id, q.kind, q.heading, q.part) for q in asked[:-4]] == [
        ("cx-who", "context", "Context (not scored)", ""),
        ("g-1", "item", "Greeting", "stage 1 of 2, Basic"),
        ("g-2", "item", "Greeting", "stage 2 of 2, Good"),
        ("g-p", "perception", "Greeting", ""),
        ("w-1", "item", "Waiting", "stage 1 of 2, Basic"),
        ("w-2", "item", "Waiting", "stage 2 of 2, Good"),
        ("w-place", "placement", "Waiting", ""),
        ("b-guard", "balance", "Balance check: Cost", ""),
        ("b-sign", "balance", "Balance check: Cost", ""),
    ]
    assert [(q.id, q.kind) for q in asked[-4:]] == [(name, "figure") for name in FIGURES]


def test_without_a_balance_check_no_figures_are_asked() -> None:
    data = smallmodel.questionnaire_data() | {"balance": [], "context": []}
    asked = list_questions(smallmodel.definition(questionnaire=data))
    assert [q.id for q in asked] == ["g-1", "g-2", "g-p", "w-1", "w-2", "w-place"]


# The counts are those of the table in domain.md 3.16, with the balance items of each role beside.
@pytest.mark.parametrize(
    ("session", "items"),
    [("direction", 9), ("people", 14), ("work", 22), ("listening", 14), ("front-line", 13)],
)
def test_a_session_asks_the_items_of_its_roles(session: str, items: int) -> None:
    asked = list_questions(shipped("interview-72"), [session])
    assert sum(each.kind == "item" for each in asked) == items
    beside = {"context", "figure"} if session == "direction" else set()  # the first session
    assert {each.kind for each in asked} - {"item", "balance"} == beside


def test_sessions_and_roles_add_up() -> None:
    definition = shipped("interview-72")
    both = list_questions(definition, ["people", "finance"])
    apart = [*list_questions(definition, ["people"]), *list_questions(definition, ["finance"])]
    assert sorted(each.id for each in both) == sorted(each.id for each in apart)
    assert list_questions(definition, ["hr"]) == list_questions(definition, ["people"])


def test_an_unknown_session_is_refused_with_a_hint() -> None:
    with pytest.raises(CustfocusError) as caught:
        list_questions(shipped("interview-72"), ["peple"])
    assert caught.value.message == "no session or role 'peple'; did you mean 'people'?"
    assert caught.value.hint.startswith("there are direction, people, work, listening, front-line,")


@pytest.mark.parametrize(
    ("wanted", "witness"),
    [
        ((), None),
        (("people",), "hr"),
        (("direction",), "direction"),
        (("finance",), "finance"),
        (("people", "work"), None),
    ],
)
def test_whose_word_it_is(wanted: tuple[str, ...], witness: str | None) -> None:
    assert name_witness(shipped("interview-72"), wanted) == witness


# --- open ----------------------------------------------------------------------------------------


def test_what_is_open_and_where_it_begins() -> None:
    asked = list_questions(DEFINITION)
    fresh = assessment()
    begun = assessment(answers={"g-1": "yes", "g-p": "daily", "w-1": "DK"})
    done = assessment(answers=dict.fromkeys(DEFINITION.entries, "yes"))
    assert [each.id for each in list_open(asked, begun)] == [
        *("g-2", "w-2", "w-place", "b-guard", "b-sign")
    ]
    assert asked[find_start(asked, fresh)].id == "cx-who"
    assert asked[find_start(asked, begun)].id == "g-2"
    assert find_start(asked, done) == len(asked)
    elsewhere = [each for each in asked if not each.rated or each.id.startswith("b-")]
    assert elsewhere[find_start(elsewhere, begun)].id == "cx-who"  # a session of its own
    assert asked[find_next(asked, begun, 4)].id == "w-2"
    assert asked[find_next(asked, done, 5)].id == "programme_cost"
    assert find_next(asked, done, 13) == 13


def test_what_remains_of_each_session() -> None:
    definition = shipped("interview-72")
    hr = [each.id for each in list_questions(definition, ["people"])]
    begun = assessment(answers={name: "L" for name in hr if name in definition.entries})
    left = [
        (each.session.id, each.unanswered, each.minutes)
        for each in list_remainders(definition, begun)
    ]
    names = ["direction", "work", "listening", "front-line"]
    assert [name for name, _, _ in left] == names
    assert [minutes for _, _, minutes in left] == [20, 35, 25, 20]
    assert count_outside(definition, begun) == 0
    assert list_remainders(DEFINITION, assessment()) == ()
    assert count_outside(DEFINITION, assessment()) == 8


# --- adaptive ------------------------------------------------------------------------------------


def test_higher_cells_are_settled_once_the_blocking_cell_is_finished() -> None:
    definition = shipped("interview-72")

    def settled(**answers: str) -> list[str]:
        written = {name.replace("_", "-"): code for name, code in answers.items()}
        return list(find_settled(definition, assessment(answers=written).answers))

    assert settled(sv_1a="P") == []  # its cell is not finished: sv-1b is a next step
    assert settled(sv_1a="P", sv_1b="DK") == ["sv-2a", "sv-2b", "sv-3a", "sv-3b"]
    assert settled(sv_1a="L", sv_1b="DK") == []  # may be in place
    assert settled(sv_1a="P", sv_1b="F", sv_3a="F") == ["sv-2a", "sv-2b", "sv-3b"]
    assert settled(sv_1a="F", sv_1b="L", sv_2a="N", sv_2b="N") == ["sv-3a", "sv-3b"]
    assert settled(sv_1a="NA", sv_1b="N") == ["sv-2a", "sv-2b", "sv-3a", "sv-3b"]


PERCENT = {
    "low": {"low": "80"},
    "mid": {"low": "90", "mid": "60"},
    "top": {"mid": "80", "top": "50"},
}
LOOKING_UP = PERCENT | {"low": {"low": "50", "mid": "20"}}  # a stage that asks for a higher cell
CODES = ("no", "half", "yes", "DK", "NA")


def _definition(gate: Any) -> Definition:
    """One characteristic of three stages with two items each, under that gate."""
    model = smallmodel.model_data()
    model["stages"] = [{"id": name, "name": name} for name in ("low", "mid", "top")]
    model["characteristics"] = [{"id": "greeting", "name": "Greeting", "area": "desk"}]
    model["scoring"] = {"gate": gate}
    model["targets"] = [{"id": "all", "name": "All", "default": "3"}]
    questionnaire = smallmodel.questionnaire_data() | {"balance": [], "context": []}
    questionnaire["items"] = {
        "greeting": {
            stage: [{"id": f"{stage}-{n}", "statement": f"{stage} {n}."} for n in (1, 2)]
            for stage in ("low", "mid", "top")
        }
    }
    return smallmodel.definition(model, questionnaire)


def _stages(definition: Definition, answers: dict[str, Answer]) -> tuple[int | None, int | None]:
    ladder = build_ladder(definition, "greeting", read_ratings(answers, definition.model))
    return ladder.reading.stage_low, ladder.reading.stage_high


@settings(max_examples=300, deadline=None)
@given(
    gate=st.sampled_from([{"every": "yes"}, {"every": "half"}, {"percent": PERCENT}])
    | st.just({"percent": LOOKING_UP}),
    given_codes=st.lists(st.sampled_from((*CODES, None)), min_size=6, max_size=6),
    rest=st.lists(st.sampled_from(CODES), min_size=6, max_size=6),
)
def test_the_stage_is_that_of_every_completion_of_what_is_skipped(
    gate: Any, given_codes: Sequence[str | None], rest: Sequence[str]
) -> None:
    """domain.md 2.2.14: the stage after an adaptive interview equals that of the full one."""
    definition = _definition(gate)
    names = list(definition.entries)
    answers = {
        name: Answer(answer=code)
        for name, code in zip(names, given_codes, strict=True)
        if code is not None
    }
    settled = find_settled(definition, answers)
    completed = answers | {
        name: Answer(answer=code) for name, code in zip(names, rest, strict=True) if name in settled
    }
    assert _stages(definition, completed) == _stages(definition, answers)


def test_a_gate_that_is_none_skips_nothing() -> None:
    definition = _definition("none")
    answers = {name: Answer(answer="no") for name in ("low-1", "low-2")}
    assert find_settled(definition, answers) == {}


# --- how an answer changes the file --------------------------------------------------------------


def test_an_answer_takes_its_place_in_questionnaire_order() -> None:
    before = assessment(answers={"old-item": "yes", "b-sign": "never", "g-2": "no"})
    after = with_answer(before, DEFINITION, "g-1", Answer(answer="half"))
    assert list(after.answers) == ["g-1", "g-2", "b-sign", "old-item"]
    assert list(before.answers) == ["old-item", "b-sign", "g-2"]
    assert list(with_answer(after, DEFINITION, "g-2", None).answers) == [
        "g-1",
        "b-sign",
        "old-item",
    ]


def test_context_answers_are_kept_in_order_and_may_be_taken_out() -> None:
    after = with_context(assessment(), DEFINITION, "cx-who", "Everybody.")
    assert after.context == {"cx-who": "Everybody."}
    assert with_context(after, DEFINITION, "cx-who", "").context == {}


def test_figures_are_exact_numbers_and_texts() -> None:
    after = with_figure(assessment(), "programme_cost", "310000.50")
    after = with_figure(after, "currency", "EUR")
    assert after.figures is not None
    assert after.figures.programme_cost == Fraction("310000.50")
    assert after.figures.model_fields_set == {"programme_cost", "currency"}
    assert with_figure(with_figure(after, "currency", ""), "programme_cost", "").figures is None


# --- how long it takes ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("left", "answered_at", "planned", "minutes"),
    [
        (48, (), 50.0, 40),  # the plan: 48 x 50 s
        (48, (), None, None),
        (10, (0, 30, 60, 90, 120), 60.0, 10),  # four gaps are too few
        (10, (0, 30, 60, 90, 120, 150), 60.0, 5),  # 10 x 30 s
        (10, (0, 30, 60, 90, 3000, 3030, 3060), 60.0, 5),  # a lunch tells nothing about the pace
        (1, (0, 1, 2, 3, 4, 5), None, 1),  # never less than one
    ],
)
def test_the_minutes_left_come_from_the_pace(
    left: int, answered_at: tuple[float, ...], planned: float | None, minutes: int | None
) -> None:
    assert estimate_minutes(left, answered_at, planned) == minutes


def test_the_plan_of_the_questionnaire_is_the_first_pace() -> None:
    assert plan_pace(shipped("team-36")) == 40 * 60 / 48
    assert plan_pace(DEFINITION) is None
