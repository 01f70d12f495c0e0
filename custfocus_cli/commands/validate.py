"""`custfocus validate`: every problem of files of ours, and what makes little sense in them."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from custfocus_cli.commands import options
from custfocus_cli.errors import CustfocusError, ExitCode
from custfocus_cli.render.formats import VALIDATE


def validate(
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FILE",
            help="Files of any kind of custfocus, or folders of them; - is standard input.",
        ),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Count warnings as problems.")] = False,
    only_ours: Annotated[
        bool, typer.Option("--only-ours", help="Pass over YAML files that are not custfocus's.")
    ] = False,
    rules: Annotated[
        bool, typer.Option("--rules", help="Print every rule with a sentence, and end.")
    ] = False,
    format: Annotated[str, options.choose_format(tuple(VALIDATE))] = "text",
    quiet: options.Quiet = False,
) -> int:
    """Check questionnaires, models, assessments and policies.

    Every problem is named with its line; warnings are about what is allowed and makes little
    sense. The exit code is 2 where there is a problem.

    \b
    Example:
      custfocus validate answers.yaml my-questionnaire.yaml
    """
    from custfocus_cli.commands.checking import check_files
    from custfocus_cli.commands.output import say
    from custfocus_cli.files.rules import RULES
    from custfocus_cli.scoring.sense import SENSE_RULES

    if rules:
        for rule, sentence in sorted({**RULES, **SENSE_RULES}.items()):
            print(f"{rule}: {sentence}")
        return 0
    if not files:
        raise CustfocusError("no file is named", "custfocus validate FILE...")
    checked = check_files(files, strict=strict, only_ours=only_ours, quiet=quiet)
    sys.stdout.write(VALIDATE[format](checked))
    say(checked.summary, quiet=quiet)
    return ExitCode.CANNOT if checked.problems else ExitCode.DONE
