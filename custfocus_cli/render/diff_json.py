"""A diff and a check as JSON, for programs.

Indexes are rounded half up to four decimals; what is undefined is null.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from custfocus_cli.changes.compare import Comparison, Delta
from custfocus_cli.changes.finding import Finding
from custfocus_cli.changes.gate import Ruling
from custfocus_cli.changes.noise import Noise, Sampling
from custfocus_cli.changes.readings import Answered
from custfocus_cli.changes.sides import Check, Diff, Place, Side
from custfocus_cli.render import schemas
from custfocus_cli.render.json import make_tool, print_json
from custfocus_cli.render.judged import Entry, Judged, list_entries, tell_notices
from custfocus_cli.scoring.balance import Flag
from custfocus_cli.scoring.ladder import Reading
from custfocus_cli.scoring.statistics.years import Move
from custfocus_cli.wording.numbers import json_number, round_half_up


def write_diff(diff: Diff) -> str:
    """The diff as `custfocus/diff/1`."""
    return print_json(make_diff(diff))


def write_check(check: Check) -> str:
    """The check as `custfocus/check/1`."""
    return print_json(make_check(check))


def make_diff(diff: Diff) -> schemas.DiffResult:
    """The diff as plain data, keys in their order."""
    comparison, ruling = diff.comparison, diff.ruling
    entries = list_entries(diff)
    sampling = comparison.sampling if comparison is not None else None
    return {
        "format": "custfocus/diff/1",
        "tool": make_tool(),
        "old": _make_side(diff.old) if diff.old else None,
        "new": _make_side(diff.new),
        "as_of": ruling.demand.as_of.isoformat(),
        "comparable": comparison is not None,
        "identical": comparison is not None and comparison.identical,
        "shared_items": len(comparison.shared_items) if comparison else 0,
        "notices": _make_notices(diff),
        "summary": _make_summary(comparison, ruling),
        "gate": {
            "status": ruling.status,
            "fail_on": ruling.demand.fail_on,
            "policy": ruling.demand.policy_path,
            "only": None if ruling.demand.only is None else list(ruling.demand.only),
            "allow_noise": ruling.demand.allow_noise,
            "exit_code": int(ruling.exit_code),
            "failed": _list_failed(entries),
        },
        "changes": list(_make_changes(entries, sampling or Sampling())),
        "findings": list(_make_findings(entries, diff.new)),
    }


def make_check(check: Check) -> schemas.CheckResult:
    """The check as plain data, keys in their order."""
    ruling, entries = check.ruling, list_entries(check)
    return {
        "format": "custfocus/check/1",
        "tool": make_tool(),
        "new": _make_side(check.new),
        "as_of": ruling.demand.as_of.isoformat(),
        "notices": _make_notices(check),
        "gate": {
            "status": ruling.status,
            "policy": ruling.demand.policy_path,
            "exit_code": int(ruling.exit_code),
            "failed": _list_failed(entries),
        },
        "findings": list(_make_findings(entries, check.new)),
    }


def _list_failed(entries: Iterable[Entry]) -> list[str]:
    return [each.fingerprint for each in entries if each.fails]


def _make_side(side: Side) -> schemas.SideResult:
    definition = side.card.definition
    return {
        "path": side.path,
        "sha256": side.sha256,
        "date": side.card.panel.date.isoformat(),
        "organisation": side.card.panel.organisation,
        "questionnaire": {
            "id": definition.id,
            "version": definition.questionnaire.version,
            "digest": definition.digest,
        },
    }


def _make_notices(judged: Judged) -> list[schemas.NoticeResult]:
    return [{"id": name, "message": message} for name, message in tell_notices(judged)]


def _make_summary(comparison: Comparison | None, ruling: Ruling) -> schemas.Summary:
    counts = comparison.summary if comparison else {}
    return {
        "improved": counts.get("improved", 0),
        "regressed": counts.get("regressed", 0),
        "unchanged": counts.get("unchanged", 0),
        "became_known": counts.get("became-known", 0),
        "became_unknown": counts.get("became-unknown", 0),
        "scope_changed": counts.get("scope-changed", 0),
        "added": counts.get("added", 0),
        "removed": counts.get("removed", 0),
        "exempted": len(
            {each.id for each in ruling.broken if each.exempt and each.scope == "characteristic"}
        ),
    }


# --- what moved, and what does not hold ------------------------------------------------------


def _make_changes(entries: Iterable[Entry], sampling: Sampling) -> Iterator[schemas.ChangeResult]:
    for entry in entries:
        change = entry.change
        if change is not None:
            yield {
                "fingerprint": entry.fingerprint,
                "scope": entry.scope,
                "id": entry.id,
                "verdict": change.verdict,
                "rule": entry.rule,
                "severity": entry.severity,
                "certain": change.certain,
                "cause": change.cause,
                "old": _make_value(change.old),
                "new": _make_value(change.new),
                "delta": _make_delta(change.delta, change.new or change.old),
                "noise": _make_noise(sampling.noise.get((entry.scope, entry.id))),
                "mix": _make_mix(sampling.mixes.get((entry.scope, entry.id))),
                "exempt": _make_exempt(entry.finding),
                "location": _make_location(entry.place),
                "message": entry.message,
            }


def _make_findings(entries: Iterable[Entry], new: Side) -> Iterator[schemas.FindingResult]:
    for entry in entries:
        finding = entry.finding
        if entry.change is None and finding is not None:
            yield {
                "fingerprint": entry.fingerprint,
                "scope": entry.scope,
                "id": entry.id,
                "verdict": None,
                "rule": finding.rule,
                "severity": entry.severity,
                "certain": None,
                "cause": None,
                "old": None,
                "new": _make_standing(entry, new),
                "delta": None,
                "noise": None,
                "mix": None,
                "exempt": _make_exempt(finding),
                "location": _make_location(entry.place),
                "message": entry.message,
                "found": _make_number(finding.found),
                "limit": _make_number(finding.limit),
            }


def _make_value(value: Reading | Answered | Flag | None) -> schemas.OneSide | None:
    match value:
        case None:
            return None
        case Answered():
            return {"answer": value.code, "points": value.points}
        case Flag():
            return {"flag": value.flag}
        case _:
            return _make_reading(value)


def _make_reading(reading: Reading) -> schemas.MeasuredSide:
    return {
        "stage": reading.stage,
        "stage_low": reading.stage_low,
        "stage_high": reading.stage_high,
        "index": json_number(reading.index),
    }


def _make_standing(entry: Entry, new: Side) -> schemas.MeasuredSide | None:
    """Where the organisation or a characteristic stands."""
    if entry.scope == "organisation":
        return _make_reading(new.card.result)
    found = [each for each in new.card.characteristics if each.id == entry.id]
    characteristic = entry.scope == "characteristic" and found
    return _make_reading(found[0].reading) if characteristic else None


def _make_delta(
    delta: Delta, value: Reading | Answered | Flag | None
) -> schemas.MeasuredDelta | schemas.AnsweredDelta | None:
    if isinstance(value, Answered):
        return {"points": delta.points}
    if isinstance(value, Reading):
        return {"stage": delta.stage, "index": json_number(delta.index)}
    return None


def _make_noise(noise: Noise | None) -> schemas.NoiseResult | None:
    if noise is None:
        return None
    return {
        "p": None if noise.p is None else _round(noise.p),
        "p_adjusted": None if noise.p_adjusted is None else _round(noise.p_adjusted),
        "change": _round(noise.change),
        "interval": [_round(each) for each in noise.interval],
        "more_than_noise": noise.more_than_noise,
    }


def _make_mix(move: Move | None) -> schemas.MixResult | None:
    if move is None:
        return None
    return {"change": _round(move.change), "mix": _round(move.mix)}


def _round(value: float | Fraction) -> float:
    return float(round_half_up(Fraction(value), 4))


def _make_number(value: Fraction | int | None) -> float | None:
    return None if value is None else json_number(Fraction(value))


def _make_exempt(finding: Finding | None) -> schemas.ExemptResult | None:
    if finding is None or finding.exemption is None or not finding.exempt:
        return None
    return {"until": finding.exemption.until.isoformat(), "reason": finding.exemption.reason}


def _make_location(place: Place) -> schemas.Location:
    return {"path": place.path, "line": place.line}
