"""The code quality report of GitLab's, by the fields that its documentation asks for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from commands.calling import SAMPLES, Caller
from commands.judged import judge_hostile
from commands.years import open_all, write_policy, write_year
from jsonschema import Draft202012Validator

from custfocus_cli.render.formats import DIFF
from custfocus_cli.render.terminal import Terminal

SCHEMA: dict[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "pattern": "^[a-z-]+$"},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{16}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^(?!\\./)."},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}


def read(text: str) -> list[dict[str, Any]]:
    """The issues of a report that GitLab takes; each has a fingerprint of its own."""
    issues: list[dict[str, Any]] = json.loads(text)
    Draft202012Validator(SCHEMA).validate(issues)
    assert len({each["fingerprint"] for each in issues}) == len(issues)
    return issues


def test_the_whole_of_a_policy(
    call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_year(tmp_path, "new")
    exempt = {"rule": "min-index", "id": "waiting", "until": "2026-12-31", "reason": "A new hall."}
    rules = {
        "min-stage": {"severity": "warning", "characteristics": {"greeting": "2"}},
        "min-index": {"default": "60"},
        "min-coverage": {"organisation": "1"},
    }
    write_policy(tmp_path, rules, exempt)
    code, out, err = call("check", "./new.yaml", "--policy", "policy.yaml", "-f", "gitlab")
    assert (code, err) == (0, "")
    assert read(out) == [
        {
            "description": "Greeting stands at stage 1; at least stage 2 is required."
            " Held there by g-2 (“Half”).",
            "check_name": "min-stage",
            # sha256 of min-stage:characteristic:greeting
            "fingerprint": "b6b36a313372f507",
            "severity": "minor",
            "location": {"path": "new.yaml", "lines": {"begin": 9}},
        },
        {
            "description": "The index of Waiting is 50.0; at least 60 is required. "
            "Exempt until 31 December 2026: A new hall.",
            "check_name": "min-index",
            "fingerprint": "27f5efcfcba156de",
            "severity": "info",
            "location": {"path": "new.yaml", "lines": {"begin": 13}},
        },
    ]


def test_what_rose_is_no_issue_unless_a_rule_is_against_it(call: Caller) -> None:
    years = SAMPLES["quillmarsh-2025"], SAMPLES["quillmarsh-2026"]
    code, out, _ = call("diff", *years, "-f", "gitlab")
    assert code == 0
    # domain.md 6.1: in 2026 one answer is lower
    assert [each["severity"] for each in read(out)] == ["info"]
    code, out, _ = call("diff", *years, "-f", "gitlab", "--fail-on", "change")
    assert code == 1
    assert {each["severity"] for each in read(out)} == {"major"}


def test_what_cannot_be_compared_is_an_issue(call: Caller, tmp_path: Path) -> None:
    old = write_year(tmp_path, "old", open_all())
    code, out, _ = call("diff", old, write_year(tmp_path, "new"), "-f", "gitlab")
    (issue,) = read(out)
    assert (code, issue["check_name"], issue["severity"]) == (2, "gate", "major")
    assert issue["description"].startswith("Not comparable (exit code 2): ")


def test_a_line_that_json_does_not_know_is_the_first(call: Caller, tmp_path: Path) -> None:
    written = Path(write_year(tmp_path, "new"))
    path = tmp_path / "new.json"
    path.write_text(json.dumps(yaml.safe_load(written.read_text("utf-8")), default=str), "utf-8")
    _, out, _ = call("check", str(path), "--min-stage", "2", "-f", "gitlab")
    assert [each["location"]["lines"]["begin"] for each in read(out)] == [1]


@pytest.mark.parametrize("start", ["", "::error::", "##[error]", "\x1b\x00"])
def test_hostile_texts(start: str) -> None:
    judged = judge_hostile(start)
    out = DIFF["gitlab"](judged, Terminal())
    failed = [each for each in read(out) if each["severity"] == "major"]
    assert len(failed) == len(judged.ruling.failed)
    assert "##[" not in out
    assert "\x1b" not in out
