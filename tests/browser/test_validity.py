"""Every page by the checker of the HTML standard's authors: no error.

VNU_JAR names the checker's file, as `.ci/run` fetches it (`npm install vnu-jar`); it wants Java.
Without it these tests are skipped, which --no-skips makes a failure.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from browser.opening import KINDS, write_page
from render.cards import SHEETS, score_panel, score_sample, score_sheet
from render.test_hostile import poison
from shipped import SAMPLES

VNU_JAR = os.environ.get("VNU_JAR", "")
pytestmark = pytest.mark.skipif(not VNU_JAR, reason="VNU_JAR names no checker of HTML")


def check(*files: Path) -> list[str]:
    """What the checker calls an error: the file's name, the place, the message."""
    run = subprocess.run(
        ["java", "-Xss4m", "-jar", VNU_JAR, "--errors-only", "--format", "gnu", "--", *files],
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    errors = [line.rpartition("/")[2].replace('"', "") for line in run.stderr.splitlines()]
    assert run.returncode == (1 if errors else 0), run.stdout
    return errors


def test_every_page_is_valid(tmp_path: Path) -> None:
    cards = {name: score_sample(name) for name in SAMPLES}
    cards |= {name.replace(" ", "-"): score_sheet(name) for name in SHEETS}
    cards |= {"panel": score_panel("interview"), "hostile": poison(0)[0]}
    files = [write_page(card, tmp_path / f"{name}.html") for name, card in cards.items()]
    files += [
        write_page(cards[name], tmp_path / f"{name}{kind.replace(' ', '-')}.html", kind)
        for name in (SAMPLES[0], "hostile")
        for kind in list(KINDS)[1:]
    ]
    assert check(*files) == []


def test_a_planted_error_is_caught(tmp_path: Path) -> None:
    file = tmp_path / "planted.html"
    page = "<!doctype html>\n<html lang=en>\n<title>x</title>\n<p>a<div role=img>b</div></div>\n"
    file.write_text(page, encoding="utf-8")
    assert check(file) == ["planted.html:4.26-4.31: error: Stray end tag \u201cdiv\u201d."]
