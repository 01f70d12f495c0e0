"""What changed beside the ratings, in words: evidence, notes, the head of a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from changes.pairs import compare_sheets
from scoring.sheets import Sheet

from custfocus_cli.changes.compare import Comparison
from custfocus_cli.render.backing import compare_evidence, say_rest
from custfocus_cli.render.moves import describe_items

Answers = Mapping[str, Mapping[str, Any]]
CAPS = {"gate": {"every": "L"}, "evidence_cap": {"L": 1, "F": 2}}


def compare_backed(old: Answers, new: Answers, **head: Any) -> Comparison:
    rows = {"vision": "L F / L"}
    return compare_sheets(
        Sheet(rows, answers=old, scoring=CAPS),
        Sheet(rows, answers=new, scoring=CAPS, assessment=head),
    )


def tell(comparison: Comparison) -> list[str]:
    backing = compare_evidence(comparison, describe_items(comparison))
    return [] if backing is None else [backing.text, *(each.sentence for each in backing.weaker)]


def levels(*numbers: int | None) -> Answers:
    names = ("vision-1a", "vision-1b", "vision-2a")
    return {name: {"evidence": level} for name, level in zip(names, numbers, strict=True)}


def test_less_and_more_evidence() -> None:
    # F at level 3 counts as F, at 2 as F too: the stage as evidenced is what it was
    assert tell(compare_backed(levels(1, 3, 1), levels(1, 2, 3))) == [
        "One answer has less evidence than before, and one has more.",
        "vision-1b is there (vision-1b): evidence from “Level 3” to “Level 2”.",
    ]
    assert tell(compare_backed(levels(1, 2, 1), levels(2, 3, 2))) == [
        "Three answers have more evidence than before.",
    ]


def test_the_stage_as_evidenced_is_said_where_it_moved_otherwise() -> None:
    # L without level 1 counts as P, so no stage is in place any more
    assert tell(compare_backed(levels(1, 2, 1), levels(0, 2, 1))) == [
        "One answer has less evidence than before. With evidence counted, Somewhere fell from stage"
        " 2 to stage 0, Stage 0.",
        "vision-1a is there (vision-1a): evidence from “Level 1” to “Level 0”.",
    ]


def test_what_nobody_wrote_down_is_not_less() -> None:
    assert tell(compare_backed(levels(1, 2, 1), levels(None, None, None))) == []
    assert tell(compare_backed(levels(1, 2, 1), levels(1, 2, 1))) == []


@pytest.mark.parametrize(
    ("new", "head", "said"),
    [
        ({}, {}, "No rating, evidence or note changed."),
        (
            {"vision-1a": {"note": "Seen."}},
            {},
            "No rating changed. What did: the note of vision-1a.",
        ),
        (
            {
                "vision-1a": {"note": "Seen.", "evidence": 2},
                "vision-2a": {"note": "Seen too.", "by": "hr"},
            },
            {"target": {"default": 1}},
            "No rating changed. What did: the evidence of vision-1a; the note of vision-1a,"
            " vision-2a; the source of vision-2a; the target.",
        ),
        (
            {},
            {"figures": {"source": "Controlling"}},
            "No rating changed. What did: the figures.",
        ),
    ],
)
def test_where_no_rating_moved(new: Answers, head: Mapping[str, Any], said: str) -> None:
    assert say_rest(compare_backed({}, new, **head)) == said


def test_three_items_are_named_and_the_rest_counted() -> None:
    old = Sheet({"vision": "L L L L L / N"})
    notes = {f"vision-1{letter}": {"note": "Seen."} for letter in "abcde"}
    assert say_rest(compare_sheets(old, Sheet(old.rows, answers=notes))) == (
        "No rating changed. What did: the note of vision-1a, vision-1b, vision-1c and two more."
    )
