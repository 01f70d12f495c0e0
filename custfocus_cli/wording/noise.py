"""The sentences about noise: what it means for a change that different people answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final

from custfocus_cli.wording.numbers import difference
from custfocus_cli.wording.phrases import counted, listed

MORE: Final = "more than noise"
LESS: Final = "could be noise"
ALLOWED: Final = "--allow-noise lets this pass."
BRIEFLY: Final = ("That could be noise: other people answered.", "That is more than noise.")
"""Whether a change is more than noise, by that."""

STAGES_COUNT: Final = (
    "A stage that fell counts with --allow-noise too, whether it could be noise or not."
)

DOUBTS: Final[Mapping[str, str]] = {
    "one-file": "one of the two is what a single file says",
    "interview": "interviews name roles and are no sample of people",
    "few": "fewer than ten people of a year have an index of their own",
    "questionnaire": "the questionnaire changed in between",
    "same-survey": "both are of one survey, so that the same people answered",
}
"""Why nobody can tell whether a change is noise, to follow "because"."""

# Up to which share of a move another mix is told as which part of it.
_PARTS: Final[Sequence[tuple[Fraction, str]]] = (
    (Fraction(7, 24), "About a quarter"),
    (Fraction(5, 12), "About a third"),
    (Fraction(7, 12), "About half"),
    (Fraction(17, 24), "About two thirds"),
    (Fraction(7, 8), "About three quarters"),
    (Fraction(1), "Most"),
)
_HARDLY: Final = Fraction(1, 8)


def say_more_than_noise(low: Fraction, high: Fraction) -> str:
    """That a change is no accident; with the range of it, where that says the same."""
    if low <= 0 <= high:
        return "That is more than noise."
    verb = "rose" if low > 0 else "fell"
    near, far = sorted((abs(low), abs(high)))
    return (
        "That is more than noise: the mean of people's own indexes"
        f" {verb} by between {_points(near)} and {_points(far)} points."
    )


def say_one_of_many(number: int) -> str:
    """That a change may be an accident as one of so many, where alone it would be none."""
    return (
        "That could be noise: other people answered, and among"
        f" {counted(number, 'characteristic')} one may well move so far by chance."
    )


def say_could_be_noise(low: Fraction, high: Fraction) -> str:
    """That a change may come of other people having answered, with the range of it."""
    return (
        "That could be noise: other people answered, and the mean of people's own indexes may have"
        f" moved by anything from {difference(low)} to {difference(high)} points."
    )


def _points(value: Fraction) -> str:
    return difference(value).lstrip("+")


def say_mix(change: Fraction, mix: Fraction, by: str) -> str:
    """How much of a move comes of another mix of roles or groups; empty where nothing moved."""
    total = change + mix
    if not total:
        return ""
    move = "rise" if total > 0 else "fall"
    where, share = f"another mix of {by}s", mix / total
    numbers = f"{_points(abs(mix))} of {_points(abs(total))} points"
    if abs(share) < _HARDLY:
        return f"Hardly any of it comes from {where}."
    if share < 0:
        return (
            f"Among the same {by}s the {move} is larger, {_points(abs(change))} points instead of"
            f" {_points(abs(total))}: {where} hides a part of it."
        )
    if share < 1:
        part = next(words for most, words in _PARTS if share <= most)
        return f"{part} of that {move} comes from {where}: {numbers}."
    return f"All of that {move} comes from {where}; among the same {by}s there is none."


def say_not_judged(names: Sequence[str], doubt: str) -> str:
    """That nobody can tell of some falls whether they are noise, so that they count."""
    which = f"for {listed(names, 12)}" if names else "here"
    return f"--allow-noise changes nothing {which}, because {DOUBTS[doubt]}."


def say_allowed(number: int) -> str:
    """How many falls pass as noise, for a verdict."""
    return f"{counted(number, 'fall')} that could be noise {'is' if number == 1 else 'are'} allowed"
