"""SurveyJS: what its own library, survey-core, makes of every questionnaire.

SURVEY_CORE names the folder of the library, as `.ci/run` fetches it (`npm install survey-core`); it
wants node. Without it these tests are skipped, which --no-skips makes a failure.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
import smallmodel
from render.surveys import view_everything

from custfocus_cli.render.survey import view_survey
from custfocus_cli.render.surveyjs import write_survey

SURVEY_CORE = os.environ.get("SURVEY_CORE", "")
with_library = pytest.mark.skipif(not SURVEY_CORE, reason="SURVEY_CORE names no survey-core")
SCRIPT = Path(__file__).with_name("surveyjs.js")
SURVEYS = view_everything()
ROUND = str.maketrans("{}", "()")


def run(text: str, folder: Path) -> Any:
    """What the script tells of a survey, as JSON."""
    file = folder / "survey.json"
    file.write_text(text, encoding="utf-8")
    ran = subprocess.run(
        ["node", SCRIPT, Path(SURVEY_CORE).resolve(), file],
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=60,
    )
    return json.loads(ran.stdout)


@with_library
@pytest.mark.parametrize("name", SURVEYS)
def test_survey_core_shows_every_question_as_it_is_written(name: str, tmp_path: Path) -> None:
    survey = SURVEYS[name]
    told = run(write_survey(survey), tmp_path)
    asked = [question for page in survey.pages for question in page.questions]
    assert told["errors"] == []
    assert told["hidden"] == [question.name for question in asked if question.condition]
    # Each has its last answer: does not apply, where that may be answered.
    last = {question.name: question.options[-1].code for question in asked if question.options}
    assert told["data"] == last
    assert told["questions"] == [
        {
            "name": question.name,
            "title": question.text.translate(ROUND),
            "choices": [[code, text.translate(ROUND)] for code, text in question.options],
            "shown": True,
            "required": question.condition is not None,
        }
        for question in asked
    ]
    assert told["pages"][1:] == [page.title.translate(ROUND) for page in survey.pages]


@with_library
def test_a_planted_error_is_found(tmp_path: Path) -> None:
    text = write_survey(SURVEYS["small"]).replace('"isRequired"', '"isRequred"', 1)
    assert run(text, tmp_path)["errors"] != []


def test_the_whole_definition() -> None:
    data = smallmodel.questionnaire_data() | {"title": "A {desk}"}
    del data["items"]["waiting"], data["balance"], data["items"]["greeting"]["perception"]
    del data["items"]["greeting"]["good"]
    definition = smallmodel.definition(questionnaire=data)
    welcome = "<p>How far?<br>No<br>Half<br>Yes<br>DK Don&#x27;t know<br>NA Does not apply</p>"
    assert json.loads(write_survey(view_survey(definition))) == {
        "title": "A (desk)",
        "locale": "en",
        "showQuestionNumbers": False,
        "showProgressBar": True,
        "clearInvisibleValues": "onHidden",
        "pages": [
            {
                "name": "Welcome",
                "elements": [{"type": "html", "name": "WelcomeText", "html": welcome}],
            },
            {
                "name": "Part1",
                "title": "Greeting",
                "elements": [
                    {
                        "type": "radiogroup",
                        "name": "g-1",
                        "title": "[g-1] Guests are greeted.",
                        "description": "How far?",
                        "choices": [
                            {"value": "no", "text": "No"},
                            {"value": "half", "text": "Half"},
                            {"value": "yes", "text": "Yes"},
                            {"value": "DK", "text": "DK - Don't know"},
                            {"value": "NA", "text": "NA - Does not apply"},
                        ],
                    },
                    {
                        "type": "comment",
                        "name": "g-1-REASON",
                        "title": "[g-1-REASON] Why does this not apply?",
                        "description": "A few words are enough. Please name nobody.",
                        "visibleIf": "{g-1} = 'NA'",
                        "isRequired": True,
                    },
                ],
            },
        ],
    }
