"""A workshop in a real terminal: three interviews that differ, interrupted and gone on with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli import call
from terminal.hall import answers, page, rule
from terminal.screen import CTRL_C, ENTER, LEFT, Terminal

GO_ON = "custfocus assess --panel interviews -o agreed.yaml"
HEAD = " Service vision and values / stage"
LEAD = " Respondents: 3 answered; so far it counts as Partly in place."
KEYS = (
    " Left back   Right next   w write the reason   i more about it   z undo",
    " j jump   ? all keys   q quit",
)
EVIDENCE = " Evidence: 0 Statement   1 Recent example   2 Record   3 Verified"
FIRST = (
    " Question 1 of 2  ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░  2 open",
    "",
    f"{HEAD} 2 of 3, Professional service           sv-2a",
    "",
    " Each team has turned the service values into its own working practices.",
    "",
    LEAD,
    "",
    " How far is this in place today?",
    " n  Not in place      ██████ 1 Quality management",
    " p  Partly in place   ██████ 1 Human resources",
    " l  Largely in place  0",
    " f  Fully in place    ██████ 1 Team leaders",
    " d  Don't know        0",
    "",
    EVIDENCE,
)
SECOND = (
    " Question 2 of 2  ██████████████████████████░░░░░░░░░░░░░░░░░░░░░░░░░░░  1 open",
    "",
    f"{HEAD} 1 of 3, Quality service                sv-1a",
    "",
    " A written service vision is available to all staff.",
    "",
    LEAD,
    "",
    " How far is this in place today?",
    " n  Not in place      ██████ 1 Quality management",
    " p  Partly in place   ██████ 1 Human resources",
    " l  Largely in place  ██████ 1 Team leaders",
    " f  Fully in place    0",
    " d  Don't know        0",
    "",
    EVIDENCE,
)
NEWS = " Two items on which respondents differ, widest apart first."
BEGINNING = "Press the letter of the rating that you agree on."


@pytest.fixture
def interviews(folder: Path) -> Path:
    """A folder with three interviews of the hall."""
    inside = folder / "interviews"
    inside.mkdir()
    for role, first, second in (
        ("hr", "P", "P"),
        ("quality", "N", "N"),
        ("team-leader", "L", "F"),
    ):
        (inside / f"{role}.yaml").write_text(
            "format: custfocus/assessment/1\nquestionnaire: {path: ../two.yaml}\n"
            "organisation: Hall\ndate: 2026-03-01\nmode: interview\n"
            f"respondent: {{role: {role}}}\n"
            f"answers: {{sv-1a: {first}, sv-2a: {second}}}\n",
            encoding="utf-8",
        )
    return folder


def test_a_workshop_is_held_interrupted_and_ended(interviews: Path) -> None:
    terminal = Terminal(*GO_ON.split()[1:], folder=interviews)
    terminal.wait_for_screen(*page([*FIRST, "", "", "", "", NEWS], rule(BEGINNING), *KEYS))
    terminal.press("l")
    terminal.wait_for("Largely in place. Why do you agree on this? One sentence.")
    terminal.press(ENTER)
    terminal.wait_for("Please say why; Esc goes back without an answer.")
    terminal.press("Three of four teams have a page.", ENTER)
    terminal.wait_for("Largely in place, saved. What backs this answer?")
    terminal.press("2")
    terminal.wait_for_screen(*page(SECOND, rule("Saved: sv-2a, Largely in place."), *KEYS))
    terminal.press("p", "Half a sen")
    terminal.wait_for(" > Half a sen")
    terminal.press(CTRL_C)
    terminal.wait_for("These words are not kept yet")
    terminal.press(CTRL_C)
    terminal.wait_for_lines(
        "Stopped; every finished answer is saved.",
        f"To go on: {GO_ON}",
    )
    assert terminal.end() == 130
    agreed = {
        "sv-2a": {
            "answer": "L",
            "evidence": 2,
            "note": "Three of four teams have a page.",
            "by": "workshop",
            "agreed": True,
        }
    }
    assert answers(interviews / "agreed.yaml") == agreed

    terminal = Terminal(*GO_ON.split()[1:], folder=interviews)
    terminal.wait_for_screen(*page([*SECOND, "", "", "", "", NEWS], rule(BEGINNING), *KEYS))
    terminal.press("z")
    terminal.wait_for("Nothing to undo since this run began.")
    terminal.press("p", "It hangs in one hall of four.", ENTER)
    terminal.wait_for(" This run is done.")
    terminal.wait_for(" Agreed: sv-2a Largely in place, sv-1a Partly in place.")
    terminal.press(LEFT)
    terminal.wait_for(" Agreed: Partly in place. Reason: It hangs in one hall of four.")
    terminal.press("q")
    terminal.wait_for_lines(
        "Two items on which respondents differ: all are agreed.",
        "Agreed: sv-2a Largely in place, sv-1a Partly in place.",
        "With this, the organisation stands at stage 0, Not yet in place.",
        "Every answer is saved in agreed.yaml.",
        "For the board:",
        "  custfocus report interviews agreed.yaml -o agreed.html",
        "What to do next:",
        "  custfocus plan interviews agreed.yaml",
    )
    assert terminal.end() == 0
    agreed["sv-1a"] = {
        "answer": "P",
        "note": "It hangs in one hall of four.",
        "by": "workshop",
        "agreed": True,
    }
    assert answers(interviews / "agreed.yaml") == agreed
    scored = call("score", "interviews", "agreed.yaml", "-f", "json", folder=interviews)
    assert json.loads(scored.stdout)["respondents"] == 3
