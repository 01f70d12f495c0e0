"""`diff`: every pair of the contract with its exit code, and what it says."""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from cli import call as call_process
from commands.calling import SAMPLES, Caller
from commands.years import ask, open_all, write_policy, write_year
from history import begin
from jsonschema import Draft202012Validator

from custfocus_cli.changes import gate
from custfocus_cli.commands import output
from custfocus_cli.render import formats
from custfocus_cli.render.schemas import write_schema
from custfocus_cli.render.terminal import Terminal

Asked = dict[str, Any]


def change_items(change: Callable[[Asked], object], **keys: Any) -> Asked:
    """Another version of the questionnaire, with its items changed."""
    data = ask(version="1.1.0", **keys)
    change(data["items"])
    return data


def change_model(**scoring: Any) -> Asked:
    data = ask(version="1.1.0")
    data["model"] = copy.deepcopy(data["model"])
    data["model"]["scoring"] |= scoring
    return data


REWORDED = change_items(
    lambda items: items["greeting"]["good"][0].update(statement="Guests are called by name.")
)
LIGHTER = change_items(lambda items: items["greeting"]["good"].pop(0))
LONGER = change_items(
    lambda items: items["waiting"]["good"].append({"id": "w-3", "statement": "Guests may sit."})
)
# (3 x 1 + 2) of 8 points at stage 2: the index falls from 87.5 to 81.25
HEAVIER = change_items(lambda items: items["greeting"]["good"][0].update(weight="3"))
OTHER = ask(id="desk-5")
OTHER_LONGER = {**LONGER, "id": "desk-5"}
# a stage asks for half alone: greeting passes stage 2
MILDER = change_model(gate={"every": "half"})
NOTED = {"g-1": {"answer": "yes", "note": "Seen.", "evidence": "1"}}

Row = tuple[Mapping[str, Any], Mapping[str, Any], Sequence[str], int]

ROWS: Mapping[str, Row] = {
    "different but nothing to report": ({}, {}, (), 0),
    "nothing to report, on any change": ({}, {}, ("--fail-on", "change"), 0),
    "better": ({}, {"answers": {"w-2": "half"}}, (), 0),
    "better, on any change": ({}, {"answers": {"w-2": "half"}}, ("--fail-on", "change"), 1),
    "stage falls": ({}, {"answers": {"w-1": "half"}}, (), 1),
    "stage falls, on nothing": ({}, {"answers": {"w-1": "half"}}, ("--fail-on", "never"), 0),
    # g-2 from 1 to 0 points: 12.5 points of the index
    "index falls beyond the tolerance": ({}, {"answers": {"g-2": "no"}}, (), 1),
    "index falls within": ({}, {"answers": {"g-2": "no"}}, ("--tolerance", "12.5"), 0),
    "index falls just beyond": ({}, {"answers": {"g-2": "no"}}, ("--tolerance", "12.499999"), 1),
    "index falls within, on any change": (
        {},
        {"answers": {"g-2": "no"}},
        ("--tolerance", "20", "--fail-on", "change"),
        1,
    ),
    "another characteristic is judged": (
        {},
        {"answers": {"w-1": "half"}},
        ("--only", "greeting"),
        0,
    ),
    "the one that fell is judged": ({}, {"answers": {"w-1": "half"}}, ("--only", "waiting"), 1),
    "rated to don't know": ({}, {"answers": {"g-2": "DK"}}, (), 1),
    "rated to open": ({}, {"answers": {"g-2": None}}, (), 1),
    "rated to not applicable": ({}, {"answers": {"g-2": "NA"}}, (), 1),
    "rated to open, whatever the tolerance": (
        {},
        {"answers": {"g-2": None}},
        ("--tolerance", "100"),
        1,
    ),
    "unknown to rated": ({"answers": {"g-2": "DK"}}, {"answers": {"g-2": "yes"}}, (), 0),
    # the index of what was known was 100
    "unknown to rated worse than the rest": ({"answers": {"g-2": "DK"}}, {}, (), 1),
    "unknown to unknown": ({"answers": {"g-2": "DK"}}, {"answers": {"g-2": None}}, (), 0),
    "item removed": ({}, {"answers": {"g-2": None}, "asked": LIGHTER}, (), 1),
    "item removed that was open": (
        {"answers": {"g-2": None}},
        {"answers": {"g-2": None}, "asked": LIGHTER},
        (),
        0,
    ),
    "item reworded": ({}, {"asked": REWORDED}, (), 0),
    "item reworded, on any change": ({}, {"asked": REWORDED}, ("--fail-on", "change"), 0),
    "weight changed": ({}, {"asked": HEAVIER}, (), 1),
    "weight changed, within the tolerance": (
        {},
        {"asked": HEAVIER},
        ("--tolerance", "6.25"),
        0,
    ),
    "gate stricter": ({"asked": MILDER}, {}, (), 1),
    "gate milder": ({}, {"asked": MILDER}, (), 0),
    "new minor version": ({}, {"asked": LONGER, "answers": {"w-3": "no"}}, (), 0),
    "new minor version, on any change": (
        {},
        {"asked": LONGER, "answers": {"w-3": "no"}},
        ("--fail-on", "change"),
        1,
    ),
    "other questionnaire": ({}, {"asked": OTHER}, (), 2),
    "other questionnaire, what both ask": ({}, {"asked": OTHER}, ("--shared-items",), 0),
    "other questionnaire, what both ask fell": (
        {},
        {"asked": OTHER, "answers": {"w-1": "no"}},
        ("--shared-items",),
        1,
    ),
    "what one side asks alone, on any change": (
        {"asked": OTHER_LONGER, "answers": {"w-3": "yes"}},
        {},
        ("--shared-items", "--fail-on", "change"),
        0,
    ),
    "other organisation": ({}, {"organisation": "The House"}, (), 2),
    "other organisation, the same": ({}, {"organisation": "The House"}, ("--same",), 0),
    "other scope": ({}, {"scope": "the desk"}, (), 2),
    "other scope, the same": ({}, {"scope": "the desk"}, ("--same",), 0),
    "swapped dates": ({"date": "2027-01-01"}, {}, (), 2),
    "swapped dates, on nothing": ({"date": "2027-01-01"}, {}, ("--fail-on", "never"), 2),
    "same day": ({"date": "2026-05-01"}, {"answers": {"w-2": "half"}}, (), 0),
    "empty old": ({"answers": open_all()}, {}, (), 2),
    "empty new": ({}, {"answers": open_all()}, (), 1),
    "empty new, on any change": ({}, {"answers": open_all()}, ("--fail-on", "change"), 1),
    "both empty": ({"answers": open_all()}, {"answers": open_all()}, (), 2),
    "old empty where it is judged": (
        {"answers": {"w-1": None, "w-2": "DK"}},
        {},
        ("--only", "waiting"),
        2,
    ),
}


