"""The verdict of a gate in one line: what failed it, or what was judged and holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction

from custfocus_cli.changes.finding import ANY_CHANGE, Finding
from custfocus_cli.changes.sides import Diff
from custfocus_cli.errors import name_path
from custfocus_cli.render.judged import Judged, list_entries, name_about
from custfocus_cli.render.moves import stand
from custfocus_cli.render.narrative import show_index
from custfocus_cli.render.reasons import MOST
from custfocus_cli.scoring.ladder import Reading
from custfocus_cli.wording.gate import (
    CAUSED,
    HOLDS,
    SEEN_LOWER,
    say_by_cause,
    say_no_old,
    say_passed,
    say_short,
    say_stands,
    say_things,
    say_verdict,
    say_within,
)
from custfocus_cli.wording.numbers import amount, percent, share
from custfocus_cli.wording.obstacles import obstacle, say_ways_out
from custfocus_cli.wording.phrases import counted, listed, with_stop


def tell_verdict(judged: Judged) -> str:
    """The verdict of the gate, its reason and the exit code, in one line."""
    return say_verdict(judged.ruling.status, _tell_reason(judged), int(judged.ruling.exit_code))


def tell_plain_verdict(judged: Judged) -> str:
    """The same without the exit code, for a page that people send on."""
    return say_verdict(judged.ruling.status, _tell_reason(judged))


def tell_unexplained(judged: Judged) -> str | None:
    """The verdict where the gate does not hold and no entry says why; else None."""
    ruling = judged.ruling
    explained = ruling.status == "pass" or (ruling.status == "fail" and ruling.failed)
    return None if explained else tell_verdict(judged)


def tell_obstacles(judged: Judged) -> str:
    """Why nothing could be judged."""
    return "; ".join(obstacle(*each) for each in judged.ruling.obstacles)


def _tell_reason(judged: Judged) -> str:
    match judged.ruling.status:
        case "incomparable":
            ways = say_ways_out(each.reason for each in judged.ruling.obstacles)
            return f"{with_stop(tell_obstacles(judged))} {ways}".rstrip()
        case "fail":
            return _tell_failure(judged)
        case _:
            return _tell_success(judged)


# --- what failed -----------------------------------------------------------------------------


def _tell_failure(judged: Judged) -> str:
    failed = judged.ruling.failed
    if not failed:
        return _tell_no_old(judged)
    if len(failed) == 1:
        return next(each.message for each in list_entries(judged) if each.fails)
    return "; ".join(_list_failures(failed, judged))


def _list_failures(failed: Sequence[Finding], judged: Judged) -> Iterator[str]:
    """What failed in groups, each in a clause that counts what it is about."""
    falls = [each for each in failed if each.rule == "no-regression"]
    fell = [each for each in falls if each.why in ("stage-fell", "index-fell")]
    if fell:
        yield f"{_name_all(fell, judged)[0]} fell{_say_cause(fell)}"
    for what in ("stage", "index"):
        lost = [each for each in falls if each.why == f"{what}-lost"]
        if lost:
            names, number = _name_all(lost, judged)
            yield f"{names} {'has' if number == 1 else 'have'} no {what} any more"
    for why, said in SEEN_LOWER.items():
        seen = [each for each in falls if each.why == why]
        if seen:
            yield said.format(names=_name_all(seen, judged)[0])
    gone = [each.id for each in falls if each.scope == "item"]
    if gone:
        names, number = say_things(False, gone, "item")
        yield f"{names} {'has' if number == 1 else 'have'} no rating any more"
    changed = sum(each.rule == ANY_CHANGE for each in failed)
    if changed:
        yield f"{counted(changed, 'thing')} changed, and no change is allowed"
    limits = [each for each in failed if each.change is None]
    for key in dict.fromkeys((each.rule, each.why or "") for each in limits):
        broken = [each for each in limits if (each.rule, each.why) == key]
        yield say_short(*key, *_name_all(broken, judged))


def _name_all(findings: Sequence[Finding], judged: Judged) -> tuple[str, int]:
    """What findings are about: the organisation, characteristics by name or number; how many."""
    whole = any(each.scope == "organisation" for each in findings)
    return say_things(
        whole, [name_about(each, judged) for each in findings if each.scope != "organisation"]
    )


def _say_cause(findings: Sequence[Finding]) -> str:
    """What else than answers brought falls about; empty where it was answers alone."""
    causes = Counter(each.change.cause for each in findings if each.change is not None)
    return "".join(
        say_by_cause(cause, number, len(findings))
        for cause, number in causes.items()
        if cause is not None and cause in CAUSED
    )


def _tell_no_old(judged: Judged) -> str:
    return say_no_old(name_path(judged.old_path) if isinstance(judged, Diff) else "")


# --- what holds ------------------------------------------------------------------------------


def _tell_success(judged: Judged) -> str:
    ruling = judged.ruling
    told = Counter(each.severity for each in ruling.broken if not each.exempt)
    exempt = sum(each.exempt for each in ruling.broken)
    parts = [*_list_base(judged), *_list_held(judged)] or [HOLDS["policy"]]
    never = ruling.demand.fail_on == "never"
    return say_passed(parts, told["warning"], told["notice"], exempt, never=never)


def _list_base(judged: Judged) -> Iterator[str]:
    """What became of the comparison, where there is one."""
    demand, card = judged.ruling.demand, judged.new.card
    if judged.ruling.no_old:
        yield _tell_no_old(judged)
        yield f"{card.panel.organisation} {_say_standing(card.result)}"
    elif isinstance(judged, Diff) and judged.comparison is not None:
        if judged.comparison.identical:
            yield HOLDS["identical"]
        elif demand.fail_on == "change":
            yield HOLDS["change"]
        elif demand.policy.rules.no_regression is not None:
            yield from _say_falls(judged)
    if demand.only is not None:
        yield f"judged alone: {listed(demand.only)}"


def _say_standing(reading: Reading) -> str:
    index = f"index {show_index(reading)}"
    return f"has the {index}" if reading.stage is None else f"stands {stand(reading)}, {index}"


def _say_falls(diff: Diff) -> Iterator[str]:
    """That nothing fell that may not, and which items did all the same."""
    ruling = diff.ruling
    rule = ruling.demand.policy.rules.no_regression
    never = ruling.demand.fail_on == "never"
    if never:
        yield HOLDS["never"]
    elif any(each.rule == "no-regression" for each in ruling.broken):
        yield "nothing fell that fails it"
    elif ruling.demand.only is not None:
        yield "nothing that was judged regressed"
    elif rule is not None and rule.tolerance:
        yield say_within(amount(rule.tolerance))
    else:
        yield HOLDS["regression"]
    fell = [
        each.id
        for each in ruling.findings
        if each.scope == "item" and each.change is not None and each.change.verdict == "regressed"
    ]
    if fell:
        yield f"{counted(len(fell), 'item')} fell, {listed(fell, MOST)}"


def _list_held(judged: Judged) -> Iterator[str]:
    """The rules on where the result stands that hold, each with what was judged."""
    held = [each for each in judged.ruling.findings if each.why is None and each.change is None]
    whole = [_show_held(each, judged) for each in held if each.scope == "organisation"]
    if whole:
        yield ", ".join(whole)
    for rule in dict.fromkeys(each.rule for each in held):
        parts = [each for each in held if each.rule == rule and each.scope == "characteristic"]
        if len(parts) == 1:
            yield f"{name_about(parts[0], judged)} {_show_held(parts[0], judged)}"
        elif parts:
            yield say_stands(rule, len(parts))


def _show_held(finding: Finding, judged: Judged) -> str:
    """What was judged beside its limit: `stage 1 (at least 1)`."""
    limit = Fraction(finding.limit or 0)
    if finding.found is None:
        return f"passes stage {amount(limit)}, which does not apply"
    found = Fraction(finding.found)
    match finding.rule:
        case "min-stage":
            return f"stage {amount(found)} (at least {amount(limit)})"
        case "min-index":
            return f"index {percent(found, limit)} (at least {amount(limit)})"
        case "min-coverage":
            return f"{share(found, limit)} % known (at least {amount(100 * limit)})"
        case _:
            return f"{counted(int(found), 'day')} old (at most {amount(limit)})"
