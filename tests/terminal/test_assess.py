"""`assess` in a real terminal: a whole conversation, stopped, gone on with, and refused."""

from __future__ import annotations

import datetime
import signal
from pathlib import Path

import pytest
from cli import call
from terminal.screen import ENTER, Terminal

from custfocus_cli.documents.assessment import Assessment
from custfocus_cli.files.reader import read
from custfocus_cli.files.writer import to_yaml

CTRL_C, CTRL_D, DOWN = "\x03", "\x04", "\x1b[B"
SMALL = """\
format: custfocus/questionnaire/1
id: two-items
version: "1.0.0"
based_on: team-36
title: Two items
select: {items: [sv-1a, sv-2a]}
balance: []
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a questionnaire of two items."""
    (tmp_path / "two.yaml").write_text(SMALL, encoding="utf-8")
    return tmp_path


def _answers(folder: Path, name: str = "hall.yaml") -> dict[str, object]:
    """What the file of answers holds, each answer in short; it has to be canonical."""
    reading = read(name, (folder / name).read_bytes())
    assert reading.problems == ()
    assert isinstance(reading.document, Assessment)
    assert to_yaml(reading.document) == reading.text
    answers = reading.document.answers.items()
    return {key: answer.model_dump(exclude_unset=True, exclude={"on"}) for key, answer in answers}


def _begin(folder: Path) -> Terminal:
    return Terminal(
        "assess", "two.yaml", "-o", "hall.yaml", "--organisation", "Hall", folder=folder
    )


def _set_up(terminal: Terminal) -> None:
    """Answers what `assess` asks when nothing was said: all defaults but the organisation."""
    terminal.wait_for("Which questionnaire?")
    terminal.press(ENTER)
    terminal.wait_for("Which organisation is assessed?")
    terminal.press("Hall & Söhne", ENTER)
    terminal.wait_for("Which part of it? whole organisation")
    terminal.press(ENTER)
    terminal.wait_for("Who answers, by role")
    terminal.press("team-leader", ENTER)
    terminal.wait_for("Where do you want to get to?")
    terminal.press(ENTER)


def test_everything_is_asked_where_nothing_was_said(folder: Path) -> None:
    terminal = Terminal("assess", folder=folder)
    _set_up(terminal)
    file = f"hall-sohne-{datetime.date.today():%Y}.yaml"
    terminal.wait_for(f"In which file are the answers kept? {file}")
    terminal.press(ENTER)
    assert terminal.wait_for("Question 1 of 48") == [
        " Question 1 of 48  [..............................]  48 open, about 40 min left",
        "",
        " Service vision and values / stage 1 of 3, Quality service                sv-1a",
        "",
        " A written service vision is available to all staff.",
        "",
        " How far is this in place today?",
        " n  Not in place      It is absent, or there are single remarks about it.",
        " p  Partly in place   It happens in some places, or it depends on single people.",
        " l  Largely in place  It happens in a planned way in most places where it",
        "                      applies; weak spots are known.",
        " f  Fully in place    It happens in a planned way wherever it applies; no",
        "                      notable weak spot is known.",
        " d  Don't know        Nobody in this conversation can tell.",
        *[""] * 7,
        f"-- Press the letter of an answer. All is saved in {file}. ".ljust(80, "-"),
        " Left back   Right next   w write a note   i more about it   z undo   j jump",
        " ? all keys   q quit",
    ]
    terminal.press("f", "w")
    terminal.wait_for("Note on this question.")
    terminal.press("On the wall.", ENTER)
    terminal.wait_for("Kept; it is saved together with the answer.")
    terminal.press("p")
    terminal.wait_for("Saved: sv-2a, Partly in place.")
    terminal.press("q")
    terminal.wait_for("What to do next:")
    assert terminal.end() == 0
    assert _answers(folder, file) == {
        "sv-1a": {"answer": "F"},
        "sv-2a": {"answer": "P", "note": "On the wall."},
    }
    text = (folder / file).read_text(encoding="utf-8")
    assert "organisation: Hall & Söhne\n" in text
    assert "target: professional\n" in text
    assert "role: team-leader\n" in text


