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

# What became of one thing, and of several: "one is not known any more".
CHANGES: Final[Mapping[str, tuple[str, str]]] = {
    "regressed": ("fell", "fell"),
    "improved": ("rose", "rose"),
    "unchanged": ("did not change", "did not change"),
    "became-unknown": ("is not known any more", "are not known any more"),
    "became-known": ("became known", "became known"),
    "scope-changed": ("applies differently", "apply differently"),
    "removed": ("is not asked any more", "are not asked any more"),
    "added": ("is asked for the first time", "are asked for the first time"),
}

CAUSES: Final[Mapping[str, str]] = {
    "answers": "",
    "questionnaire": "This comes from questions that changed, not from the answers alone.",
    "scoring": "This comes from other rules of scoring, not from the answers.",
}

# What is asked, counted or applies otherwise, of one item and of several.
ASKED: Final[Mapping[str, tuple[str, str]]] = {
    "counts": ("counts now", "count now"),
    "uncounted": ("does not count any more", "do not count any more"),
    "reworded": ("is asked in other words", "are asked in other words"),
    "moved": ("stands in another place", "stand in another place"),
    "weighed": ("has another weight", "have another weight"),
    "gone": ("does not apply any more", "do not apply any more"),
    "applies": ("applies now", "apply now"),
}

# What moved something, as a mark beside its name.
CAUSE_MARKS: Final[Mapping[str, str]] = {
    "answers": "",
    "questionnaire": "by other questions",
    "scoring": "by other rules",
}


def stage_range(low: int | None, high: int | None) -> str:
    """A stage by number: `1`, or `0 to 1` where unknown answers decide; `none` where none is."""
    if low is None or high is None:
        return "none"
    return str(low) if low == high else f"{low} to {high}"
