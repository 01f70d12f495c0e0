"""The pictures of a result as their numbers: gaps, cells, ladders. Renderers draw them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final, Literal, NamedTuple

from custfocus_cli.documents.definition import Definition
from custfocus_cli.documents.model import Model
from custfocus_cli.documents.questionnaire import Block
from custfocus_cli.render.narrative import show_coverage, show_stage
from custfocus_cli.render.record import Line, Record
from custfocus_cli.render.views import APART
from custfocus_cli.render.workplan import find_doubts
from custfocus_cli.scoring.ladder import Cell, Reading, find_blocking_stage, listed_minimums
from custfocus_cli.scoring.scorecard import CharacteristicResult, Scorecard
from custfocus_cli.wording.numbers import percent, percent_apart
from custfocus_cli.wording.phrases import FEW, counted
from custfocus_cli.wording.verdicts import STATUS

CellState = Literal["in-place", "open", "unknown", "not-applicable", "rated"]
RungState = Literal["in-place", "blocking", "ahead", "beyond", "later", "not-applicable"]


NOT_ASKED: Final = "no item asks about it"


class Row(NamedTuple):
    """One characteristic or area as the tables show it.

    `absent` says why there is no result, and is empty where there is one. `gap` counts the stages
    missing to `target`, which is None for an area. `weightless` marks a characteristic that counts
    nowhere above itself. `earlier` is the reading of the result before, where it can be set beside
    this one. `seen_by` follows a perception that is the middle of a few people. What was not asked
    for is an empty text.
    """

    id: str
    name: str
    area: str
    absent: str
    reading: Reading
    top: int
    coverage: str
    target: int | None = None
    gap: int = 0
    weightless: bool = False
    earlier: Reading | None = None
    evidenced: str = ""
    placed: str = ""
    placed_stage: int | None = None
    perception: str = ""
    seen_by: str = ""
    apart: str = ""

    @property
    def applicable(self) -> bool:
        """Whether anything of it was asked that applies."""
        return not self.absent

    @property
    def stage(self) -> str:
        """The stage by number, or its range."""
        return show_stage(self.reading)

    @property
    def placed_apart(self) -> str:
        """Self-placed minus measured stage, with its sign; empty where one is unknown."""
        if self.placed_stage is None or self.reading.stage is None:
            return ""
        difference = self.placed_stage - self.reading.stage
        return f"{difference:+d}" if difference else "0"

    @property
    def before(self) -> str:
        """The stage of the result before, by number or as its range; empty where there is none."""
        return show_stage(self.earlier) if self.earlier and self.earlier.stage is not None else ""

    @property
    def full_name(self) -> str:
        """The name, with a word where the characteristic counts nowhere above itself."""
        return f"{self.name} (weight 0: counts in no sum)" if self.weightless else self.name

    @property
    def short_index(self) -> str:
        """The index where it is known, else its range."""
        reading = self.reading
        if reading.index is not None:
            return percent(reading.index)
        if reading.index_low is None or reading.index_high is None:
            return "none"
        return f"{percent(reading.index_low)} to {percent(reading.index_high)}"

    @property
    def status(self) -> str:
        """How sure the stage is, in words."""
        return STATUS[self.reading.status] if self.reading.status else ""


class Tile(NamedTuple):
    """One cell of the heat map: number, words, and a shade from 0 (nothing) to 4 (all)."""

    state: CellState
    number: str
    words: str
    shade: int

    @property
    def text(self) -> str:
        """Number and words on one line."""
        return f"{self.number}, {self.words}" if self.number else self.words


class LadderRung(NamedTuple):
    """One stage of one characteristic: what is in place and what blocks.

    `state` says whether it is passed, holds the characteristic back, comes later or is beyond the
    target. `lines` are the items worth naming, each with a word for what it does; `doubts` stand
    beside what is in place.
    """

    number: int
    name: str
    description: str
    state: RungState
    words: str
    lines: tuple[tuple[str, Line], ...]
    doubts: tuple[str, ...]


class LadderPicture(NamedTuple):
    """The ladder of one characteristic, lowest stage first; `conclusion` says what follows."""

    row: Row
    description: str
    rungs: tuple[LadderRung, ...]
    conclusion: str


# --- rows ------------------------------------------------------------------------------------


def draw_rows(card: Scorecard, before: Scorecard | None = None) -> tuple[Row, ...]:
    """Every characteristic, in the model's order.

    `before` is an earlier result; it stands beside this one where both are on one questionnaire.
    """
    areas = {area.id: area.name for area in card.definition.model.areas}
    earlier: Mapping[str, Reading] = {}
    if before is not None and before.definition.digest == card.definition.digest:
        earlier = {each.id: each.reading for each in before.characteristics}
    return tuple(
        _draw_row(each, earlier.get(each.id), areas, card.definition)
        for each in card.characteristics
    )


def _draw_row(
    each: CharacteristicResult,
    earlier: Reading | None,
    areas: Mapping[str, str],
    definition: Definition,
) -> Row:
    model = definition.model
    return Row(
        id=each.id,
        name=model.characteristic(each.id).name,
        area=areas[each.area],
        absent="" if each.applicable else _say_absent(each.id, definition),
        reading=each.reading,
        top=model.top,
        coverage=show_coverage(each.reading, model),
        target=each.target,
        gap=each.gap,
        weightless=each.weight == 0,
        earlier=earlier,
        evidenced=show_stage(each.evidenced) if each.evidenced else "",
        placed=_show_placed(each, model),
        placed_stage=each.placed_stage,
        perception=_show_seen(each),
        seen_by=f" ({FEW})" if each.seen_by_few else "",
        apart=_say_apart(each),
    )


def _say_absent(name: str, definition: Definition) -> str:
    """Why a characteristic has no result."""
    block = definition.questionnaire.items.get(name, Block())
    if any(block.stages.values()):
        return "does not apply"
    return "not measured here" if block.perception or block.placement else NOT_ASKED


def _say_area_absent(area: str, card: Scorecard) -> str:
    """Why an area has no result: what holds for all of it."""
    inside = (each.id for each in card.characteristics if each.area == area)
    reasons = {_say_absent(name, card.definition) for name in inside}
    return reasons.pop() if len(reasons) == 1 else "does not apply"


def _show_placed(each: CharacteristicResult, model: Model) -> str:
    """The stage people place themselves at, and how far that is from the measured one."""
    if each.placed_stage is None:
        return ""
    words = f"{each.placed_stage}, {model.stage(each.placed_stage).name}"
    if each.reading.stage is None or each.placed_stage == each.reading.stage:
        return words
    difference = each.placed_stage - each.reading.stage
    side = "above" if difference > 0 else "below"
    return f"{words} ({counted(abs(difference), 'stage')} {side} the measured one)"


def _show_seen(each: CharacteristicResult) -> str:
    """How people see it in percent, beside a measured index told apart from that."""
    if each.perception_index is None:
        return ""
    if each.reading.index is None:
        return percent(each.perception_index)
    return percent_apart(each.reading.index, each.perception_index, APART)[1]


def _say_apart(each: CharacteristicResult) -> str:
    """How far the perception lies from the index, and whether to talk about it."""
    if each.perception_index is None or each.reading.index is None:
        return ""
    difference = each.reading.index - each.perception_index
    side = "lower" if difference > 0 else "higher"
    if difference == 0:
        return "the same"
    apart = percent_apart(each.reading.index, each.perception_index, APART)[2]
    words = f"{apart} points {side}"
    talk = abs(difference) >= APART and not each.seen_by_few
    return f"{words}: a topic for talk" if talk else words


def draw_areas(card: Scorecard) -> tuple[Row, ...]:
    """Every area, in the model's order."""
    model = card.definition.model
    names = {area.id: area.name for area in model.areas}
    return tuple(
        Row(
            id=each.id,
            name=names[each.id],
            area=names[each.id],
            absent="" if each.applicable else _say_area_absent(each.id, card),
            reading=each.reading,
            top=model.top,
            coverage=show_coverage(each.reading, model),
        )
        for each in card.areas
    )


