"""Why two results cannot be compared: every reason, alone."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

import pytest
from scoring.sheets import Sheet

from custfocus_cli.changes.obstacles import Obstacle, find_obstacles

ROWS = {"vision": "L / N"}
NEW = Sheet(ROWS)
BEFORE: dict[str, Any] = {"date": datetime.date(2025, 1, 31)}
OLD = replace(NEW, assessment=BEFORE)


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (OLD, NEW, []),
        (NEW, NEW, []),
        (
            replace(OLD, assessment={**BEFORE, "organisation": "Elsewhere"}),
            NEW,
            [Obstacle("other-organisation", "Elsewhere", "Somewhere")],
        ),
        (
            replace(OLD, assessment={**BEFORE, "scope": "depot north"}),
            NEW,
            [Obstacle("other-scope", "depot north", "whole organisation")],
        ),
        (
            replace(OLD, questionnaire={"id": "other"}),
            NEW,
            [Obstacle("other-questionnaire", "other", "sheet")],
        ),
        (
            replace(OLD, rows={"vision": "L / N / N"}),
            NEW,
            [Obstacle("other-stages", "s1, s2, s3", "s1, s2")],
        ),
        (
            replace(OLD, questionnaire={"version": "2"}),
            NEW,
            [],
        ),
        (
            replace(OLD, rows={"voice": "L / N"}),
            NEW,
            [Obstacle("nothing-shared", "sheet", "sheet")],
        ),
        (NEW, OLD, [Obstacle("swapped-dates", "2026-01-31", "2025-01-31")]),
        (
            replace(OLD, rows={"vision": ". / NA"}),
            replace(NEW, rows={"vision": "DK / ."}),
            [Obstacle("nothing-rated", "2025-01-31", "2026-01-31")],
        ),
        # one empty side is a comparison: everything becomes known, or unknown
        (replace(OLD, rows={"vision": ". / ."}), NEW, []),
        (OLD, replace(NEW, rows={"vision": ". / ."}), []),
    ],
)
def test_every_reason(old: Sheet, new: Sheet, found: list[Obstacle]) -> None:
    assert list(find_obstacles(old.score(), new.score())) == found


def test_all_reasons_are_found_at_once() -> None:
    other = replace(
        NEW,
        rows={"voice": ". / . / ."},
        questionnaire={"id": "other"},
        assessment={"organisation": "Elsewhere", "scope": "depot", "date": "2027-01-01"},
    )
    found = find_obstacles(other.score(), replace(NEW, rows={"vision": ". / ."}).score())
    assert [each.reason for each in found] == [
        *("other-organisation", "other-scope", "other-questionnaire", "other-stages"),
        *("nothing-shared", "swapped-dates", "nothing-rated"),
    ]
