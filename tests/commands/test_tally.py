"""`custfocus tally`: one and the same tally from whatever holds the answers."""

from __future__ import annotations

import csv
import datetime
import random
from collections.abc import Mapping, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb
import pytest
from commands.calling import Caller
from files.corpus import EXAMPLES
from files.tables.desk import DESK, EXAMPLES_OF, FOLDER, read_desk

from custfocus_cli.documents.assessment import Answer, Assessment, Respondent
from custfocus_cli.documents.assessment import QuestionnaireReference as Reference
from custfocus_cli.documents.definition import Entry
from custfocus_cli.documents.tally import Tally
from custfocus_cli.files.places import File
from custfocus_cli.files.reader import read
from custfocus_cli.files.tables import engine
from custfocus_cli.files.tables.records import Source, find_source
from custfocus_cli.files.tables.table import Table, open_table
from custfocus_cli.files.writer import to_yaml

ABOUT = ("--questionnaire", DESK, "--organisation", "Inn", "--date", "2026-03-02")
PEOPLE = 90

Person = Mapping[str, str]


def draw_people() -> tuple[Sequence[Person], Sequence[str]]:
    """Synthetic respondents, their answers by item, and the group of each; no item is answered
    by all, some answer little, one group has four people, and one seven."""
    chance = random.Random(7)  # noqa: S311 - synthetic respondents
    people = []
    for _ in range(PEOPLE):
        share = chance.choice([1, 0.9, 0.5])
        answers = {
            name: chance.choice([c for c in entry.codes if entry.allow_na or c != "NA"])
            for name, entry in read_desk().entries.items()
            if chance.random() < share
        }
        people.append(answers or {"g-1": "yes"})
    groups = ["front"] * 40 + ["bar"] * 39 + ["night"] * 7 + ["cellar"] * 4
    chance.shuffle(groups)
    return people, groups


ANSWERS, GROUPS = draw_people()


def write_files(folder: Path) -> str:
    """A folder with a file for each respondent."""
    folder.mkdir()
    for number, (answers, group) in enumerate(zip(ANSWERS, GROUPS, strict=True)):
        filled = Assessment(
            questionnaire=Reference(path=DESK),
            organisation="Inn",
            date=datetime.date(2026, 3, 2),
            mode="survey",
            respondent=Respondent(id=f"r{number}", group=group),
            answers={k: Answer(answer=v, reason="no") for k, v in answers.items()},
        )
        (folder / f"{number:03}.yaml").write_text(to_yaml(filled), "utf-8")
    return str(folder)


def write_plain(path: Path) -> str:
    """A plain table with a column of groups."""
    items = list(read_desk().entries)
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["group", *items])
        for answers, group in zip(ANSWERS, GROUPS, strict=True):
            rows.writerow([group, *(answers.get(item, "") for item in items)])
    return str(path)


def write_profile(name: str, path: Path) -> str:
    """A table as a survey tool writes it: the example's header and the rest of its first row."""
    file = File(str(FOLDER / name))
    table, source = open_table(file, read_desk()), find_source(file)
    assert isinstance(table, Table)
    assert isinstance(source, Source)
    with closing(source.read()) as records:
        *headers, first = (record for _, record in islice(records, table.headers + 1))
    with path.open("w", encoding=source.codec, newline="") as out:
        rows = csv.writer(out, delimiter=source.separator)
        rows.writerows(headers)
        for number, answers in enumerate(ANSWERS):
            row = list(first)
            for item in table.items:
                style = number % 3
                row[table.places[item]] = say(
                    read_desk().entries[item], answers.get(item), style, codes="vv" in name
                )
            if "id" in table.places:
                row[table.places["id"]] = f"p{number}"
            rows.writerow(row)
    return str(path)


def say(entry: Entry, code: str | None, style: int, *, codes: bool) -> str:
    """An answer as tools write it: its code, its label, or both."""
    if code is None:
        return "{question_not_shown}" if codes else ""
    if entry.scale is None or codes or style == 0:
        return code
    label = entry.scale.label(code)
    return label if style == 1 else f"{code} - {label}"


