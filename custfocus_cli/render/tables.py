"""The tables of a report as columns and rows, for every format that writes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from custfocus_cli.documents.model import Model
from custfocus_cli.render.checklist import Point
from custfocus_cli.render.narrative import Figure, Rung, show_index, show_stage
from custfocus_cli.render.picture import Row, Tile, draw_rows
from custfocus_cli.render.workplan import PlannedStep
from custfocus_cli.scoring.scorecard import Scorecard
from custfocus_cli.wording.phrases import listed, long_date, sentence


class Column(NamedTuple):
    """One column: its title, and what stands in it: the head of the row, numbers, ids, a year."""

    title: str
    kind: Literal["head", "number", "ids", "year", "text"] = "text"


class Table(NamedTuple):
    """Columns, and rows of as many cells; `anchors` lead from each row to its part of the page."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    anchors: Sequence[str] = ()


def tabulate_rungs(rungs: Iterable[Rung]) -> Table:
    """The stages as the first page draws them."""
    columns = [
        Column("Stage", "number"),
        Column("Name", "head"),
        Column("Here"),
        Column("Characteristics"),
    ]
    cells = []
    for rung in rungs:
        marks = ["the organisation stands here"] * rung.here
        marks += ["here if unknown answers turn out well"] * rung.maybe
        marks += ["target"] * rung.target
        cells.append((str(rung.number), rung.name, "; ".join(marks), rung.standing))
    return Table(columns, cells)


def tabulate_figures(figures: Iterable[Figure]) -> Table:
    """The numbers of the first page."""
    return Table([Column("Result", "head"), Column("Value"), Column("Meaning")], list(figures))


def tabulate_gaps(rows: Sequence[Row], *, evidenced: bool) -> Table:
    """The gaps of the characteristics, in the order given."""
    compared = any(row.before for row in rows)
    placed = any(row.placed for row in rows)
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
    if placed:
        columns += [Column("Self-placed", "number"), Column("Self-placed minus measured", "number")]
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
            *[_show_placed(row), row.placed_apart] * placed,
        )
        for row in rows
    ]
    return Table(columns, cells, [f"ladder-{row.id}" for row in rows])


def _show_placed(row: Row) -> str:
    return "not known" if row.placed_stage is None else str(row.placed_stage)


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


def tabulate_views(rows: Iterable[Row], *, measured: bool) -> Table:
    """How people see it, beside what was measured; columns in which nothing stands are left out."""
    seen = [row for row in rows if row.placed or row.perception]
    placed, perceived = any(row.placed for row in seen), any(row.perception for row in seen)
    columns = [
        Column("Characteristic", "head"),
        *[Column("Stage they place it at")] * placed,
        *[Column("Measured stage", "number")] * (placed and measured),
        *[Column("How people see it, %", "number")] * perceived,
        *[Column("Index", "number"), Column("Difference")] * (perceived and measured),
    ]
    unknown = "not known"
    cells = [
        (
            row.name,
            *[row.placed or unknown] * placed,
            *[show_stage(row.reading)] * (placed and measured),
            *[f"{row.perception}{row.seen_by}" or unknown] * perceived,
            *[show_index(row.reading), row.apart] * (perceived and measured),
        )
        for row in seen
    ]
    return Table(columns, cells)


def tabulate_views_by_day(cards: Sequence[Scorecard]) -> Table:
    """How people saw it on each day, the oldest first; no rows for one day alone."""
    last = cards[-1]
    days = [long_date(card.panel.date) for card in cards]
    columns = [Column("Characteristic", "head"), *(Column(day, "number") for day in days)]
    if len(cards) == 1:
        return Table(columns, ())
    seen = [{row.id: row for row in draw_rows(card)} for card in cards]
    cells = [
        (row.name, *(_sum_up_view(rows.get(row.id)) for rows in seen))
        for row in draw_rows(last)
        if any(_sum_up_view(rows.get(row.id)) for rows in seen)
    ]
    return Table(columns, cells)


def _sum_up_view(row: Row | None) -> str:
    """The stage at which people place something, and how they see it in percent."""
    if row is None:
        return ""
    placed = f"stage {row.placed_stage}" if row.placed_stage is not None else ""
    seen = f"{row.perception} %{row.seen_by}" if row.perception else ""
    return listed([part for part in (placed, seen) if part])


def tabulate_points(points: Iterable[Point], model: Model) -> Table:
    """What of a checklist is in place, and what is open of the rest."""
    listed_points = tuple(points)
    backed = any(point.backed for point in listed_points)
    columns = [
        Column(sentence(model.noun), "head"),
        Column("Standing"),
        Column("Rating"),
        Column("Items in place"),
        *[Column("As evidenced")] * backed,
        Column("Open items"),
    ]
    cells = [
        (
            point.name,
            point.standing,
            point.rating,
            point.done,
            *[point.backed] * backed,
            "; ".join(point.missing),
        )
        for point in listed_points
    ]
    return Table(columns, cells)


def tabulate_tiles(rows: Iterable[Row], tiles: Mapping[str, Sequence[Tile]], model: Model) -> Table:
    """Every characteristic, stage by stage."""
    stages = [f"{number} {stage.name}" for number, stage in enumerate(model.stages, start=1)]
    cells = [(row.full_name, *(tile.text for tile in tiles[row.id])) for row in rows]
    return Table([Column("Characteristic", "head"), *map(Column, stages)], cells)


def tabulate_steps(steps: Iterable[PlannedStep], model: Model) -> Table:
    """The next steps in their order."""
    if model.is_checklist:
        return _tabulate_gaps_to_close(steps, model)
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


def _tabulate_gaps_to_close(steps: Iterable[PlannedStep], model: Model) -> Table:
    """The gaps of a checklist in their order."""
    columns = [
        Column("No.", "number"),
        Column(sentence(model.noun), "head"),
        Column("To raise", "ids"),
        Column("To find out", "ids"),
    ]
    cells = [
        (str(step.rank), step.name, _list_ids(step, "raise"), _list_ids(step, "find-out"))
        for step in steps
    ]
    return Table(columns, cells)


def _list_ids(step: PlannedStep, kind: str) -> str:
    return listed([task.line.id for task in step.tasks if task.kind == kind])
