"""Colours that can be made out: the contrast of WCAG 2.2, and the colours that are shipped."""

from __future__ import annotations

import math
import re

import pytest
from tree import ROOT

from custfocus_cli.documents.checks import check_theme
from custfocus_cli.documents.theme import PAGES, Colours, ReportTheme, Scheme, contrast

CSS = (ROOT / "templates" / "page.css").read_text("utf-8")


def read_colours(css: str, scheme: Scheme) -> dict[str, str]:
    """The variables of a style sheet on a light or a dark page."""
    light, dark = re.findall(r":root \{(.*?)\}", css, re.DOTALL)[:2]
    return dict(
        re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", light if scheme == "light" else dark)
    )


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#123456", "#123456", 1.0),
        # Known from WCAG's own tables: the darkest grey that fails on white, and the next.
        ("#777777", "#ffffff", 4.47),
        ("#767676", "#ffffff", 4.54),
        # report-and-ci.md part 1
        ("#ffffff", "#8fb8de", 2.08),
        ("#f46a25", "#ffffff", 3.02),
        ("#f46a25", "#f3f6fa", 2.79),
    ],
)
def test_contrast(one: str, other: str, expected: float) -> None:
    assert math.floor(100 * contrast(one, other)) / 100 == expected
    assert contrast(one, other) == contrast(other, one)
    assert contrast(one.upper(), other) == contrast(one, other)


@pytest.mark.parametrize("scheme", PAGES)
def test_the_shipped_colours_keep_the_rule_themselves(scheme: Scheme) -> None:
    colours = read_colours(CSS, scheme)
    assert colours["paper"] == PAGES[scheme]
    shipped = Colours(accent=colours["now"], target=colours["goal"])
    assert list(check_theme(ReportTheme.model_validate({scheme: shipped}))) == []
    for text in ("ink", "soft", "link"):
        assert contrast(colours[text], colours["paper"]) >= 4.5
        assert contrast(colours[text], colours["wash"]) >= 4.5
    assert contrast(colours["edge"], colours["paper"]) >= 3
    for n in range(5):
        assert contrast(colours[f"step-{n}"], colours[f"on-{n}"]) >= 4.5


@pytest.mark.parametrize("scheme", PAGES)
def test_a_colour_that_cannot_be_made_out_is_found_in_its_place(scheme: Scheme) -> None:
    page = PAGES[scheme]
    theme = ReportTheme.model_validate({scheme: Colours(accent=page, target=page)})
    assert [(each.loc, each.rule) for each in check_theme(theme)] == [
        ((scheme, "accent"), "low-contrast"),
        ((scheme, "target"), "low-contrast"),
    ]


def test_what_is_shown_never_reaches_what_is_asked() -> None:
    """#777777 has 4.478: rounded to one decimal it would be 4.5."""
    theme = ReportTheme(light=Colours(accent="#777777", target="#777777"))
    assert [each.message for each in check_theme(theme)] == [
        "'#777777' has a contrast of 4.47 to the page ('#ffffff'); text needs 4.5"
    ]
