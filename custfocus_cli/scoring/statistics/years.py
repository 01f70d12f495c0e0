"""What moved between two years in which different people answered."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import sqrt
from typing import NamedTuple

from custfocus_cli.scoring.statistics.counts import Counts, add_up
from custfocus_cli.scoring.statistics.groups import find_dominance
from custfocus_cli.scoring.statistics.intervals import Interval
from custfocus_cli.scoring.statistics.quantiles import TWO_SIDED, find_t, find_tails


class Shift(NamedTuple):
    """The Brunner-Munzel test: how likely an answer of the new year is higher than one of the old.

    `probability` is P(old < new) + P(old = new)/2: 1/2 where nothing moved. `statistic`, `freedom`,
    `p` (two-sided) and `interval` are None where the test does not say anything.
    """

    probability: Fraction
    statistic: float | None = None
    freedom: float | None = None
    p: float | None = None
    interval: Interval | None = None


class Move(NamedTuple):
    """A difference of two means, in points, and where it comes from.

    `change` is what the groups answered differently; `mix` is what comes of other groups, or other
    shares of them, having answered.
    """

    change: Fraction
    mix: Fraction

    @property
    def total(self) -> Fraction:
        """New mean minus old mean."""
        return self.change + self.mix


def find_shift(old: Counts, new: Counts) -> Shift | None:
    """The Brunner-Munzel test of two years; None where one of them is empty.

    The statistic is (probability - 1/2) / s with s^2 = v/n + w/m, v and w the sample variances of
    the placements of each year's answers among the other year's, and Satterthwaite's degrees of
    freedom. It says nothing below two answers a year, and where the placements do not vary: where
    the years do not overlap at all, or all answers are the same. Sources: Brunner and Munzel 2000,
    Biometrical Journal 42, 17; Neubert and Brunner 2007.
    """
    found = find_dominance(new, old)
    if found is None:
        return None
    probability = (1 + found.delta) / 2
    n, m = found.first, found.second
    if min(n, m) < 2 or not found.rows + found.columns:
        return Shift(probability)
    # a placement is (1 + the mean of an answer's pairs)/2, so that its variance is a quarter
    one, two = found.rows / (4 * n * (n - 1)), found.columns / (4 * m * (m - 1))
    error = sqrt(one + two)
    statistic = float(probability - Fraction(1, 2)) / error
    freedom = float((one + two) ** 2 / (one**2 / (n - 1) + two**2 / (m - 1)))
    reach = find_t(TWO_SIDED, freedom) * error
    around = Interval(float(probability) - reach, float(probability) + reach).clip(0, 1)
    return Shift(probability, statistic, freedom, find_tails(statistic, freedom), around)


def adjust_p(values: Mapping[str, float | None]) -> Mapping[str, float | None]:
    """The p of several tests, each adjusted for the number of them by Holm's method.

    In rising order each is multiplied by how many are left, is at least the one before it and at
    most 1. A test without a p is left out: where two years do not overlap its p would come first,
    and the rest be adjusted just so. Source: Holm 1979, Scandinavian Journal of Statistics 6, 65.
    """
    known = sorted((p, name) for name, p in values.items() if p is not None)
    adjusted: dict[str, float] = {}
    least = 0.0
    for done, (p, name) in enumerate(known):
        least = min(1.0, max(least, p * (len(known) - done)))
        adjusted[name] = least
    return {name: adjusted.get(name) for name in values}


def separate_mix(old: Mapping[str, Counts], new: Mapping[str, Counts]) -> Move | None:
    """How the mean moved, given the counts of each group: the change, and the mix of groups.

    The change is the new mean with the groups in the old year's shares, less the old mean: direct
    standardisation (Kitagawa 1955, JASA 50, 1168). It is taken over the groups that answered in
    both years; what others add or leave behind is mix. None where no group answered in both.
    """
    before = {name: add_up(counts) for name, counts in old.items()}
    after = {name: add_up(counts) for name, counts in new.items()}
    change, weight = Fraction(0), 0
    for name in before.keys() & after.keys():
        was, became = before[name].mean, after[name].mean
        if was is not None and became is not None:
            change += before[name].size * (became - was)
            weight += before[name].size
    if not weight:
        return None
    change /= weight
    means = [
        Fraction(
            sum(each.total for each in year.values()), sum(each.size for each in year.values())
        )
        for year in (before, after)
    ]
    return Move(change, means[1] - means[0] - change)
