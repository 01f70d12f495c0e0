"""The assessment: one person's, team's or interview's answers."""

# No `annotations` from __future__: pydantic would compile each of them again at every start.

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Discriminator, Tag, model_validator
from pydantic_core import PydanticCustomError

from custfocus_cli.documents.fields import (
    AnswerText,
    Date,
    Decimal,
    Flag,
    Id,
    JsonNumber,
    Mode,
    Part,
    Text,
    Version,
    Whole,
)


class QuestionnaireReference(Part):
    """Which questionnaire was answered: a shipped one by id, or a file by path."""

    id: Id | None = None
    path: Text | None = None
    version: Version | None = None
    digest: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def _id_or_path(cls, value: object) -> object:
        if isinstance(value, dict) and "id" not in value and "path" not in value:
            raise PydanticCustomError("missing-key", "expected the key id or path", {})
        return value


class Respondent(Part):
    """Who answered, without names; every key is optional."""

    id: Id | None = None
    role: Id | None = None
    group: Id | None = None


class TargetStages(Part):
    """A target of this organisation's own: stage numbers, not a profile of the model."""

    default: Whole
    characteristics: Mapping[Id, Whole] = {}


def _profile_or_stages(value: object) -> str:
    return "stages" if isinstance(value, dict | TargetStages) else "profile"


TargetChoice = Annotated[
    Annotated[Id, Tag("profile")] | Annotated[TargetStages, Tag("stages")],
    Discriminator(_profile_or_stages),
]


class Answer(Part):
    """One answer: its code, what backs it, and whose word it is from which day.

    `agreed` marks a rating that a workshop settled; it takes the place of the panel rating.
    """

    answer: AnswerText
    evidence: Whole | None = None
    note: Text | None = None
    reason: Text | None = None
    by: Text | None = None
    on: Date | None = None
    agreed: Flag = False

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, value: object) -> object:
        return {"answer": value} if isinstance(value, str | JsonNumber) else value


class Figures(Part):
    """What the service programme cost and brought in a year, by the organisation's own account."""

    programme_cost: Decimal | None = None
    programme_benefit: Decimal | None = None
    currency: Text | None = None
    source: Text | None = None


class Assessment(Part):
    """The answers to one questionnaire at one date; an open item is simply absent."""

    FORMAT: ClassVar[str] = "custfocus/assessment/1"

    format: Literal["custfocus/assessment/1"] = "custfocus/assessment/1"
    questionnaire: QuestionnaireReference
    organisation: Text
    scope: Text = "whole organisation"
    about: Text | None = None
    date: Date
    mode: Mode | None = None
    adaptive: Flag = False
    respondent: Respondent | None = None
    target: TargetChoice | None = None
    answers: Mapping[Id, Answer] = {}
    context: Mapping[Id, Text] = {}
    figures: Figures | None = None
