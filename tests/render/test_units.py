"""Units side by side as people and programs get them."""

from __future__ import annotations

import csv
import io
import json
from fractions import Fraction

import pytest
from jsonschema import Draft202012Validator
from render.cards import line_up, score_sample
from render.pages import read_page
from render.poison import HOSTILE
from render.test_hostile import (
    STARTS,
    poison,
    read_words,
    refuse_acting,
    refuse_log_commands,
    render_markdown,
    show,
)
from scoring.sheets import Sheet
from scoring.test_units import DEPOTS, read
from scoring.units import make_source, make_unit, set_side_by_side

from custfocus_cli.render.formats import COMPARE
from custfocus_cli.render.schemas import write_schema
from custfocus_cli.render.terminal import Terminal
from custfocus_cli.render.units import FEW, draw_map, show_indexes, show_spread, view_units
from custfocus_cli.scoring.units import Comparison, Span, compare_units

MANY = FEW + 1


def render(format: str, comparison: Comparison, width: int = 80) -> str:
    return COMPARE[format](comparison, Terminal(width))


# The numbers are counted by hand in tests/scoring/test_units.py.
TEXT = """\
Hall
Units side by side, 31 January 2026
Units: 3
Questionnaire: Sheet 1 (sheet)
Target: Stage 3: stage 3 everywhere

Three units: two at stage 1 (Stage 1), one at stage 0 (Stage 0).
As a whole, foremost: north, east; hindmost: south. Those named together are not
told apart.
They lie furthest apart in vision: 27.8 points between the highest and the
lowest index.

WHERE EACH UNIT STANDS
The stage comes first. An index tells two units apart only where both stand at
the same stage and the ranges of the two do not overlap, so the units are in the
order given and not in one of merit.
Unit   Stage                Index  Answered, %   Way to the target,  Respondents
                                                                  %
north      1                 41.7        100.0                 50.0            1
south      0                 22.2        100.0                 16.7            1
east       1  36.1 (36.1 to 44.4)         91.7                 50.0            1

EVERY CHARACTERISTIC, UNIT BY UNIT
Stage and index; 0-1 is what unknown answers leave open, ? an index that is not
known.

Characteristic   north   south    east
vision          1 38.9  0 11.1  1 27.8
voice           2 44.4  1 33.3  2 44.4

HOW FAR APART THEY ARE
The spread is the highest index less the lowest, in points. Foremost are the
units that no other is surely ahead of, hindmost those that are surely ahead of
none; one whose answers leave much open can be both. Where no unit is surely
ahead of any, there is neither.
Characteristic  Spread  Foremost     Hindmost
As a whole        19.4  north, east  south
vision            27.8  north        south
voice             11.1  north, east  south

WHAT SEVERAL LACK
vision-2a holds back two of three units, and two other items as many. What would
help there: vision-2a is there.
vision-2a  vision-2a is there.
   vision, stage 2; holds back 2 of 3: north, east
vision-2b  vision-2b is there.
   vision, stage 2; holds back 2 of 3: north, east
voice-3a  voice-3a is there.
   voice, stage 3; holds back 2 of 3: north, east

THE FIRST STEP OF EACH UNIT
north
   vision: to stage 2, Stage 2
   vision-2a, vision-2b  vision-2a is there.
south
   vision: to stage 1, Stage 1
   vision-1a, vision-1b  vision-1a is there.
east
   vision: to stage 2, Stage 2
   vision-2a, vision-2b  vision-2a is there.
"""


def test_the_whole_text() -> None:
    assert render("text", set_side_by_side(DEPOTS)) == TEXT


def test_every_cell_of_the_map() -> None:
    drawn = draw_map(set_side_by_side(DEPOTS))
    assert (drawn.corner, drawn.columns, drawn.turned) == (
        "Characteristic",
        ("north", "south", "east"),
        False,
    )
    assert [(name, [spot.text for spot in spots]) for name, spots in drawn.rows] == [
        ("vision", ["stage 1, 38.9", "stage 0, 11.1", "stage 1, 27.8"]),
        # east: one of two known at the top, and that at 0: (4/6 + 4/6 + 0) / 3, up to 11/18
        ("voice", ["stage 2, 44.4", "stage 1, 33.3", "stage 2, 44.4 (44.4 to 61.1)"]),
    ]
    # stages 0, 1 and 2 of 3 as shades of 4: 0, 1.33, 2.67
    assert [[spot.shade for spot in spots] for _, spots in drawn.rows] == [[1, 0, 1], [3, 1, 3]]
    assert [spot.open for spot in drawn.rows[1][1]] == [False, False, True]


def test_many_units_are_rows() -> None:
    few, many = (draw_map(line_up(score_sample("varrowby-2026"), n)) for n in (FEW, MANY))
    assert (len(few.columns), len(few.rows), few.turned) == (FEW, 12, False)
    assert (len(many.columns), len(many.rows), many.turned) == (12, MANY, True)
    names = [name for name, _ in few.rows]
    assert (many.corner, list(many.columns)) == ("Unit", names)
    turned = [
        [spot.text for spot in spots] for spots in zip(*(s for _, s in many.rows), strict=True)
    ]
    assert [spots[:FEW] for spots in turned] == [[s.text for s in spots] for _, spots in few.rows]


def test_what_differs_is_shown_to_differ() -> None:
    readings = [read(1, 1, (50, 50)), read(1, 1, (50, 50))]
    close = readings[0].__class__(
        1, 1, 1, None, Fraction(5004, 100), Fraction(5004, 100), Fraction(5004, 100), Fraction(1)
    )
    assert show_indexes(readings) == ("50.0", "50.0")
    assert show_indexes([*readings, close]) == ("50.00", "50.00", "50.04")


