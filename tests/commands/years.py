"""Small years to compare: a questionnaire of six items that count, and answers to it as files.

By hand: greeting has 100 % at stage 1 and (1 + 2) of 4 points at stage 2, so the stage 1 and the
index (100 + 75) / 2 = 87.5; waiting has 100 % and 0 %, so the stage 1 and the index 50. The
organisation stands at stage 1 with 68.75.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import smallmodel
import yaml

ANSWERS: Mapping[str, str] = {
    "g-1": "yes",
    "g-2": "half",
    "g-3": "yes",
    "w-1": "yes",
    "w-2": "no",
    "b-guard": "yes",
    "b-sign": "never",
}


def ask(**keys: Any) -> dict[str, Any]:
    """The questionnaire with its model in it, as data to change."""
    model = smallmodel.model_data()
    del model["format"]
    data = smallmodel.questionnaire_data() | {"model": model}
    data["items"]["greeting"]["good"].append({"id": "g-3", "statement": "Guests are seen off."})
    del data["items"]["greeting"]["perception"]
    del data["items"]["waiting"]["placement"]
    return data | keys


def write_year(
    folder: Path,
    name: str,
    answers: Mapping[str, str | None] | None = None,
    *,
    asked: Mapping[str, Any] | None = None,
    **keys: Any,
) -> str:
    """The path of a file of answers, beside a questionnaire of its own.

    `answers` take the place of the usual ones; None leaves an item open.
    """
    (folder / f"asked-{name}.yaml").write_text(yaml.safe_dump(asked or ask()), "utf-8")
    given = {**ANSWERS, **(answers or {})}
    held = {
        item: {"answer": code, **({"reason": "It cannot."} if code == "NA" else {})}
        for item, code in given.items()
        if code is not None
    }
    data = {
        "format": "custfocus/assessment/1",
        "questionnaire": {"path": f"asked-{name}.yaml"},
        "organisation": "The Hall",
        "date": "2025-05-01" if name == "old" else "2026-05-01",
        "answers": held,
        **keys,
    }
    path = folder / f"{name}.yaml"
    path.write_text(yaml.safe_dump(data, sort_keys=False), "utf-8")
    return str(path)


def open_all() -> dict[str, str | None]:
    """No answer to anything."""
    return dict.fromkeys(ANSWERS)


def write_policy(folder: Path, rules: Mapping[str, Any], *exemptions: Mapping[str, str]) -> str:
    """The path of a policy."""
    path = folder / "policy.yaml"
    data = {"format": "custfocus/policy/1", "rules": rules, "exemptions": list(exemptions)}
    path.write_text(yaml.safe_dump(data, sort_keys=False), "utf-8")
    return str(path)
