"""The model: the ladder, the characteristics and the scales that questionnaires share."""

# No `annotations` from __future__: pydantic would compile each of them again at every start.

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from typing import Annotated, ClassVar, Literal

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer, model_validator
from pydantic_core import PydanticCustomError

from custfocus_cli.documents.fields import (
    Code,
    Decimal,
    Id,
    Part,
    Percent,
    Share,
    Text,
    Version,
    Whole,
)

References = Mapping[Id, tuple[Text, ...]]


class StageZero(Part):
    """Where an organisation stands before it reaches the first stage."""

    id: Id
    name: Text
    description: Text = ""


class Stage(Part):
    """One rung of the ladder; `caution` is shown beside every step towards it."""

    id: Id
    name: Text
    description: Text = ""
    caution: Text | None = None


class Area(Part):
    """A group of characteristics that is reported together."""

    id: Id
    name: Text
    description: Text = ""


class Characteristic(Part):
    """One trait of a customer-focused organisation, and what each stage of it looks like."""

    id: Id
    name: Text
    area: Id
    weight: Decimal = Fraction(1)
    description: Text = ""
    stages: Mapping[Id, Text] = {}
    references: Mapping[Id, tuple[Text, ...]] = {}


class Option(Part):
    """One answer of a scale and the points it brings."""

    code: Code
    points: Whole
    label: Text
    meaning: Text = ""


class Special(Part):
    """An answer without points: nobody knows, or it does not apply."""

    code: Code
    label: Text
    meaning: Text = ""


