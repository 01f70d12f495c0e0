"""A table is read row by row, as often as one likes, and says what it left out."""

from __future__ import annotations

import datetime
from contextlib import suppress
from pathlib import Path

import pytest
from files.tables.desk import EXAMPLES_OF, FOLDER, Open, Refuse, attempt, open_example, read_desk
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from custfocus_cli.errors import BadInput, CustfocusError
from custfocus_cli.files.tables.table import UNANSWERED, Table, read_day


def test_rows_are_the_cells_of_items_and_extras_as_they_stand() -> None:
    found = open_example("plain.tsv")
    assert found.items == ("g-1", "g-2", "g-p", "w-1", "w-2", "w-place", "b-guard", "b-sign")
    assert found.extras == ("role", "group", "id", "wave", "date")
    expected = [
        (
            "2",
            "1",
            "1",
            "0",
            "DK",
            "1",
            "2",
            "0",
            "host",
            "Front desk",
            "p1",
            "spring",
            "2026-03-01",
        ),
        (
            "1",
            "",
            "0",
            "1",
            "NA",
            "2",
            "0",
            "1",
            "host",
            "Café & bar",
            "p2",
            "spring",
            "2026-03-02",
        ),
    ]
    assert list(found.rows()) == expected
    assert list(found.rows()) == expected
    assert (found.read, found.line) == (2, 3)


def test_an_item_alone_is_a_row_too(table: Open) -> None:
    assert list(table("g-1\nyes\n").rows()) == [("yes",)]


def test_a_row_without_an_answer_is_counted_and_left_out(table: Open) -> None:
    found = table("g-1,g-2,group\nyes,,a\n,,b\n,no,c\n")
    assert list(found.rows()) == [("yes", "", "a"), ("", "no", "c")]
    assert (found.read, dict(found.left_out)) == (2, {UNANSWERED: 1})


def test_a_pass_begins_to_count_anew() -> None:
    found = open_example("qualtrics.csv")
    for _ in range(2):
        assert len(list(found.rows())) == 2
        assert sum(found.left_out.values()) == 3


def test_personal_columns_are_in_no_row_and_no_recognition() -> None:
    for name in EXAMPLES_OF:
        found = open_example(name)
        seen = [*found.rows(), repr(found.recognise())]
        for secret in ("192.0.2.7", "Data collector", "52.1", "tok1"):
            assert secret not in repr(seen), (name, secret)


def test_names_of_groups_and_roles() -> None:
    found = open_example("plain.tsv")
    assert [found.name("group", text) for text in ("Front desk", " front  DESK", "", "\xa0")] == [
        "front-desk",
        "front-desk",
        None,
        None,
    ]


def test_texts_that_are_no_answers_are_found_in_their_lines(table: Open) -> None:
    found = table('g-1,g-2\nyes,no\n"ma\nybe",no\nyes,perhaps\n"ma\nybe",perhaps\n')
    located = found.locate([("g-1", "ma\nybe"), ("g-2", "perhaps"), ("g-1", "yes")])
    assert [(each.line, each.column, each.rule) for each in located] == [
        (3, 1, "unknown-answer"),
        (5, 2, "unknown-answer"),
    ]
    assert found.locate([("g-1", "yes")]) == ()


def test_an_unknown_profile_is_refused_with_those_there_are() -> None:
    with pytest.raises(CustfocusError, match="no profile 'gogle-forms'; there are qualtrics, "):
        attempt(FOLDER / "plain.tsv", profile="gogle-forms")


@pytest.mark.parametrize("data", [b"", b"\n\n", b",,\n", b"\xef\xbb\xbf"])
def test_a_table_without_a_header_is_refused(refuse: Refuse, data: bytes) -> None:
    said = "t.csv:1:1: empty-table: the table does not begin with a header row"
    assert refuse(data) == [said]


def test_what_was_recognised_says_which_items_have_no_column(table: Open) -> None:
    found = table("g-1,w-1\nyes,no\n")
    assert found.absent == ("g-2", "g-p", "w-2", "w-place", "b-guard", "b-sign")
    assert found.recognise().items == len(read_desk().entries)


@pytest.mark.parametrize(
    ("cells", "warned"), [(("1", "2", "2"), True), (("0", "1", "2"), False), (("yes", "no"), False)]
)
def test_numbers_that_may_count_from_1_are_pointed_out(
    table: Open, cells: tuple[str, ...], warned: bool
) -> None:
    found = table("g-1\n" + "".join(f"{cell}\n" for cell in cells))
    for row in found.rows():
        found.decode("g-1", row[0])
    assert [
        each.startswith("numbers were read as points") for each in found.recognise().notices
    ] == ([True] * warned)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-01", datetime.date(2026, 3, 1)),
        ("2026/3/1 9:30:01 AM GMT+1", datetime.date(2026, 3, 1)),
        ("2026-03-01T09:10:11.000+01:00", datetime.date(2026, 3, 1)),
        ("03/01/2026", None),
        ("01.03.2026", None),
        ("2026-02-30", None),
        ("2026-03-011", None),
        ("1980-01-01 00:00:00", None),
        ("", None),
    ],
)
def test_a_day_is_read_where_it_can_be_but_one(text: str, day: datetime.date | None) -> None:
    assert read_day(text) == day


PIECES = st.sampled_from(
    ["g-1", "[w-1] x", "yes", "1", "NA", ",", ";", "\t", "\n", "\r\n", '"', '""', "=1+1",
     "Timestamp", "\x1b", "\0", "\u2028", "submitdate", "lastpage", "startlanguage",
     '{"ImportId":"x"}', "é"]
)  # fmt: skip
CODECS = ("utf-8", "utf-8-sig", "utf-16", "cp1252")


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(pieces=st.lists(PIECES, max_size=40), codec=st.sampled_from(CODECS), noise=st.binary())
def test_any_bytes_are_a_table_or_a_list_of_located_problems(
    pieces: list[str], codec: str, noise: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes("".join(["g-1,x\n", *pieces]).encode(codec, "replace") + noise[:3])
    found = attempt(path)
    if not isinstance(found, Table):
        assert found
        assert all(each.line for each in found)
        return
    with suppress(BadInput):
        for row in found.rows():
            assert len(row) == len(found.items) + len(found.extras)
            for item, text in zip(found.items, row, strict=False):
                found.decode(item, text)
    assert found.recognise().rows == found.read
