"""The executive version printed from a real browser: two pages on both common papers."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from render.cards import render_report, score_sample, score_sheet
from render.poison import Poisoner
from render.test_hostile import write_documents
from shipped import SAMPLES, read_definition, read_sample

from custfocus_cli.documents.assessment import Answer, Respondent
from custfocus_cli.documents.definition import resolve
from custfocus_cli.documents.theme import Colours, ReportTheme
from custfocus_cli.render.look import Look
from custfocus_cli.scoring.panel import panel
from custfocus_cli.scoring.scorecard import Scorecard, score

if TYPE_CHECKING:
    from playwright.sync_api import Browser

THEME = ReportTheme(
    name="Fellside Advisers",
    footer="Confidential. Fellside Advisers, 4 Keld Lane",
    font=("Liberation Serif", "serif"),
    light=Colours(accent="#0b5d3b", target="#b3541e"),
)
# One dot, as PNG.
LOGO = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwAD"
    "hgGAWjR9awAAAABJRU5ErkJggg=="
)


class Stretcher(Poisoner):
    """Makes every free text 2,000 characters long."""

    def _make(self, place: str) -> str:
        return f"{place} {'words and more words ' * 100}"[:2000]


def stretch() -> Scorecard:
    """A result in which everything that a user may write is long."""
    model, questionnaire, answers = write_documents()
    poison = Stretcher().poison
    definition = resolve(poison(questionnaire), poison(model))
    return score(panel([poison(answers)], definition), definition)


def surround() -> Scorecard:
    """An interview with a pulse and a view of the staff beside it, far from what was measured."""
    told = read_sample("quillmarsh-2026")
    beside = []
    for name, code, people in (("pulse-12", "0", 1), ("staff-24", "always", 5)):
        definition = read_definition(name)
        said = dict.fromkeys(definition.entries, Answer(answer=code))
        answers = told.model_copy(update={"answers": said, "context": {}, "figures": None})
        beside.append((panel([answers] * people, definition), definition))
    definition = read_definition("interview-72")
    return score(panel([told], definition), definition, beside=beside)


def stretch_crowd() -> Scorecard:
    """Two groups of two minds, about a questionnaire whose texts are long."""
    model, questionnaire, answers = write_documents()
    poison = Stretcher().poison
    definition = resolve(poison(questionnaire), poison(model))
    people = [
        answers.model_copy(
            update={
                "mode": "survey",
                "respondent": Respondent(id=f"r{n}", group="north" if n % 2 else "south"),
                "answers": {
                    name: Answer(answer="NF"[n % 2]) if name == "sv-1a" else given
                    for name, given in answers.answers.items()
                },
            }
        )
        for n in range(24)
    ]
    return score(panel([poison(each) for each in people], definition), definition, by="group")


def find_card(name: str) -> Scorecard:
    if name == "pulse and staff":
        return surround()
    if name == "long texts of many":
        return stretch_crowd()
    if name == "long texts":
        return stretch()
    if name == "service centre":
        return score_sample("quillmarsh-2025", "service-centre")
    return score_sample(name) if name in SAMPLES else score_sheet(name)


def find_before(name: str, card: Scorecard) -> Scorecard:
    """The year before; of what has none, the same again, and under other questions where long."""
    if name.startswith("long texts"):
        return score_sample("quillmarsh-2025")
    if name == "pulse and staff":
        return score_sample("quillmarsh-2025")
    return score_sample(name.replace("2026", "2025")) if name in SAMPLES else card


SHEETS = ("sixty characteristics", "seven stages")


def count_pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


@pytest.mark.parametrize(
    "name",
    [
        *SAMPLES,
        "service centre",
        "pulse and staff",
        "long texts",
        "long texts of many",
        "sixty characteristics",
        "seven stages",
    ],
)
@pytest.mark.parametrize("years", [0, 1])
def test_two_pages_on_both_papers(browser: Browser, name: str, years: int, tmp_path: Path) -> None:
    look = Look("executive", THEME, LOGO)
    file = tmp_path / "board.html"
    card = find_card(name)
    before = [find_before(name, card)] * years
    file.write_text(render_report("html", card, look, before), encoding="utf-8")
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(file.as_uri())
    counted = {paper: count_pages(page.pdf(format=paper)) for paper in ("A4", "Letter")}
    assert counted == {"A4": 2, "Letter": 2}
    assert said == []
    assert page.evaluate("document.querySelector('.logo').naturalWidth") == 1
    page.close()


def test_the_full_report_has_more_pages(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "full.html"
    file.write_text(render_report("html", score_sample(SAMPLES[0])), encoding="utf-8")
    page = browser.new_page()
    page.goto(file.as_uri())
    assert count_pages(page.pdf(format="A4")) > 5
    page.close()
