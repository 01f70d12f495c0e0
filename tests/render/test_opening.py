"""How the letter begins: what is certain, how many went which way, the way to the target."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from changes.pairs import compare_rows, compare_sheets
from scoring.sheets import Sheet

from custfocus_cli.changes.compare import Comparison
from custfocus_cli.render.moves import describe_items
from custfocus_cli.render.opening import open_letter

Rows = Mapping[str, str]


def open_rows(old: Rows, new: Rows, **keys: Any) -> list[str]:
    return open_comparison(compare_rows(old, new, **keys))


def open_comparison(comparison: Comparison) -> list[str]:
    return [*open_letter(comparison, describe_items(comparison))]


# Two stages; an index is the mean of both, each the share of 3 points for every item.
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        # all is known: nothing has to be said of certainty
        ("L L / N", "L L / P", "still stands at stage 1. The index rose from 33.3 to 50.0."),
        ("P N / N", "N P / N", "still stands at stage 0; the index is 8.3 as before."),
        # N keeps it at 0; of four items one is known, so the index lies from 0 to (3/6 + 1) / 2
        (
            "L L / N",
            "N DK / DK",
            "fell from stage 1 to stage 0, Stage 0. The index was 33.3 and is between 0.0 and 75.0"
            " now. The fall in stage is certain, whatever the unknown answers are.",
        ),
        # L and unknown: 33.3 to 83.3 at stage 1, nothing at stage 2, so at most 41.7
        (
            "L L / P",
            "L DK / N",
            "stands between stage 0 and stage 1; before, it stood at stage 1. The index fell from"
            " 50.0 to 33.3. The fall in index is certain, whatever the unknown answers are.",
        ),
        # 1/6 to 4/6 at stage 1 on both sides, all and then nothing at stage 2
        (
            "P DK / F",
            "P DK / N",
            "still stands at stage 0. The index fell from 66.7 to 16.7. The fall is certain,"
            " whatever the unknown answers are.",
        ),
        # two stages lost, and from 100 to at most 66.7
        (
            "F F F / F",
            "N L DK / N",
            "fell from stage 2 to stage 0, Stage 0. The index fell from 100.0 to 16.7. The fall is"
            " certain, whatever the unknown answers are.",
        ),
        # what is known is as good as before, and nobody knows the rest
        (
            "L L L / N",
            "L L DK / N",
            "stands between stage 0 and stage 1; before, it stood at stage 1. The index was 33.3"
            " and is between 22.2 and 38.9 now. Unknown answers decide whether this is a fall.",
        ),
    ],
)
def test_what_is_certain_of_the_organisation(old: str, new: str, said: str) -> None:
    assert open_rows({"vision": old}, {"vision": new})[0] == f"Somewhere {said}"


LOW, HIGH, TOP = "N / N", "L / N", "L / P"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ((LOW, LOW), (HIGH, HIGH), "Both characteristics rose, both to a higher stage."),
        ((HIGH, LOW), (TOP, LOW), "One of two characteristics rose; one did not change."),
        (
            (HIGH, HIGH, HIGH, LOW, HIGH),
            (LOW, LOW, HIGH, HIGH, HIGH),
            "Two of five characteristics fell, both to a lower stage; one rose to a higher stage;"
            " two did not change.",
        ),
        (
            (TOP, HIGH, HIGH, HIGH),
            (HIGH, LOW, LOW, LOW),
            "All four characteristics fell, three of them to a lower stage.",
        ),
        (
            (HIGH, HIGH, HIGH),
            (LOW, "DK / N", HIGH),
            "Two of three characteristics fell, one of them to a lower stage, one of them not for"
            " certain; one did not change.",
        ),
        (
            (LOW, HIGH, LOW),
            (LOW, "DK / N", LOW),
            "One of three characteristics fell, but not for certain; two did not change.",
        ),
        (
            ("L L / N", LOW),
            ("F P / N", LOW),
            "One of two characteristics fell to a lower stage; one did not change.",
        ),
        # up and down by a point, inside a stage that is not in place on either side
        (
            ("P N / N", LOW),
            ("N P / N", LOW),
            "None of the two characteristics changed as a whole. Inside them, one item fell and one"
            " rose.",
        ),
        (
            ("P N P / N", LOW),
            ("N P P / N", HIGH),
            "One of two characteristics rose to a higher stage; one did not change. Inside the"
            " others, one item fell and one rose.",
        ),
    ],
)
def test_how_many_went_which_way(old: tuple[str, ...], new: tuple[str, ...], said: str) -> None:
    sides = [{f"trait-{n}": row for n, row in enumerate(rows)} for rows in (old, new)]
    paragraph = open_rows(*sides)[1]
    for start in ("Of the way", "The way", "Counting what"):
        paragraph = paragraph.partition(f" {start}")[0]
    assert paragraph == said


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        # two stages to go
        (
            "N / N",
            "L / N",
            "Of the way to the target “Stage 2”, 50.0 % is done now and nothing was before.",
        ),
        (
            "L / N",
            "L / L",
            "Of the way to the target “Stage 2”, 50.0 % was done before and 100.0 % is now. That is"
            " 100.0 % of what was left.",
        ),
        (
            "L / L",
            "L / N",
            "The way to the target “Stage 2” is longer than it was: 100.0 % was done before and"
            " 50.0 % is now.",
        ),
        ("L / N", "L / P", "The way to the target “Stage 2” is as long as it was: 50.0 % is done."),
        ("L / L", "L / F", ""),
    ],
)
def test_the_way_to_the_target(old: str, new: str, said: str) -> None:
    _, _, way = open_rows({"vision": old}, {"vision": new})[1].partition(". ")
    assert way == said


def test_a_target_of_its_own() -> None:
    own = {"target": {"default": 1, "characteristics": {"vision": 2}}}
    paragraph = open_rows({"vision": "N / N"}, {"vision": "L / N"}, assessment=own)[1]
    assert "Of the way to its own target, 50.0 % is done now and nothing was before." in paragraph


# --- another questionnaire -------------------------------------------------------------------

SHEET = Sheet({"vision": "L / N"})
LONGER = replace(SHEET, rows={"vision": "L / N N"})


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({}, "The questionnaire changed although both files say version 1 of sheet."),
        (
            {"version": "1.1"},
            "The questionnaire changed, from version 1 to version 1.1 of Sheet.",
        ),
        (
            {"title": "Paper"},
            "The questionnaire changed, from Sheet 1 (sheet) to Paper 1 (sheet).",
        ),
    ],
)
def test_another_questionnaire(keys: Mapping[str, str], said: str) -> None:
    opening = open_comparison(compare_sheets(SHEET, replace(LONGER, questionnaire=keys)))
    assert opening[-1] == (
        f"{said} Only what both ask is compared here, two items, so numbers can differ from those"
        " elsewhere."
    )


def test_other_rules_are_said_once() -> None:
    stricter = replace(SHEET, scoring={"gate": {"every": "F"}}, questionnaire={"version": "2"})
    assert open_comparison(compare_sheets(SHEET, stricter))[0] == (
        "Somewhere fell from stage 1 to stage 0, Stage 0. The index is 33.3 as before. This comes"
        " from other rules of scoring, not from the answers."
    )
