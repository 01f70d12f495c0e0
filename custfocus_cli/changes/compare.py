"""The comparison of two results: for everything measured its verdict, its certainty, its cause.

What is comparable and what each verdict means is part 3.2 of the formats; facts alone stand here.
Comparing B with A gives the mirror of comparing A with B.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import chain
from typing import Final, Generic, NamedTuple, TypeVar

from custfocus_cli.changes.causes import (
    Cause,
    Explain,
    explain_items,
    explain_measured,
    explain_nothing,
)
from custfocus_cli.changes.noise import Sampling, weigh_noise
from custfocus_cli.changes.readings import (
    Answered,
    Views,
    find_unlike,
    keep_alike,
    pair_views,
    read_both,
    read_items,
)
from custfocus_cli.changes.verdict import (
    Judgement,
    Verdict,
    judge_answers,
    judge_flags,
    judge_readings,
)
from custfocus_cli.changes.versions import Key, Scope, Versions, pair
from custfocus_cli.documents.tally import By
from custfocus_cli.scoring.balance import Flag
from custfocus_cli.scoring.ladder import Reading
from custfocus_cli.scoring.notices import Notice
from custfocus_cli.scoring.scorecard import Scorecard

UNLIKE: Final = "few-on-one-side"
"""The notice on what people see as a mean on one side, and as the middle of a few on the other."""

T = TypeVar("T", Reading, Answered, Flag)


@dataclass(frozen=True, slots=True)
class Delta:
    """New less old: in stages, in points of the index, in points of an item's scale.

    None where one of the two is undefined or the scales differ.
    """

    stage: int | None = None
    index: Fraction | None = None
    points: int | None = None


class Change(NamedTuple, Generic[T]):
    """What became of one thing.

    `old` and `new` are its readings; None where that side does not ask for it, or nobody knows what
    that side answered. `cause` is None where nothing changed or nobody can tell.
    """

    scope: Scope
    id: str
    verdict: Verdict
    old: T | None
    new: T | None
    delta: Delta
    certain: bool
    cause: Cause | None


class Comparison(NamedTuple):
    """Two results side by side, `old` and `new` as they were scored.

    Where `versions` differ, every reading is scored on what both ask. Things stand in the order of
    the newer questionnaire, unchanged ones among them, removed ones last. `views` hold how people
    saw each characteristic on both sides. `sampling` is None where nobody asked what it means that
    different people answered.
    """

    old: Scorecard
    new: Scorecard
    versions: Versions
    organisation: Change[Reading]
    areas: tuple[Change[Reading], ...]
    characteristics: tuple[Change[Reading], ...]
    items: tuple[Change[Answered], ...]
    themes: tuple[Change[Flag], ...]
    views: Views
    notices: tuple[Notice, ...] = ()
    sampling: Sampling | None = None

    @property
    def sides(self) -> tuple[Scorecard, Scorecard]:
        """Both results, the older first."""
        return self.old, self.new

    @property
    def changes(self) -> Iterator[Change[Reading] | Change[Answered] | Change[Flag]]:
        """Every change, from the organisation down."""
        return chain(
            (self.organisation,), self.areas, self.characteristics, self.items, self.themes
        )

    @property
    def shared_items(self) -> tuple[str, ...]:
        """The items that both ask and that count, but for those of the balance check."""
        entries = self.versions.after
        return tuple(each for each in self.versions.shared if entries[each].kind != "balance")

    @property
    def summary(self) -> Counter[str]:
        """How many characteristics have each verdict, of those that could be compared."""
        left = self.uncompared
        return Counter(each.verdict for each in self.characteristics if each.id not in left)

    @property
    def uncompared(self) -> frozenset[str]:
        """The characteristics of which both sides know nothing but figures of two kinds."""
        unlike = next((each.about for each in self.notices if each.id == UNLIKE), ())
        return frozenset(
            each.id
            for each in self.characteristics
            if each.id in unlike
            and all(
                side and (side.stage, side.index) == (None, None) for side in (each.old, each.new)
            )
        )

    @property
    def identical(self) -> bool:
        """Whether both sides say the same to the same questions, in every note and date too."""
        said = [[(panel, each.digest) for panel, each in card.joined] for card in self.sides]
        return said[0] == said[1]

    @property
    def moved(self) -> bool:
        """Whether anything has another verdict than unchanged."""
        return any(each.verdict != "unchanged" for each in self.changes)


def compare(old: Scorecard, new: Scorecard) -> Comparison:
    """What moved from one result to the other.

    Whether the two may be compared is for `find_obstacles` to say; the stages of their models have
    to be the same.
    """
    versions = pair(old, new)
    known = _knows_the_questions(old, new)
    views = pair_views(old, new, versions)
    unlike = find_unlike(views)
    before, after = read_both(old, new, versions)
    explain = explain_measured(old, new, versions) if known else explain_nothing
    explain_item = explain_items(versions) if known else explain_nothing
    measured = [
        _part(change, versions)
        for change in _list(
            _forget(before.measured, unlike),
            _forget(after.measured, unlike),
            judge_readings,
            explain,
        )
    ]
    themes = _list(before.flags, after.flags, judge_flags, explain)
    return Comparison(
        old=old,
        new=new,
        versions=versions,
        organisation=next(each for each in measured if each.scope == "organisation"),
        areas=tuple(each for each in measured if each.scope == "area"),
        characteristics=tuple(each for each in measured if each.scope == "characteristic"),
        items=(
            *_list(read_items(old), read_items(new), judge_answers, explain_item),
            *_list_unknown(old, new, versions),
        ),
        themes=tuple(_part(change, versions) for change in themes),
        notices=(
            *(() if known else (Notice("old-questionnaire-not-found"),)),
            *([Notice(UNLIKE, unlike)] if unlike else []),
        ),
        views=keep_alike(views),
    )


def _forget(measured: Mapping[Key, Reading], unlike: Collection[str]) -> Mapping[Key, Reading]:
    """The readings, without each index of what people see that is a mean on one side alone.

    An index of items of stages has bounds and stays.
    """
    return {
        key: replace(reading, index=None)
        if key[0] == "characteristic" and key[1] in unlike and reading.index_low is None
        else reading
        for key, reading in measured.items()
    }


def add_sampling(comparison: Comparison, by: By | None = None) -> Comparison:
    """The comparison with what it means that different people answered, told apart by `by`."""
    measured = (comparison.organisation, *comparison.characteristics)
    verdicts = {_find_key(each): each.verdict for each in measured}
    found = weigh_noise(comparison.sides, comparison.versions, verdicts, by)
    return comparison._replace(sampling=found)


def keep_shared(comparison: Comparison) -> Comparison:
    """The comparison of what both questionnaires ask, the rest named in a notice.

    What one side alone asks is neither added nor removed then; nor is a characteristic or theme
    compared about which the two ask nothing in common.
    """
    compared = comparison.versions.compared

    def is_shared(change: Change[T]) -> bool:
        if change.verdict in ("added", "removed"):
            return False
        return change.scope == "item" or _find_key(change) in compared

    left = tuple(each.id for each in comparison.items if not is_shared(each))
    return comparison._replace(
        characteristics=tuple(filter(is_shared, comparison.characteristics)),
        items=tuple(filter(is_shared, comparison.items)),
        themes=tuple(filter(is_shared, comparison.themes)),
        notices=(*comparison.notices, *([Notice("not-shared", left)] if left else [])),
    )


def _knows_the_questions(old: Scorecard, new: Scorecard) -> bool:
    """Whether it is known what both sides were asked, or at least that it was the same."""
    if not any(notice.id == "digest-differs" for notice in (*old.notices, *new.notices)):
        return True
    asked = {source.questionnaire.digest for card in (old, new) for source in card.panel.sources}
    return len(asked) == 1 and None not in asked


def _list(
    old: Mapping[Key, T],
    new: Mapping[Key, T],
    judge: Callable[[T, T], Judgement],
    explain: Explain,
) -> Iterator[Change[T]]:
    """The change of everything that one of both sides has; what is gone comes last."""
    for key in dict.fromkeys((*new, *old)):
        before, after = old.get(key), new.get(key)
        verdict, certain = _judge(before, after, judge)
        yield Change(
            *key,
            verdict,
            before,
            after,
            _subtract(before, after),
            certain,
            None if verdict == "unchanged" else explain(key, verdict),
        )


def _judge(old: T | None, new: T | None, judge: Callable[[T, T], Judgement]) -> Judgement:
    if old is None or new is None:
        return Judgement("added" if old is None else "removed", certain=True)
    return judge(old, new)


def _subtract(old: T | None, new: T | None) -> Delta:
    if isinstance(old, Reading) and isinstance(new, Reading):
        return Delta(
            stage=None if old.stage is None or new.stage is None else new.stage - old.stage,
            index=None if old.index is None or new.index is None else new.index - old.index,
        )
    if isinstance(old, Answered) and isinstance(new, Answered):
        if old.points is None or new.points is None or old.best != new.best:
            return Delta()
        return Delta(points=new.points - old.points)
    return Delta()


def _part(change: Change[T], versions: Versions) -> Change[T]:
    """The change; of a characteristic or theme without any item in common, that its scope changed.

    Its two readings rest on other items and tell nothing about each other.
    """
    alike = change.scope not in ("characteristic", "theme")
    if alike or change.old is None or change.new is None or _find_key(change) in versions.compared:
        return change
    cause: Cause = "questionnaire"
    return change._replace(verdict="scope-changed", delta=Delta(), certain=True, cause=cause)


def _find_key(change: Change[T]) -> Key:
    return change.scope, change.id


def _list_unknown(old: Scorecard, new: Scorecard, versions: Versions) -> Iterator[Change[Answered]]:
    """The answers to items that no questionnaire at hand asks any more, or asks yet."""
    answered = [
        {name for each in card.notices if each.id == "unknown-items" for name in each.about}
        for card in (old, new)
    ]
    asked = {*versions.before, *versions.after}
    verdicts: tuple[Verdict, ...] = ("removed", "added")
    for verdict, own, other in zip(verdicts, answered, reversed(answered), strict=True):
        for name in sorted(own - other - asked):
            yield Change("item", name, verdict, None, None, Delta(), certain=True, cause=None)
