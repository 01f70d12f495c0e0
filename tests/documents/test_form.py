"""A tree that does not fit its form says so in our words, at the places of the file."""

from __future__ import annotations

import pytest

from custfocus_cli.documents.assessment import Assessment
from custfocus_cli.documents.fields import JsonNumber, JsonText
from custfocus_cli.documents.form import Misfit, fit
from custfocus_cli.documents.model import Model
from custfocus_cli.documents.policy import Policy
from custfocus_cli.documents.questionnaire import Questionnaire

HEAD = {"questionnaire": {"id": "desk"}, "organisation": "O", "date": "2026-03-01"}


def _misfit(tree: dict[str, object]) -> Misfit:
    """The one misfit of an assessment with these keys."""
    (misfit,) = _misfits(Assessment, {**HEAD, **tree})
    return misfit


def _misfits(kind: type[Assessment | Model | Policy | Questionnaire], tree: object) -> list[Misfit]:
    found = fit(kind, tree)
    assert isinstance(found, tuple)
    return list(found)


def test_what_fits_is_the_document() -> None:
    assert fit(Assessment, HEAD) == Assessment.model_validate(HEAD)


@pytest.mark.parametrize(
    ("tree", "misfit"),
    [
        (
            {"about": ["x"]},
            Misfit(("about",), "wrong-type", "expected text, found a list", ("about",)),
        ),
        (
            {"answers": {"a": {"evidence": "1"}}},
            Misfit(
                ("answers", "a", "answer"),
                "missing-key",
                "the key answer is missing",
                ("answers", "a"),
            ),
        ),
        (
            {"answers": {"A": "L"}},
            Misfit(
                ("answers", "A"),
                "bad-id",
                "'A' is no id: lower-case letters, digits, '.', '_' and '-', at most 64",
                ("answers", "A"),
                on_key=True,
            ),
        ),
        (
            {"answers": {"[key]": "L"}},
            Misfit(
                ("answers", "[key]"),
                "bad-id",
                "'[key]' is no id: lower-case letters, digits, '.', '_' and '-', at most 64",
                ("answers", "[key]"),
                on_key=True,
            ),
        ),
        (
            {"target": {"default": "1", "characteristics": {"c": "x"}}},
            Misfit(
                ("target", "characteristics", "c"),
                "wrong-type",
                "expected a whole number from 0 to 999999999, found 'x'",
                ("target", "characteristics", "c"),
            ),
        ),
        (
            {"target": {"default": "1", "stages": "2"}},
            Misfit(
                ("target", "stages"),
                "unknown-key",
                "no key 'stages' is known here; known are default, characteristics",
                ("target", "stages"),
                on_key=True,
            ),
        ),
        (
            {"date": "2026-02-30"},
            Misfit(("date",), "bad-date", "2026-02-30 is not a day of the calendar", None),
        ),
        (
            {"respondent": {"id": JsonNumber("7")}},
            Misfit(
                ("respondent", "id"), "wrong-type", "expected text, found '7'", ("respondent", "id")
            ),
        ),
        (
            {"figures": {"programme_cost": JsonText("7")}},
            Misfit(
                ("figures", "programme_cost"),
                "wrong-type",
                "expected a number of 0 or more with at most six decimals, "
                "found the JSON string '7'",
                ("figures", "programme_cost"),
            ),
        ),
    ],
)
def test_one_misfit_in_an_assessment(tree: dict[str, object], misfit: Misfit) -> None:
    assert _misfit(tree) == misfit


def test_places_inside_an_inline_model_do_not_name_the_branch() -> None:
    model = {"stage_zero": {"id": "z", "name": "Z"}, "model": "x", "stages": ["one"]}
    misfits = _misfits(Questionnaire, {"id": "q", "version": "1", "model": model})
    assert [(each.loc, each.rule) for each in misfits] == [
        (("model", "stages", 0), "wrong-type"),
        (("model", "areas"), "missing-key"),
        (("model", "characteristics"), "missing-key"),
        (("model", "scales"), "missing-key"),
        (("model", "stage_scale"), "missing-key"),
        (("model", "model"), "unknown-key"),
    ]


def test_items_stand_under_stages_that_the_form_does_not_know() -> None:
    items = {"c": {"some-stage": [{"id": "i", "statement": "s", "effort": "9"}, "x"]}}
    misfits = _misfits(Questionnaire, {"id": "q", "version": "1", "items": items})
    assert [(each.loc, each.message) for each in misfits] == [
        (("items", "c", "some-stage", 0, "effort"), "expected at most 3, found '9'"),
        (
            ("items", "c", "some-stage", 1),
            "expected a mapping with keys such as statement, scale, probe, found 'x'",
        ),
    ]


def test_numbers_stay_within_their_limits() -> None:
    rules = {
        "min-index": {"default": "100.5", "characteristics": {"c": "100", "d": "101"}},
        "min-coverage": {"organisation": "90", "default": "1.0"},
    }
    misfits = _misfits(Policy, {"rules": rules})
    assert [(each.loc, each.rule, each.message) for each in misfits] == [
        (
            ("rules", "min-index", "default"),
            "out-of-range",
            "expected at most 100, found '100.5'",
        ),
        (
            ("rules", "min-index", "characteristics", "d"),
            "out-of-range",
            "expected at most 100, found '101'",
        ),
        (
            ("rules", "min-coverage", "organisation"),
            "out-of-range",
            "expected at most 1, found '90'",
        ),
    ]
    scoring = {"min_coverage": "1.5", "gate": {"percent": {"a": {"a": "101", "b": "0"}}}}
    found = {each.loc: each.message for each in _misfits(Model, {"scoring": scoring})}
    assert found["scoring", "min_coverage"] == "expected at most 1, found '1.5'"
    assert found["scoring", "gate", "percent", "a", "a"] == "expected at most 100, found '101'"
    assert ("scoring", "gate", "percent", "a", "b") not in found


def test_keys_go_by_the_names_they_have_in_files() -> None:
    misfits = _misfits(Policy, {"rules": {"max-age-days": {}, "min-stges": {}}})
    assert [(each.loc, each.message) for each in misfits] == [
        (("rules", "max-age-days", "days"), "the key days is missing"),
        (
            ("rules", "min-stges"),
            "no key 'min-stges' is known here; did you mean 'min-stage'?",
        ),
    ]


def test_a_list_too_short_counts_what_was_written() -> None:
    tree = {"scales": {"s": {"question": "q", "options": [{"code": "a"}]}}}
    found = {each.loc: each.message for each in _misfits(Model, tree)}
    assert found["scales", "s", "options"] == "expected at least 2 entries, found 1"
    assert _misfits(Model, {"stages": []})[1].message == "expected at least one entry, found 0"
    longer = {"scales": {"s": {"question": "q", "options": [{"code": "a"}, {"code": "b"}]}}}
    assert ("scales", "s", "options") not in {each.loc for each in _misfits(Model, longer)}


def test_a_thousand_misfits_are_enough_and_twenty_get_a_hint() -> None:
    misfits = _misfits(Assessment, {**HEAD, **{f"scope{n}": "x" for n in range(3_000)}})
    assert len(misfits) == 1_000
    assert sum("did you mean" in each.message for each in misfits) == 20
