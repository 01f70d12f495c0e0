"""The sentences that say why two results cannot be compared."""

from __future__ import annotations

from typing import get_args

import pytest

from custfocus_cli.changes.obstacles import Reason
from custfocus_cli.wording.obstacles import SENTENCES, obstacle


def test_every_reason_has_its_sentence() -> None:
    assert set(SENTENCES) == set(get_args(Reason))


@pytest.mark.parametrize("reason", SENTENCES)
def test_every_sentence_names_both_sides(reason: str) -> None:
    said = obstacle(reason, "first", "second")
    assert "first" in said
    assert "second" in said
    assert not said.endswith(".")
