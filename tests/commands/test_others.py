"""The other questionnaires on the command line: what each gives, and what it is compared with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from commands.calling import Caller
from shipped import FOLDER, read_definition

from custfocus_cli.errors import ExitCode

SAMPLE = str(FOLDER / "samples" / "quillmarsh-2026.yaml")
DAY = "2026-11-12"


def write(path: Path, questionnaire: str, answers: Mapping[str, object], **keys: object) -> str:
    """A file of answers of Quillmarsh Parcels; its name."""
    path.parent.mkdir(exist_ok=True)
    document = {
        "format": "custfocus/assessment/1",
        "questionnaire": {"id": questionnaire},
        "organisation": "Quillmarsh Parcels",
        "date": DAY,
        **keys,
        "answers": dict(answers),
    }
    path.write_text(yaml.safe_dump(document), encoding="utf-8")
    return str(path)


@pytest.fixture
def pulse(tmp_path: Path) -> str:
    """Twelve placements at stage 2, but one at 0 and one that nobody knows."""
    answers = dict.fromkeys(read_definition("pulse-12").entries, "2")
    answers |= {"pl-recognition": "0", "pl-voice-of-customer": "DK"}
    return write(tmp_path / "pulse.yaml", "pulse-12", answers)


@pytest.fixture
def staff(tmp_path: Path) -> str:
    """Five people who say `often` to all, but one characteristic that four of them answered."""
    items = read_definition("staff-24").entries
    for n in range(5):
        answers = dict.fromkeys(items, "often")
        if not n:
            answers = {name: each for name, each in answers.items() if "recognition" not in name}
        who = {"respondent": {"id": f"r{n}"}, "mode": "survey"}
        write(tmp_path / "staff" / f"{n}.yaml", "staff-24", answers, **who)
    return str(tmp_path / "staff")


@pytest.fixture
def balance(tmp_path: Path) -> str:
    """Every safeguard in place and no signal frequent, but in economics."""
    entries = read_definition("balance-12").entries
    answers = {name: "sometimes" if name.endswith("sign") else "F" for name in entries}
    answers |= {"ba-economics-guard1": "N", "ba-economics-sign": "often"}
    figures = {"programme_cost": 310000, "programme_benefit": 190000}
    return write(tmp_path / "balance.yaml", "balance-12", answers, figures=figures)


@pytest.fixture
def readiness(tmp_path: Path) -> str:
    """Everything in place but two clauses: one item weak, one unknown."""
    answers: dict[str, Any] = {
        name: {"answer": "F", "evidence": 2}
        for name in read_definition("iso9001-readiness").entries
    }
    answers |= {"iq-8.2.1-c": "P", "iq-7.2": "DK"}
    return write(tmp_path / "iso.yaml", "iso9001-readiness", answers)


def run(call: Caller, *arguments: str) -> str:
    code, out, err = call(*arguments)
    assert (code, "Traceback" in err) == (ExitCode.DONE, False), err
    return out


# --- what each gives ---------------------------------------------------------------------------


def test_a_pulse_gives_placed_stages_and_nothing_measured(call: Caller, pulse: str) -> None:
    card = json.loads(run(call, "score", pulse, "-f", "json"))
    result = card["result"]
    assert (result["stage"], result["index"], result["index_low"]) == (None, None, None)
    assert (card["next_steps"], card["evidenced"], card["notices"]) == ([], None, [])
    placed = {each["id"]: each["placed_stage"] for each in card["characteristics"]}
    assert placed["service-vision"] == 2
    assert (placed["recognition"], placed["voice-of-customer"]) == (0, None)
    assert {each["index"] for each in card["characteristics"]} == {None}
    text = run(call, "score", pulse)
    assert "people place Quillmarsh Parcels between stage 0 and\nstage 2 of 3." in text
    assert "Not placed: Voice of the customer." in text
    assert "Index" not in text


def test_a_staff_view_gives_an_index_from_five_people_up(call: Caller, staff: str) -> None:
    card = json.loads(run(call, "score", staff, "-f", "json"))
    seen = {each["id"]: each["perception_index"] for each in card["characteristics"]}
    assert seen.pop("recognition") is None  # four people
    assert set(seen.values()) == {66.6667}  # often is 2 of 3 points
    assert [each["id"] for each in card["notices"]] == ["few-answers"]
    assert card["result"]["stage"] is None
    for form in ("text", "json"):
        assert "recognition-1" not in run(call, "score", staff, "-f", form)
    report = run(call, "report", staff, "-f", "markdown")
    assert report.count("**Not shown, fewer than five people rated it**") == 2
    assert "a perception and no measured stage" in report


def test_a_balance_check_gives_flags_and_the_test_and_no_stage(call: Caller, balance: str) -> None:
    card = json.loads(run(call, "score", balance, "-f", "json"))
    flags = {each["theme"]: each["flag"] for each in card["balance"]["flags"]}
    assert flags == {**dict.fromkeys(flags, "green"), "economics": "red"}
    assert len(flags) == 5
    assert card["balance"]["economic_test"]["ratio"] == 0.6129  # 190000 / 310000
    assert (card["result"]["stage"], card["result"]["index"]) == (None, None)
    text = run(call, "score", balance)
    assert (
        "One risk out of balance at Quillmarsh Parcels: Economics. By these figures the"
        " programme costs more than it brings."
    ) in text.replace("\n", " ")
    assert "The answers in detail" not in run(call, "report", balance, "-f", "markdown")
    assert "Benefit divided by cost is 0.61." in text


def test_a_readiness_check_gives_gaps_by_clause_and_no_headline(
    call: Caller, readiness: str
) -> None:
    text = run(call, "score", readiness)
    assert (
        "At Quillmarsh Parcels 23 of 25 clauses are in place; one is open, one is not\nknown yet."
    ) in text
    assert "no statement of conformity" in text.replace("\n", " ")
    assert "8.2.1 Customer communication: Partly in place\n" in text
    assert "7.2 Competence: Not known yet\n" in text
    report = run(call, "report", readiness, "-f", "markdown")
    assert "| 8.2.1 Customer communication " in report
    plan = json.loads(run(call, "plan", readiness, "-f", "json"))
    gaps = [[task["item"] for task in step["tasks"]] for step in plan["steps"]]
    assert gaps == [["iq-8.2.1-c"], ["iq-7.2"]]  # 1 point short, an unknown answer 2
    assert "no statement of conformity" in plan["cautions"][0]
    for page in (text, report, run(call, "plan", readiness)):
        assert "stage" not in page.lower()
        assert "characteristic" not in page.lower()


OUTPUTS = [
    *(("score", "-f", form) for form in ("text", "json")),
    *(("plan", "-f", form) for form in ("text", "markdown", "json", "csv")),
    *(("report", "-f", form) for form in ("html", "markdown")),
    *(("report", "-f", form, "--audience", "executive") for form in ("html", "markdown")),
    ("report", "-f", "markdown", "--anonymise"),
    ("validate",),
]
QUESTIONNAIRES = {
    "pulse": "pulse-12",
    "staff": "staff-24",
    "balance": "balance-12",
    "readiness": "iso9001-readiness",
}
NONSENSE = ("none of what", "unknown (", "no items", "no item asks", "not measured here", "0 of 0")


@pytest.mark.parametrize("output", OUTPUTS, ids=" ".join)
@pytest.mark.parametrize("name", ["pulse", "staff", "balance", "readiness"])
def test_each_is_written_in_every_format(
    call: Caller, request: pytest.FixtureRequest, name: str, output: tuple[str, ...]
) -> None:
    source: str = request.getfixturevalue(name)
    files = sorted(map(str, Path(source).iterdir())) if name == "staff" else [source]
    command, *options = output
    out = run(call, command, *(files if command == "validate" else [source]), *options)
    assert [each for each in NONSENSE if each in out] == []
    if command in ("report", "plan") and "csv" not in options:
        caution = read_definition(QUESTIONNAIRES[name]).questionnaire.caution
        assert (caution or "")[:60] in " ".join(out.split())


# --- beside a measured result --------------------------------------------------------------------


def test_interview_staff_and_pulse_make_one_report(call: Caller, pulse: str, staff: str) -> None:
    card = json.loads(run(call, "score", SAMPLE, pulse, staff, "-f", "json"))
    alone = json.loads(run(call, "score", SAMPLE, "-f", "json"))
    assert card["result"] == alone["result"]
    report = run(call, "report", SAMPLE, pulse, staff, "-f", "markdown")
    head = "| Characteristic                "
    gaps = next(line for line in report.splitlines() if line.startswith(head))
    assert gaps.rstrip(" |").endswith("Self-placed | Self-placed minus measured")
    rows = {
        cells[1]: cells[-3:-1]
        for line in report.split("## The gaps")[1].split("\n## ")[0].splitlines()
        if len(cells := [cell.strip() for cell in line.split("|")]) > 2
    }
    # measured 1, placed 0; measured 1, placed 2; measured 2 and nobody knows
    assert rows["Recognition and reward"] == ["0", "\\-1"]
    assert rows["Service training"] == ["2", "\\+1"]
    assert rows["Voice of the customer"] == ["not known", ""]
    # seen 66.7, measured 38.9: 27.8 apart, but fewer than ten saw it
    assert "66.7 (middle of 5 to 9 people)" in report
    assert "27.8 points higher" in report
    assert "A topic for talk, 20 points" not in report
    assert "> Customer focus pulse: People placed their own organisation here" in report
    html = run(call, "report", SAMPLE, pulse, staff)
    assert html.count('class="placed"') == 11  # a marker for each that was placed
    assert "self-placed 0, target 2" in html


# --- what is not compared ------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["pulse", "staff", "balance", "readiness"])
@pytest.mark.parametrize("options", [(), ("--shared-items",)], ids=["plain", "shared items"])
def test_a_diff_against_another_form_is_refused(
    call: Caller, request: pytest.FixtureRequest, name: str, options: tuple[str, ...]
) -> None:
    source: str = request.getfixturevalue(name)
    code, out, _ = call("diff", SAMPLE, source, *options)
    assert code == ExitCode.CANNOT
    assert "Not comparable (exit code 2)" in out


def test_a_pulse_is_compared_with_a_pulse(call: Caller, tmp_path: Path, pulse: str) -> None:
    answers = dict.fromkeys(read_definition("pulse-12").entries, "1")
    spring = write(tmp_path / "spring.yaml", "pulse-12", answers, date="2026-05-12")
    code, out, _ = call("diff", spring, pulse, "--fail-on", "never")
    assert code == ExitCode.DONE
    assert "Service training: Stage 1 before, stage 2 now." in out
    assert "Voice of the customer: Stage 1 before, not known now." in out
    assert "index" not in out
    report = run(call, "report", pulse, "--previous", spring, "-f", "markdown")
    days = report.split("### How people saw it, day by day")[1].split("\n## ")[0]
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in days.splitlines() if line]
    assert rows[0] == ["Characteristic", "12 May 2026", "12 November 2026"]
    assert ["Recognition and reward", "stage 1", "stage 0"] in rows
    assert ["Voice of the customer", "stage 1", ""] in rows
    assert "The years side by side" not in report


def test_a_balance_check_is_read_beside_an_earlier_one(
    call: Caller, tmp_path: Path, balance: str
) -> None:
    answers = {
        name: "never" if name.endswith("sign") else "F"
        for name in read_definition("balance-12").entries
    }
    before = write(tmp_path / "before.yaml", "balance-12", answers, date="2025-11-12")
    report = run(call, "report", balance, "--previous", before, "-f", "markdown")
    assert "- **Economics**: From “in balance” to “out of balance”." in report
    # a gate watches stages and indexes, and so it says that there is nothing to judge
    assert call("diff", before, balance)[0] == ExitCode.CANNOT


def test_the_short_form_is_never_compared_with_the_long_one(call: Caller, tmp_path: Path) -> None:
    answers = dict.fromkeys(read_definition("team-36").entries, "L")
    answers = {name: code for name, code in answers.items() if not name.startswith("ba-")}
    team = write(tmp_path / "team.yaml", "team-36", answers)
    assert call("diff", SAMPLE, team)[0] == ExitCode.CANNOT
    assert call("diff", SAMPLE, team, "--as", "team-36", "--fail-on", "never")[0] == ExitCode.DONE


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("score", SAMPLE, "{readiness}"), "not the same model"),
        (("score", "{readiness}", "--as", "interview-72"), "on another one"),
        (("score", SAMPLE, "--as", "iso9001-readiness"), "on another one"),
        (("score", "{pulse}", "--as", "interview-72"), "no source answers anything"),
        (("score", SAMPLE, "--as", "pulse-12"), "no source answers anything"),
        (("score", "{staff}", "--as", "pulse-12"), "no source answers anything"),
    ],
)
def test_what_shares_nothing_is_not_scored_alike(
    call: Caller, request: pytest.FixtureRequest, arguments: tuple[str, ...], said: str
) -> None:
    filled = [
        request.getfixturevalue(each.strip("{}")) if each.startswith("{") else each
        for each in arguments
    ]
    code, _, err = call(*filled)
    assert code == ExitCode.CANNOT
    assert said in err


def test_the_balance_check_of_an_interview_can_be_scored_alone(call: Caller) -> None:
    whole, alone = (
        json.loads(run(call, "score", SAMPLE, *options, "-f", "json"))
        for options in ((), ("--as", "balance-12"))
    )
    assert alone["balance"] == whole["balance"]
    assert alone["result"]["stage"] is None
