"""Numbers as they are shown: exact fractions in, the same digits in every locale out.

Rounding is half up. A number that is shown never contradicts the verdict beside it: it stays on its
side of every limit that counts, and reads as nothing or as all only where it is nothing or all.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from fractions import Fraction

_HALF = Fraction(1, 2)


def round_half_up(value: Fraction, decimals: int) -> Fraction:
    """The value rounded to that many decimals, a half away from zero."""
    scale = 10**decimals
    rounded = Fraction(math.floor(abs(value) * scale + _HALF), scale)
    return rounded if value >= 0 else -rounded


def _show(value: Fraction, decimals: int, limits: Collection[Fraction]) -> str:
    """The value with that many decimals, on its own side of each limit, and 0 where it is 0.

    Where so few decimals cannot keep it there, it gets more.
    """
    step = Fraction(1, 10**decimals)
    shown = round_half_up(value, decimals)
    for limit in limits:
        if value < limit <= shown:
            shown = (math.ceil(limit / step) - 1) * step
        elif value >= limit > shown:
            shown = math.ceil(limit / step) * step
    if value > 0 >= shown:
        shown = step
    if _find_sides(shown, limits) != _find_sides(value, limits):
        return _show(value, decimals + 1, limits)
    return f"{'-' if shown < 0 else ''}{_write(shown, decimals)}"


def _find_sides(value: Fraction, limits: Collection[Fraction]) -> list[bool]:
    return [value > 0, *(value >= limit for limit in limits)]


def percent(value: Fraction, *limits: Fraction) -> str:
    """A percent from 0 to 100 with one decimal: `42.1`; `limits` decide the verdict beside it.

    100.0 means all and 0.0 means nothing: 99.96 is shown as 99.9, and 0.04 as 0.1. A value that
    does not reach a limit is shown below it, one that does is not.
    """
    return _show(value, 1, (*limits, Fraction(100)))


def percent_pair(old: Fraction, new: Fraction, *limits: Fraction) -> tuple[str, str]:
    """Two percents of the same thing with as many decimals as tell them apart: `42.1`, `56.5`.

    Each is on its own side of the limits, as in `percent`.
    """
    first, second = percents((old, new), *limits)
    return first, second


def percents(values: Sequence[Fraction], *limits: Fraction) -> tuple[str, ...]:
    """Percents of the same thing, each different one told apart: `33.32`, `33.34`, `50.00`.

    Each is on its own side of the limits, as in `percent`.
    """
    decimals = 1
    while True:
        shown = tuple(_show(each, decimals, (*limits, Fraction(100))) for each in values)
        if len(set(shown)) == len(set(values)):
            return shown
        decimals += 1


def percent_fall(old: Fraction, new: Fraction, most: Fraction) -> tuple[str, str]:
    """Two percents as in `percent_pair`; that the fall is larger than `most`, they show as well."""
    if old - new <= most:
        return percent_pair(old, new)
    decimals = 1
    while True:
        first, second = (_show(each, decimals, (Fraction(100),)) for each in (old, new))
        if Fraction(first) - Fraction(second) > most:
            return first, second
        decimals += 1


def percent_change(
    old: Fraction, new: Fraction, limits: Collection[Fraction], *sizes: Fraction
) -> tuple[str, str, str]:
    """Two percents and how far the second is above the first, all with as many decimals.

    The percents keep their sides of the limits, the difference is told apart from nothing and from
    the sizes; as each is rounded by itself, they can be off by one in the last place.
    """
    apart = difference(new - old, *sizes)
    decimals = max(_count_decimals(each) for each in (apart, *percent_pair(old, new, *limits)))
    every = (*limits, Fraction(100))
    first, second = (_show(each, decimals, every) for each in (old, new))
    if old == new:
        return first, second, apart
    sign = "+" if new > old else "-"
    return first, second, f"{sign}{_write(round_half_up(abs(new - old), decimals), decimals)}"


def percent_apart(first: Fraction, second: Fraction, size: Fraction) -> tuple[str, str, str]:
    """Two percents and how far apart they are, without a sign: `66.7`, `42.2`, `24.5`.

    The third is the difference of the two as they are shown, so that it adds up; they get as many
    decimals as tell them apart and keep the difference on its own side of the size.
    """
    decimals = 1
    while True:
        one, other = (_show(each, decimals, (Fraction(100),)) for each in (first, second))
        apart = abs(Fraction(one) - Fraction(other))
        if bool(apart) == (first != second) and (apart >= size) == (abs(first - second) >= size):
            return one, other, _write(apart, max(map(_count_decimals, (one, other))))
        decimals += 1


def _count_decimals(number: str) -> int:
    return len(number.partition(".")[2])


def _write(value: Fraction, decimals: int) -> str:
    whole, rest = divmod(int(abs(value) * 10**decimals), 10**decimals)
    return f"{whole}.{rest:0{decimals}d}"


def difference(value: Fraction, *sizes: Fraction) -> str:
    """A difference with its sign and one decimal: `+14.4`, `-0.04`, and `0.0` where there is none.

    It gets as many decimals as tell it apart from nothing and from each of the sizes that it may
    not be mistaken for.
    """
    if not value:
        return "0.0"
    size, decimals = abs(value), 1
    while any(
        round_half_up(size, decimals) == round_half_up(each, decimals)
        for each in (Fraction(0), *sizes)
        if each != size
    ):
        decimals += 1
    return f"{'+' if value > 0 else '-'}{_write(round_half_up(size, decimals), decimals)}"


def share(value: Fraction, *limits: Fraction) -> str:
    """A share from 0 to 1 as its percent; the limits are shares as well."""
    return percent(100 * value, *(100 * limit for limit in limits))


def ratio(value: Fraction, *limits: Fraction) -> str:
    """A ratio with two decimals: `0.61`; `limits` decide the verdict beside it."""
    return _show(value, 2, limits)


def amount(value: Fraction) -> str:
    """An amount with its thousands apart: `310,000`; decimals as they are, at most six."""
    whole, rest = divmod(round_half_up(value, 6), 1)
    decimals = f"{int(rest * 10**6):06d}".rstrip("0")
    return f"{int(whole):,}" + (f".{decimals}" if decimals else "")


def json_number(value: Fraction | None, decimals: int = 4) -> float | None:
    """The value as a number of a JSON result, rounded half up."""
    return None if value is None else float(round_half_up(value, decimals))
