"""Who is asked what: the entries that people of some sessions or roles usually answer."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from custfocus_cli.documents.definition import Definition, Entry
from custfocus_cli.documents.fields import did_you_mean
from custfocus_cli.errors import CustfocusError


class Sitting(NamedTuple):
    """The part of a questionnaire that some sessions or roles are asked, in questionnaire order.

    `name` is theirs in words, `roles` are the people in the room, `minutes` is planned: that of the
    sessions, or the share of the questionnaire's own; None where neither is known. `opens` says
    that the first session is among them: it is also asked what stands before and behind the items,
    the context and the figures.
    """

    definition: Definition
    name: str
    roles: tuple[str, ...]
    minutes: int | None
    entries: tuple[Entry, ...]
    opens: bool = False


def find_role(entry: Entry) -> str | None:
    """The role that usually answers; None where the questionnaire names none."""
    role = getattr(entry.source, "role", None)
    return role if isinstance(role, str) else None


def choose_sitting(definition: Definition, wanted: Sequence[str]) -> Sitting:
    """The part of these sessions and roles together.

    A role that belongs to one of the sessions adds nothing to it. Raises CustfocusError where there
    is no such session or role.
    """
    people = _list_people(definition)
    for name in wanted:
        if name not in people:
            raise CustfocusError(
                f"no session or role '{name}'{did_you_mean(name, people)}",
                f"there are {', '.join(people)}" if people else f"{definition.id} has none",
            )
    questionnaire = definition.questionnaire
    sessions = [each for each in questionnaire.sessions if each.id in wanted]
    covered = {role for session in sessions for role in session.roles}
    named = {session.id for session in sessions}
    alone = [name for name in dict.fromkeys(wanted) if name not in named | covered]
    roles = dict.fromkeys((*(role for each in sessions for role in each.roles), *alone))
    entries = tuple(each for each in definition.entries.values() if find_role(each) in roles)
    planned = [session.minutes for session in sessions]
    return Sitting(
        definition,
        ", ".join((*(each.name for each in sessions), *map(questionnaire.role_name, alone))),
        tuple(roles),
        _add_minutes(planned) if not alone else _share_minutes(definition, len(entries)),
        entries,
        opens=bool(sessions) and sessions[0] is questionnaire.sessions[0],
    )


def _list_people(definition: Definition) -> tuple[str, ...]:
    """The ids of the sessions, and of the roles that answer anything; a session hides a role."""
    sessions = (each.id for each in definition.questionnaire.sessions)
    roles = {role for entry in definition.entries.values() if (role := find_role(entry))}
    return tuple(dict.fromkeys((*sessions, *sorted(roles))))


def _add_minutes(planned: Sequence[int | None]) -> int | None:
    known = [each for each in planned if each is not None]
    return sum(known) if len(known) == len(planned) else None


def _share_minutes(definition: Definition, count: int) -> int | None:
    """The share that so many entries have in the minutes of the questionnaire, rounded up."""
    minutes = definition.questionnaire.minutes
    total = len(definition.entries)
    return math.ceil(minutes * count / total) if minutes is not None and total else None
