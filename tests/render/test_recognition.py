"""What was understood of a table is told in one line and in full, and acts on no terminal."""

from __future__ import annotations

from custfocus_cli.documents.recognition import Column, Recognition, Value
from custfocus_cli.render.recognition import summarise, write_recognition
from custfocus_cli.render.terminal import Terminal

FOUND = Recognition(
    path="answers.csv",
    profile="Google Forms",
    encoding="Windows-1252",
    delimiter="commas",
    columns=(
        Column(1, "Timestamp", "extra", "date", "Google Forms"),
        Column(2, "[g-1] Guests are greeted.", "item", "g-1", "[id] and statement"),
        Column(3, "E-mail", "personal"),
        Column(4, "Score", "tool"),
        Column(5, "Would you come again?", "ignored"),
        Column(6, "Why?\x1b[31m", "unknown"),
    ),
    items=2,
    absent=("g-2",),
    rows=200,
    left_out={"not finished": 3, "no answer to any item": 1},
    values=(
        Value("Half", "half", "its label"),
        Value("yes - Yes", "yes", "the code before it"),
        Value("-", None, "the mapping"),
    ),
    notices=("line 1 is not UTF-8, so the table was read as Windows-1252",),
)

TEXT = """\
answers.csv
-----------
Tool      Google Forms, Windows-1252 with commas
Rows      200 respondents; left out three rows (not finished), one row (no
          answer to any item)
Note      line 1 is not UTF-8, so the table was read as Windows-1252

Columns that are read
   1  date, by Google Forms: Timestamp
   2  g-1, by [id] and statement: [g-1] Guests are greeted.
Without a column: one item of 2 (g-2)

Columns that are not read
  Of the survey tool: 4 Score
  Set aside by the mapping: 5 Would you come again?
  Personal, never read: 3 E-mail
  No item: 6 Why?\ufffd[31m

Answers
  half, by its label: Half
  yes, by the code before it: yes - Yes
  no answer, by the mapping: -
"""


def test_the_whole_of_it() -> None:
    assert write_recognition(FOUND, Terminal()) == TEXT


def test_one_line() -> None:
    assert summarise(FOUND) == (
        "answers.csv: Google Forms, 200 respondents, 1 of 2 items; left out three rows (not"
        " finished), one row (no answer to any item); line 1 is not UTF-8, so the table was read"
        " as Windows-1252"
    )


def test_a_table_of_which_everything_is_read() -> None:
    bare = FOUND._replace(
        columns=FOUND.columns[1:2], absent=(), left_out={}, notices=(), values=(), rows=1
    )
    text = write_recognition(bare, Terminal())
    assert "Rows      one respondent\n" in text
    assert "Columns that are not read\n  None\n" in text
    assert text.endswith("Answers\n  None was read\n")


def test_much_of_it_is_cut() -> None:
    columns = tuple(Column(n, f"c{n}", "unknown") for n in range(1, 31))
    values = tuple(Value(str(n), "yes", "its points") for n in range(60))
    text = write_recognition(FOUND._replace(columns=columns, values=values), Terminal())
    assert "20 c20 and ten more" in " ".join(text.split())
    assert text.endswith("  and 10 more texts\n")
