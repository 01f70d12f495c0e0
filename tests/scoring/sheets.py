"""Small questionnaires with their answers, written as rows: `{"vision": "F L / L P / N ."}`.

A row holds one characteristic: its cells, lowest stage first, parted by `/`, with one answer per
item; `.` is an open item, `-` a cell without items. Items are called after their place: the second
item of stage 1 of `vision` is `vision-1b`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from custfocus_cli.documents.assessment import Assessment
from custfocus_cli.documents.checks import check_assessment, check_model, check_questionnaire
from custfocus_cli.documents.definition import Definition, resolve
from custfocus_cli.documents.model import Model
from custfocus_cli.documents.questionnaire import Questionnaire
from custfocus_cli.scoring.panel import panel
from custfocus_cli.scoring.scorecard import Scorecard, score

Data = Mapping[str, Any]

NPLF: Data = {"N": 0, "P": 1, "L": 2, "F": 3}
OPEN = "."
NO_ITEMS = "-"


def make_scale(points: Mapping[str, int]) -> dict[str, Any]:
    """A scale with these options, don't know and does not apply."""
    return {
        "question": "How far?",
        "options": [{"code": c, "points": p, "label": f"Label {c}"} for c, p in points.items()],
        "dont_know": {"code": "DK", "label": "Don't know"},
        "not_applicable": {"code": "NA", "label": "Does not apply"},
    }


@dataclass(frozen=True)
class Sheet:
    """A questionnaire and one set of answers to it; what is not said is as in the shipped model.

    `characteristics`, `items` and `answers` hold further keys by id, `model` and `questionnaire`
    keys that take the place of the usual ones.
    """

    rows: Mapping[str, str]
    points: Mapping[str, int] = field(default_factory=lambda: NPLF)
    scoring: Data = field(default_factory=lambda: {"gate": {"every": "L"}})
    model: Data = field(default_factory=dict)
    questionnaire: Data = field(default_factory=dict)
    characteristics: Mapping[str, Data] = field(default_factory=dict)
    items: Mapping[str, Data] = field(default_factory=dict)
    answers: Mapping[str, Data] = field(default_factory=dict)
    assessment: Data = field(default_factory=dict)

    @cached_property
    def cells(self) -> Mapping[str, list[list[str]]]:
        """The answers of each characteristic, by cell."""
        return {
            name: [cell.replace(NO_ITEMS, "").split() for cell in row.split("/")]
            for name, row in self.rows.items()
        }

    def walk(self) -> Iterator[tuple[str, int, str, str]]:
        """Characteristic, stage, item id and answer of every item."""
        for name, cells in self.cells.items():
            for stage, cell in enumerate(cells, start=1):
                for letter, code in zip("abcdefghijklmnopqrstuvwxyz", cell, strict=False):
                    yield name, stage, f"{name}-{stage}{letter}", code

    @cached_property
    def definition(self) -> Definition:
        """The questionnaire; that it fits together is checked."""
        made = Model.model_validate(self.model_data())
        asked = Questionnaire.model_validate(self.questionnaire_data())
        assert not [*check_model(made), *check_questionnaire(asked, made)]
        return resolve(asked, made)

    @cached_property
    def filled(self) -> Assessment:
        """The answers; that they fit the questionnaire is checked."""
        made = Assessment.model_validate(self.assessment_data())
        assert not list(check_assessment(made, self.definition))
        return made

    def score(self, target: str | None = None) -> Scorecard:
        """The scorecard of the answers."""
        return score(panel([self.filled], self.definition), self.definition, target=target)

    def model_data(self) -> dict[str, Any]:
        """The model as a file would hold it."""
        top = max(len(cells) for cells in self.cells.values())
        return {
            "id": "small",
            "version": "1",
            "title": "Small",
            "stage_zero": {"id": "s0", "name": "Stage 0"},
            "stages": [{"id": f"s{n}", "name": f"Stage {n}"} for n in range(1, top + 1)],
            "areas": [{"id": "all", "name": "All"}],
            "characteristics": [
                {"id": name, "name": name, "area": "all", **self.characteristics.get(name, {})}
                for name in self.rows
            ],
            "scales": {"scale": make_scale(self.points)},
            "stage_scale": "scale",
            "evidence_levels": [{"level": n, "label": f"Level {n}"} for n in range(4)],
            "scoring": self.scoring,
            **self.model,
        }

    def questionnaire_data(self) -> dict[str, Any]:
        """The questionnaire as a file would hold it."""
        blocks: dict[str, dict[str, Any]] = {name: {} for name in self.rows}
        for name, stage, item, _ in self.walk():
            blocks[name].setdefault(f"s{stage}", []).append(
                {"id": item, "statement": f"{item} is there.", **self.items.get(item, {})}
            )
        return {
            "id": "sheet",
            "version": "1",
            "title": "Sheet",
            "model": "small",
            "items": blocks,
            **self.questionnaire,
        }

    def assessment_data(self) -> dict[str, Any]:
        """The answers as a file would hold them."""
        given = {item: code for _, _, item, code in self.walk() if code != OPEN}
        answers = {
            name: {"answer": code, **({"reason": "It cannot."} if code == "NA" else {})}
            for name, code in given.items()
        }
        for name, keys in self.answers.items():
            answers[name] = {**answers.get(name, {}), **keys}
        return {
            "questionnaire": {"id": "sheet"},
            "organisation": "Somewhere",
            "date": datetime.date(2026, 1, 31),
            "answers": answers,
            **self.assessment,
        }
