"""What changed beside the ratings: the evidence behind them, the notes, the head of the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from custfocus_cli.changes.compare import Comparison
from custfocus_cli.documents.assessment import Answer
from custfocus_cli.documents.model import Model
from custfocus_cli.render.moves import MovedItem, is_same_range, say_stages
from custfocus_cli.scoring.ladder import Reading
from custfocus_cli.wording.phrases import count, counted, listed, sentence

_NAMED: Final = 3
"""How many items are named where nothing but their notes changed."""


class Backing(NamedTuple):
    """How the evidence changed, in sentences, and the items of which there is less."""

    text: str
    weaker: tuple[MovedItem, ...]


def compare_evidence(comparison: Comparison, items: tuple[MovedItem, ...]) -> Backing | None:
    """The evidence of the items that are rated on both sides; None where it is what it was.

    None too where one side records no evidence at all: what nobody wrote down is not less.
    """
    old, new = (card.evidenced for card in comparison.sides)
    if old is None or new is None:
        return None
    levels = [_read_levels(card.panel.answers) for card in comparison.sides]
    both = [each for each in items if each.change.delta.points is not None]
    before, after = ([side.get(each.id, 0) for each in both] for side in levels)
    moved = list(zip(both, before, after, strict=True))
    model = comparison.new.definition.model
    weaker = [
        each._replace(move=f"evidence from {_name(earlier, model)} to {_name(later, model)}")
        for each, earlier, later in moved
        if later < earlier
    ]
    texts = _count(len(weaker), sum(later > earlier for _, earlier, later in moved))
    if not comparison.versions.differ and _is_news(comparison, old.reading, new.reading):
        said = say_stages(old.reading, new.reading, model)
        texts = [*texts, f"With evidence counted, {comparison.new.panel.organisation} {said}."]
    return Backing(" ".join(texts), tuple(weaker)) if texts else None


def _is_news(comparison: Comparison, old: Reading, new: Reading) -> bool:
    """Whether the stage as evidenced moved otherwise than the stage as answered."""
    whole = comparison.organisation
    if old.stage is None or whole.old is None or whole.new is None or is_same_range(old, new):
        return False
    return not (is_same_range(old, whole.old) and is_same_range(new, whole.new))


def _read_levels(answers: Mapping[str, Answer]) -> Mapping[str, int]:
    return {name: int(each.evidence or 0) for name, each in answers.items()}


def _name(level: int, model: Model) -> str:
    labels = {each.level: each.label for each in model.evidence_levels}
    return f"“{labels.get(level, str(level))}”"


def _count(weaker: int, stronger: int) -> list[str]:
    """How many answers have less behind them, and how many more."""
    found = [(number, word) for number, word in ((weaker, "less"), (stronger, "more")) if number]
    parts = [
        f"{count(number) if place else counted(number, 'answer')}"
        f" {'has' if number == 1 else 'have'} {word}{'' if place else ' evidence than before'}"
        for place, (number, word) in enumerate(found)
    ]
    return [f"{sentence(', and '.join(parts))}."] if parts else []


# --- where no rating moved -------------------------------------------------------------------


def say_rest(comparison: Comparison) -> str:
    """What changed where no rating did."""
    found = [*_list_rest(comparison)]
    if not found:
        return "No rating, evidence or note changed."
    return f"No rating changed. What did: {'; '.join(found)}."


def _list_rest(comparison: Comparison) -> Iterator[str]:
    old, new = (card.panel for card in comparison.sides)
    asked = dict.fromkeys((*comparison.versions.after, *comparison.versions.before))
    sides = {
        name: [_read_answer(panel.answers.get(name)) for panel in (old, new)] for name in asked
    }
    for what in _read_answer(None):
        found = [name for name, (earlier, later) in sides.items() if earlier[what] != later[what]]
        if found:
            yield f"{what} {listed(found, _NAMED)}"
    for what, earlier, later in (
        ("the target", old.target, new.target),
        ("the figures", old.figures, new.figures),
        ("what is said of the customers", old.context, new.context),
    ):
        if earlier != later:
            yield what


def _read_answer(answer: Answer | None) -> Mapping[str, object]:
    """Everything of an answer, by what it is called before the id of its item."""
    given = answer or Answer(answer="")
    return {
        "the answer to": given.answer,
        "the evidence of": given.evidence,
        "the note of": given.note,
        "the reason of": given.reason,
        "the source of": (given.by, given.on),
    }
