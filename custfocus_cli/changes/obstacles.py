"""Why two results cannot be compared."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from custfocus_cli.changes.readings import read_items
from custfocus_cli.changes.versions import pair
from custfocus_cli.documents.definition import Definition
from custfocus_cli.documents.fields import tell_apart
from custfocus_cli.scoring.scorecard import Scorecard
from custfocus_cli.scoring.tallies import find_telltale

Reason = Literal[
    "other-organisation",
    "other-scope",
    "other-questionnaire",
    "other-stages",
    "nothing-shared",
    "swapped-dates",
    "nothing-rated",
    "few-apart",
    "old-not-rated",
    "new-not-rated",
    "nothing-judged",
]


class Obstacle(NamedTuple):
    """One reason, with what each side has to do with it: a name, an id or a date.

    The last three reasons are a gate's: two results may be compared that it cannot judge.
    """

    reason: Reason
    old: str
    new: str


def find_obstacles(old: Scorecard, new: Scorecard) -> tuple[Obstacle, ...]:
    """Every reason why two results are not comparable, in the same order; none where they are.

    Which of them may be waived is for the caller to say: that an organisation was renamed, or that
    two questionnaires are compared on the items they share. The rest leaves nothing to compare.
    """
    return tuple(_find(old, new))


def _find(old: Scorecard, new: Scorecard) -> Iterator[Obstacle]:
    before, after = old.panel, new.panel
    if before.organisation != after.organisation:
        names = tell_apart(before.organisation, after.organisation)
        yield Obstacle("other-organisation", *names)
    if before.scope != after.scope:
        yield Obstacle("other-scope", *tell_apart(before.scope, after.scope))
    if old.definition.id != new.definition.id:
        yield Obstacle("other-questionnaire", old.definition.id, new.definition.id)
    stages = _list_stages(old.definition), _list_stages(new.definition)
    if stages[0] != stages[1]:
        yield Obstacle("other-stages", *stages)
    if not _shares_anything(old, new):
        yield Obstacle("nothing-shared", old.definition.id, new.definition.id)
    if before.date > after.date:
        yield Obstacle("swapped-dates", before.date.isoformat(), after.date.isoformat())
    if not _is_rated(old) and not _is_rated(new):
        yield Obstacle("nothing-rated", before.date.isoformat(), after.date.isoformat())
    if _are_few_apart(old, new):
        yield Obstacle("few-apart", str(before.respondents), str(after.respondents))


def _are_few_apart(old: Scorecard, new: Scorecard) -> bool:
    """Whether the difference of two exports of one survey would tell what a few people answered.

    What was not tallied is taken for one survey where both sides are of the same day.
    """
    before, after = old.panel, new.panel
    if before.tally is not None and after.tally is not None:
        return bool(find_telltale(before.tally, after.tally))
    heard = [each for each in (before.opinions, after.opinions) if each and each.anonymous]
    if len(heard) < 2 or not all(each.told for each in heard):
        return False
    named = [
        (card.definition.id, card.panel.organisation, card.panel.scope, card.panel.date)
        for card in (old, new)
    ]
    least = max(each.least for each in heard)
    return named[0] == named[1] and 0 < abs(before.respondents - after.respondents) < least


def _list_stages(definition: Definition) -> str:
    return ", ".join(stage.id for stage in definition.model.stages)


def _shares_anything(old: Scorecard, new: Scorecard) -> bool:
    """Whether a characteristic can be compared; a theme will do where no side asks about one."""
    measured = any(read_items(card) for card in (old, new))
    return any(scope == "characteristic" or not measured for scope, _ in pair(old, new).compared)


def _is_rated(card: Scorecard) -> bool:
    """Whether anything is rated: of a balance check alone, whether a flag is known."""
    items = read_items(card).values()
    if items:
        return any(each.state == "rated" for each in items)
    return any(flag.flag not in ("grey", "not-applicable") for flag in card.flags)
