"""What many people say, as tables: the numbers beside each picture of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from custfocus_cli.documents.definition import Definition
from custfocus_cli.documents.model import Model
from custfocus_cli.render.opinion_words import (
    SPREADS,
    find_index,
    is_clear,
    name_group,
    name_part,
    say_spread,
    show_interval,
)
from custfocus_cli.render.record import name_answer
from custfocus_cli.render.tables import Column, Table
from custfocus_cli.scoring.aggregate import Statistic
from custfocus_cli.scoring.opinions import (
    IndexOpinion,
    ItemOpinion,
    Opinions,
    find_parts,
)
from custfocus_cli.scoring.statistics.groups import WORTH_TALK, Delta
from custfocus_cli.scoring.statistics.intervals import Interval
from custfocus_cli.scoring.views import Gap
from custfocus_cli.wording.numbers import percent, percent_apart, ratio
from custfocus_cli.wording.phrases import FEW, listed, sentence

_WIDE: Final = 5  # groups side by side in one table, so that it fits a printed page


def _show_percents(interval: Interval) -> str:
    return f"{percent(Fraction(interval.low))} to {percent(Fraction(interval.high))}"


def tabulate_people(definition: Definition, opinions: Opinions) -> Table:
    """How many answered, by group."""
    columns = [Column(sentence(opinions.by or "group"), "head"), Column("People", "number")]
    cells = [
        (name_group(name, definition, opinions), str(crowd.respondents))
        for name, crowd in opinions.groups.items()
    ]
    return Table(
        columns, [*cells, ("together", str(opinions.everyone.respondents))] if cells else []
    )


def tabulate_items(names: Sequence[str], definition: Definition, opinions: Opinions) -> Table:
    """How people answered these items."""
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
                say_spread(item) + _show_deviation(item),
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
    return f"{ratio(item.mean)} ({show_interval(item.interval)})"


def tabulate_characteristics(definition: Definition, opinions: Opinions) -> Table:
    """How far people agree on each characteristic, and what groups have to do with it.

    Empty where too few people answered for words. A word that fits nothing, or all, has no column.
    """
    found = {each.spread for each in opinions.everyone.items.values()}
    if found <= {None}:
        return Table([], [])
    told = [word for word in SPREADS if word in found]
    told = told if len(told) > 1 else []
    grouped = any(each.effect is not None for each in opinions.divisions.values())
    columns = [
        Column("Characteristic", "head"),
        *(Column(sentence(SPREADS[word]), "number") for word in told),
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
            name_part(part, definition, opinions),
            *(str(sum(each == word for each in spreads)) for word in told),
            "" if joint is None else ratio(joint),
            _show_mean_index(opinions.everyone.indexes[part]),
        ]
        if grouped and effect is not None:
            row += [percent(100 * max(effect.share, Fraction(0)))]
            row += ["can be read" if effect.rankable else "may be chance"]
        elif grouped:
            row += ["", ""]
        cells.append(tuple(row))
    return Table(columns, cells)


def _show_mean_index(index: IndexOpinion) -> str:
    """The index of everyone, and of how many people it is the mean."""
    if index.mean is None or index.interval is None:
        return _show_index(index)
    return f"{percent(index.mean)} ({_show_percents(index.interval)}; n {index.known})"


def _show_index(index: IndexOpinion | None) -> str:
    if index is None:
        return "too few"
    if index.mean is None or index.interval is None:
        return "too few" if index.median is None else f"middle {percent(index.median)}"
    return f"{percent(index.mean)} ({_show_percents(index.interval)})"


def tabulate_groups(definition: Definition, opinions: Opinions) -> Iterator[Table]:
    """The indexes of a few groups side by side, and of the next few; no table without any index."""
    if not any(crowd.indexes for crowd in opinions.groups.values()):
        return
    names = list(opinions.groups)
    wide = -(-len(names) // -(-len(names) // _WIDE)) if names else 1  # as even as they come
    for first in range(0, len(names), wide):
        some = names[first : first + wide]
        titles = [sentence(name_group(name, definition, opinions)) for name in some]
        cells = [
            (
                name_part(part, definition, opinions),
                *(_show_group(name, part, opinions) for name in some),
            )
            for part in opinions.divisions
        ]
        yield Table([Column("Characteristic", "head"), *map(Column, titles)], cells)


def _show_group(name: str, part: Statistic, opinions: Opinions) -> str:
    """A group's index with a word for how it stands to the others."""
    index, gap = find_index(opinions, name, part), opinions.divisions[part].gaps.get(name)
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


def tabulate_seen(gaps: Sequence[Gap], model: Model) -> Table:
    """The measured index of each characteristic beside the one that people see."""
    columns = [
        Column("Characteristic", "head"),
        Column("Measured, %", "number"),
        Column("Seen, %", "number"),
        Column("Points apart", "number"),
        Column("In words"),
    ]
    return Table(columns, [_show_gap(each, model) for each in gaps])


def _show_gap(gap: Gap, model: Model) -> tuple[str, ...]:
    measured, seen, apart = percent_apart(gap.measured, gap.seen, Fraction(WORTH_TALK))
    few = f" ({FEW})" if gap.few else ""
    return model.characteristic(gap.id).name, measured, f"{seen}{few}", apart, _say_view(gap)
