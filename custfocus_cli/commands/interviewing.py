"""An interview from its file to its file: begun or gone on with, held, and told what remains."""

from __future__ import annotations

import datetime
import os
import shlex
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from custfocus_cli.commands.loading import Request, load_scorecard
from custfocus_cli.commands.output import say
from custfocus_cli.commands.setting_up import DEFAULT_QUESTIONNAIRE, Setup, propose_name, set_up
from custfocus_cli.documents.assessment import Assessment
from custfocus_cli.documents.checks import check_assessment
from custfocus_cli.documents.definition import Definition
from custfocus_cli.documents.form import fit
from custfocus_cli.errors import BadInput, CustfocusError, Overtaken, Problem
from custfocus_cli.files.atomic import save
from custfocus_cli.files.catalogue import SUFFIXES, Catalogue
from custfocus_cli.files.disk import read_bytes
from custfocus_cli.files.lock import hold as hold_file
from custfocus_cli.files.sources import load_assessment
from custfocus_cli.files.text import decode
from custfocus_cli.files.tree import MOST_BYTES
from custfocus_cli.files.writer import ENDINGS, to_yaml
from custfocus_cli.interview.conversation import LONGEST_TEXT, Moment, Script, begin
from custfocus_cli.interview.outlook import Outlook, look_ahead
from custfocus_cli.interview.plan import (
    Question,
    find_settled,
    is_answered,
    list_open,
    list_questions,
    name_witness,
    plan_pace,
)
from custfocus_cli.interview.prompts import ask_text, confirm, hold
from custfocus_cli.scoring.scorecard import Scorecard


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an interview: its file, what the answers mean so far, and what remains.

    `go_on` is the command that goes on with it, `complete` says that nothing is open of what this
    run asked.
    """

    file: str
    go_on: str
    complete: bool
    card: Scorecard
    outlook: Outlook


def run_interview(setup: Setup, *, quiet: bool = False) -> Outcome:
    """The outcome of the conversation.

    Raises CustfocusError where it cannot begin or cannot save; KeyboardInterrupt passes through
    with everything answered on the disk.
    """
    catalogue = Catalogue()
    setup = set_up(setup, catalogue) if setup.bare else setup
    _refuse_long(setup)
    organisation = setup.organisation
    if setup.file is None and organisation is None:
        organisation = ask_text("Which organisation is assessed?", required=True)
    file = setup.file or propose_name(organisation or "", (setup.date or _today())[:4])
    if not file.lower().endswith(ENDINGS):
        raise CustfocusError("answers are written as YAML", f"name the file {file}.yaml")
    with hold_file(file):
        keeper = Keeper(file)  # before the file is read: whoever changes it from here on is noticed
        begun = os.path.lexists(file)
        if not begun and organisation is None:
            organisation = ask_text("Which organisation is assessed?", required=True)
        if begun:
            definition, assessment = _continue(file, setup, catalogue)
        else:
            definition, assessment = _prepare(file, setup, organisation or "", catalogue)
        script = _write_script(setup, file, definition, assessment, catalogue)
        if not begun or script.adaptive != assessment.adaptive:
            update = {"adaptive": script.adaptive} if begun or script.adaptive else {}
            assessment = assessment.model_copy(update=update)
            keeper.save(assessment)
        try:
            ended = hold(begin(script, assessment), keeper.save, _now)
        except (KeyboardInterrupt, EOFError):
            say("Stopped; every finished answer is saved.", quiet=quiet)
            people = f" --for {shlex.quote(','.join(setup.wanted))}" if setup.wanted else ""
            say(f"To go on: {_name_command(setup, file)}{people}", quiet=quiet)
            raise
    outlook = look_ahead(definition, ended.assessment, adaptive=script.adaptive)
    card = load_scorecard(Request([file]), quiet=quiet)
    return Outcome(file, _name_command(setup, file), not ended.unanswered, card, outlook)


def _name_command(setup: Setup, file: str) -> str:
    """The command that goes on with the file, for whomever; what stands in the file goes unsaid."""
    previous = f" --previous {shlex.quote(setup.previous)}" if setup.previous else ""
    return f"custfocus assess -o {shlex.quote(file)}{previous}"


def _now() -> Moment:
    return Moment(datetime.date.today(), time.monotonic())


def _today() -> str:
    return datetime.date.today().isoformat()


def list_next_commands(outcome: Outcome) -> Iterator[tuple[str, str]]:
    """What to run next, each with what for."""
    file = shlex.quote(outcome.file)
    sessions = outcome.outlook.remainders
    for each in sessions:
        minutes = f", about {each.minutes} min" if each.minutes is not None else ""
        yield (
            f"{each.session.name} ({each.unanswered} open{minutes})",
            f"{outcome.go_on} --for {each.session.id}",
        )
    if outcome.outlook.unanswered and (outcome.outlook.outside or not sessions):
        yield "To go on", outcome.go_on
    if not outcome.complete:
        yield "The scorecard so far", f"custfocus score {file}"
    yield "For the board", f"custfocus report {file} -o {shlex.quote(_report_name(outcome.file))}"
    yield "What to do next", f"custfocus plan {file}"


def _report_name(file: str) -> str:
    return str(Path(file).with_suffix(".html"))


# --- the file ----------------------------------------------------------------------------------


class Keeper:
    """Who saves the answers, and notices when another hand has changed the file meanwhile."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._known = _read(file)

    def save(self, assessment: Assessment) -> None:
        """Put the answers on the disk.

        Raises CustfocusError where that fails; Overtaken where the file is not as it was left: it
        stays as it is, and the answers are kept beside it.
        """
        data = to_yaml(assessment).encode()
        if len(data) > MOST_BYTES:
            raise CustfocusError(f"{self._file} would be too large to be read again")
        found = _read(self._file)
        if found is not None and found != self._known:
            beside = self._name_beside()
            save(beside, data, private=True)
            raise Overtaken(
                f"{self._file} was changed by another hand meanwhile and was left as it is",
                f"the answers of this interview are in {beside}; go on with one of the two:"
                f" custfocus assess -o {shlex.quote(beside)}",
            )
        save(self._file, data, private=True)
        self._known = data

    def _name_beside(self) -> str:
        """A name beside the file that is still free: `answers.mine.yaml`."""
        path = Path(self._file)
        for number in range(1, 1000):
            count = "" if number == 1 else f"-{number}"
            beside = path.with_name(f"{path.stem}.mine{count}{path.suffix}")
            if not os.path.lexists(beside):
                return str(beside)
        raise CustfocusError(f"no name beside {self._file} is free for your answers")


