"""What many people say, in words and as pictures: agreement, groups, the view from the top."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Final, Literal, NamedTuple

from custfocus_cli.documents.definition import Definition, Entry
from custfocus_cli.documents.model import Model
from custfocus_cli.documents.tally import REST
from custfocus_cli.render.opinion_tables import (
    tabulate_characteristics,
    tabulate_groups,
    tabulate_items,
    tabulate_people,
    tabulate_seen,
)
from custfocus_cli.render.opinion_words import (
    find_index,
    name_group,
    name_part,
    say_apart,
    say_gaps,
    say_spread,
    write_summary,
)
from custfocus_cli.render.record import name_answer
from custfocus_cli.render.tables import Table
from custfocus_cli.scoring.opinions import (
    ItemOpinion,
    Opinions,
    list_close,
    list_divided,
)
from custfocus_cli.scoring.panel import Panel, find_points
from custfocus_cli.scoring.scorecard import Scorecard
from custfocus_cli.scoring.statistics.groups import WORTH_TALK
from custfocus_cli.scoring.views import Gap, find_perception_gaps
from custfocus_cli.wording.numbers import percent, percent_apart
from custfocus_cli.wording.phrases import FEW, listed

MOST_BARS: Final = 10  # items in one chart; the details have every item
MOST_CLOSE: Final = 5
MOST_SENTENCES: Final = 3  # for those who read no further
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
    """One view of a characteristic: whose, at how many percent, drawn as what.

    `letter` stands beside the mark, where shapes are too few to tell several apart.
    """

    name: str
    value: float
    shown: str
    shape: Literal["now", "goal", "high"]
    letter: str = ""


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
        views=tabulate_seen(gaps, card.definition.model),
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
        gaps=tuple(say_gaps(definition, opinions)),
        tables={
            "people": tabulate_people(definition, opinions),
            "divided": tabulate_items([each.id for each in shown], definition, opinions),
            "close": tabulate_items([each.id for each in alike], definition, opinions),
            "characteristics": tabulate_characteristics(definition, opinions),
        },
        groups=tuple(tabulate_groups(definition, opinions)),
    )


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
    words = say_spread(item) + (", settled in a workshop" if agreed and agreed.agreed else "")
    return Bar(entry.id, entry.statement, words, tuple(segments), listed(beside))


def _draw_spans(definition: Definition, opinions: Opinions) -> Iterator[Span]:
    """The means of the groups on one line for each characteristic, where two of them have one."""
    named = _list_drawn(opinions)
    shapes: tuple[Literal["now", "goal", "high"], ...] = ("now", "goal")
    for part in opinions.divisions:
        marks = [
            Mark(
                name_group(name, definition, opinions),
                float(index.mean),
                percent(index.mean),
                *((shapes[place],) if len(named) == 2 else ("high", _name_letter(place))),
            )
            for place, name in enumerate(named)
            if (index := find_index(opinions, name, part)) and index.mean is not None
        ]
        if len(marks) > 1:
            low, high = (pick(marks, key=lambda each: each.value) for pick in (min, max))
            words = low.shown if low.shown == high.shown else f"{low.shown} to {high.shown}"
            yield Span(name_part(part, definition, opinions), tuple(marks), words)


def _list_drawn(opinions: Opinions) -> list[str]:
    """The groups that have a mean of anything."""
    return [
        name
        for name, crowd in opinions.groups.items()
        if name != REST and any(index.mean is not None for index in crowd.indexes.values())
    ]


def _name_letter(place: int) -> str:
    """The letter of a group by its place: A to Z, then AA, AB."""
    return (_name_letter(place // 26 - 1) if place >= 26 else "") + chr(ord("A") + place % 26)


def _write_legend(definition: Definition, opinions: Opinions) -> str:
    named = [name_group(name, definition, opinions) for name in _list_drawn(opinions)]
    if len(named) == 2:
        return f"The dot is {named[0]}, the diamond {named[1]}."
    letters = [f"{_name_letter(place)} {name}" for place, name in enumerate(named)]
    return f"Each mark is the mean of one {opinions.by or 'group'}: {listed(letters)}."


def _draw_view(gap: Gap, model: Model) -> Span:
    measured, seen, _ = percent_apart(gap.measured, gap.seen, Fraction(WORTH_TALK))
    marks = (
        Mark("measured", float(gap.measured), measured, "now"),
        Mark("seen", float(gap.seen), seen, "goal"),
    )
    words = f"{marks[0].shown}, seen {marks[1].shown}{f' ({FEW})' if gap.few else ''}"
    return Span(model.characteristic(gap.id).name, marks, words)


def _list_settled(panel: Panel, definition: Definition) -> Iterator[Settled]:
    for name, entry in definition.entries.items():
        given = panel.answers.get(name)
        if given is not None and given.agreed:
            label = name_answer(entry, given.answer, definition.model)
            yield Settled(name, entry.statement, label, given.note or "")
