"""The rules on where a result stands: lowest stages, indexes and coverages, and its age.

The low reading counts, and what is undefined never holds. What does not apply has no index and no
coverage that could be asked for, unless a rule names it; a stage that does not apply is passed as
the domain's rule 2.2.9 says. Where nothing at all is rated, no rule holds. Of a characteristic that
is asked about by items of perception alone, they give index and coverage, as in a comparison; where
people place it is no stage.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterator, Mapping
from fractions import Fraction
from typing import Final, NamedTuple

from custfocus_cli.changes.finding import Finding, Why
from custfocus_cli.changes.readings import ORGANISATION, read_items, read_view
from custfocus_cli.documents.policy import (
    MaxAgeDays,
    MinCoverage,
    MinIndex,
    MinStage,
    Rules,
    Severity,
)
from custfocus_cli.scoring.ladder import Reading, find_blocking_stage
from custfocus_cli.scoring.perception import read_views
from custfocus_cli.scoring.scorecard import CharacteristicResult, Scorecard

Limit = Fraction | int
Read = Callable[[Reading], Limit | None]

AHEAD_DAYS: Final = 1
"""By how many days a result may be dated ahead: the next day begins earlier elsewhere."""


class Limits(NamedTuple):
    """One rule on the organisation, on every characteristic, on single ones."""

    rule: str
    read: Read
    severity: Severity
    organisation: Limit | None
    default: Limit | None
    characteristics: Mapping[str, Limit]


def judge_limits(
    card: Scorecard, rules: Rules, as_of: datetime.date, only: Collection[str] | None
) -> Iterator[Finding]:
    """Every rule on where a result stands, applied to everything that it is about.

    `only` names the characteristics that are judged alone, without the organisation; the age is
    that of their answers too.
    """
    rated = any(each.state == "rated" for each in read_items(card).values())
    for limits in _list_limits(rules):
        yield from _judge(card, limits, rated, only)
    if rules.max_age_days is not None:
        yield _judge_age(card, rules.max_age_days, as_of, rated)


def _list_limits(rules: Rules) -> Iterator[Limits]:
    read: Read
    for name, rule, read in (
        ("min-stage", rules.min_stage, _read_stage),
        ("min-index", rules.min_index, _read_index),
        ("min-coverage", rules.min_coverage, _read_coverage),
    ):
        if isinstance(rule, MinStage | MinIndex | MinCoverage):
            yield Limits(
                name, read, rule.severity, rule.organisation, rule.default, rule.characteristics
            )


def _read_stage(reading: Reading) -> int | None:
    return reading.stage_low if reading.coverage else None


def _read_index(reading: Reading) -> Fraction | None:
    if reading.index is None or reading.index_low is None:  # what people perceive has no bounds
        return reading.index
    return reading.index_low


def _read_coverage(reading: Reading) -> Fraction | None:
    return reading.coverage or None


def _judge(
    card: Scorecard, limits: Limits, rated: bool, only: Collection[str] | None
) -> Iterator[Finding]:
    if limits.organisation is not None and only is None:
        found = limits.read(card.result) if rated else None
        why = _compare(found, limits.organisation)
        yield Finding(limits.rule, *ORGANISATION, limits.severity, why, found, limits.organisation)
    views = {} if limits.read is _read_stage else read_views(card.joined)
    for each in card.characteristics:
        seen = None if any(cell.items for cell in each.cells) else views.get(each.id)
        limit = limits.characteristics.get(each.id)
        if limit is None and (each.applicable or seen is not None or not rated):
            limit = limits.default
        if limit is None or (only is not None and each.id not in only):
            continue
        reading = each.reading if seen is None else read_view(seen)
        yield _judge_one(card, each, limits, limit, reading if rated else None)


def _judge_one(
    card: Scorecard,
    each: CharacteristicResult,
    limits: Limits,
    limit: Limit,
    reading: Reading | None,
) -> Finding:
    """The finding; `reading` is None where nothing at all is rated."""
    found = None if reading is None else limits.read(reading)
    why = _compare(found, limit)
    if limits.read is _read_stage and reading is not None and _passes(card, each, limit):
        why = None
    return Finding(limits.rule, "characteristic", each.id, limits.severity, why, found, limit)


def _compare(found: Limit | None, limit: Limit) -> Why | None:
    if found is None:
        return "undefined"
    return "below" if found < limit else None


def _passes(card: Scorecard, each: CharacteristicResult, stage: Limit) -> bool:
    """Whether it passes a stage by cells of which none is in place, as they do not apply.

    Something must have been asked and, where anything applies, something be known.
    """
    if card.definition.model.gate.none or not any(cell.items for cell in each.cells):
        return False
    if each.applicable and not each.reading.coverage:
        return False
    blocking = find_blocking_stage(each.cells, card.definition.model)
    return blocking is None or blocking > stage


def _judge_age(card: Scorecard, rule: MaxAgeDays, as_of: datetime.date, rated: bool) -> Finding:
    days = (as_of - card.panel.date).days
    why: Why | None = None
    if not rated:
        why = "undefined"
    elif days < -AHEAD_DAYS:
        why = "dated-ahead"
    elif days > rule.days:
        why = "too-old"
    found = days if rated else None
    return Finding("max-age-days", *ORGANISATION, rule.severity, why, found, rule.days)
