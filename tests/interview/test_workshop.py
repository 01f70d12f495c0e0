"""Workshops: what is talked about and in which order, what is shown of it, and what is recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import pytest
import smallmodel
from hypothesis import given as generated
from hypothesis import settings
from hypothesis import strategies as st
from interview.talking import NOW, assessment, given, read, say, shipped
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput
from prompt_toolkit.utils import get_cwidth

from custfocus_cli.documents.assessment import Assessment
from custfocus_cli.documents.checks import check_assessment
from custfocus_cli.documents.definition import Definition
from custfocus_cli.documents.tally import COUNTED, LEAST
from custfocus_cli.interview.conversation import Script, State, View, begin
from custfocus_cli.interview.keys import list_keys
from custfocus_cli.interview.prompts import hold
from custfocus_cli.interview.screen import Paper, draw
from custfocus_cli.interview.workshop import Topic, Workshop, list_topics, measure_spread
from custfocus_cli.interview.workshop import plan_workshop as plan
from custfocus_cli.scoring.panel import panel

DESK = smallmodel.definition()


def person(mode: str = "survey", role: str | None = None, **answers: Any) -> Assessment:
    """A respondent's answers, by item with `_` for `-`."""
    named = {name.replace("_", "-"): given for name, given in answers.items()}
    who = {"respondent": {"role": role}} if role else {}
    return assessment(mode=mode, answers=named, **who)


def meet(
    *people: Assessment, definition: Definition = DESK, before: Sequence[str] = ()
) -> Workshop:
    return plan(panel(people, definition), definition, before)


def everybody(**answers: str) -> list[Assessment]:
    """One respondent for each letter: `g_1="nny"` is what three said to g-1."""
    words = {"n": "no", "h": "half", "y": "yes", "-": "never", "+": "daily"}
    count = len(next(iter(answers.values())))
    return [
        person(**{name: words.get(said[n], said[n]) for name, said in answers.items()})
        for n in range(count)
    ]


# --- what is talked about, and in which order ----------------------------------------------------


def test_the_widest_range_comes_first_then_the_deviation_then_the_questionnaire() -> None:
    people = everybody(
        g_1="nyyyy",  # range 2 of 2; mean 8/5, deviation (8/5 + 4 x 2/5)/5 = 16/25 of 2: 8/25
        g_2="hhhhh",  # no difference
        g_p="--+++",  # what people perceive is not for a workshop to settle
        w_1="nnyyh",  # range 2 of 2; mean 1, deviation 4/5 of 2: 2/5
        w_2="hhhyy",  # one point of two: no disagreement
        w_place="02222",  # as g-1, and after it in the questionnaire
        b_sign="--+++",  # range 1 of 1; mean 3/5, deviation (2 x 3/5 + 3 x 2/5)/5 = 12/25 of 1
    )
    assert list(meet(*people).topics) == ["b-sign", "w-1", "g-1", "w-place"]


def test_a_narrower_range_comes_after_a_wider_one_whatever_the_deviation() -> None:
    team = shipped("team-36")
    people = [
        person(sv_1a=first, sv_2a=second)
        for first, second in zip("NNNLLL", "NFFFFF", strict=True)  # 2 and 3 points of 3
    ]
    assert list(meet(*people, definition=team).topics) == ["sv-2a", "sv-1a"]


@pytest.mark.parametrize(
    ("said", "range_", "deviation"),
    [
        ("nnyyh", Fraction(1), Fraction(2, 5)),
        ("nyyyy", Fraction(1), Fraction(8, 25)),
        ("nnyy", Fraction(1), Fraction(0)),  # four ratings: no deviation is given
        ("hhhhh", Fraction(0), Fraction(0)),
        ("h", Fraction(0), Fraction(0)),
    ],
)
def test_spreads_are_shares_of_the_scale(said: str, range_: Fraction, deviation: Fraction) -> None:
    nobody = person(g_2="no")  # so that there is a panel
    heard = panel([*everybody(g_1=said), nobody], DESK)
    assert measure_spread(heard.voices["g-1"], DESK.entries["g-1"]) == (range_, deviation)


def test_what_was_agreed_before_stays_and_what_another_workshop_settled_is_left_out() -> None:
    people = everybody(g_1="nyyyy", g_2="hhhhh", w_1="nnyyh")
    other = person(w_1={"answer": "yes", "note": "Seen.", "agreed": True})
    assert list(meet(*people, other).topics) == ["g-1"]
    assert list(meet(*people, other, before=["g-2", "b-sign"]).topics) == ["g-1", "g-2", "b-sign"]
    assert meet(*people, before=["b-sign"]).topics["b-sign"] == Topic(0)


