"""The gap report as one value, for every format that writes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from custfocus_cli import __version__
from custfocus_cli.changes.compare import compare
from custfocus_cli.render.balance import BalancePicture, draw_balance
from custfocus_cli.render.changes import Letter, write_letter
from custfocus_cli.render.checklist import list_points
from custfocus_cli.render.method import Method, describe_method
from custfocus_cli.render.names import name_clauses, name_stage
from custfocus_cli.render.narrative import (
    Figure,
    Rung,
    Verdict,
    describe_source,
    draw_rungs,
    find_sections,
    write_certainty,
    write_figures,
    write_guide,
    write_notices,
    write_verdict,
)
from custfocus_cli.render.opinions import OpinionsPicture, draw_opinions
from custfocus_cli.render.picture import (
    LadderPicture,
    Row,
    Tile,
    draw_areas,
    draw_ladders,
    draw_rows,
    draw_tiles,
    rank_gaps,
)
from custfocus_cli.render.record import Line, Record, write_record
from custfocus_cli.render.tables import (
    Table,
    tabulate_areas,
    tabulate_figures,
    tabulate_gaps,
    tabulate_points,
    tabulate_rungs,
    tabulate_steps,
    tabulate_tiles,
    tabulate_views,
    tabulate_views_by_day,
)
from custfocus_cli.render.trend import Trend, draw_trend
from custfocus_cli.render.workplan import (
    TOP_GAPS,
    PlannedStep,
    find_cautions_beside,
    find_target_cautions,
    plan_work,
    say_restraint,
)
from custfocus_cli.scoring.scorecard import Scorecard
from custfocus_cli.wording.phrases import long_date, sentence, with_stop
from custfocus_cli.wording.sections import Section


class Detail(NamedTuple):
    """Every answer to one characteristic, in groups with their titles: the stages, then others."""

    name: str
    description: str
    clauses: tuple[str, ...]
    groups: tuple[tuple[str, tuple[Line, ...]], ...]


class Report(NamedTuple):
    """Everything the report says, in words and in the order it is read.

    `meaning` describes the stage reached. `certainty` says how sure the result is, and `restraint`
    why not to do more at once. `context` are the questions before the start and their answers,
    empty where none was given. `rows` are all characteristics and `gaps` those with a
    stage, the largest gap first. `caution` is what nobody may overlook who reads a result of this
    questionnaire, `cautions_beside` the same of those whose views stand beside it. `kind` names
    what this is, and `sections` holds the headings that fit it. `tables` are found by the part of
    the report they stand in. `letter` and `trend` are None where there is no earlier result,
    `opinions` where one respondent speaks alone.
    """

    organisation: str
    about: str
    day: str
    tool: str
    title: str
    kind: str
    sections: Mapping[str, Section]
    facts: tuple[tuple[str, str], ...]
    verdict: Verdict
    meaning: str
    guide: str
    figures: tuple[Figure, ...]
    rungs: tuple[Rung, ...]
    target_name: str
    target_description: str
    target_cautions: tuple[str, ...]
    caution: str
    cautions_beside: tuple[str, ...]
    certainty: tuple[str, ...]
    notices: tuple[tuple[str, str], ...]
    context: tuple[tuple[str, str], ...]
    top: int
    rows: tuple[Row, ...]
    gaps: tuple[Row, ...]
    tiles: Mapping[str, tuple[Tile, ...]]
    tables: Mapping[str, Table]
    ladders: tuple[LadderPicture, ...]
    letter: Letter | None
    trend: Trend | None
    steps: tuple[PlannedStep, ...]
    restraint: tuple[str, ...]
    balance: BalancePicture
    opinions: OpinionsPicture | None
    details: tuple[Detail, ...]
    method: Method
    glossary: tuple[tuple[str, str], ...]
    benefits: tuple[str, ...]

    @property
    def top_steps(self) -> tuple[PlannedStep, ...]:
        """The next steps of the first page: those to be done now, at most five."""
        return tuple(step for step in self.steps if not step.deferred)[:TOP_GAPS]

    @property
    def top_cautions(self) -> tuple[str, ...]:
        """What to read before the steps of the first page, each text once."""
        return tuple(dict.fromkeys(text for step in self.top_steps for text in step.cautions))

    @property
    def uncertain(self) -> bool:
        """Whether a stage of the chart is a range."""
        return any(row.reading.stage_low != row.reading.stage_high for row in self.gaps)

    @property
    def moved(self) -> bool:
        """Whether a stage of the chart is another one than before."""
        return any(
            row.before and row.earlier and row.earlier.stage_low != row.reading.stage_low
            for row in self.gaps
        )

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts behind the first page that have something to say, in order."""
        parts = {
            "checklist": self.tables["checklist"].rows,
            "gaps": () if self.tables["checklist"].rows else self.gaps,
            "cells": () if self.tables["checklist"].rows else self.tiles,
            "views": self.tables["views"].rows,
            "agreement": self.opinions,
            "ladders": self.rungs and self.ladders,
            "changes": self.letter,
            "trend": self.trend,
            "steps": self.steps,
            "balance": self.balance.themes or self.balance.economics.facts,
            "details": self.details,
            "method": self.method.rules,
            "benefits": self.benefits,
            "glossary": self.glossary,
        }
        return tuple(name for name, content in parts.items() if content)


