"""A ladder of one stage in words: what is in place and what is open, without a headline stage."""

from __future__ import annotations

from typing import Any

import pytest
from scoring.sheets import Sheet

from custfocus_cli.changes.compare import compare
from custfocus_cli.render.changes import write_letter
from custfocus_cli.render.checklist import Point, list_points
from custfocus_cli.render.formats import PLAN, SCORE
from custfocus_cli.render.narrative import write_certainty, write_figures, write_verdict
from custfocus_cli.render.record import write_record
from custfocus_cli.render.terminal import Terminal
from custfocus_cli.scoring.scorecard import Scorecard

LEVELS = [{"level": n, "label": f"Level {n}"} for n in range(3)]
CAPPED = {"gate": {"every": "L"}, "evidence_cap": {"L": 1, "F": 2}}


def tick(rows: dict[str, str], answers: dict[str, Any] | None = None, **keys: Any) -> Scorecard:
    """The scorecard of a list of points; each row holds the answers to one of them."""
    model = {"noun": "point", "evidence_levels": LEVELS, **keys}
    return Sheet(rows, scoring=CAPPED, model=model, answers=answers or {}).score()


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ({"a": "F", "b": "L"}, "all two points are in place."),
        ({"a": "F"}, "the one point is in place."),
        ({"a": "P"}, "none of one point is in place; one is open."),
        ({"a": "F", "b": "N P"}, "one of two points is in place; one is open."),
        ({"a": "F", "b": "L DK", "c": "P DK", "d": "F F"}, "two of four points are in place; one is"
         " open, one is not known yet."),
        ({"a": "F", "b": "NA"}, "the one point is in place."),  # what does not apply is left out
    ],
)  # fmt: skip
def test_the_headline_counts_and_names_no_stage(rows: dict[str, str], said: str) -> None:
    card = tick(rows)
    verdict = write_verdict(card, write_record(card))
    assert verdict.stage == f"At Somewhere {said}"
    assert "stage" not in " ".join(verdict)


def test_the_rating_of_a_point_is_its_lowest_one() -> None:
    card = tick({"a": "F L", "b": "L P DK", "c": "DK .", "d": "NA", "e": "F N"})
    assert [
        (each.name, each.standing, each.rating, each.done)
        for each in list_points(card, write_record(card))
    ] == [
        ("a", "in place", "Label L", "2 of 2"),
        ("b", "open", "Label P, one unknown", "1 of 3"),
        ("c", "not known yet", "Not known yet", "0 of 2"),
        ("d", "does not apply", "Does not apply", ""),
        ("e", "open", "Label N", "1 of 2"),
    ]


def test_what_is_open_is_named_with_its_rating() -> None:
    card = tick({"b": "L P DK"})
    point = list_points(card, write_record(card))[0]
    statements = [write_record(card)[name].statement.rstrip(".") for name in ("b-1b", "b-1c")]
    assert point.missing == (
        f"b-1b {statements[0]}: Label P",
        f"b-1c {statements[1]}: Don't know",
    )
    assert point.backed == ""


def test_what_evidence_does_not_carry_is_open() -> None:
    card = tick({"a": "F", "b": "L"}, {"a-1a": {"evidence": 2}, "b-1a": {"evidence": 0}})
    record = write_record(card)
    assert [each.backed for each in list_points(card, record)] == ["in place", "open"]
    said = write_verdict(card, record).evidenced
    assert said == (
        "Counting answers only as far as their evidence carries them, one more point is open: b."
    )
    assert write_certainty(card, record)[-1] == said


def test_the_figures_of_a_checklist_hold_no_index() -> None:
    card = tick({"a": "F L", "b": "P DK", "c": "NA"})
    assert [tuple(each) for each in write_figures(card, write_record(card))] == [
        ("In place", "1 of 2", "points, each with every item that applies"),
        (
            "Ratings",
            "1 F, 1 L, 1 P, 0 N",
            "F Label F, L Label L, P Label P, N Label N; one unknown; one left out",
        ),
        ("Answered", "75.0 %", "of what applies is known"),  # three of the four that apply
    ]


def test_no_gap_left_is_said_without_a_stage() -> None:
    card = tick({"a": "F"})
    for page in (SCORE["text"](card, Terminal()), PLAN["text"](card, Terminal())):
        assert "stage" not in page.lower()
    assert "No gap is left" in PLAN["text"](card, Terminal())


def test_what_changed_on_a_checklist() -> None:
    dates = [{"date": f"{year}-01-31"} for year in (2025, 2026)]
    rows = ({"a": "F", "b": "N", "c": "L"}, {"a": "P", "b": "L", "c": "F"})
    old, new = (
        Sheet(row, model={"noun": "point"}, assessment=day).score()
        for row, day in zip(rows, dates, strict=True)
    )
    letter = write_letter(compare(old, new))
    assert letter.opening == (
        "At Somewhere two points are in place, as before.",
        "One of three points fell; two rose.",
    )
    assert letter.down[0] == "a: In place before, open now; the rating fell from 100.0 to 33.3."


def test_a_ladder_of_two_stages_is_none() -> None:
    card = Sheet({"a": "F / N"}).score()
    assert not card.definition.model.is_checklist
    assert write_verdict(card, write_record(card)).stage.startswith("Somewhere stands at stage 1")
    assert Point.__doc__
