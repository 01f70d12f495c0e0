"""A survey as the tab-separated file that LimeSurvey imports (`Create survey`, `Import`).

Every text is HTML there, and a brace begins an expression: both are escaped, and so is what a
spreadsheet takes for a formula. No cell holds a tab, a quote or the end of a line, and so none is
quoted.

Codes of questions are letters and digits, begin with a letter and have at most 20; codes of answers
have at most 5, and the importer passes over longer ones without a word. Where an id
or a code does not fit, a number takes its place; the texts hold what was meant.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from html import escape
from itertools import count
from typing import Final, NamedTuple

from custfocus_cli.render.csv import FORMULA
from custfocus_cli.render.survey import Question, Survey

# LimeSurvey's own letters, which have nothing to do with the codes of answers.
_YES, _NO = "YN"
_LIST, _WORDS, _BY_GROUP, _NAME_AND_TEXT = "LTGB"

# One page after the other, and nothing kept that tells who answered, from where or when.
SETTINGS: Final[Mapping[str, str]] = {
    "format": _BY_GROUP,
    "anonymized": _YES,
    "datestamp": _NO,
    "ipaddr": _NO,
    "refurl": _NO,
    "savetimings": _NO,
    "usecookie": _NO,
    "allowprev": _YES,
    "showwelcome": _YES,
    "showprogress": _YES,
    "showgroupinfo": _NAME_AND_TEXT,
}

SAMPLE: Final = 1000
"""How many bytes at the start the importer looks at to guess the encoding."""

_QUESTION: Final = re.compile(r"[A-Za-z][A-Za-z0-9]{0,19}")
_ANSWER: Final = re.compile(r"[A-Za-z0-9]{1,5}")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,16})?")
_TAKEN: Final = frozenset(
    (
        *("lang", "sid", "savedid", "token", "qid", "gid", "sgq", "self", "that", "this"),
        *("id", "submitdate", "lastpage", "startlanguage", "seed", "startdate", "datestamp"),
    )
)
"""Codes that mean something to LimeSurvey already, or stand above a column of its own."""


class Row(NamedTuple):
    """A line of the file; its fields are the columns."""

    kind: str
    scale: str = ""
    name: str = ""
    relevance: str = ""
    text: str = ""
    help: str = ""
    language: str = ""
    validation: str = ""
    mandatory: str = ""
    other: str = ""
    default: str = ""
    same_default: str = ""


COLUMNS: Final = Row("class", "type/scale", *Row._fields[2:])


def write_survey(survey: Survey) -> str:
    """The file, with a byte order mark in front."""
    language = survey.language if _LANGUAGE.fullmatch(survey.language) else "en"
    rows = (row._replace(language=language) for row in _list_rows(survey, language))
    lines = ("\t".join(row) for row in (COLUMNS, *rows))
    return "\ufeff" + "".join(_keep_ascii(f"{line}\n" for line in lines))


def _keep_ascii(lines: Iterable[str]) -> Iterator[str]:
    """The lines, those that begin within the sample in ASCII.

    A letter of several bytes that the end of the sample cuts would be taken for another encoding.
    Only texts hold such letters, and they are HTML.
    """
    size = 0
    for line in lines:
        ascii_alone = line.encode("ascii", "xmlcharrefreplace").decode("ascii")
        yield ascii_alone if size < SAMPLE else line
        size += len(ascii_alone)


def _list_rows(survey: Survey, language: str) -> Iterator[Row]:
    for name, value in {"language": language, **SETTINGS}.items():
        yield Row("S", name=name, text=value)
    yield Row("SL", name="surveyls_title", text=_html(survey.title))
    paragraphs = ("<br>".join(map(_html, lines)) for lines in survey.welcome)
    welcome = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    yield Row("SL", name="surveyls_welcometext", text=welcome)
    codes = _code_everything(survey)
    for number, page in enumerate(survey.pages, start=1):
        yield Row("G", str(number), _html(page.title), "1", _html(page.text))
        for question in page.questions:
            yield from _ask(question, codes)


class Codes(NamedTuple):
    """The codes of the questions by name, and those of each question's answers by code."""

    questions: Mapping[str, str]
    answers: Mapping[str, Mapping[str, str]]


def _code_everything(survey: Survey) -> Codes:
    asked = [question for page in survey.pages for question in page.questions]
    return Codes(
        _choose_codes((each.name for each in asked), _QUESTION, "q", _TAKEN),
        {
            each.name: _choose_codes((option.code for option in each.options), _ANSWER, "x")
            for each in asked
        },
    )


def _choose_codes(
    names: Iterable[str], form: re.Pattern[str], letter: str, taken: Collection[str] = ()
) -> Mapping[str, str]:
    """A code of that form for each name: its own letters and digits, or a number behind `letter`.

    Its own where they fit and no other name has the same, whatever the case.
    """
    plain = {name: re.sub("[^A-Za-z0-9]", "", name) for name in names}
    met = Counter(code.lower() for code in plain.values())
    met.update(taken)
    free = (f"{letter}{number}" for number in count(1) if f"{letter}{number}" not in met)
    return {
        name: code if form.fullmatch(code) and met[code.lower()] == 1 else next(free)
        for name, code in plain.items()
    }


def _ask(question: Question, codes: Codes) -> Iterator[Row]:
    """A question and its answers; `NAOK` lets the condition be read while nothing is answered."""
    needed = question.condition
    relevance = "1"
    if needed:
        answer = codes.answers[needed.name][needed.code]
        relevance = f"{codes.questions[needed.name]}.NAOK == '{answer}'"
    yield Row(
        "Q",
        _LIST if question.options else _WORDS,
        codes.questions[question.name],
        relevance,
        _html(question.text),
        _html(question.help),
        mandatory=_YES if needed else _NO,
        other=_NO,
    )
    for option in question.options:
        answer = codes.answers[question.name][option.code]
        yield Row("A", "0", answer, text=_html(option.text))


def _html(text: str) -> str:
    """The text as HTML that neither LimeSurvey nor a spreadsheet takes for anything else."""
    escaped = escape(text).replace("{", "&#123;").replace("}", "&#125;")
    return f"&#{ord(text[0])};{escaped[1:]}" if text.startswith(FORMULA) else escaped
