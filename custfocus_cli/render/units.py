"""Units side by side as their numbers and sentences, for every format that people read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final, NamedTuple

from custfocus_cli.render.narrative import (
    NONE,
    name_questionnaire,
    name_target,
    show_coverage,
    show_stage,
    write_notices,
)
from custfocus_cli.render.picture import Row, draw_rows
from custfocus_cli.render.record import write_record
from custfocus_cli.render.tables import Column, Table
from custfocus_cli.render.workplan import PlannedStep, plan_work, say_nothing_left
from custfocus_cli.scoring.ladder import Reading
from custfocus_cli.scoring.units import Comparison, Span, Unit
from custfocus_cli.wording.notices import notice
from custfocus_cli.wording.numbers import percent, percents
from custfocus_cli.wording.phrases import count, counted, listed, long_date, sentence, with_stop

KIND: Final = "Units side by side"
FEW: Final = 6
"""Up to so many units each has a column of its own; more of them have a row each."""

_NAMED: Final = 3
_MOST_LACKS: Final = 10
NOBODY: Final = "\N{EN DASH}"
"""What stands for no unit."""


class Spot(NamedTuple):
    """One characteristic of one unit: stage and index (`points`) in words, or why there are none.

    `shade` runs from 0 (nothing) to 4 (all); `open` says that unknown answers decide.
    """

    stage: str
    points: str
    absent: str
    shade: int
    open: bool

    @property
    def text(self) -> str:
        """All of it on one line."""
        return self.absent or ", ".join(part for part in (self.stage, self.points) if part)


class Map(NamedTuple):
    """The characteristics of all units, with a name for each row and column.

    `turned` says that the units are the rows, as there are too many for columns.
    """

    corner: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Spot, ...]], ...]
    turned: bool


class UnitsView(NamedTuple):
    """Units side by side as a page tells it; `said` follows the verdict."""

    title: str
    day: str
    facts: tuple[tuple[str, str], ...]
    verdict: str
    said: tuple[str, ...]
    standing: Table
    map: Map
    apart: Table
    lacking: str
    lacks: Table
    starts: Table
    notices: tuple[tuple[str, str, tuple[str, ...]], ...]

    @property
    def table(self) -> Table:
        """The map as a table of texts."""
        head, *titles = self.map.corner, *self.map.columns
        return Table(
            [Column(head, "head"), *map(Column, titles)],
            [(name, *(spot.text for spot in spots)) for name, spots in self.map.rows],
        )

    @property
    def known(self) -> tuple[str, ...]:
        """What to know when reading it, each with the units that it is about."""
        return tuple(
            f"{listed(names, _NAMED)}: {text}" if names else text for _, text, names in self.notices
        )


def view_units(comparison: Comparison) -> UnitsView:
    """The comparison in words."""
    units = comparison.units
    names = tuple(dict.fromkeys(unit.card.panel.organisation for unit in units))
    return UnitsView(
        title=listed(names, _NAMED),
        day=_name_day(units),
        facts=tuple(_name_facts(comparison)),
        verdict=_say_stages(comparison),
        said=tuple(_say_distance(comparison)),
        standing=_tabulate_standing(comparison),
        map=draw_map(comparison),
        apart=_tabulate_spans(comparison),
        lacking=_say_lacking(comparison),
        lacks=_tabulate_lacks(comparison),
        starts=_tabulate_starts(units),
        notices=tuple(find_unit_notices(comparison)),
    )


# --- the head --------------------------------------------------------------------------------


def _name_day(units: Sequence[Unit]) -> str:
    days = sorted({unit.card.panel.date for unit in units})
    return " to ".join(dict.fromkeys(long_date(day) for day in (days[0], days[-1])))


def _name_facts(comparison: Comparison) -> Iterator[tuple[str, str]]:
    yield "Date", _name_day(comparison.units)
    scopes = {unit.card.panel.scope for unit in comparison.units}
    if len(scopes) == 1:
        yield "Scope", scopes.pop()
    yield "Units", str(len(comparison.units))
    yield "Questionnaire", name_questionnaire(comparison.definition)
    if _aim_alike(comparison):
        card = comparison.units[0].card
        yield "Target", f"{card.target.name}: {name_target(card)}"


def _aim_alike(comparison: Comparison) -> bool:
    targets = [unit.card.target for unit in comparison.units]
    return all(each == targets[0] for each in targets)


def _say_stages(comparison: Comparison) -> str:
    """How many units stand at which stage, the highest first."""
    model, units = comparison.definition.model, comparison.units
    many = sentence(counted(len(units), "unit"))
    if model.gate.none:
        return f"{many}. This questionnaire has an index and no stages."
    stages = Counter(unit.card.result.stage_low for unit in units)
    placed = sorted((stage for stage in stages if stage is not None), reverse=True)
    words = {n: "all" if n == len(units) else count(n) for n in stages.values()}
    said = [f"{words[stages[n]]} at stage {n} ({model.stage(n).name})" for n in placed]
    said += [f"{count(stages[None])} to which nothing applies"] * (None in stages)
    unsure = sum(unit.card.result.status in ("provisional", "insufficient") for unit in units)
    unsure -= stages[None]
    more = f" Unknown answers may lift {count(unsure)} of them higher." if unsure else ""
    return f"{many}{',' if len(stages) == 1 else ':'} {listed(said)}.{more}"


def _say_distance(comparison: Comparison) -> Iterator[str]:
    """Who is ahead as a whole, and where units lie furthest apart."""
    whole = comparison.whole
    if whole.foremost:
        first, last = whole.foremost, whole.hindmost
        yield (
            f"As a whole, foremost: {listed(first, _NAMED)}; hindmost: {listed(last, _NAMED)}."
            + " Those named together are not told apart." * (len(first) > 1 or len(last) > 1)
        )
    else:
        yield "As a whole, no unit is surely ahead of another."
    model = comparison.definition.model
    spans = [(span.spread, name) for name, span in comparison.spans.items() if span.spread]
    widest = max((spread for spread, _ in spans), default=None)
    if widest is None:
        return
    there = [name for spread, name in spans if spread == widest]
    doubt = all(comparison.spans[name].overlap for name in there)
    shown = listed([model.characteristic(name).name for name in there], _NAMED)
    yield (
        f"They lie furthest apart in {shown}: {percent(widest)} points between the highest and the"
        f" lowest index{', though their ranges overlap' if doubt else ''}."
    )


# --- where each stands -----------------------------------------------------------------------


def _tabulate_standing(comparison: Comparison) -> Table:
    """One row for each unit."""
    model, units = comparison.definition.model, comparison.units
    staged, dated = not model.gate.none, len({unit.card.panel.date for unit in units}) > 1
    columns = [
        Column("Unit", "head"),
        *[Column("Stage", "number")] * staged,
        Column("Index", "number"),
        Column("Answered, %", "number"),
        *[Column("Way to the target, %", "number")] * staged,
        Column("Respondents", "number"),
        *[Column("Date")] * dated,
    ]
    indexes = show_indexes([unit.card.result for unit in units])
    rows = [
        (
            unit.name,
            *[show_stage(unit.card.result)] * staged,
            index,
            show_coverage(unit.card.result, model),
            *[NONE if unit.card.to_target is None else percent(unit.card.to_target)] * staged,
            str(unit.card.panel.respondents),
            *[unit.card.panel.date.isoformat()] * dated,
        )
        for unit, index in zip(units, indexes, strict=True)
    ]
    return Table(columns, rows)


def show_indexes(readings: Sequence[Reading]) -> tuple[str, ...]:
    """The index of each reading with its range; those that differ are shown to differ."""
    known = iter(percents([each.index for each in readings if each.index is not None]))
    return tuple(
        _show_range(next(known) if each.index is not None else "unknown", each) for each in readings
    )


def _show_range(middle: str, reading: Reading) -> str:
    low, high = reading.index_low, reading.index_high
    if low is None or high is None:
        return NONE
    return middle if low == high else f"{middle} ({percent(low)} to {percent(high)})"


def draw_map(comparison: Comparison) -> Map:
    """Every characteristic of every unit."""
    names = tuple(unit.name for unit in comparison.units)
    drawn = [draw_rows(unit.card) for unit in comparison.units]
    rows = [(rows[0].full_name, _draw_spots(rows)) for rows in zip(*drawn, strict=True)]
    if len(names) <= FEW:
        return Map("Characteristic", names, tuple(rows), turned=False)
    titles, spots = tuple(name for name, _ in rows), zip(*(each for _, each in rows), strict=True)
    return Map("Unit", titles, tuple(zip(names, spots, strict=True)), turned=True)


def _draw_spots(rows: Sequence[Row]) -> tuple[Spot, ...]:
    """One characteristic of every unit."""
    indexes = show_indexes([row.reading for row in rows])
    return tuple(_draw_spot(row, index) for row, index in zip(rows, indexes, strict=True))


def _draw_spot(row: Row, index: str) -> Spot:
    low, high = row.reading.stage_low, row.reading.stage_high
    if row.absent:
        return Spot("", "", row.absent, 0, open=False)
    doubt = row.reading.index_low != row.reading.index_high
    if low is None or high is None:
        least = row.reading.index_low or Fraction(0)
        return Spot("", index, "", min(4, int(least // 20)), open=doubt)
    shade = (8 * low + row.top) // (2 * row.top)  # four times the share of the ladder, rounded
    return Spot(f"stage {show_stage(row.reading)}", index, "", shade, open=doubt)


def _tabulate_spans(comparison: Comparison) -> Table:
    """How far apart the units are, as a whole and in each characteristic."""
    model = comparison.definition.model
    columns = [
        Column("Characteristic", "head"),
        Column("Spread", "number"),
        Column("Foremost"),
        Column("Hindmost"),
    ]
    spans = [("As a whole", comparison.whole)]
    spans += [(model.characteristic(name).name, span) for name, span in comparison.spans.items()]
    rows = [
        (name, show_spread(span), *(show_names(e) for e in (span.foremost, span.hindmost)))
        for name, span in spans
    ]
    return Table(columns, rows)


def show_spread(span: Span) -> str:
    """The spread in points, with a word where it may be none."""
    if span.spread is None:
        return NONE
    return f"{percent(span.spread)}{', ranges overlap' if span.overlap else ''}"


def show_names(names: Sequence[str]) -> str:
    """The names of units, or a dash for none."""
    return listed(names, _NAMED) or NOBODY


# --- what to do ------------------------------------------------------------------------------


def _say_lacking(comparison: Comparison) -> str:
    """The one action that would help most units."""
    lacks, total = comparison.lacks, len(comparison.units)
    if not lacks:
        return "No item holds back more than one unit in its next step."
    top = lacks[0]
    most = len(top.units)
    same = sum(len(each.units) == most for each in lacks)
    first = f"{top.item.id} holds back {count(most)} of {count(total)} units"
    rest = (
        f", and {counted(same - 1, 'other item')} as many" if same > 1 else ", more than any other"
    )
    item = top.item
    return f"{first}{rest}. What would help there: {with_stop(item.action or item.statement)}"


def _tabulate_lacks(comparison: Comparison) -> Table:
    """The items that most units lack."""
    model, questionnaire = comparison.definition.model, comparison.definition.questionnaire
    doubtful = any(lack.unknown for lack in comparison.lacks[:_MOST_LACKS])
    columns = [
        Column("What to do", "head"),
        Column("Item", "ids"),
        Column("Characteristic"),
        Column("Stage", "number"),
        Column("Who"),
        Column("Holds back"),
        *[Column("Not known in")] * doubtful,
    ]
    rows = []
    for lack in comparison.lacks[:_MOST_LACKS]:
        item = lack.item
        rows.append(
            (
                item.action or item.statement,
                item.id,
                model.characteristic(lack.characteristic).name,
                str(lack.stage),
                sentence(questionnaire.role_name(item.role)) if item.role else NOBODY,
                f"{len(lack.units)} of {len(comparison.units)}: {listed(lack.units, _NAMED)}",
                *[show_names(lack.unknown)] * doubtful,
            )
        )
    return Table(columns, rows)


def _tabulate_starts(units: Sequence[Unit]) -> Table:
    """The first next step of each unit, with what to read before."""
    steps = [find_start(unit) for unit in units]
    warned = any(step is not None and step.cautions for step in steps)
    columns = [
        Column("Unit", "head"),
        Column("First step"),
        Column("Items", "ids"),
        Column("Begin with"),
        *[Column("Read before")] * warned,
    ]
    rows = []
    for unit, step in zip(units, steps, strict=True):
        if step is None:
            cells = (say_nothing_left(unit.card), NOBODY, NOBODY)
        else:
            cells = (step.title, step.items, step.tasks[0].sentence)
        cautions = " ".join(step.cautions) if step else ""
        rows.append((unit.name, *cells, *[cautions or NOBODY] * warned))
    return Table(columns, rows)


def find_start(unit: Unit) -> PlannedStep | None:
    """The first next step of a unit; None where none is left."""
    return next(iter(plan_work(unit.card, write_record(unit.card))), None)


# --- what to know ----------------------------------------------------------------------------


_TOLD: Final = (
    *("digest-differs", "unknown-items", "outside-answers", "narrowed-scope", "stage-untested"),
    *("adaptive", "mixed-mode"),
)
"""What a result has to say that matters beside another one."""


def find_unit_notices(comparison: Comparison) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Id, sentence and units of each notice; no units where it is about all that is shown."""
    if comparison.definition.questionnaire.caution:
        yield "caution", comparison.definition.questionnaire.caution, ()
    if comparison.withheld:
        yield "withheld", notice("withheld", comparison.withheld), ()
    if not _aim_alike(comparison):
        yield "other-targets", notice("other-targets"), ()
    single = {frozenset(each.mode for each in unit.card.panel.sources) for unit in comparison.units}
    if len(single) > 1:
        yield "mixed-mode", notice("mixed-mode"), ()
    told: dict[tuple[str, str], list[str]] = {}
    for unit in comparison.units:
        if unit.held_back:
            told.setdefault(("held-back", notice("held-back", unit.held_back)), []).append(
                unit.name
            )
        for name, text in write_notices(unit.card):
            if name in _TOLD:
                told.setdefault((name, text), []).append(unit.name)
    for name in ("held-back", *_TOLD):
        for (one, text), names in told.items():
            if one == name:
                yield name, text, tuple(names)
