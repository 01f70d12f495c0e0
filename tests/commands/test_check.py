"""`check`: one result against a policy or against limits given as options."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from commands.calling import SAMPLES, Caller
from commands.years import open_all, write_policy, write_year
from jsonschema import Draft202012Validator

from custfocus_cli.render.schemas import write_schema

NA = dict.fromkeys(("g-1", "g-2", "g-3", "w-1", "w-2"), "NA")

# Greeting stands at stage 1 with 87.5, waiting at stage 1 with 50, the organisation at 68.75.
ROWS: Mapping[str, tuple[Mapping[str, Any], Sequence[str], int]] = {
    "stage reached": ({}, ("--min-stage", "1"), 0),
    "stage missed": ({}, ("--min-stage", "2"), 1),
    "stage of one reached": ({}, ("--min-stage", "greeting=1"), 0),
    "stage of one missed": ({}, ("--min-stage", "1", "--min-stage", "greeting=2"), 1),
    "index reached": ({}, ("--min-index", "68.75"), 0),
    "index missed by less than is shown": ({}, ("--min-index", "68.750001"), 1),
    "a mean hides nothing that is named": (
        {},
        ("--min-index", "60", "--min-index", "waiting=60"),
        1,
    ),
    # two of three known; the index of greeting is then 75 to 100
    "index by the low reading": ({"g-2": "DK"}, ("--min-index", "greeting=76"), 1),
    "index by the low reading, reached": ({"g-2": "DK"}, ("--min-index", "greeting=75"), 0),
    "index undefined": ({"w-2": "DK"}, ("--min-index", "waiting=0"), 1),
    "coverage reached": ({}, ("--min-coverage", "1"), 0),
    "coverage missed": ({"w-2": "DK"}, ("--min-coverage", "0.81"), 1),
    "coverage met exactly": ({"w-2": "DK"}, ("--min-coverage", "0.8"), 0),
    # what does not apply is passed: domain rule 2.2.9
    "stage that does not apply": ({"w-2": "NA"}, ("--min-stage", "waiting=2"), 0),
    "characteristic that does not apply": (
        {"w-1": "NA", "w-2": "NA"},
        ("--min-stage", "waiting=2"),
        0,
    ),
    "its index is asked for by name": (
        {"w-1": "NA", "w-2": "NA"},
        ("--min-index", "waiting=0"),
        1,
    ),
    "nothing applies": (NA, ("--min-stage", "0"), 1),
    "nothing answered": (open_all(), ("--min-stage", "0"), 1),
    "nothing answered, coverage of nothing": (open_all(), ("--min-coverage", "0"), 1),
    "nothing answered, and young": (
        open_all(),
        ("--max-age-days", "9", "--as-of", "2026-05-02"),
        1,
    ),
    "young enough": ({}, ("--max-age-days", "30", "--as-of", "2026-05-31"), 0),
    "too old": ({}, ("--max-age-days", "30", "--as-of", "2026-06-01"), 1),
    "dated ahead by a time zone": ({}, ("--max-age-days", "30", "--as-of", "2026-04-30"), 0),
    "dated ahead": ({}, ("--max-age-days", "30", "--as-of", "2026-04-29"), 1),
}


@pytest.mark.parametrize("name", ROWS)
def test_every_limit_has_its_exit_code(name: str, call: Caller, tmp_path: Path) -> None:
    answers, options, expected = ROWS[name]
    path = write_year(tmp_path, "new", answers)
    code, out, err = call("check", path, *options)
    assert (code, err) == (expected, ""), out
    words = {0: "Gate passed", 1: "Gate failed"}[expected]
    assert out.splitlines()[-1].startswith(f"{words} (exit code {expected}): ")
    code, out, _ = call("check", path, *options, "-f", "json")
    result = json.loads(out)
    assert (code, result["gate"]["exit_code"]) == (expected, expected)
    assert bool(result["findings"]) == (expected == 1)
    Draft202012Validator(write_schema("check")).validate(result)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "a check needs rules, from a policy or from options"),
        (("--policy", "{policy}", "--min-stage", "1"), "--min-stage and --policy are given"),
        (("--policy", "{policy}"), "no rule asks anything of it, so nothing was judged"),
        (("--min-stage", "3"), "--min-stage: no stage 3; the highest is 2"),
        (("--min-stage", "1.5"), "--min-stage 1.5: expected a whole number or ID=NUMBER"),
        (("--min-stage", "=1"), "--min-stage =1: expected a whole number or ID=NUMBER"),
        (("--min-stage", "greting=1"), "no characteristic 'greting'; did you mean 'greeting'?"),
        (("--min-stage", "1", "--min-stage", "1"), "--min-stage is given twice"),
        (("--min-coverage", "90"), "--min-coverage: expected at most 1, found '90'"),
        (("--min-index", "nan"), "--min-index nan: expected a number or ID=NUMBER"),
        (("--max-age-days", "30"), "max-age-days needs a day to count from"),
        (("--max-age-days", "x=30", "--as-of", "today"), "x=30: expected a whole number\n"),
        (("--min-stage", "1", "--as-of", "tomorrow"), "--as-of tomorrow: expected a day such as"),
    ],
)
def test_a_wrong_call(options: Sequence[str], said: str, call: Caller, tmp_path: Path) -> None:
    path = write_year(tmp_path, "new")
    policy = write_policy(tmp_path, {"no-regression": {}})
    code, _, err = call("check", path, *(each.format(policy=policy) for each in options))
    assert code == 2
    assert said in err


def test_today_is_the_day_of_the_run(call: Caller, tmp_path: Path) -> None:
    today = datetime.date.today()
    path = write_year(tmp_path, "new", date=today.isoformat())
    assert call("check", path, "--max-age-days", "1", "--as-of", "today")[0] == 0


RULES = {
    "no-regression": {"severity": "error"},
    "min-stage": {"severity": "error", "default": "2"},
    "min-index": {"severity": "warning", "default": "60"},
}


def test_the_whole_text_of_a_policy(
    call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_year(tmp_path, "new")
    exempt = {"rule": "min-stage", "id": "waiting", "until": "2026-12-31", "reason": "A new hall."}
    ended = {"rule": "min-index", "id": "waiting", "until": "2026-01-31", "reason": "Building."}
    write_policy(tmp_path, RULES, exempt, ended)
    code, out, err = call("check", "new.yaml", "--policy", "policy.yaml")
    assert (code, err) == (1, "")
    assert (
        out
        == """\
