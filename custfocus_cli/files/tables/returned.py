"""The table that a tally's SQL query returned: counts of answers, read back from CSV."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import closing
from itertools import islice
from typing import Final, NamedTuple

from custfocus_cli.documents.definition import Definition
from custfocus_cli.documents.fields import quote
from custfocus_cli.errors import MOST_PROBLEMS, BadInput, Problem
from custfocus_cli.files.places import File
from custfocus_cli.files.tables.records import Source, find_source
from custfocus_cli.files.tables.table import name_extra

HEADERS: Final = (
    *("tally_of", "tally_by", "tally_group", "tally_item", "tally_answer", "tally_people"),
)
_WHOLE: Final = re.compile(r"(?:0|[1-9][0-9]{0,8})(?:\.0{1,6})?")
_INDEX: Final = re.compile(r"(indexes|perceptions):(.+)")


class Returned(NamedTuple):
    """What a query counted, by group; None are people without one.

    `questionnaire` and `digest` say what was asked, `by` how people are told apart. `answers` are
    by item and code, `values` by kind and characteristic of an index and its value.
    """

    path: str
    questionnaire: str
    digest: str
    by: str | None
    rows: Sequence[tuple[int, Mapping[str, str]]]


class Counts(NamedTuple):
    """The counts themselves: of people, of answers by item and code, of values of an index."""

    sizes: list[tuple[str | None, int]]
    answers: list[tuple[str | None, str, str, int]]
    values: list[tuple[str | None, str, str, int | None, int]]


def find_returned(file: File) -> Returned | None:
    """The rows of a query's result; None for any other table. Raises BadInput where one is none."""
    source = find_source(file)
    if isinstance(source, Problem):
        return None
    with closing(source.read()) as records:
        head = next(records, (1, []))[1]
    headers = [cell.strip().lower() for cell in head]
    if not set(HEADERS) <= set(headers):
        return None
    return _read(source, headers)


def _read(source: Source, headers: Sequence[str]) -> Returned:
    rows: list[tuple[int, Mapping[str, str]]] = []
    with closing(source.read()) as records:
        for line, record in islice(records, 1, None):
            if len(record) != len(headers):
                message = f"{len(record)} cells where the header has {len(headers)}"
                raise BadInput([Problem(source.path, line, 1, "ragged-row", message)])
            rows.append((line, dict(zip(headers, map(str.strip, record), strict=True))))
    told = {(row["tally_of"], row["tally_by"]) for _, row in rows}
    if len(told) != 1:
        message = "every row is of one questionnaire and one partition"
        raise BadInput([Problem(source.path, 1, 1, "wrong-kind", message)])
    (of, by), *_ = told
    questionnaire, _, digest = of.partition(" ")
    return Returned(source.path, questionnaire, digest, by or None, rows)


def read_counts(returned: Returned, definition: Definition) -> Counts:
    """The counts; BadInput with every row that names an unknown item, answer or number."""
    problems: list[Problem] = []
    counts = Counts([], [], [])
    for line, row in returned.rows:
        found = _read_row(row, returned.by, definition, counts)
        if found is not None:
            problems.append(Problem(returned.path, line, 1, *found))
        if len(problems) >= MOST_PROBLEMS:
            break
    if problems:
        raise BadInput(problems)
    return counts


def _read_row(
    row: Mapping[str, str], by: str | None, definition: Definition, counts: Counts
) -> tuple[str, str] | None:
    """Put a row to the counts; rule and message of what is wrong with it."""
    item, answer, number = row["tally_item"], row["tally_answer"], row["tally_people"]
    if not _WHOLE.fullmatch(number):
        return "wrong-type", f"expected a number of people, found {quote(number)}"
    people = int(number.partition(".")[0])
    group = name_extra(definition, by, row["tally_group"]) if by else None
    index = _INDEX.fullmatch(item)
    if not item:
        counts.sizes.append((group, people))
    elif index is not None:
        if answer and not _WHOLE.fullmatch(answer):
            return "wrong-type", f"expected the value of an index, found {quote(answer)}"
        value = int(answer.partition(".")[0]) if answer else None
        counts.values.append((group, index[1], index[2], value, people))
    elif item not in definition.entries:
        return "unknown-id", f"no item {quote(item)}"
    elif answer in definition.entries[item].codes:
        counts.answers.append((group, item, answer, people))
    elif answer:
        return "unknown-answer", f"no answer {quote(answer)} to {item}: name it in a mapping"
    return None
