"""The JSON Schemas accept what the reader reads, and refuse what it refuses."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator, ValidationError
from tree import ROOT

from custfocus_cli.documents.kinds import KINDS
from custfocus_cli.render.schemas import RESULTS, write_schema

SHIPPED = sorted((ROOT / "questionnaires").rglob("*.yaml"))


class Editor(yaml.SafeLoader):
    """A loader as editors have it, by YAML 1.2: `on` and a date are text."""


Editor.yaml_implicit_resolvers = {}

for _tag, _form, _first in (
    ("bool", r"true|false", "tf"),
    ("int", r"-?[0-9]+", "-0123456789"),
    ("float", r"-?[0-9]+\.[0-9]+", "-0123456789"),
    ("null", r"~|null|", ["~", "n", ""]),
):
    Editor.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_form})$"), _first)


@pytest.mark.parametrize("kind", [*KINDS, *RESULTS])
def test_every_schema_is_one(kind: str) -> None:
    schema = write_schema(kind)
    Draft202012Validator.check_schema(schema)
    assert schema["properties"]["format"]["const"] == f"custfocus/{kind}/1"
    assert "format" in schema["required"]


@pytest.mark.parametrize("plain", [False, True], ids=["typed", "text"])
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_the_shipped_files_fit(path: Any, plain: bool) -> None:
    data = yaml.load(path.read_text("utf-8"), yaml.BaseLoader if plain else Editor)  # noqa: S506
    kind = data["format"].split("/")[1]
    Draft202012Validator(write_schema(kind)).validate(data)


ANSWERS = {
    "format": "custfocus/assessment/1",
    "questionnaire": {"id": "team-36"},
    "organisation": "Hall",
    "date": "2026-01-31",
    "answers": {"a": "L", "b": {"answer": "N", "note": "x"}, "c": 2},
}
MODEL = {
    "stage_zero": {"id": "none", "name": "None"},
    "stages": [{"id": "one", "name": "One"}],
    "areas": [{"id": "all", "name": "All"}],
    "characteristics": [{"id": "x", "name": "X", "area": "all"}],
    "scales": {
        "s": {
            "question": "How far?",
            "options": [
                {"code": "N", "points": 0, "label": "No"},
                {"code": "Y", "points": "1", "label": 7},
            ],
        }
    },
    "stage_scale": "s",
    "scoring": {"gate": "none"},
}
QUESTIONS = {
    "format": "custfocus/questionnaire/1",
    "id": "mine",
    "version": 1,
    "title": "Mine",
    "model": MODEL,
    "items": {"x": {"one": [{"id": "x-1", "statement": "It is."}], "perception": []}},
}
POLICY = {
    "format": "custfocus/policy/1",
    "rules": {"min-stage": {"organisation": 1, "severity": None}, "min-index": None},
}


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("assessment", ANSWERS),
        ("assessment", {**ANSWERS, "about": None, "adaptive": "true", "answers": None}),
        ("assessment", {**ANSWERS, "target": {"default": 2, "characteristics": {"x": "3"}}}),
        (
            "model",
            {"format": "custfocus/model/1", "id": "m", "version": "1", "title": "M", **MODEL},
        ),
        ("questionnaire", QUESTIONS),
        ("questionnaire", {**QUESTIONS, "model": "customer-focus"}),
        ("policy", POLICY),
    ],
)
def test_what_the_reader_takes_fits(kind: str, data: dict[str, Any]) -> None:
    Draft202012Validator(write_schema(kind)).validate(data)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("assessment", {**ANSWERS, "asnwers": {}}),
        ("assessment", {key: value for key, value in ANSWERS.items() if key != "date"}),
        ("assessment", {key: value for key, value in ANSWERS.items() if key != "format"}),
        ("assessment", {**ANSWERS, "answers": {"a": ["L"]}}),
        ("assessment", {**ANSWERS, "answers": {"a": {"note": "x"}}}),
        ("assessment", {**ANSWERS, "adaptive": "yes"}),
        ("questionnaire", {**QUESTIONS, "format": "custfocus/questionnaire/2"}),
        ("questionnaire", {**QUESTIONS, "minutes": "010"}),
        ("questionnaire", {**QUESTIONS, "id": "Mine"}),
        ("policy", {**POLICY, "rules": {"max-stage": {}}}),
    ],
)
def test_what_the_reader_refuses_does_not_fit(kind: str, data: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Draft202012Validator(write_schema(kind)).validate(data)


def test_an_unknown_kind_has_no_schema() -> None:
    with pytest.raises(KeyError):
        write_schema("folder")
