"""Columns find their items, and what cannot be matched is said with what comes near."""

from __future__ import annotations

from pathlib import Path

import pytest
import smallmodel
from files.tables.desk import Open, Refuse, open_example, read_mapping
from files.tables.desk import attempt as attempt_table

from custfocus_cli.documents.mapping import TableMapping
from custfocus_cli.files.tables.matching import match_columns, read_headers
from custfocus_cli.files.tables.profiles import PROFILES
from custfocus_cli.files.tables.table import Table


@pytest.mark.parametrize(
    ("header", "item", "how"),
    [
        ("g-1", "g-1", "its id"),
        ("G_1", "g-1", "its id"),
        ("[g-1] Guests are greeted.", "g-1", "[id] and statement"),
        ("3. [g-1]: guests are greeted", "g-1", "[id] and statement"),
        ("[G-1] Gäste werden begrüßt.", "g-1", "[id] in the header"),
        ("Guests are greeted. [g-1]", "g-1", "[id] in the header"),
        ("How far? [[g-1] Guests are greeted.]", "g-1", "[id] and statement"),
        ("How far? [Guests are greeted.]", "g-1", "its statement"),
        ("How far is it - today? - Guests are greeted.", "g-1", "its statement"),
        ("At the desk/Guests are greeted.", "g-1", "its statement"),
        ("7) Guests\xa0are  greeted", "g-1", "its statement"),
        ("Guests are greeted.2", "g-1", "its statement"),
    ],
)
def test_a_header_names_its_item(table: Open, header: str, item: str, how: str) -> None:
    found = table(f'"{header}"\nyes\n').recognise().used("item")
    assert [(each.name, each.how) for each in found] == [(item, how)]


@pytest.mark.parametrize(
    ("headers", "taken"),
    [
        # a comment on an item is not the item
        ("[g-1] Guests are greeted.,Comment on [g-1]", 1),
        ("Comment on [g-1],[g-1] Guests are greeted.", 2),
        ("Guests are greeted.,g-1", 2),
    ],
)
def test_the_strongest_claim_wins(table: Open, headers: str, taken: int) -> None:
    found = table(f"{headers}\nyes,yes\n")
    assert [each.number for each in found.recognise().used("item")] == [taken]
    assert len(found.ignored) == 1


def test_two_columns_that_claim_an_item_alike_are_a_problem(refuse: Refuse) -> None:
    assert refuse("g-1,x,g-1\nyes,,no\n") == [
        "t.csv:1:3: duplicate-column: g-1 would be read from column 1 'g-1' and column 3 'g-1':"
        " name one of them in a mapping"
    ]


def test_duplicate_headers_of_no_item_are_tolerated(table: Open) -> None:
    found = table("g-1,Comment,Comment,\nyes,a,b,\n")
    assert found.ignored == ("Comment", "Comment", "")


def test_names_behind_a_groups_are_read_where_a_tool_joins_them(table: Open) -> None:
    assert open_example("odk-central.csv").items[0] == "g-1"
    plain = table("front-g-1,g-2\nfree text,yes\n")
    assert plain.items == ("g-2",)


def test_header_rows_of_surveymonkey_go_on() -> None:
    rows = [
        ["RespondentID", "How far?", "", "Why?"],
        ["", "Guests", "Hosts", "Open-Ended Response"],
    ]
    headers = read_headers(rows, PROFILES["surveymonkey"])
    assert [each.name for each in headers] == [
        "RespondentID",
        "How far? / Guests",
        "How far? / Hosts",
        "Why? / Open-Ended Response",
    ]


@pytest.mark.parametrize(
    ("headers", "numbers"),
    [
        # Microsoft Forms numbers a repeated text, and puts columns out of order
        (["Guests are greeted.2", "Guests are greeted."], {"g-1": 2, "g-2": 1}),
        # Google Forms repeats it as it is
        (["Guests are greeted.", "Why?", "Guests are greeted."], {"g-1": 1, "g-2": 3}),
    ],
)
def test_a_statement_that_two_items_share(headers: list[str], numbers: dict[str, int]) -> None:
    data = smallmodel.questionnaire_data()
    data["items"]["greeting"]["good"][0]["statement"] = "Guests are greeted."
    definition = smallmodel.definition(questionnaire=data)
    plain = PROFILES["plain"]
    match = match_columns(
        read_headers([headers], plain), definition, plain, TableMapping(), "t.csv"
    )
    assert match.problems == ()
    assert {item: each.header.number for item, each in match.items.items()} == numbers


@pytest.mark.parametrize(
    ("header", "extra"),
    [
        ("Role", "role"),
        ("[group] Where do you work?", "group"),
        ("Wave", "wave"),
        ("Day", None),
        ("Department", None),
    ],
)
def test_what_a_column_is_beside_items(table: Open, header: str, extra: str | None) -> None:
    assert table(f"g-1,{header}\nyes,x\n").extras == ((extra,) if extra else ())


@pytest.mark.parametrize(
    ("head", "found"),
    [
        ("SubmissionDate,KEY,g-1,about-role,about-group", ("role", "group", "date")),
        ("_id;_uuid;g-1;about/role", ("role",)),
        ("g-1,about-role", ()),
    ],
)
def test_a_role_inside_a_group_of_questions(table: Open, head: str, found: tuple[str, ...]) -> None:
    assert table(f"{head}\n").extras == found


