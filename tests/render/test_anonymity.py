"""No word of the people behind a result is in any report of it, nor in the source of a page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import pytest
from render.cards import render_report
from render.poison import Poisoner, find_free_fields
from shipped import read_definition, read_sample

from custfocus_cli.documents.assessment import Assessment, Respondent
from custfocus_cli.documents.definition import Definition, resolve
from custfocus_cli.render.formats import REPORT
from custfocus_cli.render.look import TEMPLATES, Look
from custfocus_cli.scoring.anonymity import anonymise
from custfocus_cli.scoring.panel import panel
from custfocus_cli.scoring.scorecard import Scorecard, score

FORMS = [(format, audience) for format in REPORT for audience in TEMPLATES]
PEOPLE = Respondent(id="zid-1z", role="zrole-1z", group="zgroup-1z")
# What a report may say about an organisation that let nobody else be named.
TOLD = {"Assessment.organisation", "Assessment.scope", "Figures.currency"}
NEVER_SHOWN = {"QuestionnaireReference.path", "QuestionnaireReference.digest"}


@cache
def mark(mode: str, respondents: int, year: int = 2026) -> tuple[Scorecard, Poisoner]:
    """A result in which each text of each file of answers has a number of its own."""
    definition, poisoner = read_definition("interview-72"), Poisoner(first=year * 1000)
    changes = {
        "mode": mode,
        "context": read_sample("quillmarsh-2025").context,
        "figures": read_sample("quillmarsh-2025").figures,
    }
    sample = read_sample(f"varrowby-{year}").model_copy(update=changes)
    sources: list[Assessment] = []
    for n in range(respondents):
        people = PEOPLE.model_copy(update={"id": f"zid-{n}z"})
        source = poisoner.poison(sample.model_copy(update={"respondent": people}))
        first = sources[0] if sources else source
        same = ("organisation", "scope", "context", "figures")
        shared = {name: getattr(first, name) for name in same}
        sources.append(source.model_copy(update=shared))
    return join(sources, definition), poisoner


def join(sources: Sequence[Assessment], definition: Definition) -> Scorecard:
    """The result of files of answers, whose balance check was asked by a questionnaire beside."""
    asked = definition.questionnaire
    main = resolve(asked.model_copy(update={"balance": ()}), definition.model)
    check = {"id": "check", "items": {}, "context": (), "sessions": ()}
    beside = resolve(asked.model_copy(update=check), definition.model)
    panels = [
        (panel([keep(source, part) for source in sources], part), part) for part in (main, beside)
    ]
    return score(*panels[0], beside=panels[1:], target="professional")


def keep(source: Assessment, definition: Definition) -> Assessment:
    """The answers that a questionnaire asks for."""
    answers = {name: each for name, each in source.answers.items() if name in definition.entries}
    return source.model_copy(update={"answers": answers})


def find_people(text: str, *poisoners: Poisoner) -> set[str]:
    """The fields of the files of answers whose texts stand in a text."""
    fields = {number: name for each in poisoners for number, name in each.fields.items()}
    found = {fields[number] for number in re.findall(r"Z\d+Z", text)}
    ids = re.findall(r"(?i)z(id|role|group)-\dz", text)
    return (found - TOLD) | {f"Respondent.{name}" for name in ids}


@pytest.mark.parametrize(("mode", "respondents"), [("interview", 1), ("interview", 3), ("self", 3)])
@pytest.mark.parametrize(("format", "audience"), FORMS)
def test_nobody_is_in_an_anonymous_report(
    format: str, audience: str, mode: str, respondents: int
) -> None:
    card, poisoner = mark(mode, respondents)
    text = render_report(format, anonymise(card), Look(audience))
    assert find_people(text, poisoner) == set()
    assert re.search(r"Z\d+Z", text)  # the organisation's name


@pytest.mark.parametrize("respondents", [1, 3])
@pytest.mark.parametrize(("format", "audience"), FORMS)
def test_nobody_of_an_earlier_year_is_in_an_anonymous_report(
    format: str, audience: str, respondents: int
) -> None:
    card, poisoner = mark("interview", respondents)
    before, earlier = mark("interview", respondents, 2025)
    years = [anonymise(before)] * 2
    text = render_report(format, anonymise(card), Look(audience), years)
    assert "Since 20 May 2025" in text
    assert find_people(text, poisoner, earlier) == set()


@pytest.mark.parametrize("format", REPORT)
def test_a_report_that_was_not_made_anonymous_is_caught(format: str) -> None:
    """Every field that is said to be gone would be there without it."""
    seen: set[str] = set()
    for mode, respondents in (("interview", 1), ("interview", 3)):
        card, poisoner = mark(mode, respondents)
        seen |= find_people(render_report(format, card), poisoner)
    gone = find_free_fields(Assessment) - TOLD - NEVER_SHOWN
    assert seen == {name for name in gone if not name.startswith("Item")}


def test_roles_of_people_are_caught_too() -> None:
    card, poisoner = mark("interview", 3)
    silent = [
        source.model_copy(
            update={
                "answers": {
                    name: answer.model_copy(update={"by": None})
                    for name, answer in source.answers.items()
                }
            }
        )
        for source in card.panel.sources
    ]
    spoken = join(silent, read_definition("interview-72"))
    text = render_report("html", spoken)
    assert find_people(text, poisoner) >= {"Respondent.role", "Answer.note"}
    assert "Respondent.role" not in find_people(render_report("html", anonymise(spoken)), poisoner)


def test_who_usually_answers_is_told_as_it_belongs_to_the_questionnaire() -> None:
    card, _ = mark("interview", 1)
    assert "Human resources" in render_report("html", anonymise(card))
