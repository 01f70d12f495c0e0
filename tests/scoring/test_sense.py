"""The warnings about what is allowed and yet makes little sense (formats.md 1.2)."""

from __future__ import annotations

import re
from typing import Any

import pytest
from shipped import FOLDER, read_definition, read_model, read_questionnaire, read_tree
from smallmodel import model_data, questionnaire_data

from custfocus_cli.documents.definition import resolve, stand_on
from custfocus_cli.documents.fields import Finding, Loc
from custfocus_cli.documents.model import Model
from custfocus_cli.documents.questionnaire import Questionnaire
from custfocus_cli.scoring.sense import SENSE_RULES, check_model_sense, check_sense

Data = dict[str, Any]


def find(questionnaire: Data, model: Data | None = None) -> list[tuple[Loc, str]]:
    """The places and rules of the warnings; `model` None stands inside the questionnaire."""
    written = Questionnaire.model_validate(questionnaire)
    inside = written.model if isinstance(written.model, Model) else None
    made = inside or Model.model_validate(model or model_data())
    return [(each.loc, each.rule) for each in check_sense(written, resolve(written, made))]


def find_derived(**keys: Any) -> list[tuple[Loc, str]]:
    """The warnings about a questionnaire that stands on the small one."""
    base = Questionnaire.model_validate(questionnaire_data())
    data = {"id": "own", "version": "1", "based_on": "desk-4", **keys}
    written = Questionnaire.model_validate(data)
    definition = resolve(stand_on(written, base), Model.model_validate(model_data()))
    return [(each.loc, each.rule) for each in check_sense(written, definition)]


def change_first(**keys: Any) -> Data:
    data = questionnaire_data()
    data["items"]["greeting"]["basic"][0].update(keys)
    return data


def put_inside(**model: Any) -> Data:
    return {**questionnaire_data(), "model": {**model_data(), **model}}


FIRST: Loc = ("items", "greeting", "basic", 0)


def test_a_sensible_questionnaire_has_no_warning() -> None:
    assert find(questionnaire_data()) == []
    assert find(put_inside()) == []


@pytest.mark.parametrize("name", ["interview-72", "team-36"])
def test_the_shipped_questionnaires_have_no_warning(name: str) -> None:
    assert list(check_sense(read_questionnaire(name), read_definition(name))) == []
    assert list(check_model_sense(read_model())) == []


def test_the_questionnaire_to_start_from_has_no_warning() -> None:
    written = Questionnaire.model_validate(read_tree(FOLDER / "start" / "questionnaire.yaml"))
    assert isinstance(written.model, Model)
    assert list(check_sense(written, resolve(written, written.model))) == []


@pytest.mark.parametrize(
    ("statement", "rules"),
    [
        ("Guests are greeted.", []),
        ("Guests are not greeted late.", ["negation"]),
        ("NO guest waits.", ["negation"]),
        ("Guests don't wait.", ["negation"]),
        ("Guests don\u2019t wait.", ["negation"]),
        ("The desk lacks a bell.", ["negation"]),
        ("Only staff greet guests.", ["negation"]),
        ("Guests are greeted and seated.", ["two-ideas"]),
        ("Guests are greeted or seated, never both.", ["negation", "two-ideas"]),
        # parts of words are none
        ("The notice stands on the northern floor.", []),
        ("A failure is noted in the handbook for sailors.", []),
    ],
)
def test_the_words_of_a_statement(statement: str, rules: list[str]) -> None:
    found = find(change_first(statement=statement))
    assert found == [((*FIRST, "statement"), rule) for rule in rules]


def test_only_english_is_read() -> None:
    data = change_first(statement="Gast and not.")
    assert len(find({**data, "language": "en-GB"})) == 2
    assert find({**data, "language": "de"}) == []
    assert find({**data, "language": "enm"}) == []


def test_statements_of_every_kind_are_read() -> None:
    data = questionnaire_data()
    data["items"]["greeting"]["perception"][0]["statement"] = "I feel welcome and safe."
    data["balance"][1]["statement"] = "Guests never come back."
    data["items"]["waiting"]["placement"]["question"] = "How long, and where, or not?"
    assert find(data) == [
        (("items", "greeting", "perception", 0, "statement"), "two-ideas"),
        (("balance", 1, "statement"), "negation"),
    ]


def test_a_weight_of_0() -> None:
    assert find(change_first(weight="0")) == [((*FIRST, "weight"), "weight-zero")]


def test_a_characteristic_of_weight_0() -> None:
    model = model_data()
    model["characteristics"][0]["weight"] = "0"
    items = (("items", "greeting"), "unread-item")
    # a model of its own file is warned about there
    assert find(questionnaire_data(), model) == [items]
    weight = (("model", "characteristics", 0, "weight"), "weight-zero")
    assert find(put_inside(**model)) == [weight, items]
    assert [(f.loc, f.rule) for f in check_model_sense(Model.model_validate(model))] == [
        (("characteristics", 0, "weight"), "weight-zero")
    ]


