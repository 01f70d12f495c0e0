"""Parquet, read by DuckDB."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Final

from custfocus_cli.errors import BadInput, CustfocusError, Problem
from custfocus_cli.files.places import File

if TYPE_CHECKING:
    import duckdb

_FETCH: Final = 10_000


def connect() -> duckdb.DuckDBPyConnection:
    """A database in memory that loads nothing from anywhere; CustfocusError without DuckDB."""
    try:
        import duckdb
    except ModuleNotFoundError:
        raise CustfocusError(
            "a Parquet file needs DuckDB", "pip install 'custfocus[duckdb]', or export it as CSV"
        ) from None
    return duckdb.connect(
        config={
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "preserve_insertion_order": "false",
        }
    )


def read_parquet(file: File) -> Generator[tuple[int, list[str]], None, None]:
    """The names of the columns of a Parquet file, and then its rows, all as texts."""
    database = connect()
    import duckdb

    try:
        with database:
            result = database.execute("SELECT * FROM read_parquet(?)", [file.path])
            titles = [str(each[0]) for each in result.description or ()]
            yield 1, titles
            texts = ", ".join(
                'COALESCE(CAST("' + title.replace('"', '""') + "\" AS VARCHAR), '')"
                for title in titles
            )
            result = database.execute(f"SELECT {texts} FROM read_parquet(?)", [file.path])  # noqa: S608 - names are quoted
            line = 1
            while rows := result.fetchmany(_FETCH):
                for row in rows:
                    line += 1
                    yield line, list(row)
    except duckdb.Error as error:
        first = str(error).partition("\n")[0]
        raise BadInput([Problem(file.name, 1, 1, "cannot-read", first)]) from None
