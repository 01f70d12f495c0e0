"""`custfocus tally`: counts instead of people, in a file that can be kept and added."""

from __future__ import annotations

import sys
from typing import Annotated, cast

import typer

from custfocus_cli.commands import options


def tally(
    sources: options.Sources,
    output: options.Output = None,
    by: options.By = None,
    min_group: options.MinGroup = options.LEAST_GROUP,
    questionnaire: options.Questionnaire = None,
    profile: options.Profile = None,
    mapping: options.Mapping = None,
    organisation: options.Organisation = None,
    scope: Annotated[
        str | None, typer.Option("--scope", metavar="TEXT", help="The part of it that was asked.")
    ] = None,
    date: options.Date = None,
    wave: Annotated[
        str | None,
        typer.Option(
            "--wave",
            metavar="NAME",
            help="The name of the survey, so that a later export is not added to this one.",
        ),
    ] = None,
    window: options.Window = options.WINDOW_DAYS,
    sql: Annotated[
        bool,
        typer.Option("--sql", help="Print the query that counts a table of this name where it is."),
    ] = False,
    dialect: Annotated[
        str | None,
        typer.Option(
            "--dialect",
            metavar="NAME",
            help="The SQL of --sql: spark, bigquery, snowflake, trino, postgres or duckdb.",
        ),
    ] = None,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Show what would be counted, and write nothing."),
    ] = False,
    quiet: options.Quiet = False,
) -> int:
    """Count answers: how many people chose what, and nobody's own answers.

    Takes files, tables of survey tools and other tallies, which are added. What fewer people than
    a group must have would tell is never written. A tally is a SOURCE like any other.

    \b
    Example:
      custfocus tally survey.csv --questionnaire team-36 --organisation Us -o 2026.yaml
      custfocus score 2026.yaml
    """
    from custfocus_cli.commands.counting import (
        Request,
        count,
        place_beside,
        say_shown,
        warn_of,
        write_query,
        write_tally,
    )
    from custfocus_cli.commands.loading import read_table_options
    from custfocus_cli.commands.output import describe_terminal, say, write_result
    from custfocus_cli.documents.tally import By
    from custfocus_cli.files.catalogue import Catalogue
    from custfocus_cli.files.sources import find_tally
    from custfocus_cli.files.tables.words import slug
    from custfocus_cli.render.recognition import summarise, write_recognition

    if sql:
        print(write_query(sources, dialect, questionnaire, cast("By | None", by), mapping), end="")
        return 0
    tables = read_table_options(profile, mapping, organisation, date)
    request = Request(
        sources,
        questionnaire,
        tables,
        scope,
        slug(wave) if wave else None,
        cast("By | None", by),
        min_group,
        window,
    )
    result = count(request, Catalogue(), quiet=quiet)
    if dry_run:
        for each in result.tables:
            sys.stdout.write(write_recognition(each, describe_terminal(None, "auto")))
        for line in say_shown(result.tally):
            print(line)
        return 0
    for each in result.tables:
        say(summarise(each), quiet=quiet)
    for path, kind in result.passed_over:
        say(f"passed over {path}: a {kind}, not an assessment", quiet=quiet)
    earlier = find_tally(output) if output else None
    placed = place_beside(result.tally, output) if output else result.tally
    text = write_tally(placed)
    write_result(text, output, quiet=quiet, replacing="tally")
    for line in say_shown(result.tally):
        say(line, quiet=quiet)
    warning = warn_of(earlier, result.tally, output) if earlier and output else None
    if warning is not None:
        say(warning)
    return 0
