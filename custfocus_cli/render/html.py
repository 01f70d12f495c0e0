"""Every page as one HTML file: no request, nothing that acts, no script but that of the form.

Autoescape is on for every template, and what could act on a log that shows the page is written as
a character reference, which reads the same.
"""

from __future__ import annotations

import base64
import hashlib
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from jinja2 import Environment
from markupsafe import Markup, escape

from custfocus_cli import __version__
from custfocus_cli.changes.sides import Diff
from custfocus_cli.documents.definition import Definition
from custfocus_cli.documents.sessions import Sitting
from custfocus_cli.render.brand import show_brand, write_theme_style
from custfocus_cli.render.form import Handout, view_form
from custfocus_cli.render.gate_letter import view_diff
from custfocus_cli.render.look import TEMPLATES, Look, Templates
from custfocus_cli.render.questionnaire import view_questionnaire
from custfocus_cli.render.report import Report
from custfocus_cli.render.sheet import FIELDS, GUIDE, KIND, view_sheet
from custfocus_cli.render.templates import make_environment, read_template, render_template
from custfocus_cli.wording.phrases import cut
from custfocus_cli.wording.safety import clean, unbracket
from custfocus_cli.wording.sections import SECTIONS


def write_report(report: Report, look: Look) -> str:
    """The gap report as a page."""
    values = {
        "report": report,
        "sections": SECTIONS,
        "audience": look.audience,
        "brand": show_brand(look),
    }
    foot = f"{report.organisation}: {report.title}, {report.day}"
    return _render(TEMPLATES[look.audience], "report", values, foot=foot, look=look)


def write_questionnaire(definition: Definition) -> str:
    """A questionnaire as a page to read or print."""
    shown = view_questionnaire(definition)
    return _render("questionnaire", "sheet", {"shown": shown}, foot=shown.title)


def write_sheet(sitting: Sitting) -> str:
    """The interview sheet of the people of some sessions or roles."""
    shown = view_sheet(sitting)
    values = {"sheet": shown, "kind": KIND, "fields": FIELDS, "guide": GUIDE}
    return _render("sheet", "sheet", values, foot=f"{KIND}: {shown.title}")


def write_form(definition: Definition, handout: Handout) -> str:
    """A questionnaire as a page that is answered in a browser: the one page with a script."""
    shown = view_form(definition, handout)
    script = read_template("form.js")
    values = {
        "form": shown,
        "data": Markup(shown.data),  # noqa: S704 - JSON without a sign of HTML
        "script": Markup(script),  # noqa: S704 - our own file
    }
    return _render("form", "form", values, foot=shown.title, script=script)


def write_diff(diff: Diff) -> str:
    """What changed and what the gate says, as a page."""
    view = view_diff(diff)
    foot = f"{view.kind}: {view.organisation}"
    return _render("gate", "report", {"view": view, "sections": SECTIONS}, foot=foot)


_PLAIN: Final = Look()


def _render(
    template: str,
    style_sheet: str,
    values: Mapping[str, object],
    *,
    foot: str = "",
    look: Look = _PLAIN,
    script: str = "",
) -> str:
    """The template in the style that all pages share, one of its own, and a firm's theme.

    `foot` stands at the foot of each page on paper; `script` is what the page may run.
    """
    own = look.templates
    environment = _make_environment(own) if own else _find_environment()
    style = _write_style(("page.css", f"{style_sheet}.css"), foot, look)
    shared = {
        "style": Markup(style),  # noqa: S704 - our own files or trusted ones; a text without signs
        "policy": write_policy(style, script),
        "tool": f"custfocus {__version__}",
    }
    return render_template(environment, f"{template}.html.j2", {**values, **shared}, own)


@cache
def _find_environment() -> Environment:
    """The environment of the shipped templates, made once: compiling them takes the longest."""
    return _make_environment(None)


def _make_environment(own: Templates | None) -> Environment:
    environment = make_environment(_escape, own)
    environment.filters |= {"cut": cut, "fit": _fit, "tenth": _round}
    return environment


def _write_style(names: Sequence[str], foot: str, look: Look) -> str:
    """The style of a page: of each sheet ours or the firm's own, its foot, and then its theme."""
    own = look.templates.texts if look.templates else {}
    style = "".join(own.get(name) or read_template(name) for name in names) + _write_foot(foot)
    return style + (write_theme_style(look.theme) if look.theme else "")


def _write_foot(text: str) -> str:
    """The rule that puts a text at the foot of each printed page, every sign of it by its number.

    Written so, no text can end the string, the rule or the element that it stands in.
    """
    signs = "".join(f"\\{ord(sign):06x}" for sign in cut(clean(text), 100))
    return f'@page {{ @bottom-left {{ content: "{signs}"; }} }}\n' if signs else ""


def write_policy(style: str, script: str = "") -> str:
    """The content security policy of a page that has this style and script and nothing else."""
    runs = f" script-src '{_hash(script)}';" if script else ""
    return (
        f"default-src 'none';{runs} style-src '{_hash(style)}'; img-src data:; base-uri 'none';"
        " form-action 'none'"
    )


def _hash(text: str) -> str:
    """A text as a policy names it."""
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"sha256-{digest}"


def _escape(text: str) -> Markup:
    """The text as the page may hold it."""
    written = unbracket(str(escape(clean(text))), "&#91;").replace("::", "&#58;:")
    return Markup(written)  # noqa: S704 - escaped in the line above


def _fit(text: str, most: int) -> str:
    """The text cut to a width in small letters, for a chart whose labels cannot wrap."""
    one_line = " ".join(clean(text).split())
    if sum(map(_measure, one_line)) <= most:
        return one_line
    kept, room = "", most - 2.0
    for character in one_line:
        room -= _measure(character)
        if room < 0:
            break
        kept += character
    return f"{kept.rstrip()}…"


def _measure(character: str) -> float:
    """The width of a character in small letters, as usual typefaces draw it; rather too much."""
    if unicodedata.east_asian_width(character) in "WF" or character in "mMW@%":
        return 2
    if unicodedata.combining(character):
        return 0
    return 1 if character.islower() or character in " .,:;!'()" else 1.5


def _round(value: float) -> str:
    """A coordinate with one decimal."""
    return f"{value:.1f}"
