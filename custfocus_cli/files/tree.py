"""What a file says, before anyone asks what it means: a tree of text, with its flaws and places."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from custfocus_cli.documents.fields import JsonNumber, Loc

Tree = dict[str, "Tree"] | list["Tree"] | str | bool | JsonNumber
Place = tuple[int, int]
"""Line and column, both from 1."""

MOST_BYTES: Final = 2_000_000
MOST_LEVELS: Final = 32
MOST_CHARACTERS: Final = 20_000
MOST_DIGITS: Final = 100
MOST_KEY_CHARACTERS: Final = 100
"""A key that the writer can always write on one line: libyaml ends a plain key at 1,024."""
MOST_VALUES: Final = 100_000
"""Keys and values together: it bounds memory where two million bytes are one-letter values."""


class Flaw(NamedTuple):
    """Something that is wrong with a text itself; `place` is None where only the path is known."""

    rule: str
    message: str
    place: Place | None
    loc: Loc = ()


class Places(NamedTuple):
    """Where each key and each value of a file begins."""

    keys: Mapping[Loc, Place] = MappingProxyType({})
    values: Mapping[Loc, Place] = MappingProxyType({})


class Draft(NamedTuple):
    """What could be made of a text.

    `tree` is None where reading had to stop. Values that were refused are left out of the tree and
    stand in `gone`; in a list an empty text keeps their position. `lost` holds every piece of text
    that was left out, so that nothing is reported as unknown that merely could not be read. `empty`
    are the places of keys without a value, which are absent from the tree.
    """

    tree: Tree | None
    flaws: tuple[Flaw, ...] = ()
    gone: frozenset[Loc] = frozenset()
    lost: frozenset[str] = frozenset()
    places: Places = Places()
    empty: frozenset[Loc] = frozenset()
