"""How far a command is, on stderr, where a person waits for it longer than a moment."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Final, TextIO, TypeVar

from custfocus_cli.commands.options import use_color

T = TypeVar("T")

PATIENCE: Final = 1.0
"""Seconds that pass without a word."""


def follow(
    things: Sequence[T],
    doing: str,
    *,
    quiet: bool = False,
    stream: TextIO | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[T]:
    """The things one after the other; a bar appears once that has taken longer than `PATIENCE`.

    There is none where nobody watches (no terminal, or `quiet`); it is gone when all is done.
    """
    stream = stream or sys.stderr
    if quiet or not stream.isatty():
        yield from things
        return
    began = clock()
    remaining = iter(things)
    for done, thing in enumerate(remaining, start=1):
        yield thing
        if clock() - began > PATIENCE:
            yield from _follow_shown(remaining, doing, done, len(things), stream)
            return


def _follow_shown(
    remaining: Iterator[T], doing: str, done: int, total: int, stream: TextIO
) -> Iterator[T]:
    """What remains, with the bar."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    console = Console(file=stream, no_color=not use_color("auto", stream), highlight=False)
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(doing, total=total, completed=done)
        for thing in remaining:
            yield thing
            progress.advance(task)
