"""`assess` in a real terminal before its first question: what it asks for, and what it refuses."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from cli import call
from terminal.hall import BEGIN, GO_ON, KEYS, RATING, answers, page, rule
from terminal.screen import BACKSPACE, ENTER, Terminal


def test_everything_is_asked_where_nothing_was_said(folder: Path) -> None:
    terminal = Terminal("assess", folder=folder)
    choice = " Which questionnaire? (arrows and Enter)"
    terminal.wait_for_lines(
        choice,
        " > Customer focus for teams (48 questions, about 40 minutes)",
        "     For a team that assesses itself: 36 statements and the 12 questions of the",
        "     balance check, 35 to 45 minutes together or 25 alone.",
        "   Balance check of customer focus (twelve questions, about 8 minutes)",
    )
    terminal.press(ENTER)
    terminal.wait_for("Which organisation is assessed?")
    terminal.press("Hall & Söhne", ENTER)
    terminal.wait_for("Which part of it? whole organisation")
    terminal.press(ENTER)
    terminal.wait_for("Who answers, by role")
    terminal.press("Team leader", ENTER)
    terminal.wait_for("Small letters, digits and hyphens, such as team-leader")
    terminal.press(*[BACKSPACE] * 11, "team-leader", ENTER)
    terminal.wait_for("Where do you want to get to?")
    terminal.press(ENTER)
    file = f"hall-sohne-{datetime.date.today():%Y}.yaml"
    terminal.wait_for(f"In which file are the answers kept? {file}")
    terminal.press(ENTER)
    terminal.wait_for_screen(
        *page(
            [
                " Question 1 of 48  ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░  48 open, about 40 min left",
                "",
                " Service vision and values / stage 1 of 3, Quality service                sv-1a",
                "",
                " A written service vision is available to all staff.",
                "",
                *RATING,
            ],
            rule(f"Press the letter of an answer. All is saved in {file}."),
            *KEYS,
        )
    )
    terminal.press("f", "w")
    terminal.wait_for("Note on this question.")
    terminal.press("On the wall.", ENTER)
    terminal.wait_for("Kept; it is saved together with the answer.")
    terminal.press("p")
    terminal.wait_for("Saved: sv-2a, Partly in place.")
    terminal.press("q")
    terminal.wait_for("What to do next:")
    assert terminal.end() == 0
    assert answers(folder / file) == {
        "sv-1a": {"answer": "F"},
        "sv-2a": {"answer": "P", "note": "On the wall."},
    }
    text = (folder / file).read_text(encoding="utf-8")
    assert "organisation: Hall & Söhne\n" in text
    assert "target: professional\n" in text
    assert "role: team-leader\n" in text


def test_the_set_up_goes_on_with_a_file_that_is_there(folder: Path) -> None:
    file = f"hall-{datetime.date.today():%Y}.yaml"
    first = Terminal("assess", "-o", file, "--organisation", "Hall", folder=folder)
    first.wait_for(" Question 1 of 48 ")
    first.press("f")
    first.wait_for(" Question 2 of 48 ")
    assert first.close() == 130
    terminal = Terminal("assess", folder=folder)
    for question, keys in (
        ("Which questionnaire?", ENTER),
        ("Which organisation is assessed?", f"Hall{ENTER}"),
        ("Which part of it?", ENTER),
        ("Who answers, by role", ENTER),
        ("Where do you want to get to?", ENTER),
        (f"In which file are the answers kept? {file}", ENTER),
        (f"{file} exists. Go on with the answers in it?", "y"),
    ):
        terminal.wait_for(question)
        terminal.press(keys)
    terminal.wait_for(" Question 2 of 48 ")
    terminal.wait_for(f"One answer saved in {file}.")
    assert terminal.close() == 130
    assert answers(folder / file) == {"sv-1a": {"answer": "F"}}


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("--for", "people"), "error: no session or role 'people'"),
        (("--previous", "none.yaml"), "none.yaml"),
        (("--previous", "other.yaml"), "error: other.yaml is about Mill, not Hall"),
        (("--scope", "x" * 20_001), "error: --scope takes at most 20000 characters"),
        (("--by", "x" * 20_001), "error: --by takes at most 20000 characters"),
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
        *BEGIN,
        *arguments,
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
    terminal = Terminal(*GO_ON, folder=folder)
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
    terminal = Terminal(*GO_ON, *options, folder=folder)
    terminal.wait_for(f"error: {error}")
    assert terminal.end() == 2
