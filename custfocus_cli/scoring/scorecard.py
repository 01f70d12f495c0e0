"""The scorecard: everything the answers mean, computed once, for every output."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from custfocus_cli.documents.definition import Definition
from custfocus_cli.documents.model import Target
from custfocus_cli.scoring.balance import EconomicTest, Flag
from custfocus_cli.scoring.ladder import Cell, Reading
from custfocus_cli.scoring.panel import Panel
from custfocus_cli.scoring.steps import SmallestStep, Step


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a reader of the result must know: a stable id, what it is about, how many.

    `about` holds ids (of characteristics, items, stages) in the order to be named; the words are
    in the wording room.
    """

    id: str
    about: tuple[str, ...] = ()
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Evidenced:
    """The organisation as evidence carries it; `share` (0 to 1) of met answers keep their code."""

    reading: Reading
    share: Fraction | None


@dataclass(frozen=True, slots=True)
class AreaResult:
    """What the answers say about one area; `applicable` is false where nothing in it applies."""

    id: str
    applicable: bool
    reading: Reading


@dataclass(frozen=True, slots=True)
class CharacteristicResult:
    """What the answers say about one characteristic, and what it needs next.

    `gap` is the number of stages missing to `target` (0 where it is passed); where there is none,
    `next_stage` is None and the lists are empty. `evidenced` is None when no answer of the source
    records evidence. `placed_stage` and `perception_index` (a percent) come from placement and
    perception items, where they were asked.
    """

    id: str
    area: str
    weight: Fraction
    applicable: bool
    target: int
    reading: Reading
    cells: tuple[Cell, ...]
    evidenced: Reading | None
    gap: int
    next_stage: int | None
    blockers: tuple[str, ...]
    questions: tuple[str, ...]
    ahead: tuple[str, ...]
    smallest_step: SmallestStep
    placed_stage: int | None
    perception_index: Fraction | None

    @property
    def included(self) -> bool:
        """Whether it counts in its area and in the organisation."""
        return self.applicable and self.weight > 0


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The result of one organisation at one date: the one value that renderers render.

    `to_target` is a percent; `distribution` counts included characteristics by stage, from 0 to the
    top; both are None without a gate. `smallest_step` is the organisation's.
    """

    definition: Definition
    panel: Panel
    target: Target
    target_id: str | None
    result: Reading
    to_target: Fraction | None
    distribution: tuple[int, ...] | None
    smallest_step: SmallestStep
    evidenced: Evidenced | None
    areas: tuple[AreaResult, ...]
    characteristics: tuple[CharacteristicResult, ...]
    next_steps: tuple[Step, ...]
    flags: tuple[Flag, ...]
    economic_test: EconomicTest
    notices: tuple[Notice, ...]

    def characteristic(self, name: str) -> CharacteristicResult:
        """The result of the characteristic with that id; KeyError where there is none."""
        for each in self.characteristics:
            if each.id == name:
                return each
        raise KeyError(name)


def score(
    panel: Panel,
    definition: Definition,
    *,
    beside: Sequence[tuple[Panel, Definition]] = (),
    notices: Sequence[Notice] = (),
    target: str | None = None,
) -> Scorecard:
    """The scorecard of a panel by its questionnaire.

    `beside` are panels of other questionnaires on the same model, whose perception and placement
    items are joined by characteristic. `notices` are what reading the sources had to say. `target`
    names a profile that takes the place of the sources' own; KeyError where the model has none.
    """
    raise NotImplementedError
