"""The least set of rises, against every set there is."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custfocus_cli.scoring import smallest
from custfocus_cli.scoring.smallest import Candidate, Rise, find_least

Price = tuple[int, int, list[tuple[int, int]]]


def make_candidate(name: str, weight: Fraction, effort: int, heights: tuple[int, ...]) -> Candidate:
    """An item that may rise by these points."""
    return Candidate(name, tuple(Rise(f"+{h}", h * effort, h * weight) for h in heights))


def search_all(candidates: list[Candidate], need: Fraction) -> tuple[Price, Mapping[str, str]]:
    """The least set by trying all: by cost, items, and the places of the items with their rises."""
    found: list[tuple[Price, Mapping[str, str]]] = []
    for choice in product(*(range(-1, len(each.rises)) for each in candidates)):
        taken = [(n, up) for n, up in enumerate(choice) if up >= 0]
        rises = [candidates[n].rises[up] for n, up in taken]
        if sum((rise.gain for rise in rises), Fraction(0)) >= need:
            price = (sum(rise.cost for rise in rises), len(rises), taken)
            new = {candidates[n].item: candidates[n].rises[up].code for n, up in taken}
            found.append((price, new))
    return min(found, key=lambda pair: pair[0])


@st.composite
def tasks(draw: st.DrawFn, most: int = 5) -> tuple[list[Candidate], Fraction]:
    """Up to five items and a gain that all of them together can bring."""
    weights = st.sampled_from([Fraction(1), Fraction(2), Fraction(1, 2), Fraction(33, 10)])
    heights = st.sampled_from([(1,), (1, 2), (1, 2, 3), (2, 5), (25, 50, 75)])
    candidates = [
        make_candidate(f"i{n}", draw(weights), draw(st.integers(1, 3)), draw(heights))
        for n in range(draw(st.integers(1, most)))
    ]
    whole = sum((each.rises[-1].gain for each in candidates), Fraction(0))
    return candidates, whole * draw(st.integers(1, 20)) / 20


@settings(max_examples=150, deadline=None)
@given(tasks())
def test_no_set_is_cheaper(task: tuple[list[Candidate], Fraction]) -> None:
    candidates, need = task
    _, least = search_all(candidates, need)
    new, exact = find_least(candidates, need)
    assert exact
    assert list(new.items()) == list(least.items())


def test_ties_go_to_fewer_items_then_to_the_first() -> None:
    one = Fraction(1)
    three = [make_candidate(name, one, 1, (1, 2)) for name in "abc"]
    # 2 points: a by 2 is as cheap as a and b by 1 each, and is one item
    assert find_least(three, Fraction(2)) == ({"a": "+2"}, True)
    # 3 points: a by 1 with b by 2 costs what a by 2 with b by 1 does
    assert find_least(three, Fraction(3)) == ({"a": "+1", "b": "+2"}, True)


def test_an_effort_makes_an_item_dearer() -> None:
    first = make_candidate("a", Fraction(1), 3, (1, 2))
    rest = make_candidate("b", Fraction(1), 1, (1, 2))
    assert find_least([first, rest], Fraction(2)) == ({"b": "+2"}, True)
    # 3 points need both: b by 2 and a by 1 cost 5, the other way round 7
    assert find_least([first, rest], Fraction(3)) == ({"a": "+1", "b": "+2"}, True)


@settings(max_examples=30, deadline=None)
@given(st.integers(21, 60), st.integers(1, 20), st.data())
def test_beyond_twenty_items_a_good_set_is_found(
    many: int, share: int, data: st.DataObject
) -> None:
    efforts = data.draw(st.lists(st.integers(1, 3), min_size=many, max_size=many))
    candidates = [
        make_candidate(f"i{n}", Fraction(1), effort, (1, 2, 3)) for n, effort in enumerate(efforts)
    ]
    need = Fraction(3 * many * share, 20)
    new, exact = find_least(candidates, need)
    assert not exact
    gains = {(c.item, rise.code): rise.gain for c in candidates for rise in c.rises}
    missing = need - sum(gains[pair] for pair in new.items())
    assert missing <= 0
    # nothing of it is superfluous, and no dearer item was taken before a cheaper one
    assert all(missing + gains[pair] > 0 for pair in new.items())
    taken = {effort for n, effort in enumerate(efforts) if f"i{n}" in new}
    left = {effort for n, effort in enumerate(efforts) if f"i{n}" not in new}
    assert max(taken) <= min(left, default=3)


def test_twenty_items_of_a_percent_scale_are_searched() -> None:
    candidates = [
        make_candidate(f"i{n}", Fraction(n + 1, 7), n % 3 + 1, (25, 50, 75, 100)) for n in range(20)
    ]
    need = sum((each.rises[-1].gain for each in candidates), Fraction(0)) / 2
    new, exact = find_least(candidates, need)
    assert exact
    assert sum(r.gain for c in candidates for r in c.rises if new.get(c.item) == r.code) >= need


def test_a_search_that_would_take_too_long_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    candidates = [make_candidate(f"i{n}", Fraction(n + 1), 1, (1, 2, 3)) for n in range(6)]
    monkeypatch.setattr(smallest, "MOST_OFFERS", 20)
    new, exact = find_least(candidates, Fraction(30))
    assert not exact
    assert new == {"i4": "+3", "i5": "+3"}  # 3 x 6 and 3 x 5 are enough, the heaviest first
