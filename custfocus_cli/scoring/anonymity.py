"""A result without the people behind it: what may leave the house."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from custfocus_cli.documents.assessment import Answer, Assessment, Figures
from custfocus_cli.documents.definition import Definition
from custfocus_cli.documents.tally import COUNTED, LEAST, REST, People, Spread, Tally
from custfocus_cli.scoring.aggregate import (
    Lot,
    Lots,
    Statistic,
    Table,
    add_up_lots,
    find_denominators,
    find_items,
)
from custfocus_cli.scoring.panel import Panel, Voices, is_anonymous, rate_counts, speaks
from custfocus_cli.scoring.statistics.counts import find_lower_median

if TYPE_CHECKING:
    from custfocus_cli.scoring.scorecard import Scorecard


def anonymise(card: Scorecard) -> Scorecard:
    """The same result without anything that tells who said what, or in whose words.

    Gone are respondents with their roles and groups, whose word an answer is and from which day,
    notes, reasons, the context, what was said about the organisation and the source of its figures.
    How many of fewer than ten people chose which answer is gone as well. No number changes.
    """
    joined = tuple((_anonymise_panel(panel), asked) for panel, asked in card.joined)
    return replace(card, panel=joined[0][0], joined=joined)


def _anonymise_panel(panel: Panel) -> Panel:
    return panel._replace(
        answers=_strip_answers(panel.answers),
        sources=tuple(map(_strip_source, panel.sources)),
        figures=_strip_figures(panel.figures),
        context={},
        voices={name: _hush(voices) for name, voices in panel.voices.items()},
        tally=panel.tally and _strip_tally(panel.tally),
        opinions=panel.opinions and panel.opinions.bare,
    )


def _strip_tally(tally: Tally) -> Tally:
    """How many answered, and nothing of what; a tally of few, such as an interview's, tells it."""
    everyone = People(respondents=tally.everyone.respondents)
    return tally.model_copy(update={"everyone": everyone, "groups": {}, "by": None})


def _strip_answers(answers: Mapping[str, Answer]) -> Mapping[str, Answer]:
    """The answers with nothing but what is scored."""
    return {
        name: Answer(answer=each.answer, evidence=each.evidence, agreed=each.agreed)
        for name, each in answers.items()
    }


def _strip_source(source: Assessment) -> Assessment:
    return Assessment(
        questionnaire=source.questionnaire,
        organisation=source.organisation,
        scope=source.scope,
        date=source.date,
        mode=source.mode,
        adaptive=source.adaptive,
        target=source.target,
        answers=_strip_answers(source.answers),
        figures=_strip_figures(source.figures),
    )


def _strip_figures(figures: Figures | None) -> Figures | None:
    return figures and figures.model_copy(update={"source": None})


def _hush(voices: Voices) -> Voices:
    """Voices without their numbers where so few spoke that one of them could be told apart."""
    few = sum(voices.counts.values()) < COUNTED
    return voices._replace(counts={}) if few else voices


# --- groups that are too small ---------------------------------------------------------------


class Shown(NamedTuple):
    """What may be told of some people: of all of them, and of each group."""

    everyone: People
    groups: Mapping[str, People]


class _Cut(NamedTuple):
    """The table of each group for one statistic.

    `hidden` names those that show a median alone; `joined` are the groups that make `other`.
    """

    tables: Mapping[str, Table]
    hidden: Collection[str]
    joined: Collection[str] = ()

    def holds(self, name: str) -> bool:
        """Whether this very group is told of, and not as a part of `other`."""
        return name in self.tables and (name not in self.joined or len(self.joined) == 1)


ALL = ""
"""Everyone, among the groups: no group has this name."""


