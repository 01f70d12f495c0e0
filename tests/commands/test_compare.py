"""`compare` on the command line: sources, exit codes, hints, and what no output holds."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands.calling import SAMPLES, Caller

from custfocus_cli.render.formats import COMPARE

TWO = SAMPLES["quillmarsh-2025"], SAMPLES["varrowby-2025"]  # 174 days apart


def write(folder: Path, name: str, mode: str = "interview", **keys: str) -> str:
    """A file of answers of one unit of our library."""
    told = {"scope": name, "date": "2026-03-10", "questionnaire": "{id: team-36}", **keys}
    told = {"answers": "{sv-1a: L, cc-1a: N}", **told}
    lines = [f"{key}: {value}" for key, value in told.items()]
    path = folder / f"{name}.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(
        "\n".join(
            [
                "format: custfocus/assessment/1",
                "organisation: Our Library",
                f"mode: {mode}",
                *lines,
                "",
            ]
        ),
        encoding="utf-8",
    )
    return str(path)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (TWO, "174 days apart, more than 120\nhint: units are compared as they stood on one date;"),
        (TWO[:1], "error: one unit is not compared with anything\nhint: each SOURCE is one unit"),
        ((TWO[0], TWO[0]), "is given twice\nhint: give each file once"),
        (("-", "-"), "error: standard input is given twice"),
        ((*TWO, "--window", "200", "--target", "nowhere"), "nowhere"),
        ((*TWO, "-o", "units.docx"), ".docx says no format that can be written here"),
        ((TWO[0], "missing.yaml"), "missing.yaml"),
    ],
)
def test_what_cannot_be_compared(arguments: tuple[str, ...], said: str, call: Caller) -> None:
    code, out, err = call("compare", *arguments)
    assert (code, out) == (2, "")
    assert said in err


def test_another_questionnaire_needs_as(tmp_path: Path, call: Caller) -> None:
    long = write(tmp_path, "north", questionnaire="{id: interview-72}")
    short = write(tmp_path, "south")
    assert call("compare", long, short) == (
        2,
        "",
        f"error: not the same questionnaire: interview-72 in {long}, team-36 in {short}\n"
        "hint: score them all by one questionnaire with --as\n",
    )
    code, out, _ = call("compare", long, short, "--as", "team-36", "-q")
    assert code == 0
    assert "Two units, all at stage 0" in out


def test_what_people_see_is_not_measured(tmp_path: Path, call: Caller) -> None:
    units = [
        write(tmp_path, name, questionnaire="{id: pulse-12}", answers="{}") for name in ("a", "b")
    ]
    assert call("compare", *units) == (
        2,
        "",
        "error: pulse-12 asks how people see it, and measures nothing to compare\n"
        "hint: custfocus report shows how people see one unit\n",
    )


def test_a_folder_is_one_unit(tmp_path: Path, call: Caller) -> None:
    people = tmp_path / "people"
    for n in range(5):
        write(people, f"p{n}", "survey", scope="harbour", respondent=f"{{id: r{n}}}")
    code, out, err = call("compare", str(people), write(tmp_path, "north"), "-f", "csv")
    assert (code, err) == (0, "5 respondents make one panel\n")
    rows = [row.split(",") for row in out.split("\r\n")[1:-1]]
    assert [row[:5] for row in rows if not row[5]] == [
        ["harbour", "Our Library", "harbour", "2026-03-10", "5"],
        ["north", "Our Library", "north", "2026-03-10", "1"],
    ]


def test_nothing_of_a_few_people_is_in_any_output(tmp_path: Path, call: Caller) -> None:
    people = tmp_path / "people"
    for n in range(4):
        write(people, f"p{n}", "survey", scope="harbour", target="service-centre")
    shown = [write(tmp_path, name) for name in ("north", "south")]
    for name in COMPARE:
        with_them = call("compare", *shown, str(people), "-q", "-f", name)
        without = call("compare", *shown, "-q", "-f", name)
        assert with_them[0] == without[0] == 0
        lines = set(with_them[1].splitlines()) - set(without[1].splitlines())
        told = "Not shown, as fewer than five people answered there: harbour."
        assert not [line for line in lines if "harbour" not in line and len(line) > 40], name
        if name not in ("csv", "text"):
            assert told in with_them[1].replace("\\", "")


def test_too_few_units_that_may_be_shown(tmp_path: Path, call: Caller) -> None:
    one, other = write(tmp_path, "north"), write(tmp_path, "south", "survey")
    code, out, err = call("compare", one, other)
    assert (code, out) == (2, "")
    assert err.startswith(
        "error: too few units may be shown: fewer than 5 people answered in south\n"
    )
    # a team that answers together
    assert call("compare", one, write(tmp_path, "south", "self"), "-q")[0] == 0


def test_units_of_one_scope_may_be_the_same_people(tmp_path: Path, call: Caller) -> None:
    one = write(tmp_path, "a", scope="harbour")
    other = write(tmp_path, "b", scope="harbour", answers="{sv-1a: F}")
    code, out, err = call("compare", one, other, "-f", "csv")
    assert code == 0
    assert err == (
        f"{one}, {other} have the same organisation and scope: they may be the same people; where"
        " they are units, say the scope of each in its file, or with tally --scope\n"
    )
    assert {row.split(",")[0] for row in out.split("\r\n")[1:-1]} == {"a", "b"}
    third = write(tmp_path, "c", scope="depot")
    assert call("compare", one, third)[2] == ""
