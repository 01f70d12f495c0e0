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


def watch(
    chunks: Iterator[Sequence[T]],
    doing: str,
    *,
    quiet: bool = False,
    stream: TextIO | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[Sequence[T]]:
    """The chunks one after the other, of a number nobody knows; how many things they held so far.

    When that appears, and where not, is as in `follow`.
    """
    stream = stream or sys.stderr
    if quiet or not stream.isatty():
        yield from chunks
        return
    began, done = clock(), 0
    for chunk in chunks:
        done += len(chunk)
        yield chunk
        if clock() - began > PATIENCE:
            yield from _watch_shown(chunks, doing, done, stream)
            return


def _watch_shown(
    chunks: Iterator[Sequence[T]], doing: str, done: int, stream: TextIO
) -> Iterator[Sequence[T]]:
    """What remains, with a bar that moves and the number."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    console = Console(file=stream, no_color=not use_color("auto", stream), highlight=False)
    number = TextColumn("{task.completed:,}", markup=False)
    said = TextColumn("{task.description}", markup=False)
    with Progress(said, BarColumn(), number, console=console, transient=True) as progress:
        task = progress.add_task(doing, total=None, completed=done)
        for chunk in chunks:
            yield chunk
            progress.advance(task, len(chunk))
