"""Parquet: read like any table where DuckDB is there, and a clear word where it is not."""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb
import pytest
from files.tables.desk import attempt, decode_rows

from custfocus_cli.errors import BadInput, CustfocusError
from custfocus_cli.files.tables.table import Table


def write(path: Path, rows: str) -> Path:
    with duckdb.connect() as database:
        database.execute(f"COPY (SELECT * FROM ({rows})) TO '{path}'")  # noqa: S608 - a test's own
    return path


def test_is_read_like_any_table(tmp_path: Path) -> None:
    rows = """VALUES ('yes', 1, 2.0), (NULL, 0, NULL)) AS answers("g-1", "g-2", "w-1" """
    found = attempt(write(tmp_path / "a.parquet", rows))
    assert isinstance(found, Table)
    assert decode_rows(found) == [{"g-1": "yes", "g-2": "half", "w-1": "yes"}, {"g-2": "no"}]
    assert found.recognise().encoding == "Parquet"


def test_what_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(b"no such thing")
    found = attempt(tmp_path / "a.parquet")
    assert not isinstance(found, Table)
    assert [each.rule for each in found] == ["cannot-read"]


def test_without_duckdb_it_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "a.parquet", """VALUES ('yes')) AS answers("g-1" """)
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(CustfocusError, match="a Parquet file needs DuckDB"):
        attempt(path)


def test_bad_input_is_an_error_of_ours() -> None:
    assert issubclass(BadInput, CustfocusError)
