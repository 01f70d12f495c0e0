"""What a command is given as SOURCE, as assessments with the definitions they are scored by."""

from __future__ import annotations

import datetime
import hashlib
import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Final, NamedTuple, overload

from custfocus_cli.documents.assessment import Assessment, QuestionnaireReference
from custfocus_cli.documents.checks import asks_the_same, check_assessment, check_tally
from custfocus_cli.documents.definition import Definition
from custfocus_cli.documents.fields import Finding, quote, tell_apart
from custfocus_cli.documents.kinds import KINDS
from custfocus_cli.documents.mapping import TableMapping
from custfocus_cli.documents.policy import Policy
from custfocus_cli.documents.recognition import Recognition
from custfocus_cli.documents.tally import People, Tally
from custfocus_cli.errors import BadInput, CustfocusError, Problem, name_path
from custfocus_cli.files.catalogue import SUFFIXES, Catalogue, list_questionnaires
from custfocus_cli.files.disk import STANDARD_INPUT, list_names
from custfocus_cli.files.places import File
from custfocus_cli.files.reader import RESULTS, Reading, ordered, read_file
from custfocus_cli.files.revisions import list_files, locate
from custfocus_cli.files.text import name

if TYPE_CHECKING:
    from custfocus_cli.files.tables.table import Table

_CONTROL: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
TABLE: Final = "table"
"""What stands in `Sources.passed_over` for a table in a folder, which is read by name alone."""
_TABLES: Final = (".csv", ".tsv", ".xlsx")
_COUNTED: Final = (".parquet",)
"""Tables whose answers are counted, not read one by one."""

Found = tuple[File, bool]
"""A file, and whether a folder was named and the file found in it."""


class Loaded(NamedTuple):
    """An assessment that was read and is in order, with the definition it is scored by.

    Answers that the definition does not know are left out: `unknown_items` are the ids of ratings
    that another version asked for, `outside_answers` those that `rescore` left out.
    `digest_matches` is false where the file answers other questions, by its digest or, without
    one, by its major version. `reading` still knows where each answer stands.
    """

    path: str
    assessment: Assessment
    definition: Definition
    digest_matches: bool = True
    unknown_items: tuple[str, ...] = ()
    outside_answers: tuple[str, ...] = ()
    reading: Reading = Reading("")


class Counted(NamedTuple):
    """A tally that was read and is in order, with the definition it is scored by.

    The rest is as in `Loaded`; counts of items that the definition does not know are left out.
    """

    path: str
    tally: Tally
    definition: Definition
    digest_matches: bool = True
    unknown_items: tuple[str, ...] = ()
    outside_answers: tuple[str, ...] = ()
    reading: Reading = Reading("")


Member = Loaded | Counted
"""Whatever gives answers: a file of one person's, or a tally of many people's."""


class TableOptions(NamedTuple):
    """What is said about tables of answers beside the questionnaire: options of a command.

    `mapping` is a source, on the disk or as `REF:PATH`. Organisation and date are those of tables
    that do not say them.
    """

    profile: str | None = None
    mapping: str | None = None
    organisation: str | None = None
    date: datetime.date | None = None


class Sources(NamedTuple):
    """What was read; `passed_over` holds path and kind of the other files of ours in a folder.

    `tables` tells of each table what was understood.
    """

    members: tuple[Member, ...]
    passed_over: tuple[tuple[str, str], ...] = ()
    tables: tuple[Recognition, ...] = ()

    @property
    def loaded(self) -> tuple[Loaded, ...]:
        """The assessments."""
        return tuple(each for each in self.members if isinstance(each, Loaded))


class Group(NamedTuple):
    """What answers one questionnaire, to be scored as one panel: assessments, or tallies."""

    definition: Definition
    members: tuple[Member, ...]

    @property
    def loaded(self) -> tuple[Loaded, ...]:
        """The files of one person's answers."""
        return tuple(each for each in self.members if isinstance(each, Loaded))

    @property
    def assessments(self) -> tuple[Assessment, ...]:
        """The assessments alone."""
        return tuple(each.assessment for each in self.loaded)

    @property
    def tallies(self) -> tuple[Tally, ...]:
        """The tallies alone."""
        return tuple(each.tally for each in self.members if isinstance(each, Counted))


