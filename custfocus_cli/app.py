"""The command line, assembled: one line per command."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Annotated

import typer

from custfocus_cli import __version__
from custfocus_cli.commands import (
    assess,
    check,
    demo,
    diff,
    form,
    plan,
    questionnaires,
    report,
    score,
    tally,
    validate,
)
from custfocus_cli.errors import CustfocusError, ExitCode

Commands = tuple[tuple[str, Callable[..., int]], ...]

COMMANDS: Commands = (
    ("assess", assess.assess),
    ("score", score.score),
    ("report", report.report),
    ("plan", plan.plan),
    ("diff", diff.diff),
    ("check", check.check),
    ("form", form.form),
    ("tally", tally.tally),
    ("validate", validate.validate),
    ("demo", demo.demo),
)

# Commands under a word of their own: the word, what its commands are about, the commands.
GROUPS: tuple[tuple[str, str, Commands], ...] = (
    (
        "questionnaires",
        "What is shipped, and how to make your own.",
        (
            ("list", questionnaires.list_shipped),
            ("show", questionnaires.show),
            ("new", questionnaires.new),
            ("schema", questionnaires.schema),
            ("export", questionnaires.export),
        ),
    ),
)


def run_command(arguments: Sequence[str]) -> int:
    """The exit code of the command that the arguments call.

    Raises `CustfocusError` for arguments that call none: nothing of the framework's leaves here.
    """
    command = typer.main.get_command(build())
    try:
        code = command.main(list(arguments), prog_name="custfocus", standalone_mode=False)
    except typer.TyperException as error:
        context = getattr(error, "ctx", None)
        path = context.command_path if context else "custfocus"
        message = error.format_message()
        hint = f"{path} --help says more"
        if message.endswith(": -o") and path.split()[-1] in ("diff", "check"):
            hint = f"{path} writes to a file with -f NAME=FILE, such as -f json=result.json"
        raise CustfocusError(message, hint) from None
    except typer.Abort as abort:
        raise abort.__cause__ or KeyboardInterrupt from None  # it hides the end of the input
    except SystemExit as done:  # the shell completion's way to end; its 1 would be a failed gate
        code = ExitCode.CANNOT if done.code else ExitCode.DONE
    if code == ExitCode.INTERRUPTED:  # typer made a code of the interrupt
        raise KeyboardInterrupt
    return int(code)


def build() -> typer.Typer:
    """The application with every command of the tables."""
    app = _open_group("Shows how customer-focused an organisation is, and what to do next.")
    app.callback(invoke_without_command=True)(_start)
    _add(app, COMMANDS)
    for word, about, commands in GROUPS:
        group = _open_group(about)
        _add(group, commands)
        app.add_typer(group, name=word)
    return app


def _open_group(about: str) -> typer.Typer:
    # Without markup, help takes half the time, and is the same text in every terminal.
    return typer.Typer(
        help=about,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )


def _add(group: typer.Typer, commands: Commands) -> None:
    for name, function in commands:
        group.command(name)(function)


def _start(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    if version:
        print(f"custfocus {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        print(context.get_help(), file=sys.stderr)
        raise typer.Exit(ExitCode.CANNOT)
