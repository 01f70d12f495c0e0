from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Mapping
from functools import partial

import pytest
from render.cards import compare_samples, render_report, score_crowd, score_sample, score_short
from render.pages import read_page, read_table, squeeze
from shipped import SAMPLES, read_definition, read_model

from custfocus_cli.documents.sessions import choose_sitting
from custfocus_cli.render.formats import DIFF
from custfocus_cli.render.html import write_policy, write_questionnaire, write_sheet
from custfocus_cli.render.look import TEMPLATES, Look
from custfocus_cli.render.templates import read_template
from custfocus_cli.render.terminal import Terminal

ORGANISATIONS = ("quillmarsh", "varrowby")

STYLES = {
    name: read_template("page.css") + read_template(name) for name in ("report.css", "sheet.css")
}


def _report(name: str, audience: str = "full") -> str:
    return render_report("html", score_sample(name), Look(audience))


PAGES: Mapping[str, Callable[[], str]] = {
    **{f"{name}, {who}": partial(_report, name, who) for name in SAMPLES for who in TEMPLATES},
    "questionnaire": lambda: write_questionnaire(read_definition("team-36")),
    "diff": lambda: DIFF["html"](compare_samples("quillmarsh"), Terminal()),
    "sheet": lambda: write_sheet(choose_sitting(read_definition("interview-72"), ["people"])),
}


@pytest.mark.parametrize("name", PAGES)
def test_the_policy_allows_this_style_and_nothing_else(name: str) -> None:
    page = read_page(PAGES[name]())
    (style,) = page.find("style")
    digest = base64.b64encode(hashlib.sha256(style.text.encode()).digest()).decode()
    policies = [
        each.attributes["content"]
        for each in page.find("meta")
        if each.attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policies == [
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none';"
        " form-action 'none'"
    ]
    assert write_policy("") != policies[0]


@pytest.mark.parametrize("name", STYLES)
def test_no_selector_of_the_style_begins_as_a_command_to_a_log(name: str) -> None:
    assert not re.search(r"(?m)^\s*::|##\[", STYLES[name])
    assert "url(" not in STYLES[name]
    assert "@import" not in STYLES[name]


def find_styled(name: str) -> set[str]:
    """The classes that the style of a page knows."""
    return set(re.findall(r"\.([a-z][a-z0-9-]*)", re.sub(r"\{[^{}]*\}", "{}", STYLES[name])))


def find_used(*pages: str) -> set[str]:
    """The classes of the elements of these pages."""
    return {
        name
        for page in pages
        for each in read_page(page).walk()
        for name in each.attributes.get("class", "").split()
    }


OF_A_GATE = {"sign", "pass", "fail", "incomparable", "lines", "stack"}


def test_every_class_of_the_report_has_a_style_and_the_other_way_round() -> None:
    styled = find_styled("report.css")
    years = [score_short("varrowby-2025"), score_sample("varrowby-2025")]
    used = find_used(
        *(_report(sample, who) for sample in SAMPLES for who in TEMPLATES),
        *(
            render_report("html", score_sample("varrowby-2026"), Look(who), years)
            for who in TEMPLATES
        ),
    )
    plain = {"full", "rung", "flag", "now", "later", "open", "about", "ahead", "beyond", "head"}
    assert used - styled <= plain | {"not-applicable", "text"}
    unused = {"shade-4", "maybe", "high", "none", "later", "blocking", "reach", "brand", "logo"}
    unused |= {"placed"}  # where a pulse stands beside an interview
    voices = {"part", *(f"on-{shade}" for shade in range(5))}
    assert styled - used <= unused | voices | OF_A_GATE
    assert voices - {"on-2"} <= find_used(render_report("html", score_crowd()))


def test_every_class_of_a_diff_has_a_style() -> None:
    used = find_used(*(DIFF["html"](compare_samples(each), Terminal()) for each in ORGANISATIONS))
    styled = find_styled("report.css")
    assert used - styled == {"head"}
    assert {"verdict", "letter", "tag", "out", "id", "answer", "number", "scroll"} <= used
    assert used >= OF_A_GATE - {"incomparable"}


def test_every_class_of_a_questionnaire_has_a_style_and_the_other_way_round() -> None:
    definition = read_definition("interview-72")
    used = find_used(
        write_questionnaire(definition), write_sheet(choose_sitting(definition, ["direction"]))
    )
    assert used == find_styled("sheet.css")


def test_the_heat_map_says_in_words_what_it_says_in_colour() -> None:
    page = read_page(render_report("html", score_sample("quillmarsh-2025")))
    (cells,) = [each for each in page.find("table") if each.attributes.get("class") == "cells"]
    rows = {row[0]: row[1:] for row in read_table(cells)}
    # domain.md 2.2.3: F and L are 5 of 6 points; P and N are 1 of 6; the unknown sr-3a is a range.
    assert rows["Service vision and values"] == [
        "83.3 % in place",
        "16.7 % 0 of 2 in place",
        "0.0 % 0 of 2 in place",
    ]
    assert rows["Proactive service recovery"][2] == "16.7 to 66.7 % 0 of 2 in place, 1 unknown"


def test_the_terms_of_the_model_are_explained() -> None:
    text = squeeze(read_page(render_report("html", score_sample("quillmarsh-2025"))).text)
    model = read_model()
    said = [model.stage(number).description for number in range(model.top + 1)]
    said += [each.meaning for each in model.glossary]
    said += [*model.benefits, *(each.description for each in model.characteristics)]
    said += [each.risk for each in model.themes]
    said += [each.meaning for each in model.scale.options]
    said += [each.meaning for each in model.evidence_levels]
    assert [each for each in said if squeeze(each) not in text] == []
