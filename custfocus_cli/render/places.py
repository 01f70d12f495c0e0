"""Where to look in the new file, and in which order to tell what moved."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Final

from custfocus_cli.changes.compare import Change, Comparison
from custfocus_cli.changes.finding import AnyChange, Finding
from custfocus_cli.changes.readings import Answered
from custfocus_cli.changes.sides import Check, Diff, Place, Side
from custfocus_cli.changes.verdict import Verdict
from custfocus_cli.changes.versions import Key, Scope, find_entries, find_home
from custfocus_cli.scoring.ladder import Reading

SCOPES: Final[tuple[Scope, ...]] = ("organisation", "characteristic", "item", "area", "theme")
"""What is told first."""

VERDICTS: Final[tuple[Verdict, ...]] = (
    *("regressed", "became-unknown", "removed", "scope-changed"),
    *("improved", "became-known", "added", "unchanged"),
)
"""The same for what became of it."""


def name_file(place: Place) -> str | None:
    """The file as the services that keep a repository write it; None for standard input."""
    return None if place.path == "-" else posixpath.normpath(place.file or place.path)


def measure(change: AnyChange | None) -> tuple[int, Fraction]:
    """How far something moved, in stages and then in points; downwards is below 0."""
    if change is None:
        return 0, Fraction(0)
    points = change.delta.index if change.delta.points is None else change.delta.points
    return change.delta.stage or 0, Fraction(points or 0)


def name_place(place: Place) -> str:
    """A place as editors and logs write it: `2026.yaml:214`."""
    return place.path if place.line is None else f"{place.path}:{place.line}"


def place_changes(comparison: Comparison, new: Side) -> Mapping[Key, Place]:
    """Where changes show in the new file: of what is measured, at the item most behind it.

    What another way of scoring brought about shows at no line of it.
    """
    items = {each.id: new.places[each.id] for each in comparison.items if each.id in new.places}
    measured = _place_characteristics(comparison, items)
    whole = Place(new.answers.path)
    return {
        **dict(_place_above(comparison, measured)),
        **{("characteristic", name): place for name, place in measured.items()},
        **{("item", name): place for name, place in items.items()},
        **dict(_place_themes(new)),
        **{
            (each.scope, each.id): whole
            for each in comparison.changes
            if each.scope != "item" and each.cause == "scoring"
        },
    }


def _place_characteristics(
    comparison: Comparison, items: Mapping[str, Place]
) -> Mapping[str, Place]:
    entries = comparison.versions.after
    behind: dict[str, list[Change[Answered]]] = {}
    for each in comparison.items:
        if each.id in items:
            behind.setdefault(entries[each.id].characteristic or "", []).append(each)
    return {
        change.id: items[_find_nearest(change.verdict, behind[change.id])]
        for change in comparison.characteristics
        if change.id in behind
    }


def _place_above(
    comparison: Comparison, measured: Mapping[str, Place]
) -> Iterator[tuple[Key, Place]]:
    areas = {each.id: each.area for each in comparison.new.characteristics}
    for above in (comparison.organisation, *comparison.areas):
        inside = [
            each
            for each in comparison.characteristics
            if each.id in measured
            and (above.scope == "organisation" or areas.get(each.id) == above.id)
        ]
        if inside:
            yield (above.scope, above.id), measured[_find_nearest(above.verdict, inside)]


def _find_nearest(
    verdict: Verdict, changes: Iterable[Change[Answered]] | Iterable[Change[Reading]]
) -> str:
    """The id of the change that has most to do with the verdict on what it is a part of."""
    sign = -1 if verdict == "improved" else 1

    def rank(change: AnyChange) -> tuple[bool, int, int, Fraction]:
        stage, index = measure(change)
        return change.verdict != verdict, VERDICTS.index(change.verdict), sign * stage, sign * index

    return min(changes, key=rank).id


def _place_themes(new: Side) -> Iterator[tuple[Key, Place]]:
    """Where the first answer about each theme of the balance check stands."""
    for entry in reversed(list(find_entries(new.card).values())):
        if entry.kind == "balance" and entry.id in new.places:
            yield find_home(entry), new.places[entry.id]


def place_finding(finding: Finding, judged: Diff | Check, held: Iterable[str] = ()) -> Place:
    """Where a finding about the new result itself shows: in the policy, if it is about that.

    Else at the first item of `held` that is answered, or of its characteristic.
    """
    new, exemption = judged.new, finding.exemption
    if finding.why == "ended" and exemption is not None:
        return judged.exemptions[judged.ruling.demand.policy.exemptions.index(exemption)]
    entries = find_entries(new.card).values()
    own = (each.id for each in entries if each.characteristic == finding.id)
    for name in (*held, *(own if finding.scope == "characteristic" else ())):
        if name in new.places:
            return new.places[name]
    return new.answers
