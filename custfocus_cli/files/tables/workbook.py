"""The records of a workbook (XLSX), read with openpyxl, which comes with the extra `xlsx`."""

from __future__ import annotations

import datetime
import warnings
import zipfile
import zlib
from collections.abc import Generator
from typing import BinaryIO, Final

from custfocus_cli.errors import BadInput, CustfocusError, Problem

MOST_UNPACKED: Final = 400_000_000
"""Bytes of all parts of a workbook together: a workbook is a zip archive, which may unfold."""
MOST_TEXTS: Final = 50_000_000
"""Bytes of the part with the texts of all cells, which is held in memory."""
MOST_ROWS: Final = 1_048_576
"""Rows of a sheet, by the format itself."""

_BROKEN: Final = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError),
    *(ValueError, NotImplementedError, RuntimeError),
)
"""What a file that is no zip archive, or a broken one, leads to."""
_TEXTS: Final = "sharedstrings.xml"
_HEAD: Final = 2_000


def read_workbook(stream: BinaryIO, path: str) -> Generator[tuple[int, list[str]], None, None]:
    """The rows of the first sheet as texts, with their numbers from 1.

    Formulas count as the value that was stored with them. Raises BadInput where this is no
    workbook, or a larger one than may be, CustfocusError where openpyxl is missing.
    """
    problem = _refusal(stream, path)
    if problem is not None:
        raise BadInput([problem])
    try:
        from openpyxl import load_workbook
    except ImportError as error:
        raise CustfocusError(
            f"{path} is a workbook, and reading one needs openpyxl, which is not installed here",
            "pip install 'custfocus[xlsx]', or save the table as CSV",
        ) from error
    number = 1
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and dates, which are not read
            book = load_workbook(stream, read_only=True, data_only=True, keep_links=False)
            rows = iter(book.worksheets[0].iter_rows(values_only=True))
        while True:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                row = next(rows, None)
            if row is None:
                return
            if number > MOST_ROWS:
                message = f"a sheet has more than {MOST_ROWS:,} rows"
                raise BadInput([Problem(path, number, 1, "table-too-large", message)])
            yield number, [_text(each) for each in row]
            number += 1
    except (BadInput, CustfocusError, GeneratorExit):
        raise
    except Exception as error:  # openpyxl lets out whatever a broken part leads to
        message = "this is no workbook that can be read; save it again, or as CSV"
        raise BadInput([Problem(path, number, 1, "cannot-read", message)]) from error


def _refusal(stream: BinaryIO, path: str) -> Problem | None:
    """Why an archive is not unpacked: it is none, would unfold, or declares entities."""
    try:
        with zipfile.ZipFile(stream) as archive:
            parts = archive.infolist()
            texts = sum(each.file_size for each in parts if each.filename.lower().endswith(_TEXTS))
            if sum(each.file_size for each in parts) > MOST_UNPACKED or texts > MOST_TEXTS:
                message = "the workbook unfolds to more than may be read; save it as CSV"
                return Problem(path, 1, 1, "table-too-large", message)
            for each in parts:
                with archive.open(each) as part:
                    if b"<!" in part.read(_HEAD).replace(b"<!--", b""):
                        message = f"{each.filename} in the workbook declares a document type"
                        return Problem(path, 1, 1, "cannot-read", message)
    except _BROKEN:
        return Problem(path, 1, 1, "cannot-read", "this is no workbook (XLSX)")
    stream.seek(0)
    return None


def _text(value: object) -> str:
    """A cell as text: whole numbers without decimals, dates as ISO 8601."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime | datetime.date):
        return value.isoformat()
    return str(value)