def load(
    sources: Sequence[str],
    *,
    questionnaire: str | None = None,
    tables: TableOptions = TableOptions(),  # noqa: B008 - a value that never changes
    catalogue: Catalogue | None = None,
    follow: Callable[[Sequence[Found]], Iterable[Found]] = iter,
    keep: Callable[[Loaded], Loaded] = lambda each: each,
) -> Sources:
    """The assessments behind sources: files, folders, tables, each also as `REF:PATH`, and `-`.

    `questionnaire` gives the definition of a table, and that of a file where it cannot be found;
    `follow` hands the files on one by one, and may tell how far it is; `keep` says what is kept of
    each file of answers. Raises BadInput with every
    problem of every file, CustfocusError where a source is none.
    """
    catalogue = catalogue or Catalogue()
    given = catalogue.find(questionnaire) if questionnaire is not None else None
    members: list[Member] = []
    problems: list[Problem] = []
    passed_over: list[tuple[str, str]] = []
    recognised: list[Recognition] = []
    for file, in_folder in follow(tuple(_find_all(sources))):
        if in_folder and _is_named_as_table(file.path):
            passed_over.append((file.name, TABLE))
            continue
        if _is_table(file):
            try:
                people, recognition = _load_table(file, given, tables, catalogue)
            except BadInput as error:
                problems += error.problems
            else:
                members += people
                recognised.append(recognition)
            continue
        reading = read_file(file)
        if isinstance(reading, Problem):
            problems.append(reading)
            continue
        if in_folder and _is_other_kind(reading):
            passed_over.append((reading.path, reading.kind or ""))
            continue
        found = _loaded(reading, catalogue, given)
        if isinstance(found, tuple) and not isinstance(found, Loaded | Counted):
            problems += found
        else:
            members.append(keep(found) if isinstance(found, Loaded) else found)
    if problems:
        raise BadInput(ordered(problems))
    if not members:
        unread = [path for path, kind in passed_over if kind == TABLE]
        hint = f"a table is read where it is named: {unread[0]}" if unread else ""
        if recognised:
            hint = f"custfocus tally {recognised[0].path} --dry-run shows how it was read"
        raise CustfocusError(
            f"there is no assessment in {', '.join(map(name_path, sources))}", hint
        )
    return Sources(tuple(members), tuple(passed_over), tuple(recognised))


def load_assessment(path: str, catalogue: Catalogue | None = None) -> Loaded:
    """The first assessment of a source; CustfocusError where there are counts alone."""
    found = load([path], catalogue=catalogue)
    if not found.loaded:
        raise CustfocusError(f"{path} is a tally: it holds nobody's answers")
    return found.loaded[0]


def is_missing(source: str) -> bool:
    """Whether nothing is where a source says, on the disk or at a revision that there is.

    Raises CustfocusError where a revision is unknown, and for a name that is none or that nobody
    gives to a file. A link that leads nowhere, and what may not be looked at are not missing:
    `load` says what they are.
    """
    missing = find_file(source).is_missing
    control = _CONTROL.search(source)
    if missing and control:
        raise CustfocusError(
            f"there is no {source!r}; the control character {name(control[0])} in it is a mistake",
            "a variable of a pipeline may end with the end of a line",
        )
    return missing


def load_policy(
    source: str, find_misfits: Callable[[Policy], Iterable[Finding]]
) -> tuple[Policy, Reading]:
    """The policy in a file, on the disk or as `REF:PATH`, and its reading.

    `find_misfits` says what does not fit between it and what it is to judge. Raises BadInput with
    every problem.
    """
    if not source.strip():
        raise CustfocusError("the policy has no name", _EMPTY)
    reading = read_file(find_file(source))
    if isinstance(reading, Problem):
        raise BadInput([reading])
    policy = reading.document
    if not isinstance(policy, Policy):
        raise BadInput(reading.problems or _not_a("policy", reading))
    problems = Catalogue().check(reading) or reading.judge(find_misfits(policy))
    if problems:
        raise BadInput(ordered(problems))
    return policy, reading


@overload
def rescore(loaded: Loaded, definition: Definition) -> Loaded: ...
@overload
def rescore(loaded: Member, definition: Definition) -> Member: ...
def rescore(loaded: Member, definition: Definition) -> Member:
    """The same answers under another questionnaire on the same model, such as a subset.

    Raises CustfocusError where the model is another one, BadInput where an answer is none there.
    """
    if not definition.shares_model(loaded.definition):
        raise CustfocusError(
            f"{definition.id} stands on the model {_name_model(definition)}, {loaded.path} on"
            f" another one, {_name_model(loaded.definition)}"
        )
    if isinstance(loaded, Counted):
        tally, gone = _without_uncounted(loaded.tally, definition)
        return loaded._replace(tally=tally, definition=definition, outside_answers=gone)
    assessment, outside = _without_unknown(loaded.assessment, definition)
    problems = [
        Problem(loaded.path, None, None, each.rule, each.message, f"/answers/{each.loc[1]}")
        for each in check_assessment(assessment, definition)
        if each.loc[0] == "answers"
    ]
    if problems:
        raise BadInput(ordered(problems))
    return loaded._replace(assessment=assessment, definition=definition, outside_answers=outside)


