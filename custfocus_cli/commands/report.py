"""`custfocus report`: the gap report as HTML, Markdown or PDF."""

from __future__ import annotations

from typing import Annotated

import typer

from custfocus_cli.commands import options
from custfocus_cli.render.formats import PRINTED_REPORT, REPORT
from custfocus_cli.render.look import TEMPLATES

FORMATS = (*REPORT, *PRINTED_REPORT)

Audience = Annotated[
    str,
    options.choose(
        "--audience",
        among=tuple(TEMPLATES),
        help="For whom: everything, or the two printed pages that a board reads.",
    ),
]

Anonymise = Annotated[
    bool,
    typer.Option(
        "--anonymise",
        help="Leave out who said what: respondents, their roles and groups, notes, reasons,"
        " context. Who usually answers an item stays: the questionnaire says that, for everybody.",
    ),
]

Theme = Annotated[
    str | None,
    typer.Option("--theme", metavar="FILE", help="A firm's name, foot line, colours and fonts."),
]

Logo = Annotated[
    str | None,
    typer.Option("--logo", metavar="FILE", help="A PNG, JPEG or SVG for the head of the page."),
]

OwnTemplates = Annotated[
    str | None,
    typer.Option(
        "--template",
        metavar="DIR",
        help="Your own templates, named as ours. A template is code: trust whose it is.",
    ),
]

Open = Annotated[bool, typer.Option("--open", help="Show the page in the browser when written.")]


def report(
    sources: options.Sources,
    format: Annotated[
        str | None,
        options.choose_format(FORMATS, show_default="by the suffix of -o, else html"),
    ] = None,
    output: options.Output = None,
    previous: options.Previous = None,
    target: options.Target = None,
    by: options.By = None,
    min_group: options.MinGroup = options.LEAST_GROUP,
    audience: Audience = "full",
    anonymous: Anonymise = False,
    theme: Theme = None,
    logo: Logo = None,
    templates: OwnTemplates = None,
    open_it: Open = False,
    rescore_as: options.As = None,
    questionnaire: options.Questionnaire = None,
    profile: options.Profile = None,
    mapping: options.Mapping = None,
    organisation: options.Organisation = None,
    date: options.Date = None,
    window: options.Window = options.WINDOW_DAYS,
    quiet: options.Quiet = False,
) -> int:
    """Write the gap report: where you stand, what holds you back, what to do next.

    The HTML report is one file that needs nothing else; it prints well from a browser. PDF needs
    the extra: pip install 'custfocus[pdf]'.

    \b
    Example:
      custfocus report answers.yaml -o report.html --open
      custfocus report 2026.yaml --previous 2025.yaml -o report.html
      custfocus report answers.yaml -o board.pdf --audience executive
      custfocus report answers.yaml -f markdown
    """
    from custfocus_cli.commands.loading import Request, load_with_history, read_table_options
    from custfocus_cli.commands.looking import choose_look, refuse_to_show, show_page
    from custfocus_cli.commands.output import choose_format, write_result
    from custfocus_cli.render.report import write_report
    from custfocus_cli.scoring.anonymity import anonymise

    chosen = format or choose_format(output, FORMATS, "html")
    _refuse_to_print(chosen, output)
    if open_it:
        refuse_to_show(chosen, output)
    look = choose_look(audience, theme, logo, templates)
    tables = read_table_options(profile, mapping, organisation, date)
    asked = (sources, rescore_as, questionnaire, target, window, tables, by, min_group)
    card, history = load_with_history(Request(*asked), previous or [], quiet=quiet)
    if anonymous:
        card, history = anonymise(card), tuple(map(anonymise, history))
    made = write_report(card, history)
    write = PRINTED_REPORT.get(chosen) or REPORT[chosen]
    write_result(write(made, look), output, quiet=quiet)
    if open_it and output:
        show_page(output, quiet=quiet)
    return 0


def _refuse_to_print(format: str, output: str | None) -> None:
    """Raise CustfocusError where a format that is no text would go to the terminal."""
    from custfocus_cli.errors import CustfocusError

    if format in PRINTED_REPORT and output is None:
        raise CustfocusError(f"{format} is no text to print", f"name a file: -o report.{format}")
