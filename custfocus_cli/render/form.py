"""The form: a questionnaire as a page that is answered in a browser and gives a file back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from custfocus_cli.documents.assessment import Assessment
from custfocus_cli.documents.definition import Definition, Entry
from custfocus_cli.documents.model import Model, Special
from custfocus_cli.documents.questionnaire import Placement
from custfocus_cli.render.questionnaire import (
    Asked,
    Chapter,
    Choice,
    Group,
    Legend,
    list_chapters,
    list_choices,
    list_legends,
    list_levels,
)
from custfocus_cli.render.sheet import list_facts
from custfocus_cli.wording.figures import FIGURES, TITLE
from custfocus_cli.wording.safety import clean, safe_json

KIND: Final = "Questionnaire"

INTERVIEW: Final = "interview"
SURVEY: Final = "survey"


class Handout(NamedTuple):
    """What the sender of a form says beforehand; what is empty is asked, or left out.

    `reference` is how the file of answers names the questionnaire. One role or group alone is that
    of everybody who gets this form, of several one is chosen. `intro` is a greeting, `return_to`
    says where the file goes.
    """

    reference: Mapping[str, str]
    organisation: str = ""
    scope: str = ""
    date: str = ""
    roles: tuple[Choice, ...] = ()
    groups: tuple[Choice, ...] = ()
    intro: str = ""
    return_to: str = ""


class Pick(NamedTuple):
    """Something about the person who answers, to be chosen of several: a role or a group."""

    name: str
    question: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """The whole page.

    `audience` is a mode of an assessment, `day` the date; either may be empty. `reasons` holds, by
    item, the code of the answer that needs a reason, `stacked` the items whose answers are too long
    to stand in a row.
    `numbers` are the figures that have to be numbers. `data` is what the script knows, as JSON.
    """

    title: str
    audience: str
    facts: tuple[tuple[str, str], ...]
    day: str
    about: str
    description: str
    intro: str
    return_to: str
    asks_whose: bool
    picks: tuple[Pick, ...]
    legends: tuple[Legend, ...]
    context: tuple[Asked, ...]
    chapters: tuple[Chapter, ...]
    figures: tuple[Asked, ...]
    figures_title: str
    numbers: frozenset[str]
    reasons: Mapping[str, str]
    stacked: frozenset[str]
    data: str


def view_form(definition: Definition, handout: Handout) -> Form:
    """The page of a questionnaire, as it goes out with what its sender says."""
    questionnaire = definition.questionnaire
    audience = questionnaire.audience or ""
    entries = tuple(definition.entries.values())
    chapters = _list_chapters(definition, entries, audience)
    silent = audience == SURVEY
    context = () if silent else questionnaire.context
    alone = audience in (SURVEY, "self")  # no single person knows what a programme costs
    figures = {} if alone or not questionnaire.balance else FIGURES
    return Form(
        title=definition.title,
        audience=audience,
        facts=tuple(_list_facts(handout, len(entries), questionnaire.minutes)),
        day=handout.date,
        about=f"{questionnaire.id} {questionnaire.version}",
        description=questionnaire.description or "",
        intro=handout.intro,
        return_to=handout.return_to,
        asks_whose=not handout.organisation,
        picks=tuple(_list_picks(handout, audience)),
        legends=tuple(map(_hide_codes, list_legends(_find_model(definition), entries))),
        context=tuple(Asked(each.id, each.question) for each in context),
        chapters=tuple(_shorten(each, audience) for each in chapters),
        figures=tuple(Asked(name, text) for name, text in figures.items()),
        figures_title=TITLE,
        numbers=frozenset(_NUMBERS),
        reasons=dict(_list_reasons(entries)),
        stacked=frozenset(entry.id for entry in entries if entry.kind == "placement"),
        data=write_data(_list_data(definition, handout, entries)),
    )


def _hide_codes(legend: Legend) -> Legend:
    """The legend by labels alone, as the answers stand on this page."""
    return legend._replace(choices=tuple(c._replace(code=c.label) for c in legend.choices))


def _find_model(definition: Definition) -> Model:
    """The model as this form shows it: in a survey nobody is asked what backs an answer."""
    if definition.questionnaire.audience != SURVEY:
        return definition.model
    return definition.model.model_copy(update={"evidence_levels": ()})


def _list_chapters(
    definition: Definition, entries: Sequence[Entry], audience: str
) -> tuple[Chapter, ...]:
    levels = list_levels(_find_model(definition))
    unknown = definition.model.scale.dont_know

    def ask(entry: Entry) -> Asked:
        several = audience == INTERVIEW
        facts = () if audience == SURVEY else list_facts(entry, definition, several=several)
        backed = levels if entry.kind == "item" else ()
        answers = _list_answers(entry, unknown)
        return Asked(entry.id, entry.statement, tuple(facts), answers, backed)

    return list_chapters(definition, entries, ask)


_NUMBERS: Final = ("programme_cost", "programme_benefit")


def _list_answers(entry: Entry, unknown: Special | None) -> tuple[Choice, ...]:
    """What may be answered; to a placement, the stage that a text describes."""
    if entry.scale is not None:
        return list_choices(entry.scale, allow_na=entry.allow_na)
    options = entry.source.options if isinstance(entry.source, Placement) else ()
    placed = (Choice(str(number), text) for number, text in enumerate(options))
    special = (Choice(unknown.code, unknown.label, unknown.meaning),) if unknown else ()
    return (*placed, *special)


def _list_reasons(entries: Sequence[Entry]) -> Iterator[tuple[str, str]]:
    for entry in entries:
        if entry.scale is not None and entry.scale.not_applicable is not None and entry.allow_na:
            yield entry.id, entry.scale.not_applicable.code


def _list_facts(handout: Handout, count: int, minutes: int | None) -> Iterator[tuple[str, str]]:
    if handout.organisation:
        yield "Organisation", handout.organisation
        yield "Scope", handout.scope
    if handout.date:
        yield "Date", handout.date
    for name, choices in (("Role", handout.roles), ("Group", handout.groups)):
        if len(choices) == 1:
            yield name, choices[0].label
    yield "Questions", f"{count}, about {minutes} minutes" if minutes is not None else str(count)


def _list_picks(handout: Handout, audience: str) -> Iterator[Pick]:
    whose = "Whose answers are these, by {}?" if audience == INTERVIEW else "What is your {}?"
    for name, choices in (("role", handout.roles), ("group", handout.groups)):
        if len(choices) > 1:
            yield Pick(name, whose.format(name), choices)


def _shorten(chapter: Chapter, audience: str) -> Chapter:
    """The chapter without what nobody reads with people in the room, or what a survey hides.

    In a survey no text may say which answer is the wanted one.
    """
    if audience == INTERVIEW:
        return chapter._replace(text="")
    if audience != SURVEY:
        return chapter
    asked = tuple(each for group in chapter.groups for each in group.asked)
    return Chapter(chapter.title, "", (Group("", "", asked),))


# --- what the script knows --------------------------------------------------------------------


def _list_data(
    definition: Definition, handout: Handout, entries: Sequence[Entry]
) -> Mapping[str, object]:
    """What the file of answers begins with, and what each answer can need."""
    questionnaire = definition.questionnaire
    alone = {
        name: choices[0].code
        for name, choices in (("role", handout.roles), ("group", handout.groups))
        if len(choices) == 1
    }
    start = {
        "format": Assessment.FORMAT,
        "questionnaire": {
            **handout.reference,
            "version": questionnaire.version,
            "digest": definition.digest,
        },
        "organisation": handout.organisation,
        "scope": handout.scope,
        "date": handout.date,
        "mode": questionnaire.audience,
        "respondent": alone,
    }
    written = json.dumps([start, [entry.id for entry in entries]], sort_keys=True)
    meanings: list[Mapping[str, str]] = []
    for entry in entries:
        if (found := _list_meanings(entry)) not in meanings:
            meanings.append(found)
    return {
        "key": f"custfocus-form-{hashlib.sha256(written.encode()).hexdigest()[:16]}",
        "name": questionnaire.id,
        # As pairs: a page that names a format the way a file does would be taken for that file.
        "start": [[name, value] for name, value in start.items() if value],
        "items": [entry.id for entry in entries],
        "reasons": dict(_list_reasons(entries)),
        "rated": list(definition.model.scale.points),
        "meanings": meanings,
        "meant": [meanings.index(_list_meanings(entry)) for entry in entries],
        "numbers": list(_NUMBERS),
    }


def _list_meanings(entry: Entry) -> Mapping[str, str]:
    """What each answer of a scale means; a placement says it in the answers themselves."""
    given = list_choices(entry.scale) if entry.scale is not None else ()
    return {each.code: clean(each.meaning) for each in given if each.meaning}


def write_data(data: Mapping[str, object]) -> str:
    """The data as JSON that no text in it can end, open or act in: signs of HTML are escapes."""
    text = safe_json(json.dumps(data, ensure_ascii=True))
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text
