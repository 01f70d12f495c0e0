"""The table of edge cases (domain 2.2.14): each row has an id, and each id has a case."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from fractions import Fraction

import pytest
from scoring.sheets import Data, Sheet

from custfocus_cli.documents.assessment import Assessment
from custfocus_cli.documents.checks import check_assessment, check_model
from custfocus_cli.documents.form import fit
from custfocus_cli.documents.model import Model
from custfocus_cli.scoring.ladder import Reading
from custfocus_cli.scoring.notices import Notice

ROWS = """
all-na first-cell-na top-cell-na top-cells-all-na full-above-empty full-and-partly nothing-answered
adaptive one-unknown-on-top whole-cell-unknown weight-zero cell-weights-zero rejected ties
partial-coverage narrowed-scope stage-lost
"""
CASES: set[str] = set()

Test = Callable[..., None]


def row(name: str) -> Callable[[Test], Test]:
    """Marks a test as the case of a row."""
    CASES.add(name)
    return lambda test: test


def find_missing(rows: Collection[str], cases: Collection[str]) -> list[str]:
    return sorted(set(rows) ^ set(cases))


def test_no_row_is_without_a_case() -> None:
    assert find_missing(ROWS.split(), CASES) == []


def test_a_row_without_a_case_is_found() -> None:
    assert find_missing(ROWS.split(), CASES - {"ties"}) == ["ties"]
    assert find_missing(ROWS.split(), {*CASES, "tise"}) == ["tise"]


def read_one(row: str) -> Reading:
    """The reading of a questionnaire with one characteristic."""
    return Sheet({"c": row}).score().characteristic("c").reading


@row("all-na")
def test_a_characteristic_that_does_not_apply_is_left_out_everywhere() -> None:
    card = Sheet({"c": "NA NA / NA NA", "d": "L P / N N"}).score()
    gone = card.characteristic("c")
    assert (gone.applicable, gone.included, gone.gap) == (False, False, 0)
    assert gone.reading == Reading(None, None, None, "insufficient", None, None, None, None)
    assert card.result == card.characteristic("d").reading
    assert card.distribution == (1, 0, 0)
    assert [step.characteristic for step in card.next_steps] == ["d"]


@row("all-na")
def test_where_nothing_applies_there_is_no_result() -> None:
    card = Sheet({"c": "NA / NA"}).score()
    assert card.result == Reading(None, None, None, "insufficient", None, None, None, None)
    assert card.areas[0].applicable is False
    assert card.areas[0].reading == card.result
    assert (card.distribution, card.to_target, card.next_steps) == ((0, 0, 0), None, ())


@row("first-cell-na")
def test_the_climb_passes_a_cell_that_is_na_and_warns() -> None:
    card = Sheet({"c": "NA NA / L L / N N"}).score()
    # (4/6 + 0)/2 = 1/3
    third = Fraction(100, 3)
    assert card.characteristic("c").reading == Reading(
        2, 2, 2, "exact", third, third, third, Fraction(1)
    )
    # and two of six items that do not apply are more than a fifth
    assert card.notices == (Notice("narrowed-scope", count=2), Notice("stage-untested", ("c",)))


@row("first-cell-na")
def test_where_no_characteristic_was_tested_at_stage_1_the_organisation_stays_below() -> None:
    """Rule 2.2.6 to the letter: every stage up to the organisation's needs one real cell."""
    card = Sheet({"c": "NA / L / N"}).score()
    assert (card.characteristic("c").reading.stage, card.result.stage) == (2, 0)
    assert card.smallest_step.to_stage is None


@row("top-cell-na")
def test_a_cell_that_is_na_on_top_is_a_ceiling_but_passes() -> None:
    card = Sheet({"c": "L L / L L / NA NA", "d": "L L / L L / L L"}).score()
    assert [each.reading.stage for each in card.characteristics] == [2, 3]
    assert card.result.stage == 3
    # no gap is left that nobody could close, though the target is 3
    assert [each.gap for each in card.characteristics] == [0, 0]
    assert card.to_target == 100


