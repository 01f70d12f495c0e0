"""From what `tally` was given as SOURCE to the counts of it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from custfocus_cli.commands.progress import follow, watch
from custfocus_cli.documents.assessment import Assessment
from custfocus_cli.documents.definition import Definition
from custfocus_cli.documents.recognition import Recognition
from custfocus_cli.documents.tally import REST, By, Tally
from custfocus_cli.errors import BadInput, CustfocusError, Problem
from custfocus_cli.files.catalogue import Catalogue
from custfocus_cli.files.places import File
from custfocus_cli.files.reader import ordered, read
from custfocus_cli.files.sources import (
    Counted,
    Loaded,
    TableOptions,
    find_table,
    group,
    load,
    split_tables,
)
from custfocus_cli.files.tables.counting import Batch, Seen, Side, Wanted, count_table
from custfocus_cli.files.writer import to_yaml
from custfocus_cli.scoring.aggregate import LotCounter, Lots, add_up_lots, count_assessments
from custfocus_cli.scoring.tallies import (
    About,
    add_tallies,
    find_agreed,
    find_mode,
    find_telltale,
    make_tally,
)


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


def count(request: Request, catalogue: Catalogue, *, quiet: bool = False) -> Result:
    """The tally of the sources.

    Raises BadInput with every problem of every file, CustfocusError where the sources do not fit
    together or do not say what has to be known.
    """
    tables, others = split_tables(request.sources)
    found = (
        load(
            others,
            questionnaire=request.questionnaire,
            catalogue=catalogue,
            follow=lambda files: follow(files, "Reading answers", quiet=quiet),
        )
        if others
        else None
    )
    loaded = found.loaded if found else ()
    tallies = tuple(each for each in found.members if isinstance(each, Counted)) if found else ()
    definition = _find_definition(request, [*loaded, *tallies], catalogue)
    recognised: list[Recognition] = []
    parts = []
    if tables:
        parts.append(_count_tables(tables, definition, request, recognised, quiet=quiet))
    if loaded:
        group(loaded, window=request.window)
        assessments = [each.assessment for each in loaded]
        lots = count_assessments(assessments, definition, request.by)
        parts.append(_Part(lots, [each.date for each in assessments]))
    about = _describe(request, definition, loaded, tallies, parts)
    tally = _add(parts, tallies, definition, about)
    return Result(tally, definition, tuple(recognised), found.passed_over if found else ())


def _add(
    parts: Sequence[_Part], tallies: Sequence[Counted], definition: Definition, about: About
) -> Tally:
    names = {name for part in parts for name in part.lots}
    lots = {name: add_up_lots(p.lots[name] for p in parts if name in p.lots) for name in names}
    if not tallies:
        return make_tally(lots, definition, about)
    counted = [each.tally for each in tallies]
    return add_tallies(counted, definition, about, beside=lots)


def _find_definition(
    request: Request, members: Sequence[Loaded | Counted], catalogue: Catalogue
) -> Definition:
    """The one questionnaire that was answered."""
    found = {each.definition.digest: each for each in members}
    if len(found) > 1:
        one, other = list(found.values())[:2]
        raise CustfocusError(
            f"not the same questionnaire: {one.definition.id} in {one.path},"
            f" {other.definition.id} in {other.path}",
            "tally the answers of each questionnaire apart",
        )
    if found:
        return next(iter(found.values())).definition
    if request.questionnaire is None:
        raise CustfocusError(
            f"{request.sources[0]} is a table, which does not say what was asked",
            "name the questionnaire: --questionnaire ID, or a file",
        )
    return catalogue.find(request.questionnaire)


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
            seen.append(
                count_table(
                    table,
                    wanted,
                    lambda batch: take(counter, batch),
                    lambda chunks: watch(chunks, "Counting answers", quiet=quiet),
                )
            )
            recognised.append(table.recognise())
        except BadInput as error:
            problems += error.problems
    if problems:
        raise BadInput(ordered(problems))
    days = [day for each in seen for day in (each.first, each.last) if day is not None]
    wave = next((each.wave for each in seen if each.wave), None)
    return _Part(counter.lots(), days, wave)


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


def write_tally(tally: Tally) -> str:
    """A tally as the text of its file; CustfocusError where that is longer than a file may be."""
    text = to_yaml(tally)
    if read("", text.encode()).problems:
        raise CustfocusError(
            f"a tally of {len(tally.groups)} groups is longer than a file may be",
            "count by larger groups, or each part of the organisation apart",
        )
    return text


# --- what people should know -----------------------------------------------------------------


def say_shown(tally: Tally) -> Iterator[str]:
    """Who is told of in a tally, in lines."""
    yield f"{tally.everyone.respondents} respondents of {tally.organisation}, {tally.scope}"
    if tally.by is None:
        return
    names = {name: people.respondents for name, people in tally.groups.items()}
    shown = [f"{name} {number}" for name, number in names.items() if name != REST or number]
    yield f"by {tally.by}: {', '.join(shown) or 'no group is large enough to be shown'}"
    if tally.min_group:
        yield f"groups under {tally.min_group} people are part of '{REST}'"


def warn_of(earlier: Tally, tally: Tally, path: str) -> str | None:
    """What two exports of one survey tell together, where the earlier one was handed out."""
    groups = find_telltale(earlier, tally)
    if not groups:
        return None
    return (
        f"the tally that was in {path} is of the same survey and nearly the same people:"
        " whoever has both can subtract them; replace it wherever it was handed out"
    )
