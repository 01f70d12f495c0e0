"""Whatever ends, stops or hinders an interview: what was answered is on the disk, in a whole file.

After each of these the file is canonical and holds every answer that was confirmed, and the next
run comes up and goes on with it: no lock is in the way.
"""

from __future__ import annotations

import ctypes
import os
import resource
import shlex
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from cli import CUSTFOCUS, PYTHON
from terminal.hall import (
    BEGIN,
    BEGINNING,
    FIRST,
    GO_ON,
    KEYS,
    SECOND,
    answers,
    begin,
    codes,
    finish,
    page,
    rule,
)
from terminal.screen import CTRL_C, CTRL_D, CTRL_L, CTRL_Z, ENTER, SECONDS, Terminal

SAVED = rule("Saved: sv-1a, Largely in place.")
AFTER_ONE = page(SECOND, SAVED, *KEYS)
STOPPED = (
    "Stopped; every finished answer is saved.",
    "To go on: custfocus assess -o hall.yaml",
)


def _answer_one(terminal: Terminal) -> None:
    terminal.press("l")
    terminal.wait_for_screen(*AFTER_ONE)


# --- the ends ------------------------------------------------------------------------------------


def _press(key: str, *words: str) -> Callable[[Terminal], int]:
    def end(terminal: Terminal) -> int:
        terminal.press(key)
        if words:
            terminal.wait_for_lines(*words)
        return terminal.end()

    return end


def _send(number: signal.Signals, *words: str) -> Callable[[Terminal], int]:
    def end(terminal: Terminal) -> int:
        terminal.kill(number)
        if words:
            terminal.wait_for_lines(*words)
        return terminal.end()

    return end


ENDS: dict[str, tuple[Callable[[Terminal], int], int]] = {
    "Ctrl-C": (_press(CTRL_C, *STOPPED), 130),
    "Ctrl-D": (_press(CTRL_D, "Every answer is saved in hall.yaml."), 0),
    "SIGINT": (_send(signal.SIGINT, *STOPPED), 130),
    "SIGTERM": (_send(signal.SIGTERM, *STOPPED), 130),
    "SIGHUP": (_send(signal.SIGHUP, *STOPPED), 130),
    "SIGKILL": (_send(signal.SIGKILL), -signal.SIGKILL),
    "window closed": (Terminal.close, 130),
}

PLACES = {
    "at a question": (),
    "in a note": ("w", "half a thought"),
    "in the list": ("j", "practices"),
}


@pytest.mark.parametrize(
    ("end", "place"),
    [
        *[(end, "at a question") for end in ENDS],
        *[(end, "in a note") for end in ("Ctrl-C", "SIGTERM", "window closed")],
        *[(end, "in the list") for end in ("Ctrl-C", "window closed")],
    ],
)
def test_what_was_answered_outlives_every_end(end: str, place: str, folder: Path) -> None:
    terminal = begin(folder)
    _answer_one(terminal)
    for keys in PLACES[place]:
        terminal.press(keys)
    if PLACES[place]:
        terminal.wait_for(f" > {PLACES[place][-1]}")
    act, code = ENDS[end]
    assert act(terminal) == code
    assert answers(folder / "hall.yaml") == {"sv-1a": {"answer": "L"}}
    finish(folder, "n")
    assert codes(folder / "hall.yaml") == {"sv-1a": "L", "sv-2a": "N"}


def test_an_input_that_ends_is_no_answer(folder: Path) -> None:
    """The keys come from another terminal than the screen, and that one is closed."""
    keyboard, other = os.openpty()
    name = os.ttyname(other)

    def listen() -> None:
        os.dup2(os.open(name, os.O_RDWR | os.O_NOCTTY), 0)

    terminal = begin(folder, prepare=listen)
    os.write(keyboard, b"l")
    terminal.wait_for_screen(*AFTER_ONE)
    os.close(other)
    os.close(keyboard)
    terminal.wait_for_lines(*STOPPED)
    assert terminal.end() == 2
    assert codes(folder / "hall.yaml") == {"sv-1a": "L"}
    finish(folder, "n")


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (_press(CTRL_C), 130),
        (_press(CTRL_D, "error: the input ended before the run was done"), 2),
        (Terminal.close, -signal.SIGHUP),
    ],
    ids=["Ctrl-C", "Ctrl-D", "window closed"],
)
def test_an_end_before_the_first_question_leaves_nothing_behind(
    act: Callable[[Terminal], int], code: int, folder: Path
) -> None:
    terminal = Terminal("assess", folder=folder)
    terminal.wait_for("Which questionnaire?")
    terminal.press(ENTER)
    terminal.wait_for("Which organisation is assessed?")
    assert act(terminal) == code
    assert [each.name for each in folder.iterdir()] == ["two.yaml"]


