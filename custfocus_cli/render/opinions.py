"""What many people say, in words and as pictures: agreement, groups, the view from the top."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final, Literal, NamedTuple

from custfocus_cli.documents.definition import Definition, Entry
from custfocus_cli.documents.model import Model
from custfocus_cli.documents.tally import REST
from custfocus_cli.render.record import name_answer
from custfocus_cli.render.tables import Column, Table
from custfocus_cli.scoring.aggregate import Statistic
from custfocus_cli.scoring.opinions import (
    IndexOpinion,
    ItemOpinion,
    Opinions,
    find_parts,
    list_close,
    list_divided,
)
from custfocus_cli.scoring.panel import Panel, find_points
from custfocus_cli.scoring.scorecard import Scorecard
from custfocus_cli.scoring.statistics.groups import WORTH_TALK, Delta
from custfocus_cli.scoring.statistics.intervals import Interval
from custfocus_cli.scoring.views import Gap, find_perception_gaps
from custfocus_cli.wording.numbers import percent, ratio
from custfocus_cli.wording.phrases import count, counted, listed, sentence, without_stop

MOST_BARS: Final = 10  # items in one chart; the details have every item
MOST_CLOSE: Final = 5
MOST_GAPS: Final = 4
MOST_SENTENCES: Final = 3  # for those who read no further
_WIDE: Final = 5  # groups side by side in one table, so that it fits a printed page
_DARKEST: Final = 4  # the shades of a ramp run from 0 to here


class Segment(NamedTuple):
    """The part of a bar for one answer; start and width in percent of the bar."""

    label: str
    number: int
    start: float
    width: float
    shade: int


class Bar(NamedTuple):
    """How people answered one item; `words` say how far they agree, `beside` who rated nothing."""

    id: str
    statement: str
    words: str
    segments: tuple[Segment, ...]
    beside: str


class Mark(NamedTuple):
    """One view of a characteristic: whose, at how many percent, drawn as what."""

    name: str
    value: float
    shown: str
    shape: Literal["now", "goal", "high"]


class Span(NamedTuple):
    """Several views of one characteristic on one line; `low` and `high` are its ends."""

    name: str
    marks: tuple[Mark, ...]
    words: str

    @property
    def low(self) -> float:
        """The leftmost mark."""
        return min(mark.value for mark in self.marks)

    @property
    def high(self) -> float:
        """The rightmost mark."""
        return max(mark.value for mark in self.marks)


class Settled(NamedTuple):
    """A rating that a workshop agreed on."""

    id: str
    statement: str
    label: str
    note: str


class PanelPicture(NamedTuple):
    """What the respondents to one questionnaire say.

    `summary` says it in sentences, `gaps` where groups differ clearly. `legend` explains the marks
    of `spans`. `tables` hold the numbers of each part; `groups` are those of the groups, a few of
    them side by side in each.
    """

    title: str
    summary: tuple[str, ...]
    divided: tuple[Bar, ...]
    close: tuple[Bar, ...]
    settled: tuple[Settled, ...]
    spans: tuple[Span, ...]
    legend: str
    gaps: tuple[str, ...]
    tables: Mapping[str, Table]
    groups: tuple[Table, ...]


class OpinionsPicture(NamedTuple):
    """Everything of the chapter; `brief` is for those who read no further.

    `perception` sets the measured index beside what people see, `views` is its table and
    `apart` its sentence; all three are empty where one of the two was not asked.
    """

    brief: tuple[str, ...]
    panels: tuple[PanelPicture, ...]
    apart: str
    perception: tuple[Span, ...]
    views: Table


def draw_opinions(card: Scorecard) -> OpinionsPicture | None:
    """The chapter on agreement and groups; None where one respondent speaks for himself."""
    heard = [
        (panel, definition, panel.opinions)
        for panel, definition in card.joined
        if panel.opinions is not None
    ]
    gaps = find_perception_gaps(card)
    if not heard and not gaps:
        return None
    panels = tuple(_draw_panel(*each) for each in heard)
    apart = say_apart(card)
    brief = [text for each in panels[:1] for text in each.summary[1:] or each.summary]
    return OpinionsPicture(
        brief=tuple([*[apart] * bool(apart), *brief][:MOST_SENTENCES]),
        panels=panels,
        apart=apart,
        perception=tuple(_draw_view(each, card.definition.model) for each in gaps),
        views=_tabulate_views(gaps, card.definition.model),
    )


def _draw_panel(panel: Panel, definition: Definition, opinions: Opinions) -> PanelPicture:
    items, entries = opinions.everyone.items, definition.entries
    divided, close = list(list_divided(opinions.everyone)), list(list_close(opinions.everyone))
    bars = {
        name: _draw_bar(items[name], entries[name], panel, definition.model)
        for name in (*divided[:MOST_BARS], *close[:MOST_CLOSE])
        if items[name].counts
    }
    shown = tuple(bars[name] for name in divided[:MOST_BARS] if name in bars)
    alike = tuple(bars[name] for name in close[:MOST_CLOSE] if name in bars)
    spans = tuple(_draw_spans(definition, opinions))
    return PanelPicture(
        title=definition.title,
        summary=tuple(write_summary(definition, opinions)),
        divided=shown,
        close=alike,
        settled=tuple(_list_settled(panel, definition)),
        spans=spans,
        legend=_write_legend(definition, opinions) if spans else "",
        gaps=tuple(_say_gaps(definition, opinions)),
        tables={
            "people": _tabulate_people(definition, opinions),
            "divided": _tabulate_items([each.id for each in shown], definition, opinions),
            "close": _tabulate_items([each.id for each in alike], definition, opinions),
            "characteristics": _tabulate_characteristics(definition, opinions),
        },
        groups=tuple(_tabulate_groups(definition, opinions)),
    )


# --- in sentences ------------------------------------------------------------------------------


def write_summary(definition: Definition, opinions: Opinions) -> Iterator[str]:
    """Who answered, how far they agree, on what they are split, whether groups differ."""
    yield _say_who(definition, opinions)
    if not opinions.told:
        yield (
            f"Fewer than {count(opinions.least)} people are too few to show how they agree without"
            " showing who said what. Their common ratings stand in this report."
        )
        return
    yield _say_agreement(opinions)
    divided = list(list_divided(opinions.everyone))
    if divided:
        entry = definition.entries[divided[0]]
        yield f"Most split: {entry.id}, {without_stop(entry.statement)}."
    if opinions.groups:
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


def _say_gaps(definition: Definition, opinions: Opinions) -> Iterator[str]:
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
    own, whole = _find_index(opinions, group, part), _find_index(opinions, "", part)
    others = _find_others(own, whole)
    against = ""
    if own is not None and own.mean is not None and others is not None:
        against = f", {percent(own.mean)} against {percent(others)}"
    return f"{_name_part(part, definition, opinions)} ({gap.size}{against})"


def _find_others(own: IndexOpinion | None, whole: IndexOpinion | None) -> Fraction | None:
    """The mean of everybody who is not in a group."""
    if own is None or whole is None or own.mean is None or whole.mean is None:
        return None
    known, rest = own.known or 0, (whole.known or 0) - (own.known or 0)
    return (whole.mean * (whole.known or 0) - own.mean * known) / rest if rest else None


def _find_index(opinions: Opinions, group: str, part: Statistic) -> IndexOpinion | None:
    crowd = opinions.groups[group] if group else opinions.everyone
    return crowd.indexes.get(part)


def _show_interval(interval: Interval) -> str:
    return f"{ratio(Fraction(interval.low))} to {ratio(Fraction(interval.high))}"


def _show_percents(interval: Interval) -> str:
    return f"{percent(Fraction(interval.low))} to {percent(Fraction(interval.high))}"


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
    if not talk:
        return f"{opening}, nowhere by {WORTH_TALK} points or more."
    names = [
        f"{model.characteristic(each.id).name} ({percent(each.measured)} measured,"
        f" {percent(each.seen)} seen)"
        for each in talk
    ]
    return (
        f"{opening}. {WORTH_TALK} points or more apart, and so topics for talk:"
        f" {listed(names, MOST_GAPS)}."
    )


# --- as pictures -------------------------------------------------------------------------------


def _draw_bar(item: ItemOpinion, entry: Entry, panel: Panel, model: Model) -> Bar:
    points = find_points(entry)
    rated = sorted((code for code in entry.codes if code in points), key=points.__getitem__)
    whole = sum(item.counts.get(code, 0) for code in rated) or 1
    segments, start, steps = [], 0, max(len(rated) - 1, 1)
    for place, code in enumerate(rated):
        number = item.counts.get(code, 0)
        shade = (_DARKEST * place + steps // 2) // steps
        if number:
            label = name_answer(entry, code, model)
            at, wide = 100 * start / whole, 100 * number / whole
            segments.append(Segment(label, number, at, wide, shade))
        start += number
    beside = [
        f"{number} {name_answer(entry, code, model)}"
        for code, number in item.counts.items()
        if code not in points
    ]
    agreed = panel.answers.get(entry.id)
    words = _say_spread(item) + (", settled in a workshop" if agreed and agreed.agreed else "")
    return Bar(entry.id, entry.statement, words, tuple(segments), listed(beside))


def _say_spread(item: ItemOpinion) -> str:
    """How far people agree on an item: a word, and a second where many stand at both ends."""
    if item.spread is None:
        return "far apart" if item.differ else ("" if item.counts else "too few to say")
    return f"{SPREADS[item.spread]}{', at both ends' if item.polarised else ''}"


def _draw_spans(definition: Definition, opinions: Opinions) -> Iterator[Span]:
    """The means of the groups on one line for each characteristic, where two of them have one."""
    named = [name for name in opinions.groups if name != REST]
    shapes: tuple[Literal["now", "goal", "high"], ...] = ("now", "goal")
    for part in opinions.divisions:
        marks = [
            Mark(
                name_group(name, definition, opinions),
                float(index.mean),
                percent(index.mean),
                shapes[place] if len(named) == len(shapes) else "high",
            )
            for place, name in enumerate(named)
            if (index := _find_index(opinions, name, part)) and index.mean is not None
        ]
        if len(marks) > 1:
            low, high = (pick(marks, key=lambda each: each.value) for pick in (min, max))
            words = low.shown if low.shown == high.shown else f"{low.shown} to {high.shown}"
            yield Span(_name_part(part, definition, opinions), tuple(marks), words)


def _name_part(part: Statistic, definition: Definition, opinions: Opinions) -> str:
    """The characteristic, and which of its indexes where it has two."""
    name = _name(part, definition.model)
    both = sum(each.name == part.name for each in opinions.divisions) > 1
    return f"{name}, as seen" if both and part.kind == "perceptions" else name


def _write_legend(definition: Definition, opinions: Opinions) -> str:
    named = [name_group(name, definition, opinions) for name in opinions.groups if name != REST]
    noun = opinions.by or "group"
    if len(named) == 2:
        return f"The dot is {named[0]}, the diamond {named[1]}."
    return f"Each mark is the mean of one {noun}; the table names them."


def _draw_view(gap: Gap, model: Model) -> Span:
    marks = (
        Mark("measured", float(gap.measured), percent(gap.measured), "now"),
        Mark("seen", float(gap.seen), percent(gap.seen), "goal"),
    )
    words = f"{marks[0].shown}, seen {marks[1].shown}"
    return Span(model.characteristic(gap.id).name, marks, words)


def _list_settled(panel: Panel, definition: Definition) -> Iterator[Settled]:
    for name, entry in definition.entries.items():
        given = panel.answers.get(name)
        if given is not None and given.agreed:
            label = name_answer(entry, given.answer, definition.model)
            yield Settled(name, entry.statement, label, given.note or "")


# --- as tables ---------------------------------------------------------------------------------


def _tabulate_people(definition: Definition, opinions: Opinions) -> Table:
    """How many answered, by group."""
    columns = [Column(sentence(opinions.by or "group"), "head"), Column("People", "number")]
    cells = [
        (name_group(name, definition, opinions), str(crowd.respondents))
        for name, crowd in opinions.groups.items()
    ]
    return Table(
        columns, [*cells, ("together", str(opinions.everyone.respondents))] if cells else []
    )


def _tabulate_items(names: Sequence[str], definition: Definition, opinions: Opinions) -> Table:
    meant = any(opinions.everyone.items[name].mean is not None for name in names)
    columns = [
        Column("Item", "head"),
        Column("Statement"),
        Column("How far apart"),
        Column("How many chose what"),
        *[Column("Mean", "number")] * meant,
    ]
    cells = []
    for name in names:
        item, entry = opinions.everyone.items[name], definition.entries[name]
        chosen = [
            f"{number} {name_answer(entry, code, definition.model)}"
            for code, number in item.counts.items()
        ]
        cells.append(
            (
                name,
                entry.statement,
                _say_spread(item) + _show_deviation(item),
                listed(chosen),
                *[_show_mean(item)] * meant,
            )
        )
    return Table(columns, cells)


def _show_deviation(item: ItemOpinion) -> str:
    return "" if item.spread is None or item.deviation is None else f" ({ratio(item.deviation)})"


def _show_mean(item: ItemOpinion) -> str:
    if item.mean is None or item.interval is None:
        return ""
    return f"{ratio(item.mean)} ({_show_interval(item.interval)})"


def _tabulate_characteristics(definition: Definition, opinions: Opinions) -> Table:
    """How far people agree on each characteristic, and what groups have to do with it.

    Empty where too few people answered for words.
    """
    if all(each.spread is None for each in opinions.everyone.items.values()):
        return Table([], [])
    grouped = any(each.effect is not None for each in opinions.divisions.values())
    columns = [
        Column("Characteristic", "head"),
        *(Column(sentence(words), "number") for words in SPREADS.values()),
        Column("Agreement", "number"),
        Column("Mean of all people", "number"),
    ]
    if grouped:
        columns += [Column(f"Explained by the {opinions.by}, %", "number"), Column("Order of them")]
    cells = []
    parts = find_parts(definition)
    for part, division in opinions.divisions.items():
        items = [opinions.everyone.items.get(each.id) for each in parts[part]]
        spreads = [each.spread for each in items if each is not None]
        effect, joint = division.effect, division.agreement
        row = [
            _name_part(part, definition, opinions),
            *(str(spreads.count(word)) for word in _WORDS),
            "" if joint is None else ratio(joint),
            _show_index(opinions.everyone.indexes[part]),
        ]
        if grouped and effect is not None:
            row += [percent(100 * max(effect.share, Fraction(0)))]
            row += ["can be read" if effect.rankable else "may be chance"]
        elif grouped:
            row += ["", ""]
        cells.append(tuple(row))
    return Table(columns, cells)


_WORDS: Final = ("close", "mixed", "split")


def _show_index(index: IndexOpinion | None) -> str:
    if index is None:
        return "too few"
    if index.mean is None or index.interval is None:
        return "too few" if index.median is None else f"middle {percent(index.median)}"
    return f"{percent(index.mean)} ({_show_percents(index.interval)})"


def _tabulate_groups(definition: Definition, opinions: Opinions) -> Iterator[Table]:
    """The indexes of a few groups side by side, and of the next few."""
    names = list(opinions.groups)
    wide = -(-len(names) // -(-len(names) // _WIDE)) if names else 1  # as even as they come
    for first in range(0, len(names), wide):
        some = names[first : first + wide]
        titles = [sentence(name_group(name, definition, opinions)) for name in some]
        cells = [
            (
                _name_part(part, definition, opinions),
                *(_show_group(name, part, opinions) for name in some),
            )
            for part in opinions.divisions
        ]
        yield Table([Column("Characteristic", "head"), *map(Column, titles)], cells)


def _show_group(name: str, part: Statistic, opinions: Opinions) -> str:
    """A group's index with a word for how it stands to the others."""
    index, gap = _find_index(opinions, name, part), opinions.divisions[part].gaps.get(name)
    if index is None or index.mean is None or gap is None:
        return _show_index(index)
    if gap.size == "negligible":
        return f"{percent(index.mean)}, like the others"
    doubt = "" if is_clear(gap) or _excludes_nothing(gap) else ", may be chance"
    side = "higher" if gap.delta > 0 else "lower"
    return f"{percent(index.mean)}, {side} ({gap.size}{doubt}; {ratio(gap.delta)})"


def _excludes_nothing(gap: Delta) -> bool:
    return gap.interval is not None and (gap.interval.low > 0 or gap.interval.high < 0)


def _say_view(gap: Gap) -> str:
    if not gap.points:
        return "the same"
    side = "lower" if gap.points > 0 else "higher"
    return f"seen {side}{': a topic for talk' if gap.worth_talk else ''}"


def _tabulate_views(gaps: Sequence[Gap], model: Model) -> Table:
    columns = [
        Column("Characteristic", "head"),
        Column("Measured, %", "number"),
        Column("Seen, %", "number"),
        Column("Points apart", "number"),
        Column("In words"),
    ]
    cells = [
        (
            model.characteristic(each.id).name,
            percent(each.measured),
            percent(each.seen),
            percent(abs(each.points), Fraction(WORTH_TALK)),
            _say_view(each),
        )
        for each in gaps
    ]
    return Table(columns, cells)
