"""Documents to canonical YAML: one way to write each, so that a yearly diff reads well.

Keys go in the order of their form, `id` first; every collection is in block style; lines are never
folded. What was not set and what is absent is not written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Final

from custfocus_cli.documents.fields import Part, decimal_text
from custfocus_cli.documents.kinds import Document
from custfocus_cli.documents.model import Gate
from custfocus_cli.files.text import UNSAFE

_FIRST: Final = ("format", "id")
"""Keys that come before all others, wherever their form has them."""

_PLAIN: Final = re.compile(r"[^\W_][^\x00-\x1f\x7f-\x9f]*")
"""Begins with a letter or digit; what else makes text unfit to stand without quotes is below."""

_BREAKS_PLAIN: Final = re.compile(r":(?:\s|$)|\s#|\s$")

_LIKE_A_NUMBER: Final = re.compile(r"[0-9][0-9a-fA-FxXoO_.,:+\-TtZz ]*")
"""Whole, hexadecimal, octal and base 60 numbers, floats, dates and times of any YAML version."""

_WORDS: Final = frozenset(
    ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"]
)
"""What YAML 1.1 or 1.2 reads as true, false or nothing, in any case of letters."""

_ESCAPED: Final = re.compile(
    '["\\\\\x00-\x1f\x7f-\xa0\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]'
)
"""What is written as an escape: what YAML asks for, and what nobody can see in a diff."""

_SHORT_ESCAPES: Final[Mapping[str, str]] = {
    '"': '\\"',
    "\\": "\\\\",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
}


def to_yaml(document: Document) -> str:
    """A document as canonical YAML text; reading it gives an equal document."""
    return write({"format": document.FORMAT, **_keys(document)})


def write(tree: object) -> str:
    """A tree of mappings, lists, text, numbers, dates and true or false as canonical YAML."""
    return "\n".join(_lines(tree)) + "\n"


def _keys(part: Part) -> Mapping[str, object]:
    """The keys of a part that were set and hold something, in the order of its form."""
    known = {
        field.alias or name: getattr(part, name)
        for name, field in type(part).model_fields.items()
        if name in part.model_fields_set
    }
    keys = {**known, **(part.model_extra or {})}
    return {key: value for key, value in keys.items() if value is not None}


def _plain(value: object) -> object:
    """A value of a document as what is written for it."""
    if isinstance(value, Gate) and value.none:
        return "none"
    return _keys(value) if isinstance(value, Part) else value


def _lines(value: object) -> list[str]:
    """The lines of a collection, or the one line of anything else."""
    value = _plain(value)
    lines: list[str] = []
    if isinstance(value, Mapping) and value:
        for key in sorted(value, key=_rank):
            lines += _under(f"{_text(str(key))}:", value[key])
    elif isinstance(value, list | tuple) and value:
        for entry in value:
            first, *rest = _lines(entry)
            lines.append(f"- {first}")
            lines += [f"  {line}" for line in rest]
    else:
        lines.append(_scalar(value))
    return lines


def _rank(key: object) -> int:
    """The place of a key among those that come first; the others keep their order."""
    return _FIRST.index(key) if key in _FIRST else len(_FIRST)


def _under(key: str, value: object) -> list[str]:
    if isinstance(value, str):  # most are: an interview writes all its answers after each
        return [f"{key} {_text(value)}"]
    value = _plain(value)
    if isinstance(value, Mapping | list | tuple) and value:
        return [key, *[f"  {line}" for line in _lines(value)]]
    return [f"{key} {_scalar(value)}"]


def _scalar(value: object) -> str:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Fraction):
        return decimal_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return "{}"
    if isinstance(value, list | tuple):
        return "[]"
    raise TypeError(f"no YAML for {type(value).__name__}")


@lru_cache(maxsize=1024)
def _text(text: str) -> str:
    """A text as it is, or in quotes where any YAML version could take it for something else.

    What no file may hold becomes U+FFFD: a file that was written can always be read.
    """
    text = UNSAFE.sub("\ufffd", text)
    if (
        _PLAIN.fullmatch(text)
        and not _BREAKS_PLAIN.search(text)
        and not _ESCAPED.search(text)
        and not _LIKE_A_NUMBER.fullmatch(text)
        and text.lower() not in _WORDS
    ):
        return text
    return f'"{_ESCAPED.sub(_escape, text)}"'


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    return _SHORT_ESCAPES.get(character) or f"\\u{ord(character):04x}"
