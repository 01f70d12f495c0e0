"""Counts of answers as people write them, and generated ones, for the tests of the statistics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from hypothesis import settings
from hypothesis import strategies as st

from custfocus_cli.scoring.statistics.counts import Counts

OPTIONS = (0, 1, 2, 3)

quick = settings(deadline=None, max_examples=60)


def count(answers: str) -> Counts:
    """The counts of answers written one after the other; a dot is none."""
    return Counter(int(answer) for answer in answers.split() if answer != ".")


def list_out(counts: Counts) -> list[int]:
    """The answers one by one."""
    return sorted(Counter(counts).elements())


def mirror(counts: Counts) -> Counts:
    """The same answers read from the other end of the scale."""
    return {OPTIONS[-1] - points: number for points, number in counts.items()}


def tables(least: int = 0, most: int = 12) -> st.SearchStrategy[Mapping[int, int]]:
    """Counts over the four options, some of them 0, of at least so many answers."""
    return st.dictionaries(st.sampled_from(OPTIONS), st.integers(0, most)).filter(
        lambda counts: sum(counts.values()) >= least
    )


@st.composite
def rows(draw: st.DrawFn) -> list[tuple[int, ...]]:
    """Respondents' answers to the same two to five items."""
    items = draw(st.integers(2, 5))
    row = st.tuples(*[st.sampled_from(OPTIONS)] * items)
    return draw(st.lists(row, min_size=2, max_size=12))
