"""The workshop: on what respondents differ, in which order, and what is shown of it: pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

from custfocus_cli.documents.assessment import Assessment
from custfocus_cli.documents.definition import Definition, Entry
from custfocus_cli.documents.tally import COUNTED, LEAST
from custfocus_cli.interview.plan import Question, list_questions
from custfocus_cli.scoring.panel import Panel, Voices, find_points
from custfocus_cli.scoring.statistics.agreement import find_deviation


class Topic(NamedTuple):
    """What is shown of an item on which respondents differ.

    `answered` is how many of them answered it. `counts` holds how many chose which code, codes in
    the scale's order, and `rating` the code of the panel rating. Counts are empty where fewer than
    ten people who answered for themselves gave one, and the rating is None where fewer than five.
    `speakers` names the roles behind each code, in interviews alone.
    """

    answered: int
    counts: Mapping[str, int] = MappingProxyType({})
    rating: str | None = None
    speakers: Mapping[str, tuple[str, ...]] = MappingProxyType({})


class Workshop(NamedTuple):
    """What a workshop is about: the panel, and its topics by item, in the order of the talk."""

    panel: Panel
    topics: Mapping[str, Topic]

    def fill_in(self, agreed: Assessment) -> Assessment:
        """The panel's answers as one assessment, with what is agreed in their place."""
        answers = {**self.panel.answers, **agreed.answers}
        return agreed.model_copy(update={"answers": answers, "target": self.panel.target})


def plan_workshop(
    panel: Panel, definition: Definition, agreed_before: Collection[str] = ()
) -> Workshop:
    """The workshop on everything on which the respondents of a panel differ.

    What people perceive is theirs, and no workshop settles it: those items are left out.
    What another workshop has settled is left out; what was `agreed_before` in this one stays in,
    whether they still differ or not. The order is total: the widest range first, among those the
    largest average deviation, among those the order of the questionnaire.
    """
    silent = Voices({})
    kinds = {name: entry.kind for name, entry in definition.entries.items()}
    heard = {name: panel.voices.get(name, silent) for name in definition.entries}
    wanted = [
        name
        for name, voices in heard.items()
        if name in agreed_before
        or (voices.disagreement and not voices.agreed and kinds[name] != "perception")
    ]
    spreads = {name: measure_spread(heard[name], definition.entries[name]) for name in wanted}
    wanted.sort(key=lambda name: spreads[name], reverse=True)  # stable: ties keep their order
    return Workshop(panel, {name: _open_topic(name, panel, definition) for name in wanted})


def list_topics(workshop: Workshop, definition: Definition) -> tuple[Question, ...]:
    """The questions of a workshop, in the order of the talk."""
    asked = {each.id: each for each in list_questions(definition) if each.rated}
    return tuple(asked[name] for name in workshop.topics)


def measure_spread(voices: Voices, entry: Entry) -> tuple[Fraction, Fraction]:
    """How far the ratings of an item lie apart: their range, and their average deviation.

    Both are shares of the item's scale, so that items of several scales can be put in one order.
    The deviation is 0 below five ratings, where `find_deviation` gives none.
    """
    points = find_points(entry)
    counts = {points[code]: number for code, number in voices.counts.items() if code in points}
    best = max(points.values(), default=0)
    if not counts or not best:
        return Fraction(0), Fraction(0)
    apart = Fraction(max(counts) - min(counts), best)
    return apart, (find_deviation(counts) or Fraction(0)) / best


def _open_topic(name: str, panel: Panel, definition: Definition) -> Topic:
    """What may be shown of an item: nothing by person, and no counts where they would tell."""
    voices = panel.voices.get(name, Voices({}))
    answered = sum(voices.counts.values())
    anonymous = sum(1 for _ in _list_anonymous(name, panel, definition))
    if 0 < anonymous < LEAST:
        return Topic(answered)
    rating = panel.answers.get(name)
    code = rating.answer if rating and answered and not rating.agreed else None
    if 0 < anonymous < COUNTED:
        return Topic(answered, rating=code)
    speakers = {} if anonymous else _name_speakers(name, panel, definition)
    return Topic(answered, voices.counts, code, speakers)


def _list_anonymous(name: str, panel: Panel, definition: Definition) -> Iterator[Assessment]:
    """The respondents who answered the item and were promised that nobody learns what they said."""
    for source in panel.sources:
        given = source.answers.get(name)
        mode = source.mode or definition.questionnaire.audience
        if given is not None and not given.agreed and mode != "interview":
            yield source


def _name_speakers(
    name: str, panel: Panel, definition: Definition
) -> Mapping[str, tuple[str, ...]]:
    """The roles behind each answer to an item that interviews alone answered, in words."""
    found: dict[str, dict[str, None]] = {}
    roles = definition.questionnaire.roles
    for source in panel.sources:
        given = source.answers.get(name)
        if given is None or given.agreed:
            continue
        role = source.respondent.role if source.respondent else None
        role = given.by if given.by in roles else role  # any other word may be a person's name
        if role is not None:
            found.setdefault(given.answer, {})[definition.questionnaire.role_name(role)] = None
    return {code: tuple(names) for code, names in found.items()}
