"""A conversation as a test tells it: a start, keys and words, and what became of them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import smallmodel

from custfocus_cli.documents.assessment import Answer, Assessment
from custfocus_cli.documents.definition import Definition
from custfocus_cli.files.catalogue import Catalogue
from custfocus_cli.interview import conversation as talk
from custfocus_cli.interview.conversation import Moment, Script, State, View, begin
from custfocus_cli.interview.keys import press
from custfocus_cli.interview.plan import list_questions, plan_pace
from custfocus_cli.interview.screen import Line, Screen

TODAY = datetime.date(2026, 3, 2)
NOW = Moment(TODAY, 0.0)


def assessment(**keys: Any) -> Assessment:
    written = {"questionnaire": {"id": "desk-4"}, "organisation": "Hall", "date": "2026-03-01"}
    return Assessment.model_validate(written | keys)


def start(
    *,
    definition: Definition | None = None,
    wanted: Sequence[str] = (),
    answers: Mapping[str, Any] | None = None,
    previous: Mapping[str, Any] | None = None,
    interview: bool = False,
    by: str | None = None,
    adaptive: bool = False,
    context: Mapping[str, str] | None = None,
    texts: Mapping[str, str] | None = None,
) -> State:
    """The first moment of a conversation on the small questionnaire, its context answered."""
    asked = definition or smallmodel.definition()
    known = {"cx-who": "Everybody."} if context is None and definition is None else context or {}
    script = Script(
        asked,
        list_questions(asked, wanted),
        file="hall.yaml",
        by=by,
        previous=assessment(answers=previous or {}, context=texts or {}),
        previous_year="2025" if previous or texts else "",
        asks_evidence=interview,
        adaptive=adaptive,
        pace=plan_pace(asked),
    )
    return begin(script, assessment(answers=answers or {}, context=known))


def shipped(name: str) -> Definition:
    return Catalogue().find(name)


def say(state: State, *keys: str) -> State:
    """The state after these keys; what begins with a quote is typed into the field, then Enter."""
    for key in keys:
        if key.startswith('"'):
            assert state.view is View.TEXT, f"no field to type {key} into"
            state = talk.write(state, key.strip('"'), NOW)
        else:
            state = press(state, key, NOW)
    return state


def at(state: State, seconds: float, key: str) -> State:
    return press(state, key, Moment(TODAY, seconds))


def given(state: State) -> dict[str, dict[str, Any]]:
    """Every answer as it would be written, without its day."""
    return {
        name: answer.model_dump(exclude_unset=True, exclude={"on"})
        for name, answer in state.assessment.answers.items()
    }


def codes(state: State) -> dict[str, str]:
    return {name: answer.answer for name, answer in state.assessment.answers.items()}


def all_answered(definition: Definition, code: str = "yes") -> dict[str, Answer]:
    return dict.fromkeys(definition.entries, Answer(answer=code))


def texts(lines: Iterable[Line]) -> list[str]:
    """The lines of a screen as they are read."""
    return ["".join(text for _, text in line).rstrip() for line in lines]


def read(screen: Screen) -> list[str]:
    """All lines of a screen, those of the field empty."""
    return [*texts(screen.above), *[""] * screen.field, *texts(screen.below)]


def without_news(state: State) -> State:
    return replace(state, news=())
