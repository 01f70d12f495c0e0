"""Bytes become text, and what is wrong with them has the place an editor would show."""

from __future__ import annotations

import pytest

from custfocus_cli.files.text import UNSAFE, decode, place
from custfocus_cli.files.tree import MOST_BYTES, Flaw


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        (b"\xef\xbb\xbfa: b", "a: b"),
        (b"a\r\nb\tc\r", "a\r\nb\tc\r"),
        ("é 😀".encode(), "é 😀"),
    ],
)
def test_text_is_read_as_it_is(data: bytes, text: str) -> None:
    assert decode(data) == (text, ())


@pytest.mark.parametrize(
    ("text", "offset", "expected"),
    [
        ("", 0, (1, 1)),
        ("ab", 2, (1, 3)),
        ("a\nb", 2, (2, 1)),
        ("a\r\nb", 3, (2, 1)),
        ("a\rb\nc", 4, (3, 1)),
        ("é\néx", 3, (2, 2)),
    ],
)
def test_places_count_characters_and_every_kind_of_line_end(
    text: str, offset: int, expected: tuple[int, int]
) -> None:
    assert place(text, offset) == expected


def test_a_byte_that_is_not_utf8_is_placed_and_reading_goes_on() -> None:
    text, flaws = decode(b"a: b\r\nc: Gr\xfc\xdfe \x07\n")
    assert text == "a: b\r\nc: Gr\ufffd\ufffde \ufffd\n"
    assert flaws == (
        Flaw("not-utf8", "the byte 0xFC is not UTF-8; save the file as UTF-8", (2, 6)),
        Flaw("control-character", "the control character U+0007 cannot stand in a file", (2, 10)),
    )


def test_every_control_character_is_found_up_to_a_thousand() -> None:
    text, flaws = decode(b"a\x00\nb\x1bc\x7f\r\n\xc2\x85")
    assert text == "a\ufffd\nb\ufffdc\ufffd\r\n\ufffd"
    assert [flaw.place for flaw in flaws] == [(1, 2), (2, 2), (2, 4), (3, 1)]
    assert len(decode(b"\x00" * 5_000)[1]) == 1_000


def test_utf16_and_too_many_bytes_end_the_reading() -> None:
    text, flaws = decode("format: x".encode("utf-16"))
    assert (text, [flaw.rule for flaw in flaws]) == ("", ["not-utf8"])
    assert decode(b"#" * MOST_BYTES) == ("#" * MOST_BYTES, ())
    text, flaws = decode(b"#" * (MOST_BYTES + 1))
    assert (text, [flaw.rule for flaw in flaws]) == ("", ["too-large"])


def test_what_is_unsafe_is_control_and_nothing_else() -> None:
    controls = {chr(n) for n in (*range(0x20), *range(0x7F, 0xA0))} - set("\t\n\r")
    others = {"\u2028", "\u2029", "\ufeff", "\ufffe", "\uffff", *map(chr, range(0xD800, 0xE000))}
    assert {chr(n) for n in range(0x11000) if UNSAFE.match(chr(n))} == controls | others
