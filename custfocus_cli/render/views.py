"""What people say about their own organisation, in words: where they place it, how they see it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from custfocus_cli.documents.definition import Kind
from custfocus_cli.scoring.scorecard import CharacteristicResult, Scorecard
from custfocus_cli.wording.numbers import percent, percent_apart, share
from custfocus_cli.wording.phrases import FEW, count, counted, listed, sentence
from custfocus_cli.wording.verdicts import ECONOMICS

# From this many points on, two views of one characteristic are worth a talk (domain rule 2.2.18).
APART: Final = Fraction(20)


def write_headline(card: Scorecard) -> tuple[str, ...]:
    """What a result without stages says, the most important sentence first.

    It speaks of every questionnaire that was joined.
    """
    asked = list_asked(card)
    said = [
        *(_say_placed(card) if "placement" in asked else ()),
        *(_say_perceived(card) if "perception" in asked else ()),
        *([_say_balance(card)] if "balance" in asked else ()),
    ]
    return tuple(said) or (f"Nothing was asked about {card.panel.organisation}.",)


def list_asked(card: Scorecard) -> frozenset[Kind]:
    """What the questionnaires that were joined ask for, beside items of stages."""
    kinds: tuple[Kind, ...] = ("placement", "perception", "balance")
    return frozenset(kind for kind in kinds if any(each.asks(kind) for _, each in card.joined))


def _name(each: CharacteristicResult, card: Scorecard) -> str:
    return card.definition.model.characteristic(each.id).name


# --- placement ---------------------------------------------------------------------------------


def _say_placed(card: Scorecard) -> Iterator[str]:
    """Where people place their organisation, from the lowest to the highest stage."""
    model, who = card.definition.model, card.panel.organisation
    stages = sorted({e.placed_stage for e in card.characteristics if e.placed_stage is not None})
    if not stages:
        yield f"Nobody has placed {who} at a stage yet."
        return
    if len(stages) == 1:
        where = f"at stage {stages[0]} of {model.top}, whatever the {model.noun}"
    else:
        where = f"between stage {stages[0]} and stage {stages[-1]} of {model.top}"
    yield f"By their own judgement, people place {who} {where}."
    for stage in stages:
        names = [_name(each, card) for each in card.characteristics if each.placed_stage == stage]
        yield f"At stage {stage}, {model.stage(stage).name}: {listed(names)}."
    open_ones = [_name(card.characteristic(name), card) for name in _list_unplaced(card)]
    if open_ones:
        yield f"Not placed: {listed(open_ones)}."


def _list_unplaced(card: Scorecard) -> Iterator[str]:
    """The characteristics whose placement is open or unknown."""
    asked = {
        entry.characteristic
        for _, definition in card.joined
        for entry in definition.entries.values()
        if entry.kind == "placement"
    }
    for each in card.characteristics:
        if each.id in asked and each.placed_stage is None:
            yield each.id


# --- perception --------------------------------------------------------------------------------


def _say_perceived(card: Scorecard) -> Iterator[str]:
    """What people see best and what worst."""
    who = card.panel.organisation
    seen = [
        (each.perception_index, _name(each, card))
        for each in card.characteristics
        if each.perception_index is not None
    ]
    if not seen:
        yield f"Too little was answered to show how people see {who}."
        return
    best, worst = max(value for value, _ in seen), min(value for value, _ in seen)
    if best == worst:
        yield f"People see {who} at {percent(best)} % in everything that was asked."
        yield from _say_few(card)
        return
    first, last = ([name for value, name in seen if value == end] for end in (best, worst))
    yield (
        f"People see {who} at its best in {listed(first)} ({percent(best)} %) and at its weakest in"
        f" {listed(last)} ({percent(worst)} %)."
    )
    yield from _say_few(card)


def _say_few(card: Scorecard) -> Iterator[str]:
    """That figures are no means, where so few answered."""
    if any(each.seen_by_few for each in card.characteristics):
        yield f"Such a percent is the {FEW}, no mean."


# --- balance -----------------------------------------------------------------------------------


def _say_balance(card: Scorecard) -> str:
    """What the balance check alone finds."""
    who = card.panel.organisation
    names = {theme.id: theme.name for theme in card.definition.model.themes}
    by_flag: dict[str, list[str]] = {}
    for flag in card.flags:
        by_flag.setdefault(flag.flag, []).append(names[flag.theme])
    red, amber, grey = (by_flag.get(each, []) for each in ("red", "amber", "grey"))
    if len(grey) == len(card.flags):
        return f"The balance check of {who} still has open questions on every risk."
    parts = [f"{sentence(counted(len(red), 'risk'))} out of balance at {who}: {listed(red)}"]
    if not red:
        parts = [f"No risk is out of balance at {who}"]
    parts += [f"to watch: {listed(amber)}"] * bool(amber)
    parts += [f"not known yet: {listed(grey)}"] * bool(grey)
    pays = card.economic_test.result != "does-not-pay"
    return f"{'; '.join(parts)}.{'' if pays else ' ' + ECONOMICS['does-not-pay']}"


# --- beside a measured result --------------------------------------------------------------------


def write_talk(card: Scorecard) -> str:
    """Where what people say and what was measured lie so far apart that it is worth a talk."""
    model = card.definition.model
    apart = [
        "{2} ({1} seen, {0} measured)".format(
            *percent_apart(index, each.perception_index, APART)[:2], _name(each, card)
        )
        for each in card.characteristics
        if each.perception_index is not None
        and (index := each.reading.index) is not None
        and not each.seen_by_few
        and abs(index - each.perception_index) >= APART
    ]
    above = [each for each in _list_placed(card) if each[0] > 0]
    below = [each for each in _list_placed(card) if each[0] < 0]
    said = []
    if apart:
        said.append(
            f"A topic for talk, {APART} points or more between how people see it and the index:"
            f" {listed(apart)}."
        )
    for which, word in ((above, "above"), (below, "below")):
        if which:
            names = listed([f"{name} ({difference:+d})" for difference, name in which])
            said.append(
                f"People place {counted(len(which), model.noun)} {word} the measured stage:"
                f" {names}."
            )
    return " ".join(said)


def _list_placed(card: Scorecard) -> Sequence[tuple[int, str]]:
    """Self-placed minus measured stage, and the name, where both are known."""
    return [
        (each.placed_stage - each.reading.stage, _name(each, card))
        for each in card.characteristics
        if each.placed_stage is not None and each.reading.stage is not None
    ]


# --- a result without stages -------------------------------------------------------------------


def write_guide(card: Scorecard) -> str:
    """How to read what people say, for whoever sees it for the first time."""
    asked, model = list_asked(card), card.definition.model
    said = []
    if "placement" in asked:
        said.append(
            f"For each {model.noun} people chose the highest of {count(model.top + 1)} lines that"
            " is true of their organisation, everything above it included. The line names a stage;"
            " nobody measured it."
        )
    if "perception" in asked:
        said.append(
            f"People rated statements on each {model.noun}. Its figure is {_name_figure(card)}"
            " in percent of the best one; what nobody could tell is left out."
        )
    return " ".join(said)


def _name_figure(card: Scorecard) -> str:
    """What the figure of a characteristic is: a mean, or where so few answered the middle."""
    few = any(each.seen_by_few for each in card.characteristics)
    return f"the {FEW}, of the mean rating of each," if few else "the mean of all their ratings"


def measure_answered(card: Scorecard) -> Fraction | None:
    """The share of its questions that those who answered could answer; None where none is asked."""
    entries = card.definition.entries.values()
    known = asked = 0
    for source in card.panel.sources:
        for entry in entries:
            special = entry.scale or card.definition.model.scale
            unknown = special.dont_know.code if special.dont_know else None
            asked += 1
            known += entry.id in source.answers and source.answers[entry.id].answer != unknown
    return Fraction(known, asked) if asked else None


def say_answered(card: Scorecard) -> str:
    """How much of what was asked has an answer."""
    answered = measure_answered(card)
    if answered is None:
        return ""
    return f"{share(answered)} % of the questions have an answer that is known."
