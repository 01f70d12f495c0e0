"""From what `diff` and `check` were given to what their renderers render."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final, NamedTuple

from custfocus_cli.changes.compare import add_sampling, compare, keep_shared
from custfocus_cli.changes.gate import (
    Demand,
    FailOn,
    NoOld,
    Ruling,
    judge_comparison,
    judge_result,
    make_policy,
)
from custfocus_cli.changes.obstacles import Reason, find_obstacles
from custfocus_cli.changes.sides import Check, Diff, Place, Side
from custfocus_cli.changes.versions import find_entries
from custfocus_cli.commands.loading import Request, load_side, name_in_repository, read_day
from custfocus_cli.documents.checks import check_policy_for
from custfocus_cli.documents.fields import DECIMAL, WHOLE, did_you_mean
from custfocus_cli.documents.form import fit
from custfocus_cli.documents.policy import Policy
from custfocus_cli.documents.tally import By
from custfocus_cli.errors import CustfocusError, name_path
from custfocus_cli.files.catalogue import Catalogue
from custfocus_cli.files.disk import STANDARD_INPUT
from custfocus_cli.files.sources import is_missing, load_policy
from custfocus_cli.scoring.scorecard import Scorecard
from custfocus_cli.wording.obstacles import list_ways_out


class GateOptions(NamedTuple):
    """How a diff judges, as its options say it; None where an option is not given."""

    policy: str | None = None
    fail_on: FailOn | None = None
    tolerance: str | None = None
    only: str | None = None
    as_of: str | None = None
    same: bool = False
    shared_items: bool = False
    no_old: NoOld | None = None
    allow_noise: bool = False
    by: By | None = None


# --- diff ------------------------------------------------------------------------------------


def load_diff(old: str, new: str, request: Request, given: GateOptions, *, quiet: bool) -> Diff:
    """Two sources compared and judged; `request` says how both are scored.

    Raises what `load_scorecard` does, and CustfocusError where OLD is missing or options contradict
    each other. That the two cannot be compared is in the result.
    """
    _refuse_contradictions(old, new, given)
    catalogue = Catalogue()
    now = load_side(request._replace(sources=[new]), catalogue, quiet=quiet)
    if is_missing(old):
        return _do_without(old, now, given)
    then = load_side(request._replace(sources=[old]), catalogue, quiet=quiet)
    cards = then.card, now.card
    _refuse_other_partition(given.by, cards)
    demand, exemptions = _make_demand(given, cards)
    waived = _WAIVED_BY_SAME if given.same else frozenset()
    waived |= _WAIVED_BY_SHARED if given.shared_items else frozenset()
    found = tuple(each for each in find_obstacles(*cards) if each.reason not in waived)
    if found:
        return Diff(old, then, now, None, Ruling(demand, obstacles=found), exemptions)
    comparison = add_sampling(compare(*cards), given.by)
    comparison = keep_shared(comparison) if given.shared_items else comparison
    ruling = judge_comparison(comparison, demand)
    compared = None if ruling.obstacles else comparison
    return Diff(old, then, now, compared, ruling, exemptions)


_WAIVED_BY_SAME: Final[frozenset[Reason]] = frozenset({"other-organisation", "other-scope"})
_WAIVED_BY_SHARED: Final[frozenset[Reason]] = frozenset({"other-questionnaire"})


def _refuse_contradictions(old: str, new: str, given: GateOptions) -> None:
    if old == new == STANDARD_INPUT:
        raise CustfocusError("standard input is given twice")
    if given.allow_noise and given.fail_on == "change":
        raise CustfocusError(
            "--allow-noise lets a fall pass, and --fail-on change no change at all",
            "leave one of the two out",
        )
    if given.policy is None:
        return
    for name, value in (("--fail-on", given.fail_on), ("--tolerance", given.tolerance)):
        if value is not None:
            raise CustfocusError(
                f"{name} and --policy are given, and the policy says it all",
                "leave one of the two out",
            )


def _refuse_other_partition(by: By | None, cards: Sequence[Scorecard]) -> None:
    """Raise CustfocusError where a tally is told apart otherwise than is asked for."""
    tallies = [each.panel.tally for each in cards if each.panel.tally is not None]
    others = [each.by for each in tallies if by not in (None, each.by)]
    if others:
        apart = f"by {others[0]}" if others[0] else "without groups"
        raise CustfocusError(
            f"a tally was made {apart}, so that its people cannot be told apart by {by}",
            f"tally the answers again with --by {by}",
        )


def _do_without(old: str, now: Side, given: GateOptions) -> Diff:
    """What is left to judge in the first year, where that is allowed for."""
    if given.no_old is None:
        raise CustfocusError(
            f"there is no {name_path(old)} to compare with",
            "in the first year, --if-no-old pass goes on without it",
        )
    demand, exemptions = _make_demand(given, (now.card,))
    return Diff(old, None, now, None, judge_result(now.card, demand, given.no_old), exemptions)


# --- check -----------------------------------------------------------------------------------


def load_check(
    source: str,
    request: Request,
    policy: str | None,
    limits: Mapping[str, Sequence[str]],
    as_of: str | None,
    *,
    quiet: bool,
) -> Check:
    """One source judged by a policy file, or by limits as options write them: `N` and `ID=N`.

    `limits` holds them by the name of their rule. Raises what `load_scorecard` does, and
    CustfocusError where there is no rule or one that cannot be read.
    """
    asked = {name: texts for name, texts in limits.items() if texts}
    if (policy is None) == (not asked):
        raise CustfocusError(
            "a check needs rules, from a policy or from options"
            if policy is None
            else f"--{next(iter(asked))} and --policy are given, and the policy says it all",
            "give --policy FILE, or options such as --min-stage 1",
        )
    side = load_side(request._replace(sources=[source]), Catalogue(), quiet=quiet)
    places: tuple[Place, ...] = ()
    if policy is not None:
        rules, places = _read_policy(policy, (side.card,))
    else:
        rules = _read_limits(asked, side.card)
    demand = Demand(rules, _read_day(as_of, rules, side.card), policy_path=policy)
    return Check(side, judge_result(side.card, demand), places)


def _read_limits(asked: Mapping[str, Sequence[str]], card: Scorecard) -> Policy:
    """The policy that options mean; a number alone is about the organisation."""
    rules: dict[str, object] = {}
    for rule, texts in asked.items():
        limits: dict[str, str] = {}
        for text in texts:
            name, number = _read_limit(rule, text)
            if name in limits:
                raise CustfocusError(f"--{rule} is given twice for {name or 'the organisation'}")
            limits[name] = number
        whole = {_WHOLE_KEY.get(rule, "organisation"): limits.pop("")} if "" in limits else {}
        rules[rule] = {**whole, **({"characteristics": limits} if limits else {})}
    policy = fit(Policy, {"format": Policy.FORMAT, "rules": rules})
    if isinstance(policy, tuple):
        raise CustfocusError(f"--{policy[0].loc[1]}: {policy[0].message}")
    for each in check_policy_for(policy, card.definition.model, None):
        raise CustfocusError(f"--{each.loc[1]}: {each.message}")
    return policy


def _read_limit(rule: str, text: str) -> tuple[str, str]:
    """The characteristic, empty for the organisation, and the number of one option."""
    name, equals, number = text.rpartition("=")
    pattern = WHOLE if rule in _WHOLE_NUMBERS else DECIMAL
    apart = not equals or (name and rule not in _WHOLE_KEY)
    if not apart or not pattern.fullmatch(number):
        or_one = "" if rule in _WHOLE_KEY else " or ID=NUMBER"
        sort = "a whole number" if rule in _WHOLE_NUMBERS else "a number"
        raise CustfocusError(f"--{rule} {text}: expected {sort}{or_one}")
    return name, number


_WHOLE_NUMBERS: Final = ("min-stage", "max-age-days")
_WHOLE_KEY: Final[Mapping[str, str]] = {"max-age-days": "days"}
"""The key of a rule that is about the result as a whole alone."""


# --- what is asked ---------------------------------------------------------------------------


def _make_demand(
    given: GateOptions, cards: Sequence[Scorecard]
) -> tuple[Demand, tuple[Place, ...]]:
    """What is asked of the last of the results, and where the exemptions from it stand."""
    places: tuple[Place, ...] = ()
    fail_on: FailOn | None = None
    if given.policy is not None:
        policy, places = _read_policy(given.policy, cards)
    else:
        fail_on = given.fail_on or "regression"
        policy = make_policy(fail_on, _read_tolerance(given.tolerance))
    day = _read_day(given.as_of, policy, cards[-1])
    only = _read_only(given.only, cards)
    return Demand(policy, day, fail_on, only, given.policy, given.allow_noise), places


def _read_policy(path: str, cards: Sequence[Scorecard]) -> tuple[Policy, tuple[Place, ...]]:
    """The policy in a file, and where each of its exemptions stands."""
    items: set[str] | None = None
    if len(cards) > 1:
        items = {name for card in cards for name in find_entries(card)}
        notices = [each for card in cards for each in card.notices if each.id == "unknown-items"]
        items |= {name for notice in notices for name in notice.about}
    model = cards[-1].definition.model
    policy, reading = load_policy(path, lambda written: check_policy_for(written, model, items))
    lines = reading.lines([("exemptions", n, "id") for n in range(len(policy.exemptions))])
    file = name_in_repository(reading.origin)
    return policy, tuple(Place(reading.path, line, file) for line in lines.values())


def _read_day(text: str | None, policy: Policy, card: Scorecard) -> datetime.date:
    """The day the gate looks from: as asked, else that of the result.

    Raises CustfocusError where an age is asked for and no day to count it from.
    """
    if text == "today":
        return datetime.date.today()
    if text is not None:
        return read_day("--as-of", text, ", or today")
    if policy.rules.max_age_days is not None:
        raise CustfocusError(
            "max-age-days needs a day to count from", "give --as-of DATE, or --as-of today"
        )
    return card.panel.date


def _read_tolerance(text: str | None) -> Fraction:
    if text is not None and not DECIMAL.fullmatch(text):
        raise CustfocusError(f"--tolerance {text}: expected points of the index, such as 0.5")
    return Fraction(text or 0)


def _read_only(text: str | None, cards: Sequence[Scorecard]) -> tuple[str, ...] | None:
    """The characteristics that are gated alone."""
    if text is None:
        return None
    known = [each.id for card in cards for each in card.definition.model.characteristics]
    names = tuple(dict.fromkeys(each.strip() for each in text.split(",") if each.strip()))
    for name in names:
        if name not in known:
            raise CustfocusError(f"--only: no characteristic '{name}'{did_you_mean(name, known)}")
    if not names:
        raise CustfocusError("--only names no characteristic")
    return names


# --- what cannot be compared -----------------------------------------------------------------


def refuse_incomparable(ruling: Ruling, said: str) -> None:
    """Raise CustfocusError with the sentence, where nothing could be judged."""
    if ruling.obstacles:
        raise CustfocusError(
            f"nothing could be judged: {said}",
            next(iter(list_ways_out(each.reason for each in ruling.obstacles)), ""),
        )
