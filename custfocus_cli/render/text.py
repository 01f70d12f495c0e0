"""The scorecard and the work plan for a terminal, readable without colours.

Every text goes through `safe` into a rich `Text`: no markup, no emoji, nothing that acts.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from custfocus_cli.render.balance import BalancePicture, draw_balance
from custfocus_cli.render.narrative import (
    describe_source,
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
    find_target_cautions,
    plan_work,
    say_nothing_left,
)
from custfocus_cli.scoring.scorecard import Scorecard
from custfocus_cli.wording import signs
from custfocus_cli.wording.numbers import round_half_up
from custfocus_cli.wording.phrases import listed
from custfocus_cli.wording.safety import safe
from custfocus_cli.wording.sections import SECTIONS

WIDEST = 100  # lines longer than this are hard to read, however wide the terminal is
NARROW = 64  # below this the bars give way to the words
BAR = 10


def write_scorecard(card: Scorecard, terminal: Terminal) -> str:
    """The scorecard."""
    record = write_record(card)
    steps = plan_work(card, record)
    wide = terminal.width >= NARROW
    rows = draw_rows(card)
    parts: list[RenderableType] = [
        *_draw_head(card),
        *_draw_verdict(card, record),
        *_draw_figures(card, wide),
        *_draw_ladders(rows, card, steps, wide),
        _head("Areas"),
        _draw_rows(draw_areas(card), {}, wide),
        *_draw_views(rows, wide),
        *_draw_next_steps(steps),
        *_draw_balance(draw_balance(card, record), wide),
        *_draw_notices(card),
    ]
    return _print(parts, terminal)


def write_plan(card: Scorecard, terminal: Terminal) -> str:
    """The work plan: every next step with its tasks."""
    record = write_record(card)
    steps = plan_work(card, record)
    now = [step for step in steps if not step.deferred]
    later = [step for step in steps if step.deferred]
    parts: list[RenderableType] = [*_draw_head(card), _words(write_verdict(card, record).stage)]
    parts += [_words(text, "italic") for text in find_target_cautions(card)]
    if not steps:
        parts += [Text(), _words(say_nothing_left(card))]
    for title, group in (("Next steps", now), ("Later", later)):
        if group:
            parts.append(_head(title))
            parts += [part for step in group for part in _draw_full_step(step)]
    return _print([*parts, *_draw_notices(card)], terminal)


# --- the sheet -------------------------------------------------------------------------------


def _print(parts: Iterable[RenderableType], terminal: Terminal) -> str:
    """The parts as one text; what the environment says about terminals plays no role."""
    sheet = io.StringIO()
    console = Console(
        file=sheet,
        width=max(20, min(terminal.width, WIDEST)),
        force_terminal=terminal.color,
        color_system="standard" if terminal.color else None,
        no_color=not terminal.color,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
        force_jupyter=False,
        _environ={},
    )
    for part in parts:
        console.print(part)
    return "\n".join(line.rstrip() for line in sheet.getvalue().splitlines()) + "\n"


def _words(text: str, style: str = "") -> Text:
    return Text(safe(text), style=style)


def _head(title: str) -> Group:
    return Group(Text(), _words(title.upper(), "bold"))


def _table(*columns: str, pad: int = 2) -> Table:
    """A table without lines; a column is named by its justification, `*` takes what is left."""
    table = Table(box=None, show_header=False, padding=(0, pad, 0, 0), pad_edge=False, expand=False)
    for column in columns:
        table.add_column(
            justify="right" if column == "right" else "left",
            ratio=1 if column == "*" else None,
            no_wrap=column == "keep",
        )
    return table


def _indent(part: RenderableType, columns: int = 3) -> Padding:
    return Padding(part, (0, 0, 0, columns), expand=False)


# --- the parts -------------------------------------------------------------------------------


def _draw_head(card: Scorecard) -> Iterator[RenderableType]:
    yield _words(card.panel.organisation, "bold")
    day, scope, *rest = (value for _, value in describe_source(card))
    yield _words(f"{day}, {scope}")
    yield _words(", ".join(rest))
    yield Text()


def _draw_verdict(card: Scorecard, record: Record) -> Iterator[RenderableType]:
    verdict = write_verdict(card, record)
    yield _words(verdict.stage, "bold")
    yield from map(_words, verdict.rest)
    yield from (_words(text, "italic") for text in find_target_cautions(card))


def _draw_figures(card: Scorecard, wide: bool) -> Iterator[RenderableType]:
    yield Text()
    table = _table("", "", *["*"] * wide)
    for figure in write_figures(card):
        cells = [figure.name, figure.value, *[figure.meaning] * wide]
        table.add_row(*map(_words, cells))
    yield table


def _draw_ladders(
    rows: Sequence[Row], card: Scorecard, steps: Sequence[PlannedStep], wide: bool
) -> Iterator[RenderableType]:
    yield _head("Characteristics")
    needs = {row.id: _words("at its target", "dim") for row in rows if not row.gap}
    needs |= {step.characteristic: _name_need(step) for step in steps}
    yield _draw_rows(rows, needs if card.result.stage is not None else {}, wide)
    if card.result.stage is not None:
        yield _draw_legend(rows, wide)


def _draw_views(rows: Sequence[Row], wide: bool) -> Iterator[RenderableType]:
    """How people see it, beside what was measured."""
    seen = [row for row in rows if row.placed or row.perception]
    if not seen:
        return
    yield _head(SECTIONS["views"].title)
    table = _table("", "*") if wide else _table("*")
    for row in seen:
        said = [f"Placed at stage {row.placed}."] if row.placed else []
        if row.perception:
            apart = f", {row.apart}" if row.apart else ""
            said.append(f"Seen at {row.perception} %{apart}.")
        words = _words(" ".join(said))
        if wide:
            table.add_row(_words(row.name), words)
        else:
            table.add_row(_words(row.name))
            table.add_row(_indent(words))
    yield table


def _draw_legend(rows: Sequence[Row], wide: bool) -> RenderableType:
    """What the marks mean, those that stand in the table."""
    drawn = "".join(_draw_stage(row).plain for row in rows)
    used = [f"{mark} {text}" for mark, text in signs.MEANINGS.items() if mark in drawn]
    return _words(("   " if wide else "\n").join(used), "dim")


def _draw_rows(rows: Sequence[Row], needs: Mapping[str, Text], wide: bool) -> RenderableType:
    """Characteristics or areas, each on a line of a table; on a narrow screen on two."""
    table = _table("", "", "right", "", "") if wide else _table("*")
    if wide and needs:
        titles = ("", "stage of target", "index", "", "to do next")
        table.add_row(*(_words(title, "dim") for title in titles))
    for row in rows:
        name, need = _words(row.name), needs.get(row.id, Text())
        if row.weightless:
            name.append(" (counts in no sum)")
        if not row.applicable:
            name.append(f": {row.absent}")
            table.add_row(name)
            continue
        cells = [_draw_stage(row), _words(row.short_index)]
        if wide:
            table.add_row(name, *cells, _draw_bar(row), need)
        else:
            table.add_row(name)
            table.add_row(_indent(Text("  ").join([*cells, need])))
    return table


def _draw_stage(row: Row) -> Text:
    """The ladder of a row and its stage in numbers: `●○· 1 of 2`."""
    low, high = row.reading.stage_low, row.reading.stage_high
    if low is None or high is None:
        return Text()
    if row.target is None:
        return _words(f"stage {row.stage}")
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
    return _words(f"{listed(ids, 4)}{later}", "" if step.deferred else "yellow")


def _draw_next_steps(steps: Sequence[PlannedStep]) -> Iterator[RenderableType]:
    now = [step for step in steps if not step.deferred]
    if not steps:
        return
    shown = now[:TOP_GAPS]
    yield _head(f"Next steps ({len(shown)} of {len(steps)})")
    if not shown:
        yield _words("All of them wait until the organisation has come up; the plan lists them.")
    for step in shown:
        yield _words(f"{step.rank}. {step.title}", "bold")
        yield from (_indent(_words(text, "italic")) for text in step.cautions)
        for task in step.tasks:
            yield _indent(_pair(task.line.id, task.sentence))


def _pair(mark: str, text: str) -> RenderableType:
    """A mark and the text that belongs to it, which wraps beside it."""
    table = _table("keep", "*")
    table.add_row(_words(mark), _words(text))
    return table


def _draw_full_step(step: PlannedStep) -> Iterator[RenderableType]:
    yield Text()
    yield _words(f"{step.rank}. {step.title}", "bold")
    yield _indent(_words(step.place))
    yield from (_indent(_words(text, "italic")) for text in step.cautions)
    for task in step.tasks:
        yield _indent(_pair("[ ]", f"{task.line.id}  {task.line.statement}"))
        yield _indent(_draw_facts(task), 9)
    if step.kept:
        yield _indent(_words(step.kept))


def _draw_facts(task: Task) -> RenderableType:
    table = _table("keep", "*")
    do = [("Do", task.action)] if task.action else []
    for name, value in (*do, *task.facts):
        table.add_row(_words(name.lower()), _words(value))
    return table


def _draw_balance(balance: BalancePicture, wide: bool) -> Iterator[RenderableType]:
    if balance.themes:
        yield _head("Balance check (it changes no stage)")
        table = _table("", "", "*") if wide else _table("*")
        for theme in balance.themes:
            out = theme.flag in ("amber", "red")
            said = f"{theme.why} Risk: {theme.risk}" if out else theme.why
            flag = _words(theme.words, "bold" if out else "")
            if wide:
                table.add_row(_words(theme.name), flag, _words(said))
            else:
                table.add_row(_words(f"{theme.name}: ").append(flag))
                table.add_row(_indent(_words(said)))
        yield table
    if balance.economics.facts:
        yield _head("Economic test")
        yield _words(balance.economics.sentence)
        yield from (_words(f"{name}: {value}") for name, value in balance.economics.facts)


def _draw_notices(card: Scorecard) -> Iterator[RenderableType]:
    notices = write_notices(card)
    if notices:
        yield _head("To know")
    for _, text in notices:
        yield _pair("-", text)
