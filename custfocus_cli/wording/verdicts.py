"""The words of the verdicts: stages, statuses, flags, the economic test."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

STATUS: Final[Mapping[str, str]] = {
    "exact": "exact",
    "provisional": "provisional: unknown answers decide",
    "insufficient": "insufficient: too little is known",
}

FLAGS: Final[Mapping[str, str]] = {
    "green": "in balance",
    "amber": "watch",
    "red": "out of balance",
    "grey": "unknown",
    "not-applicable": "does not apply",
}

ECONOMICS: Final[Mapping[str, str]] = {
    "pays": "The programme brings at least what it costs.",
    "does-not-pay": ("By these figures the programme costs more than it brings."),
    "not-shown": "Nobody can say yet whether it pays.",
}


def stage_range(low: int | None, high: int | None) -> str:
    """A stage by number: `1`, or `0 to 1` where unknown answers decide; `none` where none is."""
    if low is None or high is None:
        return "none"
    return str(low) if low == high else f"{low} to {high}"
