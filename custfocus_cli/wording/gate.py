"""The sentences of a gate: why a rule does not hold, and the verdict."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Final

from custfocus_cli.wording.phrases import count, counted, listed, long_date, with_stop

STATUS: Final[Mapping[str, str]] = {
    "pass": "Gate passed",
    "fail": "Gate failed",
    "incomparable": "Not comparable",
}

# By rule and by why it does not hold; `found` and `limit` are written as numbers already, and
# `found` of a stage says where it stands.
_BROKEN: Final[Mapping[tuple[str, str], str]] = {
    ("min-stage", "below"): "{name} stands {found}; at least stage {limit} is required",
    ("min-stage", "undefined"): (
        "{name} stands at no stage that is known; at least stage {limit} is required"
    ),
    ("min-index", "below"): "The index of {name} is {found}; at least {limit} is required",
    (
        "min-index",
        "undefined",
    ): "{name} has no index, because {found}; at least {limit} is required",
    ("min-coverage", "below"): (
        "Of what applies to {name}, {found} % is known; at least {limit} % is required"
    ),
    ("min-coverage", "undefined"): (
        "Of what applies to {name}, nothing is known; at least {limit} % is required"
    ),
    ("max-age-days", "too-old"): "The result is {found} old; at most {limit} are allowed",
    ("max-age-days", "dated-ahead"): (
        "The result is dated {found} after {day}, the day to look from"
    ),
    ("max-age-days", "undefined"): (
        "Nothing is rated, so there is no result that could be young enough"
    ),
}

RULES: Final[Mapping[str, str]] = {
    "no-regression": "Nothing falls, and no rating is lost.",
    "change": "Nothing changes.",
    "min-stage": "The stage is high enough.",
    "min-index": "The index is high enough.",
    "min-coverage": "Enough of what applies is known.",
    "max-age-days": "The result is young enough.",
}
"""What each rule asks for, in a sentence."""


HOLDS: Final[Mapping[str, str]] = {
    "identical": "the two are identical",
    "regression": "no stage fell and no characteristic regressed",
    "change": "nothing that counts changed",
    "never": "--fail-on never",
    "policy": "no rule fails it",
}
"""Why a gate holds, by what it fails on."""


SEVERITIES: Final[Mapping[str, str]] = {
    "error": "error",
    "warning": "warning",
    "notice": "notice",
    "exempt": "exempt",
}
"""How much a finding matters, in a word."""


FIRST: Final = "First result"
"""What a comparison is called that has nothing to compare with."""


def say_identical() -> str:
    """That two results are the same to the last note."""
    return "The two are identical: every answer, note and date is the same."


def say_more(number: int) -> str:
    """That a list goes on in the formats for programs."""
    return f"And {count(number)} more, which -f json lists."


def say_elsewhere(number: int) -> str:
    """That annotations go on in what else can be written."""
    return f"And {count(number)} more in the other formats."


def say_cut(lines: int) -> str:
    """That a page had to be shortened to fit where it is shown."""
    said = counted(lines, "line")
    are = "is" if lines == 1 else "are"
    return f"There is no room for all of it: here {said} {are} left out. -f json has everything."


def say_demand(fail_on: str | None, tolerance: str, policy: str | None) -> str:
    """What a gate judges by: a policy, or what options say; `tolerance` is empty without one."""
    if policy is not None:
        return f"judges by {policy}"
    within = f", an index by more than {tolerance} {_points(tolerance)}" if tolerance else ""
    return {
        "regression": f"fails where anything regresses{within}",
        "change": "fails on any change",
        "never": "fails on nothing",
    }.get(fail_on or "", "judges by the limits that were given")


def say_within(tolerance: str) -> str:
    """Why a gate holds that tolerates a fall of some points."""
    return f"no stage fell, and no index by more than {tolerance} {_points(tolerance)}"


def _points(amount: str) -> str:
    return "point" if amount == "1" else "points"


def say_broken(
    rule: str, why: str, name: str, found: str, limit: str, day: datetime.date, *, low: bool = False
) -> str:
    """Why a rule on where a result stands does not hold; KeyError for any other rule.

    `day` is the one looked from; `low` says that the upper end of a range would do.
    """
    said = _BROKEN[rule, why].format(name=name, found=found, limit=limit, day=long_date(day))
    return f"{said}, and the low reading counts." if low else f"{said}."


def say_no_index(low: str, high: str) -> str:
    """Why there is no index, to follow "because"; both are empty where nothing applies."""
    if not low:
        return "nothing of it applies"
    return f"too few answers are known (between {low} and {high})"


def say_between(low: str, high: str) -> str:
    """The range of a number."""
    return f"between {low} and {high}"


def say_unknown(names: Sequence[str], most: int) -> str:
    """That items are not known: `cc-1a is not known`; empty without any."""
    if not names:
        return ""
    return f"{listed(names, most)} {'is' if len(names) == 1 else 'are'} not known"


def say_unknowns(names: Sequence[str], most: int) -> str:
    """The items that are not known, as a sentence of its own."""
    return f"Not known: {listed(names, most)}."


def say_held(names: str) -> str:
    """What holds something where it stands."""
    return f"Held there by {names}."


def say_beyond(tolerance: str) -> str:
    """That an index fell by more points than are tolerated, to follow a comma."""
    are = "is" if tolerance == "1" else "are"
    return f"by more than the {tolerance} {_points(tolerance)} that {are} tolerated"


def say_lost(what: str) -> str:
    """That the stage or the index is none any more."""
    return f"The {what} is not known any more, so it cannot be said to have held."


def say_seen_lower(why: str, found: str, limit: str) -> str:
    """How people see something lower, by why a rule is against that, without its stop.

    `found` are points and `limit` those that are tolerated; of a placement the stages now and then.
    """
    if why == "placement-fell":
        return f"Whoever was asked places it at stage {found} now and at stage {limit} before"
    beyond = f", {say_beyond(limit)}" if limit != "0" else ""
    return f"What people perceive of it fell by {found} points{beyond}"


SEEN_LOWER: Final[Mapping[str, str]] = {
    "perception-fell": "what people perceive of {names} fell",
    "placement-fell": "people place {names} at a lower stage",
}
"""The same of several things, in a clause."""


def say_gone(place: str) -> str:
    """Where an answer stood that is in the newer file no more."""
    return f"The answer was in {place}."


def say_exempt(until: datetime.date, reason: str) -> str:
    """That an exemption lets a finding pass."""
    return f"Exempt until {long_date(until)}: {with_stop(reason)}"


def say_spoken_for(message: str) -> str:
    """That no rule is about an item that fell, with what became of it."""
    return f"No rule is about this alone, its characteristic speaks for it: {message}"


def say_ended(name: str, rule: str, until: datetime.date, reason: str) -> str:
    """That an exemption has ended."""
    return f"The exemption of {name} from {rule} ended on {long_date(until)}: {with_stop(reason)}"


def say_idle(name: str, rule: str, place: str) -> str:
    """That an exemption lets nothing pass."""
    return f"The exemption of {name} from {rule} is not needed, as that rule holds ({place})."


def say_advice(policy: str | None) -> str:
    """How to let pass what was agreed, in the policy of the gate or in one to be written."""
    where = "in a policy (--policy FILE)" if policy is None else f"in {policy}"
    return (
        f"To let pass what was agreed, write an exemption {where}: rule, id, until which day,"
        " reason."
    )


def say_verdict(status: str, reason: str, exit_code: int | None = None) -> str:
    """The verdict and its reason in one line, with the exit code where one is given."""
    code = "" if exit_code is None else f" (exit code {exit_code})"
    return f"{STATUS[status]}{code}: {with_stop(reason)}"


def say_things(whole: bool, names: Sequence[str], noun: str = "characteristic") -> tuple[str, int]:
    """The organisation and some others, one by its name and several by their number; how many."""
    parts = ["the organisation"] if whole else []
    if names:
        parts.append(names[0] if len(names) == 1 else counted(len(names), noun))
    return " and ".join(parts), int(whole) + len(names)


# By rule and by why it does not hold, of one thing and of several.
_SHORT: Final[Mapping[tuple[str, str], tuple[str, str]]] = {
    ("min-stage", "below"): (
        "{names} stands below the stage required",
        "{names} stand below the stage required",
    ),
    ("min-stage", "undefined"): ("{names} has no stage", "{names} have no stage"),
    ("min-index", "below"): (
        "the index of {names} is below the one required",
        "the indexes of {names} are below those required",
    ),
    ("min-index", "undefined"): ("{names} has no index", "{names} have no index"),
    **dict.fromkeys(
        [("min-coverage", "below"), ("min-coverage", "undefined")],
        ("too little is known of {names}", "too little is known of {names}"),
    ),
    **{
        ("max-age-days", why): (said, said)
        for why, said in (
            ("too-old", "the result is too old"),
            ("dated-ahead", "the result is dated ahead"),
            ("undefined", "nothing is rated"),
        )
    },
}


def say_short(rule: str, why: str, names: str, number: int) -> str:
    """That some things do not have what a rule requires, in a clause."""
    return _SHORT[rule, why][number != 1].format(names=names)


_STAND: Final[Mapping[str, str]] = {
    "min-stage": "{names} have the stage required",
    "min-index": "{names} have the index required",
    "min-coverage": "of {names} enough is known",
}


def say_stands(rule: str, number: int) -> str:
    """That several characteristics have what a rule requires, in a clause."""
    return _STAND[rule].format(names=counted(number, "characteristic"))


CAUSED: Final[Mapping[str, str]] = {
    "scoring": "by other rules of scoring and not by the answers",
    "questionnaire": "by questions that changed and not by the answers alone",
}
"""What else than answers made something fall."""


def say_by_cause(cause: str, number: int, among: int) -> str:
    """What else than answers made so many of several things fall, to follow the verb."""
    said = CAUSED[cause]
    if number == among:
        return f", {said}"
    return f", {count(number)} of them {said}"


def say_no_old(path: str) -> str:
    """That there is no earlier result to compare with."""
    return f"no baseline, as there is no {path}"


def say_passed(
    parts: Sequence[str], warnings: int, notices: int, exempt: int, *, never: bool
) -> str:
    """Why the gate holds, with what it lets pass."""
    told = counted(warnings, "warning") if warnings else ""
    if never and warnings:
        are = "is told as a warning" if warnings == 1 else "are told as warnings"
        told = f"{counted(warnings, 'regression')} {are}"
    others = (told, notices and counted(notices, "notice"), exempt and counted(exempt, "exemption"))
    return "; ".join([*parts, *(str(each) for each in others if each)])
