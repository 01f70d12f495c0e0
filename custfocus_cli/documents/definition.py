"""The definition: a whole questionnaire joined with its model, as answers are scored by it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from custfocus_cli.documents.fields import decimal_text
from custfocus_cli.documents.model import Model, Scale, Special
from custfocus_cli.documents.questionnaire import (
    BalanceItem,
    Block,
    Item,
    Placement,
    Questionnaire,
)

Kind = Literal["item", "perception", "placement", "balance"]


class Entry(NamedTuple):
    """Something an answer can be given to, and where it stands.

    `stage` counts from 1 and is None outside the ladder; `scale` is None for a placement, whose
    answers are stage numbers; `characteristic` is None for the balance check.
    """

    id: str
    kind: Kind
    statement: str
    source: Item | Placement | BalanceItem
    scale: Scale | None
    codes: tuple[str, ...]
    allow_na: bool
    characteristic: str | None = None
    stage: int | None = None


@dataclass(frozen=True)
class Definition:
    """A questionnaire that is whole, with the model it asks about."""

    questionnaire: Questionnaire
    model: Model

    @property
    def id(self) -> str:
        """The questionnaire's id."""
        return self.questionnaire.id

    @property
    def title(self) -> str:
        """The questionnaire's title, or its id."""
        return self.questionnaire.title or self.questionnaire.id

    @property
    def has_stages(self) -> bool:
        """Whether it asks items of stages, and so gives a stage and an index."""
        return self.asks("item")

    def asks(self, kind: Kind) -> bool:
        """Whether it asks anything of that kind."""
        return any(entry.kind == kind for entry in self.entries.values())

    def cell(self, characteristic: str, stage: int) -> tuple[Item, ...]:
        """The items of one characteristic at one stage (from 1), in questionnaire order."""
        block = self.questionnaire.items.get(characteristic)
        return block.stages.get(self.model.stages[stage - 1].id, ()) if block else ()

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        """Everything an answer can be given to, by id, in questionnaire order."""
        return {entry.id: entry for entry in self._entries()}

    def shares_model(self, other: Definition) -> bool:
        """Whether both stand on one model: the same in all but words, whatever it is called."""
        return _model_content(self.model) == _model_content(other.model)

    @cached_property
    def digest(self) -> str:
        """What results depend on, as `sha256:` and 64 hex digits: equal where meaning is equal."""
        text = json.dumps(_meaning(self), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return "sha256:" + hashlib.sha256(text.encode()).hexdigest()

    def _entries(self) -> Iterator[Entry]:
        model = self.model
        for characteristic, block in self.questionnaire.items.items():
            for stage, items in _in_ladder_order(block, model):
                for item in items:
                    yield _entry("item", item, model.scale, characteristic, stage)
            for item in block.perception:
                yield _entry("perception", item, model.scales[item.scale or ""], characteristic)
            if block.placement is not None:
                yield _placement(block.placement, model, characteristic)
        for balance in self.questionnaire.balance:
            yield _entry("balance", balance, model.scales[balance.scale])


def _in_ladder_order(block: Block, model: Model) -> Iterator[tuple[int, tuple[Item, ...]]]:
    """The cells of a block from the lowest stage up, whatever their order in the file."""
    for number, stage in enumerate(model.stages, start=1):
        yield number, block.stages.get(stage.id, ())


def _entry(
    kind: Kind,
    item: Item | BalanceItem,
    scale: Scale,
    characteristic: str | None = None,
    stage: int | None = None,
) -> Entry:
    return Entry(
        item.id,
        kind,
        item.statement,
        item,
        scale,
        scale.codes,
        item.allow_na,
        characteristic,
        stage,
    )


def _placement(placement: Placement, model: Model, characteristic: str) -> Entry:
    unknown = model.scale.dont_know
    codes = (*map(str, range(model.top + 1)), *((unknown.code,) if unknown else ()))
    return Entry(
        placement.id, "placement", placement.question, placement, None, codes, False, characteristic
    )


def _special(special: Special | None) -> str | None:
    return special.code if special else None


def _meaning(definition: Definition) -> dict[str, object]:
    """What the result depends on, and nothing else: no labels, probes, metrics, descriptions."""
    model = definition.model
    items = {entry.id: _item_meaning(entry, model) for entry in definition.entries.values()}
    return {**_model_meaning(model), "items": items}


def _model_content(model: Model) -> dict[str, object]:
    """Everything of a model that is not words: what results depend on, and what may be chosen."""
    return {
        **_model_meaning(model),
        "areas": [area.id for area in model.areas],
        "evidence": [each.level for each in model.evidence_levels],
        "targets": [(each.id, each.default, each.characteristics) for each in model.targets],
        "default_target": model.default_target,
        "themes": [theme.id for theme in model.themes],
    }


def _model_meaning(model: Model) -> dict[str, object]:
    scoring = model.scoring
    gate = model.gate
    return {
        "stages": [stage.id for stage in model.stages],
        "characteristics": {
            each.id: {"area": each.area, "weight": decimal_text(each.weight)}
            for each in model.characteristics
        },
        "scales": {
            name: {
                "options": [[option.code, option.points] for option in scale.options],
                "dont_know": _special(scale.dont_know),
                "not_applicable": _special(scale.not_applicable),
            }
            for name, scale in model.scales.items()
        },
        "stage_scale": model.stage_scale,
        "scoring": {
            "every": gate.every,
            "percent": {
                stage: {below: decimal_text(least) for below, least in listed.items()}
                for stage, listed in (gate.percent or {}).items()
            },
            "min_coverage": decimal_text(scoring.min_coverage),
            "max_lead": scoring.max_lead,
            "evidence_cap": dict(scoring.evidence_cap),
            "signal_from": scoring.signal_from,
        },
    }


def _item_meaning(entry: Entry, model: Model) -> dict[str, object]:
    source = entry.source
    meaning: dict[str, object] = {
        "statement": entry.statement,
        "kind": entry.kind,
        "characteristic": entry.characteristic,
        "stage": model.stages[entry.stage - 1].id if entry.stage else None,
        "allow_na": entry.allow_na,
        "scale": getattr(source, "scale", None) or model.stage_scale,
    }
    if isinstance(source, Item):
        meaning["weight"] = decimal_text(source.weight)
    if isinstance(source, BalanceItem):
        meaning |= {"theme": source.theme, "role": source.kind}
    return meaning


def stand_on(derived: Questionnaire, base: Questionnaire) -> Questionnaire:
    """The whole questionnaire that `derived` writes in short: what it does not name is the base's.

    `select` keeps items of the base, `override` changes them, items of its own come after them in
    their cell.
    """
    kept = {name: _adapt(block, derived) for name, block in base.items.items()}
    for name, block in derived.items.items():
        kept[name] = _join(kept[name], block) if name in kept else block
    own = derived.model_fields_set - {"based_on", "select", "override", "items"}
    update = {name: getattr(derived, name) for name in own}
    return base.model_copy(update=update | {"items": {k: b for k, b in kept.items() if _any(b)}})


def _adapt(block: Block, derived: Questionnaire) -> Block:
    return _block(
        {stage: _chosen(items, derived) for stage, items in block.stages.items()},
        _chosen(block.perception, derived),
        block.placement if _selected(block.placement, derived) else None,
    )


def _chosen(items: tuple[Item, ...], derived: Questionnaire) -> tuple[Item, ...]:
    changes = derived.override
    return tuple(
        item.model_copy(
            update={
                name: getattr(changes[item.id], name) for name in changes[item.id].model_fields_set
            }
        )
        if item.id in changes
        else item
        for item in items
        if _selected(item, derived)
    )


def _selected(item: Item | Placement | None, derived: Questionnaire) -> bool:
    select = derived.select
    if select is None or item is None:
        return True
    if select.items is not None:
        return item.id in select.items
    return isinstance(item, Item) and select.tag in item.tags


def _join(base: Block, own: Block) -> Block:
    stages = {
        stage: base.stages.get(stage, ()) + own.stages.get(stage, ())
        for stage in (*base.stages, *(s for s in own.stages if s not in base.stages))
    }
    return _block(stages, base.perception + own.perception, own.placement or base.placement)


def _block(
    stages: Mapping[str, tuple[Item, ...]],
    perception: tuple[Item, ...],
    placement: Placement | None,
) -> Block:
    kept = {stage: items for stage, items in stages.items() if items}
    return Block.model_construct(None, perception=perception, placement=placement, **kept)


def _any(block: Block) -> bool:
    return bool(any(block.stages.values()) or block.perception or block.placement)


def resolve(questionnaire: Questionnaire, model: Model) -> Definition:
    """The definition of a whole questionnaire; a nameless model takes the questionnaire's name."""
    named = model
    if model.id is None:
        named = model.model_copy(
            update={
                "id": questionnaire.id,
                "version": questionnaire.version,
                "title": model.title or questionnaire.title,
            }
        )
    return Definition(questionnaire, named)
