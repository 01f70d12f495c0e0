"""The kinds of file there are, in one table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from custfocus_cli.documents.assessment import Assessment
from custfocus_cli.documents.mapping import TableMapping
from custfocus_cli.documents.model import Model
from custfocus_cli.documents.policy import Policy
from custfocus_cli.documents.questionnaire import Questionnaire
from custfocus_cli.documents.tally import Tally
from custfocus_cli.documents.theme import ReportTheme

Document = Model | Questionnaire | Assessment | Policy | TableMapping | Tally | ReportTheme

KINDS: Final[Mapping[str, type[Document]]] = {
    "model": Model,
    "questionnaire": Questionnaire,
    "assessment": Assessment,
    "policy": Policy,
    "mapping": TableMapping,
    "theme": ReportTheme,
    "tally": Tally,
}
