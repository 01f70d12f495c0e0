"""What is told about noise and mix, of each change and of a diff as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from custfocus_cli.changes.compare import Change, Comparison
from custfocus_cli.changes.noise import RARE, Noise
from custfocus_cli.changes.sides import Diff
from custfocus_cli.scoring.ladder import Reading
from custfocus_cli.wording.noise import (
    BRIEFLY,
    LESS,
    MORE,
    STAGES_COUNT,
    say_could_be_noise,
    say_mix,
    say_more_than_noise,
    say_not_judged,
    say_one_of_many,
)

_MOVED = ("improved", "regressed")


def find_noise(change: Change[Reading], comparison: Comparison) -> Noise | None:
    """What people's own indexes tell of a rise or a fall; None of anything else."""
    sampling = comparison.sampling
    if sampling is None or change.verdict not in _MOVED:
        return None
    return sampling.noise.get((change.scope, change.id))


def name_noise(change: Change[Reading], comparison: Comparison) -> str:
    """Whether a rise or a fall is more than noise, in three words; empty where nobody knows."""
    noise = find_noise(change, comparison)
    return "" if noise is None else MORE if noise.more_than_noise else LESS


def say_noise_briefly(change: Change[Reading], comparison: Comparison) -> str:
    """The same in a short sentence, where many stand below each other."""
    noise = find_noise(change, comparison)
    return "" if noise is None else BRIEFLY[noise.more_than_noise]


def say_noise(change: Change[Reading], comparison: Comparison) -> str:
    """Whether a rise or a fall is more than noise; empty where nobody knows."""
    noise = find_noise(change, comparison)
    if noise is None or comparison.sampling is None:
        return ""
    low, high = (Fraction(each) for each in noise.interval)
    if noise.more_than_noise:
        return say_more_than_noise(low, high)
    if not (low > 0 if change.verdict == "improved" else high < 0):
        return say_could_be_noise(low, high)
    if noise.p is None or noise.p >= RARE:
        return BRIEFLY[False]
    return say_one_of_many(sum(each.p is not None for each in comparison.sampling.noise.values()))


def say_origin(change: Change[Reading], comparison: Comparison) -> str:
    """How much of a rise or a fall comes of another mix of groups; empty where nobody knows.

    Nothing is said where the mean of people's own indexes moved the other way.
    """
    sampling = comparison.sampling
    if sampling is None or sampling.by is None or change.verdict not in _MOVED:
        return ""
    move = sampling.mixes.get((change.scope, change.id))
    if move is None or (move.total > 0) != (change.verdict == "improved"):
        return ""
    return say_mix(move.change, move.mix, sampling.by)


def tell_not_judged(diff: Diff) -> Iterator[str]:
    """Which falls count although noise may pass, and why."""
    comparison = diff.comparison
    sampling = comparison.sampling if comparison is not None else None
    if not diff.ruling.demand.allow_noise or comparison is None or sampling is None:
        return
    if sampling.doubt is not None:
        yield say_not_judged((), sampling.doubt)
        return
    left = [
        each.id
        for each in diff.ruling.broken
        if each.why == "index-fell" and (each.scope, each.id) not in sampling.noise
    ]
    if left:
        yield say_not_judged(left, "few")
    fell = [(each.scope, each.id) for each in diff.ruling.failed if each.why == "stage-fell"]
    if any(key in sampling.noise and not sampling.noise[key].more_than_noise for key in fell):
        yield STAGES_COUNT