def group(loaded: Sequence[Member], *, window: int) -> tuple[Group, ...]:
    """The panels that assessments make, one for each questionnaire, in the order they were given.

    Raises CustfocusError where they are not about the same thing: another organisation or scope,
    dates more than `window` days apart, a respondent twice, another model, two questionnaires with
    items of stages, another major version of one questionnaire.
    """
    _refuse_different(loaded, "organisation", (_said(each).organisation for each in loaded))
    _refuse_different(loaded, "scope", (_said(each).scope for each in loaded))
    _refuse_other_models(loaded)
    _refuse_far_apart(loaded, window)
    groups: dict[str, list[Member]] = {}
    for each in loaded:
        groups.setdefault(each.definition.id, []).append(each)
    for members in groups.values():
        _refuse_mixture(members)
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


def find_tally(path: str) -> Tally | None:
    """The tally in a file; None where there is none, or one that is not in order."""
    if not Path(path).is_file():
        return None
    reading = read_file(File(path))
    if isinstance(reading, Problem) or reading.problems:
        return None
    return reading.document if isinstance(reading.document, Tally) else None


def split_tables(sources: Sequence[str]) -> tuple[tuple[File, ...], tuple[str, ...]]:
    """The tables among sources, and the other sources; CustfocusError where one is given twice."""
    tables: dict[str, File] = {}
    others = []
    for source in sources:
        file = find_file(source)
        if not source.lower().endswith((*_TABLES, *_COUNTED)) or is_folder(source):
            others.append(source)
        elif file.key in tables:
            raise CustfocusError(f"{file.name} is given twice")
        else:
            tables[file.key] = file
    return tuple(tables.values()), tuple(others)


def load_mapping(source: str) -> Reading:
    """The reading of a mapping, on the disk or as `REF:PATH`; BadInput with every problem of it."""
    reading = read_file(find_file(source))
    if isinstance(reading, Problem):
        raise BadInput([reading])
    if not isinstance(reading.document, TableMapping):
        raise BadInput(reading.problems or _not_a("mapping", reading))
    problems = Catalogue().check(reading)
    if problems:
        raise BadInput(problems)
    return reading


def find_table(
    source: str, definition: Definition, *, profile: str | None = None, mapping: str | None = None
) -> Table:
    """The table that a source names; BadInput with every problem of it and of its mapping.

    Raises CustfocusError where its columns are those of another questionnaire that is shipped.
    """
    from custfocus_cli.files.tables.table import Table, open_table

    file = find_file(source)
    found = open_table(
        file,
        definition,
        profile=profile,
        mapping=load_mapping(mapping) if mapping is not None else None,
    )
    if isinstance(found, Table):
        return found
    if {each.rule for each in found} == {"unknown-column"}:
        _refuse_another_questionnaire(file, definition, profile)
    raise BadInput(ordered(found))


def _refuse_another_questionnaire(file: File, definition: Definition, profile: str | None) -> None:
    """Raise CustfocusError where a table answers a shipped questionnaire that was not named.

    Somebody's own, which may hold the items of a shipped one, is left to the problems of columns.
    """
    from custfocus_cli.files.tables.table import find_asked

    known = _list_items(Catalogue())
    asked = find_asked(file, known, profile)
    own = definition.id not in known
    if not asked or definition.id in asked:
        return
    if own and not definition.entries.keys().isdisjoint(known[asked[0]]):
        return
    raise CustfocusError(
        f"{file.name} does not answer {definition.id}: the ids in its headers are those of"
        f" {' or '.join(asked)}",
        f"these look like {asked[0]}: --questionnaire {asked[0]}; for tables of several"
        " questionnaires leave the option out, or make a tally of each first",
    )


# --- reading ---------------------------------------------------------------------------------


