from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from render.cards import render_report, score_sample
from render.pages import Element, read_page, read_table, squeeze
from shipped import SAMPLES

from custfocus_cli.render.markdown import escape, write_plan
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


@pytest.mark.parametrize("name", SAMPLES)
def test_the_plan_is_a_checklist(name: str) -> None:
    card = score_sample(name)
    text = write_plan(card)
    ticked = [line.split("`")[1] for line in text.splitlines() if line.startswith("- [ ] ")]
    wanted = [item for step in card.next_steps for item in (*step.questions, *step.blockers)]
    assert sorted(ticked) == sorted(wanted)
    assert "\n\n\n" not in text
