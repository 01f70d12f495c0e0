"""The text of a table: its encoding and delimiter, found in one quick pass of bounded memory."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO, Final, NamedTuple

from custfocus_cli.errors import Problem

MOST_LINE: Final = 4_000_000
"""Bytes of a line: nothing may make the reader hold more than that of one."""

_CHUNK: Final = 1 << 20
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UNDEFINED: Final = b"\x81\x8d\x8f\x90\x9d"
"""The bytes that Windows-1252 gives no character."""
_STRUCTURE: Final = re.compile(r'["\r\n,;\t|]')
_DELIMITERS: Final = ",;|"


class Encoding(NamedTuple):
    """How a text is encoded; `guessed_from` is the line that is not UTF-8, where there is one."""

    codec: str
    title: str
    guessed_from: int | None = None


def find_encoding(stream: BinaryIO, path: str) -> Encoding | Problem:
    """The encoding of a text: by its byte order mark, else UTF-8, else Windows-1252.

    A problem where it is none of these, or a line is too long to be held.
    """
    start = stream.read(3)
    stream.seek(0)
    codec = next((codec for mark, codec in _MARKS if start.startswith(mark)), "utf-8")
    if codec == "utf-16":
        return _find_long_line(stream, path) or Encoding(codec, "UTF-16")
    return _look_through(stream, path, codec)


def _look_through(stream: BinaryIO, path: str, codec: str) -> Encoding | Problem:
    utf8 = codecs.getincrementaldecoder("utf-8")()
    broken: int | None = None
    undefined: Problem | None = None
    for chunk, line, too_long in _chunks(stream):
        if too_long:
            return _too_long(path, line)
        if b"\0" in chunk:
            message = "the character U+0000 stands in no table; is this UTF-16, or no text at all?"
            at = line + chunk.count(b"\n", 0, chunk.index(b"\0"))
            return Problem(path, at, 1, "control-character", message)
        if undefined is None and len(chunk.translate(None, _UNDEFINED)) != len(chunk):
            undefined = _undefined(path, chunk, line)
        if broken is None:
            try:
                utf8.decode(chunk)
            except UnicodeDecodeError as error:
                broken = line + chunk.count(b"\n", 0, min(error.start, len(chunk)))
    if broken is None:
        try:
            utf8.decode(b"", final=True)
        except UnicodeDecodeError:
            broken = line + chunk.count(b"\n")
    if broken is None:
        return Encoding(codec, "UTF-8")
    if codec == "utf-8-sig":
        message = "the table begins with the mark of UTF-8, and this line is not UTF-8"
        return Problem(path, broken, 1, "not-utf8", message)
    return undefined or Encoding("cp1252", "Windows-1252", broken)


def _find_long_line(stream: BinaryIO, path: str) -> Problem | None:
    return next((_too_long(path, line) for _, line, too_long in _chunks(stream) if too_long), None)


def _chunks(stream: BinaryIO) -> Iterator[tuple[bytes, int, bool]]:
    """The pieces of a file: the line that each begins in, and whether a line came out too long."""
    line, length = 1, 0
    while chunk := stream.read(_CHUNK):
        ends = [end for end in (chunk.find(b"\n"), chunk.find(b"\r")) if end >= 0]
        yield chunk, line, length + min(ends, default=len(chunk)) > MOST_LINE
        last = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
        length = len(chunk) - last - 1 if ends else length + len(chunk)
        line += chunk.count(b"\n")


def _too_long(path: str, line: int) -> Problem:
    message = f"a line has more than {MOST_LINE // 1_000_000} MB"
    return Problem(path, line, 1, "table-too-large", message)


def _undefined(path: str, chunk: bytes, line: int) -> Problem:
    at = min(place for place in map(chunk.find, map(bytes, zip(_UNDEFINED))) if place >= 0)
    message = (
        f"the byte 0x{chunk[at]:02X} is neither UTF-8 nor Windows-1252; save the table as UTF-8"
    )
    return Problem(path, line + chunk.count(b"\n", 0, at), 1, "not-utf8", message)


def find_delimiter(head: str) -> str:
    """What parts the cells of a table: a tab where there is one, else the sign met most often.

    Only what stands outside quotes in the first record counts; a comma where nothing does.
    """
    counts = dict.fromkeys(_DELIMITERS, 0)
    quoted = False
    for sign in _STRUCTURE.finditer(head):
        found = sign[0]
        if found == '"':
            quoted = not quoted
        elif quoted:
            continue
        elif found == "\t":
            return found
        elif found in counts:
            counts[found] += 1
        elif any(counts.values()) or head[: sign.start()].strip():
            break
    return max(counts, key=lambda sign: counts[sign])
