"""The flags of the balance check and the economic test (domain 4.2 and 4.3)."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from scoring.sheets import Sheet, make_scale

from custfocus_cli.documents.assessment import Figures
from custfocus_cli.errors import CustfocusError
from custfocus_cli.scoring.balance import EconomicTest, Flag, judge_economics
from custfocus_cli.scoring.panel import panel
from custfocus_cli.scoring.scorecard import Scorecard, score


def make_item(name: str, theme: str = "cost") -> dict[str, str]:
    kind, scale = ("signal", "often") if name.startswith("sign") else ("safeguard", "scale")
    return {"id": name, "theme": theme, "kind": kind, "scale": scale, "statement": "It is there."}


SHEET = Sheet(
    {"c": "L"},
    scoring={"gate": {"every": "L"}, "signal_from": "often"},
    model={
        "scales": {
            "scale": make_scale({"N": 0, "P": 1, "L": 2, "F": 3}),
            "often": make_scale({"never": 0, "sometimes": 1, "often": 2, "always": 3}),
        },
        "themes": [
            {"id": name, "name": name, "risk": "It harms."} for name in ("unasked", "cost", "view")
        ],
    },
    questionnaire={"balance": [make_item("guard1"), make_item("guard2"), make_item("sign1")]},
)


def flag(answers: str) -> Flag:
    """The flag of two safeguards and a signal; `.` is an open item."""
    given = zip(("guard1", "guard2", "sign1"), answers.split(), strict=True)
    sheet = replace(
        SHEET, answers={name: {"answer": c, "reason": "r"} for name, c in given if c != "."}
    )
    (only,) = sheet.score().flags
    return only


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ("L F never", Flag("cost", "green", safeguard_weak=False, signal_frequent=False)),
        ("L L sometimes", Flag("cost", "green", safeguard_weak=False, signal_frequent=False)),
        ("L L often", Flag("cost", "amber", safeguard_weak=False, signal_frequent=True)),
        ("L P never", Flag("cost", "amber", safeguard_weak=True, signal_frequent=False)),
        ("N F always", Flag("cost", "red", safeguard_weak=True, signal_frequent=True)),
        # unknown, whatever the others say
        ("N DK always", Flag("cost", "grey", safeguard_weak=True, signal_frequent=True)),
        ("L L .", Flag("cost", "grey", safeguard_weak=False, signal_frequent=False)),
        # what does not apply is left out
        ("L NA often", Flag("cost", "amber", safeguard_weak=False, signal_frequent=True)),
        ("NA NA often", Flag("cost", "amber", safeguard_weak=False, signal_frequent=True)),
        ("NA DK NA", Flag("cost", "grey", safeguard_weak=False, signal_frequent=False)),
        ("NA NA NA", Flag("cost", "not-applicable", safeguard_weak=False, signal_frequent=False)),
    ],
)
def test_the_flag_of_a_theme(answers: str, expected: Flag) -> None:
    assert flag(answers) == expected


def test_themes_that_are_asked_about_stand_in_the_order_of_the_model() -> None:
    items = [make_item("sign-view", "view"), make_item("guard-cost", "cost")]
    card = replace(SHEET, questionnaire={"balance": items}).score()
    assert [(each.theme, each.flag) for each in card.flags] == [("cost", "grey"), ("view", "grey")]
    assert replace(SHEET, questionnaire={}).score().flags == ()


def answer(name: str, **codes: str) -> Sheet:
    """The answers to a questionnaire of that id, of the same model."""
    answers = {item: {"answer": code, "reason": "r"} for item, code in codes.items()}
    return replace(SHEET, questionnaire={**SHEET.questionnaire, "id": name}, answers=answers)


def join(*sheets: Sheet) -> Scorecard:
    (own, asked), *beside = ((panel([e.filled], e.definition), e.definition) for e in sheets)
    return score(own, asked, beside=beside)


FINE = {"guard1": "L", "guard2": "F", "sign1": "never"}


def test_the_flag_comes_from_the_questionnaire_that_was_answered() -> None:
    silent = replace(SHEET, questionnaire={"id": "silent"})
    grey = Flag("cost", "grey", safeguard_weak=False, signal_frequent=False)
    assert join(silent, answer("a"), answer("b", **FINE)).flags == (
        Flag("cost", "green", safeguard_weak=False, signal_frequent=False, source=2),
    )
    assert join(silent, answer("a")).flags == (grey._replace(source=1),)
    assert join(answer("a"), answer("b")).flags == (grey,)
    assert join(answer("a", **FINE), answer("b")).flags == join(answer("a", **FINE)).flags


def test_two_that_were_answered_have_to_come_to_the_same() -> None:
    also_fine = FINE | {"guard1": "F", "sign1": "sometimes"}
    assert join(answer("a", **FINE), answer("b", **also_fine)).flags[0].flag == "green"
    with pytest.raises(CustfocusError) as caught:
        join(answer("a", **FINE), answer("b", **FINE | {"guard1": "N"}))
    assert caught.value.message == (
        "the sources disagree on the theme 'cost' of the balance check: a and b"
    )


def test_a_percent_gate_takes_a_safeguard_for_weak_up_to_half() -> None:
    percent = {"gate": {"percent": {"s1": {"s1": "50"}}}, "signal_from": "often"}
    sheet = replace(SHEET, scoring=percent, questionnaire={"balance": [make_item("guard1")]})
    weak = replace(sheet, answers={"guard1": {"answer": "P"}}).score().flags[0]
    fine = replace(sheet, answers={"guard1": {"answer": "L"}}).score().flags[0]
    assert (weak.flag, fine.flag) == ("amber", "green")


def test_flags_change_no_number() -> None:
    usual = replace(SHEET, questionnaire={}).score()
    red = replace(SHEET, answers={"guard1": {"answer": "N"}, "sign1": {"answer": "always"}}).score()
    assert (red.result, red.to_target, red.next_steps) == (
        usual.result,
        usual.to_target,
        usual.next_steps,
    )


@pytest.mark.parametrize(
    ("cost", "benefit", "result", "ratio"),
    [
        (310000, 190000, "does-not-pay", Fraction(19, 31)),
        (140000, 155000, "pays", Fraction(31, 28)),
        (100, 100, "pays", Fraction(1)),
        (100, 0, "does-not-pay", Fraction(0)),
        (0, 100, "not-shown", None),
        (None, 100, "not-shown", None),
        (100, None, "not-shown", None),
        (None, None, "not-shown", None),
    ],
)
def test_the_economic_test(
    cost: int | None, benefit: int | None, result: str, ratio: Fraction | None
) -> None:
    figures = Figures(
        programme_cost=None if cost is None else Fraction(cost),
        programme_benefit=None if benefit is None else Fraction(benefit),
    )
    judged = judge_economics(figures)
    assert (judged.result, judged.ratio) == (result, ratio)
    assert (judged.cost, judged.benefit) == (cost, benefit)


def test_without_figures_nothing_is_shown() -> None:
    assert judge_economics(None) == EconomicTest("not-shown", None, None, None)
