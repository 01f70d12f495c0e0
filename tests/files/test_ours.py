"""What means to be a file of ours is told from files of other programs."""

from __future__ import annotations

import codecs
import time
from pathlib import Path

import pytest
from tree import ROOT

from custfocus_cli.files.ours import is_ours

OURS = (
    "format: custfocus/assessment/1",
    "a: b\nformat: custfocs/assessment/1",
    "fromat: 'custfocus/policy/1'",
    '{"a": 1, "format": "custfocus/model/1"}',
    "format: custfocus/asessment/9",
    '"format": custfocus/policy/1',
    "'format' : \"custfocus/policy/1\"",
    "format:\n  custfocus/policy/1",
    "format: # ours\n  custfocus/policy/1",
    "format: >-\n  custfocus/policy/1",
    "format: |+2 # ours\n  custfocus/policy/1",
    "? format\n: custfocus/policy/1",
    "? 'format'\n: >-\n  custfocus/policy/1",
    "format: !!str custfocus/policy/1",
    "!!str format: &a !t custfocus/policy/1",
    "Format: Custfocus/policy/1",
    "FORMAT: CUSTFOCUS/POLICY/1",
    "format: custfocus-assessment/1",
    "format: custfocus_assessment 1",
    "format: cust-focus/assessment/1",
    "format: custfocus",
    "format: custfocus assessment 1",
    "kind: custfocus/assessment/1",
    "# a remark\r---\rformat: custfocus/assessment/1",
    "--- {format: custfocus/assessment/1}",
    '{"f\\u006frmat": "cust\\x66ocus\\/policy/1"}',
    "deeper:\n  format: custfocus/policy/1",
    "\ufeff\n\nformat: custfocus/policy/1",
)
OTHERS = (
    "",
    "format: other/thing/1",
    "# format of custfocus/policy/1\na: b",
    "apiVersion: v1\n---\nkind: &x Pod\n",
    "\x00\xff",
    "repos:\n  - repo: https://example.org/custfocus\n    hooks:\n      - id: custfocus-validate\n",
    "steps:\n  - uses: example/custfocus@v1\n    with: {format: custfocus, new: a.yaml}\n",
    "title: custfocus\nname: custfocus/thing/1\n",
    "format: text\n",
    "platform: custfocus/thing/1",
)


@pytest.mark.parametrize("text", OURS)
def test_what_means_to_be_ours(text: str) -> None:
    for data in (
        text.encode(),
        codecs.BOM_UTF8 + text.encode(),
        *(text.encode(name) for name in ("utf-16", "utf-16-be", "utf-16-le", "utf-32")),
        text.replace("\n", "\r\n").encode(),
    ):
        assert is_ours(data), data


@pytest.mark.parametrize("text", OTHERS)
def test_what_is_of_another_program(text: str) -> None:
    for data in (text.encode(), codecs.BOM_UTF8 + text.encode(), text.encode("utf-16")):
        assert not is_ours(data), data


def test_a_name_far_down_counts_too() -> None:
    remarks = b"# a remark\n" * 20_000
    assert is_ours(remarks + b"format: custfocus/policy/1\n")
    assert not is_ours(remarks)


@pytest.mark.parametrize("path", [".pre-commit-hooks.yaml", "action.yml", "pyproject.toml"])
def test_our_own_files_for_other_programs_are_theirs(path: str) -> None:
    assert not is_ours(Path(ROOT / path).read_bytes())


@pytest.mark.parametrize(
    "part",
    ["{!", "a: \n", ", ", "? ", "format: # c\n", "! ", "aaaa\n", "---\t", "format: >\n", "#"],
)
def test_no_file_takes_long(part: str) -> None:
    data = (part * (2_000_000 // len(part))).encode()
    began = time.monotonic()
    assert not is_ours(data)
    assert time.monotonic() - began < 4
