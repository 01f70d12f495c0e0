"""Why two results cannot be compared."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from custfocus_cli.changes.readings import read_items
from custfocus_cli.changes.versions import pair
from custfocus_cli.documents.definition import Definition
from custfocus_cli.documents.fields import tell_apart
from custfocus_cli.scoring.scorecard import Scorecard

Reason = Literal[
    "other-organisation",
    "other-scope",
    "other-questionnaire",
    "other-stages",
    "nothing-shared",
    "swapped-dates",
    "nothing-rated",
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
    compared = pair(old, new).compared
    if all(scope != "characteristic" for scope, _ in compared):
        yield Obstacle("nothing-shared", old.definition.id, new.definition.id)
    if before.date > after.date:
        yield Obstacle("swapped-dates", before.date.isoformat(), after.date.isoformat())
    if not _is_rated(old) and not _is_rated(new):
        yield Obstacle("nothing-rated", before.date.isoformat(), after.date.isoformat())


def _list_stages(definition: Definition) -> str:
    return ", ".join(stage.id for stage in definition.model.stages)


def _is_rated(card: Scorecard) -> bool:
    return any(each.state == "rated" for each in read_items(card).values())
