"""What many people say: how far they agree, where groups differ, told so that nobody is given away.

Everything here is made of the tally, from which what must not be told is gone already.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

from custfocus_cli.documents.assessment import Answer
from custfocus_cli.documents.definition import Definition, Entry
from custfocus_cli.documents.tally import COUNTED, LEAST, REST, By, People, Spread, Tally
from custfocus_cli.errors import CustfocusError
from custfocus_cli.scoring.aggregate import Kind, Statistic
from custfocus_cli.scoring.panel import (
    COUNTED_REASON,
    Panel,
    Voices,
    find_points,
    is_far_apart,
    rate_counts,
)
from custfocus_cli.scoring.statistics import agreement
from custfocus_cli.scoring.statistics.counts import Counts, add_up, find_lower_median
from custfocus_cli.scoring.statistics.groups import (
    Delta,
    GroupEffect,
    find_delta,
    find_group_effect,
)
from custfocus_cli.scoring.statistics.intervals import (
    ENOUGH_FOR_A_MEAN,
    Interval,
    find_mean_interval,
)
from custfocus_cli.scoring.statistics.reliability import (
    MOST_ASSESSORS,
    count_complete,
    find_alpha,
    find_ordinal_alpha,
)
from custfocus_cli.scoring.tallies import About, add_tallies, tally_panel


class ItemOpinion(NamedTuple):
    """How some people answered one item.

    `counts` holds how many gave which answer, codes in the scale's order; it is empty where that
    would tell too much, and so is everything that follows from it. `rating` is what they say
    together (domain rule 2.2.11). `mean` and `deviation` (the average deviation) are in points of
    the scale. `differ` is the rule's flag: the highest rating at least two points above the lowest.
    """

    counts: Mapping[str, int] = MappingProxyType({})
    rating: str | None = None
    mean: Fraction | None = None
    interval: Interval | None = None
    deviation: Fraction | None = None
    share: Fraction | None = None
    spread: agreement.Spread | None = None
    agreement: Fraction | None = None
    polarised: bool = False
    differ: bool = False

    @property
    def answered(self) -> int | None:
        """How many people answered it; None where that is not told."""
        return sum(self.counts.values()) or None


class IndexOpinion(NamedTuple):
    """Which index of a characteristic some people's own answers make, in percent.

    `known` counts those whose answers make one; None where fewer than ten do, and then there is
    the lower `median` alone. `mean` has an interval of 95 %, from eight people.
    """

    known: int | None
    median: Fraction | None
    mean: Fraction | None = None
    interval: Interval | None = None


class Crowd(NamedTuple):
    """Some people: how many, and what they say of each item and each characteristic."""

    respondents: int
    items: Mapping[str, ItemOpinion] = MappingProxyType({})
    indexes: Mapping[Statistic, IndexOpinion] = MappingProxyType({})


class Division(NamedTuple):
    """How far people agree on a characteristic, and how far groups differ on it.

    `agreement` is r*_wg over its items, `consistency` Cronbach's alpha, for authors. `gaps` holds
    for each group how its indexes stand to those of everybody else.
    """

    agreement: Fraction | None = None
    consistency: Fraction | None = None
    gaps: Mapping[str, Delta] = MappingProxyType({})
    effect: GroupEffect | None = None


class Opinions(NamedTuple):
    """What the respondents of a panel say, as far as it may be told.

    `anonymous` says whether they were promised that nobody can be told from the others, `least`
    how many people a group then has at least. `groups` are those `by` role or group, the rest of
    the people under `other`. `assessors` is Krippendorff's alpha of ten or fewer interviews.
    """

    anonymous: bool
    least: int
    everyone: Crowd
    by: By | None = None
    groups: Mapping[str, Crowd] = MappingProxyType({})
    divisions: Mapping[Statistic, Division] = MappingProxyType({})
    assessors: Fraction | None = None

    @property
    def told(self) -> bool:
        """Whether there are enough people to tell anything of what they say."""
        return bool(self.everyone.items)

    @property
    def bare(self) -> Opinions:
        """The same without roles and groups, and without how many of fewer than ten chose what."""
        items = {
            name: each
            if (each.answered or 0) >= COUNTED
            else ItemOpinion(rating=each.rating, differ=each.differ)
            for name, each in self.everyone.items.items()
        }
        divisions = {
            part: each._replace(gaps={}, effect=None) for part, each in self.divisions.items()
        }
        everyone = self.everyone._replace(items=items)
        return self._replace(everyone=everyone, by=None, groups={}, divisions=divisions)


def listen(
    panel: Panel, definition: Definition, *, by: By | None = None, least: int = LEAST
) -> Panel:
    """The panel with what its respondents say, and without what would give one of them away.

    Whoever was promised anonymity is counted through the tally: of an item that too few of them
    answered nothing is left, and how many chose what of fewer than ten is gone, as are the reasons
    that people wrote themselves. Where fewer than `least` answered at all, nothing
    is told of how they agree. One respondent is nobody's panel. Raises CustfocusError where what
    was tallied is told apart by something else than `by`.
    """
    if panel.tally is not None and by not in (None, panel.tally.by):
        apart = f"by {panel.tally.by}" if panel.tally.by else "without groups"
        raise CustfocusError(
            f"the tally was made {apart}, so it cannot be shown by {by}",
            f"make the tally again with --by {by}",
        )
    if panel.respondents < 2 or panel.opinions is not None:
        return panel
    tally = _raise_least(panel.tally, definition, least) if panel.tally else None
    tally = tally or tally_panel(panel, definition, by=by, least=least)
    if tally is None:
        few = Opinions(True, least, Crowd(panel.respondents))
        return _hush(panel, few)._replace(opinions=few)
    opinions = form_opinions(tally, definition)
    if panel.tally is None:
        opinions = _add_consistency(opinions, panel, definition)
    return _hush(panel, opinions)._replace(opinions=opinions)


def listen_to_all(
    panels: Sequence[tuple[Panel, Definition]], *, by: By | None, least: int
) -> tuple[tuple[Panel, Definition], ...]:
    """Each panel, listened to, with its questionnaire."""
    return tuple((listen(each, asked, by=by, least=least), asked) for each, asked in panels)


def _raise_least(tally: Tally, definition: Definition, least: int) -> Tally:
    """The tally, its groups with at least so many people."""
    if not tally.is_anonymous or least <= (tally.min_group or LEAST):
        return tally
    about = About(tally.organisation, tally.date, tally.mode, tally.scope, min_group=least)
    return add_tallies([tally], definition, about)


def _hush(panel: Panel, opinions: Opinions) -> Panel:
    """The panel with those voices and answers that may be told."""
    if not opinions.anonymous:
        return panel
    told = opinions.everyone.items
    answers = {
        name: each if each.agreed or not each.reason else _strip_reason(each)
        for name, each in panel.answers.items()
        if each.agreed or name in told or not opinions.told
    }
    voices = {
        name: each if name in told and told[name].counts else Voices({}, agreed=each.agreed)
        for name, each in panel.voices.items()
        if name in told or each.agreed or not opinions.told
    }
    return panel._replace(answers=answers, voices=voices)


def _strip_reason(answer: Answer) -> Answer:
    return answer.model_copy(update={"reason": COUNTED_REASON})


# --- from counts to figures --------------------------------------------------------------------


def form_opinions(tally: Tally, definition: Definition) -> Opinions:
    """What the people of a tally say."""
    parts = find_parts(definition)
    everyone = _describe(tally.everyone, definition, parts)
    groups = {name: _describe(each, definition, parts) for name, each in tally.groups.items()}
    return Opinions(
        anonymous=tally.is_anonymous,
        least=tally.min_group or LEAST if tally.is_anonymous else 0,
        everyone=everyone,
        by=tally.by if groups else None,
        groups=groups,
        divisions={each: _divide(each, tally, parts[each]) for each in everyone.indexes},
        assessors=None if tally.is_anonymous else _compare_assessors(tally, definition),
    )


def find_parts(definition: Definition) -> Mapping[Statistic, Sequence[Entry]]:
    """The items of stages, and those of perception, of each characteristic that has some."""
    parts: dict[Statistic, list[Entry]] = {}
    for entry in definition.entries.values():
        if entry.characteristic is not None and entry.kind in ("item", "perception"):
            kind: Kind = "indexes" if entry.kind == "item" else "perceptions"
            parts.setdefault(Statistic(kind, entry.characteristic), []).append(entry)
    return parts


def _describe(
    people: People, definition: Definition, parts: Mapping[Statistic, Sequence[Entry]]
) -> Crowd:
    items = {}
    for name, entry in definition.entries.items():
        if name in people.items:
            items[name] = _describe_item(people.items[name], entry, definition)
        elif name in people.ratings:
            items[name] = ItemOpinion(rating=people.ratings[name])
    indexes = {
        each: _describe_index(spread)
        for each in parts
        if (spread := _find_spread(each, people)) is not None
    }
    return Crowd(people.respondents, items, indexes)


def _describe_item(counts: Mapping[str, int], entry: Entry, definition: Definition) -> ItemOpinion:
    rated = find_rated(counts, entry)
    options = sorted(find_points(entry).values())
    enough = sum(rated.values()) >= ENOUGH_FOR_A_MEAN
    deviation = agreement.find_deviation(rated)
    width = options[-1] - options[0]
    return ItemOpinion(
        counts={code: counts[code] for code in entry.codes if counts.get(code)},
        rating=rate_counts(counts, entry),
        mean=add_up(rated).mean if enough else None,
        interval=find_mean_interval(rated, options[0], options[-1]),
        deviation=deviation,
        share=deviation / width if deviation is not None and width else None,
        spread=agreement.name_spread(rated, options),
        agreement=agreement.find_adjusted_agreement(rated, options),
        polarised=enough and agreement.is_polarised(rated, options),
        differ=is_far_apart(rated, entry, definition.model),
    )


def find_rated(counts: Mapping[str, int], entry: Entry) -> Counts:
    """The ratings among the answers to an item, by points."""
    points = find_points(entry)
    return {points[code]: number for code, number in counts.items() if code in points and number}


def _find_spread(part: Statistic, people: People) -> Spread | None:
    spreads = people.indexes if part.kind == "indexes" else people.perceptions
    return spreads.get(part.name)


def _describe_index(spread: Spread) -> IndexOpinion:
    unit = Fraction(100, spread.of)
    if spread.median is not None:
        return IndexOpinion(None, spread.median * unit)
    values, median = spread.values, find_lower_median(spread.values)
    known, between = sum(values.values()), find_mean_interval(spread.values, 0, spread.of)
    mean = add_up(values).mean
    return IndexOpinion(
        known=known,
        median=None if median is None else median * unit,
        mean=mean * unit if mean is not None and between else None,
        interval=between and Interval(between.low * float(unit), between.high * float(unit)),
    )


# --- agreement and groups, by characteristic ---------------------------------------------------


def _divide(part: Statistic, tally: Tally, entries: Sequence[Entry]) -> Division:
    whole = _find_spread(part, tally.everyone)
    groups = {
        name: spread.values
        for name, people in tally.groups.items()
        if name != REST and (spread := _find_spread(part, people)) and spread.values
    }
    gaps = {}
    for name, values in groups.items():
        others = {v: n - values.get(v, 0) for v, n in (whole.values if whole else {}).items()}
        found = find_delta(values, {value: number for value, number in others.items() if number})
        if found is not None:
            gaps[name] = found
    return Division(
        agreement=_find_joint_agreement(entries, tally.everyone),
        gaps=gaps,
        effect=find_group_effect(groups.values()) if len(groups) > 1 else None,
    )


def _find_joint_agreement(entries: Sequence[Entry], people: People) -> Fraction | None:
    """r*_wg over the items that were counted; None where they do not share a scale."""
    options = {tuple(sorted(find_points(entry).values())) for entry in entries}
    if len(options) != 1:
        return None
    counted = [
        find_rated(people.items[each.id], each) for each in entries if each.id in people.items
    ]
    return agreement.find_joint_agreement(counted, options.pop())


def _compare_assessors(tally: Tally, definition: Definition) -> Fraction | None:
    """Krippendorff's alpha over the items of stages; None for more than ten interviews."""
    if not 1 < tally.everyone.respondents <= MOST_ASSESSORS:
        return None
    return find_ordinal_alpha(
        find_rated(tally.everyone.items[name], entry)
        for name, entry in definition.entries.items()
        if entry.kind == "item" and name in tally.everyone.items
    )


