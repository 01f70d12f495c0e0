"""The records of a table, one by one with the line that each begins in: CSV, TSV or a workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Generator
from typing import BinaryIO, Final, NamedTuple

from custfocus_cli.errors import BadInput, Problem
from custfocus_cli.files.disk import open_regular, reason, unreadable
from custfocus_cli.files.places import File
from custfocus_cli.files.tables.decoding import (
    MOST_LINE,
    Encoding,
    find_delimiter,
    find_encoding,
)
from custfocus_cli.files.tables.workbook import read_workbook
from custfocus_cli.files.text import TOO_LARGE
from custfocus_cli.files.tree import MOST_BYTES

MOST_CELL: Final = 1_000_000
"""Characters of a cell."""
MOST_RECORD: Final = 2 * MOST_LINE
"""Characters of a record, over all its lines."""
_HEAD: Final = 1 << 20

WORKBOOK: Final = ".xlsx"
PARQUET: Final = ".parquet"

_REASONS: Final = (
    ("field larger than field limit", "table-too-large", f"a cell has more than {MOST_CELL:,}"
     " characters; is a quote never closed?"),
    ("unexpected end of data", "csv-syntax", "a quote is opened here and never closed"),
    ("expected after", "csv-syntax", "a quote stands inside a quoted cell; it has to be doubled"),
)  # fmt: skip

Record = list[str]
Records = Generator[tuple[int, Record], None, None]


class Source(NamedTuple):
    """A table that can be read, as often as it is needed, from its first record.

    `encoding` and `delimiter` are in words for people.
    """

    path: str
    encoding: str
    delimiter: str
    read: Callable[[], Records]
    guessed_from: int | None = None
    file: File = File("")
    codec: str = ""
    separator: str = ""

    @property
    def is_parquet(self) -> bool:
        """Whether it is no text but columns of values."""
        return self.file.path.lower().endswith(PARQUET)


def find_source(file: File) -> Source | Problem:
    """How to read a table, by its suffix and its first bytes; a problem where it cannot be read.

    CustfocusError for a Parquet file where DuckDB is missing.

    Reading raises BadInput with the line where a record is none, or larger than one may be.
    """
    stream = open_stream(file)
    if isinstance(stream, Problem):
        return stream
    with stream:
        if file.path.lower().endswith(WORKBOOK):
            return Source(file.name, "a workbook", "", lambda: _workbook_records(file))
        if file.path.lower().endswith(PARQUET):
            return _find_parquet(file)
        encoding = find_encoding(stream, file.name)
        if isinstance(encoding, Problem):
            return encoding
        stream.seek(0)
        head = stream.read(_HEAD).decode(encoding.codec, "replace")
    delimiter = find_delimiter(head)
    return Source(
        file.name,
        encoding.title,
        _DELIMITERS[delimiter],
        lambda: _csv_records(file, encoding, delimiter),
        encoding.guessed_from,
        file,
        encoding.codec,
        delimiter,
    )


def _find_parquet(file: File) -> Source | Problem:
    if file.revision is not None:
        return Problem(file.name, 1, 1, "cannot-read", "a Parquet file is read from the disk")
    from custfocus_cli.files.tables.parquet import read_parquet

    return Source(file.name, "Parquet", "", lambda: read_parquet(file), file=file)


_DELIMITERS: Final = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}


def open_stream(file: File) -> BinaryIO | Problem:
    """The bytes of a table: on the disk of any length, out of git as long as other files."""
    if file.revision is None:
        try:
            return open_regular(file.path)
        except OSError as error:
            return unreadable(file.name, reason(error))
        except ValueError:  # a NUL inside the name
            return unreadable(file.name, "no file has such a name")
    data = file.read()
    if isinstance(data, Problem):
        return data
    if len(data) > MOST_BYTES:
        return Problem(file.name, 1, 1, "too-large", f"{TOO_LARGE} where it comes out of git")
    return io.BytesIO(data)


class _Lines:
    """The lines of a text, as long as no record has more characters than one may have."""

    def __init__(self, text: io.TextIOBase) -> None:
        self._next = text.__next__
        self.left = MOST_RECORD

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._next()
        self.left -= len(line)
        if self.left < 0:
            raise csv.Error("field larger than field limit")
        return line


def _csv_records(file: File, encoding: Encoding, delimiter: str) -> Records:
    stream = open_stream(file)
    if isinstance(stream, Problem):
        raise BadInput([stream])
    start = 1
    with io.TextIOWrapper(stream, encoding.codec, newline="") as text:
        lines = _Lines(text)
        csv.field_size_limit(MOST_CELL)
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        try:
            for record in reader:
                if record:  # a line without anything is none
                    yield start, record
                start = reader.line_num + 1
                lines.left = MOST_RECORD
        except csv.Error as error:
            raise BadInput([_explain(error, file.name, start)]) from error
        except UnicodeDecodeError as error:  # it changed since its encoding was found
            raise BadInput([Problem(file.name, start, 1, "not-utf8", error.reason)]) from error


def _explain(error: csv.Error, path: str, line: int) -> Problem:
    found = str(error)
    for part, rule, message in _REASONS:
        if part in found:
            return Problem(path, line, 1, rule, message)
    return Problem(path, line, 1, "csv-syntax", found)


def _workbook_records(file: File) -> Records:
    stream = open_stream(file)
    if isinstance(stream, Problem):
        raise BadInput([stream])
    with stream:
        yield from read_workbook(stream, file.name)
