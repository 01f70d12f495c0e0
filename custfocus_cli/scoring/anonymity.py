"""A result without the people behind it: what may leave the house."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from custfocus_cli.documents.assessment import Answer, Assessment, Figures
from custfocus_cli.scoring.panel import Panel, Voices
from custfocus_cli.scoring.perception import COUNTED
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
