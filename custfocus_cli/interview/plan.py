"""What is asked and in which order, what is open, and how an answer changes the file: pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from custfocus_cli.documents.assessment import Answer, Assessment
from custfocus_cli.documents.definition import Definition, Entry


class Question(NamedTuple):
    """One entry of the questionnaire in the order of the interview; `number` counts from 1."""

    entry: Entry
    number: int
    total: int
    heading: str


def questions(definition: Definition) -> tuple[Question, ...]:
    """Every question of the questionnaire, in its order."""
    entries = definition.entries.values()
    return tuple(
        Question(entry, number, len(entries), _heading(entry, definition))
        for number, entry in enumerate(entries, start=1)
    )


def _heading(entry: Entry, definition: Definition) -> str:
    """Where a question stands: characteristic and stage, or the theme of the balance check."""
    model = definition.model
    if entry.characteristic is None:
        theme = getattr(entry.source, "theme", "")
        return next((each.name for each in model.themes if each.id == theme), theme)
    name = model.characteristic(entry.characteristic).name
    return f"{name} / {model.stage(entry.stage).name}" if entry.stage else name


def first_open(asked: Sequence[Question], answers: Mapping[str, Answer], start: int = 0) -> int:
    """The position of the first unanswered question from `start` on; their number if none is."""
    for position in range(start, len(asked)):
        if asked[position].entry.id not in answers:
            return position
    return len(asked)


def with_answer(
    assessment: Assessment, definition: Definition, name: str, answer: Answer
) -> Assessment:
    """The assessment with that item answered, its answers in questionnaire order.

    Answers to items that the questionnaire does not have keep their place after the others.
    """
    answers = {**assessment.answers, name: answer}
    order = [*definition.entries, *(key for key in answers if key not in definition.entries)]
    return assessment.model_copy(
        update={"answers": {key: answers[key] for key in order if key in answers}}
    )


def with_context(
    assessment: Assessment, definition: Definition, name: str, text: str
) -> Assessment:
    """The assessment with that context question answered, in questionnaire order."""
    context = {**assessment.context, name: text}
    order = [question.id for question in definition.questionnaire.context]
    return assessment.model_copy(
        update={"context": {key: context[key] for key in order if key in context}}
    )
