"""Tables of answers on the command line, from a survey tool's file to a result."""

from __future__ import annotations

import csv
import datetime
import json
import random
from pathlib import Path

import pytest
from commands.calling import SAMPLES, Caller
from files.corpus import EXAMPLES
from files.tables.desk import DESK, EXAMPLES_OF
from shipped import read_definition

from custfocus_cli.commands.loading import make_panel
from custfocus_cli.files.catalogue import Catalogue
from custfocus_cli.files.sources import TableOptions, group, load

PEOPLE = 200
OPTIONS = ("--organisation", "Our Library", "--questionnaire")


@pytest.fixture
def google(tmp_path: Path) -> tuple[str, dict[str, list[str]]]:
    """A table as Google Forms writes it, of 200 people, and the codes they chose by item.

    Grids and single questions, ids in some statements alone, labels and codes, blanks, an address.
    """
    chance = random.Random(6)  # noqa: S311 - answers, no secrets
    entries = list(read_definition("team-36").entries.values())
    chosen: dict[str, list[str]] = {}
    columns: list[list[str]] = []
    for n, entry in enumerate(entries):
        assert entry.scale is not None
        grid = f"How far is this in place today? [{entry.statement}]"
        header = grid if n % 2 else f"[{entry.id}] {entry.statement}"
        codes = [*(each.code for each in entry.scale.options), "DK", ""]
        chosen[entry.id] = chance.choices(codes, k=PEOPLE)
        labels = [entry.scale.label(code) for code in chosen[entry.id]]
        pairs = zip(chosen[entry.id], labels, strict=True)
        texts = [f"{code} - {label}" if n % 3 and code else label for code, label in pairs]
        columns.append([header, *texts])
    columns.insert(
        0,
        ["Timestamp", *(f"2026/11/{n % 20 + 1:02} 9:{n % 60:02}:00 AM GMT+1" for n in range(200))],
    )
    columns.append(["E-mail address", *(f"p{n}@example.org" for n in range(PEOPLE))])
    columns.append(["Anything else?", *("Well,\nno." if n % 7 else "" for n in range(PEOPLE))])
    path = tmp_path / "Customer focus (Responses).csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(zip(*columns, strict=True))
    return str(path), chosen


def test_200_people_of_google_forms_are_read_without_a_mapping(
    google: tuple[str, dict[str, list[str]]], call: Caller
) -> None:
    path, chosen = google
    code, out, err = call("score", path, *OPTIONS, "team-36", "-f", "json")
    assert code == 0, err
    assert err.splitlines() == [
        f"{path}: Google Forms, 200 respondents, 48 of 48 items",
        "200 respondents make one panel",
    ]
    card = json.loads(out)
    assert (card["organisation"], card["date"], card["respondents"]) == (
        "Our Library",
        "2026-11-20",
        200,
    )
    # A panel's rating is unknown where fewer than half of those who answered rate (2.2.11).
    rated = [codes for item, codes in chosen.items() if not item.startswith("ba-")]
    known = [codes for codes in rated if 2 * codes.count("DK") <= len(codes) - codes.count("")]
    assert len(known) == len(rated) == 36
    assert card["result"]["coverage"] == 1.0


def test_the_report_and_the_plan_hold_no_address(
    google: tuple[str, dict[str, list[str]]], call: Caller
) -> None:
    for command in (("report", "-f", "html"), ("report", "-f", "markdown"), ("plan", "-f", "csv")):
        code, out, err = call(*command, google[0], *OPTIONS, "team-36")
        assert code == 0, err
        assert "example.org" not in out
        assert "Well," not in out


@pytest.mark.parametrize("name", EXAMPLES_OF)
def test_every_example_gives_the_same_result(name: str) -> None:
    options = TableOptions(organisation="Our Library", date=datetime.date(2026, 3, 2))
    told, plain = (
        make_panel(group(load([path], questionnaire=DESK, tables=options).members, window=0)[0])
        for path in (str(EXAMPLES / "tables" / each) for each in (name, "plain.tsv"))
    )
    assert (told.answers, told.respondents) == (plain.answers, plain.respondents)


@pytest.mark.parametrize("command", ["score", "report"])
def test_a_table_without_groups_is_not_told_apart_by_them(
    command: str, tmp_path: Path, call: Caller
) -> None:
    table = tmp_path / "t.csv"
    table.write_text("date,g-1\n" + "2026-03-01,yes\n" * 5, "utf-8")
    code, out, err = call(command, str(table), *OPTIONS, DESK, "-q", "--by", "group")
    assert (code, out) == (2, "")
    assert err == (
        f"error: {table} has no column that says the group\n"
        "hint: name it in a mapping, group: HEADER\n"
    )


