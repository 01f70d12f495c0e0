"""Results as CSV, for a spreadsheet: a work plan, one row per task; units, one row per reading.

RFC 4180: comma, CRLF, quotes doubled. The byte order mark in front tells spreadsheets that it is
UTF-8. A text that a spreadsheet would take for a formula gets an apostrophe in front.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from custfocus_cli.render.record import write_record
from custfocus_cli.render.workplan import PlannedStep, Task, find_cautions_first, plan_work
from custfocus_cli.scoring.ladder import Reading
from custfocus_cli.scoring.scorecard import Scorecard
from custfocus_cli.scoring.units import Comparison, Span, Unit
from custfocus_cli.wording.numbers import json_number
from custfocus_cli.wording.safety import clean, space_out

Cell = str | int | float

COLUMNS = (
    "rank",
    "characteristic",
    "name",
    "stage",
    "to_stage",
    "target",
    "item",
    "kind",
    "now",
    "needed",
    "statement",
    "action",
    "role",
    "effort",
    "measure",
    "clauses",
    "deferred",
    "why",
    "ahead",
    "cautions",
)

UNIT_COLUMNS = (
    "unit",
    "organisation",
    "scope",
    "date",
    "respondents",
    "characteristic",
    "name",
    "stage",
    "stage_low",
    "stage_high",
    "status",
    "index",
    "index_low",
    "index_high",
    "coverage",
    "to_target",
    "next_stage",
    "blockers",
    "questions",
    "spread",
    "ranges_overlap",
)

FORMULA = ("=", "+", "-", "@")  # tabs and line ends, which count as well, are gone by then


def write_plan(card: Scorecard) -> str:
    """The work plan."""
    of_target = tuple(find_cautions_first(card))
    return _write(
        COLUMNS,
        (
            _list_cells(step, task, " ".join((*of_target, *step.cautions)))
            for step in plan_work(card, write_record(card))
            for task in step.tasks
        ),
    )


def write_comparison(comparison: Comparison) -> str:
    """Units side by side: of each unit a row for the whole, and one for each characteristic."""
    return _write(
        UNIT_COLUMNS,
        (
            row
            for unit in comparison.units
            for row in (
                _list_reading(unit, "", "", unit.card.result, comparison.whole),
                *(
                    _list_reading(
                        unit,
                        each.id,
                        comparison.definition.model.characteristic(each.id).name,
                        each.reading,
                        comparison.spans[each.id],
                    )
                    for each in unit.card.characteristics
                ),
            )
        ),
    )


def _write(columns: Sequence[str], rows: Iterable[Iterable[Cell]]) -> str:
    sheet = io.StringIO(newline="")
    sheet.write("\ufeff")
    writer = csv.writer(sheet, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_disarm(cell) for cell in row] for row in rows)
    return sheet.getvalue()


def _disarm(cell: Cell) -> Cell:
    """The cell on one line, as a spreadsheet and a log may get it; only a text can be a formula."""
    if isinstance(cell, int | float):
        return cell
    text = space_out(" ".join(clean(cell).split()))
    return f"'{text}" if text.startswith(FORMULA) else text


def _list_cells(step: PlannedStep, task: Task, cautions: str) -> Iterator[Cell]:
    """The cells of one task, in the order of the columns."""
    yield step.rank
    yield step.characteristic
    yield step.name
    yield step.stage
    yield step.to_stage
    yield step.target
    yield task.line.id
    yield task.kind
    yield task.line.label
    yield task.to_label
    yield task.line.statement
    yield task.action
    yield task.role
    yield task.effort
    yield task.metric
    yield "; ".join(task.clauses)
    yield "yes" if step.deferred else "no"
    yield step.why
    yield step.kept
    yield cautions


def _list_reading(
    unit: Unit, characteristic: str, name: str, reading: Reading, span: Span
) -> Iterator[Cell]:
    """One unit as a whole, where no characteristic is named, or in one; what is undefined is empty.

    Numbers are rounded as in JSON.
    """
    card = unit.card
    result = card.characteristic(characteristic) if characteristic else None
    yield unit.name
    yield card.panel.organisation
    yield card.panel.scope
    yield card.panel.date.isoformat()
    yield card.panel.respondents
    yield characteristic
    yield name
    yield from map(_fill, (reading.stage, reading.stage_low, reading.stage_high))
    yield reading.status or ""
    for value in (reading.index, reading.index_low, reading.index_high, reading.coverage):
        yield _fill(json_number(value))
    yield _fill(None if result else json_number(card.to_target))
    yield _fill(result.next_stage if result else None)
    yield "; ".join(result.blockers if result else ())
    yield "; ".join(result.questions if result else ())
    yield _fill(json_number(span.spread))
    yield "yes" if span.overlap else "no"


def _fill(value: float | None) -> Cell:
    return "" if value is None else value
