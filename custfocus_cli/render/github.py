"""A diff and a check as annotations of GitHub's: what is not allowed, and what moved."""

from __future__ import annotations

from functools import partial

from custfocus_cli.changes.finding import ANY_CHANGE
from custfocus_cli.documents.policy import Severity
from custfocus_cli.render.gate_verdict import tell_verdict
from custfocus_cli.render.judged import Entry, Judged, list_entries, tell_remarks, tell_unread
from custfocus_cli.render.places import measure, name_file
from custfocus_cli.render.workflow import annotate, cut
from custfocus_cli.wording.gate import say_elsewhere


def write_judged(judged: Judged) -> str:
    """Workflow commands: errors, warnings, notices; at most nine of each, and how many more.

    The verdict comes first: an error where the gate does not hold, else a notice. Of what no rule
    is against, what moved to another stage is told first.
    """
    lines: dict[Severity, list[str]] = {"error": [], "warning": [], "notice": []}
    verdict: Severity = "notice" if judged.ruling.status == "pass" else "error"
    lines[verdict].append(annotate(verdict, tell_verdict(judged)))
    for name, text in tell_remarks(judged):
        weight: Severity = "warning" if text == tell_unread(judged) else "notice"
        lines[weight].append(annotate(weight, text, name))
    for entry in sorted(list_entries(judged), key=_is_minor):
        severity = "notice" if entry.exempt else entry.severity
        lines[severity].append(_annotate(severity, entry))
    shown = (
        line
        for severity, found in lines.items()
        for line in cut(severity, found, partial(_tell_rest, len(found)))
    )
    return "".join(f"{line}\n" for line in shown)


def _is_minor(entry: Entry) -> bool:
    """Whether it is neither against a rule nor a move to another stage."""
    return entry.finding is None and not measure(entry.change)[0]


def _tell_rest(total: int, shown: int) -> str:
    return say_elsewhere(total - shown)


def _annotate(severity: Severity, entry: Entry) -> str:
    path = name_file(entry.place)
    line = None if path is None else entry.place.line
    return annotate(severity, entry.message, entry.rule or ANY_CHANGE, path, line)
