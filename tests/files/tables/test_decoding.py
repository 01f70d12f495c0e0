"""Encoding and delimiter of a table."""

from __future__ import annotations

import io

import pytest

from custfocus_cli.errors import Problem
from custfocus_cli.files.tables.decoding import (
    MOST_LINE,
    Encoding,
    find_delimiter,
    find_encoding,
)


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (b"", Encoding("utf-8", "UTF-8")),
        ("Café".encode(), Encoding("utf-8", "UTF-8")),
        (b"\xef\xbb\xbfa", Encoding("utf-8-sig", "UTF-8")),
        ("Café".encode("utf-16"), Encoding("utf-16", "UTF-16")),
        ("\ufeffCafé".encode("utf-16-be"), Encoding("utf-16", "UTF-16")),
        ("a\nCafé\n".encode("cp1252"), Encoding("cp1252", "Windows-1252", 2)),
        ("a\nb\nCafé".encode()[:-1], Encoding("cp1252", "Windows-1252", 3)),
    ],
)
def test_the_encoding_is_found(data: bytes, encoding: Encoding) -> None:
    assert find_encoding(io.BytesIO(data), "t.csv") == encoding


@pytest.mark.parametrize("before", [0, 1, (1 << 20) - 1])
def test_a_letter_on_the_edge_of_two_pieces_is_no_flaw(before: int) -> None:
    data = b"a\n" * (before // 2) + b"a" * (before % 2) + "é".encode()
    assert find_encoding(io.BytesIO(data), "t.csv") == Encoding("utf-8", "UTF-8")


@pytest.mark.parametrize(
    ("data", "line", "rule"),
    [
        (b"a\nb\n\0", 3, "control-character"),
        ("a\n".encode("utf-16-le"), 1, "control-character"),
        (b"a\nb\x81\n", 2, "not-utf8"),
        (b"\xef\xbb\xbfa\ncaf\xe9\n", 2, "not-utf8"),
        (b"a\n" + b"x" * (MOST_LINE + 1), 2, "table-too-large"),
        (("a\n" + "x" * MOST_LINE).encode("utf-16"), 2, "table-too-large"),
    ],
)
def test_what_is_no_text_is_refused_in_its_line(data: bytes, line: int, rule: str) -> None:
    found = find_encoding(io.BytesIO(data), "t.csv")
    assert isinstance(found, Problem)
    assert (found.line, found.rule) == (line, rule)


@pytest.mark.parametrize(
    ("head", "delimiter"),
    [
        ("a,b\nc;d;e;f", ","),
        ("a;b,c;d\n", ";"),
        ('"a;b;c",d\n', ","),
        ('"a\nb;c;d",e,f\n', ","),
        ("a\tb, c, d\n", "\t"),
        ("a|b\n", "|"),
        ("\n\r\na;b\n", ";"),
        ("alone\na;b\n", ","),
        ("", ","),
    ],
)
def test_the_delimiter_is_counted_outside_quotes_in_the_first_record(
    head: str, delimiter: str
) -> None:
    assert find_delimiter(head) == delimiter
