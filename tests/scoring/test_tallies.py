"""Tallies: rated like the files that were counted, added, and refused where they do not fit."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scoring.strategies import answers_to, cases, fill

from custfocus_cli.documents.assessment import Answer, Assessment, Respondent
from custfocus_cli.documents.definition import Definition
from custfocus_cli.documents.tally import REST, Tally
from custfocus_cli.errors import CustfocusError
from custfocus_cli.scoring.aggregate import Statistic, count_assessments
from custfocus_cli.scoring.panel import panel, panel_of_tally
from custfocus_cli.scoring.scorecard import score
from custfocus_cli.scoring.tallies import (
    About,
    Beside,
    add_tallies,
    are_of_one_survey,
    find_telltale,
    open_lots,
    tally_assessments,
)

DAY = datetime.date(2026, 1, 31)
ABOUT = About("Somewhere", DAY, "survey")


@st.composite
def surveys(
    draw: st.DrawFn, least: int = 10, most: int = 30
) -> tuple[Definition, list[Assessment]]:
    """A questionnaire and the answers of some people of three groups, drawn from few."""
    definition = draw(cases()).definition
    some = draw(st.lists(answers_to(definition), min_size=1, max_size=5))
    people = draw(st.lists(st.sampled_from(some), min_size=least, max_size=most))
    groups = st.sampled_from(["a", "b", "c"])
    return definition, [
        fill(
            definition, {k: v.model_copy(update={"evidence": None}) for k, v in each.items()}
        ).model_copy(update={"respondent": Respondent(group=draw(groups))})
        for each in people
    ]


@settings(deadline=None, max_examples=60)
@given(surveys())
def test_an_interview_is_rated_as_its_files_are(
    survey: tuple[Definition, list[Assessment]],
) -> None:
    definition, people = survey
    people = [each.model_copy(update={"mode": "interview"}) for each in people]
    if not any(each.answers for each in people):
        return
    tally = tally_assessments(people, definition, ABOUT._replace(mode="interview", by="group"))
    counted, read = panel_of_tally(tally, definition), panel(people, definition)
    rated = {name: answer.answer for name, answer in read.answers.items()}
    assert {name: answer.answer for name, answer in counted.answers.items()} == rated
    assert counted.voices == read.voices
    cards = [score(each, definition) for each in (counted, read)]
    assert cards[0].result == cards[1].result
    assert cards[0].evidenced is None
    assert cards[0].next_steps == cards[1].next_steps


@settings(deadline=None, max_examples=60)
@given(surveys())
def test_a_survey_is_rated_as_its_files_are_where_five_answered(
    survey: tuple[Definition, list[Assessment]],
) -> None:
    definition, people = survey
    if sum(bool(each.answers) for each in people) < 5:
        return
    tally = tally_assessments(people, definition, ABOUT)
    read = panel(people, definition)
    counted = panel_of_tally(tally, definition)
    for name in definition.entries:
        answered = sum(name in each.answers for each in people)
        known = read.answers[name].answer if name in read.answers and answered >= 5 else None
        assert (counted.answers[name].answer if name in counted.answers else None) == known


@settings(deadline=None, max_examples=60)
@given(surveys(least=20, most=40), st.integers(10, 10))
def test_tallies_add_up_to_the_tally_of_all(
    survey: tuple[Definition, list[Assessment]], cut: int
) -> None:
    """Everything of everyone; a named group has what either tally told of it."""
    definition, people = survey
    parts = people[:cut], people[cut:]
    if any(len([p for p in part if p.answers]) < 10 for part in parts):
        return
    tallies = [
        tally_assessments(part, definition, ABOUT._replace(by="group", scope=f"part {n}"))
        for n, part in enumerate(parts)
    ]
    if not all(each.everyone.items for each in tallies):
        return
    added = add_tallies(tallies, definition, ABOUT)
    whole = tally_assessments(people, definition, ABOUT._replace(by="group"))
    assert added.everyone.respondents == whole.everyone.respondents
    for name, counts in added.everyone.items.items():
        if all(name in each.everyone.items for each in tallies):
            assert counts == whole.everyone.items[name]
    again = add_tallies(list(reversed(tallies)), definition, ABOUT)
    assert again == added


def make(people: int, **about: object) -> tuple[Definition, Tally]:
    from scoring.sheets import Sheet

    sheet = Sheet({"vision": "N P / L"})
    group = [
        sheet.filled.model_copy(update={"respondent": Respondent(group="ab"[n % 2])})
        for n in range(people)
    ]
    return sheet.definition, tally_assessments(group, sheet.definition, ABOUT._replace(**about))  # type: ignore[arg-type]


REFUSED: Mapping[str, tuple[dict[str, object], dict[str, object], str]] = {
    "the same wave": ({"wave": "w"}, {"wave": "w"}, "two of the sources are of the wave w"),
    "the same day": ({}, {}, "two of the sources are of 2026-01-31"),
    "another partition": (
        {"by": "group"},
        {"scope": "x"},
        "by group, another without",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refuses_what_does_not_fit(name: str) -> None:
    first, second, message = REFUSED[name]
    definition, one = make(20, **first)
    _, other = make(22, **second)
    with pytest.raises(CustfocusError, match=message):
        add_tallies([one, other], definition, ABOUT)


def add(tally: Tally, definition: Definition, groups: str, **about: object) -> Tally:
    """The tally with one person more for each letter, a group, with answers of their own."""
    lots = count_assessments(
        [
            fill(definition, {name: Answer(answer="F") for name in definition.entries}).model_copy(
                update={"respondent": Respondent(group=group)}
            )
            for group in groups
        ],
        definition,
        "group",
    )
    new = ABOUT._replace(by="group", scope="new", **about)  # type: ignore[arg-type]
    return add_tallies([tally], definition, ABOUT, beside=Beside(lots, new))


@pytest.mark.parametrize("number", [1, 4, 5, 9])
def test_refuses_to_add_people_whom_subtraction_would_tell(number: int) -> None:
    definition, tally = make(20, by="group")
    with pytest.raises(CustfocusError, match="cannot be added to a tally, only 10 or more") as told:
        add(tally, definition, "a" * number)
    assert told.value.hint == "count all answers of a survey in one run"


def test_added_people_are_told_of_as_in_their_own_tally() -> None:
    """Nine more of a and three of b: all that the sum tells more is twelve, in no group."""
    definition, tally = make(40, by="group")
    added = add(tally, definition, "aaaaaaaaabbb")
    assert added.groups["a"] == tally.groups["a"]
    assert added.groups["b"] == tally.groups["b"]
    assert added.groups[REST].respondents == 12
    assert added.groups[REST].items["vision-1a"] == {"F": 12}
    assert added.everyone.items["vision-1a"] == {"N": 40, "F": 12}


def test_an_item_that_few_of_the_added_answered_is_not_added() -> None:
    definition, tally = make(40)
    first, *others = definition.entries
    people = [
        fill(definition, {n: Answer(answer="F") for n in (others if k else definition.entries)})
        for k in range(12)
    ]
    beside = Beside(count_assessments(people, definition), ABOUT._replace(scope="new"))
    added = add_tallies([tally], definition, ABOUT, beside=beside)
    assert added.everyone.items[first] == tally.everyone.items[first]
    assert added.everyone.items[others[0]] == {"P": 40, "F": 12}
    assert added.everyone.indexes["vision"] == tally.everyone.indexes["vision"]


@pytest.mark.parametrize(
    ("tally", "new", "refused"),
    [
        ({}, {}, True),
        ({"wave": "w"}, {"wave": "w"}, True),
        ({"wave": "w"}, {"wave": "x"}, False),
        ({}, {"date": datetime.date(2026, 2, 1)}, False),
    ],
)
def test_refuses_to_count_the_same_people_again(
    tally: dict[str, object], new: dict[str, object], refused: bool
) -> None:
    definition, told = make(20, scope="new", by="group", **tally)
    if refused:
        with pytest.raises(CustfocusError, match="a later export of a survey holds the earlier"):
            add(told, definition, "a" * 20, **new)
    else:
        assert add(told, definition, "a" * 20, **new).everyone.respondents == 40


def test_refuses_another_questionnaire() -> None:
    definition, one = make(20)
    asked = one.questionnaire.model_copy(update={"version": "2"})
    other = one.model_copy(update={"questionnaire": asked, "scope": "x"})
    with pytest.raises(CustfocusError, match="not the same questionnaire: sheet 1 and sheet 2"):
        add_tallies([one, other], definition, ABOUT)


def test_refuses_to_add_what_holds_no_counts() -> None:
    definition, one = make(20)
    _, few = make(7, scope="x")
    assert few.everyone.items == {}
    with pytest.raises(CustfocusError, match="7 people of x holds no counts"):
        add_tallies([one, few], definition, ABOUT)


@pytest.mark.parametrize("people", [1, 4])
def test_refuses_too_few(people: int) -> None:
    with pytest.raises(CustfocusError, match="answered; a tally needs 5"):
        make(people)


def test_few_people_are_rated_and_not_counted() -> None:
    definition, few = make(7)
    assert few.everyone.ratings == {"vision-1a": "N", "vision-1b": "P", "vision-2a": "L"}
    assert few.everyone.indexes["vision"].median is not None
    assert not few.everyone.indexes["vision"].values
    rated = panel_of_tally(few, definition)
    assert {name: each.answer for name, each in rated.answers.items()} == few.everyone.ratings
    assert rated.respondents == 7


def test_the_rest_is_everyone_less_who_is_told() -> None:
    """Ten of a and nine of b: these show a median, and those hide them."""
    _, tally = make(19, by="group")
    lots = open_lots(tally)
    assert {name: lot.respondents for name, lot in lots.items()} == {"a": 10, "b": 9, REST: 0}
    assert not lots["a"].tables
    assert not lots["b"].tables
    assert dict(lots[REST].tables[Statistic("items", "vision-1a")]) == {"N": 19}


def test_re_exports_with_a_few_people_more_are_told() -> None:
    _, first = make(40, wave="w", by="group")
    _, second = make(43, wave="w", by="group")
    _, third = make(60, wave="w", by="group")
    _, other = make(43, wave="x", by="group")
    _, interviewed = make(43, wave="w", by="group", mode="interview")
    assert are_of_one_survey(first, second)
    assert find_telltale(first, second) == ("", "a", "b")
    assert find_telltale(first, first) == ()
    assert find_telltale(first, third) == ()
    assert find_telltale(first, other) == ()
    assert find_telltale(interviewed, interviewed) == ()
