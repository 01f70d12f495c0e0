"""`custfocus diff`: what changed from one result to the next, and whether it is allowed."""

from __future__ import annotations

from typing import Annotated, cast

import typer

from custfocus_cli.commands import options
from custfocus_cli.render.formats import DIFF

TYPE_CHECKING = False
if TYPE_CHECKING:
    from custfocus_cli.changes.gate import FailOn, NoOld
    from custfocus_cli.documents.tally import By


Old = Annotated[
    str,
    typer.Argument(
        metavar="OLD",
        help="The earlier answers: a file, a folder, a table, a tally, each also as REF:PATH out of"
        " git, or -.",
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

AllowNoise = Annotated[
    bool,
    typer.Option(
        "--allow-noise",
        help="Let the index of a characteristic fall where that could be noise: other people"
        " answered.",
    ),
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
    allow_noise: AllowNoise = False,
    no_old: Missing = None,
    by: options.By = None,
    rescore_as: options.As = None,
    questionnaire: options.Questionnaire = None,
    profile: options.Profile = None,
    mapping: options.Mapping = None,
    organisation: options.Organisation = None,
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
    from custfocus_cli.commands.loading import Request, read_table_options
    from custfocus_cli.commands.output import write_results
    from custfocus_cli.render.gate_verdict import tell_obstacles

    tables = read_table_options(profile, mapping, organisation, None)
    request = Request([], rescore_as, questionnaire, window=window, tables=tables)
    given = GateOptions(
        policy,
        cast("FailOn | None", fail_on),
        tolerance,
        only,
        as_of,
        same,
        shared_items,
        cast("NoOld | None", no_old),
        allow_noise,
        cast("By | None", by),
    )
    found = load_diff(old, new, request, given, quiet=quiet)
    write_results(found, options.split_formats(formats), DIFF, color, quiet=quiet)
    refuse_incomparable(found.ruling, tell_obstacles(found))
    return found.ruling.exit_code
