"""A result without the people behind it, and with every number it had."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace

import pytest
from pydantic import BaseModel
from render.cards import score_panel, score_sample
from scoring.sheets import Sheet
from shipped import SAMPLES

from custfocus_cli.documents.assessment import Answer, Assessment, Figures
from custfocus_cli.documents.tally import COUNTED
from custfocus_cli.scoring.anonymity import anonymise
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
    assert replace(bare, panel=card.panel, joined=card.joined) == card
    assert bare.joined[0] == (bare.panel, bare.definition)
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
    numbers = [f.name for f in fields(Scorecard) if f.name not in ("panel", "joined", "notices")]
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


def find_answers(value: object) -> Iterator[Answer | Assessment]:
    """Every answer and every file of answers in a value, wherever it stands."""
    if isinstance(value, Answer | Assessment):
        yield value
    if isinstance(value, Mapping):
        parts: Iterable[object] = value.values()
    elif isinstance(value, tuple):
        parts = value
    elif isinstance(value, BaseModel):
        parts = (getattr(value, name) for name in type(value).model_fields)
    elif is_dataclass(value):
        parts = (getattr(value, each.name) for each in fields(value))
    else:
        return
    for part in parts:
        yield from find_answers(part)


def find_people(card: Scorecard) -> set[str]:
    """The fields that tell of people and are filled, anywhere in a result."""
    told = ("note", "reason", "by", "on", "respondent", "about", "context")
    return {name for each in find_answers(card) for name in told if getattr(each, name, None)}


@pytest.mark.parametrize("name", [*SAMPLES, "panel, interview"])
def test_nothing_of_the_people_is_left_anywhere_in_the_result(name: str) -> None:
    assert find_people(CARDS[name]) >= {"note"}
    assert find_people(anonymise(CARDS[name])) == set()


@pytest.mark.parametrize("many", [COUNTED - 1, COUNTED])
def test_how_many_chose_what_is_told_from_ten_people_on(many: int) -> None:
    sheets = [Sheet({"vision": "N" if n == 0 else "F"}) for n in range(many)]
    definition = sheets[0].definition
    card = score(panel([sheet.filled for sheet in sheets], definition), definition)
    told = {"N": 1, "F": many - 1} if many >= COUNTED else {}
    assert anonymise(card).panel.voices["vision-1a"] == Voices(told, disagreement=bool(told))
