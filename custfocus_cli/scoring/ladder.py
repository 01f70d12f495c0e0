"""The ladder: cells, the gate, and what they say about stage, index and coverage.

The rules are part 2.2 of the domain description; percents run from 0 to 100 as exact fractions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, NamedTuple

from custfocus_cli.documents.assessment import Answer
from custfocus_cli.documents.definition import Definition
from custfocus_cli.documents.model import Model, Option
from custfocus_cli.documents.questionnaire import Item

Status = Literal["exact", "provisional", "insufficient"]

ZERO = Fraction(0)


class Cell(NamedTuple):
    """The items of one characteristic at one stage, counted and weighed.

    Counts hold items of weight above 0 only: `rated`, `unknown` and `not_applicable` add up to
    `items`; `met` are rated at or above the model's `met_option`. `applicable` is false where
    nothing is left to rate; the percents are None then. `weight` and `weight_rated` are the sums of
    item weights that apply and that are rated. `in_place` is the gate's verdict on this stage
    alone, by the low and the high reading; None where the gate is none.
    """

    characteristic: str
    stage: int
    applicable: bool
    items: int
    rated: int
    met: int
    unknown: int
    not_applicable: int
    weight: Fraction
    weight_rated: Fraction
    percent: Fraction | None
    percent_low: Fraction | None
    percent_high: Fraction | None
    in_place: bool | None
    in_place_high: bool | None


@dataclass(frozen=True, slots=True)
class Reading:
    """What the answers say about a characteristic, an area or the organisation.

    `stage` is the headline, equal to `stage_low`; stages run from 0 to the top of the ladder and
    are None without a gate or without anything applicable. Indexes are percents, coverage is a
    share from 0 to 1.
    """

    stage: int | None
    stage_low: int | None
    stage_high: int | None
    status: Status | None
    index: Fraction | None
    index_low: Fraction | None
    index_high: Fraction | None
    coverage: Fraction | None


class Ratings(NamedTuple):
    """The answers to the items of the stages: the option of each rated item, and what is left out.

    An item that stands in neither is unknown.
    """

    options: Mapping[str, Option]
    not_applicable: frozenset[str]


class Ladder(NamedTuple):
    """One characteristic as one set of ratings scores it; its cells stand lowest first."""

    id: str
    weight: Fraction
    cells: tuple[Cell, ...]
    reading: Reading

    @property
    def applicable(self) -> bool:
        """Whether any cell of it is left to rate."""
        return any(cell.applicable for cell in self.cells)

    @property
    def included(self) -> bool:
        """Whether it counts in its area and in the organisation."""
        return self.applicable and self.weight > 0


def read_ratings(answers: Mapping[str, Answer], model: Model) -> Ratings:
    """The answers by what they mean on the scale of the stage items."""
    options = {option.code: option for option in model.scale.options}
    special = model.scale.not_applicable
    code = special.code if special else None
    return Ratings(
        {name: options[each.answer] for name, each in answers.items() if each.answer in options},
        frozenset(name for name, each in answers.items() if each.answer == code),
    )


def build_ladder(definition: Definition, characteristic: str, ratings: Ratings) -> Ladder:
    """The ladder of one characteristic."""
    model = definition.model
    counted = [
        _count(characteristic, stage, definition.cell(characteristic, stage), ratings, model)
        for stage in range(1, model.top + 1)
    ]
    cells = tuple(_judge(cell, counted, model) for cell in counted)
    weight = model.characteristic(characteristic).weight
    return Ladder(characteristic, weight, cells, _read(cells, model))


# --- cells and the gate ----------------------------------------------------------------------


def _count(
    characteristic: str, stage: int, items: Sequence[Item], ratings: Ratings, model: Model
) -> Cell:
    """The cell without the gate's verdict: domain rules 2.2.2 and 2.2.3."""
    options = ratings.options
    asked = [item for item in items if item.weight]
    left = [item for item in asked if item.id not in ratings.not_applicable]
    rated = [(item.weight, options[item.id].points) for item in left if item.id in options]
    earned = sum((weight * points for weight, points in rated), ZERO)
    weight = sum((item.weight for item in left), ZERO)
    weight_rated = sum((weight for weight, _ in rated), ZERO)
    best = model.scale.best
    unknown = best * (weight - weight_rated)
    return Cell(
        characteristic=characteristic,
        stage=stage,
        applicable=bool(left),
        items=len(asked),
        rated=len(rated),
        met=sum(points >= model.met_option.points for _, points in rated),
        unknown=len(left) - len(rated),
        not_applicable=len(asked) - len(left),
        weight=weight,
        weight_rated=weight_rated,
        percent=100 * earned / (best * weight_rated) if rated else None,
        percent_low=100 * earned / (best * weight) if left else None,
        percent_high=100 * (earned + unknown) / (best * weight) if left else None,
        in_place=None,
        in_place_high=None,
    )


def _judge(cell: Cell, cells: Sequence[Cell], model: Model) -> Cell:
    """The cell with the gate's verdict on its stage; a cell that is n/a awards nothing."""
    if model.gate.none:
        return cell
    return cell._replace(
        in_place=cell.applicable and not _stops(cells, cell.stage, model, high=False),
        in_place_high=cell.applicable and not _stops(cells, cell.stage, model, high=True),
    )


def listed_minimums(stage: int, model: Model) -> Mapping[int, Fraction | None]:
    """The stages whose cells decide on a stage, with the percent each has to reach.

    None where every item counts instead of a percent; that gate looks at the stage's own cell.
    """
    percent = model.gate.percent
    if percent is None:
        return {stage: None}
    listed = percent[model.stages[stage - 1].id]
    return {model.stage_numbers[name]: least for name, least in listed.items()}


