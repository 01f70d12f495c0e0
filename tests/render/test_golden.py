"""Every output for the two organisations, compared byte by byte.

REWRITE_GOLDEN=1 writes the files anew. Read what changed before committing it: these files are
right because somebody checked them, not because the program wrote them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import pytest
from render.cards import compare_samples, render_report, score_sample
from shipped import SAMPLES
from tree import ROOT

from custfocus_cli.render import html, json, markdown, report
from custfocus_cli.render.formats import DIFF, PLAN, REPORT, SCORE
from custfocus_cli.render.look import TEMPLATES, Look
from custfocus_cli.render.terminal import Terminal
from custfocus_cli.scoring.scorecard import Scorecard

GOLDEN = ROOT / "tests" / "golden"
ENDINGS = {"text": "txt", "json": "json", "markdown": "md", "html": "html", "csv": "csv"}

REPORTS = [(audience, name) for audience in TEMPLATES for name in REPORT]
START = {"full": "years", "executive": "executive-years"}


def on_a_terminal(write: Callable[[Scorecard, Terminal], str]) -> Callable[[Scorecard], str]:
    return lambda card: write(card, Terminal())


OUTPUTS: Mapping[str, Callable[[Scorecard], str]] = {
    **{f"score.{ENDINGS[name]}": on_a_terminal(write) for name, write in SCORE.items()},
    **{
        f"{TEMPLATES[audience]}.{ENDINGS[name]}": partial(render_report, name, look=Look(audience))
        for audience, name in REPORTS
    },
    **{f"plan.{ENDINGS[name]}": on_a_terminal(write) for name, write in PLAN.items()},
}

# The reports of the second year with the first behind it.
YEARS: Mapping[str, tuple[str, str]] = {
    f"{START[audience]}.{ENDINGS[name]}": (audience, name) for audience, name in REPORTS
}

# What changed between the two, as letters; the other formats are held by their own tests.
DIFFS = {f"diff.{ENDINGS[name]}": DIFF[name] for name in ("markdown", "html")}
SECOND = tuple(sample for sample in SAMPLES if sample.endswith("2026"))


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("name", OUTPUTS)
def test_output(name: str, sample: str, monkeypatch: pytest.MonkeyPatch) -> None:
    hold(GOLDEN / sample / name, lambda: OUTPUTS[name](score_sample(sample)), monkeypatch)


@pytest.mark.parametrize("sample", SECOND)
@pytest.mark.parametrize("name", YEARS)
def test_two_years(name: str, sample: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = score_sample(sample.replace("2026", "2025"))
    audience, format = YEARS[name]
    write = partial(render_report, format, score_sample(sample), Look(audience), [before])
    hold(GOLDEN / sample / name, write, monkeypatch)


@pytest.mark.parametrize("sample", SECOND)
@pytest.mark.parametrize("name", DIFFS)
def test_a_diff(name: str, sample: str, monkeypatch: pytest.MonkeyPatch) -> None:
    diff = compare_samples(sample.partition("-")[0])
    hold(GOLDEN / sample / name, lambda: DIFFS[name](diff, Terminal()), monkeypatch)


def hold(path: Path, write: Callable[[], str], monkeypatch: pytest.MonkeyPatch) -> None:
    """AssertionError where what is written is not what the file holds."""
    for module in (html, json, markdown, report):
        monkeypatch.setattr(module, "__version__", "0.0.0")
    text = write()
    if os.environ.get("REWRITE_GOLDEN") == "1":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))
    assert text.encode("utf-8") == path.read_bytes()


def test_no_golden_file_is_left_over() -> None:
    found = {path.relative_to(GOLDEN).as_posix() for path in GOLDEN.rglob("*") if path.is_file()}
    one = {f"{sample}/{name}" for sample in SAMPLES for name in OUTPUTS}
    assert found == one | {f"{sample}/{name}" for sample in SECOND for name in (*YEARS, *DIFFS)}
