"""No table that may be published tells of fewer people than a group must have.

The attacker has everything that a run publishes, knows who is in which group, and adds and
subtracts. What is isolated is a set of people whose answers to one item, taken together, follow.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scoring.sheets import Sheet

from custfocus_cli.documents.tally import COUNTED, LEAST, REST, People, Spread
from custfocus_cli.scoring.aggregate import Lot, LotCounter, Lots, Statistic, Value
from custfocus_cli.scoring.anonymity import Shown, suppress

SHEET = Sheet({"vision": "N N", "voice": "N"})
ITEMS = tuple(SHEET.definition.entries)
CODES = ("N", "P", "L", "F", "DK")

Groups = Mapping[str, tuple[int, Mapping[str, tuple[int, ...]]]]


@st.composite
def groups(draw: st.DrawFn) -> Groups:
    """Groups by name: their people, and how many gave each code, of each item some of them."""
    found = {}
    for name in draw(st.lists(st.sampled_from(["a", "b", "c", "d", "e", REST]), unique=True)):
        size = draw(st.integers(0, 24))
        answers = {}
        for item in ITEMS:
            left, counts = draw(st.sampled_from([size, size, min(size, 4), min(size, 7), 0])), []
            for _ in CODES[:-1]:
                counts.append(draw(st.integers(0, left)))
                left -= counts[-1]
            answers[item] = (*counts, left)
        found[name] = size, answers
    return found


def make_lots(given_: Groups) -> dict[str, Lot]:
    return {
        name: Lot(
            size,
            {
                Statistic("items", item): {
                    code: n for code, n in zip(CODES, counts, strict=True) if n
                }
                for item, counts in answers.items()
            },
        )
        for name, (size, answers) in given_.items()
        if size
    }


def read_counts(people: People, item: str) -> dict[str, int]:
    return dict(people.items.get(item, {}))


@settings(deadline=None, max_examples=300)
@given(groups(), st.sampled_from([5, 5, 8, 12]))
def test_the_attacker_isolates_nobody(given_: Groups, least: int) -> None:
    lots = make_lots(given_)
    shown = suppress(lots, SHEET.definition, least=least)
    assert_sizes(shown, least)
    for item in ITEMS:
        whole = read_counts(shown.everyone, item)
        told = [t for each in shown.groups.values() if (t := read_counts(each, item))]
        assert whole or not told
        assert all(size == 0 or size >= COUNTED for size in combine(whole, told))
        for people in (shown.everyone, *shown.groups.values()):
            assert not (item in people.items and item in people.ratings)


def combine(whole: Mapping[str, int], told: list[dict[str, int]]) -> Iterator[int]:
    """The sizes of all sets of people that follow: some groups, or everyone less some groups.

    Groups have nobody in common, and so the difference of two of them is a number and no people.
    """
    for chosen in product((0, 1), repeat=len(told)):
        size = sum(sum(table.values()) for table, one in zip(told, chosen, strict=True) if one)
        yield size
        if whole:
            yield sum(whole.values()) - size


def assert_sizes(shown: Shown, least: int) -> None:
    sizes = {name: people.respondents for name, people in shown.groups.items()}
    assert all(size >= least for name, size in sizes.items() if name != REST)
    if sizes:
        assert sum(sizes.values()) == shown.everyone.respondents
        assert sizes.get(REST, 0) == 0 or sizes[REST] >= least


@settings(deadline=None, max_examples=200)
@given(groups())
def test_totals_stay_exact(given_: Groups) -> None:
    shown = suppress(make_lots(given_), SHEET.definition)
    assert shown.everyone.respondents == sum(size for size, _ in given_.values())
    for item in ITEMS:
        total = [sum(answers[item][n] for _, answers in given_.values()) for n in range(len(CODES))]
        expected = {code: n for code, n in zip(CODES, total, strict=True) if n}
        size = sum(total)
        assert read_counts(shown.everyone, item) == (expected if size >= COUNTED else {})
        assert (item in shown.everyone.ratings) == (LEAST <= size < COUNTED)


@settings(deadline=None, max_examples=200)
@given(groups())
def test_what_is_told_of_a_group_is_true(given_: Groups) -> None:
    shown = suppress(make_lots(given_), SHEET.definition)
    for name, people in shown.groups.items():
        for item in people.items:
            if name != REST:
                counts = given_[name][1][item]
                told = read_counts(people, item)
                assert told == {c: n for c, n in zip(CODES, counts, strict=True) if n}


def test_an_interview_tells_everything() -> None:
    """One person, by name of the role: an interview promises no anonymity."""
    lots = {"hr": Lot(1, {Statistic("items", "vision-1a"): {"F": 1}}), "sales": Lot(1, {})}
    shown = suppress(lots, SHEET.definition, least=0)
    assert shown.groups["hr"] == People(respondents=1, items={"vision-1a": {"F": 1}})
    assert shown.everyone.items == {"vision-1a": {"F": 1}}


def lot(**counts: int) -> Lot:
    """A lot whose people all answered one item so."""
    table: dict[Value, int] = dict(counts.items())
    return Lot(sum(counts.values()), {Statistic("items", "vision-1a"): table})


HAND: list[tuple[str, dict[str, Lot], dict[str, tuple[int, dict[str, int] | str | None]]]] = [
    (
        "one too small joins the next smallest",
        {"a": lot(N=20), "b": lot(F=12), "c": lot(L=3)},
        {"a": (20, {"N": 20}), REST: (15, {"L": 3, "F": 12})},
    ),
    (
        "two too small are enough together",
        {"a": lot(N=20), "b": lot(F=4), "c": lot(L=3), "d": lot(P=4)},
        {"a": (20, {"N": 20}), REST: (11, {"P": 4, "L": 3, "F": 4})},
    ),
    (
        "one of five to nine shows its median, and another hides it from subtraction",
        {"a": lot(N=20), "b": lot(F=12), "c": lot(L=3, N=4)},
        {"a": (20, {"N": 20}), "b": (12, "F"), "c": (7, "N")},
    ),
    (
        "two of five to nine hide each other",
        {"a": lot(N=20), "b": lot(F=6), "c": lot(L=7)},
        {"a": (20, {"N": 20}), "b": (6, "F"), "c": (7, "L")},
    ),
    ("all that is left is everyone", {"a": lot(N=9), "b": lot(F=4)}, {}),
]


@pytest.mark.parametrize(("name", "lots", "expected"), HAND, ids=[each[0] for each in HAND])
def test_by_hand(
    name: str,
    lots: dict[str, Lot],
    expected: dict[str, tuple[int, dict[str, int] | str | None]],
) -> None:
    shown = suppress(lots, SHEET.definition)
    told = {
        group: (
            people.respondents,
            dict(people.items["vision-1a"])
            if "vision-1a" in people.items
            else people.ratings.get("vision-1a"),
        )
        for group, people in shown.groups.items()
    }
    assert told == expected, name


def test_answers_to_one_item_join_where_the_group_does_not() -> None:
    second = Statistic("items", "vision-1b")
    a = Lot(20, {**lot(N=20).tables, second: {"P": 17}})
    b = Lot(20, {**lot(F=20).tables, second: {"F": 3}})
    c = Lot(20, {**lot(F=20).tables, second: {"L": 20}})
    shown = suppress({"a": a, "b": b, "c": c}, SHEET.definition)
    told = {name: dict(each.items.get("vision-1b", {})) for name, each in shown.groups.items()}
    # three are too few, and the seventeen are the next smallest
    assert told == {"a": {}, "b": {}, "c": {"L": 20}, REST: {"P": 17, "F": 3}}
    assert {name: each.respondents for name, each in shown.groups.items()} == {
        "a": 20,
        "b": 20,
        "c": 20,
        REST: 0,
    }


@settings(deadline=None, max_examples=100)
@given(groups(), groups())
def test_two_surveys_tell_no_more_than_each(first: Groups, second: Groups) -> None:
    """Two years: what both publish, added and subtracted, is never of one to four people."""
    shown = [suppress(make_lots(each), SHEET.definition) for each in (first, second)]
    for item in ITEMS:
        tables = [
            read_counts(people, item)
            for each in shown
            for people in (each.everyone, *each.groups.values())
        ]
        assert all(size == 0 or size >= COUNTED for size in (sum(t.values()) for t in tables))


def test_the_attacker_would_find_a_group_of_three() -> None:
    """Planted: everyone and all groups but one, published as they are."""
    assert 3 in set(combine({"N": 20, "F": 15}, [{"N": 20}, {"F": 12}]))


# --- items that can be read from the index they make ---------------------------------------------

ALL_COUNT = Sheet(
    {"vision": "N N"}, scoring={"gate": {"every": "L"}, "min_coverage": Fraction(0)}
).definition
"""A questionnaire in which one rating makes an index."""

MADE_OF = ("vision-1a", "vision-1b")
Answers = tuple[str, tuple[str | None, str | None], int]


def count_answers(answers: list[Answers]) -> Lots:
    """So many people of a group gave these answers to the two items of `vision`."""
    counter = LotCounter(ALL_COUNT)
    for group, codes, number in answers:
        counter.add_people(group, number)
        counter.add_codes(group, 0, codes, number)
    return counter.lots()


def find_leaks(lots: Lots, shown: Shown) -> list[str]:
    """What the values of the index say of an item that is not told with counts.

    A group shows its values, and so do those who are left of everyone without any such groups.
    """
    told = {
        name: shown.groups[name]
        for name in lots
        if name in shown.groups and name != REST and has_values(shown.groups[name])
    }
    left = sorted(set(lots) - set(told))
    leaks = []
    for item in MADE_OF:
        size = {
            name: sum(lots[name].tables.get(Statistic("items", item), {}).values()) for name in lots
        }
        leaks += [f"{item} of {n}" for n, p in told.items() if size[n] and item not in p.items]
        if has_values(shown.everyone):
            leaks += (
                [f"{item} of all"]
                if sum(size.values()) and item not in shown.everyone.items
                else []
            )
            leaks += [f"{item} of the rest"] if 0 < sum(size[n] for n in left) < COUNTED else []
    return leaks


def has_values(people: People) -> bool:
    return "vision" in people.indexes and bool(people.indexes["vision"].values)


CODED = st.sampled_from([None, "N", "F", "DK"])


@settings(deadline=None, max_examples=400)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["a", "b", "c", "d", REST]),
            st.tuples(CODED, CODED),
            st.sampled_from([1, 1, 3, 4, 6, 12]),
        ),
        min_size=1,
        max_size=16,
    ),
    st.sampled_from([5, 8]),
)
def test_no_index_tells_of_an_item_that_is_hidden(answers: list[Answers], least: int) -> None:
    lots = count_answers(answers)
    shown = suppress(lots, ALL_COUNT, least=least)
    assert find_leaks(lots, shown) == []
    for people in (shown.everyone, *shown.groups.values()):
        spread = people.indexes.get("vision")
        assert spread is None or not spread.values or sum(spread.values.values()) >= COUNTED


def test_one_who_answered_a_hidden_item_is_not_read_from_the_index() -> None:
    """24 of a, one of whom answered the first item, and 15 of b, where nobody did."""
    lots = count_answers([("a", (None, "N"), 23), ("a", ("F", "N"), 1), ("b", (None, "F"), 15)])
    shown = suppress(lots, ALL_COUNT)
    for people in (shown.everyone, *shown.groups.values()):
        assert "vision-1a" not in people.items
        assert not has_values(people)
    assert "vision" not in shown.everyone.indexes
    assert "vision" not in shown.groups["a"].indexes
    assert shown.groups["b"].items["vision-1b"] == {"F": 15}


def test_an_item_that_is_only_rated_leaves_a_median() -> None:
    lots = count_answers([("a", ("F", "N"), 7), ("a", (None, "N"), 13)])
    shown = suppress({REST: lots["a"]}, ALL_COUNT)
    assert shown.everyone.ratings == {"vision-1a": "F"}
    assert shown.everyone.indexes["vision"].median is not None
    assert not shown.everyone.indexes["vision"].values


def test_an_item_that_nobody_answered_hides_nothing() -> None:
    shown = suppress(count_answers([(REST, (None, "N"), 12)]), ALL_COUNT)
    spread = shown.everyone.indexes["vision"]
    assert sum(spread.values.values()) + (spread.undefined or 0) == 12


def test_the_attacker_would_read_a_hidden_item() -> None:
    """Planted: the index of everyone as it was counted, beside an item that one person answered."""
    lots = count_answers([("a", ("F", "N"), 1), ("a", ("N", "N"), 0), ("a", (None, "N"), 20)])
    shown = suppress(lots, ALL_COUNT)
    spread = Spread(of=6, values={0: 20, 3: 1}, undefined=0)
    leaky = shown._replace(
        everyone=shown.everyone.model_copy(update={"indexes": {"vision": spread}})
    )
    assert find_leaks(lots, leaky) == ["vision-1a of all", "vision-1a of the rest"]
