"""The tables of a report as columns and rows, for every format that writes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from custfocus_cli.documents.model import Model
from custfocus_cli.render.narrative import show_index, show_stage
from custfocus_cli.render.picture import Row, Tile
from custfocus_cli.render.workplan import PlannedStep


class Column(NamedTuple):
    """One column: its title, and what stands in it: the head of the row, numbers, ids, a year."""

    title: str
    kind: Literal["head", "number", "ids", "year", "text"] = "text"


class Table(NamedTuple):
    """Columns, and rows of as many cells; `anchors` lead from each row to its part of the page."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    anchors: Sequence[str] = ()


def tabulate_gaps(rows: Sequence[Row], *, evidenced: bool) -> Table:
    """The gaps of the characteristics, in the order given."""
    compared = any(row.before for row in rows)
    columns = [
        Column("Characteristic", "head"),
        Column("Stage", "number"),
        *[Column("Stage before", "number")] * compared,
        Column("Target", "number"),
        Column("Gap", "number"),
        Column("Index", "number"),
        Column("Answered, %", "number"),
    ]
    if evidenced:
        columns.append(Column("Stage as evidenced", "number"))
    cells = [
        (
            row.name,
            row.stage,
            *[row.before or "none"] * compared,
            str(row.target),
            str(row.gap),
            show_index(row.reading),
            row.coverage,
            *[row.evidenced] * evidenced,
        )
        for row in rows
    ]
    return Table(columns, cells, [f"ladder-{row.id}" for row in rows])


def tabulate_areas(rows: Iterable[Row], model: Model) -> Table:
    """The areas; without a gate they have no stage."""
    staged = not model.gate.none
    columns = [
        Column("Area", "head"),
        *[Column("Stage", "number")] * staged,
        Column("Index", "number"),
        Column("Answered, %", "number"),
        Column("About"),
    ]
    about = {area.id: area.description for area in model.areas}
    cells = [
        (
            row.name,
            *[row.stage] * staged,
            show_index(row.reading),
            row.coverage,
            row.absent or about[row.id],
        )
        for row in rows
    ]
    return Table(columns, cells)


def tabulate_views(rows: Iterable[Row]) -> Table:
    """How people see it, beside what was measured."""
    columns = [
        Column("Characteristic", "head"),
        Column("Stage they place it at"),
        Column("Measured stage", "number"),
        Column("How people see it, %", "number"),
        Column("Index", "number"),
        Column("Difference"),
    ]
    unasked = "not asked"
    cells = [
        (
            row.name,
            row.placed or unasked,
            show_stage(row.reading),
            row.perception or unasked,
            show_index(row.reading),
            row.apart,
        )
        for row in rows
    ]
    return Table(columns, cells)


def tabulate_tiles(rows: Iterable[Row], tiles: Mapping[str, Sequence[Tile]], model: Model) -> Table:
    """Every characteristic, stage by stage."""
    stages = [f"{number} {stage.name}" for number, stage in enumerate(model.stages, start=1)]
    cells = [(row.full_name, *(tile.text for tile in tiles[row.id])) for row in rows]
    return Table([Column("Characteristic", "head"), *map(Column, stages)], cells)


def tabulate_steps(steps: Iterable[PlannedStep]) -> Table:
    """The next steps in their order."""
    columns = [
        Column("No.", "number"),
        Column("Characteristic", "head"),
        Column("Now", "number"),
        Column("Next", "number"),
        Column("Target", "number"),
        Column("Items", "ids"),
        Column("When"),
        Column("Why"),
    ]
    cells = [
        (
            str(step.rank),
            step.name,
            step.stage,
            str(step.to_stage),
            str(step.target),
            step.items,
            "later" if step.deferred else "now",
            step.why,
        )
        for step in steps
    ]
    return Table(columns, cells)
