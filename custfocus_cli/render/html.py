"""The report as one HTML file: no script, no request, nothing that acts.

Autoescape is on for every template, and what could act on a log that shows the page is written as
a character reference, which reads the same.
"""

from __future__ import annotations

import base64
import hashlib
from typing import Final

from markupsafe import Markup, escape

from custfocus_cli.render.brand import show_brand, write_theme_style
from custfocus_cli.render.look import TEMPLATES, Look
from custfocus_cli.render.report import Report
from custfocus_cli.render.templates import make_environment, read_template, render_template
from custfocus_cli.wording.phrases import cut
from custfocus_cli.wording.safety import clean
from custfocus_cli.wording.sections import SECTIONS


def write_report(report: Report, look: Look) -> str:
    """The gap report as a page."""
    environment = make_environment(_escape, look.templates)
    environment.filters |= {"cut": cut, "tenth": _round}
    style = _write_style(look)
    values = {
        "report": report,
        "sections": SECTIONS,
        "audience": look.audience,
        "brand": show_brand(look),
        "style": Markup(style),  # noqa: S704 - our own file, or one that its owner trusts
        "policy": write_policy(style),
    }
    return render_template(
        environment, f"{TEMPLATES[look.audience]}.html.j2", values, look.templates
    )


def _write_style(look: Look) -> str:
    """The style of the page: ours or the firm's own, and then its theme."""
    own = look.templates.texts if look.templates else {}
    style = own.get(STYLE) or read_template(STYLE)
    return style + (write_theme_style(look.theme) if look.theme else "")


STYLE: Final = "report.css"


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


def _round(value: float) -> str:
    """A coordinate with one decimal."""
    return f"{value:.1f}"