def suppress(lots: Lots, definition: Definition, *, least: int = LEAST) -> Shown:
    """What may be told of these groups so that none of fewer than `least` people stands out.

    A group with fewer joins `other`; while `other` has fewer, the next smallest joins. So do a
    group's answers to one item, and its values of one index. Where fewer than ten are left, or
    where ten or more have to hide others that could be found by subtraction, there is the lower
    median alone. An index tells no values where an item that makes it tells no counts: they could
    be read from it. With `least` 0 everything is told: an interview promises no anonymity.
    """
    sizes = {name: lot.respondents for name, lot in lots.items()}
    kept = _merge_lots(lots, _find_joining(sizes, least))
    total = add_up_lots(kept.values())
    people = {ALL: total.respondents, **{name: each.respondents for name, each in kept.items()}}
    cuts = {
        statistic: _cut(statistic, total, kept, least)
        for statistic in sorted(total.tables)
        if _size(total.tables[statistic]) >= max(least, 1)
    }
    cuts |= _hide_telltales(cuts, {ALL: total, **kept}, definition) if least else {}
    if any(REST in cut.tables for cut in cuts.values()):
        people.setdefault(REST, 0)  # answers to some items join, and nobody as a whole
    told = {name: _tell(name, number, cuts, definition) for name, number in people.items()}
    everyone = told.pop(ALL)
    return Shown(everyone, told if set(told) - {REST} else {})


def _size(table: Table) -> int:
    """How many people gave an answer, or have a value."""
    return sum(number for value, number in table.items() if value is not None)


def _find_joining(sizes: Mapping[str, int], least: int) -> frozenset[str]:
    """The groups that are not told apart: those too small, and others until they are enough."""
    joining = {name for name, size in sizes.items() if size < least or name == REST}
    return frozenset(_fill_up(joining, sizes, least))


def _fill_up(chosen: Iterable[str], sizes: Mapping[str, int], least: int) -> Iterator[str]:
    """The chosen, with the next smallest as long as they are some and fewer than `least`."""
    names = set(chosen) & sizes.keys()
    yield from names
    reached = sum(sizes[name] for name in names)
    for size, name in sorted((size, name) for name, size in sizes.items() if name not in names):
        if reached == 0 or reached >= least:
            return
        reached += size
        yield name


def _merge_lots(lots: Lots, joining: Collection[str]) -> Lots:
    """The lots, those that join as one."""
    rest = add_up_lots(lot for name, lot in lots.items() if name in joining)
    kept = {name: lots[name] for name in sorted(lots) if name not in joining}
    return {**kept, REST: rest} if rest.respondents or rest.tables else kept


def _cut(statistic: Statistic, total: Lot, lots: Lots, least: int) -> _Cut:
    """One statistic by group, as far as it may be told."""
    tables = {
        name: lot.tables[statistic]
        for name, lot in lots.items()
        if _size(lot.tables.get(statistic, {}))
    }
    joining = _find_joining({name: _size(table) for name, table in tables.items()}, least)
    kept = {name: table for name, table in tables.items() if name not in joining}
    if not kept:
        tables = {}
    elif joining:
        rest = add_up_lots(Lot(0, {statistic: tables[name]}) for name in joining)
        tables = {**kept, REST: rest.tables[statistic]}
    sizes = {name: _size(table) for name, table in tables.items()}
    counted = COUNTED if least else 0
    few = [name for name, size in sizes.items() if size < counted]
    whole = total.tables[statistic]
    hidden = {*_fill_up(few, sizes, counted), *((ALL,) if _size(whole) < counted else ())}
    return _Cut({ALL: whole, **tables}, hidden, joining)


def _hide_telltales(
    cuts: Mapping[Statistic, _Cut], lots: Lots, definition: Definition
) -> Mapping[Statistic, _Cut]:
    """The cuts of the indexes from which answers to an item could be read that are not told.

    Groups that nobody answered the item of tell nothing about it. What is hidden of an index holds
    all that is hidden of each of its items, so that no subtraction gives more than theirs do.
    """
    found = {}
    for index, items in find_items(definition).items():
        if index not in cuts:
            continue
        answered = [
            (name, cuts.get(item))
            for item in items
            for name, lot in lots.items()
            if _size(lot.tables.get(item, {}))
        ]
        untold = {name for name, cut in answered if cut is None or not cut.holds(name)}
        rated = {name for name, cut in answered if cut is not None and name in cut.hidden}
        if untold or rated:
            sizes = {name: _size(lot.tables.get(index, {})) for name, lot in lots.items()}
            found[index] = _hide(cuts[index], untold, rated, sizes)
    return found


