"""Two sides of a comparison as questions: what both ask, and what is worded differently."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from custfocus_cli.documents.definition import Definition, Entry, stand_on
from custfocus_cli.documents.questionnaire import BalanceItem, Item, Questionnaire, Select
from custfocus_cli.scoring.panel import find_points
from custfocus_cli.scoring.scorecard import Scorecard

Scope = Literal["organisation", "area", "characteristic", "item", "theme"]

Key = tuple[Scope, str]
"""Where something stands among all that is compared: its scope and its id."""


class Versions(NamedTuple):
    """What the questionnaires of both sides have in common.

    `before` and `after` hold everything that each side asks. `differ` is false where the
    questionnaires with the items of stages differ in nothing on which a result depends. `shared`
    are the items that count on both sides, those of the balance check among them, in the order of
    the newer one. `compared` are the characteristics and themes that both ask some same item about.
    `reworded` items ask something else under the same id or stand in another place; `moved` are the
    characteristics and themes that those in another place stood in or stand in.
    """

    before: Mapping[str, Entry]
    after: Mapping[str, Entry]
    differ: bool
    shared: tuple[str, ...]
    compared: frozenset[Key]
    reworded: frozenset[str]
    moved: frozenset[Key]

    def narrow(self, definition: Definition) -> Definition:
        """One of the questionnaires with nothing but what both ask."""
        whole, kept = definition.questionnaire, set(self.shared)
        part = Questionnaire(
            id=whole.id,
            version=whole.version,
            select=Select(items=self.shared),
            balance=tuple(each for each in whole.balance if each.id in kept),
        )
        return Definition(stand_on(part, whole), definition.model)


def pair(old: Scorecard, new: Scorecard) -> Versions:
    """The questions of two results side by side, matched by item id."""
    before, after = find_entries(old), find_entries(new)
    both = [
        (name, before[name], each)
        for name, each in after.items()
        if name in before and counts(before[name]) and counts(each)
    ]
    return Versions(
        before=before,
        after=after,
        differ=old.definition.digest != new.definition.digest,
        shared=tuple(name for name, _, _ in both),
        compared=frozenset(
            find_home(now) for _, then, now in both if find_home(then) == find_home(now)
        ),
        reworded=frozenset(
            name for name, then, now in both if _read_question(then) != _read_question(now)
        ),
        moved=frozenset(
            find_home(each)
            for _, then, now in both
            for each in (then, now)
            if _find_place(then) != _find_place(now)
        ),
    )


def find_entries(card: Scorecard) -> Mapping[str, Entry]:
    """Everything that is asked, by id; of two questionnaires that ask the same, the first's."""
    entries: dict[str, Entry] = {}
    for _, definition in card.joined:
        entries = {**definition.entries, **entries}
    return {name: entries[name] for _, each in card.joined for name in each.entries}


def find_home(entry: Entry) -> Key:
    """The characteristic that an item is about, or the theme of the balance check."""
    if isinstance(entry.source, BalanceItem):
        return "theme", entry.source.theme
    return "characteristic", entry.characteristic or ""


def counts(entry: Entry) -> bool:
    """Whether an item has a weight; one without is asked for information only."""
    return not isinstance(entry.source, Item) or entry.source.weight > 0


def scales_differ(old: Entry, new: Entry) -> bool:
    """Whether the answers of an item bring other points on both sides."""
    return find_points(old) != find_points(new)


def _find_place(entry: Entry) -> tuple[object, ...]:
    """Where an item belongs and what it is there for."""
    sort = entry.source.kind if isinstance(entry.source, BalanceItem) else entry.kind
    return sort, find_home(entry), entry.stage


def _read_question(entry: Entry) -> tuple[object, ...]:
    """What an item asks and where it belongs, but not how its answers are counted."""
    return entry.statement, entry.allow_na, *_find_place(entry)