@pytest.mark.parametrize("name", ROWS)
def test_every_pair_has_its_exit_code(name: str, call: Caller, tmp_path: Path) -> None:
    old, new, options, expected = ROWS[name]
    paths = write_year(tmp_path, "old", **old), write_year(tmp_path, "new", **new)
    code, out, err = call("diff", *paths, *options)
    assert code == expected, out + err
    last = out.splitlines()[-1]
    words = {0: "Gate passed", 1: "Gate failed", 2: "Not comparable"}[expected]
    assert last.startswith(f"{words} (exit code {expected}): ")
    assert bool(err) == (expected == 2)

    code, out, _ = call("diff", *paths, *options, "-f", "json", "-q")
    result = json.loads(out)
    assert (code, result["gate"]["exit_code"]) == (expected, expected)
    assert result["gate"]["status"] == {0: "pass", 1: "fail", 2: "incomparable"}[expected]
    assert result["comparable"] == (expected != 2)
    assert bool(result["gate"]["failed"]) == (expected == 1)
    Draft202012Validator(write_schema("diff")).validate(result)


def test_identical_and_nothing_to_report_are_worded_apart(call: Caller, tmp_path: Path) -> None:
    old, new = write_year(tmp_path, "old"), write_year(tmp_path, "new")
    same = call("diff", old, old)[1]
    other = call("diff", old, new)[1]
    assert "The two are identical: every answer, note and date is the same." in same
    assert same.splitlines()[-1] == "Gate passed (exit code 0): the two are identical."
    assert "No rating, evidence or note changed." in other
    assert other.splitlines()[-1] == (
        "Gate passed (exit code 0): no stage fell and no characteristic regressed."
    )


# --- files that are not there, or no files ---------------------------------------------------


