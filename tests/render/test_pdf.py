"""The PDF that WeasyPrint makes; skipped where its libraries are missing (--no-skips refuses)."""

from __future__ import annotations

import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from browser.paper import (
    count_pages,
    count_rows,
    find_broken_rows,
    find_cut_charts,
    find_stranded_headings,
    read_pages,
    read_parts,
)
from cli import CUSTFOCUS, settle_environment
from pypdf import PdfReader
from pypdf.generic import ContentStream, DictionaryObject
from render.cards import print_report, render_report, score_sample, score_sheet
from render.pages import read_page, squeeze
from shipped import FOLDER, SAMPLES

from custfocus_cli.documents.theme import Colours, ReportTheme
from custfocus_cli.errors import CustfocusError
from custfocus_cli.render.look import Look, Templates
from custfocus_cli.render.pdf import print_page

SAMPLE = str(FOLDER / "samples" / "varrowby-2025.yaml")
PAGE = "<!doctype html><html lang=en><title>A title</title>"


@pytest.fixture(scope="module", autouse=True)
def _libraries() -> None:
    try:
        print_page(PAGE)
    except CustfocusError as error:
        pytest.skip(f"{error.message}; {error.hint}")


@pytest.mark.parametrize("name", ["quillmarsh-2025", "varrowby-2026"])
def test_the_report_is_printed_whole(name: str) -> None:
    card = score_sample(name)
    page, printed = read_page(render_report("html", card)), print_report(card)
    document = read_parts(printed)
    rows = [row for body in page.find("tbody") for row in body.find("tr")]
    assert count_rows(document) == len(rows)
    assert find_broken_rows(document) == []
    assert find_stranded_headings(document) == []
    assert find_cut_charts(document) == []
    pages = count_pages(printed)
    texts = read_pages(printed)
    for number, text in enumerate(texts, start=1):
        assert text.endswith(f" {number} / {pages}")
    missing = [
        each.text
        for level in ("h1", "h2")
        for each in page.find(level)
        if squeeze(each.text) not in squeeze(" ".join(texts))
    ]
    assert missing == []


def test_the_same_bytes_elsewhere() -> None:
    run = subprocess.run(
        [*CUSTFOCUS, "report", SAMPLE, "-f", "pdf", "-o", "-"],
        env=settle_environment({"PYTHONHASHSEED": "7", "TZ": "EST-14", "LC_ALL": "C.UTF-8"}),
        capture_output=True,
        check=True,
        timeout=120,
    )
    assert run.stdout == print_report(score_sample("varrowby-2025"))


def test_it_has_the_look_and_the_history_of_the_page() -> None:
    dot = "data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4="
    theme = ReportTheme(
        name="Fellside", footer="Confidential", light=Colours(accent="#0b5d3b", target="#b3541e")
    )
    own = {"executive.html.j2": "{% extends 'custfocus/executive.html.j2' %}{% block head %}"}
    own["executive.html.j2"] += "<meta name=author content=us>{% endblock %}"
    look = Look("executive", theme, dot, Templates("firm", own))
    before = [score_sample("quillmarsh-2025")]
    printed = print_report(score_sample("quillmarsh-2026"), look, before)
    text = squeeze(" ".join(read_pages(printed)))
    assert {"0b5d3b", "b3541e"} <= read_colours(printed)
    assert "EXECUTIVE VERSION" in text
    assert "Since 10 November 2025" in text
    assert "Confidential" in text
    assert PdfReader(BytesIO(printed)).metadata.author == "us"  # type: ignore[union-attr]


@pytest.mark.parametrize("name", SAMPLES)
def test_the_executive_version_has_two_pages(name: str) -> None:
    before = [score_sample(name.replace("2026", "2025"))]
    assert count_pages(print_report(score_sample(name), Look("executive"), before)) == 2


def test_a_planted_torn_row_counts_twice() -> None:
    torn = "<table><tr><th>a<td>first<p style='break-before: page'>last</table>"
    assert count_rows(read_parts(print_page(PAGE + torn))) == 2
    assert count_rows(read_parts(print_page(PAGE + "<table><tr><th>a<td>b</table>"))) == 1


