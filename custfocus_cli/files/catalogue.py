"""Finding questionnaires and models: shipped ones by id, one's own by a path beside what names it.

A catalogue lives for one run and reads each file once, so that a thousand assessments load their
questionnaire once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.resources.abc import Traversable
from typing import Final, NamedTuple

from custfocus_cli.documents.assessment import Assessment, QuestionnaireReference
from custfocus_cli.documents.checks import (
    check_assessment,
    check_mapping,
    check_model,
    check_policy,
    check_questionnaire,
    check_tally,
    check_theme,
)
from custfocus_cli.documents.definition import Definition, resolve, stand_on
from custfocus_cli.documents.fields import Finding, Loc, did_you_mean, quote, shorten
from custfocus_cli.documents.mapping import TableMapping
from custfocus_cli.documents.model import Model
from custfocus_cli.documents.policy import Policy
from custfocus_cli.documents.questionnaire import Questionnaire
from custfocus_cli.documents.tally import Tally
from custfocus_cli.documents.theme import ReportTheme
from custfocus_cli.errors import BadInput, CustfocusError, Problem
from custfocus_cli.files.places import File
from custfocus_cli.files.reader import Reading, ordered, read, read_file
from custfocus_cli.packaged import shipped

SUFFIXES: Final = (".yaml", ".yml", ".json")
"""How the name of a file that we read ends; anything else that names a questionnaire is an id."""

_MOST_BASES: Final = 8


class Whole(NamedTuple):
    """A questionnaire with everything it stands on, or what is wrong with any of it.

    There is no definition where there is a problem.
    """

    questionnaire: Questionnaire | None = None
    model: Model | None = None
    problems: tuple[Problem, ...] = ()
    definition: Definition | None = None


@cache
def shipped_files() -> Mapping[str, Traversable]:
    """The shipped models and questionnaires by id, which is the name of the file, sorted."""
    files = (each for each in shipped("questionnaires").iterdir() if each.name.endswith(".yaml"))
    return {each.name.removesuffix(".yaml"): each for each in sorted(files, key=lambda f: f.name)}


def list_questionnaires() -> tuple[str, ...]:
    """The ids of the shipped questionnaires, sorted."""
    return tuple(
        name
        for name, file in shipped_files().items()
        if read(file.name, file.read_bytes()).kind == "questionnaire"
    )


class Catalogue:
    """The questionnaires and models of one run."""

    def __init__(self) -> None:
        self._readings: dict[str, Reading | Problem] = {}
        self._wholes: dict[str, Whole] = {}

    def find(self, name: str) -> Definition:
        """The definition of a shipped questionnaire by its id, or of one's own by its path.

        Raises CustfocusError where there is none, BadInput where it is not in order.
        """
        found = self._named(name, (), File(""), "questionnaire")
        if isinstance(found, Finding):
            raise CustfocusError(found.message)
        whole = self.whole(found)
        if whole.definition is None:
            raise BadInput(ordered(whole.problems))
        return whole.definition

    def definition_for(
        self, reading: Reading, reference: QuestionnaireReference
    ) -> Definition | tuple[Problem, ...]:
        """The definition that an assessment's reference means, or why there is none."""
        key = "path" if reference.path is not None else "id"
        name = reference.path or reference.id or ""
        found = self._named(name, ("questionnaire", key), reading.origin, "questionnaire")
        if isinstance(found, Finding):
            return reading.judge([found])
        whole = self.whole(found)
        if whole.definition is None:
            return whole.problems
        if reference.id not in (None, whole.definition.id):
            message = f"the questionnaire in {shorten(name)} has the id '{whole.definition.id}'"
            return reading.judge([Finding(("questionnaire", "id"), "unknown-id", message)])
        return whole.definition

    def whole(self, reading: Reading) -> Whole:
        """The questionnaire of a file, joined once with everything it stands on."""
        key = reading.origin.key
        if key not in self._wholes:
            self._wholes[key] = self._resolve(reading)
        return self._wholes[key]

    def check(self, reading: Reading) -> tuple[Problem, ...]:
        """Every problem of a file and of the files it names, in order."""
        document = reading.document
        problems: tuple[Problem, ...] = reading.problems
        if isinstance(document, Model):
            problems += reading.judge(check_model(document))
        elif isinstance(document, Policy):
            problems += reading.judge(check_policy(document))
        elif isinstance(document, TableMapping):
            problems += reading.judge(check_mapping(document))
        elif isinstance(document, ReportTheme):
            problems += reading.judge(check_theme(document))
        elif isinstance(document, Questionnaire):
            problems += self.whole(reading).problems
        elif isinstance(document, Assessment) and not reading.cuts.hold(("questionnaire",)):
            found = self.definition_for(reading, document.questionnaire)
            if isinstance(found, tuple):
                problems += found
            else:
                problems += reading.judge(check_assessment(document, found))
        elif isinstance(document, Tally) and not reading.cuts.hold(("questionnaire",)):
            found = self.definition_for(reading, document.questionnaire.reference)
            if isinstance(found, tuple):
                problems += found
            else:
                problems += reading.judge(check_tally(document, found))
        return ordered(problems)

    # --- finding ---

    def _named(self, name: str, loc: Loc, origin: File, kind: str) -> Reading | Finding:
        """What a name in a file leads to; the finding, where it does not, is about `loc`."""
        shown = shorten(name)
        if not name.lower().endswith(SUFFIXES):
            files = shipped_files()
            if name not in files:
                message = f"no {kind} {quote(name)} is shipped{did_you_mean(name, files)}"
                hint = "" if "did you" in message else _hint_at_a_file(shown, loc)
                return Finding(loc, "unknown-id", message + hint)
            path = str(files[name])
            found = self._fetched(path, lambda: read(path, files[name].read_bytes()))
        else:
            file = origin.beside(name)
            if file is None:
                message = f"{shown} lies beside the file that names it, and this is standard input"
                return Finding(loc, "stdin-path", message)
            found = self._fetched(file.key, lambda: read_file(file))
        if isinstance(found, Problem):
            return Finding(loc, "cannot-read", f"{shown}: {found.message}")
        if found.kind not in (kind, None):
            return Finding(loc, "wrong-kind", f"{shown} is no {kind} but a {found.kind}")
        return found

    def _fetched(self, key: str, fetch: Callable[[], Reading | Problem]) -> Reading | Problem:
        """The reading of a file, made once; or why the file cannot be read."""
        if key not in self._readings:
            self._readings[key] = fetch()
        return self._readings[key]

    # --- joining ---

    def _resolve(self, reading: Reading) -> Whole:
        chain = self._chain(reading)
        if isinstance(chain, tuple):
            return Whole(problems=(*reading.problems, *chain))
        whole = None
        for each, written in reversed(chain):
            whole = self._join(each, written, whole)
        return whole or Whole()

    def _chain(self, reading: Reading) -> list[tuple[Reading, Questionnaire]] | tuple[Problem, ...]:
        """A questionnaire and those it stands on, nearest first; problems where that fails."""
        chain: list[tuple[Reading, Questionnaire]] = []
        top = reading
        while isinstance(top.document, Questionnaire) and not _lacks_its_base(top):
            chain.append((top, top.document))
            name = top.document.based_on
            if name is None:
                return chain
            at: Loc = ("based_on",)
            found = self._named(name, at, top.origin, "questionnaire")
            if isinstance(found, Finding):
                return top.judge([found])
            if found.origin.key in [each.origin.key for each, _ in chain]:
                paths = [shorten(each.path) for each in (*(link for link, _ in chain), found)]
                message = f"this leads in a circle: {' -> '.join(paths)}"
                return reading.judge([Finding(at, "based-on-cycle", message)])
            if len(chain) > _MOST_BASES:
                message = f"questionnaires stand on each other at most {_MOST_BASES} deep"
                return reading.judge([Finding(at, "too-deep", message)])
            top = found
        return top.problems

    def _join(self, reading: Reading, written: Questionnaire, base: Whole | None) -> Whole:
        """The questionnaire of one file on the whole one that it stands on."""
        model, problems = self._model(reading, written, base)
        problems = (*(base.problems if base else ()), *reading.problems, *problems)
        if model is None or (base is not None and base.problems):
            return Whole(problems=problems)
        under = base.questionnaire if base else None
        findings = list(check_questionnaire(written, model, under))
        whole = written if under is None else stand_on(written, under)
        if under is not None and not findings:
            findings += _inherited(whole, model, written)
        problems += reading.judge(findings)
        return Whole(whole, model, problems, None if problems else resolve(whole, model))

    def _model(
        self, reading: Reading, written: Questionnaire, base: Whole | None
    ) -> tuple[Model | None, tuple[Problem, ...]]:
        """The model of a questionnaire: its own, the one it names, or its base's."""
        if isinstance(written.model, Model):
            return written.model, reading.judge(check_model(written.model, _MODEL, alone=False))
        if written.model is None:
            if base is not None:
                return base.model, ()
            finding = Finding(_MODEL, "missing-key", "the key model is missing")
            return None, reading.judge([finding])
        found = self._named(written.model, _MODEL, reading.origin, "model")
        if isinstance(found, Finding):
            return None, reading.judge([found])
        if not isinstance(found.document, Model):
            return None, found.problems
        problems = (*found.problems, *found.judge(check_model(found.document)))
        return (None if problems else found.document), problems


_MODEL: Final[Loc] = ("model",)


def _hint_at_a_file(name: str, loc: Loc) -> str:
    """How a file would be named instead of an id."""
    if loc == ("questionnaire", "id"):
        return f"; for a file of your own, write path: {name}.yaml instead of id"
    return "; a file is named with its suffix .yaml"


def _lacks_its_base(reading: Reading) -> bool:
    """Whether what a questionnaire stands on was cut out of it."""
    return not reading.cuts.gone.isdisjoint({_MODEL, ("based_on",)})


def _inherited(whole: Questionnaire, model: Model, written: Questionnaire) -> Iterator[Finding]:
    """What does not fit between a base and what was changed about it, at the change."""
    for finding in check_questionnaire(whole, model):
        loc = finding.loc
        changed: Loc = _MODEL if written.model is not None else ("based_on",)
        if len(loc) >= 4 and loc[0] == "items" and isinstance(loc[3], int):
            block = whole.items[str(loc[1])]
            items = block.perception if loc[2] == "perception" else block.stages[str(loc[2])]
            name = items[loc[3]].id
            if name in written.override:
                changed = ("override", name, *loc[4:])
        yield Finding(changed, finding.rule, finding.message)
