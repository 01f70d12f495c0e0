"""Student's t distribution: its two tails and its quantiles, and the normal quantile of 95 %.

Everything rests on the regularised incomplete beta function I_x(a, b) of the NIST Digital Library
of Mathematical Functions (DLMF), chapter 8.17. Good to eight digits up to a million degrees of
freedom; beyond, the logarithms of the gamma function cost digits.
"""

from __future__ import annotations

from functools import lru_cache
from math import exp, lgamma, log, log1p
from statistics import NormalDist
from typing import Final

TWO_SIDED: Final = 0.975  # the quantile of an interval that leaves 2.5 % on either side
NORMAL_QUANTILE: Final = NormalDist().inv_cdf(TWO_SIDED)

_CLOSE: Final = 2.0**-52
_MOST_TERMS: Final = 20_000  # about as many as the square root of the degrees of freedom are needed


def find_tails(value: float, freedom: float) -> float:
    """P(|T| >= |value|) of Student's t: I_x(f/2, 1/2) with x = f / (f + value^2).

    `freedom` is at least 1 and need not be whole. Source: Abramowitz and Stegun 1964, 26.7.1 with
    26.5.27.
    """
    square = value * value
    x, rest = freedom / (freedom + square), square / (freedom + square)
    if not x or not rest:  # too far out, or too near, for a number to tell
        return 1.0 if x else 0.0
    return _find_beta(x, rest, freedom / 2, 0.5)


@lru_cache(maxsize=4096)
def find_t(probability: float, freedom: float) -> float:
    """The value that Student's t stays below with this probability, 0 < probability < 1.

    By halving the interval in which `find_tails`, which only falls, passes the probability.
    """
    if probability <= 0.5:
        return -find_t(1 - probability, freedom) if probability < 0.5 else 0.0
    wanted = 2 * (1 - probability)
    low, high = 0.0, 1.0
    while find_tails(high, freedom) > wanted:
        low, high = high, 2 * high
    while low < (middle := (low + high) / 2) < high:
        if find_tails(middle, freedom) > wanted:
            low = middle
        else:
            high = middle
    return high


def _find_beta(x: float, rest: float, a: float, b: float) -> float:
    """I_x(a, b), where `rest` is 1 - x, given apart because it may be too small to subtract.

    DLMF 8.17.22; where that converges slowly, by the symmetry of 8.17.4.
    """
    if x > (a + 1) / (a + b + 2):
        return 1 - _find_beta(rest, x, b, a)
    logarithm = lgamma(a + b) - lgamma(a) - lgamma(b) + a * _log(x, rest) + b * _log(rest, x)
    return exp(logarithm) / (a * _continue_fraction(x, a, b))


def _log(x: float, rest: float) -> float:
    """log x, with all its digits near 1 too."""
    return log(x) if x < rest else log1p(-rest)


def _continue_fraction(x: float, a: float, b: float) -> float:
    """1 + d1 / (1 + d2 / (1 + ...)) with the d of DLMF 8.17.23, from the front.

    Each step multiplies by the ratio of two neighbouring approximants (Lentz 1976, DLMF 3.10(iii)).
    """
    value = above = 1.0
    below = 0.0
    for step in range(1, _MOST_TERMS):
        m = step // 2
        d = -(a + m) * (a + b + m) if step % 2 else m * (b - m)
        d *= x / ((a + step - 1) * (a + step))
        below = 1 / (1 + d * below)
        above = 1 + d / above
        value *= above * below
        if abs(above * below - 1) <= _CLOSE:
            break
    return value
