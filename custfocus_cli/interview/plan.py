"""What is asked and in which order, what is open, what may be skipped, how long it takes: pure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Final, Literal, NamedTuple

from custfocus_cli.documents.assessment import Answer, Assessment, Figures
from custfocus_cli.documents.definition import Definition, Entry
from custfocus_cli.documents.fields import decimal_text
from custfocus_cli.documents.questionnaire import Session
from custfocus_cli.documents.sessions import choose_sitting, find_role
from custfocus_cli.scoring.ladder import (
    build_ladder,
    find_blocking_stage,
    listed_minimums,
    read_ratings,
)
from custfocus_cli.wording.figures import FIGURES, TITLE

Kind = Literal["context", "item", "perception", "placement", "balance", "figure"]


class Question(NamedTuple):
    """One thing that is asked. `entry` is None where the answer is a text that is never scored.

    `heading` says where it stands (characteristic, theme), `part` the stage in words, if any.
    """

    id: str
    kind: Kind
    statement: str
    heading: str
    part: str = ""
    entry: Entry | None = None

    @property
    def rated(self) -> bool:
        """Whether it is answered by a code, and counts in how far the conversation is."""
        return self.entry is not None


NUMBERS: Final = ("programme_cost", "programme_benefit")
"""The figures that are numbers; the others are text."""


# --- what is asked ---------------------------------------------------------------------------


def list_questions(definition: Definition, wanted: Sequence[str] = ()) -> tuple[Question, ...]:
    """Everything that is asked, in order: the context, the questionnaire, the figures.

    With sessions or roles `wanted`, only their questions of the questionnaire; the context and the
    figures come with the first session. Raises CustfocusError where there is no such session or
    role.
    """
    sitting = choose_sitting(definition, wanted) if wanted else None
    asked = definition.entries.values() if sitting is None else sitting.entries
    entries = tuple(_ask(entry, definition) for entry in asked)
    if sitting is not None and not sitting.opens:
        return entries
    context = (
        Question(each.id, "context", each.question, "Context (not scored)")
        for each in definition.questionnaire.context
    )
    figures = (Question(name, "figure", text, TITLE) for name, text in FIGURES.items())
    return (*context, *entries, *(figures if definition.questionnaire.balance else ()))


def name_witness(definition: Definition, wanted: Sequence[str]) -> str | None:
    """Whose word the answers of one session or role are; None for several or none.

    A session with people of one role speaks for that role.
    """
    if len(wanted) != 1:
        return None
    sessions = {each.id: each for each in definition.questionnaire.sessions}
    session = sessions.get(wanted[0])
    return session.roles[0] if session and len(session.roles) == 1 else wanted[0]


def _ask(entry: Entry, definition: Definition) -> Question:
    model = definition.model
    part = ""
    if entry.stage:
        part = f"stage {entry.stage} of {model.top}, {model.stage(entry.stage).name}"
    return Question(entry.id, entry.kind, entry.statement, _head(entry, definition), part, entry)


def _head(entry: Entry, definition: Definition) -> str:
    model = definition.model
    if entry.characteristic is not None:
        return model.characteristic(entry.characteristic).name
    theme = getattr(entry.source, "theme", "")
    name = next((each.name for each in model.themes if each.id == theme), theme)
    return f"Balance check: {name}"


def name_answer(question: Question, code: str) -> str:
    """The words of an answer to a question."""
    entry = question.entry
    if entry is None:
        return code
    if entry.scale is not None:
        return entry.scale.label(code)
    options = getattr(entry.source, "options", ())
    return options[int(code)] if code.isdigit() and int(code) < len(options) else code


# --- what is open ----------------------------------------------------------------------------


def is_answered(question: Question, assessment: Assessment) -> bool:
    """Whether the assessment holds an answer to the question."""
    if question.rated:
        return question.id in assessment.answers
    return bool(find_text(question, assessment))


def find_text(question: Question, assessment: Assessment) -> str:
    """What was written to a question on the context or a figure; empty where nothing was."""
    if question.kind == "context":
        return assessment.context.get(question.id, "")
    value = getattr(assessment.figures, question.id, None)
    return decimal_text(value) if isinstance(value, Fraction) else value or ""


def list_open(
    questions: Sequence[Question], assessment: Assessment, settled: Iterable[str] = ()
) -> tuple[Question, ...]:
    """The rated questions that still want an answer; what is settled wants none."""
    passed = frozenset(settled)
    return tuple(
        each
        for each in questions
        if each.rated and each.id not in passed and not is_answered(each, assessment)
    )


def find_next(
    questions: Sequence[Question],
    assessment: Assessment,
    start: int,
    settled: Iterable[str] = (),
) -> int:
    """The position of the first open question from `start` on; their number if none is.

    Texts that are not scored count too: they are passed once, and may stay open.
    """
    passed = frozenset(settled)
    for position in range(start, len(questions)):
        question = questions[position]
        if question.id not in passed and not is_answered(question, assessment):
            return position
    return len(questions)


def find_start(
    questions: Sequence[Question], assessment: Assessment, settled: Iterable[str] = ()
) -> int:
    """Where a conversation begins: at the first open question.

    One that goes on, because a rated question of it is answered, begins at the first open question
    that is rated, as long as there is one.
    """
    first = find_next(questions, assessment, 0, settled)
    wanting = list_open(questions, assessment, settled)
    goes_on = any(each.rated and is_answered(each, assessment) for each in questions)
    if goes_on and wanting:
        return questions.index(wanting[0])
    return first if wanting or not goes_on else len(questions)


# --- adaptive: what no answer could change -----------------------------------------------------


def find_settled(
    definition: Definition, answers: Mapping[str, Answer], among: Iterable[str] | None = None
) -> Mapping[str, int]:
    """The open items that cannot change the stage of their characteristic, with the stage held.

    Of all characteristics, or of those `among` them: what is settled in one, no other decides.
    Where every item is answered of the cells that hold a stage back whatever is still unknown, the
    stage comes from the cells below and from those alone (domain rules 2.2.5 and 2.2.14): the cells
    that no stage up to the held one looks at are settled.
    """
    model = definition.model
    ratings = read_ratings(answers, model)
    found: dict[str, int] = {}
    for name in definition.questionnaire.items if among is None else among:
        cells = build_ladder(definition, name, ratings).cells
        held = find_blocking_stage(cells, model, high=True)
        if held is None:
            continue
        wanted = {
            item.id for s in listed_minimums(held, model) for item in definition.cell(name, s)
        }
        if not wanted <= answers.keys():
            continue
        deciding = {
            s for lower in range(1, held + 1) for s in (lower, *listed_minimums(lower, model))
        }
        for stage in range(1, model.top + 1):
            if stage not in deciding:
                found |= {
                    item.id: held for item in definition.cell(name, stage) if item.id not in answers
                }
    return found


# --- how an answer changes the file ------------------------------------------------------------


def with_answer(
    assessment: Assessment, definition: Definition, name: str, answer: Answer | None
) -> Assessment:
    """The assessment with that item answered (None: open again), in questionnaire order.

    Answers to items that the questionnaire does not have keep their place after the others.
    """
    answers = {key: each for key, each in assessment.answers.items() if key != name}
    if answer is not None:
        answers[name] = answer
    order = [*definition.entries, *(key for key in answers if key not in definition.entries)]
    return assessment.model_copy(
        update={"answers": {key: answers[key] for key in order if key in answers}}
    )


def with_context(
    assessment: Assessment, definition: Definition, name: str, text: str
) -> Assessment:
    """The assessment with that context question answered, or open where the text is empty."""
    context = {**assessment.context, name: text}
    order = [question.id for question in definition.questionnaire.context]
    order += [key for key in context if key not in order]
    return assessment.model_copy(
        update={"context": {key: context[key] for key in order if context.get(key)}}
    )


def with_figure(assessment: Assessment, name: str, text: str) -> Assessment:
    """The assessment with that figure, or without it where the text is empty.

    The text of a number has the form of a decimal: digits, and up to six places after a point.
    """
    old = assessment.figures
    kept = {key: getattr(old, key) for key in old.model_fields_set} if old else {}
    kept[name] = text or None
    given = {key: kept[key] for key in FIGURES if kept.get(key) is not None}
    figures = Figures.model_validate(given) if given else None
    return assessment.model_copy(update={"figures": figures})


# --- how long it takes -------------------------------------------------------------------------

_PAUSE: Final = 300.0
"""Seconds after which a gap between two answers was a pause, which tells nothing about the pace."""
_FEW: Final = 5
"""Below so many answers the plan of the questionnaire tells more than the pace."""
_LATEST: Final = 20


def estimate_minutes(
    left: int, answered_at: Sequence[float] = (), planned: Fraction | None = None
) -> int | None:
    """The minutes that so many questions take at the pace of the latest answers.

    `answered_at` are the moments of the answers in seconds, `planned` the seconds a question is
    meant to take: alone until there are enough answers, and as much as those few from then on, as a
    burst of easy answers says little about the rest. Rounded up; None where neither is known.
    """
    gaps = [after - before for before, after in pairwise(answered_at)]
    gaps = [gap for gap in gaps if 0 <= gap <= _PAUSE][-_LATEST:]
    each: Fraction | float | None = planned
    if len(gaps) >= _FEW:
        each = sum(gaps) / len(gaps)
        if planned is not None:
            each = (sum(gaps) + _FEW * float(planned)) / (len(gaps) + _FEW)
    return None if each is None else max(1, math.ceil(left * each / 60))


def plan_pace(definition: Definition, wanted: Sequence[str] = ()) -> Fraction | None:
    """The seconds that one question is planned to take, of these sessions and roles; or None.

    Exact, so that all questions take the minutes that are planned and no rounding adds one.
    """
    minutes = definition.questionnaire.minutes
    count = len(definition.entries)
    if wanted:
        sitting = choose_sitting(definition, wanted)
        minutes, count = sitting.minutes, len(sitting.entries)
    return Fraction(minutes * 60, count) if minutes is not None and count else None


class Remainder(NamedTuple):
    """What is left of one session; `minutes` by its plan, None where it has none."""

    session: Session
    unanswered: int
    minutes: int | None


def list_remainders(
    definition: Definition, assessment: Assessment, settled: Iterable[str] = ()
) -> tuple[Remainder, ...]:
    """The sessions with open questions, in the order of the questionnaire."""
    passed = frozenset(settled)
    found = []
    for session in definition.questionnaire.sessions:
        left = list_open(list_questions(definition, [session.id]), assessment, passed)
        if left:
            pace = plan_pace(definition, [session.id])
            minutes = estimate_minutes(len(left), planned=pace)
            found.append(Remainder(session, len(left), minutes))
    return tuple(found)


def count_outside(
    definition: Definition, assessment: Assessment, settled: Iterable[str] = ()
) -> int:
    """How many open questions belong to no session."""
    roles = {role for session in definition.questionnaire.sessions for role in session.roles}
    left = list_open(list_questions(definition), assessment, settled)
    return sum(each.entry is not None and find_role(each.entry) not in roles for each in left)