# --- suspended, and another size of the window ---------------------------------------------------


def _start_in_a_shell(folder: Path) -> Terminal:
    """In one with job control, which takes back the terminal when a job has stopped."""
    shell = ("bash", "--norc", "--noprofile", "-i")
    terminal = Terminal(folder=folder, program=shell, environment={"PS1": "$ ", "HISTFILE": ""})
    terminal.wait_for("$")
    terminal.press(shlex.join([*CUSTFOCUS, *BEGIN]), ENTER)
    terminal.wait_for_screen(*page(FIRST, rule(BEGINNING), *KEYS))
    return terminal


def test_suspended_and_back(folder: Path) -> None:
    terminal = _start_in_a_shell(folder)
    _answer_one(terminal)
    terminal.press(CTRL_Z)
    terminal.wait_for("[1]+  Stopped")
    assert codes(folder / "hall.yaml") == {"sv-1a": "L"}
    terminal.press("fg", ENTER)
    terminal.wait_for_screen(*AFTER_ONE)
    terminal.press("w")
    terminal.wait_for("Note on this question.")
    terminal.press("Half a")
    terminal.wait_for(" > Half a")
    terminal.press(CTRL_Z)
    terminal.wait_for("$")
    terminal.press("jobs", ENTER)
    terminal.wait_for("[1]+  Stopped")
    terminal.press("fg", ENTER)
    terminal.wait_for(" > Half a")
    terminal.press(" note.", ENTER)
    terminal.wait_for("Kept; it is saved together with the answer.")
    terminal.press("p")
    terminal.wait_for("This run is done.")
    terminal.press(ENTER)
    terminal.wait_for("What to do next:")
    terminal.press("exit", ENTER)
    assert terminal.end() == 0
    second = {"answer": "P", "note": "Half a note."}
    assert answers(folder / "hall.yaml") == {"sv-1a": {"answer": "L"}, "sv-2a": second}
    finish(folder)


def test_stopped_by_a_signal_and_written_over(folder: Path) -> None:
    terminal = begin(folder)
    _answer_one(terminal)
    terminal.kill(signal.SIGSTOP)
    _, status = os.waitpid(terminal.pid, os.WUNTRACED)
    assert os.WIFSTOPPED(status)
    terminal.write_over("\x1b[2J\x1b[H$ something else\r\n$ ")
    assert terminal.lines == ["$ something else", "$"]
    terminal.kill(signal.SIGCONT)
    terminal.wait_for_screen(*AFTER_ONE)
    terminal.write_over("\x1b[3;3Hsomething else")
    terminal.press(CTRL_L)
    terminal.wait_for_screen(*AFTER_ONE)
    terminal.press("n")
    terminal.wait_for("This run is done.")
    assert terminal.close() == 130
    assert codes(folder / "hall.yaml") == {"sv-1a": "L", "sv-2a": "N"}


def test_closed_while_it_is_suspended(folder: Path) -> None:
    terminal = _start_in_a_shell(folder)
    _answer_one(terminal)
    terminal.press(CTRL_Z)
    terminal.wait_for("[1]+  Stopped")
    terminal.close()  # which the shell hears first
    end = time.monotonic() + SECONDS
    while (folder / ".hall.yaml.lock").exists():
        assert time.monotonic() < end
        time.sleep(0.01)
    finish(folder, "n")


