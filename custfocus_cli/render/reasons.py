"""What stands behind a finding: the items that moved, the rules that changed, what holds it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from custfocus_cli.changes.compare import Change, Comparison
from custfocus_cli.changes.readings import Answered
from custfocus_cli.changes.versions import Key
from custfocus_cli.documents.definition import Entry
from custfocus_cli.render.moves import name_characteristic, weigh
from custfocus_cli.render.places import VERDICTS
from custfocus_cli.render.record import name_answer
from custfocus_cli.scoring.ladder import Reading, find_blocking_stage, listed_minimums
from custfocus_cli.scoring.scorecard import CharacteristicResult, Scorecard
from custfocus_cli.wording.gate import CAUSED
from custfocus_cli.wording.numbers import amount
from custfocus_cli.wording.phrases import listed

MOST: Final = 3
"""How many items or rules are named behind one finding."""

Items = Mapping[Key, Answered]
Behind = Mapping[str, Sequence[Change[Answered]]]


# --- why something fell ----------------------------------------------------------------------


def say_reason(change: Change[Reading], comparison: Comparison, behind: Behind) -> str:
    """Why the organisation or a characteristic fell, to follow a comma; empty where unknown."""
    if change.cause is None:
        return ""
    if change.cause in CAUSED:
        list_what = _list_rules if change.cause == "scoring" else _list_reworded
        what = listed(tuple(list_what(change, comparison)), MOST)
        return f"{CAUSED[change.cause]}: {what}" if what else CAUSED[change.cause]
    if change.scope == "organisation":
        pulling = _list_parts(change, comparison)
        parts = [_name_part(each, comparison, behind) for each in pulling]
        return f"because of {listed(parts, MOST)}" if parts else ""
    moved = [_say_item(each, comparison) for each in behind.get(change.id, ())]
    return f"because {listed(moved, MOST)}" if moved else ""


def say_seen_items(
    kind: str, change: Change[Reading], comparison: Comparison, behind: Behind
) -> str:
    """By which answers of a kind people see something lower, to follow a comma; may be empty."""
    entries = comparison.versions.after
    seen = [each for each in behind.get(change.id, ()) if entries[each.id].kind == kind]
    moved = [_say_item(each, comparison) for each in seen]
    return f"because {listed(moved, MOST)}" if moved else ""


def find_behind(comparison: Comparison) -> Behind:
    """The items that could pull each characteristic down, what blocks its next stage first."""
    shared, entries = set(comparison.shared_items), comparison.versions.after
    behind: dict[str, list[Change[Answered]]] = {}
    for each in comparison.items:
        lost = each.verdict in ("regressed", "became-unknown", "scope-changed")
        if lost and each.id in shared and each.old is not None and each.old.state == "rated":
            behind.setdefault(entries[each.id].characteristic or "", []).append(each)
    blocking = {
        name
        for each in comparison.new.characteristics
        for name in (*each.blockers, *each.questions)
    }
    return {
        name: sorted(
            found,
            key=lambda each: (
                each.id not in blocking,
                VERDICTS.index(each.verdict),
                each.delta.points or 0,
            ),
        )
        for name, found in behind.items()
    }


def _say_item(change: Change[Answered], comparison: Comparison) -> str:
    before, after = (
        _name_code(answered, entries[change.id], card)
        for answered, entries, card in (
            (change.old, comparison.versions.before, comparison.old),
            (change.new, comparison.versions.after, comparison.new),
        )
    )
    if change.verdict == "regressed":
        return f"{change.id} fell from {before} to {after}"
    gone = change.verdict == "became-unknown"
    return f"{change.id} was {before} and {'is not known' if gone else 'does not apply'} any more"


def _name_code(answered: Answered | None, entry: Entry, card: Scorecard) -> str:
    code = None if answered is None else answered.code
    return f"“{name_answer(entry, code, card.definition.model)}”"


def find_first(change: Change[Reading], comparison: Comparison, behind: Behind) -> str | None:
    """The first item behind a fall that comes from answers alone; None where there is none."""
    if change.cause != "answers":
        return None
    parts = _list_parts(change, comparison) if change.scope == "organisation" else [change]
    return next((item.id for part in parts for item in behind.get(part.id, ())), None)


def _list_parts(change: Change[Reading], comparison: Comparison) -> list[Change[Reading]]:
    """The characteristics that hold the organisation below where it stood; else all that fell."""
    before = change.old.stage if change.old is not None else None
    fell = [each for each in comparison.characteristics if each.verdict == "regressed"]
    return [each for each in fell if _is_below(each, before)] or fell


def _name_part(change: Change[Reading], comparison: Comparison, behind: Behind) -> str:
    items = [item.id for item in behind.get(change.id, ())]
    named = f" ({listed(items, MOST)})" if items else ""
    return f"{name_characteristic(change, comparison)}{named}"


def _is_below(change: Change[Reading], stage: int | None) -> bool:
    now = None if change.new is None else change.new.stage
    return stage is not None and now is not None and now < stage


def _list_reworded(change: Change[Reading], comparison: Comparison) -> Iterator[str]:
    """The items of it that ask something else than before."""
    for name in comparison.shared_items:
        if name in comparison.versions.reworded and _is_part(name, change, comparison):
            yield f"{name} is asked otherwise"


def _is_part(name: str, change: Change[Reading], comparison: Comparison) -> bool:
    home = comparison.versions.after[name].characteristic
    return change.scope == "organisation" or home == change.id


def _list_rules(change: Change[Reading], comparison: Comparison) -> Iterator[str]:
    """What counts otherwise than before and bears on it, in words."""
    old, new = (card.definition.model for card in comparison.sides)
    if old.gate != new.gate and change.delta.stage != 0:
        if old.gate.every is not None and new.gate.every is not None:
            then, now = (model.scale.label(model.gate.every or "") for model in (old, new))
            yield f"a stage asked for at least “{then}”, now for “{now}”"
        else:
            yield "another rule says when a stage is in place"
    if old.scale.points != new.scale.points:
        yield "the answers bring other points"
    if old.scoring.min_coverage != new.scoring.min_coverage and change.delta.index is None:
        yield "another share of answers is needed for an index"
    if change.delta.index != 0:
        yield from _list_weights(change, comparison)


def _list_weights(change: Change[Reading], comparison: Comparison) -> Iterator[str]:
    before, after = comparison.versions.before, comparison.versions.after
    pairs = [
        (name, weigh(before[name]), weigh(after[name]))
        for name in comparison.shared_items
        if _is_part(name, change, comparison)
    ]
    if change.scope == "organisation":
        old, new = (
            {each.id: each for each in card.definition.model.characteristics}
            for card in comparison.sides
        )
        pairs = [
            *(
                (each.name, old[name].weight, each.weight)
                for name, each in new.items()
                if name in old
            ),
            *pairs,
        ]
    for name, then, now in pairs:
        if then != now:
            yield f"the weight of {name} was {amount(then)} and is {amount(now)}"


# --- what holds something where it stands ----------------------------------------------------


class Holding(NamedTuple):
    """The items that hold one characteristic below its next stage, those rated too low apart."""

    characteristic: str
    low: tuple[str, ...]
    unknown: tuple[str, ...]


def find_holding(
    card: Scorecard, items: Items, stage: int, only: str | None = None
) -> tuple[Holding, ...]:
    """What holds characteristics below a stage, in order; `only` names one of them.

    `items` are those of the result as they were answered.
    """
    return tuple(
        _hold(each, card, items)
        for each in card.characteristics
        if (each.id == only if only is not None else each.included)
        and each.reading.stage is not None
        and each.reading.stage < stage
    )


def _hold(result: CharacteristicResult, card: Scorecard, items: Items) -> Holding:
    model, low, unknown = card.definition.model, [], []
    blocking = find_blocking_stage(result.cells, model)
    for stage in () if blocking is None else listed_minimums(blocking, model):
        for item in card.definition.cell(result.id, stage):
            answered = items.get(("item", item.id))
            if answered is None or answered.state == "not-applicable":
                continue
            enough = answered.best if model.gate.every is None else model.met_option.points
            if answered.points is None:
                unknown.append(item.id)
            elif answered.points < enough:
                low.append(item.id)
    return Holding(result.id, tuple(low), tuple(unknown))


def name_holding(card: Scorecard, items: Items, holding: tuple[Holding, ...], *, one: bool) -> str:
    """The items rated too low, with their answers where it is about one characteristic."""
    names = {each.id: each.name for each in card.definition.model.characteristics}
    entries, model = card.definition.entries, card.definition.model
    if one:
        low = [
            f"{name} (“{name_answer(entries[name], items['item', name].code, model)}”)"
            for each in holding
            for name in each.low
        ]
        return listed(low, MOST)
    return listed(
        [
            f"{names[each.characteristic]} ({listed(each.low, MOST)})"
            for each in holding
            if each.low
        ],
        MOST,
    )


def list_unknown(card: Scorecard, items: Items, only: str | None = None) -> tuple[str, ...]:
    """The items of stages that are unknown, of one characteristic or of all."""
    return tuple(
        name
        for name, entry in card.definition.entries.items()
        if entry.kind == "item"
        and (only is None or entry.characteristic == only)
        and ("item", name) in items
        and items["item", name].state == "unknown"
    )
