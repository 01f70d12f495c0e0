"""The questionnaire: what is asked, of whom, and where each item stands in the model."""

# No `annotations` from __future__: pydantic would compile each of them again at every start.

from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, ClassVar, Literal

from pydantic import Discriminator, Field, Tag

from custfocus_cli.documents.fields import (
    Decimal,
    Effort,
    Flag,
    Id,
    Mode,
    Part,
    Text,
    Version,
    Whole,
)
from custfocus_cli.documents.model import Model


class ItemDetails(Part):
    """What may be said about an item beside its id; every key of an override."""

    statement: Text | None = None
    scale: Id | None = None
    probe: Text | None = None
    evidence: tuple[Text, ...] = ()
    metric: Text | None = None
    role: Id | None = None
    action: Text | None = None
    effort: Effort = 1
    weight: Decimal = Fraction(1)
    allow_na: Flag = True
    tags: tuple[Id, ...] = ()
    references: Mapping[Id, tuple[Text, ...]] = {}


class Item(ItemDetails):
    """One statement that is answered: an indicator of its characteristic and stage.

    `effort` runs from 1 to 3; weight 0 means for information only.
    """

    id: Id
    statement: Text


class Placement(Part):
    """One question that places a whole characteristic on the ladder, stage zero first."""

    id: Id
    question: Text
    options: tuple[Text, ...]


class Block(Part):
    """The items of one characteristic: by stage id, with perception and placement beside."""

    model_config: ClassVar = {"extra": "allow"}
    __pydantic_extra__: dict[str, tuple[Item, ...]] = Field(init=False)

    perception: tuple[Item, ...] = ()
    placement: Placement | None = None

    @property
    def stages(self) -> Mapping[str, tuple[Item, ...]]:
        """The items of each stage, by the stage's id, in file order."""
        return self.__pydantic_extra__ or {}


class Session(Part):
    """A part of the interview with the people of some roles; `minutes` is planned, not measured."""

    id: Id
    name: Text
    roles: Annotated[tuple[Id, ...], Field(min_length=1)]
    minutes: Whole | None = None


class BalanceItem(Part):
    """An item of the balance check: a safeguard to have, or a signal of a risk."""

    id: Id
    theme: Id
    kind: Literal["safeguard", "signal"]
    scale: Id
    statement: Text
    probe: Text | None = None
    evidence: tuple[Text, ...] = ()
    role: Id | None = None
    allow_na: Flag = True


class ContextQuestion(Part):
    """A question whose answer is free text and never scored."""

    id: Id
    question: Text


class Select(Part):
    """Which items of the questionnaire stood on are kept: those with a tag, or those named."""

    tag: Id | None = None
    items: tuple[Id, ...] | None = None


def _reference_or_model(value: object) -> str:
    return "model" if isinstance(value, dict | Model) else "reference"


ModelReference = Annotated[
    Annotated[Text, Tag("reference")] | Annotated[Model, Tag("model")],
    Discriminator(_reference_or_model),
]


class Questionnaire(Part):
    """A questionnaire as it is written: whole, or standing on another (`based_on`).

    Once resolved it is whole, `model` aside, which the definition holds. `caution` is what nobody
    may overlook who reads a result of it.
    """

    FORMAT: ClassVar[str] = "custfocus/questionnaire/1"

    format: Literal["custfocus/questionnaire/1"] = "custfocus/questionnaire/1"
    id: Id
    version: Version
    language: Text = "en"
    title: Text | None = None
    description: Text | None = None
    caution: Text | None = None
    audience: Mode | None = None
    minutes: Whole | None = None
    based_on: Text | None = None
    select: Select | None = None
    override: Mapping[Id, ItemDetails] = {}
    model: ModelReference | None = None
    roles: Mapping[Id, Text] = {}
    sessions: tuple[Session, ...] = ()
    items: Mapping[Id, Block] = {}
    balance: tuple[BalanceItem, ...] = ()
    context: tuple[ContextQuestion, ...] = ()

    def role_name(self, role: str) -> str:
        """A role in words: the name the questionnaire gives it, else its id with spaces."""
        return self.roles.get(role, role.replace("-", " "))
