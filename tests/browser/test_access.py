"""The report for those who cannot see all of it: by axe, by contrast, by keyboard, without CSS."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browser.contrast import find_faint
from browser.opening import KINDS, Theme, opened
from render.pages import squeeze

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")

NAMES = [f"{name}{kind}" for kind in KINDS for name in ("ordinary", "hostile")]
both_themes = pytest.mark.parametrize("theme", ["light", "dark"])


def run_axe(page: Page) -> list[str]:
    """The violations that axe finds, each with the first element it stands in."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in found]


@pytest.mark.parametrize("name", ["hostile", *(f"ordinary{kind}" for kind in KINDS)])
@pytest.mark.parametrize(("theme", "width"), [("light", 1200), ("dark", 320)])
def test_axe_finds_nothing(
    browser: Browser, pages: dict[str, Path], name: str, theme: Theme, width: int
) -> None:
    with opened(browser, pages[name], theme=theme, width=width) as page:
        assert run_axe(page) == []


def test_axe_catches_a_planted_violation(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<!doctype html><html lang=en><title>x</title><main><h1>x</h1><button>")
    assert run_axe(page) == ["button-name: <button></button>"]
    page.close()


@pytest.mark.parametrize("name", NAMES)
@both_themes
@pytest.mark.parametrize("width", [1200, 320])
def test_everything_stands_out(
    browser: Browser, pages: dict[str, Path], name: str, theme: Theme, width: int
) -> None:
    with opened(browser, pages[name], theme=theme, width=width) as page:
        assert find_faint(page) == []


def test_what_prints_stands_out_too(browser: Browser, pages: dict[str, Path]) -> None:
    with opened(browser, pages["ordinary"], theme="dark") as page:
        page.emulate_media(media="print")
        assert find_faint(page) == []


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        # By WCAG's formula on white: #767676 4.54, #777777 4.48, #999999 2.85, and the ink at
        # 0.3 (rgb 186.6 187.8 189.3) 1.91; the ink on #12436d 1.62.
        ("<p id=p>x</p>|p.style.color = '#777777'", ["p x: 4.48"]),
        ("<p id=p>x</p>|p.style.color = '#767676'", []),
        ("<p id=p>x</p>|p.style.opacity = 0.3", ["p x: 1.91"]),
        ("<table><td id=p>1</table>|p.style.backgroundColor = '#12436d'", ["td 1: 1.62"]),
        ("<table><td id=p>1</table>|p.style.border = '1px solid #999999'", ["edge of td 1: 2.85"]),
        ("<svg><text y=9 fill='#777777'>a</text></svg>|", ["text a: 4.48"]),
        ("<svg><circle class=now r=9 fill='#999999' /></svg>|", ["circle now: 2.85"]),
        (
            "<svg><rect width=99 height=99 fill='#12436d' /><text y=9>a</text></svg>"
            "|document.querySelector('text').style.fill = '#1b1f24'",
            ["text a: 1.62"],
        ),
        ("<svg><line class=grid x2=9 stroke='#eeeeee' /></svg>|", []),
    ],
)
def test_a_planted_faintness_is_caught(browser: Browser, planted: str, found: list[str]) -> None:
    html, script = planted.split("|")
    page = browser.new_page()
    page.set_content(f"<body style='color: #1b1f24'>{html}")
    page.evaluate(script or "0")
    assert find_faint(page) == found
    page.close()


FOCUS = """() => {
  const here = document.activeElement;
  const {outlineStyle, outlineWidth, outlineColor} = getComputedStyle(here);
  const ring = outlineStyle === 'solid' && parseFloat(outlineWidth) >= 2 && outlineColor;
  return here === document.body ? null : [here.getAttribute('href') || here.ariaLabel, ring];
}"""


@both_themes
@pytest.mark.parametrize("width", [1200, 320])
def test_the_keyboard_reaches_everything_and_shows_where_it_is(
    browser: Browser, pages: dict[str, Path], theme: Theme, width: int
) -> None:
    with opened(browser, pages["ordinary"], theme=theme, width=width) as page:
        places: list[str] = page.evaluate(
            "[...document.querySelectorAll('a[href], .scroll')]"
            ".map(each => each.getAttribute('href') || each.ariaLabel)"
        )
        reached = []
        for _ in places:
            page.keyboard.press("Tab")
            reached.append(page.evaluate(FOCUS))
        ring = {"light": "rgb(18, 67, 109)", "dark": "rgb(107, 172, 230)"}[theme]
        assert reached == [[place, ring] for place in places]
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS) is None
        page.focus("a[href='#method']")
        page.keyboard.press("Enter")
        assert page.evaluate("document.getElementById('method').getBoundingClientRect().top") < 100


READ = "document.body.innerText"
STRIP = "document.querySelectorAll('style').forEach(each => each.remove())"
INKS = """[...document.querySelectorAll('svg *')].map(each => {
  const {fill, stroke, strokeWidth} = getComputedStyle(each);
  return [each.localName, fill, stroke, strokeWidth];
})"""


@pytest.mark.parametrize("name", ["ordinary", "hostile"])
def test_without_its_style_the_page_says_and_draws_the_same(
    browser: Browser, pages: dict[str, Path], name: str
) -> None:
    with opened(browser, pages[name]) as page:
        words, inks = page.evaluate(READ), page.evaluate(INKS)
        assert len(inks) > 50
        page.evaluate(STRIP)
        assert squeeze(page.evaluate(READ)).casefold() == squeeze(words).casefold()
        assert page.evaluate(INKS) == inks
