"""The JSON Schemas accept what the reader reads, and refuse what it refuses."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from files.corpus import read_expected, walk
from jsonschema import Draft202012Validator, ValidationError
from tree import ROOT

from custfocus_cli.documents.kinds import KINDS
from custfocus_cli.render.schemas import RESULTS, write_schema

SHIPPED = sorted((ROOT / "questionnaires").rglob("*.yaml"))


class Editor(yaml.CSafeLoader):
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
THEME = {
    "format": "custfocus/theme/1",
    "name": "Fellside",
    "light": {"accent": "#0b5d3b", "target": "#B3541E"},
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
        ("mapping", {"format": "custfocus/mapping/1", "columns": {"a": 7}, "values": {"L": ["x"]}}),
        ("theme", THEME),
        ("theme", {**THEME, "name": None, "font": ["Arial", "sans-serif"]}),
        ("assessment", {**ANSWERS, "answers": {"a": None}}),
        ("assessment", {**ANSWERS, "questionnaire": {"id": None, "path": "x.yaml"}}),
        (
            "questionnaire",
            {
                **{"format": "custfocus/questionnaire/1", "id": "q", "version": "1"},
                **{"based_on": "team-36", "select": {"tag": "short", "items": None}},
                "override": {"sv-1a": {"effort": "3", "weight": "0.5"}},
            },
        ),
    ],
)
def test_what_the_reader_takes_fits(kind: str, data: dict[str, Any]) -> None:
    Draft202012Validator(write_schema(kind)).validate(data)


MISFITS = {
    *("unknown-key", "missing-key", "wrong-type", "bad-id", "bad-date", "out-of-range"),
    *("too-few", "unknown-format"),
}
"""The rules about the form of a file, which is what a schema can say."""


def load_as_an_editor(path: Path) -> Any:
    """What an editor checks; nothing where it cannot even parse the text."""
    text = path.read_text("utf-8")
    try:
        if path.suffix == ".json" or text.startswith("{"):
            return json.loads(text)
        return yaml.load(text, Editor)  # noqa: S506 - a safe loader
    except (ValueError, yaml.YAMLError):
        return None


def find_admitted(folder: str) -> set[str]:
    """The examples whose form the reader refuses and the schema of their kind does not."""
    admitted = set()
    for path in walk(folder):
        rules = {rule for rule, _ in read_expected(path)}
        data = load_as_an_editor(path) if rules <= MISFITS else None
        named = data.get("format") if isinstance(data, dict) else None
        kind = named.split("/")[1] if isinstance(named, str) and "/" in named else ""
        if kind in KINDS and Draft202012Validator(write_schema(kind)).is_valid(data):
            admitted.add(path.name)
    return admitted


@pytest.mark.parametrize("path", walk("valid"), ids=lambda path: path.name)
def test_a_valid_example_fits(path: Path) -> None:
    data = load_as_an_editor(path)
    Draft202012Validator(write_schema(data["format"].split("/")[1])).validate(data)


BEYOND_A_SCHEMA = {
    # days that are in no calendar
    *("bad-date-no-such-day.yaml", "bad-date-year-zero.yaml"),
    # what an editor's YAML or JSON makes one value of, and what in JSON alone is not the same
    *("wrong-type-whole-decimal.yaml", "wrong-type-whole-octal.yaml", "json-exponent.json"),
    *("wrong-type-decimal-seven-places.yaml", "json-not-a-number.json"),
    *("json-number-for-text.json", "json-text-for-flag.json", "json-text-for-number.json"),
    # what other parts of the file, or another file, say
    *("missing-key-gate-stage.yaml", "missing-key-items.yaml", "missing-key-scale.yaml"),
    *("out-of-range-evidence.yaml", "out-of-range-target-stage.yaml", "out-of-range-target.yaml"),
    "unknown-key-select-without-base.yaml",
}


def test_the_schemas_refuse_every_form_that_the_reader_refuses() -> None:
    assert find_admitted("invalid") == BEYOND_A_SCHEMA


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
        ("questionnaire", {**QUESTIONS, "override": {"x-1": {"effort": 4}}}),
        ("questionnaire", {**QUESTIONS, "override": {"x-1": {"effort": "0"}}}),
        ("questionnaire", {**QUESTIONS, "override": {"X-1": {"effort": 1}}}),
        ("questionnaire", {**QUESTIONS, "select": {"tag": "a", "items": ["x-1"]}}),
        ("questionnaire", {**QUESTIONS, "model": {**MODEL, "scoring": {"min_coverage": 66}}}),
        ("questionnaire", {**QUESTIONS, "model": {**MODEL, "scoring": {"min_coverage": "1.1"}}}),
        ("questionnaire", {**QUESTIONS, "model": {**MODEL, "scoring": {"gate": {}}}}),
        (
            "questionnaire",
            {
                **QUESTIONS,
                "model": {**MODEL, "scoring": {"gate": {"every": "Y", "percent": {"one": {}}}}},
            },
        ),
        ("questionnaire", {key: value for key, value in QUESTIONS.items() if key != "model"}),
        ("assessment", {**ANSWERS, "questionnaire": {"version": "1"}}),
        ("assessment", {**ANSWERS, "date": "31.1.2026"}),
        ("assessment", {**ANSWERS, "answers": {"A": "L"}}),
        ("model", {"format": "custfocus/model/1", **MODEL}),
        ("policy", {**POLICY, "rules": {"max-stage": {}}}),
        ("policy", {**POLICY, "rules": {}}),
        ("policy", {**POLICY, "rules": {"min-stage": {"severity": "error"}}}),
        ("policy", {**POLICY, "rules": {"min-index": {"default": "100.5"}}}),
        ("mapping", {"format": "custfocus/mapping/1", "values": {"L": "x"}}),
        ("mapping", {"format": "custfocus/mapping/1", "columns": {"A": "x"}}),
        ("theme", {**THEME, "light": {"accent": "green", "target": "#b3541e"}}),
        ("theme", {**THEME, "light": {"accent": "#0b5d3b"}}),
        ("theme", {**THEME, "font": ["Arial; } body {"]}),
    ],
)
def test_what_the_reader_refuses_does_not_fit(kind: str, data: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Draft202012Validator(write_schema(kind)).validate(data)


def test_an_unknown_kind_has_no_schema() -> None:
    with pytest.raises(KeyError):
        write_schema("folder")
