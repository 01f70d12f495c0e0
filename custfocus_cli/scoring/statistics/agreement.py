"""How far respondents agree on one item, or on several items of one scale.

`options` are the points of the scale's options, lowest first; A is how many there are. The
published formulas are for the points 0, 1, 2, ...; with other distances between the options their
constants become what the same reasoning gives there: the variance of answers that are spread evenly
over the options, and the mean distance between neighbours as the unit.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final, Literal

from custfocus_cli.scoring.statistics.counts import Counts, Sums, add_up

Spread = Literal["close", "mixed", "split"]

ENOUGH_FOR_DEVIATION: Final = 5  # raters
ENOUGH_FOR_WORDS: Final = 8
AT_EACH_END: Final = Fraction(3, 10)  # of the raters, and an item is polarised


def find_deviation(counts: Counts) -> Fraction | None:
    """The average deviation AD, in points: the mean of |answer - mean|. None below 5 raters.

    Source: Burke, Finkelstein and Dusig 1999, Organizational Research Methods 2, 49.
    """
    return _deviate(counts) if sum(counts.values()) >= ENOUGH_FOR_DEVIATION else None


def name_spread(counts: Counts, options: Sequence[int]) -> Spread | None:
    """The average deviation as a word; None below 8 raters.

    Close up to A/6 (Burke and Dunlap 2002, Organizational Research Methods 5, 159). Split, which is
    ours, from the deviation that answers spread evenly over the options would have.
    """
    if sum(counts.values()) < ENOUGH_FOR_WORDS or len(options) < 2:
        return None
    deviation = _deviate(counts)
    distance = Fraction(options[-1] - options[0], len(options) - 1)
    if deviation <= distance * len(options) / 6:
        return "close"
    return "split" if deviation >= _deviate(dict.fromkeys(options, 1)) else "mixed"


def find_agreement(counts: Counts, options: Sequence[int]) -> Fraction | None:
    """r_wg, from 0 to 1: 1 - s^2 / ((A^2 - 1)/12), not below 0. None below 2 raters.

    s^2 is the sample variance. Source: James, Demaree and Wolf 1984, Journal of Applied
    Psychology 69, 85.
    """
    agreement = find_joint_agreement([counts], options)
    return None if agreement is None else max(agreement, Fraction(0))


def find_joint_agreement(items: Sequence[Counts], options: Sequence[int]) -> Fraction | None:
    """r*_wg(J) of items that share a scale: 1 - mean s^2 / ((A^2 - 1)/12); may be below 0.

    Items below 2 raters are left out; None where none is left. Source: Lindell, Brandt and
    Whitney 1999, Applied Psychological Measurement 23, 127.
    """
    known = [v for v in (add_up(counts).variance for counts in items) if v is not None]
    chance = _spread_evenly(options)
    if not known or not chance:
        return None
    return 1 - sum(known, Fraction(0)) / len(known) / chance


def find_adjusted_agreement(counts: Counts, options: Sequence[int]) -> Fraction | None:
    """a_wg, from -1 to 1: 1 - 2 s^2 / (((H + L)M - M^2 - HL) k/(k - 1)).

    M is the mean, L and H are the ends of the scale, k the raters: the divisor is the largest
    variance that goes with this mean. None below A - 1 raters (and below 2), and where the mean
    lies nearer to an end than one rater at the other end would bring it, (L(k-1) + H)/k or
    (H(k-1) + L)/k: there no such variance exists. Source: Brown and Hauenstein 2005,
    Organizational Research Methods 8, 165.
    """
    sums = add_up(counts)
    if sums.mean is None or sums.variance is None or sums.size < len(options) - 1:
        return None
    low, high = options[0], options[-1]
    nearest = Fraction(high - low, sums.size)
    if not nearest or not low + nearest <= sums.mean <= high - nearest:
        return None
    largest = (high - sums.mean) * (sums.mean - low) * Fraction(sums.size, sums.size - 1)
    return 1 - 2 * sums.variance / largest


def is_polarised(counts: Counts, options: Sequence[int]) -> bool:
    """Whether at least 30 % chose the lowest option and at least 30 % the highest.

    Ours; shown beside the other figures, because means and deviations hide it.
    """
    size = sum(counts.values())
    ends = (counts.get(options[0], 0), counts.get(options[-1], 0))
    return size > 0 and len(options) > 1 and min(ends) >= AT_EACH_END * size


def _deviate(counts: Counts) -> Fraction:
    size, total, _ = add_up(counts)
    apart = sum(abs(points * size - total) * number for points, number in counts.items())
    return Fraction(apart, size**2)


def _spread_evenly(options: Sequence[int]) -> Fraction:
    """The variance of answers spread evenly over the options; (A^2 - 1)/12 for 0, 1, 2, ..."""
    sums: Sums = add_up(dict.fromkeys(options, 1))
    return sums.deviations / sums.size
