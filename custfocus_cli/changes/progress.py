"""The way to the target that is behind since an earlier result."""

from __future__ import annotations

from fractions import Fraction

from custfocus_cli.scoring.ladder import ZERO, find_blocking_stage
from custfocus_cli.scoring.scorecard import CharacteristicResult, Scorecard


def measure_progress(old: Scorecard, new: Scorecard) -> Fraction | None:
    """How much of the way that was left to today's target is done since then, in percent.

    Domain rule 2.2.10, with the targets and weights of the new result: below 0 where the way became
    longer, 100 where none was left and none is, None without stages or where the way is longer than
    none. The two are on the same questionnaire.
    """
    if new.to_target is None:
        return None
    before = {each.id: each for each in old.characteristics}
    both = [(before[each.id], each) for each in new.characteristics if each.included]
    left = sum((now.weight * _gap(then, now.target, old) for then, now in both), ZERO)
    still = sum((now.weight * now.gap for _, now in both), ZERO)
    if not left:
        return None if still else Fraction(100)
    return 100 * (left - still) / left


def _gap(each: CharacteristicResult, target: int, card: Scorecard) -> int:
    """The stages missing to a target that need not have been its own: domain rule 2.2.9."""
    blocking = find_blocking_stage(each.cells, card.definition.model)
    return 0 if blocking is None or blocking > target else target - (each.reading.stage or 0)
