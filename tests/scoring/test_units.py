"""Units side by side: who is ahead, how far apart, what several lack, who is not shown."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scoring.sheets import Sheet
from scoring.units import make_source, make_unit, set_side_by_side

from custfocus_cli.errors import CustfocusError
from custfocus_cli.scoring.anonymity import Named, hold_back
from custfocus_cli.scoring.ladder import Reading
from custfocus_cli.scoring.scorecard import Scorecard
from custfocus_cli.scoring.units import (
    Comparison,
    Source,
    Span,
    compare_units,
    is_ahead,
    measure,
    name_sources,
)

# Points 0 to 3; the index of a characteristic is the mean of its three cells in percent.
DEPOTS = {
    "north": {"vision": "F L / P P / N N", "voice": "L L / L L / N N"},
    "south": {"vision": "P N / N P / N N", "voice": "L L / N L / N N"},
    "east": {"vision": "L L / P N / N N", "voice": "L L / L L / N DK"},
}


def test_how_far_apart_they_are() -> None:
    found = set_side_by_side(DEPOTS)
    # vision: north (5/6 + 2/6 + 0) / 3 = 7/18; south (1/6 + 1/6 + 0) / 3 = 2/18; east
    # (4/6 + 1/6 + 0) / 3 = 5/18. North and east stand at stage 1, south at 0, all of it known.
    assert found.spans["vision"] == Span(Fraction(500, 18), False, ("north",), ("south",))
    # voice: north (4/6 + 4/6 + 0) / 3 = 8/18, south (4/6 + 2/6) / 3 = 6/18; east has the same two
    # cells as north, and one of two known at the top: 8/18, from 8/18 to 11/18, so that it meets
    # north's. North and east stand at stage 2, south at 1.
    assert found.spans["voice"] == Span(Fraction(200, 18), False, ("north", "east"), ("south",))
    # the organisation has the lower stage: 1, 0, 1; the indexes are the means of the two:
    # 15/36, 8/36, and 13/36 (up to 16/36), which meets north's 15/36
    assert found.whole == Span(Fraction(700, 36), False, ("north", "east"), ("south",))


def test_what_several_lack() -> None:
    found = set_side_by_side(DEPOTS)
    # The target of a small model is its top, stage 3; steps are due up to one stage above the
    # organisation's next one: stage 3 for north and east, stage 2 for south. vision-2a and 2b hold
    # north and east; voice-3a north and east, and 3b north, while east does not know it. South
    # lacks vision-1a and 1b and voice-2a, which nobody else does.
    assert [(each.item.id, each.stage, each.units, each.unknown) for each in found.lacks] == [
        ("vision-2a", 2, ("north", "east"), ()),
        ("vision-2b", 2, ("north", "east"), ()),
        ("voice-3a", 3, ("north", "east"), ()),
    ]


def test_what_has_to_wait_is_not_lacking() -> None:
    # At stage 0, steps to stage 3 wait: vision is one of those in both.
    rows = {"vision": "L / L / N", "voice": "N / N / N"}
    found = set_side_by_side({"north": rows, "south": rows})
    assert [each.item.id for each in found.lacks] == ["voice-1a"]


def test_the_items_that_most_lack_come_first() -> None:
    found = set_side_by_side(
        {
            "a": {"vision": "N N L / N / N"},
            "b": {"vision": "L N N / N / N"},
            "c": {"vision": "DK N N / N / N"},
        }
    )
    assert [(each.item.id, each.units, each.unknown) for each in found.lacks] == [
        ("vision-1b", ("a", "b", "c"), ()),
        ("vision-1c", ("b", "c"), ()),
    ]


# --- who is ahead ----------------------------------------------------------------------------


def read(low: int | None, high: int | None, index: tuple[int, int]) -> Reading:
    bounds = Fraction(index[0]), Fraction(index[1])
    return Reading(low, low, high, None, bounds[0], *bounds, Fraction(1))


@pytest.mark.parametrize(
    ("one", "other", "ahead"),
    [
        (read(2, 2, (10, 10)), read(1, 1, (90, 90)), True),  # the stage comes first
        (read(1, 1, (90, 90)), read(2, 2, (10, 10)), False),
        (read(1, 1, (51, 60)), read(1, 1, (40, 50)), True),
        (read(1, 1, (50, 60)), read(1, 1, (40, 50)), False),  # they may be the same
        (read(1, 2, (80, 90)), read(1, 1, (10, 20)), False),  # its stage is not certain
        (read(2, 3, (10, 90)), read(0, 1, (10, 90)), True),
        (read(None, None, (51, 60)), read(None, None, (40, 50)), True),  # no gate
        (read(None, None, (45, 60)), read(None, None, (40, 50)), False),
    ],
)
def test_who_is_ahead(one: Reading, other: Reading, ahead: bool) -> None:
    assert is_ahead(one, other) is ahead


def test_where_ranges_overlap_nobody_is_ahead() -> None:
    # 70 (60 to 80) against 50 (40 to 65): 20 points apart, and perhaps not at all
    one = replace(read(1, 1, (60, 80)), index=Fraction(70))
    other = replace(read(1, 1, (40, 65)), index=Fraction(50))
    assert measure([("a", one), ("b", other)]) == Span(Fraction(20), True, (), ())


def test_nothing_known_is_no_spread() -> None:
    unknown = Reading(0, 0, 3, "insufficient", None, Fraction(0), Fraction(100), Fraction(0))
    absent = Reading(None, None, None, "insufficient", None, None, None, None)
    sure = read(1, 1, (30, 30))
    assert measure([("a", unknown), ("b", sure), ("c", absent)]) == Span(None, False, (), ())


ANSWERS = st.sampled_from(["N", "P", "L", "F", "DK", "NA", "."])
ROWS = st.tuples(*[ANSWERS] * 6).map(
    lambda given: {
        "vision": f"{given[0]} / {given[1]} / {given[2]}",
        "voice": f"{given[3]} / {given[4]} / {given[5]}",
    }
)


def unorder(comparison: Comparison) -> Any:
    """The comparison without its order of units."""

    def span(each: Span) -> object:
        return each.spread, each.overlap, set(each.foremost), set(each.hindmost)

    return (
        {unit.name: unit.card for unit in comparison.units},
        span(comparison.whole),
        {name: span(each) for name, each in comparison.spans.items()},
        [(each.item.id, set(each.units), set(each.unknown)) for each in comparison.lacks],
    )


@settings(deadline=None, max_examples=40)
@given(rows=st.lists(ROWS, min_size=2, max_size=5), data=st.data())
def test_the_order_of_sources_changes_nothing_but_the_order(
    rows: Sequence[dict[str, str]], data: st.DataObject
) -> None:
    units = [make_unit(f"unit {n}", row) for n, row in enumerate(rows)]
    mixed = data.draw(st.permutations(units))
    straight, turned = (compare_units(each, window=0) for each in (units, mixed))
    assert [unit.path for unit in turned.units] == [unit.path for unit in mixed]
    assert unorder(straight) == unorder(turned)


@settings(deadline=None, max_examples=40)
@given(rows=st.lists(ROWS, min_size=2, max_size=4))
def test_nobody_is_foremost_whom_another_is_ahead_of(rows: Sequence[dict[str, str]]) -> None:
    found = compare_units([make_unit(f"u{n}", row) for n, row in enumerate(rows)], window=0)
    readings = {unit.name: unit.card.result for unit in found.units}
    pairs = [(a, b) for a in readings for b in readings if is_ahead(readings[a], readings[b])]
    assert bool(pairs) == bool(found.whole.foremost) == bool(found.whole.hindmost)
    assert not {b for _, b in pairs} & set(found.whole.foremost)
    assert not {a for a, _ in pairs} & set(found.whole.hindmost)
    assert not [pair for pair in pairs if pair[::-1] in pairs]


# --- names -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("about", "names"),
    [
        ([("Hall", "north"), ("Hall", "south")], ["north", "south"]),
        ([("Hall", "all"), ("Mill", "all")], ["Hall", "Mill"]),
        ([("Hall", "north"), ("Mill", "south")], ["Hall, north", "Mill, south"]),
        ([("Hall", "all"), ("Hall", "all")], ["0", "1"]),
        (
            [("Hall", "all"), ("Mill", "all"), ("Hall", "all")],
            ["Hall (0)", "Mill", "Hall (2)"],
        ),
        # a name that somebody gave on purpose: the files stand alone
        (
            [("Hall", "all"), ("Hall (0)", "all"), ("Hall", "all")],
            ["0", "1", "2"],
        ),
    ],
)
def test_what_units_are_called(about: list[tuple[str, str]], names: list[str]) -> None:
    cards = [
        Sheet({"vision": "L"}, assessment={"organisation": name, "scope": scope}).score()
        for name, scope in about
    ]
    found = name_sources([(f"{n}.yaml", card) for n, card in enumerate(cards)])
    assert list(found) == names


@pytest.mark.parametrize(
    ("paths", "names"),
    [
        (("in/a.csv", "in/b.YAML"), ("a", "b")),
        (("one/a.csv", "two/a.csv"), ("one/a.csv", "two/a.csv")),
        (("a.csv", "a.yaml"), ("a.csv", "a.yaml")),
        (("v1.2/", "in/.yaml"), ("v1.2", ".yaml")),
        (("-", "2025:a.json"), ("-", "2025:a")),
    ],
)
def test_files_are_named_without_what_tells_nothing(
    paths: tuple[str, str], names: tuple[str, str]
) -> None:
    card = Sheet({"vision": "L"}).score()
    assert name_sources([(path, card) for path in paths]) == names


# --- what cannot stand side by side ----------------------------------------------------------


ROW = {"vision": "L / N / N"}
LATER = {"date": datetime.date(2026, 3, 1)}  # 29 days after 31 January


def refuse(*sources: Source, window: int = 120) -> tuple[str, str]:
    with pytest.raises(CustfocusError) as raised:
        compare_units(sources, window=window)
    return raised.value.message, raised.value.hint or ""


def test_one_unit_alone() -> None:
    assert refuse(make_unit("a", ROW)) == (
        "one unit is not compared with anything",
        "each SOURCE is one unit, and a folder is one: name a file or folder for every unit",
    )


def test_dates_too_far_apart() -> None:
    one, other = make_unit("a", ROW), make_unit("b", ROW, **LATER)
    assert len(compare_units([one, other], window=29).units) == 2
    assert refuse(other, one, window=28) == (
        "a.yaml (2026-01-31) and b.yaml (2026-03-01) are 29 days apart, more than 28",
        "units are compared as they stood on one date; what changed over time is told by custfocus"
        " diff; to compare these all the same, --window 29",
    )


def test_the_same_file_twice() -> None:
    one = make_unit("a", ROW)
    assert refuse(one, one)[0] == "a.yaml is given twice"
    assert refuse(one, one._replace(path="copy.yaml"))[0] == (
        "a.yaml and copy.yaml hold the same file, so they are not two units"
    )


def test_other_questions() -> None:
    one = make_unit("a", ROW)
    other = make_source("b", Sheet(ROW, questionnaire={"id": "other"}))
    hint = "score them all by one questionnaire with --as"
    assert refuse(one, other) == (
        "not the same questionnaire: sheet in a.yaml, other in b.yaml",
        hint,
    )
    assert refuse(one, make_source("b", Sheet({"vision": "L / N N / N"}))) == (
        "a.yaml and b.yaml are scored by two versions of sheet, whose content differs",
        hint,
    )
    assert refuse(one, make_unit("b", ROW)._replace(versions=("2.1",)))[0] == (
        "not the same major version of the questionnaire: 1 in a.yaml, 2 in b.yaml"
    )


# --- who is not shown ------------------------------------------------------------------------


def make_panel(name: str, mode: str, *rows: str) -> Source:
    return make_unit(name, *({"vision": row} for row in rows), mode=mode)


@pytest.mark.parametrize("mode", ["survey", "self"])
def test_fewer_than_five_are_not_shown(mode: str) -> None:
    four, five = (make_panel(f"unit {n}", mode, *["L / P / N"] * n) for n in (4, 5))
    talk = make_panel("talk", "interview", "L / P / N")
    found = compare_units([four, five, talk], window=0)
    assert [unit.name for unit in found.units] == ["unit 5", "talk"]
    assert found.withheld == ("unit 4",)
    assert refuse(four, five) == (
        "too few units may be shown: fewer than 5 people answered in unit 4",
        "surveys and self-assessments are shown from 5 people on; a team that answers together"
        " makes one file without a respondent",
    )


def name(card: Scorecard) -> Named | None:
    return hold_back(card.panel, card.definition)


def test_interviews_and_what_a_team_says_of_itself_are_shown() -> None:
    for mode in ("interview", "self"):
        assert name(make_panel("a", mode, "L / P / N").card) is not None
    person = make_unit("a", ROW, mode="self", respondent={"id": "r1"})
    assert name(person.card) is None
    assert name(make_panel("a", "survey", "L / P / N").card) is None


def test_interviews_do_not_make_a_survey_larger() -> None:
    sheets = [
        Sheet(ROW, assessment={"mode": mode}).filled for mode in ("survey",) * 4 + ("interview",)
    ]
    card = make_unit("a", ROW).card
    panel = card.panel._replace(sources=tuple(sheets))
    assert hold_back(panel, card.definition) is None


def test_an_item_that_few_answered_is_as_good_as_open() -> None:
    # six people; four of them rated the second item of stage 1
    rows = ["L L / P / N"] * 4 + ["L . / P / N"] * 2
    found = compare_units([make_panel("a", "survey", *rows), make_unit("b", ROW_OF_TWO)], window=0)
    unit = found.units[0]
    assert unit.held_back == ("vision-1b",)
    assert (unit.card.result.stage_low, unit.card.result.stage_high) == (0, 1)
    assert unit.card.characteristic("vision").questions == ("vision-1b",)
    assert unit.card.panel.voices.keys() == {"vision-1a", "vision-2a", "vision-3a"}


ROW_OF_TWO = {"vision": "L L / N / N"}
