"""The interview sheet: who is in the room, what is asked, and the space to write on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pytest
import smallmodel
from markdown_it import MarkdownIt
from render.pages import Element, read_page, read_table, squeeze
from shipped import read_definition

from custfocus_cli.documents.sessions import Sitting, choose_sitting
from custfocus_cli.render.formats import SHEET
from custfocus_cli.render.sheet import FIELDS, view_sheet
from custfocus_cli.render.terminal import Terminal

SESSIONS = ("direction", "people", "work", "listening", "front-line")


def sit(wanted: Sequence[str] = ("door",), model: dict[str, Any] | None = None) -> Sitting:
    """The porter and the host at the door, with all that can be said beside one item."""
    data = smallmodel.staffed_data()
    data["items"]["greeting"]["basic"][0] |= {
        "probe": "Who came last?",
        "evidence": ["the book", "the bell"],
        "metric": "Share of guests greeted",
        "allow_na": "false",
    }
    data["sessions"].reverse()  # the first one is asked the context too
    model = model or smallmodel.model_data()
    model["scales"]["degree"]["not_applicable"]["meaning"] = "Say why."
    return choose_sitting(smallmodel.definition(model, data), wanted)


TEXT = """\
INTERVIEW SHEET: AT THE DOOR
============================

With           Porter, Host of the day
Questions      3, about 7 minutes
Questionnaire  The desk in four questions (desk-4 1.0.0)

Organisation   _____________________________________________

Date           _____________________________________________

Who answers    _____________________________________________

Interviewer    _____________________________________________

Ask, look at what backs the answer, tick one box in each
row, and write down what you were told and shown.

How far?
  No
  Half
  Yes
  DK Don't know
  NA Does not apply: Say why.

What backs the answer?
  0 Said
  1 Seen

Greeting
--------

Stage 1, Basic

g-1  Guests are greeted.
  Ask       Who came last?
  Look at   the book; the bell
  Measure   Share of guests greeted
  Whom      porter
  Answer    [ ] No  [ ] Half  [ ] Yes  [ ] DK Don't know
  Evidence  [ ] 0 Said  [ ] 1 Seen
  Note      ________________________________________________

            ________________________________________________

Stage 2, Good

g-2  Guests are greeted by name.
  Whom      Host of the day
  Answer    [ ] No  [ ] Half  [ ] Yes  [ ] DK Don't know
            [ ] NA Does not apply
  Evidence  [ ] 0 Said  [ ] 1 Seen
  Note      ________________________________________________

            ________________________________________________

Balance check
-------------

Cost
It costs too much.

b-guard  s
  Whom      porter
  Answer    [ ] No  [ ] Half  [ ] Yes  [ ] DK Don't know
            [ ] NA Does not apply
  Note      ________________________________________________

            ________________________________________________
"""


def test_text() -> None:
    assert SHEET["text"](sit(), Terminal(60)) == TEXT


LINE = "_" * 60
MARKDOWN = f"""\
# Interview sheet: At the door

- With: Porter, Host of the day
- Questions: 3, about 7 minutes
- Questionnaire: The desk in four questions (desk-4 1.0.0)

Organisation: {LINE}

Date: {LINE}

Who answers: {LINE}

Interviewer: {LINE}

Ask, look at what backs the answer, tick one box in each row, and write down what you were told\
 and shown.

## How far?

- **No**
- **Half**
- **Yes**
- **DK Don't know**
- **NA Does not apply**: Say why.

## What backs the answer?

- **0 Said**
- **1 Seen**

## Greeting

### Stage 1, Basic

- **g-1** Guests are greeted.
    - Ask: Who came last?
    - Look at: the book; the bell
    - Measure: Share of guests greeted
    - Whom: porter
    - Answer: [ ] No   [ ] Half   [ ] Yes   [ ] DK Don't know
    - Evidence: [ ] 0 Said   [ ] 1 Seen
    - Note: {LINE}

### Stage 2, Good

- **g-2** Guests are greeted by name.
    - Whom: Host of the day
    - Answer: [ ] No   [ ] Half   [ ] Yes   [ ] DK Don't know   [ ] NA Does not apply
    - Evidence: [ ] 0 Said   [ ] 1 Seen
    - Note: {LINE}

## Balance check

### Cost

It costs too much.

- **b-guard** s
    - Whom: porter
    - Answer: [ ] No   [ ] Half   [ ] Yes   [ ] DK Don't know   [ ] NA Does not apply
    - Note: {LINE}
