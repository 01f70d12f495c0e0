"""Results that the samples do not show, through every format."""

from __future__ import annotations

import json
from functools import cache
from itertools import pairwise

import pytest
from jsonschema import Draft202012Validator
from render.cards import SHEETS, YEARS, score_sample, score_sheet, score_year
from render.pages import Element, read_page, read_table, squeeze
from render.test_markdown import render
from shipped import SAMPLES

from custfocus_cli.render.formats import PLAN, REPORT, SCORE
from custfocus_cli.render.schemas import write_schema
from custfocus_cli.render.terminal import Terminal
from custfocus_cli.scoring.scorecard import Scorecard

CARDS = [*SAMPLES, *SHEETS]


@cache
def write_html(name: str) -> str:
    return REPORT["html"](find_card(name))


def find_card(name: str) -> Scorecard:
    return score_sample(name) if name in SAMPLES else score_sheet(name)


@pytest.mark.parametrize("name", CARDS)
@pytest.mark.parametrize("width", [20, 40, 80, 100, 200])
def test_text_fits_every_terminal(name: str, width: int) -> None:
    card = find_card(name)
    for text in (SCORE["text"](card, Terminal(width)), PLAN["text"](card, Terminal(width))):
        lines = text.splitlines()
        assert max(map(len, lines)) <= min(width, 100)
        assert not any(line.endswith(" ") for line in lines)
        assert text.endswith("\n")
        assert not text.endswith("\n\n")


@pytest.mark.parametrize("name", CARDS)
def test_colours_change_no_word(name: str) -> None:
    card = find_card(name)
    plain, coloured = (SCORE["text"](card, Terminal(80, color)) for color in (False, True))
    bare = "".join(part.partition("m")[2] for part in f"m{coloured}".split("\x1b["))
    assert squeeze(bare) == squeeze(plain)


def test_what_is_not_asked_is_not_said_to_apply_nowhere() -> None:
    unasked, absent = (
        find_card("one of two is not asked about"),
        find_card("one of two does not apply"),
    )
    for card, row, cell in (
        (unasked, "voice: no item asks about it", "no item"),
        (absent, "voice: does not apply", "does not apply"),
    ):
        for width in (40, 80):
            assert row in SCORE["text"](card, Terminal(width)).splitlines()
        assert f"| voice | {cell} | {cell} | {cell} |" in REPORT["markdown"](card)
        tables = read_page(REPORT["html"](card)).find("table")
        assert ["voice", cell, cell, cell] in [row for t in tables for row in read_table(t)]


@pytest.mark.parametrize("name", CARDS)
def test_json_keeps_its_schema(name: str) -> None:
    card = find_card(name)
    for kind, text in (
        ("scorecard", SCORE["json"](card, Terminal())),
        ("plan", PLAN["json"](card, Terminal())),
    ):
        Draft202012Validator(write_schema(kind)).validate(json.loads(text))
        assert text.endswith("}\n")


@pytest.mark.parametrize("name", CARDS)
def test_reports_are_whole_and_say_the_same(name: str) -> None:
    hold_together(read_page(write_html(name)), render(REPORT["markdown"](find_card(name))))


def hold_together(page: Element, other: Element) -> None:
    """AssertionError where a page is not whole, or says something else than the other."""
    ids = [each.attributes["id"] for each in page.walk() if "id" in each.attributes]
    assert len(ids) == len(set(ids))
    links = {each.attributes["href"].removeprefix("#") for each in page.find("a")}
    assert links <= set(ids)
    heads = [each.text for each in page.walk() if each.name in ("h2", "h3", "h4")]
    assert [each.text for each in page.find("h2")] == [each.text for each in other.find("h2")]
    assert "" not in heads
    for table in (*page.find("table"), *other.find("table")):
        rows = read_table(table)
        assert len(rows) > 1
        assert all(len(row) in (len(rows[0]), 2) for row in rows)
    for text in (squeeze(page.text), squeeze(other.text)):
        assert "None" not in text.replace("None of", "")
        assert " ." not in text


@pytest.mark.parametrize("old", YEARS)
@pytest.mark.parametrize("new", YEARS)
def test_reports_with_a_year_before_are_whole_and_say_the_same(old: str, new: str) -> None:
    card, before = score_year(new), score_year(old, 2025)
    page = read_page(REPORT["html"](card, [before]))
    other = render(REPORT["markdown"](card, [before]))
    hold_together(page, other)
    heads = [squeeze(each.text) for each in page.find("h2")]
    assert {"What changed", "The years side by side"} <= set(heads)
    assert "Since 31 January 2025" in [squeeze(each.text) for each in page.find("h3")]


@pytest.mark.parametrize("name", CARDS)
def test_the_headings_of_a_page_leave_no_level_out(name: str) -> None:
    page = read_page(write_html(name))
    levels = [int(each.name[1]) for each in page.walk() if each.name in ("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("name", CARDS)
def test_the_chart_says_what_its_table_says(name: str) -> None:
    page = read_page(write_html(name))
    for chart in page.find("svg"):
        title, said = chart.find("title")[0], chart.find("desc")[0]
        assert chart.attributes["role"] == "img"
        assert chart.attributes["aria-labelledby"].split() == [
            title.attributes["id"],
            said.attributes["id"],
        ]
        rows = [
            f"{row[0]}: stage {row[1]}, target {row[2]}, gap {row[3]}."
            for row in read_table(page.find("table")[0])[1:]
        ]
        assert squeeze(said.text) == " ".join(rows)


def test_every_stage_of_the_samples_is_drawn() -> None:
    drawn = {name for name in CARDS if "<svg" in write_html(name)}
    assert set(CARDS) - drawn == {"nothing applies", "no gate"}
