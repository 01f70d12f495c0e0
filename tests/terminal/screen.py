"""A real pseudo-terminal of 80 columns and 24 lines, with a program in it and a screen to read."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

import pexpect
import pyte
from cli import CUSTFOCUS, settle_environment

ENTER = "\r"
SECONDS = 20
"""How long a screen may take to show what is waited for, before the test gives up."""


class Terminal:
    """A terminal with the command line running in it."""

    def __init__(self, *arguments: str, folder: Path, columns: int = 80, lines: int = 24) -> None:
        command: Sequence[str] = (*CUSTFOCUS, *arguments)
        environment = settle_environment({"TERM": "xterm-256color", "LC_ALL": "C.UTF-8"})
        del environment["COLUMNS"]
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self._screen)
        self._process: pexpect.spawn[bytes] = pexpect.spawn(
            command[0],
            list(command[1:]),
            cwd=str(folder),
            dimensions=(lines, columns),
            env=environment,
            timeout=SECONDS,
        )

    def wait_for(self, text: str) -> list[str]:
        """The lines of the screen as soon as one of them holds the text."""
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            self._read(0.05)
            if any(text in line for line in self._screen.display):
                return self.lines
        shown = "\n".join(self.lines)
        raise AssertionError(f"{text!r} did not come up; the screen shows\n{shown}")

    @property
    def lines(self) -> list[str]:
        """The lines of the screen without the empty ones at its end."""
        lines = [line.rstrip() for line in self._screen.display]
        while lines and not lines[-1]:
            lines.pop()
        return lines

    def press(self, *keys: str) -> None:
        """Type the keys, one after the other."""
        for key in keys:
            self._process.send(key)

    def kill(self, signal: int) -> None:
        """Send a signal to the program."""
        self._process.kill(signal)

    def end(self) -> int:
        """The exit code, once the program has ended; a signal counts below zero."""
        while self._read(SECONDS):
            pass
        self._process.wait()
        if self._process.exitstatus is not None:
            return int(self._process.exitstatus)
        return -int(self._process.signalstatus or 0)

    def _read(self, seconds: float) -> bool:
        """Whether the program may still have something to say."""
        try:
            self._stream.feed(self._process.read_nonblocking(65536, seconds))
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        return True
