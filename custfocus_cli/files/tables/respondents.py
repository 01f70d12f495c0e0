"""A small table as assessments: one for each respondent, to be scored like files of answers."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from custfocus_cli.documents.assessment import (
    Answer,
    Assessment,
    QuestionnaireReference,
    Respondent,
)
from custfocus_cli.documents.definition import Definition
from custfocus_cli.documents.fields import quote
from custfocus_cli.errors import MOST_PROBLEMS, BadInput, CustfocusError, Problem
from custfocus_cli.files.tables.table import Row, Table, read_day

MOST_RESPONDENTS: Final = 20_000
"""More people than that are counted, not held one by one."""
_REASON: Final = "Answered so in a survey, which asked for no reason."


class Facts(NamedTuple):
    """What a table does not say of itself: whose answers they are, and of which day.

    Without `date`, each respondent's is the one in the table.
    """

    organisation: str | None = None
    date: datetime.date | None = None


def list_respondents(table: Table, definition: Definition, facts: Facts) -> tuple[Assessment, ...]:
    """The assessments that a table holds, in the order of its rows.

    Raises BadInput with every text that is no answer, CustfocusError where the organisation or the
    day is unknown or there are too many respondents.
    """
    if facts.organisation is None:
        raise CustfocusError(
            f"{table.path} does not say whose answers these are", "name them: --organisation NAME"
        )
    if facts.date is None and "date" not in table.extras:
        raise CustfocusError(
            f"{table.path} does not say of which day the answers are", "--date YYYY-MM-DD"
        )
    problems: list[Problem] = []
    found = list(_read(table, definition, facts, facts.organisation, problems))
    if problems:
        raise BadInput(problems)
    return tuple(found)


def _read(
    table: Table,
    definition: Definition,
    facts: Facts,
    organisation: str,
    problems: list[Problem],
) -> Iterator[Assessment]:
    reference = QuestionnaireReference(
        id=definition.id,
        version=definition.questionnaire.version,
        digest=definition.digest,
    )
    known = _share_answers(definition)
    for row in table.rows():
        if table.read > MOST_RESPONDENTS:
            raise CustfocusError(
                f"{table.path} holds more than {MOST_RESPONDENTS:,} respondents",
                "so many are counted first, into a tally",
            )
        answers = _decode(table, row, known, problems)
        day = facts.date or _read_day(table, row)
        if isinstance(day, Problem):
            problems.append(day)
        if isinstance(day, Problem) or len(problems) >= MOST_PROBLEMS:
            return
        yield Assessment(
            questionnaire=reference,
            organisation=organisation,
            date=day,
            mode="survey",
            respondent=_describe(table, row),
            answers=answers,
        )


def _share_answers(definition: Definition) -> Mapping[str, Mapping[str, Answer]]:
    """Every answer that can be given, made once: answers of a table have nothing of their own."""
    return {
        entry.id: {
            code: Answer(answer=code, reason=_REASON if code == special else None)
            for code in entry.codes
        }
        for entry in definition.entries.values()
        for special in [_not_applicable(definition, entry.id)]
    }


def _not_applicable(definition: Definition, item: str) -> str | None:
    scale = definition.entries[item].scale
    return scale.not_applicable.code if scale and scale.not_applicable else None


def _decode(
    table: Table,
    row: Row,
    known: Mapping[str, Mapping[str, Answer]],
    problems: list[Problem],
) -> dict[str, Answer]:
    answers: dict[str, Answer] = {}
    for item, text in zip(table.items, row, strict=False):
        decoded = table.decode(item, text)
        if isinstance(decoded, Problem):
            problems.append(decoded._replace(line=table.line))
        elif decoded is not None:
            answers[item] = known[item][decoded]
    return answers


def _read_day(table: Table, row: Row) -> datetime.date | Problem:
    text = row[len(table.items) + table.extras.index("date")]
    day = read_day(text)
    if day is not None:
        return day
    message = f"{quote(text)} is no day that can be read for certain: give one with --date"
    return Problem(table.path, table.line, 1, "bad-date", message)


def _describe(table: Table, row: Row) -> Respondent | None:
    """Who answered, as far as the table has columns for it and they are filled in."""
    beside = dict(zip(table.extras, row[len(table.items) :], strict=True))
    named = {key: table.name(key, beside[key]) for key in ("id", "role", "group") if key in beside}
    return Respondent(**named) if any(named.values()) else None
