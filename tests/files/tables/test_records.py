"""Records come with their lines; what is none is refused in its own, in little memory."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest
from files.tables.desk import Open, Refuse

from custfocus_cli.errors import BadInput, Problem
from custfocus_cli.files.places import File
from custfocus_cli.files.tables.records import MOST_CELL, Source, find_source


def _read(path: Path, data: bytes) -> list[tuple[int, list[str]]]:
    path.write_bytes(data)
    source = find_source(File(str(path)))
    assert isinstance(source, Source)
    return list(source.read())


@pytest.mark.parametrize(
    ("data", "records"),
    [
        (b"a,b\nc,d\n", [(1, ["a", "b"]), (2, ["c", "d"])]),
        (b'a,b\r\n"c\r\nc",d\r\n\r\ne,f', [(1, ["a", "b"]), (2, ["c\r\nc", "d"]), (5, ["e", "f"])]),
        (b"a;b\rc;d\r", [(1, ["a", "b"]), (2, ["c", "d"])]),
        (b'\xef\xbb\xbf"a ""b""",c\n', [(1, ['a "b"', "c"])]),
        ("\ufeffa\té\n".encode("utf-16-le"), [(1, ["a", "é"])]),
        (b"caf\xe9,b\n", [(1, ["café", "b"])]),
        (b"", []),
    ],
)
def test_records_and_their_lines(
    tmp_path: Path, data: bytes, records: list[tuple[int, list[str]]]
) -> None:
    assert _read(tmp_path / "t.csv", data) == records


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            'yes,a\nyes,"b\nyes,c\n',
            "t.csv:3:1: csv-syntax: a quote is opened here and never closed",
        ),
        (
            'yes,a\nyes,"b"c\n',
            "t.csv:3:1: csv-syntax: a quote stands inside a quoted cell; it has to be doubled",
        ),
        (
            "yes,a\n\nyes,b,c\n",
            "t.csv:4:1: ragged-row: expected as many cells as the header has, 2, found 3",
        ),
        (
            "yes\n",
            "t.csv:2:1: ragged-row: expected as many cells as the header has, 2, found 1",
        ),
        (
            f'yes,a\nyes,"{"b" * (MOST_CELL + 1)}"\n',
            "t.csv:3:1: table-too-large: a cell has more than 1,000,000 characters; is a quote"
            " never closed?",
        ),
    ],
)
def test_what_is_no_record_is_refused_in_its_line(refuse: Refuse, rows: str, said: str) -> None:
    assert refuse(f"g-1,comment\n{rows}") == [said]


def test_a_cell_of_a_hundred_megabytes_is_refused_in_little_memory(
    tmp_path: Path, refuse: Refuse
) -> None:
    piece = b"x" * 99 + b"\n"
    data = b'g-1,comment\nyes,"' + piece * 1_000_000 + b'"\n'
    tracemalloc.start()
    tracemalloc.reset_peak()
    before = tracemalloc.get_traced_memory()[0]
    assert "table-too-large" in refuse(data)[0]
    assert tracemalloc.get_traced_memory()[1] - before < 40_000_000
    tracemalloc.stop()


def test_a_record_of_many_large_cells_is_refused(refuse: Refuse) -> None:
    cells = ",".join(['"' + ("x" * 99 + "\n") * 9_000 + '"'] * 20)
    assert "2:1: table-too-large" in refuse(f"g-1,comment\nyes,{cells}\n")[0]


def test_rows_without_anything_are_none(table: Open) -> None:
    found = table('\n\ng-1,comment\n\nyes,\n,\n""\n  \nno,x,,\n')
    assert list(found.rows()) == [("yes",), ("no",)]
    assert dict(found.left_out) == {}


@pytest.mark.parametrize("name", ["nothing.csv", "folder.csv", "nul\0.csv"])
def test_what_cannot_be_read_is_a_problem(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder.csv").mkdir()
    found = find_source(File(str(tmp_path / name)))
    assert isinstance(found, Problem)
    assert found.rule == "cannot-read"


def test_a_table_that_went_away_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("g-1\nyes\n", "utf-8")
    source = find_source(File(str(path)))
    assert isinstance(source, Source)
    path.write_bytes(b"g-1\n\xff\n")
    with pytest.raises(BadInput, match=r"t.csv:2:1: not-utf8|t.csv:1:1: not-utf8"):
        list(source.read())
    path.unlink()
    with pytest.raises(BadInput, match="there is no such file"):
        list(source.read())