@row("top-cells-all-na")
def test_a_stage_needs_one_real_cell_to_be_awarded() -> None:
    card = Sheet({"c": "L L / L L / NA NA", "d": "F F / F F / NA NA"}).score()
    assert card.result.stage == 2
    assert card.smallest_step.to_stage is None


@row("full-above-empty")
def test_what_stands_above_a_gap_counts_in_the_index_alone() -> None:
    card = Sheet({"c": "N N / P P / F F"}).score()
    c = card.characteristic("c")
    # (0 + 2/6 + 1)/3 = 4/9
    index = Fraction(400, 9)
    assert c.reading == Reading(0, 0, 0, "exact", index, index, index, Fraction(1))
    assert (c.blockers, c.ahead) == (("c-1a", "c-1b"), ("c-3a", "c-3b"))


@row("full-and-partly")
def test_one_item_partly_in_place_blocks() -> None:
    card = Sheet({"c": "F P / N N"}).score()
    assert card.result.stage == 0
    assert card.characteristics[0].cells[0].percent == Fraction(400, 6)


@row("nothing-answered")
def test_nothing_answered() -> None:
    reading = Reading(0, 0, 3, "insufficient", None, Fraction(0), Fraction(100), Fraction(0))
    assert read_one(". . / . . / . .") == reading
    assert Sheet({"c": ". . / . . / . ."}).score().result == reading


@row("adaptive")
def test_the_stage_is_exact_though_what_stands_above_was_skipped() -> None:
    # low (1/6)/3 = 1/18, high (1/6 + 1 + 1)/3 = 13/18, coverage 2 of 6
    expected = Reading(
        0, 0, 0, "exact", None, Fraction(100, 18), Fraction(1300, 18), Fraction(1, 3)
    )
    assert read_one("P N / . . / . .") == expected
    card = Sheet({"c": "P N / . . / . ."}, assessment={"adaptive": True}).score()
    assert card.notices == (Notice("adaptive"),)


@row("one-unknown-on-top")
def test_one_unknown_on_top() -> None:
    # (5/6 + 5/6 + 2/3)/3 = 7/9; low the last 2/6, high the last 5/6; coverage 5 of 6
    expected = Reading(
        2, 2, 3, "provisional", Fraction(700, 9), Fraction(200, 3), Fraction(250, 3), Fraction(5, 6)
    )
    assert read_one("F L / F L / L DK") == expected


@row("whole-cell-unknown")
def test_a_cell_without_any_rating_leaves_the_index_undefined() -> None:
    # 4 of 6 reach the 66 percent of coverage; low (2/3 + 2/3 + 0)/3, high (2/3 + 2/3 + 1)/3
    expected = Reading(
        2, 2, 3, "provisional", None, Fraction(400, 9), Fraction(700, 9), Fraction(2, 3)
    )
    assert read_one("L L / L L / DK DK") == expected


@row("weight-zero")
def test_an_item_of_weight_0_is_for_information() -> None:
    sheet = Sheet({"c": "L N / L DK"}, items={"c-1b": {"weight": "0"}, "c-2b": {"weight": "0"}})
    card = sheet.score()
    index = Fraction(200, 3)
    assert card.characteristic("c").reading == Reading(
        2, 2, 2, "exact", index, index, index, Fraction(1)
    )
    assert [(c.items, c.rated, c.unknown) for c in card.characteristics[0].cells] == [
        (1, 1, 0),
        (1, 1, 0),
    ]
    assert card.notices == (Notice("weight-zero", ("c-1b", "c-2b")),)


@row("cell-weights-zero")
def test_a_cell_whose_weights_are_all_0_is_na() -> None:
    sheet = Sheet({"c": "L L / N N"}, items={i: {"weight": "0"} for i in ("c-2a", "c-2b")})
    cell = sheet.score().characteristic("c").cells[1]
    assert (cell.applicable, cell.percent, cell.in_place) == (False, None, False)
    assert sheet.score().result.stage == 1


MODEL_DATA: Data = Sheet({"c": "L"}).model_data()


@row("rejected")
def test_all_characteristics_of_weight_0_are_rejected() -> None:
    characteristics = [{"id": "c", "name": "C", "area": "all", "weight": "0"}]
    model = Model.model_validate({**MODEL_DATA, "characteristics": characteristics})
    found = [(finding.loc, finding.rule) for finding in check_model(model)]
    assert found == [(("characteristics",), "weights-zero")]


