"""What a tally's query returned: read back, or told apart from any other table."""

from __future__ import annotations

from pathlib import Path

import pytest
from files.tables.desk import read_desk

from custfocus_cli.errors import BadInput
from custfocus_cli.files.places import File
from custfocus_cli.files.tables.returned import Counts, Returned, find_returned, read_counts

HEAD = "tally_of,tally_by,tally_group,tally_item,tally_answer,tally_people\n"


def write(tmp_path: Path, text: str) -> Returned | None:
    (tmp_path / "r.csv").write_text(text, "utf-8")
    return find_returned(File(str(tmp_path / "r.csv")))


def read(tmp_path: Path, rows: str) -> Counts:
    found = write(tmp_path, HEAD + rows)
    assert found is not None
    return read_counts(found, read_desk())


def test_reads_people_answers_and_values(tmp_path: Path) -> None:
    rows = (
        "desk sha256:1,group,Front Desk,,,12\n"
        "desk sha256:1,group,Front Desk,g-1,yes,7\n"
        "desk sha256:1,group,,g-1,,5\n"  # did not answer
        "desk sha256:1,group,,indexes:greeting,4,5\n"
        "desk sha256:1,group,,indexes:greeting,,2.0\n"
    )
    assert read(tmp_path, rows) == Counts(
        [("front-desk", 12)],
        [("front-desk", "g-1", "yes", 7)],
        [(None, "indexes", "greeting", 4, 5), (None, "indexes", "greeting", None, 2)],
    )


def test_knows_what_was_asked_whatever_the_case_of_the_header(tmp_path: Path) -> None:
    found = write(tmp_path, HEAD.upper() + "desk sha256:1,,,,,3\n")
    assert found is not None
    assert (found.questionnaire, found.digest, found.by) == ("desk", "sha256:1", None)


@pytest.mark.parametrize("text", ["", "g-1,g-2\nyes,no\n", "tally_of,tally_by\na,b\n"])
def test_any_other_table_is_none(tmp_path: Path, text: str) -> None:
    assert write(tmp_path, text) is None


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ("desk 1,,,,,many", "wrong-type"),
        ("desk 1,,,,,-3", "wrong-type"),
        ("desk 1,,,no-such,yes,3", "unknown-id"),
        ("desk 1,,,g-1,perhaps,3", "unknown-answer"),
        ("desk 1,,,indexes:greeting,half,3", "wrong-type"),
    ],
)
def test_a_row_that_cannot_be_is_named(tmp_path: Path, row: str, rule: str) -> None:
    with pytest.raises(BadInput) as caught:
        read(tmp_path, f"{row}\n")
    assert [(each.line, each.rule) for each in caught.value.problems] == [(2, rule)]


@pytest.mark.parametrize(
    ("rows", "rule"),
    [
        ("desk 1,,,,,3\ndesk 2,,,,,3\n", "wrong-kind"),
        ("desk 1,,,\n", "ragged-row"),
        ("", "wrong-kind"),
    ],
)
def test_a_result_is_of_one_query(tmp_path: Path, rows: str, rule: str) -> None:
    with pytest.raises(BadInput) as caught:
        write(tmp_path, HEAD + rows)
    assert [each.rule for each in caught.value.problems] == [rule]
