"""The balance check and the economic test in words; neither changes a stage."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from custfocus_cli.documents.model import Theme
from custfocus_cli.render.record import Line, Record
from custfocus_cli.scoring.balance import EconomicTest, Flag
from custfocus_cli.scoring.scorecard import Scorecard
from custfocus_cli.wording.numbers import amount, ratio
from custfocus_cli.wording.phrases import listed, sentence
from custfocus_cli.wording.verdicts import ECONOMICS, FLAGS


class ThemePicture(NamedTuple):
    """One theme: its flag in words and as an id, why it has that flag, what follows from it.

    `items` are its safeguards and signals, each with the word for which of the two it is.
    """

    name: str
    risk: str
    flag: str
    words: str
    why: str
    effects: tuple[str, ...]
    items: tuple[tuple[str, Line], ...]


class EconomicsPicture(NamedTuple):
    """The economic test: its sentence, the ratio with two decimals, the figures behind it.

    `ratio` is empty where it cannot be shown; `facts` are name and value of what was given.
    """

    words: str
    ratio: str
    facts: tuple[tuple[str, str], ...]

    @property
    def sentence(self) -> str:
        """The ratio and what it means."""
        shown = f"benefit divided by cost is {self.ratio}. " if self.ratio else ""
        return sentence(f"{shown}{self.words}")


class BalancePicture(NamedTuple):
    """The balance check; `themes` is empty where the questionnaire does not ask for it."""

    themes: tuple[ThemePicture, ...]
    economics: EconomicsPicture

    @property
    def summary(self) -> tuple[str, ...]:
        """The flags and the test in a line each, worst first."""
        groups = [
            (words, [theme.name for theme in self.themes if theme.flag == flag])
            for flag, words in (*reversed(list(FLAGS.items())[:3]), *list(FLAGS.items())[3:])
        ]
        lines = [f"{sentence(words)}: {listed(names)}." for words, names in groups if names]
        if self.economics.facts:
            lines.append(f"Economic test: {self.economics.sentence}")
        return tuple(lines)


def draw_balance(card: Scorecard, record: Record) -> BalancePicture:
    """The balance check and the economic test of a result."""
    themes = {theme.id: theme for theme in card.definition.model.themes}
    return BalancePicture(
        tuple(_draw_theme(flag, themes[flag.theme], card, record) for flag in card.flags),
        _draw_economics(card.economic_test, card),
    )


def _draw_theme(flag: Flag, theme: Theme, card: Scorecard, record: Record) -> ThemePicture:
    _, definition = card.joined[flag.source]
    balance = definition.questionnaire.balance
    items = tuple(
        (sentence(each.kind), record[each.id]) for each in balance if each.theme == theme.id
    )
    return ThemePicture(
        name=theme.name,
        risk=theme.risk,
        flag=flag.flag,
        words=FLAGS[flag.flag],
        why=_say_why(flag),
        effects=tuple(effect.text for effect in theme.effects) if flag.flag == "red" else (),
        items=items,
    )


def _say_why(flag: Flag) -> str:
    if flag.flag == "not-applicable":
        return "None of its questions applies."
    said = []
    if flag.safeguard_weak:
        said.append("a safeguard is weak")
    if flag.signal_frequent:
        said.append("a signal of the risk is frequent")
    if flag.flag == "grey":
        known = f", and {' and '.join(said)}" if said else ""
        return f"Not every answer is known{known}."
    if not said:
        return "Its safeguards hold, and no signal is frequent."
    return f"{sentence(' and '.join(said))}."


def _draw_economics(test: EconomicTest, card: Scorecard) -> EconomicsPicture:
    figures = card.panel.figures
    currency = f" {figures.currency}" if figures and figures.currency else ""
    facts = [
        (name, f"{amount(value)}{currency}")
        for name, value in (("Cost in a year", test.cost), ("Benefit in a year", test.benefit))
        if value is not None
    ]
    if figures and figures.source:
        facts.append(("Source of the figures", figures.source))
    return EconomicsPicture(
        words=ECONOMICS[test.result],
        ratio="" if test.ratio is None else ratio(test.ratio, Fraction(1)),
        facts=tuple(facts),
    )
