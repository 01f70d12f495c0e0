"""Why two results cannot be compared: every reason, alone."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

import pytest
from scoring.sheets import Sheet

from custfocus_cli.changes.obstacles import Obstacle, find_obstacles
from custfocus_cli.scoring.panel import panel, panel_of_tally
from custfocus_cli.scoring.scorecard import Scorecard, score
from custfocus_cli.scoring.tallies import About, tally_assessments

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


def survey(people: int, date: str = "2026-01-31", mode: str = "survey") -> Scorecard:
    """A result of so many people, read from their answers."""
    sheets = [
        replace(NEW, assessment={"date": date, "mode": mode, "respondent": {"id": f"r{n}"}})
        for n in range(people)
    ]
    return score(panel([each.filled for each in sheets], NEW.definition), NEW.definition)


def count(people: int, wave: str | None = None, date: str = "2026-01-31") -> Scorecard:
    """A result of so many people, read from their tally."""
    files = survey(people).panel.sources
    day = datetime.date.fromisoformat(date)
    about = About("Somewhere", day, "survey", wave=wave)
    tally = tally_assessments(files, NEW.definition, about)
    return score(panel_of_tally(tally, NEW.definition), NEW.definition)


@pytest.mark.parametrize(
    ("old", "new", "refused"),
    [
        (count(29), count(30), True),
        (count(30), count(29), True),
        (count(29, "w"), count(33, "w", "2026-02-02"), True),
        (count(29, "w"), count(34, "w"), False),
        (count(29, "w"), count(30, "x"), False),
        (count(29), count(29), False),
        (count(29, date="2025-01-31"), count(30), False),
        (survey(29), survey(30), True),
        (survey(29), count(30), True),
        (survey(29), survey(34), False),
        (survey(29, "2025-01-31"), survey(30), False),
        (survey(29, mode="interview"), survey(30, mode="interview"), False),
        (survey(2), survey(3), False),  # nothing but ratings is told of so few
    ],
)
def test_two_exports_of_one_survey_that_a_few_people_set_apart(
    old: Scorecard, new: Scorecard, refused: bool
) -> None:
    found = [each.reason for each in find_obstacles(old, new)]
    assert found == (["few-apart"] if refused else [])


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