def _stops(cells: Sequence[Cell], stage: int, model: Model, *, high: bool) -> bool:
    """Whether the climb ends below that stage: a cell it asks for is not good enough."""
    return any(
        not is_enough(cells[listed - 1], least, high=high)
        for listed, least in listed_minimums(stage, model).items()
    )


def is_enough(cell: Cell, least: Fraction | None, *, high: bool = False) -> bool:
    """Whether a cell is n/a, or has its percent, or (`least` None) every item of it met.

    The high reading takes every unknown item for the best.
    """
    if least is None:
        return cell.met + (cell.unknown if high else 0) == cell.rated + cell.unknown
    percent = cell.percent_high if high else cell.percent_low
    return percent is None or percent >= least


def find_blocking_stage(cells: Sequence[Cell], model: Model, *, high: bool = False) -> int | None:
    """The first stage that the gate holds back; None where the whole ladder is passed.

    A characteristic *passes* a stage that is below this one (domain rule 2.2.5).
    """
    if model.gate.none:
        return None
    stages = range(1, model.top + 1)
    return next((stage for stage in stages if _stops(cells, stage, model, high=high)), None)


def _in_place(cell: Cell, *, high: bool) -> bool:
    return bool(cell.in_place_high if high else cell.in_place)


def _reached(cells: Sequence[Cell], model: Model, *, high: bool) -> int:
    """The stage of a characteristic: the highest in place below the blocking one."""
    blocking = find_blocking_stage(cells, model, high=high)
    below = cells if blocking is None else cells[: blocking - 1]
    return max((cell.stage for cell in below if _in_place(cell, high=high)), default=0)


# --- readings --------------------------------------------------------------------------------


def _nothing(model: Model) -> Reading:
    """The reading where nothing applies."""
    status: Status | None = None if model.gate.none else "insufficient"
    return Reading(None, None, None, status, None, None, None, None)


def _reading(
    stages: tuple[int, int], coverage: Fraction, indexes: Sequence[Fraction | None], model: Model
) -> Reading:
    low, high = stages
    status: Status = "provisional" if coverage >= model.scoring.min_coverage else "insufficient"
    if low == high:
        status = "exact"
    index, index_low, index_high = indexes
    if model.gate.none:
        return Reading(None, None, None, None, index, index_low, index_high, coverage)
    return Reading(low, low, high, status, index, index_low, index_high, coverage)


def _read(cells: Sequence[Cell], model: Model) -> Reading:
    """The reading of a characteristic: domain rules 2.2.4, 2.2.5 and 2.2.7."""
    real = [cell for cell in cells if cell.applicable]
    if not real:
        return _nothing(model)
    coverage = _coverage(real)
    shown = coverage >= model.scoring.min_coverage
    indexes = (
        _mean([(Fraction(1), cell.percent) for cell in real]) if shown else None,
        _mean([(Fraction(1), cell.percent_low) for cell in real]),
        _mean([(Fraction(1), cell.percent_high) for cell in real]),
    )
    stages = _reached(cells, model, high=False), _reached(cells, model, high=True)
    return _reading(stages, coverage, indexes, model)


def read_together(ladders: Sequence[Ladder], model: Model) -> Reading:
    """The reading of an area or of the organisation, over the included of its characteristics.

    Domain rules 2.2.4, 2.2.6 and 2.2.7.
    """
    included = [ladder for ladder in ladders if ladder.included]
    if not included:
        return _nothing(model)
    indexes = (
        _mean([(each.weight, each.reading.index) for each in included]),
        _mean([(each.weight, each.reading.index_low) for each in included]),
        _mean([(each.weight, each.reading.index_high) for each in included]),
    )
    stages = (
        _reached_together(included, model, high=False),
        _reached_together(included, model, high=True),
    )
    coverage = _coverage([cell for ladder in included for cell in ladder.cells])
    return _reading(stages, coverage, indexes, model)


def _reached_together(ladders: Sequence[Ladder], model: Model, *, high: bool) -> int:
    """The highest stage up to which all pass and each stage is in place somewhere."""
    blocking = [find_blocking_stage(each.cells, model, high=high) for each in ladders]
    first = min((stage for stage in blocking if stage is not None), default=model.top + 1)
    for stage in range(1, first):
        if not any(_in_place(each.cells[stage - 1], high=high) for each in ladders):
            return stage - 1
    return first - 1


def _coverage(cells: Sequence[Cell]) -> Fraction:
    """The weight rated over the weight that applies; some cell has to apply."""
    rated = sum((cell.weight_rated for cell in cells), ZERO)
    return rated / sum((cell.weight for cell in cells), ZERO)


def _mean(parts: Sequence[tuple[Fraction, Fraction | None]]) -> Fraction | None:
    """The weighted mean, or None where a part of it is undefined."""
    known = [(weight, value) for weight, value in parts if value is not None]
    if len(known) < len(parts):
        return None
    total = sum((weight for weight, _ in known), ZERO)
    return sum((weight * value for weight, value in known), ZERO) / total


def walk_items(definition: Definition) -> Iterator[tuple[str, int, Item]]:
    """Every item of a stage with its characteristic and stage, in questionnaire order."""
    for characteristic in definition.questionnaire.items:
        for stage in range(1, definition.model.top + 1):
            for item in definition.cell(characteristic, stage):
                yield characteristic, stage, item