def _find_all(sources: Iterable[str]) -> Iterator[Found]:
    """The files behind sources; at the end the tables in folders that are no source themselves."""
    seen: set[str] = set()
    tables: dict[str, File] = {}
    for source in sources:
        for file, in_folder in _find(source):
            if in_folder and _is_named_as_table(file.path):
                tables[file.key] = file
                continue
            if file.key in seen:
                name = "standard input" if file.path == STANDARD_INPUT else file.name
                raise CustfocusError(f"{name} is given twice")
            seen.add(file.key)
            yield file, in_folder
    yield from ((file, True) for key, file in tables.items() if key not in seen)


def _find(source: str) -> Iterator[Found]:
    """The file that a source is, or the files of the folder that it is."""
    if source.lower().endswith(_COUNTED):
        raise CustfocusError(
            f"{source} is a table that is not read one by one",
            "make a tally of it first: custfocus tally",
        )
    file = find_file(source)
    members = _members(file)
    if members is None:
        yield file, False
    else:
        yield from ((each, True) for each in members)


def _is_table(file: File) -> bool:
    """Whether a source is a table by its name, of which the answers are read one by one."""
    return file.path.lower().endswith(_TABLES)


def _is_named_as_table(name: str) -> bool:
    """Whether a file in a folder would be a table if it were a source itself."""
    hidden = PurePath(name).name.startswith((".", "~$"))
    return name.lower().endswith((*_TABLES, *_COUNTED)) and not hidden


def _members(file: File) -> Sequence[File] | None:
    """The files of a folder that may be ours, by name; None for what is no folder."""
    if file.revision is not None:
        names = list_files(file.revision, file.path)
        ours = filter(_may_be_read, names or ())
        return None if names is None else [file.member(each) for each in ours]
    if file.path == STANDARD_INPUT or not is_folder(file.path):
        return None
    found = list_names(file.path)
    if isinstance(found, Problem):
        raise BadInput([found])
    return [File(str(Path(file.path) / name)) for name in found if _may_be_read(name)]


def find_file(source: str) -> File:
    """The file or folder that a source names; what is on the disk comes before `REF:PATH`."""
    if not source.strip():
        raise CustfocusError("a source without a name", _EMPTY)
    if "\0" in source:
        raise CustfocusError(f"no file has such a name: {source!r}")
    located = None if os.path.lexists(source) else locate(source)
    return File(source) if located is None else File(located[1], located[0])


_EMPTY: Final = "is a variable empty that should hold the name?"


def is_folder(path: str) -> bool:
    """Whether a folder stands at a path."""
    try:
        return "\0" not in path and Path(path).is_dir()
    except OSError:  # whoever reads it is told why
        return False


def list_folder(folder: str) -> Sequence[str] | Problem:
    """The files of a folder that may be ours, by name; not those of folders in it."""
    names = list_names(folder)
    if isinstance(names, Problem):
        return names
    return [str(Path(folder) / name) for name in names if _may_be_ours(name)]


_IN_FOLDERS: Final = (*SUFFIXES, ".json.txt")
"""How the files of a folder end that are read; the last as phones send what the form gives back."""


def _may_be_ours(name: str) -> bool:
    return name.lower().endswith(_IN_FOLDERS) and not name.startswith(".")


def _may_be_read(name: str) -> bool:
    return _may_be_ours(name) or _is_named_as_table(name)


def _is_other_kind(reading: Reading) -> bool:
    return reading.kind != "assessment" and reading.kind in (*KINDS, *RESULTS)


def _loaded(
    reading: Reading, catalogue: Catalogue, given: Definition | None
) -> Member | tuple[Problem, ...]:
    """A file as an assessment or a tally with its definition, or every problem of it."""
    document = reading.document
    if isinstance(document, Tally):
        return _counted(reading, document, catalogue, given)
    if not isinstance(document, Assessment):
        return reading.problems or _not_a("assessment", reading)
    definition = _definition(reading, document.questionnaire, catalogue, given)
    if isinstance(definition, tuple):
        return (*reading.problems, *definition)
    problems = (*reading.problems, *reading.judge(check_assessment(document, definition)))
    if problems:
        return problems
    known, unknown = _without_unknown(document, definition)
    unknown = _keep_rated(unknown, document, definition)
    matches = asks_the_same(document.questionnaire, definition)
    return Loaded(reading.path, known, definition, matches, unknown, reading=reading.without_tree())


