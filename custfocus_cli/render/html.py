"""The report as one HTML file: no script, no request, nothing that acts.

Autoescape is on for every template, and what could act on a log that shows the page is written as
a character reference, which reads the same.
"""

from __future__ import annotations

import base64
import hashlib
import unicodedata

from markupsafe import Markup, escape

from custfocus_cli.render.report import write_report as view_report
from custfocus_cli.render.templates import make_environment, read_template
from custfocus_cli.scoring.scorecard import Scorecard
from custfocus_cli.wording.safety import clean
from custfocus_cli.wording.sections import SECTIONS


def write_report(card: Scorecard) -> str:
    """The gap report."""
    environment = make_environment(_escape)
    environment.filters |= {"short": _shorten, "tenth": _round}
    style = read_template("report.css")
    return environment.get_template("report.html.j2").render(
        report=view_report(card),
        sections=SECTIONS,
        style=Markup(style),  # noqa: S704 - our own file
        policy=write_policy(style),
    )


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
