"""The balance check and the economic test: whether it is wise to go on. Neither moves a stage."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

FlagColour = Literal["green", "amber", "red", "grey", "not-applicable"]
EconomicResult = Literal["pays", "does-not-pay", "not-shown"]


@dataclass(frozen=True, slots=True)
class Flag:
    """The verdict on one theme of the balance check, over the answers that are known."""

    theme: str
    flag: FlagColour
    safeguard_weak: bool
    signal_frequent: bool


@dataclass(frozen=True, slots=True)
class EconomicTest:
    """Benefit over cost of a year's programme; `ratio` is None where it cannot be shown."""

    result: EconomicResult
    ratio: Fraction | None
    cost: Fraction | None
    benefit: Fraction | None
