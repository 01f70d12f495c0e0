"""`custfocus check`: whether one result stands where a policy wants it."""

from __future__ import annotations

from typing import Annotated

import typer

from custfocus_cli.commands import options
from custfocus_cli.render.formats import CHECK


def limit(name: str, metavar: str, help: str) -> typer.models.OptionInfo:
    """An option that is a rule of a policy."""
    option: typer.models.OptionInfo = typer.Option(
        f"--{name}", metavar=metavar, help=help, show_default=False
    )
    return option


def check(
    source: Annotated[
        str,
        typer.Argument(
            metavar="SOURCE",
            help="The answers: a file, a folder, either as REF:PATH out of git, or -.",
            show_default=False,
        ),
    ],
    formats: Annotated[list[str] | None, options.choose_formats(tuple(CHECK))] = None,
    policy: options.Policy = None,
    min_stage: Annotated[
        list[str] | None,
        limit(
            "min-stage", "N|ID=N", "The least stage, of the organisation or of one characteristic."
        ),
    ] = None,
    min_index: Annotated[
        list[str] | None, limit("min-index", "N|ID=N", "The least index, in percent.")
    ] = None,
    min_coverage: Annotated[
        list[str] | None,
        limit("min-coverage", "N|ID=N", "The least share that is known, from 0 to 1."),
    ] = None,
    max_age_days: Annotated[
        list[str] | None,
        limit("max-age-days", "DAYS", "How old the result may be; needs --as-of."),
    ] = None,
    as_of: options.AsOf = None,
    rescore_as: options.As = None,
    questionnaire: options.Questionnaire = None,
    window: options.Window = options.WINDOW_DAYS,
    color: options.Color = "auto",
    quiet: options.Quiet = False,
) -> int:
    """Judge one result by a policy, and fail where it falls short.

    The exit code is 0 where the gate passes, 1 where it fails, 2 where nothing could be judged.

    \b
    Example:
      custfocus check 2026.yaml --min-stage 1 --min-coverage 0.9
      custfocus check 2026.yaml --policy policy.yaml --as-of today
    """
    from custfocus_cli.commands.judging import load_check, refuse_incomparable
    from custfocus_cli.commands.loading import Request
    from custfocus_cli.commands.output import write_results
    from custfocus_cli.render.gate_verdict import tell_obstacles

    limits = {
        "min-stage": min_stage or (),
        "min-index": min_index or (),
        "min-coverage": min_coverage or (),
        "max-age-days": max_age_days or (),
    }
    request = Request([], rescore_as, questionnaire, window=window)
    found = load_check(source, request, policy, limits, as_of, quiet=quiet)
    write_results(found, options.split_formats(formats), CHECK, color, quiet=quiet)
    refuse_incomparable(found.ruling, tell_obstacles(found))
    return found.ruling.exit_code
