"""Reports, plans and questionnaires as Markdown that reads well as it is and as a page.

Every value is escaped unless a filter of ours has written it: texts of users are shown and never
become a heading, a list, a link, a mention, HTML or a column.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from jinja2 import Environment
from markupsafe import Markup

from custfocus_cli import __version__
from custfocus_cli.changes.sides import Check, Diff
from custfocus_cli.documents.definition import Definition
from custfocus_cli.documents.sessions import Sitting
from custfocus_cli.render.brand import show_brand
from custfocus_cli.render.comment import fit
from custfocus_cli.render.gate_letter import GateLetter, view_check, view_diff
from custfocus_cli.render.look import TEMPLATES, Look, Templates
from custfocus_cli.render.narrative import (
    describe_source,
    find_sections,
    write_notices,
    write_verdict,
)
from custfocus_cli.render.picture import Row
from custfocus_cli.render.questionnaire import Asked, Heading, view_questionnaire, walk_page
from custfocus_cli.render.record import write_record
from custfocus_cli.render.report import Report
from custfocus_cli.render.sheet import FIELDS, GUIDE, KIND, view_sheet
from custfocus_cli.render.tables import Table
from custfocus_cli.render.templates import make_environment, render_template
from custfocus_cli.render.units import view_units
from custfocus_cli.render.workplan import find_cautions_first, plan_work, say_nothing_left
from custfocus_cli.scoring.scorecard import Scorecard
from custfocus_cli.scoring.units import Comparison
from custfocus_cli.wording.phrases import cut, long_date
from custfocus_cli.wording.safety import clean
from custfocus_cli.wording.sections import SECTIONS

# A line to write on. Behind a blank, and with nothing after it, it is neither emphasis nor a rule.
_RULE = Markup("_" * 60)  # noqa: S704 - see above


def write_report(report: Report, look: Look) -> str:
    """The gap report."""
    values = {
        "report": report,
        "sections": report.sections,
        "audience": look.audience,
        "brand": show_brand(look),
    }
    return _render(f"{TEMPLATES[look.audience]}.md.j2", values, look.templates)


def write_plan(card: Scorecard) -> str:
    """The work plan as a checklist."""
    record = write_record(card)
    values = {
        "organisation": card.panel.organisation,
        "facts": describe_source(card),
        "day": long_date(card.panel.date),
        "tool": f"custfocus {__version__}",
        "verdict": write_verdict(card, record),
        "cautions": tuple(find_cautions_first(card)),
        "steps": plan_work(card, record),
        "nothing_left": say_nothing_left(card),
        "sections": find_sections(card),
        "notices": write_notices(card),
    }
    return _render("plan.md.j2", values)


def write_questionnaire(definition: Definition) -> str:
    """A questionnaire as a page to read or print."""
    blocks = []
    for line in walk_page(view_questionnaire(definition)):
        match line:
            case Heading(level, text):
                blocks.append(f"{'#' * level} {escape(text)}\n")
            case Asked(name, text, facts):
                blocks.append(f"- **{escape(name)}** {escape(text)}")
                blocks += [f"    - {escape(word)}: {escape(fact)}" for word, fact in facts]
                blocks[-1] += "\n"
            case str():
                blocks.append(f"{escape(line)}\n")
    return "\n".join(blocks)


def write_sheet(sitting: Sitting) -> str:
    """The interview sheet of the people of some sessions or roles."""
    values = {
        "sheet": view_sheet(sitting),
        "kind": KIND,
        "fields": FIELDS,
        "guide": GUIDE,
        "rule": _RULE,
    }
    return _render("sheet.md.j2", values)


def write_diff(diff: Diff) -> str:
    """What changed and what the gate says; it fits a comment on a pull request."""
    return _write_gate(view_diff(diff))


def write_check(check: Check) -> str:
    """What the gate says of one result; it fits a comment on a pull request."""
    return _write_gate(view_check(check))


def write_comparison(comparison: Comparison) -> str:
    """Units side by side."""
    return _render(
        "units.md.j2", {"view": view_units(comparison), "tool": f"custfocus {__version__}"}
    )


_MOST_NAMED: Final = 500
_MOST_TOLD: Final = 2_000
"""Characters of a name and of the verdict: longer ones would leave no room for anything else."""


def _write_gate(view: GateLetter) -> str:
    view = view._replace(
        organisation=cut(view.organisation, _MOST_NAMED), verdict=cut(view.verdict, _MOST_TOLD)
    )
    return fit(_render("gate.md.j2", {"view": view, "tool": f"custfocus {__version__}"}))


def _render(template: str, values: Mapping[str, object], own: Templates | None = None) -> str:
    """The template with these values, without the blank lines that conditions leave behind."""
    environment = _make_environment(own) if own else _find_environment()
    text = render_template(environment, template, {"sections": SECTIONS, **values}, own)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


@cache
def _find_environment() -> Environment:
    """The environment of the shipped templates, made once: compiling them takes the longest."""
    return _make_environment(None)


def _make_environment(own: Templates | None) -> Environment:
    environment = make_environment(escape, own)
    environment.filters |= {"code": write_code, "cut": cut, "bar": draw_bar}
    environment.globals["table"] = write_table
    return environment


ACTS_ANYWHERE = re.compile(r"([\\`*_\[\]<>|~$#])")
# A character reference, a command to a build log, an address that would become a link.
ACTS_BEFORE = re.compile(r"&(?=#?\w+;)|:(?=:|//)|(?<=\S)\.(?=[^\W\d])")
# A mention, a reference to an issue, a short name of an emoji: acted upon after Markdown is read,
# so that no backslash helps. A comment parts the sign from the word, and is shown by nothing.
ACTS_AFTERWARDS = re.compile(r"[@#](?=\w)|:(?=[\w+-]+:)")
# A heading, a quote, a list, a rule, at the start of a line.
ACTS_AT_START = re.compile(r"^(?:[+=-]|\d{1,9}(?=[.)](?:\s|$)))")


def escape(text: str) -> Markup:
    """The text on one line, as Markdown that shows exactly it."""
    line = " ".join(clean(text).split())
    line = ACTS_ANYWHERE.sub(r"\\\1", line)
    line = ACTS_BEFORE.sub(r"\\\g<0>", line)
    line = ACTS_AFTERWARDS.sub(r"\g<0><!-- -->", line)
    return Markup(ACTS_AT_START.sub(_escape_start, line))  # noqa: S704 - escaped for Markdown


def _escape_start(match: re.Match[str]) -> str:
    """A sign behind a backslash; of a number, the backslash stands before the dot that follows."""
    found = match[0]
    return f"{found}\\" if found.isdigit() else f"\\{found}"


WIDEST = 48
"""To how many columns the cells of a table are filled up; a longer one stands out on the right."""


def write_table(
    table: Table, drawn: Sequence[Markup] = (), title: str = "", most: int = 20_000
) -> Markup:
    """The table, in columns that stand straight as plain text too.

    Each cell is cut to `most` characters. What is drawn, one mark of Markdown for each row, becomes
    a second column with this title. Where Markdown is set on paper, the dashes under a title are
    the share of its column.
    """
    kinds = [column.kind for column in table.columns]
    rows = [[escape(column.title) for column in table.columns]]
    rows += [[escape(cut(cell, most)) for cell in row] for row in table.rows]
    if drawn:
        kinds.insert(1, "text")
        for row, mark in zip(rows, (escape(title), *drawn), strict=True):
            row.insert(1, mark)
    widths = [min(WIDEST, max(6, *map(_measure, cells))) for cells in zip(*rows, strict=True)]
    shapes = [(width, kind == "number") for width, kind in zip(widths, kinds, strict=True)]
    rule = [f"{'-' * (width - 1)}{':' if right else '-'}" for width, right in shapes]
    lines = [[_fill(cell, *shape) for cell, shape in zip(row, shapes, strict=True)] for row in rows]
    text = "\n".join(f"| {' | '.join(line)} |" for line in (lines[0], rule, *lines[1:]))
    return Markup(f"{text}\n")  # noqa: S704 - every cell is escaped


def _measure(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(1 + (unicodedata.east_asian_width(each) in "WF") for each in text)


def _fill(text: str, width: int, right: bool) -> str:
    blank = " " * (width - _measure(text))
    return f"{blank}{text}" if right else f"{text}{blank}"


def draw_bar(row: Row) -> Markup:
    """A characteristic's way from stage 0 to the top, with as many signs for every stage."""
    low, high = row.reading.stage_low or 0, row.reading.stage_high or 0
    signs = (
        "#" if stage < low else "?" if stage < high else "-" if stage < (row.target or 0) else "_"
        for stage in range(row.top)
    )
    return write_code("".join(sign * (4 if row.top <= 4 else 2) for sign in signs))


def write_code(name: str) -> Markup:
    """An id as code; its pattern leaves nothing that could act there."""
    return Markup(f"`{name}`")  # noqa: S704 - see above
