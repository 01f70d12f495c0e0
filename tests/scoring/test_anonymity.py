"""A result without the people behind it, and with every number it had."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from render.cards import score_panel, score_sample
from scoring.sheets import Sheet
from shipped import SAMPLES

from custfocus_cli.documents.assessment import Answer, Assessment, Figures
from custfocus_cli.scoring.anonymity import COUNTED, anonymise
from custfocus_cli.scoring.panel import Voices, panel
from custfocus_cli.scoring.scorecard import Scorecard, score

CARDS = {
    **{name: score_sample(name) for name in SAMPLES},
    **{f"panel, {mode}": score_panel(mode) for mode in ("interview", "self", "survey")},
}


@pytest.mark.parametrize("name", CARDS)
def test_every_number_stays(name: str) -> None:
    card = CARDS[name]
    bare = anonymise(card)
    assert replace(bare, panel=card.panel) == card
    for what in ("organisation", "scope", "date", "target", "respondents"):
        assert getattr(bare.panel, what) == getattr(card.panel, what)
    assert list_scored(bare) == list_scored(card)


def list_scored(card: Scorecard) -> dict[str, tuple[object, ...]]:
    """What of each answer is scored."""
    answers = card.panel.answers
    return {name: (each.answer, each.evidence, each.agreed) for name, each in answers.items()}


@pytest.mark.parametrize("name", CARDS)
def test_scoring_what_is_left_gives_the_same_numbers(name: str) -> None:
    card = anonymise(CARDS[name])
    again = score(panel(card.panel.sources, card.definition), card.definition)
    numbers = [f.name for f in fields(Scorecard) if f.name not in ("panel", "notices")]
    assert [getattr(again, each) for each in numbers] == [getattr(card, each) for each in numbers]


def test_what_is_left_of_a_file_of_answers() -> None:
    """Field by field, so that a new one is not forgotten."""
    (left,) = anonymise(CARDS["quillmarsh-2025"]).panel.sources
    written = set(left.model_fields_set)
    assert written == {
        *("questionnaire", "organisation", "scope", "date", "mode", "adaptive", "target"),
        *("answers", "figures"),
    }
    assert set(Assessment.model_fields) - written == {"format", "about", "respondent", "context"}
    answer = left.answers["sv-1a"]
    assert answer.model_fields_set == {"answer", "evidence", "agreed"}
    assert set(Answer.model_fields) - answer.model_fields_set == {"note", "reason", "by", "on"}
    assert left.figures == Figures(
        programme_cost=CARDS["quillmarsh-2025"].economic_test.cost,
        programme_benefit=CARDS["quillmarsh-2025"].economic_test.benefit,
        currency="EUR",
    )


@pytest.mark.parametrize("many", [COUNTED - 1, COUNTED])
def test_how_many_chose_what_is_told_from_ten_people_on(many: int) -> None:
    sheets = [Sheet({"vision": "N" if n == 0 else "F"}) for n in range(many)]
    definition = sheets[0].definition
    card = score(panel([sheet.filled for sheet in sheets], definition), definition)
    told = {"N": 1, "F": many - 1} if many >= COUNTED else {}
    assert anonymise(card).panel.voices["vision-1a"] == Voices(told, disagreement=True)
