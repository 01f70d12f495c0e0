"""The least effort that lifts a cell to a percent: which items have to rise, and how far."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import lcm
from typing import Final, NamedTuple

# Up to this many items the set is the least there is (domain rule 2.2.17).
EXACT_ITEMS: Final = 20
# A scale of many odd points could make the search endless; eleven options need some 3,000 offers.
MOST_OFFERS: Final = 5_000


class Rise(NamedTuple):
    """One answer an item may rise to: what it costs and what it brings."""

    code: str
    cost: int
    gain: Fraction


class Candidate(NamedTuple):
    """An item that can rise, with its rises from the least to the greatest."""

    item: str
    rises: tuple[Rise, ...]


Price = tuple[int, int]  # cost, and items to break its ties


class _Front(NamedTuple):
    """The gains that are worth their price: both rise from place to place."""

    prices: list[Price]
    gains: list[int]

    def gives(self, price: Price, gain: int) -> bool:
        """Whether that gain is to be had for at most that price."""
        place = bisect_right(self.prices, price)
        return place > 0 and self.gains[place - 1] >= gain


def find_least(candidates: Sequence[Candidate], need: Fraction) -> tuple[Mapping[str, str], bool]:
    """The new answer of each item that has to rise, and whether no cheaper set brings `need`.

    Ties go to fewer items, then to those that come first. All rises together must bring `need`.
    """
    if len(candidates) <= EXACT_ITEMS:
        chosen = _search(candidates, need)
        if chosen is not None:
            return chosen, True
    return _gather(candidates, need), False


def _search(candidates: Sequence[Candidate], need: Fraction) -> Mapping[str, str] | None:
    """The least set, by dynamic programming over prices; None where it would take too long.

    The fronts are those of the last candidates: none, the last, the last two, and so on. With them
    the first candidate is asked first whether it belongs to a set of the least price.
    """
    scale = lcm(need.denominator, *(r.gain.denominator for c in candidates for r in c.rises))
    rises = [[(r.code, r.cost, int(r.gain * scale)) for r in c.rises] for c in candidates]
    wanted = int(need * scale)
    fronts = [_Front([(0, 0)], [0])]
    for each in reversed(rises):
        if len(fronts[-1].prices) * (len(each) + 1) > MOST_OFFERS:
            return None
        fronts.append(_extend(fronts[-1], each, wanted))
    cost, items = fronts[-1].prices[-1]
    chosen: dict[str, str] = {}
    for candidate, each, rest in zip(candidates, rises, reversed(fronts[:-1]), strict=True):
        for code, more, gain in each:
            if rest.gives((cost - more, items - 1), wanted - gain):
                chosen[candidate.item] = code
                cost, items, wanted = cost - more, items - 1, wanted - gain
                break
    return chosen


def _extend(front: _Front, rises: Sequence[tuple[str, int, int]], wanted: int) -> _Front:
    """The front with one more candidate; what is more than wanted counts as wanted."""
    offers = list(zip(front.prices, front.gains, strict=True))
    offers += [
        ((cost + more, items + 1), min(gain + extra, wanted))
        for _, more, extra in rises
        for (cost, items), gain in zip(front.prices, front.gains, strict=True)
    ]
    prices: list[Price] = []
    gains: list[int] = []
    for price, gain in sorted(offers, key=lambda offer: (offer[0], -offer[1])):
        if not gains or gain > gains[-1]:
            prices.append(price)
            gains.append(gain)
    return _Front(prices, gains)


def _gather(candidates: Sequence[Candidate], need: Fraction) -> Mapping[str, str]:
    """A good set: what brings most for its cost first, then nothing more than needed."""
    order = sorted(candidates, key=lambda each: -each.rises[-1].gain / each.rises[-1].cost)
    chosen: dict[str, Rise] = {}
    missing = need
    for candidate in order:
        if missing <= 0:
            break
        enough = [rise for rise in candidate.rises if rise.gain >= missing]
        chosen[candidate.item] = enough[0] if enough else candidate.rises[-1]
        missing -= chosen[candidate.item].gain
    for item, rise in sorted(chosen.items(), key=lambda pair: -pair[1].cost):
        if missing + rise.gain <= 0:
            missing += chosen.pop(item).gain
    return {each.item: chosen[each.item].code for each in candidates if each.item in chosen}