def test_a_whole_conversation(folder: Path) -> None:
    terminal = _begin(folder)
    terminal.wait_for("Question 1 of 2")
    terminal.press("f")
    terminal.wait_for("Question 2 of 2")
    terminal.press("z", "n", "p")
    terminal.wait_for("Service vision and values: stage 0 of 3 so far; sv-1a holds it there.")
    assert terminal.wait_for("This run is done.")[:5] == [
        " Hall",
        "",
        " This run is done.",
        "",
        " All 2 questions are answered.",
    ]
    terminal.press(ENTER)
    terminal.wait_for("custfocus plan hall.yaml")
    assert terminal.lines[-6:] == [
        "The organisation stands at stage 0, Not yet in place.",
        "Every answer is saved in hall.yaml.",
        "For the board:",
        "  custfocus report hall.yaml -o hall.html",
        "What to do next:",
        "  custfocus plan hall.yaml",
    ]
    assert terminal.end() == 0
    assert _answers(folder) == {"sv-1a": {"answer": "N"}, "sv-2a": {"answer": "P"}}


def test_an_interview_with_last_years_answers_session_and_adaptive_mode(folder: Path) -> None:
    previous = Path(__file__).parents[2] / "questionnaires/samples/quillmarsh-2025.yaml"
    terminal = Terminal(
        *("assess", "interview-72", "-o", "new.yaml", "--organisation", "Quillmarsh Parcels"),
        *("--previous", str(previous), "--for", "people", "--adaptive"),
        folder=folder,
    )
    terminal.wait_for("Question 1 of 14")
    terminal.wait_for("2025: Largely in place. Evidence: Recent example.")
    terminal.press("u")  # sv-1b unchanged: what backs it is asked afresh
    terminal.wait_for("Largely in place, saved. What backs this answer?")
    terminal.press("2")
    terminal.wait_for("Question 2 of 14")
    terminal.press("n")
    terminal.wait_for("Question 3 of 14")
    terminal.press("n", "n")  # st-1a and st-1b: the cell is finished and blocks
    terminal.wait_for("higher questions skipped: its stage is settled.")
    terminal.press("q")
    terminal.wait_for("custfocus assess -o new.yaml --for people")
    assert terminal.end() == 0
    answers = _answers(folder, "new.yaml")
    assert answers["sv-1b"] == {"answer": "L", "evidence": 2, "by": "hr"}
    assert list(answers) == ["sv-1b", "wo-1b", "st-1a", "st-1b"]
    assert "adaptive: true\n" in (folder / "new.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("stop", "code"), [("ctrl-c", 130), ("sigterm", 130), ("sighup", 130), ("sigkill", -9)]
)
def test_what_was_answered_outlives_every_end(stop: str, code: int, folder: Path) -> None:
    terminal = _begin(folder)
    terminal.wait_for("Question 1 of 2")
    terminal.press("l")
    terminal.wait_for("Question 2 of 2")
    if stop == "ctrl-c":
        terminal.press(CTRL_C)
        terminal.wait_for("To go on: custfocus assess -o hall.yaml")
    else:
        terminal.kill(getattr(signal, stop.upper()))
    assert terminal.end() == code
    assert _answers(folder) == {"sv-1a": {"answer": "L"}}
    again = Terminal("assess", "-o", "hall.yaml", folder=folder)
    again.wait_for("Question 2 of 2")
    again.press("n")
    again.wait_for("This run is done.")
    again.press("q")
    again.wait_for("What to do next:")
    assert again.end() == 0
    assert _answers(folder) == {"sv-1a": {"answer": "L"}, "sv-2a": {"answer": "N"}}


def test_ctrl_d_ends_like_q(folder: Path) -> None:
    terminal = _begin(folder)
    terminal.wait_for("Question 1 of 2")
    terminal.press("l", CTRL_D)
    terminal.wait_for("What to do next:")
    assert terminal.end() == 0


