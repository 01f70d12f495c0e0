"""What does not fit together is found, at its place, by its rule; what fits is left alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import smallmodel

from custfocus_cli.documents.assessment import Assessment
from custfocus_cli.documents.checks import (
    check_assessment,
    check_mapping,
    check_model,
    check_policy,
    check_questionnaire,
    check_tally,
)
from custfocus_cli.documents.fields import Finding, Loc
from custfocus_cli.documents.mapping import TableMapping
from custfocus_cli.documents.model import Model
from custfocus_cli.documents.policy import Policy
from custfocus_cli.documents.questionnaire import Questionnaire
from custfocus_cli.documents.tally import Tally

Change = Callable[[dict[str, Any]], object]
Case = tuple[Change, Loc, str]

ANSWERS: dict[str, Any] = {
    "questionnaire": {"id": "desk-4"},
    "organisation": "Reception of the village hall",
    "date": "2026-03-01",
    "target": "base",
    "answers": {
        "g-1": {"answer": "yes", "evidence": "1"},
        "w-1": {"answer": "NA", "reason": "Nobody waits."},
        "w-place": "2",
        "b-sign": "DK",
    },
    "context": {"cx-who": "Everybody."},
}

POLICY: dict[str, Any] = {"rules": {"min-coverage": {"organisation": "0.9"}}}

MODEL_CASES: dict[str, Case] = {
    "no id": (lambda m: m.pop("id"), (), "missing-key"),
    "stage twice": (
        lambda m: m["stages"][1].update(id="basic"),
        ("stages", 1, "id"),
        "duplicate-id",
    ),
    "stage as stage zero": (
        lambda m: m["stages"][0].update(id="none"),
        ("stages", 0, "id"),
        "duplicate-id",
    ),
    "code twice": (
        lambda m: m["scales"]["degree"]["dont_know"].update(code="yes"),
        ("scales", "degree", "dont_know", "code"),
        "duplicate-id",
    ),
    "points that fall": (
        lambda m: m["scales"]["degree"]["options"][2].update(points="1"),
        ("scales", "degree", "options", 2, "points"),
        "points-order",
    ),
    "points that start above 0": (
        lambda m: [
            option.update(points=points)
            for option, points in zip(m["scales"]["often"]["options"], "12", strict=True)
        ],
        ("scales", "often", "options", 0, "points"),
        "points-order",
    ),
    "area unknown": (
        lambda m: m["characteristics"][1].update(area="dsk"),
        ("characteristics", 1, "area"),
        "unknown-id",
    ),
    "weights zero": (
        lambda m: [each.update(weight="0") for each in m["characteristics"]],
        ("characteristics",),
        "weights-zero",
    ),
    "stage scale unknown": (
        lambda m: m.update(stage_scale="degre"),
        ("stage_scale",),
        "unknown-id",
    ),
    "gate option unknown": (
        lambda m: m["scoring"].update(gate={"every": "F"}),
        ("scoring", "gate", "every"),
        "unknown-answer",
    ),
    "percent gate without a stage": (
        lambda m: m["scoring"].update(gate={"percent": {"basic": {"basic": "50"}}}),
        ("scoring", "gate", "percent"),
        "missing-key",
    ),
    "percent gate that waits for a higher stage": (
        lambda m: m["scoring"].update(
            gate={"percent": {"basic": {"good": "50"}, "good": {"good": "50"}}}
        ),
        ("scoring", "gate", "percent", "basic", "good"),
        "gate-order",
    ),
    "evidence level unknown": (
        lambda m: m["scoring"].update(evidence_cap={"yes": "4"}),
        ("scoring", "evidence_cap", "yes"),
        "out-of-range",
    ),
    "signal option unknown": (
        lambda m: m["scoring"].update(signal_from="weekly"),
        ("scoring", "signal_from"),
        "unknown-answer",
    ),
    "target above the top": (
        lambda m: m["targets"][0].update(default="3"),
        ("targets", 0, "default"),
        "out-of-range",
    ),
    "target of an unknown characteristic": (
        lambda m: m["targets"][0].update(characteristics={"greting": "1"}),
        ("targets", 0, "characteristics", "greting"),
        "unknown-id",
    ),
    "default target unknown": (
        lambda m: m.update(default_target="most"),
        ("default_target",),
        "unknown-id",
    ),
    "clause unknown": (
        lambda m: m["characteristics"][0].update(references={"house": ["9"]}),
        ("characteristics", 0, "references", "house", 0),
        "unknown-id",
    ),
    "standard unknown": (
        lambda m: m["characteristics"][0].update(references={"hose": ["1.2"]}),
        ("characteristics", 0, "references", "hose"),
        "unknown-id",
    ),
    "effect without a stage": (
        lambda m: m["themes"][0].update(effects=[{"on": "steps-to", "text": "Ask."}]),
        ("themes", 0, "effects", 0),
        "missing-key",
    ),
    "effect on an unknown characteristic": (
        lambda m: m["themes"][0].update(
            effects=[{"on": "targets", "characteristics": ["x"], "text": "Ask."}]
        ),
        ("themes", 0, "effects", 0, "characteristics", 0),
        "unknown-id",
    ),
}

QUESTIONNAIRE_CASES: dict[str, Case] = {
    "no title": (lambda q: q.pop("title"), (), "missing-key"),
    "nothing to ask": (lambda q: (q.pop("items"), q.pop("balance")), (), "missing-key"),
    "select without a base": (
        lambda q: q.update(select={"tag": "short"}),
        ("select",),
        "unknown-key",
    ),
    "characteristic unknown": (
        lambda q: q["items"].update(wating=q["items"].pop("waiting")),
        ("items", "wating"),
        "unknown-id",
    ),
    "stage unknown": (
        lambda q: q["items"]["greeting"].update(bsic=[{"id": "x", "statement": "Guests are met."}]),
        ("items", "greeting", "bsic"),
        "unknown-id",
    ),
    "item twice": (
        lambda q: q["items"]["waiting"]["good"][0].update(id="g-1"),
        ("items", "waiting", "good", 0, "id"),
        "duplicate-id",
    ),
    "balance item with an item's id": (
        lambda q: q["balance"][0].update(id="g-1"),
        ("balance", 0, "id"),
        "duplicate-id",
    ),
    "stage item with a scale of its own": (
        lambda q: q["items"]["waiting"]["good"][0].update(scale="often"),
        ("items", "waiting", "good", 0, "scale"),
        "wrong-scale",
    ),
    "perception item without a scale": (
        lambda q: q["items"]["greeting"]["perception"][0].pop("scale"),
        ("items", "greeting", "perception", 0),
        "missing-key",
    ),
    "placement with too few options": (
        lambda q: q["items"]["waiting"]["placement"].update(options=["a", "b"]),
        ("items", "waiting", "placement", "options"),
        "placement-options",
    ),
    "role of an item unknown": (
        lambda q: (
            q.update(roles={"host": "Host"}),
            q["items"]["waiting"]["good"][0].update(role="hst"),
        ),
        ("items", "waiting", "good", 0, "role"),
        "unknown-id",
    ),
    "role of a session unknown": (
        lambda q: q.update(
            roles={"host": "Host"}, sessions=[{"id": "s", "name": "S", "roles": ["host", "gst"]}]
        ),
        ("sessions", 0, "roles", 1),
        "unknown-id",
    ),
    "theme unknown": (
        lambda q: q["balance"][0].update(theme="costs"),
        ("balance", 0, "theme"),
        "unknown-id",
    ),
    "signal on a scale without the signal's option": (
        lambda q: q["balance"][1].update(scale="degree"),
        ("balance", 1, "scale"),
        "wrong-scale",
    ),
    "safeguard on another scale": (
        lambda q: q["balance"][0].update(scale="often"),
        ("balance", 0, "scale"),
        "wrong-scale",
    ),
}

DERIVED_CASES: dict[str, Case] = {
    "override of an unknown item": (
        lambda q: q.update(override={"g-7": {"weight": "2"}}),
        ("override", "g-7"),
        "unknown-id",
    ),
    "select of an unknown item": (
        lambda q: q.update(select={"items": ["g-1", "g-7"]}),
        ("select", "items", 1),
        "unknown-id",
    ),
    "select of an unknown tag": (
        lambda q: q.update(select={"tag": "shrt"}),
        ("select", "tag"),
        "unknown-id",
    ),
    "select of both": (
        lambda q: q.update(select={"tag": "short", "items": ["g-1"]}),
        ("select",),
        "wrong-type",
    ),
    "select of nothing": (
        lambda q: q.update(select={}),
        ("select",),
        "missing-key",
    ),
    "own item with an id of the base": (
        lambda q: q.update(items={"greeting": {"good": [{"id": "w-1", "statement": "s"}]}}),
        ("items", "greeting", "good", 0, "id"),
        "duplicate-id",
    ),
}

ASSESSMENT_CASES: dict[str, Case] = {
    "item unknown": (
        lambda a: a["answers"].update({"g-11": "yes"}),
        ("answers", "g-11"),
        "unknown-id",
    ),
    "answer unknown": (
        lambda a: a["answers"].update({"g-1": "F"}),
        ("answers", "g-1", "answer"),
        "unknown-answer",
    ),
    "placement above the top": (
        lambda a: a["answers"].update({"w-place": "3"}),
        ("answers", "w-place", "answer"),
        "unknown-answer",
    ),
    "reason missing": (
        lambda a: a["answers"].update({"w-1": "NA"}),
        ("answers", "w-1"),
        "reason-missing",
    ),
    "not applicable not allowed": (
        lambda a: a["answers"].update({"g-2": {"answer": "NA", "reason": "No names here."}}),
        ("answers", "g-2", "answer"),
        "na-not-allowed",
    ),
    "evidence unknown": (
        lambda a: a["answers"]["g-1"].update(evidence="2"),
        ("answers", "g-1", "evidence"),
        "out-of-range",
    ),
    "context question unknown": (
        lambda a: a["context"].update({"cx-whom": "x"}),
        ("context", "cx-whom"),
        "unknown-id",
    ),
    "target unknown": (lambda a: a.update(target="bse"), ("target",), "unknown-id"),
    "own target above the top": (
        lambda a: a.update(target={"default": "3"}),
        ("target", "default"),
        "out-of-range",
    ),
}


def _add_rule(rule: str) -> Change:
    return lambda policy: policy["rules"].update({rule: {"severity": "error"}})


POLICY_CASES: dict[str, Case] = {
    "no rule": (lambda p: p.update(rules={}), ("rules",), "empty-policy"),
    **{
        f"{rule} without a limit": (_add_rule(rule), ("rules", rule), "missing-key")
        for rule in ("min-stage", "min-index", "min-coverage")
    },
}


MAPPING: dict[str, Any] = {"columns": {"g-1": "A", "g-2": "B"}, "ignore": ["C"], "group": "D"}
MAPPING_CASES: dict[str, Case] = {
    "a column for two items": (
        lambda m: m["columns"].update({"g-2": "A"}),
        ("columns", "g-2"),
        "duplicate-id",
    ),
    "a column set aside and used": (
        lambda m: m.update(role="C"),
        ("role",),
        "duplicate-id",
    ),
}


TALLY: dict[str, Any] = {
    "questionnaire": {"id": "desk-4", "version": "1.0.0", "digest": smallmodel.definition().digest},
    "organisation": "Inn",
    "date": "2026-03-02",
    "mode": "survey",
    "by": "group",
    "everyone": {
        "respondents": "20",
        "items": {"g-1": {"yes": "12", "no": "8"}},
        "indexes": {"greeting": {"of": "4", "values": {"4": "12"}, "undefined": "8"}},
    },
    "groups": {
        "bar": {"respondents": "9", "ratings": {"g-1": "no"}},
        "front": {"respondents": "11", "items": {"g-1": {"yes": "11"}}},
        "other": {"respondents": "0", "items": {"g-1": {"no": "10"}}},
    },
    "agreed": {"w-1": "half"},
}
TALLY_CASES: dict[str, Case] = {
    "more answers than people": (
        lambda t: t["everyone"]["items"]["g-1"].update(yes="13"),
        ("everyone", "items", "g-1"),
        "out-of-range",
    ),
    "more values than people": (
        lambda t: t["everyone"]["indexes"]["greeting"].update(undefined="9"),
        ("everyone", "indexes", "greeting"),
        "out-of-range",
    ),
    "a value above the whole": (
        lambda t: t["everyone"]["indexes"]["greeting"].update(of="3"),
        ("everyone", "indexes", "greeting"),
        "out-of-range",
    ),
    "an unknown item": (
        lambda t: t["everyone"]["items"].update(x={"yes": "1"}),
        ("everyone", "items", "x"),
        "unknown-id",
    ),
    "an unknown code": (
        lambda t: t["groups"]["bar"]["ratings"].update({"g-1": "never"}),
        ("groups", "bar", "ratings", "g-1"),
        "unknown-answer",
    ),
    "an unknown characteristic": (
        lambda t: t["everyone"].update(perceptions={"x": {"of": "2"}}),
        ("everyone", "perceptions", "x"),
        "unknown-id",
    ),
    "an unknown code that was agreed on": (
        lambda t: t["agreed"].update({"w-1": "never"}),
        ("agreed", "w-1"),
        "unknown-answer",
    ),
    "groups of nothing": (lambda t: t.pop("by"), (), "missing-key"),
    "groups that do not add up": (
        lambda t: t["groups"]["front"].update(respondents="12"),
        ("groups",),
        "out-of-range",
    ),
    "a group too small": (
        lambda t: t.update(min_group="10"),
        ("groups", "bar", "respondents"),
        "out-of-range",
    ),
    "too few of all": (
        lambda t: t.update(min_group="21", groups={}),
        ("everyone", "respondents"),
        "out-of-range",
    ),
}


def _questionnaire_data() -> dict[str, Any]:
    data = smallmodel.questionnaire_data()
    data["items"]["greeting"]["good"][0]["allow_na"] = "false"
    return data


def _model(data: dict[str, Any]) -> list[Finding]:
    return list(check_model(Model.model_validate(data)))


def _questionnaire(data: dict[str, Any]) -> list[Finding]:
    model = Model.model_validate(smallmodel.MODEL)
    return list(check_questionnaire(Questionnaire.model_validate(data), model))


def _derived(data: dict[str, Any]) -> list[Finding]:
    model = Model.model_validate(smallmodel.MODEL)
    base = Questionnaire.model_validate(smallmodel.QUESTIONNAIRE)
    return list(check_questionnaire(Questionnaire.model_validate(data), model, base))


def _assessment(data: dict[str, Any]) -> list[Finding]:
    definition = smallmodel.definition(questionnaire=_questionnaire_data())
    return list(check_assessment(Assessment.model_validate(data), definition))


def _policy(data: dict[str, Any]) -> list[Finding]:
    return list(check_policy(Policy.model_validate(data)))


def _mapping(data: dict[str, Any]) -> list[Finding]:
    return list(check_mapping(TableMapping.model_validate(data)))


def _tally(data: dict[str, Any]) -> list[Finding]:
    return list(check_tally(Tally.model_validate(data), smallmodel.definition()))


def _copy(data: dict[str, Any]) -> Callable[[], dict[str, Any]]:
    import copy

    return lambda: copy.deepcopy(data)


KINDS: dict[
    str,
    tuple[Callable[[], dict[str, Any]], Callable[[dict[str, Any]], list[Finding]], dict[str, Case]],
] = {
    "model": (smallmodel.model_data, _model, MODEL_CASES),
    "questionnaire": (smallmodel.questionnaire_data, _questionnaire, QUESTIONNAIRE_CASES),
    "derived": (
        _copy({"id": "own", "version": "1", "based_on": "desk-4"}),
        _derived,
        DERIVED_CASES,
    ),
    "assessment": (_copy(ANSWERS), _assessment, ASSESSMENT_CASES),
    "policy": (_copy(POLICY), _policy, POLICY_CASES),
    "mapping": (_copy(MAPPING), _mapping, MAPPING_CASES),
    "tally": (_copy(TALLY), _tally, TALLY_CASES),
}


@pytest.mark.parametrize("kind", KINDS)
def test_leaves_alone_what_fits(kind: str) -> None:
    make, check, _ = KINDS[kind]
    assert check(make()) == []


@pytest.mark.parametrize(
    ("kind", "case"), [(k, c) for k, (_, _, cases) in KINDS.items() for c in cases]
)
def test_finds(kind: str, case: str) -> None:
    make, check, cases = KINDS[kind]
    change, loc, rule = cases[case]
    data = make()
    change(data)
    assert [(finding.loc, finding.rule) for finding in check(data)] == [(loc, rule)]


def test_an_unknown_item_is_let_be_where_the_digest_differs() -> None:
    data = _copy(ANSWERS)()
    data["questionnaire"]["digest"] = "sha256:" + "0" * 64
    data["answers"]["gone"] = "yes"
    data["context"]["cx-gone"] = "x"
    assert _assessment(data) == []


def test_a_model_inside_a_questionnaire_needs_no_name() -> None:
    data = smallmodel.model_data()
    for key in ("id", "version", "title"):
        del data[key]
    assert list(check_model(Model.model_validate(data), ("model",), alone=False)) == []


def test_a_name_that_comes_near_is_proposed() -> None:
    data = smallmodel.model_data()
    data["characteristics"][1]["area"] = "dek"
    assert [finding.message for finding in _model(data)] == ["no area 'dek'; did you mean 'desk'?"]
