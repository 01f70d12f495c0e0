"""Interviews that are killed at random moments, and what is left of them: run as a program.

Every interview is a process of its own on a terminal of its own, forked from this one, which has
imported everything already; that makes 200 of them cheap. Keys are pressed as fast as the screen
confirms them, and SIGKILL comes when the timer says so, whatever the interview is doing.

A run is checked against what its screen had shown before it died. Between two confirmations the
file may hold any of the states on the way from the one to the other, and no other state.
"""

from __future__ import annotations

import fcntl
import importlib
import json
import os
import pty
import random
import select
import signal
import struct
import sys
import tempfile
import termios
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, NoReturn

from terminal.hall import answers
from terminal.screen import LEFT, Glass

from custfocus_cli.__main__ import run
from custfocus_cli.commands import interviewing
from custfocus_cli.documents.assessment import Assessment
from custfocus_cli.files.catalogue import Catalogue
from custfocus_cli.files.writer import to_yaml

QUESTIONNAIRE = """\
format: custfocus/questionnaire/1
id: thirty-six
version: "1.0.0"
based_on: team-36
title: Thirty-six statements
balance: []
"""
LABELS = {
    "N": "Not in place",
    "P": "Partly in place",
    "L": "Largely in place",
    "F": "Fully in place",
    "DK": "Don't know",
}
RUNS_PER_FILE = 10
PATIENCE = 60.0
"""Seconds after which an interview that shows nothing new is out of order."""

Given = Mapping[str, Mapping[str, object]]


# --- what is typed, and what that does -----------------------------------------------------------


class Expected(NamedTuple):
    """What the screen says once keys have worked, and the states of the file on the way there."""

    text: str
    states: tuple[Given, ...]


class Change(NamedTuple):
    """What undo goes back to: answers, place, and the note that had waited for the answer."""

    given: Given
    place: int
    note: str


@dataclass
class Story:
    """One run as it was told: the answers, the question it is at, and how it got there."""

    items: tuple[str, ...]
    given: Given
    place: int = 0
    changes: list[Change] = field(default_factory=list)
    waiting: dict[str, str] = field(default_factory=dict)
    undid: bool = False

    def begin(self) -> Expected:
        """The first screen: the first open question, or the closing page."""
        self.place = self._find_open(0)
        place = f" Question {self.place + 1} of {len(self.items)} "
        text = place if self.place < len(self.items) else "This run is done."
        return Expected(text, (self.given,))

    def go_on(self, chance: random.Random) -> tuple[str, Expected]:
        """Keys to press, all at once, and what to expect of them."""
        dice = chance.random()
        if self.changes and not self.undid and dice < 0.15:
            return self._undo()
        if self.place == len(self.items) or (self.place and dice < 0.3):
            self.place -= 1
            keys, expected = self._answer(chance)
            return LEFT + keys, expected
        name = self.items[self.place]
        if name not in self.given and name not in self.waiting and dice < 0.5:
            self.waiting[name] = f"Seen in room {chance.randrange(1000)}."
            note = self.waiting[name]
            keys, expected = self._answer(chance)
            return f"w{note}\r{keys}", expected
        return self._answer_several(chance)

    def _answer_several(self, chance: random.Random) -> tuple[str, Expected]:
        text, keys = "", ""
        states: list[Given] = []
        for _ in range(chance.choice((1, 1, 2, 4, 8))):
            if self.place < len(self.items):
                key, expected = self._answer(chance)
                text, keys = expected.text, keys + key
                states += expected.states
        return keys, Expected(text, tuple(states))

    def _answer(self, chance: random.Random) -> tuple[str, Expected]:
        name = self.items[self.place]
        old, note = self.given.get(name, {}), self.waiting.pop(name, "")
        code = chance.choice([each for each in LABELS if each != old.get("answer")])
        self.changes.append(Change(self.given, self.place, note))
        answer = {**old, "answer": code, **({"note": note} if note else {})}
        self.given = {**self.given, name: answer}
        self.place = self._find_open(self.place + 1)
        self.undid = False
        return code[0].lower(), Expected(f"-- Saved: {name}, {LABELS[code]}. -", (self.given,))

    def _undo(self) -> tuple[str, Expected]:
        self.given, self.place, note = self.changes.pop()
        name = self.items[self.place]
        if note:
            self.waiting[name] = note
        self.undid = True
        return "z", Expected(f"-- Undone: {name} is as it was before. -", (self.given,))

    def _find_open(self, start: int) -> int:
        places = range(start, len(self.items))
        return next((n for n in places if self.items[n] not in self.given), len(self.items))


