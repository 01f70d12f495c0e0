"""The options and arguments that several commands share, as types of their parameters.

Defaults stand in the signatures: `color: Color = "auto"`.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, TextIO

import typer
from typer.models import OptionInfo

from custfocus_cli.files.tables.profiles import PROFILES

STDOUT = ("-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1")
"""What a path may be where a result is printed."""


def choose(
    *flags: str,
    among: Sequence[str],
    help: str,
    show_default: bool | str = True,
    metavar: str | None = None,
) -> OptionInfo:
    """An option whose value is one of these names; a command's come from its table of formats.

    `show_default` holds the words of the default, where it is no fixed name; `metavar` stands for
    the names where they are too many for a line.
    """

    def check(value: str | None) -> str | None:
        if value is not None and value not in among:
            raise typer.BadParameter(f"{value!r} is none of {', '.join(among)}.")
        return value

    option: OptionInfo = typer.Option(
        *flags,
        metavar=metavar or "|".join(among),
        help=help,
        show_default=show_default,
        callback=check,
        autocompletion=lambda: list(among),
    )
    return option


def choose_format(names: Sequence[str], show_default: bool | str = True) -> OptionInfo:
    """The option -f of a command that writes these formats."""
    return choose(
        "-f", "--format", among=names, help="Format of the result.", show_default=show_default
    )


def choose_formats(names: Sequence[str]) -> OptionInfo:
    """The option -f of a command that writes several of these formats in one run."""

    def check(values: list[str] | None) -> list[str] | None:
        targets = []
        for name, path in split_formats(values):
            if name not in names:
                raise typer.BadParameter(f"{name!r} is none of {', '.join(names)}.")
            targets.append(path)
        files = [_identify(path) for path in targets]
        for path, file in zip(targets, files, strict=True):
            if files.count(file) > 1:
                where = "stdout" if path in STDOUT else path
                raise typer.BadParameter(f"two formats go to {where}; NAME=PATH writes to a file.")
        return values

    option: OptionInfo = typer.Option(
        "-f",
        "--format",
        metavar="|".join(names),
        help="Format of the result; NAME=PATH writes it to a file. Can be given several times.",
        show_default="text",
        callback=check,
        autocompletion=lambda: list(names),
    )
    return option


def _identify(path: str) -> object:
    """The same for every name of one file; stdout is the file or pipe that it leads to."""
    printed = path in STDOUT
    try:
        found = os.fstat(1) if printed else Path(path).stat()
        if printed and not (stat.S_ISREG(found.st_mode) or stat.S_ISFIFO(found.st_mode)):
            return STDOUT[0]
        return found.st_dev, found.st_ino
    except OSError:  # not there yet, or closed
        return STDOUT[0] if printed else os.path.realpath(path)
    except ValueError:  # no name at all, which who writes there is told
        return path


def split_formats(values: Sequence[str] | None) -> tuple[tuple[str, str], ...]:
    """The formats that -f names, each with the path it goes to; text to stdout without any."""
    parted = [each.partition("=") for each in values or ("text",)]
    return tuple(
        (name, path if equals and path not in STDOUT else STDOUT[0])
        for name, equals, path in parted
    )


def choose_people(help: str) -> OptionInfo:
    """The option --for: sessions or roles, in one text that `split_people` takes apart."""

    def check(value: str | None) -> str | None:
        if value is not None and not split_people(value):
            raise typer.BadParameter("it names no session and no role.")
        return value

    option: OptionInfo = typer.Option(
        "--for", metavar="SESSION|ROLE[,...]", help=help, callback=check, show_default=False
    )
    return option


def split_people(value: str | None) -> tuple[str, ...]:
    """The sessions and roles that --for names, in order."""
    return tuple(each.strip() for each in (value or "").split(",") if each.strip())


def read_ids(option: str, value: str | None) -> tuple[str, ...]:
    """The different ids that an option lists with commas between them, in order.

    Raises CustfocusError for what is no id.
    """
    from custfocus_cli.documents.fields import ID_PATTERN
    from custfocus_cli.errors import CustfocusError

    ids = tuple(dict.fromkeys(each.strip() for each in value.split(","))) if value else ()
    for each in ids:
        if not re.match(ID_PATTERN, each):
            raise CustfocusError(
                f"{option}: '{each}' is no id",
                "lower-case letters, digits, '.', '_' and '-': depot-north,head-office",
            )
    return ids


def use_color(color: str, stream: TextIO) -> bool:
    """Whether to colour what goes to the stream: as asked, or in a terminal that wants it."""
    if color == "auto":
        plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
        return stream.isatty() and not plain
    return color == "always"


WINDOW_DAYS = 120
"""How many days the dates of one panel may lie apart, where nothing else is asked for."""

Sources = Annotated[
    list[str],
    typer.Argument(
        metavar="SOURCE",
        help="Files, folders or tables (CSV, TSV, XLSX) of answers, also out of git as REF:PATH;"
        " - is standard input.",
        show_default=False,
    ),
]

Previous = Annotated[
    list[str] | None,
    typer.Option(
        "--previous",
        metavar="SOURCE",
        help="The answers of an earlier year, to show what changed; once for each year.",
        show_default=False,
    ),
]

As = Annotated[
    str | None,
    typer.Option(
        "--as",
        metavar="QUESTIONNAIRE",
        help="Score the answers by this questionnaire (id or file) instead of their own.",
    ),
]

Questionnaire = Annotated[
    str | None,
    typer.Option(
        "--questionnaire",
        metavar="FILE",
        help="The questionnaire of a table (id or file), or of answers that do not lead to it.",
    ),
]

Profile = Annotated[
    str | None,
    choose(
        "--profile",
        among=tuple(PROFILES),
        metavar="NAME",
        help="The survey tool of a table, where its first cells do not tell it:"
        f" {', '.join(PROFILES)}.",
    ),
]

Mapping = Annotated[
    str | None,
    typer.Option(
        "--mapping",
        metavar="FILE",
        help="What the columns of a table are, where their headers do not say it.",
    ),
]

Organisation = Annotated[
    str | None,
    typer.Option("--organisation", metavar="NAME", help="Whose answers a table holds."),
]

Date = Annotated[
    str | None,
    typer.Option(
        "--date", metavar="DATE", help="The day of a table's answers, where it has no such column."
    ),
]

Policy = Annotated[
    str | None,
    typer.Option(
        "--policy",
        metavar="FILE",
        help="The rules to judge by, and the exemptions from them.",
        show_default=False,
    ),
]

AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="DATE|today",
        help="The day to look from, by which exemptions end; max-age-days needs it.",
        show_default="the date of the newer result",
    ),
]

Target = Annotated[
    str | None,
    typer.Option(
        "--target", metavar="PROFILE", help="Measure the gaps against this target profile."
    ),
]

Window = Annotated[
    int,
    typer.Option(
        "--window",
        min=0,
        metavar="DAYS",
        help="How far apart the dates of several respondents may lie.",
    ),
]

By = Annotated[
    str | None,
    choose(
        "--by",
        among=("role", "group"),
        help="Tell people apart by this, and by nothing else.",
        show_default=False,
    ),
]

MinGroup = Annotated[
    int,
    typer.Option(
        "--min-group",
        min=5,
        metavar="PEOPLE",
        help="The fewest people that a group may have; smaller ones join the others.",
    ),
]

LEAST_GROUP = 5
"""The fewest people of a group, where no more are asked for."""

Output = Annotated[
    str | None,
    typer.Option("-o", "--output", metavar="PATH", help="Write to this file; - is stdout."),
]

Color = Annotated[
    str,
    choose("--color", among=("auto", "always", "never"), help="Whether to use colours."),
]

Quiet = Annotated[
    bool,
    typer.Option(
        "-q",
        "--quiet",
        help="Print no progress and no remarks; errors and their hints are always told.",
    ),
]
