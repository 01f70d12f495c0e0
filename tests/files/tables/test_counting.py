"""Counting a table: groups, waves, days and ids, in whatever order the rows stand."""

from __future__ import annotations

import datetime
from collections import Counter

import pytest
from files.tables.desk import Open, read_desk

from custfocus_cli.errors import BadInput, CustfocusError
from custfocus_cli.files.tables import counting
from custfocus_cli.files.tables.counting import Batch, Seen, Side, Wanted, count_table
from custfocus_cli.files.tables.table import Table

DAY = datetime.date(2026, 3, 1)
CODES: list[tuple[str | None, ...]] = []


def number(cell: int, codes: tuple[str | None, ...]) -> int:
    """Each set of codes has a number of its own."""
    if codes not in CODES:
        CODES.append(codes)
    return CODES.index(codes)


SIDES = (Side((("g-1", "g-2"), ("w-1",)), number),)


def count(table: Table, **wanted: object) -> tuple[list[Batch], Seen]:
    batches: list[Batch] = []
    seen = count_table(table, Wanted(SIDES, **{"date": DAY, **wanted}), batches.append)  # type: ignore[arg-type]
    return batches, seen


def test_counts_people_answers_and_what_stands_side_by_side(table: Open) -> None:
    found = table("group,g-1,g-2,b-sign\nA,yes,no,never\nB,yes,no,\na,yes,,daily\n,no,no,never\n")
    ((sizes, answers, (numbers,)), *rest), _ = count(found, by="group")
    assert not rest
    assert sizes == {"a": 2, "b": 1, None: 1}  # A and a are one group
    assert answers == {
        ("a", "g-1", "yes"): 2,
        ("b", "g-1", "yes"): 1,
        (None, "g-1", "no"): 1,
        ("a", "g-2", "no"): 1,
        ("b", "g-2", "no"): 1,
        (None, "g-2", "no"): 1,
        ("a", "b-sign", "never"): 1,
        ("a", "b-sign", "daily"): 1,
        (None, "b-sign", "never"): 1,
    }
    read = {(group, tuple(CODES[n] for n in key)): n for (group, key), n in numbers.items()}
    assert read == {
        ("a", (("yes", "no"), (None,))): 1,
        ("a", (("yes", None), (None,))): 1,
        ("b", (("yes", "no"), (None,))): 1,
        (None, (("no", "no"), (None,))): 1,
    }


def test_what_was_counted_is_handed_over_before_it_fills_the_memory(
    table: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "CHUNK", 4)
    monkeypatch.setattr(counting, "MOST_KEYS", 3)
    found = table("group,g-1,g-2\n" + "".join(f"G{n % 3},yes,no\n" for n in range(20)))
    batches, _ = count(found, by="group")
    assert len(batches) == 6
    assert sum((Counter(each.sizes) for each in batches), Counter()) == {"g0": 7, "g1": 7, "g2": 6}


def test_the_days_of_the_rows(table: Open) -> None:
    text = "date,g-1\n2026-03-05 10:11:12,yes\n2026-02-28,no\n 2026/3/1 9:00,no\n"
    assert count(table(text), date=None)[1] == Seen(
        datetime.date(2026, 2, 28), datetime.date(2026, 3, 5)
    )
    assert count(table(text))[1] == Seen()


def test_a_day_that_is_none_is_named_with_its_line(table: Open) -> None:
    found = table("date,g-1\n2026-03-05,yes\n03/04/2026,no\n")
    with pytest.raises(BadInput) as caught:
        count(found, date=None)
    (problem,) = caught.value.problems
    assert (problem.line, problem.rule) == (3, "bad-date")
    assert (
        problem.message
        == "'03/04/2026' is no day that can be read for certain: give one with --date"
    )


WAVES = "wave,g-1\nSpring,yes\nAutumn,no\nSpring,no\n"


def test_one_wave_is_counted(table: Open) -> None:
    found = table(WAVES)
    ((sizes, answers, _),), seen = count(found, wave="spring")
    assert sizes == {None: 2}
    assert answers == {(None, "g-1", "yes"): 1, (None, "g-1", "no"): 1}
    assert seen.wave == "spring"
    assert (found.read, dict(found.left_out)) == (2, {"another wave": 1})


def test_several_waves_have_to_be_told_apart(table: Open) -> None:
    with pytest.raises(CustfocusError, match="holds several waves: autumn, spring"):
        count(table(WAVES))


def test_nobody_answers_twice(table: Open) -> None:
    with pytest.raises(CustfocusError, match="the respondent 'p1' stands twice"):
        count(table("id,g-1\np1,yes\np2,no\np1,no\n"))


def test_a_column_of_names_is_no_group(table: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "MOST_GROUPS", 5)
    text = "group,g-1\n" + "".join(f"person {n},yes\n" for n in range(6))
    with pytest.raises(CustfocusError, match="more than 5 different groups"):
        count(table(text), by="group")


def test_every_text_that_is_no_answer_is_named_once(table: Open) -> None:
    found = table("g-1,g-2\nyes,no\nperhaps,never\nperhaps,no\n")
    with pytest.raises(BadInput) as caught:
        count(found)
    assert [(each.line, each.column, each.rule) for each in caught.value.problems] == [
        (3, 1, "unknown-answer"),
        (3, 2, "unknown-answer"),
    ]


def test_the_sides_are_items_of_the_questionnaire() -> None:
    assert {item for side in SIDES for cell in side.cells for item in cell} <= set(
        read_desk().entries
    )