def read_tally(path: str | Path) -> Tally:
    reading = read(str(path), Path(path).read_bytes())
    assert reading.problems == ()
    assert isinstance(reading.document, Tally)
    tally = reading.document
    assert tally.questionnaire.path is not None
    assert (Path(path).parent / tally.questionnaire.path).samefile(DESK)
    asked = tally.questionnaire.model_copy(update={"path": None})
    return tally.model_copy(update={"questionnaire": asked})


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Tally]:
    """The tallies of the files, counted one by one: of everyone, and by group."""
    from custfocus_cli.files.sources import load
    from custfocus_cli.scoring.tallies import About, tally_assessments

    folder = write_files(tmp_path_factory.mktemp("people") / "files")
    people = [each.assessment for each in load([folder]).loaded]
    about = About("Inn", datetime.date(2026, 3, 2), "survey")
    return {
        "": tally_assessments(people, read_desk(), about),
        "group": tally_assessments(people, read_desk(), about._replace(by="group")),
    }


def test_what_is_expected_has_everything(expected: Mapping[str, Tally]) -> None:
    everyone = expected["group"].everyone
    assert everyone.respondents == PEOPLE
    assert list(everyone.items) == list(read_desk().entries)
    assert list(everyone.indexes) == ["greeting", "waiting"]
    assert list(everyone.perceptions) == ["greeting"]
    assert {n: p.respondents for n, p in expected["group"].groups.items()} == {
        "bar": 39,
        "front": 40,
        "other": 11,  # four of the cellar, and the seven of the night, the next smallest
    }


@pytest.mark.parametrize("by", ["", "group"])
def test_from_files(by: str, call: Caller, tmp_path: Path, expected: Mapping[str, Tally]) -> None:
    folder, out = write_files(tmp_path / "files"), str(tmp_path / "t.yaml")
    code, _, _ = call("tally", folder, "-o", out, *(["--by", by] if by else []))
    assert code == 0
    assert read_tally(out) == expected[by]


@pytest.mark.parametrize("name", [each for each in EXAMPLES_OF if each != "plain.tsv"])
def test_from_the_table_of_every_survey_tool(
    name: str, call: Caller, tmp_path: Path, expected: Mapping[str, Tally]
) -> None:
    path, out = write_profile(name, tmp_path / name), str(tmp_path / "t.yaml")
    code, _, said = call("tally", path, "-o", out, *ABOUT)
    assert code == 0, said
    assert read_tally(out) == expected[""]


@pytest.mark.parametrize("by", ["", "group"])
@pytest.mark.parametrize("kind", ["csv", "csv by duckdb", "parquet", "parquet by duckdb", "sql"])
def test_from_tables(
    kind: str,
    by: str,
    call: Caller,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    expected: Mapping[str, Tally],
) -> None:
    path, out = write_plain(tmp_path / "answers.csv"), str(tmp_path / "t.yaml")
    option = ["--by", by] if by else []
    counted: list[bool] = []
    if "duckdb" in kind:
        monkeypatch.setattr(engine, "FEWEST_BYTES", 0)
        count = engine.count_table

        def count_and_tell(*arguments: Any) -> Any:
            seen = count(*arguments)
            counted.append(seen is not None)
            return seen

        monkeypatch.setattr(engine, "count_table", count_and_tell)
    if "parquet" in kind:
        path = write_parquet(path)
    if kind == "sql":
        path = run_query(path, call, option)
        option = []
    code, _, said = call("tally", path, "-o", out, *ABOUT, *option)
    assert code == 0, said
    assert counted == ([True] if "duckdb" in kind else [])
    assert read_tally(out) == expected[by]


def write_parquet(path: str) -> str:
    out = str(Path(path).with_suffix(".parquet"))
    with duckdb.connect() as database:
        database.execute(
            f"COPY (SELECT * FROM read_csv('{path}', all_varchar = true)) TO '{out}'"  # noqa: S608
        )
    return out


