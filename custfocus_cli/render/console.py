"""The parts of a text for a terminal, and how they become one text.

Every text goes through `safe` into a rich `Text`: no markup, no emoji, nothing that acts.
"""

from __future__ import annotations

import io
from collections.abc import Iterable

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from custfocus_cli.render.terminal import Terminal
from custfocus_cli.wording.safety import safe

WIDEST = 100  # lines longer than this are hard to read, however wide the terminal is


def print_parts(parts: Iterable[RenderableType], terminal: Terminal) -> str:
    """The parts as one text; what the environment says about terminals plays no role."""
    shown = _print(parts, max(20, min(terminal.width, WIDEST)), terminal.color)
    return "\n".join(line.rstrip() for line in shown.splitlines()) + "\n"


def print_line(text: str, style: str, terminal: Terminal) -> str:
    """The text as one line, however long it is."""
    line = words(" ".join(text.split()), style)
    return _print([line], max(1, line.cell_len), terminal.color)


def _print(parts: Iterable[RenderableType], width: int, color: bool) -> str:
    sheet = io.StringIO()
    console = Console(
        file=sheet,
        width=width,
        force_terminal=color,
        color_system="standard" if color else None,
        no_color=not color,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
        force_jupyter=False,
        _environ={},
    )
    for part in parts:
        console.print(part)
    return sheet.getvalue()


def words(text: str, style: str = "") -> Text:
    """A text that is safe to show."""
    return Text(safe(text), style=style)


def head(title: str) -> Group:
    """A heading, apart from what stands above it."""
    return Group(Text(), words(title.upper(), "bold"))


def make_table(*columns: str, pad: int = 2) -> Table:
    """A table without lines; a column is named by its justification, `*` takes what is left."""
    table = Table(box=None, show_header=False, padding=(0, pad, 0, 0), pad_edge=False, expand=False)
    for column in columns:
        table.add_column(
            justify="right" if column == "right" else "left",
            ratio=1 if column == "*" else None,
            no_wrap=column == "keep",
        )
    return table


def indent(part: RenderableType, columns: int = 3) -> Padding:
    """The part, further from the margin."""
    return Padding(part, (0, 0, 0, columns), expand=False)


def pair(mark: str, text: str) -> RenderableType:
    """A mark and the text that belongs to it, which wraps beside it."""
    table = make_table("keep", "*")
    table.add_row(words(mark), words(text))
    return table
