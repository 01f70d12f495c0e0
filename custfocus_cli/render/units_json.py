"""Units side by side as JSON, for programs; numbers as in the scorecard."""

from __future__ import annotations

from custfocus_cli.render import schemas
from custfocus_cli.render.json import make_scorecard, make_tool, print_json
from custfocus_cli.render.units import find_unit_notices
from custfocus_cli.scoring.scorecard import CharacteristicResult
from custfocus_cli.scoring.units import Comparison, Lack, Span, Unit
from custfocus_cli.wording.numbers import json_number


def write_comparison(comparison: Comparison) -> str:
    """The comparison as `custfocus/comparison/1`."""
    return print_json(make_comparison(comparison))


def make_comparison(comparison: Comparison) -> schemas.ComparisonResult:
    """The comparison as plain data, keys in their order."""
    definition = comparison.definition
    characteristics = definition.model.characteristics
    return {
        "format": "custfocus/comparison/1",
        "tool": make_tool(),
        "questionnaire": {
            "id": definition.id,
            "version": definition.questionnaire.version,
            "digest": definition.digest,
            "matches": all(
                each.id != "digest-differs"
                for unit in comparison.units
                for each in unit.card.notices
            ),
        },
        "units": [_make_unit(unit) for unit in comparison.units],
        "withheld": list(comparison.withheld),
        "organisation": _make_span(comparison.whole),
        "characteristics": [
            {"id": each.id, "area": each.area, **_make_span(comparison.spans[each.id])}
            for each in characteristics
        ],
        "lacks": [_make_lack(lack) for lack in comparison.lacks],
        "notices": [
            {"id": name, "message": message, "units": list(names)}
            for name, message, names in find_unit_notices(comparison)
        ],
    }


def _make_unit(unit: Unit) -> schemas.UnitResult:
    card = make_scorecard(unit.card)
    steps = card["next_steps"]
    return {
        "name": unit.name,
        "path": unit.path,
        "organisation": card["organisation"],
        "scope": card["scope"],
        "date": card["date"],
        "respondents": card["respondents"],
        "target": card["target"],
        "result": card["result"],
        "characteristics": [_make_characteristic(each) for each in unit.card.characteristics],
        "first_step": steps[0] if steps else None,
        "held_back": list(unit.held_back),
    }


def _make_characteristic(each: CharacteristicResult) -> schemas.UnitCharacteristic:
    """A characteristic without what people see in it, which has rules of its own."""
    reading = each.reading
    return {
        "id": each.id,
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
        "next_stage": each.next_stage,
        "blockers": list(each.blockers),
        "questions": list(each.questions),
    }


def _make_span(span: Span) -> schemas.SpanResult:
    return {
        "spread": json_number(span.spread),
        "ranges_overlap": span.overlap,
        "foremost": list(span.foremost),
        "hindmost": list(span.hindmost),
    }


def _make_lack(lack: Lack) -> schemas.LackResult:
    item = lack.item
    return {
        "item": item.id,
        "characteristic": lack.characteristic,
        "stage": lack.stage,
        "statement": item.statement,
        "action": item.action,
        "role": item.role,
        "units": list(lack.units),
        "unknown": list(lack.unknown),
    }
