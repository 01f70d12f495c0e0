"""The report as one HTML file: no script, no request, nothing that acts.

Autoescape is on for every template, and what could act on a log that shows the page is written as
a character reference, which reads the same.
"""

from __future__ import annotations

import base64
import hashlib

from markupsafe import Markup, escape

from custfocus_cli.render.look import Look
from custfocus_cli.render.report import Report
from custfocus_cli.render.templates import make_environment, read_template
from custfocus_cli.wording.safety import clean
from custfocus_cli.wording.sections import SECTIONS


def write_report(report: Report, look: Look) -> str:
    """The gap report as a page."""
    environment = make_environment(_escape)
    environment.filters |= {"short": _shorten, "tenth": _round}
    style = read_template("report.css")
    return environment.get_template("report.html.j2").render(
        report=report,
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
    """The text cut to a number of characters, for a chart whose labels cannot wrap."""
    one_line = " ".join(clean(text).split())
    return one_line if len(one_line) <= most else f"{one_line[: most - 1].rstrip()}…"


def _round(value: float) -> str:
    """A coordinate with one decimal."""
    return f"{value:.1f}"