def _read(file: str) -> bytes | None:
    """The bytes of the file, None where there is none; CustfocusError where it cannot be read."""
    if not Path(file).exists():
        return None
    data = read_bytes(file)
    if isinstance(data, Problem):
        raise CustfocusError(f"{file} could not be read: {data.message}")
    return data


# --- what the conversation is about ------------------------------------------------------------


def _write_script(
    setup: Setup,
    file: str,
    definition: Definition,
    assessment: Assessment,
    catalogue: Catalogue,
) -> Script:
    questions = list_questions(definition, setup.wanted)
    adaptive = assessment.adaptive if setup.adaptive is None else setup.adaptive
    if setup.open_only:
        settled = find_settled(definition, assessment.answers) if adaptive else {}
        questions = tuple(each for each in questions if not is_answered(each, assessment))
        _refuse_nothing(list_open(questions, assessment, settled), setup, file)
    _refuse_nothing([each for each in questions if each.rated], setup, file)
    mode = assessment.mode or definition.questionnaire.audience
    before = _load_previous(setup.previous, definition, assessment, catalogue)
    return Script(
        definition,
        questions,
        file=file,
        by=setup.by or name_witness(definition, setup.wanted),
        previous=before,
        previous_year=_name_year(before, assessment) if before else "",
        asks_evidence=mode == "interview",
        adaptive=adaptive,
        pace=plan_pace(definition, setup.wanted),
    )


def _refuse_long(setup: Setup) -> None:
    """Raise CustfocusError where a text of the command line is longer than a file may hold."""
    for name in ("organisation", "scope", "by"):
        if len(getattr(setup, name) or "") > LONGEST_TEXT:
            raise CustfocusError(f"--{name} takes at most {LONGEST_TEXT} characters")


def _refuse_nothing(wanting: Sequence[Question], setup: Setup, file: str) -> None:
    if not wanting:
        what = f" of {', '.join(setup.wanted)}" if setup.wanted else ""
        raise CustfocusError(
            f"no question{what} is open in {file}",
            "leave --open-only out to see and change the answers",
        )