@pytest.mark.parametrize("command", ["score", "report", "plan", "diff"])
@pytest.mark.parametrize("people", [1, 4])
def test_fewer_than_five_people_are_shown_nowhere(
    command: str, people: int, tmp_path: Path, call: Caller
) -> None:
    table = tmp_path / "t.csv"
    table.write_text("date,g-1\n" + "2026-03-01,yes\n" * people, "utf-8")
    given = (str(table), str(table)) if command == "diff" else (str(table),)
    code, out, err = call(command, *given, *OPTIONS, DESK, "-q")
    assert (code, out) == (2, "")
    assert err == (
        f"error: {table}: fewer than five people answered; what they say is not shown\n"
        "hint: a team that answers together writes one file without a respondent\n"
    )


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            (),
            "error: {} is a table, which does not say what was asked, nor whose answers these are\n"
            "hint: name the questionnaire: --questionnaire ID, or a file; and the organisation:"
            " --organisation NAME\n",
        ),
        (
            ("--organisation", "Us"),
            "error: {} is a table, which does not say what was asked\n"
            "hint: name the questionnaire: --questionnaire ID, or a file\n",
        ),
        (
            ("--questionnaire", DESK),
            "error: {} does not say whose answers these are\n"
            "hint: name them: --organisation NAME\n",
        ),
        (
            (*OPTIONS, DESK),
            "error: {} does not say of which day the answers are\nhint: --date YYYY-MM-DD\n",
        ),
        (
            (*OPTIONS, DESK, "--date", "1.3.2026"),
            "error: --date 1.3.2026: expected a day such as 2026-11-12\n",
        ),
        (
            (*OPTIONS, DESK, "--profile", "excel"),
            "error: Invalid value for '--profile': 'excel' is none of qualtrics, surveymonkey,"
            " microsoft-forms, limesurvey-vv, limesurvey, odk-central, kobotoolbox, google-forms,"
            " plain.\nhint: custfocus score --help says more\n",
        ),
    ],
)
def test_what_is_missing_is_asked_for(
    tmp_path: Path, call: Caller, options: tuple[str, ...], said: str
) -> None:
    path = tmp_path / "t.csv"
    path.write_text("g-1\nyes\n", "utf-8")
    code, out, err = call("score", str(path), *options)
    assert (code, out, err) == (2, "", said.format(path))


def test_a_mapping_settles_what_cannot_be_matched(tmp_path: Path, call: Caller) -> None:
    path = tmp_path / "t.csv"
    path.write_text(
        "date,g-1,Greeted by name?\n2026-03-01,yes,Ja\n" + "2026-03-01,no,No\n" * 4, "utf-8"
    )
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text(
        "format: custfocus/mapping/1\ncolumns: {g-2: Greeted by name?}\nvalues: {yes: [Ja]}\n",
        "utf-8",
    )
    arguments = ("score", str(path), *OPTIONS, DESK)
    assert call(*arguments, "-q")[0] == 0  # "Ja" is no answer that we know: a column of its own
    code, _, err = call(*arguments, "--mapping", str(mapping))
    assert (code, err.splitlines()[0]) == (
        0,
        f"{path}: a plain table, five respondents, 2 of 8 items",
    )