def rank_gaps(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The characteristics that count and have a stage, the largest gap first, then the weakest."""
    counted = [
        (-row.gap, row.reading.stage_low, row.reading.index_low or 0, n, row)
        for n, row in enumerate(rows)
        if row.applicable and not row.weightless and row.reading.stage_low is not None
    ]
    return tuple(row for *_, row in sorted(counted, key=lambda each: each[:-1]))


# --- the heat map ----------------------------------------------------------------------------


def draw_tiles(card: Scorecard) -> Mapping[str, tuple[Tile, ...]]:
    """The cells of each characteristic by its id, lowest stage first."""
    model = card.definition.model
    return {
        each.id: tuple(
            _draw_tile(cell, bool(card.definition.cell(each.id, cell.stage)), model)
            for cell in each.cells
        )
        for each in card.characteristics
    }


def _draw_tile(cell: Cell, asked: bool, model: Model) -> Tile:
    if not cell.applicable or cell.percent_low is None or cell.percent_high is None:
        return Tile("not-applicable", "", "does not apply" if asked else "no item", 0)
    limits = _find_limits(cell.stage, model)
    number = (
        f"{percent(cell.percent_low, *limits)} to {percent(cell.percent_high, *limits)} %"
        if cell.unknown
        else f"{percent(cell.percent_low, *limits)} %"
    )
    shade = min(4, int(cell.percent_low // 20))
    words = f"{cell.met} of {cell.rated + cell.unknown} in place"
    if cell.unknown:
        return Tile("unknown", number, f"{words}, {cell.unknown} unknown", shade)
    if cell.in_place is None:
        return Tile("rated", number, words, shade)
    if cell.in_place:
        return Tile("in-place", number, "in place", shade)
    return Tile("open", number, words, shade)


def _find_limits(stage: int, model: Model) -> tuple[Fraction, ...]:
    """The percents that decide about a cell, wherever the gate asks for it."""
    if model.gate.percent is None:
        return ()
    minimums = (listed_minimums(n, model).get(stage) for n in range(1, model.top + 1))
    return tuple(least for least in minimums if least is not None)


# --- ladders ---------------------------------------------------------------------------------


def draw_ladders(card: Scorecard, record: Record) -> tuple[LadderPicture, ...]:
    """The ladder of every characteristic that applies, in the model's order."""
    rows = {row.id: row for row in draw_rows(card)}
    return tuple(
        _draw_ladder(each, rows[each.id], card, record)
        for each in card.characteristics
        if each.applicable
    )


def _draw_ladder(
    each: CharacteristicResult, row: Row, card: Scorecard, record: Record
) -> LadderPicture:
    model = card.definition.model
    characteristic = model.characteristic(each.id)
    blocking = find_blocking_stage(each.cells, model)
    return LadderPicture(
        row=row,
        description=characteristic.description,
        rungs=tuple(_draw_rung(cell, each, blocking, card, record) for cell in each.cells),
        conclusion=_conclude(each, model, record),
    )


def _conclude(each: CharacteristicResult, model: Model, record: Record) -> str:
    """The smallest step to the next stage, or that there is none to take."""
    step = each.smallest_step
    if step.to_stage is None:
        return "The target is reached here; nothing is recommended."
    changes = [
        f"{change.item} from “{record[change.item].label}” to “{model.scale.label(change.new)}”"
        for change in step.changes
    ]
    most = "" if step.exact else " (at most)"
    return f"Smallest step to stage {step.to_stage}{most}: {'; '.join(changes)}."


def _draw_rung(
    cell: Cell,
    each: CharacteristicResult,
    blocking: int | None,
    card: Scorecard,
    record: Record,
) -> LadderRung:
    model = card.definition.model
    lines = [record[item.id] for item in card.definition.cell(each.id, cell.stage)]
    state, words = _judge_rung(cell, blocking, each.target)
    if not lines:
        words = NOT_ASKED
    return LadderRung(
        number=cell.stage,
        name=model.stage(cell.stage).name,
        description=model.characteristic(each.id).stages.get(model.stages[cell.stage - 1].id, ""),
        state=state,
        words=words,
        lines=tuple(_name_lines(lines, state)),
        doubts=tuple(find_doubts(each.id, cell.stage, card)) if state == "in-place" else (),
    )


def _name_lines(lines: Sequence[Line], state: RungState) -> Iterator[tuple[str, Line]]:
    """The items of a stage that are worth naming where it stands, what blocks first."""
    if state == "blocking":
        yield from (("Blocks", line) for line in lines if line.state == "short")
        yield from (("Unknown, find out first", line) for line in lines if line.state == "unknown")
    word = "Ahead of its base" if state == "ahead" else "In place"
    yield from ((word, line) for line in lines if line.state == "met")
    yield from (("Left out", line) for line in lines if line.state == "left-out")


def _judge_rung(cell: Cell, blocking: int | None, target: int) -> tuple[RungState, str]:
    """Where a stage stands on the climb, and the words for it."""
    done = f"{cell.met} of {cell.rated + cell.unknown} in place"
    if not cell.applicable:
        return "not-applicable", "nothing here applies"
    if blocking is None or cell.stage < blocking:
        return ("in-place", "in place") if cell.in_place else ("later", done)
    if blocking > target:
        return "beyond", f"beyond the target; {done}"
    if cell.stage == blocking:
        return "blocking", f"{done}: this is the next stage"
    if cell.met:
        return "ahead", f"later; {done}, ahead of its base"
    return "later", "later"
