"""The keeper of an interview's file, where no terminal is needed to see it."""

from __future__ import annotations

from pathlib import Path

import pytest

from custfocus_cli.commands.interviewing import Keeper
from custfocus_cli.documents.assessment import Assessment
from custfocus_cli.errors import CustfocusError
from custfocus_cli.files.tree import MOST_BYTES, MOST_CHARACTERS


def _assessment(texts: int) -> Assessment:
    written = {"questionnaire": {"id": "team-36"}, "organisation": "Hall", "date": "2026-03-01"}
    context = {f"cx-{number}": "x" * MOST_CHARACTERS for number in range(texts)}
    return Assessment.model_validate({**written, "context": context})


def test_nothing_is_written_that_could_not_be_read_again(tmp_path: Path) -> None:
    file = tmp_path / "hall.yaml"
    keeper = Keeper(str(file))
    most = MOST_BYTES // MOST_CHARACTERS  # so many texts of the longest kind, and what is around
    keeper.save(_assessment(most - 1))
    before = file.read_bytes()
    with pytest.raises(CustfocusError, match="would be too large to be read again"):
        keeper.save(_assessment(most))
    assert file.read_bytes() == before
