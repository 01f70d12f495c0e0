"""The interview sheet: the page taken into the room, with boxes to tick and space to write in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from custfocus_cli.documents.definition import Definition, Entry
from custfocus_cli.documents.questionnaire import Item, Placement
from custfocus_cli.documents.sessions import Sitting, find_role
from custfocus_cli.render.plain import find_width, head, rule, say, say_whole, wrap
from custfocus_cli.render.questionnaire import (
    Asked,
    Chapter,
    Group,
    Legend,
    list_chapters,
    list_choices,
    list_legends,
    list_levels,
)
from custfocus_cli.render.terminal import Terminal
from custfocus_cli.wording.figures import FIGURES, TITLE
from custfocus_cli.wording.phrases import sentence

KIND: Final = "Interview sheet"
FIELDS: Final = ("Organisation", "Date", "Who answers", "Interviewer")
GUIDE: Final = (
    "Ask, look at what backs the answer, tick one box in each row, and write down what you were"
    " told and shown."
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole sheet; `facts` are name and value of what is known before the interview."""

    title: str
    facts: tuple[tuple[str, str], ...]
    legends: tuple[Legend, ...]
    chapters: tuple[Chapter, ...]


def view_sheet(sitting: Sitting) -> Sheet:
    """The sheet of the people of some sessions or roles."""
    definition = sitting.definition
    several = len(sitting.roles) > 1

    def ask(entry: Entry) -> Asked:
        scale = entry.scale
        return Asked(
            entry.id,
            entry.statement,
            tuple(list_facts(entry, definition, several=several)),
            list_choices(scale, allow_na=entry.allow_na) if scale else (),
            list_levels(definition.model) if entry.kind == "item" else (),
        )

    return Sheet(
        sentence(sitting.name),
        tuple(_list_about(sitting)),
        list_legends(definition.model, sitting.entries),
        (
            *_open(sitting),
            *(
                chapter._replace(text="")  # nobody reads that much with people in the room
                for chapter in list_chapters(definition, sitting.entries, ask)
            ),
        ),
    )


def _open(sitting: Sitting) -> Iterator[Chapter]:
    """What the first session is asked besides: the context and the figures."""
    questionnaire = sitting.definition.questionnaire
    context = tuple(Asked(each.id, each.question) for each in questionnaire.context)
    figures = tuple(Asked(name, text) for name, text in FIGURES.items())
    groups = (
        Group("The customers and the unit", "", context),
        Group(TITLE, "", figures if questionnaire.balance else ()),
    )
    kept = tuple(group for group in groups if group.asked)
    if sitting.opens and kept:
        yield Chapter("Before you start", "", kept)


def _list_about(sitting: Sitting) -> Iterator[tuple[str, str]]:
    questionnaire = sitting.definition.questionnaire
    yield "With", sentence(", ".join(map(questionnaire.role_name, sitting.roles)))
    minutes = f", about {sitting.minutes} minutes" if sitting.minutes is not None else ""
    yield "Questions", f"{len(sitting.entries)}{minutes}"
    yield (
        "Questionnaire",
        f"{sitting.definition.title} ({questionnaire.id} {questionnaire.version})",
    )


def list_facts(entry: Entry, definition: Definition, *, several: bool) -> Iterator[tuple[str, str]]:
    """What helps to ask, each fact with its word; whom, where `several` are in the room."""
    source = entry.source
    if isinstance(source, Placement):
        return
    if source.probe:
        yield "Ask", source.probe
    if source.evidence:
        yield "Look at", "; ".join(source.evidence)
    if isinstance(source, Item) and source.metric:
        yield "Measure", source.metric
    role = find_role(entry)
    if several and role:
        yield "Whom", definition.questionnaire.role_name(role)


# --- as plain text ----------------------------------------------------------------------------


def write_text(sitting: Sitting, terminal: Terminal) -> str:
    """The sheet for a printer that knows no more than letters."""
    width = find_width(terminal)
    sheet = view_sheet(sitting)
    blocks = [
        head(1, f"{KIND}: {sheet.title}", width),
        "\n".join(say(f"{word:<15}", fact, width) for word, fact in sheet.facts),
        *(rule(f"{field:<15}", width) for field in FIELDS),
        wrap(GUIDE, width),
    ]
    for legend in sheet.legends:
        meanings = (wrap(f"  {each.line}", width, "    ") for each in legend.choices)
        lines = (head(3, legend.question, width), *meanings)
        blocks.append("\n".join(lines))
    for chapter in sheet.chapters:
        blocks.append(head(2, chapter.title, width))
        for group in chapter.groups:
            blocks.append("\n".join((head(3, group.title, width), wrap(group.text, width))).strip())
            blocks += (_write_asked(asked, width) for asked in group.asked)
    return "\n\n".join(blocks) + "\n"


def _write_asked(asked: Asked, width: int) -> str:
    """A question with its boxes and two lines to write on."""
    lines = [say(f"{asked.id}  ", asked.text, width)]
    lines += (say(f"  {word:<10}", fact, width) for word, fact in asked.facts)
    for word, choices in (("Answer", asked.choices), ("Evidence", asked.levels)):
        if choices:
            boxes = (f"[ ] {choice.name}" for choice in choices)
            lines.append(say_whole(f"  {word:<10}", boxes, width))
    return "\n".join((*lines, rule(f"  {'Note':<10}", width), "", rule(" " * 12, width)))
