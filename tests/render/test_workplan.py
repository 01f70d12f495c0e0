"""The next steps with what stands beside them: why, how, and what to read before."""

from __future__ import annotations

import csv
import io

import pytest
from render.cards import score_sample, score_sheet
from shipped import read_model

from custfocus_cli.render.balance import draw_balance
from custfocus_cli.render.csv import COLUMNS
from custfocus_cli.render.formats import PLAN
from custfocus_cli.render.picture import draw_ladders
from custfocus_cli.render.record import write_record
from custfocus_cli.render.terminal import Terminal
from custfocus_cli.render.workplan import PlannedStep, find_target_cautions, plan_work
from custfocus_cli.scoring.scorecard import Scorecard


def plan(card: Scorecard) -> tuple[PlannedStep, ...]:
    return plan_work(card, write_record(card))


def test_one_step_in_full() -> None:
    step = plan(score_sample("quillmarsh-2025"))[0]
    assert (step.title, step.place) == (
        "Whole-organisation impact: to stage 1, Quality service",
        "Now at stage 0, target stage 2. Holds the organisation at stage 0.",
    )
    assert step.gap == ("Whole-organisation impact: from stage 0 to stage 2, by way of stage 1.")
    (task,) = step.tasks
    assert task.sentence == (
        "Map internal clients in one workshop per department. (Heads of department)"
    )
    assert task.facts == (
        ("Now", "Partly in place"),
        ("Needed", "Largely in place"),
        ("Who", "Heads of department"),
        ("Effort", "1 of 3"),
        ("Measure", "Share of departments with a current list"),
        ("Touches", "ISO 9001:2015, 4.4 Quality management system and its processes"),
    )


def test_what_is_unknown_is_found_out_first() -> None:
    step = plan(score_sample("varrowby-2026"))[0]
    assert [(task.line.id, task.kind) for task in step.tasks] == [("st-1b", "find-out")]
    assert step.tasks[0].action == "Find out first: What did you learn about coaching, and when?"


def test_a_deferred_step_says_what_it_waits_for() -> None:
    # Stages 1 and 3 against a lead of one stage: 4 waits until the organisation is at 2.
    steps = plan(score_sheet("seven stages"))
    assert [(step.characteristic, step.deferred, step.why) for step in steps] == [
        ("voice", False, "Holds the organisation at stage 1."),
        ("vision", True, "Waits until the organisation is at stage 2; now it is at stage 1."),
    ]


def test_the_caution_of_a_stage_stands_before_each_step_to_it() -> None:
    caution = read_model().stages[2].caution
    steps = plan(score_sample("quillmarsh-2026", "service-centre"))
    to_three = [step for step in steps if step.to_stage == 3]
    assert len(to_three) == 6  # the six characteristics at stage 2
    assert {step.cautions for step in to_three} == {(caution,)}
    assert {step.cautions for step in steps if step.to_stage < 3} == {()}
    # Economics is not out of balance any more, so it warns of nothing.
    assert list(find_target_cautions(score_sample("quillmarsh-2026", "service-centre"))) == [
        read_model().target("service-centre").caution
    ]


def test_economics_out_of_balance_stands_in_front_of_steps_and_targets() -> None:
    model = read_model()
    first, second = next(each for each in model.themes if each.id == "economics").effects
    card = score_sample("quillmarsh-2025", "service-centre")
    assert list(find_target_cautions(card))[-1] == second.text
    assert not any(step.to_stage == 3 for step in plan(card))
    out = [theme for theme in draw_balance(card, write_record(card)).themes if theme.flag == "red"]
    assert [(theme.name, first.text in theme.effects) for theme in out] == [
        ("New customers", False),
        ("Economics", True),
    ]


def test_speed_inside_is_doubted_where_it_is_in_place() -> None:
    # domain.md 6.2: a conveyor; individual approach is red in 2025 and not in 2026.
    for name, wanted in (("varrowby-2025", 2), ("varrowby-2026", 0)):
        card = score_sample(name)
        doubted = [
            (ladder.row.id, rung.number)
            for ladder in draw_ladders(card, write_record(card))
            for rung in ladder.rungs
            if any(text.startswith("Fast for whom?") for text in rung.doubts)
        ]
        assert doubted == [("process-alignment", 1), ("service-standards", 1)][:wanted]


