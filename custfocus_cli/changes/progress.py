"""The way to the target that is behind since an earlier result."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from custfocus_cli.scoring.ladder import ZERO, find_blocking_stage
from custfocus_cli.scoring.scorecard import CharacteristicResult, Scorecard


class Progress(NamedTuple):
    """How much of the way to today's target was done `before` and is done `after`, in percent.

    `share` is how much of what was left before is done since: below 0 where the way became longer,
    100 where none was left and none is, None where none was left and some is.
    """

    before: Fraction
    after: Fraction
    share: Fraction | None


def measure_progress(old: Scorecard, new: Scorecard) -> Progress | None:
    """The progress since an earlier result, with the targets and weights of the new one.

    Domain rule 2.2.10; None without stages or where the targets add up to nothing. The two are on
    the same questionnaire.
    """
    if new.to_target is None:
        return None
    before = {each.id: each for each in old.characteristics}
    both = [(before[each.id], each) for each in new.characteristics if each.included]
    whole = sum((now.weight * now.target for _, now in both), ZERO)
    left = sum((now.weight * _gap(then, now.target, old) for then, now in both), ZERO)
    still = sum((now.weight * now.gap for _, now in both), ZERO)
    share = 100 * (left - still) / left if left else None if still else Fraction(100)
    return Progress(100 * (whole - left) / whole, new.to_target, share)


def _gap(each: CharacteristicResult, target: int, card: Scorecard) -> int:
    """The stages missing to a target that need not have been its own: domain rule 2.2.9."""
    blocking = find_blocking_stage(each.cells, card.definition.model)
    return 0 if blocking is None or blocking > target else target - (each.reading.stage or 0)
