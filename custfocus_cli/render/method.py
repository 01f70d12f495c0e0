"""The method in words, from the data of the model: how the result came to be, what was left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from custfocus_cli.documents.definition import Definition
from custfocus_cli.documents.model import Model
from custfocus_cli.documents.questionnaire import Item
from custfocus_cli.documents.tally import COUNTED
from custfocus_cli.render.narrative import name_questionnaire
from custfocus_cli.render.record import Line, Record, State
from custfocus_cli.render.views import list_asked
from custfocus_cli.scoring.opinions import Opinions
from custfocus_cli.scoring.scorecard import Scorecard
from custfocus_cli.wording.numbers import amount, percent, ratio
from custfocus_cli.wording.phrases import count, counted, listed


class Method(NamedTuple):
    """How a result came to be: `rules` in sentences, then what does not count and why.

    `facts` are name and value of what identifies the questionnaire; `answers` and `evidence` are
    name and meaning of each answer and of each level of evidence. `weights` names what counts
    other than 1, and `lists` holds the items that do not count, each list with its title.
    """

    rules: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    answers: tuple[tuple[str, str], ...]
    evidence: tuple[tuple[str, str], ...]
    weights: tuple[str, ...]
    lists: tuple[tuple[str, tuple[Line, ...]], ...]


def describe_method(card: Scorecard, record: Record) -> Method:
    """The method of a result."""
    model, staged = card.definition.model, card.definition.has_stages
    return Method(
        rules=(*(_say_rules(model) if staged else _say_views(card)), *_say_panel(card)),
        facts=tuple(_name_facts(card)),
        answers=tuple(_name_answers(card.definition)),
        evidence=tuple((each.label, each.meaning) for each in model.evidence_levels if staged),
        weights=tuple(_name_weights(card)),
        lists=tuple(_list_uncounted(record, model)),
    )


def _say_views(card: Scorecard) -> Iterator[str]:
    """How what people say becomes a result, where no stage is measured."""
    asked = list_asked(card)
    if "placement" in asked:
        yield (
            "People place each characteristic themselves. No stage waits for another here, no index"
            " follows, and the organisation as a whole gets no stage."
        )
    if "perception" in asked:
        yield (
            "The figure of a characteristic is the mean of all ratings of its statements, in"
            " percent of the best one. Answers of a survey are shown where at least five people"
            " gave them, and how many chose what where at least ten did."
        )
    if "balance" in asked:
        yield (
            "A risk is out of balance when a safeguard is weak and a signal is frequent, and to be"
            " watched when one of the two is so. Where an answer is unknown, so is the flag."
        )


def _say_panel(card: Scorecard) -> Iterator[str]:
    """How several respondents make one rating; what is perceived is a mean instead."""
    means = not card.definition.has_stages and list_asked(card) == {"perception"}
    if card.panel.respondents > 1 and not means:
        yield (
            "Where several people answered an item, the lower middle one of their ratings counts."
            " An item does not apply when more than half of them say so, and it is unknown when"
            " fewer than half of them could rate it. A rating that was settled in a workshop takes"
            " the place of the single ones."
        )
    said = [text for opinions in card.opinions for text in _say_anonymity(opinions)]
    yield from dict.fromkeys(said)


def _say_anonymity(opinions: Opinions) -> Iterator[str]:
    """How it was kept that nobody can be told from the others, and how the figures came about."""
    if not opinions.anonymous:
        yield (
            "Interviews name the role of whoever speaks; they are not anonymous, and nobody was"
            " promised that they are."
        )
    else:
        least = count(opinions.least)
        yield (
            f"Nobody who answered can be told from the others. What fewer than {least} people"
            f" answered is not shown. A group of fewer than {least} joins all others, and where"
            f" these are fewer than {least} the next smallest group joins them. Of fewer than"
            f" {count(COUNTED)} people the middle rating alone is shown, and of a larger group too"
            " where the smaller ones could be found by subtraction. What people wrote is left out."
            " All of this was done before the report was made: its file holds nothing else."
        )
    if opinions.assessors is not None:
        yield (
            f"Krippendorff's alpha between the interviews is {ratio(opinions.assessors)}: 1 where"
            " all rate alike, 0 where they rate as if by chance."
        )
    if opinions.told:
        yield (
            "How far people agree on an item is the mean distance of their ratings from their mean:"
            " close together up to two thirds of the step between two neighbouring answers of"
            " four, split from what answers spread evenly over the scale would have. Many at both"
            " ends means that at least 30 percent chose each. A mean is shown with the interval in"
            " which it lies with 95 percent confidence, as if those who answered were drawn by"
            " chance from all who could have."
        )
    if any(each.gaps for each in opinions.divisions.values()):
        yield (
            "Groups are compared by Cliff's delta: of all pairs of one in the group and one outside"
            " it, the share in which the first has the higher index, less that in which the second"
            " has. From 0.147 it is called small, from 0.33 medium, from 0.474 large; it may be"
            " chance where its interval of 95 percent holds 0. What the group explains is ICC(1),"
            " and the order of groups can be read only where their means are reliable, ICC(2) of"
            " 0.70 or more."
        )


def _list_uncounted(record: Record, model: Model) -> Iterator[tuple[str, tuple[Line, ...]]]:
    """The items that do not count, by the reason, those reasons left out that nothing has."""
    special = model.scale.dont_know
    unknown = _find(record, "unknown")
    groups = {
        "Not answered": [line for line in unknown if line.code is None],
        f"Answered with “{special.label if special else ''}”": [
            line for line in unknown if line.code is not None
        ],
        "Left out because they do not apply": _find(record, "left-out"),
        "Asked for information only": _find(record, "information"),
    }
    for title, lines in groups.items():
        if lines:
            yield title, tuple(lines)


def _find(record: Record, state: State) -> list[Line]:
    return [line for line in record.values() if line.state == state]


def _say_rules(model: Model) -> Iterator[str]:
    """The scoring rules as this model sets them."""
    scale = model.scale
    points = listed([f"{option.label} {option.points}" for option in scale.options])
    yield f"Each item is rated by the question “{scale.question}” Points: {points}."
    yield from _say_gate(model)
    if not model.is_checklist:
        yield from _say_index(model)
    yield (
        "What does not apply leaves the sum, with a written reason"
        f"{'.' if model.is_checklist else '; it neither blocks a stage nor earns one.'}"
    )
    yield from _say_evidence(model)
    if not model.gate.none and not model.is_checklist:
        yield from _say_steps(model)


def _say_index(model: Model) -> Iterator[str]:
    """The index, and what becomes of unknown answers."""
    yield (
        "The index of a characteristic is the mean of its stages: the points of each stage as a"
        " percentage of the most that it can have. It has no gate, so it moves with every"
        " improvement and shows a trend; it never makes up for a stage."
    )
    yield (
        "An answer that is unknown or missing is never guessed. The result is computed twice, as if"
        " every unknown answer turned out worst and as if it turned out best; where the two differ,"
        " the range is shown and the low one counts. The index needs at least"
        f" {amount(100 * model.scoring.min_coverage)} percent of a characteristic to be known, and"
        " something known at each stage."
    )


def _say_gate(model: Model) -> Iterator[str]:
    gate = model.gate
    if gate.none:
        yield "This questionnaire computes no stage, only the index."
        return
    if model.is_checklist and gate.every is not None:
        yield (
            f"A {model.noun} is in place when every item of it that applies is rated"
            f" “{model.met_option.label}” or better: strength in one place makes up for nothing in"
            " another. An answer that is unknown or missing is never guessed."
        )
        return
    if gate.every is not None:
        yield (
            "A stage of a characteristic is in place when every item of it that applies is rated"
            f" “{model.met_option.label}” or better. Weights never change this."
        )
    for stage, listed_stages in (gate.percent or {}).items():
        names = {each.id: each.name for each in model.stages}
        parts = [f"{percent(least)} % in {names[below]}" for below, least in listed_stages.items()]
        yield f"The stage {names[stage]} is in place at {listed(parts)} or more."
    yield (
        "A stage counts when all stages below it are in place or do not apply. The organisation"
        " stands where its lowest characteristic stands: strength in one place makes up for nothing"
        " in another."
    )


def _say_evidence(model: Model) -> Iterator[str]:
    """What a rating needs behind it to count in full."""
    levels = {each.level: each.label for each in model.evidence_levels}
    caps = [
        f"“{model.scale.label(code)}” needs “{levels.get(level, str(level))}”"
        for code, level in model.scoring.evidence_cap.items()
    ]
    if caps:
        yield (
            "Counting evidence, a rating counts as far as what backs it carries it:"
            f" {listed(caps)}; with less it counts as the next lower rating that its evidence"
            " carries. This result stands beside the other and does not replace it."
        )


def _say_steps(model: Model) -> Iterator[str]:
    lead = model.scoring.max_lead
    limit = f"more than {counted(lead, 'stage')} above" if lead else "above"
    yield (
        "No stage is jumped: only items of a characteristic's first open stage are recommended, and"
        f" what is {limit} the organisation's next stage is deferred. Steps are ordered by stage,"
        " then by the size of the gap, then by how little is missing."
    )


def _name_facts(card: Scorecard) -> Iterator[tuple[str, str]]:
    model = card.definition.model
    yield "Questionnaire", name_questionnaire(card.definition)
    yield "Model", f"{model.title} {model.version} ({model.id})"
    yield "Digest", card.definition.digest
    kinds = Counter(entry.kind for entry in card.definition.entries.values())
    if card.definition.has_stages:
        many = counted(len(model.characteristics), model.noun)
        yield "Items", f"{kinds['item']} in {many}"
    else:
        yield "Questions", str(kinds.total())


def _name_answers(definition: Definition) -> Iterator[tuple[str, str]]:
    """The answers to the items of stages, or where there are none, those to whatever is asked."""
    scales = [definition.model.scale]
    if not definition.has_stages:
        asked = [entry.scale for entry in definition.entries.values() if entry.scale is not None]
        scales = [each for n, each in enumerate(asked) if each not in asked[:n]]
    for scale in scales:
        for each in (*scale.options, scale.dont_know, scale.not_applicable):
            if each is not None:
                yield f"{each.label} ({each.code})", each.meaning


def _name_weights(card: Scorecard) -> Iterator[str]:
    """What has a weight other than 1."""
    for each in card.definition.model.characteristics:
        if each.weight != 1:
            yield f"{each.name}: weight {amount(each.weight)}"
    for entry in card.definition.entries.values():
        if isinstance(entry.source, Item) and entry.source.weight != 1:
            yield f"{entry.id}: weight {amount(entry.source.weight)}"
