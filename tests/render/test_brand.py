"""A firm's theme and logo in a report: its words, its colours, and a policy that covers them."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from render.cards import render_report, score_sample
from render.pages import Element, read_page, squeeze
from tree import ROOT

from custfocus_cli.documents.checks import check_theme
from custfocus_cli.documents.theme import PAGES, Colours, ReportTheme, contrast
from custfocus_cli.render.brand import SHIPPED, Brand, show_brand, write_theme_style
from custfocus_cli.render.look import TEMPLATES, Look

LOGO = "data:image/png;base64,iVBORw0KGgo="
THEME = ReportTheme(
    name="Fellside & <Advisers>",
    footer="Confidential. ::error::x",
    font=("Source Sans 3", "sans-serif"),
    light=Colours(accent="#0b5d3b", target="#b3541e"),
    dark=Colours(accent="#6fd3a6", target="#f0a35e"),
)
CARD = score_sample("quillmarsh-2025")


def write_page(look: Look) -> tuple[str, Element]:
    html = render_report("html", CARD, look)
    return html, read_page(html)


def test_without_a_theme_there_is_no_trace_of_one() -> None:
    assert show_brand(Look()) == Brand("", "", "", "Logo", SHIPPED.accent, SHIPPED.target)
    assert write_theme_style(ReportTheme()) == ""
    css = (ROOT / "templates" / "page.css").read_text("utf-8")
    assert f"--now: {SHIPPED.accent};" in css
    assert f"--goal: {SHIPPED.target};" in css


def test_the_style_of_a_theme() -> None:
    # A fifth of #0b5d3b in white: 255 - 0.2 x 244 = 206.2, 255 - 0.2 x 162 = 222.6, 215.8.
    style = write_theme_style(THEME)
    assert "--step-1: #cedfd8; --on-1: #1b1f24;" in style
    assert style.startswith(
        "@media print { :root { --now: #0b5d3b; --link: #0b5d3b; --goal: #b3541e; --step-0: "
    )
    light, again, dark, font = style.splitlines()
    assert light.endswith("--step-4: #0b5d3b; --on-4: #ffffff; } }")
    assert again == light.replace("print", "screen and (prefers-color-scheme: light)")
    assert dark.startswith(
        "@media screen and (prefers-color-scheme: dark) { :root { --now: #6fd3a6"
    )
    assert font == 'html { font-family: "Source Sans 3", sans-serif; }'


colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@settings(max_examples=200, deadline=None)
@given(accent=colours, scheme=st.sampled_from(sorted(PAGES)))
def test_every_shade_of_every_accent_can_be_written_on(accent: str, scheme: str) -> None:
    theme = ReportTheme.model_validate({scheme: {"accent": accent, "target": accent}})
    assume(not list(check_theme(theme)))
    style = write_theme_style(theme)
    pairs = re.findall(r"--step-\d: (#[0-9a-f]{6}); --on-\d: (#[0-9a-f]{6});", style)
    assert len(pairs) == (10 if scheme == "light" else 5)  # on screens and on paper
    assert all(contrast(shade, ink) >= 4.5 for shade, ink in pairs)


@pytest.mark.parametrize("audience", TEMPLATES)
def test_the_policy_covers_the_theme(audience: str) -> None:
    _, page = write_page(Look(audience, THEME, LOGO))
    (style,) = page.find("style")
    assert style.text.endswith(write_theme_style(THEME))
    digest = base64.b64encode(hashlib.sha256(style.text.encode()).digest()).decode()
    policies = [each.attributes.get("content", "") for each in page.find("meta")]
    assert (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none';"
        " form-action 'none'"
    ) in policies
    assert not any("style" in each.attributes for each in page.walk())


@pytest.mark.parametrize("audience", TEMPLATES)
def test_the_logo_stands_at_the_head_with_the_name_for_whoever_does_not_see_it(
    audience: str,
) -> None:
    _, page = write_page(Look(audience, THEME, LOGO))
    (image,) = page.find("img")
    assert image.attributes == {
        "class": "logo",
        "src": LOGO,
        "alt": "Fellside & <Advisers>",
        "height": "48",
    }
    _, page = write_page(Look(audience, None, LOGO))
    assert page.find("img")[0].attributes["alt"] == "Logo"


@pytest.mark.parametrize("audience", TEMPLATES)
def test_name_and_foot_line_are_shown_as_text_and_act_nowhere(audience: str) -> None:
    html, page = write_page(Look(audience, THEME))
    assert page.find("img") == []
    assert "::" not in re.sub(r"(?s)<style>.*?</style>", "", html)
    (header,), (footer,) = page.find("header"), page.find("footer")
    assert squeeze(header.text).startswith("Fellside & <Advisers> ")
    assert squeeze(footer.text).startswith("Confidential. ::error::x ")
    markdown = render_report("markdown", CARD, Look(audience, THEME, LOGO))
    assert markdown.endswith("\n\nFellside & \\<Advisers\\>\n\nConfidential. \\::error\\::x\n")
    assert "data:" not in markdown


def test_charts_have_the_colours_where_no_style_is_known() -> None:
    _, page = write_page(Look(theme=THEME))
    (chart,) = page.find("svg")
    fills = {
        each.attributes["class"]: each.attributes["fill"]
        for each in chart.walk()
        if each.attributes.get("class") in ("now", "goal")
    }
    assert fills == {"now": "#0b5d3b", "goal": "#b3541e"}
