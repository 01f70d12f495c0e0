"""A questionnaire as a page to read or print: every item in its place, with what helps to answer.

Its chapters are those of the interview sheet too. One walk over the page serves the formats that
are plain text: each writes a heading, a text or an item.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, NamedTuple

from custfocus_cli.documents.definition import Definition, Entry
from custfocus_cli.documents.model import Model, Scale
from custfocus_cli.documents.questionnaire import Item, Placement
from custfocus_cli.documents.sessions import choose_sitting
from custfocus_cli.render.names import name_clauses
from custfocus_cli.render.plain import find_width, head, say, wrap
from custfocus_cli.render.terminal import Terminal
from custfocus_cli.wording.phrases import counted


class Choice(NamedTuple):
    """An answer that may be given, or a level of evidence."""

    code: str
    label: str
    meaning: str = ""

    @property
    def name(self) -> str:
        """The code and the label; the label alone where it is the code as a word."""
        same = self.code.casefold() == self.label.casefold()
        return self.label if same else f"{self.code} {self.label}"

    @property
    def line(self) -> str:
        """The name with its meaning behind it."""
        return f"{self.name}: {self.meaning}" if self.meaning else self.name


class Legend(NamedTuple):
    """What answers mean: the question they are given to, and each of them."""

    question: str
    choices: tuple[Choice, ...]


class Asked(NamedTuple):
    """A statement or question with its id and what helps to answer it.

    `choices` are the answers to tick, `levels` the evidence; a page that is only read has neither.
    """

    id: str
    text: str
    facts: tuple[tuple[str, str], ...] = ()
    choices: tuple[Choice, ...] = ()
    levels: tuple[Choice, ...] = ()


CAUTION: Final = "Said of every result"
"""What stands in front of the caution of a questionnaire."""


class Group(NamedTuple):
    """What is asked about one stage, view or risk; the text says what that is."""

    title: str
    text: str
    asked: tuple[Asked, ...]


class Chapter(NamedTuple):
    """What is asked about one characteristic, or in the balance check."""

    title: str
    text: str
    groups: tuple[Group, ...]


class Heard(NamedTuple):
    """A session: its name and id, the people in the room, how long and how much."""

    name: str
    id: str
    roles: str
    minutes: str
    questions: str


@dataclass(frozen=True, slots=True)
class Page:
    """The whole page; `about` identifies the questionnaire in one sentence."""

    title: str
    about: str
    description: str
    caution: str
    sessions: tuple[Heard, ...]
    legends: tuple[Legend, ...]
    context: tuple[Asked, ...]
    chapters: tuple[Chapter, ...]


def view_questionnaire(definition: Definition) -> Page:
    """The page of a questionnaire."""
    questionnaire = definition.questionnaire
    entries = tuple(definition.entries.values())
    about = [f"{questionnaire.id} {questionnaire.version}", counted(len(entries), "question")]
    if questionnaire.minutes is not None:
        about.append(f"about {questionnaire.minutes} minutes")

    def ask(entry: Entry) -> Asked:
        return Asked(entry.id, entry.statement, tuple(_list_facts(entry, definition)))

    return Page(
        definition.title,
        f"{', '.join(about)}.",
        questionnaire.description or "",
        questionnaire.caution or "",
        tuple(_list_sessions(definition)),
        list_legends(definition.model, entries),
        tuple(Asked(each.id, each.question) for each in questionnaire.context),
        list_chapters(definition, entries, ask),
    )


def _list_sessions(definition: Definition) -> Iterator[Heard]:
    for session in definition.questionnaire.sessions:
        yield Heard(
            session.name,
            session.id,
            ", ".join(map(definition.questionnaire.role_name, session.roles)),
            "" if session.minutes is None else str(session.minutes),
            str(len(choose_sitting(definition, [session.id]).entries)),
        )


# --- what the sheet of an interview shares ----------------------------------------------------


def list_legends(model: Model, entries: Sequence[Entry]) -> tuple[Legend, ...]:
    """The answers that may be given to these entries, each scale once, and what may back them."""
    scales: list[Scale] = []
    for entry in entries:
        if entry.scale is not None and entry.scale not in scales:
            scales.append(entry.scale)
    wanted = [any(e.allow_na for e in entries if e.scale == scale) for scale in scales]
    legends = [
        Legend(scale.question, list_choices(scale, allow_na=allowed))
        for scale, allowed in zip(scales, wanted, strict=True)
    ]
    if model.evidence_levels and any(entry.kind == "item" for entry in entries):
        legends.append(Legend("What backs the answer?", list_levels(model)))
    return tuple(legends)


def list_choices(scale: Scale, *, allow_na: bool = True) -> tuple[Choice, ...]:
    """The answers of a scale, worst first."""
    given = (*scale.options, scale.dont_know, scale.not_applicable if allow_na else None)
    return tuple(Choice(each.code, each.label, each.meaning) for each in given if each is not None)


def list_levels(model: Model) -> tuple[Choice, ...]:
    """The levels of evidence, from a statement upwards."""
    return tuple(
        Choice(str(each.level), each.label, each.meaning) for each in model.evidence_levels
    )


def list_chapters(
    definition: Definition, entries: Iterable[Entry], ask: Callable[[Entry], Asked]
) -> tuple[Chapter, ...]:
    """The entries in their places; `ask` says what is shown of each."""
    model = definition.model
    chapters = []
    for name, theirs in groupby(entries, key=lambda entry: entry.characteristic):
        if name is None:
            themed = _list_themes(model, tuple(theirs), ask)
            chapters.append(Chapter("Balance check", "", tuple(themed)))
            continue
        characteristic = model.characteristic(name)
        parts = groupby(theirs, key=lambda entry: (entry.kind, entry.stage))
        groups = tuple(
            Group(*_name_part(model, name, kind, stage), tuple(map(ask, part)))
            for (kind, stage), part in parts
        )
        chapters.append(Chapter(characteristic.name, characteristic.description, groups))
    return tuple(chapters)


def _name_part(model: Model, characteristic: str, kind: str, stage: int | None) -> tuple[str, str]:
    """The heading of a part of a characteristic, and what a stage of it looks like."""
    if stage is None:
        return ("As it is seen" if kind == "perception" else "As a whole"), ""
    named = model.stages[stage - 1]
    looks = model.characteristic(characteristic).stages.get(named.id, "")
    return f"Stage {stage}, {named.name}", looks


def _list_themes(
    model: Model, entries: Iterable[Entry], ask: Callable[[Entry], Asked]
) -> Iterator[Group]:
    """The entries of the balance check, by the risk that they are about."""
    for theme in model.themes:
        theirs = tuple(ask(e) for e in entries if getattr(e.source, "theme", "") == theme.id)
        if theirs:
            yield Group(theme.name, theme.risk, theirs)


# --- what stands beside a statement -----------------------------------------------------------


def _list_facts(entry: Entry, definition: Definition) -> Iterator[tuple[str, str]]:
    """What helps to answer, each fact with its word."""
    source = entry.source
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
    if not source.allow_na and entry.kind != "perception":
        yield "Note", "applies to every organisation"
    if isinstance(source, Item):
        if source.metric:
            yield "Metric", source.metric
        clauses = name_clauses(definition.model, source.references)
        if clauses:
            yield "See", "; ".join(clauses)


# --- as plain text ----------------------------------------------------------------------------


class Heading(NamedTuple):
    """The beginning of a chapter; `level` counts from 1."""

    level: int
    text: str


Line = Heading | Asked | str


def walk_page(page: Page) -> Iterator[Line]:
    """Everything the page says, from the title to the last question."""
    yield Heading(1, page.title)
    yield page.about
    if page.description:
        yield page.description
    if page.caution:
        yield f"{CAUTION}: {page.caution}"
    for session in page.sessions:
        minutes = f", {session.minutes} minutes" if session.minutes else ""
        yield f"Session {session.name} ({session.id}): {session.roles}{minutes}."
    if page.legends:
        yield Heading(2, "Answers")
    for legend in page.legends:
        meanings = ((c.code, f"{c.label}. {c.meaning}".strip()) for c in legend.choices)
        yield Asked("?", legend.question, tuple(meanings))
    if page.context:
        yield Heading(2, "Before you start")
        yield from page.context
    for chapter in page.chapters:
        yield Heading(2, chapter.title)
        if chapter.text:
            yield chapter.text
        for group in chapter.groups:
            yield Heading(3, group.title)
            if group.text:
                yield group.text
            yield from group.asked


def write_text(definition: Definition, terminal: Terminal) -> str:
    """The page for a terminal or a plain file."""
    width = find_width(terminal)
    blocks: list[str] = []
    for line in walk_page(view_questionnaire(definition)):
        match line:
            case Heading(level, text):
                blocks.append(head(level, text, width))
            case Asked(name, text, facts):
                lines = [say(f"{name}  ", text, width)]
                lines += (wrap(f"  {word}: {fact}", width, "    ") for word, fact in facts)
                blocks.append("\n".join(lines))
            case str():
                blocks.append(wrap(line, width))
    return "\n\n".join(blocks) + "\n"