def _hide(
    cut: _Cut, untold: Collection[str], rated: Collection[str], sizes: Mapping[str, int]
) -> _Cut:
    """The cut of an index with these groups hidden; of the untold, and of `other`, no median.

    Others are hidden with them until they are ten: everyone less all that are told.
    """
    named = {name: size for name, size in sizes.items() if name != ALL and size}
    apart = [name for name in named if not cut.holds(name)]
    hidden = {*untold, *rated, *apart, *cut.hidden}
    hidden = {ALL, *named} if ALL in hidden else set(_fill_up(hidden, named, COUNTED))
    tables = {
        name: table
        for name, table in cut.tables.items()
        if name not in untold and (name == ALL or cut.holds(name))
    }
    return _Cut(tables, hidden, cut.joined)


def _tell(
    name: str, respondents: int, cuts: Mapping[Statistic, _Cut], definition: Definition
) -> People:
    """What is told of one group, in the order of the questionnaire."""
    items, ratings = {}, {}
    for entry in definition.entries.values():
        cut = cuts.get(Statistic("items", entry.id))
        if cut is None or name not in cut.tables:
            continue
        counts = {
            code: cut.tables[name][code] for code in entry.codes if cut.tables[name].get(code)
        }
        if name not in cut.hidden:
            items[entry.id] = counts
        elif (rating := rate_counts(counts, entry)) is not None:
            ratings[entry.id] = rating
    spreads: dict[str, dict[str, Spread]] = {"indexes": {}, "perceptions": {}}
    for statistic, parts in find_denominators(definition).items():
        cut = cuts.get(statistic)
        if cut is not None and name in cut.tables:
            hidden = name in cut.hidden
            spreads[statistic.kind][statistic.name] = _spread(cut.tables[name], parts, hidden)
    filled = {"items": items, "ratings": ratings, **spreads}
    return People(respondents=respondents, **{key: each for key, each in filled.items() if each})


def _spread(table: Table, parts: int, hidden: bool) -> Spread:
    values = {value: table[value] for value in sorted(v for v in table if isinstance(v, int))}
    if hidden:
        return Spread(of=parts, median=find_lower_median(values))
    return Spread(of=parts, values=values, undefined=table.get(None, 0))


# --- too few people --------------------------------------------------------------------------


def has_too_few(panel: Panel, definition: Definition) -> bool:
    """Whether fewer than five people stand behind a panel who answered for themselves.

    An interview names roles, and says so; a tally holds nothing that may not be told; what a
    workshop agreed is everybody's. One set of answers that names no respondent, and
    is no survey's, is a team's own word on itself.
    """
    if panel.tally is not None:
        return False
    people = _find_people(panel, definition)
    return 0 < len(people) < LEAST and not _are_a_team(people)


def _find_people(panel: Panel, definition: Definition) -> list[Assessment]:
    """The sources of those who answered for themselves, and are not to be told apart."""
    return [each for each in panel.sources if speaks(each) and is_anonymous(each, definition)]


def _are_a_team(people: Sequence[Assessment]) -> bool:
    one, *others = people
    return not others and one.mode != "survey" and one.respondent is None


class Named(NamedTuple):
    """A panel as it may stand under its name.

    `held_back` are the items that too few people answered.
    """

    panel: Panel
    held_back: tuple[str, ...] = ()


def hold_back(panel: Panel, definition: Definition) -> Named | None:
    """The panel as it may stand under its name; None where too few people stand behind it.

    An item that some but fewer than five of them answered is as good as open; what a workshop
    agreed is everybody's.
    """
    if has_too_few(panel, definition):
        return None
    people = _find_people(panel, definition)
    if len(people) < LEAST or panel.tally is not None:
        return Named(panel)
    answered = Counter(name for each in people for name in each.answers)
    agreed = {name for name, answer in panel.answers.items() if answer.agreed}
    few = {name for name, number in answered.items() if number < LEAST} - agreed
    answers = {name: each for name, each in panel.answers.items() if name not in few}
    voices = {name: each for name, each in panel.voices.items() if name not in few}
    return Named(panel._replace(answers=answers, voices=voices), tuple(sorted(few)))
