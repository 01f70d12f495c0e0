"""The tables of formats: the command line offers each name, and each name works."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pytest
from commands.calling import SAMPLES, Caller

from custfocus_cli.render import formats

TABLES: Mapping[str, tuple[tuple[str, ...], Mapping[str, object]]] = {
    "score": (("score", SAMPLES["varrowby-2025"]), formats.SCORE),
    "report": (
        ("report", SAMPLES["varrowby-2025"]),
        {**formats.REPORT, **formats.PRINTED_REPORT},
    ),
    "plan": (("plan", SAMPLES["varrowby-2025"]), formats.PLAN),
    "diff": (("diff", SAMPLES["varrowby-2025"], SAMPLES["varrowby-2025"]), formats.DIFF),
    "check": (("check", SAMPLES["varrowby-2025"], "--min-stage", "0"), formats.CHECK),
    "compare": (
        ("compare", SAMPLES["varrowby-2025"], SAMPLES["quillmarsh-2025"], "--window", "200"),
        formats.COMPARE,
    ),
    "validate": (("validate", SAMPLES["varrowby-2025"]), formats.VALIDATE),
    "questionnaires show": (("questionnaires", "show", "team-36"), formats.QUESTIONNAIRE),
    "questionnaires show --for hr": (
        ("questionnaires", "show", "interview-72", "--for", "hr"),
        formats.SHEET,
    ),
}
CASES = [(command, name) for command, (_, table) in TABLES.items() for name in table]


def find_missing(names: Iterable[str], shown: str) -> list[str]:
    """The names that the help of a command does not offer after -f."""
    offered = next(line for line in shown.splitlines() if "--format " in line).split()
    choices = offered[offered.index("--format") + 1].split("|")
    return sorted(set(names) ^ set(choices))


@pytest.mark.parametrize("command", TABLES)
def test_the_help_offers_the_names_of_the_table(command: str, call: Caller) -> None:
    code, shown, _ = call(*command.split(), "--help")
    assert code == 0
    assert find_missing(TABLES[command][1], shown) == []
    assert find_missing([*TABLES[command][1], "docx"], shown) == ["docx"]  # a planted one


@pytest.mark.parametrize(("command", "name"), CASES)
def test_every_name_works(command: str, name: str, call: Caller) -> None:
    code, out, err = call(*TABLES[command][0], "-f", name)
    if name in formats.PRINTED_REPORT:
        assert (code, out) == (2, "")
        assert err == "error: pdf is no text to print\nhint: name a file: -o report.pdf\n"
        return
    assert code == 0
    assert out or command == "validate"  # nothing to say is the best that validate can say


@pytest.mark.parametrize("command", TABLES)
def test_no_other_name_works(command: str, call: Caller) -> None:
    code, out, err = call(*TABLES[command][0], "-f", "docx")
    assert (code, out) == (2, "")
    assert "'docx' is none of " in err


def test_every_table_is_walked() -> None:
    tables = {name for name, value in vars(formats).items() if name.isupper() and value}
    assert tables - {"SUFFIXES", "TYPE_CHECKING"} == {
        "SCORE",
        "REPORT",
        "PRINTED_REPORT",
        "PLAN",
        "DIFF",
        "CHECK",
        "COMPARE",
        "VALIDATE",
        "QUESTIONNAIRE",
        "SHEET",
        "EXPORT",  # walked in test_questionnaires.py
        "EXPORT_PACKED",
    }
    assert set(formats.SUFFIXES.values()) <= {name for _, name in CASES}
