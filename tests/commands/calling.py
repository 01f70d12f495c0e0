"""The command line called inside this process, and small files to call it on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import shipped
from tree import ROOT

from custfocus_cli.__main__ import main

SAMPLES = {
    name: str(ROOT / "questionnaires" / "samples" / f"{name}.yaml") for name in shipped.SAMPLES
}


class Caller:
    """Calls the command line and keeps what it printed."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        """The exit code, stdout and stderr of one run."""
        code = main(list(arguments))
        return code, *self._capsys.readouterr()


def as_json(value: object) -> object:
    """A tree of text as the JSON that means the same: numbers and booleans as such."""
    if isinstance(value, dict):
        return {
            key: int(each)
            if key in ("evidence", "programme_cost", "programme_benefit")
            else as_json(each)
            for key, each in value.items()
        }
    return [as_json(each) for each in value] if isinstance(value, list) else value


def write_json_sample(name: str, folder: Path) -> str:
    """The path of a shipped sample written as JSON."""
    tree = shipped.read_tree(Path(SAMPLES[name]))
    path = folder / f"{name}.json"
    path.write_text(json.dumps(as_json(tree), ensure_ascii=False), encoding="utf-8")
    return str(path)
