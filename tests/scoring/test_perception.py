"""What people perceive: the mean of all their answers, and what a survey keeps back."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scoring.sheets import Sheet, make_scale

from custfocus_cli.documents.assessment import Answer, Assessment
from custfocus_cli.documents.definition import Definition
from custfocus_cli.documents.tally import LEAST
from custfocus_cli.scoring.panel import Voices, panel
from custfocus_cli.scoring.scorecard import Scorecard, score

SHEET = Sheet(
    {"c": "- / -", "d": "- / -"},
    model={
        "scales": {
            "scale": make_scale({"N": 0, "P": 1, "L": 2, "F": 3}),
            "often": make_scale({"never": 0, "sometimes": 1, "often": 2, "always": 3}),
        }
    },
    questionnaire={
        "items": {
            name: {
                "perception": [
                    {"id": f"{name}1", "scale": "often", "statement": "s"},
                    {"id": f"{name}2", "scale": "often", "statement": "s"},
                ]
            }
            for name in "cd"
        }
    },
)


def hear(
    *people: dict[str, Any], audience: str | None = "survey", mode: str = "survey"
) -> Scorecard:
    """The scorecard of people who answered, item by item."""
    asked = SHEET.definition
    definition = Definition(
        asked.questionnaire.model_copy(update={"audience": audience}), asked.model
    )
    sources = [
        Assessment.model_validate(
            {
                **{"format": "custfocus/assessment/1", "questionnaire": {"id": "q"}},
                **{"organisation": "O", "date": "2026-01-02", "mode": mode},
                "answers": {
                    name: code if isinstance(code, dict) else {"answer": code}
                    for name, code in answers.items()
                },
            }
        )
        for answers in people
    ]
    return score(panel(sources, definition), definition)


def test_the_index_is_the_mean_of_all_answers_and_no_median() -> None:
    # c1: 0 0 0 3 3, c2: 1 and four that do not know: (0 + 0 + 0 + 3 + 3 + 1) / (6 x 3) = 7/18
    first = [{"c1": code} for code in ("never", "never", "never", "always", "always")]
    second = [{"c2": "sometimes"}, *[{"c2": "DK"}] * 4]
    card = hear(*({**one, **other} for one, other in zip(first, second, strict=True)))
    assert card.characteristic("c").perception_index == Fraction(700, 18)


def test_a_characteristic_is_shown_from_five_people_up() -> None:
    people = [{"c1": "often", "d1": "often"}] * 4 + [{"d1": "often"}, {"c1": "DK", "d1": "often"}]
    card = hear(*people)
    assert card.characteristic("c").perception_index is None
    assert card.characteristic("d").perception_index == Fraction(200, 3)
    assert [(each.id, each.about) for each in card.notices] == [("few-answers", ("c",))]
    assert "c1" not in card.panel.answers
    assert card.panel.answers["d1"] == Answer(answer="often")


def test_four_people_with_two_answers_each_are_four() -> None:
    card = hear(*[{"c1": "often", "c2": "always"}] * 4)
    assert card.characteristic("c").perception_index is None


def test_five_people_may_have_rated_one_item_each() -> None:
    card = hear(*[{"c1": "often"}] * 2, *[{"c2": "always"}] * 3)
    # (2 + 2 + 3 + 3 + 3) / (5 x 3) = 13/15
    assert card.characteristic("c").perception_index == Fraction(1300, 15)
    assert dict(card.panel.answers) == {}  # of each item fewer than five


def test_how_many_chose_what_is_shown_from_ten_up() -> None:
    nine, ten = (hear(*[{"c1": "often"}] * (n - 1), {"c1": "never"}) for n in (9, 10))
    assert nine.panel.voices["c1"] == Voices({})
    assert ten.panel.voices["c1"] == Voices({"never": 1, "often": 9}, disagreement=True)


def test_what_somebody_wrote_stays_with_them() -> None:
    written = {"answer": "often", "note": "N.", "reason": "R.", "by": "r1", "on": "2026-01-01"}
    card = hear(*[{"c1": written}] * 5)
    assert card.panel.answers["c1"] == Answer(answer="often")


@pytest.mark.parametrize(
    ("audience", "mode", "shown"),
    [
        ("survey", "survey", False),
        ("survey", "self", False),
        (None, "survey", False),
        (None, "self", True),
        ("interview", "interview", True),
    ],
)
def test_only_a_survey_keeps_something_back(audience: str | None, mode: str, shown: bool) -> None:
    card = hear({"c1": "always"}, audience=audience, mode=mode)
    assert (card.characteristic("c").perception_index is not None) == shown
    assert ("c1" in card.panel.answers) == shown


CODES = st.sampled_from(["never", "sometimes", "often", "always", "DK"])


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.fixed_dictionaries({}, optional={"c1": CODES, "c2": CODES}), min_size=1, max_size=12
    )
)
def test_a_survey_shows_nothing_that_fewer_than_five_said(people: list[dict[str, str]]) -> None:
    card = hear(*people)
    rated = [{n for n, code in each.items() if code != "DK"} for each in people]
    for name in ("c1", "c2"):
        raters = sum(name in each for each in rated)
        assert (name in card.panel.answers) == (raters >= LEAST)
        counts = card.panel.voices[name].counts if name in card.panel.voices else {}
        assert not counts or raters >= 10
    index = card.characteristic("c").perception_index
    points = {"never": 0, "sometimes": 1, "often": 2, "always": 3}
    given_points = [points[code] for each in people for code in each.values() if code != "DK"]
    expected = None
    if sum(bool(each) for each in rated) >= LEAST:
        expected = Fraction(100 * sum(given_points), 3 * len(given_points))
    assert index == expected
