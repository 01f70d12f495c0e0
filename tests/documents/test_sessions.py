"""Who belongs to a session, and what the people of some sessions or roles are asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
import smallmodel
from shipped import read_definition

from custfocus_cli.documents.definition import Definition
from custfocus_cli.documents.sessions import choose_sitting, find_role
from custfocus_cli.errors import CustfocusError


def staffed(**keys: Any) -> Definition:
    return smallmodel.definition(questionnaire=smallmodel.staffed_data() | keys)


def test_the_role_of_an_entry() -> None:
    found = {name: find_role(entry) for name, entry in staffed().entries.items()}
    assert {name: role for name, role in found.items() if role} == smallmodel.ROLES


@pytest.mark.parametrize(
    ("wanted", "name", "roles", "minutes", "asked"),
    [
        # A session has its own minutes.
        (["door"], "At the door", ("porter", "host"), 7, ("g-1", "g-2", "b-guard")),
        # A role alone has its share of the questionnaire's: 20 * 2 / 8, then 20 * 1 / 8 rounded up.
        (["porter"], "porter", ("porter",), 5, ("g-1", "b-guard")),
        (["host"], "Host of the day", ("host",), 3, ("g-2",)),
        # The session hides the role of the same id, and has no minutes.
        (["guest"], "A guest", ("guest",), None, ("w-1",)),
        # Together: in questionnaire order, whatever the order asked for; 20 * 2 / 8.
        (["host", "guest"], "A guest, Host of the day", ("guest", "host"), 5, ("g-2", "w-1")),
        # A role of a session that is asked for too adds nothing.
        (["porter", "door", "door"], "At the door", ("porter", "host"), 7, None),
        # One of two sessions has no minutes: nobody knows the sum.
        (["door", "guest"], "At the door, A guest", ("porter", "host", "guest"), None, None),
    ],
)
def test_a_sitting(
    wanted: Sequence[str],
    name: str,
    roles: tuple[str, ...],
    minutes: int | None,
    asked: tuple[str, ...] | None,
) -> None:
    sitting = choose_sitting(staffed(), wanted)
    assert (sitting.name, sitting.roles, sitting.minutes) == (name, roles, minutes)
    if asked is not None:
        assert tuple(entry.id for entry in sitting.entries) == asked


def test_a_questionnaire_without_minutes_plans_none() -> None:
    assert choose_sitting(staffed(minutes=None), ["porter"]).minutes is None


def test_the_sessions_of_the_shipped_interview_hold_every_entry_once() -> None:
    definition = read_definition("interview-72")
    asked = [
        entry.id
        for session in definition.questionnaire.sessions
        for entry in choose_sitting(definition, [session.id]).entries
    ]
    assert sorted(asked) == sorted(definition.entries)


@pytest.mark.parametrize(
    ("wanted", "message", "hint"),
    [
        (
            ["door", "poter"],
            "no session or role 'poter'; did you mean 'porter'?",
            "there are door, guest, host, porter",
        ),
        (["x"], "no session or role 'x'", "there are door, guest, host, porter"),
    ],
)
def test_an_unknown_one_is_refused(wanted: Sequence[str], message: str, hint: str) -> None:
    with pytest.raises(CustfocusError) as caught:
        choose_sitting(staffed(), wanted)
    assert (caught.value.message, caught.value.hint) == (message, hint)


def test_a_questionnaire_without_people_says_so() -> None:
    with pytest.raises(CustfocusError) as caught:
        choose_sitting(smallmodel.definition(), ["hr"])
    assert caught.value.hint == "desk-4 has none"