def test_a_stage_without_an_item() -> None:
    data = questionnaire_data()
    del data["items"]["greeting"]["good"]
    assert find(data) == [(("items", "greeting"), "empty-stage")]


def test_a_characteristic_without_an_item() -> None:
    data = questionnaire_data()
    del data["items"]["greeting"]
    assert find(data) == [(("items",), "unasked-characteristic")]


def test_a_questionnaire_that_asks_about_no_stage_is_no_ladder() -> None:
    data = questionnaire_data()
    for block in data["items"].values():
        del block["basic"], block["good"]
    assert find(data) == []
    assert find({**data, "items": {}}) == []


def test_a_theme_without_an_item() -> None:
    themes = [*model_data()["themes"], {"id": "rest", "name": "Rest", "risk": "Nobody rests."}]
    model = {**model_data(), "themes": themes}
    assert find(questionnaire_data(), model) == [(("balance",), "unused-theme")]
    assert find(put_inside(themes=themes)) == [(("model", "themes", 1), "unused-theme")]
    # whoever asks no balance check at all has left it out on purpose, and not in a model of his own
    without = {**questionnaire_data(), "balance": []}
    assert find(without, model) == []
    assert find({**put_inside(), "balance": []}) == [(("model", "themes", 0), "unused-theme")]


def test_a_scale_without_an_item() -> None:
    scales = {**model_data()["scales"], "spare": model_data()["scales"]["often"]}
    assert find(questionnaire_data(), {**model_data(), "scales": scales}) == []
    assert find(put_inside(scales=scales)) == [(("model", "scales", "spare"), "unused-scale")]


def test_a_target_that_changes_nothing() -> None:
    targets = [
        *model_data()["targets"],
        {"id": "half", "name": "Half", "default": "1", "characteristics": {"waiting": "1"}},
        {"id": "mixed", "name": "Mixed", "default": "1", "characteristics": {"waiting": "2"}},
    ]
    expected: list[tuple[Loc, str]] = [
        (("targets", 2, "characteristics", "waiting"), "unused-target"),
        (("targets", 2), "unused-target"),
    ]
    model = {**model_data(), "targets": targets}
    found = [(f.loc, f.rule) for f in check_model_sense(Model.model_validate(model))]
    assert found == expected
    assert find(put_inside(targets=targets)) == [
        (("model", *place), rule) for place, rule in expected
    ]


def test_a_questionnaire_that_stands_on_another_answers_for_its_own_words() -> None:
    assert find_derived() == []
    override = {"g-1": {"statement": "Guests are not greeted.", "weight": "0"}}
    assert find_derived(override=override) == [
        (("override", "g-1", "weight"), "weight-zero"),
        (("override", "g-1", "statement"), "negation"),
    ]
    added = {"greeting": {"basic": [{"id": "g-3", "statement": "Guests sit and wait."}]}}
    place = ("items", "greeting", "basic", 0, "statement")
    assert find_derived(items=added) == [(place, "two-ideas")]
    assert find_derived(select={"items": ["g-1", "w-1", "w-2"]}) == [(("select",), "empty-stage")]
    assert find_derived(select={"items": ["w-1", "w-2"]}) == [
        (("select",), "unasked-characteristic")
    ]
    assert find_derived(balance=[]) == []


def test_what_a_warning_says() -> None:
    written = Questionnaire.model_validate(change_first(weight="0", statement="It is not there."))
    model = Model.model_validate(model_data())
    assert list(check_sense(written, resolve(written, model))) == [
        Finding((*FIRST, "weight"), "weight-zero", "'g-1' has the weight 0 and counts nowhere"),
        Finding((*FIRST, "statement"), "negation", "'not' is easily misread: say what is there"),
    ]


def test_every_rule_is_in_the_table() -> None:
    """One questionnaire that breaks them all."""
    data = {**change_first(statement="It is not here or there."), "balance": []}
    del data["items"]["greeting"]["good"]
    model = model_data()
    model["characteristics"][0]["weight"] = "0"
    model["characteristics"].append({"id": "leaving", "name": "Leaving", "area": "desk"})
    model["scales"]["spare"] = model["scales"]["degree"]
    model["targets"].append({"id": "same", "name": "Same", "default": "2"})
    assert {rule for _, rule in find({**data, "model": model})} == set(SENSE_RULES)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", rule) for rule in SENSE_RULES)
    assert all(re.fullmatch(r"[A-Z][^.]*\.", sentence) for sentence in SENSE_RULES.values())
