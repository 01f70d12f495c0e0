"""The evidenced reading: an answer counts as far as its evidence carries it (domain rule 2.2.8)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction

from custfocus_cli.documents.assessment import Answer
from custfocus_cli.documents.definition import Definition
from custfocus_cli.documents.model import Model, Option
from custfocus_cli.scoring.ladder import ZERO, Ratings, walk_items


def records_evidence(given: Sequence[Mapping[str, Answer]], definition: Definition) -> bool:
    """Whether any answer to an item of a stage names an evidence level."""
    items = {item.id for _, _, item in walk_items(definition)}
    return any(
        answer.evidence is not None and name in items
        for answers in given
        for name, answer in answers.items()
    )


def carry(ratings: Ratings, answers: Mapping[str, Answer], model: Model) -> Ratings:
    """The ratings, each lowered to what the evidence of its answer carries.

    An answer without a level has the lowest, 0.
    """
    carried = {
        name: _carried(option, answers[name].evidence or 0, model)
        for name, option in ratings.options.items()
    }
    return Ratings(carried, ratings.not_applicable)


def _carried(option: Option, level: int, model: Model) -> Option:
    """The highest option, from this one down, that the level is enough for."""
    caps = model.scoring.evidence_cap
    down = [each for each in reversed(model.scale.options) if each.points <= option.points]
    return next((each for each in down if caps.get(each.code, 0) <= level), down[-1])


def share_carried(
    stated: Ratings, carried: Ratings, definition: Definition, included: Collection[str]
) -> Fraction | None:
    """The weight of met answers that keep their code, over the weight of all; None without any.

    Both over the items of the included characteristics.
    """
    met_points = definition.model.met_option.points
    met = kept = ZERO
    for characteristic, _, item in walk_items(definition):
        option = stated.options.get(item.id)
        if option is None or option.points < met_points or characteristic not in included:
            continue
        met += item.weight
        kept += item.weight if carried.options[item.id] == option else ZERO
    return kept / met if met else None
