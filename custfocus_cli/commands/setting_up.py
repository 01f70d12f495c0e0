"""Setting an interview up: what the command line did not say is asked; nothing is remembered."""

from __future__ import annotations

import datetime
import os
import re
import unicodedata
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from custfocus_cli.documents.definition import Definition
from custfocus_cli.documents.fields import ID_PATTERN
from custfocus_cli.errors import CustfocusError
from custfocus_cli.files.catalogue import Catalogue, list_questionnaires
from custfocus_cli.files.sources import load_assessment
from custfocus_cli.files.writer import ENDINGS
from custfocus_cli.interview.prompts import Option, ask_text, choose, confirm
from custfocus_cli.wording.phrases import counted

DEFAULT_QUESTIONNAIRE = "team-36"


@dataclass(frozen=True, slots=True)
class Setup:
    """What was said on the command line; None where it was not.

    `wanted` are the sessions or roles of this run, none for all.
    """

    questionnaire: str | None = None
    file: str | None = None
    organisation: str | None = None
    scope: str | None = None
    date: str | None = None
    target: str | None = None
    role: str | None = None
    group: str | None = None
    by: str | None = None
    previous: str | None = None
    wanted: tuple[str, ...] = ()
    adaptive: bool | None = None
    open_only: bool = False

    @property
    def bare(self) -> bool:
        """Whether nothing says yet what is assessed."""
        return self.questionnaire is None and self.file is None and self.organisation is None


def set_up(setup: Setup, catalogue: Catalogue) -> Setup:
    """The same with everything an assessment begins with, asked one after the other."""
    names = sorted(list_questionnaires(), key=lambda name: name != DEFAULT_QUESTIONNAIRE)
    shipped = {name: catalogue.find(name) for name in names}
    named = choose("Which questionnaire?", [_describe(each) for each in shipped.values()])
    definition = shipped[named]
    organisation = ask_text("Which organisation is assessed?", required=True)
    scope = setup.scope or ask_text(
        "Which part of it?", default="whole organisation", required=True
    )
    role = setup.role or ask_text(
        "Who answers, by role, such as team-leader? (Enter: leave open)", check=_check_id
    )
    target = setup.target or _choose_target(definition)
    file = _choose_file(named, organisation, (setup.date or datetime.date.today().isoformat())[:4])
    chosen = replace(setup, file=file)
    if os.path.lexists(file):
        return chosen
    return replace(
        chosen,
        questionnaire=named,
        organisation=organisation,
        scope=scope,
        role=role or None,
        target=target,
    )


def _describe(definition: Definition) -> Option:
    """A questionnaire as something to choose: its title, how much it asks, what it is for."""
    questionnaire = definition.questionnaire
    much = counted(len(definition.entries), "question")
    if questionnaire.minutes is not None:
        much += f", about {questionnaire.minutes} minutes"
    first, stop, _ = (questionnaire.description or "").partition(". ")
    return Option(definition.id, f"{definition.title} ({much})", f"{first}{stop.strip()}")


def _choose_target(definition: Definition) -> str | None:
    """The target profile, each with a sentence; the default stands first."""
    model = definition.model
    default = model.target().id
    profiles = sorted(model.targets, key=lambda each: each.id != default)
    if len(profiles) < 2:
        return None
    options = []
    for each in profiles:
        first, stop, _ = each.description.partition(". ")
        options.append(Option(each.id, each.name, f"{first}{stop.strip()}"))
    return choose("Where do you want to get to?", options)


def _choose_file(questionnaire: str, organisation: str, year: str) -> str:
    """Where the answers go: a file that is new, or begun and gone on with."""
    name = propose_name(organisation, year)
    check = partial(check_file, questionnaire, organisation)
    while True:
        file = ask_text(
            "In which file are the answers kept?", default=name, required=True, check=check
        )
        if not os.path.lexists(file) or confirm(f"{file} exists. Go on with the answers in it?"):
            return file


def check_file(questionnaire: str, organisation: str, file: str) -> str | None:
    """What is wrong with the name of an answer file, if anything."""
    if not file.lower().endswith(ENDINGS):
        return "Answers are written as YAML: let the name end in .yaml"
    folder = Path(file).parent
    if not folder.is_dir():
        return f"There is no folder {folder}"
    return _check_content(questionnaire, organisation, file) if os.path.lexists(file) else None


def _check_content(questionnaire: str, organisation: str, file: str) -> str | None:
    """Why the answers in a file cannot be gone on with, if anything."""
    try:
        found = load_assessment(file)
    except CustfocusError:
        return f"{file} holds no answers that can be read: give another name"
    theirs = found.assessment.organisation, found.definition.id
    if theirs == (organisation, questionnaire):
        return None
    return f"{file} holds the answers of {theirs[0]} to {theirs[1]}: give another name"


def _check_id(text: str) -> str | None:
    if not text or re.fullmatch(ID_PATTERN, text):
        return None
    return "Small letters, digits and hyphens, such as team-leader"


def propose_name(organisation: str, year: str) -> str:
    """A file name made of the organisation and the year: `our-firm-2026.yaml`."""
    letters = unicodedata.normalize("NFKD", organisation.lower()).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^a-z0-9]+", "-", letters)[:40].strip("-") or "answers"
    return f"{plain}-{year}.yaml"
