"""Where a command's result and its talk go: documents to stdout or a file, talk to stderr."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path, PurePath
from typing import TypeVar

from custfocus_cli.commands.options import STDOUT, use_color
from custfocus_cli.errors import CustfocusError
from custfocus_cli.render.formats import SUFFIXES
from custfocus_cli.render.terminal import Terminal
from custfocus_cli.wording.safety import safe

T = TypeVar("T")


def write_results(
    value: T,
    chosen: Iterable[tuple[str, str]],
    table: Mapping[str, Callable[[T, Terminal], str]],
    color: str,
    *,
    quiet: bool = False,
) -> None:
    """Render a value in several formats of a table, then write each to its path.

    Nothing is written where one of them cannot be rendered or may not be written, and nothing is
    printed where a file cannot be written.
    """
    rendered = [(table[name](value, describe_terminal(path, color)), path) for name, path in chosen]
    to_files = [(text, path) for text, path in rendered if path not in STDOUT]
    for _, path in to_files:
        _refuse_document(path)
    for text, path in (*to_files, *(each for each in rendered if each not in to_files)):
        write_result(text, path, quiet=quiet)


def write_result(
    result: str | bytes, output: str | None, *, quiet: bool = False, replacing: str | None = None
) -> None:
    """Print a result, or put it into a file and name the file and its size.

    `replacing` is a kind of document that it may take the place of, beside other results.
    """
    if output in (None, *STDOUT):
        if isinstance(result, bytes):
            sys.stdout.buffer.write(result)
        else:
            sys.stdout.write(result)
        return
    from custfocus_cli.files.atomic import save

    _refuse_document(output, replacing)
    save(output, result)
    say(f"wrote {output} ({_size(Path(output).stat().st_size)})", quiet=quiet)


def _refuse_document(path: str, replacing: str | None = None) -> None:
    """Raise CustfocusError where what somebody wrote stands at a path meant for a result."""
    from custfocus_cli.files.atomic import explain_refusal
    from custfocus_cli.files.disk import read_bytes
    from custfocus_cli.files.ours import is_ours
    from custfocus_cli.files.reader import RESULTS, read

    with explain_refusal(path):
        if not Path(path).is_file():
            return
    data = read_bytes(path)
    if not isinstance(data, bytes) or not is_ours(data):
        return
    kind = read(path, data).kind
    if kind is None or kind not in (
        *RESULTS,
        replacing,
    ):  # also one that is broken: somebody is mending it
        raise CustfocusError(
            f"{path} is a custfocus {kind or 'file'} and is not replaced by a result",
            "give another name",
        )


def say(text: str, *, quiet: bool = False) -> None:
    """Tell something on stderr, unless quiet was asked for."""
    if not quiet:
        print(safe(text), file=sys.stderr)


def choose_format(output: str | None, table: Collection[str], default: str) -> str:
    """The format of the table that the name of a file asks for; the default without a suffix.

    Raises CustfocusError for a suffix that stands for none of them.
    """
    suffix = PurePath(output or "").suffix.lower()
    if not suffix:
        return default
    chosen = SUFFIXES.get(suffix, "")
    if chosen not in table:
        raise CustfocusError(
            f"{suffix} says no format that can be written here",
            f"name the format: -f {'|'.join(table)}",
        )
    return chosen


def is_terminal(output: str | None) -> bool:
    """Whether a person reads the result in a terminal as it is written."""
    return output in (None, *STDOUT) and sys.stdout.isatty()


def describe_terminal(output: str | None, color: str) -> Terminal:
    """What a text is written for: 80 columns and no colours where no terminal shows it."""
    shown = is_terminal(output)
    width = shutil.get_terminal_size().columns if shown else 80
    return Terminal(width, use_color(color, sys.stdout) if shown else color == "always")


def _size(count: int) -> str:
    return f"{count} bytes" if count < 1000 else f"{(count + 500) // 1000} kB"
