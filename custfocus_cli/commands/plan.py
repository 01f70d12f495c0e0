"""`custfocus plan`: the next steps as a work list."""

from __future__ import annotations

from typing import Annotated

from custfocus_cli.commands import options
from custfocus_cli.render.formats import PLAN


def plan(
    sources: options.Sources,
    format: Annotated[
        str | None,
        options.choose_format(tuple(PLAN), show_default="by the suffix of -o, else text"),
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
    """List the next steps: what to do, who does it, how to see that it works.

    No stage is jumped: each characteristic gets the items of its first open stage, and what has
    to wait is marked.

    \b
    Example:
      custfocus plan answers.yaml
      custfocus plan answers.yaml -f csv -o plan.csv
    """
    from custfocus_cli.commands.loading import Request, load_scorecard, read_table_options
    from custfocus_cli.commands.output import choose_format, describe_terminal, write_result

    chosen = format or choose_format(output, PLAN, "text")
    tables = read_table_options(profile, mapping, organisation, date)
    request = Request(sources, rescore_as, questionnaire, target, window, tables)
    card = load_scorecard(request, quiet=quiet)
    write_result(PLAN[chosen](card, describe_terminal(output, color)), output, quiet=quiet)
    return 0
