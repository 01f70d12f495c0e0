"""Texts of cells become codes, or a problem that says what there is."""

from __future__ import annotations

import pytest
from files.tables.desk import Open, open_example, read_desk
from hypothesis import given
from hypothesis import strategies as st
from shipped import read_definition

from custfocus_cli.documents.mapping import TableMapping
from custfocus_cli.errors import Problem
from custfocus_cli.files.tables.values import build_vocabularies, say_unknown

SHIPPED = read_definition("interview-72")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("L", ("L", "its code")),
        (" l ", ("L", "its code")),
        ("L - Largely in place", ("L", "the code before it")),
        ("L \N{EN DASH} Weitgehend", ("L", "the code before it")),
        ("L: Largely", ("L", "the code before it")),
        ("(L) Largely", ("L", "the code before it")),
        ("[L] Largely", ("L", "the code before it")),
        ("largely in place.", ("L", "its label")),
        ("Don\N{RIGHT SINGLE QUOTATION MARK}t\xa0know", ("DK", "its label")),
        ("3 = Largely in place", ("L", "its label")),
        ("2", ("L", "its points")),
        ("2.0", ("L", "its points")),
        ("2,0", ("L", "its points")),
        ("NA - Does not apply", ("NA", "the code before it")),
    ],
)
def test_an_answer_is_read(text: str, found: tuple[str, str]) -> None:
    assert build_vocabularies(SHIPPED, ["sv-2a"], TableMapping())["sv-2a"].read(text) == found


@pytest.mark.parametrize(
    "text",
    [
        *("X", "4", "-1", "2.5", "L-shaped", "Largely", "L, F", "Partly in place;Fully in place"),
        *("L - Fully in place", "=L", "\x1b[31mL", "L" * 5000, "N/A", "[L", "9" * 4000),
    ],
)
def test_what_is_no_answer_is_none(text: str) -> None:
    assert build_vocabularies(SHIPPED, ["sv-2a"], TableMapping())["sv-2a"].read(text) is None


def test_a_placement_is_answered_by_stage_or_its_words() -> None:
    words = build_vocabularies(read_desk(), ["w-place"], TableMapping())["w-place"]
    found = [words.read(text) for text in ("1", "2.0", "It is chance", "2: whatever", "DK", "3")]
    assert [each and each.code for each in found] == ["1", "2", "0", "2", "DK", None]


def test_a_mapping_comes_first_in_every_scale_that_has_the_code(table: Open) -> None:
    mapping = 'values:\n  yes: [Always, "1"]\n  daily: [Always]\nno_answer: [Half, "-"]\n'
    found = table("g-1,g-p\nAlways,Always\n1,1\nhalf,-\n", mapping=mapping)
    decoded = [
        [found.decode(i, c) for i, c in zip(found.items, r, strict=True)] for r in found.rows()
    ]
    assert decoded == [["yes", "daily"], ["yes", "daily"], [None, None]]


def test_blanks_are_no_answer() -> None:
    long_form, codes = open_example("limesurvey.csv"), open_example("limesurvey-vv.csv")
    assert [long_form.decode("g-1", text) for text in ("", " ", "\xa0", "N/A")] == [None] * 4
    assert codes.decode("g-1", "{question_not_shown}") is None
    assert codes.decode("g-1", "yes{newline}") == "yes"
    unknown = open_example("plain.tsv").decode("g-1", "N/A")
    assert isinstance(unknown, Problem)


def test_a_problem_says_what_there_is(table: Open) -> None:
    found = table("id,g-1,w-1\nx,yess,NA\n")
    assert [
        str(found.decode(*pair)).rpartition("/")[2] for pair in (("g-1", "yess"), ("w-1", "NA"))
    ] == [
        "t.csv:1:2: unknown-answer: no answer 'yess' to g-1; there are no (No), half (Half),"
        " yes (Yes), DK (Don't know), NA (Does not apply); did you mean 'yes'?",
        "t.csv:1:3: na-not-allowed: 'NA', but w-1 applies to everybody",
    ]


@given(st.text(max_size=30))
def test_no_text_is_read_as_an_answer_that_it_does_not_name(text: str) -> None:
    entry = SHIPPED.entries["sv-2a"]
    found = build_vocabularies(SHIPPED, ["sv-2a"], TableMapping())["sv-2a"].read(text)
    assert found is None or found.code in entry.codes
    assert "sv-2a" in say_unknown(entry, text)
