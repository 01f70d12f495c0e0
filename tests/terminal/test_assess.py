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

CTRL_C = "\x03"
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


def test_a_whole_conversation(folder: Path) -> None:
    terminal = Terminal("assess", "two.yaml", folder=folder)
    terminal.wait_for("Which organisation is assessed?")
    terminal.press("Hall & Söhne", ENTER)
    assert terminal.wait_for("Stop here; everything is saved")[:9] == [
        " Which organisation is assessed? Hall & Söhne",
        f"Every answer is saved in hall-sohne-{datetime.date.today():%Y}.yaml at once."
        " Ctrl-C stops.",
        "",
        "Service vision and values / Quality service  (1 of 2) --------------------------",
        "A written service vision is available to all staff.",
        "  Where would a new colleague find it? Please show me.",
        "  Evidence: the vision text; the place where staff find it",
        " How far is this in place today? (key, or arrows and Enter)",
        " > n) Not in place",
    ]
    terminal.press("f", ENTER)
    terminal.wait_for("Note (Enter: none)")
    terminal.press("On the wall.", ENTER)
    terminal.wait_for("(2 of 2)")
    terminal.press("p", ENTER)
    terminal.wait_for("Note (Enter: none)")
    terminal.press(ENTER)
    file = f"hall-sohne-{datetime.date.today():%Y}.yaml"
    terminal.wait_for("For the board:")
    assert terminal.lines[-3:] == [
        f"Every answer is saved in {file}.",
        f"To go on:      custfocus assess -o {file}",
        f"For the board: custfocus report {file} -o report.html",
    ]
    assert terminal.end() == 0
    assert _answers(folder, file) == {
        "sv-1a": {"answer": "F", "note": "On the wall."},
        "sv-2a": {"answer": "P"},
    }


@pytest.mark.parametrize(
    ("stop", "code"),
    [("ctrl-c", 130), ("sigterm", -signal.SIGTERM), ("sigkill", -signal.SIGKILL)],
)
def test_what_was_answered_outlives_every_end(stop: str, code: int, folder: Path) -> None:
    terminal = _begin(folder)
    terminal.wait_for("(1 of 2)")
    terminal.press("l", ENTER)
    terminal.wait_for("Note (Enter: none)")
    terminal.press(ENTER)
    terminal.wait_for("(2 of 2)")
    if stop == "ctrl-c":
        terminal.press(CTRL_C)
        terminal.wait_for("To go on: custfocus assess -o hall.yaml")
    else:
        terminal.kill(-code)
    assert terminal.end() == code
    assert _answers(folder) == {"sv-1a": {"answer": "L"}}
    again = Terminal("assess", "-o", "hall.yaml", folder=folder)
    again.wait_for("(2 of 2)")
    again.press("n", ENTER)
    again.wait_for("Note (Enter: none)")
    again.press(ENTER)
    again.wait_for("For the board:")
    assert again.end() == 0
    assert _answers(folder) == {"sv-1a": {"answer": "L"}, "sv-2a": {"answer": "N"}}


def test_a_second_run_on_the_same_file_is_refused(folder: Path) -> None:
    first = _begin(folder)
    first.wait_for("(1 of 2)")
    before = (folder / "hall.yaml").read_bytes()
    second = Terminal("assess", "-o", "hall.yaml", folder=folder)
    second.wait_for("error: another interview is writing to hall.yaml")
    assert second.end() == 2
    assert (folder / "hall.yaml").read_bytes() == before
    first.press("t", ENTER)
    first.wait_for("For the board:")
    assert first.end() == 0


def test_an_edit_by_hand_meanwhile_is_not_overwritten(folder: Path) -> None:
    terminal = _begin(folder)
    terminal.wait_for("(1 of 2)")
    file = folder / "hall.yaml"
    edited = file.read_bytes() + b"about: Edited by hand.\n"
    file.write_bytes(edited)
    terminal.press("l", ENTER)
    terminal.wait_for("Note (Enter: none)")
    terminal.press(ENTER)
    terminal.wait_for("the answers of this interview are in hall.mine.yaml")
    assert (terminal.end(), file.read_bytes()) == (2, edited)
    assert _answers(folder, "hall.mine.yaml") == {"sv-1a": {"answer": "L"}}


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
