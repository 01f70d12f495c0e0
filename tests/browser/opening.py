"""Debian's Chromium, and the pages to open in it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from render.cards import (
    compare_samples,
    line_up,
    render_report,
    score_crowd,
    score_sample,
    score_staff_view,
)
from render.test_gate_letter import poison_years

from custfocus_cli.documents.sessions import choose_sitting
from custfocus_cli.render import html
from custfocus_cli.render.form import Handout
from custfocus_cli.render.look import Look
from custfocus_cli.scoring.scorecard import Scorecard

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Theme = Literal["light", "dark"]


def find_chromium() -> str | None:
    """The path of the browser; None where there is none."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


@contextmanager
def launch() -> Iterator[Browser]:
    """A browser that asks nothing of any network and is closed in the end."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        quiet = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=quiet)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def opened(
    browser: Browser, file: Path, *, theme: Theme = "light", width: int = 1200
) -> Iterator[Page]:
    """The file as a page of its own, closed in the end."""
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=theme)
    try:
        page = context.new_page()
        page.goto(file.as_uri())
        yield page
    finally:
        context.close()


def write_page(card: Scorecard, file: Path, kind: str = "") -> Path:
    """The file, with the report of this result in it or another page about its questionnaire."""
    file.write_text(KINDS[kind](card), encoding="utf-8")
    return file


def _write_sheet(card: Scorecard) -> str:
    sessions = [each.id for each in card.definition.questionnaire.sessions]
    return html.write_sheet(choose_sitting(card.definition, sessions))


def _write_form(card: Scorecard) -> str:
    return html.write_form(card.definition, Handout({"id": card.definition.id}))


def _write_diff(card: Scorecard) -> str:
    """The two years of a sample; of anything else, two years full of hostile texts."""
    organisation = card.panel.organisation.partition(" ")[0].lower()
    sample = organisation in ("quillmarsh", "varrowby")
    return html.write_diff(compare_samples(organisation) if sample else poison_years(0)[0])


def _write_units(card: Scorecard, number: int) -> str:
    return html.write_comparison(line_up(card, number))


BEFORE = [score_sample("quillmarsh-2025"), score_sample("varrowby-2025")]

KINDS: Mapping[str, Callable[[Scorecard], str]] = {
    "": partial(render_report, "html"),
    " with years": partial(render_report, "html", history=BEFORE),
    " for a board": partial(render_report, "html", look=Look("executive"), history=BEFORE),
    " questionnaire": lambda card: html.write_questionnaire(card.definition),
    " sheet": _write_sheet,
    " form": _write_form,
    " diff": _write_diff,
    " units": partial(_write_units, number=3),
    " many units": partial(_write_units, number=40),
    " crowd": lambda _: render_report("html", score_crowd()),
    " staff": lambda _: render_report("html", score_staff_view()),
    " crowd for a board": lambda _: render_report("html", score_crowd(), Look("executive")),
}
