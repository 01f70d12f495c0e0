"""Every survey tool is known by its first cells, and what it adds is no answer."""

from __future__ import annotations

import pytest
from files.tables.desk import ANSWERS, EXAMPLES_OF, FOLDER, decode_rows, open_example

from custfocus_cli.files.places import File
from custfocus_cli.files.tables.profiles import PROFILES, detect, fits, is_own, is_personal
from custfocus_cli.files.tables.records import Source, find_source


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


@pytest.mark.parametrize("name", EXAMPLES_OF)
def test_a_named_profile_fits_its_own_tables_and_no_other_tool_s(name: str) -> None:
    source = find_source(File(str(FOLDER / name)))
    assert isinstance(source, Source)
    rows = [record for _, record in source.read()]
    own = EXAMPLES_OF[name][0]
    fitting = {each.name for each in PROFILES.values() if fits(each, rows)}
    if own == "limesurvey-vv":  # its first row is that of the other table of the same tool
        fitting.remove("limesurvey")
    # Where no tool is known, any of those may be meant whose second row is no answer.
    alone = {each.name for each in PROFILES.values() if each.headers == 1}
    assert fitting == ({own, "plain"} if own != "plain" else alone)


@pytest.mark.parametrize(
    ("profile", "rows", "expected"),
    [
        ("qualtrics", [["Status", "g-1"], ["Status", "Is it?"], ["IP Address", "yes"]], False),
        ("qualtrics", [["a", "g-1"], ["x", "Is it?"], ["", '{"ImportId":"QID1"}']], True),
        ("surveymonkey", [["Collector ID", "Is it?"], ["", "Response"]], True),
        ("surveymonkey", [["Is it?"], ["yes"]], False),
        ("google-forms", [["When", "Is it?"]], True),
        ("surveymonkey", [], False),
    ],
)
def test_marks_may_be_missing_where_no_answer_is_lost(
    profile: str, rows: list[list[str]], expected: bool
) -> None:
    assert fits(PROFILES[profile], rows) is expected
