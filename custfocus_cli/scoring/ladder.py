"""The ladder: cells, the gate, and what they say about stage, index and coverage.

The rules are part 2.2 of the domain description; percents run from 0 to 100 as exact fractions.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Status = Literal["exact", "provisional", "insufficient"]


@dataclass(frozen=True, slots=True)
class Cell:
    """The items of one characteristic at one stage, counted and weighed.

    Counts hold items of weight above 0 only: `rated`, `unknown` and `not_applicable` add up to
    `items`; `met` are rated at or above the model's `met_option`. `applicable` is false where
    nothing is left to rate; the percents are None then. `weight` and `weight_rated` are the sums
    of item weights that apply and that are rated. `in_place` is the gate's verdict on this stage
    alone, by the low and the high reading; None where the gate is none.
    """

    characteristic: str
    stage: int
    applicable: bool
    items: int
    rated: int
    met: int
    unknown: int
    not_applicable: int
    weight: Fraction
    weight_rated: Fraction
    percent: Fraction | None
    percent_low: Fraction | None
    percent_high: Fraction | None
    in_place: bool | None
    in_place_high: bool | None


@dataclass(frozen=True, slots=True)
class Reading:
    """What the answers say about a characteristic, an area or the organisation.

    `stage` is the headline, equal to `stage_low`; stages run from 0 to the top of the ladder and
    are None without a gate or without anything applicable. Indexes are percents, coverage is a
    share from 0 to 1.
    """

    stage: int | None
    stage_low: int | None
    stage_high: int | None
    status: Status | None
    index: Fraction | None
    index_low: Fraction | None
    index_high: Fraction | None
    coverage: Fraction | None
