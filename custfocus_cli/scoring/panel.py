"""The panel: the answers of one or several respondents, as one set of ratings."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from custfocus_cli.documents.assessment import (
    Answer,
    Assessment,
    Figures,
    TargetStages,
)
from custfocus_cli.documents.definition import Definition, Entry
from custfocus_cli.documents.model import Model
from custfocus_cli.documents.tally import LEAST, Tally
from custfocus_cli.errors import CustfocusError
from custfocus_cli.scoring.statistics.counts import find_lower_median

if TYPE_CHECKING:
    from custfocus_cli.scoring.opinions import Opinions

T = TypeVar("T")


class Voices(NamedTuple):
    """How the respondents of a panel answered one item.

    `counts` holds the number of respondents by answer code, codes in the scale's order; respondents
    without any answer to the item are not counted, nor is what a workshop agreed. `disagreement` is
    true where the highest rating is at least two points above the lowest, or as many as the model's
    `met_option` has. `agreed` marks a rating settled in a workshop.
    """

    counts: Mapping[str, int]
    disagreement: bool = False
    agreed: bool = False


class Panel(NamedTuple):
    """What is scored: one set of answers, and whose it is.

    `date` is the latest of the sources; `answers` holds the panel rating of each item, which for a
    single source is that source's answer. `voices` is empty for a single source. `tally` is what
    was counted, where that is all there is; its one source then holds no answers. `opinions` say
    how its respondents agree and differ, and are None until somebody listens to them.
    """

    organisation: str
    scope: str
    date: datetime.date
    answers: Mapping[str, Answer]
    sources: tuple[Assessment, ...]
    target: str | TargetStages | None = None
    figures: Figures | None = None
    context: Mapping[str, str] = MappingProxyType({})
    voices: Mapping[str, Voices] = MappingProxyType({})
    tally: Tally | None = None
    opinions: Opinions | None = None

    @property
    def respondents(self) -> int:
        """How many sources answered: of several, those that hold a respondent's word."""
        if self.tally is not None:
            return self.tally.everyone.respondents
        return 1 if len(self.sources) == 1 else sum(map(speaks, self.sources))


def speaks(source: Assessment) -> bool:
    """Whether a source holds any answer of its own, beside what a workshop agreed."""
    return any(not each.agreed for each in source.answers.values())


def is_anonymous(source: Assessment, definition: Definition) -> bool:
    """Whether whoever answered is not to be told from others: in all but interviews.

    A file that does not say how it came to be is taken for what the questionnaire is made for.
    """
    return (source.mode or definition.questionnaire.audience) != "interview"


def holds_anonymous(sources: Sequence[Assessment], definition: Definition) -> bool:
    """Whether several answered, and any of them is not to be told from the others."""
    people = [each for each in sources if speaks(each)]
    return len(people) > 1 and any(is_anonymous(each, definition) for each in people)


def panel(
    sources: Sequence[Assessment], definition: Definition, *, target: str | None = None
) -> Panel:
    """The panel of one or several assessments of the same questionnaire.

    `target` takes the place of the sources' own. CustfocusError where target, figures or context
    of the sources contradict each other; figures and context of people who answered for themselves
    are set aside there. The rating per item is domain rule 2.2.11.
    """
    first = sources[0]
    answers: Mapping[str, Answer] = first.answers
    voices: Mapping[str, Voices] = {}
    told = _set_aside(sources, find_contradicted(sources, definition))
    if len(sources) > 1:
        given = _collect(sources, definition)
        anonymous = holds_anonymous(sources, definition)
        rated = {
            name: _rate(each, definition.entries[name], anonymous=anonymous)
            for name, each in given.items()
        }
        answers = {name: answer for name, answer in rated.items() if answer is not None}
        voices = {
            name: _listen(each, definition.entries[name], definition.model)
            for name, each in given.items()
        }
    return Panel(
        organisation=first.organisation,
        scope=first.scope,
        date=max(source.date for source in sources),
        answers=answers,
        sources=tuple(sources),
        target=target or _agree_on_target(sources),
        figures=_agree_on_figures(told),
        context=_agree_on_context(told),
        voices=voices,
    )


