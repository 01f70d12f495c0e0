"""The verdict on one thing measured twice: which way it moved, and whether that is certain.

Every verdict has a mirror: what improved from A to B regressed from B to A.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final, Literal, NamedTuple

from custfocus_cli.changes.readings import Answered
from custfocus_cli.scoring.balance import Flag, FlagColour
from custfocus_cli.scoring.ladder import Reading

Verdict = Literal[
    "improved",
    "regressed",
    "unchanged",
    "became-known",
    "became-unknown",
    "scope-changed",
    "added",
    "removed",
]

# The flags that are known, the worst first.
_FLAGS: Final[tuple[FlagColour, ...]] = ("red", "amber", "green")


class Judgement(NamedTuple):
    """A verdict; `certain` where no answer to what is unknown on either side could undo it."""

    verdict: Verdict
    certain: bool


def judge_readings(old: Reading, new: Reading) -> Judgement:
    """The verdict on the organisation, an area or a characteristic.

    It goes by the stage, then by the index, unrounded. Where the index is undefined its bounds
    decide: by the low one as far as they tell better from worse, else by which range is wider.
    """
    if (old.coverage is None) != (new.coverage is None):
        return Judgement("scope-changed", True)
    verdict = _order(old, new)
    if verdict == "improved":
        return Judgement(verdict, _is_surely_above(new, old))
    if verdict == "regressed":
        return Judgement(verdict, _is_surely_above(old, new))
    return Judgement(verdict, verdict == "unchanged" and _is_known(old) and _is_known(new))


def _order(old: Reading, new: Reading) -> Verdict:
    if old.stage is not None and new.stage is not None and old.stage != new.stage:
        return _direct(old.stage, new.stage)
    verdict = _order_indexes(old, new)
    if verdict == "unchanged" and (old.stage is None) != (new.stage is None):
        return "became-known" if old.stage is None else "became-unknown"
    return verdict


def _order_indexes(old: Reading, new: Reading) -> Verdict:
    if _is_disjoint(old, new):
        return "improved"
    if _is_disjoint(new, old):
        return "regressed"
    if old.index is not None and new.index is not None:
        return _direct(old.index, new.index)
    if old.index is not None or new.index is not None:
        return "became-known" if old.index is None else "became-unknown"
    bounds = (old.index_low, new.index_low, old.index_high, new.index_high)
    low, other_low, high, other_high = (each or Fraction(0) for each in bounds)
    if low == other_low and high != other_high:
        return "became-known" if other_high < high else "became-unknown"
    return _direct(low, other_low)


def _direct(old: Fraction | int, new: Fraction | int) -> Verdict:
    if old == new:
        return "unchanged"
    return "improved" if new > old else "regressed"


def _is_disjoint(lower: Reading, higher: Reading) -> bool:
    """Whether the index of one lies below that of the other, whatever the unknown answers are."""
    return (
        lower.index_high is not None
        and higher.index_low is not None
        and lower.index_high < higher.index_low
    )


def _is_surely_above(higher: Reading, lower: Reading) -> bool:
    """Whether one stays above the other, by stage and then by index, whatever is unknown."""
    least, most = higher.stage_low, lower.stage_high
    if least is None or most is None or least == most:
        return _is_disjoint(lower, higher)
    return least > most


def _is_known(reading: Reading) -> bool:
    """Whether nothing of it is unknown, or nothing of it applies."""
    return reading.coverage is None or (reading.coverage == 1 and reading.index_low is not None)


def judge_answers(old: Answered, new: Answered) -> Judgement:
    """The verdict on an item."""
    if old.state != new.state and "not-applicable" in (old.state, new.state):
        return Judgement("scope-changed", True)
    if old.points is None or new.points is None:
        return _judge_knowledge(old.points is not None, new.points is not None, old.state)
    return Judgement(
        _direct(Fraction(old.points, old.best), Fraction(new.points, new.best)), certain=True
    )


def _judge_knowledge(
    old: bool, new: bool, state: Literal["rated", "unknown", "not-applicable"]
) -> Judgement:
    if old == new:
        return Judgement("unchanged", state == "not-applicable")
    return Judgement("became-known" if new else "became-unknown", certain=False)


def judge_flags(old: Flag, new: Flag) -> Judgement:
    """The verdict on a theme of the balance check."""
    if old.flag != new.flag and "not-applicable" in (old.flag, new.flag):
        return Judgement("scope-changed", True)
    if old.flag in _FLAGS and new.flag in _FLAGS:
        return Judgement(_direct(_FLAGS.index(old.flag), _FLAGS.index(new.flag)), certain=True)
    state: Literal["unknown", "not-applicable"] = (
        "not-applicable" if old.flag == "not-applicable" else "unknown"
    )
    return _judge_knowledge(old.flag in _FLAGS, new.flag in _FLAGS, state)
