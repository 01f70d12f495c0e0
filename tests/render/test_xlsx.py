"""The plain workbook: read back by openpyxl, the same bytes everywhere, never a formula."""

from __future__ import annotations

import io
import zipfile

from hypothesis import given, settings
from hypothesis import strategies as st
from servers import read_sheets

from custfocus_cli.render.xlsx import write_workbook

TEXT = st.text(st.characters(exclude_categories=("C", "Z")) | st.sampled_from(" \n\t"), max_size=20)


def test_texts_come_back() -> None:
    written = ("=1+1", "", "<&> \"x\" \n 'y'")
    made = write_workbook({"one": [("a", "b"), written], "two & more": [("c",)]})
    assert read_sheets(made) == {"one": [("a", "b", ""), written], "two & more": [("c",)]}


@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=4))
@settings(deadline=None, max_examples=50)
def test_any_text_is_a_text(rows: list[tuple[str, str]]) -> None:
    back = read_sheets(write_workbook({"x": [("first", "second"), *rows]}))["x"]
    kept = [(*row, "", "")[:2] for row in back[1:]]
    assert kept + [("", "")] * (len(rows) - len(kept)) == rows


def test_the_file_tells_neither_when_nor_where_it_was_written() -> None:
    made = write_workbook({"x": [("a",)]})
    parts = zipfile.ZipFile(io.BytesIO(made)).infolist()
    assert {(part.date_time, part.create_system, part.compress_type) for part in parts} == {
        ((1980, 1, 1, 0, 0, 0), 3, zipfile.ZIP_STORED)
    }
    assert made == write_workbook({"x": [("a",)]})