def panel_of_tally(tally: Tally, definition: Definition, *, target: str | None = None) -> Panel:
    """The panel whose answers were counted; items that the definition does not know are left out.

    It rates every item as the panel of the files that were counted does; evidence was not counted.
    """
    counted = {**tally.everyone.items, **{name: {} for name in tally.everyone.ratings}}
    rated: dict[str, str | None] = {}
    voices = {}
    for name, entry in definition.entries.items():
        counts = counted.get(name)
        if counts is not None:
            rated[name] = tally.everyone.ratings.get(name) or rate_counts(counts, entry)
            voices[name] = _count_voices(counts, entry, definition.model, name in tally.agreed)
    rated |= {name: code for name, code in tally.agreed.items() if name in definition.entries}
    source = Assessment(
        questionnaire=tally.questionnaire.reference,
        organisation=tally.organisation,
        scope=tally.scope,
        date=tally.date,
        mode=tally.mode,
    )
    return Panel(
        organisation=tally.organisation,
        scope=tally.scope,
        date=tally.date,
        answers={
            name: Answer(
                answer=code,
                reason=COUNTED_REASON
                if _is_not_applicable(code, definition.entries[name])
                else None,
                agreed=name in tally.agreed,
            )
            for name, code in rated.items()
            if code is not None
        },
        sources=(source,),
        target=target,
        voices=voices,
        tally=tally,
    )


COUNTED_REASON = "Most of the people who answered say so."
"""The reason of a panel rating that something does not apply, where none was counted."""


def _is_not_applicable(code: str, entry: Entry) -> bool:
    special = entry.scale.not_applicable if entry.scale else None
    return special is not None and code == special.code


def join(panels: Sequence[Panel], *, target: str | None = None) -> Panel:
    """The first panel, with what the sources of all of them say beside their answers.

    `target` takes the place of the sources' own. CustfocusError where target, figures or context
    of two contradict each other.
    """
    return panels[0]._replace(
        target=target or _agree_on_target(panels),
        figures=_agree_on_figures(panels),
        context=_agree_on_context(panels),
    )


def _collect(
    sources: Sequence[Assessment], definition: Definition
) -> Mapping[str, Sequence[Answer]]:
    """The answers to each item that anybody answered, in questionnaire order."""
    given = {
        name: [source.answers[name] for source in sources if name in source.answers]
        for name in definition.entries
    }
    return {name: answers for name, answers in given.items() if answers}


# --- the rating of one item ------------------------------------------------------------------


def find_points(entry: Entry) -> Mapping[str, int]:
    """The points of each rating of an item; a placement's are the stage numbers."""
    if entry.scale is not None:
        return entry.scale.points
    return {code: int(code) for code in entry.codes if code.isdecimal()}


def _rate(given: Sequence[Answer], entry: Entry, *, anonymous: bool) -> Answer | None:
    """The panel's answer to an item; None where it is unknown and the scale cannot say so.

    Its evidence is the highest level that one of those behind it names; where they are `anonymous`,
    that which five of them name or exceed, so that one person's is not everybody's.
    """
    agreed = [answer for answer in given if answer.agreed]
    voters = agreed or given
    code = rate_counts(Counter(answer.answer for answer in voters), entry)
    if code is None:
        return None
    behind = [answer for answer in voters if answer.answer == code]
    levels = [answer.evidence for answer in behind if answer.evidence is not None]
    backers = LEAST if anonymous and not agreed else 1
    return Answer(
        answer=code,
        evidence=_find_nth_highest(levels, backers),
        note=_join(answer.note for answer in agreed),
        reason=_join(answer.reason for answer in behind),
        agreed=bool(agreed),
    )


def _find_nth_highest(levels: Collection[int], place: int) -> int | None:
    """The level that so many reach; None where there are fewer."""
    ordered = sorted(levels, reverse=True)
    return ordered[place - 1] if len(ordered) >= place else None


def rate_counts(counts: Mapping[str, int], entry: Entry) -> str | None:
    """What so many people for each code say together: domain rule 2.2.11.

    Does not apply, don't know, or the lower median of the ratings; None where it is unknown and the
    scale cannot say so.
    """
    voters = sum(counts.values())
    special = entry.scale.not_applicable if entry.scale else None
    if special and 2 * counts.get(special.code, 0) > voters:
        return special.code
    codes = {points: code for code, points in find_points(entry).items()}
    ratings = {points: counts.get(code, 0) for points, code in codes.items()}
    median = find_lower_median(ratings)
    if median is not None and 2 * sum(ratings.values()) >= voters:
        return codes[median]
    return _unknown_code(entry)


def _unknown_code(entry: Entry) -> str | None:
    """The code of "don't know"; a placement borrows that of the stage items."""
    if entry.scale is None:
        return next((code for code in entry.codes if not code.isdecimal()), None)
    return entry.scale.dont_know.code if entry.scale.dont_know else None


