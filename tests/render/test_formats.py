"""The tables of formats: each is a function of its value alone, and is loaded when it is used."""

from __future__ import annotations

import subprocess
import sys

import pytest
from render.cards import render_report, score_sample

from custfocus_cli.documents.sessions import choose_sitting
from custfocus_cli.render.formats import (
    EXPORT,
    EXPORT_PACKED,
    PLAN,
    PRINTED_REPORT,
    QUESTIONNAIRE,
    REPORT,
    SCORE,
    SHEET,
    SUFFIXES,
)
from custfocus_cli.render.survey import view_survey
from custfocus_cli.render.terminal import Terminal

LOADED = """
import sys
sys.path[:0] = {path!r}
{before}
before = set(sys.modules)
{code}
print(*sorted({{name.partition(".")[0] for name in set(sys.modules) - before}}))
"""


def load(code: str, before: str = "") -> set[str]:
    """The packages that a fresh interpreter loads for this code."""
    script = LOADED.format(path=sys.path, before=before, code=code)
    run = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    return set(run.stdout.split())


HEAVY = {"rich", "jinja2", "markupsafe", "pydantic", "yaml", "jsonschema"}


def test_the_tables_load_nothing() -> None:
    assert load("import custfocus_cli.render.formats") & HEAVY == set()


@pytest.mark.parametrize(
    ("renderer", "loaded"),
    [
        ("text", {"rich"}),
        ("json", set()),
        ("csv", set()),
        ("xlsform", set()),
        ("limesurvey", set()),
        ("surveyjs", set()),
        ("html", {"jinja2", "markupsafe"}),
        ("markdown", {"jinja2", "markupsafe"}),
    ],
)
def test_a_renderer_loads_what_it_needs(renderer: str, loaded: set[str]) -> None:
    before = "import custfocus_cli.scoring.scorecard"
    found = load(f"import custfocus_cli.render.{renderer}", before)
    assert found & {"rich", "jinja2", "markupsafe"} == loaded


def test_every_format_is_text_that_ends_and_prints_nothing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    card = score_sample("varrowby-2026")
    texts = [write(card, Terminal()) for table in (SCORE, PLAN) for write in table.values()]
    texts += [render_report(name, card) for name in REPORT]
    texts += [write(card.definition, Terminal()) for write in QUESTIONNAIRE.values()]
    sitting = choose_sitting(card.definition, ["people"])
    texts += [write(sitting, Terminal()) for write in SHEET.values()]
    survey = view_survey(card.definition)
    texts += [write(survey) for write in EXPORT.values()]
    assert all(text.endswith("\n") for text in texts)
    assert all(write(survey) for write in EXPORT_PACKED.values())
    assert capsys.readouterr() == ("", "")


def test_every_format_of_a_suffix_exists() -> None:
    assert set(SUFFIXES.values()) <= {*SCORE, *REPORT, *PRINTED_REPORT, *PLAN}
