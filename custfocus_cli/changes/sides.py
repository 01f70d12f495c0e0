"""What was compared or judged, with where it stands: the values that the renderers get."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from custfocus_cli.changes.compare import Comparison
from custfocus_cli.changes.gate import Ruling
from custfocus_cli.scoring.scorecard import Scorecard


class Place(NamedTuple):
    """A line of a file, counted from 1; None in JSON, where no line is known.

    `path` is what messages call the file; `file` is what a service that keeps the repository calls
    it, where that is something else, as for `REF:PATH`.
    """

    path: str
    line: int | None = None
    file: str = ""


class Side(NamedTuple):
    """A result with the source it was read from.

    `sha256` is that of the file; of several files, that of their digests in hex, one a line.
    `places` say where each item is answered, and `answers` where the answers begin.
    """

    path: str
    sha256: str
    card: Scorecard
    places: Mapping[str, Place]
    answers: Place


class Diff(NamedTuple):
    """Two results side by side, and what the gate says.

    `old` is None where there is no earlier result, `old_path` is where it should be; `comparison`
    is None where there is none or the two cannot be compared. `exemptions` say where each exemption
    of the policy stands.
    """

    old_path: str
    old: Side | None
    new: Side
    comparison: Comparison | None
    ruling: Ruling
    exemptions: tuple[Place, ...] = ()


class Check(NamedTuple):
    """One result, and what the gate says of it."""

    new: Side
    ruling: Ruling
    exemptions: tuple[Place, ...] = ()
