"""Units side by side: where each stands, how far apart they are, what several of them lack."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, NamedTuple

from custfocus_cli.documents.definition import Definition
from custfocus_cli.documents.questionnaire import Item
from custfocus_cli.documents.tally import LEAST
from custfocus_cli.errors import CustfocusError
from custfocus_cli.scoring.anonymity import hold_back
from custfocus_cli.scoring.ladder import Reading, walk_items
from custfocus_cli.scoring.scorecard import Scorecard, score


class Source(NamedTuple):
    """The result of one source: `path` is what it was called by.

    `digests` are the SHA-256 of its files, `versions` the versions of the questionnaire that its
    files say they answer, as far as they answer this one.
    """

    path: str
    card: Scorecard
    digests: frozenset[str]
    versions: tuple[str, ...] = ()


class Unit(NamedTuple):
    """One unit: `name` tells it apart from the others.

    `held_back` are the items that too few people answered; they count as open in `card`.
    """

    name: str
    path: str
    card: Scorecard
    held_back: tuple[str, ...] = ()


class Span(NamedTuple):
    """How far units lie apart in one thing.

    `spread` is the highest index less the lowest, in points of 100; None where fewer than two are
    known. `overlap` says that the ranges of the two overlap, so that they may not differ at all.
    `foremost` are the units that no other is ahead of, `hindmost` those that are ahead of no other;
    both are empty where no unit is ahead of any.
    """

    spread: Fraction | None
    overlap: bool
    foremost: tuple[str, ...]
    hindmost: tuple[str, ...]


class Lack(NamedTuple):
    """An item that holds back several units in the step that they are to take next.

    It is rated too low in `units` and not known in `unknown`, both by name.
    """

    item: Item
    characteristic: str
    stage: int
    units: tuple[str, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Units side by side, in the order they were given.

    `whole` is about the organisations, `spans` about each characteristic. `withheld` are the units
    that are not shown, as too few people answered; nothing here comes from their answers.
    """

    definition: Definition
    units: tuple[Unit, ...]
    whole: Span
    spans: Mapping[str, Span]
    lacks: tuple[Lack, ...]
    withheld: tuple[str, ...] = ()


def compare_units(sources: Sequence[Source], *, window: int) -> Comparison:
    """The sources side by side, each of them one unit.

    `window` is in days. Raises CustfocusError where two of them cannot stand side by side: other
    questions, dates too far apart, the same file, or fewer than two that may be shown.
    """
    _refuse(sources, window)
    names = name_sources([(each.path, each.card) for each in sources])
    shown = [_show(name, each) for name, each in zip(names, sources, strict=True)]
    units = tuple(unit for unit in shown if unit is not None)
    withheld = tuple(name for name, unit in zip(names, shown, strict=True) if unit is None)
    if len(units) < 2:
        few = ", ".join(withheld)
        raise CustfocusError(
            f"too few units may be shown: fewer than {LEAST} people answered in {few}",
            f"surveys and self-assessments are shown from {LEAST} people on; a team that answers"
            " together makes one file without a respondent",
        )
    definition = units[0].card.definition
    return Comparison(
        definition=definition,
        units=units,
        whole=measure([(unit.name, unit.card.result) for unit in units]),
        spans={
            each.id: measure(
                [(unit.name, unit.card.characteristic(each.id).reading) for unit in units]
            )
            for each in definition.model.characteristics
        },
        lacks=find_lacks(units),
        withheld=withheld,
    )


# --- what may stand side by side -------------------------------------------------------------


def _refuse(sources: Sequence[Source], window: int) -> None:
    if len(sources) < 2:
        raise CustfocusError(
            "one unit is not compared with anything",
            "each SOURCE is one unit, and a folder is one: name a file or folder for every unit",
        )
    _refuse_twins(sources)
    _refuse_other_questions(sources)
    first = min(sources, key=lambda each: each.card.panel.date)
    last = max(sources, key=lambda each: each.card.panel.date)
    days = (last.card.panel.date - first.card.panel.date).days
    if days > window:
        raise CustfocusError(
            f"{first.path} ({first.card.panel.date}) and {last.path} ({last.card.panel.date}) are"
            f" {days} {'day' if days == 1 else 'days'} apart, more than {window}",
            "units are compared as they stood on one date; what changed over time is told by"
            f" custfocus diff; to compare these all the same, --window {days}",
        )


def _refuse_twins(sources: Sequence[Source]) -> None:
    seen: dict[str, str] = {}
    for source in sources:
        for digest in sorted(source.digests):
            if digest in seen:
                one, other = seen[digest], source.path
                twice = f"{one} and {other} hold the same file, so they are not two units"
                raise CustfocusError(
                    f"{one} is given twice" if one == other else twice, "give each file once"
                )
        seen |= dict.fromkeys(source.digests, source.path)


_ALIKE: Final = "score them all by one questionnaire with --as"


def _refuse_other_questions(sources: Sequence[Source]) -> None:
    one, *others = sources
    if not one.card.definition.has_stages:
        raise CustfocusError(
            f"{one.card.definition.id} asks how people see it, and measures nothing to compare",
            "custfocus report shows how people see one unit",
        )
    for each in others:
        asked = one.card.definition, each.card.definition
        if asked[0].id != asked[1].id:
            raise CustfocusError(
                f"not the same questionnaire: {asked[0].id} in {one.path}, {asked[1].id} in"
                f" {each.path}",
                _ALIKE,
            )
        if asked[0].digest != asked[1].digest:
            raise CustfocusError(
                f"{one.path} and {each.path} are scored by two versions of {asked[0].id}, whose"
                " content differs",
                _ALIKE,
            )
    majors = {_major(version): source.path for source in sources for version in source.versions}
    if len(majors) > 1:
        (old, path), (new, other), *_ = sorted(majors.items())
        raise CustfocusError(
            f"not the same major version of the questionnaire: {old} in {path}, {new} in {other}",
            "compare units that answered the same version",
        )


