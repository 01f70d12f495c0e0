"""The mapping: which column of a table of answers is what, where its headers do not say so."""

# No `annotations` from __future__: pydantic would compile each of them again at every start.

from collections.abc import Mapping
from typing import ClassVar, Final, Literal

from custfocus_cli.documents.fields import Code, Id, Part, Text


class TableMapping(Part):
    """How to read a table that a survey tool gave back.

    A column is named by its header, or by its number from 1 where no header reads so. `columns`
    holds the column of an item, `values` the texts that mean an answer's code in every scale that
    has the code; `no_answer` are texts that mean none, `ignore` columns that are no item.
    """

    FORMAT: ClassVar[str] = "custfocus/mapping/1"

    format: Literal["custfocus/mapping/1"] = "custfocus/mapping/1"
    profile: Id | None = None
    columns: Mapping[Id, Text] = {}
    values: Mapping[Code, tuple[Text, ...]] = {}
    no_answer: tuple[Text, ...] = ()
    ignore: tuple[Text, ...] = ()
    role: Text | None = None
    group: Text | None = None
    id: Text | None = None
    wave: Text | None = None
    date: Text | None = None


EXTRAS: Final = ("role", "group", "id", "wave", "date")
"""What a column can be that is no item, as keys of a mapping."""
