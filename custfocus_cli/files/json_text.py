"""JSON to the same tree that YAML gives, with the type of each value kept.

Places are known for what the scanner itself finds; what is found in a value carries its path.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Final

from custfocus_cli.documents.fields import JsonNumber, JsonText, Loc, quote
from custfocus_cli.files.text import UNSAFE, name, place
from custfocus_cli.files.tree import (
    MOST_CHARACTERS,
    MOST_DIGITS,
    MOST_KEY_CHARACTERS,
    MOST_LEVELS,
    MOST_VALUES,
    Draft,
    Flaw,
    Tree,
)

_TOKEN: Final = re.compile(
    r'"(?:[^"\\]++|\\.)*+"?|[\[\]{}]|-?(?:Infinity|NaN)|[^"\[\]{},:\s]++', re.DOTALL
)
"""A string, a bracket, one of the three words that are no numbers, any other word. Each piece is
possessive: an unclosed string costs one look at the rest of the text, not one per quote in it."""

_NOT_NUMBERS: Final = ("NaN", "Infinity", "-Infinity")

_SENTENCES: Final = (
    ("Expecting property name", "expected a key in double quotes"),
    ("Expecting ':'", "expected a colon after the key"),
    ("Expecting ','", "expected a comma, or the bracket that closes this"),
    ("Expecting value", "expected a value"),
    ("Illegal trailing comma", "a comma is followed by another entry"),
    ("Unterminated string", "this quote is never closed"),
    ("Invalid control character", "a text goes on one line: write a line end as \\n"),
    ("Invalid \\", "a backslash begins an escape: write it twice"),
    ("Extra data", "a file holds one document; text follows its end"),
)


class _Pairs(list[tuple[str, object]]):
    """An object as the parser saw it, before its keys are compared."""


def examine(text: str) -> Draft:
    """Everything that can be found out about a JSON text in one reading."""
    flaws = tuple(_scan(text))
    if any(flaw.rule in ("too-deep", "too-large") for flaw in flaws):
        return Draft(None, flaws)
    try:
        value = json.loads(
            text,
            object_pairs_hook=_Pairs,
            parse_int=JsonNumber,
            parse_float=JsonNumber,
            parse_constant=JsonNumber,
        )
    except json.JSONDecodeError as error:
        return Draft(None, (*flaws, _syntax_flaw(error, text)))
    walk = _Walk()
    tree = walk.tree(value, ())
    return Draft(
        tree,
        (*flaws, *walk.flaws),
        frozenset(walk.gone),
        frozenset(walk.lost),
        empty=frozenset(walk.empty),
    )


def _scan(text: str) -> Iterator[Flaw]:
    """What must be known before the text may be parsed; ends where it may not."""
    level = values = 0
    for token in _TOKEN.finditer(text):
        first = token[0][0]
        if first in "[{":
            level += 1
        elif first in "]}":
            level -= 1
            continue
        elif token[0] in _NOT_NUMBERS:
            message = f"{token[0]} is not a number of JSON"
            yield Flaw("wrong-type", message, place(text, token.start()))
        values += 1
        if level > MOST_LEVELS:
            message = f"nested more than {MOST_LEVELS} levels deep"
            yield Flaw("too-deep", message, place(text, token.start()))
            return
        if values > MOST_VALUES:
            message = f"a file may hold at most {MOST_VALUES:,} values"
            yield Flaw("too-large", message, place(text, token.start()))
            return


def _syntax_flaw(error: json.JSONDecodeError, text: str) -> Flaw:
    known = (ours for theirs, ours in _SENTENCES if error.msg.startswith(theirs))
    return Flaw("json-syntax", next(known, "this is not JSON"), place(text, error.pos))


class _Walk:
    """One walk over what the parser gave, which ends in a tree without what was refused."""

    def __init__(self) -> None:
        self.flaws: list[Flaw] = []
        self.gone: set[Loc] = set()
        self.lost: set[str] = set()
        self.empty: set[Loc] = set()

    def tree(self, value: object, loc: Loc) -> Tree:
        """The tree of a value; an empty text stands for one that is absent or was refused."""
        if isinstance(value, _Pairs):
            return self._mapping(value, loc)
        if isinstance(value, list):
            return [self._entry(each, (*loc, n)) for n, each in enumerate(value)]
        if isinstance(value, str):
            return self._text(value, loc)
        if isinstance(value, bool):
            return value
        if isinstance(value, JsonNumber):
            return self._number(value, loc)
        return ""

    def _refuse(self, rule: str, message: str, loc: Loc, text: str = "") -> str:
        self.flaws.append(Flaw(rule, message, None, loc))
        self.gone.add(loc)
        self.lost.add(text)
        return ""

    def _mapping(self, pairs: _Pairs, loc: Loc) -> Tree:
        kept: dict[str, Tree] = {}
        seen: set[str] = set()
        for key, value in pairs:
            refusal = _key_refusal(key, seen)
            seen.add(key)
            if refusal:
                self.flaws.append(Flaw(*refusal, None, (*loc, key)))
                self.lost.add(key)
                continue
            child = self.tree(value, (*loc, key))
            if child != "":
                kept[key] = child
            elif (*loc, key) not in self.gone:
                self.empty.add((*loc, key))
        return kept

    def _entry(self, value: object, loc: Loc) -> Tree:
        if value is None or (isinstance(value, str) and not value.strip()):
            return self._refuse("empty-entry", "an entry of a list is empty", loc)
        return self.tree(value, loc)

    def _text(self, text: str, loc: Loc) -> Tree:
        if len(text) > MOST_CHARACTERS:
            message = f"a text may have at most {MOST_CHARACTERS:,} characters"
            return self._refuse("too-long", message, loc, text)
        unsafe = UNSAFE.search(text)
        if unsafe:
            message = f"a text cannot hold the control character {name(unsafe[0])}"
            return self._refuse("control-character", message, loc, text)
        return "" if not text.strip() else JsonText(text)

    def _number(self, number: JsonNumber, loc: Loc) -> Tree:
        if number.literal in _NOT_NUMBERS:  # the scan has said so, with its line
            self.gone.add(loc)
            return ""
        if len(number.literal) > MOST_DIGITS:
            message = f"a number may have at most {MOST_DIGITS} characters"
            return self._refuse("too-long", message, loc)
        return number


def _key_refusal(key: str, seen: set[str]) -> tuple[str, str] | None:
    """The rule and message that refuse a key, or None."""
    if not key:
        return "bad-key", "a key is empty"
    if len(key) > MOST_KEY_CHARACTERS:
        return "too-long", f"a key may have at most {MOST_KEY_CHARACTERS} characters"
    unsafe = UNSAFE.search(key)
    if unsafe:
        return "control-character", f"a key cannot hold the control character {name(unsafe[0])}"
    if key in seen:
        return "duplicate-key", f"{quote(key)} stands twice in one mapping"
    return None