"""


def test_markdown() -> None:
    assert SHEET["markdown"](sit(), Terminal()) == MARKDOWN


def test_a_line_to_write_on_stays_a_line_in_markdown() -> None:
    page = read_page(str(MarkdownIt("gfm-like").render(MARKDOWN)))
    assert page.text.count(LINE) == len(FIELDS) + 3
    assert [each for name in ("hr", "em", "input") for each in page.find(name)] == []


def list_forms(page: Element) -> list[dict[str, object]]:
    """Each question of an HTML sheet: its statement, its facts, its boxes."""
    forms: list[dict[str, object]] = []
    for form in page.find("li"):
        if form.attributes.get("class") != "form":
            continue
        statement, facts, space, ticks = form.children
        assert (space.name, space.text) == ("p", "Note")
        forms.append(
            {
                "statement": squeeze(statement.text),
                **{row.find("dt")[0].text: row.find("dd")[0].text for row in facts.children},
                **{
                    row.find("dt")[0].text: [box.text for box in row.find("li")]
                    for row in ticks.children
                },
            }
        )
    return forms


def test_html() -> None:
    page = read_page(SHEET["html"](sit(), Terminal()))
    assert page.find("title")[0].text == "Interview sheet: At the door"
    assert [each.text for each in page.find("h1")] == ["At the door"]
    assert [each.text for each in page.find("h2")] == ["The answers", "Greeting", "Balance check"]
    assert [each.text for each in page.find("h3")] == ["Stage 1, Basic", "Stage 2, Good", "Cost"]
    fields = next(each for each in page.find("dl") if each.attributes["class"] == "fields")
    assert [(row.find("dt")[0].text, row.find("dd")[0].text) for row in fields.children] == [
        (field, "") for field in FIELDS
    ]
    answers = [["No", ""], ["Half", ""], ["Yes", ""], ["DK Don't know", ""]]
    assert list(map(read_table, page.find("table"))) == [
        [*answers, ["NA Does not apply", "Say why."]],
        [["0 Said", ""], ["1 Seen", ""]],
    ]
    rated = ["No", "Half", "Yes", "DK Don't know"]
    assert list_forms(page) == [
        {
            "statement": "g-1 Guests are greeted.",
            "Ask": "Who came last?",
            "Look at": "the book; the bell",
            "Measure": "Share of guests greeted",
            "Whom": "porter",
            "Answer": rated,
            "Evidence": ["0 Said", "1 Seen"],
        },
        {
            "statement": "g-2 Guests are greeted by name.",
            "Whom": "Host of the day",
            "Answer": [*rated, "NA Does not apply"],
            "Evidence": ["0 Said", "1 Seen"],
        },
        {
            "statement": "b-guard s",
            "Whom": "porter",
            "Answer": [*rated, "NA Does not apply"],
        },
    ]


def test_one_person_needs_no_name_at_each_question() -> None:
    facts = [
        word
        for chapter in view_sheet(sit(["host"])).chapters
        for group in chapter.groups
        for asked in group.asked
        for word, _ in asked.facts
    ]
    assert facts == []


OPENING = """\
Before you start
----------------

The customers and the unit

cx-who  Who comes?
  Note      ________________________________________________

            ________________________________________________

Figures of the service programme

programme_cost  What does the service programme cost in a
            year? A number.
  Note      ________________________________________________

            ________________________________________________
"""


def test_the_first_session_is_asked_the_context_and_the_figures() -> None:
    sitting = choose_sitting(
        smallmodel.definition(questionnaire=smallmodel.staffed_data()), ["door"]
    )
    assert OPENING in SHEET["text"](sitting, Terminal(60))
    page = read_page(SHEET["html"](sitting, Terminal()))
    assert "Before you start" in [each.text for each in page.find("h2")]
    others = SHEET["text"](choose_sitting(sitting.definition, ["guest"]), Terminal())
    assert "Before you start" not in others


def test_without_levels_nobody_asks_for_evidence() -> None:
    model = smallmodel.model_data()
    del model["evidence_levels"]
    text = SHEET["text"](sit(model=model), Terminal())
    assert "Evidence" not in text
    assert "What backs the answer?" not in text


@pytest.mark.parametrize("session", SESSIONS)
def test_every_format_of_a_shipped_session_holds_every_question_once(session: str) -> None:
    sitting = choose_sitting(read_definition("interview-72"), [session])
    html = read_page(SHEET["html"](sitting, Terminal()))
    shown = {
        "html": squeeze(html.text),
        "text": squeeze(SHEET["text"](sitting, Terminal())),
        "markdown": squeeze(SHEET["markdown"](sitting, Terminal()).replace("**", "")),
    }
    lines = {f"{entry.id} {entry.statement}" for entry in sitting.entries}
    assert {
        name for name, text in shown.items() for line in lines if text.count(line) != 1
    } == set()
    assert sum("form" in each.attributes.get("class", "") for each in html.find("li")) == len(
        lines
    ) + 11 * (session == "direction")  # seven questions of the context, four figures


@pytest.mark.parametrize("width", [1, 30, 47, 80, 300])
@pytest.mark.parametrize("session", SESSIONS)
def test_no_line_is_too_long(session: str, width: int) -> None:
    sitting = choose_sitting(read_definition("interview-72"), [session])
    lines = SHEET["text"](sitting, Terminal(width)).splitlines()
    least, most = 30, 100
    assert max(map(len, lines)) == max(least, min(width, most))  # the lines to write on


def test_a_box_stays_with_its_words_where_they_fit() -> None:
    sitting = choose_sitting(read_definition("interview-72"), ["people"])
    for line in SHEET["text"](sitting, Terminal(50)).splitlines():
        for box in re.findall(r"\[ \] ?(.*?)(?:  |$)", line):
            assert box in {
                *("N Not in place", "P Partly in place", "L Largely in place", "F Fully in place"),
                *("DK Don't know", "NA Does not apply", "Never", "Sometimes", "Often", "Always"),
                *("0 Statement", "1 Recent example", "2 Record", "3 Verified"),
            }


def test_what_stands_beside_a_sheet_of_html() -> None:
    """The foot of each printed page names the sheet, written in numbers alone."""
    style = read_page(SHEET["html"](sit(["host"]), Terminal())).find("style")[0].text
    last = style.splitlines()[-1]
    signs = "".join(chr(int(each, 16)) for each in re.findall(r"\\([0-9a-f]{6})", last))
    assert signs == "Interview sheet: Host of the day"
    assert re.sub(r"(\\[0-9a-f]{6})+", "x", last) == '@page { @bottom-left { content: "x"; } }'
