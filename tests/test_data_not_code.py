"""No characteristic, no stage and no option of the answer scale stands in a line of the package."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Set
from typing import Any

import pytest
import yaml
from tree import ROOT, read_modules


def read_model() -> dict[str, Any]:
    text = (ROOT / "questionnaires" / "customer-focus.yaml").read_text("utf-8")
    model: dict[str, Any] = yaml.safe_load(text)
    return model


def collect_words(model: Mapping[str, Any]) -> frozenset[str]:
    """The ids and codes of a model that only its file may name."""
    scale = model["scales"][model["stage_scale"]]
    unknown = [scale[kind]["code"] for kind in ("dont_know", "not_applicable") if kind in scale]
    return frozenset(
        [
            *(entry["id"] for entry in model["characteristics"]),
            *(entry["id"] for entry in (model["stage_zero"], *model["stages"])),
            *(str(option["code"]) for option in scale["options"]),
            *unknown,
        ]
    )


def find_words(module: str, source: str, words: Set[str]) -> list[str]:
    """Every text of the code, docstrings aside, that is one of the words."""
    tree = ast.parse(source)
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [
        f"{module}:{node.lineno}: {node.value!r}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in said
        and node.value.strip() in words
    ]


def test_the_model_names_what_is_meant() -> None:
    words = collect_words(read_model())
    assert len(words) == 12 + 4 + 4 + 2
    assert {"service-vision", "not-yet", "service-centre", "N", "F", "DK", "NA"} <= words


def test_what_is_data_is_in_no_line_of_the_package() -> None:
    words = collect_words(read_model())
    assert [line for pair in read_modules().items() for line in find_words(*pair, words)] == []


@pytest.mark.parametrize(
    "source",
    [
        "GATE = 'L'",
        "def f(code):\n    return code in {'DK', None}",
        "x = f\"{y}\" 'service-recovery'",
        "match x:\n    case 'quality-service': pass",
    ],
)
def test_a_planted_word_is_caught(source: str) -> None:
    words = frozenset({"L", "DK", "service-recovery", "quality-service"})
    assert len(find_words("scoring.ladder", f'"""L is a word here."""\n{source}\n', words)) == 1
