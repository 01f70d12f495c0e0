"""Every page as one HTML file: no script, no request, nothing that acts.

Autoescape is on for every template, and what could act on a log that shows the page is written as
a character reference, which reads the same.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence

from markupsafe import Markup, escape

from custfocus_cli import __version__
from custfocus_cli.changes.sides import Diff
from custfocus_cli.documents.definition import Definition
from custfocus_cli.documents.sessions import Sitting
from custfocus_cli.render.gate_letter import view_diff
from custfocus_cli.render.questionnaire import view_questionnaire
from custfocus_cli.render.report import write_report as view_report
from custfocus_cli.render.sheet import FIELDS, GUIDE, KIND, view_sheet
from custfocus_cli.render.templates import make_environment, read_template
from custfocus_cli.scoring.scorecard import Scorecard
from custfocus_cli.wording.safety import clean
from custfocus_cli.wording.sections import SECTIONS


def write_report(card: Scorecard, history: Sequence[Scorecard] = ()) -> str:
    """The gap report; `history` are the results before, the oldest first."""
    return _render("report", report=view_report(card, history), sections=SECTIONS)


def write_questionnaire(definition: Definition) -> str:
    """A questionnaire as a page to read or print."""
    shown = view_questionnaire(definition)
    return _render("questionnaire", "sheet", shown.title, shown=shown)


def write_sheet(sitting: Sitting) -> str:
    """The interview sheet of the people of some sessions or roles."""
    shown = view_sheet(sitting)
    foot = f"{KIND}: {shown.title}"
    return _render("sheet", "sheet", foot, sheet=shown, kind=KIND, fields=FIELDS, guide=GUIDE)


def write_diff(diff: Diff) -> str:
    """What changed and what the gate says, as a page."""
    view = view_diff(diff)
    foot = f"{view.kind}: {view.organisation}"
    return _render("gate", "report", foot, view=view, sections=SECTIONS)


def _render(template: str, style_sheet: str = "report", foot: str = "", **values: object) -> str:
    """The template in the style that all pages share and one of its own.

    `foot` stands at the foot of each page on paper.
    """
    environment = make_environment(_escape)
    environment.filters |= {"short": _shorten, "tenth": _round}
    style = read_template("page.css") + read_template(f"{style_sheet}.css") + _write_foot(foot)
    return environment.get_template(f"{template}.html.j2").render(
        style=Markup(style),  # noqa: S704 - our own files, and a text of which no sign is left
        policy=write_policy(style),
        tool=f"custfocus {__version__}",
        **values,
    )


def _write_foot(text: str) -> str:
    """The rule that puts a text at the foot of each printed page, every sign of it by its number.

    Written so, no text can end the string, the rule or the element that it stands in.
    """
    signs = "".join(f"\\{ord(sign):06x}" for sign in _shorten(text, 100))
    return f'@page {{ @bottom-left {{ content: "{signs}"; }} }}\n' if signs else ""


def write_policy(style: str) -> str:
    """The content security policy of a page that has this style and nothing else."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none';"
        " form-action 'none'"
    )


def _escape(text: str) -> Markup:
    """The text as the page may hold it."""
    written = str(escape(clean(text))).replace("##[", "##&#91;").replace("::", "&#58;:")
    return Markup(written)  # noqa: S704 - escaped in the line above


def _shorten(text: str, most: int) -> str:
    """The text cut to a number of characters, for a chart whose labels cannot wrap."""
    one_line = " ".join(clean(text).split())
    return one_line if len(one_line) <= most else f"{one_line[: most - 1].rstrip()}…"


def _round(value: float) -> str:
    """A coordinate with one decimal."""
    return f"{value:.1f}"
