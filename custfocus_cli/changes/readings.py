"""What is compared: the readings of one side, on everything it asks or on a part of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Literal, NamedTuple

from custfocus_cli.changes.versions import Key, Versions, counts, find_entries, find_home
from custfocus_cli.documents.assessment import Answer
from custfocus_cli.documents.definition import Definition, Entry
from custfocus_cli.scoring.balance import Flag, join_flags
from custfocus_cli.scoring.ladder import Ladder, Reading, read_ratings, read_together
from custfocus_cli.scoring.panel import Panel, find_points
from custfocus_cli.scoring.perception import View, read_views
from custfocus_cli.scoring.scorecard import Scorecard, build_ladders, read_areas

Joined = tuple[Panel, Definition]
State = Literal["rated", "unknown", "not-applicable"]

ORGANISATION: Key = ("organisation", "organisation")


class Answered(NamedTuple):
    """One item as one side answered it.

    `code` is None where it is open. `points` are those of a rating, from 0 to `best`.
    """

    code: str | None
    state: State
    points: int | None
    best: int


class Readings(NamedTuple):
    """Everything that is measured: organisation, areas, characteristics; and the flags."""

    measured: Mapping[Key, Reading]
    flags: Mapping[Key, Flag]


def measure(joined: Sequence[Joined]) -> Readings:
    """The readings of answers by a questionnaire, which need not be the one they were given to.

    The first of the panels is measured; views and flags come from the others as well.
    """
    (panel, definition), model = joined[0], joined[0][1].model
    ladders = build_ladders(definition, read_ratings(panel.answers, model))
    views = read_views(joined)
    areas: dict[Key, Reading] = {
        ("area", each.id): each.reading for each in read_areas(ladders, model)
    }
    characteristics: dict[Key, Reading] = {
        ("characteristic", name): _read_ladder(ladder, views.get(name))
        for name, ladder in ladders.items()
    }
    whole = read_together(list(ladders.values()), model)
    flags: dict[Key, Flag] = {("theme", flag.theme): flag for flag in join_flags(joined)}
    return Readings({ORGANISATION: whole, **areas, **characteristics}, flags)


def _read_ladder(ladder: Ladder, view: View | None) -> Reading:
    """The reading of a characteristic; how people see it where it has no items of stages."""
    if view is None or any(cell.items for cell in ladder.cells):
        return ladder.reading
    return read_view(view)


def read_view(view: View) -> Reading:
    """How people see a characteristic, as a reading.

    The stage at which they place it is exact; what they perceive is an index without bounds.
    """
    placed, known = view.placed_stage, view.coverage or Fraction(0)
    return Reading(placed, placed, placed, None, view.index, None, None, known)


Views = Mapping[str, tuple[tuple[View, View], ...]]


def pair_views(old: Scorecard, new: Scorecard, versions: Versions) -> Views:
    """How people saw each characteristic then and now, by the items that both sides ask.

    The first pair is that of all questionnaires together, which shows; then come those of each
    questionnaire alone that both sides have, so that none can hide behind another one.
    """
    then, now = (_list_views(card, versions) for card in (old, new))
    return {
        each.id: tuple(
            (then[name][each.id], now[name][each.id])
            for name in now
            if name in then and each.id in then[name] and each.id in now[name]
        )
        for each in new.characteristics
    }


def _list_views(card: Scorecard, versions: Versions) -> Mapping[str, Mapping[str, View]]:
    """The views of all questionnaires together, under no id, and of each one under its own."""
    shared = set(versions.shared)
    joined = [
        (panel._replace(answers={k: v for k, v in panel.answers.items() if k in shared}), each)
        for panel, each in card.joined
    ]
    return {"": read_views(joined), **{pair[1].id: read_views([pair]) for pair in joined}}


def find_unlike(views: Views) -> tuple[str, ...]:
    """The characteristics seen as a mean on one side, and on the other as the middle of a few.

    The two figures tell nothing about each other: fewer than ten people answered on one side.
    """
    return tuple(name for name, pairs in views.items() if pairs and _is_unlike(*pairs[0]))


def keep_alike(views: Views) -> Views:
    """The same without those indexes that are a mean on one side alone."""
    return {
        name: tuple(
            (replace(old, index=None), replace(new, index=None))
            if _is_unlike(old, new)
            else (old, new)
            for old, new in pairs
        )
        for name, pairs in views.items()
    }


def _is_unlike(old: View, new: View) -> bool:
    return old.index is not None and new.index is not None and old.middle != new.middle


def read_both(old: Scorecard, new: Scorecard, versions: Versions) -> tuple[Readings, Readings]:
    """The readings of both sides, each on what both ask.

    A characteristic or theme without any item in common is read on what its side asks about it; a
    side that does not ask about it at all has no reading of it.
    """
    return (
        _read_shared(old, versions.before, versions),
        _read_shared(new, versions.after, versions),
    )


def _read_shared(card: Scorecard, entries: Mapping[str, Entry], versions: Versions) -> Readings:
    whole = part = measure(card.joined)
    if versions.differ:
        (panel, definition), *beside = card.joined
        part = measure(((panel, versions.narrow(definition)), *beside))
    asked = {find_home(entry) for entry in entries.values() if counts(entry)}
    above = {key: reading for key, reading in part.measured.items() if key[0] != "characteristic"}
    own = {
        key: part.measured[key] if key in versions.compared else reading
        for key, reading in whole.measured.items()
        if key in asked
    }
    flags = {
        key: part.flags[key] if key in versions.compared else flag
        for key, flag in whole.flags.items()
    }
    return Readings({**above, **own}, flags)


def read_items(card: Scorecard) -> Mapping[Key, Answered]:
    """The items that count as they were answered, but for those of the balance check."""
    answers = {
        name: each for panel, _ in reversed(card.joined) for name, each in panel.answers.items()
    }
    return {
        ("item", name): _read_item(entry, answers.get(name))
        for name, entry in find_entries(card).items()
        if counts(entry) and entry.kind != "balance"
    }


def _read_item(entry: Entry, answer: Answer | None) -> Answered:
    points = find_points(entry)
    code = answer.answer if answer else None
    best = max(points.values())
    if code is not None and code in points:
        return Answered(code, "rated", points[code], best)
    special = entry.scale.not_applicable if entry.scale else None
    left_out = special is not None and code == special.code
    return Answered(code, "not-applicable" if left_out else "unknown", None, best)
