"""A printed report read back: its pages, and what a page break does to rows, headings and charts.

Both printers write tagged files, in which each row, heading and chart names the pages that it
stands on, so that nothing has to be guessed from words and places.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple

from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject, PdfObject

HEADINGS = frozenset({"H1", "H2", "H3", "H4", "H5", "H6"})


class Part(NamedTuple):
    """One element of a printed page with those inside it, and the pages of its own content."""

    kind: str
    pages: tuple[int, ...]
    parts: tuple[Part, ...]

    def walk(self) -> Iterator[Part]:
        """This part and every one inside it, in reading order."""
        yield self
        for part in self.parts:
            yield from part.walk()

    @property
    def stands_on(self) -> list[int]:
        """The pages of all its content, each once, in order."""
        return sorted({page for part in self.walk() for page in part.pages})


def count_pages(pdf: bytes) -> int:
    """How many pages a PDF has."""
    return len(PdfReader(BytesIO(pdf)).pages)


def read_pages(pdf: bytes) -> list[str]:
    """The text of each page."""
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def read_parts(pdf: bytes) -> Part:
    """The whole document as parts, pages counted from 1."""
    reader = PdfReader(BytesIO(pdf))
    numbers = {
        page.indirect_reference.idnum: number
        for number, page in enumerate(reader.pages, start=1)
        if page.indirect_reference is not None
    }
    root = reader.root_object["/StructTreeRoot"]
    assert isinstance(root, DictionaryObject)
    return _read_part(root, 0, numbers)


def _read_part(element: DictionaryObject, page: int, numbers: dict[int, int]) -> Part:
    page = _find_page(element, page, numbers)
    pages, parts = [], []
    for kid in _list_kids(element):
        if not isinstance(kid, DictionaryObject):
            pages.append(page)
        elif kid.get("/Type") == "/MCR":
            pages.append(_find_page(kid, page, numbers))
        elif kid.get("/Type") != "/OBJR":  # a link's active area
            parts.append(_read_part(kid, page, numbers))
    return Part(str(element.get("/S", "")).removeprefix("/"), tuple(pages), tuple(parts))


def _list_kids(element: DictionaryObject) -> list[PdfObject]:
    kids = element.get("/K")
    if kids is None:
        return []
    found = kids.get_object()
    each = found if isinstance(found, list) else [found]
    return [kid.get_object() for kid in each]


def _find_page(element: DictionaryObject, page: int, numbers: dict[int, int]) -> int:
    named = element.raw_get("/Pg") if "/Pg" in element else None
    return numbers[named.idnum] if isinstance(named, IndirectObject) else page


def count_rows(document: Part) -> int:
    """How many rows with cells the tables have; rows of column titles are repeated on each page."""
    return len(_find_rows(document))


def _find_rows(document: Part) -> list[Part]:
    rows = (part for part in document.walk() if part.kind == "TR")
    return [row for row in rows if any(part.kind == "TD" for part in row.walk())]


def find_broken_rows(document: Part) -> list[list[int]]:
    """The pages of every row of a table that stands on more than one."""
    return [row.stands_on for row in _find_rows(document) if len(row.stands_on) > 1]


def find_cut_charts(document: Part) -> list[list[int]]:
    """The pages of every chart that stands on more than one."""
    figures = [part for part in document.walk() if part.kind == "Figure"]
    charts = [each for each in figures if sum(part.kind == "Figure" for part in each.walk()) == 1]
    return [chart.stands_on for chart in charts if len(chart.stands_on) > 1]


def find_stranded_headings(document: Part) -> list[tuple[str, int]]:
    """Every heading that does not end where what follows it begins, with its page."""
    stranded = []
    heading: tuple[str, int] | None = None
    inside: set[int] = set()
    for part in document.walk():
        if part.kind in HEADINGS:
            if part.stands_on:
                heading = part.kind, part.stands_on[-1]
            inside = {id(each) for each in part.walk()}
        elif part.pages and id(part) not in inside and heading is not None:
            if part.pages[0] != heading[1]:
                stranded.append(heading)
            heading = None
    return [*stranded, *([heading] if heading is not None else [])]
