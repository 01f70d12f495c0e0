"""The smallest model and questionnaire that show every rule, as plain data to change in a test."""

from __future__ import annotations

import copy
from typing import Any

from custfocus_cli.documents.definition import Definition, resolve
from custfocus_cli.documents.model import Model
from custfocus_cli.documents.questionnaire import Questionnaire

MODEL: dict[str, Any] = {
    "format": "custfocus/model/1",
    "id": "reception",
    "version": "1.0.0",
    "title": "Reception",
    "stage_zero": {"id": "none", "name": "Nothing yet"},
    "stages": [{"id": "basic", "name": "Basic"}, {"id": "good", "name": "Good"}],
    "areas": [{"id": "desk", "name": "Desk"}],
    "characteristics": [
        {"id": "greeting", "name": "Greeting", "area": "desk"},
        {"id": "waiting", "name": "Waiting", "area": "desk"},
    ],
    "scales": {
        "degree": {
            "question": "How far?",
            "options": [
                {"code": "no", "points": "0", "label": "No"},
                {"code": "half", "points": "1", "label": "Half"},
                {"code": "yes", "points": "2", "label": "Yes"},
            ],
            "dont_know": {"code": "DK", "label": "Don't know"},
            "not_applicable": {"code": "NA", "label": "Does not apply"},
        },
        "often": {
            "question": "How often?",
            "options": [
                {"code": "never", "points": "0", "label": "Never"},
                {"code": "daily", "points": "1", "label": "Daily"},
            ],
            "dont_know": {"code": "DK", "label": "Don't know"},
        },
    },
    "stage_scale": "degree",
    "evidence_levels": [
        {"level": "0", "label": "Said"},
        {"level": "1", "label": "Seen"},
    ],
    "scoring": {"gate": {"every": "yes"}, "evidence_cap": {"yes": "1"}, "signal_from": "daily"},
    "targets": [
        {"id": "all", "name": "All", "default": "2"},
        {"id": "base", "name": "Base", "default": "1"},
    ],
    "default_target": "all",
    "themes": [{"id": "cost", "name": "Cost", "risk": "It costs too much."}],
    "standards": {"house": {"title": "House rules", "edition": "1", "clauses": {"1.2": "Doors"}}},
}

QUESTIONNAIRE: dict[str, Any] = {
    "format": "custfocus/questionnaire/1",
    "id": "desk-4",
    "version": "1.0.0",
    "title": "The desk in four questions",
    "audience": "self",
    "model": "reception",
    "items": {
        "greeting": {
            "basic": [{"id": "g-1", "statement": "Guests are greeted.", "tags": ["short"]}],
            "good": [{"id": "g-2", "statement": "Guests are greeted by name."}],
            "perception": [{"id": "g-p", "statement": "I feel welcome.", "scale": "often"}],
        },
        "waiting": {
            "basic": [{"id": "w-1", "statement": "Waiting times are written down."}],
            "good": [{"id": "w-2", "statement": "Guests know their waiting time."}],
            "placement": {"id": "w-place", "question": "How long?", "options": ["a", "b", "c"]},
        },
    },
    "balance": [
        {
            "id": "b-guard",
            "theme": "cost",
            "kind": "safeguard",
            "scale": "degree",
            "statement": "s",
        },
        {"id": "b-sign", "theme": "cost", "kind": "signal", "scale": "often", "statement": "t"},
    ],
    "context": [{"id": "cx-who", "question": "Who comes?"}],
}


def model_data() -> dict[str, Any]:
    """The model as data of one's own."""
    return copy.deepcopy(MODEL)


def questionnaire_data() -> dict[str, Any]:
    """The questionnaire as data of one's own."""
    return copy.deepcopy(QUESTIONNAIRE)


def definition(
    model: dict[str, Any] | None = None, questionnaire: dict[str, Any] | None = None
) -> Definition:
    """The definition of this data, by default of the small questionnaire and its model."""
    return resolve(
        Questionnaire.model_validate(questionnaire or QUESTIONNAIRE),
        Model.model_validate(model or MODEL),
    )


# Who answers what, where there are people; the rest is nobody's.
ROLES = {"g-1": "porter", "b-guard": "porter", "g-2": "host", "w-1": "guest"}


def staffed_data() -> dict[str, Any]:
    """The questionnaire with people: eight entries, 20 minutes, two sessions."""
    data = questionnaire_data()
    items = [*data["balance"]]
    for block in data["items"].values():
        items += [each for cell in block.values() if isinstance(cell, list) for each in cell]
    for item in items:
        if item["id"] in ROLES:
            item["role"] = ROLES[item["id"]]
    return data | {
        "minutes": "20",
        "roles": {"host": "Host of the day"},
        "sessions": [
            {"id": "door", "name": "At the door", "roles": ["porter", "host"], "minutes": "7"},
            {"id": "guest", "name": "A guest", "roles": ["guest"]},
        ],
    }
