"""Screens: whole ones compared, every size held, and hostile texts in every field."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest
import smallmodel
from hypothesis import given, settings
from hypothesis import strategies as st
from interview.talking import assessment, read, say, shipped, start
from prompt_toolkit.utils import get_cwidth

from custfocus_cli.interview import conversation as talk
from custfocus_cli.interview.conversation import State, View
from custfocus_cli.interview.screen import STYLES, Paper, draw
from custfocus_cli.wording.safety import safe


def show(state: State, width: int = 80, height: int = 24) -> list[str]:
    return read(draw(state, Paper(width, height, get_cwidth)))


def _stages() -> Iterator[State]:
    """A state of every view, with what each can show."""
    last_year = {"g-1": {"answer": "yes", "evidence": 1, "note": "At the door.", "by": "host"}}
    state = start(interview=True, previous=last_year, context={}, adaptive=True)
    yield state
    yield say(state, "enter")
    state = say(state, "right")
    yield state
    yield say(state, "down", "i")
    yield say(state, "x")
    yield say(state, "w")
    yield say(state, "y")
    yield say(state, "y", "w", '"A note."', "left")
    yield say(state, "j")
    yield say(state, "j", "tab", "down", "down")
    yield say(state, "?")
    yield say(state, "n", "n")
    closing = talk.go_to(say(state, "n", "n"), 99)
    yield closing
    yield say(closing, "left")
    yield say(closing, "q")


# --- whole screens -------------------------------------------------------------------------------


def test_the_first_question_of_a_team() -> None:
    assert show(start(definition=shipped("team-36"))) == [
        " Question 1 of 48  [..............................]  48 open, about 40 min left",
        "",
        " Service vision and values / stage 1 of 3, Quality service                sv-1a",
        "",
        " A written service vision is available to all staff.",
        "",
        " How far is this in place today?",
        " n  Not in place      It is absent, or there are single remarks about it.",
        " p  Partly in place   It happens in some places, or it depends on single people.",
        " l  Largely in place  It happens in a planned way in most places where it",
        "                      applies; weak spots are known.",
        " f  Fully in place    It happens in a planned way wherever it applies; no",
        "                      notable weak spot is known.",
        " d  Don't know        Nobody in this conversation can tell.",
        *[""] * 7,
        "-- Press the letter of an answer. All is saved in hall.yaml. -------------------",
        " Left back   Right next   w write a note   i more about it   z undo   j jump",
        " ? all keys   q quit",
    ]


def test_an_interview_shows_last_years_answer_and_asks_what_backs_this_years() -> None:
    last_year = {"sv-1a": {"answer": "L", "evidence": 1, "note": "On paper.", "by": "hr"}}
    state = start(
        definition=shipped("interview-72"), interview=True, previous=last_year, wanted=["direction"]
    )
    state = say(state, "s")  # the first session begins with the context
    assert show(state)[7:] == [
        "",
        " How far is this in place today?",
        " n  Not in place      It is absent, or there are single remarks about it.",
        " p  Partly in place   It happens in some places, or it depends on single people.",
        " l  Largely in place  It happens in a planned way in most places where it",
        "                      applies; weak spots are known.",
        " f  Fully in place    It happens in a planned way wherever it applies; no",
        "                      notable weak spot is known.",
        " d  Don't know        Nobody in this conversation can tell.",
        "",
        " Evidence: 0 Statement   1 Recent example   2 Record   3 Verified",
        "",
        " 2025: Largely in place. Evidence: Recent example. Note: On paper. (hr)",
        "",
        "-- Press the letter of an answer. All is saved in hall.yaml. -------------------",
        " Left back   Right next   u unchanged since 2025   w write a note",
        " i more about it   z undo   j jump   ? all keys   q quit",
    ]
    assert show(say(state, "f")) == [
        " Question 1 of 15  [##............................]  14 open, about 21 min left",
        "",
        " Service vision and values / stage 1 of 3, Quality service                sv-1a",
        "",
        " A written service vision is available to all staff.",
        "",
        " Ask: Where would a new colleague find it? Please show me.",
        "",
        " Fully in place, saved. What backs this answer?",
        " 0  Statement       Somebody says so.",
        " 1  Recent example  A concrete case from the past 12 months is named.",
        " 2  Record          A document or data set is seen.",
        " 3  Verified        Data from the customer's side or an observation confirms it.",
        "",
        " 2025: Largely in place. Evidence: Recent example. Note: On paper. (hr)",
        *[""] * 6,
        "-- Saved: sv-1a, Fully in place. -----------------------------------------------",
        " Enter nothing yet, next question   Left change the answer   w write a note",
        " i more about it   z undo   j jump   ? all keys   q quit",
    ]


def test_more_about_a_question() -> None:
    assert show(say(start(definition=shipped("team-36")), "i")) == [
        " Question 1 of 48  [..............................]  48 open, about 40 min left",
        "",
        " Service vision and values / stage 1 of 3, Quality service                sv-1a",
        "",
        " A written service vision is available to all staff.",
        "",
        " Ask: Where would a new colleague find it? Please show me.",
        " Look at: the vision text; the place where staff find it",
        " Measure: Share of sampled staff who find the vision within one minute",
        " Usually asked of: Top management",
        " This stage: A short written vision of service exists, everyone can read it,",
        "             and its values are spelled out as behaviour.",
        " ISO 9001: 5.2.2 Communicating the quality policy",
        "",
        " How far is this in place today?",
        " n  Not in place",
        " p  Partly in place",
        " l  Largely in place",
        " f  Fully in place",
        " d  Don't know",
        "",
        "-- Press the letter of an answer. All is saved in hall.yaml. -------------------",
        " Left back   Right next   w write a note   i less   z undo   j jump",
        " ? all keys   q quit",
    ]


def test_the_list() -> None:
    assert show(say(start(answers={"g-1": "yes"}), "j"), height=14) == [
        " 13 questions. Type a word to search for, or move with the arrow keys:",
        "",
        "  answered                      Who comes? (Context (not scored))",
        "  Yes               g-1         Guests are greeted. (Greeting)",
        "> open              g-2         Guests are greeted by name. (Greeting)",
        "  open              g-p         I feel welcome. (Greeting)",
        "  open              w-1         Waiting times are written down. (Waiting)",
        "  open              w-2         Guests know their waiting time. (Waiting)",
        "  open              w-place     How long? (Waiting)",
        "  open              b-guard     s (Balance check: Cost)",
        "  open              b-sign      t (Balance check: Cost)",
        "--------------------------------------------------------------------------------",
        " Enter go there   Tab open only   Esc back",
        "",
    ]


def test_writing_a_note() -> None:
    assert show(
        say(start(definition=shipped("team-36")), "l", "right", "w"), width=60, height=16
    ) == [
        " Question 3 of 48  [..........]  47 open, about 39 min left",
        "",
        " Service vision and values / stage 3 of 3, Servic...  sv-3a",
        "",
        " The service vision states a time promise for each customer",
        " category.",
        "",
        " Note on this question. Enter keeps it; an empty note is",
        " none.",
        *[""] * 4,
        "-- One answer saved in hall.yaml. --------------------------",
        " Enter keep   Esc back without it",
        "",
    ]


def test_the_closing_page_with_the_sessions_that_remain() -> None:
    state = say(start(definition=shipped("interview-72"), wanted=["people"]), "n")
    assert show(talk.go_to(state, 99)) == [
        " Hall",
        "",
        " 13 questions of this run still open.",
        "",
        " 83 of 84 questions are open.",
        " The organisation stands at stage 0, Not yet in place; what is open cannot",
        " change that, but eleven characteristics could still move.",
        "",
        " Sessions that remain:",
        "   Direction and money: 15 open, about 20 min",
        "   People and training: 13 open, about 24 min",
        "   Work and processes: 23 open, about 35 min",
        "   Quality and customer insight: 17 open, about 25 min",
        "   Teams and front line: 15 open, about 20 min",
        *[""] * 7,
        "-- One answer saved in hall.yaml. ----------------------------------------------",
        " Enter finish   Left back to the questions   Tab next open question   z undo",
        " j jump   ? all keys   q quit",
    ]


def test_all_keys() -> None:
    assert show(say(start(), "?")) == [
        " The keys",
        "",
        " a letter    answers; the next open question comes up",
        " 0 to 9      what backs the answer (in an interview), before the answer or",
        "             after",
        " capital     answers, and asks for no evidence",
        " Up, Down    point at an answer; Enter takes it",
        " Left        the question before; answer it again to change your mind",
        " Right       the next question; this one stays as it is",
        " Tab         the next open question, from the top again after the last",
        " u           the answer of the year before holds unchanged",
        " w           a note on the question",
        " i           what to ask and look at, how this stage looks, clauses of",
        "             standards",
        " z           undo, as often as you like",
        " Del         takes the answer out: the question is open again",
        " j or /      list of all questions: search, open ones only, go there",
        " q           ends; so do Ctrl-C and Ctrl-D. Everything is saved at every",
        "             moment.",
        " Ctrl-Z      suspends; the command fg comes back",
        "",
        "--------------------------------------------------------------------------------",
        " Esc back",
        "",
    ]


def test_a_wide_terminal_shows_more_in_lines_that_can_be_read() -> None:
    state = start(definition=shipped("team-36"))
    lines = show(state, 200, 50)
    assert (max(map(len, lines)), len(lines)) == (100, 34)
    words = " ".join(" ".join(lines).split())
    assert words.count("Where the statement names a pace") == 4


# --- every size ----------------------------------------------------------------------------------

SIZES = [(80, 24), (200, 60), (100, 30), (60, 20), (40, 15), (80, 10), (30, 40), (20, 6)]


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_every_view_fits_every_terminal(size: tuple[int, int]) -> None:
    width, height = size
    for state in _stages():
        lines = show(state, width, height)
        assert max(map(get_cwidth, lines), default=0) <= min(width, 100)
        if state.view is not View.ENDED:
            tallest = height if state.view is View.LIST else 34
            assert len(lines) == min(height, tallest), state.view


def test_what_does_not_fit_is_told() -> None:
    lines = show(start(definition=shipped("team-36")), 40, 9)
    assert " (more in a taller window)" in lines
    assert lines[-1].startswith(" Left back")


def test_every_answer_stays_in_sight_in_a_small_window() -> None:
    lines = show(start(definition=shipped("team-36")), 40, 12)
    answers = [" n  Not in place", " p  Partly in place", " l  Largely in place"]
    assert lines[5:10] == [*answers, " f  Fully in place", " d  Don't know"]


def test_no_style_is_unknown() -> None:
    for state in _stages():
        screen = draw(state, Paper(80, 24, get_cwidth))
        for line in (*screen.above, *screen.below):
            assert {style for style, _ in line} <= set(STYLES)


def test_nothing_is_said_by_style_alone() -> None:
    """The pointer, the answer given and the evidence have marks of their own."""
    state = say(start(interview=True, answers={"g-1": {"answer": "yes", "evidence": 1}}), "left")
    state = say(state, "left") if state.question.id != "g-1" else state
    lines = show(say(state, "down"))
    assert any(line.startswith("*y  Yes") for line in lines)
    assert any(line.startswith(">n  No") for line in lines)
    assert any("[1 Seen]" in line for line in lines)
    assert any("Answered: Yes. Evidence: Seen." in line for line in lines)


# --- hostile texts -------------------------------------------------------------------------------

HOSTILE = [
    "\x1b[31mred\x1b]0;title\x07",
    "[bold]markup[/bold] {{x}} %(y)s <b>&",
    "日本語のとても長い質問文です。" * 6,
    "👩‍👩‍👧 🏳️‍🌈 e\u0301\u0301\u0301 👍🏽" * 4,
    "\u202eמימין לשמאל\u202c مرحبا بالعالم",  # noqa: RUF001 - right to left is the point
    "x" * 2000,
    "word " * 400,
    "a\nb\r\nc\td\x0b\x85\u2028e",
    "::error::x ##[group]",
    "\u200b",
]


def _poison(tree: Any, text: str) -> Any:
    """The tree with that text in every place where a person writes words."""
    if isinstance(tree, dict):
        return {
            key: text if key in WORDS and isinstance(value, str) else _poison(value, text)
            for key, value in tree.items()
        }
    return [_poison(each, text) for each in tree] if isinstance(tree, list) else tree


WORDS = {
    *("statement", "question", "label", "meaning", "name", "title", "description", "probe"),
    *("metric", "risk"),
}


def _hostile(text: str) -> State:
    model = _poison(copy.deepcopy(smallmodel.MODEL), text)
    for level in model["evidence_levels"]:
        level["meaning"] = text
    for option in model["scales"]["degree"]["options"]:
        option["meaning"] = text
    model["standards"] = {"house": {"title": text, "edition": text, "clauses": {"1.2": text}}}
    questionnaire = _poison(copy.deepcopy(smallmodel.QUESTIONNAIRE), text)
    item = questionnaire["items"]["greeting"]["basic"][0]
    item |= {"probe": text, "evidence": [text, text], "metric": text, "role": "host"}
    item |= {"references": {"house": ["1.2"]}}
    questionnaire["items"]["waiting"]["placement"]["options"] = [text, text, text]
    questionnaire["roles"] = {"host": text}
    questionnaire["sessions"] = [{"id": "one", "name": text, "roles": ["host"], "minutes": "5"}]
    written = {"answer": "yes", "note": text, "reason": text, "by": text}
    state = start(
        definition=smallmodel.definition(model, questionnaire),
        interview=True,
        previous=dict.fromkeys(("g-1", "w-1", "w-place"), written | {"answer": "yes"}),
        answers={"g-2": written},
        context={},
        adaptive=True,
    )
    named = assessment(answers={"g-2": written}).model_copy(update={"organisation": text})
    return talk.go_to(talk.begin(state.script, named), 0)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("size", [(80, 24), (200, 60), (24, 12)], ids=str)
def test_hostile_texts_leave_the_layout_intact(text: str, size: tuple[int, int]) -> None:
    width, height = size
    first = _hostile(text)
    states = [talk.go_to(first, position) for position in range(len(first.script.questions) + 1)]
    item = states[1]
    states += [say(item, *keys) for keys in (["i"], ["w"], ["y"], ["x"], ["j"], ["?"], ["down"])]
    states += [talk.search(say(item, "j"), text)]
    for state in states:
        lines = show(state, width, height)
        assert len(lines) == min(height, height if state.view is View.LIST else 34)
        assert max(map(get_cwidth, lines)) <= width
        assert not [each for line in lines for each in line if not each.isprintable()]


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=300), width=st.integers(2, 120))
def test_wrapping_loses_no_word(text: str, width: int) -> None:
    lines = Paper(80, 24, get_cwidth).wrap(text, width)
    assert max(map(get_cwidth, lines)) <= width
    assert "".join("".join(lines).split()) == "".join(safe(text).split())


@pytest.mark.parametrize(("width", "height"), [(80, 24), (60, 20), (45, 24), (30, 24), (45, 12)])
def test_the_keys_for_help_and_for_quitting_are_named_at_every_size(
    width: int, height: int
) -> None:
    shown = "\n".join(show(start(), width=width, height=height))
    assert "? all keys" in shown
    assert "q quit" in shown
