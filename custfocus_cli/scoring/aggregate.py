"""The aggregate: what to count of many answers, and the counts of all of them added up.

Answers are counted where they are read; here is what is made of the distinct ones and how often
each occurs, so that a million people cost little more than the different things they said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor, lcm
from typing import Final, Literal, NamedTuple

from custfocus_cli.documents.assessment import Assessment
from custfocus_cli.documents.definition import Definition, Entry
from custfocus_cli.documents.questionnaire import Item
from custfocus_cli.documents.tally import REST, By
from custfocus_cli.scoring.ladder import ZERO

Codes = tuple[str | None, ...]
"""One person's answers to the items of a sheet, in its order; None where one is open."""

Kind = Literal["items", "indexes", "perceptions"]


class Statistic(NamedTuple):
    """What is counted: the answers to an item, or the values of a characteristic's index."""

    kind: Kind
    name: str


Value = str | int | None
"""The code of an answer, or the value of an index; None where it is undefined."""

Table = Mapping[Value, int]
"""How many people gave each answer, or had each value."""


@dataclass(frozen=True, slots=True)
class Lot:
    """What some people answered, counted, with nothing held back; lots add up with `+`."""

    respondents: int = 0
    tables: Mapping[Statistic, Table] = field(default_factory=dict)

    def __add__(self, other: Lot) -> Lot:
        return add_up_lots((self, other))


def add_up_lots(lots: Iterable[Lot]) -> Lot:
    """All the people of some lots together."""
    respondents = 0
    tables: dict[Statistic, Counter[Value]] = {}
    for lot in lots:
        respondents += lot.respondents
        for statistic, table in lot.tables.items():
            tables.setdefault(statistic, Counter()).update(table)
    return Lot(respondents, tables)


Lots = Mapping[str, Lot]
"""The lot of each group by its name; without a partition, of everyone under `other`."""


# --- the plan --------------------------------------------------------------------------------


MOST_PARTS: Final = 1_000_000
"""The largest denominator of an index; past it, values are rounded to a millionth."""
_MOST_SUMS: Final = 4_096
_MOST_KNOWN: Final = 20_000


class Cell(NamedTuple):
    """The items that make one part of an index: where they stand in the sheet, and what they bring.

    `shares` holds for each item the part of the best rating that each code brings, `excluded` the
    code that leaves it out.
    """

    places: tuple[int, ...]
    weights: tuple[Fraction, ...]
    shares: tuple[Mapping[str, Fraction], ...]
    excluded: tuple[str | None, ...]


class Index(NamedTuple):
    """An index of one characteristic, as whole values over `of`: domain rule 2.2.7.

    `least` is the share of the weight that has to be rated.
    """

    statistic: Statistic
    cells: tuple[Cell, ...]
    least: Fraction
    of: int


class Sheet(NamedTuple):
    """Items whose answers are counted side by side, since each person's index needs them so."""

    items: tuple[str, ...]
    indexes: tuple[Index, ...]


def plan_sheets(definition: Definition) -> tuple[Sheet, ...]:
    """What to count of a questionnaire: a sheet for each characteristic, and for each item besides.

    Every item stands in one sheet.
    """
    sheets: dict[tuple[str, bool], list[Entry]] = {}
    for entry in definition.entries.values():
        part_of = entry.characteristic if entry.kind in ("item", "perception") else None
        sheets.setdefault((part_of or entry.id, part_of is None), []).append(entry)
    return tuple(
        Sheet(tuple(each.id for each in entries), tuple(_plan_indexes(entries, definition)))
        for entries in sheets.values()
    )


def find_denominators(definition: Definition) -> Mapping[Statistic, int]:
    """Over which number the values of each index are whole, in the order of the questionnaire."""
    sheets = plan_sheets(definition)
    return {index.statistic: index.of for sheet in sheets for index in sheet.indexes}