def _major(version: str) -> str:
    return version.partition(".")[0]


# --- names and what may be shown -------------------------------------------------------------


def name_sources(sources: Sequence[tuple[str, Scorecard]]) -> tuple[str, ...]:
    """A name for each path and result: organisation and scope, without what is alike in all.

    Where that does not tell two apart, their files stand behind it, without folder and suffix
    where these tell them apart; where all of it is alike, or names still meet, the files stand
    alone.
    """
    paths = [path for path, _ in sources]
    short = list(map(_shorten, paths))
    if len(set(short)) == len(short):
        paths = short
    parts = [(card.panel.organisation, card.panel.scope) for _, card in sources]
    kept = [n for n in range(2) if len({each[n] for each in parts}) > 1]
    plain = [", ".join(each[n] for n in kept) for each in parts]
    times = Counter(plain)
    names = [
        name if times[name] == 1 else f"{name} ({path})" if name else path
        for name, path in zip(plain, paths, strict=True)
    ]
    return tuple(names if len(set(names)) == len(names) else paths)


def _shorten(path: str) -> str:
    """The name of a file without its folder and suffix."""
    name = path.replace("\\", "/").rstrip("/").rpartition("/")[2]
    stem, _, suffix = name.rpartition(".")
    return stem if stem and suffix.lower() in _SUFFIXES else name or path


_SUFFIXES: Final = ("yaml", "yml", "json", "csv", "tsv", "xlsx")


def find_alike(sources: Sequence[Source]) -> tuple[str, ...]:
    """The paths of the first sources that are about one organisation and scope, if any are.

    They may be the same people, told apart by nothing but their files.
    """
    about: dict[tuple[str, str], list[str]] = {}
    for each in sources:
        about.setdefault((each.card.panel.organisation, each.card.panel.scope), []).append(
            each.path
        )
    return next((tuple(paths) for paths in about.values() if len(paths) > 1), ())


_FROM_READING: Final = ("digest-differs", "unknown-items", "outside-answers")
"""The notices that come from reading a source, and not from its answers."""


def _show(name: str, source: Source) -> Unit | None:
    """The unit as it may be shown; None where too few people answered."""
    card = source.card
    named = hold_back(card.panel, card.definition)
    if named is None:
        return None
    if named.held_back:
        card = score(
            named.panel,
            card.definition,
            beside=card.joined[1:],
            notices=[each for each in card.notices if each.id in _FROM_READING],
        )
    return Unit(name, source.path, card, named.held_back)


# --- how far apart they are ------------------------------------------------------------------


def measure(readings: Sequence[tuple[str, Reading]]) -> Span:
    """How far the units of these names and readings lie apart."""
    known = [(each.index, each) for _, each in readings if each.index is not None]
    spread, overlap = None, False
    if len(known) > 1:
        high, low = max(index for index, _ in known), min(index for index, _ in known)
        spread = high - low
        overlap = spread > 0 and not all(
            _is_above(one, other)
            for index, one in known
            for least, other in known
            if (index, least) == (high, low)
        )
    placed = [(name, each) for name, each in readings if each.index_low is not None]
    behind = {n for n, each in placed if any(is_ahead(other, each) for _, other in placed)}
    ahead = {n for n, each in placed if any(is_ahead(each, other) for _, other in placed)}
    told = placed if ahead else []
    return Span(
        spread,
        overlap,
        foremost=tuple(name for name, _ in told if name not in behind),
        hindmost=tuple(name for name, _ in told if name not in ahead),
    )


def is_ahead(one: Reading, other: Reading) -> bool:
    """Whether one certainly stands further than the other.

    The stage comes first. Only where both surely stand at the same stage, or there are no stages,
    does the index decide, and only where the ranges do not overlap.
    """
    if one.stage_low is None or other.stage_high is None:
        return one.stage_low is None and other.stage_high is None and _is_above(one, other)
    if one.stage_low > other.stage_high:
        return True
    stages = {one.stage_low, one.stage_high, other.stage_low, other.stage_high}
    return len(stages) == 1 and _is_above(one, other)


def _is_above(one: Reading, other: Reading) -> bool:
    """Whether the whole range of one index is above that of the other."""
    if one.index_low is None or other.index_high is None:
        return False
    return one.index_low > other.index_high


# --- what several lack -----------------------------------------------------------------------


def find_lacks(units: Sequence[Unit]) -> tuple[Lack, ...]:
    """The items that hold back at least two units in a step that is due now.

    Those that hold back the most units come first, then those that most units do not know, then the
    lower stages, then the order of the questionnaire. What has to wait counts for no unit.
    """
    blocked: dict[str, list[str]] = {}
    asked: dict[str, list[str]] = {}
    for unit in units:
        for step in unit.card.next_steps:
            if not step.deferred:
                _note(blocked, step.blockers, unit.name)
                _note(asked, step.questions, unit.name)
    found = [
        Lack(item, characteristic, stage, tuple(names), tuple(asked.get(item.id, ())))
        for characteristic, stage, item in walk_items(units[0].card.definition)
        if len(names := blocked.get(item.id, [])) > 1
    ]
    return tuple(sorted(found, key=lambda each: (-len(each.units), -len(each.unknown), each.stage)))


def _note(lists: dict[str, list[str]], items: Iterable[str], name: str) -> None:
    for item in items:
        lists.setdefault(item, []).append(name)
