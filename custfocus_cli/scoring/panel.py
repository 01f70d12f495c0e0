"""The panel: the answers of one or several respondents, as one set of ratings."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from custfocus_cli.documents.assessment import Answer, Assessment, Figures, TargetStages
from custfocus_cli.documents.definition import Definition


@dataclass(frozen=True, slots=True)
class Voices:
    """How the respondents of a panel answered one item.

    `counts` holds the number of respondents by answer code, codes in the scale's order; respondents
    without any answer to the item are not counted. `disagreement` is true where the highest rating
    is at least two points above the lowest. `agreed` marks a rating settled in a workshop.
    """

    counts: Mapping[str, int]
    disagreement: bool = False
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class Panel:
    """What is scored: one set of answers, and whose it is.

    `date` is the latest of the sources; `answers` holds the panel rating of each item, which for a
    single source is that source's answer. `voices` is empty for a single source.
    """

    organisation: str
    scope: str
    date: datetime.date
    answers: Mapping[str, Answer]
    sources: tuple[Assessment, ...]
    target: str | TargetStages | None = None
    figures: Figures | None = None
    context: Mapping[str, str] = field(default_factory=dict)
    voices: Mapping[str, Voices] = field(default_factory=dict)

    @property
    def respondents(self) -> int:
        """How many sources answered."""
        return len(self.sources)


def panel(sources: Sequence[Assessment], definition: Definition) -> Panel:
    """The panel of one or several assessments of the same questionnaire.

    CustfocusError where target, figures or context of the sources contradict each other.
    The rating per item is domain rule 2.2.11.
    """
    raise NotImplementedError
