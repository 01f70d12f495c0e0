"""What a gate finds: one rule applied to one thing, and whether it holds."""

from __future__ import annotations

import hashlib
from fractions import Fraction
from typing import Final, Literal, NamedTuple

from custfocus_cli.changes.compare import Change
from custfocus_cli.changes.readings import Answered
from custfocus_cli.changes.versions import Scope
from custfocus_cli.documents.policy import Exemption, Severity
from custfocus_cli.scoring.balance import Flag
from custfocus_cli.scoring.ladder import Reading

AnyChange = Change[Reading] | Change[Answered] | Change[Flag]

Why = Literal[
    "stage-fell",
    "stage-lost",
    "index-fell",
    "index-lost",
    "perception-fell",
    "placement-fell",
    "became-unknown",
    "not-applicable",
    "removed",
    "changed",
    "below",
    "undefined",
    "too-old",
    "dated-ahead",
    "ended",
]
"""Why a rule does not hold: `lost` is what was known and is not any more.

`perception` and `placement` are how people see a characteristic and where they place it, where
what is in place did not fall.
"""

ANY_CHANGE: Final = "change"
"""What a change is filed under that no rule of a policy judges."""

EXPIRED: Final = "expired-"
"""What stands before the rule of an exemption that has ended."""


class Finding(NamedTuple):
    """One rule applied to one thing; `why` is None where it holds.

    `found` and `limit` are what was compared, exact and in the unit of the rule: stages, percent,
    a share from 0 to 1, days, points of the index; None where nothing was measured. `change` is
    what became of the thing, where the rule is about that. `exemption` is the one in force, or for
    a finding of `EXPIRED` the one that has ended.
    """

    rule: str
    scope: Scope
    id: str
    severity: Severity
    why: Why | None = None
    found: Fraction | int | None = None
    limit: Fraction | int | None = None
    change: AnyChange | None = None
    exemption: Exemption | None = None

    @property
    def exempt(self) -> bool:
        """Whether an exemption in force lets it pass."""
        return self.exemption is not None and self.why != "ended"

    @property
    def fails(self) -> bool:
        """Whether the gate fails for this alone: the one predicate that decides and is shown."""
        return self.why is not None and self.severity == "error" and not self.exempt

    @property
    def fingerprint(self) -> str:
        """The same for the same rule and thing in every run: no values, no wording."""
        return make_fingerprint(self.rule, self.scope, self.id)


def make_fingerprint(rule: str, scope: Scope, name: str) -> str:
    """The first 16 hex digits of sha256 over rule, scope and id."""
    return hashlib.sha256(f"{rule}:{scope}:{name}".encode()).hexdigest()[:16]
