"""How much of the way to the target is done since an earlier result."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest
from scoring.sheets import Sheet
from scoring.test_samples import score_sample

from custfocus_cli.changes.progress import Progress, measure_progress


@pytest.mark.parametrize(
    ("old", "new", "progress"),
    [
        # target: the top, stage 2
        ({"vision": "N / N"}, {"vision": "L / N"}, (0, 50, 50)),
        ({"vision": "L / N"}, {"vision": "L / L"}, (50, 100, 100)),
        ({"vision": "L / N"}, {"vision": "N / N"}, (50, 0, -100)),
        ({"vision": "L / N"}, {"vision": "L / P"}, (50, 50, 0)),
        # one of four stages was left, then none
        (
            {"vision": "L / L", "voice": "L / N"},
            {"vision": "L / L", "voice": "L / L"},
            (75, 100, 100),
        ),
        # what one gains the other loses
        ({"vision": "L / N", "voice": "N / N"}, {"vision": "N / N", "voice": "L / N"}, (25, 25, 0)),
        # no gap was left, and none is
        ({"vision": "L / L"}, {"vision": "L / L"}, (100, 100, 100)),
        # no gap was left, and one is: there was no way to be done
        ({"vision": "L / L"}, {"vision": "L / N"}, (100, 50, None)),
        # an n/a cell leaves no gap that nobody could close: two stages were missing, then none
        ({"vision": "N / NA"}, {"vision": "L / NA"}, (0, 100, 100)),
    ],
)
def test_by_hand(
    old: Mapping[str, str], new: Mapping[str, str], progress: tuple[int, int, int | None]
) -> None:
    then, now, share = progress
    assert measure_progress(Sheet(old).score(), Sheet(new).score()) == Progress(
        Fraction(then), Fraction(now), None if share is None else Fraction(share)
    )


def test_it_goes_by_the_weights_and_targets_of_today() -> None:
    keys: dict[str, Any] = {
        "characteristics": {"vision": {"weight": "3"}},
        "assessment": {"target": {"default": 1}},
    }
    old = Sheet({"vision": "N / N", "voice": "N / N"}).score()
    new = Sheet({"vision": "L / N", "voice": "N / N"}, **keys).score()
    # three of four parts of the weight
    assert measure_progress(old, new) == Progress(Fraction(0), Fraction(75), Fraction(75))


def test_without_a_gate_there_is_none() -> None:
    card = Sheet({"vision": "L / N"}, scoring={"gate": "none"}).score()
    assert measure_progress(card, card) is None


@pytest.mark.parametrize(
    ("name", "progress"),
    [
        # stages up to 2: nine and then eighteen of 24; six and then fourteen
        ("quillmarsh", Progress(Fraction(900, 24), Fraction(1800, 24), Fraction(900, 15))),
        ("varrowby", Progress(Fraction(600, 24), Fraction(1400, 24), Fraction(800, 18))),
    ],
)
def test_the_samples(name: str, progress: Progress) -> None:
    cards = (score_sample(f"{name}-{year}") for year in (2025, 2026))
    assert measure_progress(*cards) == progress
