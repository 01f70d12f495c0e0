"""Conversations: keys, words, and what became of them. No terminal is needed for any of it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
import smallmodel
from hypothesis import given as generated
from hypothesis import settings
from hypothesis import strategies as st
from interview.talking import NOW, TODAY, codes, given, say, shipped, start

from custfocus_cli.documents.assessment import Assessment, Figures
from custfocus_cli.documents.checks import check_assessment
from custfocus_cli.files.catalogue import list_questionnaires
from custfocus_cli.files.reader import read
from custfocus_cli.files.writer import to_yaml
from custfocus_cli.interview import conversation as talk
from custfocus_cli.interview.conversation import Draft, State, View
from custfocus_cli.interview.keys import list_choices, list_keys, press
from custfocus_cli.interview.outlook import look_ahead
from custfocus_cli.interview.plan import find_settled, find_text, is_answered
from custfocus_cli.wording.figures import FIGURES

# --- answering -----------------------------------------------------------------------------------


def test_a_whole_self_assessment() -> None:
    state = start(context={}, by="host")
    assert (state.question.id, state.view) == ("cx-who", View.QUESTION)
    state = say(state, "enter", '"Children and their parents."')
    state = say(state, "y")  # g-1
    state = say(state, "w", '"On Mondays."', "h")  # g-2, a note before the answer
    state = say(state, "n")  # g-p: never
    state = say(state, "x", '"Nobody waits here."')  # w-1 does not apply
    state = say(state, "d")  # w-2: don't know
    state = say(state, "1")  # w-place
    state = say(state, "y", "a")  # b-guard, b-sign: "d" is don't know
    assert given(state) == {
        "g-1": {"answer": "yes", "by": "host"},
        "g-2": {"answer": "half", "note": "On Mondays.", "by": "host"},
        "g-p": {"answer": "never", "by": "host"},
        "w-1": {"answer": "NA", "reason": "Nobody waits here.", "by": "host"},
        "w-2": {"answer": "DK", "by": "host"},
        "w-place": {"answer": "1", "by": "host"},
        "b-guard": {"answer": "yes", "by": "host"},
        "b-sign": {"answer": "daily", "by": "host"},
    }
    assert {answer.on for answer in state.assessment.answers.values()} == {TODAY}
    assert state.assessment.context == {"cx-who": "Children and their parents."}
    state = say(state, "enter", '"310000"', "enter", '"190 000.50"', "right", "enter", '"Books"')
    assert state.assessment.figures is not None
    assert state.assessment.figures == Figures(
        programme_cost=Fraction(310000), programme_benefit=Fraction("190000.5"), source="Books"
    )
    assert [say(state, *["left"] * back, "enter").text for back in (1, 2, 3, 4)] == [
        *("Books", "", "190000.5", "310000")
    ]
    assert state.view is View.CLOSING
    assert say(state, "enter").view is View.ENDED


@pytest.mark.parametrize("interview", [False, True])
def test_one_key_answers_one_item(interview: bool) -> None:
    """72 items, 72 keys: in an interview by capitals, which ask for no evidence."""
    definition = shipped("interview-72")
    state = say(start(definition=definition, interview=interview), "s")
    pressed = 0
    while state.question.kind == "item" and state.view is View.QUESTION:
        state = say(state, "L" if interview else "l")
        pressed += 1
    assert pressed == len(state.assessment.answers) == 72
    assert {answer.answer for answer in state.assessment.answers.values()} == {"L"}
    assert state.question.id == "ba-strategy-guard"


def test_in_an_interview_evidence_follows_a_rating_that_needs_it() -> None:
    state = say(start(interview=True), "y")
    assert (state.question.id, state.view) == ("g-1", View.EVIDENCE)
    assert codes(state) == {"g-1": "yes"}  # it is saved already
    state = say(state, "1")
    assert (state.question.id, given(state)["g-1"]) == ("g-2", {"answer": "yes", "evidence": 1})
    state = say(state, "h")  # nothing depends on what backs a half
    assert state.question.id == "g-p"


def test_evidence_may_come_first_and_level_0_is_a_level() -> None:
    state = say(start(interview=True), "0")
    assert (state.question.id, codes(state)) == ("g-1", {})
    state = say(state, "y")
    assert (state.question.id, given(state)["g-1"]) == ("g-2", {"answer": "yes", "evidence": 0})


def test_nothing_yet_goes_on_and_a_look_back_brings_the_evidence_later() -> None:
    state = say(start(interview=True), "y", "enter")
    assert (state.question.id, given(state)["g-1"]) == ("g-2", {"answer": "yes"})
    state = say(state, "left", "1")
    assert (state.question.id, given(state)["g-1"]) == ("g-1", {"answer": "yes", "evidence": 1})


def test_what_is_no_rating_takes_no_evidence() -> None:
    state = say(start(interview=True), "1", "d")
    assert given(state) == {"g-1": {"answer": "DK"}}
    state = say(state, "left", "1")
    assert (given(state), state.news) == (
        {"g-1": {"answer": "DK"}},
        ("Only a rating can be backed.",),
    )


def test_a_note_beside_the_evidence_question() -> None:
    state = say(start(interview=True), "y", "w", '"Seen at the door."', "1")
    assert given(state)["g-1"] == {"answer": "yes", "note": "Seen at the door.", "evidence": 1}
    assert state.question.id == "g-2"


def test_a_reason_is_needed_and_may_be_given_up() -> None:
    state = say(start(), "x")
    assert (state.view, state.purpose, codes(state)) == (View.TEXT, "reason", {})
    state = say(state, '"   "')
    assert state.news == ("Please say why; Esc goes back without an answer.",)
    state = say(state, "escape")
    assert (state.question.id, state.view, codes(state)) == ("g-1", View.QUESTION, {})


def test_arrows_and_enter_answer_too() -> None:
    assert codes(say(start(), "down", "down", "enter")) == {"g-1": "half"}
    assert codes(say(start(), "up", "up", "enter")) == {"g-1": "DK"}
    state = say(start(), "enter")
    assert (codes(state), state.news) == (
        {},
        ("Choose an answer by its letter, or with the up and down keys.",),
    )


def test_answering_again_keeps_the_note_and_replaces_the_rest() -> None:
    old = {"answer": "no", "note": "Nobody there.", "by": "night shift"}
    state = start(answers={"g-1": old}, by="host")
    state = say(state, "left", "y")
    assert given(state)["g-1"] == {"answer": "yes", "note": "Nobody there.", "by": "host"}


def test_a_text_that_no_file_could_hold_is_refused_where_it_stands() -> None:
    state = say(start(), "y", "left", "w", f'"{"x" * 20_001}"')
    assert state.view is View.TEXT
    assert state.news == ("This is 20001 characters long; at most 20000 fit.",)


def test_a_figure_has_to_be_a_number() -> None:
    state = start(answers=dict.fromkeys(smallmodel.definition().entries, "DK"))
    state = say(state, "left", "left", "left", "left", "enter", '"about 5"')
    assert state.news == ("A number, such as 310000 or 1250.50, without a currency.",)
    assert state.assessment.figures is None
    assert say(state, '"5"').assessment.figures is not None


# --- moving --------------------------------------------------------------------------------------


def test_it_begins_at_the_first_open_question_and_skips_what_is_answered() -> None:
    state = start(answers={"g-1": "yes", "g-p": "daily", "w-1": "DK"})
    assert state.question.id == "g-2"
    assert say(state, "y").question.id == "w-2"


def test_skip_and_come_back() -> None:
    state = say(start(), "right")
    assert (state.question.id, state.news) == ("g-2", ("g-1 stays open; Tab comes back to it.",))
    state = say(state, "y", "n", "y", "y", "1", "y", "n", "right", "right", "right", "right")
    assert state.view is View.CLOSING
    state = say(state, "tab")
    assert (state.question.id, state.view) == ("g-1", View.QUESTION)
    assert next(iter(codes(say(state, "y")))) == "g-1"


def test_changing_an_earlier_answer_returns_to_what_is_open() -> None:
    state = say(start(), "y", "y", "n", "left", "left", "left", "h")
    assert (codes(state)["g-1"], state.question.id) == ("half", "w-1")


def test_the_first_question_has_none_before_it() -> None:
    state = say(start(), "left", "left")
    assert (state.question.id, state.news) == ("cx-who", ("This is the first question.",))


def test_jump_by_a_word() -> None:
    state = say(start(), "j")
    assert (state.view, len(talk.list_found(state))) == (View.LIST, 13)
    state = talk.search(state, "waiting TIME")
    assert [state.script.questions[n].id for n in talk.list_found(state)] == ["w-1", "w-2"]
    state = say(state, "down", "enter")
    assert (state.question.id, state.view) == ("w-2", View.QUESTION)
    nowhere = say(talk.search(say(state, "j"), "xyz"), "enter")
    assert (nowhere.view, nowhere.news) == (View.LIST, ("No question holds these words.",))
    assert say(nowhere, "escape").question.id == "w-2"


def test_the_list_shows_open_questions_only() -> None:
    state = say(start(answers={"g-1": "yes", "w-2": "no"}), "j", "tab")
    found = [state.script.questions[n].id for n in talk.list_found(state)]
    assert found == ["g-2", "g-p", "w-1", "w-place", "b-guard", "b-sign"]
    assert len(talk.list_found(say(state, "tab"))) == 13


def test_context_questions_are_passed_by_one_key() -> None:
    state = say(start(context={}), "s")
    assert (state.question.id, state.assessment.context) == ("g-1", {})


def test_details_are_for_one_question() -> None:
    state = say(start(), "i")
    assert state.details
    assert not say(state, "i").details
    assert not say(state, "y").details


# --- undo ----------------------------------------------------------------------------------------


def test_undo_goes_back_to_where_the_change_was_made() -> None:
    first = start()
    state = say(first, "y", "n", "right", "z")
    assert (codes(state), state.question.id) == ({"g-1": "yes"}, "g-2")
    state = say(state, "z")
    assert (state.assessment, state.question.id) == (first.assessment, "g-1")
    assert say(state, "z").news == ("Nothing to undo since this run began.",)


def test_undo_keeps_what_was_said_before_the_answer() -> None:
    state = say(start(interview=True), "w", '"At the door."', "1", "y", "z")
    assert (codes(state), state.draft) == ({}, Draft(evidence=1, note="At the door."))
    again = {"answer": "half", "evidence": 1, "note": "At the door."}
    assert given(say(state, "h")) == {"g-1": again}


def test_an_answer_may_be_taken_out() -> None:
    state = say(start(), "y", "left", "delete")
    assert (codes(state), state.news) == ({}, ("g-1 is open again.",))
    assert codes(say(state, "z")) == {"g-1": "yes"}


# --- nothing is lost -----------------------------------------------------------------------------


def test_a_note_without_an_answer_holds_the_end_up_once() -> None:
    state = say(start(), "w", '"Remember the door."', "right", "q")
    assert (state.view, state.question.id) == (View.QUESTION, "g-1")
    assert state.news == ("This note is saved with an answer; q again leaves without it.",)
    assert state.draft.note == "Remember the door."
    assert say(state, "q").view is View.ENDED
    assert given(say(state, "y"))["g-1"]["note"] == "Remember the door."


# --- last year -----------------------------------------------------------------------------------

LAST_YEAR = {
    "g-1": {"answer": "yes", "evidence": 1, "note": "At the door.", "by": "host"},
    "g-2": {"answer": "NA", "reason": "No names are known."},
    "w-1": "maybe",
    "w-2": "half",
}


def test_unchanged_since_last_year_asks_for_fresh_evidence() -> None:
    state = say(start(interview=True, previous=LAST_YEAR), "u")
    assert (state.view, given(state)) == (View.EVIDENCE, {"g-1": {"answer": "yes"}})
    state = say(state, "0", "u")
    assert given(state) == {
        "g-1": {"answer": "yes", "evidence": 0},
        "g-2": {"answer": "NA", "reason": "No names are known."},
    }


def test_unchanged_in_a_self_assessment_is_one_key() -> None:
    state = say(start(previous=LAST_YEAR), "u", "u")
    assert (list(given(state)), state.question.id) == (["g-1", "g-2"], "g-p")


def test_an_answer_that_its_scale_does_not_know_is_not_shown() -> None:
    state = say(start(previous=LAST_YEAR), "right", "right", "right")
    assert (state.question.id, state.before) == ("w-1", None)
    assert given(say(state, "u")) == {}


# --- sessions, adaptive, the ladder --------------------------------------------------------------


def test_each_answer_of_a_session_keeps_whose_word_it_is() -> None:
    state = start(definition=shipped("interview-72"), wanted=["people"], by="hr")
    assert {each.id for each in state.script.questions} >= {"sv-1b"}
    assert given(say(state, "p"))[state.question.id]["by"] == "hr"


def test_the_ladder_grows_at_the_end_of_a_characteristic() -> None:
    state = say(start(), "y", "h", "n")
    assert state.news == (
        "Saved: g-p, Never.",
        "Greeting: stage 1 of 2 so far; g-2 holds it there.",
    )
    state = say(state, "x", '"No."', "x", '"No."', "1")
    assert state.news[1] == "Waiting: does not apply."


def test_adaptive_skips_and_says_so() -> None:
    state = say(start(adaptive=True), "n")
    assert dict(state.settled) == {"g-2": 1}
    assert state.question.id == "g-p"
    state = say(state, "n")
    assert state.news[1] == "Greeting: stage 0 of 2 so far; g-1 holds it there."
    state = say(state, "left", "left")
    assert state.question.id == "g-1"  # past what is settled
    state = say(state, "y")
    assert (dict(state.settled), state.question.id) == ({}, "g-2")


def test_adaptive_tells_how_much_was_skipped() -> None:
    definition = shipped("interview-72")
    state = say(start(definition=definition, adaptive=True), "s", "n", "p")
    assert state.news == (
        "Saved: sv-1b, Partly in place.",
        "Service vision and values: stage 0 of 3 so far; sv-1a, sv-1b hold it there.",
        "Four higher questions skipped: its stage is settled.",
    )
    assert state.question.id == "cc-1a"


def test_what_people_see_says_nothing_of_a_stage() -> None:
    state = say(start(definition=shipped("pulse-12")), "1")
    assert state.news == (
        "Saved: pl-service-vision, A written vision with named values is open to all staff.",
    )
    state = say(start(definition=shipped("staff-24")), "o", "a")
    assert state.news == ("Saved: pf-service-vision-2, Always.",)


def test_a_list_of_clauses_says_what_is_open() -> None:
    definition = shipped("iso9001-readiness")
    state = say(start(definition=definition), "p")
    name = "4.2 Understanding the needs and expectations of interested parties"
    assert state.news[1] == f"{name}: open; iq-4.2 holds it back."
    state = say(state, "d")
    assert state.news[1] == (
        "5.1.1 General (leadership and commitment): not known yet; find out: iq-5.1.1."
    )
    state = say(state, "l", "f", "l")
    assert state.news[1] == "5.1.2 Customer focus: in place."
    ahead = look_ahead(definition, state.assessment)
    assert ahead.sentences[1] == "In place so far: 1 of 25 clauses."
    assert [each.stage for each in ahead.standings[:4]] == [
        *("open", "not known yet", "in place", "not asked yet"),
    ]


# --- the keys ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", list_questionnaires())
@pytest.mark.parametrize("interview", [False, True])
def test_no_key_means_two_things(name: str, interview: bool) -> None:
    state = start(definition=shipped(name), interview=interview)
    for position in range(len(state.script.questions) + 1):
        for view in (View.QUESTION, View.EVIDENCE):
            names = [key.name for key in list_keys(replace(state, position=position, view=view))]
            assert len(names) == len(set(names))


def test_a_scale_of_many_options_finds_a_key_for_each() -> None:
    model = smallmodel.model_data()
    options = [{"code": str(n), "points": str(n), "label": f"Level {n}"} for n in range(12)]
    model["scales"]["degree"]["options"] = options
    model["scoring"] = {"gate": {"every": "9"}}
    state = start(definition=smallmodel.definition(model), interview=True)
    state = say(state, "s")
    keys = [choice.key for choice in list_choices(state.script, state.question)]
    assert keys == [*"levabcfghkmn", "d", "x"]
    plain = say(start(definition=smallmodel.definition(model)), "s")
    assert [c.key for c in list_choices(plain.script, plain.question)][:4] == [*"0123"]


def test_caps_lock_does_not_matter() -> None:
    assert codes(say(start(), "Y")) == {"g-1": "yes"}


def test_a_key_without_a_meaning_changes_nothing() -> None:
    state = start()
    assert say(state, "7", "ü", "page-up", "escape") == state


# --- properties ----------------------------------------------------------------------------------

KEYS = st.sampled_from(
    [*"yhndx01wiuzj?q", "Y", "left", "right", "up", "down", "enter", "tab", "delete", "escape"]
)
WORDS = st.text(max_size=40) | st.sampled_from(["12.50", "[bold]x[/bold]", "a\r\nb", ""])
STEPS = st.lists(st.tuples(KEYS, WORDS), max_size=40)


def _walk(state: State, steps: list[tuple[str, str]]) -> list[State]:
    """Every state on the way; in a text field Enter writes the words."""
    states = [state]
    for key, words in steps:
        if state.view is View.TEXT and key == "enter":
            state = talk.write(state, words, NOW)
        elif state.view is View.ENDED:
            break
        else:
            state = press(state, key, NOW)
        states.append(state)
    return states


@settings(max_examples=150, deadline=None)
@generated(steps=STEPS, interview=st.booleans(), adaptive=st.booleans())
def test_whatever_is_pressed_the_file_is_in_order(
    steps: list[tuple[str, str]], interview: bool, adaptive: bool
) -> None:
    state = start(interview=interview, adaptive=adaptive, previous=LAST_YEAR, context={})
    for each in _walk(state, steps):
        text = to_yaml(each.assessment)
        reading = read("hall.yaml", text.encode())
        assert reading.problems == ()
        assert reading.document == each.assessment
        assert isinstance(reading.document, Assessment)
        assert list(check_assessment(reading.document, smallmodel.definition())) == []
        assert dict(each.settled) == (
            find_settled(smallmodel.definition(), each.assessment.answers) if adaptive else {}
        )


@settings(max_examples=150, deadline=None)
@generated(steps=STEPS, interview=st.booleans())
def test_undo_after_whatever_was_pressed_returns_to_the_beginning(
    steps: list[tuple[str, str]], interview: bool
) -> None:
    first = start(interview=interview, previous=LAST_YEAR)
    states = _walk(first, steps)
    last = states[-1]
    changes = len(last.history)
    for before in reversed(range(changes)):
        assert len(last.history) == before + 1
        expected = last.history[-1][0]
        last = talk.undo(last)
        assert last.assessment is expected
    assert last.assessment == first.assessment


def test_the_figures_are_those_of_the_form() -> None:
    assert list(FIGURES) == list(Figures.model_fields)


def test_unchanged_keeps_what_backs_the_answer_of_this_year() -> None:
    last_year = {"g-1": {"answer": "yes"}}
    state = say(start(interview=True, previous=last_year), "1", "y", "left", "u")
    assert given(state) == {"g-1": {"answer": "yes", "evidence": 1}}


def test_what_was_written_last_year_is_taken_over_too() -> None:
    state = start(texts={"cx-who": "Guests."}, context={}, definition=smallmodel.definition())
    assert [key.label for key in list_keys(state) if key.name == "u"] == ["unchanged since 2025"]
    after = say(state, "u")
    assert after.assessment.context == {"cx-who": "Guests."}
    assert after.question.id == "g-1"


def test_esc_closes_the_details() -> None:
    opened = say(start(), "i")
    assert (opened.details, say(opened, "escape").details) == (True, False)


def test_a_question_of_the_context_may_be_called_as_a_figure_is() -> None:
    data = smallmodel.questionnaire_data()
    data["context"] = [{"id": "source", "question": "Where do guests come from?"}]
    state = start(definition=smallmodel.definition(questionnaire=data))
    asked = [each for each in state.script.questions if each.id == "source"]
    after = say(state, "enter", '"From afar."')
    assert [is_answered(each, after.assessment) for each in asked] == [True, False]
    assert [find_text(each, after.assessment) for each in asked] == ["From afar.", ""]
