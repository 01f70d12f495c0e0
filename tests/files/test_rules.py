"""The table of rules holds exactly the rules that are raised, and each has an invalid example."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping
from typing import Final

from files.corpus import check, read_expected, walk
from files.hostile import CASES
from tree import read_modules

from custfocus_cli.files.rules import RULES
from custfocus_cli.files.tables.profiles import PROFILES

ROOMS: Final = ("documents", "files")
"""The rooms that find what is wrong with a file."""

OTHER_WORDS: Final = frozenset(
    {"steps-to", "strengths-at", "utf-8", "rev-parse", "cat-file", "ls-tree"}
    | {"no-regression", "min-stage", "min-index", "min-coverage", "max-age-days"}
    | {"utf-16", "utf-8-sig"}
    | PROFILES.keys()
)
"""What is written like a rule in those rooms and is none: effects, git, what a policy asks,
encodings, survey tools."""

OF_TABLES: Final = frozenset(
    {"csv-syntax", "empty-table", "table-too-large", "ragged-row"}
    | {"unknown-column", "duplicate-column", "personal-column"}
)
"""Rules of tables, which are read by a questionnaire: tested in files/tables/."""

WITHOUT_A_FILE: Final = frozenset({"stdin-path", "too-large"}) | OF_TABLES
"""Rules that no stored file can break: tested in test_catalogue.py and in hostile.py."""

_RULE: Final = re.compile(r"[a-z]+(?:-[a-z0-9]+)+")


def find_rules(modules: Mapping[str, str]) -> set[str]:
    """Every piece of text in the rooms' code, docstrings aside, that is written like a rule."""
    found: set[str] = set()
    for name, source in modules.items():
        if name.split(".")[0] in ROOMS and name != "files.rules":
            found |= set(_texts(ast.parse(source)))
    return {text for text in found - OTHER_WORDS if _RULE.fullmatch(text)}


def _texts(tree: ast.Module) -> Iterable[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_every_rule_that_is_raised_is_in_the_table_and_no_other() -> None:
    assert find_rules(read_modules()) == set(RULES)


def test_a_rule_outside_the_table_is_found() -> None:
    planted = {"documents.checks": 'yield Finding(("a",), "brand-new", "message")'}
    assert find_rules(planted) == {"brand-new"}
    assert "brand-new" not in RULES


def test_every_rule_has_an_invalid_example() -> None:
    expected = {rule for path in walk("invalid") for rule, _ in read_expected(path)}
    assert expected | WITHOUT_A_FILE == set(RULES)
    assert {case.rule for case in CASES.values()} <= set(RULES)


def test_every_rule_is_one_sentence_in_kebab_case() -> None:
    for rule, sentence in RULES.items():
        assert _RULE.fullmatch(rule)
        assert sentence.endswith(".")
        assert sentence[0].isupper() or sentence[0] == "'"


def test_what_examples_raise_is_in_the_table() -> None:
    raised = {problem.rule for path in walk("invalid") for problem in check(path)}
    assert raised <= set(RULES)
