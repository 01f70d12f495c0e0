"""Every output for the two organisations, compared byte by byte.

REWRITE_GOLDEN=1 writes the files anew. Read what changed before committing it: these files are
right because somebody checked them, not because the program wrote them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import partial

import pytest
from render.cards import render_report, score_sample
from shipped import SAMPLES
from tree import ROOT

from custfocus_cli.render import json, markdown, report
from custfocus_cli.render.formats import PLAN, REPORT, SCORE
from custfocus_cli.render.look import TEMPLATES, Look
from custfocus_cli.render.terminal import Terminal
from custfocus_cli.scoring.scorecard import Scorecard

GOLDEN = ROOT / "tests" / "golden"
ENDINGS = {"text": "txt", "json": "json", "markdown": "md", "html": "html", "csv": "csv"}


def on_a_terminal(write: Callable[[Scorecard, Terminal], str]) -> Callable[[Scorecard], str]:
    return lambda card: write(card, Terminal())


OUTPUTS: Mapping[str, Callable[[Scorecard], str]] = {
    **{f"score.{ENDINGS[name]}": on_a_terminal(write) for name, write in SCORE.items()},
    **{
        f"{TEMPLATES[audience]}.{ENDINGS[name]}": partial(render_report, name, look=Look(audience))
        for audience in TEMPLATES
        for name in REPORT
    },
    **{f"plan.{ENDINGS[name]}": on_a_terminal(write) for name, write in PLAN.items()},
}


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("name", OUTPUTS)
def test_output(name: str, sample: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (json, markdown, report):
        monkeypatch.setattr(module, "__version__", "0.0.0")
    path = GOLDEN / sample / name
    text = OUTPUTS[name](score_sample(sample))
    if os.environ.get("REWRITE_GOLDEN") == "1":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))
    assert text.encode("utf-8") == path.read_bytes()


def test_no_golden_file_is_left_over() -> None:
    found = {path.relative_to(GOLDEN).as_posix() for path in GOLDEN.rglob("*") if path.is_file()}
    assert found == {f"{sample}/{name}" for sample in SAMPLES for name in OUTPUTS}
