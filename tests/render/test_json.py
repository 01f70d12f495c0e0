"""The scorecard as JSON against the example of its contract, and the plan in the same spirit."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from render.cards import score_sample, score_sheet
from shipped import SAMPLES

from custfocus_cli import __version__
from custfocus_cli.render.formats import PLAN, SCORE
from custfocus_cli.render.terminal import Terminal
from custfocus_cli.scoring.scorecard import Scorecard

# Every key of the example in the contract, in its order; `*` stands for each entry of a list.
CONTRACT = """\
format
tool
tool.name
tool.version
questionnaire
questionnaire.id
questionnaire.version
questionnaire.digest
questionnaire.matches
organisation
scope
date
respondents
target
result
result.stage
result.stage_low
result.stage_high
result.stage_id
result.status
result.index
result.index_low
result.index_high
result.coverage
result.to_target
result.distribution
result.distribution.0
result.distribution.1
result.distribution.2
result.distribution.3
evidenced
evidenced.stage
evidenced.stage_low
evidenced.stage_high
evidenced.index
evidenced.share
areas
areas.*.id
areas.*.stage
areas.*.stage_low
areas.*.stage_high
areas.*.status
areas.*.index
areas.*.index_low
areas.*.index_high
areas.*.coverage
characteristics
characteristics.*.id
characteristics.*.area
characteristics.*.applicable
characteristics.*.target
characteristics.*.stage
characteristics.*.stage_low
characteristics.*.stage_high
characteristics.*.status
characteristics.*.index
characteristics.*.index_low
characteristics.*.index_high
characteristics.*.coverage
characteristics.*.evidenced_stage
characteristics.*.evidenced_index
characteristics.*.cells
characteristics.*.cells.*.stage
characteristics.*.cells.*.applicable
characteristics.*.cells.*.percent
characteristics.*.cells.*.percent_low
characteristics.*.cells.*.percent_high
characteristics.*.cells.*.in_place
characteristics.*.cells.*.in_place_high
characteristics.*.cells.*.items
characteristics.*.cells.*.rated
characteristics.*.cells.*.met
characteristics.*.cells.*.unknown
characteristics.*.cells.*.not_applicable
characteristics.*.next_stage
characteristics.*.blockers
characteristics.*.questions
characteristics.*.ahead
characteristics.*.smallest_step
characteristics.*.smallest_step.*.item
characteristics.*.smallest_step.*.from
characteristics.*.smallest_step.*.to
characteristics.*.placed_stage
characteristics.*.perception_index
characteristics.*.perception_kind
next_steps
next_steps.*.rank
next_steps.*.characteristic
next_steps.*.to_stage
next_steps.*.blockers
next_steps.*.questions
next_steps.*.ahead
next_steps.*.deferred
balance
balance.flags
balance.flags.*.theme
balance.flags.*.flag
balance.flags.*.safeguard_weak
balance.flags.*.signal_frequent
balance.economic_test
balance.economic_test.result
balance.economic_test.ratio
balance.economic_test.cost
balance.economic_test.benefit
notices
notices.*.id
notices.*.message
""".splitlines()

# New keys may come within a major version; these have.
ADDED = {
    *("areas.*.applicable", "characteristics.*.smallest_step_exact"),
    *("voices", "voices.panels", "voices.perception_gaps"),
    *("result.smallest_step", "result.smallest_step_exact"),
    *(f"result.smallest_step.*.{key}" for key in ("item", "from", "to")),
}


def list_keys(value: object, path: str = "") -> Iterator[str]:
    """The path of every key, in the order of the text."""
    if isinstance(value, dict):
        for key, inside in value.items():
            yield f"{path}{key}"
            yield from list_keys(inside, f"{path}{key}.")
    elif isinstance(value, list):
        for inside in value:
            yield from list_keys(inside, f"{path}*.")


def load(card: Scorecard) -> Any:
    return json.loads(SCORE["json"](card, Terminal()))


def test_the_keys_are_those_of_the_contract_in_its_order() -> None:
    keys = list(dict.fromkeys(list_keys(load(score_sample("quillmarsh-2025")))))
    assert [key for key in keys if key not in ADDED] == CONTRACT
    assert set(keys) - set(CONTRACT) == ADDED


def test_the_numbers_are_those_of_the_contract() -> None:
    result = load(score_sample("quillmarsh-2025"))
    assert result["tool"] == {"name": "custfocus", "version": __version__}
    assert {k: v for k, v in result["questionnaire"].items() if k != "digest"} == {
        "id": "interview-72",
        "version": "1.0.0",
        "matches": True,
    }
    assert [result[key] for key in ("organisation", "scope", "date", "respondents", "target")] == [
        "Quillmarsh Parcels",
        "whole organisation",
        "2025-11-10",
        1,
        "professional",
    ]
    organisation = dict(result["result"])
    # domain.md 6.1: one answer short in each of three characteristics holds it at stage 0.
    assert [change["item"] for change in organisation.pop("smallest_step")] == [
        "wo-1a",
        "st-1b",
        "re-1b",
    ]
    assert organisation == {
        "stage": 0,
        "stage_low": 0,
        "stage_high": 0,
        "stage_id": "not-yet",
        "status": "exact",
        "index": 42.1296,
        "index_low": 41.6667,
        "index_high": 43.0556,
        "coverage": 0.9861,
        "to_target": 37.5,
        "distribution": {"0": 3, "1": 9, "2": 0, "3": 0},
        "smallest_step_exact": True,
    }
    assert result["evidenced"] == {
        "stage": 0,
        "stage_low": 0,
        "stage_high": 0,
        "index": 42.1296,
        "share": 1.0,
    }
    vision = result["characteristics"][0]
    assert vision["cells"][0] == {
        "stage": 1,
        "applicable": True,
        "percent": 83.3333,
        "percent_low": 83.3333,
        "percent_high": 83.3333,
        "in_place": True,
        "in_place_high": True,
        "items": 2,
        "rated": 2,
        "met": 2,
        "unknown": 0,
        "not_applicable": 0,
    }
    assert vision["smallest_step"] == [
        {"item": "sv-2a", "from": "P", "to": "L"},
        {"item": "sv-2b", "from": "N", "to": "L"},
    ]
    assert result["next_steps"][0] == {
        "rank": 1,
        "characteristic": "whole-organisation",
        "to_stage": 1,
        "blockers": ["wo-1a"],
        "questions": [],
        "ahead": result["next_steps"][0]["ahead"],
        "deferred": False,
    }
    assert {
        "theme": "economics",
        "flag": "red",
        "safeguard_weak": True,
        "signal_frequent": True,
    } in result["balance"]["flags"]
    assert result["balance"]["economic_test"] == {
        "result": "does-not-pay",
        "ratio": 0.6129,
        "cost": 310000,
        "benefit": 190000,
    }


def test_without_a_gate_stages_are_null_and_steps_are_none() -> None:
    result = load(score_sheet("no gate"))
    assert result["result"]["distribution"] is None
    assert result["result"]["status"] is None
    assert result["next_steps"] == []
    stages = {key: value for key, value in result["result"].items() if key.startswith("stage")}
    assert stages == {"stage": None, "stage_low": None, "stage_high": None, "stage_id": None}
    assert {cell["in_place"] for c in result["characteristics"] for cell in c["cells"]} == {None}


def test_what_does_not_apply_is_listed_without_numbers() -> None:
    result = load(score_sheet("one of two does not apply"))
    vision, voice = result["characteristics"]
    assert (vision["applicable"], voice["applicable"]) == (True, False)
    assert (voice["stage"], voice["index"], voice["coverage"]) == (None, None, None)
    assert voice["next_stage"] is None
    assert voice["smallest_step"] == voice["blockers"] == []
    assert voice["cells"][0] == {
        "stage": 1,
        "applicable": False,
        "percent": None,
        "percent_low": None,
        "percent_high": None,
        "in_place": None,
        "in_place_high": None,
        "items": 1,
        "rated": 0,
        "met": 0,
        "unknown": 0,
        "not_applicable": 1,
    }


def test_nothing_that_applies_is_insufficient() -> None:
    result = load(score_sheet("nothing applies"))
    assert (result["result"]["stage"], result["result"]["status"]) == (None, "insufficient")
    assert result["areas"][0]["applicable"] is False


def test_a_target_of_its_own_is_written_as_its_stages() -> None:
    result = load(score_sheet("a target of its own"))
    assert result["target"] == {"default": 2, "characteristics": {"voice": 3}}
    assert [each["target"] for each in result["characteristics"]] == [2, 3]


def test_without_evidence_there_is_no_evidenced_reading() -> None:
    result = load(score_sheet("one characteristic"))
    assert result["evidenced"] is None
    assert result["characteristics"][0]["evidenced_stage"] is None


def test_an_open_answer_changes_from_null() -> None:
    result = load(score_sheet("nothing answered"))
    assert result["characteristics"][1]["smallest_step"] == [
        {"item": "voice-1a", "from": None, "to": "L"}
    ]


@pytest.mark.parametrize("name", SAMPLES)
def test_the_plan_holds_the_steps_of_the_scorecard(name: str) -> None:
    card = score_sample(name)
    plan = json.loads(PLAN["json"](card, Terminal()))
    steps = load(card)["next_steps"]
    assert plan["format"] == "custfocus/plan/1"
    assert [
        {
            "rank": step["rank"],
            "characteristic": step["characteristic"],
            "to_stage": step["to_stage"],
            "blockers": [t["item"] for t in step["tasks"] if t["kind"] == "raise"],
            "questions": [t["item"] for t in step["tasks"] if t["kind"] == "find-out"],
            "ahead": step["ahead"],
            "deferred": step["deferred"],
        }
        for step in plan["steps"]
    ] == steps
