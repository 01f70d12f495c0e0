"""A workshop from its panel to its file: what respondents rate differently, agreed one by one."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from custfocus_cli.commands.interviewing import (
    Keeper,
    Outcome,
    begin_assessment,
    converse,
    go_on_with,
    refuse_ending,
)
from custfocus_cli.commands.loading import Request, gather, load_scorecard
from custfocus_cli.commands.options import WINDOW_DAYS
from custfocus_cli.commands.setting_up import Setup
from custfocus_cli.documents.assessment import Assessment
from custfocus_cli.documents.definition import Definition
from custfocus_cli.errors import CustfocusError
from custfocus_cli.files.catalogue import Catalogue
from custfocus_cli.files.disk import STANDARD_INPUT
from custfocus_cli.files.lock import hold as hold_file
from custfocus_cli.files.sources import Counted, Group, group, is_folder, load
from custfocus_cli.interview.conversation import LONGEST_TEXT, Script, look_at
from custfocus_cli.interview.plan import is_answered
from custfocus_cli.interview.workshop import list_topics, plan_workshop
from custfocus_cli.scoring.anonymity import has_too_few
from custfocus_cli.scoring.panel import Panel, join, panel, speaks

WITNESS = "workshop"
"""Whose word an agreed rating is, where nothing else was said with --by."""


class Meeting(NamedTuple):
    """What was said on the command line about a workshop; `request` says what its panel is."""

    request: Request
    file: str | None = None
    by: str | None = None
    open_only: bool = False


def refuse_unused(setup: Setup, request: Request) -> None:
    """Raise CustfocusError for what a workshop has no use for, or an interview without a panel."""
    if not request.sources:
        for option, value in _list_options(request):
            if option not in ("--organisation", "--date") and value is not None:
                raise CustfocusError(f"{option} is about the answers of a --panel")
        return
    for option, said in (
        ("QUESTIONNAIRE", setup.questionnaire),
        ("--scope", setup.scope),
        ("--target", setup.target),
        ("--role", setup.role),
        ("--group", setup.group),
        ("--previous", setup.previous),
        ("--for", setup.wanted or None),
        ("--adaptive", setup.adaptive),
    ):
        if said is not None:
            raise CustfocusError(
                f"{option} has no meaning together with --panel",
                "the panel says what it is about; that of a table is named with --questionnaire"
                if option == "QUESTIONNAIRE"
                else "the answers of the panel say what it is about",
            )


def run_workshop(meeting: Meeting, *, quiet: bool = False) -> Outcome:
    """The outcome of a workshop; raises what `run_interview` does."""
    if meeting.file is None:
        raise CustfocusError(
            "a workshop needs a file for what is agreed", "name one: -o agreed.yaml"
        )
    if STANDARD_INPUT in meeting.request.sources:
        raise CustfocusError(
            "a workshop needs the keyboard, so its panel cannot come from standard input",
            "write the answers into a file and name that with --panel",
        )
    if len(meeting.by or "") > LONGEST_TEXT:
        raise CustfocusError(f"--by takes at most {LONGEST_TEXT} characters")
    file, catalogue = meeting.file, Catalogue()
    refuse_ending(file)
    with hold_file(file):
        keeper = Keeper(file)
        asked = _listen(meeting.request, file, catalogue, quiet=quiet)
        heard = panel(asked.assessments, asked.definition)
        begun = os.path.lexists(file)
        if begun:
            agreed = _go_on(file, asked, meeting.request.window, catalogue)
        else:
            agreed = _prepare(file, asked, heard, meeting.request, catalogue)
        script = _write_script(meeting, file, asked.definition, heard, agreed)
        if not begun:
            keeper.save(agreed)
        go_on = f"custfocus assess {_name_panel(meeting.request)} -o {shlex.quote(file)}"
        ended = converse(script, agreed, keeper, go_on, quiet=quiet)
    sources = [*meeting.request.sources]
    if not any(_holds(source, file) for source in sources):
        sources.append(file)
    if has_too_few(heard, asked.definition):
        sources = [file]  # what is agreed may be shown, and nothing of what they said before
    request = meeting.request._replace(sources=sources)
    card = load_scorecard(request, quiet=True)
    outlook = look_at(script, ended.assessment)
    return Outcome(file, _name_sources(request), go_on, not ended.unanswered, card, outlook)


def _listen(request: Request, file: str, catalogue: Catalogue, *, quiet: bool) -> Group:
    """The panel that has the stages, without the file of this workshop where a folder holds it.

    Raises CustfocusError where what the sources say cannot stand in one result, or nobody is there
    to differ with.
    """
    found = gather(request, catalogue, quiet=quiet)
    if found.main.tallies:
        tally = next(each.path for each in found.main.members if isinstance(each, Counted))
        raise CustfocusError(
            f"{tally} is a tally: a workshop needs the answers themselves, not counts of them",
            "give the files or the table from which it was made",
        )
    members = tuple(each for each in found.main.loaded if not _is_same(each.path, file))
    if sum(speaks(each.assessment) for each in members) < 2:
        raise CustfocusError(
            "a workshop is about the answers of several respondents",
            "name more files, a folder or a table: --panel can be given several times",
        )
    join([panel(each.assessments, each.definition) for each in found.groups])
    return Group(found.main.definition, members)


def _holds(source: str, file: str) -> bool:
    """Whether a source is that file, or the folder in which it stands."""
    return _is_same(source, file) or (
        is_folder(source) and _is_same(source, str(Path(file).resolve().parent))
    )


def _is_same(path: str, file: str) -> bool:
    one, other = Path(path), Path(file)
    return one.exists() and other.exists() and one.samefile(other)


def _write_script(
    meeting: Meeting, file: str, definition: Definition, heard: Panel, agreed: Assessment
) -> Script:
    workshop = plan_workshop(heard, definition, agreed.answers)
    questions = list_topics(workshop, definition)
    if not questions:
        count = len(definition.entries)
        raise CustfocusError(
            f"the {heard.respondents} respondents are far apart on none of the {count} items",
            f"there is nothing to settle: custfocus score {_name_sources(meeting.request)}",
        )
    if meeting.open_only:
        questions = tuple(each for each in questions if not is_answered(each, agreed))
        if not questions:
            raise CustfocusError(
                f"everything on which respondents differ is agreed in {file}",
                "leave --open-only out to see and change it",
            )
    modes = {each.mode or definition.questionnaire.audience for each in heard.sources}
    return Script(
        definition,
        questions,
        file=file,
        by=meeting.by or WITNESS,
        asks_evidence="interview" in modes,
        workshop=workshop,
    )


# --- the file ----------------------------------------------------------------------------------


def _prepare(
    file: str, asked: Group, heard: Panel, request: Request, catalogue: Catalogue
) -> Assessment:
    """A file that every check of panels lets stand beside these answers: of the same day as they.

    It has no mode and no respondent, since it is nobody's answer.
    """
    named = _name_questionnaire(asked, request, catalogue)
    facts = {
        "organisation": heard.organisation,
        "scope": heard.scope,
        "date": heard.date.isoformat(),
    }
    return begin_assessment(file, named, asked.definition, facts)


def _name_questionnaire(asked: Group, request: Request, catalogue: Catalogue) -> str:
    """The id or path by which the questionnaire of the panel is found again."""
    first = asked.loaded[0]
    reference = first.assessment.questionnaire
    beside = str(Path(first.path).parent / (reference.path or ""))
    for named in (request.questionnaire, reference.id or beside):
        try:
            if named and catalogue.find(named).digest == asked.definition.digest:
                return named
        except CustfocusError:  # what the file names is not at hand: so it was given
            continue
    raise CustfocusError(
        f"the questionnaire {asked.definition.id} of {first.path} is not at hand as it was asked",
        "name it by its file: --questionnaire FILE",
    )


def _go_on(file: str, asked: Group, window: int, catalogue: Catalogue) -> Assessment:
    """What a workshop has agreed so far.

    Raises CustfocusError where the file holds anything else, or cannot stand beside the panel.
    """
    begun = load([file], catalogue=catalogue).loaded[0]
    if speaks(begun.assessment):
        raise CustfocusError(
            f"{file} holds a respondent's answers, not what a workshop agreed",
            "give another file with -o",
        )
    try:
        found = group([*asked.loaded, begun], window=window)
    except CustfocusError as error:
        raise CustfocusError(error.message, _ANOTHER) from None
    if len(found) > 1:
        raise CustfocusError(
            f"{file} answers {begun.definition.id}, the panel {asked.definition.id}", _ANOTHER
        )
    return go_on_with(file, Setup(file=file), catalogue)[1]


_ANOTHER = "this is the file of another workshop: give another one with -o"


# --- the commands that follow --------------------------------------------------------------------


def _name_panel(request: Request) -> str:
    panels = [f"--panel {shlex.quote(source)}" for source in request.sources]
    return " ".join([*panels, *_name_options(request)])


def _name_sources(request: Request) -> str:
    return " ".join([shlex.join(request.sources), *_name_options(request)])


def _name_options(request: Request) -> Iterator[str]:
    """The options that the sources need to be read again, as they were given."""
    for option, value in _list_options(request):
        if value is not None:
            yield f"{option} {shlex.quote(value)}"


def _list_options(request: Request) -> Iterator[tuple[str, str | None]]:
    """Each option of a panel and what was given with it, None for nothing."""
    tables = request.tables
    yield "--questionnaire", request.questionnaire
    yield "--profile", tables.profile
    yield "--mapping", tables.mapping
    yield "--organisation", tables.organisation
    yield "--date", tables.date.isoformat() if tables.date else None
    yield "--window", str(request.window) if request.window != WINDOW_DAYS else None
