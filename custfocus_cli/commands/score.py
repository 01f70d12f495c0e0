"""`custfocus score`: the scorecard in the terminal, or as JSON."""

from __future__ import annotations

import shlex
from typing import Annotated

from custfocus_cli.commands import options
from custfocus_cli.render.formats import SCORE


def score(
    sources: options.Sources,
    format: Annotated[
        str | None,
        options.choose_format(tuple(SCORE), show_default="by the suffix of -o, else text"),
    ] = None,
    output: options.Output = None,
    target: options.Target = None,
    by: options.By = None,
    min_group: options.MinGroup = options.LEAST_GROUP,
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
    """Score answers: stage, index, gaps and next steps.

    Several sources of the same organisation are scored as one panel.

    \b
    Example:
      custfocus score answers.yaml
      custfocus score answers.yaml -f json -o scorecard.json
    """
    from custfocus_cli.commands.loading import Request, load_scorecard, read_table_options
    from custfocus_cli.commands.output import (
        choose_format,
        describe_terminal,
        is_terminal,
        write_result,
    )

    chosen = format or choose_format(output, SCORE, "text")
    tables = read_table_options(profile, mapping, organisation, date)
    asked = (sources, rescore_as, questionnaire, target, window, tables, by, min_group)
    card = load_scorecard(Request(*asked), quiet=quiet)
    write_result(SCORE[chosen](card, describe_terminal(output, color)), output, quiet=quiet)
    if chosen == "text" and is_terminal(output):
        _say_what_next(shlex.join(sources), quiet)
    return 0


def _say_what_next(given: str, quiet: bool) -> None:
    from custfocus_cli.commands.output import say

    say(f"For the board: custfocus report {given} -o report.html", quiet=quiet)
    say(f"To work with:  custfocus plan {given}", quiet=quiet)