class Scale(Part):
    """The question and its answers, worst first; points start at 0 and rise strictly."""

    question: Text
    options: Annotated[tuple[Option, ...], Field(min_length=2)]
    dont_know: Special | None = None
    not_applicable: Special | None = None

    @property
    def best(self) -> int:
        """The points of the best option."""
        return self.options[-1].points

    @cached_property
    def points(self) -> Mapping[str, int]:
        """The points of each rating, by its code, worst first."""
        return {option.code: option.points for option in self.options}

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Every code an answer may have, ratings first."""
        special = (self.dont_know, self.not_applicable)
        return (*self.points, *(each.code for each in special if each is not None))

    def label(self, code: str) -> str:
        """The words of an answer code; the code itself where the scale does not know it."""
        for each in (*self.options, self.dont_know, self.not_applicable):
            if each is not None and each.code == code:
                return each.label
        return code


class EvidenceLevel(Part):
    """How well an answer is backed, from a statement upwards."""

    level: Whole
    label: Text
    meaning: Text = ""


class Gate(Part):
    """When a stage is in place: by `every` item, by `percent` of cells, or never (no stages)."""

    every: Code | None = None
    percent: Mapping[Id, Mapping[Id, Percent]] | None = None

    @model_validator(mode="before")
    @classmethod
    def _none_or_one_rule(cls, value: object) -> object:
        if value == "none":
            return {}
        if isinstance(value, dict) and len(value) != 1:
            raise PydanticCustomError(
                "wrong-type", "expected none, or one of the keys every and percent", {}
            )
        return value

    @model_serializer(mode="wrap")
    def _none_as_a_word(self, handler: SerializerFunctionWrapHandler) -> object:
        return "none" if self.none else handler(self)

    @property
    def none(self) -> bool:
        """Whether this gate computes no stage, only the index."""
        return self.every is None and self.percent is None


class Scoring(Part):
    """The thresholds of the scoring rules.

    `min_coverage` is a share from 0 to 1, `max_lead` a number of stages, `evidence_cap` the lowest
    evidence level that carries an option, `signal_from` the option from which a signal counts.
    """

    gate: Gate | None = None
    min_coverage: Share = Fraction(66, 100)
    max_lead: Whole = 1
    evidence_cap: Mapping[Code, Whole] = {}
    signal_from: Code | None = None


class Target(Part):
    """A profile of stages to reach: `default`, and single characteristics apart from it."""

    id: Id
    name: Text
    description: Text = ""
    caution: Text | None = None
    default: Whole
    characteristics: Mapping[Id, Whole] = {}


class Effect(Part):
    """A sentence that a theme out of balance adds to the report; it never changes a number.

    `on` says beside what: the next steps to a stage (`steps-to`), what is in place at a stage
    (`strengths-at`), or the target where it is above the stage reached (`targets`).
    """

    on: Literal["steps-to", "strengths-at", "targets"]
    stage: Id | None = None
    characteristics: tuple[Id, ...] = ()
    text: Text


class Theme(Part):
    """One risk of the balance check."""

    id: Id
    name: Text
    risk: Text
    effects: tuple[Effect, ...] = ()


class Standard(Part):
    """An edition of a standard and the titles of the clauses that items point to."""

    title: Text
    edition: Text
    clauses: Mapping[Text, Text] = {}


class Term(Part):
    """A word of the field and what it means here."""

    term: Text
    meaning: Text


class Model(Part):
    """The ladder, the characteristics and the scales, and every word the report says about them.

    A model inside a questionnaire may leave out id, version, language and title: they are the
    questionnaire's then. `noun` is the word for one characteristic; several of them add an s.
    """

    FORMAT: ClassVar[str] = "custfocus/model/1"

    format: Literal["custfocus/model/1"] = "custfocus/model/1"
    id: Id | None = None
    version: Version | None = None
    language: Text = "en"
    title: Text | None = None
    noun: Id = "characteristic"
    stage_zero: StageZero
    stages: Annotated[tuple[Stage, ...], Field(min_length=1)]
    areas: Annotated[tuple[Area, ...], Field(min_length=1)]
    characteristics: Annotated[tuple[Characteristic, ...], Field(min_length=1)]
    scales: Annotated[Mapping[Id, Scale], Field(min_length=1)]
    stage_scale: Id
    evidence_levels: tuple[EvidenceLevel, ...] = ()
    scoring: Scoring = Field(default_factory=Scoring)
    targets: tuple[Target, ...] = ()
    default_target: Id | None = None
    themes: tuple[Theme, ...] = ()
    standards: Mapping[Id, Standard] = {}
    glossary: tuple[Term, ...] = ()
    benefits: tuple[Text, ...] = ()

    @property
    def scale(self) -> Scale:
        """The scale of all stage items."""
        return self.scales[self.stage_scale]

    @property
    def top(self) -> int:
        """The number of the highest stage."""
        return len(self.stages)

    @property
    def is_checklist(self) -> bool:
        """Whether it has one stage alone, so that each characteristic is in place or open.

        There is no ladder to stand on then, and no stage for a headline.
        """
        return self.top == 1 and not self.gate.none

    @cached_property
    def met_option(self) -> Option:
        """The option from which an item counts as met: the gate's, or the lowest above half.

        The second follows the band "largely" of ISO/IEC 33020, which begins above 50 percent.
        """
        options = self.scale.options
        gate = self.scoring.gate
        if gate is not None and gate.every is not None:
            return next(option for option in options if option.code == gate.every)
        return next(option for option in options if 2 * option.points > options[-1].points)

    @cached_property
    def gate(self) -> Gate:
        """The gate of the model; without one of its own, every item must be met."""
        return self.scoring.gate or Gate(every=self.met_option.code)

    @cached_property
    def stage_numbers(self) -> Mapping[str, int]:
        """The number of each stage by its id, from 1."""
        return {stage.id: number for number, stage in enumerate(self.stages, start=1)}

    def stage(self, number: int) -> Stage | StageZero:
        """The stage with that number; 0 is stage zero."""
        return self.stages[number - 1] if number else self.stage_zero

    def characteristic(self, name: str) -> Characteristic:
        """The characteristic with that id; KeyError where the model has none."""
        return self._by_id[name]

    @cached_property
    def _by_id(self) -> Mapping[str, Characteristic]:
        return {each.id: each for each in self.characteristics}

    def target(self, name: str | None = None) -> Target:
        """The target profile with that id, or the default one; KeyError where there is none.

        A model without profiles aims at its highest stage.
        """
        wanted = name or self.default_target or next((t.id for t in self.targets), None)
        if wanted is None:
            top = self.stages[-1]
            return Target(id=top.id, name=top.name, default=self.top)
        return {target.id: target for target in self.targets}[wanted]

    def clauses(self, references: References) -> Iterator[tuple[Standard, str, str]]:
        """Each clause of a standard that the references name: standard, number, title."""
        for standard_id, numbers in references.items():
            standard = self.standards[standard_id]
            for number in numbers:
                yield standard, number, standard.clauses.get(number, "")
