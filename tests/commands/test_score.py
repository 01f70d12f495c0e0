"""`score`: the same result from every source, under another questionnaire, and for a panel."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from commands.calling import SAMPLES, Caller, write_json_sample

# The scorecard of the design's own example of the format, for the parts it prints in full.
QUILLMARSH_2025: dict[str, dict[str, Any]] = {
    "result": {
        "stage": 0, "stage_low": 0, "stage_high": 0, "stage_id": "not-yet", "status": "exact",
        "index": 42.1296, "index_low": 41.6667, "index_high": 43.0556, "coverage": 0.9861,
        "to_target": 37.5, "distribution": {"0": 3, "1": 9, "2": 0, "3": 0},
    },
    "evidenced": {"stage": 0, "stage_low": 0, "stage_high": 0, "index": 42.1296, "share": 1.0},
    "area": {
        "id": "leadership", "stage": 1, "stage_low": 1, "stage_high": 1, "status": "exact",
        "index": 37.0370, "index_low": 37.0370, "index_high": 37.0370, "coverage": 1.0,
    },
    "characteristic": {
        "id": "service-vision", "area": "leadership", "applicable": True, "target": 2,
        "stage": 1, "stage_low": 1, "stage_high": 1, "status": "exact",
        "index": 33.3333, "index_low": 33.3333, "index_high": 33.3333, "coverage": 1.0,
        "evidenced_stage": 1, "evidenced_index": 33.3333,
        "next_stage": 2, "blockers": ["sv-2a", "sv-2b"], "questions": [], "ahead": [],
        "smallest_step": [
            {"item": "sv-2a", "from": "P", "to": "L"}, {"item": "sv-2b", "from": "N", "to": "L"},
        ],
        "placed_stage": None, "perception_index": None,
    },
    "cell": {
        "stage": 1, "applicable": True, "percent": 83.3333, "percent_low": 83.3333,
        "percent_high": 83.3333, "in_place": True, "in_place_high": True, "items": 2, "rated": 2,
        "met": 2, "unknown": 0, "not_applicable": 0,
    },
    "next_step": {
        "rank": 1, "characteristic": "whole-organisation", "to_stage": 1, "blockers": ["wo-1a"],
        "questions": [], "ahead": [], "deferred": False,
    },
    "economic_test": {
        "result": "does-not-pay", "ratio": 0.6129, "cost": 310000, "benefit": 190000,
    },
}  # fmt: skip


def _among(expected: dict[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    """The part of what was found that is expected: results may carry more keys."""
    return {key: found[key] for key in expected}


def _score(call: Caller, *arguments: str) -> dict[str, Any]:
    code, out, err = call("score", *arguments, "-f", "json")
    assert code == 0, err
    result: dict[str, Any] = json.loads(out)
    return result


def test_the_example_of_the_format(call: Caller) -> None:
    found = _score(call, SAMPLES["quillmarsh-2025"])
    parts = {
        "result": found["result"],
        "evidenced": found["evidenced"],
        "area": found["areas"][0],
        "characteristic": found["characteristics"][0],
        "cell": found["characteristics"][0]["cells"][0],
        "next_step": found["next_steps"][0],
        "economic_test": found["balance"]["economic_test"],
    }
    assert {key: _among(QUILLMARSH_2025[key], part) for key, part in parts.items()} == (
        QUILLMARSH_2025
    )
    assert (found["organisation"], found["date"]) == ("Quillmarsh Parcels", "2025-11-10")
    assert {flag["theme"]: flag["flag"] for flag in found["balance"]["flags"]}["economics"] == "red"


@pytest.mark.parametrize("name", SAMPLES)
def test_the_same_from_file_json_folder_and_standard_input(
    name: str, call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = _score(call, SAMPLES[name])
    assert _score(call, write_json_sample(name, tmp_path)) == expected
    assert _score(call, str(tmp_path)) == expected
    for path in (SAMPLES[name], str(tmp_path / f"{name}.json")):
        stdin = io.TextIOWrapper(io.BytesIO(Path(path).read_bytes()), encoding="utf-8")
        monkeypatch.setattr(sys, "stdin", stdin)
        assert _score(call, "-") == expected


@pytest.mark.parametrize("name", SAMPLES)
def test_rescored_as_the_short_form(name: str, call: Caller) -> None:
    """The design: the short form puts 3 to 6 of the twelve higher in these samples, none lower."""
    long = _score(call, SAMPLES[name])
    short = _score(call, SAMPLES[name], "--as", "team-36")
    assert short["questionnaire"]["id"] == "team-36"
    rises = [
        after["stage"] - before["stage"]
        for before, after in zip(long["characteristics"], short["characteristics"], strict=True)
    ]
    assert min(rises) == 0
    assert 3 <= sum(rise > 0 for rise in rises) <= 6
    left_out = [n for n in short["notices"] if n["id"] == "outside-answers"]
    assert [notice["message"] for notice in left_out] == [
        "36 answers are left out: this questionnaire does not ask for them."
    ]
    items = {cell["items"] for each in short["characteristics"] for cell in each["cells"]}
    assert items == {1}


def _answers(path: Path, name: str, **keys: Any) -> str:
    written = {
        "format": "custfocus/assessment/1",
        "questionnaire": {"id": "team-36"},
        "organisation": "Hall",
        "date": "2026-03-01",
        "respondent": {"id": name},
        "answers": {"sv-1a": "F"},
        **keys,
    }
    path = path / f"{name}.json"
    path.write_text(json.dumps(written), encoding="utf-8")
    return str(path)


def test_several_respondents_are_one_panel(call: Caller, tmp_path: Path) -> None:
    # Lower median of N, L and F is L: in place. Of P and F it is P: not in place.
    for name, first, second in (("r1", "N", "P"), ("r2", "L", "F"), ("r3", "F", None)):
        answers = {"sv-1a": first, "cc-1a": second} if second else {"sv-1a": first}
        _answers(tmp_path, name, answers=answers, date=f"2026-03-0{name[1]}", mode="interview")
    code, out, err = call("score", str(tmp_path), "-f", "json")
    found = json.loads(out)
    assert (code, err) == (0, "3 respondents make one panel\n")
    assert (found["respondents"], found["date"]) == (3, "2026-03-03")
    first, second = found["characteristics"][:2]
    assert [cell["met"] for cell in first["cells"]] == [1, 0, 0]
    assert [cell["met"] for cell in second["cells"]] == [0, 0, 0]
    assert [cell["rated"] for cell in second["cells"]] == [1, 0, 0]


def test_a_source_that_answers_nothing_asked_is_no_respondent(call: Caller, tmp_path: Path) -> None:
    long = {"questionnaire": {"id": "interview-72"}, "mode": "interview"}
    asked = _answers(tmp_path, "r1", **long, answers={"sv-1a": "F", "sv-1b": "L"})
    silent = _answers(tmp_path, "r2", **long, answers={"sv-1b": "L"})
    code, out, err = call("score", asked, silent, "--as", "team-36", "-f", "json")
    found = json.loads(out)
    assert (code, found["respondents"]) == (0, 1)
    assert err == f"passed over {silent}: it answers nothing that team-36 asks\n"
    assert found["notices"][0]["message"] == (
        "Two answers are left out: this questionnaire does not ask for them."
    )
    assert call("score", silent, "--as", "team-36") == (
        2,
        "",
        "error: no source answers anything that team-36 asks\n",
    )


BESIDE = """\
format: custfocus/questionnaire/1
id: beside
version: "1"
based_on: team-36
select: {items: []}
sessions: []
context: []
"""


def test_the_balance_check_of_another_questionnaire_stands_beside_the_result(
    call: Caller, tmp_path: Path
) -> None:
    (tmp_path / "beside.yaml").write_text(BESIDE, "utf-8")
    own = _answers(tmp_path, "r1", answers={"sv-1a": "F"}, mode="interview")
    balance = {"ba-individual-guard": {"answer": "N", "note": "Forms rule."}}
    balance |= {"ba-individual-sign": {"answer": "always"}}
    keys = {"questionnaire": {"path": "beside.yaml"}, "target": "foundation", "mode": "interview"}
    figures = {"programme_cost": 4, "programme_benefit": 5, "currency": "EUR"}
    other = _answers(tmp_path, "r2", answers=balance, figures=figures, **keys)
    found = _score(call, own, other)
    assert (found["questionnaire"]["id"], found["target"]) == ("team-36", "foundation")
    flags = {each["theme"]: each["flag"] for each in found["balance"]["flags"]}
    assert (flags["individual-approach"], flags["economics"]) == ("red", "grey")
    assert found["balance"]["economic_test"]["result"] == "pays"
    report = call("report", own, other, "-f", "markdown")[1]
    assert "**Not in place**\n  - Forms rule." in report
    differing = _answers(tmp_path, "r3", answers={"ba-individual-guard": "F"})
    assert call("score", differing, other) == (
        2,
        "",
        "error: the sources disagree on the theme 'individual-approach' of the balance check:"
        " team-36 and beside\nhint: leave the answers to it in one of them alone\n",
    )


NOT_ONE_PANEL: dict[str, tuple[dict[str, Any], str]] = {
    "another organisation": ({"organisation": "Mill"}, "organisation"),
    "another scope": ({"scope": "depot"}, "scope"),
    "another date": ({"date": "2026-09-01"}, "days"),
    "the same respondent": ({"respondent": {"id": "r1"}}, "r1"),
    "another target": ({"target": "foundation"}, "target"),
    "two questionnaires with stages": ({"questionnaire": {"id": "interview-72"}}, "--as"),
}


@pytest.mark.parametrize("case", NOT_ONE_PANEL)
def test_no_panel_of_what_does_not_fit(case: str, call: Caller, tmp_path: Path) -> None:
    keys, word = NOT_ONE_PANEL[case]
    first = _answers(tmp_path, "r1", target="professional")
    code, out, err = call("score", first, _answers(tmp_path, "r2", **keys))
    assert (code, out) == (2, "")
    assert err.startswith("error: ")
    assert "hint: " in err
    assert word in err


def test_a_wider_window_takes_dates_further_apart(call: Caller, tmp_path: Path) -> None:
    sources = [
        _answers(tmp_path, "r1", mode="interview"),
        _answers(tmp_path, "r2", date="2026-09-01", mode="interview"),
    ]
    assert call("score", *sources)[0] == 2
    assert call("score", *sources, "--window", "184")[0] == 0  # 31+30+31+30+31+31 days


def test_a_folder_passes_over_other_kinds(call: Caller, tmp_path: Path) -> None:
    _answers(tmp_path, "r1")
    policy = tmp_path / "policy.yaml"
    policy.write_text(
        "format: custfocus/policy/1\nrules: {min-stage: {organisation: 1}}\n", "utf-8"
    )
    code, _, err = call("score", str(tmp_path), "-f", "json")
    assert (code, err) == (0, f"passed over {policy}: a policy, not an assessment\n")
    assert call("score", str(tmp_path), "-f", "json", "-q")[2] == ""


def test_target(call: Caller) -> None:
    found = _score(call, SAMPLES["quillmarsh-2025"], "--target", "foundation")
    # Three characteristics at 0 against 1, nine at 1: 9 of 12 stages are reached.
    assert (found["target"], found["result"]["to_target"]) == ("foundation", 75.0)
    code, out, err = call("score", SAMPLES["quillmarsh-2025"], "--target", "fundation")
    assert (code, out) == (2, "")
    assert err == (
        "error: no target 'fundation'; there are foundation, professional, convenience-and-speed,"
        " service-centre; did you mean 'foundation'?\n"
    )


def test_output_to_a_file(call: Caller, tmp_path: Path) -> None:
    file = tmp_path / "scorecard.json"
    code, out, err = call("score", SAMPLES["quillmarsh-2025"], "-f", "json", "-o", str(file))
    assert (code, out) == (0, "")
    assert err == f"wrote {file} ({(file.stat().st_size + 500) // 1000} kB)\n"
    printed = call("score", SAMPLES["quillmarsh-2025"], "-f", "json", "-o", "-")[1]
    assert file.read_text("utf-8") == printed


def test_a_result_never_takes_the_place_of_answers(call: Caller, tmp_path: Path) -> None:
    answers = Path(_answers(tmp_path, "r1"))
    before = answers.read_bytes()
    code, out, err = call("score", str(answers), "-f", "json", "-o", str(answers))
    assert (code, out) == (2, "")
    assert err == (
        f"error: {answers} is a custfocus assessment and is not replaced by a result\n"
        "hint: give another name\n"
    )
    assert answers.read_bytes() == before


def test_a_broken_file_of_answers_is_not_replaced_either(call: Caller, tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text('format: custfocus/assessment/1\norganisation: "Hall\n', "utf-8")
    before = broken.read_bytes()
    code, _, err = call("score", _answers(tmp_path, "r1"), "-f", "json", "-o", str(broken))
    assert (code, broken.read_bytes()) == (2, before)
    assert f"error: {broken} is a custfocus file and is not replaced by a result" in err


def test_every_problem_of_every_source_is_told_and_nothing_is_written(
    call: Caller, tmp_path: Path
) -> None:
    bad = [
        _answers(tmp_path, "r1", answers={"sv-1a": "Q"}),
        _answers(tmp_path, "r2", organisaton="Hall"),
    ]
    target = tmp_path / "out.json"
    code, out, err = call("score", *bad, str(tmp_path / "none.yaml"), "-o", str(target))
    assert (code, out, target.exists()) == (2, "", False)
    assert err.splitlines() == [
        f"{tmp_path / 'none.yaml'}:1:1: cannot-read: there is no such file",
        f"{bad[0]}:/answers/sv-1a: unknown-answer: no answer 'Q'; there are N, P, L, F, DK, NA",
        f"{bad[1]}:/organisaton: unknown-key: no key 'organisaton' is known here;"
        " did you mean 'organisation'?",
    ]
