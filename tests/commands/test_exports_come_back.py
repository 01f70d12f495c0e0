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
    """The same as it stands in a server's table."""
    path = folder / "answers.csv"
    path.write_bytes(text.encode())
    table = open_table(File(str(path)), definition)
    assert isinstance(table, Table), table
    read: list[object] = []
    for each in list_respondents(table, definition, Facts("Hall", datetime.date(2026, 3, 2))):
        answers = {name: given.answer for name, given in each.answers.items()}
        who = each.respondent
        read.append((answers, who.role if who else None, who.group if who else None))
    return read


@pytest.mark.parametrize("how", [how for how in MANNERS if "codes and codes" not in how])
@pytest.mark.parametrize("name", NAMES)
def test_every_answer_comes_back(name: str, how: str, call: Caller, tmp_path: Path) -> None:
    format, manner = MANNERS[how]
    columns = export(call, name, format, tmp_path)
    people = answer(columns)
    definition = shipped.read_definition(name)
    expected = expect(people, definition)
    assert {item for answers in people for item in answers} >= {*definition.entries, "group"}
    assert read_back(give_back(columns, manner, people), definition, tmp_path) == expected


def test_a_code_of_limesurveys_own_is_refused_and_never_misread(
    call: Caller, tmp_path: Path
) -> None:
    format, manner = MANNERS["limesurvey, codes and codes"]
    columns = export(call, "team-36", format, tmp_path)
    # "sometimes" has more than five letters, so that its code is LimeSurvey's, which means nothing.
    own = {code for column in columns for code in column.options} & {"x1", "sometimes"}
    assert own == {"x1"}
    people = answer(columns)
    definition = shipped.read_definition("team-36")
    with pytest.raises(BadInput) as refused:
        read_back(give_back(columns, manner, people), definition, tmp_path)
    assert {problem.rule for problem in refused.value.problems} == {"unknown-answer"}
    # Without the balance check, whose signals are on that scale, every code is ours.
    signs = [c.id for c in columns if any(code.startswith("x") for code in c.options)]
    less = [{k: v for k, v in each.items() if k not in signs} for each in people]
    kept = [column for column in columns if column.id not in signs]
    table = give_back(kept, manner, less)
    assert read_back(table, definition, tmp_path) == expect(less, definition)
