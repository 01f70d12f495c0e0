"""The corpus: every valid example is read, every invalid one refused by its rule in its line."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from files.corpus import EXAMPLES, check, outline, read_expected, walk
from files.hostile import CASES, MEGABYTES, SECONDS
from tree import ROOT

from custfocus_cli.errors import Problem
from custfocus_cli.files.reader import read
from custfocus_cli.files.writer import to_yaml


@pytest.mark.parametrize("path", walk("valid"), ids=lambda path: path.name)
def test_a_valid_example_is_in_order_and_survives_writing(path: Path) -> None:
    assert check(path) == ()
    document = read(path.name, path.read_bytes()).document
    assert document is not None
    written = to_yaml(document)
    assert written.startswith(f"format: {document.FORMAT}\n")
    again = read("again.yaml", written.encode()).document
    assert again == document
    assert again is not None
    assert to_yaml(again) == written


@pytest.mark.parametrize("path", walk("invalid"), ids=lambda path: path.name)
def test_an_invalid_example_is_refused_as_it_announces(path: Path) -> None:
    expected = read_expected(path)
    assert expected, "the example does not say what is wrong with it"
    assert outline(check(path)) == expected


def test_the_walk_finds_a_wrong_announcement(tmp_path: Path) -> None:
    planted = tmp_path / "planted.yaml"
    planted.write_text("# expect: yaml-tag at 2\nformat: custfocus/policy/1\nrules: {}\n", "utf-8")
    assert outline(check(planted)) != read_expected(planted)


def test_the_corpus_only_grows() -> None:
    assert len(walk("invalid")) >= 225


def test_both_lines_of_a_duplicate_key_are_named() -> None:
    path = EXAMPLES / "invalid" / "duplicate-key.yaml"
    message = "'g-1' stands in line 7 already"
    assert check(path) == (Problem(str(path), 9, 3, "duplicate-key", message),)


def test_many_mistakes_are_told_in_whole_sentences() -> None:
    path = EXAMPLES / "invalid" / "many-mistakes.yaml"
    assert [str(each).removeprefix(f"{path}:") for each in check(path)] == [
        "15:1: unknown-key: no key 'organization' is known here; did you mean 'organisation'?",
        "16:1: wrong-type: expected text, found a list",
        "17:7: bad-date: 2026-02-30 is not a day of the calendar",
        "18:7: wrong-type: expected 'interview', 'self' or 'survey', found 'intervew'",
        "20:28: yaml-alias: *x is an alias: put text that begins with * in quotes",
        "21:3: duplicate-key: 'g-1' stands in line 20 already",
        "22:17: unknown-answer: no answer 'maybe'; there are no, half, yes, DK, NA",
        "22:34: out-of-range: no evidence level 2; there are 0, 1",
        "23:3: unknown-id: no item 'g-22'; did you mean 'g-2'?",
        "24:8: reason-missing: 'NA' needs the key reason",
        "25:3: bad-id: 'W-1' is no id: lower-case letters, digits, '.', '_' and '-', at most 64",
        "26:21: unknown-key: no key 'evidance' is known here; did you mean 'evidence'?",
    ]


@cache
def _hostile_outcomes() -> Mapping[tuple[str, int], Mapping[str, Any]]:
    """What became of each hostile file, all read in one run of a program of their own."""
    run = subprocess.run(
        [sys.executable, "-m", "files.hostile"],
        cwd=ROOT / "tests",
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    outcomes = [json.loads(line) for line in run.stdout.splitlines()]
    return {(outcome["name"], outcome["size"]): outcome for outcome in outcomes}


def test_the_watch_ends_what_does_not_end() -> None:
    program = (
        "import itertools, files.hostile as h;"
        "case = h.Case('too-deep', lambda size: [None for _ in itertools.count() if _ < 0]);"
        "print(h.watch('planted', case, h.SMALL)['ended'])"
    )
    run = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT / "tests",
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert run.stdout == "SIGXCPU\n"


@pytest.mark.parametrize("size", SECONDS)
@pytest.mark.parametrize("name", CASES)
def test_a_hostile_file_costs_little(name: str, size: int) -> None:
    outcome = _hostile_outcomes()[name, size]
    assert outcome["ended"] == "well"
    assert outcome["megabytes"] < MEGABYTES
