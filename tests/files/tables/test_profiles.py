"""Every survey tool is known by its first cells, and what it adds is no answer."""

from __future__ import annotations

import pytest
from files.tables.desk import ANSWERS, EXAMPLES_OF, FOLDER, decode_rows, open_example

from custfocus_cli.files.tables.profiles import PROFILES, detect, is_own, is_personal


def test_every_profile_has_an_example_and_every_example_is_meant() -> None:
    assert {profile for profile, _ in EXAMPLES_OF.values()} == PROFILES.keys()
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(EXAMPLES_OF)


@pytest.mark.parametrize("name", EXAMPLES_OF)
def test_an_example_is_known_and_holds_the_same_answers(name: str) -> None:
    table = open_example(name)
    profile, left_out = EXAMPLES_OF[name]
    assert decode_rows(table) == list(ANSWERS)
    assert (table.profile, table.read, dict(table.left_out)) == (profile, 2, left_out)
    assert table.absent == ()


@pytest.mark.parametrize(
    ("row", "profile"),
    [
        (["Zeitstempel", "a"], "google-forms"),
        (["Zaman damgas\u0131"], "google-forms"),
        (["Timestamp of the visit"], "plain"),
        (["ID", "Start\xa0time", "Completion time"], "microsoft-forms"),
        (["ID", "Completion time", "Start time"], "plain"),
        (["Respondent ID"], "surveymonkey"),
        (["Date submitted", "Last page", "Start language"], "limesurvey"),
        (["submitdate", "lastpage"], "plain"),
        ([], "plain"),
    ],
)
def test_the_first_cells_tell_the_tool(row: list[str], profile: str) -> None:
    assert detect([row]).name == profile


@pytest.mark.parametrize(
    "header",
    [
        *("E-Mail", "Email Address", "your e-mail", "Name", "Your name", "first name", "Nachname"),
        *("IP Address", "ipaddr", "Phone number", "Home address", "LocationLatitude"),
        *("RecipientEmail", "SubmitterName", "_geolocation", "Full name of the customer"),
    ],
)
def test_what_gives_a_person_away_is_personal(header: str) -> None:
    assert is_personal([header.lower()])


@pytest.mark.parametrize(
    "header",
    [
        *("Department", "Team name", "Site", "Location", "Nominations", "Role"),
        "Names and addresses of customers are kept in one place that all staff can reach.",
    ],
)
def test_what_gives_nobody_away_is_not(header: str) -> None:
    assert not is_personal([header.lower()])


def test_what_a_tool_adds_is_its_own() -> None:
    assert is_own(PROFILES["kobotoolbox"], ["_submission_time"])
    assert not is_own(PROFILES["kobotoolbox"], ["g-1"])
    assert not is_own(PROFILES["plain"], [""])
