"""Units side by side for a terminal, readable without colours and on narrow lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from rich.cells import cell_len
from rich.console import RenderableType
from rich.text import Text

from custfocus_cli.render.console import WIDEST, head, indent, make_table, pair, print_parts, words
from custfocus_cli.render.tables import Table
from custfocus_cli.render.terminal import Terminal
from custfocus_cli.render.text import NARROW
from custfocus_cli.render.units import KIND, NOBODY, Map, Spot, UnitsView, view_units
from custfocus_cli.scoring.units import Comparison
from custfocus_cli.wording.phrases import cut
from custfocus_cli.wording.sections import SECTIONS

_HEAD: Final = 22
"""Columns for the name of a row, past which it is cut."""

_GAP: Final = 2


def write_comparison(comparison: Comparison, terminal: Terminal) -> str:
    """The comparison."""
    view = view_units(comparison)
    wide = terminal.width >= NARROW
    parts: list[RenderableType] = [
        words(view.title, "bold"),
        words(f"{KIND}, {view.day}"),
        *(words(f"{name}: {value}") for name, value in view.facts[1:]),
        Text(),
        words(view.verdict, "bold"),
        *map(words, view.said),
        *_draw(view.standing, "units", wide),
        *_draw_map(view.map, min(terminal.width, WIDEST)),
        *_draw(view.apart, "apart", wide),
        *_draw_lacks(view),
        *_draw_starts(view.starts),
    ]
    if view.notices:
        parts += [head(SECTIONS["notices"].title), *(pair("-", text) for text in view.known)]
    return print_parts(parts, terminal)


def _draw(table: Table, section: str, wide: bool) -> Iterator[RenderableType]:
    """A table with its titles; where lines are short, each row becomes a line for every cell."""
    yield head(SECTIONS[section].title)
    yield words(SECTIONS[section].text, "italic")
    titles = [column.title for column in table.columns]
    if not wide:
        for row in table.rows:
            yield words(row[0], "bold")
            pairs = zip(titles[1:], row[1:], strict=True)
            yield indent(words("; ".join(f"{title.lower()} {cell}" for title, cell in pairs)))
        return
    kinds = ["right" if column.kind == "number" else "" for column in table.columns[1:]]
    drawn = make_table("keep", *kinds)
    drawn.add_row(*(words(title, "italic") for title in titles))
    for row in table.rows:
        drawn.add_row(*map(words, (cut(row[0], _HEAD), *row[1:])))
    yield drawn


# --- the map ---------------------------------------------------------------------------------


def _draw_map(drawn: Map, width: int) -> Iterator[RenderableType]:
    """The map in as many tables as it takes; long titles of columns are numbers with a key."""
    yield head(SECTIONS["map"].title)
    cells = [[_shorten(spot) for spot in spots] for _, spots in drawn.rows]
    widths = [max(map(cell_len, column)) for column in zip(*cells, strict=True)]
    keyed = drawn.turned or any(cell_len(title) > 14 for title in drawn.columns)
    yield words(
        "Stage and index; 0-1 is what unknown answers leave open, ? an index that is not known."
    )
    titles = [str(n) for n in range(1, len(drawn.columns) + 1)] if keyed else list(drawn.columns)
    if keyed:
        yield from (
            pair(f"{number:>3}", title) for number, title in zip(titles, drawn.columns, strict=True)
        )
    names = [cut(name, _HEAD) for name, _ in drawn.rows]
    first = max(map(cell_len, (drawn.corner, *names)))
    sizes = [max(pair) for pair in zip(widths, map(cell_len, titles), strict=True)]
    for start, end in _part(sizes, width - first):
        table = make_table("", *["right"] * (end - start), pad=_GAP)
        table.add_row(*(words(each, "italic") for each in (drawn.corner, *titles[start:end])))
        for name, row in zip(names, cells, strict=True):
            table.add_row(*map(words, (name, *row[start:end])))
        yield Text()
        yield table


def _shorten(spot: Spot) -> str:
    """A spot in a few signs: `1 33.3`, `0-1 ?`, a dash for nothing."""
    if spot.absent:
        return "-"
    stage = spot.stage.removeprefix("stage ").replace(" to ", "-")
    points = spot.points.partition(" ")[0].replace("unknown", "?")
    return f"{stage} {points}".strip()


def _part(sizes: Sequence[int], width: int) -> Iterator[tuple[int, int]]:
    """Where each table begins and ends, so that its columns fit; it has one at least."""
    start, room = 0, width
    for n, size in enumerate(sizes):
        if size + _GAP > room and n > start:
            yield start, n
            start, room = n, width
        room -= size + _GAP
    yield start, len(sizes)


# --- what to do ------------------------------------------------------------------------------


def _draw_lacks(view: UnitsView) -> Iterator[RenderableType]:
    yield head(SECTIONS["lacks"].title)
    yield words(view.lacking)
    titles = [column.title for column in view.lacks.columns]
    for action, item, characteristic, stage, who, held, *unknown in view.lacks.rows:
        yield pair(item, action)
        facts = [f"{characteristic}, stage {stage}", *[who] * (who != NOBODY)]
        facts.append(f"{titles[5].lower()} {held}")
        facts += [f"{titles[6].lower()} {names}" for names in unknown]
        yield indent(words("; ".join(facts)))


def _draw_starts(table: Table) -> Iterator[RenderableType]:
    yield head(SECTIONS["starts"].title)
    for unit, step, items, begin, *cautions in table.rows:
        yield words(unit, "bold")
        yield indent(words(step))
        yield from (indent(words(text, "italic")) for text in cautions)
        yield indent(pair(items, begin))
