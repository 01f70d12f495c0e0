"""The report on paper: what a page break may not do, and what a printer without colours shows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browser.opening import KINDS, opened, write_page
from browser.paper import (
    count_pages,
    count_rows,
    find_broken_rows,
    find_cut_charts,
    find_stranded_headings,
    read_pages,
    read_parts,
)
from render.cards import score_sample
from shipped import SAMPLES

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# What stands on a page that a browser prints at its usual width: 210 mm less two margins of 16.
A4_WIDTH = 673


CASES = [(name, "", paper) for name in SAMPLES for paper in ("A4", "Letter")]
CASES += [(SAMPLES[0], kind, "A4") for kind in list(KINDS)[1:]]


@pytest.mark.parametrize(("name", "kind", "paper"), CASES)
def test_no_page_break_stands_in_the_way(
    browser: Browser, tmp_path: Path, name: str, kind: str, paper: str
) -> None:
    with opened(browser, write_page(score_sample(name), tmp_path / "page.html", kind)) as page:
        rows = page.locator("tbody tr").count()
        printed = page.pdf(format=paper, tagged=True)
    document = read_parts(printed)
    assert count_rows(document) == rows
    assert find_broken_rows(document) == []
    assert find_stranded_headings(document) == []
    assert find_cut_charts(document) == []
    pages = count_pages(printed)
    for number, text in enumerate(read_pages(printed), start=1):
        assert any(line.startswith(f"{number} / {pages}") for line in text.splitlines())


@pytest.mark.parametrize(
    ("html", "found"),
    [
        (
            "<table><tr><th>a<td>first word<p style='break-before: page'>last word</table>",
            ([[1, 2]], [], []),
        ),
        ("<h2>Heading</h2><p style='break-before: page'>text", ([], [("H2", 1)], [])),
        ("<p>text<h3>Heading", ([], [("H3", 1)], [])),
        (
            "<svg width=9 height=3000 role=img><text y=20>top</text><text y=2900>end</text></svg>",
            ([], [], [[2, 4]]),  # it does not fit on the page it would begin on either
        ),
        ("<h1>Heading</h1><table><tr><th>a<td>b</table>", ([], [], [])),
    ],
)
def test_a_planted_break_is_caught(
    browser: Browser, html: str, found: tuple[object, object, object]
) -> None:
    page = browser.new_page()
    page.set_content(f"<!doctype html><html lang=en><title>x</title>{html}")
    document = read_parts(page.pdf(format="A4", tagged=True))
    page.close()
    assert (
        find_broken_rows(document),
        find_stranded_headings(document),
        find_cut_charts(document),
    ) == found


# Elements that reach beyond the right edge of the paper, where nothing scrolls.
FIND_CUT_OFF = """[...document.querySelectorAll('body *')]
  .filter(each => each.getBoundingClientRect().right > innerWidth + 0.5)
  .map(each => each.localName)"""

# Elements with a background that a printer told to save ink would leave out.
FIND_LOST_BACKGROUNDS = """[...document.querySelectorAll('body *')]
  .filter(each => getComputedStyle(each).backgroundColor !== 'rgba(0, 0, 0, 0)')
  .filter(each => getComputedStyle(each).printColorAdjust !== 'exact')
  .map(each => each.localName)"""


def test_printing_is_light_whole_and_keeps_its_backgrounds(
    browser: Browser, pages: dict[str, Path]
) -> None:
    with opened(browser, pages["ordinary"], theme="dark", width=A4_WIDTH) as page:
        page.emulate_media(media="print")
        assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == (
            "rgb(255, 255, 255)"
        )
        assert page.evaluate("getComputedStyle(document.querySelector('nav')).display") == "none"
        assert page.evaluate(FIND_CUT_OFF) == []
        assert page.evaluate(FIND_LOST_BACKGROUNDS) == []


def test_a_planted_loss_on_paper_is_caught(browser: Browser) -> None:
    page = browser.new_page(viewport={"width": A4_WIDTH, "height": 800})
    page.set_content("<p style='width: 674px'>wide</p><b style='background: #12436d'>dark</b>")
    assert page.evaluate(FIND_CUT_OFF) == ["p"]
    assert page.evaluate(FIND_LOST_BACKGROUNDS) == ["b"]
    page.close()
