"""What the tests of the commands share."""

from __future__ import annotations

import pytest
from commands.calling import Caller


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Caller:
    """The command line, called inside this process."""
    return Caller(capsys)
