"""What can go wrong, as values, and the exit code each leads to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import NamedTuple


class ExitCode(IntEnum):
    """The exit codes of every command: a contract with the pipelines that call us."""

    DONE = 0
    GATE_FAILED = 1
    CANNOT = 2
    INTERNAL = 70
    INTERRUPTED = 130


class Problem(NamedTuple):
    """One thing that is wrong in one place of a file.

    `line` and `column` count from 1. Where the parser knows no line (JSON), both are None and
    `pointer` holds the JSON pointer of the value instead.
    """

    path: str
    line: int | None
    column: int | None
    rule: str
    message: str
    pointer: str = ""

    def __str__(self) -> str:
        """The problem as `path:line:column: rule: message`, on one line whatever they hold."""
        place = f"{self.line}:{self.column}" if self.line is not None else self.pointer or "/"
        return " ".join(f"{self.path}:{place}: {self.rule}: {self.message}".splitlines())


def name_path(path: str) -> str:
    """A path as a message names it: between quotes where a blank at its end would not be seen."""
    return path if path == path.strip() else f"'{path}'"


SHOWN_PROBLEMS = 100
MOST_PROBLEMS = 1_000
"""How many problems of one sort are looked for in a file, so that a broken one ends in time."""


def list_problems(problems: Sequence[Problem]) -> str:
    """The problems, one a line in the order of their places; past a hundred, how many more."""
    lines = [str(problem) for problem in sorted(problems, key=_place)]
    if len(lines) > SHOWN_PROBLEMS:
        lines[SHOWN_PROBLEMS:] = [say_more(problems, SHOWN_PROBLEMS)]
    return "\n".join(lines)


def say_more(problems: Sequence[Problem], shown: int) -> str:
    """`and 7 more`, where so many of the problems are shown."""
    return f"and {at_least(problems)}{len(problems) - shown} more"


def at_least(problems: Iterable[Problem]) -> str:
    """The words before a number of problems where a file has so many that the search was ended."""
    by_file = Counter(problem.path for problem in problems)
    return "at least " if max(by_file.values(), default=0) >= MOST_PROBLEMS else ""


def _place(problem: Problem) -> tuple[str, int, int, str, str, str]:
    line, column = problem.line or 0, problem.column or 0
    return problem.path, line, column, problem.pointer, problem.rule, problem.message


class CustfocusError(Exception):
    """Something a command could not do, with a hint at what would help; exit code 2."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class Overtaken(CustfocusError):
    """Another hand changed what was to be written, so that trying again would not help."""


class BadInput(CustfocusError):
    """Files that cannot be read, with every problem found in them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(list_problems(self.problems))