PLACE_IN_60_COLUMNS = (
    " Question 1 of 2  [............]  2 open, about 40 min left",
    "",
    " Service vision and values / stage 1 of 3, Qualit...  sv-1a",
    "",
    " A written service vision is available to all staff.",
    "",
)
PLACE_IN_200_COLUMNS = (  # of which 100 are used: longer lines are hard to read
    f" Question 1 of 2  [{'.' * 52}]  2 open, about 40 min left",
    "",
    f"{' Service vision and values / stage 1 of 3, Quality service':94}sv-1a",
    "",
    " A written service vision is available to all staff.",
    "",
)


def test_another_size_in_the_middle_of_a_question(folder: Path) -> None:
    terminal = begin(folder)
    terminal.resize(60, 20)
    terminal.wait_for_screen(
        *PLACE_IN_60_COLUMNS,
        " How far is this in place today?",
        " n  Not in place",
        " p  Partly in place",
        " l  Largely in place",
        " f  Fully in place",
        " d  Don't know",
        *[""] * 5,
        "-- Press the letter of an answer. All is saved in hall... --",
        " Left back   Right next   w write a note",
        " i more about it   z undo   j jump   ? all keys   q quit",
    )
    terminal.resize(200, 50)
    terminal.wait_for_screen(
        *PLACE_IN_200_COLUMNS,
        " How far is this in place today?",
        " n  Not in place      It is absent, or there are single remarks about it. Where the "
        "statement names",
        "                      a pace, such as once a month: it does not happen, or it happened "
        "once by",
        "                      chance.",
        " p  Partly in place   It happens in some places, or it depends on single people. Where "
        "the statement",
        "                      names a pace: at that pace in some places, or less often.",
        " l  Largely in place  It happens in a planned way in most places where it applies; weak "
        "spots are",
        "                      known. Where the statement names a pace: at that pace in most "
        "places.",
        " f  Fully in place    It happens in a planned way wherever it applies; no notable weak "
        "spot is",
        "                      known. Where the statement names a pace: at that pace wherever it "
        "applies.",
        " d  Don't know        Nobody in this conversation can tell. It counts as unknown, never "
        "as a low",
        "                      rating.",
        *[""] * 13,
        rule(BEGINNING).ljust(100, "-"),
        " Left back   Right next   w write a note   i more about it   z undo   j jump   ? all keys",
        " q quit",
    )
    terminal.resize(80, 24)
    _answer_one(terminal)
    assert terminal.close() == 130
    finish(folder, "n")


def test_another_size_in_the_middle_of_a_note(folder: Path) -> None:
    terminal = begin(folder)
    terminal.press("w")
    terminal.wait_for("Note on this question.")
    note = "The poster hangs in the canteen and in both of the halls."
    terminal.press(note)
    terminal.wait_for(f" > {note}")
    terminal.resize(60, 20)
    terminal.wait_for_screen(
        *PLACE_IN_60_COLUMNS,
        " Note on this question. Enter keeps it; an empty note is",
        " none.",
        f" > {note}",
        *[""] * 8,
        "-- All is saved in hall.yaml. ------------------------------",
        " Enter keep   Esc back without it",
    )
    terminal.resize(200, 50)
    terminal.wait_for_screen(
        *PLACE_IN_200_COLUMNS,
        " Note on this question. Enter keeps it; an empty note is none.",
        f" > {note}",
        *[""] * 23,
        rule("All is saved in hall.yaml.").ljust(100, "-"),
        " Enter keep   Esc back without it",
    )
    terminal.resize(40, 12)
    terminal.wait_for_lines(
        " > The poster hangs in the canteen and i",
        "   n both of the halls.",
        "",
        "-- All is saved in hall.yaml. ----------",
        " Enter keep   Esc back without it",
    )
    terminal.resize(80, 24)
    terminal.press(" Seen.", ENTER)
    terminal.wait_for(f" Note: {note} Seen.")
    _answer_one(terminal)
    assert terminal.close() == 130
    assert answers(folder / "hall.yaml") == {"sv-1a": {"answer": "L", "note": f"{note} Seen."}}


# --- what hinders the saving ---------------------------------------------------------------------


def _not_saved(why: str) -> list[str]:
    return page(SECOND, f" {why}", rule("NOT SAVED. Press the same key to try again."), *KEYS)


