"""The shipped model, questionnaires and samples, read without the product's own reader.

The tests of the content then fail for the content alone. Every scalar is text, as the format says.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml
from tree import ROOT

from custfocus_cli.documents.assessment import Assessment
from custfocus_cli.documents.definition import Definition, resolve, stand_on
from custfocus_cli.documents.model import Model
from custfocus_cli.documents.questionnaire import Item, Questionnaire

FOLDER = ROOT / "questionnaires"
SAMPLES = ("quillmarsh-2025", "quillmarsh-2026", "varrowby-2025", "varrowby-2026")


def read_tree(path: Path) -> object:
    """The mapping a file holds, every scalar as text."""
    return yaml.load(path.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 - makes text only


@cache
def read_model(name: str = "customer-focus") -> Model:
    return Model.model_validate(read_tree(FOLDER / f"{name}.yaml"))


@cache
def read_questionnaire(name: str) -> Questionnaire:
    """A shipped questionnaire as it is written."""
    return Questionnaire.model_validate(read_tree(FOLDER / f"{name}.yaml"))


@cache
def read_definition(name: str) -> Definition:
    """A shipped questionnaire made whole and joined with its model."""
    written = read_questionnaire(name)
    if written.based_on is not None:
        written = stand_on(written, read_questionnaire(written.based_on))
    assert isinstance(written.model, str)
    return resolve(written, read_model(written.model))


@cache
def read_sample(name: str) -> Assessment:
    return Assessment.model_validate(read_tree(FOLDER / "samples" / f"{name}.yaml"))


def list_items(definition: Definition) -> tuple[Item, ...]:
    """The items of all stages, in questionnaire order."""
    sources = (entry.source for entry in definition.entries.values())
    return tuple(source for source in sources if isinstance(source, Item))
