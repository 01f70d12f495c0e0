"""A diff and a check for a terminal or the log of a pipeline, readable without colours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from rich.console import RenderableType
from rich.text import Text

from custfocus_cli.changes.sides import Check, Diff, Place, Side
from custfocus_cli.render.changes import Paragraph, write_letter
from custfocus_cli.render.console import (
    head,
    indent,
    make_table,
    pair,
    print_line,
    print_parts,
    words,
)
from custfocus_cli.render.gate_verdict import tell_verdict
from custfocus_cli.render.judged import Entry, Judged, list_entries, tell_remarks
from custfocus_cli.render.narrative import name_questionnaire
from custfocus_cli.render.places import name_place
from custfocus_cli.render.terminal import Terminal
from custfocus_cli.wording.gate import FIRST, SEVERITIES, say_advice, say_identical, say_more
from custfocus_cli.wording.phrases import listed, long_date
from custfocus_cli.wording.sections import SECTIONS

MOST_SHOWN: Final = 20
"""How many findings are listed; the machine formats have them all."""

NARROW: Final = 64
"""In fewer columns than these, a finding stands below its label instead of beside it."""

_STYLES: Final[Mapping[str, str]] = {"pass": "bold green", "fail": "bold red"}


def write_diff(diff: Diff, terminal: Terminal) -> str:
    """The diff: what fell, what rose, what is not allowed; the verdict is the last line."""
    parts = [
        *_draw_sides(diff),
        *_draw_letter(diff),
        *_draw_findings(diff, terminal),
        *_draw_notices(diff),
    ]
    return _print(parts, diff, terminal)


def write_check(check: Check, terminal: Terminal) -> str:
    """The check: what is not allowed; the verdict is the last line."""
    parts = [*_draw_side(check.new, ""), *_draw_findings(check, terminal), *_draw_notices(check)]
    return _print(parts, check, terminal)


def _print(parts: Iterable[RenderableType], judged: Judged, terminal: Terminal) -> str:
    style = _STYLES.get(judged.ruling.status, "bold")
    verdict = print_line(tell_verdict(judged), style, terminal)
    return f"{print_parts([*parts, Text()], terminal)}{verdict}"


def _draw_sides(diff: Diff) -> Iterator[RenderableType]:
    if diff.old is None:
        yield words(FIRST, "bold")
        yield from _draw_side(diff.new, "")
        return
    yield from _draw_side(diff.old, "from")
    yield from _draw_side(diff.new, "to")


def _draw_side(side: Side, start: str) -> Iterator[RenderableType]:
    """The result and below it its source; beside `start`, where there is one."""
    panel = side.card.panel
    who = words(f"{panel.organisation}, {panel.scope}, {long_date(panel.date)}", "bold")
    source = words(f"{side.path}, {name_questionnaire(side.card.definition)}")
    if not start:
        yield from (who, source)
        return
    table = make_table("keep", "*", pad=1)
    table.add_row(words(f"{start:<4}", "bold"), who)
    table.add_row(words(""), source)
    yield table


# --- what changed ----------------------------------------------------------------------------


def _draw_letter(diff: Diff) -> Iterator[RenderableType]:
    comparison = diff.comparison
    if comparison is None:
        return
    yield Text()
    if comparison.identical:
        yield words(say_identical())
        return
    letter = write_letter(comparison)
    yield from map(words, letter.opening)
    for name, paragraphs in letter.parts:
        places = {} if name == "rose" else diff.new.places
        yield head(SECTIONS[name].title)
        for paragraph in paragraphs:
            yield from _draw_paragraph(paragraph, places)


def _draw_paragraph(paragraph: Paragraph, places: Mapping[str, Place]) -> Iterator[RenderableType]:
    tag = f" ({paragraph.tag})" if paragraph.tag else ""
    yield words(f"{paragraph.name}{tag}: {paragraph.text}")
    for item in paragraph.items:
        said = item.sentence if item.statement else f"{item.id}: {item.move}."
        yield indent(pair("-", f"{said}{_show_place(places.get(item.id))}"))
    if paragraph.rest:
        yield indent(pair("-", f"{paragraph.more}: {listed(paragraph.rest)}"))


def _show_place(place: Place | None) -> str:
    return "" if place is None else f" {name_place(place)}"


# --- what is not allowed ---------------------------------------------------------------------


def _draw_findings(judged: Judged, terminal: Terminal) -> Iterator[RenderableType]:
    """What a rule is against, what fails the gate first, and how to let it pass."""
    found = [each for each in list_entries(judged) if each.finding is not None]
    if not found:
        return
    yield head(SECTIONS["gate"].title)
    for entry in found[:MOST_SHOWN]:
        said = f"{entry.message}{_show_place(entry.place)}"
        if terminal.width < NARROW:
            yield from (words(_mark(entry)), indent(words(said)))
        else:
            yield pair(_mark(entry), said)
    if len(found) > MOST_SHOWN:
        yield words(say_more(len(found) - MOST_SHOWN))
    if judged.ruling.failed:
        yield from (Text(), words(say_advice(judged.ruling.demand.policy_path)))


def _mark(entry: Entry) -> str:
    """How much an entry matters, and the rule that it breaks."""
    weight = SEVERITIES["exempt" if entry.exempt else entry.severity]
    return f"{weight:<7}  {entry.rule or 'change'}"


def _draw_notices(judged: Judged) -> Iterator[RenderableType]:
    notices = tell_remarks(judged)
    if notices:
        yield head("To know")
    for _, text in notices:
        yield pair("-", text)
