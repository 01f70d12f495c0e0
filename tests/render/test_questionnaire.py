"""A questionnaire as a page: every format says the same, in the same order."""

from __future__ import annotations

import smallmodel
from render.pages import read_page, read_table, squeeze
from shipped import read_definition

from custfocus_cli.render.formats import QUESTIONNAIRE
from custfocus_cli.render.terminal import Terminal

TEXT = """\
THE DESK IN FOUR QUESTIONS
==========================

desk-4 1.0.0, eight questions, about 20 minutes.

Session At the door (door): porter, Host of the day, 7 minutes.

Session A guest (guest): guest.

Answers
-------

?  How far?
  no: No.
  half: Half.
  yes: Yes.
  DK: Don't know.
  NA: Does not apply.

?  How often?
  never: Never.
  daily: Daily.
  DK: Don't know.

?  What backs the answer?
  0: Said.
  1: Seen.

Before you start
----------------

cx-who  Who comes?

Greeting
--------

Stage 1, Basic

g-1  Guests are greeted.
  Whom: porter

Stage 2, Good

g-2  Guests are greeted by name.
  Whom: Host of the day

As it is seen

g-p  I feel welcome.

Waiting
-------

Stage 1, Basic

w-1  Waiting times are written down.
  Whom: guest

Stage 2, Good

w-2  Guests know their waiting time.

As a whole

w-place  How long?
  0: a
  1: b
  2: c

Balance check
-------------

Cost

It costs too much.

b-guard  s
  Whom: porter

b-sign  t
"""


def test_text() -> None:
    definition = smallmodel.definition(questionnaire=smallmodel.staffed_data())
    assert QUESTIONNAIRE["text"](definition, Terminal()) == TEXT


def test_html_is_the_same_page() -> None:
    definition = smallmodel.definition(questionnaire=smallmodel.staffed_data())
    page = read_page(QUESTIONNAIRE["html"](definition, Terminal()))
    assert [each.text for each in page.find("title")] == ["The desk in four questions"]
    assert [each.text for each in page.find("h2")] == [
        *("Who is asked", "The answers", "Before you start", "What is asked"),
        *("Greeting", "Waiting", "Balance check"),
    ]
    assert [each.text for each in page.find("h3")] == [
        *("Stage 1, Basic", "Stage 2, Good", "As it is seen"),
        *("Stage 1, Basic", "Stage 2, Good", "As a whole"),
        "Cost",
    ]
    sessions, *legends = map(read_table, page.find("table"))
    assert sessions == [
        ["Session", "With", "Questions", "Minutes"],
        ["At the door door", "porter, Host of the day", "3", "7"],
        ["A guest guest", "guest", "1", ""],
    ]
    assert [row[0] for legend in legends for row in legend] == [
        *("No", "Half", "Yes", "DK Don't know", "NA Does not apply"),
        *("Never", "Daily", "DK Don't know"),
        *("0 Said", "1 Seen"),
    ]
    asked = {squeeze(each.children[0].text): each for each in page.find("li") if each.find("p")}
    assert list(asked) == [
        *("g-1 Guests are greeted.", "g-2 Guests are greeted by name.", "g-p I feel welcome."),
        *("w-1 Waiting times are written down.", "w-2 Guests know their waiting time."),
        *("w-place How long?", "b-guard s", "b-sign t"),
    ]
    placed = asked["w-place How long?"]
    assert [each.text for each in placed.find("dd")] == ["a", "b", "c"]


def test_the_contents_lead_to_their_parts() -> None:
    page = read_page(QUESTIONNAIRE["html"](read_definition("interview-72"), Terminal()))
    ids = {each.attributes["id"]: each.text for each in page.walk() if "id" in each.attributes}
    links = page.find("a")
    assert len(links) == 13
    assert [ids[each.attributes["href"][1:]] for each in links] == [each.text for each in links]
