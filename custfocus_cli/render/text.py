"""The scorecard and the work plan for a terminal, readable without colours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from rich.console import RenderableType
from rich.text import Text

from custfocus_cli.render.balance import draw_balance
from custfocus_cli.render.checklist import IN_PLACE, OPEN, UNKNOWN, list_points
from custfocus_cli.render.console import head, indent, make_table, pair, print_parts, words
from custfocus_cli.render.narrative import (
    describe_source,
    find_sections,
    write_figures,
    write_notices,
    write_verdict,
)
from custfocus_cli.render.picture import Row, draw_areas, draw_rows
from custfocus_cli.render.record import Record, write_record
from custfocus_cli.render.terminal import Terminal
from custfocus_cli.render.workplan import (
    TOP_GAPS,
    PlannedStep,
    Task,
    find_cautions_beside,
    find_cautions_first,
    plan_work,
    say_nothing_left,
)
from custfocus_cli.scoring.scorecard import Scorecard
from custfocus_cli.scoring.views import find_perception_gaps
from custfocus_cli.wording import signs
from custfocus_cli.wording.numbers import round_half_up
from custfocus_cli.wording.phrases import listed
from custfocus_cli.wording.sections import SECTIONS

NARROW = 64  # below this the bars give way to the words
BAR = 10
TOP_SPLIT = 5  # items that people are split on


def write_scorecard(card: Scorecard, terminal: Terminal) -> str:
    """The scorecard."""
    record = write_record(card)
    steps = plan_work(card, record)
    wide = terminal.width >= NARROW
    rows = draw_rows(card)
    parts: list[RenderableType] = [
        *_draw_head(card),
        *_draw_verdict(card, record),
        *_draw_figures(card, record, wide),
        *_draw_measured(rows, card, record, steps, wide),
        *_draw_views(rows, card, wide),
        *_draw_opinions(card, wide),
        *_draw_next_steps(steps, find_sections(card)["steps"].title),
        *_draw_balance(card, record, wide),
        *_draw_notices(card),
    ]
    return print_parts(parts, terminal)


def write_plan(card: Scorecard, terminal: Terminal) -> str:
    """The work plan: every next step with its tasks."""
    record = write_record(card)
    steps = plan_work(card, record)
    now = [step for step in steps if not step.deferred]
    later = [step for step in steps if step.deferred]
    parts: list[RenderableType] = [*_draw_head(card), words(write_verdict(card, record).stage)]
    parts += [words(text, "italic") for text in find_cautions_first(card)]
    if not steps:
        parts += [Text(), words(say_nothing_left(card))]
    for title, group in ((find_sections(card)["steps"].title, now), ("Later", later)):
        if group:
            parts.append(head(title))
            parts += [part for step in group for part in _draw_full_step(step)]
    return print_parts([*parts, *_draw_notices(card)], terminal)


# --- the parts -------------------------------------------------------------------------------


def _draw_head(card: Scorecard) -> Iterator[RenderableType]:
    yield words(card.panel.organisation, "bold")
    day, scope, *rest = (value for _, value in describe_source(card))
    yield words(f"{day}, {scope}")
    yield words(", ".join(rest))
    yield Text()


def _draw_verdict(card: Scorecard, record: Record) -> Iterator[RenderableType]:
    verdict = write_verdict(card, record)
    yield words(verdict.stage, "bold")
    yield from map(words, verdict.rest)
    yield from (words(text, "italic") for text in find_cautions_first(card))


def _draw_figures(card: Scorecard, record: Record, wide: bool) -> Iterator[RenderableType]:
    yield Text()
    table = make_table("", "", *["*"] * wide)
    for figure in write_figures(card, record):
        cells = [figure.name, figure.value, *[figure.meaning] * wide]
        table.add_row(*map(words, cells))
    yield table


def _draw_measured(
    rows: Sequence[Row],
    card: Scorecard,
    record: Record,
    steps: Sequence[PlannedStep],
    wide: bool,
) -> Iterator[RenderableType]:
    """What was measured, characteristic by characteristic and area by area; nothing where not."""
    if not card.definition.has_stages:
        return
    if card.definition.model.is_checklist:
        yield from _draw_points(card, record)
        return
    yield from _draw_ladders(rows, card, steps, wide)
    yield head("Areas")
    yield _draw_rows(draw_areas(card), {}, wide)


def _draw_points(card: Scorecard, record: Record) -> Iterator[RenderableType]:
    """A checklist: what is in place, and of the rest what is open."""
    yield head(f"{card.definition.model.noun}s")
    for point in list_points(card, record):
        yield words(f"{point.name}: ").append(words(point.rating, MARKS.get(point.standing, "dim")))
        yield from (indent(words(f"- {text}")) for text in point.missing)


MARKS = {OPEN: "yellow", UNKNOWN: "yellow", IN_PLACE: "cyan"}


def _draw_ladders(
    rows: Sequence[Row], card: Scorecard, steps: Sequence[PlannedStep], wide: bool
) -> Iterator[RenderableType]:
    yield head("Characteristics")
    needs = {row.id: words("at its target", "dim") for row in rows if not row.gap}
    needs |= {step.characteristic: _name_need(step) for step in steps}
    yield _draw_rows(rows, needs if card.result.stage is not None else {}, wide)
    if card.result.stage is not None:
        yield _draw_legend(rows, wide)


def _draw_views(rows: Sequence[Row], card: Scorecard, wide: bool) -> Iterator[RenderableType]:
    """How people see it, beside what was measured."""
    seen = [row for row in rows if row.placed or row.perception]
    if not seen:
        return
    yield head(find_sections(card)["views"].title)
    yield from (words(text, "italic") for text in find_cautions_beside(card))
    table = make_table("", "*") if wide else make_table("*")
    for row in seen:
        said = [f"Placed at stage {row.placed}."] if row.placed else []
        if row.perception:
            apart = f", {row.apart}" if row.apart else ""
            said.append(f"Seen at {row.perception} %{row.seen_by}{apart}.")
        text = words(" ".join(said))
        if wide:
            table.add_row(words(row.name), text)
        else:
            table.add_row(words(row.name))
            table.add_row(indent(text))
    yield table


def _draw_opinions(card: Scorecard, wide: bool) -> Iterator[RenderableType]:
    """What many people say: who they are, how far they agree, on what they are split."""
    if not card.opinions and not find_perception_gaps(card):
        return
    # one respondent alone shall not wait for the chapter on many
    from custfocus_cli.render.opinions import draw_opinions

    opinions = draw_opinions(card)
    if opinions is None:
        return
    yield head(SECTIONS["agreement"].title)
    if opinions.apart:
        yield words(opinions.apart)
    for panel in opinions.panels:
        yield from map(words, panel.summary)
        yield from (words(text) for text in panel.gaps)
        if len(panel.divided) > 1:
            table = make_table("", "*", "*") if wide else make_table("*")
            for bar in panel.divided[:TOP_SPLIT]:
                cells = [words(bar.id), words(bar.words), words(bar.statement)]
                if wide:
                    table.add_row(*cells)
                else:
                    table.add_row(Text(", ").join(cells[:2]))
                    table.add_row(indent(cells[2]))
            yield table


def _draw_legend(rows: Sequence[Row], wide: bool) -> RenderableType:
    """What the marks mean, those that stand in the table."""
    drawn = "".join(_draw_stage(row).plain for row in rows)
    used = [f"{mark} {text}" for mark, text in signs.MEANINGS.items() if mark in drawn]
    return words(("   " if wide else "\n").join(used), "dim")


def _draw_rows(rows: Sequence[Row], needs: Mapping[str, Text], wide: bool) -> RenderableType:
    """Characteristics or areas, each on a line of a table; on a narrow screen on two."""
    table = make_table("", "", "right", "", "") if wide else make_table("*")
    if wide and needs:
        titles = ("", "stage of target", "index", "", "to do next")
        table.add_row(*(words(title, "dim") for title in titles))
    for row in rows:
        name, need = words(row.name), needs.get(row.id, Text())
        if row.weightless:
            name.append(" (counts in no sum)")
        if not row.applicable:
            name.append(f": {row.absent}")
            table.add_row(name)
            continue
        cells = [_draw_stage(row), words(row.short_index)]
        if wide:
            table.add_row(name, *cells, _draw_bar(row), need)
        else:
            table.add_row(name)
            table.add_row(indent(Text("  ").join([*cells, need])))
    return table


def _draw_stage(row: Row) -> Text:
    """The ladder of a row and its stage in numbers: `●○· 1 of 2`."""
    low, high = row.reading.stage_low, row.reading.stage_high
    if low is None or high is None:
        return Text()
    if row.target is None:
        return words(f"stage {row.stage}")
    drawn = Text()
    for stage in range(1, row.top + 1):
        sign = signs.draw_rung(stage, low, high, row.target if row.gap else 0)
        drawn.append(sign, COLOURS.get(sign, ""))
    return drawn.append(f" {row.stage} of {row.target}")


COLOURS = {signs.REACHED: "cyan", signs.PERHAPS: "cyan", signs.MISSING: "yellow"}


def _draw_bar(row: Row) -> Text:
    """The index as a bar: full up to its low bound, half up to its high one."""
    reading = row.reading
    if reading.index_low is None or reading.index_high is None:
        return Text()
    low, high = _count_blocks(reading.index_low), _count_blocks(reading.index_high)
    bar = Text(signs.draw_bar(low, high, BAR))
    bar.stylize("blue", 0, high)
    return bar


def _count_blocks(level: Fraction) -> int:
    """The filled blocks of a bar: none only for nothing, all only for all."""
    blocks = int(round_half_up(level * BAR / 100, 0))
    return min(max(blocks, 1), BAR - 1) if 0 < level < 100 else blocks


def _name_need(step: PlannedStep) -> Text:
    ids = [f"{task.line.id}{'?' * (task.kind == 'find-out')}" for task in step.tasks]
    later = " (later)" if step.deferred else ""
    return words(f"{listed(ids, 4)}{later}", "" if step.deferred else "yellow")


def _draw_next_steps(steps: Sequence[PlannedStep], title: str) -> Iterator[RenderableType]:
    now = [step for step in steps if not step.deferred]
    if not steps:
        return
    shown = now[:TOP_GAPS]
    yield head(f"{title} ({len(shown)} of {len(steps)})")
    if not shown:
        yield words("All of them wait until the organisation has come up; the plan lists them.")
    for step in shown:
        yield words(f"{step.rank}. {step.title}", "bold")
        yield from (indent(words(text, "italic")) for text in step.cautions)
        for task in step.tasks:
            yield indent(pair(task.line.id, task.sentence))


def _draw_full_step(step: PlannedStep) -> Iterator[RenderableType]:
    yield Text()
    yield words(f"{step.rank}. {step.title}", "bold")
    yield indent(words(step.place))
    yield from (indent(words(text, "italic")) for text in step.cautions)
    for task in step.tasks:
        yield indent(pair("[ ]", f"{task.line.id}  {task.line.statement}"))
        yield indent(_draw_facts(task), 9)
    if step.kept:
        yield indent(words(step.kept))


def _draw_facts(task: Task) -> RenderableType:
    table = make_table("keep", "*")
    do = [("Do", task.action)] if task.action else []
    for name, value in (*do, *task.facts):
        table.add_row(words(name.lower()), words(value))
    return table


def _draw_balance(card: Scorecard, record: Record, wide: bool) -> Iterator[RenderableType]:
    balance = draw_balance(card, record)
    if balance.themes:
        beside = " (it changes no stage)" if card.definition.has_stages else ""
        yield head(f"Balance check{beside}")
        table = make_table("", "", "*") if wide else make_table("*")
        for theme in balance.themes:
            out = theme.flag in ("amber", "red")
            said = f"{theme.why} Risk: {theme.risk}" if out else theme.why
            flag = words(theme.words, "bold" if out else "")
            if wide:
                table.add_row(words(theme.name), flag, words(said))
            else:
                table.add_row(words(f"{theme.name}: ").append(flag))
                table.add_row(indent(words(said)))
        yield table
    if balance.economics.facts:
        yield head("Economic test")
        yield words(balance.economics.sentence)
        yield from (words(f"{name}: {value}") for name, value in balance.economics.facts)


def _draw_notices(card: Scorecard) -> Iterator[RenderableType]:
    notices = write_notices(card)
    if notices:
        yield head("To know")
    for _, text in notices:
        yield pair("-", text)
