"""Whether a change is more than noise: different people answered in both years.

What people's own indexes tell of it, counted as a tally counts them. They are not the index that is
compared, which comes of what all of them say together; they show how much of it a few people more
or less could have made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import lcm
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from custfocus_cli.changes.readings import ORGANISATION
from custfocus_cli.changes.verdict import Verdict
from custfocus_cli.changes.versions import Key, Versions
from custfocus_cli.documents.tally import REST, By, Tally
from custfocus_cli.scoring.aggregate import Lot, Lots, Statistic, find_denominators
from custfocus_cli.scoring.panel import Panel
from custfocus_cli.scoring.scorecard import Scorecard
from custfocus_cli.scoring.statistics.counts import Counts, add_up
from custfocus_cli.scoring.statistics.intervals import (
    Estimate,
    Interval,
    find_difference,
    find_mean_interval,
)
from custfocus_cli.scoring.statistics.years import Move, Shift, adjust_p, find_shift, separate_mix
from custfocus_cli.scoring.tallies import (
    are_of_one_survey,
    find_telltale,
    open_lots,
    tally_panel,
)

RARE: Final = 0.05
"""From which adjusted p on a change could be noise."""

Doubt = Literal["one-file", "interview", "few", "questionnaire", "same-survey"]
"""Why it cannot be told of anything whether it is noise."""


class Noise(NamedTuple):
    """What people's own indexes tell of one change.

    `p` is that of the Brunner-Munzel test, `p_adjusted` the same for the number of characteristics
    that are compared at once; both are None where the years do not overlap at all, and for the
    organisation, of which nobody's own index was counted. `change` is how the mean of people's own
    indexes moved, in points, and `interval` where that may lie (95 %). `more_than_noise` is whether
    people moved as the change says, and more than chance would make them.
    """

    p: float | None
    p_adjusted: float | None
    change: Fraction
    interval: Interval
    more_than_noise: bool


class Sampling(NamedTuple):
    """What it means for two results that different people answered.

    `noise` holds what could be judged. `mixes` separate how the mean of people's own indexes moved,
    in points: what the same groups, `by` role or group, answered differently, and what comes of
    other shares of them. `doubt` is why nothing could be judged.
    """

    noise: Mapping[Key, Noise] = MappingProxyType({})
    mixes: Mapping[Key, Move] = MappingProxyType({})
    by: By | None = None
    doubt: Doubt | None = None


class _Years(NamedTuple):
    """People's own values of one index in both years, as whole numbers up to `of`; by group."""

    old: Counts
    new: Counts
    of: int
    groups: tuple[Mapping[str, Counts], Mapping[str, Counts]]

    @property
    def unit(self) -> Fraction:
        """One of these values in points of the index."""
        return Fraction(100, self.of)


def weigh_noise(
    sides: tuple[Scorecard, Scorecard],
    versions: Versions,
    verdicts: Mapping[Key, Verdict],
    by: By | None = None,
) -> Sampling:
    """What it means for what became of two results that different people answered.

    `by` tells the people of files apart; those of a tally are told apart as they were counted.
    """
    old, new = sides
    if min(old.panel.respondents, new.panel.respondents) < 2:
        return Sampling(doubt="one-file")
    if versions.differ:
        return Sampling(doubt="questionnaire")
    apart = by or _find_partition(old.panel) or _find_partition(new.panel)
    tallies = [tally_panel(each.panel, each.definition, by=apart) for each in sides]
    first, second = tallies
    if first is None or second is None:
        return Sampling(doubt="few")
    if not first.is_anonymous or not second.is_anonymous:
        return Sampling(doubt="interview")
    years = {key: each for key, each in _pair(first, second, new) if key in verdicts}
    mixed = _may_tell_groups(first, second) and _is_mixed_otherwise(first, second)
    mixes = _separate(years, new) if mixed else {}
    if are_of_one_survey(first, second):
        return Sampling(mixes=mixes, by=first.by, doubt="same-survey")
    noise = _judge(years, verdicts, new)
    return Sampling(noise, mixes, first.by, None if noise else "few")


