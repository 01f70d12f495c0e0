"""Gaps, next steps and the smallest step up: what to do next, and what not yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from custfocus_cli.documents.assessment import Answer
from custfocus_cli.documents.definition import Definition
from custfocus_cli.documents.questionnaire import Item
from custfocus_cli.scoring.ladder import (
    ZERO,
    Cell,
    Ladder,
    Ratings,
    find_blocking_stage,
    is_enough,
    listed_minimums,
)
from custfocus_cli.scoring.smallest import Candidate, Rise, find_least


class Change(NamedTuple):
    """One answer that has to become another; `old` is None where the item is open."""

    item: str
    old: str | None
    new: str


class SmallestStep(NamedTuple):
    """The least set of answer changes that reaches the next stage.

    `exact` is false where the set is good but perhaps not the least (shown as "at most").
    """

    to_stage: int | None = None
    changes: tuple[Change, ...] = ()
    exact: bool = True


class Step(NamedTuple):
    """What one characteristic needs next: items of its blocking cell, nothing above it.

    `blockers` are rated too low, `questions` unknown (find out first), `ahead` already good above
    the blocking cell: keep, do not extend yet. `deferred` waits until the organisation has come up.
    """

    rank: int
    characteristic: str
    to_stage: int
    blockers: tuple[str, ...]
    questions: tuple[str, ...]
    ahead: tuple[str, ...]
    deferred: bool


class Needs(NamedTuple):
    """What a characteristic needs to come nearer to its target: domain rule 2.2.9.

    Without a gap, `next_stage` is None and everything else empty. `shortfall` is the weighted
    points that its next stage lacks.
    """

    gap: int = 0
    next_stage: int | None = None
    blockers: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    ahead: tuple[str, ...] = ()
    shortfall: Fraction = ZERO
    smallest_step: SmallestStep = SmallestStep()


class Answers(NamedTuple):
    """The questionnaire with the answers given: as they were written, and by their points."""

    definition: Definition
    written: Mapping[str, Answer]
    ratings: Ratings

    def find_items(self, characteristic: str, stage: int) -> Iterator[tuple[Item, int | None]]:
        """The items of a cell that count, each with its points, None where it is unknown."""
        for item in self.definition.cell(characteristic, stage):
            if item.weight and item.id not in self.ratings.not_applicable:
                option = self.ratings.options.get(item.id)
                yield item, None if option is None else option.points

    def change(self, item: str, new: str) -> Change:
        """The change of an item's answer to a new one."""
        written = self.written.get(item)
        return Change(item, written.answer if written else None, new)


def find_needs(ladder: Ladder, target: int, answers: Answers) -> Needs:
    """What a characteristic needs next on its way to the target stage."""
    model = answers.definition.model
    blocking = find_blocking_stage(ladder.cells, model)
    stage = ladder.reading.stage
    if blocking is None or blocking > target or stage is None:
        return Needs()
    short = _find_short_cells(ladder, blocking, answers)
    found = [pair for cell, least in short for pair in _find_low(cell, least, answers)]
    return Needs(
        gap=target - stage,
        next_stage=blocking,
        blockers=tuple(item.id for item, points in found if points is not None),
        questions=tuple(item.id for item, points in found if points is None),
        ahead=tuple(_find_ahead(ladder, blocking, answers)),
        shortfall=sum((_measure_shortfall(cell, least, answers) for cell, least in short), ZERO),
        smallest_step=_climb(ladder, blocking, answers),
    )


def _find_short_cells(
    ladder: Ladder, stage: int, answers: Answers
) -> list[tuple[Cell, Fraction | None]]:
    """The cells that hold a stage back by the low reading, lowest first, with what each needs."""
    minimums = listed_minimums(stage, answers.definition.model)
    cells = ((cell, minimums[cell.stage]) for cell in ladder.cells if cell.stage in minimums)
    return [(cell, least) for cell, least in cells if not is_enough(cell, least)]


def _find_low(
    cell: Cell, least: Fraction | None, answers: Answers
) -> Iterator[tuple[Item, int | None]]:
    """The items of a cell that could lift it: below the gate, or below the best by percent."""
    model = answers.definition.model
    enough = model.met_option.points if least is None else model.scale.best
    for item, points in answers.find_items(cell.characteristic, cell.stage):
        if points is None or points < enough:
            yield item, points