def _add_consistency(opinions: Opinions, panel: Panel, definition: Definition) -> Opinions:
    """Cronbach's alpha of each characteristic, where ten or more people rated all of its items."""
    divisions = dict(opinions.divisions)
    for part, entries in find_parts(definition).items():
        if part not in divisions:
            continue
        points = [(each.id, find_points(each)) for each in entries]
        rows = [
            [_find_rating(source.answers.get(name), known) for name, known in points]
            for source in panel.sources
        ]
        cases = count_complete(rows, len(entries))
        if sum(cases.totals.values()) >= COUNTED:
            alpha = find_alpha(cases)
            divisions[part] = divisions[part]._replace(consistency=alpha)
    return opinions._replace(divisions=divisions)


def _find_rating(given: Answer | None, points: Mapping[str, int]) -> int | None:
    """The points of somebody's own rating; None where it is open, unknown or a workshop's."""
    return points.get(given.answer) if given and not given.agreed else None


# --- what a reader looks for first -------------------------------------------------------------


def list_divided(crowd: Crowd) -> Iterator[str]:
    """The items on which people are split, the widest first; small panels by rule 2.2.11.

    Split are those whose answers lie as far apart as chance would spread them, and those with many
    at both ends. In a panel too small for these words it is the items with a wide range.
    """
    found = [
        (-(each.share or 0), place, name)
        for place, (name, each) in enumerate(crowd.items.items())
        if is_divided(each)
    ]
    yield from (name for _, _, name in sorted(found))


def list_close(crowd: Crowd) -> Iterator[str]:
    """The items on which people are close together, the closest first."""
    found = [
        (each.share, place, name)
        for place, (name, each) in enumerate(crowd.items.items())
        if each.spread == "close" and each.share is not None
    ]
    yield from (name for _, _, name in sorted(found))


def is_divided(item: ItemOpinion) -> bool:
    """Whether people are split over an item."""
    if item.spread is None:
        return item.differ
    return item.spread == "split" or item.polarised