def run_query(path: str, call: Caller, option: Sequence[str]) -> str:
    """The CSV that DuckDB returns for the query that the command prints."""
    code, query, _ = call(
        *("tally", "answers", "--sql", "--dialect", "duckdb", "--questionnaire", DESK, *option)
    )
    assert code == 0
    out = str(Path(path).with_name("returned.csv"))
    with duckdb.connect() as database:
        database.execute(
            f"CREATE TABLE answers AS SELECT * FROM read_csv('{path}', all_varchar = true)"  # noqa: S608
        )
        database.execute(f"COPY ({query}) TO '{out}' (HEADER)")
    return out


def test_nothing_hidden_stands_in_any_output(call: Caller, tmp_path: Path) -> None:
    """Neither a small group's name, nor anybody's id, in any byte that is written or printed."""
    folder, out = write_files(tmp_path / "files"), tmp_path / "t.yaml"
    said = call("tally", folder, "-o", str(out), "--by", "group")
    told = call("tally", folder, "--by", "group", "--dry-run")
    texts = [out.read_text("utf-8"), *map(str, (*said, *told))]
    for command, name in (("score", "json"), ("report", "html"), ("plan", "csv")):
        texts += map(str, call(command, str(out), "--questionnaire", DESK, "-f", name))
    for text in texts:
        assert "cellar" not in text
        assert "night" not in text
        assert "r17" not in text


def test_a_dry_run_shows_what_was_understood_and_writes_nothing(
    call: Caller, tmp_path: Path
) -> None:
    path, out = write_profile("limesurvey.csv", tmp_path / "limesurvey.csv"), tmp_path / "t.yaml"
    code, shown, _ = call("tally", path, "-o", str(out), *ABOUT, "--dry-run")
    assert code == 0
    assert "LimeSurvey, UTF-8" in shown
    assert shown.endswith(f"{PEOPLE} respondents of Inn, whole organisation\n")
    assert not out.exists()


def test_tallies_are_added_and_scored(call: Caller, tmp_path: Path) -> None:
    path = write_plain(tmp_path / "answers.csv")
    parts = []
    for scope in ("north", "south"):
        parts.append(str(tmp_path / f"{scope}.yaml"))
        assert call("tally", path, "-o", parts[-1], *ABOUT, "--scope", scope)[0] == 0
    out = str(tmp_path / "all.yaml")
    about = ("--questionnaire", DESK, "--scope", "whole organisation")
    code, _, said = call("tally", *parts, "-o", out, *about)
    assert code == 0, said
    one, both = read_tally(parts[0]).everyone, read_tally(out).everyone
    assert both.respondents == 2 * PEOPLE
    assert both.items == {
        name: {code: 2 * n for code, n in counts.items()} for name, counts in one.items.items()
    }
    assert call("validate", out)[0] == 0
    code, text, _ = call("score", out)
    assert code == 0
    assert f"{2 * PEOPLE} sets of answers" in text


def test_the_same_people_are_not_counted_twice(call: Caller, tmp_path: Path) -> None:
    path, out = write_plain(tmp_path / "answers.csv"), str(tmp_path / "t.yaml")
    assert call("tally", path, "-o", out, *ABOUT)[0] == 0
    code, text, said = call("tally", out, path, *ABOUT)
    assert (code, text) == (2, "")
    assert "a later export of a survey holds the earlier one" in said
    assert call("tally", out, path, *ABOUT, "--wave", "spring")[0] == 0


def test_one_person_is_not_added_to_a_tally(call: Caller, tmp_path: Path) -> None:
    path, out = write_plain(tmp_path / "answers.csv"), str(tmp_path / "t.yaml")
    one = tmp_path / "one.csv"
    one.write_text("g-1,g-2\nyes,yes\n", "utf-8")
    assert call("tally", path, "-o", out, *ABOUT)[0] == 0
    code, text, said = call("tally", out, str(one), *ABOUT, "--scope", "all")
    assert (code, text) == (2, "")
    assert "1 new person cannot be added to a tally" in said
    assert "count all answers of a survey in one run" in said