def test_the_questions_stand_in_the_order_of_the_talk() -> None:
    workshop = meet(*everybody(g_1="nyyyy", w_1="nnyyh"))
    assert [each.id for each in list_topics(workshop, DESK)] == ["w-1", "g-1"]


_PEOPLE = st.lists(
    st.builds(
        person,
        mode=st.sampled_from(["survey", "self", "interview"]),
        role=st.sampled_from([None, "host", "night-porter"]),
        g_1=st.sampled_from(["no", "half", "yes", "DK"]),
        g_p=st.sampled_from(["never", "daily"]),
        w_1=st.sampled_from(["no", "yes"]),
        w_place=st.sampled_from(["0", "1", "2", "DK"]),
    ),
    min_size=2,
    max_size=9,
)


@settings(max_examples=60, deadline=None)
@generated(_PEOPLE, st.randoms(use_true_random=False))
def test_the_order_is_total_and_none_of_it_depends_on_who_is_named_first(
    people: list[Assessment], chance: Any
) -> None:
    heard = panel(people, DESK)
    workshop = plan(heard, DESK)
    differ = {n for n, each in heard.voices.items() if each.disagreement}
    assert set(workshop.topics) == differ - {"g-p"}
    order = list(DESK.entries)
    ranks = [
        (*(-each for each in measure_spread(heard.voices[n], DESK.entries[n])), order.index(n))
        for n in workshop.topics
    ]
    assert ranks == sorted(ranks)
    chance.shuffle(people)
    again = plan(panel(people, DESK), DESK).topics
    assert list(again) == list(workshop.topics)
    assert [each.counts for each in again.values()] == [
        each.counts for each in workshop.topics.values()
    ]


# --- what is shown -------------------------------------------------------------------------------


def test_a_rating_is_shown_from_five_answers_on_and_a_distribution_from_ten() -> None:
    assert meet(*everybody(g_1="nyyy")).topics == {"g-1": Topic(4)}
    for n in (5, 9):
        assert meet(*everybody(g_1="n" + "y" * (n - 1))).topics == {"g-1": Topic(n, rating="yes")}
    assert meet(*everybody(g_1="nyyyyyyyyy")).topics == {
        "g-1": Topic(10, {"no": 1, "yes": 9}, "yes"),
    }


def test_interviews_name_roles_and_nobody_else() -> None:
    staffed = smallmodel.definition(questionnaire=smallmodel.staffed_data())
    people = [
        person("interview", "host", g_1={"answer": "no", "by": "Anna Berg"}),
        person("interview", g_1={"answer": "yes", "by": "host"}),
        person("interview", "night-porter", g_1="yes"),
        person("interview", g_1={"answer": "yes", "by": "Carl Dorn"}),
    ]
    assert meet(*people, definition=staffed).topics["g-1"] == Topic(
        4,
        {"no": 1, "yes": 3},
        "yes",
        {"no": ("Host of the day",), "yes": ("Host of the day", "night porter")},
    )


def test_surveys_among_interviews_stay_anonymous() -> None:
    interviews = [person("interview", "host", g_1="no")] * 3
    assert meet(*interviews, *everybody(g_1="yyyy")).topics["g-1"] == Topic(7)
    assert meet(*interviews, *everybody(g_1="yyyyy")).topics["g-1"] == Topic(8, rating="yes")
    shown = Topic(13, {"no": 3, "yes": 10}, "yes")
    assert meet(*interviews, *everybody(g_1="y" * 10)).topics["g-1"] == shown


@settings(max_examples=60, deadline=None)
@generated(_PEOPLE)
def test_nothing_is_shown_of_few_who_were_promised_anonymity(people: list[Assessment]) -> None:
    for name, topic in meet(*people).topics.items():
        anonymous = [each for each in people if name in each.answers and each.mode != "interview"]
        assert topic.answered == len(people)
        if 0 < len(anonymous) < LEAST:
            assert topic == Topic(len(people))
        if 0 < len(anonymous) < COUNTED:
            assert not topic.counts
        if anonymous:
            assert not topic.speakers


# --- the talk ------------------------------------------------------------------------------------


def start(*people: Assessment, evidence: bool = False, **agreed: Any) -> State:
    """The first moment of a workshop about these people's answers."""
    people = people or tuple(everybody(g_1="nnyyh", w_1="nyyyy"))
    named = {name.replace("_", "-"): each for name, each in agreed.items()}
    workshop = meet(*people, before=tuple(named))
    script = Script(
        DESK,
        list_topics(workshop, DESK),
        file="agreed.yaml",
        by="workshop",
        asks_evidence=evidence,
        workshop=workshop,
    )
    return begin(script, assessment(answers=named))


AGREED: Mapping[str, Any] = {"by": "workshop", "agreed": True}


