"""A real pseudo-terminal with a program in it, a keyboard to press and a screen to read.

Nothing here sleeps: a test waits for what the screen shows, and compares whole screens by waiting
until they are equal, since any screen may be half drawn at the moment it is read.
"""

from __future__ import annotations

import copy
import difflib
import os
import time
import unicodedata
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pexpect
import pyte
from cli import CUSTFOCUS, settle_environment
from prompt_toolkit.utils import get_cwidth

ENTER, ESCAPE, TAB, DELETE, BACKSPACE = "\r", "\x1b", "\t", "\x1b[3~", "\x7f"
UP, DOWN, RIGHT, LEFT = "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D"
CTRL_C, CTRL_D, CTRL_L, CTRL_Z = "\x03", "\x04", "\x0c", "\x1a"

SECONDS = 30
"""How long a screen may take to show what is waited for, before the test gives up."""

_FULL_SCREEN = 1049
"""The mode in which a program draws on a second screen, and the shell's comes back after it."""


class Glass(pyte.Screen):
    """What the terminal shows, line by line, given everything that was written to it.

    As a real one does, and pyte's own screen does not, it keeps the shell's screen while a program
    fills it, answers a program that asks where the cursor is (`reply` sends the answer), and shows
    what comes after a character without width.
    """

    def __init__(self, columns: int, lines: int, reply: Callable[[bytes], object]) -> None:
        super().__init__(columns, lines)
        self._reply = reply
        self._shell: tuple[dict[int, Any], int, int] | None = None
        self._stream = pyte.ByteStream(self)

    def take(self, data: bytes) -> None:
        """Show what was written."""
        self._stream.feed(data)

    @property
    def display(self) -> list[str]:
        """The lines; half of a wide character that was written over is a space."""
        return ["".join(self._list_characters(line)) for line in range(self.lines)]

    def _list_characters(self, line: int) -> Iterator[str]:
        column = 0
        while column < self.columns:
            character = self.buffer[line][column].data or " "
            yield character
            column += max(1, get_cwidth(character))

    def draw(self, data: str) -> None:
        """Show a text; what has no width and joins no letter goes, instead of all that follows."""
        super().draw("".join(c for c in data if unicodedata.combining(c) or get_cwidth(c)))

    @property
    def shown(self) -> list[str]:
        """The lines without the spaces at their ends and without the empty ones at the bottom."""
        lines = [line.rstrip() for line in self.display]
        while lines and not lines[-1]:
            lines.pop()
        return lines

    @property
    def obeyed(self) -> set[str]:
        """What the screen was told beside its text: a title, colours."""
        colours = {c for line in self.buffer.values() for cell in line.values() for c in cell[1:3]}
        return {self.title, self.icon_name, *colours} - {"", "default"}

    def set_mode(self, *modes: int, **keys: Any) -> None:
        super().set_mode(*modes, **keys)
        if _FULL_SCREEN in modes and self._shell is None:
            self._shell = copy.deepcopy(dict(self.buffer)), self.cursor.x, self.cursor.y
            self.erase_in_display(2)

    def reset_mode(self, *modes: int, **keys: Any) -> None:
        super().reset_mode(*modes, **keys)
        if _FULL_SCREEN in modes and self._shell is not None:
            lines, self.cursor.x, self.cursor.y = self._shell
            self.buffer.clear()
            self.buffer.update(lines)
            self._shell = None

    def write_process_input(self, data: str) -> None:
        self._reply(data.encode())