REFUSED: Mapping[str, tuple[tuple[str, ...], str]] = {
    "no questionnaire": (("answers.csv",), "does not say what was asked"),
    "no organisation": (("answers.csv", "--questionnaire", DESK), "does not say whose answers"),
    "no date": (
        ("answers.csv", "--questionnaire", DESK, "--organisation", "Inn"),
        "does not say of which day",
    ),
    "no column of roles": (("answers.csv", *ABOUT, "--by", "role"), "no column that says the role"),
    "twice": (("answers.csv", "answers.csv", *ABOUT), "answers.csv is given twice"),
    "no dialect": (("t", "--sql", "--questionnaire", DESK), "no --dialect is named"),
    "unknown dialect": (
        ("t", "--sql", "--questionnaire", DESK, "--dialect", "mysql"),
        "--dialect mysql",
    ),
    "no table": (("t", "u", "--sql", "--dialect", "trino"), "needs the name of one table"),
    "too few people": (("few.csv", *ABOUT), "3 people answered; a tally needs 5"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refuses(name: str, call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    arguments, message = REFUSED[name]
    monkeypatch.chdir(tmp_path)
    write_plain(tmp_path / "answers.csv")
    (tmp_path / "few.csv").write_text("g-1,g-2\nyes,yes\nno,yes\nno,no\n", "utf-8")
    code, out, said = call("tally", *arguments)
    assert (code, out) == (2, "")
    assert message in said


def test_texts_that_are_no_answers_are_named_with_their_lines(call: Caller, tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_text("g-1,g-2\n" + "yes,no\n" * 20 + "yes,perhaps\n", "utf-8")
    code, _, said = call("tally", str(path), *ABOUT)
    assert code == 2
    assert f"{path}:22:2: unknown-answer: no answer 'perhaps' to g-2" in said


def test_a_later_export_of_the_same_survey_is_pointed_out(call: Caller, tmp_path: Path) -> None:
    path, out = write_plain(tmp_path / "answers.csv"), str(tmp_path / "t.yaml")
    assert "subtract" not in call("tally", path, "-o", out, *ABOUT, "--wave", "Spring")[2]
    with Path(path).open("a", encoding="utf-8") as file:
        file.write("front,yes,yes,daily,yes,yes,1,yes,never\n")
    said = call("tally", path, "-o", out, *ABOUT, "--wave", "Spring")[2]
    assert "whoever has both can subtract them" in said
    assert read_tally(out).wave == "spring"


def test_the_example_is_in_order(call: Caller) -> None:
    assert call("validate", str(EXAMPLES / "valid" / "tally.yaml"))[0] == 0


def test_a_dry_run_of_too_few_people_shows_how_the_table_was_read(
    call: Caller, tmp_path: Path
) -> None:
    path = tmp_path / "few.csv"
    for rows, said in (("yes,yes\n" * 3, "3 people answered"), ("", "0 people answered")):
        path.write_text(f"g-1,g-2\n{rows}", "utf-8")
        code, out, err = call("tally", str(path), *ABOUT, "--dry-run")
        assert code == 2
        assert "g-1, by its id: g-1" in out
        assert f"error: {said}" in err
    code, out, err = call("score", str(path), *ABOUT)
    assert (code, out, err) == (
        2,
        "",
        f"error: there is no assessment in {path}\n"
        f"hint: custfocus tally {path} --dry-run shows how it was read\n",
    )


def test_names_that_a_guessed_encoding_may_spoil_are_shown(call: Caller, tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    rows = ["Küche,yes"] * 5 + ["Büro,no"] * 4 + ["bar,no"] * 5
    path.write_bytes("\n".join(["group,g-1", *rows, ""]).encode("cp1252"))
    note = (
        "line 2 is not UTF-8, so the table was read as Windows-1252; look whether these roles and"
        " groups are spelt right: 'Küche' and 1 more"
    )
    for command in ("score", "tally"):
        code, _, err = call(command, str(path), *ABOUT)
        assert code == 0
        assert err.splitlines()[0].endswith(f"; {note}")
    code, out, _ = call("tally", str(path), *ABOUT, "--dry-run")
    assert f"Note      {note}" in " ".join(out.split()).replace("Note ", "Note      ")
    path.write_bytes("\n".join(["group,g-1", *rows, ""]).encode())
    assert "spelt" not in call("tally", str(path), *ABOUT)[2]
