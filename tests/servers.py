"""What survey servers make of an exported questionnaire: they take the file and give a table back.

Each server is played from the file alone, as the real one would read it, and gives the table in
its own manner: its names of columns, its delimiter, its columns of housekeeping.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from html import unescape
from typing import NamedTuple

import openpyxl

Answers = Mapping[str, int | str]
"""What somebody answers, by the id of what is asked: the place of an option, or free words."""


class Column(NamedTuple):
    """A question as a server keeps it: where it stands, its text, and the text of each code."""

    group: str
    name: str
    text: str
    options: Mapping[str, str]

    @property
    def id(self) -> str:
        """What is asked: the id at the start of the text."""
        found = re.match(r"\[([^]]+)\] ", self.text)
        assert found, self.text
        return found[1]


def read_sheets(workbook: bytes) -> dict[str, list[tuple[str, ...]]]:
    """The texts of each sheet of a workbook; every one of them has to be a text."""
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    sheets = {}
    for sheet in book.worksheets:
        rows = [tuple(row) for row in sheet.iter_rows()]
        kinds = {cell.data_type for row in rows for cell in row if cell.value is not None}
        assert kinds <= {"inlineStr", "s"}, kinds
        sheets[sheet.title] = [tuple(str(cell.value or "") for cell in row) for row in rows]
    return sheets


def read_xlsform(workbook: bytes) -> list[Column]:
    """The questions of an XLSForm."""
    sheets = read_sheets(workbook)
    lists: dict[str, dict[str, str]] = {}
    for name, code, text in sheets["choices"][1:]:
        lists.setdefault(name, {})[code] = text
    columns, group = [], ""
    for kind, name, label, *_ in sheets["survey"][1:]:
        if kind == "begin_group":
            group = name
        elif kind.startswith("select_one ") or kind == "text":
            columns.append(Column(group, name, label, lists.get(kind.partition(" ")[2], {})))
    return columns


def read_limesurvey(text: str) -> list[Column]:
    """The questions of a LimeSurvey file, their texts without the HTML."""
    columns: list[Column] = []
    group = ""
    for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter="\t"):
        name, shown = row["name"], unescape(row["text"])
        if row["class"] == "G":
            group = shown
        elif row["class"] == "Q":
            columns.append(Column(group, name, shown, {}))
        elif row["class"] == "A":
            last = columns.pop()
            columns.append(last._replace(options={**last.options, name: shown}))
    return columns


def read_surveyjs(text: str) -> list[Column]:
    """The questions of a SurveyJS definition."""
    return [
        Column(
            page["name"],
            asked["name"],
            asked["title"],
            {choice["value"]: choice["text"] for choice in asked.get("choices", ())},
        )
        for page in json.loads(text)["pages"]
        for asked in page["elements"]
        if asked["type"] != "html"
    ]


class Table(NamedTuple):
    """How a server writes its table; `before` and `after` are its own columns, with a value."""

    delimiter: str
    end: str
    mark: str
    quote_all: bool
    before: Mapping[str, str]
    after: Mapping[str, str]


KOBO = Table(
    ";", "\r\n", "", True,
    {"start": "2026-03-02T08:00:00.000+01:00", "end": "2026-03-02T08:09:00.000+01:00"},
    {"_id": "{n}", "_uuid": "u-{n}", "_submission_time": "2026-03-02T07:10:00",
     "_validation_status": "", "_notes": "", "_status": "submitted_via_web",
     "_submitted_by": "", "__version__": "v1", "_tags": "", "_index": "{n}"},
)  # fmt: skip
ODK = Table(
    ",", "\n", "", False,
    {"SubmissionDate": "2026-03-02T07:10:00.000Z"},
    {"meta-instanceID": "uuid:{n}", "KEY": "uuid:{n}", "SubmitterID": "3",
     "SubmitterName": "Collector", "AttachmentsPresent": "0", "AttachmentsExpected": "0",
     "Status": "", "ReviewState": "", "DeviceID": "", "Edits": "0", "FormVersion": "1.0.0"},
)  # fmt: skip
LIMESURVEY = Table(
    ",", "\n", "\ufeff", True,
    {"id": "{n}", "submitdate": "1980-01-01 00:00:00", "lastpage": "14", "startlanguage": "en",
     "seed": "12{n}"},
    {},
)  # fmt: skip
SURVEYJS = Table(",", "\n", "", False, {}, {})


class Manner(NamedTuple):
    """How a table is asked for: what stands above a column, and whether texts stand for codes."""

    table: Table
    head: Callable[[Column], str]
    texts: bool


def _join(sign: str) -> Callable[[Column], str]:
    return lambda column: f"{column.group}{sign}{column.name}"


def _name(column: Column) -> str:
    return column.name


def _text(column: Column) -> str:
    return column.text


XLSFORM_MANNERS: Mapping[str, Manner] = {
    "kobo names with groups": Manner(KOBO, _join("/"), texts=False),
    "kobo names": Manner(KOBO, _name, texts=False),
    "kobo labels": Manner(KOBO, _text, texts=True),
    "odk": Manner(ODK, _join("-"), texts=False),
    "odk without groups": Manner(ODK, _name, texts=False),
}
LIMESURVEY_MANNERS: Mapping[str, Manner] = {
    "texts and texts": Manner(LIMESURVEY, _text, texts=True),
    "codes and texts": Manner(LIMESURVEY, _name, texts=True),
    "both": Manner(LIMESURVEY, lambda column: f"{column.name}. {column.text}", texts=True),
    "codes and codes": Manner(LIMESURVEY, _name, texts=False),
}
SURVEYJS_MANNERS: Mapping[str, Manner] = {
    "names and values": Manner(SURVEYJS, _name, texts=False),
    "titles and texts": Manner(SURVEYJS, _text, texts=True),
}


def give_back(columns: Sequence[Column], manner: Manner, people: Sequence[Answers]) -> str:
    """The table of what these people answered; what they left open is empty."""
    table = manner.table
    text = io.StringIO(newline="")
    writer = csv.writer(
        text,
        delimiter=table.delimiter,
        lineterminator=table.end,
        quoting=csv.QUOTE_ALL if table.quote_all else csv.QUOTE_MINIMAL,
    )
    writer.writerow([*table.before, *map(manner.head, columns), *table.after])
    for n, answers in enumerate(people, start=1):
        cells = [_fill(column, answers.get(column.id, ""), manner) for column in columns]
        before, after = (
            [value.format(n=n) for value in own.values()] for own in (table.before, table.after)
        )
        writer.writerow([*before, *cells, *after])
    return table.mark + text.getvalue()


def _fill(column: Column, answer: int | str, manner: Manner) -> str:
    if isinstance(answer, str):
        return answer
    code, text = list(column.options.items())[answer]
    return text if manner.texts else code
