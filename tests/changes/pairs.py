"""Two small results to compare, written as rows like a sheet, and what is said of their changes."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from scoring.sheets import Sheet

from custfocus_cli.changes.compare import Change, Comparison, compare

THEN = {"date": datetime.date(2025, 1, 31)}


def compare_sheets(old: Sheet, new: Sheet) -> Comparison:
    """What moved from the answers of one sheet to those of the other, a year later."""
    return compare(replace(old, assessment={**THEN, **old.assessment}).score(), new.score())


def compare_rows(old: Mapping[str, str], new: Mapping[str, str], **keys: Any) -> Comparison:
    """What moved between two sets of answers to one questionnaire."""
    return compare_sheets(Sheet(old, **keys), Sheet(new, **keys))


def find(comparison: Comparison, scope: str, name: str) -> Change[Any]:
    """The change of one thing."""
    return next(each for each in comparison.changes if (each.scope, each.id) == (scope, name))


def tell(comparison: Comparison, scope: str, name: str) -> tuple[str, bool, str | None]:
    """Verdict, certainty and cause of one thing."""
    change = find(comparison, scope, name)
    return change.verdict, change.certain, change.cause


def list_moved(comparison: Comparison) -> dict[tuple[str, str], tuple[str, bool, str | None]]:
    """Verdict, certainty and cause of everything that is not unchanged."""
    return {
        (each.scope, each.id): (each.verdict, each.certain, each.cause)
        for each in comparison.changes
        if each.verdict != "unchanged"
    }


def delta_of(
    comparison: Comparison, scope: str, name: str
) -> tuple[int | None, Fraction | None, int | None]:
    """New less old of one thing: stages, points of the index, points of the scale."""
    delta = find(comparison, scope, name).delta
    return delta.stage, delta.index, delta.points


def stages_of(
    comparison: Comparison, scope: str, name: str
) -> list[tuple[int | None, int | None] | None]:
    """The lowest and the highest stage of one thing, before and after."""
    change = find(comparison, scope, name)
    return [each and (each.stage_low, each.stage_high) for each in (change.old, change.new)]
