"""What many people say, as plain data for JSON."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Final, Literal

from custfocus_cli.render import schemas
from custfocus_cli.scoring.aggregate import Kind, Statistic
from custfocus_cli.scoring.opinions import (
    Crowd,
    Division,
    IndexOpinion,
    ItemOpinion,
    Opinions,
    list_divided,
)
from custfocus_cli.scoring.panel import Panel
from custfocus_cli.scoring.scorecard import Scorecard
from custfocus_cli.scoring.statistics.groups import Delta
from custfocus_cli.scoring.views import find_perception_gaps
from custfocus_cli.wording.numbers import json_number

_KINDS: Final[Mapping[Kind, Literal["index", "perception"]]] = {
    "indexes": "index",
    "perceptions": "perception",
}


def make_voices(card: Scorecard) -> schemas.VoicesResult:
    """The key `voices` of a scorecard."""
    return {
        "panels": [
            _make_panel(panel, definition.id, panel.opinions)
            for panel, definition in card.joined
            if panel.opinions is not None
        ],
        "perception_gaps": [
            {
                "characteristic": each.id,
                "measured": _make_number(each.measured),
                "seen": _make_number(each.seen),
                "perception_kind": "middle" if each.few else "mean",
                "gap": _make_number(each.points),
                "topic": each.worth_talk,
            }
            for each in find_perception_gaps(card)
        ],
    }


def _make_panel(panel: Panel, questionnaire: str, opinions: Opinions) -> schemas.PanelOpinion:
    everyone = opinions.everyone
    return {
        "questionnaire": questionnaire,
        "respondents": everyone.respondents,
        "anonymous": opinions.anonymous,
        "min_group": opinions.least or None,
        "by": opinions.by,
        "items": _make_items(everyone),
        "divided": list(list_divided(everyone)),
        "agreed": [name for name, each in panel.answers.items() if each.agreed],
        "indexes": _make_indexes(everyone),
        "characteristics": [_make_division(*each) for each in opinions.divisions.items()],
        "krippendorff_alpha": json_number(opinions.assessors),
        "groups": [
            {
                "group": name,
                "respondents": crowd.respondents,
                "items": _make_items(crowd),
                "indexes": _make_indexes(crowd),
            }
            for name, crowd in opinions.groups.items()
        ],
    }


def _make_items(crowd: Crowd) -> list[schemas.ItemOpinion]:
    return [_make_item(*each) for each in crowd.items.items()]


def _make_item(name: str, item: ItemOpinion) -> schemas.ItemOpinion:
    return {
        "item": name,
        "answered": item.answered,
        "counts": dict(item.counts),
        "rating": item.rating,
        "mean": json_number(item.mean),
        "mean_low": _make_end(item.interval and item.interval.low),
        "mean_high": _make_end(item.interval and item.interval.high),
        "deviation": json_number(item.deviation),
        "spread": item.spread,
        "a_wg": json_number(item.agreement),
        "polarised": item.polarised,
        "disagreement": item.differ,
    }


def _make_indexes(crowd: Crowd) -> list[schemas.IndexOpinion]:
    return [_make_index(*each) for each in crowd.indexes.items()]


def _make_index(part: Statistic, index: IndexOpinion) -> schemas.IndexOpinion:
    return {
        "characteristic": part.name,
        "kind": _KINDS[part.kind],
        "known": index.known,
        "median": json_number(index.median),
        "mean": json_number(index.mean),
        "mean_low": _make_end(index.interval and index.interval.low),
        "mean_high": _make_end(index.interval and index.interval.high),
    }


def _make_division(part: Statistic, division: Division) -> schemas.Division:
    effect = division.effect
    return {
        "characteristic": part.name,
        "kind": _KINDS[part.kind],
        "r_wg": json_number(division.agreement),
        "cronbach_alpha": json_number(division.consistency),
        "icc1": json_number(effect.share) if effect else None,
        "icc2": json_number(effect.reliability) if effect else None,
        "rankable": bool(effect and effect.rankable),
        "gaps": [_make_gap(*each) for each in division.gaps.items()],
    }


def _make_gap(group: str, gap: Delta) -> schemas.GroupGap:
    return {
        "group": group,
        "delta": _make_number(gap.delta),
        "delta_low": _make_end(gap.interval and gap.interval.low),
        "delta_high": _make_end(gap.interval and gap.interval.high),
        "size": gap.size,
    }


def _make_end(value: float | None) -> float | None:
    """An end of an interval."""
    return None if value is None else _make_number(Fraction(value))


def _make_number(value: Fraction) -> float:
    return json_number(value) or 0.0
