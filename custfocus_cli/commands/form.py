"""`custfocus form`: a questionnaire as one page that is answered in a browser."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, Annotated

import typer

from custfocus_cli.commands import options

if TYPE_CHECKING:
    from custfocus_cli.documents.definition import Definition
    from custfocus_cli.render.questionnaire import Choice

Named = Annotated[
    str,
    typer.Argument(
        metavar="QUESTIONNAIRE", help="A shipped questionnaire, or the path of your own."
    ),
]
Organisation = Annotated[
    str | None,
    typer.Option("--organisation", metavar="NAME", help="Who is assessed; asked if not said."),
]
Scope = Annotated[str | None, typer.Option("--scope", metavar="TEXT", help="Which part of it.")]
Date = Annotated[
    str | None,
    typer.Option("--date", metavar="YYYY-MM-DD", help="Its date; else the day of the answers."),
]
Roles = Annotated[
    list[str] | None,
    typer.Option(
        "--role",
        metavar="ROLE[=WORDS]",
        help="A role to choose, once for each; one alone is that of everybody.",
        show_default=False,
    ),
]
Groups = Annotated[
    list[str] | None,
    typer.Option(
        "--group",
        metavar="GROUP[=WORDS]",
        help="A group to choose, once for each; one alone is that of everybody.",
        show_default=False,
    ),
]
Intro = Annotated[
    str | None, typer.Option("--intro", metavar="TEXT", help="What stands above the questions.")
]
ReturnTo = Annotated[
    str | None, typer.Option("--return-to", metavar="TEXT", help="Who is to get the file.")
]


def form(
    questionnaire: Named,
    output: options.Output = None,
    organisation: Organisation = None,
    scope: Scope = None,
    date: Date = None,
    role: Roles = None,
    group: Groups = None,
    intro: Intro = None,
    return_to: ReturnTo = None,
    quiet: options.Quiet = False,
) -> int:
    """Make one page to answer a questionnaire in a browser, offline, also on a phone.

    It gives a file of answers back that every command reads, and prints as a paper form. Nothing
    is sent anywhere: who answers hands the file over.

    \b
    Example:
      custfocus form team-36 -o form.html
      custfocus form team-36 -o form.html --organisation "Our firm" \\
        --group depot-north --group office="Head office" --return-to survey@example.org
    """
    from custfocus_cli.commands.output import write_result
    from custfocus_cli.files.catalogue import SUFFIXES, Catalogue
    from custfocus_cli.render.form import Handout
    from custfocus_cli.render.html import write_form

    definition = Catalogue().find(questionnaire)
    own = questionnaire.lower().endswith(SUFFIXES)
    handout = Handout(
        {"path": PurePath(questionnaire).name} if own else {"id": definition.id},
        **_settle_start(definition, organisation, scope, date),
        roles=_list_choices("role", role or (), definition),
        groups=_list_choices("group", group or (), definition),
        intro=intro or "",
        return_to=return_to or "",
    )
    write_result(write_form(definition, handout), output, quiet=quiet)
    return 0


def _settle_start(
    definition: Definition, organisation: str | None, scope: str | None, date: str | None
) -> dict[str, str]:
    """What the file of answers begins with, as far as it was said; a scope wants whose it is."""
    from custfocus_cli.documents.assessment import Assessment
    from custfocus_cli.documents.form import fit
    from custfocus_cli.errors import CustfocusError

    if scope is not None and organisation is None:
        raise CustfocusError("--scope without --organisation", "say whose part it is")
    said = {"organisation": organisation, "scope": scope, "date": date}
    given = {name: value for name, value in said.items() if value is not None}
    filled = {"organisation": "x", "date": "2000-01-01", **given}
    made = fit(Assessment, {"questionnaire": {"id": definition.id}, **filled})
    if isinstance(made, tuple):
        raise CustfocusError(f"--{'.'.join(map(str, made[0].loc))}: {made[0].message}")
    return given | ({"scope": made.scope} if organisation else {})


def _list_choices(name: str, given: Sequence[str], definition: Definition) -> tuple[Choice, ...]:
    """The roles or groups to choose from: each an id, with the words that a person reads."""
    from custfocus_cli.documents.assessment import Respondent
    from custfocus_cli.documents.form import fit
    from custfocus_cli.errors import CustfocusError
    from custfocus_cli.render.questionnaire import Choice
    from custfocus_cli.wording.phrases import sentence

    choices = {}
    for text in given:
        key, _, words = text.partition("=")
        if isinstance(fit(Respondent, {name: key}), tuple):
            raise CustfocusError(
                f"--{name}: {key!r} is no id: small letters, digits and hyphens",
                f'the words people read come behind it: --{name} head-office="Head office"',
            )
        if key in choices:
            raise CustfocusError(f"--{name} {key} is given twice")
        choices[key] = words.strip() or sentence(definition.questionnaire.role_name(key))
    return tuple(Choice(key, words) for key, words in choices.items())
