from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markupsafe import Markup
from render.cards import render_report, score_sample, score_sheet
from render.pages import Element, read_page, read_table, squeeze
from shipped import SAMPLES

from custfocus_cli.render.markdown import escape, write_plan, write_table
from custfocus_cli.render.tables import Column, Table
from custfocus_cli.wording.safety import clean

GFM = MarkdownIt("gfm-like", {"html": True, "linkify": True})

TABLE = "| a | b |\n| --- | --- |\n"

# Where the templates put a text: around it, the element it ends up in, what that element shows.
PLACES = [
    ("{}", "p", "{}"),
    ("# {}", "h1", "{}"),
    ("- {}", "li", "{}"),
    ("- [ ] `a-1` {}", "li", "[ ] a-1 {}"),
    ("12. {}", "li", "{}"),
    ("- Note: {}", "li", "Note: {}"),
    ("**{}** behind", "p", "{} behind"),
    ("- x *{}* Reason: y", "li", "x {} Reason: y"),
    ("> {}", "p", "{}"),
    (TABLE + "| {} | x |", "tr", "{} x"),
    (TABLE + "| x | {} |", "tr", "x {}"),
]


def render(text: str) -> Element:
    return read_page(GFM.render(text))


marks = st.text(st.sampled_from(list("\\`*_{}[]<>()#+-=.!|~&:;$^@/\"' \tab1\n\u00e4\u202e")))
texts = st.one_of(marks, st.text(max_size=40))


@pytest.mark.parametrize(("around", "name", "shown"), PLACES)
@given(text=texts)
@settings(max_examples=100, deadline=None)
@example("1. x")
@example("- x")
@example("# x")
@example("***")
@example("a\\")
@example("&lt;b&gt; &amp;lt;")
@example("[x](http://e.test) <http://e.test> www.e.test a@e.test")
@example("a|b\\|c")
@example("a #")
@example("a ##")
@example("===")
@example("<!-- x -->")
@example("[^1] [x]: y")
@example("```\ncode")
@example("_a_ __b__ ~~c~~ `d`")
def test_what_is_escaped_is_shown_as_it_was(around: str, name: str, shown: str, text: str) -> None:
    wanted = squeeze(clean(text))
    if not wanted:
        return
    page = render(around.format(escape(text)))
    assert squeeze(page.find(name)[-1].text) == shown.format(wanted)
    assert not [each.name for each in page.walk() if each.name in ("a", "img", "s", "hr", "pre")]
    assert len(page.find("code")) == around.count("`") / 2


def test_an_address_stays_readable_as_it_is() -> None:
    assert escape("A sentence, with 3.5 % (and more): fine.") == (
        "A sentence, with 3.5 % (and more): fine."
    )


@pytest.mark.parametrize("name", SAMPLES)
def test_the_tables_are_whole(name: str) -> None:
    page = render(render_report("markdown", score_sample(name)))
    for table in page.find("table"):
        rows = read_table(table)
        assert len(rows) > 1
        assert {len(row) for row in rows} == {len(rows[0])}
    assert len(page.find("table")) == 6


def list_headings(page: Element) -> list[tuple[str, str]]:
    found = (each for each in page.walk() if each.name in ("h2", "h3", "h4"))
    return [(each.name, squeeze(each.text)) for each in found]


@pytest.mark.parametrize("name", SAMPLES)
def test_it_says_what_the_page_says_in_the_same_order(name: str) -> None:
    page = read_page(render_report("html", score_sample(name)))
    other = render(render_report("markdown", score_sample(name)))
    assert list_headings(other) == [
        each for each in list_headings(page) if each != ("h3", "In this report")
    ]
    stages, figures, gaps, *others = map(read_table, other.find("table"))
    assert (stages[0][0], figures[0][0]) == ("Stage", "Result")  # drawn as boxes on the page
    gaps = [[first, *rest] for first, _, *rest in gaps]  # the bar is a drawing there
    assert [
        [[cell.replace(" %, ", " % ") for cell in row] for row in table]
        for table in (gaps, *others)
    ] == [read_table(table) for table in page.find("table")]


def test_the_bars_show_what_the_numbers_say() -> None:
    # Stage reached, stage it may be, gap to the target, beyond: four signs each, or two of seven.
    wanted = {
        "one unknown answer": {"vision": "????--------"},  # stage 0 to 1, target 3
        "seven stages": {"vision": "######" + "-" * 8, "voice": "##" + "-" * 12},
        "a target of its own": {"vision": "####----____", "voice": "########----"},
    }
    for name, bars in wanted.items():
        (gaps,) = [
            rows
            for rows in map(
                read_table, render(render_report("markdown", score_sheet(name))).find("table")
            )
            if rows[0][1].startswith("Stage 0 to ")
        ]
        assert {first: bar for first, bar, *_ in gaps[1:]} == bars


def test_the_columns_of_a_table_stand_straight() -> None:
    table = Table(
        [Column("Name", "head"), Column("No.", "number"), Column("About")],
        [("a|b", "7", "x" * 60), ("\u5ba2\u6237", "10", "")],
    )
    assert write_table(table, [Markup("`#`"), Markup("`##`")], "Bar") == (
        f"| Name   | Bar    |    No. | About{' ' * 43} |\n"
        f"| ------ | ------ | -----: | {'-' * 48} |\n"
        f"| a\\|b   | `#`    |      7 | {'x' * 60} |\n"
        f"| \u5ba2\u6237   | `##`   |     10 | {' ' * 48} |\n"
    )


@pytest.mark.parametrize("name", SAMPLES)
def test_the_plan_is_a_checklist(name: str) -> None:
    card = score_sample(name)
    text = write_plan(card)
    ticked = [line.split("`")[1] for line in text.splitlines() if line.startswith("- [ ] ")]
    wanted = [item for step in card.next_steps for item in (*step.questions, *step.blockers)]
    assert sorted(ticked) == sorted(wanted)
    assert "\n\n\n" not in text
