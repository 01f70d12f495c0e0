"""`custfocus diff`: what changed from one result to the next, and whether it is allowed."""

from __future__ import annotations

from typing import Annotated, cast

import typer

from custfocus_cli.commands import options
from custfocus_cli.render.formats import DIFF

TYPE_CHECKING = False
if TYPE_CHECKING:
    from custfocus_cli.changes.gate import FailOn, NoOld


Old = Annotated[
    str,
    typer.Argument(
        metavar="OLD",
        help="The earlier answers: a file, a folder, either as REF:PATH out of git, or -.",
        show_default=False,
    ),
]

New = Annotated[str, typer.Argument(metavar="NEW", help="The later answers.", show_default=False)]

Fail = Annotated[
    str | None,
    options.choose(
        "--fail-on",
        among=("regression", "change", "never"),
        help="What fails the gate.",
        show_default="regression",
    ),
]

Tolerance = Annotated[
    str | None,
    typer.Option(
        "--tolerance",
        metavar="POINTS",
        help="By how many points the index of a characteristic may fall.",
        show_default="0",
    ),
]

Only = Annotated[
    str | None,
    typer.Option(
        "--only",
        metavar="ID,...",
        help="Judge these characteristics alone, and not the organisation.",
        show_default=False,
    ),
]

Same = Annotated[
    bool, typer.Option("--same", help="It is the same organisation and scope under another name.")
]

SharedItems = Annotated[
    bool, typer.Option("--shared-items", help="Compare what both questionnaires ask, and no more.")
]

Missing = Annotated[
    str | None,
    options.choose(
        "--if-no-old",
        among=("pass", "fail"),
        help="What a missing OLD means, as in the first year.",
        show_default="an error",
    ),
]


def diff(
    old: Old,
    new: New,
    formats: Annotated[list[str] | None, options.choose_formats(tuple(DIFF))] = None,
    fail_on: Fail = None,
    tolerance: Tolerance = None,
    policy: options.Policy = None,
    only: Only = None,
    as_of: options.AsOf = None,
    same: Same = False,
    shared_items: SharedItems = False,
    no_old: Missing = None,
    rescore_as: options.As = None,
    questionnaire: options.Questionnaire = None,
    window: options.Window = options.WINDOW_DAYS,
    color: options.Color = "auto",
    quiet: options.Quiet = False,
) -> int:
    """Compare two years, and fail where something got worse.

    The exit code is 0 where the gate passes, 1 where it fails, 2 where the two cannot be compared.

    \b
    Example:
      custfocus diff 2025.yaml 2026.yaml
      custfocus diff main:answers.yaml answers.yaml -f text -f json=diff.json
    """
    from custfocus_cli.commands.judging import GateOptions, load_diff, refuse_incomparable
    from custfocus_cli.commands.loading import Request
    from custfocus_cli.commands.output import write_results
    from custfocus_cli.render.gate_verdict import tell_obstacles

    request = Request([], rescore_as, questionnaire, window=window)
    given = GateOptions(
        policy,
        cast("FailOn | None", fail_on),
        tolerance,
        only,
        as_of,
        same,
        shared_items,
        cast("NoOld | None", no_old),
    )
    found = load_diff(old, new, request, given, quiet=quiet)
    write_results(found, options.split_formats(formats), DIFF, color, quiet=quiet)
    refuse_incomparable(found.ruling, tell_obstacles(found))
    return found.ruling.exit_code
