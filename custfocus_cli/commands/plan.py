"""`custfocus plan`: the next steps as a work list."""

from __future__ import annotations

from typing import Annotated

from custfocus_cli.commands import options
from custfocus_cli.render.formats import PLAN


def plan(
    sources: options.Sources,
    format: Annotated[str, options.choose_format(tuple(PLAN))] = "text",
    output: options.Output = None,
    target: options.Target = None,
    rescore_as: options.As = None,
    questionnaire: options.Questionnaire = None,
    window: options.Window = 120,
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
    from custfocus_cli.commands.loading import Request, load_scorecard
    from custfocus_cli.commands.output import describe_terminal, write_result

    request = Request(sources, rescore_as, questionnaire, target, window)
    card = load_scorecard(request, quiet=quiet)
    write_result(PLAN[format](card, describe_terminal(output, color)), output, quiet=quiet)
    return 0
