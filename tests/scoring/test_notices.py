"""What a reader must know beside the numbers (formats.md 3.1); the edge cases hold the others."""

from __future__ import annotations

from dataclasses import replace

import pytest
from scoring.sheets import Data, Sheet

from custfocus_cli.scoring.notices import Notice
from custfocus_cli.scoring.panel import panel
from custfocus_cli.scoring.scorecard import score

PLAIN = Sheet({"c": "L L / P P"})


def test_a_plain_result_needs_no_notice() -> None:
    assert PLAIN.score().notices == ()


@pytest.mark.parametrize(
    ("row", "thin"),
    [
        ("L L / L NA / L L L L L", True),
        ("L NA / L L / L L L L L", True),  # every stage rests on those below
        ("L L / P NA / L L L L L", False),  # stage 2 is not reached
        ("L L / L / L L L L L", False),  # one item because one was asked
        ("L L / L L NA / L L L L", False),  # two are left
        ("P NA / L L / L L L L L", False),
    ],
)
def test_a_stage_may_rest_on_one_item(row: str, thin: bool) -> None:
    notices = Sheet({"c": row, "d": "P / P / P"}).score().notices
    assert notices == ((Notice("thin-base", ("c",)),) if thin else ())


@pytest.mark.parametrize(
    ("row", "untested"),
    [
        ("- / L / N", True),  # no item was asked
        ("- / N / L", False),  # no stage was reached
        ("L / - / N", False),  # nothing was awarded above it
        ("L / - / F", True),
    ],
)
def test_a_stage_may_stand_on_one_that_was_never_tested(row: str, untested: bool) -> None:
    notices = Sheet({"c": row, "d": "P / P / P"}).score().notices
    assert notices == ((Notice("stage-untested", ("c",)),) if untested else ())


CONTEXT = {"context": [{"id": "who", "question": "Who?"}, {"id": "why", "question": "Why?"}]}


@pytest.mark.parametrize(
    ("context", "notices"), [({}, (Notice("no-context"),)), ({"why": "Growth."}, ())]
)
def test_context_may_be_missing(context: Data, notices: tuple[Notice, ...]) -> None:
    sheet = replace(PLAIN, questionnaire=CONTEXT, assessment={"context": context})
    assert sheet.score().notices == notices


@pytest.mark.parametrize(
    ("target", "about"),
    [
        ({"default": "2"}, ("c", "d")),
        ({"default": "1", "characteristics": {"d": "2"}}, ("d",)),
        ({"default": "1"}, ()),
        ({"default": "0"}, ()),
    ],
)
def test_a_target_with_a_caution_needs_a_business_case(
    target: Data, about: tuple[str, ...]
) -> None:
    stages = [
        {"id": "s1", "name": "Stage 1"},
        {"id": "s2", "name": "Stage 2", "caution": "Show that it pays."},
    ]
    sheet = Sheet(
        {"c": "L / P", "d": "L / P", "gone": "NA / NA", "aside": "P / P"},
        model={"stages": stages},
        characteristics={"aside": {"weight": "0"}},
        assessment={"target": target},
    )
    found = [notice for notice in sheet.score().notices if notice.id == "business-case"]
    assert found == ([Notice("business-case", about)] if about else [])


@pytest.mark.parametrize(("many", "notices"), [(5, ()), (6, (Notice("many-changes", count=6),))])
def test_more_than_five_steps_are_many(many: int, notices: tuple[Notice, ...]) -> None:
    rows = {f"c{n}": "P / N / N" for n in range(many)}
    # one more waits until the organisation has come up, and is not counted
    waiting = {"z": "L / L / P"}
    assert Sheet({**rows, **waiting}).score().notices == notices


def test_items_of_weight_0_are_named_in_the_order_of_the_questionnaire() -> None:
    sheet = Sheet(
        {"c": "L N / P", "d": "L / P N"}, items={"d-2b": {"weight": "0"}, "c-1b": {"weight": "0"}}
    )
    assert sheet.score().notices == (Notice("weight-zero", ("c-1b", "d-2b")),)


def test_modes_may_be_mixed_and_one_interview_adaptive() -> None:
    modes: list[Data] = [{"mode": "interview", "adaptive": "true"}, {"mode": "self"}, {}]
    sources = [replace(PLAIN, assessment=mode).filled for mode in modes]
    mixed = panel(sources, PLAIN.definition)
    same = panel(sources[1:], PLAIN.definition)
    assert score(mixed, PLAIN.definition).notices == (Notice("adaptive"), Notice("mixed-mode"))
    assert score(same, PLAIN.definition).notices == ()


def test_what_reading_had_to_say_comes_first() -> None:
    told = [Notice("outside-answers", count=36)]
    sheet = replace(PLAIN, assessment={"adaptive": "true"})
    card = score(panel([sheet.filled], sheet.definition), sheet.definition, notices=told)
    assert card.notices == (*told, Notice("adaptive"))