def _counted(
    reading: Reading, tally: Tally, catalogue: Catalogue, given: Definition | None
) -> Counted | tuple[Problem, ...]:
    reference = tally.questionnaire.reference
    definition = _definition(reading, reference, catalogue, given)
    if isinstance(definition, tuple):
        return (*reading.problems, *definition)
    problems = (*reading.problems, *reading.judge(check_tally(tally, definition)))
    if problems:
        return problems
    known, unknown = _without_uncounted(tally, definition)
    specials = _list_unrated(definition)
    counts = {**tally.everyone.items, **{n: [c] for n, c in tally.everyone.ratings.items()}}
    unknown = tuple(name for name in unknown if not specials.issuperset(counts.get(name, ())))
    matches = asks_the_same(reference, definition)
    return Counted(
        reading.path, known, definition, matches, unknown, reading=reading.without_tree()
    )


def _without_uncounted(tally: Tally, definition: Definition) -> tuple[Tally, tuple[str, ...]]:
    """The tally without what it counts of items that the definition does not know, and their ids.

    Where there are some, indexes go too: they are of all items of a characteristic together.
    """
    counted = (*tally.everyone.items, *tally.everyone.ratings, *tally.agreed)
    unknown = tuple(dict.fromkeys(name for name in counted if name not in definition.entries))
    if not unknown:
        return tally, ()
    known = {
        "everyone": _keep_known(tally.everyone, definition),
        "groups": {name: _keep_known(each, definition) for name, each in tally.groups.items()},
        "agreed": {name: c for name, c in tally.agreed.items() if name in definition.entries},
    }
    return tally.model_copy(update=known), unknown


def _keep_known(people: People, definition: Definition) -> People:
    entries = definition.entries
    kept = {
        "items": {name: each for name, each in people.items.items() if name in entries},
        "ratings": {name: each for name, each in people.ratings.items() if name in entries},
        "indexes": {},
        "perceptions": {},
    }
    return people.model_copy(update=kept)


def _not_a(kind: str, reading: Reading) -> tuple[Problem, ...]:
    message = f"expected {_with_article(kind)}, found {_with_article(reading.kind or 'file')}"
    return reading.judge([Finding(("format",), "wrong-kind", message)])