The Hall, whole organisation, 1 May 2026
new.yaml, The desk in four questions 1.0.0 (desk-4)

THE GATE
error    min-stage  Greeting stands at stage 1; at least stage 2 is required.
                    Held there by g-2 (“Half”). new.yaml:9
warning  min-index  The index of Waiting is 50.0; at least 60 is required.
                    new.yaml:13
warning  expired-min-index  The exemption of Waiting from min-index ended on 31
                            January 2026: Building. policy.yaml:17
exempt   min-stage  Waiting stands at stage 1; at least stage 2 is required.
                    Held there by w-2 (“No”). Exempt until 31 December 2026: A
                    new hall. new.yaml:15

To let pass what was agreed, write an exemption in policy.yaml: rule, id, until
which day, reason.

TO KNOW
-  What needs two results was not judged: no-regression.

Gate failed (exit code 1): Greeting stands at stage 1; at least stage 2 is required. Held there by\
 g-2 (“Half”).
"""
    )


def test_warnings_and_ended_exemptions_never_fail_alone(call: Caller, tmp_path: Path) -> None:
    path = write_year(tmp_path, "new")
    ended = {"rule": "min-stage", "id": "waiting", "until": "2026-01-31", "reason": "Building."}
    rules = {"min-stage": {"default": "1"}, "min-index": {"severity": "warning", "default": "90"}}
    policy = write_policy(tmp_path, rules, ended)
    code, out, _ = call("check", path, "--policy", policy)
    assert code == 0
    assert out.splitlines()[-1] == (
        "Gate passed (exit code 0): two characteristics have the stage required; three warnings."
    )


def test_a_finding_as_json(call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_year(tmp_path, "new")
    result = json.loads(call("check", "new.yaml", "--min-index", "waiting=60", "-f", "json")[1])
    assert result["findings"] == [
        {
            "fingerprint": "27f5efcfcba156de",
            "scope": "characteristic",
            "id": "waiting",
            "verdict": None,
            "rule": "min-index",
            "severity": "error",
            "certain": None,
            "cause": None,
            "old": None,
            "new": {"stage": 1, "stage_low": 1, "stage_high": 1, "index": 50.0},
            "delta": None,
            "exempt": None,
            "location": {"path": "new.yaml", "line": 13},
            "message": "The index of Waiting is 50.0; at least 60 is required.",
            "found": 50.0,
            "limit": 60.0,
        }
    ]


def test_a_sample_against_a_policy(call: Caller) -> None:
    # domain.md 6.1: in 2026 stage 1 is complete, and six of twelve reach 2
    path = SAMPLES["quillmarsh-2026"]
    assert call("check", path, "--min-stage", "1", "--min-coverage", "0.9")[0] == 0
    assert call("check", path, "--min-stage", "2")[0] == 1
