"""`custfocus compare`: units side by side on one date."""

from __future__ import annotations

from typing import Annotated

from custfocus_cli.commands import options
from custfocus_cli.render.formats import COMPARE


def compare(
    sources: options.Sources,
    format: Annotated[
        str | None,
        options.choose_format(tuple(COMPARE), show_default="by the suffix of -o, else text"),
    ] = None,
    output: options.Output = None,
    target: options.Target = None,
    rescore_as: options.As = None,
    questionnaire: options.Questionnaire = None,
    profile: options.Profile = None,
    mapping: options.Mapping = None,
    organisation: options.Organisation = None,
    date: options.Date = None,
    window: options.Window = options.WINDOW_DAYS,
    color: options.Color = "auto",
    quiet: options.Quiet = False,
) -> int:
    """Set units side by side: depots, subsidiaries, teams, each SOURCE one of them.

    Shows where they stand, how far they lie apart, what several of them lack, and the first next
    step of each. Units are not ranked: where the ranges of two overlap, neither is ahead.

    \b
    Example:
      custfocus compare north.yaml south.yaml harbour/
      custfocus compare depots/*.yaml -o depots.html
    """
    from custfocus_cli.commands.loading import Request, load_units, read_table_options
    from custfocus_cli.commands.output import choose_format, describe_terminal, write_result

    chosen = format or choose_format(output, COMPARE, "text")
    tables = read_table_options(profile, mapping, organisation, date)
    request = Request(sources, rescore_as, questionnaire, target, window, tables)
    comparison = load_units(request, quiet=quiet)
    write_result(COMPARE[chosen](comparison, describe_terminal(output, color)), output, quiet=quiet)
    return 0
