"""How groups of respondents differ: two of them, or all of them at once."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import sqrt
from typing import Final, Literal, NamedTuple

from custfocus_cli.scoring.statistics.counts import Counts, add_up
from custfocus_cli.scoring.statistics.intervals import Interval
from custfocus_cli.scoring.statistics.quantiles import TWO_SIDED, find_t

Size = Literal["negligible", "small", "medium", "large"]

# |delta| below it; Romano, Kromrey, Coraggio and Skowronek 2006 (Florida Association of
# Institutional Research), from Cohen's .2, .5 and .8
SIZES: Final[tuple[tuple[Fraction, Size], ...]] = (
    (Fraction("0.147"), "negligible"),
    (Fraction("0.33"), "small"),
    (Fraction("0.474"), "medium"),
)
RANKABLE: Final = Fraction(7, 10)  # from this ICC(2) on the means of groups may be put in order
WORTH_TALK: Final = 20  # points between two views of a characteristic (domain rule 2.2.18)


# --- two groups --------------------------------------------------------------------------------


class Dominance(NamedTuple):
    """How the answers of two groups stand to each other, pair by pair.

    A pair counts 1 where the first group's answer is higher, -1 where it is lower, 0 where they
    are the same. `delta` is the mean of all pairs. `rows`, `columns` and `pairs` are the sums of
    squared deviations from it: of each answer of the first group's mean over the second group, the
    other way round, and of each pair's.
    """

    first: int
    second: int
    delta: Fraction
    rows: Fraction
    columns: Fraction
    pairs: Fraction


class Delta(NamedTuple):
    """Cliff's delta, from -1 to 1, above 0 where the first group answers higher."""

    delta: Fraction
    interval: Interval | None

    @property
    def size(self) -> Size:
        """Its size in a word."""
        return next((word for limit, word in SIZES if abs(self.delta) < limit), "large")


def find_dominance(first: Counts, second: Counts) -> Dominance | None:
    """The two groups pair by pair, from their counts; None where one of them is empty."""
    n, m = sum(first.values()), sum(second.values())
    if not n or not m:
        return None
    below_first = below_second = ties = total = rows = columns = 0
    for points in sorted(first.keys() | second.keys()):
        one, two = first.get(points, 0), second.get(points, 0)
        row = 2 * below_second + two - m  # pairs of one such answer that are won, less the lost
        column = n - 2 * below_first - one
        total += one * row
        rows += one * row**2
        columns += two * column**2
        ties += one * two
        below_first, below_second = below_first + one, below_second + two
    delta = Fraction(total, n * m)
    return Dominance(
        n,
        m,
        delta,
        rows=Fraction(rows, m**2) - n * delta**2,
        columns=Fraction(columns, n**2) - m * delta**2,
        pairs=n * m - ties - n * m * delta**2,
    )


def find_delta(first: Counts, second: Counts) -> Delta | None:
    """Cliff's delta, P(x > y) - P(x < y), with its interval; None where a group is empty.

    The interval is None where a group has one answer only. Sources: Cliff 1993, Psychological
    Bulletin 114, 494; the interval is Feng and Cliff 2004, Journal of Modern Applied Statistical
    Methods 3, 322.
    """
    found = find_dominance(first, second)
    return found and Delta(found.delta, _find_delta_interval(found))


def _find_delta_interval(found: Dominance) -> Interval | None:
    """(d - d^3 +- t s sqrt((1 - d^2)^2 + t^2 s^2)) / (1 - d^2 + t^2 s^2), n + m - 2 freedom.

    s^2 is the unbiased variance of d, at least (1 - d^2)/(nm - 1). For groups that do not overlap
    it is 0; there the interval ends where the largest variance that a delta can have, (1 - d^2)
    over the smaller group (Feng and Cliff's equation 6), just allows what was seen.
    """
    n, m, delta, rows, columns, pairs = found
    if min(n, m) < 2:
        return None
    t = find_t(TWO_SIDED, n + m - 2)
    if abs(delta) == 1:
        size = min(n, m)
        inner = float(delta) * (size - t * t) / (size + t * t)
        return Interval(min(inner, float(delta)), max(inner, float(delta)))
    rest = 1 - delta**2
    unbiased = (m**2 * rows + n**2 * columns - pairs) / (n * m * (n - 1) * (m - 1))
    variance = t * t * float(max(unbiased, rest / (n * m - 1)))
    middle, reach = float(delta * rest), sqrt(variance) * sqrt(float(rest) ** 2 + variance)
    bottom = float(rest) + variance
    return Interval((middle - reach) / bottom, (middle + reach) / bottom).clip(-1, 1)


def find_perception_gap(management: Fraction | None, staff: Fraction | None) -> Fraction | None:
    """Management index minus staff index, in points; None where one is not known (2.2.18)."""
    return None if management is None or staff is None else management - staff


def is_worth_talk(gap: Fraction) -> bool:
    """Whether a perception gap is a topic for talk: 20 points or more, either way (2.2.18)."""
    return abs(gap) >= WORTH_TALK


# --- all groups at once ------------------------------------------------------------------------


class GroupEffect(NamedTuple):
    """What groups have to do with the differences between respondents.

    `share` is ICC(1), at most 1 and below 0 where groups are more alike than chance makes them;
    `reliability` is ICC(2), that of the groups' means, None where all means are the same.
    """

    share: Fraction
    reliability: Fraction | None

    @property
    def rankable(self) -> bool:
        """Whether the groups' means are reliable enough to put the groups in order."""
        return self.reliability is not None and self.reliability >= RANKABLE


def find_group_effect(groups: Iterable[Counts]) -> GroupEffect | None:
    """ICC(1) and ICC(2) of a one-way analysis of variance over groups of unequal size.

    (MSB - MSW)/(MSB + (k-1) MSW) and (MSB - MSW)/MSB with k = (N - sum n^2 / N)/(G - 1). None with
    fewer than two groups that hold answers, without two answers in one of them, and where all
    answers are the same. Sources: Shrout and Fleiss 1979, Psychological Bulletin 86, 420, ICC(1,1)
    and ICC(1,k); k as in Haggard 1958, also in Bliese 2000.
    """
    sums = [each for each in map(add_up, groups) if each.size]
    people = sum(each.size for each in sums)
    if len(sums) < 2 or people == len(sums):
        return None
    within = sum((each.deviations for each in sums), Fraction(0)) / (people - len(sums))
    levels = sum((Fraction(each.total**2, each.size) for each in sums), Fraction(0))
    overall = Fraction(sum(each.total for each in sums) ** 2, people)
    between = (levels - overall) / (len(sums) - 1)
    size = (people - Fraction(sum(each.size**2 for each in sums), people)) / (len(sums) - 1)
    bottom = between + (size - 1) * within
    if not bottom:
        return None
    return GroupEffect(
        (between - within) / bottom, (between - within) / between if between else None
    )
