"""A survey as an XLSForm, the workbook that KoboToolbox, ODK Central and SurveyCTO take.

Written as XLSX, because that is what all of them take on their upload page; the CSV that a
converter on one's own machine reads as well, they do not. https://xlsform.org says what each column
means.

A name is the id itself: names of XForms may hold letters, digits, `-`, `_` and `.`, and begin with
a letter or `_`. So an id comes back as the heading of its column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from custfocus_cli.render.survey import Option, Page, Question, Survey
from custfocus_cli.render.xlsx import write_workbook

SURVEY: Final = ("type", "name", "label", "hint", "required", "relevant", "appearance")
CHOICES: Final = ("list_name", "name", "label")
SETTINGS: Final = ("form_title", "form_id", "version", "style")

_ON_ONE_PAGE: Final = "field-list"

# A reference to another answer, the target of a link, the beginning of a tag: what a label shows
# as something else than its letters. They are spaced out.
_ACTING: Final = re.compile(r"\$(?=\{)|\](?=\()|<(?=[a-zA-Z/!?])")

Lists = Mapping[tuple[Option, ...], str]


def write_survey(survey: Survey) -> bytes:
    """The workbook."""
    lists = _name_lists(survey)
    choices = (
        (name, option.code, _calm(option.text))
        for options, name in lists.items()
        for option in options
    )
    return write_workbook(
        {
            "survey": (SURVEY, *_list_rows(survey, lists)),
            "choices": (CHOICES, *choices),
            "settings": (SETTINGS, (_calm(survey.title), survey.id, survey.version, "pages")),
        }
    )


def _calm(text: str) -> str:
    return _ACTING.sub(lambda match: f"{match[0]} ", text)


def _name(name: str) -> str:
    """The name of a question as a name of XForms; ids begin with a letter or a digit."""
    return f"_{name}" if name[0].isdigit() else name


def _name_lists(survey: Survey) -> Lists:
    """A name for each different list of options."""
    asked = (question for page in survey.pages for question in page.questions)
    lists = dict.fromkeys(question.options for question in asked if question.options)
    return {options: f"answers{number}" for number, options in enumerate(lists, start=1)}


def _list_rows(survey: Survey, lists: Lists) -> Iterator[tuple[str, ...]]:
    yield _open_group("Welcome", survey.title)
    for number, lines in enumerate(survey.welcome, start=1):
        yield _row("note", f"Welcome{number}", "\n".join(lines))
    yield ("end_group",)
    for page in survey.pages:
        yield from _list_page(survey.name_page(page), page, lists)


def _list_page(name: str, page: Page, lists: Lists) -> Iterator[tuple[str, ...]]:
    yield _open_group(name, page.title)
    if page.text:
        yield _row("note", f"{name}Note", page.text)
    for question in page.questions:
        yield _ask(question, lists)
    yield ("end_group",)


def _ask(question: Question, lists: Lists) -> tuple[str, ...]:
    kind = f"select_one {lists[question.options]}" if question.options else "text"
    needed = question.condition
    return _row(
        kind,
        _name(question.name),
        question.text,
        question.help,
        "yes" if needed else "",
        f"${{{_name(needed.name)}}} = '{needed.code}'" if needed else "",
    )


def _open_group(name: str, title: str) -> tuple[str, ...]:
    return (*_row("begin_group", name, title), "", "", _ON_ONE_PAGE)


def _row(kind: str, name: str, label: str, hint: str = "", *more: str) -> tuple[str, ...]:
    """A row of the sheet of questions as far as it is filled."""
    return (kind, name, _calm(label), _calm(hint), *more)
