"""A survey as the JSON that SurveyJS shows, one page after the other.

Titles are plain text there, but for a name in braces, which becomes what was answered to it: of
names and of nothing else braces are made, and so texts get round brackets instead.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape

from custfocus_cli.render.survey import Question, Survey
from custfocus_cli.wording.safety import safe_json

_ROUND = str.maketrans("{}", "()")


def write_survey(survey: Survey) -> str:
    """The definition of the survey."""
    tree = {
        "title": _calm(survey.title),
        "locale": survey.language,
        "showQuestionNumbers": False,
        "showProgressBar": True,
        "clearInvisibleValues": "onHidden",
        "pages": list(_list_pages(survey)),
    }
    return safe_json(json.dumps(tree, ensure_ascii=False, indent=2)) + "\n"


def _calm(text: str) -> str:
    return text.translate(_ROUND)


def _list_pages(survey: Survey) -> Iterator[dict[str, object]]:
    if survey.welcome:
        paragraphs = ("<br>".join(map(escape, lines)) for lines in survey.welcome)
        text = "".join(f"<p>{_calm(paragraph)}</p>" for paragraph in paragraphs)
        welcome = {"type": "html", "name": "WelcomeText", "html": text}
        yield {"name": "Welcome", "elements": [welcome]}
    for page in survey.pages:
        about = {"description": _calm(page.text)} if page.text else {}
        asked = [_ask(question) for question in page.questions]
        name = survey.name_page(page)
        yield {"name": name, "title": _calm(page.title), **about, "elements": asked}


def _ask(question: Question) -> dict[str, object]:
    asked: dict[str, object] = {
        "type": "radiogroup" if question.options else "comment",
        "name": question.name,
        "title": _calm(question.text),
    }
    if question.help:
        asked["description"] = _calm(question.help)
    if question.options:
        asked["choices"] = [{"value": o.code, "text": _calm(o.text)} for o in question.options]
    if question.condition is not None:
        name, code = question.condition
        asked |= {"visibleIf": f"{{{name}}} = '{code}'", "isRequired": True}
    return asked
