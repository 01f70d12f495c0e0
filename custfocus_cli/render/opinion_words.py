"""What many people say, in sentences: who they are, how far they agree, where groups differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Final

from custfocus_cli.documents.definition import Definition
from custfocus_cli.documents.model import Model
from custfocus_cli.documents.tally import REST
from custfocus_cli.scoring.aggregate import Statistic
from custfocus_cli.scoring.opinions import (
    IndexOpinion,
    ItemOpinion,
    Opinions,
    list_divided,
)
from custfocus_cli.scoring.scorecard import Scorecard
from custfocus_cli.scoring.statistics.groups import WORTH_TALK, Delta
from custfocus_cli.scoring.statistics.intervals import Interval
from custfocus_cli.scoring.views import find_perception_gaps
from custfocus_cli.wording.numbers import percent, percent_apart, ratio
from custfocus_cli.wording.phrases import FEW, count, counted, listed, sentence, with_stop

MOST_GAPS: Final = 4  # differences of one group in one sentence


def write_summary(definition: Definition, opinions: Opinions) -> Iterator[str]:
    """Who answered, how far they agree, on what they are split, whether groups differ."""
    yield _say_who(definition, opinions)
    if not opinions.told:
        yield (
            f"Fewer than {count(opinions.least)} people are too few to show how they agree without"
            " showing who said what."
        )
        return
    yield _say_agreement(opinions)
    divided = list(list_divided(opinions.everyone))
    if divided:
        entry = definition.entries[divided[0]]
        yield f"Most split: {entry.id}, {with_stop(entry.statement)}"
    if any(each.gaps for each in opinions.divisions.values()):
        yield _say_groups(definition, opinions)


def _say_who(definition: Definition, opinions: Opinions) -> str:
    people = sentence(_count_people(opinions.everyone.respondents))
    if not opinions.groups:
        return f"{people} answered {definition.title}."
    named = [name for name in opinions.groups if name != REST]
    rest = opinions.groups.get(REST)
    others = f", and {_count_people(rest.respondents)} in none that is shown" if rest else ""
    return (
        f"{people} answered {definition.title}, in {counted(len(named), opinions.by or 'group')}"
        f"{others}."
    )


def _count_people(number: int) -> str:
    return counted(number, "person", "people")


def _say_agreement(opinions: Opinions) -> str:
    items = opinions.everyone.items.values()
    known = [each for each in items if each.spread is not None]
    if not known:
        far = sum(each.differ for each in items)
        if not any(each.counts for each in items):
            return "So few people answered that their middle rating alone is shown."
        return (
            f"On {counted(far, 'item')} of {len(items)} the lowest and the highest rating lie far"
            " apart."
        )
    numbers = {word: sum(each.spread == word for each in known) for word in SPREADS}
    parts = [f"{SPREADS[word]} on {number}" for word, number in numbers.items() if number]
    ends = sum(each.polarised for each in known)
    both = f"; on {count(ends)} many chose the one end and many the other" if ends else ""
    if len(parts) == 1:
        (word,) = (each for each, number in numbers.items() if number)
        every = f"all {counted(len(known), 'item')}" if len(known) > 1 else "the one item"
        return f"People are {SPREADS[word]} on {every}{both}."
    return f"Of {counted(len(known), 'item')}, people are {listed(parts)}{both}."


SPREADS: Final[Mapping[str, str]] = {
    "close": "close together",
    "mixed": "mixed",
    "split": "split",
}
"""How far people agree, in words."""


def _say_groups(definition: Definition, opinions: Opinions) -> str:
    clear = [
        part
        for part, division in opinions.divisions.items()
        if any(is_clear(gap) for gap in division.gaps.values())
    ]
    noun = f"{opinions.by}s"
    if not clear:
        return f"No difference between {noun} is large enough to act on."
    names = listed(list(dict.fromkeys(_name(part, definition.model) for part in clear)), 4)
    return f"The {noun} differ clearly on {names}."


def is_clear(gap: Delta) -> bool:
    """Whether a group's answers differ from the others' by more than chance and more than little.

    At least medium in Romano's words, and no interval that reaches to no difference.
    """
    if gap.interval is None or gap.size not in ("medium", "large"):
        return False
    return gap.interval.low > 0 or gap.interval.high < 0


def say_gaps(definition: Definition, opinions: Opinions) -> Iterator[str]:
    """What each group sees clearly higher or lower than all others, the largest differences first.

    Groups stand in the order of their names: none of it puts them in an order.
    """
    for group in opinions.groups:
        gaps = [
            (division.gaps[group], part)
            for part, division in opinions.divisions.items()
            if group in division.gaps and is_clear(division.gaps[group])
        ]
        who = sentence(name_group(group, definition, opinions))
        for side, above in (("higher", True), ("lower", False)):
            found = [each for each in gaps if (each[0].delta > 0) is above]
            found.sort(key=lambda each: -abs(each[0].delta))
            if found:
                said = [_say_gap(group, *each, definition, opinions) for each in found]
                yield f"{who} answers {side} than the others on {listed(said, MOST_GAPS)}."


def _say_gap(
    group: str, gap: Delta, part: Statistic, definition: Definition, opinions: Opinions
) -> str:
    own, whole = find_index(opinions, group, part), find_index(opinions, "", part)
    others = _find_others(own, whole)
    against = ""
    if own is not None and own.mean is not None and others is not None:
        against = f", {percent(own.mean)} against {percent(others)}"
    return f"{name_part(part, definition, opinions)} ({gap.size}{against})"


def _find_others(own: IndexOpinion | None, whole: IndexOpinion | None) -> Fraction | None:
    """The mean of everybody who is not in a group."""
    if own is None or whole is None or own.mean is None or whole.mean is None:
        return None
    known, rest = own.known or 0, (whole.known or 0) - (own.known or 0)
    return (whole.mean * (whole.known or 0) - own.mean * known) / rest if rest else None


def find_index(opinions: Opinions, group: str, part: Statistic) -> IndexOpinion | None:
    """The index of a group, or of everyone where the group is an empty text."""
    crowd = opinions.groups[group] if group else opinions.everyone
    return crowd.indexes.get(part)


def show_interval(interval: Interval) -> str:
    """An interval in points of a scale, or of what runs from -1 to 1."""
    return f"{ratio(Fraction(interval.low))} to {ratio(Fraction(interval.high))}"


def _name(part: Statistic, model: Model) -> str:
    return model.characteristic(part.name).name


def name_group(name: str, definition: Definition, opinions: Opinions) -> str:
    """A group as it is called; all that are in none that is shown."""
    if name == REST:
        return "all others"
    return definition.questionnaire.role_name(name) if opinions.by == "role" else name


def say_apart(card: Scorecard) -> str:
    """Where the measured result and what people see lie far apart; empty where one is missing."""
    gaps, model = find_perception_gaps(card), card.definition.model
    if not gaps:
        return ""
    higher = sum(each.points > 0 for each in gaps)
    talk = sorted((each for each in gaps if each.worth_talk), key=lambda each: -abs(each.points))
    opening = (
        f"The measured index lies above what people see in {count(higher)} of"
        f" {counted(len(gaps), 'characteristic')}"
    )
    if gaps and all(each.few for each in gaps):
        return f"{opening}; what is seen is the {FEW} each, too few for topics for talk."
    if not talk:
        return f"{opening}, nowhere by {WORTH_TALK} points or more."
    names = []
    for each in talk:
        measured, seen, _ = percent_apart(each.measured, each.seen, Fraction(WORTH_TALK))
        names.append(f"{model.characteristic(each.id).name} ({measured} measured, {seen} seen)")
    return (
        f"{opening}. {WORTH_TALK} points or more apart, and so topics for talk:"
        f" {listed(names, MOST_GAPS)}."
    )


def say_spread(item: ItemOpinion) -> str:
    """How far people agree on an item: a word, and a second where many stand at both ends."""
    if item.spread is None:
        return "far apart" if item.differ else ("" if item.counts else "too few to say")
    return f"{SPREADS[item.spread]}{', at both ends' if item.polarised else ''}"


def name_part(part: Statistic, definition: Definition, opinions: Opinions) -> str:
    """The characteristic, and which of its indexes where it has two."""
    name = _name(part, definition.model)
    both = sum(each.name == part.name for each in opinions.divisions) > 1
    return f"{name}, as seen" if both and part.kind == "perceptions" else name
