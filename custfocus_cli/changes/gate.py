"""The gate: whether what moved, and where things stand, is allowed.

What regressed means for a gate is part 3.2 of the formats, the rules of a policy are part 1.5.
Everything is judged on exact numbers, once; what is printed is what was judged.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Mapping
from fractions import Fraction
from typing import Final, Literal, NamedTuple

from custfocus_cli.changes.compare import Comparison
from custfocus_cli.changes.finding import ANY_CHANGE, EXPIRED, AnyChange, Finding, Why
from custfocus_cli.changes.limits import judge_limits
from custfocus_cli.changes.obstacles import Obstacle, Reason
from custfocus_cli.changes.readings import ORGANISATION, Answered, read_items
from custfocus_cli.changes.versions import Key, Scope, find_entries
from custfocus_cli.documents.policy import Exemption, NoRegression, Policy, Rules
from custfocus_cli.errors import ExitCode
from custfocus_cli.scoring.ladder import Reading
from custfocus_cli.scoring.scorecard import Scorecard

Status = Literal["pass", "fail", "incomparable"]
FailOn = Literal["regression", "change", "never"]
NoOld = Literal["pass", "fail"]

_CODES: Final = {
    "pass": ExitCode.DONE,
    "fail": ExitCode.GATE_FAILED,
    "incomparable": ExitCode.CANNOT,
}


class Demand(NamedTuple):
    """What is asked of a result, and from which day it is looked at.

    `only` names the characteristics that are gated, None means everything. `fail_on` is None where
    a policy file says it all; `policy_path` is None where options do. `allow_noise` lets pass an
    index of a characteristic that fell by no more than other people's answers may make it.
    """

    policy: Policy
    as_of: datetime.date
    fail_on: FailOn | None = None
    only: tuple[str, ...] | None = None
    policy_path: str | None = None
    allow_noise: bool = False


class Ruling(NamedTuple):
    """What the gate decided, and everything it judged, what holds among it.

    `obstacles` are why nothing could be judged; `no_old` is what a missing earlier result means,
    None where there is one or none is needed. `unread` are rules that need an earlier result and
    had none. Findings stand in the order of the questionnaire.
    """

    demand: Demand
    findings: tuple[Finding, ...] = ()
    obstacles: tuple[Obstacle, ...] = ()
    no_old: NoOld | None = None
    unread: tuple[str, ...] = ()

    @property
    def status(self) -> Status:
        """Whether the gate holds."""
        if self.obstacles:
            return "incomparable"
        return "fail" if self.failed or self.no_old == "fail" else "pass"

    @property
    def exit_code(self) -> ExitCode:
        """The exit code of the run."""
        return _CODES[self.status]

    @property
    def broken(self) -> tuple[Finding, ...]:
        """What does not hold: what fails the gate, what only warns, what is exempt."""
        return tuple(each for each in self.findings if each.why is not None)

    @property
    def failed(self) -> tuple[Finding, ...]:
        """What fails the gate."""
        return tuple(each for each in self.findings if each.fails)

    @property
    def idle(self) -> tuple[Exemption, ...]:
        """The exemptions in force whose rule holds, so that they let nothing pass.

        None where not everything was judged: they may be about the rest.
        """
        demand = self.demand
        if self.obstacles or self.no_old or demand.only is not None:
            return ()
        used = [each.exemption for each in self.findings]
        return tuple(
            each
            for each in demand.policy.exemptions
            if each not in used and each.rule not in self.unread and not _is_over(each, demand)
        )

    @property
    def against(self) -> Mapping[Key, Finding]:
        """What the gate has against each change, by what changed; the first where it is several."""
        found: dict[Key, Finding] = {}
        for each in self.broken:
            if each.change is not None:
                found.setdefault((each.scope, each.id), each)
        return found


def make_policy(fail_on: FailOn, tolerance: Fraction) -> Policy:
    """The policy that the options of a diff mean."""
    severity: Final = "warning" if fail_on == "never" else "error"
    rule = NoRegression(severity=severity, tolerance=tolerance)
    return Policy(rules=Rules.model_construct(no_regression=rule))


def judge_comparison(comparison: Comparison, demand: Demand) -> Ruling:
    """The gate on two results: on what moved, and on where the new one stands."""
    old, new = comparison.sides
    if not _holds_ratings(old, demand):  # nothing could fall since
        return Ruling(demand, obstacles=(_lack_ratings("old-not-rated", old),))
    findings = (
        *_judge_changes(comparison, demand),
        *judge_limits(new, demand.policy.rules, demand.as_of, demand.only),
    )
    return _refuse_empty(_rule(new, demand, findings), new)


def judge_result(card: Scorecard, demand: Demand, no_old: NoOld | None = None) -> Ruling:
    """The gate on one result alone; `no_old` where there should have been an earlier one."""
    rules = demand.policy.rules
    findings = tuple(judge_limits(card, rules, demand.as_of, demand.only))
    unread = ("no-regression",) if rules.no_regression is not None else ()
    ruling = _rule(card, demand, findings)._replace(no_old=no_old, unread=unread)
    if no_old is not None:  # the first year need not be judged by any rule
        ruling = ruling._replace(obstacles=())
    return _refuse_empty(ruling, card)


def _rule(card: Scorecard, demand: Demand, judged: tuple[Finding, ...]) -> Ruling:
    """The ruling on what was judged; a gate that judged nothing holds nothing."""
    findings = (
        *(_exempt(each, demand) for each in judged),
        *_list_expired(card, demand),
    )
    day = card.panel.date.isoformat()
    nothing = () if judged else (Obstacle("nothing-judged", day, day),)
    return Ruling(demand, findings, nothing)


def _refuse_empty(ruling: Ruling, card: Scorecard) -> Ruling:
    """The ruling; where it would pass a result in which nothing gated is rated, why it does not.

    Severities, exemptions and options may let every finding pass, but nothing was measured.
    """
    stands = ruling.status != "pass" and ruling.no_old is None
    if stands or _holds_ratings(card, ruling.demand):
        return ruling
    return ruling._replace(obstacles=(_lack_ratings("new-not-rated", card),))


def _holds_ratings(card: Scorecard, demand: Demand) -> bool:
    """Whether anything that is gated is rated."""
    entries = find_entries(card)
    return any(
        answered.state == "rated"
        and (demand.only is None or entries[name].characteristic in demand.only)
        for (_, name), answered in read_items(card).items()
    )


def _lack_ratings(reason: Reason, card: Scorecard) -> Obstacle:
    day = card.panel.date.isoformat()
    return Obstacle(reason, day, day)


# --- what moved ------------------------------------------------------------------------------


def _judge_changes(comparison: Comparison, demand: Demand) -> Iterator[Finding]:
    """What the rule against falling, or against any change, says of everything it gates."""
    rule = demand.policy.rules.no_regression
    for change in comparison.changes:
        if not _is_gated(change, comparison, demand.only):
            continue
        finding = _judge_fall(change, rule) if rule is not None else None
        if rule is not None and finding is not None and finding.why is None:
            finding = _judge_views(finding, comparison, rule.tolerance)
        if finding is not None and demand.allow_noise and _is_noise(finding, comparison):
            finding = finding._replace(severity="notice", noise=True)
        if demand.fail_on == "change" and (finding is None or finding.why is None):
            why: Why | None = None if change.verdict == "unchanged" else "changed"
            finding = Finding(ANY_CHANGE, change.scope, change.id, "error", why, change=change)
        if finding is None:
            continue
        stray = (
            demand.only is not None
            and change.scope == "item"
            and not _find_homes(change, comparison)
        )
        yield finding._replace(severity="warning") if stray and finding.fails else finding


def _is_noise(finding: Finding, comparison: Comparison) -> bool:
    """Whether an index fell, and that is known to be no more than noise."""
    noise = comparison.sampling.noise if comparison.sampling is not None else {}
    found = noise.get((finding.scope, finding.id))
    return finding.why == "index-fell" and found is not None and not found.more_than_noise


def _is_gated(change: AnyChange, comparison: Comparison, only: Collection[str] | None) -> bool:
    """Whether a change belongs to what is gated.

    An item that no questionnaire at hand asks may belong there: it is told, but fails nothing.
    """
    if only is None:
        return True
    if change.scope == "item":
        homes = _find_homes(change, comparison)
        return not homes or not homes.isdisjoint(only)
    return change.scope == "characteristic" and change.id in only


def _find_homes(change: AnyChange, comparison: Comparison) -> frozenset[str]:
    """The characteristics that an item belongs to on both sides, none where nobody knows it."""
    versions = comparison.versions
    entries = [asked.get(change.id) for asked in (versions.after, versions.before)]
    return frozenset(each.characteristic or "" for each in entries if each is not None)


def _judge_fall(change: AnyChange, rule: NoRegression) -> Finding | None:
    """The rule against falling, applied to one change; None where it is about something else."""
    old, new = change.old, change.new
    why: Why | None
    found: Fraction | None = None
    if change.scope == "item":
        if change.verdict == "added" or (isinstance(old, Answered) and old.state != "rated"):
            return None
        why = _judge_item(change)
    elif isinstance(old, Reading) and isinstance(new, Reading) and change.scope != "area":
        why = _judge_stage(old, new, whole=change.scope == "organisation")
        if change.scope == "characteristic":
            found = measure_fall(old, new)
            why = why or _judge_index(old, new, found, rule.tolerance)
    else:
        return None
    limit = rule.tolerance if change.scope == "characteristic" else None
    return Finding(
        "no-regression", change.scope, change.id, rule.severity, why, found, limit, change
    )


def _judge_views(finding: Finding, comparison: Comparison, tolerance: Fraction) -> Finding:
    """The finding on a characteristic; where people see it lower than before, against that.

    Where that is all that is known of it, its reading says the same. `found` is how far the
    perception index fell; of a placement the stage now, and `limit` the one before.
    """
    if finding.scope != "characteristic":
        return finding
    pairs = comparison.views.get(finding.id, ())
    for old, new in pairs:
        placed, before = new.placed_stage, old.placed_stage
        if placed is not None and before is not None and placed < before:
            return finding._replace(why="placement-fell", found=placed, limit=before)
    for old, new in pairs:
        fall = None if old.index is None or new.index is None else old.index - new.index
        if fall is not None and fall > tolerance:
            return finding._replace(why="perception-fell", found=fall, limit=tolerance)
    return finding


def _judge_item(change: AnyChange) -> Why | None:
    """Whether the rating of an item is gone; a lower one shows in its characteristic."""
    if change.verdict == "removed":
        return "removed"
    if not isinstance(change.new, Answered) or change.new.state == "rated":
        return None
    return "became-unknown" if change.new.state == "unknown" else "not-applicable"


def _judge_stage(old: Reading, new: Reading, *, whole: bool) -> Why | None:
    """Whether the stage fell, by the low reading, or is none any more.

    Of a characteristic that does not apply any more its items tell.
    """
    if old.stage is None:
        return None
    if new.stage is None:
        return "stage-lost" if whole or new.coverage is not None else None
    return "stage-fell" if new.stage < old.stage else None


def measure_fall(old: Reading, new: Reading) -> Fraction | None:
    """By how many points an index fell, below 0 where it rose.

    Where either index is undefined, the low readings are compared. None where a side has none.
    """
    if old.index is not None and new.index is not None:
        return old.index - new.index
    if old.index_low is None or new.index_low is None:
        return None
    return old.index_low - new.index_low


def _judge_index(
    old: Reading, new: Reading, fall: Fraction | None, tolerance: Fraction
) -> Why | None:
    """Whether the index fell by more than is tolerated, or is undefined where it was not."""
    if old.index is not None and new.index is None and new.coverage is not None:
        return "index-lost"
    return "index-fell" if fall is not None and fall > tolerance else None


# --- exemptions ------------------------------------------------------------------------------


def _exempt(finding: Finding, demand: Demand) -> Finding:
    """The finding with the exemption that is in force for it."""
    for each in demand.policy.exemptions:
        mine = (each.rule, each.id) == (finding.rule, finding.id)
        if mine and finding.why is not None and not _is_over(each, demand):
            return finding._replace(exemption=each)
    return finding


def _is_over(exemption: Exemption, demand: Demand) -> bool:
    return exemption.until < demand.as_of


def _list_expired(card: Scorecard, demand: Demand) -> Iterator[Finding]:
    """A finding for every exemption that has ended."""
    known = {each.id for each in card.characteristics}
    for each in demand.policy.exemptions:
        if not _is_over(each, demand):
            continue
        scope: Scope = "characteristic" if each.id in known else "item"
        if each.id == ORGANISATION[1] and each.id not in known:
            scope = "organisation"
        yield Finding(EXPIRED + each.rule, scope, each.id, "warning", "ended", exemption=each)
