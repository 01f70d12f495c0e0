"""200 interviews are killed at random moments: nothing that was confirmed is lost."""

from __future__ import annotations

import json
import secrets
import subprocess
from pathlib import Path
from typing import Any

import pytest
from cli import PYTHON, settle_environment


def _kill(count: int, seed: str, plant: str = "") -> dict[str, Any]:
    """What killing.py finds over so many kills."""
    extra = {"PYTHONPATH": str(Path(__file__).parents[1]), "TERM": "xterm", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        [*PYTHON, "-m", "terminal.killing", str(count), seed, *([plant] if plant else [])],
        env=settle_environment(extra),
        stdout=subprocess.PIPE,
        check=True,
        timeout=600,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    assert found["kills"] == count
    return found


def test_200_kills_lose_nothing_that_was_confirmed() -> None:
    seed = secrets.token_hex(4)
    found = _kill(200, seed)
    assert found["faults"] == [], f"seed {seed}"
    assert found["confirmed"] > 200, found


@pytest.mark.parametrize(
    ("plant", "fault"),
    [
        ("late", "and the screen had shown"),
        ("in-pieces", "the file cannot be read"),
        ("lock", "it ended with 2 by itself, showing"),
    ],
)
def test_a_fault_that_was_planted_is_found(plant: str, fault: str) -> None:
    seed = secrets.token_hex(4)
    faults = _kill(10, seed, plant)["faults"]
    assert any(fault in each for each in faults), f"seed {seed}: {faults}"
