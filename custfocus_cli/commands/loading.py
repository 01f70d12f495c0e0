"""From what a command was given as SOURCE to the scorecard that it renders."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from custfocus_cli.changes.obstacles import Reason, find_obstacles
from custfocus_cli.changes.sides import Place, Side
from custfocus_cli.commands.options import WINDOW_DAYS
from custfocus_cli.commands.output import say
from custfocus_cli.commands.progress import follow
from custfocus_cli.documents.checks import check_target
from custfocus_cli.documents.fields import DATE, Loc
from custfocus_cli.documents.recognition import Recognition
from custfocus_cli.documents.tally import BYS, LEAST
from custfocus_cli.errors import CustfocusError, name_path
from custfocus_cli.files.catalogue import Catalogue
from custfocus_cli.files.disk import STANDARD_INPUT
from custfocus_cli.files.places import File
from custfocus_cli.files.sources import (
    TABLE,
    Group,
    Loaded,
    Member,
    TableOptions,
    find_file,
    get_version,
    group,
    load,
    rescore,
)
from custfocus_cli.render.recognition import summarise
from custfocus_cli.scoring.anonymity import has_too_few
from custfocus_cli.scoring.panel import Panel, holds_anonymous, panel, panel_of_tally
from custfocus_cli.scoring.scorecard import Notice, Scorecard, score
from custfocus_cli.scoring.tallies import About, add_tallies
from custfocus_cli.wording.obstacles import obstacle
from custfocus_cli.wording.phrases import count, counted, listed

if TYPE_CHECKING:
    from custfocus_cli.scoring.units import Comparison, Source


class Request(NamedTuple):
    """What is to be scored, and how: the options that `score`, `report` and `plan` share.

    `rescore_as` is another questionnaire to score the answers by, `questionnaire` the file of
    their own where it cannot be found; `window` is in days; `tables` is said about tables. `by`
    tells respondents apart, in groups of at least `min_group`.
    """

    sources: Sequence[str]
    rescore_as: str | None = None
    questionnaire: str | None = None
    target: str | None = None
    window: int = WINDOW_DAYS
    tables: TableOptions = TableOptions()
    by: str | None = None
    min_group: int = LEAST


def read_table_options(
    profile: str | None, mapping: str | None, organisation: str | None, date: str | None
) -> TableOptions:
    """What the command line says about tables; CustfocusError where the date is none."""
    return TableOptions(profile, mapping, organisation, read_day("--date", date) if date else None)


def read_day(option: str, text: str, otherwise: str = "") -> datetime.date:
    """The day that an option gives; CustfocusError for anything else, naming `otherwise` too."""
    try:
        return datetime.date.fromisoformat(text if DATE.fullmatch(text) else "")
    except ValueError:
        raise CustfocusError(
            f"{option} {text}: expected a day such as 2026-11-12{otherwise}"
        ) from None


def load_scorecard(
    request: Request, *, quiet: bool = False, catalogue: Catalogue | None = None
) -> Scorecard:
    """The scorecard of the sources; what else there is to say about them goes to stderr.

    Raises BadInput with every problem of every file, CustfocusError where sources do not fit
    together, the target is unknown, or fewer than five people would be shown.
    """
    card, read = _score(request, quiet, catalogue or Catalogue())
    _refuse_few(request, card, read)
    return card


def load_side(request: Request, catalogue: Catalogue, *, quiet: bool = False) -> Side:
    """The scorecard of the sources, and where each answer stands: in the first file that has it.

    Raises what `load_scorecard` does.
    """
    card, read = _score(request, quiet, catalogue)
    _refuse_few(request, card, read)
    loaded = read.loaded
    digest = _digest(loaded)
    if holds_anonymous(card.panel.sources, card.definition):
        # which file of several holds an answer would tell whose it is
        source = find_file(request.sources[0])
        place = Place(source.name, None, name_in_repository(source))
        names = {str(loc[-1]) for each in loaded for loc in _locate_answers(each)[1:]}
        listed = ", ".join(request.sources)
        return Side(listed, digest, card, dict.fromkeys(sorted(names), place), place)
    places: dict[str, Place] = {}
    starts: list[Place] = []
    for each in loaded:
        start, *locs = _locate_answers(each)
        lines = each.reading.lines([start, *locs])
        file = name_in_repository(each.reading.origin)
        starts.append(Place(each.path, lines[start], file))
        for loc in locs:
            places.setdefault(str(loc[-1]), Place(each.path, lines[loc], file))
    return Side(", ".join(request.sources), digest, card, places, starts[0])


def _digest(loaded: Sequence[Member]) -> str:
    """The digest of a file; of several, that of their digests in hex, one a line."""
    digests = [each.reading.sha256 for each in loaded]
    listed = "".join(f"{each}\n" for each in digests)
    return digests[0] if len(digests) == 1 else hashlib.sha256(listed.encode()).hexdigest()


def name_in_repository(file: File) -> str:
    """What a service calls a file: its path from the current folder; empty where that is known."""
    if file.revision is not None:
        return file.path
    if not Path(file.path).is_absolute():
        return ""
    for folder, path in ((Path.cwd(), Path(file.path)), (Path.cwd().resolve(), Path(file.key))):
        if path.is_relative_to(folder):
            return path.relative_to(folder).as_posix()
    return ""


def _locate_answers(member: Member) -> Sequence[Loc]:
    """Where the answers of a file begin, and where each of them stands."""
    if isinstance(member, Loaded):
        return [("answers",), *(("answers", name) for name in member.assessment.answers)]
    everyone = member.tally.everyone
    return [
        ("everyone",),
        *(("everyone", "items", name) for name in everyone.items),
        *(("everyone", "ratings", name) for name in everyone.ratings),
    ]


def _load_unit(
    source: str, request: Request, catalogue: Catalogue, *, quiet: bool = False
) -> Source:
    """The scorecard of one source, to stand beside those of others. Raises what it does alone."""
    from custfocus_cli.scoring.units import Source

    card, read = _score(request._replace(sources=[source]), quiet, catalogue)
    return Source(
        source,
        card,
        frozenset(each.reading.sha256 for each in read.loaded),
        tuple(
            get_version(each)
            for each in read.loaded
            if request.rescore_as is None and each.definition.id == card.definition.id
        ),
    )


def load_units(request: Request, *, quiet: bool = False) -> Comparison:
    """The sources side by side, each of them one unit.

    Raises what `load_scorecard` does for each, and CustfocusError where two cannot stand side by
    side.
    """
    from custfocus_cli.scoring.units import compare_units, find_alike

    if request.sources.count(STANDARD_INPUT) > 1:
        raise CustfocusError("standard input is given twice")
    catalogue = Catalogue()
    units = [_load_unit(each, request, catalogue, quiet=quiet) for each in request.sources]
    comparison = compare_units(units, window=request.window)
    alike = find_alike(units)
    if alike:
        say(
            f"{listed(alike)} have the same organisation and scope: they may be the same people;"
            " where they are units, say the scope of each in its file, or with tally --scope",
            quiet=quiet,
        )
    return comparison


class Gathered(NamedTuple):
    """What was read from sources: the panels that it makes, and the one that has the stages.

    `loaded` are the files in the order given, `silent` those that answer nothing that is asked.
    """

    groups: tuple[Group, ...]
    main: Group
    loaded: tuple[Member, ...]
    silent: tuple[Member, ...]
    passed_over: Sequence[tuple[str, str]]
    tables: Sequence[Recognition]


def gather(request: Request, catalogue: Catalogue, *, quiet: bool = False) -> Gathered:
    """The panels that the sources make; raises what `load_scorecard` does."""
    read = load(
        request.sources,
        questionnaire=request.questionnaire,
        tables=request.tables,
        catalogue=catalogue,
        follow=lambda files: follow(files, "Reading answers", quiet=quiet),
    )
    loaded = read.members
    silent: tuple[Member, ...] = ()
    if request.rescore_as is not None:
        definition = catalogue.find(request.rescore_as)
        again = [rescore(each, definition) for each in loaded]
        silent = tuple(each for each in again if each.outside_answers and not _answers(each))
        loaded = tuple(each for each in again if each not in silent)
        if not loaded:
            raise CustfocusError(f"no source answers anything that {definition.id} asks")
    groups = group(loaded, window=request.window)
    main = next((each for each in groups if each.definition.has_stages), groups[0])
    return Gathered(groups, main, loaded, silent, read.passed_over, read.tables)


def _score(request: Request, quiet: bool, catalogue: Catalogue) -> tuple[Scorecard, Gathered]:
    """The scorecard of the sources, and what was read from them."""
    read = gather(request, catalogue, quiet=quiet)
    main = read.main
    if request.target is not None:
        for finding in check_target(request.target, main.definition.model):
            raise CustfocusError(finding.message)
    _refuse_no_groups(request.by, read)
    panels = [(make_panel(each, request.target), each.definition) for each in read.groups]
    own = panels.pop(read.groups.index(main))
    card = score(
        *own,
        beside=panels,
        notices=tuple(_notices((*read.loaded, *read.silent))),
        by=next((each for each in BYS if each == request.by), None),
        least=request.min_group,
    )
    for table in read.tables:
        say(summarise(table), quiet=quiet)
    for remark in _remarks(read, card):
        say(remark, quiet=quiet)
    return card, read


def _refuse_no_groups(by: str | None, read: Gathered) -> None:
    """Raise CustfocusError where a table is to be told apart by what none of its people say."""
    people = [each.assessment.respondent for each in read.loaded if isinstance(each, Loaded)]
    told = (
        any(each is not None and getattr(each, by) is not None for each in people) if by else True
    )
    if by is not None and read.tables and people and not told:
        names = ", ".join(dict.fromkeys(each.path for each in read.loaded))
        raise CustfocusError(
            f"{names} has no column that says the {by}", f"name it in a mapping, {by}: HEADER"
        )


def _refuse_few(request: Request, card: Scorecard, read: Gathered) -> None:
    """Raise CustfocusError where a panel would show what fewer than five people say.

    One file of answers alone is shown: whoever has it reads it anyway. What they perceive is
    withheld already.
    """
    if len(read.loaded) + len(read.silent) == 1 and not read.tables:
        return
    for each, definition in card.joined:
        told = any(entry.kind != "perception" for entry in definition.entries.values())
        if told and has_too_few(each, definition):
            raise CustfocusError(
                f"{', '.join(map(name_path, request.sources))}: fewer than {count(LEAST)} people"
                " answered; what they say is not shown",
                "a team that answers together writes one file without a respondent",
            )


def make_panel(members: Group, target: str | None = None) -> Panel:
    """The panel of assessments, or of the tallies of different people added up."""
    definition = members.definition
    if not members.tallies:
        return panel(members.assessments, definition, target=target)
    tally, *others = members.tallies
    if others:
        day = max(each.date for each in members.tallies)
        about = About(tally.organisation, day, tally.mode, tally.scope)
        tally = add_tallies(members.tallies, definition, about)
    return panel_of_tally(tally, definition, target=target)


def _answers(member: Member) -> bool:
    """Whether anything is answered in a file."""
    if isinstance(member, Loaded):
        return bool(member.assessment.answers)
    tally = member.tally
    return bool(tally.everyone.items or tally.everyone.ratings or tally.agreed)


def load_with_history(
    request: Request, previous: Sequence[str], *, quiet: bool = False
) -> tuple[Scorecard, tuple[Scorecard, ...]]:
    """The scorecard of the sources, and those of earlier years, the oldest first.

    Each of `previous` is the source of one year, scored by the same options. Raises what
    `load_scorecard` does, and CustfocusError where a year cannot stand beside this one.
    """
    catalogue = Catalogue()
    if [*request.sources, *previous].count(STANDARD_INPUT) > 1:
        raise CustfocusError("standard input is given twice")
    card = load_scorecard(request, quiet=quiet, catalogue=catalogue)
    years: dict[datetime.date, tuple[str, Scorecard]] = {}
    for source in previous:
        earlier = request._replace(sources=[source], by=None)
        year = load_scorecard(earlier, quiet=quiet, catalogue=catalogue)
        _refuse_year(source, year, card)
        day = year.panel.date
        if day in years:
            raise CustfocusError(
                f"{years[day][0]} and {source} are both of {day}",
                "give each year once; several files of one year are one source, a folder",
            )
        years[day] = (source, year)
    return card, tuple(years[day][1] for day in sorted(years))


def _refuse_year(source: str, year: Scorecard, card: Scorecard) -> None:
    """Raise CustfocusError where an earlier result cannot stand beside this one."""
    found = find_obstacles(year, card)
    if found:
        said = "; ".join(obstacle(*each) for each in found)
        raise CustfocusError(
            f"{source} cannot stand beside this result: {said}", _HINTS[found[0].reason]
        )
    if year.panel.date == card.panel.date:
        raise CustfocusError(
            f"{source} is of the same day as this result, {card.panel.date}", _EARLIER
        )


_EARLIER = "--previous takes the results of earlier years"
_OTHER = "a history is about one organisation and one scope, written the same way in every file"
_SCORE_ALIKE = "score every year by one questionnaire with --as"

_HINTS: Mapping[Reason, str] = {
    "other-organisation": _OTHER,
    "other-scope": _OTHER,
    "other-questionnaire": _SCORE_ALIKE,
    "other-stages": _SCORE_ALIKE,
    "nothing-shared": _SCORE_ALIKE,
    "swapped-dates": f"are the two swapped? {_EARLIER}",
    "nothing-rated": _EARLIER,
    "few-apart": _EARLIER,
}


def _notices(loaded: Sequence[Member]) -> Iterator[Notice]:
    """What reading the sources has to say beside their result."""
    if not all(each.digest_matches for each in loaded):
        yield Notice("digest-differs")
    unknown = dict.fromkeys(item for each in loaded for item in each.unknown_items)
    if unknown:
        yield Notice("unknown-items", tuple(unknown))
    outside = sum(len(each.outside_answers) for each in loaded)
    if outside:
        yield Notice("outside-answers", count=outside)


def say_passed_over(path: str, kind: str) -> str:
    """Why a file in a folder was not read, in one line."""
    if kind == TABLE:
        return f"passed over {path}: a table is not read in a folder; name it as a source itself"
    return f"passed over {path}: a {kind}, not an assessment"


def _remarks(read: Gathered, card: Scorecard) -> Iterator[str]:
    """What whoever gave the sources should know, and no reader of the result."""
    for path, kind in read.passed_over:
        yield say_passed_over(path, kind)
    for each in read.silent:
        yield f"passed over {each.path}: it answers nothing that {each.definition.id} asks"
    if card.panel.respondents > 1:
        yield f"{card.panel.respondents} respondents make one panel"
    agreed = sum(each.agreed for each in card.panel.answers.values())
    if agreed and len(read.main.loaded) > 1:
        yield f"{counted(agreed, 'rating')} of it agreed in a workshop"
