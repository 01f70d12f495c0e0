"""Workbooks are read like other tables; broken and hostile ones are refused before they unfold."""

from __future__ import annotations

import datetime
import sys
import warnings
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from files.tables.desk import ANSWERS, attempt, decode_rows, read_desk
from openpyxl import Workbook

from custfocus_cli.errors import BadInput, CustfocusError
from custfocus_cli.files.tables import workbook
from custfocus_cli.files.tables.respondents import Facts, list_respondents
from custfocus_cli.files.tables.table import Table

Save = Callable[[Sequence[Sequence[object]]], Path]


@pytest.fixture
def save(tmp_path: Path) -> Save:
    """Write these rows as the first sheet of a workbook."""

    def write(rows: Sequence[Sequence[object]]) -> Path:
        book = Workbook()
        path = tmp_path / "answers.XLSX"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", EncodingWarning)  # openpyxl writes by the locale's
            sheet = book.worksheets[0]
            for row in rows:
                sheet.append(list(row))
            book.create_sheet("Other").append(["g-1", "no"])
            book.save(path)
        return path

    return write


def _said(path: Path) -> str:
    found = attempt(path)
    assert not isinstance(found, Table)
    return str(found[0]).rpartition("/")[2]


def test_a_workbook_of_microsoft_forms_is_read(save: Save) -> None:
    entries = read_desk().entries
    head = ["ID", "Start time", "Completion time", "Email", "Name"]
    rows: list[list[object]] = [[*head, *(entries[item].statement for item in entries), "Why?"]]
    for n, answers in enumerate(ANSWERS, start=1):
        day = datetime.datetime(2026, 3, n, 9, 30)
        rows.append([n, day, day, "anonymous", None, *map(answers.get, entries)])
    found = attempt(save(rows))
    assert isinstance(found, Table)
    assert decode_rows(found) == list(ANSWERS)
    assert (found.profile, found.recognise().encoding) == ("microsoft-forms", "a workbook")
    days = [each.date for each in list_respondents(found, read_desk(), Facts("Village hall"))]
    assert days == [datetime.date(2026, 3, 1), datetime.date(2026, 3, 2)]


def test_numbers_are_read_as_points_and_formulas_as_nothing(save: Save) -> None:
    found = attempt(save([["g-1", "g-2", "w-1"], [2, 1.0, "=1+1"], [None, None, None], ["yes"]]))
    assert isinstance(found, Table)
    assert list(found.rows()) == [("2", "1", ""), ("yes", "", "")]
    assert found.line == 4


def test_the_line_of_a_problem_is_the_row(save: Save) -> None:
    found = attempt(save([["g-1"], ["yes"], [None], ["maybe"]]))
    assert isinstance(found, Table)
    assert [each.line for each in found.locate([("g-1", "maybe")])] == [4]


@pytest.mark.parametrize(
    "data", [b"", b"g-1,g-2\n", b"PK\x03\x04" + b"\0" * 100, b"\xd0\xcf\x11\xe0 old"]
)
def test_what_is_no_workbook_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "t.xlsx"
    path.write_bytes(data)
    assert _said(path) == "t.xlsx:1:1: cannot-read: this is no workbook (XLSX)"


def test_an_archive_of_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hello.txt", "hello")
    message = "this is no workbook that can be read; save it again, or as CSV"
    assert _said(path) == f"t.xlsx:1:1: cannot-read: {message}"


def test_a_bomb_is_refused_before_it_unfolds(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/sharedStrings.xml", "w") as part,
    ):
        for _ in range(51):
            part.write(b"\0" * 1_000_000)
    message = "the workbook unfolds to more than may be read; save it as CSV"
    assert _said(path) == f"t.xlsx:1:1: table-too-large: {message}"


def test_entities_are_refused(save: Save) -> None:
    path = save([["g-1"], ["yes"]])
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/workbook.xml"] = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "b">]><a>&a;</a>'
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    assert "xl/workbook.xml in the workbook declares a document type" in str(attempt(path))


def test_a_sheet_has_as_many_rows_as_the_format_allows(
    save: Save, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = attempt(save([["g-1"], ["yes"], ["no"], ["no"]]))
    assert isinstance(found, Table)
    monkeypatch.setattr(workbook, "MOST_ROWS", 3)
    with pytest.raises(BadInput, match="4:1: table-too-large: a sheet has more than 3 rows"):
        list(found.rows())


def test_without_openpyxl_the_extra_is_named(save: Save, monkeypatch: pytest.MonkeyPatch) -> None:
    path = save([["g-1"], ["yes"]])
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(CustfocusError) as caught:
        attempt(path)
    assert caught.value.hint == "pip install 'custfocus[xlsx]', or save the table as CSV"
