"""Small tables become assessments, one for each respondent."""

from __future__ import annotations

import datetime

import pytest
from files.tables.desk import ANSWERS, EXAMPLES_OF, Open, open_example, read_desk

from custfocus_cli.documents.assessment import Assessment, Respondent
from custfocus_cli.documents.checks import check_assessment
from custfocus_cli.errors import BadInput, CustfocusError
from custfocus_cli.files.tables import respondents
from custfocus_cli.files.tables.respondents import Facts, list_respondents
from custfocus_cli.files.tables.table import Table

DAY = datetime.date(2026, 3, 1)


def _list(table: Table, **facts: datetime.date) -> tuple[Assessment, ...]:
    return list_respondents(table, read_desk(), Facts("Village hall", **facts))


@pytest.mark.parametrize("name", sorted(EXAMPLES_OF.keys() - {"limesurvey-codes.csv"}))
def test_the_respondents_of_an_example(name: str) -> None:
    found = _list(open_example(name))
    assert [{item: each.answer for item, each in one.answers.items()} for one in found] == list(
        ANSWERS
    )
    assert [one.date.day for one in found] == [1, 2]
    for one in found:
        assert (one.organisation, one.mode, one.questionnaire.id) == (
            "Village hall",
            "survey",
            "desk",
        )
        assert list(check_assessment(one, read_desk())) == []


def test_who_answered_is_told_as_ids() -> None:
    assert [each.respondent for each in _list(open_example("plain.tsv"))] == [
        Respondent(id="p1", role="host", group="front-desk"),
        Respondent(id="p2", role="host", group="cafe-bar"),
    ]
    assert [each.respondent for each in _list(open_example("surveymonkey.csv"))] == [None, None]


def test_a_day_that_is_given_comes_first() -> None:
    day = datetime.date(2026, 4, 1)
    assert {each.date for each in _list(open_example("plain.tsv"), date=day)} == {day}


def test_a_table_that_keeps_no_day_needs_one() -> None:
    table = open_example("limesurvey-codes.csv")
    assert len(_list(table, date=DAY)) == 2
    with pytest.raises(BadInput, match=r"2:1: bad-date: '1980-01-01 00:00:00' is no day that"):
        _list(table)


def test_what_a_table_does_not_say_has_to_be_said(table: Open) -> None:
    found = table("g-1\nyes\n")
    with pytest.raises(CustfocusError, match="does not say of which day"):
        _list(found)
    with pytest.raises(CustfocusError, match="does not say whose answers"):
        list_respondents(found, read_desk(), Facts(date=DAY))


def test_every_text_that_is_no_answer_is_told_in_its_line(table: Open) -> None:
    found = table("g-1,w-1\nyes,no\nmaybe,no\n=1+1,NA\n")
    with pytest.raises(BadInput) as caught:
        _list(found, date=DAY)
    assert [(each.line, each.column, each.rule) for each in caught.value.problems] == [
        (3, 1, "unknown-answer"),
        (4, 1, "unknown-answer"),
        (4, 2, "na-not-allowed"),
    ]


def test_a_table_of_nothing_but_mistakes_comes_to_an_end(table: Open) -> None:
    found = table("g-1\n" + "".join(f"x{n}\n" for n in range(5_000)))
    with pytest.raises(BadInput) as caught:
        _list(found, date=DAY)
    assert len(caught.value.problems) == 1_000


def test_too_many_people_are_counted_elsewhere(
    table: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(respondents, "MOST_RESPONDENTS", 2)
    assert len(_list(table("g-1\nyes\nno\n"), date=DAY)) == 2
    with pytest.raises(CustfocusError, match="more than 2 respondents"):
        _list(table("g-1\nyes\nno\nno\n"), date=DAY)
