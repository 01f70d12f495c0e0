"""`--by` and `--min-group`: many people by group, on the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from commands.calling import Caller

PERSON = """\
format: custfocus/assessment/1
questionnaire: {{id: team-36}}
organisation: Our Library
date: 2026-11-12
mode: {mode}
respondent: {{id: r{n}, group: {group}, role: front-line}}
answers:
  sv-1a: {code}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Twelve people of north who say F, six of south who say N."""
    for n in range(18):
        group, code = ("north", "F") if n < 12 else ("south", "N")
        text = PERSON.format(mode="survey", n=n, group=group, code=code)
        (tmp_path / f"r{n:02}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def read_voices(call: Caller, *arguments: str) -> dict[str, Any]:
    code, out, err = call("score", *arguments, "-f", "json")
    assert code == 0, err
    (told,) = json.loads(out)["voices"]["panels"]
    assert isinstance(told, dict)
    return told


def test_without_by_there_are_totals_alone(call: Caller, folder: Path) -> None:
    told = read_voices(call, str(folder))
    assert (told["respondents"], told["by"], told["groups"]) == (18, None, [])
    assert told["items"][0]["counts"] == {"N": 6, "F": 12}


def test_by_group(call: Caller, folder: Path) -> None:
    """South has six, so fewer than ten: to hide them, north hides with them."""
    told = read_voices(call, str(folder), "--by", "group")
    assert told["by"] == "group"
    assert [(each["group"], each["respondents"]) for each in told["groups"]] == [
        ("north", 12),
        ("south", 6),
    ]
    assert [each["items"][0]["counts"] for each in told["groups"]] == [{}, {}]
    assert [each["items"][0]["rating"] for each in told["groups"]] == ["F", "N"]


def test_a_larger_least_group(call: Caller, folder: Path) -> None:
    told = read_voices(call, str(folder), "--by", "group", "--min-group", "7")
    assert told["min_group"] == 7
    assert told["groups"] == []  # south joins the others, and north joins south


def test_a_smaller_least_group_is_refused(call: Caller, folder: Path) -> None:
    code, _, err = call("score", str(folder), "--by", "group", "--min-group", "4")
    assert code == 2
    assert "--min-group" in err


def test_the_report_takes_the_same(call: Caller, folder: Path) -> None:
    code, out, err = call("report", str(folder), "--by", "group", "-f", "markdown")
    assert code == 0, err
    assert "18 people answered Customer focus for teams, in two groups." in out
    code, out, err = call("report", str(folder), "-f", "markdown")
    assert code == 0, err
    assert "18 people answered Customer focus for teams." in out
    assert "north" not in out