def test_the_words_for_a_spread() -> None:
    assert show_spread(Span(Fraction(25, 2), True, (), ())) == "12.5, ranges overlap"
    assert show_spread(Span(Fraction(1, 100), False, (), ())) == "0.1"  # 0.0 is for nothing
    assert show_spread(Span(None, False, (), ())) == "none"


def test_the_verdict_of_units_that_are_alike() -> None:
    view = view_units(set_side_by_side({n: {"vision": "L / N / N"} for n in ("a", "b")}))
    assert (view.verdict, view.said) == (
        "Two units, all at stage 1 (Stage 1).",
        ("As a whole, no unit is surely ahead of another.",),
    )


def test_without_a_gate_there_are_no_stages() -> None:
    rows = {"a": {"vision": "L / N"}, "b": {"vision": "N / N"}}
    sheets = {
        name: Sheet(row, scoring={"gate": "none"}, assessment={"scope": name})
        for name, row in rows.items()
    }
    view = view_units(compare_units([make_source(*each) for each in sheets.items()], window=0))
    assert view.verdict == "Two units. This questionnaire has an index and no stages."
    assert [column.title for column in view.standing.columns] == [
        *("Unit", "Index", "Answered, %", "Respondents"),
    ]
    # 2/3 of one of two cells
    assert [list(row) for row in view.standing.rows] == [
        ["a", "33.3", "100.0", "1"],
        ["b", "0.0", "100.0", "1"],
    ]
    assert view.lacking == "No item holds back more than one unit in its next step."


def test_what_there_is_to_know() -> None:
    about: dict[str, dict[str, object]] = {
        "a": {"scope": "a", "mode": "interview", "target": {"default": 1}},
        "b": {"scope": "b", "mode": "self", "adaptive": True},
    }
    about = {name: {"organisation": "Hall", **keys} for name, keys in about.items()}
    sheets = {name: Sheet({"vision": "L / N"}, assessment=keys) for name, keys in about.items()}
    sources = [make_source(*each) for each in sheets.items()]
    hidden = make_unit("c", {"vision": "L / N"}, mode="survey")
    view = view_units(compare_units([*sources, hidden], window=0))
    assert list(view.known) == [
        "Not shown, as fewer than five people answered there: c.",
        "The units aim at different targets, so their ways to them cannot be compared; --target"
        " measures all by one.",
        "Interviews, self-assessments and surveys are mixed here; they tend to differ.",
        "b: The interview passed over items above the first open stage. Stages are exact all the"
        " same; the index can be a range or missing, so compare it with other years with care.",
    ]


# --- for programs ----------------------------------------------------------------------------


def test_json() -> None:
    result = json.loads(render("json", set_side_by_side(DEPOTS)))
    Draft202012Validator(write_schema("comparison")).validate(result)
    assert [
        (each["name"], each["result"]["stage"], each["result"]["index"]) for each in result["units"]
    ] == [("north", 1, 41.6667), ("south", 0, 22.2222), ("east", 1, 36.1111)]
    assert result["organisation"] == {
        "spread": 19.4444,
        "ranges_overlap": False,
        "foremost": ["north", "east"],
        "hindmost": ["south"],
    }
    assert [each["spread"] for each in result["characteristics"]] == [27.7778, 11.1111]
    assert [each["item"] for each in result["lacks"]] == ["vision-2a", "vision-2b", "voice-3a"]


def test_csv() -> None:
    text = render("csv", set_side_by_side(DEPOTS))
    assert text.startswith("\ufeff")
    assert text.count("\r\n") == 1 + 3 * 3
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert [
        (r["unit"], r["characteristic"], r["stage"], r["index"], r["spread"]) for r in rows
    ] == [
        ("north", "", "1", "41.6667", "19.4444"),
        ("north", "vision", "1", "38.8889", "27.7778"),
        ("north", "voice", "2", "44.4444", "11.1111"),
        ("south", "", "0", "22.2222", "19.4444"),
        ("south", "vision", "0", "11.1111", "27.7778"),
        ("south", "voice", "1", "33.3333", "11.1111"),
        ("east", "", "1", "36.1111", "19.4444"),
        ("east", "vision", "1", "27.7778", "27.7778"),
        ("east", "voice", "2", "44.4444", "11.1111"),
    ]
    assert (rows[1]["blockers"], rows[1]["next_stage"]) == ("vision-2a; vision-2b", "2")


# --- hostile texts ---------------------------------------------------------------------------


@pytest.mark.parametrize("number", [2, MANY])
@pytest.mark.parametrize("start", STARTS)
def test_no_text_acts(start: str, number: int) -> None:
    comparison = line_up(poison(0)[0], number, start=f"{start}{HOSTILE}")
    html, markdown, text = (render(name, comparison) for name in ("html", "markdown", "text"))
    refuse_acting(read_page(html), links=True)
    made = render_markdown(markdown)
    refuse_acting(read_page(made), links=False)
    for each in (html, markdown, text):
        refuse_log_commands(each)
    name = show(comparison.units[-1].name)
    assert name in read_words(html)
    assert show(comparison.units[-1].name[:400]) in read_words(made)
    rows = list(csv.reader(io.StringIO(render("csv", comparison).removeprefix("\ufeff"))))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t"))]
    assert json.loads(render("json", comparison))["units"][0]["name"] == comparison.units[0].name
    for width in (20, 200):
        refuse_log_commands(render("text", comparison, width))