def test_it_is_tagged_and_says_its_language_and_title_and_no_date() -> None:
    reader = PdfReader(BytesIO(print_report(score_sheet("one characteristic"))))
    root = reader.root_object
    assert (str(root["/Lang"]), str(root["/MarkInfo"])) == ("en", "{'/Marked': True}")
    assert reader.metadata is not None
    assert sorted(reader.metadata) == ["/Creator", "/Producer", "/Title"]
    assert reader.metadata.title == "Somewhere: Small, 31 January 2026"


def read_colours(pdf: bytes) -> set[str]:
    """Every colour a PDF fills or draws with, as hexadecimal digits."""
    reader = PdfReader(BytesIO(pdf))
    found = set()
    for page in reader.pages:
        resources = page["/Resources"]
        assert isinstance(resources, DictionaryObject)
        drawn = resources.get("/XObject", DictionaryObject())
        assert isinstance(drawn, DictionaryObject)
        for stream in (page["/Contents"], *drawn.values()):
            for operands, operator in ContentStream(stream.get_object(), reader).operations:
                if operator in (b"rg", b"RG", b"scn", b"SCN") and len(operands) == 3:
                    found.add("".join(f"{round(float(each) * 255):02x}" for each in operands))
    return found


def test_a_chart_keeps_its_colours() -> None:
    page = render_report("html", score_sheet("one unknown answer"))
    drawing = re.search(r"<svg.*?</svg>", page, re.DOTALL)
    assert drawing is not None
    wanted = set(re.findall(r"(?:fill|stroke)=\"#(\w+)\"", drawing[0]))
    assert wanted == {"12436d", "f46a25", "1b1f24", "6b7885", "c3ccd5", "ffffff"}
    assert read_colours(print_page(PAGE + drawing[0])) >= wanted
    bare = re.sub(r" (?:fill|stroke)=\"#\w+\"", "", drawing[0])  # what it would be without
    assert read_colours(print_page(PAGE + bare)) <= {"000000"}


@pytest.mark.parametrize("address", ["http://192.0.2.1/x.png", "file:///etc/hostname"])
def test_a_page_that_asks_for_more_is_refused(address: str) -> None:
    with pytest.raises(CustfocusError) as caught:
        print_page(f"{PAGE}<img alt='' src='{address}'>")
    assert address in caught.value.message
    assert caught.value.hint == "let the template hold what it shows, as a data: address"


def test_what_a_page_holds_itself_is_shown() -> None:
    pixel = (
        "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>"
        "<rect width='9' height='9' fill='%2312436d'/></svg>"
    )
    assert "12436d" in read_colours(print_page(f'{PAGE}<img alt="" src="{pixel}">'))


def forget_weasyprint(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)


@pytest.mark.parametrize("module", ["", "# older, without what we import\nHTML = None\n"])
def test_without_weasyprint_it_says_what_to_install(
    module: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    forget_weasyprint(monkeypatch)
    (tmp_path / "weasyprint.py").write_text(module or "raise ImportError", "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(CustfocusError) as caught:
        print_page(PAGE)
    assert (caught.value.message, caught.value.hint) == (
        "a PDF needs WeasyPrint 70 or later, which is not installed here",
        "pip install 'custfocus[pdf]', or write the HTML report and print it from a browser",
    )


def test_without_a_library_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    forget_weasyprint(monkeypatch)
    fake = "print('a page of advice')\nraise OSError('cannot load libpango-1.0-0\\nand so on')\n"
    (tmp_path / "weasyprint.py").write_text(fake, "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(CustfocusError) as caught:
        print_page(PAGE)
    assert (caught.value.message, caught.value.hint) == (
        "a PDF needs a library that this system lacks: cannot load libpango-1.0-0",
        "install Pango (on Debian or Ubuntu: apt install libpango-1.0-0 libpangoft2-1.0-0"
        " libharfbuzz-subset0), or write the HTML report and print it from a browser",
    )
    assert capsys.readouterr() == ("", "")
