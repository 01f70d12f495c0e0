"""What the gate says of each finding, and its verdict: every sentence by hand."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

import pytest
from changes.pairs import compare_rows, compare_sheets
from render.test_gate_letter import make_demand, make_diff, make_side
from scoring.sheets import Sheet

from custfocus_cli.changes.compare import Comparison
from custfocus_cli.changes.gate import Demand, judge_result
from custfocus_cli.changes.sides import Check, Place
from custfocus_cli.documents.policy import Policy
from custfocus_cli.render.gate_verdict import tell_verdict
from custfocus_cli.render.judged import Judged, list_entries, tell_notices

DAY = datetime.date(2026, 1, 31)


def list_said(judged: Judged) -> list[tuple[str, int | None]]:
    """What is said of everything that a rule is against, and the line where it shows."""
    return [
        (each.message, each.place.line) for each in list_entries(judged) if each.finding is not None
    ]


def tell(comparison: Comparison, tolerance: str = "0") -> list[tuple[str, int | None]]:
    return list_said(make_diff(comparison, make_demand(tolerance)))


def find_reason(comparison: Comparison) -> str:
    return tell_verdict(make_diff(comparison, make_demand())).partition(": ")[2]


# --- why something fell ----------------------------------------------------------------------

# Items stand from line 7 on, one a line; where no answer is behind it, the file is named alone.


def test_the_items_behind_a_fall_those_that_block_first() -> None:
    # 2 + 2 + 1 of 9 points at stage 1 where there were 6: only 1b and 1c are below L; at stage 2
    # the fall is the largest, but it holds nothing back yet
    old = {"vision": "L L L / F", "voice": "F / F"}
    new = {"vision": "L P P / N", "voice": "F / L"}
    # vision from (66.7 + 100) / 2 = 83.3 to (44.4 + 0) / 2 = 22.2, voice from 100 to 83.3
    assert tell(compare_rows(old, new)) == [
        (
            "Somewhere: stage 2 before, stage 0 now; the index fell from 91.7 to 52.8, because of"
            " vision (vision-1b, vision-1c, vision-2a).",
            8,
        ),
        (
            "vision: stage 2 before, stage 0 now; the index fell from 83.3 to 22.2, because"
            " vision-1b fell from “Label L” to “Label P”, vision-1c fell from “Label L” to"
            " “Label P”, vision-2a fell from “Label F” to “Label N”.",
            8,
        ),
        (
            "voice: still at stage 2; the index fell from 100.0 to 83.3, because voice-2a fell from"
            " “Label F” to “Label L”.",
            12,
        ),
    ]


def test_more_items_than_are_named() -> None:
    comparison = compare_rows({"vision": "P P P P P"}, {"vision": "N N N N NA"})
    assert tell(comparison)[0][0] == (
        "vision: still at stage 0; the index fell from 33.3 to 0.0, because vision-1a fell from"
        " “Label P” to “Label N”, vision-1b fell from “Label P” to “Label N”, vision-1c fell from"
        " “Label P” to “Label N” and two more."
    )


def test_another_rule_of_scoring_is_named_and_shows_at_no_line() -> None:
    old = Sheet({"vision": "L / L"})
    new = Sheet({"vision": "L / L"}, scoring={"gate": {"every": "F"}})
    comparison = compare_sheets(old, new)
    cause = (
        "by other rules of scoring and not by the answers: a stage asked for at least “Label L”,"
        " now for “Label F”"
    )
    assert tell(comparison) == [
        (f"Somewhere: stage 2 before, stage 0 now; the index is 66.7 as before, {cause}.", None),
        (f"vision: stage 2 before, stage 0 now; the index is 66.7 as before, {cause}.", None),
    ]
    assert find_reason(comparison) == (
        "the organisation and vision fell, by other rules of scoring and not by the answers."
    )


def test_another_weight_is_named() -> None:
    # (0 + 3) of 6 points, then (0 * 3 + 3) of 12
    old, heavy = Sheet({"vision": "N F"}), {"vision-1a": {"weight": "3"}}
    new = Sheet({"vision": "N F"}, items=heavy)
    assert tell(compare_sheets(old, new)) == [
        (
            "vision: still at stage 0; the index fell from 50.0 to 25.0, by other rules of scoring"
            " and not by the answers: the weight of vision-1a was 1 and is 3.",
            None,
        ),
    ]


def test_a_question_that_changed_is_named() -> None:
    old = Sheet({"vision": "F / F"})
    new = Sheet({"vision": "P / F"}, items={"vision-1a": {"statement": "It is bold."}})
    cause = "by questions that changed and not by the answers alone: vision-1a is asked otherwise"
    # 100 and (33.3 + 100) / 2
    assert tell(compare_sheets(old, new)) == [
        (f"Somewhere: stage 2 before, stage 0 now; the index fell from 100.0 to 66.7, {cause}.", 7),
        (f"vision: stage 2 before, stage 0 now; the index fell from 100.0 to 66.7, {cause}.", 7),
    ]


@pytest.mark.parametrize(
    ("tolerance", "said"),
    [
        # 13/18 = 72.222... and 12/18 = 66.666...: 5.555... points
        ("5", "the index fell from 72.2 to 66.7, by more than the 5 points that are tolerated"),
        # 72.2 - 66.7 is 5.5, and not more
        (
            "5.5",
            "the index fell from 72.22 to 66.67, by more than the 5.5 points that are tolerated",
        ),
        ("1", "the index fell from 72.2 to 66.7, by more than the 1 point that is tolerated"),
    ],
)
def test_the_numbers_of_a_line_show_that_the_fall_is_beyond_the_tolerance(
    tolerance: str, said: str
) -> None:
    old, new = {"vision": "L L L L L F"}, {"vision": "L L L L L L"}
    assert tell(compare_rows(old, new), tolerance) == [
        (
            f"vision: still at stage 1; {said}, because vision-1f fell from “Label F” to"
            " “Label L”.",
            12,
        )
    ]


def test_an_answer_that_is_gone_is_found_in_the_older_file() -> None:
    old, new = Sheet({"vision": "L L"}), Sheet({"vision": "L"})
    diff = make_diff(compare_sheets(old, new), make_demand())
    older = diff.old
    assert older is not None
    placed = diff._replace(old=older._replace(places={"vision-1b": Place("old.yaml", 49)}))
    assert list_said(placed) == [
        (
            "vision-1b is there (vision-1b): not asked any more; it was “Label L”. The answer was"
            " in old.yaml:49.",
            6,
        )
    ]


def test_areas_are_named_as_such_and_come_after_items() -> None:
    diff = make_diff(compare_rows({"vision": "N N"}, {"vision": "N P"}), make_demand())
    assert [each.message for each in list_entries(diff)] == [
        "Somewhere: still at stage 0; the index rose from 0.0 to 16.7.",
        "vision: still at stage 0; the index rose from 0.0 to 16.7.",
        "vision-1b is there (vision-1b): from “Label N” to “Label P”.",
        "Area All: still at stage 0; the index rose from 0.0 to 16.7.",
    ]


def test_what_is_certain_comes_before_what_is_not_and_larger_before_smaller() -> None:
    old = {"doubt": "F F / F", "small": "F F / F", "large": "F F / F"}
    new = {"doubt": "F DK / F", "small": "F F / L", "large": "F F / N"}
    diff = make_diff(compare_rows(old, new), make_demand())
    fell = [each.id for each in list_entries(diff) if each.fails and each.scope == "characteristic"]
    assert fell == ["large", "small", "doubt"]


# --- where it stands -------------------------------------------------------------------------


def check(
    rules: Mapping[str, Any], rows: Mapping[str, str], *exemptions: Mapping[str, str]
) -> Check:
    policy = Policy.model_validate({"rules": rules, "exemptions": exemptions})
    card = Sheet(rows).score()
    places = tuple(Place("policy.yaml", 9) for _ in exemptions)
    demand = Demand(policy, DAY, policy_path="policy.yaml")
    return Check(make_side(card), judge_result(card, demand), places)


LIMITS: Mapping[str, tuple[Mapping[str, Any], str, tuple[str, int]]] = {
    "a stage, with what holds it": (
        {"min-stage": {"default": "1"}},
        "L P N / F",
        (
            "vision stands at stage 0; at least stage 1 is required. Held there by vision-1b"
            " (“Label P”), vision-1c (“Label N”).",
            8,
        ),
    ),
    "the stage of the organisation": (
        {"min-stage": {"organisation": "1"}},
        "L P N / F",
        (
            "Somewhere stands at stage 0; at least stage 1 is required. Held there by vision"
            " (vision-1b, vision-1c).",
            8,
        ),
    ),
    "a range, at the first answer that decides": (
        {"min-stage": {"default": "2"}},
        "L DK / F",
        (
            "vision stands between stage 0 and stage 2 (vision-1b is not known); at least stage 2"
            " is required, and the low reading counts.",
            8,
        ),
    ),
    "a range of which even the high end is too low": (
        {"min-stage": {"default": "2"}},
        "L DK / N",
        (
            "vision stands between stage 0 and stage 1 (vision-1b is not known); at least stage 2"
            " is required.",
            8,
        ),
    ),
    # of 9 points 4 are sure, and 7 are possible: 44.4 to 77.8
    "the index by its low reading": (
        {"min-index": {"default": "60"}},
        "L L DK",
        (
            "The index of vision is between 44.4 and 77.8; at least 60 is required, and the low"
            " reading counts. Not known: vision-1c.",
            9,
        ),
    ),
    # one of three known is too few
    "no index": (
        {"min-index": {"default": "0"}},
        "L DK DK",
        (
            "vision has no index, because too few answers are known (between 22.2 and 88.9); at"
            " least 0 is required. Not known: vision-1b, vision-1c.",
            8,
        ),
    ),
    "no index, as nothing applies": (
        {"min-index": {"characteristics": {"vision": "0"}}},
        "NA NA",
        ("vision has no index, because nothing of it applies; at least 0 is required.", 7),
    ),
    "coverage": (
        {"min-coverage": {"default": "0.9"}},
        "L DK DK . DK",
        (
            "Of what applies to vision, 20.0 % is known; at least 90 % is required. Not known:"
            " vision-1b, vision-1c, vision-1d and one more.",
            8,
        ),
    ),
}


@pytest.mark.parametrize("name", LIMITS)
def test_a_limit_that_is_missed(name: str) -> None:
    rules, row, said = LIMITS[name]
    assert list_said(check(rules, {"vision": row, "voice": "F / F"})) == [said]


@pytest.mark.parametrize(
    ("days", "as_of", "said"),
    [
        ("30", "2026-03-03", "The result is 31 days old; at most 30 days are allowed."),
        (
            "30",
            "2026-01-01",
            "The result is dated 30 days after 1 January 2026, the day to look from.",
        ),
    ],
)
def test_an_age(days: str, as_of: str, said: str) -> None:
    policy = Policy.model_validate({"rules": {"max-age-days": {"days": days}}})
    card = Sheet({"vision": "L"}).score()
    ruling = judge_result(card, Demand(policy, datetime.date.fromisoformat(as_of)))
    assert list_said(Check(make_side(card), ruling)) == [(said, 6)]


# --- the verdict -----------------------------------------------------------------------------


def test_a_verdict_counts() -> None:
    old = {"a": "L L", "b": "L L", "c": "L L"}
    new = {"a": "P L", "b": "L DK", "c": "L L"}
    assert find_reason(compare_rows(old, new)) == (
        "the organisation and two characteristics fell; b-1b has no rating any more."
    )


@pytest.mark.parametrize(
    ("rules", "rows", "said"),
    [
        (
            {"min-stage": {"organisation": "1", "default": "1"}, "min-index": {"default": "50"}},
            {"a": "N", "b": "N"},
            "the organisation and two characteristics stand below the stage required; the indexes"
            " of two characteristics are below those required.",
        ),
        (
            {"min-index": {"organisation": "0", "default": "0"}, "min-coverage": {"default": "1"}},
            {"a": "L DK DK", "b": "L"},
            "the organisation and a have no index; too little is known of a.",
        ),
        (
            {"min-stage": {"organisation": "1"}, "min-index": {"default": "10"}},
            {"a": "L", "b": "F"},
            "stage 1 (at least 1); two characteristics have the index required.",
        ),
        # notices are no warnings
        (
            {
                "min-stage": {"characteristics": {"a": "1"}},
                "min-index": {"severity": "notice", "characteristics": {"a": "90"}},
                "min-coverage": {"severity": "warning", "organisation": "1"},
            },
            {"a": "L", "b": "F DK"},
            "a stage 1 (at least 1); one warning; one notice.",
        ),
    ],
)
def test_the_verdict_of_a_check(
    rules: Mapping[str, Any], rows: Mapping[str, str], said: str
) -> None:
    assert tell_verdict(check(rules, rows)).partition(": ")[2] == said


def test_a_gate_that_never_fails_tells_warnings() -> None:
    comparison = compare_rows({"a": "P P", "b": "F"}, {"a": "N P", "b": "F"})
    demand = make_demand()
    warned = demand.policy.rules.no_regression
    assert warned is not None
    rule = warned.model_copy(update={"severity": "warning"})
    rules = demand.policy.rules.model_copy(update={"no_regression": rule})
    policy = demand.policy.model_copy(update={"rules": rules})
    never = demand._replace(policy=policy, fail_on="never")
    assert tell_verdict(make_diff(comparison, never)) == (
        "Gate passed (exit code 0): --fail-on never; one item fell, a-1a; one regression is told as"
        " a warning."
    )


def test_within_a_tolerance() -> None:
    comparison = compare_rows({"a": "P P", "b": "F"}, {"a": "N P", "b": "F"})
    assert tell_verdict(make_diff(comparison, make_demand("20"))) == (
        "Gate passed (exit code 0): no stage fell, and no index by more than 20 points; one item"
        " fell, a-1a."
    )


def test_an_exemption_that_lets_nothing_pass_is_told() -> None:
    exempt = {"rule": "min-stage", "id": "a", "until": "2026-12-31", "reason": "Agreed."}
    rules = {"min-stage": {"default": "1"}}
    assert tell_notices(check(rules, {"a": "L", "b": "L"}, exempt)) == (
        (
            "exemption-idle",
            "The exemption of a from min-stage is not needed, as that rule holds (policy.yaml:9).",
        ),
    )
    assert tell_notices(check(rules, {"a": "N", "b": "L"}, exempt)) == ()
    ended = {**exempt, "until": "2026-01-30"}
    assert tell_notices(check(rules, {"a": "L", "b": "L"}, ended)) == ()
