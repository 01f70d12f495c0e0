"""Workshops from the sources of their panel to the result that counts what was agreed."""

from __future__ import annotations

import csv
import datetime
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from commands.calling import Caller
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput
from shipped import read_definition
from terminal.hall import SMALL, read_assessment

from custfocus_cli.commands.interviewing import Outcome, list_next_commands
from custfocus_cli.commands.loading import Request, read_table_options
from custfocus_cli.commands.setting_up import Setup
from custfocus_cli.commands.workshop import Meeting, refuse_unused, run_workshop
from custfocus_cli.documents.assessment import Assessment
from custfocus_cli.errors import CustfocusError
from custfocus_cli.files.sources import TableOptions
from custfocus_cli.files.writer import to_yaml

ENTER = "\r"
PANEL = Request(["three"])


def write(file: str, *, date: str = "2026-03-01", mode: str = "survey", **answers: object) -> str:
    """The path of a file with these answers of the hall, by item with `_` for `-`."""
    made = Assessment.model_validate(
        {
            "questionnaire": {"path": "two.yaml"},
            "organisation": "Hall",
            "date": date,
            "mode": mode,
            "answers": {name.replace("_", "-"): each for name, each in answers.items()},
        }
    )
    Path(file).write_text(to_yaml(made), encoding="utf-8")
    return file


