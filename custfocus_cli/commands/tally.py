"""`custfocus tally`: counts instead of people, in a file that can be kept and added."""

from __future__ import annotations

from typing import Annotated, cast

import typer

from custfocus_cli.commands import options

Scope = Annotated[
    str | None, typer.Option("--scope", metavar="TEXT", help="The part of it that was asked.")
]
Wave = Annotated[
    str | None,
    typer.Option(
        "--wave",
        metavar="NAME",
        help="The name of the survey, so that a later export is not added to this one.",
    ),
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Show what would be counted, and write nothing.")
]
Sql = Annotated[
    bool,
    typer.Option("--sql", help="Print the query that counts a table of this name where it is."),
]
Dialect = Annotated[
    str | None,
    typer.Option(
        "--dialect",
        metavar="NAME",
        help="The SQL of --sql: spark, bigquery, snowflake, trino, postgres or duckdb.",
    ),
]


def tally(
    sources: options.Sources,
    output: options.Output = None,
    by: options.By = None,
    min_group: options.MinGroup = options.LEAST_GROUP,
    questionnaire: options.Questionnaire = None,
    profile: options.Profile = None,
    mapping: options.Mapping = None,
    organisation: options.Organisation = None,
    scope: Scope = None,
    date: options.Date = None,
    wave: Wave = None,
    window: options.Window = options.WINDOW_DAYS,
    dry_run: DryRun = False,
    sql: Sql = False,
    dialect: Dialect = None,
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
        preview,
        publish,
        show_tables,
        write_query,
    )
    from custfocus_cli.commands.loading import read_table_options
    from custfocus_cli.documents.tally import By
    from custfocus_cli.files.catalogue import Catalogue
    from custfocus_cli.files.tables.words import slug

    partition = cast("By | None", by)
    if sql:
        print(write_query(sources, dialect, questionnaire, partition, mapping), end="")
        return 0
    tables = read_table_options(profile, mapping, organisation, date)
    name = slug(wave) if wave else None
    request = Request(sources, questionnaire, tables, scope, name, partition, min_group, window)
    if dry_run:
        result = count(request, Catalogue(), quiet=quiet, show=show_tables)
        print(preview(result), end="")
    else:
        publish(count(request, Catalogue(), quiet=quiet), output, quiet=quiet)
    return 0
