"""What a text is written for."""

from __future__ import annotations

from typing import NamedTuple


class Terminal(NamedTuple):
    """How many columns there are, and whether to use colours."""

    width: int = 80
    color: bool = False
