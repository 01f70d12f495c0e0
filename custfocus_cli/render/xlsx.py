"""A workbook of texts as XLSX, the plainest there is: no styles, no formulas, no numbers.

Every cell is an inline text, which no program takes for a formula whatever it begins with. The
parts are stored as they are and carry one fixed date, so that the same texts give the same bytes
on every machine: a compressor gives other bytes with each version of its library.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from string import ascii_uppercase
from typing import Final
from xml.sax.saxutils import escape, quoteattr

Sheet = Sequence[Sequence[str]]

_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)
"""The first day that a ZIP file can hold."""
_UNIX: Final = 3


def write_workbook(sheets: Mapping[str, Sheet]) -> bytes:
    """The sheets by name as one file; each is rows of at most 26 texts without control characters.

    An empty text leaves its cell empty.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, text in _list_parts(sheets):
            part = zipfile.ZipInfo(name, _EARLIEST)
            part.create_system = _UNIX  # else it tells on which system it was written
            archive.writestr(part, f"{_DECLARATION}{text}".encode())
    return packed.getvalue()


def _list_parts(sheets: Mapping[str, Sheet]) -> Iterator[tuple[str, str]]:
    """The name and the XML of each part of the package."""
    numbers = range(1, len(sheets) + 1)
    kinds = [("xl/workbook.xml", f"{_TYPE}.sheet.main+xml")]
    kinds += [(f"xl/worksheets/sheet{n}.xml", f"{_TYPE}.worksheet+xml") for n in numbers]
    yield (
        "[Content_Types].xml",
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        + "".join(f'<Override PartName="/{part}" ContentType="{kind}"/>' for part, kind in kinds)
        + "</Types>",
    )
    yield "_rels/.rels", _relate([("officeDocument", "xl/workbook.xml")])
    names = zip(numbers, sheets, strict=True)
    listed = "".join(f'<sheet name={quoteattr(s)} sheetId="{n}" r:id="rId{n}"/>' for n, s in names)
    yield (
        "xl/workbook.xml",
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>',
    )
    parts = [("worksheet", f"worksheets/sheet{n}.xml") for n in numbers]
    yield "xl/_rels/workbook.xml.rels", _relate(parts)
    for number, rows in zip(numbers, sheets.values(), strict=True):
        yield f"xl/worksheets/sheet{number}.xml", _write_sheet(rows)


def _relate(targets: Sequence[tuple[str, str]]) -> str:
    """What a part points to: the kind and the name of each other part."""
    links = (
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(links)}</Relationships>'


def _write_sheet(rows: Sheet) -> str:
    written = (
        f'<row r="{number}">{"".join(_write_cells(number, row))}</row>'
        for number, row in enumerate(rows, start=1)
    )
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(written)}</sheetData></worksheet>'


def _write_cells(number: int, row: Sequence[str]) -> Iterator[str]:
    for letter, text in zip(ascii_uppercase, row, strict=False):
        if text:
            inside = f'<t xml:space="preserve">{escape(text)}</t>'
            yield f'<c r="{letter}{number}" t="inlineStr"><is>{inside}</is></c>'
