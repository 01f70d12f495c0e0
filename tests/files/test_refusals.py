"""Every refusal and every defence the contract promises, each with its case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from files.corpus import EXAMPLES
from files.hostile import CASES
from tree import ROOT

ROWS: Final[Mapping[str, tuple[str, ...]]] = {
    # the formats: reading is strict and safe
    "formats/unknown-kind": ("invalid/unknown-format-kind.yaml",),
    "formats/newer-major-version": ("invalid/newer-format.yaml",),
    "formats/anchors": ("invalid/yaml-anchor-*",),
    "formats/aliases": ("invalid/yaml-alias-*",),
    "formats/merge-keys": ("invalid/yaml-merge-key*",),
    "formats/tags": ("invalid/yaml-tag-*",),
    "formats/duplicate-keys-name-both-lines": (
        "invalid/duplicate-key*",
        "test_corpus:test_both_lines_of_a_duplicate_key_are_named",
    ),
    "formats/one-document": ("invalid/yaml-documents-*",),
    "formats/depth-32": ("invalid/too-deep-*", "test_events:test_thirty_two_levels_are_read"),
    "formats/2-megabytes": ("hostile:more than may be",),
    "formats/scalars-20000": ("hostile:one long text", "test_events:test_limits_of_length"),
    "formats/numbers-100": ("invalid/too-long-number.yaml", "invalid/json-huge-integer.json"),
    "formats/control-characters": ("invalid/control-character-*",),
    "formats/u2028-and-u0085": (
        "invalid/control-character-line-separator.yaml",
        "invalid/control-character-next-line.yaml",
    ),
    "formats/not-utf8": ("invalid/not-utf8-*",),
    "formats/bom-and-crlf-are-fine": ("valid/windows.yaml",),
    "formats/unknown-keys-did-you-mean": (
        "invalid/unknown-key-*",
        "test_reader:test_the_first_twenty_unknown_keys_get_a_hint",
    ),
    "formats/wrong-types": ("invalid/wrong-type-*",),
    "formats/dangling-ids": ("invalid/unknown-id-*",),
    "formats/duplicate-ids": ("invalid/duplicate-id-*",),
    "formats/based-on-cycles": ("invalid/based-on-cycle-*",),
    "formats/whole-numbers": ("invalid/wrong-type-whole-*",),
    "formats/decimals": ("invalid/wrong-type-decimal-*",),
    "formats/true-false": ("invalid/wrong-type-flag-*",),
    "formats/dates": ("invalid/bad-date-*",),
    "formats/text-stays-as-typed": (
        "valid/surprises.yaml",
        "test_reader:test_text_stays_what_was_typed",
    ),
    "formats/quoted-and-plain-mean-the-same": (
        "invalid/duplicate-key-quoted.yaml",
        "test_reader:test_text_stays_what_was_typed",
    ),
    "formats/an-empty-value-is-absent": ("invalid/missing-key-without-value.yaml",),
    "formats/json-types-match": ("invalid/json-*-for-*",),
    "formats/json-nan": ("invalid/json-not-a-number.json", "invalid/json-infinity.json"),
    "formats/json-duplicate-keys": ("invalid/json-duplicate-key.json",),
    "formats/json-depth": ("invalid/json-too-deep.json", "hostile:json brackets"),
    "formats/json-line-or-pointer": ("invalid/json-syntax-*", "invalid/json-unknown-item.json"),
    "formats/all-problems-in-one-run": ("invalid/many-mistakes.yaml",),
    "formats/the-values-own-line": ("invalid/yaml-syntax-unclosed-double-quote.yaml",),
    "formats/ids": ("invalid/bad-id-*",),
    "formats/paths-not-from-standard-input": (
        "test_catalogue:test_standard_input_names_no_other_file",
    ),
    "formats/path-of-another-kind": ("invalid/wrong-kind-*", "invalid/cannot-read-*"),
    "formats/points-rise-from-0": ("invalid/points-order-*",),
    "formats/placement-options": ("invalid/placement-options.yaml",),
    "formats/select-and-override": (
        "invalid/unknown-id-override*",
        "invalid/unknown-id-select-*",
        "invalid/unknown-key-select-without-base.yaml",
    ),
    "formats/na-needs-a-reason": ("invalid/reason-missing*",),
    "formats/na-where-allowed": ("invalid/na-not-allowed.yaml",),
    "formats/unknown-answers": ("invalid/unknown-answer*",),
    "formats/unknown-item-of-another-digest": ("valid/shipped.yaml",),
    "formats/policy-never-empty": ("invalid/empty-policy.yaml",),
    "formats/policy-unknown-rules": ("invalid/unknown-key-in-policy-rules.yaml",),
    "formats/weights-zero": ("invalid/weights-zero.yaml",),
    # safety: what reading is defended against
    "safety/yaml-merge-keys": ("invalid/yaml-merge-key-bomb.yaml", "hostile:the merge bomb"),
    "safety/yaml-aliases": ("hostile:the billion laughs", "hostile:aliases"),
    "safety/yaml-depth": ("hostile:brackets", "hostile:mappings in mappings"),
    "safety/yaml-scalars": ("hostile:a number in base 60", "invalid/bad-date-no-such-day.yaml"),
    "safety/tags": ("invalid/yaml-tag-python.yaml", "hostile:tags"),
    "safety/duplicate-keys": ("hostile:one key again and again",),
    "safety/errors-without-a-place": (
        "invalid/not-utf8-latin-1.yaml",
        "invalid/control-character-windows-lines.yaml",
        "invalid/yaml-syntax-unclosed-single-quote.yaml",
    ),
    "safety/size": (
        "hostile:more than may be",
        "test_disk:test_a_pipe_or_device_is_refused_at_once",
        "test_disk:test_no_more_than_the_limit_is_read",
    ),
    "safety/json": ("hostile:json*", "invalid/json-*"),
    "safety/true-is-an-int": ("invalid/json-true-for-*", "invalid/json-true-inside-answer.json"),
    "safety/paths": ("invalid/bad-id-path.yaml",),
    "safety/two-interviews-one-file": (
        "test_lock:test_a_second_holder_is_refused",
        "terminal/test_interruptions:"
        "test_a_second_run_on_the_same_file_is_refused_and_changes_nothing",
    ),
    "safety/disk-full": (
        "test_atomic:test_a_full_disk_leaves_the_old_file_whole",
        "terminal/test_interruptions:test_a_full_disk",
        "terminal/test_interruptions:test_a_file_that_may_not_grow",
    ),
    "safety/no-permission": (
        "test_atomic:test_without_permission_nothing_is_left_behind",
        "terminal/test_interruptions:test_what_cannot_be_saved_is_said_and_saved_once_it_can",
    ),
    "safety/interrupted-saving": (
        "test_atomic:test_an_interrupt_leaves_the_old_file_whole",
        "terminal/test_interruptions:test_what_was_answered_outlives_every_end",
        "terminal/test_kills:test_200_kills_lose_nothing_that_was_confirmed",
    ),
    # safety: what showing is defended against; templates of users, JUnit and git come later
    "safety/html": (
        "render/test_hostile:test_html",
        "render/test_html:test_the_policy_allows_this_style_and_nothing_else",
        "browser/test_pages:test_a_script_and_a_style_that_got_in_would_do_nothing",
    ),
    "safety/markdown": (
        "render/test_hostile:test_the_markdown_report_shows_what_the_html_report_shows",
        "render/test_hostile:test_the_plan_and_the_sheet_as_markdown",
    ),
    "safety/terminal": (
        "render/test_hostile:test_text",
        "terminal/test_text:test_every_page_shows_it_as_text",
        "wording/test_safety:test_safe_text_never_acts_and_is_safe_again",
    ),
    "safety/workflow-log": (
        "wording/test_safety:test_no_line_is_a_command_to_a_build_log",
        "commands/test_validate:test_github",
    ),
    "safety/csv": ("render/test_hostile:test_csv",),
    "safety/broken-pipe": ("./test_main:test_a_reader_who_has_gone_changes_nothing",),
}
"""Rows of the contract on files and of the table of threats, by an id, with where each is held:
files of the corpus, hostile files, tests beside this one or in another folder of the tests."""


def find_bare_rows(rows: Mapping[str, Iterable[str]]) -> list[str]:
    """The rows without a case, or with one that does not exist."""
    return [row for row, cases in rows.items() if not (cases and all(map(_exists, cases)))]


def _exists(case: str) -> bool:
    kind, _, name = case.partition(":")
    if kind == "hostile":
        pattern = re.escape(name).replace(r"\*", ".*")
        return any(re.fullmatch(pattern, each) for each in CASES)
    if name:
        module = ROOT / "tests" / (kind if "/" in kind else f"files/{kind}")
        module = module.with_suffix(".py")
        return module.exists() and f"def {name}(" in module.read_text("utf-8")
    return any(EXAMPLES.glob(case))


def test_no_row_is_without_a_case() -> None:
    assert find_bare_rows(ROWS) == []


def test_a_row_without_a_case_is_found() -> None:
    planted = {
        "a": (),
        "b": ("invalid/no-such-file.yaml",),
        "c": ("hostile:no such case",),
        "d": ("test_corpus:test_no_such_test",),
        "e": ("invalid/yaml-tag-*",),
    }
    assert find_bare_rows(planted) == ["a", "b", "c", "d"]
