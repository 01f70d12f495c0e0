"""A diff and a check as test results in the XML of JUnit, as Jenkins and GitLab read it."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final, Literal, NamedTuple

from custfocus_cli.changes.finding import Finding
from custfocus_cli.changes.readings import ORGANISATION
from custfocus_cli.changes.sides import Diff, Place
from custfocus_cli.changes.versions import Key, find_entries
from custfocus_cli.render.gate_verdict import tell_unexplained, tell_verdict
from custfocus_cli.render.judged import Entry, Judged, list_entries, tell_remarks, tell_unread
from custfocus_cli.render.places import name_file
from custfocus_cli.wording.gate import SEVERITIES, say_spoken_for
from custfocus_cli.wording.notices import notice
from custfocus_cli.wording.phrases import cut
from custfocus_cli.wording.safety import clean, unbracket

Outcome = Literal["failure", "error", "skipped", "system-out"]

MOST_OF_A_NAME: Final = 60
"""How many characters of what is asked stand in the name of a test case."""


class Case(NamedTuple):
    """One test case: a rule and what it was applied to.

    `outcome` is `skipped` where the rule does not hold and the gate lets that pass, or an item fell
    that no rule is about; `system-out` where it holds.
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
    said = "\n".join((*(text for _, text in tell_remarks(judged)), tell_verdict(judged)))
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
    """The cases, one for each thing judged; what is missing altogether is one of its own."""
    unexplained = tell_unexplained(judged)
    if unexplained:
        status = judged.ruling.status
        outcome: Outcome = "error" if status == "incomparable" else "failure"
        yield Case("gate", "gate", outcome, status, unexplained)
    elif judged.ruling.no_old:
        reason = notice("no-baseline")
        yield Case("gate", "no-regression: no earlier result", "skipped", "no-baseline", reason)
    unread = tell_unread(judged)
    if unread:
        name = f"{', '.join(judged.ruling.unread)}: not judged"
        yield Case("gate", name, "skipped", "not-judged", unread)
    entries = {_identify(each.finding, each): each for each in list_entries(judged)}
    names = _name_things(judged)
    for finding in judged.ruling.findings:
        said = cut(names.get((finding.scope, finding.id), ""), MOST_OF_A_NAME)
        name = f"{finding.rule} {finding.id}{f': {said}' if said else ''}"
        yield _make_case(finding, name, entries.get(_identify(finding)))


def _name_things(judged: Judged) -> Mapping[Key, str]:
    """What people call what is judged: by name, or by what is asked; the newer side's words."""
    new = judged.new.card
    older = judged.comparison.old if isinstance(judged, Diff) and judged.comparison else new
    names: dict[Key, str] = {}
    for card in (older, new):
        model = card.definition.model
        names |= {("area", each.id): each.name for each in model.areas}
        names |= {("characteristic", each.id): each.name for each in model.characteristics}
        names |= {("theme", each.id): each.name for each in model.themes}
        names |= {("item", name): each.statement for name, each in find_entries(card).items()}
    return {**names, ORGANISATION: new.panel.organisation}


def _identify(finding: Finding | None, entry: Entry | None = None) -> tuple[str, str, str]:
    """By what a finding and its entry belong together; a change has one entry, whatever rule."""
    about = entry or finding
    rule = "" if finding is None or finding.change is not None else finding.rule
    return (rule, about.scope, about.id) if about else ("", "", "")


def _make_case(finding: Finding, name: str, entry: Entry | None) -> Case:
    kind = finding.scope
    if entry is None:
        return Case(kind, name, "system-out")
    change = entry.change
    if finding.why is None and kind == "item" and change and change.verdict == "regressed":
        said = say_spoken_for(entry.message)
        return Case(kind, name, "skipped", change.verdict, said, entry.place)
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
    path = name_file(place) or "standard input"
    return path if place.line is None else f"{path}:{place.line}"


def _attributes(**values: object) -> str:
    return "".join(f' {name}="{_escape(str(value))}"' for name, value in values.items())


def _escape(text: str) -> str:
    """The text in XML, without what XML 1.0 cannot hold.

    Every reader gets the same text, but no line of the file can be a command to a runner.
    """
    escaped = html.escape(clean(text))
    return unbracket(escaped, "&#91;").replace("::", ":&#58;")
