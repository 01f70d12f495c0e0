"""What people say about their own organisation, in words."""

from __future__ import annotations

from typing import Any

import pytest
from scoring.sheets import Sheet, make_scale

from custfocus_cli.render.narrative import write_verdict
from custfocus_cli.render.picture import draw_rows, rank_gaps
from custfocus_cli.render.record import write_record
from custfocus_cli.render.tables import tabulate_gaps
from custfocus_cli.render.views import write_headline, write_talk
from custfocus_cli.scoring.panel import panel
from custfocus_cli.scoring.scorecard import Scorecard, score

SCALES = {
    "scale": make_scale({"N": 0, "P": 1, "L": 2, "F": 3}),
    "often": make_scale({"never": 0, "always": 10}),
}
NAMES = ("a", "b", "c")


def ask(**answers: str) -> Sheet:
    """A sheet with a placement and ten perception items for each of three characteristics."""
    items: dict[str, Any] = {
        name: {
            "placement": {"id": f"{name}-p", "question": "Where?", "options": [*"xyz"]},
            "perception": [
                {"id": f"{name}-{n}", "scale": "often", "statement": "s"} for n in range(10)
            ],
        }
        for name in NAMES
    }
    return Sheet(
        dict.fromkeys(NAMES, "- / -"),
        model={"scales": SCALES},
        questionnaire={"id": "views", "items": items},
        answers={name: {"answer": code} for name, code in answers.items()},
    )


def see(name: str, tenths: int) -> dict[str, str]:
    """The answers by which a characteristic is seen at that many tenths."""
    return {f"{name}-{n}": "always" if n < tenths else "never" for n in range(10)}


@pytest.mark.parametrize(
    ("placed", "said"),
    [
        ({}, ["Nobody has placed Somewhere at a stage yet."]),
        (
            {"a-p": "1", "b-p": "1", "c-p": "1"},
            [
                "By their own judgement, people place Somewhere at stage 1 of 2, whatever the"
                " characteristic.",
                "At stage 1, Stage 1: a, b, c.",
            ],
        ),
        (
            {"a-p": "2", "b-p": "0", "c-p": "DK"},
            [
                "By their own judgement, people place Somewhere between stage 0 and stage 2 of 2.",
                "At stage 0, Stage 0: b.",
                "At stage 2, Stage 2: a.",
                "Not placed: c.",
            ],
        ),
    ],
)
def test_where_people_place_it(placed: dict[str, str], said: list[str]) -> None:
    assert list(write_headline(ask(**placed).score()))[: len(said)] == said


@pytest.mark.parametrize(
    ("seen", "said"),
    [
        ({}, "Too little was answered to show how people see Somewhere."),
        (see("a", 4), "People see Somewhere at 40.0 % in everything that was asked."),
        (
            see("a", 4) | see("b", 9) | see("c", 4),
            "People see Somewhere at its best in b (90.0 %) and at its weakest in a, c (40.0 %).",
        ),
    ],
)
def test_how_people_see_it(seen: dict[str, str], said: str) -> None:
    assert write_headline(ask(**seen).score())[-1] == said


def join(rows: dict[str, str], **answers: str) -> Scorecard:
    """A measured result with what people say beside it."""
    measured, views = Sheet(rows, model={"scales": SCALES}), ask(**answers)
    beside = (panel([views.filled], views.definition), views.definition)
    return score(
        panel([measured.filled], measured.definition), measured.definition, beside=[beside]
    )


ROWS = {"a": "F / F", "b": "F / P", "c": "N / N"}  # indexes 100, 66.7 and 0; stages 2, 1 and 0


@pytest.mark.parametrize(
    ("tenths", "topics"),
    [
        # 100 - 80 = 20 points: a topic; 66.7 - 50 = 16.7: none; 20 - 0 = 20: a topic
        ((8, 5, 2), "a (80.0 seen, 100.0 measured), c (20.0 seen, 0.0 measured)"),
        ((9, 5, 1), ""),
        ((9, 4, 1), "b (40.0 seen, 66.7 measured)"),
    ],
)
def test_twenty_points_apart_are_a_topic_for_talk(tenths: tuple[int, ...], topics: str) -> None:
    seen = [see(name, n) for name, n in zip(NAMES, tenths, strict=True)]
    talk = write_talk(join(ROWS, **seen[0], **seen[1], **seen[2]))
    said = "A topic for talk, 20 points or more between how people see it and the index:"
    assert talk == (f"{said} {topics}." if topics else "")


def test_self_placed_minus_measured() -> None:
    card = join(ROWS, **{"a-p": "0", "b-p": "2", "c-p": "0"})
    assert write_talk(card) == (
        "People place one characteristic above the measured stage: b (+1)."
        " People place one characteristic below the measured stage: a (-2)."
    )
    assert write_verdict(card, write_record(card)).talk == write_talk(card)
    table = tabulate_gaps(rank_gaps(draw_rows(card)), evidenced=False)
    assert [each.title for each in table.columns][-2:] == [
        "Self-placed",
        "Self-placed minus measured",
    ]
    shown = {row[0]: tuple(row[-2:]) for row in table.rows}
    assert shown == {"a": ("0", "-2"), "b": ("2", "+1"), "c": ("0", "0")}


def test_what_nobody_placed_is_not_compared() -> None:
    card = join(ROWS, **{"a-p": "2", "b-p": "DK"})
    assert write_talk(card) == ""
    table = tabulate_gaps(rank_gaps(draw_rows(card)), evidenced=False)
    shown = {row[0]: tuple(row[-2:]) for row in table.rows}
    assert shown == {"a": ("2", "0"), "b": ("not known", ""), "c": ("not known", "")}


def test_without_anybody_beside_it_nothing_is_said() -> None:
    card = Sheet(ROWS, model={"scales": SCALES}).score()
    assert write_talk(card) == ""
    titles = [c.title for c in tabulate_gaps(rank_gaps(draw_rows(card)), evidenced=False).columns]
    assert "Self-placed" not in titles