def test_nothing_above_the_open_stage_is_recommended() -> None:
    card = score_sample("quillmarsh-2025")
    ladders = {each.row.id: each for each in draw_ladders(card, write_record(card))}
    support = ladders["support-functions"].rungs
    assert [(rung.state, rung.words) for rung in support] == [
        ("in-place", "in place"),
        ("blocking", "0 of 2 in place: this is the next stage"),
        ("ahead", "later; 1 of 2 in place, ahead of its base"),
    ]
    assert [(word, line.id) for word, line in support[2].lines] == [("Ahead of its base", "sf-3a")]
    assert ladders["support-functions"].conclusion == (
        "Smallest step to stage 2: sf-2a from “Partly in place” to “Largely in place”;"
        " sf-2b from “Partly in place” to “Largely in place”."
    )


def test_nothing_is_said_to_block_beyond_the_target() -> None:
    card = score_sample("quillmarsh-2026")
    ladder = next(
        each
        for each in draw_ladders(card, write_record(card))
        if each.row.id == "process-alignment"
    )
    assert ladder.conclusion == "The target is reached here; nothing is recommended."
    assert ladder.rungs[2].state == "beyond"
    assert {word for word, _ in ladder.rungs[2].lines} <= {"In place"}


def test_csv_has_one_row_for_each_task() -> None:
    card = score_sample("quillmarsh-2025")
    text = PLAN["csv"](card, Terminal())
    assert text.startswith("\ufeffrank,characteristic,")
    assert text.endswith("\r\n")
    assert text.count("\n") == text.count("\r\n")
    head, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    assert tuple(head) == COLUMNS
    assert [row[6] for row in rows] == [task.line.id for step in plan(card) for task in step.tasks]
    assert dict(zip(head, rows[0], strict=True)) == {
        "rank": "1",
        "characteristic": "whole-organisation",
        "name": "Whole-organisation impact",
        "stage": "0",
        "to_stage": "1",
        "target": "2",
        "item": "wo-1a",
        "kind": "raise",
        "now": "Partly in place",
        "needed": "Largely in place",
        "statement": "Each department has a list of the internal clients it serves.",
        "action": "Map internal clients in one workshop per department.",
        "role": "Heads of department",
        "effort": "1",
        "measure": "Share of departments with a current list",
        "clauses": "ISO 9001:2015, 4.4 Quality management system and its processes",
        "deferred": "no",
        "why": "Holds the organisation at stage 0.",
        "ahead": "",
        # Economics is out of balance, and the target is above the stage (domain.md 4.2).
        "cautions": "Economics is out of balance. Before extras that cost money, show that they"
        " pay: compare what each one costs with what it brings.",
    }
    kept = {row[head.index("item")]: row[head.index("ahead")] for row in rows}
    assert kept["sf-2a"] == "Ahead of its base, keep and do not extend yet: sf-3a."


def test_without_a_gap_there_is_no_plan() -> None:
    for name, said in (
        ("everything in place", "No next step is left: the target is reached."),
        ("no gate", "Without a stage there are no next steps."),
        ("nothing applies", "Without a stage there are no next steps."),
    ):
        card = score_sheet(name)
        assert said in PLAN["text"](card, Terminal())
        assert said in PLAN["markdown"](card, Terminal())
        assert PLAN["csv"](card, Terminal()).count("\r\n") == 1


@pytest.mark.parametrize("format", PLAN)
def test_every_plan_says_who_how_much_how_to_see_it_and_what_waits(format: str) -> None:
    """Role, effort, measure, clause, what waits and why, what to read before: in every format."""
    text = " ".join(PLAN[format](score_sample("quillmarsh-2025", "service-centre"), WIDE).split())
    model = read_model()
    people = "hr" if format == "json" else "Human resources"
    for said in (
        people,
        "Share of sampled staff who can state the rules",
        "7.4",
        "pa-3a",  # ahead of its base
        "This target needs a business case for each customer category.",
        "Economics is out of balance.",
    ):
        assert said in text, said
    later = PLAN[format](score_sheet("seven stages"), WIDE)
    assert "Waits until the organisation is at stage 2; now it is at stage 1." in later
    top = " ".join(PLAN[format](score_sample("quillmarsh-2026", "service-centre"), WIDE).split())
    assert top.count(str(model.stages[2].caution)[:40]) >= 6  # before each step to stage 3
    if format != "csv":
        assert "customers are the first to notice the errors of many changes" in text


WIDE = Terminal(200)
