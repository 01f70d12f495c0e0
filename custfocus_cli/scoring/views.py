"""The view from the top beside the view at the counter: domain rule 2.2.18."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from custfocus_cli.scoring.scorecard import Scorecard
from custfocus_cli.scoring.statistics.groups import find_perception_gap, is_worth_talk


class Gap(NamedTuple):
    """The measured index of a characteristic, and that which people see; both in percent.

    `few` is whether the latter is the middle of five to nine people.
    """

    id: str
    measured: Fraction
    seen: Fraction
    points: Fraction
    few: bool = False

    @property
    def worth_talk(self) -> bool:
        """Whether it is a topic for talk; the middle of a few people alone makes none."""
        return not self.few and is_worth_talk(self.points)


def find_perception_gaps(card: Scorecard) -> tuple[Gap, ...]:
    """The gap of each characteristic that was both measured and seen, in the model's order."""
    found = []
    for each in card.characteristics:
        measured, seen = each.reading.index, each.perception_index
        points = find_perception_gap(measured, seen)
        if measured is not None and seen is not None and points is not None:
            found.append(Gap(each.id, measured, seen, points, each.seen_by_few))
    return tuple(found)
