"""What a diff or a check tells a reader: the verdict first, what moved, every characteristic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Final, NamedTuple

from custfocus_cli.changes.compare import Change, Comparison
from custfocus_cli.changes.readings import ORGANISATION
from custfocus_cli.changes.sides import Check, Diff, Side
from custfocus_cli.changes.versions import Key
from custfocus_cli.render.changes import Letter, write_letter
from custfocus_cli.render.gate_verdict import tell_plain_verdict, tell_verdict
from custfocus_cli.render.judged import Entry, Judged, list_entries, tell_remarks
from custfocus_cli.render.moves import name_characteristic, show_range
from custfocus_cli.render.narrative import (
    NONE,
    name_questionnaire,
    show_coverage,
    show_index,
    show_stage,
)
from custfocus_cli.render.noise import name_noise
from custfocus_cli.render.places import name_place
from custfocus_cli.render.tables import Column, Table
from custfocus_cli.scoring.ladder import Reading
from custfocus_cli.wording.gate import FIRST, SEVERITIES, say_advice, say_demand, say_identical
from custfocus_cli.wording.numbers import amount, percent_change
from custfocus_cli.wording.phrases import listed, long_date, sentence
from custfocus_cli.wording.sections import SECTIONS
from custfocus_cli.wording.verdicts import CHANGES

CHECKED: Final = "One result judged"
_NO_CHANGE: Final = "\N{EN DASH}"
"""What stands for a change that cannot be counted."""


class Told(NamedTuple):
    """One thing that a rule is against: how much it matters, the rule, what it is, where it is."""

    severity: str
    fails: bool
    rule: str
    message: str
    place: str


class GateLetter(NamedTuple):
    """A diff or a check as a page tells it.

    `verdict` is for a page to send on, `coded` the same with the exit code; `advice` says how to
    let pass what failed, and is empty where nothing did.
    `letter` is None where nothing was compared, or where `identical` says it all. `places` say
    where each item is answered. `section` is the heading that `table` stands under; the table is
    None where nothing could be judged.
    """

    kind: str
    organisation: str
    day: str
    status: str
    verdict: str
    coded: str
    advice: str
    facts: tuple[tuple[str, str], ...]
    told: tuple[Told, ...]
    identical: str
    letter: Letter | None
    places: Mapping[str, str]
    section: str
    table: Table | None
    notices: tuple[str, ...]


def view_diff(diff: Diff) -> GateLetter:
    """The letter about two results."""
    comparison = diff.comparison
    kind = FIRST if diff.old is None else SECTIONS["changes"].title
    letter = _view(diff, kind, tuple(_name_facts(diff)))
    if comparison is None:
        return letter
    same = comparison.identical
    return letter._replace(
        identical=say_identical() if same else "",
        letter=None if same else _write(comparison, diff),
        section="compared",
        table=tabulate_changes(comparison, diff),
    )


def _write(comparison: Comparison, diff: Diff) -> Letter:
    """The letter; where both are of one day it says by its path which one is the earlier."""
    letter = write_letter(comparison)
    alike = comparison.old.panel.date == comparison.new.panel.date
    return letter._replace(day=diff.old.path) if alike and diff.old else letter


def view_check(check: Check) -> GateLetter:
    """The letter about one result."""
    facts = (("Result", _name_side(check.new)), *_name_scope(check.new), *_name_demand(check))
    return _view(check, CHECKED, facts)


def _view(judged: Judged, kind: str, facts: tuple[tuple[str, str], ...]) -> GateLetter:
    """What both have in common; the table is that of the new result."""
    panel = judged.new.card.panel
    return GateLetter(
        kind=kind,
        organisation=panel.organisation,
        day=long_date(panel.date),
        status=judged.ruling.status,
        verdict=tell_plain_verdict(judged),
        coded=tell_verdict(judged),
        advice=say_advice(judged.ruling.demand.policy_path) if judged.ruling.failed else "",
        facts=facts,
        told=tuple(_tell(each) for each in list_entries(judged) if each.finding is not None),
        identical="",
        letter=None,
        places={name: name_place(place) for name, place in judged.new.places.items()},
        section="standing",
        table=None if judged.ruling.obstacles else tabulate_standing(judged),
        notices=tuple(text for _, text in tell_remarks(judged)),
    )


def _tell(entry: Entry) -> Told:
    return Told(
        severity=SEVERITIES["exempt" if entry.exempt else entry.severity],
        fails=entry.fails,
        rule=entry.rule or "change",
        message=entry.message,
        place=name_place(entry.place),
    )


# --- the head --------------------------------------------------------------------------------


def _name_facts(diff: Diff) -> Iterator[tuple[str, str]]:
    """What was compared, and what the gate goes by."""
    if diff.old is not None:
        old, new = diff.old.card.panel, diff.new.card.panel
        renamed = (old.organisation, old.scope) != (new.organisation, new.scope)
        other = f"{old.organisation}, {old.scope}, " if renamed else ""
        yield "Before", f"{other}{_name_side(diff.old)}"
    yield "Now", _name_side(diff.new)
    yield from _name_scope(diff.new)
    yield from _name_demand(diff)


def _name_side(side: Side) -> str:
    questionnaire = name_questionnaire(side.card.definition)
    return f"{long_date(side.card.panel.date)}, {side.path}, {questionnaire}"


def _name_scope(side: Side) -> Iterator[tuple[str, str]]:
    yield "Scope", side.card.panel.scope


def _name_demand(judged: Judged) -> Iterator[tuple[str, str]]:
    demand = judged.ruling.demand
    tolerance = _find_tolerance(judged)
    within = amount(tolerance) if tolerance else ""
    yield SECTIONS["gate"].title, say_demand(demand.fail_on, within, demand.policy_path)
    if demand.only is not None:
        yield "Judged alone", listed(demand.only)
    if demand.as_of != judged.new.card.panel.date:
        yield "Looked at from", long_date(demand.as_of)


def _find_tolerance(judged: Judged) -> Fraction | None:
    """By how many points an index may fall; None where no rule is about that."""
    rule = judged.ruling.demand.policy.rules.no_regression
    return None if rule is None else rule.tolerance


# --- the tables ------------------------------------------------------------------------------


def tabulate_changes(comparison: Comparison, diff: Diff) -> Table:
    """The organisation and every characteristic, then and now."""
    whole, tolerance = comparison.organisation, _find_tolerance(diff)
    changes = [
        (comparison.new.panel.organisation, whole),
        *((name_characteristic(each, comparison), each) for each in comparison.characteristics),
    ]
    staged = any(
        side is not None and side.stage_low is not None
        for _, change in changes
        for side in (change.old, change.new)
    )
    columns = [
        Column("Characteristic", "head"),
        *[Column(title, "number") for title in ("Stage before", "Stage", "Stage change")] * staged,
        *[Column(title, "number") for title in ("Index before", "Index", "Index change")],
        Column("Change"),
    ]
    limits = _list_limits(diff, "min-index")
    return Table(
        columns,
        [
            (
                name,
                *_show_stages(change) * staged,
                *_show_indexes(change, tolerance, limits.get((change.scope, change.id), ())),
                _show_verdict(change, comparison, diff),
            )
            for name, change in changes
        ],
    )


def _show_stages(change: Change[Reading]) -> tuple[str, str, str]:
    old, new = (NONE if side is None else show_stage(side) for side in (change.old, change.new))
    if change.delta.stage is None or change.old is None or change.new is None:
        return old, new, _NO_CHANGE
    return old, new, _show_steps(change.old, change.new)


def _show_steps(old: Reading, new: Reading) -> str:
    """By how many stages both bounds moved: `+1`, or `0 to +1` where that is not the same."""
    low = (new.stage_low or 0) - (old.stage_low or 0)
    high = (new.stage_high or 0) - (old.stage_high or 0)
    steps = dict.fromkeys(sorted((low, high)))
    return " to ".join(f"{step:+d}" if step else "0" for step in steps)


def _show_indexes(
    change: Change[Reading], tolerance: Fraction | None, limits: tuple[Fraction, ...]
) -> tuple[str, str, str]:
    """Both indexes and how far apart they are, none of them against what was judged."""
    sides, fall = (change.old, change.new), change.delta.index
    if fall is None:
        old, new = (NONE if side is None else show_index(side, *limits) for side in sides)
        return old, new, _NO_CHANGE
    known = [side for side in sides if side is not None and side.index is not None]
    indexes = [side.index for side in known if side.index is not None]
    old, new, apart = percent_change(indexes[0], indexes[1], limits, tolerance or Fraction(0))
    ranges = [show_range(side, *limits) for side in known]
    return f"{old}{ranges[0]}", f"{new}{ranges[1]}", apart


def _show_verdict(change: Change[Reading], comparison: Comparison, diff: Diff) -> str:
    finding = diff.ruling.against.get((change.scope, change.id))
    doubtful = change.verdict in ("improved", "regressed") and not change.certain
    noise = name_noise(change, comparison)
    return ", ".join(
        (
            sentence(CHANGES[change.verdict][0]),
            *[noise] * bool(noise),
            *["not certain"] * doubtful,
            *["exempt"] * (finding is not None and finding.exempt),
        )
    )


def tabulate_standing(judged: Judged) -> Table:
    """The organisation and every characteristic as they stand now."""
    card, model = judged.new.card, judged.new.card.definition.model
    readings: list[tuple[Key, str, Reading]] = [
        (ORGANISATION, card.panel.organisation, card.result)
    ]
    for each in card.characteristics:
        key: Key = ("characteristic", each.id)
        readings.append((key, model.characteristic(each.id).name, each.reading))
    indexes, coverages = (_list_limits(judged, rule) for rule in ("min-index", "min-coverage"))
    columns = [
        Column("Characteristic", "head"),
        *[Column("Stage", "number")] * (not model.gate.none),
        Column("Index", "number"),
        Column("Answered, %", "number"),
    ]
    return Table(
        columns,
        [
            (
                name,
                *[show_stage(reading)] * (not model.gate.none),
                show_index(reading, *indexes.get(key, ())),
                show_coverage(reading, model, *coverages.get(key, ())),
            )
            for key, name, reading in readings
        ],
    )


def _list_limits(judged: Judged, rule: str) -> Mapping[Key, tuple[Fraction, ...]]:
    """The limits of one rule, by what it is about."""
    return {
        (each.scope, each.id): (Fraction(each.limit),)
        for each in judged.ruling.findings
        if each.rule == rule and each.limit is not None
    }
