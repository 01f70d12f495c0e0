"""How a report is to look, from what the command line names; and showing it in the browser."""

from __future__ import annotations

from pathlib import Path

from custfocus_cli.commands.options import STDOUT
from custfocus_cli.commands.output import say
from custfocus_cli.documents.fields import did_you_mean
from custfocus_cli.errors import CustfocusError
from custfocus_cli.files.branding import read_logo, read_templates, read_theme
from custfocus_cli.render.look import Look, Templates


def choose_look(audience: str, theme: str | None, logo: str | None, templates: str | None) -> Look:
    """The look of a report; the last three are paths of a file, of another, and of a folder.

    Raises BadInput with every problem of the theme, CustfocusError where one of them is unfit.
    """
    return Look(
        audience=audience,
        theme=read_theme(theme) if theme is not None else None,
        logo=read_logo(logo) if logo is not None else "",
        templates=_read_templates(templates) if templates is not None else None,
    )


def _read_templates(folder: str) -> Templates:
    from custfocus_cli.render.templates import list_templates

    texts, ours = read_templates(folder), list_templates()
    if not ours & texts.keys():
        hints = [did_you_mean(name, ours) for name in texts]
        raise CustfocusError(
            f"nothing in {folder} has the name of a template{next(filter(None, hints), '')}",
            f"there are {', '.join(sorted(ours))}",
        )
    return Templates(str(Path(folder)), texts)


def refuse_to_show(format: str, output: str | None) -> None:
    """Raise CustfocusError where no page is written that a browser could show."""
    if output in (None, *STDOUT) or format != "html":
        raise CustfocusError(
            "--open shows an HTML report that is written to a file", "name the file: -o report.html"
        )


def show_page(path: str, *, quiet: bool) -> None:
    """Show a page in the browser of whoever runs this."""
    import webbrowser

    if not webbrowser.open(Path(path).resolve().as_uri()):
        say(f"no browser was found; open {path} in one", quiet=quiet)
