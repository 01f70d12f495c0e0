"""Which of the questionnaires that we ship a table answers, by the ids in its header."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

from custfocus_cli.documents.mapping import EXTRAS
from custfocus_cli.files.tables.matching import Header, last_part
from custfocus_cli.files.tables.profiles import Profile
from custfocus_cli.files.tables.words import fold, squeeze

_BRACKETS: Final = re.compile(r"\[([^\[\]]{1,64})\]")
_MOST_BRACKETS: Final = 5
_LONGEST: Final = 300


def name_asked(
    headers: Sequence[Header], profile: Profile, known: Mapping[str, Collection[str]]
) -> tuple[str, ...]:
    """The questionnaires that the ids in a header may belong to: one alone where that is certain.

    `known` holds the items of each. One is certain where the ids are just its own, or no other has
    them all. None is named where no id is known, or one that begins a header is nobody's.
    """
    ids = {squeeze(item): item for items in known.values() for item in items}
    found: set[str] = set()
    for header in headers:
        items = {ids[text] for text in _list_texts(header, profile) if text in ids}
        if not items and _begins_with_an_id(header):
            return ()
        found |= items
    if not found:
        return ()
    same = [name for name, items in known.items() if found == set(items)]
    return tuple(same or [name for name, items in known.items() if found <= set(items)])


def _list_texts(header: Header, profile: Profile) -> Iterator[str]:
    """What in a header may be an id, squeezed."""
    for text in dict.fromkeys((*header.texts, header.name, *header.codes)):
        yield squeeze(text[:_LONGEST])
        yield squeeze(last_part(text[:_LONGEST], profile).rstrip("]"))
        for each in islice(_BRACKETS.finditer(text), _MOST_BRACKETS):
            yield squeeze(each[1])


def _begins_with_an_id(header: Header) -> bool:
    begins = _BRACKETS.match(header.title)
    return begins is not None and fold(begins[1]) not in EXTRAS
