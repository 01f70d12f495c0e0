"""A firm's own templates: in the place of ours, in a sandbox, with every mistake in its place."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup
from render.cards import render_report, score_sample
from render.pages import read_page, squeeze
from tree import ROOT

from custfocus_cli.errors import CustfocusError
from custfocus_cli.render.brand import Brand
from custfocus_cli.render.look import TEMPLATES, Look, Templates
from custfocus_cli.render.report import Report
from custfocus_cli.render.templates import (
    list_templates,
    make_environment,
    read_template,
    render_template,
)

CARD = score_sample("quillmarsh-2025")


def write(format: str, texts: Mapping[str, str], audience: str = "full") -> str:
    return render_report(format, CARD, Look(audience, templates=Templates("firm", texts)))


def test_a_template_takes_the_place_of_ours() -> None:
    assert write("html", {"report.html.j2": "<p>{{ report.organisation }}</p>"}) == (
        "<p>Quillmarsh Parcels</p>"
    )
    assert write("markdown", {"report.md.j2": "# {{ report.day }}\n"}) == "# 10 November 2025\n"


EXTENDED = """\
{% extends 'custfocus/report.html.j2' %}
{% block cover %}<h1>Ours: {{ report.organisation }}</h1>
{{ page.facts(report.facts) }}{% endblock %}
{% block benefits %}{% endblock %}
"""


@pytest.mark.parametrize("audience", TEMPLATES)
def test_a_template_changes_a_part_and_leaves_the_rest(audience: str) -> None:
    plain = read_page(render_report("html", CARD, Look(audience)))
    page = read_page(write("html", {"report.html.j2": EXTENDED}, audience))
    heads = [each.text for each in page.find("h2")]
    assert heads == [each.text for each in plain.find("h2") if each.text != "Why this matters"]
    full = audience == "full"  # the executive version has a cover of its own
    assert page.find("h1")[0].text == ("Ours: " if full else "") + "Quillmarsh Parcels"
    assert squeeze(page.find("dl")[0].text) == squeeze(plain.find("dl")[0].text)


def test_a_piece_of_ours_is_replaced_wherever_it_is_used() -> None:
    charts = (
        "{% macro dumbbell(rows, top, part, parts) %}<p>{{ rows|length }} gaps</p>{% endmacro %}"
    )
    for audience in TEMPLATES:
        page = read_page(write("html", {"charts.html.j2": charts}, audience))
        assert page.find("svg") == []
        assert "12 gaps" in [each.text for each in page.find("p")]


def test_a_template_includes_its_own_and_ours() -> None:
    texts = {
        "report.md.j2": "{% include 'ours.md.j2' %}{% set steps = report.steps[:1] %}"
        "{% include 'custfocus/steps.md.j2' %}",
        "ours.md.j2": "Hello.\n\n",
    }
    written = write("markdown", texts)
    assert written.startswith("Hello.\n\n### 1. Whole-organisation impact: to stage 1")


def test_a_style_sheet_takes_the_place_of_ours_and_the_policy_allows_it() -> None:
    sheets = {"page.css": "p { color: #111111; }", "report.css": "\n"}
    page = read_page(write("html", sheets))
    style = page.find("style")[0].text
    assert style.startswith("p { color: #111111; }\n@page { @bottom-left { content: ")
    assert style.count("\n") == 2
    (policy,) = [
        each.attributes["content"]
        for each in page.find("meta")
        if each.attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in policy


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        (
            {"report.html.j2": "<p>\n{{ reprot.day }}</p>"},
            "firm/report.html.j2:2: 'reprot' is undefined",
        ),
        (
            {"report.html.j2": "\n\n{{ report.dya }}"},
            "firm/report.html.j2:3: 'custfocus_cli.render.report.Report object' has no attribute"
            " 'dya'",
        ),
        (
            {"report.html.j2": "\n{% for x in report.steps %}"},
            "firm/report.html.j2:2: Unexpected end of template. Jinja was looking for the following"
            " tags: 'endfor' or 'else'. The innermost block that needs to be closed is 'for'.",
        ),
        (
            {"report.html.j2": "\n{{ report.day|nope }}"},
            "firm/report.html.j2:2: No filter named 'nope'.",
        ),
        (
            {"report.html.j2": "{% include 'nope.j2' %}"},
            "firm/report.html.j2:1: there is no template 'nope.j2'",
        ),
        (
            {"report.html.j2": "{% include '../pyproject.toml' %}"},
            "firm/report.html.j2:1: there is no template '../pyproject.toml'",
        ),
        (
            {"report.html.j2": "{% include 'custfocus/../pyproject.toml' %}"},
            "firm/report.html.j2:1: there is no template 'custfocus/../pyproject.toml'",
        ),
        (
            {"report.html.j2": "{{ 1 / 0 }}"},
            "firm/report.html.j2:1: ZeroDivisionError: division by zero",
        ),
        (
            {"report.html.j2": "a\n{{ report.facts }}"},
            "firm/report.html.j2:2: TypeError: tuple is neither a text nor a number: (('Date',",
        ),
        (
            {"report.html.j2": "{{ report.about.__class__ }}"},
            "firm/report.html.j2:1: access to attribute '__class__' of 'str' object is unsafe.",
        ),
        (
            {"report.html.j2": "{{ range(10 ** 9)|length }}"},
            "firm/report.html.j2:1: OverflowError: Range too big. The sandbox blocks ranges larger"
            " than MAX_RANGE (100000).",
        ),
        (
            {"report.html.j2": "{% extends 'report.html.j2' %}"},
            "firm/report.html.j2:1: the templates lead in a circle; a shipped one is named"
            " custfocus/NAME",
        ),
        (
            {"inner.j2": "\n\n{{ nope }}", "report.html.j2": "{% include 'inner.j2' %}"},
            "firm/inner.j2:3: 'nope' is undefined",
        ),
        (
            {"charts.html.j2": "{# without its chart #}"},
            "custfocus/report.html.j2:",
        ),
    ],
)
def test_a_mistake_is_told_with_its_place(texts: Mapping[str, str], message: str) -> None:
    with pytest.raises(CustfocusError) as caught:
        write("html", texts)
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) <= 400


def test_a_mistake_of_ours_stays_an_error_of_ours() -> None:
    own = Templates("firm", {})
    with pytest.raises(UndefinedError):
        render_template(make_environment(mark), "plan.md.j2", {})
    with pytest.raises(CustfocusError):
        render_template(make_environment(mark, own), "plan.md.j2", {}, own)


# --- what a template may write ---------------------------------------------------------------


def mark(text: str) -> Markup:
    return Markup(f"[{text}]")  # noqa: S704 - what a test writes


def test_texts_and_numbers_alone() -> None:
    environment = make_environment(mark)
    assert environment.from_string("{{ a }}{{ b }}").render(a="<x>", b=3) == "[<x>]3"
    with pytest.raises(TypeError, match="list is neither"):
        environment.from_string("{{ a }}").render(a=["x"])
    with pytest.raises(TypeError, match="NoneType is neither"):
        environment.from_string("{{ a }}").render(a=None)
    with pytest.raises(UndefinedError):
        environment.from_string("{{ a }}").render()


def find_leaks(text: str) -> list[str]:
    """The filters, and other ways of a template, by which a text comes out unmarked."""
    environment = make_environment(mark)
    ways = {name: f"{{{{ text|{name} }}}}" for name in environment.filters}
    ways |= {
        "autoescape": "{% autoescape false %}{{ text }}{% endautoescape %}",
        "block": "{% set x %}{{ text }}{% endset %}{{ x }}",
        "plain block": "{% autoescape false %}{% set x %}{{ text }}{% endset %}{{ x }}"
        "{% endautoescape %}",
        "macro": "{% macro m() %}{{ text }}{% endmacro %}{{ m() }}",
        "joined": "{{ '' ~ text }}{{ ('' | e) ~ text }}{{ ('' | e) + text }}",
        "filled": "{{ '%s'|format(text) }}{{ '{}'.format(text) }}{{ ('{}' | e).format(text) }}",
        "replaced": "{{ 'a'|replace('a', text) }}{{ ('a' | e)|replace('a', text) }}",
        "undone": "{{ (text | e).unescape() }}",
    }
    leaks = []
    for name, source in ways.items():
        try:
            written = environment.from_string(source).render(text=text)
        except Exception:  # noqa: S112 - a filter for something else than a text
            continue
        if "<script>" in re.sub(r"\[[^]]*]", "", written).lower():
            leaks.append(name)
    return leaks


ACTS = "<script>'\"&"


def test_no_way_of_a_template_writes_a_text_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    assert find_leaks(ACTS) == []
    monkeypatch.setattr("custfocus_cli.render.templates._UNWANTED", ("random",))
    assert "safe" in find_leaks(ACTS)


def test_chance_is_out_of_reach() -> None:
    environment = make_environment(mark)
    assert "random" not in environment.filters
    assert "lipsum" not in environment.globals


def test_the_shipped_templates_are_those_of_the_folder() -> None:
    assert "report.css" in list_templates()
    assert {f"{name}.{end}.j2" for name in TEMPLATES.values() for end in ("html", "md")} <= (
        list_templates()
    )
    assert all(read_template(name) for name in list_templates())


# --- the manual ------------------------------------------------------------------------------

MANUAL = (ROOT / "templates" / "README.md").read_text("utf-8")


def find_unnamed(manual: str) -> set[str]:
    """What a template gets and the manual does not name."""
    fields = {*Report._fields, *(n for n, v in vars(Report).items() if isinstance(v, property))}
    wanted = {f"report.{name}" for name in fields} | {"sections", "brand", "audience", "style"}
    wanted |= {*Brand._fields, "policy", *list_templates()}
    return {name for name in wanted if f"`{name}`" not in manual}


def test_the_manual_names_every_value_and_every_template() -> None:
    assert find_unnamed(MANUAL) == set()
    assert find_unnamed(MANUAL.replace("`report.day`", "")) == {"report.day"}
    assert find_unnamed(MANUAL.replace("`plan.md.j2`", "")) == {"plan.md.j2"}


def test_the_manual_names_every_block() -> None:
    named = {
        block
        for name in list_templates()
        for block in re.findall(r"{% block (\w+)", read_template(name) if "css" not in name else "")
    }
    (row,) = [line for line in MANUAL.splitlines() if line.startswith("| `report.html.j2`")]
    assert named <= set(re.findall(r"`(\w+)`", row))