HOSTILE = {
    "formulas": b"g-1\n=cmd|' /C calc'!A0\n",
    "a terminal escape": b"g-1\n\x1b[31myes\n",
    "a workflow command": b"g-1\n::error::x\n",
    "NUL": b"g-1\nyes\0\n",
    "an open quote": b'g-1\n"yes\n',
    "ragged": b"g-1\nyes,no\n",
    "not a workbook": b"PK",
    "nothing": b"",
    "bytes": bytes(range(1, 256)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_table_is_refused_in_its_line(tmp_path: Path, call: Caller, name: str) -> None:
    path = tmp_path / ("t.xlsx" if name == "not a workbook" else "t.csv")
    path.write_bytes(HOSTILE[name])
    code, out, err = call("score", str(path), *OPTIONS, DESK, "--date", "2026-03-02")
    assert (code, out) == (2, "")
    assert err.startswith(f"{path}:")
    assert len(err.splitlines()) == 1
    assert "\x1b" not in err
    assert "::" not in err


def write_ids(path: Path, questionnaire: str, leave_out: int = 0) -> str:
    """A table of five people whose headers are the ids of a shipped questionnaire."""
    items = list(Catalogue().find(questionnaire).entries)[leave_out:]
    rows = [",".join(["date", *items]), *[",".join(["2026-03-02", *["DK"] * len(items)])] * 5]
    path.write_text("".join(f"{row}\n" for row in rows), "utf-8")
    return str(path)


@pytest.mark.parametrize("name", ["team-36", "interview-72", "staff-24", "pulse-12", "balance-12"])
def test_the_ids_of_one_questionnaire_name_it(tmp_path: Path, call: Caller, name: str) -> None:
    path = write_ids(tmp_path / "t.csv", name)
    told = f"{path}: a plain table, five respondents"
    for command in ("score", "tally"):
        code, _, err = call(command, path, "--organisation", "Us")
        assert code == 0, err
        assert err.startswith(told)
        assert f"; taken for {name}, by the ids in its headers\n" in err
    assert (
        "taken for" not in call("score", path, "--questionnaire", name, "--organisation", "Us")[2]
    )


def test_ids_of_two_questionnaires_are_asked_about(tmp_path: Path, call: Caller) -> None:
    path = write_ids(tmp_path / "t.csv", "team-36", leave_out=1)
    for command in ("score", "tally"):
        assert call(command, path, "--organisation", "Us") == (
            2,
            "",
            f"error: {path} is a table, which does not say what was asked\n"
            "hint: name the questionnaire: --questionnaire interview-72 or team-36, which both hold"
            " its ids\n",
        )


def test_an_id_that_nobody_has_leaves_the_questionnaire_open(tmp_path: Path, call: Caller) -> None:
    path = Path(write_ids(tmp_path / "t.csv", "staff-24"))
    path.write_text(path.read_text("utf-8").replace("date,", "date,[our-1] Is it so?,", 1), "utf-8")
    code, _, err = call("score", str(path), "--organisation", "Us")
    assert code == 2
    assert "does not say what was asked" in err


def test_another_questionnaire_than_the_ids_say_is_told(tmp_path: Path, call: Caller) -> None:
    path = write_ids(tmp_path / "t.csv", "staff-24")
    for command in ("score", "tally"):
        code, out, err = call(command, path, "--organisation", "Us", "--questionnaire", "team-36")
        assert (code, out) == (2, "")
        assert err.startswith(
            f"error: {path} does not answer team-36: the ids in its headers are those of staff-24\n"
            "hint: these look like staff-24: --questionnaire staff-24;"
        )


def test_tables_of_two_questionnaires_make_one_report(tmp_path: Path, call: Caller) -> None:
    paths = [write_ids(tmp_path / f"{name}.csv", name) for name in ("team-36", "staff-24")]
    about = ("--organisation", "Us", "--questionnaire", "team-36")
    assert "make a tally of each first" in call("score", *paths, *about)[2]
    code, out, err = call("score", *paths, *about[:2], "-f", "json")
    assert code == 0, err
    assert err.count("taken for") == 2
    assert '"staff-24"' in out
    assert "not the same questionnaire: team-36 in" in call("tally", *paths, *about[:2])[2]


def test_a_table_in_a_folder_is_named_and_not_read(tmp_path: Path, call: Caller) -> None:
    folder = tmp_path / "mixed"
    folder.mkdir()
    table = write_ids(folder / "t.csv", "staff-24")
    (folder / "~$t.xlsx").write_bytes(b"")
    code, _, err = call("score", str(folder))
    assert (code, err.splitlines()[1]) == (2, f"hint: a table is read where it is named: {table}")
    text = Path(SAMPLES["quillmarsh-2025"]).read_text("utf-8")
    (folder / "a.yaml").write_text(text, "utf-8")
    assert call("score", str(folder))[2] == (
        f"passed over {table}: a table is not read in a folder; name it as a source itself\n"
    )
    organisation = "".join(
        line.partition(": ")[2] for line in text.splitlines() if line.startswith("organisation:")
    )
    both = ("--organisation", organisation.strip("'\""), "--window", "1000")
    code, _, err = call("score", str(folder), table, *both)
    assert "passed over" not in err
    assert "staff-24" in err


def test_a_profile_that_would_take_answers_for_headers_is_refused(call: Caller) -> None:
    path = str(EXAMPLES / "tables" / "google-forms.csv")
    for name, title in (("qualtrics", "Qualtrics"), ("surveymonkey", "SurveyMonkey")):
        assert call("score", path, *OPTIONS, DESK, "--profile", name) == (
            2,
            "",
            f"error: {path} does not begin as a table of {title} does; it looks like Google Forms\n"
            "hint: leave the profile out, or name another one\n",
        )
