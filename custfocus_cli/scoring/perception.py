"""How people see a characteristic: their own placement of it, and what they perceive."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from types import MappingProxyType

from custfocus_cli.documents.assessment import Answer
from custfocus_cli.documents.definition import Definition, Entry
from custfocus_cli.documents.questionnaire import Item
from custfocus_cli.documents.tally import COUNTED, LEAST
from custfocus_cli.scoring.aggregate import Statistic
from custfocus_cli.scoring.ladder import ZERO
from custfocus_cli.scoring.panel import Panel, Voices, find_points


@dataclass(frozen=True, slots=True)
class View:
    """The self-placed stage and the perception index (a percent) of one characteristic.

    `coverage` is the share, by weight, that is answered of what was asked and applies: from 0 to 1,
    None where nothing does. `middle` is whether the index is no mean of all ratings but the lower
    median of people's own means, as so few answered that no more may be told.
    """

    placed_stage: int | None = None
    index: Fraction | None = None
    coverage: Fraction | None = None
    middle: bool = False


def read_views(panels: Sequence[tuple[Panel, Definition]]) -> Mapping[str, View]:
    """The view of each characteristic, each part from the first panel that has one."""
    views: dict[str, View] = {}
    asked: dict[str, list[tuple[Fraction, bool]]] = {}
    for panel, definition in panels:
        for name, entries in _group_entries(definition).items():
            seen = views.get(name, View())
            if seen.placed_stage is None:
                seen = replace(seen, placed_stage=_place(entries, panel.answers))
            if seen.index is None:
                index, middle = _see(name, entries, panel, definition)
                seen = replace(seen, index=index, middle=middle)
            views[name] = seen
            asked.setdefault(name, []).extend(_list_asked(entries, panel.answers))
    return {name: replace(seen, coverage=_cover(asked[name])) for name, seen in views.items()}


def withhold(panel: Panel, definition: Definition) -> Panel:
    """The panel without what would tell how single people answered perception items of a survey.

    An item that fewer than five people rated is as good as open; of fewer than ten it is not told
    how many chose what. Notes, reasons, whose word it is and from which day are gone everywhere.
    """
    items = [each for each in definition.entries.values() if each.kind == "perception"]
    if panel.opinions is not None and panel.opinions.told:
        return panel  # made of what may be told
    if not items or not is_survey(panel, definition):
        return panel
    answers, voices = dict(panel.answers), dict(panel.voices)
    for entry in items:
        raters = _count_raters([entry], panel)
        given, heard = answers.pop(entry.id, None), voices.pop(entry.id, None)
        if given is not None and raters >= LEAST:
            answers[entry.id] = Answer(answer=given.answer)
        if heard is not None and raters >= LEAST:
            voices[entry.id] = heard if raters >= COUNTED else Voices(MappingProxyType({}))
    return panel._replace(answers=answers, voices=voices)


def find_withheld(panels: Sequence[tuple[Panel, Definition]]) -> Iterator[str]:
    """The characteristics of which a survey does not show how they are seen: too few rated them."""
    for panel, definition in panels:
        for name, entries in _group_entries(definition).items():
            asked = any(entry.kind == "perception" for entry in entries)
            seen, _ = _see(name, entries, panel, definition)
            if asked and seen is None and is_survey(panel, definition):
                yield name


def _group_entries(definition: Definition) -> Mapping[str, Sequence[Entry]]:
    """The perception items and placements by characteristic."""
    groups: dict[str, list[Entry]] = {}
    for entry in definition.entries.values():
        if entry.kind in ("perception", "placement") and entry.characteristic is not None:
            groups.setdefault(entry.characteristic, []).append(entry)
    return groups


def is_survey(panel: Panel, definition: Definition) -> bool:
    """Whether people answered for themselves and without names."""
    asked = definition.questionnaire.audience == "survey"
    return asked or any(source.mode == "survey" for source in panel.sources)


def _see(
    name: str, entries: Sequence[Entry], panel: Panel, definition: Definition
) -> tuple[Fraction | None, bool]:
    """How a characteristic is seen, in percent, and whether that is the middle of a few people.

    None where too few people of a survey rated it.
    """
    told = panel.opinions is not None and panel.opinions.told
    seen = [entry for entry in entries if entry.kind == "perception"]
    few = not told and is_survey(panel, definition) and _count_raters(seen, panel) < LEAST
    return (None, False) if few else _perceive(name, entries, panel)


def _count_raters(entries: Sequence[Entry], panel: Panel) -> int:
    """How many people rated at least one of these."""
    return sum(
        any(_find_share(entry, each.answers) is not None for entry in entries)
        for each in panel.sources
    )


def _place(entries: Sequence[Entry], answers: Mapping[str, Answer]) -> int | None:
    """The stage that the placement's answer names; None where it is open or unknown."""
    for entry in entries:
        if entry.kind == "placement" and entry.id in answers:
            code = answers[entry.id].answer
            return int(code) if code.isdecimal() else None
    return None


def _list_asked(
    entries: Sequence[Entry], answers: Mapping[str, Answer]
) -> Iterator[tuple[Fraction, bool]]:
    """The weight of each item that applies, and whether it is rated."""
    for entry in entries:
        weight = entry.source.weight if isinstance(entry.source, Item) else Fraction(1)
        code = answers[entry.id].answer if entry.id in answers else None
        special = entry.scale.not_applicable if entry.scale else None
        if special is None or code != special.code:
            yield weight, code in find_points(entry)


def _cover(asked: Sequence[tuple[Fraction, bool]]) -> Fraction | None:
    total = sum((weight for weight, _ in asked), ZERO)
    return sum((weight for weight, rated in asked if rated), ZERO) / total if total else None


def _perceive(name: str, entries: Sequence[Entry], panel: Panel) -> tuple[Fraction | None, bool]:
    """The weighted mean of the ratings of the perception items; None where there is none.

    Of many people the mean of all their ratings (domain part 5), and where so few answered that
    these are not told, the middle one of their own means.
    """
    opinions = panel.opinions
    if opinions is None or not opinions.told:
        given = {each: Counter([answer.answer]) for each, answer in panel.answers.items()}
        return _find_mean(entries, given), False
    heard = opinions.everyone
    mean = _find_mean(entries, {each: item.counts for each, item in heard.items.items()})
    few = heard.indexes.get(Statistic("perceptions", name))
    if mean is None and few is not None:
        return few.median, few.median is not None
    return mean, False


def _find_mean(entries: Sequence[Entry], given: Mapping[str, Mapping[str, int]]) -> Fraction | None:
    """The mean of so many ratings of each item, in percent of the best."""
    total = earned = ZERO
    for entry in entries:
        item, scale = entry.source, entry.scale
        if not isinstance(item, Item) or scale is None:
            continue
        for code, number in given.get(entry.id, {}).items():
            points = scale.points.get(code)
            if points is not None:
                total += item.weight * number
                earned += item.weight * number * points / scale.best
    return 100 * earned / total if total else None


def _find_share(entry: Entry, answers: Mapping[str, Answer]) -> Fraction | None:
    """The points of a perception item as a share of the best; None where it is not rated."""
    if entry.kind != "perception" or entry.scale is None or entry.id not in answers:
        return None
    points = entry.scale.points.get(answers[entry.id].answer)
    return None if points is None else Fraction(points, entry.scale.best)