def _with_article(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


def _definition(
    reading: Reading,
    reference: QuestionnaireReference,
    catalogue: Catalogue,
    given: Definition | None,
) -> Definition | tuple[Problem, ...]:
    """The definition given for a file, or the one that it names.

    What is given takes the place of one that is not to be found, not of one that is broken.
    """
    if reading.cuts.hold(("questionnaire",)):
        return ()
    if given is not None and reference.id == given.id:
        return given
    found = catalogue.definition_for(reading, reference)
    if isinstance(found, tuple) and given is not None and reference.id is None:
        lost = all(each.path == reading.path and each.rule in _NOT_FOUND for each in found)
        return given if lost else found
    return found


_NOT_FOUND: Final = ("cannot-read", "stdin-path")
"""The rules that say of the file which an assessment names that it is not at hand."""


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


def _keep_rated(
    names: Iterable[str], assessment: Assessment, definition: Definition
) -> tuple[str, ...]:
    """The items among these that have a rating; of the others nothing is lost with the question."""
    unrated = _list_unrated(definition)
    return tuple(each for each in names if assessment.answers[each].answer not in unrated)


def _list_unrated(definition: Definition) -> frozenset[str]:
    """The codes that are no rating on any scale."""
    scales = definition.model.scales.values()
    specials = [special for each in scales for special in (each.dont_know, each.not_applicable)]
    return frozenset(each.code for each in specials if each is not None)


# --- tables ----------------------------------------------------------------------------------


def _load_table(
    file: File, given: Definition | None, options: TableOptions, catalogue: Catalogue
) -> tuple[Sequence[Loaded], Recognition]:
    """The respondents of a table, and what was understood of it."""
    from custfocus_cli.files.tables.respondents import Facts, list_respondents

    definition = given or find_questionnaire([file], options, catalogue)
    source = file.name
    table = find_table(source, definition, profile=options.profile, mapping=options.mapping)
    facts = Facts(options.organisation, options.date)
    assessments = list_respondents(table, definition, facts)
    reading = Reading(source, is_json=True, file=file, sha256=_digest(file))
    loaded = [Loaded(source, each, definition, reading=reading) for each in assessments]
    understood = table.recognise()
    return loaded, understood if given is not None else understood.taken_to_answer(definition.id)


def find_questionnaire(
    tables: Sequence[File], options: TableOptions, catalogue: Catalogue
) -> Definition:
    """The one shipped questionnaire that tables answer by the ids in their headers.

    Raises CustfocusError where that is not certain, with everything that has to be named.
    """
    from custfocus_cli.files.tables.table import find_asked

    known = _list_items(catalogue)
    named = [(file, find_asked(file, known, options.profile)) for file in tables]
    (file, asked), *others = named
    for other, answered in others:
        if len(asked) == len(answered) == 1 and asked != answered:
            raise CustfocusError(
                f"not the same questionnaire: {asked[0]} in {file.name}, {answered[0]} in"
                f" {other.name}",
                "tally the answers of each questionnaire apart",
            )
    if len(asked) == 1:
        return catalogue.find(asked[0])
    unsaid = options.organisation is None
    like = f"{' or '.join(asked)}, which both hold its ids" if asked else "ID, or a file"
    raise CustfocusError(
        f"{file.name} is a table, which does not say what was asked"
        + (", nor whose answers these are" if unsaid else ""),
        f"name the questionnaire: --questionnaire {like}"
        + ("; and the organisation: --organisation NAME" if unsaid else ""),
    )


def _list_items(catalogue: Catalogue) -> dict[str, Collection[str]]:
    """The items of each questionnaire that is shipped."""
    return {name: catalogue.find(name).entries for name in list_questionnaires()}


def _digest(file: File) -> str:
    """The SHA-256 of a table's bytes."""
    from custfocus_cli.files.tables.records import open_stream

    stream = open_stream(file)
    if isinstance(stream, Problem):
        raise BadInput([stream])
    with stream:
        digest = hashlib.sha256()
        while chunk := stream.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


# --- panels ----------------------------------------------------------------------------------


_ONE_BY_ONE: Final = "several files together are one panel; score them one by one"


def _refuse_different(loaded: Sequence[Member], what: str, values: Iterable[str]) -> None:
    one, *others = zip(values, loaded, strict=True)
    for value, each in others:
        if value != one[0]:
            first, second = map(quote, tell_apart(one[0], value))
            raise CustfocusError(
                f"not the same {what}: {first} in {one[1].path}, {second} in {each.path}",
                _ONE_BY_ONE,
            )


def _said(member: Member) -> Assessment | Tally:
    """What the file of a member says."""
    return member.assessment if isinstance(member, Loaded) else member.tally


def _refuse_mixture(members: Sequence[Member]) -> None:
    """Raise CustfocusError where one questionnaire is answered by a tally and by single files."""
    kinds = {type(each): each for each in members}
    if len(kinds) > 1:
        tally, single = kinds[Counted].path, kinds[Loaded].path
        raise CustfocusError(
            f"{tally} is a tally, and {single} holds answers to the same questionnaire",
            "make one tally of all the answers: custfocus tally ... -o FILE",
        )


def _refuse_other_models(loaded: Sequence[Member]) -> None:
    one, *others = loaded
    for each in others:
        if not each.definition.shares_model(one.definition):
            raise CustfocusError(
                f"not the same model: {_name_model(one.definition)} in {one.path}, another one,"
                f" {_name_model(each.definition)}, in {each.path}",
                _ONE_BY_ONE,
            )


def _name_model(definition: Definition) -> str:
    model = definition.model
    return f"'{model.id}' {model.version or ''}".rstrip()


def _refuse_far_apart(loaded: Sequence[Member], window: int) -> None:
    first = min(loaded, key=lambda each: _said(each).date)
    last = max(loaded, key=lambda each: _said(each).date)
    days = (_said(last).date - _said(first).date).days
    if days > window:
        raise CustfocusError(
            f"{first.path} ({_said(first).date}) and {last.path} ({_said(last).date}) are "
            f"{days} {'day' if days == 1 else 'days'} apart, more than {window}",
            "score them one by one, or show the earlier as report --previous; to make one panel of"
            f" them, --window {days}",
        )


def _refuse_other_versions(loaded: Sequence[Member]) -> None:
    majors = [get_version(each).partition(".")[0] for each in loaded]
    _refuse_different(loaded, "major version of the questionnaire", majors)
    digests = [each.definition.digest for each in loaded]
    _refuse_different(loaded, "content of the questionnaire", digests)


def get_version(loaded: Member) -> str:
    """The version of the questionnaire that was answered."""
    return _said(loaded).questionnaire.version or loaded.definition.questionnaire.version


def _refuse_twins(loaded: Sequence[Member]) -> None:
    seen: dict[str, str] = {}
    for each in loaded:
        respondent = each.assessment.respondent if isinstance(each, Loaded) else None
        name = respondent.id if respondent else None
        if name in seen:
            raise CustfocusError(
                f"the respondent '{name}' stands in {seen[name]} and in {each.path}",
                "leave one of the two out",
            )
        if name is not None:
            seen[name] = each.path
