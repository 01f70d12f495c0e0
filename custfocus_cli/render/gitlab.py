"""A diff and a check as a code quality report of GitLab's.

The fields are those of "Code quality report format" in GitLab's documentation.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Final, Literal, TypedDict

from custfocus_cli.changes.finding import ANY_CHANGE, make_fingerprint
from custfocus_cli.changes.readings import ORGANISATION
from custfocus_cli.changes.sides import Place
from custfocus_cli.changes.verdict import Verdict
from custfocus_cli.documents.policy import Severity
from custfocus_cli.render.gate_verdict import tell_unexplained
from custfocus_cli.render.judged import Judged, list_entries, tell_unread
from custfocus_cli.render.places import name_file
from custfocus_cli.wording.safety import safe_json

Degree = Literal["major", "minor", "info"]

_DEGREES: Final[Mapping[Severity, Degree]] = {
    "error": "major",
    "warning": "minor",
    "notice": "info",
}

_BETTER: Final[tuple[Verdict, ...]] = ("improved", "became-known")


class Lines(TypedDict):
    """Where an issue begins."""

    begin: int


class Location(TypedDict):
    """The place of an issue, its path relative to the repository."""

    path: str
    lines: Lines


class Issue(TypedDict):
    """One entry of the report."""

    description: str
    check_name: str
    fingerprint: str
    severity: Degree
    location: Location


def write_judged(judged: Judged) -> str:
    """The issues as a JSON list; what rose is none, unless a rule is against it."""
    issues = list(_list_issues(judged))
    return safe_json(json.dumps(issues, ensure_ascii=False, indent=2)) + "\n"


def _list_issues(judged: Judged) -> Iterator[Issue]:
    unexplained = tell_unexplained(judged)
    if unexplained:
        fingerprint = make_fingerprint("gate", *ORGANISATION)
        yield _make_issue(unexplained, "gate", fingerprint, "major", judged.new.answers)
    unread = tell_unread(judged)
    if unread:
        fingerprint = make_fingerprint("not-judged", *ORGANISATION)
        yield _make_issue(unread, "not-judged", fingerprint, "minor", judged.new.answers)
    for entry in list_entries(judged):
        if entry.finding is not None or (entry.change and entry.change.verdict not in _BETTER):
            degree = "info" if entry.exempt else _DEGREES[entry.severity]
            name = entry.rule or ANY_CHANGE
            yield _make_issue(entry.message, name, entry.fingerprint, degree, entry.place)


def _make_issue(message: str, rule: str, fingerprint: str, degree: Degree, place: Place) -> Issue:
    return {
        "description": message,
        "check_name": rule,
        "fingerprint": fingerprint,
        "severity": degree,
        # every issue has a path: standard input goes by a name that no file of theirs has
        "location": {"path": name_file(place) or "stdin", "lines": {"begin": place.line or 1}},
    }