# --- what cannot be matched ------------------------------------------------------------------


def test_a_column_of_answers_without_an_item_is_an_error_that_names_what_is_near(
    refuse: Refuse,
) -> None:
    text = "g-1,Every guest is greeted by name,Job\nyes,Yes,cook\nno,No,host\n"
    assert refuse(text) == [
        "t.csv:1:2: unknown-column: column 2 'Every guest is greeted by name' matches no item;"
        " nearest are g-2 (Guests are greeted by name.): name the item, or set the column aside,"
        " in a mapping"
    ]


def test_a_header_that_is_nearly_a_statement_is_an_error_without_any_answer(
    refuse: Refuse,
) -> None:
    (problem,) = refuse("g-1,Guests are greted by name.\nyes,\n")
    assert "column 2 'Guests are greted by name.' matches no item" in problem


@pytest.mark.parametrize(
    "text",
    [
        "g-1,Do you smoke?\nyes,yes\nno,yes\n",  # one answer alone says nothing
        "g-1,Age\nyes,1\nno,2\n",  # numbers are anything
        "g-1,Why?\nyes,yes\nno,because\n",
    ],
)
def test_a_column_of_the_surveys_own_is_no_error(table: Open, text: str) -> None:
    assert table(text).items == ("g-1",)


def test_a_table_that_nothing_matches_lists_its_columns(refuse: Refuse) -> None:
    (problem,) = refuse("Timestamp,Guests are welcomed,E-mail,Why?\n1,yes,a@b.example,x\n")
    assert problem.startswith("t.csv:1:1: unknown-column: no column matches an item of desk; the")
    assert "the columns are 'Guests are welcomed', 'Why?', the nearest items" in problem
    assert "g-1 (Guests are greeted.)" in problem
    assert problem.endswith("name the columns in a mapping")


def test_ten_thousand_columns_are_no_trouble(table: Open, refuse: Refuse) -> None:
    names = ",".join(f"column {n}" for n in range(10_000))
    found = table(f"{names},g-1\n{',' * 10_000}yes\n")
    assert (found.items, len(found.ignored)) == (("g-1",), 10_000)
    many = ",".join("x" for _ in range(20_001))
    assert refuse(f"{many}\n") == [
        "t.csv:1:1: table-too-large: 20,001 columns; a table may have 20,000"
    ]


# --- the mapping -----------------------------------------------------------------------------

HEADERS = "Greeted?,Greeted?,Job,E-mail,Would you come again?,Day\n"
ROWS = "yes,no,cook,a@b.example,Yes,2026-03-01\nno,yes,host,c@d.example,No,2026-03-02\n"


def test_a_mapping_settles_it(table: Open) -> None:
    mapping = (
        'columns: {g-1: "1", g-2: "2"}\nrole: Job\ndate: "6"\nignore: [Would you come again?]\n'
    )
    found = table(HEADERS + ROWS, mapping=mapping)
    assert (found.items, found.extras) == (("g-1", "g-2"), ("role", "date"))
    assert next(found.rows()) == ("yes", "no", "cook", "2026-03-01")
    assert [(each.number, each.use) for each in found.recognise().used("personal", "ignored")] == [
        (4, "personal"),
        (5, "ignored"),
    ]


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        (
            "columns: {gg-1: Job}\n",
            "mapping.yaml:2:11: unknown-id: no item 'gg-1'; did you mean 'g-1'?",
        ),
        (
            "columns: {g-1: Jobs}\n",
            "mapping.yaml:2:16: unknown-column: no column 'Jobs'; did you mean 'Job'?",
        ),
        (
            "columns: {g-1: Greeted?}\n",
            "mapping.yaml:2:16: duplicate-column: 'Greeted?' is the header of the columns 1, 2:"
            " give a number",
        ),
        (
            'columns: {g-1: "7"}\n',
            "mapping.yaml:2:16: unknown-column: no column '7'",
        ),
        (
            'columns: {g-1: "1"}\nid: E-mail\n',
            "mapping.yaml:3:5: personal-column: the column 'E-mail' holds personal data, which is"
            " never read",
        ),
        (
            'columns: {g-1: "1"}\nvalues: {F: [Ja]}\n',
            "mapping.yaml:3:10: unknown-answer: no answer 'F'; there are no, half, yes, DK, NA",
        ),
        (
            'columns: {g-1: "1"}\nvalues: {yes: [Ja], no: [Nein, ja]}\n',
            "mapping.yaml:3:16: duplicate-id: 'Ja' is 'no' already",
        ),
    ],
)
def test_a_mapping_that_does_not_fit_is_refused_in_its_own_line(
    refuse: Refuse, mapping: str, said: str
) -> None:
    assert refuse(HEADERS + ROWS, mapping=mapping) == [said]


def test_the_mapping_names_the_profile_and_the_command_line_comes_first(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("Timestamp,g-1\nx,yes\n", "utf-8")
    assert read_mapping("profile: plain\n").problems == ()
    found = [attempt_table(path, profile, "profile: plain\n") for profile in (None, "google-forms")]
    assert [each.profile for each in found if isinstance(each, Table)] == ["plain", "google-forms"]
