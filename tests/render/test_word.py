"""The Markdown report in Word: pandoc takes it without a word, and nothing is lost on the way.

Skipped where pandoc is missing, which --no-skips makes a failure.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from markdown_it import MarkdownIt
from render.cards import render_report, score_sample
from render.pages import read_page, read_table, squeeze
from render.test_hostile import poison
from shipped import SAMPLES

from custfocus_cli.scoring.scorecard import Scorecard

PANDOC = shutil.which("pandoc")
pytestmark = pytest.mark.skipif(PANDOC is None, reason="no pandoc: apt install pandoc")

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
GFM = MarkdownIt("gfm-like", {"html": True, "linkify": False})


def write_word(text: str, folder: Path, dialect: str = "markdown") -> ElementTree.Element:
    """The body of the document that pandoc makes of a report; AssertionError where it warns."""
    made = folder / "report.docx"
    run = subprocess.run(
        ["pandoc", f"--from={dialect}", "--fail-if-warnings", f"--output={made}"],
        input=text,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (run.returncode, run.stderr) == (0, "")
    with ZipFile(made) as parts:
        return ElementTree.fromstring(parts.read("word/document.xml"))  # noqa: S314 - just made


def read_text(element: ElementTree.Element) -> str:
    return squeeze("".join(each.text or "" for each in element.iter(f"{W}t")))


def list_headings(document: ElementTree.Element) -> list[tuple[str, str]]:
    found = []
    for paragraph in document.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        name = "" if style is None else style.get(f"{W}val", "")
        if level := re.fullmatch(r"Heading(\d)", name):
            found.append((f"h{level[1]}", read_text(paragraph)))
    return found


def straighten(text: str) -> str:
    """The text with the quotes and dashes that were typed, where pandoc made them typographic."""
    return text.translate(str.maketrans("\u2018\u2019\u201c\u201d", "''\"\""))


@pytest.mark.parametrize("name", SAMPLES)
def test_headings_and_tables_arrive_whole(name: str, tmp_path: Path) -> None:
    text = render_report("markdown", score_sample(name))
    document, page = write_word(text, tmp_path), read_page(GFM.render(text))
    assert [(level, straighten(words)) for level, words in list_headings(document)] == [
        (each.name, straighten(squeeze(each.text)))
        for each in page.walk()
        if re.fullmatch("h[1-6]", each.name)
    ]
    tables = [
        [[read_text(cell) for cell in row.iter(f"{W}tc")] for row in table.iter(f"{W}tr")]
        for table in document.iter(f"{W}tbl")
    ]
    assert tables == [read_table(table) for table in page.find("table")]


# pandoc's own dialect makes typographic quotes, which lone quotes of hostile texts can derail.
@pytest.mark.parametrize(
    ("card", "dialect"),
    [(score_sample("varrowby-2026"), "markdown"), (poison(0)[0], "gfm")],
    ids=["ordinary", "hostile"],
)
def test_no_mark_of_markdown_or_html_is_left(card: Scorecard, dialect: str, tmp_path: Path) -> None:
    text = render_report("markdown", card)
    read = read_text(write_word(text, tmp_path, dialect))
    shown = read_page(GFM.render(text)).text
    assert "<!-" not in read
    for mark in ("**", "](", "| -", "\\\\", "## "):
        assert (mark in read) == (mark in shown)


def test_a_warning_of_pandoc_is_caught(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="WARNING"):
        write_word("[a]: b\n[a]: c\n", tmp_path)