# --- a run, and its end --------------------------------------------------------------------------


class Death(NamedTuple):
    """How a run ended: its exit code (of SIGKILL, -9), and what was on its screen at last.

    `states` are those that the file may hold, the confirmed one first; `confirmed` counts how often
    something was.
    """

    code: int
    screen: str
    states: tuple[Given, ...]
    confirmed: int


def drive(folder: Path, story: Story, chance: random.Random, *, to_the_end: bool = False) -> Death:
    """One run, killed after a random time; or left with `q` when its first screen is up.

    One of eight is killed before its first screen, or at it.
    """
    early = not to_the_end and chance.random() < 0.125
    delay = chance.uniform(0.001, 0.1 if early else 0.3)
    pid, terminal = pty.fork()
    if not pid:
        _become_interview(folder)
    signal.signal(signal.SIGALRM, lambda number, frame: os.kill(pid, signal.SIGKILL))
    signal.setitimer(signal.ITIMER_REAL, delay if early else 0)
    glass = Glass(80, 24, lambda data: os.write(terminal, data))
    states: tuple[Given, ...] = ()
    expected, count = story.begin(), 0
    while data := _read(terminal, pid):
        glass.take(data)
        if not any(expected.text in line for line in glass.display):
            continue
        if not (count or early or to_the_end):
            signal.setitimer(signal.ITIMER_REAL, delay)
        count += 1
        states = expected.states[-1:]
        keys, expected = ("q", Expected("", states)) if to_the_end else story.go_on(chance)
        with suppress(OSError):  # it is dead, and the terminal with it
            os.write(terminal, keys.encode())
        if to_the_end:
            break
    while data and (data := _read(terminal, pid)):
        glass.take(data)
    signal.setitimer(signal.ITIMER_REAL, 0)
    _, status = os.waitpid(pid, 0)
    os.close(terminal)
    code = os.waitstatus_to_exitcode(status)
    return Death(code, "\n".join(glass.shown), (*states, *expected.states), count)


def _become_interview(folder: Path) -> NoReturn:
    """In the process that was forked: the command line on its terminal, as any other run."""
    code = 70
    try:
        fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        os.chdir(folder)
        sys.argv[1:] = ["assess", "q.yaml", "-o", "hall.yaml", "--organisation", "Hall"]
        run()
    except SystemExit as end:
        code = int(end.code or 0)
    finally:
        os._exit(code)


def _read(terminal: int, pid: int) -> bytes:
    """What the interview writes; nothing once it has ended. One that is silent is ended here."""
    while not select.select([terminal], [], [], PATIENCE)[0]:
        os.kill(pid, signal.SIGTERM)
    with suppress(OSError):  # the other end of the terminal is closed
        return os.read(terminal, 65536)
    return b""


# --- what is left --------------------------------------------------------------------------------


@dataclass
class Findings:
    """What was found over many runs: how many were killed, and where, and what was wrong after."""

    kills: int = 0
    before_the_first_screen: int = 0
    in_the_middle_of_a_save: int = 0
    confirmed: int = 0
    faults: list[str] = field(default_factory=list)


