"""`validate`: problems to stdout, the count to stderr, and exit codes a pipeline can trust."""

from __future__ import annotations

import errno
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from commands.calling import SAMPLES, Caller
from tree import ROOT

from custfocus_cli import __version__

BAD = """\
format: custfocus/assessment/1
questionnaire: {id: team-36}
organisation: Hall
date: 2026-02-30
answers:
  sv-1a: X
  sv-2a: {answer: L, evidnce: 1}
"""
PROBLEMS = [
    ("4:7", "bad-date", "2026-02-30 is not a day of the calendar"),
    ("6:10", "unknown-answer", "no answer 'X'; there are N, P, L, F, DK, NA"),
    ("7:22", "unknown-key", "no key 'evidnce' is known here; did you mean 'evidence'?"),
]
DOUBTFUL = """\
format: custfocus/questionnaire/1
id: ours
version: "1"
based_on: team-36
override:
  sv-1a: {weight: 0}
"""


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """A file with three mistakes."""
    path = tmp_path / "bad.yaml"
    path.write_text(BAD, encoding="utf-8")
    return path


@pytest.fixture
def doubtful(tmp_path: Path) -> Path:
    """A questionnaire that is in order and yet makes little sense."""
    path = tmp_path / "doubtful.yaml"
    path.write_text(DOUBTFUL, encoding="utf-8")
    return path


def test_everything_shipped_is_in_order(call: Caller) -> None:
    folder = ROOT / "questionnaires"
    files = [str(path) for path in sorted(folder.rglob("*.yaml"))]
    assert call("validate", "--strict", *files) == (0, "", "13 files checked: nothing wrong\n")


def test_every_problem_with_its_place(call: Caller, bad: Path) -> None:
    code, out, err = call("validate", str(bad), SAMPLES["quillmarsh-2025"])
    assert code == 2
    assert out.splitlines() == [f"{bad}:{place}: {rule}: {text}" for place, rule, text in PROBLEMS]
    assert err == "two files checked: three problems\n"
    assert call("validate", "-q", str(bad))[2] == ""


def test_warnings_end_well_and_strict_ones_do_not(call: Caller, doubtful: Path) -> None:
    code, out, err = call("validate", str(doubtful))
    assert code == 0
    assert out.startswith(f"{doubtful}:6:19: weight-zero: warning: ")
    assert err == "one file checked: one warning\n"
    code, out, err = call("validate", "--strict", str(doubtful))
    assert code == 2
    assert out.startswith(f"{doubtful}:6:19: weight-zero: ")
    assert "warning:" not in out
    assert err == "one file checked: one problem\n"


def test_json(call: Caller, bad: Path, doubtful: Path) -> None:
    code, out, _ = call("validate", str(bad), str(doubtful), "-f", "json")
    found = json.loads(out)
    assert code == 2
    assert {key: found[key] for key in ("format", "tool", "files", "passed_over")} == {
        "format": "custfocus/validation/1",
        "tool": {"name": "custfocus", "version": __version__},
        "files": 2,
        "passed_over": 0,
    }
    assert [
        (
            each["severity"],
            Path(each["path"]).name,
            f"{each['line']}:{each['column']}",
            each["rule"],
        )
        for each in found["problems"]
    ] == [
        *(("error", "bad.yaml", place, rule) for place, rule, _ in PROBLEMS),
        ("warning", "doubtful.yaml", "6:19", "weight-zero"),
    ]


def test_github(call: Caller, bad: Path) -> None:
    code, out, _ = call("validate", str(bad), "-f", "github")
    assert code == 2
    places = [place.split(":") for place, _, _ in PROBLEMS]
    assert out.splitlines() == [
        f"::error file={bad},line={line},col={column},title=custfocus%3A {rule}::{text}"
        for (line, column), (_, rule, text) in zip(places, PROBLEMS, strict=True)
    ]


def test_github_shows_nine_and_says_how_many_more(call: Caller, tmp_path: Path) -> None:
    path = tmp_path / "many,%.yaml"
    path.write_text(
        BAD.replace("  sv-1a: X\n", "".join(f"  x-{n}: L\n" for n in range(10))), "utf-8"
    )
    lines = call("validate", str(path), "-f", "github")[1].splitlines()
    assert len(lines) == 10
    assert lines[-1] == "::error title=custfocus::and 3 more"
    shown = str(path).replace("%", "%25").replace(",", "%2C")
    assert all(line.startswith(f"::error file={shown},line=") for line in lines[:9])


def test_only_ours_passes_over_other_yaml_but_not_a_misspelt_format(
    call: Caller, tmp_path: Path
) -> None:
    other = tmp_path / "compose.yaml"
    other.write_text("services: {web: {image: nginx}}\n", encoding="utf-8")
    misspelt = tmp_path / "misspelt.yaml"
    misspelt.write_text("format: custfocus/assesment/1\n", encoding="utf-8")
    code, out, err = call("validate", "--only-ours", str(other), SAMPLES["quillmarsh-2025"])
    assert (code, out) == (0, "")
    assert err == "one file checked: nothing wrong; passed over one file of other programs\n"
    code, out, _ = call("validate", "--only-ours", str(misspelt))
    assert code == 2
    assert out.startswith(f"{misspelt}:1:9: unknown-format: ")
    assert "did you mean 'custfocus/assessment/1'?" in out
    assert call("validate", str(other))[0] == 2


def test_rules_are_listed_each_with_a_sentence(call: Caller) -> None:
    code, out, err = call("validate", "--rules")
    lines = out.splitlines()
    assert (code, err) == (0, "")
    assert lines == sorted(lines)
    assert all(
        rule and sentence.endswith(".")
        for rule, _, sentence in (line.partition(": ") for line in lines)
    )
    assert {"not-utf8", "yaml-merge-key", "weights-zero", "negation"} <= {
        line.partition(":")[0] for line in lines
    }


def test_no_file_is_an_error(call: Caller) -> None:
    assert call("validate") == (
        2,
        "",
        "error: no file is named\nhint: custfocus validate FILE...\n",
    )


def test_a_folder_stands_for_its_files(call: Caller, bad: Path) -> None:
    (bad.parent / "notes.txt").write_text("not ours\n", encoding="utf-8")
    folder = str(bad.parent)
    assert call("validate", folder) == call("validate", str(bad))
    empty = bad.parent / "empty"
    empty.mkdir()
    reason = "there is no YAML or JSON file in this folder"
    assert call("validate", str(empty)) == (
        2,
        f"{empty}:1:1: cannot-read: {reason}\n",
        "no files checked: one problem\n",
    )


def test_what_cannot_be_read_keeps_no_other_file_from_being_checked(
    call: Caller, bad: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = bad.parent / "closed"
    closed.mkdir()

    def iterdir(folder: Path) -> Iterator[Path]:  # permissions mean nothing to root
        raise PermissionError(errno.EACCES, "Permission denied", str(folder))

    monkeypatch.setattr(Path, "iterdir", iterdir)
    long = str(bad.parent / ("x" * 300))
    code, out, err = call("validate", long, str(closed), str(bad))
    assert (code, err) == (2, "two files checked: five problems\n")
    assert out.splitlines() == sorted(
        [
            f"{long}:1:1: cannot-read: the name is too long",
            f"{closed}:1:1: cannot-read: there is no permission to read it",
            *call("validate", str(bad))[1].splitlines(),
        ]
    )