def test_a_missing_old(call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_year(tmp_path, "new")
    new, missing = "new.yaml", "old.yaml"
    code, out, err = call("diff", missing, new)
    assert (code, out) == (2, "")
    assert err == (
        f"error: there is no {missing} to compare with\n"
        "hint: in the first year, --if-no-old pass goes on without it\n"
    )
    code, out, err = call("diff", missing, new, "--if-no-old", "fail")
    assert (code, err) == (1, "")
    last = f"(exit code 1): no baseline, as there is no {missing}."
    assert out.splitlines()[-1] == f"Gate failed {last}"
    code, out, err = call("diff", missing, new, "--if-no-old", "pass")
    assert (code, err) == (0, "")
    assert (
        out
        == f"""\
First result
The Hall, whole organisation, 1 May 2026
{new}, The desk in four questions 1.0.0 (desk-4)

Gate passed (exit code 0): no baseline, as there is no {missing}; The Hall stands at stage 1,\
 index 68.8.
"""
    )


def test_the_first_year_is_judged_where_it_stands(call: Caller, tmp_path: Path) -> None:
    new, missing = write_year(tmp_path, "new"), str(tmp_path / "old.yaml")
    rules = {"no-regression": {"severity": "error"}, "min-stage": {"organisation": "2"}}
    given = ("diff", missing, new, "--if-no-old", "pass", "--policy", write_policy(tmp_path, rules))
    code, out, _ = call(*given)
    assert code == 1
    assert out.splitlines()[-1] == (
        "Gate failed (exit code 1): The Hall stands at stage 1; at least stage 2 is required."
        " Held there by Greeting (g-2), Waiting (w-2)."
    )
    rules["min-stage"] = {"organisation": "1"}
    write_policy(tmp_path, rules)
    code, out, _ = call(*given)
    assert (code, out.splitlines()[-1]) == (
        0,
        f"Gate passed (exit code 0): no baseline, as there is no {missing};"
        " The Hall stands at stage 1, index 68.8; stage 1 (at least 1).",
    )
    empty = write_year(tmp_path, "new", open_all())
    assert call("diff", missing, empty, "--if-no-old", "pass")[0] == 2
    assert call("diff", missing, missing, "--if-no-old", "pass")[0] == 2


@pytest.mark.parametrize("content", ["answers: [", "{}", ""])
def test_an_unreadable_old_is_never_a_missing_one(
    content: str, call: Caller, tmp_path: Path
) -> None:
    new, old = write_year(tmp_path, "new"), tmp_path / "old.yaml"
    old.write_text(content, "utf-8")
    code, out, err = call("diff", str(old), new, "--if-no-old", "pass")
    assert (code, out) == (2, "")
    assert err.startswith(f"{old}:")


def test_years_out_of_git(call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository = begin(tmp_path / "repository", monkeypatch)
    new = write_year(repository.folder, "new")
    repository.commit({})
    write_year(repository.folder, "new", {"w-1": "no"})
    assert call("diff", "HEAD:new.yaml", new)[0] == 1
    assert call("diff", "HEAD:new.yaml", "HEAD:new.yaml")[0] == 0
    for source, expected in (("HEAD:old.yaml", 0), ("lost:old.yaml", 2), ("HEAD~7:new.yaml", 2)):
        code, out, err = call("diff", source, new, "--if-no-old", "pass")
        assert code == expected, err
        assert ("no baseline" in out) == (expected == 0)


def test_a_crash_is_no_failed_gate(
    call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> str:
        raise ZeroDivisionError

    old, new = write_year(tmp_path, "old"), write_year(tmp_path, "new", {"w-1": "no"})
    monkeypatch.setitem(vars(formats)["DIFF"], "text", crash)
    assert call("diff", old, new)[0] == 70
    monkeypatch.undo()
    monkeypatch.setattr(gate, "measure_fall", crash)
    assert call("diff", old, new)[0] == 70


def test_nothing_depends_on_a_pipeline(
    call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = write_year(tmp_path, "old"), write_year(tmp_path, "new", {"w-1": "no"})
    here = call("diff", old, new)
    for name in ("CI", "GITHUB_ACTIONS", "GITLAB_CI", "JENKINS_URL", "GITHUB_STEP_SUMMARY"):
        monkeypatch.setenv(name, "true")
    assert call("diff", old, new) == here


# --- what it says ----------------------------------------------------------------------------


def test_the_whole_text(call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_year(tmp_path, "old")
    write_year(tmp_path, "new", {"w-1": "half", "g-2": "no"})
    code, out, err = call("diff", "old.yaml", "new.yaml")
    assert (code, err) == (1, "")
    # waiting (50 + 0) / 2 = 25, greeting (100 + 50) / 2 = 75, together 50
    assert (
        out
        == """\
from The Hall, whole organisation, 1 May 2025
     old.yaml, The desk in four questions 1.0.0 (desk-4)
to   The Hall, whole organisation, 1 May 2026
     new.yaml, The desk in four questions 1.0.0 (desk-4)

The Hall fell from stage 1 to stage 0, Nothing yet. The index fell from 68.8 to
50.0.
Both characteristics fell, one of them to a lower stage. The way to the target
“All” is longer than it was: 50.0 % was done before and 25.0 % is now.

WHAT WENT DOWN OR IS NOT KNOWN ANY MORE
Waiting: Stage 1 before, stage 0 now; the index fell from 50.0 to 25.0.
   -  Waiting times are written down (w-1): from “Yes” to “Half”. new.yaml:13
Greeting: Still at stage 1; the index fell from 87.5 to 75.0.
   -  Guests are greeted by name (g-2): from “Half” to “No”. new.yaml:9

THE GATE
error    no-regression  The Hall: stage 1 before, stage 0 now; the index fell
                        from 68.8 to 50.0, because of Waiting (w-1). new.yaml:13
error    no-regression  Waiting: stage 1 before, stage 0 now; the index fell
                        from 50.0 to 25.0, because w-1 fell from “Yes” to
                        “Half”. new.yaml:13
error    no-regression  Greeting: still at stage 1; the index fell from 87.5 to
                        75.0, because g-2 fell from “Half” to “No”. new.yaml:9

To let pass what was agreed, write an exemption in a policy (--policy FILE):
rule, id, until which day, reason.

Gate failed (exit code 1): the organisation and two characteristics fell.
"""
    )


def test_the_whole_json(call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_year(tmp_path, "old")
    write_year(tmp_path, "new", {"g-2": "no"})
    result = json.loads(call("diff", "old.yaml", "new.yaml", "-f", "json")[1])
    assert result["summary"] == {
        **dict.fromkeys(result["summary"], 0),
        **{"regressed": 1, "unchanged": 1},
    }
    assert result["gate"] == {
        "status": "fail",
        "fail_on": "regression",
        "policy": None,
        "only": None,
        "allow_noise": False,
        "exit_code": 1,
        # sha256 of no-regression:characteristic:greeting
        "failed": ["c5d51b53d81fed5c"],
    }
    assert result["changes"][0] == {
        "fingerprint": "c5d51b53d81fed5c",
        "scope": "characteristic",
        "id": "greeting",
        "verdict": "regressed",
        "rule": "no-regression",
        "severity": "error",
        "certain": True,
        "cause": "answers",
        "old": {"stage": 1, "stage_low": 1, "stage_high": 1, "index": 87.5},
        "new": {"stage": 1, "stage_low": 1, "stage_high": 1, "index": 75.0},
        "delta": {"stage": 0, "index": -12.5},
        "noise": None,
        "mix": None,
        "exempt": None,
        # format, questionnaire, path, organisation, date, answers, g-1, its answer, g-2
        "location": {"path": "new.yaml", "line": 9},
        "message": "Greeting: still at stage 1; the index fell from 87.5 to 75.0,"
        " because g-2 fell from “Half” to “No”.",
    }
    item = next(each for each in result["changes"] if each["id"] == "g-2")
    assert (item["rule"], item["severity"], item["verdict"]) == (None, "notice", "regressed")
    assert item["old"] == {"answer": "half", "points": 1}
    assert item["delta"] == {"points": -1}
    assert [each["scope"] for each in result["changes"]] == [
        *("characteristic", "organisation", "item", "area")
    ]


def test_a_narrow_terminal_has_what_is_said_below_its_label(
    call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_year(tmp_path, "old")
    write_year(tmp_path, "new", {"g-2": "no"})
    monkeypatch.setattr(output, "describe_terminal", lambda *_: Terminal(width=40, color=False))
    out = call("diff", "old.yaml", "new.yaml")[1]
    assert out.startswith(
        """\
from The Hall, whole organisation, 1 May
     2025
     old.yaml, The desk in four
     questions 1.0.0 (desk-4)
to   The Hall, whole organisation, 1 May
     2026
     new.yaml, The desk in four
     questions 1.0.0 (desk-4)
"""
    )
    assert (
        """
error    no-regression
   Greeting: still at stage 1; the index
   fell from 87.5 to 75.0, because g-2
   fell from “Half” to “No”. new.yaml:9
"""
        in out
    )


def test_several_formats_in_one_run(call: Caller, tmp_path: Path) -> None:
    old, new = write_year(tmp_path, "old"), write_year(tmp_path, "new", {"w-1": "no"})
    path = tmp_path / "diff.json"
    code, out, err = call("diff", old, new, "-f", "text", "-f", f"json={path}")
    assert code == 1
    assert out == call("diff", old, new)[1]
    assert path.read_text("utf-8") == call("diff", old, new, "-f", "json")[1]
    assert err.startswith(f"wrote {path} (")
    for twice in (["-f", "text", "-f", "json"], ["-f", f"json={path}", "-f", f"text={path}"]):
        assert call("diff", old, new, *twice)[0] == 2
    answers = Path(new).read_bytes()
    assert call("diff", old, new, "-f", f"json={new}")[0] == 2
    assert Path(new).read_bytes() == answers


def test_the_sample_of_two_years(call: Caller) -> None:
    # domain.md 6.1: three characteristics held it at stage 0; six reach stage 2
    code, out, _ = call("diff", SAMPLES["quillmarsh-2025"], SAMPLES["quillmarsh-2026"])
    assert code == 0
    assert "Quillmarsh Parcels rose from stage 0 to stage 1, Quality service. " in out
    assert "(ee-3a): from “Partly in place” to “Not in place”." in out
    assert out.splitlines()[-1] == (
        "Gate passed (exit code 0): no stage fell and no characteristic regressed;"
        " one item fell, ee-3a."
    )


# --- a policy --------------------------------------------------------------------------------

EXEMPT = {
    "rule": "no-regression",
    "id": "greeting",
    "until": "2026-05-01",
    "reason": "The desk moves",
}


def test_an_exemption_lets_pass_until_its_last_day(call: Caller, tmp_path: Path) -> None:
    old, new = write_year(tmp_path, "old"), write_year(tmp_path, "new", {"g-2": "no"})
    policy = write_policy(tmp_path, {"no-regression": {}}, EXEMPT)
    code, out, _ = call("diff", old, new, "--policy", policy, "-f", "json")
    result = json.loads(out)
    assert (code, result["gate"]["failed"], result["summary"]["exempted"]) == (0, [], 1)
    assert result["changes"][0]["exempt"] == {"until": "2026-05-01", "reason": "The desk moves"}
    assert result["changes"][0]["message"].endswith("Exempt until 1 May 2026: The desk moves.")

    code, out, _ = call("diff", old, new, "--policy", policy, "--as-of", "2026-05-02")
    assert code == 1
    assert out.splitlines()[-1].endswith("to 75.0, because g-2 fell from “Half” to “No”.")
    assert "expired-no-regression" in out

    code, out, _ = call("diff", old, old, "--policy", policy, "--as-of", "2026-05-02")
    assert code == 0
    assert out.splitlines()[-1] == "Gate passed (exit code 0): the two are identical; one warning."


def test_a_policy_that_does_not_fit_is_refused_with_its_line(call: Caller, tmp_path: Path) -> None:
    old, new = write_year(tmp_path, "old"), write_year(tmp_path, "new")
    rules = {"min-stage": {"default": "3", "characteristics": {"greting": "1"}}}
    policy = write_policy(tmp_path, rules, {**EXEMPT, "id": "g-9"})
    code, out, err = call("diff", old, new, "--policy", policy)
    assert (code, out) == (2, "")
    assert err == (
        f"{policy}:4:14: out-of-range: no stage 3; the highest is 2\n"
        f"{policy}:6:7: unknown-id: no characteristic 'greting'; did you mean 'greeting'?\n"
        f"{policy}:9:7: unknown-id: no id 'g-9'; did you mean 'g-3'?\n"
    )


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--policy", "{policy}", "--fail-on", "change"), "--fail-on and --policy are given"),
        (("--policy", "{policy}", "--tolerance", "1"), "--tolerance and --policy are given"),
        (("--tolerance", "-1"), "--tolerance -1: expected points of the index"),
        (("--tolerance", "1e3"), "--tolerance 1e3: expected points of the index"),
        (("--only", "greting"), "no characteristic 'greting'; did you mean 'greeting'?"),
        (("--only", ","), "--only names no characteristic"),
        (("--as-of", "2026-02-30"), "--as-of 2026-02-30: expected a day such as 2026-11-12"),
        (("--policy", "{policy}"), "max-age-days needs a day to count from"),
        (("--fail-on", "chnage"), "'chnage' is none of regression, change, never."),
        (("--if-no-old", "skip"), "'skip' is none of pass, fail."),
        (("-f", "pdf"), "'pdf' is none of "),
        (
            ("-o", "diff.json"),
            "error: No such option: -o\nhint: custfocus diff writes to a file with -f NAME=FILE,"
            " such as -f json=result.json\n",
        ),
    ],
)
def test_a_wrong_call(options: Sequence[str], said: str, call: Caller, tmp_path: Path) -> None:
    old, new = write_year(tmp_path, "old"), write_year(tmp_path, "new")
    policy = write_policy(tmp_path, {"max-age-days": {"days": "400"}})
    code, out, err = call("diff", old, new, *(each.format(policy=policy) for each in options))
    assert (code, out) == (2, "")
    assert said in err


def test_standard_input_is_one_side(tmp_path: Path) -> None:
    old, new = SAMPLES["quillmarsh-2025"], SAMPLES["quillmarsh-2026"]
    text = Path(new).read_text("utf-8")
    piped = call_process("diff", old, "-", "-f", "json", stdin=text)
    assert (piped.returncode, piped.stderr) == (0, "")
    named = call_process("diff", old, new, "-f", "json").stdout
    assert piped.stdout == named.replace(f'"path": "{new}"', '"path": "-"')
    twice = call_process("diff", "-", "-", stdin=text)
    assert (twice.returncode, twice.stdout) == (2, "")
    assert "standard input is given twice" in twice.stderr


def test_of_people_who_answer_for_themselves_the_place_is_the_folder(
    call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_year(tmp_path, "old")
    (tmp_path / "team").mkdir()
    for name in "abcde":
        who = {"id": name}
        write_year(tmp_path / "team", name, {"g-2": "no"}, respondent=who, mode="survey")
    code, out, err = call("diff", "old.yaml", "team", "-f", "json")
    assert (code, err.splitlines()[-1]) == (1, "5 respondents make one panel")
    assert json.loads(out)["changes"][0]["location"] == {"path": "team", "line": None}
    for format in ("github", "gitlab"):
        assert "team/" not in call("diff", "old.yaml", "team", "-f", format)[1]


def test_a_folder_is_one_side_and_its_places_are_those_of_its_files(
    call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_year(tmp_path, "old")
    (tmp_path / "team").mkdir()
    for name in ("a", "b", "c"):
        answers = {"g-2": "no"} if name == "a" else {"g-1": None, "g-2": "no"}
        write_year(tmp_path / "team", name, answers, respondent={"id": name}, mode="interview")
    code, out, err = call("diff", "old.yaml", "team", "-f", "json")
    assert (code, err.splitlines()[-1]) == (1, "3 respondents make one panel")
    result = json.loads(out)
    assert result["changes"][0]["location"] == {"path": "team/a.yaml", "line": 9}
    digests = [
        hashlib.sha256(each.read_bytes()).hexdigest()
        for each in sorted((tmp_path / "team").glob("?.yaml"))
    ]
    listed = "".join(f"{each}\n" for each in digests)
    assert result["new"]["sha256"] == hashlib.sha256(listed.encode()).hexdigest()


def test_what_is_no_policy_is_none(call: Caller, tmp_path: Path) -> None:
    old, new = write_year(tmp_path, "old"), write_year(tmp_path, "new")
    code, out, err = call("diff", old, new, "--policy", new)
    assert (code, out) == (2, "")
    assert err == f"{new}:1:9: wrong-kind: expected a policy, found an assessment\n"
    assert call("diff", old, new, "--policy", str(tmp_path / "none.yaml"))[0] == 2


def test_a_rule_that_asks_for_nothing_is_no_gate(call: Caller, tmp_path: Path) -> None:
    old, new = write_year(tmp_path, "old"), write_year(tmp_path, "new")
    policy = write_policy(tmp_path, {"min-stage": {"characteristics": {"waiting": "1"}}})
    assert call("diff", old, new, "--policy", policy)[0] == 0
    code, out, _ = call("diff", old, new, "--policy", policy, "--only", "greeting")
    assert code == 2
    assert out.splitlines()[-1] == (
        "Not comparable (exit code 2): no rule asks anything of it, so nothing was judged."
        " Give a limit such as min-stage, or two results for no-regression."
    )
