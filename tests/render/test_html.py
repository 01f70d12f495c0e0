from __future__ import annotations

import base64
import hashlib
import re

import pytest
from render.cards import render_report, score_sample
from render.pages import read_page, read_table, squeeze
from shipped import SAMPLES, read_model

from custfocus_cli.render.html import write_policy
from custfocus_cli.render.look import TEMPLATES, Look
from custfocus_cli.render.templates import read_template

STYLE = read_template("report.css")


@pytest.mark.parametrize("audience", TEMPLATES)
@pytest.mark.parametrize("name", SAMPLES)
def test_the_policy_allows_this_style_and_nothing_else(name: str, audience: str) -> None:
    page = read_page(render_report("html", score_sample(name), Look(audience)))
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


def test_no_selector_of_the_style_begins_as_a_command_to_a_log() -> None:
    assert not re.search(r"(?m)^\s*::|##\[", STYLE)
    assert "url(" not in STYLE
    assert "@import" not in STYLE


def test_every_class_of_the_page_has_a_style_and_the_other_way_round() -> None:
    styled = set(re.findall(r"\.([a-z][a-z0-9-]*)", re.sub(r"\{[^{}]*\}", "{}", STYLE)))
    used = {
        name
        for sample in SAMPLES
        for audience in TEMPLATES
        for each in read_page(render_report("html", score_sample(sample), Look(audience))).walk()
        for name in each.attributes.get("class", "").split()
    }
    plain = {"full", "rung", "flag", "now", "later", "open", "about", "ahead", "beyond", "head"}
    assert used - styled <= plain | {"not-applicable", "text"}
    unused = {"shade-4", "maybe", "high", "none", "later", "blocking", "reach", "brand", "logo"}
    assert styled - used <= unused


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
