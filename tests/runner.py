"""What the runner of GitHub's makes of the lines that a step prints, as its parser works.

A line is a command of the newer kind where it begins with `::` behind spaces, and of the older kind
where `##[` stands anywhere in it; either only where its name is known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

KNOWN = {
    *("error", "warning", "notice", "debug", "group", "endgroup", "echo", "add-mask"),
    *("set-output", "save-state", "set-env", "add-path", "stop-commands", "add-matcher"),
    *("remove-matcher", "internal-set-repo-path", "set-secret"),
}

DATA = {"%0D": "\r", "%0A": "\n"}
PROPERTY = {**DATA, "%3A": ":", "%2C": ","}
OLDER = {**DATA, "%3B": ";", "%5D": "]"}


class Command(NamedTuple):
    """A command to the runner."""

    name: str
    properties: Mapping[str, str]
    data: str


def read_line(line: str) -> Command | None:
    """The command that a line is to the runner, None where it is shown and no more."""
    return _read_newer(line.lstrip()) or _read_older(line)


def read_log(text: str) -> Iterator[Command]:
    """The commands of everything that a step printed."""
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        command = read_line(line)
        if command is not None:
            yield command


def _read_newer(line: str) -> Command | None:
    start, end = 2, line.find("::", 2)
    if not line.startswith("::") or end < 0:
        return None
    name, _, rest = line[start:end].partition(" ")
    return _make(name, rest.strip().split(","), PROPERTY, _unescape(line[end + 2 :], DATA))


def _read_older(line: str) -> Command | None:
    start = line.find("##[")
    end = line.find("]", start)
    if start < 0 or end < 0:
        return None
    name, _, rest = line[start + 3 : end].partition(" ")
    return _make(name, rest.strip().split(";"), OLDER, _unescape(line[end + 1 :], OLDER))


def _make(name: str, parts: list[str], escapes: Mapping[str, str], data: str) -> Command | None:
    if name.lower() not in KNOWN:
        return None
    pairs = (part.partition("=") for part in parts)
    properties = {key: _unescape(value, escapes) for key, _, value in pairs if key and value}
    return Command(name.lower(), properties, data)


def _unescape(text: str, escapes: Mapping[str, str]) -> str:
    for escape, character in escapes.items():
        text = text.replace(escape, character)
    return text.replace("%25", "%")
