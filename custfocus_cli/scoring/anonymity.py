"""A result without the people behind it: what may leave the house."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final, NamedTuple

from custfocus_cli.documents.assessment import Answer, Assessment, Figures
from custfocus_cli.scoring.panel import Panel, Voices
from custfocus_cli.scoring.perception import COUNTED, FEWEST
from custfocus_cli.scoring.scorecard import Scorecard


def anonymise(card: Scorecard) -> Scorecard:
    """The same result without anything that tells who said what, or in whose words.

    Gone are respondents with their roles and groups, whose word an answer is and from which day,
    notes, reasons, the context, what was said about the organisation and the source of its figures.
    How many of fewer than ten people chose which answer is gone as well. No number changes.
    """
    joined = tuple((_anonymise_panel(panel), asked) for panel, asked in card.joined)
    return replace(card, panel=joined[0][0], joined=joined)


def _anonymise_panel(panel: Panel) -> Panel:
    return panel._replace(
        answers=_strip_answers(panel.answers),
        sources=tuple(map(_strip_source, panel.sources)),
        figures=_strip_figures(panel.figures),
        context={},
        voices={name: _hush(voices) for name, voices in panel.voices.items()},
    )


def _strip_answers(answers: Mapping[str, Answer]) -> Mapping[str, Answer]:
    """The answers with nothing but what is scored."""
    return {
        name: Answer(answer=each.answer, evidence=each.evidence, agreed=each.agreed)
        for name, each in answers.items()
    }


def _strip_source(source: Assessment) -> Assessment:
    return Assessment(
        questionnaire=source.questionnaire,
        organisation=source.organisation,
        scope=source.scope,
        date=source.date,
        mode=source.mode,
        adaptive=source.adaptive,
        target=source.target,
        answers=_strip_answers(source.answers),
        figures=_strip_figures(source.figures),
    )


def _strip_figures(figures: Figures | None) -> Figures | None:
    return figures and figures.model_copy(update={"source": None})


def _hush(voices: Voices) -> Voices:
    """Voices without their numbers where so few spoke that one of them could be told apart."""
    few = sum(voices.counts.values()) < COUNTED
    return voices._replace(counts={}) if few else voices


# --- a unit under its name ---------------------------------------------------------------------

_UNNAMED: Final = ("survey", "self")
"""The modes in which nobody is to be told apart; an interview names roles, and says so."""


class Named(NamedTuple):
    """A panel as it may stand under its name.

    `held_back` are the items that too few people answered.
    """

    panel: Panel
    held_back: tuple[str, ...] = ()


def hold_back(panel: Panel) -> Named | None:
    """The panel as it may stand under its name; None where too few people stand behind it.

    Surveys and self-assessments of fewer than five people are not shown. An item that some but
    fewer than five of them answered is as good as open; what a workshop agreed is everybody's.
    One set of answers that names no respondent is a team's own word on itself, and is shown.
    """
    people = [each for each in panel.sources if each.mode in _UNNAMED]
    if not people or _is_of_a_team(panel):
        return Named(panel)
    if len(people) < FEWEST:
        return None
    few = {
        name
        for name, answer in panel.answers.items()
        if not answer.agreed and 0 < sum(name in each.answers for each in people) < FEWEST
    }
    answers = {name: each for name, each in panel.answers.items() if name not in few}
    voices = {name: each for name, each in panel.voices.items() if name not in few}
    return Named(panel._replace(answers=answers, voices=voices), tuple(sorted(few)))


def _is_of_a_team(panel: Panel) -> bool:
    one, *others = panel.sources
    return not others and one.mode == "self" and one.respondent is None
