"""What the answers say so far: the ladder as it grows, what is open, what remains: pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from custfocus_cli.documents.assessment import Assessment
from custfocus_cli.documents.definition import Definition
from custfocus_cli.documents.model import Model
from custfocus_cli.interview.plan import (
    Question,
    Remainder,
    count_outside,
    find_settled,
    is_answered,
    list_open,
    list_questions,
    list_remainders,
    name_answer,
)
from custfocus_cli.interview.workshop import Workshop, list_topics
from custfocus_cli.scoring.ladder import Ladder, build_ladder, read_ratings, read_together
from custfocus_cli.scoring.scorecard import build_ladders, resolve_target
from custfocus_cli.scoring.steps import Answers, find_needs
from custfocus_cli.wording.phrases import count, counted, listed, sentence, without_stop
from custfocus_cli.wording.signs import draw_ladder
from custfocus_cli.wording.verdicts import place, stage_range

SHOWN_IDS = 6
SHOWN_TOPICS = 12


class Standing(NamedTuple):
    """A characteristic with its ladder so far, as signs and in words: `●◐· stage 1 to 2`."""

    name: str
    ladder: str
    stage: str


class Outlook(NamedTuple):
    """Where a conversation stands when it pauses: every sentence, and the sessions that remain.

    `outside` counts open questions of no session.
    """

    sentences: tuple[str, ...]
    unanswered: int
    remainders: tuple[Remainder, ...]
    outside: int
    standings: tuple[Standing, ...]


def describe_ladder(definition: Definition, assessment: Assessment, characteristic: str) -> str:
    """One line on a characteristic: its stage so far, and the items that hold it there.

    Empty where nothing of it is measured; of a checklist it says whether all of it is in place.
    """
    model = definition.model
    if not any(definition.cell(characteristic, stage) for stage in range(1, model.top + 1)):
        return ""
    answers = Answers(definition, assessment.answers, read_ratings(assessment.answers, model))
    ladder = build_ladder(definition, characteristic, answers.ratings)
    name = model.characteristic(characteristic).name
    reading = ladder.reading
    if reading.stage_low is None or reading.stage_high is None:
        return f"{name}: no stage." if ladder.applicable else f"{name}: does not apply."
    stage = stage_range(reading.stage_low, reading.stage_high)
    line = f"{name}: stage {stage} of {model.top} so far"
    if model.is_checklist:
        line = f"{name}: {place(reading.stage_low, reading.stage_high)}"
    needs = find_needs(ladder, model.top, answers)
    if needs.blockers:
        holds = "holds" if len(needs.blockers) == 1 else "hold"
        there = "back" if model.is_checklist else "there"
        line += f"; {listed(needs.blockers, SHOWN_IDS)} {holds} it {there}"
    if needs.questions:
        word = "find out" if model.is_checklist else "not known yet"
        line += f"; {word}: {listed(needs.questions, SHOWN_IDS)}"
    return f"{line}."


def look_ahead(
    definition: Definition, assessment: Assessment, *, adaptive: bool = False
) -> Outlook:
    """Where the whole assessment stands, whatever part of it this conversation asked."""
    settled = find_settled(definition, assessment.answers) if adaptive else {}
    questions = list_questions(definition)
    left = list_open(questions, assessment, settled)
    ratings = read_ratings(assessment.answers, definition.model)
    ladders = tuple(build_ladders(definition, ratings).values())
    total = len(definition.entries)
    sentences = [_count_open(total, len(left), settled)]
    sentences += _judge_open(definition, [each.id for each in left], ladders)
    if settled:
        sentences.append(
            f"Adaptive: {counted(len(settled), 'question')} saved, as no answer there can change"
            " a stage; the index is a range."
        )
    sentences += _name_texts(questions, assessment)
    remainders = list_remainders(definition, assessment, settled)
    outside = count_outside(definition, assessment, settled) if remainders else 0
    standings = tuple(_list_standings(definition, assessment, ladders))
    return Outlook(tuple(sentences), len(left), remainders, outside, standings)


def look_at_workshop(definition: Definition, workshop: Workshop, agreed: Assessment) -> Outlook:
    """Where a workshop stands when it pauses: what is agreed, and what that makes of the panel."""
    left = [name for name in workshop.topics if name not in agreed.answers]
    whole = workshop.fill_in(agreed)
    ladders = tuple(
        build_ladders(definition, read_ratings(whole.answers, definition.model)).values()
    )
    sentences = [_count_agreed(len(workshop.topics), len(left))]
    asked = list_topics(workshop, definition)
    settled = [f"{each.id} {_name(each, agreed)}" for each in asked if each.id not in left]
    for what, names in (("Agreed", settled), ("Left", left)):
        if names:
            sentences.append(f"{what}: {listed(names, SHOWN_TOPICS)}.")
    reading = read_together(ladders, definition.model)
    low, high = reading.stage_low, reading.stage_high
    if definition.model.is_checklist:
        sentences.append(_count_places(definition.model, ladders))
    elif low is not None and high is not None:
        name = f", {definition.model.stage(low).name}" if low == high else ""
        stage = stage_range(low, high)
        sentences.append(f"With this, the organisation stands at stage {stage}{name}.")
    standings = tuple(_list_standings(definition, whole, ladders))
    return Outlook(tuple(sentences), len(left), (), 0, standings)


def _name(question: Question, agreed: Assessment) -> str:
    return without_stop(name_answer(question, agreed.answers[question.id].answer))


def _count_agreed(total: int, left: int) -> str:
    if not left:
        return f"{sentence(counted(total, 'item'))} on which respondents differ: all are agreed."
    agreed = f"{count(total - left)} of {count(total)} items on which respondents differ"
    return f"{sentence(agreed)} {'is' if total - left == 1 else 'are'} agreed, {count(left)} left."


def _name_texts(questions: Sequence[Question], assessment: Assessment) -> list[str]:
    """What is open of the questions that are not scored."""
    left = [each for each in questions if not each.rated and not is_answered(each, assessment)]
    context = sum(each.kind == "context" for each in left)
    figures = len(left) - context
    named = []
    if context:
        named.append(counted(context, "question on the context", "questions on the context"))
    if figures:
        named.append(counted(figures, "figure"))
    return [f"Open beside, and not scored: {' and '.join(named)}."] if named else []


def _list_standings(
    definition: Definition, assessment: Assessment, ladders: Sequence[Ladder]
) -> Iterator[Standing]:
    """Each characteristic that has a stage, measured against the target as the scorecard is."""
    model = definition.model
    target, _ = resolve_target(assessment.target, model)
    for ladder in ladders:
        low, high = ladder.reading.stage_low, ladder.reading.stage_high
        if low is None or high is None:
            continue
        begun = any(
            item.id in assessment.answers
            for stage in range(1, model.top + 1)
            for item in definition.cell(ladder.id, stage)
        )
        yield Standing(
            model.characteristic(ladder.id).name,
            draw_ladder(
                low,
                high if begun else low,
                target.characteristics.get(ladder.id, target.default),
                model.top,
            ),
            _say_place(low, high, model) if begun else "not asked yet",
        )


def _say_place(low: int, high: int, model: Model) -> str:
    return place(low, high) if model.is_checklist else f"stage {stage_range(low, high)}"


def _count_open(total: int, left: int, settled: Mapping[str, int]) -> str:
    if left:
        return f"{left} of {total} questions {'is' if left == 1 else 'are'} open."
    if settled:
        return f"{total - len(settled)} of {total} questions are answered, no other is needed."
    return f"All {total} questions are answered."


def _judge_open(
    definition: Definition, left: Sequence[str], ladders: Sequence[Ladder]
) -> list[str]:
    """The stage of the organisation so far, and whether what is open could change it."""
    reading = read_together(ladders, definition.model)
    low, high = reading.stage_low, reading.stage_high
    if low is None or high is None:
        return []
    if definition.model.is_checklist:
        return [_count_places(definition.model, ladders)]
    said = f"The organisation stands at stage {stage_range(low, high)}"
    open_items = [name for name in left if definition.entries[name].kind == "item"]
    if low != high:
        why = "what is open decides" if open_items else "answers that nobody knows decide"
        return [f"{said}: {why}."]
    name = definition.model.stage(low).name
    if not open_items:
        return [f"{said}, {name}."]
    moving = [each for each in ladders if each.reading.stage_low != each.reading.stage_high]
    if moving:
        count = counted(len(moving), "characteristic")
        return [f"{said}, {name}; what is open cannot change that, but {count} could still move."]
    return [f"{said}, {name}; what is open cannot change any stage, only the index."]


def _count_places(model: Model, ladders: Sequence[Ladder]) -> str:
    """How much of a checklist is in place so far."""
    counting = [ladder.reading.stage_low for ladder in ladders if ladder.included]
    whole = counted(len(counting), model.noun)
    return f"In place so far: {sum(low == 1 for low in counting)} of {whole}."