@row("rejected")
def test_a_negative_weight_is_rejected() -> None:
    characteristics = [{"id": "c", "name": "C", "area": "all", "weight": "-1"}]
    misfits = fit(Model, {**MODEL_DATA, "characteristics": characteristics})
    assert not isinstance(misfits, Model)
    found = [(misfit.loc, misfit.rule) for misfit in misfits]
    assert found == [(("characteristics", 0, "weight"), "wrong-type")]


@row("rejected")
@pytest.mark.parametrize(
    ("answer", "loc", "rule"),
    [
        ({"answer": "X"}, ("answers", "c-1a", "answer"), "unknown-answer"),
        ({"answer": "NA"}, ("answers", "c-1a"), "reason-missing"),
        ({"answer": "NA", "reason": "r"}, ("answers", "c-1b", "answer"), "na-not-allowed"),
    ],
)
def test_an_answer_that_cannot_be_is_rejected(
    answer: Data, loc: tuple[str, ...], rule: str
) -> None:
    sheet = Sheet({"c": ". ."}, items={"c-1b": {"allow_na": False}})
    data = {**sheet.assessment_data(), "answers": {loc[1]: answer}}
    found = check_assessment(Assessment.model_validate(data), sheet.definition)
    assert [(finding.loc, finding.rule) for finding in found] == [(loc, rule)]


@row("ties")
@pytest.mark.parametrize("names", [("a", "b", "c"), ("c", "a", "b")])
def test_ties_go_by_the_order_of_the_questionnaire(names: tuple[str, ...]) -> None:
    card = Sheet(dict.fromkeys(names, "P / N")).score()
    assert tuple(step.characteristic for step in card.next_steps) == names
    assert [step.rank for step in card.next_steps] == [1, 2, 3]


@row("partial-coverage")
def test_what_is_unknown_is_never_imputed() -> None:
    # 5/6, 2/3 of the rated, 0 of the rated; low 5/6, 2/6, 0; high 5/6, 5/6, 3/6; 4 of 6 rated
    expected = Reading(
        1,
        1,
        2,
        "provisional",
        Fraction(50),
        (Fraction(250, 3) + Fraction(100, 3)) / 3,
        Fraction(650, 9),
        Fraction(2, 3),
    )
    assert read_one("F L / L . / N .") == expected
    # 3 of 6 are under the threshold: the same range, and no index between its bounds
    assert read_one("F L / L . / . .") == Reading(
        1,
        1,
        3,
        "insufficient",
        None,
        (Fraction(250, 3) + Fraction(100, 3)) / 3,
        Fraction(800, 9),
        Fraction(1, 2),
    )


@row("partial-coverage")
@pytest.mark.parametrize(
    ("threshold", "status", "index"),
    [("0.5", "provisional", Fraction(200, 3)), ("0.500001", "insufficient", None)],
)
def test_coverage_is_enough_at_the_threshold(
    threshold: str, status: str, index: Fraction | None
) -> None:
    sheet = Sheet({"c": "L ."}, scoring={"gate": {"every": "L"}, "min_coverage": threshold})
    reading = sheet.score().result
    assert (reading.coverage, reading.status, reading.index) == (Fraction(1, 2), status, index)


@row("narrowed-scope")
@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ("L L L L NA", ()),  # 1 of 5 is 20 percent, and not more
        ("L L L NA", (Notice("narrowed-scope", count=1),)),  # 1 of 4
        ("L L L NA / NA NA", (Notice("narrowed-scope", count=3),)),
    ],
)
def test_more_than_a_fifth_na_narrows_the_scope(cells: str, found: tuple[Notice, ...]) -> None:
    assert Sheet({"c": cells}).score().notices == found


@row("stage-lost")
def test_a_stage_lost_since_last_year_shows_in_both_readings() -> None:
    then = Sheet({"c": "L L / L L / N N"})
    now = replace(then, rows={"c": "L L / L P / N N"})
    assert (then.score().result.stage, now.score().result.stage) == (2, 1)
    assert now.score().result.stage_high == 1  # the ranges do not overlap: a certain change
