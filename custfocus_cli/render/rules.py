"""How the model judges otherwise than before: the gate, the points, the weights."""

from __future__ import annotations

from collections.abc import Iterator

from custfocus_cli.changes.compare import Comparison
from custfocus_cli.documents.model import Model
from custfocus_cli.wording.numbers import amount
from custfocus_cli.wording.phrases import listed


def list_rules(comparison: Comparison) -> Iterator[tuple[str, str]]:
    """What each changed rule is about, and a sentence on the change."""
    old, new = (card.definition.model for card in comparison.sides)
    if old.gate != new.gate:
        yield "The rules", _say_gates(old, new)
    if old.scale.points != new.scale.points:
        yield "The rules", _say_points(old, new)
    before, after = (model.scoring.min_coverage for model in (old, new))
    if before != after:
        text = f"An index takes {amount(100 * after)} % of the answers instead of"
        yield "The rules", f"{text} {amount(100 * before)} %."
    weights = {each.id: each.weight for each in old.characteristics}
    for each in new.characteristics:
        if weights.get(each.id, each.weight) != each.weight:
            text = f"It weighs {amount(each.weight)} instead of {amount(weights[each.id])}."
            yield each.name, text


def _say_gates(old: Model, new: Model) -> str:
    if old.gate.every is None or new.gate.every is None:
        return "Another rule says when a stage is in place."
    now, then = (model.met_option.label for model in (new, old))
    return f"A stage asks for at least “{now}” in every item; it asked for “{then}” before."


def _say_points(old: Model, new: Model) -> str:
    pairs = [
        f"“{new.scale.label(code)}” {points} instead of {old.scale.points[code]}"
        for code, points in new.scale.points.items()
        if old.scale.points.get(code, points) != points
    ]
    return f"The answers bring other points{f': {listed(pairs)}' if pairs else ''}."
