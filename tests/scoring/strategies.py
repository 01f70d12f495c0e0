"""Generated models, questionnaires and answers: any ladder a user may write, for property tests.

One to seven stages, one to four characteristics in one or two areas, scales of two to six options,
the three gates, cells without items, weights of 0, and every kind of answer.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from hypothesis import strategies as st

from custfocus_cli.documents.assessment import Answer, Assessment, QuestionnaireReference
from custfocus_cli.documents.checks import check_model, check_questionnaire
from custfocus_cli.documents.definition import Definition, resolve
from custfocus_cli.documents.model import (
    Area,
    Characteristic,
    EvidenceLevel,
    Gate,
    Model,
    Option,
    Scale,
    Scoring,
    Special,
    Stage,
    StageZero,
    Target,
)
from custfocus_cli.documents.questionnaire import Block, Item, Questionnaire
from custfocus_cli.scoring.panel import panel
from custfocus_cli.scoring.scorecard import Scorecard, score

GateKind = Literal["every", "percent", "none"]

UNKNOWN = "DK"
NOT_APPLICABLE = "NA"
WEIGHTS = tuple(map(Fraction, ("1", "1", "1", "2", "0.5", "3.25", "0")))
POSITIVE = tuple(weight for weight in WEIGHTS if weight)


@dataclass(frozen=True)
class Case:
    """A questionnaire with answers: the code of each item that has one, and its evidence."""

    definition: Definition
    answers: Mapping[str, Answer]

    @property
    def model(self) -> Model:
        """The model of the questionnaire."""
        return self.definition.model

    def score(self) -> Scorecard:
        """The scorecard of the answers."""
        return score(panel([fill(self.definition, self.answers)], self.definition), self.definition)

    def answer(self, item: str, code: str) -> Case:
        """The same with another answer to one item, its evidence kept."""
        old = self.answers.get(item)
        new = Answer(answer=code, evidence=old.evidence if old else None, reason="r")
        return replace(self, answers={**self.answers, item: new})


def fill(definition: Definition, answers: Mapping[str, Answer]) -> Assessment:
    """An assessment with these answers."""
    return Assessment(
        questionnaire=QuestionnaireReference(id=definition.id),
        organisation="Somewhere",
        date=datetime.date(2026, 1, 31),
        answers=answers,
    )


@st.composite
def scales(draw: st.DrawFn) -> Scale:
    """A scale of two to six options with points that rise from 0."""
    steps = draw(st.lists(st.sampled_from([1, 1, 1, 2, 25]), min_size=1, max_size=5))
    points = [sum(steps[:n]) for n in range(len(steps) + 1)]
    return Scale(
        question="How far?",
        options=tuple(Option(code=f"o{n}", points=p, label=f"{n}") for n, p in enumerate(points)),
        dont_know=Special(code=UNKNOWN, label="Don't know"),
        not_applicable=Special(code=NOT_APPLICABLE, label="Does not apply"),
    )


def _gates(kind: GateKind, scale: Scale, top: int) -> st.SearchStrategy[Gate]:
    if kind == "none":
        return st.just(Gate.model_validate("none"))
    if kind == "every":
        codes = [option.code for option in scale.options[1:]]
        return st.sampled_from(codes).map(lambda code: Gate(every=code))
    minimum = st.integers(0, 20).map(lambda n: Fraction(5 * n))
    return st.fixed_dictionaries(
        {
            f"s{stage}": st.fixed_dictionaries(
                {f"s{stage}": minimum},
                optional={f"s{below}": minimum for below in range(1, stage)},
            )
            for stage in range(1, top + 1)
        }
    ).map(lambda percent: Gate(percent=percent))


def _scorings(kind: GateKind, scale: Scale, top: int) -> st.SearchStrategy[Scoring]:
    caps = {option.code: st.integers(0, 2) for option in scale.options}
    return st.builds(
        Scoring,
        gate=_gates(kind, scale, top),
        min_coverage=st.sampled_from([Fraction(0), Fraction(66, 100), Fraction(1)]),
        max_lead=st.integers(0, 2),
        evidence_cap=st.fixed_dictionaries({}, optional=caps),
    )


@st.composite
def models(draw: st.DrawFn, kinds: tuple[GateKind, ...] = ("every", "percent", "none")) -> Model:
    """A model that fits together."""
    top = draw(st.integers(1, 7))
    scale = draw(scales())
    areas = draw(st.integers(1, 2))
    weights = draw(st.lists(st.sampled_from(WEIGHTS), min_size=1, max_size=4).filter(any))
    goals = st.dictionaries(
        st.sampled_from([f"c{n}" for n in range(len(weights))]), st.integers(0, top)
    )
    model = Model(
        id="generated",
        version="1",
        title="Generated",
        stage_zero=StageZero(id="s0", name="Stage 0"),
        stages=tuple(Stage(id=f"s{n}", name=f"Stage {n}") for n in range(1, top + 1)),
        areas=tuple(Area(id=f"a{n}", name=f"Area {n}") for n in range(areas)),
        characteristics=tuple(
            Characteristic(
                id=f"c{n}",
                name=f"Characteristic {n}",
                area=f"a{draw(st.integers(0, areas - 1))}",
                weight=weight,
            )
            for n, weight in enumerate(weights)
        ),
        scales={"scale": scale},
        stage_scale="scale",
        evidence_levels=tuple(EvidenceLevel(level=n, label=f"Level {n}") for n in range(3)),
        scoring=draw(_scorings(draw(st.sampled_from(kinds)), scale, top)),
        targets=(
            Target(
                id="goal",
                name="Goal",
                default=draw(st.integers(0, top)),
                characteristics=draw(goals),
            ),
        ),
    )
    assert not list(check_model(model))
    return model


@st.composite
def definitions(draw: st.DrawFn, model: Model, weights: tuple[Fraction, ...]) -> Definition:
    """A questionnaire on the model, of none to three items a cell."""
    blocks: dict[str, Block] = {}
    for each in model.characteristics:
        cells: dict[str, list[Item]] = {}
        for number, stage in enumerate(model.stages, start=1):
            for letter in "abc"[: draw(st.sampled_from([1, 2, 2, 3, 0]))]:
                item = Item(
                    id=f"{each.id}-{number}{letter}",
                    statement="It is there.",
                    weight=draw(st.sampled_from(weights)),
                    effort=draw(st.integers(1, 3)),
                )
                cells.setdefault(stage.id, []).append(item)
        blocks[each.id] = Block.model_validate(cells)
    asked = Questionnaire(id="asked", version="1", title="Asked", model="generated", items=blocks)
    assert not list(check_questionnaire(asked, model))
    return resolve(asked, model)


@st.composite
def answers_to(draw: st.DrawFn, definition: Definition) -> Mapping[str, Answer]:
    """Answers to some items; in some files nearly all are the best, or high ladders stay unseen."""
    options = [option.code for option in definition.model.scale.options]
    mixed = [*options, *options[1:], UNKNOWN, NOT_APPLICABLE, None]
    high = [*options, *[options[-1]] * 5 * len(options), UNKNOWN, NOT_APPLICABLE, None]
    codes = st.sampled_from(draw(st.sampled_from([mixed, high])))
    levels = st.sampled_from([None, 0, 1, 2] if draw(st.booleans()) else [None])
    answers: dict[str, Answer] = {}
    for name in definition.entries:
        code = draw(codes)
        if code is not None:
            reason = "It cannot." if code == NOT_APPLICABLE else None
            answers[name] = Answer(answer=code, evidence=draw(levels), reason=reason)
    return answers


@st.composite
def cases(
    draw: st.DrawFn,
    kinds: tuple[GateKind, ...] = ("every", "percent", "none"),
    weights: tuple[Fraction, ...] = WEIGHTS,
) -> Case:
    """A questionnaire on a model of its own, with answers."""
    definition = draw(definitions(draw(models(kinds)), weights))
    return Case(definition, draw(answers_to(definition)))