def _load_previous(
    path: str | None, definition: Definition, assessment: Assessment, catalogue: Catalogue
) -> Assessment | None:
    """The answers of the year before, None where none are asked for."""
    if path is None:
        return None
    loaded = load_assessment(path, catalogue)
    if loaded.definition.model.id != definition.model.id:
        raise CustfocusError(f"{path} answers questions on another model than {definition.id}")
    before = loaded.assessment
    if before.organisation != assessment.organisation:
        raise CustfocusError(
            f"{path} is about {before.organisation}, not {assessment.organisation}",
            "give the file of the same organisation with --previous",
        )
    return before


def _name_year(before: Assessment, assessment: Assessment) -> str:
    """The year of the earlier answers; their day, where they are of this year too."""
    same_year = before.date.year == assessment.date.year
    return before.date.isoformat() if same_year else str(before.date.year)


def _prepare(
    file: str, setup: Setup, organisation: str, catalogue: Catalogue
) -> tuple[Definition, Assessment]:
    """A new assessment, not on the disk yet."""
    named = setup.questionnaire or DEFAULT_QUESTIONNAIRE
    definition = catalogue.find(named)
    respondent = {"role": setup.role, "group": setup.group}
    written: Mapping[str, object] = {
        "questionnaire": {
            **_reference(named, definition, file),
            "version": definition.questionnaire.version,
            "digest": definition.digest,
        },
        "organisation": organisation,
        "scope": setup.scope,
        "date": setup.date or _today(),
        "mode": definition.questionnaire.audience,
        "adaptive": setup.adaptive or None,
        "respondent": {key: value for key, value in respondent.items() if value} or None,
        "target": setup.target,
    }
    made = fit(Assessment, {key: value for key, value in written.items() if value is not None})
    if isinstance(made, tuple):
        raise CustfocusError(f"{'.'.join(map(str, made[0].loc))}: {made[0].message}")
    for finding in check_assessment(made, definition):
        raise CustfocusError(f"{'.'.join(map(str, finding.loc))}: {finding.message}")
    return definition, made


def _reference(named: str, definition: Definition, file: str) -> dict[str, str]:
    """How the file of answers names its questionnaire: by id, or by the path from its folder."""
    if not named.lower().endswith(SUFFIXES):
        return {"id": definition.id}
    folder = Path(file).resolve().parent
    return {"path": Path(os.path.relpath(Path(named).resolve(), folder)).as_posix()}


def _continue(file: str, setup: Setup, catalogue: Catalogue) -> tuple[Definition, Assessment]:
    """The assessment that a file holds, to go on with.

    Asks before anything is lost that only a hand can have put there: comments and its own layout.
    """
    loaded = load_assessment(file, catalogue)
    named = setup.questionnaire
    if named is not None and catalogue.find(named).id != loaded.definition.id:
        raise CustfocusError(
            f"{file} answers {loaded.definition.id}, not {named}",
            "leave the questionnaire out, or give another file with -o",
        )
    if not loaded.digest_matches:
        raise CustfocusError(
            f"{loaded.definition.id} has changed since {file} was begun",
            "begin a new file with -o; the answers so far can still be scored",
        )
    _refuse_another(file, loaded.assessment, setup)
    data = read_bytes(file)
    if isinstance(data, Problem):
        raise BadInput([data])
    assessment = loaded.assessment
    if to_yaml(assessment) != decode(data)[0] and not confirm(
        f"{file} was edited by hand; its comments and layout will go. Continue?"
    ):
        raise CustfocusError(f"{file} was left as it is", "give another file with -o")
    return loaded.definition, assessment


def _refuse_another(file: str, assessment: Assessment, setup: Setup) -> None:
    """Raise CustfocusError where the command line says something else than the file."""
    respondent = assessment.respondent
    for key, said, written in (
        ("organisation", setup.organisation, assessment.organisation),
        ("scope", setup.scope, assessment.scope),
        ("date", setup.date, assessment.date.isoformat()),
        ("target", setup.target, assessment.target),
        ("role", setup.role, respondent.role if respondent else None),
        ("group", setup.group, respondent.group if respondent else None),
    ):
        if said is not None and said != written:
            raise CustfocusError(
                f"{file} has {f'the {key} {written!r}' if written else f'no {key}'}, not {said!r}",
                f"leave --{key} out, or give another file with -o",
            )
