"""The small questionnaire that the tables of the tests answer, and what its examples hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from files.corpus import EXAMPLES

from custfocus_cli.documents.definition import Definition
from custfocus_cli.errors import Problem
from custfocus_cli.files.catalogue import Catalogue
from custfocus_cli.files.places import File
from custfocus_cli.files.reader import Reading, read
from custfocus_cli.files.tables.table import Table, open_table

FOLDER: Final = EXAMPLES / "tables"
DESK: Final = str(EXAMPLES / "valid" / "desk.yaml")

ANSWERS: Final[Sequence[Mapping[str, str]]] = (
    {
        "g-1": "yes", "g-2": "half", "g-p": "daily", "w-1": "no", "w-2": "DK", "w-place": "1",
        "b-guard": "yes", "b-sign": "never",
    },
    {
        "g-1": "half", "g-p": "never", "w-1": "half", "w-2": "NA", "w-place": "2",
        "b-guard": "no", "b-sign": "daily",
    },
)  # fmt: skip
"""What the two respondents of every example answered, of 1 and 2 March 2026."""

EXAMPLES_OF: Final[Mapping[str, tuple[str, Mapping[str, int]]]] = {
    "google-forms.csv": ("google-forms", {}),
    "kobotoolbox.csv": ("kobotoolbox", {"rejected in review": 1}),
    "limesurvey.csv": ("limesurvey", {"not finished": 1}),
    "limesurvey-codes.csv": ("limesurvey", {}),
    "limesurvey-vv.csv": ("limesurvey-vv", {"not finished": 1}),
    "microsoft-forms.csv": ("microsoft-forms", {}),
    "odk-central.csv": ("odk-central", {"rejected in review": 1}),
    "plain.tsv": ("plain", {}),
    "qualtrics.csv": ("qualtrics", {"a preview": 1, "marked as spam": 1, "not finished": 1}),
    "surveymonkey.csv": ("surveymonkey", {}),
}
"""The example files by name: their profile, and the rows to leave out by reason."""

Open = Callable[..., Table]
Refuse = Callable[..., Sequence[str]]


@cache
def read_desk() -> Definition:
    return Catalogue().find(DESK)


def read_mapping(text: str) -> Reading:
    """A mapping of these lines, which has to be in order."""
    reading = read("mapping.yaml", f"format: custfocus/mapping/1\n{text}".encode())
    assert Catalogue().check(reading) == ()
    return reading


def attempt(
    path: Path, profile: str | None = None, mapping: str | None = None
) -> Table | Sequence[Problem]:
    """The table in a file, or its problems."""
    reading = read_mapping(mapping) if mapping is not None else None
    return open_table(File(str(path)), read_desk(), profile=profile, mapping=reading)


def open_example(name: str) -> Table:
    found = attempt(FOLDER / name)
    assert isinstance(found, Table)
    return found


def decode_rows(table: Table) -> list[dict[str, str]]:
    """The answers of every row that counts."""
    rows = []
    for row in table.rows():
        decoded = {item: table.decode(item, row[n]) for n, item in enumerate(table.items)}
        assert not any(isinstance(each, Problem) for each in decoded.values()), decoded
        rows.append({item: code for item, code in decoded.items() if isinstance(code, str)})
    return rows