def write_report(card: Scorecard, history: Sequence[Scorecard] = ()) -> Report:
    """The report of a result; `history` are those before it, the oldest first."""
    model, panel = card.definition.model, card.panel
    record = write_record(card)
    rows, tiles = draw_rows(card, history[-1] if history else None), draw_tiles(card)
    gaps, steps = rank_gaps(rows), plan_work(card, record)
    figures, rungs = write_figures(card, record), draw_rungs(card)
    staged = card.definition.has_stages
    climbs = staged and not model.is_checklist
    points = list_points(card, record) if model.is_checklist and staged else ()
    return Report(
        organisation=panel.organisation,
        about=next((each.about for each in panel.sources if each.about), ""),
        day=long_date(panel.date),
        tool=f"custfocus {__version__}",
        title=(model.title if staged else None) or card.definition.title,
        kind="gap report" if staged else "report",
        sections=find_sections(card),
        facts=describe_source(card),
        verdict=write_verdict(card, record),
        meaning=_describe_stage(card),
        guide=write_guide(card),
        figures=figures,
        rungs=rungs,
        target_name=card.target.name,
        target_description=card.target.description,
        target_cautions=tuple(find_target_cautions(card)),
        caution=card.definition.questionnaire.caution or "",
        cautions_beside=tuple(find_cautions_beside(card)),
        certainty=write_certainty(card, record),
        notices=write_notices(card),
        context=tuple(_pair_context(card)),
        top=model.top,
        rows=rows,
        gaps=gaps,
        tiles=tiles if staged else {},
        tables={
            "rungs": tabulate_rungs(rungs),
            "figures": tabulate_figures(figures),
            "gaps": tabulate_gaps(gaps, evidenced=card.evidenced is not None),
            "cells": tabulate_tiles(rows, tiles, model),
            "areas": tabulate_areas(draw_areas(card), model),
            "views": tabulate_views(rows, measured=staged),
            "views_by_day": tabulate_views_by_day([card] if staged else [*history, card]),
            "steps": tabulate_steps(steps, model),
            "checklist": tabulate_points(points, model),
        },
        ladders=draw_ladders(card, record),
        letter=write_letter(compare(history[-1], card)) if history else None,
        trend=draw_trend([*history, card]) if history and climbs else None,
        steps=steps,
        restraint=say_restraint(steps),
        balance=draw_balance(card, record),
        opinions=draw_opinions(card),
        details=tuple(_write_details(card, record)),
        method=describe_method(card, record),
        glossary=tuple((each.term, each.meaning) for each in model.glossary),
        benefits=model.benefits if staged else (),
    )


def _describe_stage(card: Scorecard) -> str:
    """What the stage reached is like; empty where there is none, or answers still decide on it."""
    reading = card.result
    if reading.stage is None or reading.stage_low != reading.stage_high:
        return ""
    if card.definition.model.is_checklist:
        return ""
    return with_stop(card.definition.model.stage(reading.stage).description)


def _pair_context(card: Scorecard) -> Iterator[tuple[str, str]]:
    """The questions before the start with their answers, those without an answer left out."""
    for question in card.definition.questionnaire.context:
        if question.id in card.panel.context:
            yield question.question, card.panel.context[question.id]


def _write_details(card: Scorecard, record: Record) -> Iterator[Detail]:
    """The answers to each characteristic that the questionnaire asks about."""
    model, definition = card.definition.model, card.definition
    staged, climbs = definition.has_stages, not model.is_checklist
    beside: dict[str, list[Line]] = {}
    for entry in definition.entries.values():
        if entry.characteristic and entry.kind != "item":
            beside.setdefault(entry.characteristic, []).append(record[entry.id])
    for each in model.characteristics:
        groups = [
            (
                sentence(name_stage(model, stage)) if climbs else "Items",
                tuple(record[item.id] for item in items),
            )
            for stage in range(1, model.top + 1)
            if (items := definition.cell(each.id, stage))
        ]
        if each.id in beside:
            title = "Beside the ladder" if staged else "As people see it"
            groups.append((title, tuple(beside[each.id])))
        if groups:
            yield Detail(
                name=each.name,
                description=each.description,
                clauses=name_clauses(model, each.references) if staged else (),
                groups=tuple(groups),
            )