def test_a_file_that_may_not_grow(folder: Path) -> None:
    """The limit of the system, lifted while the interview waits."""
    unlimited = resource.RLIM_INFINITY

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (300, unlimited))

    terminal = begin(folder, prepare=limit)
    _answer_one(terminal)
    before = (folder / "hall.yaml").read_bytes()
    terminal.press("n")
    too_large = "hall.yaml could not be written: it would be larger than the system allows."
    terminal.wait_for_screen(*_not_saved(too_large))
    assert (folder / "hall.yaml").read_bytes() == before
    resource.prlimit(terminal.pid, resource.RLIMIT_FSIZE, (unlimited, unlimited))
    terminal.press("n")
    terminal.wait_for("This run is done.")
    assert codes(folder / "hall.yaml") == {"sv-1a": "L", "sv-2a": "N"}
    terminal.press("q")
    terminal.wait_for("What to do next:")
    assert terminal.end() == 0
    finish(folder)


FULL_DISK = """\
import errno, os, pathlib
write_through = os.fsync
def refuse(descriptor):
    if pathlib.Path("full").exists():
        raise OSError(errno.ENOSPC, "No space left on device")
    write_through(descriptor)
os.fsync = refuse
from custfocus_cli.__main__ import run
run()
"""
"""A disk that is full as long as a file of that name is there."""


def test_a_full_disk(folder: Path) -> None:
    full = folder / "full"
    terminal = Terminal(*BEGIN, folder=folder, program=(*PYTHON, "-c", FULL_DISK))
    terminal.wait_for_screen(*page(FIRST, rule(BEGINNING), *KEYS))
    _answer_one(terminal)
    before = (folder / "hall.yaml").read_bytes()
    full.touch()
    terminal.press("f")
    terminal.wait_for_screen(*_not_saved("hall.yaml could not be written: the disk is full."))
    terminal.press("w")
    terminal.wait_for("Note on this question.")
    terminal.press("Seen.", ENTER)
    terminal.wait_for("Kept; it is saved together with the answer.")
    assert (folder / "hall.yaml").read_bytes() == before
    full.unlink()
    terminal.press("f")
    terminal.wait_for("This run is done.")
    full.touch()
    terminal.press("z")
    terminal.wait_for("NOT SAVED. Press the same key to try again.")
    terminal.press("q")
    terminal.wait_for("error: hall.yaml could not be written: the disk is full")
    assert terminal.end() == 2
    full.unlink()
    wanted = {"sv-1a": {"answer": "L"}, "sv-2a": {"answer": "F", "note": "Seen."}}
    assert answers(folder / "hall.yaml") == wanted
    finish(folder)


def test_a_disk_that_is_full_from_the_start(folder: Path) -> None:
    (folder / "full").touch()
    terminal = Terminal(*BEGIN, folder=folder, program=(*PYTHON, "-c", FULL_DISK))
    terminal.wait_for("error: hall.yaml could not be written: the disk is full")
    assert terminal.end() == 2
    assert sorted(each.name for each in folder.iterdir()) == ["full", "two.yaml"]


_C = ctypes.CDLL(None)


def _obey_permissions() -> None:
    """Drops what lets the superuser pass over permissions; nobody else has it."""
    for capability in (1, 2) if os.geteuid() == 0 else ():  # CAP_DAC_OVERRIDE, _READ_SEARCH
        _C.prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP, for the program that begins next


def _remove_and_make_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


@pytest.mark.parametrize(
    ("hinder", "mend", "why"),
    [
        (
            lambda file: file.parent.chmod(0o500),
            lambda file: file.parent.chmod(0o700),
            "hall.yaml could not be written: there is no permission to write there.",
        ),
        (
            lambda file: file.chmod(0o400),
            lambda file: file.chmod(0o600),
            "hall.yaml could not be written: there is no permission to write there.",
        ),
        (
            lambda file: file.chmod(0),
            lambda file: file.chmod(0o600),
            "hall.yaml could not be read: there is no permission to read it.",
        ),
        (
            _remove_and_make_folder,
            Path.rmdir,
            "hall.yaml could not be read: this is a folder, not a file.",
        ),
    ],
    ids=["folder read-only", "file read-only", "file unreadable", "a folder in its place"],
)
def test_what_cannot_be_saved_is_said_and_saved_once_it_can(
    hinder: Callable[[Path], None], mend: Callable[[Path], None], why: str, folder: Path
) -> None:
    terminal = begin(folder, prepare=_obey_permissions)
    _answer_one(terminal)
    file = folder / "hall.yaml"
    hinder(file)
    terminal.press("n")
    terminal.wait_for_screen(*_not_saved(why))
    mend(file)
    terminal.press("n")
    terminal.wait_for("This run is done.")
    terminal.press("q")
    terminal.wait_for("What to do next:")
    assert terminal.end() == 0
    assert codes(file) == {"sv-1a": "L", "sv-2a": "N"}
    finish(folder)


