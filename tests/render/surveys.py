"""Surveys to write: of the shipped questionnaires, of the small one, and of hostile ones."""

from __future__ import annotations

from functools import cache

import shipped
import smallmodel
from render.poison import Poisoner

from custfocus_cli.documents.definition import Definition, resolve
from custfocus_cli.documents.questionnaire import Questionnaire
from custfocus_cli.render.survey import Survey, view_survey

NAMES = tuple(
    path.stem
    for path in sorted(shipped.FOLDER.glob("*.yaml"))
    if path.read_text("utf-8").count("format: custfocus/questionnaire/1")
)

STARTS = ("", "=1+1 ", "+1 ", "-1 ", "@SUM ", "# ", "> ", "\t=1 ", '"', "{sv-1a} ", "${sv-1a} ")


def define_awkward() -> Definition:
    """The small questionnaire with ids and codes that no server takes as they are."""
    model, data = smallmodel.model_data(), smallmodel.questionnaire_data()
    for scale in model["scales"].values():
        scale["not_applicable"] = {"code": "Not-at-all", "label": "Does not apply"}
    renamed = {"g-1": "4.2", "g-2": "42", "g-p": f"p{'-long' * 9}", "w-1": "q1", "w-2": "q-1"}
    for block in data["items"].values():
        for cell in block.values():
            for item in cell if isinstance(cell, list) else ():
                item["id"] = renamed[item["id"]]
    data["items"]["waiting"]["placement"]["id"] = "token"
    data["language"] = "no such language"
    return smallmodel.definition(model, data)


def poison(shift: int) -> tuple[Definition, Poisoner]:
    """`interview-72` with every text of it and of its model hostile, and what was written."""
    poisoner = Poisoner(STARTS, shift)
    questionnaire: Questionnaire = shipped.read_questionnaire("interview-72")
    model = shipped.read_model()
    return resolve(poisoner.poison(questionnaire), poisoner.poison(model)), poisoner


@cache
def view_everything() -> dict[str, Survey]:
    """Every survey, by a name for it."""
    return {
        **{name: view_survey(shipped.read_definition(name)) for name in NAMES},
        "small": view_survey(smallmodel.definition(), groups=("north", "head-office")),
        "awkward": view_survey(define_awkward()),
        **{f"hostile {shift}": view_survey(poison(shift)[0]) for shift in (0, 5)},
    }
