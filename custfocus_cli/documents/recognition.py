"""The recognition: what was understood of a table of answers, to be shown before it counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

Use = Literal["item", "extra", "tool", "personal", "ignored", "unknown"]
"""What a column is: an item; a role, group, id, wave or date; the survey tool's own; one that is
never read as it holds personal data; one that a mapping sets aside; or none of them."""


class Column(NamedTuple):
    """A column by its number (from 1) and header; `name` is that of the item or extra it holds.

    `how` says in words by what it was recognised.
    """

    number: int
    header: str
    use: Use
    name: str = ""
    how: str = ""


class Value(NamedTuple):
    """A text of the table and the answer that it was read as; `code` is None where it is none."""

    text: str
    code: str | None
    how: str


class Recognition(NamedTuple):
    """What was understood of one table.

    `profile` and `encoding` are in words. `absent` are the ids of items without a column. `rows`
    counts the rows that were accepted, `left_out` the others by their reason.
    """

    path: str
    profile: str
    encoding: str
    delimiter: str
    columns: tuple[Column, ...]
    items: int
    absent: tuple[str, ...]
    rows: int
    left_out: Mapping[str, int]
    values: tuple[Value, ...]
    notices: tuple[str, ...] = ()

    def taken_to_answer(self, questionnaire: str) -> Recognition:
        """The same, with the notice that nobody named the questionnaire of this id."""
        notice = f"taken for {questionnaire}, by the ids in its headers"
        return self._replace(notices=(notice, *self.notices))

    def used(self, *uses: Use) -> tuple[Column, ...]:
        """The columns of these uses, in their order."""
        return tuple(each for each in self.columns if each.use in uses)
