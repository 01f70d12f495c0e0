"""The work plan as CSV, for a spreadsheet: one row per task.

RFC 4180: comma, CRLF, quotes doubled. The byte order mark in front tells spreadsheets that it is
UTF-8. A text that a spreadsheet would take for a formula gets an apostrophe in front.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from custfocus_cli.render.record import write_record
from custfocus_cli.render.workplan import PlannedStep, Task, find_target_cautions, plan_work
from custfocus_cli.scoring.scorecard import Scorecard
from custfocus_cli.wording.safety import clean, space_out

Cell = str | int

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

FORMULA = ("=", "+", "-", "@")  # tabs and line ends, which count as well, are gone by then


def write_plan(card: Scorecard) -> str:
    """The work plan."""
    sheet = io.StringIO(newline="")
    sheet.write("\ufeff")
    writer = csv.writer(sheet, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    of_target = tuple(find_target_cautions(card))
    for step in plan_work(card, write_record(card)):
        cautions = " ".join((*of_target, *step.cautions))
        for task in step.tasks:
            writer.writerow([_disarm(cell) for cell in _list_cells(step, task, cautions)])
    return sheet.getvalue()


def _disarm(cell: Cell) -> Cell:
    """The cell on one line, as a spreadsheet and a log may get it; only a text can be a formula."""
    if isinstance(cell, int):
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
