"""A diff and a check as annotations of GitHub's: what is not allowed, and what moved."""

from __future__ import annotations

from functools import partial

from custfocus_cli.changes.finding import ANY_CHANGE
from custfocus_cli.documents.policy import Severity
from custfocus_cli.render.judged import (
    Entry,
    Judged,
    list_entries,
    tell_notices,
    tell_unexplained,
    tell_verdict,
)
from custfocus_cli.render.places import name_file
from custfocus_cli.render.workflow import annotate, cut
from custfocus_cli.wording.gate import say_more


def write_judged(judged: Judged) -> str:
    """Workflow commands: errors, warnings, notices; at most nine of each, and how many more.

    The verdict is the first notice; where nothing else is an error and the gate does not hold, it
    is one itself.
    """
    lines: dict[Severity, list[str]] = {"error": [], "warning": [], "notice": []}
    verdict: Severity = "error" if tell_unexplained(judged) else "notice"
    lines[verdict].append(annotate(verdict, tell_verdict(judged)))
    lines["notice"] += (annotate("notice", text, name) for name, text in tell_notices(judged))
    for entry in list_entries(judged):
        severity = "notice" if entry.exempt else entry.severity
        lines[severity].append(_annotate(severity, entry))
    shown = (
        line
        for severity, found in lines.items()
        for line in cut(severity, found, partial(_tell_rest, len(found)))
    )
    return "".join(f"{line}\n" for line in shown)


def _tell_rest(total: int, shown: int) -> str:
    return say_more(total - shown)


def _annotate(severity: Severity, entry: Entry) -> str:
    place = entry.place
    return annotate(
        severity, entry.message, entry.rule or ANY_CHANGE, name_file(place.path), place.line
    )
