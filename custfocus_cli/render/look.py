"""How a report is to look: for whom it is written, and in whose words and colours."""

from __future__ import annotations

from typing import Literal, NamedTuple

Audience = Literal["full", "executive"]


class Look(NamedTuple):
    """What changes the form of a report and none of its facts."""

    audience: Audience = "full"
