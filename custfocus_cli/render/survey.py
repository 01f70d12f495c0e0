"""A questionnaire as a survey server asks it: the view that every format for one is written from.

Survey servers give answers back as tables, some of them with no more than the texts that people
saw. So each statement begins with its id, `[sv-1a] ...`, and each option with its code.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from custfocus_cli.documents.definition import Definition, Entry
from custfocus_cli.documents.model import Scale
from custfocus_cli.documents.questionnaire import Placement
from custfocus_cli.render.questionnaire import Asked, list_chapters, list_choices
from custfocus_cli.wording.phrases import sentence
from custfocus_cli.wording.safety import clean

REASON: Final = "-REASON"
"""How the name of a question for a reason ends. No id has a capital, so that none is like it."""


class Option(NamedTuple):
    """An answer to choose: its code, and the text that people see."""

    code: str
    text: str


class Condition(NamedTuple):
    """That the question of this name was answered with this code."""

    name: str
    code: str


class Question(NamedTuple):
    """One question; without options it is answered in free words.

    `name` is the id of what is asked, `help` stands below the text. A question on a condition is
    shown where that holds, and must be answered then; every other one may be left open.
    """

    name: str
    text: str
    help: str = ""
    options: tuple[Option, ...] = ()
    condition: Condition | None = None


class Page(NamedTuple):
    """What is asked together: about one characteristic, in the balance check, or who answers."""

    title: str
    text: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Survey:
    """The whole survey; a paragraph of the welcome is one line or several."""

    id: str
    version: str
    language: str
    title: str
    welcome: tuple[tuple[str, ...], ...]
    pages: tuple[Page, ...]

    def name_page(self, page: Page) -> str:
        """What a page is called in a file: `Part1`. It has a capital, as no id has."""
        return f"Part{self.pages.index(page) + 1}"


def view_survey(
    definition: Definition, roles: Sequence[str] = (), groups: Sequence[str] = ()
) -> Survey:
    """The survey of a questionnaire.

    `roles` and `groups` are the ids among which people find themselves; without roles those of
    the questionnaire are. What is answered in free words is left out, the context and the figures,
    and so is the evidence: neither can be counted.
    """
    questionnaire = definition.questionnaire
    entries = definition.entries
    chapters = list_chapters(
        definition, entries.values(), lambda entry: Asked(entry.id, entry.statement)
    )
    pages = (
        Page("About you", "", tuple(_ask_who(definition, roles, groups))),
        *(
            Page(
                _settle(chapter.title),
                _settle(chapter.text),
                tuple(
                    question
                    for group in chapter.groups
                    for asked in group.asked
                    for question in _ask(entries[asked.id], definition)
                ),
            )
            for chapter in chapters
        ),
    )
    return Survey(
        definition.id,
        questionnaire.version,
        questionnaire.language,
        _settle(definition.title),
        tuple(_welcome(definition)),
        tuple(page for page in pages if page.questions),
    )


def _settle(text: str) -> str:
    """The text on one line, with nothing in it that acts or is not seen."""
    return " ".join(clean(text).split())


def _welcome(definition: Definition) -> Iterator[tuple[str, ...]]:
    """What the survey is about, and what the answers of each scale mean."""
    if definition.questionnaire.description:
        yield (_settle(definition.questionnaire.description),)
    scales: list[Scale] = []
    for entry in definition.entries.values():
        if entry.scale is not None and entry.scale not in scales:
            scales.append(entry.scale)
    for scale in scales:
        allow_na = any(e.allow_na for e in definition.entries.values() if e.scale == scale)
        choices = list_choices(scale, allow_na=allow_na)
        yield _settle(scale.question), *(_settle(choice.line) for choice in choices)


def _ask_who(
    definition: Definition, roles: Sequence[str], groups: Sequence[str]
) -> Iterator[Question]:
    """What people may say of themselves; an entry of the same name takes the place of either.

    The words alone stand there: a role is known by its name, a group by its id as words.
    """
    questionnaire = definition.questionnaire
    named = {each: questionnaire.role_name(each) for each in roles or questionnaire.roles}
    listed = {each: each.replace("-", " ") for each in groups}
    for name, text, words in (
        ("role", "What is your role?", named),
        ("group", "Which group do you belong to?", listed),
    ):
        if words and name not in definition.entries:
            options = (Option(code, sentence(_settle(label))) for code, label in words.items())
            yield Question(name, f"[{name}] {text}", "You may leave this open.", tuple(options))


def _ask(entry: Entry, definition: Definition) -> Iterator[Question]:
    """The question of an entry, and the one for the reason why it does not apply."""
    options = tuple(_list_options(entry, definition))
    asks = _settle(entry.scale.question) if entry.scale else ""
    yield Question(entry.id, f"[{entry.id}] {_settle(entry.statement)}", asks, options)
    if entry.scale and entry.scale.not_applicable and entry.allow_na:
        name = f"{entry.id}{REASON}"
        yield Question(
            name,
            f"[{name}] Why does this not apply?",
            "A few words are enough. Please name nobody.",
            condition=Condition(entry.id, entry.scale.not_applicable.code),
        )


def _list_options(entry: Entry, definition: Definition) -> Iterator[Option]:
    if entry.scale is not None:
        for choice in list_choices(entry.scale, allow_na=entry.allow_na):
            yield _option(choice.code, choice.label)
        return
    if isinstance(entry.source, Placement):
        for stage, text in enumerate(entry.source.options):
            yield _option(str(stage), text)
    unknown = definition.model.scale.dont_know
    if unknown is not None:
        yield _option(unknown.code, unknown.label)


def _option(code: str, label: str) -> Option:
    """The code with its label behind it; the label alone where it says the code in words."""
    text = _settle(label)
    same = text.casefold() == code.replace("-", " ").casefold()
    return Option(code, text if same else f"{code} - {text}")
