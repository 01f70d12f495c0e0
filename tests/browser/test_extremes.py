"""The report where there is very much, very little, or another script: the layout holds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browser.opening import opened, write_page
from browser.paper import find_broken_rows, find_cut_charts, find_stranded_headings, read_parts
from browser.test_paper import A4_WIDTH, FIND_CUT_OFF
from render.extremes import EXTREMES, score_extreme

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# Labels of a drawing that its edge cuts off, and those that lie on one another.
FIND_BAD_LABELS = """[...document.querySelectorAll('svg')].flatMap(svg => {
  const {left, right, top, bottom} = svg.getBoundingClientRect();
  const labels = [...svg.querySelectorAll('text')];
  const boxes = labels.map(each => each.getBoundingClientRect());
  const apart = (a, b) =>
    a.right <= b.left || b.right <= a.left || a.bottom <= b.top + 1 || b.bottom <= a.top + 1;
  return labels.filter((_, n) => {
    const box = boxes[n];
    const cut = box.left < left || box.right > right || box.top < top || box.bottom > bottom;
    return cut || boxes.some((other, m) => m !== n && !apart(box, other));
  }).map(each => each.textContent);
})"""


@pytest.fixture(params=EXTREMES)
def file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return write_page(score_extreme(request.param), tmp_path / "report.html")


def test_it_holds_on_every_screen_and_on_paper(browser: Browser, file: Path) -> None:
    for width in (1200, 320):
        with opened(browser, file, width=width) as page:
            assert page.evaluate("document.documentElement.scrollWidth") == width
            assert page.evaluate(FIND_BAD_LABELS) == []
    with opened(browser, file, width=A4_WIDTH) as page:
        page.emulate_media(media="print")
        assert page.evaluate(FIND_CUT_OFF) == []
        assert page.evaluate(FIND_BAD_LABELS) == []
        document = read_parts(page.pdf(format="A4", tagged=True))
    assert find_broken_rows(document) == []
    assert find_stranded_headings(document) == []
    assert find_cut_charts(document) == []


def test_a_planted_bad_label_is_caught(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(
        "<svg width=300 height=100><text x=-5 y=20>cut</text><text x=9 y=50>one</text>"
        "<text x=15 y=52>on another</text><text x=200 y=80>whole</text></svg>"
    )
    assert page.evaluate(FIND_BAD_LABELS) == ["cut", "one", "on another"]
    page.close()
