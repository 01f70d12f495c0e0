"""What a diff or a check has to say, entry by entry, in the order and words of every format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Final, NamedTuple

from custfocus_cli.changes.compare import Change, Comparison
from custfocus_cli.changes.finding import (
    ANY_CHANGE,
    AnyChange,
    Finding,
    make_fingerprint,
)
from custfocus_cli.changes.sides import Check, Diff, Place
from custfocus_cli.changes.versions import Key, Scope
from custfocus_cli.documents.policy import Severity
from custfocus_cli.errors import name_path
from custfocus_cli.render.moves import (
    MovedItem,
    describe_items,
    name_characteristic,
    name_theme,
    say_flags,
    say_move,
)
from custfocus_cli.render.narrative import write_notices
from custfocus_cli.render.places import (
    SCOPES,
    VERDICTS,
    measure,
    place_changes,
    place_finding,
)
from custfocus_cli.scoring.ladder import Reading
from custfocus_cli.wording.gate import (
    HOLDS,
    say_broken,
    say_ended,
    say_exempt,
    say_failed,
    say_lost,
    say_no_old,
    say_passed,
    say_tolerance,
    say_verdict,
    say_within,
)
from custfocus_cli.wording.notices import notice
from custfocus_cli.wording.numbers import amount, percent, percent_pair, share
from custfocus_cli.wording.obstacles import obstacle
from custfocus_cli.wording.phrases import counted, listed

Judged = Diff | Check


class Entry(NamedTuple):
    """One change, or one thing that a gate has something against, or both.

    `change` is None where only a result by itself was judged, `finding` where no rule is against
    it. `place` is where to look in the new file, or in the policy.
    """

    scope: Scope
    id: str
    change: AnyChange | None
    finding: Finding | None
    message: str
    place: Place

    @property
    def rule(self) -> str | None:
        """The rule of a policy that it breaks."""
        return (
            None if self.finding is None or self.finding.rule == ANY_CHANGE else self.finding.rule
        )

    @property
    def severity(self) -> Severity:
        """How much it matters; what no rule is about is a notice."""
        return "notice" if self.finding is None else self.finding.severity

    @property
    def fails(self) -> bool:
        """Whether the gate fails for this alone."""
        return self.finding is not None and self.finding.fails

    @property
    def exempt(self) -> bool:
        """Whether an exemption in force lets it pass."""
        return self.finding is not None and self.finding.exempt

    @property
    def fingerprint(self) -> str:
        """The same for the same rule and thing in every run."""
        return make_fingerprint(self.rule or ANY_CHANGE, self.scope, self.id)


def list_entries(judged: Judged) -> tuple[Entry, ...]:
    """Everything that moved or does not hold: what fails the gate first, the largest fall first."""
    return tuple(sorted((*_list_changes(judged), *_list_limits(judged)), key=_rank))


def _rank(entry: Entry) -> tuple[bool, bool, bool, int, int, int, Fraction]:
    plain = entry.change if entry.finding is None else None
    return (
        not entry.fails,
        entry.finding is None,
        entry.exempt,
        VERDICTS.index(plain.verdict) if plain else 0,
        SCOPES.index(entry.scope),
        *measure(entry.change),
    )


_OF_A_SIDE: Final = ("digest-differs", "unknown-items", "outside-answers", "adaptive")
"""Notices about one result that a reader of a comparison has to know as well."""


def tell_notices(judged: Judged) -> tuple[tuple[str, str], ...]:
    """The id and the sentence of each notice, those about one side with its path."""
    return tuple(_list_notices(judged))


def _list_notices(judged: Judged) -> Iterator[tuple[str, str]]:
    if judged.ruling.no_old:
        yield "no-baseline", notice("no-baseline")
    elif judged.ruling.unread:
        yield "not-judged", notice("not-judged", judged.ruling.unread)
    sides = [judged.new]
    if isinstance(judged, Diff):
        for each in judged.comparison.notices if judged.comparison else ():
            yield each.id, notice(each.id, each.about)
        sides = [judged.old, judged.new] if judged.old else sides
    for side in sides:
        for name, said in write_notices(side.card):
            if name in _OF_A_SIDE:
                yield name, f"{side.path}: {said}"


# --- what moved ------------------------------------------------------------------------------


def _list_changes(judged: Judged) -> Iterator[Entry]:
    comparison = judged.comparison if isinstance(judged, Diff) else None
    if comparison is None:
        return
    said, places = _tell_changes(comparison), place_changes(comparison, judged.new)
    for change in comparison.changes:
        finding = judged.ruling.find(change.scope, change.id)
        if change.verdict != "unchanged" or finding is not None:
            key = change.scope, change.id
            message = said[key] if finding is None else f"{said[key]}{_tell_fall(finding)}"
            yield Entry(*key, change, finding, message, places.get(key, judged.new.answers))


def _tell_changes(comparison: Comparison) -> Mapping[Key, str]:
    """What became of everything that was compared, each a sentence with its name."""
    whole, cards = comparison.organisation, (comparison.old, comparison.new)
    areas = {area.id: area.name for card in cards for area in card.definition.model.areas}
    return {
        (whole.scope, whole.id): _say_measured(whole, comparison.new.panel.organisation),
        **{(each.scope, each.id): _say_measured(each, areas[each.id]) for each in comparison.areas},
        **{
            (each.scope, each.id): _say_measured(each, name_characteristic(each, comparison))
            for each in comparison.characteristics
        },
        **{("item", each.id): _say_item(each) for each in describe_items(comparison)},
        **{
            (each.scope, each.id): f"{name_theme(each, comparison)}: {say_flags(each)}."
            for each in comparison.themes
        },
    }


def _say_measured(change: Change[Reading], name: str) -> str:
    return f"{name}: {say_move(change)}."


def _say_item(item: MovedItem) -> str:
    return item.sentence if item.statement else f"{item.id}: {item.move}."


def _tell_fall(finding: Finding) -> str:
    """What the sentence of a change does not say by itself of why it is not allowed."""
    parts = []
    if finding.why == "index-fell" and finding.limit and finding.found is not None:
        parts.append(say_tolerance(*percent_pair(Fraction(finding.found), Fraction(finding.limit))))
    elif finding.why in ("stage-lost", "index-lost"):
        parts.append(say_lost(finding.why.removesuffix("-lost")))
    return "".join(f" {each}" for each in (*parts, *_say_exemption(finding)))


def _say_exemption(finding: Finding) -> Iterator[str]:
    if finding.exempt and finding.exemption is not None:
        yield say_exempt(finding.exemption.until, finding.exemption.reason)


# --- where the result stands -----------------------------------------------------------------


def _list_limits(judged: Judged) -> Iterator[Entry]:
    """The rules on where the new result stands that do not hold, and exemptions that have ended."""
    for finding in judged.ruling.broken:
        if finding.change is None:
            message, place = _tell_limit(finding, judged), place_finding(finding, judged)
            yield Entry(finding.scope, finding.id, None, finding, message, place)


def _tell_limit(finding: Finding, judged: Judged) -> str:
    name = _name(finding, judged)
    exemption = finding.exemption
    if finding.why == "ended" and exemption is not None:
        return say_ended(name, exemption.rule, exemption.until, exemption.reason)
    found, limit = _show(finding)
    said = say_broken(finding.rule, finding.why or "", name, found, limit)
    return " ".join((said, *_say_exemption(finding)))


def _name(finding: Finding, judged: Judged) -> str:
    card = judged.new.card
    if finding.scope == "organisation":
        return card.panel.organisation
    names = {each.id: each.name for each in card.definition.model.characteristics}
    return names.get(finding.id, finding.id) if finding.scope == "characteristic" else finding.id


def _show(finding: Finding) -> tuple[str, str]:
    """What was found and what is asked for, as numbers on their own sides of the limit."""
    found, limit = Fraction(finding.found or 0), Fraction(finding.limit or 0)
    match finding.rule:
        case "min-index":
            return percent(found, limit), amount(limit)
        case "min-coverage":
            return share(found, limit), amount(100 * limit)
        case "max-age-days":
            return counted(int(abs(found)), "day"), counted(int(limit), "day")
        case _:
            return amount(found), amount(limit)


# --- the verdict -----------------------------------------------------------------------------


def tell_verdict(judged: Judged) -> str:
    """The verdict of the gate, its reason and the exit code, in one line."""
    ruling = judged.ruling
    match ruling.status:
        case "incomparable":
            reason = tell_obstacles(judged)
        case "fail":
            reason = _tell_failure(judged)
        case _:
            reason = _tell_success(judged)
    return say_verdict(ruling.status, ruling.exit_code, reason)


def tell_unexplained(judged: Judged) -> str | None:
    """The verdict where the gate does not hold and no entry says why; else None."""
    ruling = judged.ruling
    explained = ruling.status == "pass" or (ruling.status == "fail" and ruling.failed)
    return None if explained else tell_verdict(judged)


def tell_obstacles(judged: Judged) -> str:
    """Why nothing could be judged."""
    return "; ".join(obstacle(*each) for each in judged.ruling.obstacles)


def _tell_failure(judged: Judged) -> str:
    failed = [each for each in list_entries(judged) if each.fails]
    if not failed:
        return _tell_no_old(judged)
    return say_failed(failed[0].message, [each.id for each in failed[1:]])


def _tell_success(judged: Judged) -> str:
    ruling = judged.ruling
    exempt = sum(each.exempt for each in ruling.broken)
    warnings = len(ruling.broken) - exempt
    only = listed(ruling.demand.only or ())
    return say_passed(_say_base(judged), warnings, exempt, only)


def _say_base(judged: Judged) -> str:
    """What the gate found, where it holds."""
    demand = judged.ruling.demand
    if judged.ruling.no_old:
        return _tell_no_old(judged)
    if isinstance(judged, Diff) and judged.comparison and judged.comparison.identical:
        return HOLDS["identical"]
    if demand.fail_on != "regression":
        return HOLDS[demand.fail_on or "policy"]
    rule = demand.policy.rules.no_regression
    tolerance = rule.tolerance if rule else Fraction(0)
    return say_within(amount(tolerance)) if tolerance else HOLDS["regression"]


def _tell_no_old(judged: Judged) -> str:
    return say_no_old(name_path(judged.old_path) if isinstance(judged, Diff) else "")