def _find_partition(panel: Panel) -> By | None:
    return panel.tally.by if panel.tally is not None else None


def _may_tell_groups(first: Tally, second: Tally) -> bool:
    """Whether groups of both may be set side by side: by one partition, and nobody stands out.

    What one export of a survey holds more than another is what a few people answered (part 4 of the
    formats).
    """
    same = first.by is not None and first.by == second.by
    return same and not find_telltale(first, second)


def _is_mixed_otherwise(first: Tally, second: Tally) -> bool:
    """Whether groups have other shares of all who answered than before.

    Where they have not, other shares of those with an index of their own are no other mix: some
    left out more questions.
    """
    shares = [
        {
            name: Fraction(lot.respondents, each.everyone.respondents)
            for name, lot in lots.items()
            if lot.respondents
        }
        for each, lots in ((first, open_lots(first)), (second, open_lots(second)))
    ]
    return shares[0] != shares[1]


# --- the people of both years ----------------------------------------------------------------


def _pair(first: Tally, second: Tally, card: Scorecard) -> Iterator[tuple[Key, _Years]]:
    """The values of each index that both years tell, by characteristic."""
    kind = "indexes" if card.definition.has_stages else "perceptions"
    lots = open_lots(first), open_lots(second)
    for statistic in find_denominators(card.definition):
        if statistic.kind != kind:
            continue
        spreads = [
            (each.everyone.indexes if kind == "indexes" else each.everyone.perceptions).get(
                statistic.name
            )
            for each in (first, second)
        ]
        old, new = spreads
        if old is None or new is None or not old.values or not new.values:
            continue
        of = lcm(old.of, new.of)
        groups = _split(lots, statistic, (of // old.of, of // new.of))
        values = _stretch(old.values, of // old.of), _stretch(new.values, of // new.of)
        yield ("characteristic", statistic.name), _Years(*values, of, groups)


def _stretch(counts: Mapping[int, int], times: int) -> Counts:
    return {value * times: number for value, number in counts.items() if number}


def _split(
    lots: tuple[Lots, Lots], statistic: Statistic, times: tuple[int, int]
) -> tuple[Mapping[str, Counts], Mapping[str, Counts]]:
    """The values by group, of those that both years tell; all others of a year are one group."""
    both = {
        name
        for name in lots[0].keys() & lots[1].keys()
        if name != REST and all(_read(each[name], statistic) for each in lots)
    }
    old, new = (
        {name: _stretch(counts, many) for name, counts in _gather(each, both, statistic)}
        for each, many in zip(lots, times, strict=True)
    )
    return old, new


def _gather(lots: Lots, names: set[str], statistic: Statistic) -> Iterator[tuple[str, Counts]]:
    rest: Counter[int] = Counter()
    for name, lot in lots.items():
        if name in names:
            yield name, _read(lot, statistic)
        else:
            rest.update(_read(lot, statistic))
    if rest:
        yield REST, rest


def _read(lot: Lot, statistic: Statistic) -> dict[int, int]:
    table = lot.tables.get(statistic, {})
    return {value: number for value, number in table.items() if isinstance(value, int) and number}


# --- the predicate ---------------------------------------------------------------------------


def _judge(
    years: Mapping[Key, _Years], verdicts: Mapping[Key, Verdict], card: Scorecard
) -> Mapping[Key, Noise]:
    """The characteristics, and the organisation where all of them could be judged."""
    shifts = {key: find_shift(each.old, each.new) for key, each in years.items()}
    estimates = {key: _estimate_both(each) for key, each in years.items()}
    adjusted = adjust_p({name: shift and shift.p for (_, name), shift in shifts.items()})
    found = {}
    for key, shift in shifts.items():
        pair = estimates[key]
        if shift is not None and pair is not None:
            p = adjusted[key[1]]
            change = _find_change(years[key])
            interval = find_difference(pair[1], pair[0])
            moved = is_more_than_noise(shift, p, verdicts[key])
            found[key] = Noise(shift.p, p, change, interval, moved)
    whole = _judge_whole(years, estimates, verdicts, card)
    return {**({ORGANISATION: whole} if whole else {}), **found}


def is_more_than_noise(shift: Shift, p_adjusted: float | None, verdict: Verdict) -> bool:
    """Whether people moved as the verdict says, and farther than chance would make them.

    Where the years do not overlap at all there is no p, and nothing is left to chance.
    """
    leaning = shift.probability - Fraction(1, 2)
    apart = p_adjusted is None and abs(leaning) == Fraction(1, 2)
    if not apart and (p_adjusted is None or p_adjusted >= RARE):
        return False
    return leaning * _DIRECTIONS.get(verdict, 0) >= 0


_DIRECTIONS: Final[Mapping[Verdict, int]] = {"improved": 1, "regressed": -1}


def _estimate_both(years: _Years) -> tuple[Estimate, Estimate] | None:
    old, new = _estimate(years.old, years), _estimate(years.new, years)
    return (old, new) if old and new else None


def _estimate(counts: Counts, years: _Years) -> Estimate | None:
    """The mean in points; None where fewer than eight people have an index."""
    mean, between = add_up(counts).mean, find_mean_interval(counts, 0, years.of)
    if mean is None or between is None:
        return None
    unit = float(years.unit)
    return Estimate(float(mean * years.unit), Interval(between.low * unit, between.high * unit))


def _find_change(years: _Years) -> Fraction:
    """How the mean moved, in points."""
    old, new = add_up(years.old), add_up(years.new)
    return (Fraction(new.total, new.size) - Fraction(old.total, old.size)) * years.unit


def _judge_whole(
    years: Mapping[Key, _Years],
    estimates: Mapping[Key, tuple[Estimate, Estimate] | None],
    verdicts: Mapping[Key, Verdict],
    card: Scorecard,
) -> Noise | None:
    """The organisation, from the intervals of all its characteristics; None where one lacks.

    Nobody knows how one person's indexes go together, so the ends are added up as if they went
    together entirely: the interval is rather too wide than too narrow.
    """
    weights = _find_weights(card)
    pairs = [(weight, estimates.get(key)) for key, weight in weights.items()]
    known = [(weight, pair) for weight, pair in pairs if pair is not None]
    if not known or len(known) < len(pairs):
        return None
    total = float(sum(weights.values()))
    old, new = (
        Estimate(
            sum(float(weight) * pair[place].value for weight, pair in known) / total,
            Interval(
                sum(float(weight) * pair[place].interval.low for weight, pair in known) / total,
                sum(float(weight) * pair[place].interval.high for weight, pair in known) / total,
            ),
        )
        for place in (0, 1)
    )
    between = find_difference(new, old)
    change = sum((weights[key] * _find_change(years[key]) for key in weights), Fraction(0))
    direction = _DIRECTIONS.get(verdicts[ORGANISATION], 0)
    moved = (between.low > 0 and direction >= 0) or (between.high < 0 and direction <= 0)
    return Noise(None, None, change / sum(weights.values()), between, moved)


def _find_weights(card: Scorecard) -> Mapping[Key, Fraction]:
    """The characteristics whose mean the index of the organisation is."""
    return {
        ("characteristic", each.id): each.weight for each in card.characteristics if each.included
    }


# --- mix and change --------------------------------------------------------------------------


def _separate(years: Mapping[Key, _Years], card: Scorecard) -> Mapping[Key, Move]:
    """What is mix and what is change, in points; of the organisation where all can be told."""
    found = {}
    for key, each in years.items():
        move = separate_mix(*each.groups)
        if move is not None and len(each.groups[0]) > 1:
            found[key] = Move(move.change * each.unit, move.mix * each.unit)
    weights = _find_weights(card)
    if not weights or any(key not in found for key in weights):
        return found
    total = sum(weights.values())
    change = sum((weights[key] * found[key].change for key in weights), Fraction(0)) / total
    mix = sum((weights[key] * found[key].mix for key in weights), Fraction(0)) / total
    return {ORGANISATION: Move(change, mix), **found}
