"""A diff and a check as test results in the XML of JUnit, as Jenkins and GitLab read it."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterator
from typing import Literal, NamedTuple

from custfocus_cli.changes.finding import Finding
from custfocus_cli.changes.sides import Place
from custfocus_cli.render.judged import (
    Entry,
    Judged,
    list_entries,
    tell_notices,
    tell_unexplained,
    tell_verdict,
)
from custfocus_cli.render.places import name_file
from custfocus_cli.wording.gate import SEVERITIES
from custfocus_cli.wording.safety import clean, unbracket

Outcome = Literal["failure", "error", "skipped", "system-out"]


class Case(NamedTuple):
    """One test case: a rule and what it was applied to.

    `outcome` is `skipped` where the rule does not hold and the gate lets that pass, `system-out`
    where it holds.
    """

    kind: str
    name: str
    outcome: Outcome
    reason: str = ""
    message: str = ""
    place: Place | None = None


def write_judged(judged: Judged) -> str:
    """One test case for each rule and thing, also where it holds.

    The clock plays no role: every time is 0, and the timestamp is the date of the new result.
    """
    cases = list(_list_cases(judged))
    counts = Counter(case.outcome for case in cases)
    totals = {"tests": len(cases), "failures": counts["failure"], "errors": counts["error"]}
    whole = _attributes(name="custfocus", **totals, time="0.000")
    day = f"{judged.new.card.panel.date.isoformat()}T00:00:00"
    suite = _attributes(skipped=counts["skipped"], timestamp=day)
    said = "\n".join((*(text for _, text in tell_notices(judged)), tell_verdict(judged)))
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<testsuites{whole}>",
        f"  <testsuite{whole}{suite}>",
        *(line for case in cases for line in _draw_case(case)),
        f"    <system-out>{_escape(said)}</system-out>",
        "  </testsuite>",
        "</testsuites>",
    ]
    return "".join(f"{line}\n" for line in lines)


def _list_cases(judged: Judged) -> Iterator[Case]:
    unexplained = tell_unexplained(judged)
    if unexplained:
        status = judged.ruling.status
        outcome: Outcome = "error" if status == "incomparable" else "failure"
        yield Case("gate", "gate", outcome, status, unexplained)
    entries = {_identify(each.finding, each): each for each in list_entries(judged)}
    for finding in judged.ruling.findings:
        yield _make_case(finding, entries.get(_identify(finding)))


def _identify(finding: Finding | None, entry: Entry | None = None) -> tuple[str, str, str]:
    """By what a finding and its entry belong together; a change has one entry, whatever rule."""
    about = entry or finding
    rule = "" if finding is None or finding.change is not None else finding.rule
    return (rule, about.scope, about.id) if about else ("", "", "")


def _make_case(finding: Finding, entry: Entry | None) -> Case:
    kind, name = finding.scope, f"{finding.rule} {finding.id}"
    if entry is None:
        return Case(kind, name, "system-out")
    if finding.why is None:
        return Case(kind, name, "system-out", "", entry.message, entry.place)
    if finding.fails:
        return Case(kind, name, "failure", finding.why, entry.message, entry.place)
    weight = SEVERITIES["exempt" if finding.exempt else finding.severity]
    return Case(kind, name, "skipped", finding.why, f"{weight}: {entry.message}", entry.place)


def _draw_case(case: Case) -> Iterator[str]:
    opened = f"    <testcase{_attributes(classname=f'custfocus.{case.kind}', name=case.name)}"
    opened += ' time="0.000"'
    if not case.message:
        yield f"{opened}/>"
        return
    attributes = ""
    if case.outcome != "system-out":
        attributes = _attributes(type=case.reason, message=" ".join(case.message.split()))
    body = case.message if case.place is None else f"{case.message}\n{_show_place(case.place)}"
    yield f"{opened}>"
    yield f"      <{case.outcome}{attributes}>{_escape(body)}</{case.outcome}>"
    yield "    </testcase>"


def _show_place(place: Place) -> str:
    path = name_file(place.path)
    return path if place.line is None else f"{path}:{place.line}"


def _attributes(**values: object) -> str:
    return "".join(f' {name}="{_escape(str(value))}"' for name, value in values.items())


def _escape(text: str) -> str:
    """The text in XML, without what XML 1.0 cannot hold.

    Every reader gets the same text, but no line of the file can be a command to a runner.
    """
    escaped = html.escape(clean(text))
    return unbracket(escaped, "&#91;").replace("::", ":&#58;")
