"""Files too large to store that try to cost time or memory, and a run of each under limits.

As a program it reads every one, each in a process of its own that the system ends after so many
seconds of processor time, and prints what became of it as one line of JSON.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from custfocus_cli.__main__ import hurry
from custfocus_cli.files.catalogue import Catalogue
from custfocus_cli.files.reader import read

SMALL: Final = 500_000
LIMIT: Final = 2_000_000
SECONDS: Final = {SMALL: 1, LIMIT: 4}
"""Seconds of processor time up to half a million bytes, and at the limit of size."""
MEGABYTES: Final = 200

_HEAD = """format: custfocus/assessment/1
questionnaire: {id: interview-72}
organisation: Village hall
date: 2026-03-01
"""
_JSON_HEAD = '{"format": "custfocus/assessment/1", "about": '


@dataclass(frozen=True, slots=True)
class Case:
    """A hostile file of about a given size, and the rule of its first problem."""

    rule: str
    make: Callable[[int], str | bytes]
    name: str = "hostile.yaml"


def _repeat(piece: str, head: str = "", tail: str = "") -> Callable[[int], str]:
    return lambda size: head + piece * ((size - len(head) - len(tail)) // len(piece)) + tail


def _number(piece: str, head: str) -> Callable[[int], str]:
    """Pieces with a running number in them, as many as the size allows."""

    def make(size: int) -> str:
        count = (size - len(head)) // len(piece.format(99_999))
        return head + "".join(piece.format(n) for n in range(count))

    return make


def _capped(piece: str, head: str, most: int) -> Callable[[int], str]:
    """As many numbered pieces as stay below the limit of values."""
    make = _number(piece, head)
    return lambda size: make(min(size, most * len(piece.format(99_999)) + len(head)))


CASES: Final[Mapping[str, Case]] = {
    "brackets": Case("too-deep", _repeat("[")),
    "brackets in a value": Case("too-deep", _repeat("[", f"{_HEAD}about: ")),
    "mappings in mappings": Case("too-deep", _repeat("{a: ", "about: ")),
    "dashes": Case("too-deep", _repeat("- ")),
    "question marks": Case("bad-key", _repeat("? ")),
    "lists as keys": Case("bad-key", _repeat("? [a]\n: b\n")),
    "quotes": Case("empty-entry", _repeat('"', "- ")),
    "backslashes in an open quote": Case("yaml-syntax", _repeat("\\\\", f'{_HEAD}about: "')),
    "words in an open quote": Case("yaml-syntax", _repeat("a ", f'{_HEAD}about: "')),
    "one long text": Case("too-long", _repeat("a ", f"{_HEAD}about: ")),
    "one long word": Case("wrong-type", lambda size: b"x" * 19_000),
    "a long block of text": Case("too-long", _repeat("  a\n", f"{_HEAD}about: |\n")),
    "a flow list of letters": Case("too-large", _repeat("a,", f"{_HEAD}about: [", "a]")),
    "a list of letters": Case("too-large", _repeat("- a\n", f"{_HEAD}about:\n")),
    "empty lists": Case("too-large", _repeat("[],", f"{_HEAD}about: [", "a]")),
    "anchors": Case("yaml-anchor", _repeat("  - &a x\n", f"{_HEAD}about:\n")),
    "aliases": Case("yaml-alias", _repeat("  - *a\n", f"{_HEAD}about:\n")),
    "tags": Case("yaml-tag", _repeat("  - !a x\n", f"{_HEAD}about:\n")),
    "merge keys": Case("yaml-merge-key", _repeat("  <<: {a: b}\n", f"{_HEAD}context:\n")),
    "the merge bomb": Case(
        "yaml-anchor",
        lambda size: (
            "a0: &a0 {k: v}\n"
            + "".join(
                f"a{n}: &a{n} {{<<: [*a{n - 1}{f', *a{n - 1}' * 8}]}}\n" for n in range(1, 10)
            )
        ),
    ),
    "the billion laughs": Case(
        "yaml-anchor",
        lambda size: (
            "a0: &a0 [x]\n"
            + "".join(f"a{n}: &a{n} [*a{n - 1}{f', *a{n - 1}' * 8}]\n" for n in range(1, 10))
        ),
    ),
    "one key again and again": Case("duplicate-key", _repeat("about: x\n", _HEAD)),
    "documents": Case("yaml-documents", _repeat("---\n", "format: custfocus/policy/1\n---\n")),
    "comments": Case("missing-key", _repeat("# nothing\n")),
    "blanks": Case("missing-key", _repeat(" ")),
    "line ends": Case("missing-key", _repeat("\r")),
    "control characters": Case("control-character", _repeat("\x07", f"{_HEAD}about: ")),
    "line separators": Case(
        "control-character", lambda size: _repeat("\u2028", f"{_HEAD}about: a")(size // 3)
    ),
    "bytes that are no text": Case("not-utf8", lambda size: b"\xff" * size),
    "zeros": Case("control-character", bytes),
    "a number in base 60": Case(
        "wrong-type", lambda size: f"{_HEAD}figures: {{programme_cost: {':'.join(['1'] * 9_000)}}}"
    ),
    "a number without end": Case(
        "too-long", lambda size: f"{_HEAD}figures: {{programme_cost: {'9' * (size - 200)}}}"
    ),
    "a date without end": Case(
        "too-long", lambda size: f"{_HEAD}answers: {{sv-1a: {{on: {'2' * (size - 200)}}}}}"
    ),
    "unknown keys": Case("unknown-key", _capped("k{}: x\n", _HEAD, 45_000)),
    "unknown items": Case("unknown-id", _capped("  sv-{}: L\n", f"{_HEAD}answers:\n", 45_000)),
    "answers that are none": Case(
        "wrong-type", _capped("  sv-{}: [L]\n", f"{_HEAD}answers:\n", 30_000)
    ),
    "ids that are none": Case("bad-id", _capped("  SV-{}: L\n", f"{_HEAD}answers:\n", 45_000)),
    "too many answers": Case("too-large", _number("a{},", f"{_HEAD}answers: {{")),
    "json brackets": Case("too-deep", _repeat("[", _JSON_HEAD), "hostile.json"),
    "json objects": Case("too-deep", _repeat('{"a":', _JSON_HEAD), "hostile.json"),
    "json numbers": Case("too-large", _repeat("1,", f"{_JSON_HEAD}[", "1]}"), "hostile.json"),
    "json texts": Case("too-large", _repeat('"",', f"{_JSON_HEAD}[", '""]}'), "hostile.json"),
    "json open quote": Case("json-syntax", _repeat('\\"', f'{_JSON_HEAD}"'), "hostile.json"),
    "json quotes": Case("too-large", _repeat('"', f"{_JSON_HEAD}["), "hostile.json"),
    "json number without end": Case("too-long", _repeat("9", _JSON_HEAD, "}"), "hostile.json"),
    "json text without end": Case("too-long", _repeat("a", f'{_JSON_HEAD}"', '"}'), "hostile.json"),
    "json one key again": Case(
        "duplicate-key", lambda size: _repeat('"a":1,', "{", '"a":1}')(250_000), "hostile.json"
    ),
    "json words": Case("json-syntax", _repeat("a", _JSON_HEAD), "hostile.json"),
    "more than may be": Case("too-large", lambda size: b"#" * (LIMIT + 1)),
}


def _attempt(case: Case, size: int) -> None:
    """Read one case under its limit of processor time; never returns."""
    seconds = SECONDS[size]
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    made = case.make(size)
    data = made.encode() if isinstance(made, str) else made
    problems = Catalogue().check(read(case.name, data))
    found = {problem.rule for problem in problems}
    os._exit(0 if case.rule in found and all(str(each) for each in problems) else 3)


def watch(name: str, case: Case, size: int) -> dict[str, object]:
    """What became of one case: ended by a signal, wrong, or well, and its memory in megabytes."""
    child = os.fork()
    if not child:
        try:
            _attempt(case, size)
        finally:
            os._exit(4)
    _, status, usage = os.wait4(child, 0)
    ended = signal.Signals(os.WTERMSIG(status)).name if os.WIFSIGNALED(status) else ""
    code = os.waitstatus_to_exitcode(status)
    return {
        "name": name,
        "size": size,
        "ended": ended or {0: "well", 3: "another rule"}.get(code, "an exception"),
        "megabytes": usage.ru_maxrss // 1024,
        "seconds": round(usage.ru_utime, 2),
    }


def main() -> None:
    """Every case at both sizes, read as the program reads."""
    hurry()
    Catalogue().check(read("warm.yaml", f"{_HEAD}answers: {{sv-1a: [L]}}\n".encode()))
    for name, case in CASES.items():
        for size in SECONDS:
            sys.stdout.write(json.dumps(watch(name, case, size)) + "\n")


if __name__ == "__main__":
    main()
