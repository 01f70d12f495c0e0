"""Ids as the words that people read."""

from __future__ import annotations

from collections.abc import Iterable

from custfocus_cli.documents.definition import Definition
from custfocus_cli.documents.model import Model, References


def name_stage(model: Model, number: int) -> str:
    """A stage by number and name: `stage 1, Quality service`."""
    return f"stage {number}, {model.stage(number).name}"


def name_clauses(model: Model, references: References) -> tuple[str, ...]:
    """The clauses that references point to, by standard: `ISO 9001:2015, 5.1.2 Customer focus`."""
    named: dict[str, list[str]] = {}
    for standard, number, title in model.clauses(references):
        clauses = named.setdefault(f"{standard.title}:{standard.edition}", [])
        clauses.append(f"{number} {title}".rstrip())
    return tuple(f"{standard}, {'; '.join(clauses)}" for standard, clauses in named.items())


def name_about(definition: Definition, ids: Iterable[str]) -> list[str]:
    """What a notice is about, as names: characteristics and stages by name, items by id."""
    model = definition.model
    characteristics = {each.id: each.name for each in model.characteristics}
    stages = {each.id: name_stage(model, n) for n, each in enumerate(model.stages, start=1)}
    return [characteristics.get(each) or stages.get(each) or each for each in ids]
