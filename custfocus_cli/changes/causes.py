"""Why a verdict is what it is: other answers, another question, or another way to score."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Literal

from custfocus_cli.changes.readings import ORGANISATION, Readings, measure
from custfocus_cli.changes.verdict import Verdict, judge_flags, judge_readings
from custfocus_cli.changes.versions import Key, Versions, scales_differ
from custfocus_cli.scoring.panel import Panel
from custfocus_cli.scoring.scorecard import Scorecard

Cause = Literal["answers", "questionnaire", "scoring"]
Explain = Callable[[Key, Verdict], Cause | None]


def explain_nothing(key: Key, verdict: Verdict) -> Cause | None:
    """No cause, where the questions of one side are not at hand."""
    return None


def explain_items(versions: Versions) -> Explain:
    """How to tell why an item moved: its question, its weight or scale, its answer."""
    before, after = versions.before, versions.after

    def explain(key: Key, verdict: Verdict) -> Cause:
        name = key[1]
        if name not in before or name not in after or name in versions.reworded:
            return "questionnaire"
        weighs = verdict in ("added", "removed")
        return "scoring" if weighs or scales_differ(before[name], after[name]) else "answers"

    return explain


def explain_measured(old: Scorecard, new: Scorecard, versions: Versions) -> Explain:
    """How to tell why organisation, area, characteristic or theme moved.

    Both sides' answers are measured by the newer questionnaire. What the answers to unchanged
    questions bring about there is their doing; what takes the changed questions as well is the
    questionnaire's; the rest comes from weights, gate and scale.
    """
    if not versions.differ:
        return _explain_alike
    definition = versions.narrow(new.definition)
    start = measure(((old.panel, definition), *old.joined[1:]))
    unchanged = _keep_answers(new.panel, old.panel, versions)
    by_answers = _judge_all(start, measure(((unchanged, definition), *new.joined[1:])))
    by_questions = _judge_all(start, measure(((new.panel, definition), *new.joined[1:])))
    moved = set(_find_moved(new, versions))
    rescaled = old.definition.model.scale.points != new.definition.model.scale.points

    def explain(key: Key, verdict: Verdict) -> Cause:
        if verdict in ("added", "removed"):
            return "questionnaire"
        if rescaled:
            return "scoring"
        if by_answers.get(key) == verdict:
            return "answers"
        asked = by_questions.get(key) == verdict or key in moved
        return "questionnaire" if asked else "scoring"

    return explain


def _explain_alike(key: Key, verdict: Verdict) -> Cause:
    """The cause where the questionnaires of both sides are one; others may stand beside it."""
    return "questionnaire" if verdict in ("added", "removed") else "answers"


def _keep_answers(new: Panel, old: Panel, versions: Versions) -> Panel:
    """The newer answers, but the older ones to every question that changed."""
    answers = {name: each for name, each in new.answers.items() if name not in versions.reworded}
    kept = {name: each for name, each in old.answers.items() if name in versions.reworded}
    return new._replace(answers={**answers, **kept})


def _judge_all(old: Readings, new: Readings) -> Mapping[Key, Verdict]:
    measured = {
        key: judge_readings(old.measured[key], reading).verdict
        for key, reading in new.measured.items()
    }
    flags = {
        key: judge_flags(old.flags[key], flag).verdict
        for key, flag in new.flags.items()
        if key in old.flags
    }
    return {**measured, **flags}


def _find_moved(new: Scorecard, versions: Versions) -> Iterator[Key]:
    """Everything measured from which an item moved away, or into which one moved."""
    yield from versions.moved
    for each in new.characteristics:
        if ("characteristic", each.id) in versions.moved:
            yield ORGANISATION
            yield "area", each.area
