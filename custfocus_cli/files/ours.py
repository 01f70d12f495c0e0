"""Whether bytes mean to be a file of ours, however that is spelt and whatever they are saved as."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import lru_cache
from typing import Final

from custfocus_cli.documents.kinds import KINDS

_NAMED: Final = re.compile(
    r"""
    (?: ^ (?P<indent>[ \t]*) (?:---[ \t]+)? | [{,]\s* )
    (?: \?\s+ )?                                    # a key that is marked as one
    (?: [!&][^\s,{}\[\]]{0,60}[ \t]+ )* ["']?                 # tags and anchors
    (?P<key>[^\W\d_]{2,24}) ["']?
    (?= \s*:                                        # seen ahead: it may be the next key itself
    (?: \s | \#[^\n]*\n )*
    (?: [!&][^\s,{}\[\]]{0,60}\s+ )*
    (?: [|>][-+0-9]{0,2}[ \t]*(?:\#[^\n]*)?\n\s* )? # a text in a block
    ["']?
    (?P<value>[^\s"',{}\[\]]{6,80}) )
    """,
    re.MULTILINE | re.VERBOSE,
)
_ESCAPE: Final = re.compile(r"\\(?:u00|x)([0-7][0-9a-fA-F])")
_KNOWN: Final = re.compile(rf"custfocus/(?:{'|'.join(KINDS)})/[0-9]+")


def is_ours(data: bytes) -> bool:
    """Whether bytes name our format, perhaps misspelt, or saved in a way that is not read.

    What stands deeper in a file of another program has to name a kind as well (`custfocus/...`).
    """
    return any(map(_names_us, _NAMED.finditer(_read(data))))


def _read(data: bytes) -> str:
    """The text as far as it is one; of UTF-16 and UTF-32 the plain letters."""
    text = data.replace(b"\0", b"").decode("utf-8", "replace").lstrip("\ufeff\ufffd")
    text = text.replace("\r", "\n").replace("\\/", "/")
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)


def _names_us(found: re.Match[str]) -> bool:
    value, at_top = found["value"], found["indent"] == ""
    if at_top and _KNOWN.fullmatch(value):
        return True
    if not at_top and "/" not in value:
        return False
    return _is_near(found["key"], "format") and _means_us(value)


def _means_us(value: str) -> bool:
    """Whether the name before the kind is ours or nearly so: `Custfocus`, `cust-focus`."""
    words = re.split(r"[\W\d_]+", value.partition("/")[0])
    return any(_is_near(each, "custfocus") for each in ("".join(words), *words[:1]))


@lru_cache(maxsize=4096)
def _is_near(word: str, known: str) -> bool:
    return bool(get_close_matches(word.lower(), (known,), cutoff=0.8))
