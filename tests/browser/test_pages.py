"""Every page in a real browser: one request, no message, no sideways scroll, nothing that acts.

Where no Chromium is installed these tests are skipped; in a pipeline (CI is set) they fail.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
from render.cards import compare_samples, score_sample
from render.test_gate_letter import poison_years
from render.test_hostile import poison

from custfocus_cli.documents.sessions import choose_sitting
from custfocus_cli.render.formats import DIFF, QUESTIONNAIRE, REPORT, SHEET
from custfocus_cli.render.terminal import Terminal

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or "/usr/bin/chromium"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        reason = "no Chromium: apt install chromium"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield made
        made.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Each kind of page as files: an ordinary one, and one full of hostile texts."""
    folder = tmp_path_factory.mktemp("pages")
    diffs = {"ordinary": compare_samples("varrowby"), "hostile": poison_years(0)[0]}
    cards = {"ordinary": score_sample("varrowby-2026"), "hostile": poison(0)[0]}
    made = {}
    for name, card in cards.items():
        sessions = [each.id for each in card.definition.questionnaire.sessions]
        texts = {
            name: REPORT["html"](card),
            f"{name} diff": DIFF["html"](diffs[name], Terminal()),
            f"{name} questionnaire": QUESTIONNAIRE["html"](card.definition, Terminal()),
            f"{name} sheet": SHEET["html"](choose_sitting(card.definition, sessions), Terminal()),
        }
        for number, (title, text) in enumerate(texts.items()):
            made[title] = folder / f"{name}-{number}.html"
            made[title].write_text(text, encoding="utf-8")
    return made


KINDS = ("", " questionnaire", " sheet")
NAMES = [f"{name}{kind}" for kind in (*KINDS, " diff") for name in ("ordinary", "hostile")]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1200, 320])
def test_the_page_loads_nothing_says_nothing_and_fits(
    browser: Browser, pages: dict[str, Path], name: str, theme: Literal["light", "dark"], width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=theme)
    page = context.new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.on("request", lambda request: asked.append(request.url))
    url = pages[name].as_uri()
    page.goto(url)
    assert (said, asked) == ([], [url])
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    painted = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert painted == {"light": "rgb(255, 255, 255)", "dark": "rgb(27, 31, 36)"}[theme]
    context.close()


def test_a_script_and_a_style_that_got_in_would_do_nothing(
    browser: Browser, pages: dict[str, Path], tmp_path: Path
) -> None:
    html = pages["ordinary"].read_text("utf-8")
    planted = "<script>document.title = 'taken'</script><p id=p style='color: rgb(1, 2, 3)'>x</p>"
    page_file = tmp_path / "planted.html"
    page_file.write_text(html.replace("<main>", f"<main>{planted}"), encoding="utf-8")
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(page_file.as_uri())
    assert "taken" not in page.title()
    assert page.evaluate("getComputedStyle(document.getElementById('p')).color") != "rgb(1, 2, 3)"
    assert len(said) == 2  # the policy refused both
    page.close()


def test_printing_shows_light_pages(
    browser: Browser, pages: dict[str, Path], tmp_path: Path
) -> None:
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(pages["ordinary"].as_uri())
    page.emulate_media(media="print")
    painted = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert painted == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.querySelector('nav')).display") == "none"
    printed = page.pdf(prefer_css_page_size=True)
    assert printed.startswith(b"%PDF")
    context.close()


# What is written on paper may not lie on two sheets, and no heading stands alone at the foot.
KEPT_WHOLE = "tr, .items > li"
KEPT_WITH_THE_NEXT = "h2, h3, caption, .lead"
FIND_BREAKS = """
([selector, name]) => [...document.querySelectorAll(selector)]
    .map((each) => getComputedStyle(each)[name])
    .filter((value) => value !== "avoid").length
"""


@pytest.mark.parametrize("kind", KINDS[1:])
def test_a_sheet_on_paper_keeps_together_what_belongs_together(
    browser: Browser, pages: dict[str, Path], kind: str
) -> None:
    page = browser.new_page()
    page.goto(pages[f"ordinary{kind}"].as_uri())
    rules = ([KEPT_WHOLE, "breakInside"], [KEPT_WITH_THE_NEXT, "breakAfter"])
    assert all(page.evaluate(FIND_BREAKS, rule) > 50 for rule in rules)  # it would be noticed
    page.emulate_media(media="print")
    assert [page.evaluate(FIND_BREAKS, rule) for rule in rules] == [0, 0]
    # A question is far lower than a page of paper (about 1000 px), so that it can be kept whole.
    tallest = "Math.max(...[...document.querySelectorAll('.items > li')].map(e => e.offsetHeight))"
    page.set_viewport_size({"width": 688, "height": 1000})  # A4 between its margins
    assert page.evaluate(tallest) < 300
    page.close()
