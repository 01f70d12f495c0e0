"""The balance check and the economic test: whether it is wise to go on. Neither moves a stage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Literal, NamedTuple

from custfocus_cli.documents.assessment import Answer, Figures
from custfocus_cli.documents.definition import Definition
from custfocus_cli.documents.model import Model, Scale
from custfocus_cli.documents.questionnaire import BalanceItem
from custfocus_cli.errors import CustfocusError
from custfocus_cli.scoring.panel import Panel

FlagColour = Literal["green", "amber", "red", "grey", "not-applicable"]
EconomicResult = Literal["pays", "does-not-pay", "not-shown"]


class Flag(NamedTuple):
    """The verdict on one theme of the balance check, over the answers that are known.

    `source` is the place of who was asked among the questionnaires that were joined; 0 is the
    scored one itself.
    """

    theme: str
    flag: FlagColour
    safeguard_weak: bool
    signal_frequent: bool
    source: int = 0


class EconomicTest(NamedTuple):
    """Benefit over cost of a year's programme; `ratio` is None where it cannot be shown."""

    result: EconomicResult
    ratio: Fraction | None
    cost: Fraction | None
    benefit: Fraction | None


def join_flags(joined: Sequence[tuple[Panel, Definition]]) -> tuple[Flag, ...]:
    """The flag of each theme that one of the questionnaires asks about, in the model's order.

    Of several it comes from the one that was answered. CustfocusError where two were, and their
    answers do not come to the same.
    """
    raised = [
        flag._replace(source=n)
        for n, (panel, definition) in enumerate(joined)
        for flag in raise_flags(panel.answers, definition)
    ]
    chosen: dict[str, Flag] = {}
    for flag in sorted(raised, key=lambda each: not _is_answered(each, joined)):
        first = chosen.setdefault(flag.theme, flag)
        if _is_answered(flag, joined) and first._replace(source=flag.source) != flag:
            ids = " and ".join(joined[each.source][1].id for each in (first, flag))
            raise CustfocusError(
                f"the sources disagree on the theme '{flag.theme}' of the balance check: {ids}",
                "leave the answers to it in one of them alone",
            )
    return tuple(chosen[t.id] for t in joined[0][1].model.themes if t.id in chosen)


def _is_answered(flag: Flag, joined: Sequence[tuple[Panel, Definition]]) -> bool:
    """Whether any item of the theme has an answer where the flag comes from."""
    panel, definition = joined[flag.source]
    items = definition.questionnaire.balance
    return any(item.id in panel.answers for item in items if item.theme == flag.theme)


def raise_flags(answers: Mapping[str, Answer], definition: Definition) -> tuple[Flag, ...]:
    """The flag of each theme that the questionnaire asks about, in the model's order."""
    items = definition.questionnaire.balance
    asked = {
        theme.id: [item for item in items if item.theme == theme.id]
        for theme in definition.model.themes
    }
    return tuple(
        _raise_flag(theme, theirs, answers, definition.model)
        for theme, theirs in asked.items()
        if theirs
    )


def _raise_flag(
    theme: str, items: Sequence[BalanceItem], answers: Mapping[str, Answer], model: Model
) -> Flag:
    """The flag of one theme: domain rule 4.2."""
    weak = frequent = False
    known = unknown = 0
    for item in items:
        scale = model.scales[item.scale]
        answer = answers.get(item.id)
        code = answer.answer if answer else None
        if scale.not_applicable is not None and code == scale.not_applicable.code:
            continue
        points = scale.points.get(code) if code is not None else None
        if points is None:
            unknown += 1
            continue
        known += 1
        weak |= item.kind == "safeguard" and points < model.met_option.points
        frequent |= item.kind == "signal" and points >= _signal_points(scale, model)
    return Flag(theme, _colour(known, unknown, weak + frequent), weak, frequent)


def _signal_points(scale: Scale, model: Model) -> int:
    """The points from which a signal counts; more than any where the scale has no such option."""
    return scale.points.get(model.scoring.signal_from or "", scale.best + 1)


def _colour(known: int, unknown: int, objections: int) -> FlagColour:
    if unknown:
        return "grey"
    if not known:
        return "not-applicable"
    colours: tuple[FlagColour, ...] = ("green", "amber", "red")
    return colours[objections]


def judge_economics(figures: Figures | None) -> EconomicTest:
    """Whether the programme pays, by the organisation's own figures: domain rule 4.3."""
    cost = figures.programme_cost if figures else None
    benefit = figures.programme_benefit if figures else None
    if not cost or benefit is None:
        return EconomicTest("not-shown", None, cost, benefit)
    ratio = benefit / cost
    return EconomicTest("pays" if ratio >= 1 else "does-not-pay", ratio, cost, benefit)
