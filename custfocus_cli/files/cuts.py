"""Cutting out of a tree what does not fit, so that the rest can still be checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from custfocus_cli.documents.fields import Finding, JsonNumber, Loc, quote
from custfocus_cli.files.tree import Tree

_ABOUT_KEYS: Final = frozenset({"missing-key", "reason-missing"})
"""Rules about what a mapping lacks: it may be a key that was cut out."""

_ABOUT_NEIGHBOURS: Final = frozenset(
    {
        "points-order",
        "gate-order",
        "wrong-scale",
        "placement-options",
        "weights-zero",
        "empty-policy",
    }
)
"""Rules about several values side by side, one of which may have been cut out."""

_MEASURES: Final = frozenset(
    {"stages", "stage_zero", "scales", "stage_scale", "evidence_levels", "scoring"}
)
"""The keys of a model that values all over a file are measured against."""


class Cuts(NamedTuple):
    """What was left out of a file's tree before it became a document.

    `gone` are values that should be there, `extra` keys that should not; `lost` is every piece of
    text in either.
    """

    gone: frozenset[Loc] = frozenset()
    extra: frozenset[Loc] = frozenset()
    lost: frozenset[str] = frozenset()

    def with_pieces(self, tree: Tree, gone: Iterable[Loc], extra: Iterable[Loc]) -> Cuts:
        """These cuts and more; the pieces are paths in the whole tree."""
        gone, extra = frozenset(gone), frozenset(extra)
        lost = {
            text for loc in gone | extra for text in (*map(str, loc[-1:]), *_texts(at(tree, loc)))
        }
        return Cuts(self.gone | gone, self.extra | extra, self.lost | lost)

    def left_of(self, tree: Tree) -> Tree:
        """A tree without what was cut."""
        return _without(tree, (), self.gone | self.extra)

    def in_file(self, loc: Loc) -> Loc:
        """A path in what is left as the path in the file, where lists still have every entry."""
        cut = self.gone | self.extra
        if not cut:
            return loc
        place: Loc = ()
        for element in loc:
            moved = element
            if isinstance(moved, int):
                for position in sorted(_positions(cut, place)):
                    moved += position <= moved
            place = (*place, moved)
        return place

    def hold(self, loc: Loc) -> bool:
        """Whether the value at a path was cut, or a part of it."""
        return any(each[: len(loc)] == loc for each in self.gone)

    def explain(self, finding: Finding, tree: Tree) -> bool:
        """Whether a finding at a path of the file may follow from a cut alone."""
        loc = finding.loc
        if finding.rule.startswith("unknown-"):
            names = (str(each) for each in (*loc[-1:], at(tree, loc)))
            return any(each in self.lost and quote(each) in finding.message for each in names)
        measured = finding.rule in (_ABOUT_KEYS | _ABOUT_NEIGHBOURS | {"out-of-range"})
        if measured and any(not _MEASURES.isdisjoint(each[:3]) for each in self.gone):
            return True
        if finding.rule in _ABOUT_KEYS:
            return self.hold(loc)
        if finding.rule not in _ABOUT_NEIGHBOURS:
            return False
        around = _around(loc, tree)  # an unknown key there may be a known one, misspelt
        return self.hold(around) or any(each[:-1] == around for each in self.extra)


def at(tree: Tree | None, loc: Loc) -> Tree | None:
    """What stands at a path of a tree, or None."""
    for element in loc:
        if isinstance(tree, dict) and isinstance(element, str):
            tree = tree.get(element)
        elif isinstance(tree, list) and isinstance(element, int) and element < len(tree):
            tree = tree[element]
        else:
            return None
    return tree


def _around(loc: Loc, tree: Tree) -> Loc:
    """The path of the collection, not the list entry, that holds a value; its own if it is one."""
    around = loc if isinstance(at(tree, loc), list | dict) else loc[:-1]
    while around and isinstance(around[-1], int):
        around = around[:-1]
    return around


def _without(tree: Tree, loc: Loc, cut: frozenset[Loc]) -> Tree:
    if isinstance(tree, dict):
        pairs = ((key, (*loc, key), value) for key, value in tree.items())
        return {key: _without(value, place, cut) for key, place, value in pairs if place not in cut}
    if isinstance(tree, list):
        entries = (((*loc, n), value) for n, value in enumerate(tree))
        return [_without(value, place, cut) for place, value in entries if place not in cut]
    return tree


def _positions(cut: Iterable[Loc], place: Loc) -> Iterator[int]:
    """The positions that were cut out of the list at a path."""
    for each in cut:
        if each and isinstance(each[-1], int) and each[:-1] == place:
            yield each[-1]


def _texts(tree: Tree | None) -> Iterator[str]:
    """Every key and every scalar of a tree."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield key
            yield from _texts(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from _texts(value)
    elif isinstance(tree, str | JsonNumber):
        yield str(tree)
