"""Scalars: each form takes exactly its own spelling, and JSON's types count."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from custfocus_cli.documents import fields
from custfocus_cli.documents.fields import JsonNumber, JsonText

FORMS: dict[str, TypeAdapter[Any]] = {
    "whole": TypeAdapter(fields.Whole),
    "decimal": TypeAdapter(fields.Decimal),
    "flag": TypeAdapter(fields.Flag),
    "date": TypeAdapter(fields.Date),
    "text": TypeAdapter(fields.Text),
    "answer": TypeAdapter(fields.AnswerText),
    "id": TypeAdapter(fields.Id),
}

TAKEN = [
    ("whole", "0", 0),
    ("whole", "999999999", 999_999_999),
    ("whole", JsonNumber("12"), 12),
    ("decimal", "0.66", Fraction(66, 100)),
    ("decimal", "3", Fraction(3)),
    ("decimal", "0.000001", Fraction(1, 1_000_000)),
    ("decimal", JsonNumber("0.5"), Fraction(1, 2)),
    ("flag", "true", True),
    ("flag", False, False),
    ("date", "2026-11-12", datetime.date(2026, 11, 12)),
    ("date", JsonText("2028-02-29"), datetime.date(2028, 2, 29)),
    ("text", "No", "No"),
    ("text", "1:30", "1:30"),
    ("text", JsonText("off"), "off"),
    ("answer", "N", "N"),
    ("answer", JsonNumber("2"), "2"),
    ("id", "sv-1a", "sv-1a"),
]

REFUSED = [
    *(("whole", text) for text in ("010", "1_000", "-1", "+1", "1.0", "0x1", "1e3", "", " 1", "٣")),
    ("whole", "1000000000"),
    ("whole", JsonText("3")),
    ("whole", True),
    *(
        ("decimal", text)
        for text in ("nan", ".5", "2/3", "1e2", "-0.5", "0.1234567", "1,5", ".inf")
    ),
    ("decimal", JsonText("0.5")),
    *(("flag", text) for text in ("yes", "True", "on", "1", "")),
    ("flag", JsonText("true")),
    ("flag", JsonNumber("1")),
    *(("date", text) for text in ("2026-02-30", "2026-1-2", "20260102", "2026-13-01", "today")),
    ("date", JsonNumber("2026")),
    ("text", ""),
    ("text", True),
    ("text", JsonNumber("1")),
    ("text", ["a"]),
    ("answer", True),
    ("answer", JsonNumber("1.5")),
    *(("id", text) for text in ("A", "-a", "a b", "a/b", "../a", "", "a" * 65)),
]


@pytest.mark.parametrize(("form", "value", "expected"), TAKEN)
def test_takes(form: str, value: object, expected: object) -> None:
    read = FORMS[form].validate_python(value)
    assert (read, type(read)) == (expected, type(expected))


@pytest.mark.parametrize(("form", "value"), REFUSED)
def test_refuses(form: str, value: object) -> None:
    with pytest.raises(ValidationError):
        FORMS[form].validate_python(value)


def test_every_form_takes_and_refuses_something() -> None:
    assert {form for form, *_ in TAKEN} == {form for form, *_ in REFUSED} == set(FORMS)


@given(st.integers(0, 10**15 - 1), st.integers(0, 999_999))
def test_decimal_text_is_read_back(whole: int, millionths: int) -> None:
    value = whole + Fraction(millionths, 1_000_000)
    assert FORMS["decimal"].validate_python(fields.decimal_text(value)) == value


def test_decimal_text_refuses_what_it_cannot_say() -> None:
    with pytest.raises(ValueError, match="six decimals"):
        fields.decimal_text(Fraction(1, 3))


def test_did_you_mean() -> None:
    assert fields.did_you_mean("evidnce", ["evidence", "note"]) == "; did you mean 'evidence'?"
    assert fields.did_you_mean("l", ["N", "L"]) == "; did you mean 'L'?"
    assert fields.did_you_mean("zzz", ["evidence", "note"]) == ""


@pytest.mark.parametrize(
    ("one", "other", "shown"),
    [
        ("The Hall", "The Inn", ("The Hall", "The Inn")),
        ("Café", "Cafe", ("Café", "Cafe")),
        ("Café", "Cafe\u0301", ("Caf\\u00e9", "Cafe\\u0301")),
        ("Hall", "Ha\u200bll", ("Hall", "Ha\\u200bll")),
        ("Hall", "Hall\ufe0f", ("Hall", "Hall\\ufe0f")),
        ("The Hall", "The\u00a0Hall", ("The Hall", "The\\u00a0Hall")),
        ("The Hall", "The  Hall ", ("The Hall", "The \\u0020Hall\\u0020")),
        ("Hall", "\uff28all", ("Hall", "\\uff28all")),
    ],
)
def test_what_looks_alike_is_told_apart(one: str, other: str, shown: tuple[str, str]) -> None:
    assert fields.tell_apart(one, other) == shown
    assert fields.tell_apart(other, one) == shown[::-1]


@given(st.text(), st.text())
def test_two_texts_are_never_told_as_one(one: str, other: str) -> None:
    shown = fields.tell_apart(one, other)
    assert one == other or "\\" in one + other or shown[0] != shown[1]
