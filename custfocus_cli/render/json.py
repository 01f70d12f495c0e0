"""The scorecard and the work plan as JSON, for programs.

Percents and indexes are rounded half up to four decimals; what is undefined is null.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from fractions import Fraction

from custfocus_cli import __version__
from custfocus_cli.documents.model import Target
from custfocus_cli.render import schemas
from custfocus_cli.render.narrative import write_notices
from custfocus_cli.render.record import write_record
from custfocus_cli.render.voices_json import make_voices
from custfocus_cli.render.workplan import PlannedStep, Task, find_cautions_first, plan_work
from custfocus_cli.scoring.ladder import Cell
from custfocus_cli.scoring.scorecard import AreaResult, CharacteristicResult, Scorecard
from custfocus_cli.scoring.steps import Change, Step
from custfocus_cli.wording.numbers import json_number
from custfocus_cli.wording.safety import safe_json


def write_scorecard(card: Scorecard) -> str:
    """The scorecard as `custfocus/scorecard/1`."""
    return print_json(make_scorecard(card))


def write_plan(card: Scorecard) -> str:
    """The work plan as `custfocus/plan/1`."""
    return print_json(make_plan(card))


def print_json(result: schemas.AnyResult) -> str:
    """The result as text."""
    return safe_json(json.dumps(result, indent=2, ensure_ascii=False, allow_nan=False)) + "\n"


# --- the scorecard ---------------------------------------------------------------------------


def make_scorecard(card: Scorecard) -> schemas.ScorecardResult:
    """The scorecard as plain data, keys in their order."""
    return {
        "format": "custfocus/scorecard/1",
        "tool": make_tool(),
        "questionnaire": _make_questionnaire(card),
        "organisation": card.panel.organisation,
        "scope": card.panel.scope,
        "date": card.panel.date.isoformat(),
        "respondents": card.panel.respondents,
        "target": _make_target(card),
        "result": _make_result(card),
        "evidenced": _make_evidenced(card),
        "areas": [_make_area(each) for each in card.areas],
        "characteristics": [_make_characteristic(each) for each in card.characteristics],
        "next_steps": [_make_step(each) for each in card.next_steps],
        "balance": _make_balance(card),
        "notices": _make_notices(card),
        "voices": make_voices(card),
    }


def make_tool() -> schemas.Tool:
    """What wrote the result."""
    return {"name": "custfocus", "version": __version__}


def _make_questionnaire(card: Scorecard) -> schemas.QuestionnaireResult:
    definition = card.definition
    return {
        "id": definition.id,
        "version": definition.questionnaire.version,
        "digest": definition.digest,
        "matches": all(each.id != "digest-differs" for each in card.notices),
    }


def _make_target(card: Scorecard) -> str | schemas.OwnTarget:
    """The profile's id, or the stages where the target is the organisation's own."""
    target: Target = card.target
    if card.target_id is not None:
        return card.target_id
    return {"default": target.default, "characteristics": dict(target.characteristics)}


def _make_result(card: Scorecard) -> schemas.Result:
    reading, model = card.result, card.definition.model
    return {
        "stage": reading.stage,
        "stage_low": reading.stage_low,
        "stage_high": reading.stage_high,
        "stage_id": None if reading.stage is None else model.stage(reading.stage).id,
        "status": reading.status,
        "index": json_number(reading.index),
        "index_low": json_number(reading.index_low),
        "index_high": json_number(reading.index_high),
        "coverage": json_number(reading.coverage),
        "to_target": json_number(card.to_target),
        "distribution": (
            None
            if card.distribution is None
            else {str(stage): number for stage, number in enumerate(card.distribution)}
        ),
        "smallest_step": _make_changes(card.smallest_step.changes),
        "smallest_step_exact": card.smallest_step.exact,
    }


def _make_evidenced(card: Scorecard) -> schemas.EvidencedResult | None:
    if card.evidenced is None:
        return None
    reading = card.evidenced.reading
    return {
        "stage": reading.stage,
        "stage_low": reading.stage_low,
        "stage_high": reading.stage_high,
        "index": json_number(reading.index),
        "share": json_number(card.evidenced.share),
    }


def _make_area(area: AreaResult) -> schemas.AreaResult:
    reading = area.reading
    return {
        "id": area.id,
        "applicable": area.applicable,
        "stage": reading.stage,
        "stage_low": reading.stage_low,
        "stage_high": reading.stage_high,
        "status": reading.status,
        "index": json_number(reading.index),
        "index_low": json_number(reading.index_low),
        "index_high": json_number(reading.index_high),
        "coverage": json_number(reading.coverage),
    }


def _make_characteristic(each: CharacteristicResult) -> schemas.CharacteristicResult:
    reading, evidenced = each.reading, each.evidenced
    return {
        "id": each.id,
        "area": each.area,
        "applicable": each.applicable,
        "target": each.target,
        "stage": reading.stage,
        "stage_low": reading.stage_low,
        "stage_high": reading.stage_high,
        "status": reading.status,
        "index": json_number(reading.index),
        "index_low": json_number(reading.index_low),
        "index_high": json_number(reading.index_high),
        "coverage": json_number(reading.coverage),
        "evidenced_stage": evidenced.stage if evidenced else None,
        "evidenced_index": json_number(evidenced.index) if evidenced else None,
        "cells": [_make_cell(cell) for cell in each.cells],
        "next_stage": each.next_stage,
        "blockers": list(each.blockers),
        "questions": list(each.questions),
        "ahead": list(each.ahead),
        "smallest_step": _make_changes(each.smallest_step.changes),
        "smallest_step_exact": each.smallest_step.exact,
        "placed_stage": each.placed_stage,
        "perception_index": json_number(each.perception_index),
        "perception_kind": (
            None if each.perception_index is None else "middle" if each.seen_by_few else "mean"
        ),
    }


def _make_cell(cell: Cell) -> schemas.CellResult:
    applies = cell.applicable
    return {
        "stage": cell.stage,
        "applicable": applies,
        "percent": json_number(cell.percent),
        "percent_low": json_number(cell.percent_low),
        "percent_high": json_number(cell.percent_high),
        "in_place": cell.in_place if applies else None,
        "in_place_high": cell.in_place_high if applies else None,
        "items": cell.items,
        "rated": cell.rated,
        "met": cell.met,
        "unknown": cell.unknown,
        "not_applicable": cell.not_applicable,
    }


def _make_changes(changes: Iterable[Change]) -> list[schemas.Change]:
    return [{"item": each.item, "from": each.old, "to": each.new} for each in changes]


def _make_step(step: Step) -> schemas.StepResult:
    return {
        "rank": step.rank,
        "characteristic": step.characteristic,
        "to_stage": step.to_stage,
        "blockers": list(step.blockers),
        "questions": list(step.questions),
        "ahead": list(step.ahead),
        "deferred": step.deferred,
    }


def _make_balance(card: Scorecard) -> schemas.BalanceResult:
    test = card.economic_test
    return {
        "flags": [
            {
                "theme": each.theme,
                "flag": each.flag,
                "safeguard_weak": each.safeguard_weak,
                "signal_frequent": each.signal_frequent,
            }
            for each in card.flags
        ],
        "economic_test": {
            "result": test.result,
            "ratio": json_number(test.ratio),
            "cost": _make_amount(test.cost),
            "benefit": _make_amount(test.benefit),
        },
    }


def _make_amount(value: Fraction | None) -> float | None:
    """An amount as it was given, whole where it is whole."""
    if value is None or value.denominator == 1:
        return None if value is None else int(value)
    return float(value)


def _make_notices(card: Scorecard) -> list[schemas.NoticeResult]:
    return [{"id": name, "message": message} for name, message in write_notices(card)]


# --- the plan --------------------------------------------------------------------------------


def make_plan(card: Scorecard) -> schemas.PlanResult:
    """The work plan as plain data, keys in their order."""
    reading = card.result
    return {
        "format": "custfocus/plan/1",
        "tool": make_tool(),
        "questionnaire": _make_questionnaire(card),
        "organisation": card.panel.organisation,
        "scope": card.panel.scope,
        "date": card.panel.date.isoformat(),
        "respondents": card.panel.respondents,
        "target": _make_target(card),
        "stage": reading.stage,
        "stage_low": reading.stage_low,
        "stage_high": reading.stage_high,
        "status": reading.status,
        "cautions": list(find_cautions_first(card)),
        "steps": [_make_planned(step, card) for step in plan_work(card, write_record(card))],
        "notices": _make_notices(card),
    }


def _make_planned(step: PlannedStep, card: Scorecard) -> schemas.PlannedStep:
    result = card.characteristic(step.characteristic)
    return {
        "rank": step.rank,
        "characteristic": step.characteristic,
        "name": step.name,
        "area": result.area,
        "stage": result.reading.stage,
        "stage_low": result.reading.stage_low,
        "stage_high": result.reading.stage_high,
        "to_stage": step.to_stage,
        "to_stage_id": card.definition.model.stage(step.to_stage).id,
        "target": step.target,
        "deferred": step.deferred,
        "why": step.why,
        "cautions": list(step.cautions),
        "tasks": [_make_task(task) for task in step.tasks],
        "ahead": [line.id for line in step.ahead],
        "smallest_step_exact": step.exact,
    }


def _make_task(task: Task) -> schemas.Task:
    return {
        "item": task.line.id,
        "kind": task.kind,
        "from": task.line.code,
        "to": task.to,
        "statement": task.line.statement,
        "action": task.item.action,
        "role": task.item.role,
        "effort": task.effort,
        "metric": task.item.metric,
        "references": {name: list(numbers) for name, numbers in task.item.references.items()},
    }
