"""The gate as values: each rule by hand, and what holds for every pair of results."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest
from changes.pairs import compare_rows
from changes.test_properties import years
from hypothesis import given, settings
from hypothesis import strategies as st
from scoring.sheets import Sheet
from scoring.strategies import Case, cases

from custfocus_cli.changes.compare import Comparison, compare, keep_shared
from custfocus_cli.changes.finding import make_fingerprint
from custfocus_cli.changes.gate import (
    Demand,
    FailOn,
    Ruling,
    judge_comparison,
    judge_result,
    make_policy,
)
from custfocus_cli.documents.policy import Policy
from custfocus_cli.errors import ExitCode
from custfocus_cli.scoring.scorecard import Scorecard
from custfocus_cli.wording.numbers import percent, percent_pair

DAY = datetime.date(2026, 1, 31)
quick = settings(deadline=None, max_examples=40)

Broken = list[tuple[str, str, str, str | None]]


def demand(fail_on: FailOn = "regression", tolerance: str = "0", only: str = "") -> Demand:
    names = tuple(only.split()) or None
    return Demand(make_policy(fail_on, Fraction(tolerance)), DAY, fail_on, names)


def obey(rules: Mapping[str, Any], *exemptions: Mapping[str, Any]) -> Demand:
    """What a policy file asks."""
    data = {"rules": rules, "exemptions": exemptions}
    return Demand(Policy.model_validate(data), DAY, policy_path="policy.yaml")


def list_broken(ruling: Ruling) -> Broken:
    return [(each.rule, each.scope, each.id, each.why) for each in ruling.broken]


def judge_rows(
    old: Mapping[str, str], new: Mapping[str, str], asked: Demand | None = None, **keys: Any
) -> Ruling:
    return judge_comparison(compare_rows(old, new, **keys), asked or demand())


# --- what regressed --------------------------------------------------------------------------

FALL = "no-regression"
WHOLE = ("organisation", "organisation")
VISION = ("characteristic", "vision")

# Three cells of one item make an index of a ninth for every point.
FALLS: Mapping[str, tuple[str, str, Broken]] = {
    "nothing": ("L / P / N", "L / P / N", []),
    "a rise": ("L / P / N", "L / L / N", []),
    "a stage": (
        "L / N / N",
        "P / N / N",
        [(FALL, *WHOLE, "stage-fell"), (FALL, *VISION, "stage-fell")],
    ),
    "an index alone": ("P / F / N", "P / L / N", [(FALL, *VISION, "index-fell")]),
    # the verdict is fact and says improved; the index fell by 2 of 9 points all the same
    "an index under a rising stage": ("P / N / F", "L / N / N", [(FALL, *VISION, "index-fell")]),
    "a rating unknown": (
        "L L / N / N",
        "L DK / N / N",
        [
            (FALL, *WHOLE, "stage-fell"),
            (FALL, *VISION, "stage-fell"),
            (FALL, "item", "vision-1b", "became-unknown"),
        ],
    ),
    # F to N, and the other one open: three of nine points less are known for sure
    "an unknown index by its low readings": (
        "P / F / DK DK",
        "P / N / DK DK",
        [(FALL, *VISION, "index-fell")],
    ),
    # two of three known, but stage 2 has no rating any more
    "an index unknown": (
        "N N / N / N",
        "N N / . / N",
        [(FALL, *VISION, "index-lost"), (FALL, "item", "vision-2a", "became-unknown")],
    ),
    "a rating does not apply": (
        "L L / N / N",
        "L NA / N / N",
        [(FALL, "item", "vision-1b", "not-applicable")],
    ),
    "nothing applies": (
        "L / N / N",
        "NA / NA / NA",
        [
            (FALL, *WHOLE, "stage-lost"),
            (FALL, "item", "vision-1a", "not-applicable"),
            (FALL, "item", "vision-2a", "not-applicable"),
            (FALL, "item", "vision-3a", "not-applicable"),
        ],
    ),
    "unknown does not apply": ("L L / DK / N", "L L / NA / N", []),
    "unknown becomes known": ("L L / DK / N", "L L / N / N", []),
}


@pytest.mark.parametrize("name", FALLS)
def test_what_regressed(name: str) -> None:
    old, new, broken = FALLS[name]
    ruling = judge_rows({"vision": old}, {"vision": new})
    assert list_broken(ruling) == broken
    assert ruling.failed == ruling.broken
    assert (ruling.status, ruling.exit_code) == (("fail", 1) if broken else ("pass", 0))


def test_the_index_of_the_organisation_is_no_rule() -> None:
    # vision rises by two of nine points, voice falls by one within the tolerance
    ruling = judge_rows(
        {"vision": "P / N / N", "voice": "P / F / N"},
        {"vision": "P / N / N", "voice": "P / L / N"},
        demand(tolerance="12"),
    )
    assert ruling.broken == ()


@pytest.mark.parametrize(
    ("tolerance", "why"), [("11.111111", "index-fell"), ("11.111112", None), ("100", None)]
)
def test_the_tolerance_is_exact(tolerance: str, why: str | None) -> None:
    # one point of nine is 11.1111111...
    ruling = judge_rows(
        {"vision": "P / F / N"}, {"vision": "P / L / N"}, demand("regression", tolerance)
    )
    found = next(each for each in ruling.findings if each.scope == "characteristic")
    assert (found.found, found.limit, found.why) == (Fraction(100, 9), Fraction(tolerance), why)


def test_a_removed_item() -> None:
    ruling = judge_comparison(
        compare(
            Sheet({"vision": "L L / N / N"}, assessment={"date": "2025-01-31"}).score(),
            Sheet({"vision": "L / N / N"}).score(),
        ),
        demand(),
    )
    assert list_broken(ruling) == [(FALL, "item", "vision-1b", "removed")]


def test_what_one_side_asks_alone_is_named_and_not_removed() -> None:
    old = Sheet({"vision": "L L / N / N"}, assessment={"date": "2025-01-31"})
    shared = keep_shared(compare(old.score(), Sheet({"vision": "L / N / N"}).score()))
    assert judge_comparison(shared, demand("change")).status == "pass"
    assert [(each.id, each.about) for each in shared.notices] == [("not-shared", ("vision-1b",))]


# --- what fails ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fail_on", "new", "status"),
    [
        ("regression", "L / P / N", "pass"),
        ("change", "L / P / N", "fail"),
        ("change", "L / N / N", "pass"),
        ("never", "N / N / N", "pass"),
    ],
)
def test_what_the_gate_fails_on(fail_on: FailOn, new: str, status: str) -> None:
    assert judge_rows({"vision": "L / N / N"}, {"vision": new}, demand(fail_on)).status == status


def test_any_change_counts_everything_that_moved_once() -> None:
    ruling = judge_rows({"vision": "L / N / N"}, {"vision": "P / P / N"}, demand("change"))
    assert list_broken(ruling) == [
        (FALL, *WHOLE, "stage-fell"),
        ("change", "area", "all", "changed"),
        (FALL, *VISION, "stage-fell"),
        ("change", "item", "vision-1a", "changed"),
        ("change", "item", "vision-2a", "changed"),
    ]


TWO = {"vision": "L / P / N", "voice": "L / P / N"}


def test_only_some_characteristics_are_gated() -> None:
    new = {"vision": "L / P / N", "voice": "P / . / N"}
    assert judge_rows(TWO, new, demand(only="vision")).status == "pass"
    assert list_broken(judge_rows(TWO, new, demand(only="voice"))) == [
        (FALL, "characteristic", "voice", "stage-fell"),
        (FALL, "item", "voice-2a", "became-unknown"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "only", "reason"),
    [
        ({"vision": ". / . / ."}, {"vision": "L / P / N"}, "", "old-not-rated"),
        ({"vision": "NA / DK / ."}, {"vision": "L / P / N"}, "", "old-not-rated"),
        ({**TWO, "voice": ". / . / ."}, TWO, "voice", "old-not-rated"),
        ({**TWO, "voice": ". / . / ."}, TWO, "vision voice", None),
    ],
)
def test_no_gate_passes_on_an_empty_base(
    old: Mapping[str, str], new: Mapping[str, str], only: str, reason: str | None
) -> None:
    ruling = judge_rows(old, new, demand(only=only))
    assert [each.reason for each in ruling.obstacles] == ([reason] if reason else [])
    assert ruling.exit_code == (ExitCode.CANNOT if reason else ExitCode.DONE)


# --- a policy --------------------------------------------------------------------------------


def exempt(rule: str, name: str, until: str = "2026-12-31") -> dict[str, str]:
    return {"rule": rule, "id": name, "until": until, "reason": "Agreed."}


def test_an_exempted_finding_is_still_there_and_does_not_fail() -> None:
    asked = obey({"no-regression": {}}, exempt(FALL, "vision"), exempt(FALL, "organisation"))
    ruling = judge_rows({"vision": "L / N / N"}, {"vision": "P / N / N"}, asked)
    assert [(each.id, each.exempt) for each in ruling.broken] == [
        ("organisation", True),
        ("vision", True),
    ]
    assert (ruling.failed, ruling.status) == ((), "pass")


@pytest.mark.parametrize(("until", "status"), [("2026-01-31", "pass"), ("2026-01-30", "fail")])
def test_an_exemption_holds_to_its_last_day(until: str, status: str) -> None:
    asked = obey({"no-regression": {}}, exempt(FALL, "vision", until))
    ruling = judge_rows({"vision": "P / F / N"}, {"vision": "P / L / N"}, asked)
    assert ruling.status == status
    ended = [each for each in ruling.broken if each.why == "ended"]
    assert [(each.rule, each.severity, each.fails) for each in ended] == (
        [] if status == "pass" else [("expired-no-regression", "warning", False)]
    )


def test_an_exemption_is_from_one_rule_for_one_thing() -> None:
    asked = obey({"no-regression": {}}, exempt("min-index", "vision"), exempt(FALL, "voice"))
    assert judge_rows({"vision": "P / F / N"}, {"vision": "P / L / N"}, asked).status == "fail"


def test_a_warning_and_a_notice_never_fail() -> None:
    for severity in ("warning", "notice"):
        asked = obey({"no-regression": {"severity": severity}, "min-stage": {"default": "1"}})
        ruling = judge_rows({"vision": "L / P / L"}, {"vision": "L / P / N"}, asked)
        assert (len(ruling.broken), ruling.status) == (1, "pass")


def test_rules_on_the_state_are_judged_on_the_new_result() -> None:
    asked = obey(
        {"min-stage": {"organisation": "2", "default": "1", "characteristics": {"voice": "2"}}}
    )
    ruling = judge_rows(TWO, {"vision": "P / P / N", "voice": "F / L / N"}, asked)
    assert list_broken(ruling) == [
        ("min-stage", *WHOLE, "below"),
        ("min-stage", *VISION, "below"),
    ]
    assert [(each.id, each.found, each.limit) for each in ruling.findings] == [
        ("organisation", 0, 2),
        ("vision", 0, 1),
        ("voice", 2, 2),
    ]


def test_what_is_undefined_fails() -> None:
    card = Sheet({"vision": "L / DK / ."}).score()  # one of three known: no index
    for rule, limit in (("min-index", "0"), ("min-coverage", "0.34"), ("min-stage", "2")):
        assert judge_result(card, obey({rule: {"default": limit}})).status == "fail"


def test_without_stages_no_stage_is_high_enough() -> None:
    card = Sheet({"vision": "F / F / F"}, scoring={"gate": "none"}).score()
    assert list_broken(judge_result(card, obey({"min-stage": {"default": "0"}}))) == [
        ("min-stage", *VISION, "undefined")
    ]
    assert judge_result(card, obey({"min-index": {"default": "100"}})).status == "pass"


def test_what_is_not_asked_is_not_passed_where_it_is_named() -> None:
    sheet = Sheet(
        {"vision": "F / F / F"},
        model={
            "characteristics": [
                {"id": name, "name": name, "area": "all"} for name in ("vision", "voice")
            ]
        },
    )
    named = obey({"min-stage": {"characteristics": {"voice": "1"}}})
    assert list_broken(judge_result(sheet.score(), named)) == [
        ("min-stage", "characteristic", "voice", "undefined")
    ]
    assert judge_result(sheet.score(), obey({"min-stage": {"default": "1"}})).status == "pass"


def test_a_result_alone_cannot_have_fallen() -> None:
    card = Sheet({"vision": "F / F / F"}).score()
    ruling = judge_result(card, obey({"no-regression": {}}))
    assert (ruling.exit_code, ruling.unread) == (2, ("no-regression",))
    assert [each.reason for each in ruling.obstacles] == ["nothing-judged"]
    first = judge_result(card, obey({"no-regression": {}}), "pass")
    assert (first.exit_code, first.no_old) == (0, "pass")
    assert judge_result(card, obey({"no-regression": {}}), "fail").exit_code == 1
    empty = Sheet({"vision": ". / . / ."}).score()
    assert judge_result(empty, demand(), "pass").exit_code == 2


def test_a_fingerprint_is_the_one_of_the_contract() -> None:
    # formats.md 3.2
    assert make_fingerprint(FALL, "characteristic", "recognition") == "a74851572a35be47"


# --- what holds for every pair ---------------------------------------------------------------


@quick
@given(cases())
def test_a_result_compared_with_itself_passes(case: Case) -> None:
    card = case.score()
    comparison = compare(card, card)
    for fail_on in ("regression", "change", "never"):
        ruling = judge_comparison(comparison, demand(fail_on))
        assert ruling.broken == ()
        assert ruling.status == ("incomparable" if ruling.obstacles else "pass")


def list_prints(ruling: Ruling) -> set[str]:
    return {each.fingerprint for each in ruling.failed}


@quick
@given(years(), st.sampled_from(["regression", "change"]))
def test_the_gate_of_some_is_a_part_of_the_whole(
    pair: tuple[Scorecard, Scorecard], fail_on: FailOn
) -> None:
    comparison = compare(*pair)
    whole = judge_comparison(comparison, demand(fail_on))
    for name in comparison.new.definition.questionnaire.items:
        part = judge_comparison(comparison, demand(fail_on, only=name))
        assert list_prints(part) <= list_prints(whole)


@quick
@given(years(), st.tuples(st.integers(0, 100), st.integers(0, 100)))
def test_a_wider_tolerance_never_fails_more(
    pair: tuple[Scorecard, Scorecard], points: tuple[int, int]
) -> None:
    comparison = compare(*pair)
    narrow, wide = (
        judge_comparison(comparison, demand(tolerance=str(each))) for each in sorted(points)
    )
    assert list_prints(wide) <= list_prints(narrow)


@quick
@given(years())
def test_every_fingerprint_is_of_one_finding(pair: tuple[Scorecard, Scorecard]) -> None:
    findings = judge_comparison(compare(*pair), demand("change")).findings
    assert len({each.fingerprint for each in findings}) == len(findings)


@quick
@given(years(), st.integers(0, 10**6))
def test_no_rounding_contradicts_the_verdict(
    pair: tuple[Scorecard, Scorecard], millionths: int
) -> None:
    comparison: Comparison = compare(*pair)
    tolerance = Fraction(millionths, 10**4)
    asked = Demand(make_policy("regression", tolerance), DAY, "regression")
    for each in judge_comparison(comparison, asked).broken:
        if each.why == "index-fell" and each.found is not None:
            fall, limit = percent_pair(Fraction(each.found), tolerance)
            assert Fraction(fall) > Fraction(limit)
    limit_asked = obey({"min-index": {"default": str(millionths // 10**4)}})
    for each in judge_result(comparison.new, limit_asked).findings:
        if each.found is not None and each.limit is not None:
            shown = Fraction(percent(Fraction(each.found), Fraction(each.limit)))
            assert (shown < each.limit) == (each.why == "below")
