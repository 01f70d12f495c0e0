"""The form as a page: what it asks of whom, what its script knows, and that nothing else runs."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

import pytest
import smallmodel
from hypothesis import given, settings
from hypothesis import strategies as st
from render.pages import Element, read_page, squeeze
from render.poison import HOSTILE
from render.test_hostile import SHIFTS, find_shown, poison, refuse_log_commands
from render.test_html import find_styled, find_used
from shipped import read_definition

from custfocus_cli.documents.definition import Definition
from custfocus_cli.files.text import UNSAFE
from custfocus_cli.render.form import Handout, view_form, write_data
from custfocus_cli.render.html import write_form, write_policy
from custfocus_cli.render.questionnaire import Choice
from custfocus_cli.render.templates import read_template

AUDIENCES = ("interview", "self", "survey")
NORTH, SOUTH = Choice("north", "The north"), Choice("south", "The south")
SENT = Handout(
    {"id": "desk-4"},
    organisation="Hall",
    scope="The desk",
    date="2026-03-01",
    roles=(NORTH,),
    groups=(NORTH, SOUTH),
    intro="Please answer.",
    return_to="the office",
)


def ask(audience: str | None) -> Definition:
    """The small questionnaire, with help beside one item, for these people."""
    data = smallmodel.questionnaire_data()
    data["items"]["greeting"]["basic"][0] |= {"probe": "Who came last?", "evidence": ["the book"]}
    data["items"]["waiting"]["basic"][0]["allow_na"] = "false"
    data.pop("audience")
    return smallmodel.definition(questionnaire=data | ({"audience": audience} if audience else {}))


def read_form(audience: str | None, handout: Handout = SENT) -> Element:
    return read_page(write_form(ask(audience), handout))


def read_data(page: Element) -> dict[str, Any]:
    """What the script of a page knows."""
    (block,) = [each for each in page.find("script") if each.attributes.get("type")]
    assert block.attributes == {"type": "application/json", "id": "data"}
    data: dict[str, Any] = json.loads(block.text)
    return data


def list_fields(page: Element) -> Mapping[str, list[str]]:
    """The fields by name, each with the values to choose from."""
    found: dict[str, list[str]] = {}
    for each in page.walk():
        if each.name in ("input", "textarea") and "name" in each.attributes:
            values = found.setdefault(each.attributes["name"], [])
            if each.attributes.get("type") == "radio":
                values.append(each.attributes["value"])
    return found


ANSWERS = {
    "answer:g-1": ["no", "half", "yes", "DK", "NA"],
    "reason:g-1": [],
    "note:g-1": [],
    "answer:g-2": ["no", "half", "yes", "DK", "NA"],
    "reason:g-2": [],
    "note:g-2": [],
    "answer:g-p": ["never", "daily", "DK"],
    "note:g-p": [],
    "answer:w-1": ["no", "half", "yes", "DK"],
    "note:w-1": [],
    "answer:w-2": ["no", "half", "yes", "DK", "NA"],
    "reason:w-2": [],
    "note:w-2": [],
    "answer:w-place": ["0", "1", "2", "DK"],
    "note:w-place": [],
    "answer:b-guard": ["no", "half", "yes", "DK", "NA"],
    "reason:b-guard": [],
    "note:b-guard": [],
    "answer:b-sign": ["never", "daily", "DK"],
    "note:b-sign": [],
    "group": ["north", "south", ""],
}
BACKED: Mapping[str, list[str]] = {
    f"evidence:{name}": ["0", "1"] for name in ("g-1", "g-2", "w-1", "w-2")
}
UNSCORED: Mapping[str, list[str]] = {
    "context:cx-who": [],
}
FIGURED: Mapping[str, list[str]] = {
    **{f"figure:{n}": [] for n in ("programme_cost", "programme_benefit", "currency", "source")},
}


@pytest.mark.parametrize(
    ("audience", "more"),
    [
        ("interview", {**BACKED, **UNSCORED, **FIGURED}),
        ("self", {**BACKED, **UNSCORED}),
        (None, {**BACKED, **UNSCORED, **FIGURED}),
        ("survey", {}),
    ],
)
def test_every_kind_of_question_is_asked_as_its_audience_needs(
    audience: str | None, more: Mapping[str, list[str]]
) -> None:
    assert list_fields(read_form(audience)) == {**ANSWERS, **more}


def test_what_the_sender_did_not_say_is_asked_for() -> None:
    fields = list_fields(read_form("self", Handout({"id": "desk-4"})))
    assert set(fields) - {*ANSWERS, *BACKED, *UNSCORED} == {"organisation", "scope"}
    assert "group" not in fields


def test_the_script_knows_what_the_file_begins_with() -> None:
    definition = ask("survey")
    data = read_data(read_form("survey"))
    assert data.pop("key").startswith("custfocus-form-")
    assert data == {
        "name": "desk-4",
        "start": [
            ["format", "custfocus/assessment/1"],
            ["questionnaire", {"id": "desk-4", "version": "1.0.0", "digest": definition.digest}],
            ["organisation", "Hall"],
            ["scope", "The desk"],
            ["date", "2026-03-01"],
            ["mode", "survey"],
            ["respondent", {"role": "north"}],
        ],
        "items": ["g-1", "g-2", "g-p", "w-1", "w-2", "w-place", "b-guard", "b-sign"],
        "reasons": {"g-1": "NA", "g-2": "NA", "w-2": "NA", "b-guard": "NA"},
        "rated": ["no", "half", "yes"],
        "meanings": [{}],
        "meant": [0] * 8,
        "numbers": ["programme_cost", "programme_benefit"],
    }


def test_what_one_form_keeps_no_other_form_finds() -> None:
    others = [
        SENT,
        SENT._replace(organisation="Library"),
        SENT._replace(date="2027-03-01"),
        SENT._replace(roles=(SOUTH,)),
    ]
    pages = [*(read_form("self", each) for each in others), read_form("survey")]
    keys = [read_data(page)["key"] for page in pages]
    assert len(set(keys)) == len(keys)
    reworded = read_form("self", SENT._replace(intro="Once more: please answer."))
    assert read_data(reworded)["key"] == keys[0]


def test_a_survey_gives_no_wanted_answer_away() -> None:
    shipped = read_definition("interview-72")
    survey = shipped.questionnaire.model_copy(update={"audience": "survey"})
    form = view_form(Definition(survey, shipped.model), SENT)
    assert {group.title or group.text for each in form.chapters for group in each.groups} == {""}
    assert {each.text for each in form.chapters} == {""}
    assert {asked.facts for e in form.chapters for group in e.groups for asked in group.asked} == {
        ()
    }
    assert [legend.question for legend in form.legends] == [
        scale.question for scale in shipped.model.scales.values()
    ]


def test_the_sender_and_the_file_are_told_about() -> None:
    words = squeeze(read_form("survey").text)
    for said in ("Please answer.", "Please give the file to: the office", "It holds no name."):
        assert said in words
    assert "Write no names" in words
    assert "Write no names" not in squeeze(read_form("self").text)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_whoever_answers_alone_is_told_who_reads_it(audience: str) -> None:
    words = squeeze(read_form(audience).text)
    told = (
        "Who gets your answers: whoever you give or send your file to; this page sends nothing by"
        " itself. Your role and group, if given, and your notes stand in that file. Reports of many"
        " people show no group of fewer than five and leave the notes out."
    )
    assert (told in words) == (audience != "interview")
    assert ("Please name no persons." in words) == (audience == "self")


# --- nothing else can run --------------------------------------------------------------------


def find_policy(page: Element) -> str:
    (policy,) = [
        each.attributes["content"] for each in page.find("meta") if "http-equiv" in each.attributes
    ]
    return policy


def digest(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_policy_allows_this_script_and_this_style_alone(audience: str) -> None:
    page = read_form(audience)
    (style,) = page.find("style")
    (script,) = [each for each in page.find("script") if not each.attributes]
    assert find_policy(page) == (
        f"default-src 'none'; script-src {digest(script.text)}; style-src {digest(style.text)};"
        " img-src data:; base-uri 'none'; form-action 'none'"
    )
    assert write_policy(style.text, script.text + " ") != find_policy(page)  # a planted change


ACTS = re.compile(
    r"https?:|fetch\(|XMLHttp|WebSocket|sendBeacon|EventSource|innerHTML|outerHTML|insertAdjacent"
    r"|document\.write|\beval\b|\bFunction\(|\bimport\b|</script|<!--|cookie|indexedDB"
)


def test_the_script_asks_no_server_and_makes_no_markup_of_a_text() -> None:
    script = read_template("form.js")
    assert ACTS.findall(script) == []
    assert script.splitlines()[1] == "'use strict';"
    for planted in ("fetch('x')", "a.innerHTML = b", "import 'x'", "'</script>'"):
        assert ACTS.search(script + planted)


def test_the_script_takes_out_what_no_file_may_hold() -> None:
    (written,) = re.findall(r"const UNSAFE = /(.*)/gu;", read_template("form.js"))
    characters = [chr(number) for number in range(0x10000)]
    taken_out = re.compile(written)
    assert list(filter(taken_out.search, characters)) == list(filter(UNSAFE.search, characters))


def refuse_acting(page: Element) -> None:
    """AssertionError where an element or attribute could do something that the form does not."""
    assert len(page.find("script")) == 2
    assert len(page.find("form")) == 1
    for each in page.walk():
        assert each.name not in {"img", "iframe", "object", "embed", "base", "audio", "video", "a"}
        assert not any(name.startswith("on") for name in each.attributes)
        assert not {"style", "src", "action", "formaction", "srcdoc"} & set(each.attributes)
        assert each.attributes.get("href", "data:,") == "data:,"


@pytest.mark.parametrize(
    "planted", ["<script></script>", "<p onclick='x'>", "<p style='x'>", "<a href='x'></a>"]
)
def test_a_planted_act_is_caught(planted: str) -> None:
    html = write_form(ask("self"), SENT)
    refuse_acting(read_page(html))
    closed = planted if "</" in planted else f"{planted}</p>"
    with pytest.raises(AssertionError):
        refuse_acting(read_page(html.replace("<main>", f"<main>{closed}")))


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("shift", SHIFTS)
def test_hostile_texts_are_shown_and_never_act(audience: str, shift: int) -> None:
    card, poisoner = poison(shift)
    given = card.definition
    definition = Definition(
        given.questionnaire.model_copy(update={"audience": audience}), given.model
    )
    bad = (Choice("a", HOSTILE), Choice("b", HOSTILE))
    handout = Handout(
        {"path": f"{HOSTILE}.yaml"}, HOSTILE, HOSTILE, HOSTILE, bad, bad[:1], HOSTILE, HOSTILE
    )
    html = write_form(definition, handout)
    page = read_page(html)
    refuse_acting(page)
    refuse_log_commands(html)
    assert len(find_shown(squeeze(page.text), poisoner)) > 100
    data = read_data(page)
    assert dict(data["start"])["organisation"] == HOSTILE
    assert len(re.findall("alert", re.sub(r"(?s)<script.*?</script>", "", html))) > 100


@settings(deadline=None, max_examples=200)
@given(st.dictionaries(st.text(), st.text()))
def test_data_is_ascii_without_a_sign_of_html_and_means_the_same(data: dict[str, str]) -> None:
    written = write_data({**data, "x": "</script><!-- & ##[error] \u2028\x1b"})
    assert not set(written) & set("<>&\n\r\x1b")
    assert written.isascii()
    assert "##[" not in written
    assert json.loads(written) == {**data, "x": "</script><!-- & ##[error] \u2028\x1b"}


# --- how it looks ----------------------------------------------------------------------------


def test_every_class_has_a_style_and_the_other_way_round() -> None:
    pages = [write_form(ask(each), SENT._replace(date="")) for each in AUDIENCES]
    made_by_the_script = {"live", "open"}
    styled = set(re.findall(r"\.([a-z][a-z0-9-]*)", re.sub(r"\{[^{}]*\}", "{}", _read_styles())))
    assert find_used(*pages) - styled <= {"more", "clear"}  # for the script alone
    assert styled - find_used(*pages) == made_by_the_script
    assert "kind" in find_styled("sheet.css")  # page.css is among what is looked through


def _read_styles() -> str:
    return read_template("page.css") + read_template("form.css")


def test_every_field_has_a_name_to_be_called_by() -> None:
    page = read_form("interview")
    labels = {each.attributes["for"] for each in page.find("label") if "for" in each.attributes}
    free = [
        each.attributes["id"]
        for each in page.walk()
        if each.name in ("input", "textarea") and each.attributes.get("type") != "radio"
    ]
    assert set(free) == labels
    assert all(each.children[0].name == "legend" for each in page.find("fieldset"))
    identifiers = [each.attributes["id"] for each in page.walk() if "id" in each.attributes]
    assert len(identifiers) == len(set(identifiers))
