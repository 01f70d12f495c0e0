"""The plan of the conversation: order, headings, what is open, and how an answer is recorded."""

from __future__ import annotations

from typing import Any

import smallmodel

from custfocus_cli.documents.assessment import Answer, Assessment
from custfocus_cli.interview.plan import first_open, questions, with_answer, with_context

DEFINITION = smallmodel.definition()


def _assessment(**keys: Any) -> Assessment:
    written = {"questionnaire": {"id": "desk-4"}, "organisation": "Hall", "date": "2026-03-01"}
    return Assessment.model_validate(written | keys)


def test_questions_come_in_order_each_with_its_place() -> None:
    assert [(q.number, q.total, q.entry.id, q.heading) for q in questions(DEFINITION)] == [
        (1, 8, "g-1", "Greeting / Basic"),
        (2, 8, "g-2", "Greeting / Good"),
        (3, 8, "g-p", "Greeting"),
        (4, 8, "w-1", "Waiting / Basic"),
        (5, 8, "w-2", "Waiting / Good"),
        (6, 8, "w-place", "Waiting"),
        (7, 8, "b-guard", "Cost"),
        (8, 8, "b-sign", "Cost"),
    ]


def test_the_first_open_question_is_the_first_without_an_answer() -> None:
    asked = questions(DEFINITION)
    answers = _assessment(answers={"g-1": "yes", "g-p": "daily", "w-1": "DK"}).answers
    assert [first_open(asked, answers, start) for start in (0, 1, 2, 3, 8)] == [1, 1, 4, 4, 8]
    assert first_open(asked, dict.fromkeys(DEFINITION.entries, Answer(answer="yes"))) == 8


def test_an_answer_takes_its_place_in_questionnaire_order() -> None:
    before = _assessment(answers={"old-item": "yes", "b-sign": "never", "g-2": "no"})
    after = with_answer(before, DEFINITION, "g-1", Answer(answer="half"))
    assert list(after.answers) == ["g-1", "g-2", "b-sign", "old-item"]
    assert list(before.answers) == ["old-item", "b-sign", "g-2"]


def test_an_answer_given_again_takes_the_place_of_the_old_one() -> None:
    before = _assessment(answers={"g-1": {"answer": "no", "note": "Nobody there."}})
    after = with_answer(before, DEFINITION, "g-1", Answer(answer="yes"))
    assert after.answers == {"g-1": Answer(answer="yes")}


def test_context_answers_are_kept_in_order() -> None:
    after = with_context(_assessment(), DEFINITION, "cx-who", "Everybody.")
    assert after.context == {"cx-who": "Everybody."}
