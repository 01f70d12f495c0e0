"""`custfocus assess`: the interview or self-assessment in the terminal."""

from __future__ import annotations

import sys
from textwrap import fill
from typing import Annotated

import typer

from custfocus_cli.commands import options
from custfocus_cli.errors import CustfocusError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from custfocus_cli.commands.interviewing import Outcome

Named = Annotated[
    str | None,
    typer.Argument(
        metavar="QUESTIONNAIRE",
        help="A shipped questionnaire, or the path of your own; team-36 if none is named.",
    ),
]
File = Annotated[
    str | None,
    typer.Option("-o", "--output", metavar="FILE", help="The file of answers, new or begun."),
]
Organisation = Annotated[
    str | None, typer.Option("--organisation", metavar="NAME", help="Who is assessed.")
]
Scope = Annotated[str | None, typer.Option("--scope", metavar="TEXT", help="Which part of it.")]
Date = Annotated[
    str | None,
    typer.Option(
        "--date",
        metavar="YYYY-MM-DD",
        help="Its date, today if none; of a --panel, that of a table.",
    ),
]
Role = Annotated[str | None, typer.Option("--role", metavar="ROLE", help="Who answers, by role.")]
Group = Annotated[
    str | None, typer.Option("--group", metavar="GROUP", help="Who answers, by group.")
]
By = Annotated[str | None, typer.Option("--by", metavar="WHO", help="Whose word each answer is.")]
Previous = Annotated[
    str | None,
    typer.Option("--previous", metavar="FILE", help="Show the answers of the year before."),
]
For = Annotated[str | None, options.choose_people("Ask just the questions of these people.")]
Adaptive = Annotated[
    bool | None,
    typer.Option(
        "--adaptive/--no-adaptive",
        help="Leave out questions that cannot change any stage; the file remembers it.",
        show_default=False,
    ),
]
OpenOnly = Annotated[bool, typer.Option("--open-only", help="Ask just what is still open.")]
Panel = Annotated[
    list[str] | None,
    typer.Option(
        "--panel",
        metavar="SOURCE",
        help="A workshop instead: agree on what the respondents in these sources (files, folders,"
        " tables) rate differently. Can be given several times.",
        show_default=False,
    ),
]


def assess(
    questionnaire: Named = None,
    output: File = None,
    organisation: Organisation = None,
    scope: Scope = None,
    date: Date = None,
    target: options.Target = None,
    role: Role = None,
    group: Group = None,
    by: By = None,
    previous: Previous = None,
    wanted: For = None,
    adaptive: Adaptive = None,
    open_only: OpenOnly = False,
    panel: Panel = None,
    asked: options.Questionnaire = None,
    profile: options.Profile = None,
    mapping: options.Mapping = None,
    window: options.Window = options.WINDOW_DAYS,
    color: options.Color = "auto",
    quiet: options.Quiet = False,
) -> int:
    """Answer a questionnaire in the terminal: one screen per question, one key per answer.

    Each answer is on the disk before the next question. Stop at any time: the same command goes
    on where you stopped.

    \b
    Example:
      custfocus assess
      custfocus assess interview-72 -o answers.yaml --organisation "Our firm"
      custfocus assess -o answers.yaml --for people --previous last-year.yaml
      custfocus assess --panel answers/ -o agreed.yaml
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise CustfocusError(
            "assess asks questions and needs a terminal",
            "write the answers into a file by hand and run: custfocus score FILE",
        )
    from custfocus_cli.commands.interviewing import run_interview
    from custfocus_cli.commands.loading import Request, read_table_options
    from custfocus_cli.commands.setting_up import Setup
    from custfocus_cli.commands.workshop import Meeting, refuse_unused, run_workshop

    setup = Setup(
        *(questionnaire, output, organisation, scope, date, target, role, group, by),
        *(previous, options.split_people(wanted), adaptive, open_only),
    )
    tables = read_table_options(profile, mapping, organisation, date)
    request = Request(panel or (), None, asked, None, window, tables)
    refuse_unused(setup, request)
    if panel:
        outcome = run_workshop(Meeting(request, output, by, open_only), quiet=quiet)
    else:
        outcome = run_interview(setup, quiet=quiet)
    _tell(outcome, color, quiet=quiet)
    return 0


def _tell(outcome: Outcome, color: str, *, quiet: bool) -> None:
    """The last page: what came of it, and what to run next."""
    from custfocus_cli.commands.interviewing import list_next_commands
    from custfocus_cli.commands.output import describe_terminal, say
    from custfocus_cli.render.formats import SCORE

    terminal = describe_terminal(None, color)
    if outcome.complete:
        sys.stdout.write(SCORE["text"](outcome.card, terminal))
        say("", quiet=quiet)
    for sentence in (*outcome.outlook.sentences, f"Every answer is saved in {outcome.file}."):
        whole = fill(sentence, terminal.width, break_long_words=False, break_on_hyphens=False)
        say(whole, quiet=quiet)
    for purpose, command in list_next_commands(outcome):
        say(f"{purpose}:", quiet=quiet)
        say(f"  {command}", quiet=quiet)
