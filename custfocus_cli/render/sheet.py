"""A questionnaire as a page to read or print: every item in its place, with what helps to answer.

One walk over the questionnaire serves every format; each writes a heading, a text or an item.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from custfocus_cli.documents.definition import Definition, Entry
from custfocus_cli.documents.model import Scale
from custfocus_cli.documents.questionnaire import BalanceItem, Item, Placement
from custfocus_cli.render.names import name_clauses
from custfocus_cli.render.terminal import Terminal
from custfocus_cli.wording.phrases import counted
from custfocus_cli.wording.safety import safe

_WIDEST = 100


@dataclass(frozen=True, slots=True)
class Heading:
    """The beginning of a chapter; `level` counts from 1."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A statement or question with its id, its answers and what helps to answer it."""

    id: str
    text: str
    facts: tuple[tuple[str, str], ...]


Line = Heading | Asked | str


def write_text(definition: Definition, terminal: Terminal) -> str:
    """The page for a terminal or a plain file."""
    width = min(terminal.width, _WIDEST)
    blocks: list[str] = []
    for line in walk_sheet(definition):
        match line:
            case Heading(level, text):
                shown = safe(text.upper() if level == 1 else text)
                blocks.append(
                    shown if level > 2 else f"{shown}\n{'=-'[level - 1] * min(len(shown), width)}"
                )
            case Asked(name, text, facts):
                lines = [_wrap(f"{name}  {text}", width, " " * (len(name) + 2))]
                lines += (_wrap(f"  {word}: {fact}", width, "    ") for word, fact in facts)
                blocks.append("\n".join(lines))
            case str():
                blocks.append(_wrap(line, width))
    return "\n\n".join(blocks) + "\n"


def _wrap(text: str, width: int, indent: str = "") -> str:
    return textwrap.fill(
        safe(text), max(width, 30), subsequent_indent=indent, break_on_hyphens=False
    )


def walk_sheet(definition: Definition) -> Iterator[Line]:
    """Everything the page says, from the title to the last question."""
    questionnaire = definition.questionnaire
    model = definition.model
    yield Heading(1, definition.title)
    entries = definition.entries.values()
    about = [f"{questionnaire.id} {questionnaire.version}", counted(len(entries), "question")]
    if questionnaire.minutes is not None:
        about.append(f"about {questionnaire.minutes} minutes")
    yield ", ".join(about) + "."
    if questionnaire.description:
        yield questionnaire.description
    for session in questionnaire.sessions:
        roles = ", ".join(questionnaire.role_name(role) for role in session.roles)
        minutes = f", {session.minutes} minutes" if session.minutes is not None else ""
        yield f"Session {session.name} ({session.id}): {roles}{minutes}."
    yield from _walk_scales([e.scale for e in entries if e.scale is not None])
    if questionnaire.context:
        yield Heading(2, "Before you start")
        for question in questionnaire.context:
            yield Asked(question.id, question.question, ())
    yield from _walk_characteristics(definition)
    if questionnaire.balance:
        yield Heading(2, "Balance check")
        for theme in model.themes:
            asked = [b for b in questionnaire.balance if b.theme == theme.id]
            if asked:
                yield Heading(3, theme.name)
                yield theme.risk
                yield from (_ask(definition.entries[each.id], definition) for each in asked)


def _walk_scales(scales: Sequence[Scale]) -> Iterator[Line]:
    """The answers that may be given, each scale once."""
    seen: list[Scale] = []
    for scale in scales:
        if scale in seen:
            continue
        if not seen:
            yield Heading(2, "Answers")
        seen.append(scale)
        facts = tuple(
            (each.code, f"{each.label}. {each.meaning}".strip())
            for each in (*scale.options, scale.dont_know, scale.not_applicable)
            if each is not None
        )
        yield Asked("?", scale.question, facts)


def _walk_characteristics(definition: Definition) -> Iterator[Line]:
    model = definition.model
    for name, block in definition.questionnaire.items.items():
        characteristic = model.characteristic(name)
        yield Heading(2, characteristic.name)
        if characteristic.description:
            yield characteristic.description
        for number, stage in enumerate(model.stages, start=1):
            items = definition.cell(name, number)
            if items:
                yield Heading(3, f"Stage {number}, {stage.name}")
                if stage.id in characteristic.stages:
                    yield characteristic.stages[stage.id]
                yield from (_ask(definition.entries[item.id], definition) for item in items)
        if block.perception:
            yield Heading(3, "As it is seen")
            yield from (_ask(definition.entries[item.id], definition) for item in block.perception)
        if block.placement is not None:
            yield _ask(definition.entries[block.placement.id], definition)


def _ask(entry: Entry, definition: Definition) -> Asked:
    return Asked(entry.id, entry.statement, tuple(_facts(entry.source, definition)))


def _facts(
    source: Item | BalanceItem | Placement, definition: Definition
) -> Iterator[tuple[str, str]]:
    """What helps to answer, each fact with its word."""
    if isinstance(source, Placement):
        for number, option in enumerate(source.options):
            yield str(number), option
        return
    if source.probe:
        yield "Ask", source.probe
    if source.evidence:
        yield "Evidence", "; ".join(source.evidence)
    if source.role:
        yield "Whom", definition.questionnaire.role_name(source.role)
    if not source.allow_na:
        yield "Note", "applies to every organisation"
    if isinstance(source, Item):
        if source.metric:
            yield "Metric", source.metric
        clauses = name_clauses(definition.model, source.references)
        if clauses:
            yield "See", "; ".join(clauses)
