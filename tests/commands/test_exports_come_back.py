"""An exported questionnaire, filled in on each kind of server, comes back as what was answered."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

import pytest
import shipped
from commands.calling import Caller
from render.surveys import NAMES
from servers import (
    LIMESURVEY_MANNERS,
    SURVEYJS_MANNERS,
    XLSFORM_MANNERS,
    Answers,
    Column,
    Manner,
    give_back,
    read_limesurvey,
    read_surveyjs,
    read_xlsform,
)

from custfocus_cli.documents.definition import Definition
from custfocus_cli.errors import BadInput
from custfocus_cli.files.places import File
from custfocus_cli.files.tables.respondents import Facts, list_respondents
from custfocus_cli.files.tables.table import Table, open_table

GROUPS = ("north", "head-office")
PEOPLE = 40
MANNERS = {
    f"{format}, {name}": (format, manner)
    for format, manners in (
        ("xlsform", XLSFORM_MANNERS),
        ("limesurvey", LIMESURVEY_MANNERS),
        ("surveyjs", SURVEYJS_MANNERS),
    )
    for name, manner in manners.items()
}


def export(call: Caller, name: str, format: str, folder: Path) -> Sequence[Column]:
    """The questions that a server finds in the exported file."""
    path = folder / "survey"
    command = ("questionnaires", "export", name, "-f", format, "--groups", ",".join(GROUPS))
    assert call(*command, "-q", "-o", str(path)) == (0, "", "")
    if format == "xlsform":
        return read_xlsform(path.read_bytes())
    text = path.read_text("utf-8")
    return read_limesurvey(text) if format == "limesurvey" else read_surveyjs(text)


def answer(columns: Sequence[Column]) -> list[Answers]:
    """What synthetic people answer: every option of everything, and some things not at all."""
    people: list[Answers] = []
    for n in range(PEOPLE):
        answers: dict[str, int | str] = {}
        for place, column in enumerate(columns):
            if column.options and (n + place) % 11:
                answers[column.id] = (n + place * 3 + n * place) % len(column.options)
        for column in columns:
            chosen = answers.get(column.id.removesuffix("-REASON"))
            if not column.options and chosen == 5:  # four ratings and don't know stand before it
                answers[column.id] = '=1+1; "here",\nno such thing'
        people.append(answers)
    return people


def expect(people: Sequence[Answers], definition: Definition) -> list[object]:
    """The answers, role and group of each, in the codes and ids of the questionnaire."""
    roles = list(definition.questionnaire.roles)
    expected: list[object] = []
    for answers in people:
        places = {name: place for name, place in answers.items() if isinstance(place, int)}
        role, group = (
            ids[places[name]] if name in places else None
            for name, ids in (("role", roles), ("group", GROUPS))
        )
        given = {
            name: entry.codes[places[name]]
            for name, entry in definition.entries.items()
            if name in places
        }
        expected.append((given, role, group))
    return expected


def read_back(text: str, definition: Definition, folder: Path) -> list[object]:
    """The same as it stands in a server's table; BadInput where the table is refused."""
    path = folder / "answers.csv"
    path.write_bytes(text.encode())
    table = open_table(File(str(path)), definition)
    if not isinstance(table, Table):
        raise BadInput(table)
    read: list[object] = []
    for each in list_respondents(table, definition, Facts("Hall", datetime.date(2026, 3, 2))):
        answers = {name: given.answer for name, given in each.answers.items()}
        who = each.respondent
        read.append((answers, who.role if who else None, who.group if who else None))
    return read


@pytest.mark.parametrize("how", [how for how in MANNERS if "codes" not in how])
@pytest.mark.parametrize("name", NAMES)
def test_every_answer_comes_back(name: str, how: str, call: Caller, tmp_path: Path) -> None:
    format, manner = MANNERS[how]
    columns = export(call, name, format, tmp_path)
    people = answer(columns)
    definition = shipped.read_definition(name)
    assert {item for answers in people for item in answers} >= {*definition.entries, "group"}
    table = give_back(columns, manner, people)
    assert read_back(table, definition, tmp_path) == expect(people, definition)


@pytest.mark.parametrize("how", [how for how in MANNERS if "codes" in how])
@pytest.mark.parametrize("name", NAMES)
def test_a_code_of_limesurveys_own_is_refused_and_never_misread(
    name: str, how: str, call: Caller, tmp_path: Path
) -> None:
    """Ids of more than 20 letters and codes of more than five are numbers there, and mean nothing.

    Where the questions or the answers without them are all that is left, they come back.
    """
    format, manner = MANNERS[how]
    columns = [column for column in export(call, name, format, tmp_path) if column.options]
    definition = shipped.read_definition(name)
    known = [column for column in columns if has_own_codes(column, definition, manner)]
    people = answer(columns)
    if any(column.id in definition.entries and column not in known for column in columns):
        with pytest.raises(BadInput) as refused:
            read_back(give_back(columns, manner, people), definition, tmp_path)
        rules = {problem.rule for problem in refused.value.problems}
        assert rules <= {"unknown-answer", "unknown-column"}
    if known:
        ids = {column.id for column in known}
        less = [{id: place for id, place in each.items() if id in ids} for each in people]
        table = give_back(known, manner, less)
        assert read_back(table, definition, tmp_path) == expect(less, definition)


def has_own_codes(column: Column, definition: Definition, manner: Manner) -> bool:
    """Whether a question, and where they are given back its answers, have our ids and codes."""
    entry = definition.entries.get(column.id)
    own = entry.codes[: len(column.options)] if entry else ()
    return column.name == "".join(filter(str.isalnum, column.id)) and (
        manner.texts or tuple(column.options) == own
    )
