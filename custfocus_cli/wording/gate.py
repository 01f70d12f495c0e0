"""The sentences of a gate: why a rule does not hold, and the verdict."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Final

from custfocus_cli.wording.phrases import count, counted, listed, long_date, with_stop

STATUS: Final[Mapping[str, str]] = {
    "pass": "Gate passed",
    "fail": "Gate failed",
    "incomparable": "Not comparable",
}

# By rule and by why it does not hold; `found` and `limit` are written as numbers already.
_BROKEN: Final[Mapping[tuple[str, str], str]] = {
    ("min-stage", "below"): "{name} stands at stage {found}; stage {limit} is the least allowed.",
    ("min-stage", "undefined"): (
        "{name} stands at no stage that is known; stage {limit} is the least allowed."
    ),
    ("min-index", "below"): "The index of {name} is {found}; {limit} is the least allowed.",
    ("min-index", "undefined"): ("The index of {name} is not known; {limit} is the least allowed."),
    ("min-coverage", "below"): (
        "Of what applies to {name}, {found} % is known; {limit} % is the least allowed."
    ),
    ("min-coverage", "undefined"): (
        "Of what applies to {name}, nothing is known; {limit} % is the least allowed."
    ),
    ("max-age-days", "too-old"): "The result is {found} old; {limit} is the most allowed.",
    (
        "max-age-days",
        "dated-ahead",
    ): "The result is dated {found} after the day it is looked at from.",
    ("max-age-days", "undefined"): (
        "Nothing is rated, so there is no result that could be young enough."
    ),
}

_LISTED: Final = 5

RULES: Final[Mapping[str, str]] = {
    "no-regression": "Nothing falls, and no rating is lost.",
    "change": "Nothing changes.",
    "min-stage": "The stage is high enough.",
    "min-index": "The index is high enough.",
    "min-coverage": "Enough of what applies is known.",
    "max-age-days": "The result is young enough.",
}
"""What each rule asks for, in a sentence."""


HOLDS: Final[Mapping[str, str]] = {
    "identical": "the two are identical",
    "regression": "nothing regressed",
    "change": "nothing changed",
    "never": "no change can fail it",
    "policy": "no rule fails it",
}
"""Why a gate holds, by what it fails on."""


SEVERITIES: Final[Mapping[str, str]] = {
    "error": "error",
    "warning": "warning",
    "notice": "notice",
    "exempt": "exempt",
}
"""How much a finding matters, in a word."""


def say_identical() -> str:
    """That two results are the same to the last note."""
    return "The two are identical: every answer, note and date is the same."


def say_more(number: int) -> str:
    """That a list goes on in the formats for programs."""
    return f"And {count(number)} more, which -f json lists."


def say_cut(lines: int) -> str:
    """That a page had to be shortened to fit where it is shown."""
    said = counted(lines, "line")
    are = "is" if lines == 1 else "are"
    return f"There is no room for all of it: here {said} {are} left out. -f json has everything."


def say_demand(fail_on: str | None, tolerance: str, policy: str | None) -> str:
    """What a gate judges by: a policy, or what options say; `tolerance` is empty without one."""
    if policy is not None:
        return f"judges by {policy}"
    within = f", an index by more than {tolerance} points" if tolerance else ""
    return {
        "regression": f"fails where anything regresses{within}",
        "change": "fails on any change",
        "never": "fails on nothing",
    }.get(fail_on or "", "judges by the limits that were given")


def say_within(tolerance: str) -> str:
    """Why a gate holds that tolerates a fall of some points."""
    return f"nothing regressed by more than {tolerance} points"


def say_broken(rule: str, why: str, name: str, found: str, limit: str) -> str:
    """Why a rule on where a result stands does not hold; KeyError for any other rule."""
    return _BROKEN[rule, why].format(name=name, found=found, limit=limit)


def say_tolerance(fall: str, tolerance: str) -> str:
    """That an index fell by more than is tolerated, both in points."""
    return f"A fall of {fall} points, where {tolerance} are tolerated."


def say_lost(what: str) -> str:
    """That the stage or the index is none any more."""
    return f"The {what} is not known any more, so it cannot be said to have held."


def say_exempt(until: datetime.date, reason: str) -> str:
    """That an exemption lets a finding pass."""
    return f"Exempt until {long_date(until)}: {with_stop(reason)}"


def say_ended(name: str, rule: str, until: datetime.date, reason: str) -> str:
    """That an exemption has ended."""
    return f"The exemption of {name} from {rule} ended on {long_date(until)}: {with_stop(reason)}"


def say_verdict(status: str, exit_code: int, reason: str) -> str:
    """The verdict, its reason and the exit code, in one line."""
    return f"{STATUS[status]} (exit code {exit_code}): {with_stop(reason)}"


def say_failed(first: str, others: Sequence[str]) -> str:
    """What failed the gate: the first of it in a sentence, the others by their ids."""
    if not others:
        return first
    return f"{first} And {count(len(others))} more: {listed(others, _LISTED)}."


def say_no_old(path: str) -> str:
    """That there is no earlier result to compare with."""
    return f"no baseline, as there is no {path}"


def say_passed(base: str, warnings: int, exempt: int, only: str) -> str:
    """Why the gate holds, with what it lets pass."""
    parts = [base]
    if warnings:
        parts.append(counted(warnings, "warning"))
    if exempt:
        parts.append(counted(exempt, "exemption"))
    if only:
        parts.append(f"judged alone: {only}")
    return "; ".join(parts)
