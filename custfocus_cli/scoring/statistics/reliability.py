"""How far answers can be relied on: between named assessors, and between items."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, TypeGuard

from custfocus_cli.scoring.statistics.counts import Counts, add_up

MOST_ASSESSORS: Final = 10  # the alpha of a team is near 0 where the items' means are alike


def find_ordinal_alpha(items: Iterable[Counts]) -> Fraction | None:
    """Krippendorff's alpha for ordered options, at most 1: 1 - Do/De, for ten or fewer assessors.

    `items` holds how many assessors gave each value, item by item; who gave it does not matter.
    Items with one answer are left out. o_ck = sum over items of the pairs (c, k) / (raters - 1);
    n_c is their sum over k, n the sum of those; the distance of c and k is the number of answers
    from c to k, with half of those at both ends, squared; alpha is
    1 - (n - 1) sum o_ck d_ck / sum n_c n_k d_ck over c < k. None where nothing differs, nothing is
    left, or an item has more than ten answers. Source: Krippendorff 2011, "Computing
    Krippendorff's Alpha-Reliability".
    """
    shared = [counts for counts in items if sum(counts.values()) > 1]
    if any(sum(counts.values()) > MOST_ASSESSORS for counts in shared):
        return None
    marginal: Counter[int] = Counter()
    for counts in shared:
        marginal.update(counts)
    values = sorted(value for value, number in marginal.items() if number)
    seen = expected = Fraction(0)
    for place, low in enumerate(values):
        between = Fraction(marginal[low], 2)
        for high in values[place + 1 :]:
            distance = (between + Fraction(marginal[high], 2)) ** 2
            between += marginal[high]
            seen += distance * _coincide(shared, low, high)
            expected += distance * marginal[low] * marginal[high]
    return 1 - (marginal.total() - 1) * seen / expected if expected else None


def _coincide(items: Sequence[Counts], one: int, other: int) -> Fraction:
    """How often two different values were given to the same item, each item by its raters."""
    return sum(
        (
            Fraction(counts.get(one, 0) * counts.get(other, 0), sum(counts.values()) - 1)
            for counts in items
        ),
        Fraction(0),
    )


@dataclass(frozen=True, slots=True)
class CompleteCases:
    """The respondents who rated every item: how many gave each value, by item, and each total.

    All that Cronbach's alpha needs, of a size that does not grow with the respondents. Those of
    two parts of a table add up with `+`.
    """

    items: tuple[Counts, ...]
    totals: Counts

    def __add__(self, other: CompleteCases) -> CompleteCases:
        return CompleteCases(
            tuple(Counter(a) + Counter(b) for a, b in zip(self.items, other.items, strict=True)),
            Counter(self.totals) + Counter(other.totals),
        )


def count_complete(rows: Iterable[Sequence[int | None]], items: int) -> CompleteCases:
    """The complete cases of some rows of a table; a row holds the points of each item, or None.

    The complete rows are held at once, for counting by columns is several times as fast: of a long
    table give a part at a time.
    """
    complete = [row for row in rows if _is_complete(row)]
    columns = map(Counter, zip(*complete, strict=True)) if complete else ({} for _ in range(items))
    return CompleteCases(tuple(columns), Counter(map(sum, complete)))


def _is_complete(row: Sequence[int | None]) -> TypeGuard[Sequence[int]]:
    return None not in row


def find_alpha(cases: CompleteCases) -> Fraction | None:
    """Cronbach's alpha, at most 1: J/(J - 1) (1 - sum of the items' variances / the totals').

    For authors of questionnaires: a ladder is made of different things, and a low alpha is no
    defect of it. None below two items or two respondents, and where all totals are the same.
    Source: Cronbach 1951, Psychometrika 16, 297.
    """
    items, total = len(cases.items), add_up(cases.totals).variance
    if items < 2 or not total:
        return None
    each = sum((add_up(counts).variance or Fraction(0) for counts in cases.items), Fraction(0))
    return Fraction(items, items - 1) * (1 - each / total)
