"""What is counted of many answers: each index as the ladder has it, each answer once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction

import smallmodel
from hypothesis import given, settings
from hypothesis import strategies as st
from scoring.sheets import Sheet
from scoring.strategies import WEIGHTS, Case, cases, fill

from custfocus_cli.documents.assessment import Answer, Assessment, Respondent
from custfocus_cli.scoring.aggregate import (
    MOST_PARTS,
    IndexCounter,
    Lot,
    Statistic,
    Value,
    add_up_lots,
    count_assessments,
    find_denominators,
    plan_sheets,
)
from custfocus_cli.scoring.ladder import build_ladder, read_ratings
from custfocus_cli.scoring.panel import panel
from custfocus_cli.scoring.perception import read_views


@settings(deadline=None, max_examples=150)
@given(cases())
def test_an_index_is_that_of_the_ladder_over_its_denominator(case: Case) -> None:
    definition = case.definition
    ratings = read_ratings(case.answers, case.model)
    for sheet in plan_sheets(definition):
        codes = tuple(
            case.answers[item].answer if item in case.answers else None for item in sheet.items
        )
        for index in sheet.indexes:
            value = IndexCounter(index).read_codes(codes)
            expected = build_ladder(definition, index.statistic.name, ratings).reading.index
            if expected is None or value is None:
                assert expected is None
                assert value is None
            elif index.of < MOST_PARTS:
                assert Fraction(100 * value, index.of) == expected
            else:  # rounded half up
                assert abs(Fraction(value, index.of) - expected / 100) <= Fraction(
                    1, 2 * MOST_PARTS
                )


def test_denominators_by_hand() -> None:
    """Two items a cell of N to F: thirds of one or two items, of one to three cells: 6 x 6."""
    sheet = Sheet({"vision": "N N / N N / N N", "one": "N / - / -"})
    assert find_denominators(sheet.definition) == {
        Statistic("indexes", "vision"): 36,
        Statistic("indexes", "one"): 3,
    }


def test_many_strange_weights_are_rounded_to_millionths() -> None:
    weights = [f"0.{prime}" for prime in (101, 103, 107, 109, 113)]
    items = {f"vision-1{letter}": {"weight": w} for letter, w in zip("abcde", weights, strict=True)}
    sheet = Sheet({"vision": "N P L F N"}, items=items)
    (index,) = plan_sheets(sheet.definition)[0].indexes
    assert index.of == MOST_PARTS
    # (103 + 2 x 107 + 3 x 109) / (3 x 533) = 644/1599 = 0.40275171...
    assert IndexCounter(index).read_codes(("N", "P", "L", "F", "N")) == 402_752


def make(answers: Mapping[str, str], group: str | None = None, agreed: str = "") -> Assessment:
    """An assessment of the small questionnaire; what a workshop agreed on by its item."""
    given = {
        name: Answer(answer=code, reason="r", agreed=name == agreed)
        for name, code in answers.items()
    }
    filled = fill(smallmodel.definition(), given)
    return filled.model_copy(update={"respondent": Respondent(group=group)})


def test_a_perception_is_the_one_that_its_panel_of_one_has() -> None:
    definition = smallmodel.definition()
    for sheet in plan_sheets(definition):
        for index in sheet.indexes:
            if index.statistic.kind == "perceptions":
                codes = tuple("daily" if "p" in item else None for item in sheet.items)
                answers = dict(zip(sheet.items, codes, strict=True))
                given = make({name: code for name, code in answers.items() if code})
                views = read_views([(panel([given], definition), definition)])
                value = IndexCounter(index).read_codes(codes)
                assert value is not None
                assert Fraction(100 * value, index.of) == views[index.statistic.name].index


def test_counts_each_answer_once_and_by_group() -> None:
    sheet = Sheet({"vision": "N . / F"})
    first, second, third = "vision-1a", "vision-1b", "vision-2a"
    people = [
        make({first: "N", second: "F", third: "F"}, "north"),
        make({first: "N", second: "F", third: "F"}, "north"),
        make({first: "NA"}, "south"),
        make({first: "P"}),
        make({}, "north"),  # says nothing, and is not counted
        make({first: "L", second: "L"}, "north", agreed=first),
    ]
    lots = count_assessments(people, sheet.definition, "group")
    assert {name: lot.respondents for name, lot in lots.items()} == {
        "north": 3,
        "south": 1,
        "other": 1,
    }
    items = {
        name: {key.name: dict(table) for key, table in lot.tables.items() if key.kind == "items"}
        for name, lot in lots.items()
    }
    assert items == {
        "north": {first: {"N": 2}, second: {"F": 2, "L": 1}, third: {"F": 2}},
        "south": {first: {"NA": 1}},
        "other": {first: {"P": 1}},
    }
    # (0 + 3)/6 and 3/3 make 3/4 of the index; the others have too little for one
    index = Statistic("indexes", "vision")
    of = find_denominators(sheet.definition)[index]
    assert dict(lots["north"].tables[index]) == {of * 3 // 4: 2, None: 1}
    assert dict(lots["south"].tables[index]) == {None: 1}


@given(st.lists(st.dictionaries(st.sampled_from("abc"), st.integers(1, 9)), max_size=4))
def test_lots_add_up(tables: list[dict[str, int]]) -> None:
    name = Statistic("items", "x")
    counted: list[dict[Value, int]] = [dict(each.items()) for each in tables]
    lots = [Lot(sum(table.values()), {name: table}) for table in counted]
    total = add_up_lots(lots)
    assert total.respondents == sum(lot.respondents for lot in lots)
    expected = sum((Counter(table) for table in tables), Counter[str]())
    assert dict(total.tables.get(name, {})) == dict(expected)
    assert sum(lots, Lot()) == total


def test_weights_of_the_strategies_stay_exact() -> None:
    assert all(weight.denominator in (1, 2, 4) for weight in WEIGHTS)
