"""`custfocus questionnaires`: what is shipped, as a page, a start, a schema, or a survey."""

from __future__ import annotations

from typing import Annotated

import typer

from custfocus_cli.commands import options
from custfocus_cli.render.formats import EXPORT, EXPORT_PACKED, QUESTIONNAIRE, SHEET

ShippedOrPath = Annotated[
    str, typer.Argument(metavar="ID", help="A shipped questionnaire, or the path of your own.")
]


def list_shipped() -> int:
    """List the questionnaires that come with custfocus, by the model they stand on.

    \b
    Example:
      custfocus questionnaires list
    """
    from custfocus_cli.files.catalogue import Catalogue, list_questionnaires

    catalogue = Catalogue()
    definitions = [catalogue.find(name) for name in list_questionnaires()]
    models = {each.model.id: each.model for each in definitions}
    width = max(len(each.id) for each in definitions)
    for name, model in models.items():
        print(f"{model.title} (model {name} {model.version})")
        for each in definitions:
            if each.model.id == name:
                minutes = each.questionnaire.minutes
                about = f", about {minutes} minutes" if minutes is not None else ""
                print(f"  {each.id:<{width}}  {each.title}, {len(each.entries)} questions{about}")
    return 0


def show(
    questionnaire: ShippedOrPath,
    people: Annotated[
        str | None, options.choose_people("The sheet for an interview with these people.")
    ] = None,
    format: Annotated[
        str | None,
        options.choose_format(tuple(QUESTIONNAIRE), show_default="by the suffix of -o, else text"),
    ] = None,
    output: options.Output = None,
    quiet: options.Quiet = False,
) -> int:
    """Show a questionnaire as a page to read or print, or as a sheet for an interview.

    The sheet has a box for each answer and space to write; print the HTML from the browser.

    \b
    Example:
      custfocus questionnaires show team-36
      custfocus questionnaires show interview-72 --for people -o people.html
    """
    from custfocus_cli.commands.output import choose_format, describe_terminal, write_result
    from custfocus_cli.documents.sessions import choose_sitting
    from custfocus_cli.errors import CustfocusError
    from custfocus_cli.files.catalogue import Catalogue

    chosen = format or choose_format(output, QUESTIONNAIRE, "text")
    definition = Catalogue().find(questionnaire)
    terminal = describe_terminal(output, "never")
    if people is None:
        text = QUESTIONNAIRE[chosen](definition, terminal)
    else:
        sitting = choose_sitting(definition, options.split_people(people))
        if not sitting.entries:
            raise CustfocusError(f"{definition.id} asks nothing of {people}")
        text = SHEET[chosen](sitting, terminal)
    write_result(text, output, quiet=quiet)
    return 0


def new(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The file to make, in YAML.")],
    force: Annotated[bool, typer.Option("--force", help="Replace a file that exists.")] = False,
    quiet: options.Quiet = False,
) -> int:
    """Make a commented start for a questionnaire of your own.

    \b
    Example:
      custfocus questionnaires new my-questionnaire.yaml
    """
    from custfocus_cli.commands.output import say
    from custfocus_cli.errors import CustfocusError
    from custfocus_cli.files.atomic import refuse_existing, save
    from custfocus_cli.files.writer import ENDINGS
    from custfocus_cli.packaged import shipped

    if not file.lower().endswith(ENDINGS):
        raise CustfocusError(
            f"{file} is not the name of a YAML file",
            f"give a name that ends in {' or '.join(ENDINGS)}",
        )
    refuse_existing(file, force=force)
    start = shipped("questionnaires") / "start" / "questionnaire.yaml"
    save(file, start.read_text(encoding="utf-8"))
    say(f"wrote {file}; change its texts, then: custfocus validate {file}", quiet=quiet)
    return 0


def schema(
    kind: Annotated[
        str, typer.Argument(metavar="KIND", help="model, questionnaire, assessment, scorecard ...")
    ],
) -> int:
    """Print the JSON Schema of a kind of file, for editors and programs.

    \b
    Example:
      custfocus questionnaires schema assessment
    """
    import json

    from custfocus_cli.documents.kinds import KINDS
    from custfocus_cli.errors import CustfocusError
    from custfocus_cli.render.schemas import RESULTS, write_schema

    kinds = (*KINDS, *RESULTS)
    if kind not in kinds:
        raise CustfocusError(f"no schema '{kind}'", f"there are {', '.join(kinds)}")
    print(json.dumps(write_schema(kind), ensure_ascii=False, indent=2))
    return 0


def export(
    questionnaire: ShippedOrPath,
    format: Annotated[str, options.choose_format((*EXPORT_PACKED, *EXPORT))],
    output: options.Output = None,
    roles: Annotated[
        str | None,
        typer.Option(
            "--roles",
            metavar="ID,...",
            help="The roles to choose from, instead of the questionnaire's own.",
        ),
    ] = None,
    groups: Annotated[
        str | None,
        typer.Option(
            "--groups", metavar="ID,...", help="Ask for one of these groups, such as depots."
        ),
    ] = None,
    quiet: options.Quiet = False,
) -> int:
    """Write a questionnaire as a survey for a server that you have.

    xlsform is for KoboToolbox, ODK Central and SurveyCTO, limesurvey and surveyjs for the servers
    of that name. Nobody is asked for a name, and nothing is uploaded.

    \b
    Example:
      custfocus questionnaires export team-36 -f xlsform -o team-36.xlsx
      custfocus questionnaires export team-36 -f limesurvey --groups north,south -o team-36.txt
    """
    from custfocus_cli.commands.output import write_result
    from custfocus_cli.errors import CustfocusError
    from custfocus_cli.files.catalogue import Catalogue
    from custfocus_cli.render.survey import view_survey

    if format in EXPORT_PACKED and output is None:
        raise CustfocusError(f"{format} is no text to print", "name a file: -o survey.xlsx")
    chosen = options.read_ids("--roles", roles), options.read_ids("--groups", groups)
    survey = view_survey(Catalogue().find(questionnaire), *chosen)
    write = EXPORT_PACKED.get(format) or EXPORT[format]
    write_result(write(survey), output, quiet=quiet)
    return 0
