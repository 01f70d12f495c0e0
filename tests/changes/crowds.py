"""Two years of a survey with two questions, in each of which many people answered.

There is one stage, with one item for each characteristic, so that a person's own index is 0 for N,
a third, two thirds or all of 100 for P, L and F; L is in place.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from fractions import Fraction

from scoring.sheets import Sheet

from custfocus_cli.changes.compare import Comparison, add_sampling, compare
from custfocus_cli.changes.gate import Demand, Ruling, judge_comparison, make_policy
from custfocus_cli.documents.assessment import Assessment
from custfocus_cli.documents.definition import Definition
from custfocus_cli.documents.fields import Mode
from custfocus_cli.documents.tally import By
from custfocus_cli.scoring.panel import panel
from custfocus_cli.scoring.scorecard import Scorecard, score

ASKED = Sheet({"vision": "N", "voice": "N"}).definition
THEN, NOW = datetime.date(2025, 5, 1), datetime.date(2026, 5, 1)

Crowd = Mapping[str, str]
"""By group: what its people answer about `vision`, a letter each, a dot for none."""


def score_crowd(
    crowd: Crowd,
    date: datetime.date,
    *,
    voices: Sequence[str] = (),
    mode: Mode = "survey",
    definition: Definition = ASKED,
) -> Scorecard:
    """The scorecard of a crowd; what it answers about `voice` is L where nothing is said."""
    people = [(group, code) for group, codes in crowd.items() for code in codes]
    files = [
        Assessment.model_validate(
            {
                "questionnaire": {"id": "sheet"},
                "organisation": "Somewhere",
                "date": date,
                "mode": mode,
                "respondent": {"id": f"r{number}", "group": group},
                "answers": {
                    **({} if code == "." else {"vision-1a": {"answer": code}}),
                    "voice-1a": {"answer": voices[number] if voices else "L"},
                },
            }
        )
        for number, (group, code) in enumerate(people)
    ]
    return score(panel(files, definition), definition)


def compare_crowds(
    old: Crowd, new: Crowd, *, by: By | None = None, mode: Mode = "survey"
) -> Comparison:
    """What moved from one year's crowd to the next."""
    cards = score_crowd(old, THEN, mode=mode), score_crowd(new, NOW, mode=mode)
    return add_sampling(compare(*cards), by)


def judge(comparison: Comparison, *, allow_noise: bool) -> Ruling:
    """The gate on it, which lets nothing fall."""
    policy = make_policy("regression", Fraction(0))
    return judge_comparison(comparison, Demand(policy, NOW, "regression", allow_noise=allow_noise))