def test_every_agreed_rating_has_its_reason() -> None:
    state = say(start(), "y")
    assert (state.view, state.text, given(state)) == (View.TEXT, "", {})
    refused = say(state, '" "')
    assert refused.news == ("Please say why; Esc goes back without an answer.",)
    assert given(refused) == {}
    assert say(state, "escape").view is View.QUESTION
    state = say(state, '"The list hangs at the door."', "h", '"On some days."')
    assert given(state) == {
        "g-1": {"answer": "yes", "note": "The list hangs at the door.", **AGREED},
        "w-1": {"answer": "half", "note": "On some days.", **AGREED},
    }
    assert state.view is View.CLOSING
    assert list(check_assessment(state.assessment, DESK)) == []


def test_what_does_not_apply_and_what_nobody_knows_have_one_too() -> None:
    state = say(start(), "d", '"Ask the porter."', "x", '"Nobody waits here."')
    assert given(state) == {
        "g-1": {"answer": "DK", "note": "Ask the porter.", **AGREED},
        "w-1": {"answer": "NA", "reason": "Nobody waits here.", **AGREED},
    }
    state = say(state, "left", "y")
    assert state.text == "Nobody waits here."  # to be changed, not typed again
    assert given(say(state, '"Guests do wait."'))["w-1"] == {
        **{"answer": "yes", "note": "Guests do wait."},
        **AGREED,
    }


def test_a_rating_that_was_agreed_is_agreed_anew_with_another_reason() -> None:
    state = start(g_1={"answer": "no", "note": "At first.", **AGREED})
    state = say(state, "left", "x")
    assert state.text == "At first."
    assert given(say(state, '"Later."'))["g-1"] == {"answer": "NA", "reason": "Later.", **AGREED}


def test_the_reason_can_be_changed_and_never_taken_away() -> None:
    state = say(start(), "y", '"First."', "left", "w")
    assert state.text == "First."
    assert say(state, '"Second."').assessment.answers["g-1"].note == "Second."
    empty = say(state, '""')
    assert empty.news == ("What is agreed keeps its reason; Esc leaves it as it was.",)
    assert empty.assessment == state.assessment


def test_a_reason_can_come_before_the_rating() -> None:
    state = say(start(), "w", '"We counted."', "y")
    assert state.text == "We counted."


def test_in_a_panel_of_interviews_evidence_follows_the_reason() -> None:
    people = [person("interview", "host", g_1=code) for code in ("no", "yes")]
    state = say(start(*people, evidence=True), "Y", '"We saw it."')  # a capital asks for it too
    assert state.view is View.EVIDENCE
    assert given(state) == {"g-1": {"answer": "yes", "note": "We saw it.", **AGREED}}
    state = say(state, "1")
    assert given(state)["g-1"] == {
        **{"answer": "yes", "evidence": 1, "note": "We saw it."},
        **AGREED,
    }


def test_undo_and_delete_open_an_item_again() -> None:
    state = say(start(), "y", '"Seen."')
    undone = say(state, "z")
    assert (given(undone), undone.question.id) == ({}, "g-1")
    assert say(undone, "h").text == "Seen."  # the words are kept for the next rating
    assert given(say(state, "left", "delete")) == {}


def test_items_can_be_skipped_and_come_back() -> None:
    state = say(start(), "right")
    assert state.news == ("g-1 stays open; Tab comes back to it.",)
    assert say(state, "n", '"No list."').question.id == "w-1"
    assert say(state, "n", '"No list."', "tab").question.id == "g-1"


def test_growth_is_that_of_the_panel_with_what_is_agreed() -> None:
    # The panel rates g-1 half and g-2 yes; stage 1 needs g-1 at yes, stage 2 g-2 as well.
    people = everybody(g_1="nnyyh", g_2="yyyyy", w_1="nyyyy")
    state = say(start(*people), "y", '"Seen."')
    assert state.news == (
        "Saved: g-1, Yes.",
        "Greeting: stage 2 of 2 so far.",
    )


def test_no_key_takes_over_what_no_year_before_has() -> None:
    assert "u" not in {key.name for key in list_keys(start())}


# --- screens -------------------------------------------------------------------------------------


def show(state: State, width: int = 80, height: int = 24) -> list[str]:
    return read(draw(state, Paper(width, height, get_cwidth)))


def test_a_screen_shows_how_many_chose_what() -> None:
    team = shipped("team-36")
    codes = ["N"] * 4 + ["P"] * 7 + ["F"] * 8 + ["DK"]
    workshop = meet(*(person(sv_1a=code) for code in codes), definition=team)
    script = Script(team, list_topics(workshop, team), file="agreed.yaml", workshop=workshop)
    assert show(begin(script, assessment())) == [
        " Question 1 of 1  ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░  1 open",
        "",
        " Service vision and values / stage 1 of 3, Quality service                sv-1a",
        "",
        " A written service vision is available to all staff.",
        "",
        " Respondents: 20 answered; so far it counts as Partly in place.",
        "",
        " How far is this in place today?",
        " n  Not in place      ████ 4",
        " p  Partly in place   ███████ 7",
        " l  Largely in place  0",
        " f  Fully in place    ████████ 8",
        " d  Don't know        █ 1",
        *[""] * 6,
        " One item on which respondents differ, widest apart first.",
        "-- Press the letter of the rating that you agree on. ---------------------------",
        " Left back   Right next   w write the reason   i more about it   z undo",
        " j jump   ? all keys   q quit",
    ]


