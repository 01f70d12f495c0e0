"""How much of the way to the target is done since an earlier result."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest
from scoring.sheets import Sheet
from scoring.test_samples import score_sample

from custfocus_cli.changes.progress import measure_progress


@pytest.mark.parametrize(
    ("old", "new", "progress"),
    [
        # target: the top, stage 2
        ({"vision": "N / N"}, {"vision": "L / N"}, Fraction(50)),
        ({"vision": "L / N"}, {"vision": "L / L"}, Fraction(100)),
        ({"vision": "L / N"}, {"vision": "N / N"}, Fraction(-100)),
        ({"vision": "L / N"}, {"vision": "L / P"}, Fraction(0)),
        # one of four stages was left, then none
        ({"vision": "L / L", "voice": "L / N"}, {"vision": "L / L", "voice": "L / L"}, 100),
        # what one gains the other loses
        ({"vision": "L / N", "voice": "N / N"}, {"vision": "N / N", "voice": "L / N"}, 0),
        # no gap was left, and none is
        ({"vision": "L / L"}, {"vision": "L / L"}, Fraction(100)),
        # no gap was left, and one is: there was no way to be done
        ({"vision": "L / L"}, {"vision": "L / N"}, None),
        # an n/a cell leaves no gap that nobody could close
        ({"vision": "N / NA"}, {"vision": "L / NA"}, Fraction(100)),
    ],
)
def test_by_hand(old: Mapping[str, str], new: Mapping[str, str], progress: Fraction) -> None:
    assert measure_progress(Sheet(old).score(), Sheet(new).score()) == progress


def test_it_goes_by_the_weights_and_targets_of_today() -> None:
    keys: dict[str, Any] = {
        "characteristics": {"vision": {"weight": "3"}},
        "assessment": {"target": {"default": 1}},
    }
    old = Sheet({"vision": "N / N", "voice": "N / N"}).score()
    new = Sheet({"vision": "L / N", "voice": "N / N"}, **keys).score()
    assert measure_progress(old, new) == 75


def test_without_a_gate_there_is_none() -> None:
    card = Sheet({"vision": "L / N"}, scoring={"gate": "none"}).score()
    assert measure_progress(card, card) is None


@pytest.mark.parametrize(
    ("name", "progress"),
    [
        # stages up to 2: nine and then eighteen of 24; six and then fourteen
        ("quillmarsh", Fraction(900, 15)),
        ("varrowby", Fraction(800, 18)),
    ],
)
def test_the_samples(name: str, progress: Fraction) -> None:
    cards = (score_sample(f"{name}-{year}") for year in (2025, 2026))
    assert measure_progress(*cards) == progress
