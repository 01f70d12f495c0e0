"""How a report is to look: for whom it is written, and in whose words and colours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from custfocus_cli.documents.theme import ReportTheme

TEMPLATES: Final[Mapping[str, str]] = {"full": "report", "executive": "executive"}
"""The template that each audience reads, without the ending of its format."""


class Templates(NamedTuple):
    """The templates and style sheets of a folder by their names, with the folder to name them."""

    folder: str
    texts: Mapping[str, str]


class Look(NamedTuple):
    """What changes the form of a report and none of its facts.

    `audience` is one of `TEMPLATES`; `logo` is a data URI, or empty.
    """

    audience: str = "full"
    theme: ReportTheme | None = None
    logo: str = ""
    templates: Templates | None = None