@pytest.fixture(autouse=True)
def hall(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with the questionnaire of the hall and the answers of three people."""
    monkeypatch.chdir(tmp_path)
    Path("two.yaml").write_text(SMALL, encoding="utf-8")
    Path("three").mkdir()
    Path("three/two.yaml").write_text(SMALL, encoding="utf-8")
    write("three/a.yaml", sv_1a="N", sv_2a="P")
    write("three/b.yaml", sv_1a="L", sv_2a="P", date="2026-03-09")
    write("three/c.yaml", sv_1a="F", sv_2a="F")
    return tmp_path


@contextmanager
def typing(*keys: str) -> Iterator[None]:
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        pipe.send_text("".join(keys))
        yield


def meet(*keys: str, panel: tuple[str, ...] = ("three",), file: str = "agreed.yaml") -> Outcome:
    """What came of a workshop in which these keys were pressed."""
    with typing(*keys):
        return run_workshop(Meeting(Request(panel), file))


def fill_up() -> None:
    """Two more people, of the middle, so that there are as many as may be shown together."""
    for name in ("d", "e"):
        write(f"three/{name}.yaml", sv_1a="L", sv_2a="P")


def agreed(file: str = "agreed.yaml") -> Mapping[str, tuple[str, str | None]]:
    """The ratings in a file of a workshop, each with its reason."""
    answers = read_assessment(Path(file)).answers
    assert all(each.agreed and each.by == "workshop" and each.on for each in answers.values())
    return {name: (each.answer, each.note) for name, each in answers.items()}


# --- from the panel to the result -----------------------------------------------------------------


def test_what_is_agreed_takes_the_place_of_the_panel_rating(call: Caller) -> None:
    # sv-1a: N, L, L, L, F, three points apart; sv-2a: P, P, P, P, F, two apart.
    fill_up()
    outcome = meet("p", "Two of four teams.", ENTER, "l", "We saw the boards.", ENTER, ENTER)
    assert outcome.complete
    assert agreed() == {"sv-1a": ("P", "Two of four teams."), "sv-2a": ("L", "We saw the boards.")}
    written = read_assessment(Path("agreed.yaml"))
    head = (written.organisation, written.scope, str(written.date), written.mode)
    assert head == ("Hall", "whole organisation", "2026-03-09", None)
    assert written.respondent is None
    assert [each[1] for each in list_next_commands(outcome)] == [
        "custfocus report three agreed.yaml -o agreed.html",
        "custfocus plan three agreed.yaml",
    ]
    assert call("validate", "--strict", "agreed.yaml")[0] == 0
    code, out, err = call("score", "three", "agreed.yaml", "-f", "json")
    assert code == 0
    assert err.splitlines()[-2:] == [
        "5 respondents make one panel",
        "two ratings of it agreed in a workshop",
    ]
    card = json.loads(out)
    assert card["respondents"] == 5
    cells = card["characteristics"][0]["cells"]
    # P and L are one and two points of three.
    assert [each["percent"] for each in cells[:2]] == [33.3333, 66.6667]
    code, page, _ = call("report", "three", "agreed.yaml", "-f", "markdown")
    assert "- Answers: five sets of answers (survey)\n" in page
    assert "agreed in a workshop: Partly in place" in page
    assert "Two of four teams." in page
    code, page, _ = call("report", "three", "agreed.yaml", "-f", "markdown", "--anonymise")
    assert "agreed in a workshop: Partly in place" in page
    assert "Two of four teams." not in page


def test_of_fewer_than_five_people_only_what_they_agreed_is_shown(call: Caller) -> None:
    outcome = meet("p", "Two of four teams.", ENTER, "l", "Seen.", ENTER, ENTER)
    assert outcome.sources == "agreed.yaml"
    assert call("score", *outcome.sources.split())[0] == 0
    for arguments in (("score", "three", "agreed.yaml"), ("check", "three")):
        assert call(*arguments)[0] == 2


def test_a_begun_file_is_gone_on_with() -> None:
    fill_up()
    first = meet("p", "Two of four teams.", ENTER, "q")
    assert not first.complete
    assert [each[1] for each in list_next_commands(first)] == [
        "custfocus assess --panel three -o agreed.yaml",
        "custfocus score three agreed.yaml",
        "custfocus report three agreed.yaml -o agreed.html",
        "custfocus plan three agreed.yaml",
    ]
    assert meet("l", "Seen.", ENTER, ENTER).complete
    assert agreed() == {"sv-1a": ("P", "Two of four teams."), "sv-2a": ("L", "Seen.")}


def test_the_file_may_stand_among_the_answers(call: Caller) -> None:
    fill_up()
    meet("p", "So it is.", ENTER, "q", file="three/agreed.yaml")
    outcome = meet("l", "Seen.", ENTER, ENTER, file="three/agreed.yaml")
    assert outcome.sources == "three"
    assert outcome.outlook.sentences[0] == (
        "Two items on which respondents differ: all are agreed."
    )
    assert json.loads(call("score", "three", "-f", "json")[1])["respondents"] == 5


def test_a_table_of_forty_people_is_a_panel(call: Caller) -> None:
    with Path("staff.csv").open("w", encoding="utf-8", newline="") as file:
        rows = [["N", "L"]] * 15 + [["F", "L"]] * 25
        csv.writer(file).writerows([["sv-1a", "sv-2a"], *rows])
    tables = read_table_options(None, None, "Hall", "2026-03-01")
    request = Request(["staff.csv"], questionnaire="two.yaml", tables=tables)
    with typing("l", "Two sites are behind.", ENTER, ENTER):
        outcome = run_workshop(Meeting(request, "agreed.yaml"))
    options = "--questionnaire two.yaml --organisation Hall --date 2026-03-01"
    assert outcome.sources == f"staff.csv agreed.yaml {options}"
    assert outcome.go_on == (f"custfocus assess --panel staff.csv {options} -o agreed.yaml")
    out = call("score", *outcome.sources.split(), "-f", "json")[1]
    assert json.loads(out)["respondents"] == 40


def test_a_file_without_any_rating_yet_is_no_respondent(call: Caller) -> None:
    fill_up()
    meet("q")
    assert agreed() == {}
    assert json.loads(call("score", "three", "agreed.yaml", "-f", "json")[1])["respondents"] == 5


def test_only_what_is_open_on_request() -> None:
    meet("p", "So it is.", ENTER, "q")
    with typing("l", "Seen.", ENTER, ENTER):
        assert run_workshop(Meeting(Request(["three"]), "agreed.yaml", open_only=True)).complete
    with typing(), pytest.raises(CustfocusError, match="everything on which respondents differ"):
        run_workshop(Meeting(Request(["three"]), "agreed.yaml", open_only=True))


# --- what cannot be a workshop --------------------------------------------------------------------


def _refuse(error: str, panel: tuple[str, ...] = ("three",), file: str | None = "new.yaml") -> None:
    before = {each: each.read_bytes() for each in Path().rglob("*") if each.is_file()}
    with typing(), pytest.raises(CustfocusError, match=error):
        run_workshop(Meeting(Request(panel), file))
    assert {each: each.read_bytes() for each in Path().rglob("*") if each.is_file()} == before


def test_what_has_no_workshop_is_refused_and_nothing_is_written() -> None:
    _refuse("a workshop needs a file", file=None)
    _refuse("answers are written as YAML", file="agreed")
    _refuse("about the answers of several respondents", panel=("three/a.yaml",))
    _refuse("cannot come from standard input", panel=("-",))
    _refuse("none", panel=("none",))
    write("d.yaml", sv_1a="L", sv_2a="P")
    _refuse("far apart on none of the 2 items", panel=("three/b.yaml", "d.yaml"))


def test_counts_have_no_workshop(call: Caller) -> None:
    items = list(read_definition("staff-24").entries)
    rows = [",".join(items), *[",".join(["DK"] * len(items))] * 5]
    Path("t.csv").write_text("".join(f"{row}\n" for row in rows), "utf-8")
    about = ("--organisation", "Hall", "--date", "2026-03-02")
    assert call("tally", "t.csv", *about, "-o", "counts.yaml")[0] == 0
    _refuse(
        "counts.yaml is a tally: a workshop needs the answers themselves, not counts of them",
        panel=("counts.yaml",),
    )


def test_a_file_that_is_none_of_this_workshop_is_left_as_it_is() -> None:
    settled = {"answer": "L", "note": "Seen.", "agreed": True}
    write("mine.yaml", sv_1a="L")
    _refuse("mine.yaml holds a respondent's answers", file="mine.yaml")
    _refuse("holds a respondent's answers", file="three/c.yaml")
    write("late.yaml", sv_1a=settled, date="2026-09-01")
    _refuse("184 days apart", file="late.yaml")
    text = Path(write("other.yaml", sv_1a=settled)).read_text(encoding="utf-8")
    Path("other.yaml").write_text(text.replace("Hall", "Mill"), encoding="utf-8")
    _refuse("not the same organisation", file="other.yaml")
    Path("team.yaml").write_text(text.replace("path: two.yaml", "id: team-36"), encoding="utf-8")
    _refuse("team.yaml answers team-36, the panel two-items|only one of the", file="team.yaml")


def test_sources_that_contradict_each_other_are_refused_before_the_talk() -> None:
    for name, target in (("a", "professional"), ("b", "foundation")):
        text = Path(f"three/{name}.yaml").read_text(encoding="utf-8")
        head, answers, rest = text.partition("answers:\n")
        Path(f"three/{name}.yaml").write_text(
            f"{head}target: {target}\n{answers}{rest}", encoding="utf-8"
        )
    _refuse("the sources disagree on the target")


@pytest.mark.parametrize(
    ("setup", "option"),
    [
        (Setup(questionnaire="x"), "QUESTIONNAIRE"),
        (Setup(scope="x"), "--scope"),
        (Setup(target="x"), "--target"),
        (Setup(role="x"), "--role"),
        (Setup(group="x"), "--group"),
        (Setup(previous="x"), "--previous"),
        (Setup(wanted=("x",)), "--for"),
        (Setup(adaptive=False), "--adaptive"),
    ],
)
def test_options_of_an_interview_are_refused(setup: Setup, option: str) -> None:
    with pytest.raises(CustfocusError, match=f"{option} has no meaning together with --panel"):
        refuse_unused(setup, PANEL)
    refuse_unused(Setup(file="a.yaml", by="us", open_only=True), PANEL)
    refuse_unused(setup, Request(()))


@pytest.mark.parametrize(
    ("request_", "option"),
    [
        (Request((), questionnaire="x"), "--questionnaire"),
        (Request((), window=3), "--window"),
        (Request((), tables=TableOptions(profile="google")), "--profile"),
        (Request((), tables=TableOptions(mapping="x")), "--mapping"),
    ],
)
def test_options_of_a_panel_are_refused_without_one(request_: Request, option: str) -> None:
    with pytest.raises(CustfocusError, match=f"{option} is about the answers of a --panel"):
        refuse_unused(Setup(), request_)
    refuse_unused(Setup(), request_._replace(sources=["three"]))
    both = TableOptions(organisation="Hall", date=datetime.date(2026, 3, 1))
    refuse_unused(Setup(), Request((), tables=both))