def test_a_second_run_on_the_same_file_is_refused(folder: Path) -> None:
    first = _begin(folder)
    first.wait_for("Question 1 of 2")
    before = (folder / "hall.yaml").read_bytes()
    second = Terminal("assess", "-o", "hall.yaml", folder=folder)
    second.wait_for("error: another interview is writing to hall.yaml")
    assert second.end() == 2
    assert (folder / "hall.yaml").read_bytes() == before
    first.press("q")
    first.wait_for("What to do next:")
    assert first.end() == 0


def test_an_edit_by_hand_meanwhile_is_not_overwritten(folder: Path) -> None:
    terminal = _begin(folder)
    terminal.wait_for("Question 1 of 2")
    file = folder / "hall.yaml"
    edited = file.read_bytes() + b"about: Edited by hand.\n"
    file.write_bytes(edited)
    terminal.press("l")
    terminal.wait_for("the answers of this interview are in hall.mine.yaml")
    assert (terminal.end(), file.read_bytes()) == (2, edited)
    assert _answers(folder, "hall.mine.yaml") == {"sv-1a": {"answer": "L"}}


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("--for", "people"), "error: no session or role 'people'"),
        (("--previous", "none.yaml"), "none.yaml"),
        (("--previous", "other.yaml"), "error: other.yaml is about Mill, not Hall"),
    ],
)
def test_what_cannot_be_asked_is_refused_before_anything_is_written(
    arguments: tuple[str, ...], error: str, folder: Path
) -> None:
    (folder / "other.yaml").write_text(
        "format: custfocus/assessment/1\nquestionnaire: {path: two.yaml}\n"
        "organisation: Mill\ndate: 2025-03-01\n",
        encoding="utf-8",
    )
    terminal = Terminal(
        *("assess", "two.yaml", "-o", "hall.yaml", "--organisation", "Hall", *arguments),
        folder=folder,
    )
    terminal.wait_for(error)
    assert terminal.end() == 2
    assert not (folder / "hall.yaml").exists()


def test_comments_of_a_hand_go_only_after_a_yes(folder: Path) -> None:
    file = folder / "hall.yaml"
    file.write_text(
        "# ours\nformat: custfocus/assessment/1\nquestionnaire: {path: two.yaml}\n"
        "organisation: Hall\ndate: 2026-03-01\nanswers: {sv-1a: L}\n",
        encoding="utf-8",
    )
    before = file.read_bytes()
    terminal = Terminal("assess", "-o", "hall.yaml", folder=folder)
    terminal.wait_for("its comments and layout will go. Continue?")
    terminal.press("n")
    terminal.wait_for("hall.yaml was left as it is")
    assert (terminal.end(), file.read_bytes()) == (2, before)


def test_without_a_terminal_it_says_what_to_do(folder: Path) -> None:
    run = call("assess", "two.yaml", "-o", "hall.yaml", stdin="f\n\n", folder=folder)
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr == (
        "error: assess asks questions and needs a terminal\n"
        "hint: write the answers into a file by hand and run: custfocus score FILE\n"
    )
    assert not (folder / "hall.yaml").exists()


@pytest.mark.parametrize(
    ("options", "error"),
    [
        (("--organisation", "Mill"), "hall.yaml has the organisation 'Hall', not 'Mill'"),
        (("--date", "2025-01-01"), "hall.yaml has the date '2026-03-01', not '2025-01-01'"),
        (("--group", "north"), "hall.yaml has no group, not 'north'"),
        (("--target", "foundation"), "hall.yaml has no target, not 'foundation'"),
    ],
)
def test_options_that_contradict_the_file(
    options: tuple[str, ...], error: str, folder: Path
) -> None:
    file = folder / "hall.yaml"
    file.write_text(
        "format: custfocus/assessment/1\nquestionnaire:\n  path: two.yaml\n"
        "organisation: Hall\ndate: 2026-03-01\n",
        encoding="utf-8",
    )
    terminal = Terminal("assess", "-o", "hall.yaml", *options, folder=folder)
    terminal.wait_for(f"error: {error}")
    assert terminal.end() == 2
