"""The notices: what a reader of a result must know about how it came to be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from custfocus_cli.documents.definition import Definition
from custfocus_cli.documents.model import Stage
from custfocus_cli.documents.questionnaire import Item
from custfocus_cli.scoring.ladder import Ladder
from custfocus_cli.scoring.panel import Panel, find_contradicted
from custfocus_cli.scoring.steps import Step

NARROWED: Final = Fraction(1, 5)  # of the items; more that do not apply narrow the scope (2.2.14)
MANY_STEPS: Final = 5  # more at once are many changes for one organisation (domain 1.5, L4)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a reader of the result must know: a stable id, what it is about, how many.

    `about` holds ids (of characteristics, items, stages) in the order to be named; the words are
    in the wording room.
    """

    id: str
    about: tuple[str, ...] = ()
    count: int | None = None


def find_notices(
    panel: Panel,
    definition: Definition,
    ladders: Sequence[Ladder],
    targets: Mapping[str, int],
    steps: Sequence[Step],
) -> Iterator[Notice]:
    """The notices that follow from the answers themselves, always in the same order.

    `targets` holds the stage aimed at by characteristic.
    """
    yield from _find_narrowed_scope(ladders)
    yield from _about("stage-untested", (each.id for each in ladders if _is_untested(each)))
    yield from _about("thin-base", (each.id for each in ladders if _is_thin(each)))
    questions = {question.id for question in definition.questionnaire.context}
    if questions and not questions & set(panel.context):
        yield Notice("no-context")
    included = [each.id for each in ladders if each.included]
    yield from _about(
        "business-case", (name for name in included if _has_caution(definition, targets[name]))
    )
    now = sum(not step.deferred for step in steps)
    if now > MANY_STEPS and not definition.model.is_checklist:
        yield Notice("many-changes", count=now)
    yield from _about("weight-zero", _find_weightless(definition))
    differ = find_contradicted(panel.sources, definition)
    yield from _about("set-aside", (".".join(key) for key in differ))
    if any(source.adaptive for source in panel.sources):
        yield Notice("adaptive")
    if len({source.mode for source in panel.sources} - {None}) > 1:
        yield Notice("mixed-mode")


def _about(name: str, ids: Iterator[str]) -> Iterator[Notice]:
    """The notice about these, if there are any."""
    about = tuple(ids)
    if about:
        yield Notice(name, about)


def _find_narrowed_scope(ladders: Sequence[Ladder]) -> Iterator[Notice]:
    cells = [cell for ladder in ladders for cell in ladder.cells]
    left_out = sum(cell.not_applicable for cell in cells)
    if left_out > NARROWED * sum(cell.items for cell in cells):
        yield Notice("narrowed-scope", count=left_out)


def _is_untested(ladder: Ladder) -> bool:
    """Whether its stage stands above a cell that is n/a."""
    below = ladder.cells[: ladder.reading.stage or 0]
    return not all(cell.applicable for cell in below)


def _is_thin(ladder: Ladder) -> bool:
    """Whether its stage rests on a cell in which one item is left, because others are n/a."""
    below = ladder.cells[: ladder.reading.stage or 0]
    return any(cell.not_applicable and cell.items - cell.not_applicable == 1 for cell in below)


def _has_caution(definition: Definition, stage: int) -> bool:
    wanted = definition.model.stage(stage)
    return isinstance(wanted, Stage) and wanted.caution is not None


def _find_weightless(definition: Definition) -> Iterator[str]:
    for entry in definition.entries.values():
        if isinstance(entry.source, Item) and not entry.source.weight:
            yield entry.id
