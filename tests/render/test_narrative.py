"""The verdict in words, sentence by sentence."""

from __future__ import annotations

import pytest
from render.cards import score_sample, score_sheet
from scoring.sheets import Sheet

from custfocus_cli.render.narrative import draw_rungs, write_figures, write_verdict
from custfocus_cli.render.record import write_record
from custfocus_cli.scoring.scorecard import Scorecard


def say(card: Scorecard) -> list[str]:
    verdict = write_verdict(card, write_record(card))
    return [verdict.stage, *verdict.rest]


UNBACKED = "No answer records what backs it, so the result rests on what people said."


def test_a_stage_that_is_certain() -> None:
    # domain.md 6.1: three characteristics hold the firm at stage 0, the other nine are at 1.
    assert say(score_sample("quillmarsh-2025")) == [
        "Quillmarsh Parcels stands at stage 0 of 3: Not yet in place.",
        "Its target is Professional service: stage 2 everywhere.",
        "Three of the twelve characteristics hold it there: Whole-organisation impact, Service"
        " training, Recognition and reward.",
        "By characteristic: three at stage 0, nine at stage 1.",
        "The smallest step to stage 1 changes three answers: wo-1a, st-1b, re-1b.",
        "Counting answers only as far as their evidence carries them changes no stage.",
    ]


def test_what_evidence_lowers_is_named() -> None:
    # domain.md 6.1: six characteristics reach 2; as evidenced, service recovery stays at 1.
    said = say(score_sample("quillmarsh-2026"))
    assert said[0] == "Quillmarsh Parcels stands at stage 1 of 3: Quality service."
    assert said[3] == "By characteristic: six at stage 1, six at stage 2."
    assert said[-1] == (
        "Counting answers only as far as their evidence carries them, its stage is the same, and"
        " one characteristic is lower: Proactive service recovery (stage 1 instead of 2)."
    )


def test_a_stage_that_hangs_on_one_answer() -> None:
    # domain.md 6.2: 0 to 1, provisional; one answer decides, and it is st-1b.
    assert say(score_sample("varrowby-2026"))[:5] == [
        "Varrowby Municipal Water stands at stage 0 to 1 of 3: one answer decides, st-1b; until it"
        " is known, stage 0 counts (Not yet in place).",
        "Its target is Professional service: stage 2 everywhere.",
        "One of the twelve characteristics holds it there: Service training.",
        # By the low reading: Service training at 0, eight at 1 and three at 2.
        "By characteristic: one at stage 0, eight at stage 1, three at stage 2.",
        "One unknown answer decides whether it reaches stage 1: st-1b (Supervisors complete"
        " training in coaching service behaviour).",
    ]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "nothing answered",
            [
                "Too little is known to place Somewhere: it stands somewhere between stage 0"
                " (Stage 0) and stage 3 (Stage 3), and until more is known it counts as stage 0.",
                "Its target is Stage 3: stage 3 everywhere.",
                "Every characteristic still has to reach stage 1.",
                "By characteristic: two at stage 0.",
                "Three unknown answers decide whether it reaches stage 1: vision-1a, vision-1b,"
                " voice-1a.",
                UNBACKED,
            ],
        ),
        (
            "nothing applies",
            ["Nothing of this questionnaire applies to Somewhere, so there is no result."],
        ),
        (
            "no gate",
            [
                "The index of Somewhere is not known yet; this questionnaire has an index and no"
                " stages."
            ],
        ),
        (
            "everything in place",
            [
                "Somewhere stands at stage 3 of 3: Stage 3.",
                "Its target is Stage 3: stage 3 everywhere. The target is reached.",
                "By characteristic: two at stage 3.",
                UNBACKED,
            ],
        ),
        (
            "stage 1 does not apply",
            [
                "Somewhere stands at stage 0 of 3: Stage 0.",
                "Its target is Stage 3: stage 3 everywhere.",
                "No item of stage 1 applies, so that stage cannot be reached.",
                "By characteristic: one at stage 2.",
                UNBACKED,
            ],
        ),
        (
            "a target of its own",
            [
                "Somewhere stands at stage 1 of 3: Stage 1.",
                "Its target is its own: stage 2, but stage 3 in one characteristic.",
                "One of the two characteristics holds it there: vision.",
                "By characteristic: one at stage 1, one at stage 2.",
                "The smallest step to stage 2 changes one answer: vision-2a.",
                UNBACKED,
            ],
        ),
        (
            "lower as evidenced",
            [
                "Somewhere stands at stage 2 of 3: Stage 2.",
                "Its target is Stage 3: stage 3 everywhere.",
                "Every characteristic still has to reach stage 3.",
                "By characteristic: one at stage 2.",
                "The smallest step to stage 3 changes one answer: vision-3a.",
                "Counting answers only as far as their evidence carries them, it stands at stage 0,"
                " and one characteristic is lower: vision (stage 0 instead of 2).",
            ],
        ),
    ],
)
def test_other_results(name: str, said: list[str]) -> None:
    assert say(score_sheet(name)) == said


@pytest.mark.parametrize(
    ("row", "said"),
    [
        # Coverage 5 of 6, so provisional: the range is small enough to name what decides.
        ("L DK / P N / N N", "0 to 1 of 3: one answer decides, vision-1b; until it is"),
        ("F L / F L / L DK", "2 to 3 of 3: one answer decides, vision-3b; until it is"),
        (
            "F DK DK / N L / N N N N",
            "0 to 1 of 3: two answers decide, vision-1b, vision-1c; until they are",
        ),
        ("F DK DK DK DK / N L L L / N N N N", "0 to 1 of 3: four answers decide; until they are"),
        # The same two answers decide about stage 1, and then stage 2 counts as well.
        ("F DK DK / L L / N N N N", "0 to 2 of 3: unknown answers decide; until they are"),
    ],
)
def test_what_decides_between_two_stages(row: str, said: str) -> None:
    card = Sheet({"vision": row}).score()
    low = card.result.stage_low
    assert say(card)[0] == (
        f"Somewhere stands at stage {said} known, stage {low} counts (Stage {low})."
    )


def test_figures_with_their_ranges() -> None:
    card = score_sample("quillmarsh-2025")
    figures = write_figures(card, write_record(card))
    shown = [(each.name, each.value) for each in figures]
    assert shown == [  # formats.md 3.1
        ("Stage", "0 of 3"),
        ("Way to the target", "37.5 %"),
        ("Index", "42.1"),
        ("Answered", "98.6 %"),
        ("Evidenced", "100.0 %"),
    ]
    index = figures[2]
    assert index.meaning.startswith("41.7 to 43.1 by unknown answers;")


def test_figures_where_there_are_none() -> None:
    card = score_sheet("nothing applies")
    shown = [(each.name, each.value) for each in write_figures(card, write_record(card))]
    assert shown == [("Index", "none"), ("Answered", "none")]


def test_the_ladder_marks_where_it_stands_and_may_stand() -> None:
    rungs = draw_rungs(score_sample("varrowby-2026"))
    assert [(r.number, r.here, r.maybe, r.target) for r in rungs] == [
        (3, False, False, False),
        (2, False, False, True),
        (1, False, True, False),
        (0, True, False, False),
    ]
    assert [r.standing for r in rungs] == [
        "no characteristics",
        "three characteristics",
        "eight characteristics",
        "one characteristic",
    ]
    assert draw_rungs(score_sheet("no gate")) == ()
