from __future__ import annotations

from typing import get_args

import pytest

from custfocus_cli.changes.causes import Cause
from custfocus_cli.changes.verdict import Verdict
from custfocus_cli.scoring.balance import EconomicResult, FlagColour
from custfocus_cli.scoring.ladder import Status
from custfocus_cli.wording.verdicts import CAUSES, CHANGES, ECONOMICS, FLAGS, STATUS, stage_range


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [(1, 1, "1"), (0, 0, "0"), (0, 1, "0 to 1"), (None, None, "none")],
)
def test_stage_range(low: int | None, high: int | None, shown: str) -> None:
    assert stage_range(low, high) == shown


def test_every_verdict_of_scoring_has_its_words() -> None:
    assert set(STATUS) == set(get_args(Status))
    assert set(FLAGS) == set(get_args(FlagColour))
    assert set(ECONOMICS) == set(get_args(EconomicResult))


def test_every_verdict_and_cause_of_a_comparison_has_its_words() -> None:
    assert set(CHANGES) == set(get_args(Verdict))
    assert set(CAUSES) == set(get_args(Cause))


def test_flags_are_worded_as_the_contract_says() -> None:
    assert list(FLAGS.values()) == [
        "in balance",
        "watch",
        "out of balance",
        "unknown",
        "does not apply",
    ]