def test_a_screen_hides_what_few_said() -> None:
    assert show(start(*everybody(g_1="nyyy")), 60, 16) == [
        " Question 1 of 1  ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░  1 open",
        "",
        " Greeting / stage 1 of 2, Basic                         g-1",
        " Guests are greeted.",
        " Respondents: they differ; too few answered to show how",
        "              many chose what.",
        " How far?",
        *(" n  No", " h  Half", " y  Yes", " d  Don't know", " x  Does not apply"),
        " One item on which respondents differ, widest apart first.",
        "-- Press the letter of the rating that you agree on. -------",
        " Left back   Right next   w write the reason",
        " i more about it   z undo   j jump   ? all keys   q quit",
    ]
    assert show(start(*everybody(g_1="nyyy")))[6] == (
        " Respondents: they differ; too few answered to show how many chose what."
    )


def test_where_words_are_long_the_bar_stands_before_them() -> None:
    pulse = shipped("pulse-12")
    name = "pl-whole-organisation"
    people = [assessment(mode="survey", answers={name: code}) for code in "0000113333"]
    workshop = meet(*people, definition=pulse)
    script = Script(pulse, list_topics(workshop, pulse), workshop=workshop)
    shown = show(begin(script, assessment()))
    assert [line.split(":")[0] for line in shown if line[:4].strip() in tuple("0123d")] == [
        *(" 0  ████████ 4", " 1  ████ 2", " 2  0", " 3  ████████ 4", " d  0"),
    ]
    assert " d  0: Don't know" in shown


def test_a_checklist_has_places_and_no_stage() -> None:
    clauses = shipped("iso9001-readiness")
    names = list(clauses.entries)
    people = [
        assessment(mode="survey", answers=dict.fromkeys(names, "F") | {names[0]: code})
        for code in "NFFFF"
    ]
    workshop = meet(*people, definition=clauses)
    script = Script(clauses, list_topics(workshop, clauses), workshop=workshop)
    state = say(begin(script, assessment()), "n", '"There is none."')
    assert [line for line in show(state) if line.startswith(" In place so far: 24 of 25")]


def test_the_closing_page_says_what_is_agreed_and_what_is_left() -> None:
    state = say(start(*everybody(g_1="nnyyh", w_1="nyyyy", w_place="02222")), "y", '"Seen."')
    assert show(say(state, "right", "right"))[:11] == [
        " Hall",
        "",
        " Two questions of this run still open.",
        "",
        " One of three items on which respondents differ is agreed, two left.",
        " Agreed: g-1 Yes.",
        " Left: w-1, w-place.",
        " With this, the organisation stands at stage 1 to 2.",
        "",
        " ●◐ Greeting: stage 1 to 2  ●◐ Waiting: stage 1 to 2",
        "",
    ]


def test_a_workshop_that_is_done_opens_at_its_end() -> None:
    answer = {"answer": "yes", "note": "Seen.", **AGREED}
    state = start(*everybody(g_1="nnyyh"), g_1=answer)
    assert (state.view, state.news) == (View.CLOSING, ())
    assert " One item on which respondents differ: all are agreed." in show(state)


@settings(max_examples=40, deadline=None)
@generated(_PEOPLE, st.integers(1, 120), st.integers(1, 40))
def test_every_screen_keeps_to_the_terminal(
    people: list[Assessment], width: int, height: int
) -> None:
    if not meet(*people).topics:
        return
    state = start(*people, evidence=True)
    for keys in ([], ["i"], ["y"], ["?"], ["j"], ["w"]):
        lines = show(say(state, *keys), width, height)
        assert len(lines) <= height
        assert all(get_cwidth(line) <= width for line in lines)


# --- in the terminal -----------------------------------------------------------------------------


def test_each_agreed_rating_is_saved_before_the_next_item() -> None:
    saved: list[Assessment] = []
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        pipe.send_text("y\rIt hangs there.\rnNo.\r\r")
        after = hold(start(), saved.append, lambda: NOW)
    assert [list(each.answers) for each in saved] == [["g-1"], ["g-1", "w-1"]]
    assert after.view is View.ENDED
    assert given(after)["w-1"] == {"answer": "no", "note": "No.", **AGREED}
