"""Bytes to text: UTF-8 without control characters, or what is wrong with it and where."""

from __future__ import annotations

import re
from typing import Final

from custfocus_cli.errors import MOST_PROBLEMS
from custfocus_cli.files.tree import MOST_BYTES, Flaw, Place

UNSAFE: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]"
)
"""What no file may hold, as itself or by an escape: control characters but tab and line ends, the
line ends that only some programs take for one (U+0085, U+2028, U+2029), a byte order mark inside
the text, and what is no character at all."""

TOO_LARGE: Final = "a file may have at most 2 MB (2,000,000 bytes)"

_LINE_END = re.compile(r"\r\n|\r|\n")


def decode(data: bytes) -> tuple[str, tuple[Flaw, ...]]:
    """The text of a file and the flaws of its bytes; what was refused became U+FFFD.

    An empty text comes back where reading on would only report noise: too many bytes, or UTF-16.
    """
    if len(data) > MOST_BYTES:
        return "", (Flaw("too-large", TOO_LARGE, (1, 1)),)
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if b"\x00" in data:
            message = "this is not UTF-8 text (perhaps UTF-16, or not a text at all)"
            return "", (Flaw("not-utf8", message, (1, 1)),)
        return _mend(data.decode("utf-8", "replace"), (_not_utf8(data, error.start),))
    if UNSAFE.search(text) is None:
        return text, ()
    return _mend(text, ())


def place(text: str, offset: int) -> Place:
    """The line and column, from 1, of a position in a text."""
    line, start = 1, 0
    for end in _LINE_END.finditer(text, 0, offset):
        line, start = line + 1, end.end()
    return line, offset - start + 1


def name(character: str) -> str:
    """A character that cannot be shown, by its number: `U+0007`."""
    return f"U+{ord(character):04X}"


def _not_utf8(data: bytes, offset: int) -> Flaw:
    before = data[:offset].decode("utf-8")
    message = f"the byte 0x{data[offset]:02X} is not UTF-8; save the file as UTF-8"
    return Flaw("not-utf8", message, place(before, len(before)))


def _mend(text: str, flaws: tuple[Flaw, ...]) -> tuple[str, tuple[Flaw, ...]]:
    """The text with U+FFFD for each refused character, and flaws of the first thousand."""
    found = list(flaws)
    line, start = 1, 0
    ends = _LINE_END.finditer(text)
    end = next(ends, None)
    for unsafe in UNSAFE.finditer(text):
        while end is not None and end.end() <= unsafe.start():
            line, start = line + 1, end.end()
            end = next(ends, None)
        message = f"the control character {name(unsafe[0])} cannot stand in a file"
        found.append(Flaw("control-character", message, (line, unsafe.start() - start + 1)))
        if len(found) >= MOST_PROBLEMS:
            break
    return UNSAFE.sub("\ufffd", text), tuple(found)