def _find_ahead(ladder: Ladder, blocking: int, answers: Answers) -> Iterator[str]:
    enough = answers.definition.model.met_option.points
    for cell in ladder.cells[blocking:]:
        for item, points in answers.find_items(cell.characteristic, cell.stage):
            if points is not None and points >= enough:
                yield item.id


def _measure_shortfall(cell: Cell, least: Fraction | None, answers: Answers) -> Fraction:
    """The weighted points a cell lacks; an unknown item has none."""
    model = answers.definition.model
    if least is None:
        enough = model.met_option.points
        low = _find_low(cell, least, answers)
        return sum((item.weight * (enough - (points or 0)) for item, points in low), ZERO)
    return (least - (cell.percent_low or 0)) / 100 * model.scale.best * cell.weight


# --- the smallest step up --------------------------------------------------------------------


def _climb(ladder: Ladder, stage: int, answers: Answers) -> SmallestStep:
    """The smallest step past the stage that holds a characteristic back: domain rule 2.2.17.

    The cells it asks for are independent of each other, so each is lifted by its own least set.
    """
    lifts = [
        _lift(cell, least, answers) for cell, least in _find_short_cells(ladder, stage, answers)
    ]
    changes = tuple(change for lift, _ in lifts for change in lift)
    return SmallestStep(stage, changes, all(exact for _, exact in lifts))


def _lift(cell: Cell, least: Fraction | None, answers: Answers) -> tuple[tuple[Change, ...], bool]:
    """The least changes that make a cell good enough, and whether they are certainly the least."""
    model = answers.definition.model
    low = list(_find_low(cell, least, answers))
    if least is None:
        return tuple(answers.change(item.id, model.met_option.code) for item, _ in low), True
    candidates = [_find_rises(item, points or 0, answers) for item, points in low]
    new, exact = find_least(candidates, _measure_shortfall(cell, least, answers))
    return tuple(answers.change(item, code) for item, code in new.items()), exact


def _find_rises(item: Item, points: int, answers: Answers) -> Candidate:
    """What an item may rise to; an unknown one rises from 0 points."""
    return Candidate(
        item.id,
        tuple(
            Rise(option.code, (option.points - points) * item.effort, more * item.weight)
            for option in answers.definition.model.scale.options
            if (more := option.points - points) > 0
        ),
    )


def find_smallest_step(ladders: Sequence[Ladder], stage: int, answers: Answers) -> SmallestStep:
    """The smallest step of the organisation to its next stage, ladders in questionnaire order.

    `stage` is where it stands. Without a next stage that some cell could award, `to_stage` is None.
    """
    above = stage + 1
    model = answers.definition.model
    included = [ladder for ladder in ladders if ladder.included]
    if above > model.top or not any(each.cells[above - 1].applicable for each in included):
        return SmallestStep()
    held = [each for each in included if find_blocking_stage(each.cells, model) == above]
    steps = [_climb(each, above, answers) for each in held]
    changes = tuple(change for step in steps for change in step.changes)
    return SmallestStep(above, changes, all(step.exact for step in steps))


# --- the order of steps ----------------------------------------------------------------------


def rank_steps(
    needs: Sequence[tuple[Ladder, Needs]], stage: int, max_lead: int
) -> tuple[Step, ...]:
    """The next steps of the included characteristics, which come in questionnaire order.

    `stage` is the organisation's. Steps further than `max_lead` above its next stage are deferred.
    """
    limit = stage + 1 + max_lead
    wanted = [
        (ladder, need, need.next_stage)
        for ladder, need in needs
        if ladder.included and need.next_stage is not None
    ]
    wanted.sort(key=lambda w: (w[2] > limit, w[2], -w[0].weight * w[1].gap, w[1].shortfall))
    return tuple(
        Step(
            rank,
            ladder.id,
            to_stage,
            need.blockers,
            need.questions,
            need.ahead,
            deferred=to_stage > limit,
        )
        for rank, (ladder, need, to_stage) in enumerate(wanted, start=1)
    )
