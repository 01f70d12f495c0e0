"""The definition: the digest follows meaning, and a questionnaire stands on another."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
import smallmodel

from custfocus_cli.documents.definition import stand_on
from custfocus_cli.documents.questionnaire import Questionnaire

Change = Callable[[dict[str, Any], dict[str, Any]], object]


def _item(questionnaire: dict[str, Any]) -> dict[str, Any]:
    first: dict[str, Any] = questionnaire["items"]["greeting"]["basic"][0]
    return first


CHANGES_NOTHING: dict[str, Change] = {
    "a label": lambda m, q: m["scales"]["degree"]["options"][0].update(label="Nope"),
    "a meaning": lambda m, q: m["scales"]["degree"]["options"][0].update(meaning="Nothing."),
    "a probe": lambda m, q: _item(q).update(probe="Who?"),
    "a metric": lambda m, q: _item(q).update(metric="Share of guests"),
    "a description": lambda m, q: q.update(description="Four questions."),
    "a title": lambda m, q: q.update(title="Desk"),
    "a version": lambda m, q: q.update(version="1.1.0"),
    "the order of characteristics": lambda m, q: m["characteristics"].reverse(),
    "the order of keys": lambda m, q: q.update(items=dict(reversed(list(q["items"].items())))),
    "a default spelt out": lambda m, q: _item(q).update(weight="1.0", allow_na="true"),
    "the gate's default spelt out": lambda m, q: m["scoring"].pop("gate"),
    "a target": lambda m, q: m["targets"][0].update(default="1"),
}

CHANGES_RESULTS: dict[str, Change] = {
    "a statement": lambda m, q: _item(q).update(statement="Guests are greeted at once."),
    "an item's weight": lambda m, q: _item(q).update(weight="2"),
    "whether an item may not apply": lambda m, q: _item(q).update(allow_na="false"),
    "an item's id": lambda m, q: _item(q).update(id="g-9"),
    "an item's stage": lambda m, q: q["items"]["greeting"]["good"].append(
        q["items"]["greeting"]["basic"].pop()
    ),
    "a perception item's scale": lambda m, q: q["items"]["greeting"]["perception"][0].update(
        scale="degree"
    ),
    "a characteristic's weight": lambda m, q: m["characteristics"][0].update(weight="0.5"),
    "a characteristic's area": lambda m, q: (
        m["areas"].append({"id": "hall", "name": "Hall"}),
        m["characteristics"][0].update(area="hall"),
    ),
    "the order of stages": lambda m, q: m["stages"].reverse(),
    "points": lambda m, q: m["scales"]["degree"]["options"][2].update(points="3"),
    "the gate": lambda m, q: m["scoring"].update(gate={"every": "half"}),
    "no gate": lambda m, q: m["scoring"].update(gate="none"),
    "the coverage asked for": lambda m, q: m["scoring"].update(min_coverage="0.5"),
    "an evidence cap": lambda m, q: m["scoring"].update(evidence_cap={}),
    "a balance item's theme": lambda m, q: (
        m["themes"].append({"id": "x", "name": "X", "risk": "R"}),
        q["balance"][0].update(theme="x"),
    ),
    "a dropped item": lambda m, q: q["items"]["waiting"].pop("good"),
}


def _digest(change: Change | None = None) -> str:
    model, questionnaire = smallmodel.model_data(), smallmodel.questionnaire_data()
    if change is not None:
        change(model, questionnaire)
    return smallmodel.definition(model, questionnaire).digest


@pytest.mark.parametrize("what", CHANGES_NOTHING)
def test_digest_is_the_same_after(what: str) -> None:
    assert _digest(CHANGES_NOTHING[what]) == _digest()


@pytest.mark.parametrize("what", CHANGES_RESULTS)
def test_digest_differs_after(what: str) -> None:
    assert _digest(CHANGES_RESULTS[what]) != _digest()


def test_entries_hold_everything_that_can_be_answered_in_order() -> None:
    entries = smallmodel.definition().entries
    assert [(e.id, e.kind, e.characteristic, e.stage, e.codes) for e in entries.values()] == [
        ("g-1", "item", "greeting", 1, ("no", "half", "yes", "DK", "NA")),
        ("g-2", "item", "greeting", 2, ("no", "half", "yes", "DK", "NA")),
        ("g-p", "perception", "greeting", None, ("never", "daily", "DK")),
        ("w-1", "item", "waiting", 1, ("no", "half", "yes", "DK", "NA")),
        ("w-2", "item", "waiting", 2, ("no", "half", "yes", "DK", "NA")),
        ("w-place", "placement", "waiting", None, ("0", "1", "2", "DK")),
        ("b-guard", "balance", None, None, ("no", "half", "yes", "DK", "NA")),
        ("b-sign", "balance", None, None, ("never", "daily", "DK")),
    ]


def _derived(**keys: Any) -> Questionnaire:
    written = {"id": "own", "version": "1", "based_on": "desk-4", **keys}
    base = Questionnaire.model_validate(smallmodel.QUESTIONNAIRE)
    return stand_on(Questionnaire.model_validate(written), base)


def _ids(questionnaire: Questionnaire) -> list[str]:
    return [
        item.id
        for block in questionnaire.items.values()
        for items in (*block.stages.values(), block.perception)
        for item in items
    ]


def test_what_is_not_named_is_inherited() -> None:
    base = Questionnaire.model_validate(smallmodel.QUESTIONNAIRE)
    assert _derived() == base.model_copy(update={"id": "own", "version": "1"})


def test_select_by_tag_keeps_items_and_the_balance_check() -> None:
    whole = _derived(select={"tag": "short"})
    assert _ids(whole) == ["g-1"]
    assert len(whole.balance) == 2
    assert whole.items["greeting"].placement is None


def test_select_by_id_keeps_the_order_of_the_base() -> None:
    assert _ids(_derived(select={"items": ["w-2", "g-1"]})) == ["g-1", "w-2"]


def test_override_changes_only_what_it_names() -> None:
    changed = _derived(override={"g-1": {"statement": "Guests are seen.", "weight": "2"}})
    item = changed.items["greeting"].stages["basic"][0]
    assert (item.statement, item.weight, item.tags) == ("Guests are seen.", Fraction(2), ("short",))


def test_own_items_come_after_those_of_the_base() -> None:
    own = {"greeting": {"basic": [{"id": "g-own", "statement": "The door stands open."}]}}
    assert _ids(_derived(items=own)) == ["g-1", "g-own", "g-2", "g-p", "w-1", "w-2"]


def test_an_empty_list_drops_a_block() -> None:
    whole = _derived(balance=[], context=[])
    assert (whole.balance, whole.context) == ((), ())
