"""Where the mean or the share behind a sample may lie: intervals of 95 %."""

from __future__ import annotations

from fractions import Fraction
from math import sqrt
from typing import Final, NamedTuple

from custfocus_cli.scoring.statistics.counts import Counts, add_up
from custfocus_cli.scoring.statistics.quantiles import NORMAL_QUANTILE, TWO_SIDED, find_t

ENOUGH_FOR_A_MEAN: Final = 8  # answers; with fewer the interval would promise too much


class Interval(NamedTuple):
    """The two ends of an interval."""

    low: float
    high: float

    def clip(self, low: float, high: float) -> Interval:
        """The part of it between two bounds."""
        return Interval(max(self.low, low), min(self.high, high))


class Estimate(NamedTuple):
    """A mean or a share, with its interval."""

    value: float
    interval: Interval


class Share(NamedTuple):
    """So many out of so many."""

    part: int
    whole: int


def find_mean_interval(counts: Counts, lowest: int, highest: int) -> Interval | None:
    """The interval for the mean of a scale from `lowest` to `highest`; None below 8 answers.

    Ours, no standard formula: one lowest and one highest answer are added, then
    m +- t s / sqrt(n + 2) with n + 1 degrees of freedom, clipped to the scale. The two answers
    keep it from collapsing where all agree, as Agresti and Coull's (1998) keep that of a share. It
    covers the mean in at least 93 % of samples, the worst being answers at both ends alone.
    """
    given = add_up(counts)
    if given.size < ENOUGH_FOR_A_MEAN:
        return None
    size, total = given.size + 2, given.total + lowest + highest
    squares = given.squares + lowest**2 + highest**2
    middle = Fraction(total, size)
    error = sqrt(Fraction(squares * size - total**2, size**2 * (size - 1)))
    reach = find_t(TWO_SIDED, size - 1) * error
    return Interval(middle - reach, middle + reach).clip(lowest, highest)


def find_share_interval(share: Share) -> Interval | None:
    """Wilson's score interval for a share, between 0 and 1; None without anybody asked.

    (p + z^2/2n +- z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n). Source: Wilson 1927, JASA 22, 209.
    """
    part, whole = share
    if not whole:
        return None
    z = NORMAL_QUANTILE
    middle = part + z * z / 2
    reach = z * sqrt(part * (whole - part) / whole + z * z / 4)
    # at the ends of the scale both are the same number, but for the last digit
    low = (middle - reach) / (whole + z * z) if part else 0.0
    high = (middle + reach) / (whole + z * z) if part < whole else 1.0
    return Interval(low, high)


def find_share_difference(first: Share, second: Share) -> Interval | None:
    """The interval for the first share minus the second, from -1 to 1; None where one is empty.

    Wilson's intervals combined. Source: Newcombe 1998, Statistics in Medicine 17, 873, method 10.
    """
    one, two = find_share_interval(first), find_share_interval(second)
    if one is None or two is None:
        return None
    shares = first.part / first.whole, second.part / second.whole
    return find_difference(Estimate(shares[0], one), Estimate(shares[1], two)).clip(-1, 1)


def find_difference(first: Estimate, second: Estimate) -> Interval:
    """The interval for the first minus the second, which come of different people.

    The ends (l, u) of their intervals are combined: low is d - sqrt((p1-l1)^2 + (u2-p2)^2), high is
    d + sqrt((u1-p1)^2 + (p2-l2)^2). Source: Zou and Donner 2008, Statistics in Medicine 27, 1693,
    for whatever has an interval, after Newcombe 1998.
    """
    (p, one), (q, two) = first, second
    low = p - q - sqrt((p - one.low) ** 2 + (two.high - q) ** 2)
    high = p - q + sqrt((one.high - p) ** 2 + (q - two.low) ** 2)
    return Interval(low, high)
