"""What a command is given as SOURCE, as assessments with the definitions they are scored by."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from custfocus_cli.documents.assessment import Assessment
from custfocus_cli.documents.checks import check_assessment
from custfocus_cli.documents.definition import Definition
from custfocus_cli.documents.fields import Finding
from custfocus_cli.documents.kinds import KINDS
from custfocus_cli.errors import BadInput, CustfocusError, Problem
from custfocus_cli.files.catalogue import SUFFIXES, Catalogue
from custfocus_cli.files.disk import STANDARD_INPUT, read_source, reason
from custfocus_cli.files.reader import RESULTS, Reading, ordered, read

_TABLES: Final = (".csv", ".tsv", ".xlsx", ".parquet")

Found = tuple[str, bool]
"""The path of a file, and whether a folder was named and the file found in it."""


class Loaded(NamedTuple):
    """An assessment that was read and is in order, with the definition it is scored by.

    Answers that the definition does not know are left out: `unknown_items` are the ids of those
    that another version asked for, `outside_answers` those that `rescore` left out.
    `digest_matches` is false where the file answers other questions.
    """

    path: str
    assessment: Assessment
    definition: Definition
    digest_matches: bool = True
    unknown_items: tuple[str, ...] = ()
    outside_answers: tuple[str, ...] = ()


class Sources(NamedTuple):
    """What was read; `passed_over` holds path and kind of the other files of ours in a folder."""

    loaded: tuple[Loaded, ...]
    passed_over: tuple[tuple[str, str], ...] = ()


class Group(NamedTuple):
    """The assessments that answer one questionnaire, to be scored as one panel."""

    definition: Definition
    loaded: tuple[Loaded, ...]

    @property
    def assessments(self) -> tuple[Assessment, ...]:
        """The assessments alone."""
        return tuple(each.assessment for each in self.loaded)


def load(
    sources: Sequence[str],
    *,
    questionnaire: str | None = None,
    catalogue: Catalogue | None = None,
    follow: Callable[[Sequence[Found]], Iterable[Found]] = iter,
) -> Sources:
    """The assessments behind sources: files, folders, `-` for standard input.

    `questionnaire` is a file that gives the definition where it cannot be found; `follow` hands
    the files on one by one, and may tell how far it is. Raises BadInput
    with every problem of every file, CustfocusError where a source is none.
    """
    catalogue = catalogue or Catalogue()
    given = catalogue.find(questionnaire) if questionnaire else None
    loaded: list[Loaded] = []
    problems: list[Problem] = []
    passed_over: list[tuple[str, str]] = []
    for path, in_folder in follow(tuple(_paths(sources))):
        data = read_source(path)
        if isinstance(data, Problem):
            problems.append(data)
            continue
        reading = read(path, data)
        if in_folder and _is_other_kind(reading):
            passed_over.append((path, reading.kind or ""))
            continue
        found = _loaded(reading, data, catalogue, given)
        if isinstance(found, Loaded):
            loaded.append(found)
        else:
            problems += found
    if problems:
        raise BadInput(ordered(problems))
    if not loaded:
        raise CustfocusError(f"there is no assessment in {', '.join(sources)}")
    return Sources(tuple(loaded), tuple(passed_over))


def rescore(loaded: Loaded, definition: Definition) -> Loaded:
    """The same answers under another questionnaire on the same model, such as a subset.

    Raises CustfocusError where the model is another one, BadInput where an answer is none there.
    """
    if definition.model.id != loaded.definition.model.id:
        raise CustfocusError(
            f"{definition.id} stands on the model '{definition.model.id}', {loaded.path} on "
            f"'{loaded.definition.model.id}'"
        )
    assessment, outside = _without_unknown(loaded.assessment, definition)
    problems = [
        Problem(loaded.path, None, None, each.rule, each.message, f"/answers/{each.loc[1]}")
        for each in check_assessment(assessment, definition)
        if each.loc[0] == "answers"
    ]
    if problems:
        raise BadInput(ordered(problems))
    return loaded._replace(assessment=assessment, definition=definition, outside_answers=outside)


def group(loaded: Sequence[Loaded], *, window: int) -> tuple[Group, ...]:
    """The panels that assessments make, one for each questionnaire, in the order they were given.

    Raises CustfocusError where they are not about the same thing: another organisation or scope,
    dates more than `window` days apart, a respondent twice, another model, two questionnaires with
    items of stages, another major version of one questionnaire.
    """
    _refuse_different(loaded, "organisation", (each.assessment.organisation for each in loaded))
    _refuse_different(loaded, "scope", (each.assessment.scope for each in loaded))
    _refuse_different(loaded, "model", (each.definition.model.id or "" for each in loaded))
    _refuse_far_apart(loaded, window)
    groups: dict[str, list[Loaded]] = {}
    for each in loaded:
        groups.setdefault(each.definition.id, []).append(each)
    for members in groups.values():
        _refuse_other_versions(members)
        _refuse_twins(members)
    found = tuple(Group(members[0].definition, tuple(members)) for members in groups.values())
    staged = [each.definition.id for each in found if each.definition.has_stages]
    if len(staged) > 1:
        raise CustfocusError(
            f"only one of the questionnaires may have items of stages: {', '.join(staged)}",
            "score the answers by one of them with --as",
        )
    return found


# --- reading ---------------------------------------------------------------------------------


def _paths(sources: Iterable[str]) -> Iterator[Found]:
    """The files behind sources."""
    seen: set[str] = set()
    for source in sources:
        for path, in_folder in _files_of(source):
            key = path if path == STANDARD_INPUT else os.path.realpath(path)
            if key in seen:
                name = "standard input" if path == STANDARD_INPUT else path
                raise CustfocusError(f"{name} is given twice")
            seen.add(key)
            yield path, in_folder


def _files_of(source: str) -> Iterator[tuple[str, bool]]:
    if source == STANDARD_INPUT:
        yield source, False
    elif source.lower().endswith(_TABLES):
        raise CustfocusError(
            f"{source} is a table; custfocus reads answers from YAML and JSON files"
        )
    elif "\0" in source:
        raise CustfocusError(f"no file has such a name: {source!r}")
    elif Path(source).is_dir():
        yield from ((path, True) for path in list_folder(source))
    else:
        yield source, False


def is_folder(path: str) -> bool:
    """Whether a folder stands at a path."""
    return "\0" not in path and Path(path).is_dir()


def list_folder(folder: str) -> Sequence[str]:
    """The files of a folder that may be ours, by name; not those of folders in it."""
    try:
        names = sorted(each.name for each in Path(folder).iterdir() if each.is_file())
    except OSError as error:
        raise CustfocusError(f"the folder {folder} cannot be read: {reason(error)}") from error
    return [
        str(Path(folder) / name)
        for name in names
        if name.lower().endswith(SUFFIXES) and not name.startswith(".")
    ]


def _is_other_kind(reading: Reading) -> bool:
    return reading.kind != "assessment" and reading.kind in (*KINDS, *RESULTS)


def _loaded(
    reading: Reading, data: bytes, catalogue: Catalogue, given: Definition | None
) -> Loaded | tuple[Problem, ...]:
    """A file as an assessment with its definition, or every problem of it."""
    assessment = reading.document
    if not isinstance(assessment, Assessment):
        return reading.problems or _not_an_assessment(reading)
    definition = _definition(reading, assessment, catalogue, given)
    if isinstance(definition, tuple):
        return (*reading.problems, *definition)
    problems = (*reading.problems, *reading.judge(check_assessment(assessment, definition)))
    if problems:
        return problems
    digest = assessment.questionnaire.digest
    known, unknown = _without_unknown(assessment, definition)
    matches = digest in (None, definition.digest)
    return Loaded(reading.path, known, definition, matches, unknown)


def _not_an_assessment(reading: Reading) -> tuple[Problem, ...]:
    message = f"expected an assessment, found a {reading.kind}"
    return reading.judge([Finding(("format",), "wrong-kind", message)])


def _definition(
    reading: Reading, assessment: Assessment, catalogue: Catalogue, given: Definition | None
) -> Definition | tuple[Problem, ...]:
    """The definition given for the assessment, or the one that it names."""
    if reading.cuts.hold(("questionnaire",)):
        return ()
    reference = assessment.questionnaire
    if given is not None and reference.id == given.id:
        return given
    found = catalogue.definition_for(reading, reference)
    if isinstance(found, tuple) and given is not None and reference.id is None:
        return given
    return found


def _without_unknown(
    assessment: Assessment, definition: Definition
) -> tuple[Assessment, tuple[str, ...]]:
    """The assessment without answers that the definition has no item for, and their ids."""
    unknown = tuple(name for name in assessment.answers if name not in definition.entries)
    if not unknown:
        return assessment, ()
    known = {
        name: answer for name, answer in assessment.answers.items() if name in definition.entries
    }
    return assessment.model_copy(update={"answers": known}), unknown


# --- panels ----------------------------------------------------------------------------------


def _refuse_different(loaded: Sequence[Loaded], what: str, values: Iterable[str]) -> None:
    one, *others = zip(values, loaded, strict=True)
    for value, each in others:
        if value != one[0]:
            raise CustfocusError(
                f"not the same {what}: '{one[0]}' in {one[1].path}, '{value}' in {each.path}",
                "several files together are one panel; score them one by one",
            )


def _refuse_far_apart(loaded: Sequence[Loaded], window: int) -> None:
    first = min(loaded, key=lambda each: each.assessment.date)
    last = max(loaded, key=lambda each: each.assessment.date)
    days = (last.assessment.date - first.assessment.date).days
    if days > window:
        raise CustfocusError(
            f"{first.path} ({first.assessment.date}) and {last.path} ({last.assessment.date}) are "
            f"{days} days apart, more than {window}",
            f"score them one by one; to make one panel of them, --window {days}",
        )


def _refuse_other_versions(loaded: Sequence[Loaded]) -> None:
    majors = [_version(each).partition(".")[0] for each in loaded]
    _refuse_different(loaded, "major version of the questionnaire", majors)
    digests = [each.definition.digest for each in loaded]
    _refuse_different(loaded, "content of the questionnaire", digests)


def _version(loaded: Loaded) -> str:
    return loaded.assessment.questionnaire.version or loaded.definition.questionnaire.version


def _refuse_twins(loaded: Sequence[Loaded]) -> None:
    seen: dict[str, str] = {}
    for each in loaded:
        respondent = each.assessment.respondent
        name = respondent.id if respondent else None
        if name in seen:
            raise CustfocusError(
                f"the respondent '{name}' stands in {seen[name]} and in {each.path}",
                "leave one of the two out",
            )
        if name is not None:
            seen[name] = each.path
