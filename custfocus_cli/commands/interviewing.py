"""Setting up an interview: which questionnaire, which file, and what is known before it starts."""

from __future__ import annotations

import datetime
import os
import re
import shlex
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from custfocus_cli.commands.loading import Request, load_scorecard
from custfocus_cli.commands.output import say
from custfocus_cli.documents.assessment import Assessment
from custfocus_cli.documents.checks import check_assessment
from custfocus_cli.documents.definition import Definition
from custfocus_cli.documents.form import fit
from custfocus_cli.errors import BadInput, CustfocusError, Problem
from custfocus_cli.files.atomic import save
from custfocus_cli.files.catalogue import SUFFIXES, Catalogue
from custfocus_cli.files.disk import read_bytes
from custfocus_cli.files.lock import hold as hold_file
from custfocus_cli.files.reader import read
from custfocus_cli.files.sources import load
from custfocus_cli.files.writer import to_yaml
from custfocus_cli.interview.prompts import Interview, ask_text, confirm, hold
from custfocus_cli.scoring.scorecard import Scorecard

DEFAULT_QUESTIONNAIRE = "team-36"


@dataclass(frozen=True, slots=True)
class Setup:
    """What was said on the command line; None where it was not."""

    questionnaire: str | None = None
    file: str | None = None
    organisation: str | None = None
    scope: str | None = None
    date: str | None = None
    target: str | None = None
    role: str | None = None
    group: str | None = None
    by: str | None = None


def run_interview(setup: Setup, *, quiet: bool = False) -> tuple[str, Scorecard]:
    """The file of answers after the conversation, and what its answers mean so far.

    Raises CustfocusError where it cannot begin; KeyboardInterrupt passes through with everything
    answered on the disk.
    """
    organisation = setup.organisation
    if setup.file is None and organisation is None:
        organisation = ask_text("Which organisation is assessed?", required=True)
    file = setup.file or _propose_name(organisation or "", setup.date)
    if not file.lower().endswith((".yaml", ".yml")):
        raise CustfocusError("answers are written as YAML", f"name the file {file}.yaml")
    with hold_file(file):
        if os.path.lexists(file):
            definition, assessment = _continue(file, setup)
        else:
            if organisation is None:
                organisation = ask_text("Which organisation is assessed?", required=True)
            definition, assessment = _begin(file, setup, organisation)
        say(f"Every answer is saved in {file} at once. Ctrl-C stops.", quiet=quiet)
        interview = Interview(definition, _keep_saving(file), datetime.date.today, setup.by)
        try:
            hold(interview, assessment)
        except (KeyboardInterrupt, EOFError):
            say("Stopped; every finished answer is saved.", quiet=quiet)
            say(f"To go on: custfocus assess -o {shlex.quote(file)}", quiet=quiet)
            raise
    return file, load_scorecard(Request([file]), quiet=quiet)


def _keep_saving(file: str) -> Callable[[Assessment], None]:
    """What saves each state of an assessment, unless another hand has changed the file meanwhile.

    The answers then go into a file of their own beside it, and the interview ends.
    """
    written = read_bytes(file)

    def keep(assessment: Assessment) -> None:
        nonlocal written
        if read_bytes(file) != written:
            beside = str(Path(file).with_suffix(".mine.yaml"))
            _save(beside, assessment)
            raise CustfocusError(
                f"{file} was changed by another hand meanwhile and was left as it is",
                f"the answers of this interview are in {beside}",
            )
        _save(file, assessment)
        written = to_yaml(assessment).encode()

    return keep


def _save(file: str, assessment: Assessment) -> None:
    save(file, to_yaml(assessment), private=True)


def _propose_name(organisation: str, date: str | None) -> str:
    """A file name made of the organisation and the year: `our-firm-2026.yaml`."""
    letters = unicodedata.normalize("NFKD", organisation.lower()).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^a-z0-9]+", "-", letters)[:40].strip("-") or "answers"
    return f"{plain}-{(date or _today())[:4]}.yaml"


def _today() -> str:
    return datetime.date.today().isoformat()


def _begin(file: str, setup: Setup, organisation: str) -> tuple[Definition, Assessment]:
    """A new assessment, on the disk before the first question."""
    named = setup.questionnaire or DEFAULT_QUESTIONNAIRE
    definition = Catalogue().find(named)
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
        "respondent": {key: value for key, value in respondent.items() if value} or None,
        "target": setup.target,
    }
    made = fit(Assessment, {key: value for key, value in written.items() if value is not None})
    if isinstance(made, tuple):
        raise CustfocusError(f"{'.'.join(map(str, made[0].loc))}: {made[0].message}")
    for finding in check_assessment(made, definition):
        raise CustfocusError(f"{'.'.join(map(str, finding.loc))}: {finding.message}")
    _save(file, made)
    return definition, made


def _reference(named: str, definition: Definition, file: str) -> dict[str, str]:
    """How the file of answers names its questionnaire: by id, or by the path from its folder."""
    if not named.lower().endswith(SUFFIXES):
        return {"id": definition.id}
    folder = Path(file).resolve().parent
    return {"path": Path(os.path.relpath(Path(named).resolve(), folder)).as_posix()}


def _continue(file: str, setup: Setup) -> tuple[Definition, Assessment]:
    """The assessment that a file holds, to go on with.

    Asks before anything is lost that only a hand can have put there: comments and its own layout.
    """
    loaded = load([file]).loaded[0]
    named = setup.questionnaire
    if named is not None and Catalogue().find(named).id != loaded.definition.id:
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
    if to_yaml(assessment) != read(file, data).text and not confirm(
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
