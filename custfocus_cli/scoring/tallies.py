"""Tallies made of counts, added to each other, and compared as exports of one survey."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from custfocus_cli.documents.assessment import Assessment
from custfocus_cli.documents.definition import Definition
from custfocus_cli.documents.fields import Mode
from custfocus_cli.documents.tally import (
    COUNTED,
    LEAST,
    REST,
    By,
    CountedQuestionnaire,
    People,
    Tally,
)
from custfocus_cli.errors import CustfocusError
from custfocus_cli.scoring.aggregate import (
    Lot,
    Lots,
    Statistic,
    Table,
    Value,
    add_up_lots,
    count_assessments,
)
from custfocus_cli.scoring.anonymity import suppress
from custfocus_cli.scoring.panel import Panel, rate_counts, speaks


class About(NamedTuple):
    """What a tally says beside its counts; `agreed` are the ratings that a workshop settled."""

    organisation: str
    date: datetime.date
    mode: Mode
    scope: str = "whole organisation"
    wave: str | None = None
    by: By | None = None
    min_group: int = LEAST
    agreed: Mapping[str, str] = {}


def make_tally(lots: Lots, definition: Definition, about: About) -> Tally:
    """The tally of what was counted, with nothing in it that tells of fewer people than it may.

    Raises CustfocusError where all of them together are too few.
    """
    anonymous = about.mode != "interview"
    least = max(about.min_group, LEAST) if anonymous else 0
    people = sum(lot.respondents for lot in lots.values())
    if people < max(least, 1):
        raise CustfocusError(
            f"{people} {'person' if people == 1 else 'people'} answered; a tally needs {least or 1}"
            f"{', so that it does not tell who said what' if anonymous else ''}"
        )
    if about.by is None:
        lots = {REST: add_up_lots(lots.values())}
    shown = suppress(lots, definition, least=least)
    optional = {
        "wave": about.wave,
        "by": about.by,
        "min_group": least or None,
        "groups": shown.groups or None,
        "agreed": dict(about.agreed) or None,
    }
    return Tally(
        questionnaire=CountedQuestionnaire(
            id=definition.id, version=definition.questionnaire.version, digest=definition.digest
        ),
        organisation=about.organisation,
        scope=about.scope,
        date=about.date,
        mode=about.mode,
        everyone=shown.everyone,
        **{key: value for key, value in optional.items() if value is not None},
    )


MODES: Final[tuple[Mode, ...]] = ("survey", "self", "interview")
"""What people were promised, the most first: only an interview names them."""


def find_mode(assessments: Sequence[Assessment], definition: Definition) -> Mode:
    """How most promised: a survey before a self-assessment before an interview.

    A file that does not say it is taken for what the questionnaire is made for, and for a
    self-assessment where that does not say it either: people are then not told apart.
    """
    otherwise: Mode = definition.questionnaire.audience or "self"
    modes = {each.mode or otherwise for each in assessments}
    return next((mode for mode in MODES if mode in modes), otherwise)


def find_agreed(assessments: Sequence[Assessment], definition: Definition) -> Mapping[str, str]:
    """The ratings that a workshop agreed on, in any of some files of answers."""
    agreed: dict[str, Counter[str]] = {}
    for each in assessments:
        for name, answer in each.answers.items():
            if answer.agreed and name in definition.entries:
                agreed.setdefault(name, Counter())[answer.answer] += 1
    rated = {name: rate_counts(codes, definition.entries[name]) for name, codes in agreed.items()}
    return {name: code for name, code in rated.items() if code is not None}


def tally_assessments(
    assessments: Sequence[Assessment], definition: Definition, about: About
) -> Tally:
    """The tally of some files of answers, with what a workshop agreed on in any of them."""
    lots = count_assessments(assessments, definition, about.by)
    agreed = find_agreed(assessments, definition)
    return make_tally(lots, definition, about._replace(agreed=agreed))


def tally_panel(
    panel: Panel, definition: Definition, *, by: By | None = None, least: int = LEAST
) -> Tally | None:
    """What a panel's respondents say, counted; None where fewer than `least` people answered.

    Of interviews one is enough. What was tallied already stays as it was told apart.
    """
    if panel.tally is not None:
        return panel.tally
    sources = [each for each in panel.sources if speaks(each)]
    mode = find_mode(panel.sources, definition)
    if len(sources) < (1 if mode == "interview" else least):
        return None
    about = About(panel.organisation, panel.date, mode, panel.scope, by=by, min_group=least)
    return tally_assessments(sources, definition, about)


# --- adding ----------------------------------------------------------------------------------


class Beside(NamedTuple):
    """New answers to be added to tallies, and what they say: of which day, scope and wave."""

    lots: Lots
    about: About


def add_tallies(
    tallies: Sequence[Tally],
    definition: Definition,
    about: About,
    *,
    beside: Beside | None = None,
) -> Tally:
    """Tallies of different people as one: named groups by name, and all the rest to the rest.

    `about` says what the sum is called; its groups are at least as large as those of each tally
    had to be. `beside` are people who stand in none of them: they are added as their own tally
    tells of them, since whoever has the sum and one of its parts subtracts. Raises CustfocusError
    where tallies are not of one questionnaire or one partition, where two are of the same survey,
    one holds no counts, or too few people are beside them.
    """
    refuse_unlike(tallies)
    by = tallies[0].by
    modes = {each.mode for each in tallies}
    if beside is not None:
        tallies = [*tallies, _tally_beside(beside, tallies, definition)]
        modes.add(about.mode)
    parts = [open_lots(each) for each in tallies]
    names = {name for part in parts for name in part}
    lots = {name: add_up_lots(part[name] for part in parts if name in part) for name in names}
    least = max([about.min_group, *(each.min_group or LEAST for each in tallies)])
    agreed = {name: code for each in tallies for name, code in each.agreed.items()}
    return make_tally(
        lots,
        definition,
        about._replace(
            by=by,
            min_group=least,
            mode=next(mode for mode in MODES if mode in modes),
            agreed={**about.agreed, **agreed},
        ),
    )


def _tally_beside(beside: Beside, tallies: Sequence[Tally], definition: Definition) -> Tally:
    """The tally of answers that are added to others; CustfocusError where they cannot be."""
    by = tallies[0].by
    group = max([beside.about.min_group, *(each.min_group or LEAST for each in tallies)])
    least = max(group, COUNTED)
    if beside.about.by != by:
        raise CustfocusError(
            f"{_describe_partition(tallies[0])}: a tally cannot be told apart otherwise",
            f"--by {by}" if by else "leave --by out",
        )
    people = sum(lot.respondents for lot in beside.lots.values())
    if people < least and beside.about.mode != "interview":
        raise CustfocusError(
            f"{people} new {'person' if people == 1 else 'people'} cannot be added to a tally, only"
            f" {least} or more: the sum less the tally is what they answered",
            "count all answers of a survey in one run",
        )
    tally = make_tally(beside.lots, definition, beside.about._replace(min_group=group))
    _refuse_again(tally, tallies)
    return tally


def open_lots(tally: Tally) -> Lots:
    """The counts of a tally by group: those told under its name, and all others as the rest.

    What a group does not tell under its name is in the rest, which is everyone less what is told.
    """
    whole = _open(tally.everyone)
    named = {name: _open(each) for name, each in tally.groups.items() if name != REST}
    told = add_up_lots(named.values())
    left = {
        statistic: Counter(table) - Counter(told.tables.get(statistic, {}))
        for statistic, table in whole.tables.items()
    }
    rest = Lot(
        whole.respondents - told.respondents, {key: each for key, each in left.items() if each}
    )
    return {**named, REST: rest} if rest.respondents or rest.tables else named


def _open(people: People) -> Lot:
    tables = {Statistic("items", name): _table(each) for name, each in people.items.items()}
    spreads = {Statistic("indexes", name): each for name, each in people.indexes.items()}
    spreads |= {Statistic("perceptions", name): each for name, each in people.perceptions.items()}
    for statistic, spread in spreads.items():
        if spread.median is None:
            tables[statistic] = {**_table(spread.values), None: spread.undefined or 0}
    return Lot(people.respondents, tables)


def _table(counts: Mapping[str, int] | Mapping[int, int]) -> Table:
    table: dict[Value, int] = {}
    for value, number in counts.items():
        table[value] = number
    return table


def refuse_unlike(tallies: Sequence[Tally]) -> None:
    """Raise CustfocusError where tallies cannot be added."""
    one, *others = tallies
    for each in others:
        if _identify(each) != _identify(one):
            raise CustfocusError(
                f"not the same questionnaire: {_name(one)} and {_name(each)}",
                "tally the answers of each questionnaire apart",
            )
        if each.by != one.by:
            raise CustfocusError(
                f"one tally is {_describe_partition(one)}, another {_describe_partition(each)}",
                "tally the answers again by the same --by",
            )
    for place, each in enumerate(tallies):
        if not each.everyone.items:
            raise CustfocusError(
                f"a tally of {each.everyone.respondents} people of {each.scope} holds no counts"
                " that could be added",
                "tally the answers of small units together, from the answers themselves",
            )
        _refuse_again(each, tallies[:place])


def _refuse_again(tally: Tally, others: Sequence[Tally]) -> None:
    """Raise CustfocusError where a tally and one of the others are of the same survey."""
    for other in others:
        if are_of_one_survey(tally, other):
            which = f"the wave {tally.wave}" if tally.wave else f"{tally.date}"
            raise CustfocusError(
                f"two of the sources are of {which} of {tally.organisation}, {tally.scope}: a later"
                " export of a survey holds the earlier one",
                "give the later one alone; where they are different people, give each its own"
                " --scope or --wave",
            )


def are_of_one_survey(first: Tally, second: Tally) -> bool:
    """Whether two tallies are exports of one survey, as far as they say."""
    same = (first.questionnaire.id, first.organisation, first.scope) == (
        second.questionnaire.id,
        second.organisation,
        second.scope,
    )
    if first.wave is None or second.wave is None:
        return same and first.wave == second.wave and first.date == second.date
    return same and first.wave == second.wave


def find_telltale(first: Tally, second: Tally) -> tuple[str, ...]:
    """The groups, and `""` for everyone, that two exports of one survey would tell too much about.

    Their numbers of people differ by fewer than a group may have: what one export holds more than
    the other is what those few answered. All groups, where both are told apart otherwise. Empty
    for tallies of different surveys, and where nobody was promised anonymity.
    """
    if not are_of_one_survey(first, second) or not (first.is_anonymous or second.is_anonymous):
        return ()
    if first.by and second.by and first.by != second.by:
        return tuple({**first.groups, **second.groups})
    least = max(first.min_group or LEAST, second.min_group or LEAST)
    pairs = {"": (first.everyone, second.everyone)}
    pairs |= {
        name: (first.groups[name], second.groups[name])
        for name in first.groups.keys() & second.groups.keys()
    }
    return tuple(
        sorted(
            name
            for name, (one, other) in pairs.items()
            if 0 < abs(one.respondents - other.respondents) < least
        )
    )


def _identify(tally: Tally) -> tuple[str, str, str]:
    """The questionnaire, wherever it lies."""
    known = tally.questionnaire
    return known.id, known.version, known.digest


def _name(tally: Tally) -> str:
    return f"{tally.questionnaire.id} {tally.questionnaire.version}"


def _describe_partition(tally: Tally) -> str:
    return f"by {tally.by}" if tally.by else "without groups"