def find_items(definition: Definition) -> Mapping[Statistic, Sequence[Statistic]]:
    """The items that make each index."""
    return {
        index.statistic: [
            Statistic("items", sheet.items[place]) for cell in index.cells for place in cell.places
        ]
        for sheet in plan_sheets(definition)
        for index in sheet.indexes
    }


def _plan_indexes(entries: Sequence[Entry], definition: Definition) -> Iterator[Index]:
    """The index of the items of stages, and that of the items of perception."""
    least = definition.model.scoring.min_coverage
    stages = sorted({each.stage for each in entries if each.stage is not None})
    cells = [_plan_cell(entries, stage) for stage in stages]
    seen = [_plan_cell(entries, None)]
    kinds: tuple[tuple[Kind, Sequence[Cell], Fraction], ...] = (
        ("indexes", cells, least),
        ("perceptions", seen, ZERO),
    )
    for kind, planned, share in kinds:
        full = tuple(cell for cell in planned if cell.places)
        name = entries[0].characteristic
        if full and name is not None:
            yield Index(Statistic(kind, name), full, share, _find_denominator(full))


def _plan_cell(entries: Sequence[Entry], stage: int | None) -> Cell:
    """The items of a stage that have a weight; without a stage, those of perception."""
    places, weights, shares, excluded = [], [], [], []
    for place, entry in enumerate(entries):
        item, scale = entry.source, entry.scale
        ours = entry.stage == stage and entry.kind == ("perception" if stage is None else "item")
        if ours and isinstance(item, Item) and item.weight and scale is not None:
            places.append(place)
            weights.append(item.weight)
            shares.append({code: Fraction(n, scale.best) for code, n in scale.points.items()})
            excluded.append(scale.not_applicable.code if scale.not_applicable else None)
    return Cell(tuple(places), tuple(weights), tuple(shares), tuple(excluded))


def _find_denominator(cells: Sequence[Cell]) -> int:
    """The least number over which every value of an index is whole, or `MOST_PARTS`.

    A cell's value is a sum of shares by weight over the weight that is rated, which is the weight
    of some of its items; an index is the mean of some of the cells.
    """
    found = lcm(*range(1, len(cells) + 1))
    for cell in cells:
        unit = lcm(*(weight.denominator for weight in cell.weights))
        share = lcm(*(each.denominator for shares in cell.shares for each in shares.values()))
        sums = {0}
        for weight in cell.weights:
            sums |= {each + int(weight * unit) for each in sums}
            if len(sums) > _MOST_SUMS:
                return MOST_PARTS
        cell_parts = share * lcm(*(sums - {0}))
        found = lcm(found, cell_parts * lcm(*range(1, len(cells) + 1)))
        if found > MOST_PARTS:
            return MOST_PARTS
    return found


# --- counting --------------------------------------------------------------------------------


class Part(NamedTuple):
    """What one person's answers make of a cell: what was rated, what applies, and its value."""

    rated: Fraction
    weight: Fraction
    value: Fraction | None


class IndexCounter:
    """The values of one index, from the parts that people's answers make of its cells.

    Parts have numbers, from 0: a cell has few different ones, whatever people answer.
    """

    def __init__(self, index: Index) -> None:
        self.index = index
        self._numbers: dict[Part, int] = {}
        self._parts: list[Part] = []
        self._known: list[dict[Codes, int]] = [{} for _ in index.cells]
        self._values: dict[tuple[int, ...], int | None] = {}

    def number(self, cell: int, codes: Codes) -> int:
        """The number of the part that answers to the items of a cell make."""
        known = self._known[cell]
        if codes not in known:
            part = _weigh(self.index.cells[cell], codes)
            if part not in self._numbers:
                self._numbers[part] = len(self._parts)
                self._parts.append(part)
            if len(known) < _MOST_KNOWN:
                known[codes] = self._numbers[part]
            return self._numbers[part]
        return known[codes]

    def find_value(self, numbers: tuple[int, ...]) -> int | None:
        """The value, over `of`, of one part for each cell; None where it is undefined."""
        if numbers not in self._values:
            self._values[numbers] = _join(self.index, [self._parts[each] for each in numbers])
        return self._values[numbers]

    def read_codes(self, codes: Codes) -> int | None:
        """The value of one person's answers to all items of the sheet."""
        cells = self.index.cells
        return self.find_value(
            tuple(
                self.number(place, tuple(codes[each] for each in cell.places))
                for place, cell in enumerate(cells)
            )
        )


