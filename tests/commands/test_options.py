"""The shared options, on a command made for the test."""

from __future__ import annotations

import io
from typing import Annotated

import pytest

from custfocus_cli import app
from custfocus_cli.commands import options
from custfocus_cli.errors import CustfocusError

SEEN: dict[str, object] = {}


def planted(
    sources: options.Sources,
    as_: options.As = None,
    questionnaire: options.Questionnaire = None,
    target: options.Target = None,
    window: options.Window = 120,
    form: Annotated[str, options.choose_format(("text", "json"))] = "text",
    output: options.Output = None,
    color: options.Color = "auto",
    quiet: options.Quiet = False,
) -> int:
    SEEN.clear()
    SEEN.update(locals())
    return 0


@pytest.fixture(autouse=True)
def _planted_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "COMMANDS", (("planted", planted),))


DEFAULTS: dict[str, object] = {
    "sources": ["a.yaml"],
    "as_": None,
    "questionnaire": None,
    "target": None,
    "window": 120,
    "form": "text",
    "output": None,
    "color": "auto",
    "quiet": False,
}


@pytest.mark.parametrize(
    ("arguments", "changed"),
    [
        ("a.yaml", {}),
        ("- b", {"sources": ["-", "b"]}),
        ("a.yaml --as team-36", {"as_": "team-36"}),
        ("a.yaml --questionnaire q.yaml", {"questionnaire": "q.yaml"}),
        ("a.yaml --target foundation", {"target": "foundation"}),
        ("a.yaml --window 30", {"window": 30}),
        ("a.yaml -f json", {"form": "json"}),
        ("-f json -o - a.yaml", {"form": "json", "output": "-"}),
        ("a.yaml --format json --output b", {"form": "json", "output": "b"}),
        ("a.yaml --color never", {"color": "never"}),
        ("a.yaml -q", {"quiet": True}),
        ("--quiet a.yaml", {"quiet": True}),
    ],
)
def test_every_option_reaches_the_command(arguments: str, changed: dict[str, object]) -> None:
    assert app.run_command(["planted", *arguments.split()]) == 0
    assert {**DEFAULTS, **changed} == SEEN


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("a -f xml", "Invalid value for '-f' / '--format': 'xml' is none of text, json."),
        ("a --color on", "Invalid value for '--color': 'on' is none of auto, always, never."),
        ("", "Missing argument 'SOURCE'."),
        ("a --forma json", "No such option: --forma (Possible options: --format)"),
    ],
)
def test_a_wrong_value_is_refused_with_the_right_ones(arguments: str, message: str) -> None:
    with pytest.raises(CustfocusError) as caught:
        app.run_command(["planted", *arguments.split()])
    assert str(caught.value) == message
    assert caught.value.hint == "custfocus planted --help says more"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("color", "stream", "environment", "used"),
    [
        ("auto", Terminal(), {}, True),
        ("auto", io.StringIO(), {}, False),
        ("auto", Terminal(), {"NO_COLOR": "1"}, False),
        ("auto", Terminal(), {"NO_COLOR": ""}, True),
        ("auto", Terminal(), {"TERM": "dumb"}, False),
        ("always", io.StringIO(), {"NO_COLOR": "1"}, True),
        ("never", Terminal(), {}, False),
    ],
)
def test_colours(
    monkeypatch: pytest.MonkeyPatch,
    color: str,
    stream: io.StringIO,
    environment: dict[str, str],
    used: bool,
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert options.use_color(color, stream) is used
