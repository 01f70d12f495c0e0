"""The hall, an organisation that two questions assess, and what its screens have in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from terminal.screen import Terminal

from custfocus_cli.documents.assessment import Assessment
from custfocus_cli.files.reader import read
from custfocus_cli.files.writer import to_yaml

SMALL = """\
format: custfocus/questionnaire/1
id: two-items
version: "1.0.0"
based_on: team-36
title: Two items
select: {items: [sv-1a, sv-2a]}
balance: []
"""

BEGIN = ("assess", "two.yaml", "-o", "hall.yaml", "--organisation", "Hall")
GO_ON = ("assess", "-o", "hall.yaml")

RATING = (
    " How far is this in place today?",
    " n  Not in place      It is absent, or there are single remarks about it.",
    " p  Partly in place   It happens in some places, or it depends on single people.",
    " l  Largely in place  It happens in a planned way in most places where it",
    "                      applies; weak spots are known.",
    " f  Fully in place    It happens in a planned way wherever it applies; no",
    "                      notable weak spot is known.",
    " d  Don't know        Nobody in this conversation can tell.",
)
NOT_APPLICABLE = " x  Does not apply    It cannot apply to this organisation."
EVIDENCE = " Evidence: 0 Statement   1 Recent example   2 Record   3 Verified"
LEVELS = (
    " 0  Statement       Somebody says so.",
    " 1  Recent example  A concrete case from the past 12 months is named.",
    " 2  Record          A document or data set is seen.",
    " 3  Verified        Data from the customer's side or an observation confirms it.",
)
KEYS = (
    " Left back   Right next   w write a note   i more about it   z undo   j jump",
    " ? all keys   q quit",
)
CLOSING_KEYS = (
    " Enter finish   Left back to the questions   z undo   j jump   ? all keys",
    " q quit",
)
CLOSING_KEYS_WITH_OPEN = (
    " Enter finish   Left back to the questions   Tab next open question   z undo",
    " j jump   ? all keys   q quit",
)

FIRST = (
    " Question 1 of 2  [................................]  2 open, about 40 min left",
    "",
    " Service vision and values / stage 1 of 3, Quality service                sv-1a",
    "",
    " A written service vision is available to all staff.",
    "",
    *RATING,
)
SECOND = (
    " Question 2 of 2  [################................]  1 open, about 20 min left",
    "",
    " Service vision and values / stage 2 of 3, Professional service           sv-2a",
    "",
    " Each team has turned the service values into its own working practices.",
    "",
    *RATING,
)
BEGINNING = "Press the letter of an answer. All is saved in hall.yaml."


def rule(text: str) -> str:
    """The line above the keys, with what it says."""
    return f"-- {text} ".ljust(80, "-")


def page(above: Sequence[str], *below: str) -> list[str]:
    """A screen of 24 lines: what is above, empty lines, what is below; no empty ones at the end."""
    lines = [*above, *[""] * (24 - len(above) - len(below)), *below]
    while not lines[-1]:
        lines.pop()
    return lines


def begin(folder: Path, *, prepare: Callable[[], None] | None = None) -> Terminal:
    """A new interview of the hall, at its first question."""
    terminal = Terminal(*BEGIN, folder=folder, prepare=prepare)
    terminal.wait_for_screen(*page(FIRST, rule(BEGINNING), *KEYS))
    return terminal


def read_assessment(path: Path) -> Assessment:
    """The assessment in a file, which has to be without fault and canonical."""
    reading = read(path.name, path.read_bytes())
    assert reading.problems == ()
    assert isinstance(reading.document, Assessment)
    assert to_yaml(reading.document) == reading.text
    return reading.document


def answers(path: Path) -> dict[str, dict[str, object]]:
    """What the file of answers holds, without the days."""
    given = read_assessment(path).answers.items()
    return {key: answer.model_dump(exclude_unset=True, exclude={"on"}) for key, answer in given}


def codes(path: Path) -> dict[str, str]:
    """The answers alone."""
    return {key: answer.answer for key, answer in read_assessment(path).answers.items()}


def finish(folder: Path, *keys: str) -> None:
    """Go on with the file in a new run, which has to come up and to end as any does.

    That is the proof after whatever ended the run before: the file is in order, no lock in the way.
    """
    terminal = Terminal(*GO_ON, folder=folder)
    terminal.wait_for(" saved in hall.yaml.")
    terminal.press(*keys)
    if keys:
        terminal.wait_for("This run is done.")
    terminal.press("q")
    terminal.wait_for("What to do next:")
    assert terminal.end() == 0
    assert sorted(each.name for each in folder.iterdir()) == ["hall.yaml", "two.yaml"]
