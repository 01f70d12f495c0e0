"""What follows from counts alone: how many, the lower median, the mean, the sample variance."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

Counts = Mapping[int, int]  # by points (or another whole value): how many respondents gave it


class Sums(NamedTuple):
    """How many values there are, their sum and the sum of their squares."""

    size: int
    total: int
    squares: int

    @property
    def mean(self) -> Fraction | None:
        """The mean; None without a value."""
        return Fraction(self.total, self.size) if self.size else None

    @property
    def deviations(self) -> Fraction:
        """The sum of the squared deviations from the mean; 0 without a value."""
        return Fraction(self.squares * self.size - self.total**2, self.size or 1)

    @property
    def variance(self) -> Fraction | None:
        """The sample variance, over n - 1; None below two values."""
        return self.deviations / (self.size - 1) if self.size > 1 else None


def add_up(counts: Counts) -> Sums:
    """The sums of what was counted."""
    return Sums(
        sum(counts.values()),
        sum(points * number for points, number in counts.items()),
        sum(points**2 * number for points, number in counts.items()),
    )


def find_lower_median(counts: Counts) -> int | None:
    """The least value that at least half of the answers do not exceed; None without an answer."""
    size = sum(counts.values())
    reached = 0
    for points in sorted(counts):
        reached += counts[points]
        if size and 2 * reached >= size:
            return points
    return None
