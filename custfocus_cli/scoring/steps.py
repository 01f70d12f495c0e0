"""Gaps, next steps and the smallest step up: what to do next, and what not yet."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """One answer that has to become another; `old` is None where the item is open."""

    item: str
    old: str | None
    new: str


@dataclass(frozen=True, slots=True)
class SmallestStep:
    """The least set of answer changes that reaches the next stage.

    `exact` is false where the set is good but perhaps not the least (shown as "at most").
    """

    to_stage: int | None = None
    changes: tuple[Change, ...] = ()
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Step:
    """What one characteristic needs next: items of its blocking cell, nothing above it.

    `blockers` are rated too low, `questions` unknown (find out first), `ahead` already good above
    the blocking cell: keep, do not extend yet. `deferred` waits until the organisation has come up.
    """

    rank: int
    characteristic: str
    to_stage: int
    blockers: tuple[str, ...]
    questions: tuple[str, ...]
    ahead: tuple[str, ...]
    deferred: bool
