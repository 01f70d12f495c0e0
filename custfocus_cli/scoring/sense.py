"""What is allowed in a questionnaire and yet makes little sense: warnings, never errors.

What another file brings (a shared model, a questionnaire stood on) is not judged here again: a
warning is about words that stand in the file at hand, or about what they leave out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from custfocus_cli.documents.definition import Definition
from custfocus_cli.documents.fields import Finding, Loc
from custfocus_cli.documents.model import Model
from custfocus_cli.documents.questionnaire import Questionnaire

SENSE_RULES: Final[Mapping[str, str]] = {
    "empty-stage": "A characteristic has items, but none at one of the stages.",
    "unasked-characteristic": "A characteristic of the model has no item at any stage.",
    "unread-item": "The items of a characteristic of weight 0 count in no area and no total.",
    "weight-zero": "A weight of 0 asks for information only: no gate and no index reads it.",
    "negation": "A statement with a negation is easily misread: say what is there.",
    "two-ideas": "A statement that joins two ideas has no one answer: ask for each.",
    "unused-theme": "A theme of the balance check has no item.",
    "unused-scale": "No item uses a scale of the model.",
    "unused-target": "A target changes nothing: it says again what is said before.",
}

# English words only, from the rules by which the shipped items were written.
NEGATIONS: Final = frozenset(
    (
        *("not", "no", "never", "without", "only", "cannot"),
        *("none", "nobody", "nothing", "nowhere", "neither", "nor"),
        *("avoid", "avoids", "avoided", "avoiding"),
        *("fail", "fails", "failed", "failing"),
        *("lack", "lacks", "lacked", "lacking"),
    )
)
JOINING: Final = frozenset(("and", "or"))
_WORD: Final = re.compile(r"[a-z]+(?:['\u2019][a-z]+)?")


def check_sense(written: Questionnaire, definition: Definition) -> Iterator[Finding]:
    """What makes little sense in a questionnaire as written, given what it stands for as a whole.

    Places lead into the questionnaire as written, and into its model where it stands inside.
    """
    inside = isinstance(written.model, Model)
    if inside:
        for finding in check_model_sense(definition.model):
            yield Finding(("model", *finding.loc), finding.rule, finding.message)
    yield from _find_missing_items(written, definition)
    yield from _find_unread_items(written, definition)
    yield from _find_weightless(written)
    if re.match(r"en(?![a-z])", definition.questionnaire.language, re.IGNORECASE):
        yield from _find_hard_statements(written)
    yield from _find_unused_themes(written, definition)
    if inside:
        yield from _find_unused_scales(definition)


def check_model_sense(model: Model) -> Iterator[Finding]:
    """What makes little sense in a model, whatever is asked about it."""
    for n, each in enumerate(model.characteristics):
        if not each.weight:
            yield Finding(
                ("characteristics", n, "weight"),
                "weight-zero",
                f"'{each.id}' has the weight 0 and counts in no area and no total",
            )
    seen: dict[tuple[int, ...], str] = {}
    for n, target in enumerate(model.targets):
        for name, stage in target.characteristics.items():
            if stage == target.default:
                yield Finding(
                    ("targets", n, "characteristics", name),
                    "unused-target",
                    f"stage {stage} is the default of this target already",
                )
        stages = (target.characteristics.get(c.id, target.default) for c in model.characteristics)
        same = seen.setdefault(tuple(stages), target.id)
        if same != target.id:
            message = f"'{target.id}' asks for the same stages as '{same}'"
            yield Finding(("targets", n), "unused-target", message)


def _place(written: Questionnaire, *keys: str) -> Loc:
    """The nearest place in the file to what a questionnaire leaves out."""
    if keys[-1] in (written.items if keys[0] == "items" else written.model_fields_set):
        return keys
    if keys[0] in written.model_fields_set:
        return keys[:1]
    return next(((key,) for key in ("select", "based_on") if key in written.model_fields_set), ())


def _find_missing_items(written: Questionnaire, definition: Definition) -> Iterator[Finding]:
    """Stages without an item, where the questionnaire asks about stages at all."""
    model = definition.model
    asked = {
        each.id: [
            stage.id
            for number, stage in enumerate(model.stages, start=1)
            if definition.cell(each.id, number)
        ]
        for each in model.characteristics
    }
    if not any(asked.values()):
        return
    for name, stages in asked.items():
        place = _place(written, "items", name)
        missing = [stage.id for stage in model.stages if stage.id not in stages]
        if not stages:
            yield Finding(place, "unasked-characteristic", f"no item asks about '{name}'")
        elif missing:
            listed = ", ".join(f"'{stage}'" for stage in missing)
            yield Finding(place, "empty-stage", f"'{name}' has no item at the stage {listed}")


def _find_unread_items(written: Questionnaire, definition: Definition) -> Iterator[Finding]:
    for name, block in written.items.items():
        if any(block.stages.values()) and not definition.model.characteristic(name).weight:
            message = f"'{name}' has the weight 0: its items count in no area and no total"
            yield Finding(("items", name), "unread-item", message)


def _find_weightless(written: Questionnaire) -> Iterator[Finding]:
    for name, block in written.items.items():
        for stage, items in (*block.stages.items(), ("perception", block.perception)):
            for n, item in enumerate(items):
                if not item.weight:
                    yield _weightless(("items", name, stage, n, "weight"), item.id)
    for name, details in written.override.items():
        if not details.weight:
            yield _weightless(("override", name, "weight"), name)


def _weightless(loc: Loc, name: str) -> Finding:
    return Finding(loc, "weight-zero", f"'{name}' has the weight 0 and counts nowhere")


def _walk_statements(written: Questionnaire) -> Iterator[tuple[Loc, str]]:
    """Every statement that stands in the file; a placement joins ideas on purpose."""
    for name, block in written.items.items():
        for stage, items in (*block.stages.items(), ("perception", block.perception)):
            for n, item in enumerate(items):
                yield ("items", name, stage, n, "statement"), item.statement
    for name, details in written.override.items():
        if details.statement is not None:
            yield ("override", name, "statement"), details.statement
    for n, balance in enumerate(written.balance):
        yield ("balance", n, "statement"), balance.statement


def _find_hard_statements(written: Questionnaire) -> Iterator[Finding]:
    for loc, statement in _walk_statements(written):
        words = _WORD.findall(statement.lower().replace("\u2019", "'"))
        negation = next((w for w in words if w in NEGATIONS or w.endswith("n't")), None)
        if negation is not None:
            yield Finding(loc, "negation", f"'{negation}' is easily misread: say what is there")
        joining = next((word for word in words if word in JOINING), None)
        if joining is not None:
            yield Finding(loc, "two-ideas", f"'{joining}' joins two ideas: ask for each")


def _find_unused_themes(written: Questionnaire, definition: Definition) -> Iterator[Finding]:
    """Themes without an item: of a model inside, or where a balance check asks about others."""
    inside = isinstance(written.model, Model)
    used = {item.theme for item in definition.questionnaire.balance}
    for n, theme in enumerate(definition.model.themes):
        if theme.id not in used and (inside or used):
            place: Loc = ("model", "themes", n) if inside else _place(written, "balance")
            yield Finding(place, "unused-theme", f"no item of the balance check asks '{theme.id}'")


def _find_unused_scales(definition: Definition) -> Iterator[Finding]:
    model = definition.model
    entries = definition.entries.values()
    used = {id(entry.scale) for entry in entries} | {id(model.scale)}
    for name, scale in model.scales.items():
        if id(scale) not in used:
            yield Finding(("model", "scales", name), "unused-scale", f"no item uses '{name}'")