class Terminal:
    """A terminal of 80 columns and 24 lines, unless told otherwise, with a program running in it.

    `prepare` is called in the new process before the program begins.
    """

    def __init__(
        self,
        *arguments: str,
        folder: Path,
        columns: int = 80,
        lines: int = 24,
        program: Sequence[str] = CUSTFOCUS,
        environment: Mapping[str, str] | None = None,
        prepare: Callable[[], None] | None = None,
    ) -> None:
        extra = {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8", **(environment or {})}
        variables = settle_environment(extra)
        del variables["COLUMNS"]
        with warnings.catch_warnings():
            # Later Pythons warn of a fork where there are threads, as in a worker of xdist; what
            # is forked here begins another program at once.
            warnings.simplefilter("ignore", DeprecationWarning)
            self._process: pexpect.spawn[bytes] = pexpect.spawn(
                program[0],
                [*program[1:], *arguments],
                cwd=str(folder),
                dimensions=(lines, columns),
                env=variables,
                timeout=SECONDS,
                preexec_fn=prepare,
            )
        self._process.delaybeforesend = None
        self._glass = Glass(columns, lines, self._process.send)

    # --- the screen ---

    @property
    def lines(self) -> list[str]:
        """What the screen shows at this moment; it may be half drawn."""
        return self._glass.shown

    @property
    def obeyed(self) -> set[str]:
        """The title and the colours that the program gave the window: it gives none."""
        return self._glass.obeyed

    def wait_until(self, holds: Callable[[list[str]], bool], wanted: str) -> None:
        """Wait for a screen for which that holds; AssertionError with the last one if none came."""
        end = time.monotonic() + SECONDS
        while not holds(self.lines):
            assert time.monotonic() < end, self._describe(wanted)
            if not self._read(0.2):
                assert holds(self.lines), self._describe(f"the program has ended; {wanted}")

    def wait_for(self, text: str) -> None:
        """Wait until one of the lines holds the text."""
        self.wait_until(
            lambda lines: any(text in line for line in lines), f"{text!r} did not come up"
        )

    def wait_for_lines(self, *wanted: str) -> None:
        """Wait until the screen shows exactly these lines, one below the other, somewhere."""
        size = len(wanted)
        self.wait_until(
            lambda lines: any(lines[n : n + size] == [*wanted] for n in range(len(lines))),
            "\n".join(["these lines did not come up", *wanted]),
        )

    def wait_for_screen(self, *wanted: str) -> None:
        """Wait until the screen shows exactly these lines, from its top to its last words."""
        try:
            self.wait_until(lambda lines: lines == [*wanted], "")
        except AssertionError:
            difference = difflib.ndiff([*wanted], self.lines)
            raise AssertionError("\n".join(["another screen came up", *difference])) from None

    def write_over(self, text: str) -> None:
        """Write on the screen, as another program on the same terminal does."""
        self._glass.take(text.encode())

    def settle(self) -> None:
        """Take in what is written until nothing more has come for a moment."""
        while self._read(0.1) and self._heard:
            pass

    def _describe(self, wanted: str) -> str:
        return "\n".join([wanted, "the screen shows", *self.lines])

    def _read(self, seconds: float) -> bool:
        """Take in what was written, waiting for it so long; whether the program may write more."""
        self._heard = False
        try:
            self._glass.take(self._process.read_nonblocking(65536, seconds))
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self._heard = True
        return True

    # --- the keyboard and the window ---

    def press(self, *keys: str) -> None:
        """Type the keys, one right after the other, whatever the screen shows."""
        for key in keys:
            self._process.send(key)

    def resize(self, columns: int, lines: int) -> None:
        """Give the window another size."""
        self._glass.resize(lines, columns)
        self._process.setwinsize(lines, columns)

    # --- the end ---

    @property
    def pid(self) -> int:
        """The number of the process."""
        assert self._process.pid is not None
        return self._process.pid

    def kill(self, number: int) -> None:
        """Send a signal to the program."""
        os.kill(self.pid, number)

    def close(self) -> int:
        """Close the window, as a user does: the exit code of the program, which SIGHUP reaches.

        A signal that ended it counts below zero.
        """
        inner: Any = vars(self._process)["ptyproc"]
        inner.fileobj.close()
        self._process.closed = inner.closed = True  # or pexpect sends signals of its own
        end = time.monotonic() + SECONDS
        while True:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                inner.terminated = True
                return os.waitstatus_to_exitcode(status)
            assert time.monotonic() < end, "the program did not end with its terminal"
            time.sleep(0.01)

    def end(self) -> int:
        """The exit code, once the program has ended; a signal that ended it counts below zero."""
        end = time.monotonic() + SECONDS
        while self._read(0.2):
            assert time.monotonic() < end, self._describe("the program did not end")
        self._process.wait()
        if self._process.exitstatus is not None:
            return int(self._process.exitstatus)
        return -int(self._process.signalstatus or 0)
