"""The sentences that say why two results cannot be compared."""

from __future__ import annotations

from typing import get_args

import pytest

from custfocus_cli.changes.obstacles import Reason
from custfocus_cli.wording.obstacles import (
    SENTENCES,
    WAYS_OUT,
    list_ways_out,
    obstacle,
    say_ways_out,
)


def test_every_reason_has_its_sentence() -> None:
    assert set(SENTENCES) == set(get_args(Reason))


GATES = {"old-not-rated", "new-not-rated", "nothing-judged"}


@pytest.mark.parametrize("reason", sorted(SENTENCES.keys() - GATES))
def test_every_sentence_names_both_sides(reason: str) -> None:
    said = obstacle(reason, "first", "second")
    assert "first" in said
    assert "second" in said
    assert not said.endswith(".")


@pytest.mark.parametrize("reason", sorted(GATES))
def test_what_a_gate_cannot_judge_has_a_sentence(reason: str) -> None:
    said = obstacle(reason, "first", "second")
    assert "{" not in said
    assert not said.endswith(".")


def test_days_are_written_as_elsewhere_and_names_as_they_are() -> None:
    assert obstacle("swapped-dates", "2026-05-01", "2025-05-01") == (
        "the older one is dated after the newer one: 1 May 2026, 1 May 2025"
    )
    assert obstacle("other-scope", "2026-05-01", "2025-05-01") == (
        "they have different scopes, '2026-05-01' and '2025-05-01'"
    )


def test_each_way_out_is_told_once() -> None:
    assert set(WAYS_OUT) <= set(SENTENCES)
    assert say_ways_out(["other-organisation", "other-scope", "nothing-shared"]) == (
        "--same compares them, where it is the same under another name."
        " --as scores both by one questionnaire."
    )
    assert say_ways_out(["nothing-rated"]) == ""


def test_two_that_share_nothing_are_not_sent_to_what_they_share() -> None:
    reasons = ["other-questionnaire", "other-stages", "nothing-shared"]
    assert list_ways_out(reasons) == ["--as scores both by one questionnaire"]
    assert say_ways_out(reasons) == "--as scores both by one questionnaire."
    assert list_ways_out(reasons[:1]) == [WAYS_OUT["other-questionnaire"]]
