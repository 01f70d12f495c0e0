"""A folder to work in."""

from __future__ import annotations

from pathlib import Path

import pytest
from terminal.hall import SMALL


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the questionnaire of the hall, of two items."""
    (tmp_path / "two.yaml").write_text(SMALL, encoding="utf-8")
    return tmp_path
