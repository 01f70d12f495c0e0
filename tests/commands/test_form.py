"""`custfocus form` from the command line: what a sender says, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands.calling import Caller
from files.corpus import EXAMPLES
from render.pages import read_page
from render.test_form import list_fields, read_data
from shipped import read_definition

DESK = str(EXAMPLES / "valid" / "desk.yaml")


def test_what_a_sender_says_reaches_the_page(call: Caller, tmp_path: Path) -> None:
    file = tmp_path / "form.html"
    code, out, err = call(
        *("form", "team-36", "-o", str(file), "--organisation", "Our firm", "--date", "2026-03-01"),
        *("--group", "north", "--group", "office=Head office", "--role", "team-leader"),
        *("--intro", "Dear all", "--return-to", "the office"),
    )
    assert (code, out) == (0, "")
    assert err.startswith(f"wrote {file} (")
    page = read_page(file.read_text("utf-8"))
    definition = read_definition("team-36")
    assert read_data(page)["start"] == [
        ["format", "custfocus/assessment/1"],
        ["questionnaire", {"id": "team-36", "version": "1.0.0", "digest": definition.digest}],
        ["organisation", "Our firm"],
        ["scope", "whole organisation"],
        ["date", "2026-03-01"],
        ["mode", "self"],
        ["respondent", {"role": "team-leader"}],
    ]
    assert list_fields(page)["group"] == ["north", "office", ""]
    for said in ("Head office", "North", "Team leaders", "Dear all", "the office"):
        assert said in page.text


def test_an_own_questionnaire_is_named_by_its_file(call: Caller) -> None:
    code, out, _ = call("form", DESK)
    assert code == 0
    reference = dict(read_data(read_page(out))["start"])["questionnaire"]
    assert reference["path"] == "desk.yaml"


def test_a_form_is_made_again_and_an_assessment_is_not_replaced(
    call: Caller, tmp_path: Path
) -> None:
    file = str(tmp_path / "form.html")
    for _ in range(2):
        assert call("form", DESK, "-o", file, "-q")[0] == 0
    answers = tmp_path / "answers.yaml"
    answers.write_bytes((EXAMPLES / "valid" / "answers.yaml").read_bytes())
    code, _, err = call("form", DESK, "-o", str(answers))
    assert code == 2
    assert "is not replaced by a result" in err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--date", "2026-02-30"], "--date: 2026-02-30 is not a day of the calendar"),
        (["--organisation", " "], "--organisation: "),
        (["--scope", "depots"], "--scope without --organisation"),
        (["--group", "Head office"], "--group: 'Head office' is no id"),
        (["--role", "=Boss"], "--role: '' is no id"),
        (["--group", "a", "--group", "a=A"], "--group a is given twice"),
    ],
)
def test_what_no_file_could_hold_is_refused(
    arguments: list[str], message: str, call: Caller
) -> None:
    code, out, err = call("form", "team-36", *arguments)
    assert (code, out) == (2, "")
    assert err.startswith(f"error: {message}")


def test_a_questionnaire_that_is_not_there_is_refused(call: Caller) -> None:
    code, out, err = call("form", "team-63")
    assert (code, out) == (2, "")
    assert "did you mean 'team-36'" in err