def _weigh(cell: Cell, codes: Codes) -> Part:
    rated = weight = earned = ZERO
    for own, shares, excluded, code in zip(
        cell.weights, cell.shares, cell.excluded, codes, strict=True
    ):
        if code is None or code != excluded:
            weight += own
        if code is not None and code in shares:
            rated += own
            earned += own * shares[code]
    return Part(rated, weight, earned / rated if rated else None)


def _join(index: Index, parts: Sequence[Part]) -> int | None:
    asked = [part for part in parts if part.weight]
    values = [part.value for part in asked if part.value is not None]
    rated = sum((part.rated for part in asked), ZERO)
    weight = sum((part.weight for part in asked), ZERO)
    if not values or len(values) < len(asked) or rated < index.least * weight:
        return None
    return floor(sum(values, ZERO) * index.of / len(values) + Fraction(1, 2))


class LotCounter:
    """Counts answers as they are read, group by group; None is the group of who names none."""

    def __init__(self, definition: Definition) -> None:
        self.sheets = plan_sheets(definition)
        self.indexes = tuple(
            tuple(IndexCounter(index) for index in sheet.indexes) for sheet in self.sheets
        )
        self._sizes: Counter[str] = Counter()
        self._tables: dict[tuple[str, Statistic], Counter[Value]] = {}

    def add_people(self, name: str | None, number: int) -> None:
        """So many people more of a group."""
        self._sizes[name or REST] += number

    def add_answers(self, name: str | None, item: str, code: str, number: int) -> None:
        """So many people of a group gave this answer to an item."""
        self._table(name, Statistic("items", item))[code] += number

    def add_values(
        self, name: str | None, statistic: Statistic, value: int | None, number: int
    ) -> None:
        """So many people of a group have this value of an index."""
        self._table(name, statistic)[value] += number

    def add_codes(self, name: str | None, place: int, codes: Codes, number: int) -> None:
        """So many people of a group gave these answers to the items of the sheet at that place."""
        for item, code in zip(self.sheets[place].items, codes, strict=True):
            if code is not None:
                self.add_answers(name, item, code, number)
        for index in self.indexes[place]:
            self.add_values(name, index.index.statistic, index.read_codes(codes), number)

    def add_assessment(self, assessment: Assessment, by: By | None = None) -> None:
        """The answers of one person; of nobody where a file holds what a workshop agreed on."""
        given = {name: a.answer for name, a in assessment.answers.items() if not a.agreed}
        if not given:
            return
        name: str | None = getattr(assessment.respondent, by, None) if by else None
        self.add_people(name, 1)
        for place, sheet in enumerate(self.sheets):
            self.add_codes(name, place, tuple(map(given.get, sheet.items)), 1)

    def _table(self, name: str | None, statistic: Statistic) -> Counter[Value]:
        return self._tables.setdefault((name or REST, statistic), Counter())

    def lots(self) -> Lots:
        """What has been counted."""
        tables: dict[str, dict[Statistic, Table]] = {name: {} for name in self._sizes}
        for (name, statistic), table in self._tables.items():
            tables[name][statistic] = table
        return {name: Lot(number, tables[name]) for name, number in self._sizes.items()}


def count_assessments(
    assessments: Iterable[Assessment], definition: Definition, by: By | None = None
) -> Lots:
    """The lots of some assessments by the role or group of their respondents.

    Who answers nothing does not count, nor do ratings that a workshop agreed on.
    """
    counter = LotCounter(definition)
    for each in assessments:
        counter.add_assessment(each, by)
    return counter.lots()