def _join(texts: Iterable[str | None]) -> str | None:
    """The distinct texts in one line; None where there is none."""
    return "; ".join(dict.fromkeys(text for text in texts if text)) or None


def _listen(given: Sequence[Answer], entry: Entry, model: Model) -> Voices:
    single = [answer for answer in given if not answer.agreed]
    said = Counter(answer.answer for answer in single)
    return _count_voices(said, entry, model, len(single) < len(given))


def _count_voices(said: Mapping[str, int], entry: Entry, model: Model, agreed: bool) -> Voices:
    points = find_points(entry)
    rated = [points[code] for code in said if code in points]
    return Voices(
        {code: said[code] for code in entry.codes if code in said},
        disagreement=is_far_apart(rated, entry, model),
        agreed=agreed,
    )


def is_far_apart(rated: Collection[int], entry: Entry, model: Model) -> bool:
    """Whether the highest of some ratings is far above the lowest: the disagreement of `Voices`."""
    apart = max(rated) - min(rated) if rated else 0
    return apart >= _far_apart(entry, model)


def _far_apart(entry: Entry, model: Model) -> int:
    """The least distance between two ratings that is a disagreement, in points of the scale."""
    if entry.scale is None:
        return 2
    if entry.scale == model.scale:
        return max(model.met_option.points, 1)
    return next(points for points in entry.scale.points.values() if 2 * points > entry.scale.best)


# --- what the sources have to agree on -------------------------------------------------------


def _agree(what: str, hint: str, given: Sequence[T]) -> T | None:
    """The one value given, or None without any; CustfocusError where two differ."""
    for value in given:
        if value != given[0]:
            shown = f"{_show(given[0])} and {_show(value)}"
            raise CustfocusError(f"the sources disagree on {what}: {shown}", hint)
    return given[0] if given else None


def _show(value: object) -> str:
    return "stages of its own" if isinstance(value, TargetStages) else f"'{value}'"


def _agree_on_target(sources: Sequence[Assessment | Panel]) -> str | TargetStages | None:
    targets = [source.target for source in sources if source.target is not None]
    return _agree(
        "the target", "name one with --target, or write the same target in every file", targets
    )


def find_contradicted(
    sources: Sequence[Assessment], definition: Definition
) -> tuple[tuple[str, str], ...]:
    """The figures and context that people give differently who answered for themselves.

    Each as the key of the file and that within it. Of interviews there are none: whoever leads them
    is asked to settle it.
    """
    if not holds_anonymous(sources, definition):
        return ()
    said: dict[tuple[str, str], set[object]] = {}
    for each in sources:
        for name in Figures.model_fields if each.figures else ():
            if (value := getattr(each.figures, name)) is not None:
                said.setdefault(("figures", name), set()).add(value)
        for name, text in each.context.items():
            said.setdefault(("context", name), set()).add(text)
    return tuple(key for key, values in said.items() if len(values) > 1)


def _set_aside(
    sources: Sequence[Assessment], keys: Collection[tuple[str, str]]
) -> Sequence[Assessment]:
    """The sources without these figures and answers on the context."""
    if not keys:
        return sources
    figures = {name: None for part, name in keys if part == "figures"}
    return [
        each.model_copy(
            update={
                "figures": each.figures and each.figures.model_copy(update=figures),
                "context": {n: t for n, t in each.context.items() if ("context", n) not in keys},
            }
        )
        for each in sources
    ]


_SAME = "write the same value in every file, or leave it in one file alone"


def _agree_on_figures(sources: Sequence[Assessment | Panel]) -> Figures | None:
    """The figures of all sources together, key by key."""
    given = [source.figures for source in sources if source.figures is not None]
    agreed = {
        name: _agree(
            f"figures.{name}",
            _SAME,
            [getattr(each, name) for each in given if getattr(each, name) is not None],
        )
        for name in Figures.model_fields
    }
    return Figures(**agreed) if given else None


def _agree_on_context(sources: Sequence[Assessment | Panel]) -> Mapping[str, str]:
    """The context of all sources together, question by question."""
    texts: dict[str, list[str]] = {}
    for source in sources:
        for name, text in source.context.items():
            texts.setdefault(name, []).append(text)
    agreed = {name: _agree(f"context.{name}", _SAME, given) for name, given in texts.items()}
    return {name: text for name, text in agreed.items() if text is not None}