def _judge(file: Path, begun: bool, death: Death) -> tuple[Given, str]:
    """What the file holds, and what is wrong with it after such an end; nothing if it is right."""
    if not file.exists():
        return {}, "there is no file" if begun or death.confirmed else ""
    try:
        found = answers(file)
    except Exception as error:
        file.unlink()
        return {}, f"the file cannot be read: {error}"
    if found not in death.states:
        return found, f"the file holds {found}, and the screen had shown {death.states[0]}"
    return found, ""


def kill(count: int, above: Path, chance: random.Random) -> Findings:
    """What comes of so many runs: ten go on with one file, and one more ends in peace."""
    findings = Findings()
    for number in range(0, count, RUNS_PER_FILE):
        folder = above / f"from-{number}"
        folder.mkdir()
        (folder / "q.yaml").write_text(QUESTIONNAIRE, encoding="utf-8")
        items = tuple(Catalogue().find(str(folder / "q.yaml")).entries)
        faults = _kill_again_and_again(
            min(RUNS_PER_FILE, count - number), folder, items, chance, findings
        )
        findings.faults += [f"run {number} and after: {each}" for each in faults]
    return findings


def _kill_again_and_again(
    count: int, folder: Path, items: tuple[str, ...], chance: random.Random, findings: Findings
) -> Iterator[str]:
    """What was wrong with so many runs on one file, and with one more that ends in peace."""
    file = folder / "hall.yaml"
    given: Given = {}
    rest = 0
    for number in range(count + 1):
        last, begun = number == count, file.exists()
        death = drive(folder, Story(items, given), chance, to_the_end=last)
        if death.code != (0 if last else -signal.SIGKILL):
            yield f"it ended with {death.code} by itself, showing\n{death.screen}"
        given, fault = _judge(file, begun, death)
        if fault:
            yield fault
        findings.kills += not last
        findings.confirmed += death.confirmed
        findings.before_the_first_screen += not death.confirmed
        found = len(list(folder.glob(".custfocus-*.tmp")))
        findings.in_the_middle_of_a_save += found - rest
        rest = found
    left = {each.name for each in folder.iterdir() if each.suffix != ".tmp"}
    if left != {"hall.yaml", "q.yaml"}:
        yield f"it left {left} behind"


# --- planted faults ------------------------------------------------------------------------------


def _save_late(self: interviewing.Keeper, assessment: Assessment) -> None:
    """Writes what it was given the time before."""
    file, waiting = Path(vars(self)["_file"]), vars(self).get("waiting", assessment)
    file.write_text(to_yaml(waiting), encoding="utf-8")
    vars(self)["waiting"] = assessment


def _save_in_pieces(self: interviewing.Keeper, assessment: Assessment) -> None:
    """Writes into the file that is there, and takes its time."""
    with Path(vars(self)["_file"]).open("w", encoding="utf-8") as stream:
        for line in to_yaml(assessment).splitlines(keepends=True):
            stream.write(line)
            stream.flush()
            time.sleep(0.0002)


@contextmanager
def _hold_by_name(path: str) -> Iterator[None]:
    """Takes a sidecar that is there for a lock, whoever left it."""
    sidecar = Path(f".{path}.lock")
    sidecar.touch(exist_ok=False)
    yield
    sidecar.unlink()


def _plant(name: str) -> None:
    if name == "late":
        interviewing.Keeper.save = _save_late  # type: ignore[method-assign]  # a fault on purpose
    elif name == "in-pieces":
        interviewing.Keeper.save = _save_in_pieces  # type: ignore[method-assign]
    elif name == "lock":
        vars(interviewing)["hold_file"] = _hold_by_name


def main(count: str, seed: str, plant: str = "") -> None:
    """Print the findings over so many kills as JSON."""
    if plant:
        _plant(plant)
    for name in ("custfocus_cli.app", "custfocus_cli.render.formats"):
        importlib.import_module(name)
    with tempfile.TemporaryDirectory() as above:
        chance = random.Random(seed)  # noqa: S311 - to be repeated, not to be secret
        sys.stdout.write(json.dumps(vars(kill(int(count), Path(above), chance))))


if __name__ == "__main__":
    main(*sys.argv[1:])
