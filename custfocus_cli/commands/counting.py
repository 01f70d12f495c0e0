"""From what `tally` was given as SOURCE to the counts of it."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path, PurePath
from typing import NamedTuple

from custfocus_cli.commands.loading import say_passed_over
from custfocus_cli.commands.output import describe_terminal, say, write_result
from custfocus_cli.commands.progress import follow, watch
from custfocus_cli.documents.assessment import Assessment
from custfocus_cli.documents.definition import Definition
from custfocus_cli.documents.mapping import TableMapping
from custfocus_cli.documents.recognition import Recognition
from custfocus_cli.documents.tally import BYS, REST, By, CountedQuestionnaire, Tally
from custfocus_cli.errors import BadInput, CustfocusError, Problem
from custfocus_cli.files.catalogue import SUFFIXES, Catalogue
from custfocus_cli.files.places import File
from custfocus_cli.files.reader import Reading, ordered, read
from custfocus_cli.files.sources import (
    Counted,
    Loaded,
    TableOptions,
    find_questionnaire,
    find_table,
    find_tally,
    group,
    load,
    load_mapping,
    split_tables,
)
from custfocus_cli.files.tables import engine
from custfocus_cli.files.tables.counting import Batch, Seen, Side, Wanted, count_table
from custfocus_cli.files.tables.returned import Returned, find_returned, read_counts
from custfocus_cli.files.tables.table import Table
from custfocus_cli.files.writer import to_yaml
from custfocus_cli.render.recognition import summarise, write_recognition
from custfocus_cli.render.sql import DIALECTS, write_sql
from custfocus_cli.scoring.aggregate import LotCounter, Lots, add_up_lots
from custfocus_cli.scoring.tallies import (
    About,
    Beside,
    add_tallies,
    find_agreed,
    find_mode,
    find_telltale,
    make_tally,
)
from custfocus_cli.wording.phrases import counted
from custfocus_cli.wording.safety import safe


class Request(NamedTuple):
    """What is to be counted, and what the command line says of it."""

    sources: Sequence[str]
    questionnaire: str | None = None
    tables: TableOptions = TableOptions()
    scope: str | None = None
    wave: str | None = None
    by: By | None = None
    min_group: int = 5
    window: int = 120


class Result(NamedTuple):
    """The tally, the questionnaire that was answered, and what was understood of each table."""

    tally: Tally
    definition: Definition
    tables: tuple[Recognition, ...] = ()
    passed_over: tuple[tuple[str, str], ...] = ()


class _Part(NamedTuple):
    """What was counted of tables or of files, and what they say of it."""

    lots: Lots
    dates: Sequence[datetime.date]
    wave: str | None = None


def count(
    request: Request,
    catalogue: Catalogue,
    *,
    quiet: bool = False,
    show: Callable[[Sequence[Recognition]], None] = lambda _: None,
) -> Result:
    """The tally of the sources; `show` is told of the tables before there is any.

    Raises BadInput with every problem of every file, CustfocusError where the sources do not fit
    together or do not say what has to be known.
    """
    given, others = split_tables(request.sources)
    returned = [each for file in given if (each := find_returned(file)) is not None]
    tables = [file for file in given if file.name not in {each.path for each in returned}]
    request = _agree_on_partition(request, returned)
    files = _Files(request.by)
    found = (
        load(
            others,
            questionnaire=request.questionnaire,
            catalogue=catalogue,
            follow=lambda each: follow(each, "Reading answers", quiet=quiet),
            keep=files.count,
        )
        if others
        else None
    )
    loaded = found.loaded if found else ()
    tallies = tuple(each for each in found.members if isinstance(each, Counted)) if found else ()
    definition, is_guessed = _find_definition(
        request, [*loaded, *tallies], (tables, returned), catalogue
    )
    recognised: list[Recognition] = []
    parts = []
    if tables:
        parts.append(_count_tables(tables, definition, request, recognised, quiet=quiet))
    if returned:
        parts.append(_Part(_count_returned(returned, definition), ()))
    if loaded:
        group(loaded, window=request.window)
        dates = [each.assessment.date for each in loaded]
        parts.append(_Part(files.counters[definition.digest].lots(), dates))
    if is_guessed:
        recognised = [each.taken_to_answer(definition.id) for each in recognised]
    show(recognised)
    about = _describe(request, definition, loaded, tallies, parts)
    tally = _add(parts, tallies, definition, about, request.tables.date)
    tally = _lead_to(_find_path(request, loaded, tallies), tally)
    return Result(tally, definition, tuple(recognised), found.passed_over if found else ())


class _Files:
    """Counts files of answers as they are read, so that no file is held for the next."""

    def __init__(self, by: By | None) -> None:
        self.counters: dict[str, LotCounter] = {}
        self._by = by

    def count(self, loaded: Loaded) -> Loaded:
        """Count one file; what is kept of it are no answers but those that a workshop agreed on."""
        definition, assessment = loaded.definition, loaded.assessment
        if definition.digest not in self.counters:
            self.counters[definition.digest] = LotCounter(definition)
        self.counters[definition.digest].add_assessment(assessment, self._by)
        agreed = {name: each for name, each in assessment.answers.items() if each.agreed}
        return loaded._replace(
            assessment=assessment.model_copy(update={"answers": agreed}),
            reading=Reading(loaded.path, file=loaded.reading.file),
        )


def _find_path(
    request: Request, loaded: Sequence[Loaded], tallies: Sequence[Counted]
) -> str | None:
    """Where the questionnaire lies that was answered; None for a shipped one."""
    if request.questionnaire is not None:
        return request.questionnaire if request.questionnaire.endswith(SUFFIXES) else None
    named = [(each.reading, each.assessment.questionnaire.path) for each in loaded]
    named += [(each.reading, each.tally.questionnaire.path) for each in tallies]
    for reading, path in named:
        file = reading.origin.beside(path) if path else None
        if file is not None and file.revision is None:
            return file.path
    return None


def _lead_to(path: str | None, tally: Tally) -> Tally:
    """The tally with this path of its questionnaire; None is that of a shipped one."""
    asked = tally.questionnaire
    update = {"path": path} if path else {}
    led = CountedQuestionnaire(id=asked.id, version=asked.version, digest=asked.digest, **update)
    return tally.model_copy(update={"questionnaire": led})


def place_beside(tally: Tally, output: str) -> Tally:
    """The tally with the path of its questionnaire as it leads from the file it is written to."""
    path = tally.questionnaire.path
    if path is None:
        return tally
    leading = os.path.relpath(Path(path).resolve(), Path(output).resolve().parent)
    return _lead_to(PurePath(leading).as_posix(), tally)


def _add(
    parts: Sequence[_Part],
    tallies: Sequence[Counted],
    definition: Definition,
    about: About,
    day: datetime.date | None,
) -> Tally:
    names = {name for part in parts for name in part.lots}
    lots = {name: add_up_lots(p.lots[name] for p in parts if name in p.lots) for name in names}
    if not tallies:
        return make_tally(lots, definition, about)
    several = [each.tally for each in tallies]
    if len(several) == 1 and not lots and about.min_group <= (several[0].min_group or 0):
        about_it = {"organisation": about.organisation, "scope": about.scope, "wave": about.wave}
        return several[0].model_copy(update=about_it)
    if not lots:
        return add_tallies(several, definition, about)
    days = [*(each for part in parts for each in part.dates), *([day] if day else ())]
    own = about._replace(date=max(days, default=about.date), agreed={})
    return add_tallies(several, definition, about, beside=Beside(lots, own))


def _find_definition(
    request: Request,
    members: Sequence[Loaded | Counted],
    given: tuple[Sequence[File], Sequence[Returned]],
    catalogue: Catalogue,
) -> tuple[Definition, bool]:
    """The one questionnaire that was answered, and whether only ids in headers say so."""
    tables, returned = given
    found = {each.definition.digest: (each.path, each.definition) for each in members}
    for each in returned:
        definition = catalogue.find(request.questionnaire or each.questionnaire)
        if definition.digest != each.digest:
            raise CustfocusError(
                f"{each.path} counts answers to other questions than {definition.id} asks now",
                "name the questionnaire as it was: --questionnaire FILE",
            )
        found[definition.digest] = (each.path, definition)
    if len(found) > 1:
        (one, first), (other, second) = list(found.values())[:2]
        raise CustfocusError(
            f"not the same questionnaire: {first.id} in {one}, {second.id} in {other}",
            "tally the answers of each questionnaire apart",
        )
    if found:
        return next(iter(found.values()))[1], False
    if request.questionnaire is None:
        return find_questionnaire(tables, request.tables, catalogue), True
    return catalogue.find(request.questionnaire), False


# --- tables ----------------------------------------------------------------------------------


def _count_tables(
    tables: Sequence[File],
    definition: Definition,
    request: Request,
    recognised: list[Recognition],
    *,
    quiet: bool,
) -> _Part:
    counter = LotCounter(definition)
    problems: list[Problem] = []
    seen: list[Seen] = []
    wanted = Wanted(_list_sides(counter), request.by, request.wave, request.tables.date)
    for file in tables:
        try:
            table = find_table(
                file.name,
                definition,
                profile=request.tables.profile,
                mapping=request.tables.mapping,
            )
            seen.append(_count_table(table, wanted, counter, quiet=quiet))
            recognised.append(table.recognise())
        except BadInput as error:
            problems += error.problems
    if problems:
        raise BadInput(ordered(problems))
    days = [day for each in seen for day in (each.first, each.last) if day is not None]
    wave = next((each.wave for each in seen if each.wave), None)
    return _Part(counter.lots(), days, wave)


def _count_table(table: Table, wanted: Wanted, counter: LotCounter, *, quiet: bool) -> Seen:
    """Count one table, by DuckDB where it is there and the table is large."""

    def put(batch: Batch) -> None:
        take(counter, batch)

    if engine.can_count(table):
        seen = engine.count_table(table, wanted, put)
        if seen is not None:
            return seen
    return count_table(
        table, wanted, put, lambda chunks: watch(chunks, "Counting answers", quiet=quiet)
    )


def _agree_on_partition(request: Request, returned: Sequence[Returned]) -> Request:
    """The request with the partition of what a query returned; CustfocusError for another one."""
    for each in returned:
        if request.by not in (None, each.by):
            raise CustfocusError(
                f"{each.path} was counted {f'by {each.by}' if each.by else 'without groups'}",
                "one tally has one partition",
            )
    partitions = {each.by for each in returned}
    if len(partitions) > 1:
        raise CustfocusError("the results of queries are not counted by one and the same --by")
    by: By | None = next((name for name in BYS if name in partitions), request.by)
    return request._replace(by=by)


def _count_returned(returned: Sequence[Returned], definition: Definition) -> Lots:
    counter = LotCounter(definition)
    known = {index.index.statistic for indexes in counter.indexes for index in indexes}
    for each in returned:
        counts = read_counts(each, definition)
        for name, people in counts.sizes:
            counter.add_people(name, people)
        for name, item, code, people in counts.answers:
            counter.add_answers(name, item, code, people)
        for name, kind, about, value, people in counts.values:
            statistic = next((s for s in known if s == (kind, about)), None)
            if statistic is not None:
                counter.add_values(name, statistic, value, people)
    return counter.lots()


def _list_sides(counter: LotCounter) -> tuple[Side, ...]:
    """What has to be looked at side by side: the cells of each index."""
    return tuple(
        Side(
            tuple(tuple(sheet.items[n] for n in cell.places) for cell in each.index.cells),
            each.number,
        )
        for sheet, indexes in zip(counter.sheets, counter.indexes, strict=True)
        for each in indexes
    )


def take(counter: LotCounter, batch: Batch) -> None:
    """Put what was counted of a table to the rest."""
    for name, people in batch.sizes.items():
        counter.add_people(name, people)
    for (name, item, code), people in batch.answers.items():
        counter.add_answers(name, item, code, people)
    indexes = [each for indexes in counter.indexes for each in indexes]
    for each, numbers in zip(indexes, batch.numbers, strict=True):
        for (name, key), people in numbers.items():
            counter.add_values(name, each.index.statistic, each.find_value(key), people)


# --- what the tally says beside its counts ---------------------------------------------------


def _describe(
    request: Request,
    definition: Definition,
    loaded: Sequence[Loaded],
    tallies: Sequence[Counted],
    parts: Sequence[_Part],
) -> About:
    assessments = [each.assessment for each in loaded]
    said: list[Assessment | Tally] = [*assessments, *(each.tally for each in tallies)]
    organisation = request.tables.organisation or _agree(
        "organisation", "--organisation NAME", [each.organisation for each in said]
    )
    if organisation is None:
        raise CustfocusError(
            f"{request.sources[0]} does not say whose answers these are",
            "name them: --organisation NAME",
        )
    scope = request.scope or _agree("scope", "--scope TEXT", [each.scope for each in said])
    waves = [each.tally.wave for each in tallies if each.tally.wave]
    wave = request.wave or next((part.wave for part in parts if part.wave), None)
    agreed = find_agreed(assessments, definition)
    read_from_tables = len(parts) > bool(assessments)
    mode = "survey" if read_from_tables or not assessments else find_mode(assessments, definition)
    return About(
        organisation,
        _find_day(request, [*(day for part in parts for day in part.dates), *_days(tallies)]),
        mode,
        **({"scope": scope} if scope else {}),
        wave=wave or _agree("wave", "--wave NAME", waves),
        by=request.by or (tallies[0].tally.by if tallies and not parts else None),
        min_group=request.min_group,
        agreed=agreed,
    )


def _days(tallies: Sequence[Counted]) -> list[datetime.date]:
    return [each.tally.date for each in tallies]


def _find_day(request: Request, days: Sequence[datetime.date]) -> datetime.date:
    """The latest day; CustfocusError where there is none, or they are too far apart."""
    given = request.tables.date
    if given is None and not days:
        raise CustfocusError(
            f"{request.sources[0]} does not say of which day the answers are", "--date YYYY-MM-DD"
        )
    if given is not None and not days:
        return given
    apart = (max(days) - min(days)).days
    if apart > request.window:
        raise CustfocusError(
            f"the answers are of {min(days)} to {max(days)}, {apart} days apart, more than"
            f" {request.window}",
            f"count each survey apart; to make one tally of them, --window {apart}",
        )
    return max(*days, given or days[0])


def _agree(what: str, option: str, values: Sequence[str]) -> str | None:
    """The one value of all; CustfocusError where there are two."""
    different = list(dict.fromkeys(values))
    if len(different) > 1:
        raise CustfocusError(
            f"not the same {what}: {', '.join(different)}", f"name that of all: {option}"
        )
    return different[0] if different else None


def write_query(
    sources: Sequence[str],
    dialect: str | None,
    questionnaire: str | None,
    by: By | None,
    mapping: str | None,
) -> str:
    """The SQL that counts a table where it is; CustfocusError where something has to be named."""
    if dialect is None or dialect not in DIALECTS:
        raise CustfocusError(
            f"--dialect {dialect}" if dialect else "no --dialect is named",
            f"there are {', '.join(DIALECTS)}",
        )
    if len(sources) != 1 or questionnaire is None:
        raise CustfocusError(
            "--sql needs the name of one table, and of the questionnaire that it answers",
            "custfocus tally schema.table --sql --dialect NAME --questionnaire ID",
        )
    reading = load_mapping(mapping) if mapping else None
    written = reading.document if reading else None
    said = written if isinstance(written, TableMapping) else None
    definition = Catalogue().find(questionnaire)
    return write_sql(definition, sources[0], dialect, by=by, mapping=said)


def show_tables(tables: Sequence[Recognition]) -> None:
    """Print what was understood of each table."""
    terminal = describe_terminal(None, "auto")
    print("".join(write_recognition(each, terminal) for each in tables), end="", flush=True)


def preview(result: Result) -> str:
    """Who the tally would tell of."""
    return "".join(f"{safe(line)}\n" for line in say_shown(result.tally))


def publish(result: Result, output: str | None, *, quiet: bool = False) -> None:
    """Write the tally, and tell of what stands beside it.

    Raises CustfocusError where it is longer than a file may be, and what `write_result` does.
    """
    for each in result.tables:
        say(summarise(each), quiet=quiet)
    for path, kind in result.passed_over:
        say(say_passed_over(path, kind), quiet=quiet)
    earlier = find_tally(output) if output else None
    tally = place_beside(result.tally, output) if output else result.tally
    text = to_yaml(tally)
    if read("", text.encode()).problems:
        raise CustfocusError(
            f"a tally of {len(tally.groups)} groups is longer than a file may be",
            "count by larger groups, or each part of the organisation apart",
        )
    write_result(text, output, quiet=quiet, replacing="tally")
    for line in say_shown(tally):
        say(line, quiet=quiet)
    if earlier is not None and find_telltale(earlier, tally):
        say(
            f"the tally that was in {output} is of the same survey and nearly the same people:"
            " whoever has both can subtract them; replace it wherever it was handed out"
        )


# --- what people should know -----------------------------------------------------------------


def say_shown(tally: Tally) -> Iterator[str]:
    """Who is told of in a tally, in lines."""
    people = counted(tally.everyone.respondents, "respondent")
    yield f"{people} of {tally.organisation}, {tally.scope}"
    if tally.by is None:
        return
    names = {name: people.respondents for name, people in tally.groups.items()}
    shown = [f"{name} {number}" for name, number in names.items() if name != REST or number]
    yield f"by {tally.by}: {', '.join(shown) or 'no group is large enough to be shown'}"
    if tally.min_group:
        yield f"groups under {tally.min_group} people are part of '{REST}'"
