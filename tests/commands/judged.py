"""A diff in which every text is hostile, and readers for what pipelines get of it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import cache
from xml.etree import ElementTree

from render.poison import HOSTILE, Poisoner
from shipped import read_model, read_questionnaire, read_sample

from custfocus_cli.changes.compare import compare
from custfocus_cli.changes.gate import Demand, judge_comparison
from custfocus_cli.changes.sides import Diff, Place, Side
from custfocus_cli.documents.definition import resolve
from custfocus_cli.documents.policy import Exemption, MinStage, NoRegression, Policy, Rules
from custfocus_cli.scoring.panel import panel
from custfocus_cli.scoring.scorecard import score

STARTS = (
    "",
    "::error::",
    "##[error]",
    "a\n::stop-commands::x\r\n",
    "%0A::error::",
    "]]>",
    "\ufffe\x00",
)
PATH = f"a b/,:%{HOSTILE}.yaml"


@cache
def judge_hostile(text: str = "") -> Diff:
    """A year that fell in everything, by rules of which some are warnings and one is exempt.

    `text` begins every text that a user may write freely.
    """
    poisoner = Poisoner(tuple(f"{text}{start}" for start in STARTS))
    model, questionnaire = read_model(), read_questionnaire("interview-72")
    definition = resolve(poisoner.poison(questionnaire), poisoner.poison(model))
    cards = [
        score(panel([poisoner.poison(read_sample(name))], definition), definition)
        for name in ("quillmarsh-2026", "quillmarsh-2025")
    ]
    reason = f"{text}{HOSTILE}"
    exempt = Exemption.model_construct(
        rule="no-regression", id="recognition", until=datetime.date(2027, 1, 1), reason=reason
    )
    ended = Exemption.model_construct(
        rule="min-stage", id="recognition", until=datetime.date(2025, 1, 1), reason=reason
    )
    rules = Rules.model_construct(
        no_regression=NoRegression(), min_stage=MinStage(severity="warning", default=3)
    )
    policy = Policy.model_construct(rules=rules, exemptions=(exempt, ended))
    comparison = compare(*cards)
    path = f"{text}{PATH}"
    places = {name: Place(path, line) for line, name in enumerate(cards[1].panel.answers, 10)}
    old, new = (Side(path, "0" * 64, card, places, Place(path, 9)) for card in cards)
    ruling = judge_comparison(comparison, Demand(policy, datetime.date(2026, 11, 12)))
    return Diff(path, old, new, comparison, ruling, (Place(path, 1), Place(path, 2)))


# The structure of the schema that Jenkins publishes for its plug-in xunit, junit-10.xsd: what may
# stand in an element, and which attributes it may and which it must have. pytest has the schema in
# its source distribution, but no package that is installed has.
STRUCTURE: dict[str, tuple[set[str], set[str], set[str]]] = {
    "testsuites": (
        {"testsuite"},
        {"name", "time", "tests", "failures", "errors"},
        set(),
    ),
    "testsuite": (
        {"testsuite", "properties", "testcase", "system-out", "system-err"},
        {"group", "time", "skipped", "timestamp", "hostname", "id", "package", "file", "log"}
        | {"url", "version", "name", "tests", "failures", "errors"},
        {"name", "tests", "failures", "errors"},
    ),
    "testcase": (
        {"skipped", "error", "failure", "system-out", "system-err"},
        {"name", "time", "classname", "group"},
        {"name"},
    ),
    **{name: (set(), {"type", "message"}, set()) for name in ("skipped", "error", "failure")},
    **{name: (set(), set(), set()) for name in ("system-out", "system-err")},
}


def find_faults(element: ElementTree.Element) -> Iterator[str]:
    """What the schema of Jenkins has against an element and what stands in it."""
    inside, may, must = STRUCTURE[element.tag]
    yield from (f"{element.tag} has {name}" for name in sorted(set(element.keys()) - may))
    yield from (f"{element.tag} lacks {name}" for name in sorted(must - set(element.keys())))
    for child in element:
        if child.tag in inside:
            yield from find_faults(child)
        else:
            yield f"{child.tag} stands in {element.tag}"
