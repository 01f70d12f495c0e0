"""The sentences that say why two results cannot be compared."""

from __future__ import annotations

from typing import get_args

import pytest

from custfocus_cli.changes.obstacles import Reason
from custfocus_cli.wording.obstacles import SENTENCES, obstacle


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