def test_a_file_that_was_removed_is_written_again_whole(folder: Path) -> None:
    terminal = begin(folder)
    _answer_one(terminal)
    (folder / "hall.yaml").unlink()
    terminal.press("n")
    terminal.wait_for("This run is done.")
    assert codes(folder / "hall.yaml") == {"sv-1a": "L", "sv-2a": "N"}
    terminal.press("q")
    terminal.wait_for("What to do next:")
    assert terminal.end() == 0
    finish(folder)


def test_a_folder_that_was_removed(folder: Path) -> None:
    below = folder / "below"
    below.mkdir()
    shutil.copy(folder / "two.yaml", below)
    terminal = begin(below)
    _answer_one(terminal)
    shutil.rmtree(below)
    terminal.press("n")
    terminal.wait_for_screen(
        *_not_saved("hall.yaml could not be written: there is no such folder.")
    )
    terminal.press("q")
    terminal.wait_for("error: hall.yaml could not be written: there is no such folder")
    assert terminal.end() == 2


# --- another hand --------------------------------------------------------------------------------


@pytest.mark.parametrize("moment", ["at a question", "while it asks about comments"])
def test_an_edit_by_hand_meanwhile_is_not_overwritten(moment: str, folder: Path) -> None:
    file = folder / "hall.yaml"
    if moment == "at a question":
        terminal = begin(folder)
    else:
        finish_one = begin(folder)
        finish_one.press("q")
        finish_one.wait_for("What to do next:")
        assert finish_one.end() == 0
        file.write_bytes(b"# ours\n" + file.read_bytes())
        terminal = Terminal(*GO_ON, folder=folder)
        terminal.wait_for("its comments and layout will go. Continue?")
    edited = file.read_bytes() + b"about: Edited by hand.\n"
    file.write_bytes(edited)
    if moment != "at a question":
        terminal.press("y")
        terminal.wait_for(" Question 1 of 2 ")
    terminal.press("l")
    terminal.wait_for("hint: the answers of this interview are in hall.mine.yaml")
    assert (terminal.end(), file.read_bytes()) == (2, edited)
    assert answers(folder / "hall.mine.yaml") == {"sv-1a": {"answer": "L"}}
    mine = Terminal("assess", "-o", "hall.mine.yaml", folder=folder)
    mine.wait_for_lines(*SECOND)
    mine.press("q")
    mine.wait_for("What to do next:")
    assert mine.end() == 0


def test_a_second_run_on_the_same_file_is_refused_and_changes_nothing(folder: Path) -> None:
    first = begin(folder)
    _answer_one(first)
    (folder / "link.yaml").symlink_to("hall.yaml")
    before = {each.name: (each.read_bytes(), each.stat().st_mtime_ns) for each in folder.iterdir()}
    for name in ("hall.yaml", "./hall.yaml", "link.yaml"):
        second = Terminal("assess", "-o", name, folder=folder)
        second.wait_for_lines(
            f"error: another interview is writing to {name}",
            "hint: finish that one first, or give another file with -o",
        )
        assert second.end() == 2
    after = {each.name: (each.read_bytes(), each.stat().st_mtime_ns) for each in folder.iterdir()}
    assert after == before
    first.press("n")
    first.wait_for("This run is done.")
    first.press("q")
    first.wait_for("What to do next:")
    assert first.end() == 0
    (folder / "link.yaml").unlink()
    finish(folder)
