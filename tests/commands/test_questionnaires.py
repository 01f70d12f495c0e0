"""`questionnaires`: what is shipped, as a page, as a start and as a schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import shipped
from commands.calling import SAMPLES, Caller, as_json
from render.pages import read_page, squeeze
from tree import ROOT


def test_list(call: Caller) -> None:
    assert call("questionnaires", "list") == (
        0,
        "Customer focus (model customer-focus 1.0.0)\n"
        "  interview-72    Customer focus interview, 84 questions, about 125 minutes\n"
        "  team-36         Customer focus for teams, 48 questions, about 40 minutes\n",
        "",
    )


@pytest.mark.parametrize("format", ["text", "markdown", "html"])
@pytest.mark.parametrize("name", ["interview-72", "team-36"])
def test_show_holds_every_statement_and_every_meaning(name: str, format: str, call: Caller) -> None:
    code, out, err = call("questionnaires", "show", name, "-f", format)
    assert (code, err) == (0, "")
    shown = squeeze(read_page(out).text if format == "html" else out.replace("\\", ""))
    definition = shipped.read_definition(name)
    said = [entry.statement for entry in definition.entries.values()]
    said += [option.meaning for option in definition.model.scale.options]
    said += [question.question for question in definition.questionnaire.context]
    assert [text for text in said if " ".join(text.split()) not in shown] == []
    if format == "text":
        assert max(len(line) for line in out.splitlines()) <= 80


SESSION_ITEMS = 14  # people: the 14 items of human resources in the table of domain.md 3.16


@pytest.mark.parametrize(
    ("file", "first"),
    [
        ("people.html", "<!doctype html>"),
        ("people.md", "# Interview sheet: People and training"),
        ("people.txt", "INTERVIEW SHEET: PEOPLE AND TRAINING"),
    ],
)
def test_the_suffix_says_the_format_of_the_sheet(
    file: str, first: str, call: Caller, tmp_path: Path
) -> None:
    path = tmp_path / file
    command = ("questionnaires", "show", "interview-72", "--for", "people")
    code, out, err = call(*command, "-o", str(path))
    assert (code, out) == (0, "")
    assert err.startswith(f"wrote {path} (")
    sheet = path.read_text("utf-8")
    assert sheet.splitlines()[0] == first
    assert sheet.count("Look at") == SESSION_ITEMS  # each has evidence to look at
    format = {".html": "html", ".md": "markdown", ".txt": "text"}[path.suffix]
    assert call(*command, "-f", format) == (0, sheet, "")


@pytest.mark.parametrize(
    ("wanted", "title", "questions"),
    [
        ("direction", "DIRECTION AND MONEY", 15),
        # 14 entries of the questionnaire have the role hr, five the role finance.
        ("hr , finance", "HUMAN RESOURCES, FINANCE", 19),
        ("hr,people", "PEOPLE AND TRAINING", 14),
    ],
)
def test_a_sheet_for_sessions_and_roles(
    wanted: str, title: str, questions: int, call: Caller
) -> None:
    code, out, err = call("questionnaires", "show", "interview-72", "--for", wanted)
    assert (code, err) == (0, "")
    assert out.startswith(f"INTERVIEW SHEET: {title}\n")
    assert out.count("\n  Answer    [ ] ") == questions


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        (
            "peple",
            "no session or role 'peple'; did you mean 'people'?\nhint: there are direction, ",
        ),
        ("people,x", "no session or role 'x'\nhint: there are direction, people, work, "),
        ("", "Invalid value for '--for': it names no session and no role.\n"),
        (" , ", "Invalid value for '--for': it names no session and no role.\n"),
    ],
)
def test_people_there_are_not_are_refused(wanted: str, message: str, call: Caller) -> None:
    code, out, err = call("questionnaires", "show", "interview-72", "--for", wanted)
    assert (code, out) == (2, "")
    assert err.startswith(f"error: {message}")


def test_a_session_that_answers_nothing_has_no_sheet(call: Caller, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    assert call("questionnaires", "new", str(file), "-q")[0] == 0
    people = "sessions:\n  - {id: desk, name: The desk, roles: [porter]}\n"
    file.write_text(file.read_text("utf-8") + people, encoding="utf-8")
    assert call("questionnaires", "show", str(file), "--for", "desk") == (
        2,
        "",
        "error: my-questionnaire asks nothing of desk\n",
    )


def test_a_suffix_of_no_format_is_refused(call: Caller, tmp_path: Path) -> None:
    file = tmp_path / "sheet.docx"
    code, out, err = call("questionnaires", "show", "team-36", "-o", str(file))
    assert (code, out, file.exists()) == (2, "", False)
    assert err == (
        "error: .docx says no format that can be written here\n"
        "hint: name the format: -f text|markdown|html\n"
    )


@pytest.mark.parametrize("name", ["mine.json", "mine.txt", "mine", "yaml"])
def test_new_makes_no_file_that_nothing_reads(name: str, call: Caller, tmp_path: Path) -> None:
    file = tmp_path / name
    assert call("questionnaires", "new", str(file)) == (
        2,
        "",
        f"error: {file} is not the name of a YAML file\n"
        "hint: give a name that ends in .yaml or .yml\n",
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["mine.yml", "MINE.YAML"])
def test_new_takes_every_name_of_a_yaml_file(name: str, call: Caller, tmp_path: Path) -> None:
    file = tmp_path / name
    assert call("questionnaires", "new", str(file))[0] == 0
    assert call("questionnaires", "show", str(file))[0] == 0


def test_new_is_a_start_that_works(call: Caller, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    assert call("questionnaires", "new", str(file))[0] == 0
    assert call("validate", "--strict", str(file))[0] == 0
    answers = tmp_path / "answers.yaml"
    answers.write_text(
        "format: custfocus/assessment/1\nquestionnaire: {path: mine.yaml}\n"
        "organisation: Hall\ndate: 2026-03-01\n"
        "answers: {w-1: F, w-2: P, h-1: L, h-2: N}\n",
        encoding="utf-8",
    )
    code, out, _ = call("score", str(answers), "-f", "json")
    result = json.loads(out)["result"]
    # Both base items are met, neither of the higher ones: stage 1 of 2.
    # Index: (100 + 33.33) / 2 and (66.67 + 0) / 2, their mean is 50.
    assert (code, result["stage"], result["index"]) == (0, 1, 50.0)


def test_new_never_replaces_without_force(call: Caller, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("hours of work\n", encoding="utf-8")
    code, _, err = call("questionnaires", "new", str(file))
    assert (code, file.read_text("utf-8")) == (2, "hours of work\n")
    assert err.startswith(f"error: {file} exists already\n")
    assert call("questionnaires", "new", str(file), "--force")[0] == 0
    assert file.read_text("utf-8").startswith("# A questionnaire of your own.")


def _schema(call: Caller, kind: str) -> Any:
    code, out, err = call("questionnaires", "schema", kind)
    assert (code, err) == (0, "")
    schema = json.loads(out)
    jsonschema.Draft202012Validator.check_schema(schema)
    return schema


@pytest.mark.parametrize("name", SAMPLES)
def test_schema_of_assessments_takes_the_samples(name: str, call: Caller) -> None:
    schema = _schema(call, "assessment")
    sample = as_json(shipped.read_tree(Path(SAMPLES[name])))
    jsonschema.validate(sample, schema)
    assert isinstance(sample, dict)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**sample, "organisaton": "x"}, schema)


@pytest.mark.parametrize(
    ("kind", "file"),
    [("model", "customer-focus"), ("questionnaire", "interview-72"), ("questionnaire", "team-36")],
)
def test_schema_takes_the_shipped_files_as_yaml_reads_them(
    kind: str, file: str, call: Caller
) -> None:
    jsonschema.validate(
        shipped.read_tree(ROOT / "questionnaires" / f"{file}.yaml"), _schema(call, kind)
    )


@pytest.mark.parametrize("kind", ["scorecard", "plan"])
@pytest.mark.parametrize("name", SAMPLES)
def test_schema_of_results_takes_the_results(kind: str, name: str, call: Caller) -> None:
    command = {"scorecard": "score", "plan": "plan"}[kind]
    result = json.loads(call(command, SAMPLES[name], "-f", "json")[1])
    schema = _schema(call, kind)
    jsonschema.validate(result, schema)
    del result["organisation"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(result, schema)


def test_an_unknown_kind_names_those_there_are(call: Caller) -> None:
    assert call("questionnaires", "schema", "report") == (
        2,
        "",
        "error: no schema 'report'\n"
        "hint: there are model, questionnaire, assessment, policy, mapping, theme, tally,"
        " scorecard, plan, diff, check\n",
    )


def test_an_unknown_questionnaire_is_told_with_the_nearest(call: Caller) -> None:
    code, out, err = call("questionnaires", "show", "team36")
    assert (code, out) == (2, "")
    assert err == "error: no questionnaire 'team36' is shipped; did you mean 'team-36'?\n"


EXPORT = ("questionnaires", "export", "team-36")


@pytest.mark.parametrize(
    ("format", "file", "start"),
    [
        ("xlsform", "team-36.xlsx", b"PK\x03\x04"),
        ("limesurvey", "team-36.txt", b"\xef\xbb\xbfclass\ttype/scale\tname\t"),
        ("surveyjs", "team-36.json", b'{\n  "title": "Customer focus for teams",\n'),
    ],
)
def test_export(format: str, file: str, start: bytes, call: Caller, tmp_path: Path) -> None:
    path = tmp_path / file
    code, out, err = call(*EXPORT, "-f", format, "-o", str(path))
    assert (code, out) == (0, "")
    assert err.startswith(f"wrote {path} (")
    assert path.read_bytes().startswith(start)


def test_export_asks_for_the_roles_and_groups_that_are_named(call: Caller) -> None:
    people = ("--roles", "hr, clerk,hr", "--groups", "north,head-office")
    code, out, err = call(*EXPORT, "-f", "surveyjs", *people)
    assert (code, err) == (0, "")
    page = json.loads(out)["pages"][1]
    assert [(asked["name"], asked["choices"]) for asked in page["elements"]] == [
        (
            "role",
            [{"value": "hr", "text": "Human resources"}, {"value": "clerk", "text": "Clerk"}],
        ),
        (
            "group",
            [{"value": "north", "text": "North"}, {"value": "head-office", "text": "Head office"}],
        ),
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "Missing option '-f' / '--format'.\nhint: custfocus questionnaires export --help"),
        (("-f", "lss"), "Invalid value for '-f' / '--format': 'lss' is none of xlsform, "),
        (("-f", "xlsform"), "xlsform is no text to print\nhint: name a file: -o survey.xlsx\n"),
        (("-f", "surveyjs", "--groups", "North"), "--groups: 'North' is no id\nhint: lower-case"),
        (("-f", "surveyjs", "--roles", "hr,,x"), "--roles: '' is no id\nhint: lower-case letters"),
    ],
)
def test_an_export_that_cannot_be_is_refused(
    arguments: tuple[str, ...], message: str, call: Caller
) -> None:
    code, out, err = call(*EXPORT, *arguments)
    assert (code, out) == (2, "")
    assert err.startswith(f"error: {message}")
