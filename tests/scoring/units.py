"""Small units to set side by side, written as rows like a sheet."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from scoring.sheets import Sheet

from custfocus_cli.scoring.panel import panel
from custfocus_cli.scoring.scorecard import score
from custfocus_cli.scoring.units import Comparison, Source, compare_units


def make_unit(name: str, *rows: Mapping[str, str], **keys: Any) -> Source:
    """A unit called `name`, from one set of answers or the panel of several."""
    sheets = [
        Sheet(row, assessment={"organisation": "Hall", "scope": name, **keys}) for row in rows
    ]
    definition = sheets[0].definition
    card = score(panel([sheet.filled for sheet in sheets], definition), definition)
    return Source(f"{name}.yaml", card, frozenset([digest(name)]), ("1",))


def make_source(name: str, sheet: Sheet) -> Source:
    """A unit from a sheet as it is."""
    return Source(f"{name}.yaml", sheet.score(), frozenset([digest(name)]), ("1",))


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def set_side_by_side(rows: Mapping[str, Mapping[str, str]]) -> Comparison:
    """Units by name, each with one set of answers."""
    return compare_units([make_unit(name, row) for name, row in rows.items()], window=120)
