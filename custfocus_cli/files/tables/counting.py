"""A table of any length, counted in one pass and in memory that its rows do not fill."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice, repeat
from typing import Final, NamedTuple

from custfocus_cli.documents.fields import quote
from custfocus_cli.errors import MOST_PROBLEMS, BadInput, CustfocusError, Problem
from custfocus_cli.files.tables.table import Row, Table, read_day

Codes = tuple[str | None, ...]
Numbers = tuple[int, ...]

CHUNK: Final = 2_000
"""Rows that are held at once."""
MOST_KEYS: Final = 100_000
"""How many different things are held before they are handed over and let go."""
MOST_GROUPS: Final = 2_000
MOST_IDS: Final = 20_000
"""How many respondents' ids are compared; a set of more would fill the memory."""
_DAY: Final = 11
"""Characters of a text that hold its day, with the one behind it."""

OTHER_WAVE: Final = "another wave"


class Side(NamedTuple):
    """What is looked at side by side in one person's answers: cells of items, by their ids.

    `number` gives the number of what the codes of a cell, by its place, come to; whoever wants it
    knows what the numbers mean.
    """

    cells: Sequence[Sequence[str]]
    number: Callable[[int, Codes], int]


class Wanted(NamedTuple):
    """What to count of a table.

    `by` tells people apart. Rows of another `wave` are left out. Without `date` the days of the
    rows are looked at.
    """

    sides: Sequence[Side]
    by: str | None = None
    wave: str | None = None
    date: datetime.date | None = None


class Batch(NamedTuple):
    """Some of the people of a table, by group; None are those without one.

    `sizes` says how many they are, `answers` how many gave which answer to which item, `numbers`
    for each side how many have which numbers in its cells.
    """

    sizes: Mapping[str | None, int]
    answers: Mapping[tuple[str | None, str, str], int]
    numbers: Sequence[Mapping[tuple[str | None, Numbers], int]]


class Seen(NamedTuple):
    """What a table says of its answers beside them: first and last day, and the wave."""

    first: datetime.date | None = None
    last: datetime.date | None = None
    wave: str | None = None


Chunk = Sequence[Row]


def count_table(
    table: Table,
    wanted: Wanted,
    take: Callable[[Batch], None],
    follow: Callable[[Iterator[Chunk]], Iterable[Chunk]] = iter,
) -> Seen:
    """Hand the answers of a table over, counted; `follow` may tell how far it is.

    Raises BadInput with every text that is no answer and every day that is none, CustfocusError
    where the table cannot be counted so.
    """
    check_extra(table, wanted.by)
    once = _Pass(table, wanted)
    for chunk in follow(_cut(table.rows())):
        once.look_at(chunk)
        if once.is_full:
            take(once.let_go())
    take(once.let_go())
    return once.seen


def check_extra(table: Table, by: str | None) -> None:
    """Raise CustfocusError where a table has no column by which people are told apart."""
    if by is not None and by not in table.extras:
        raise CustfocusError(
            f"{table.path} has no column that says the {by}",
            f"name it in a mapping, {by}: HEADER",
        )


def _cut(rows: Iterator[Row]) -> Iterator[Chunk]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


class Coder(dict[str, str | None]):
    """The codes of the texts of one item; those that are no answer are kept in `wrong`."""

    def __init__(self, table: Table, item: str) -> None:
        super().__init__()
        self.item = item
        self.wrong: list[str] = []
        self._table = table

    def __missing__(self, text: str) -> str | None:
        code = self._table.decode(self.item, text)
        if isinstance(code, Problem):
            self.wrong.append(text)
            code = None
        if len(self) < MOST_KEYS:
            self[text] = code
        return code


class _Numbers(dict[tuple[str, ...], int]):
    """The numbers of the texts of one cell, those of the items that have a column."""

    def __init__(self, side: Side, cell: int, coders: Mapping[str, Coder]) -> None:
        super().__init__()
        self._side = side
        self._cell = cell
        items = side.cells[cell]
        asked = [each for each in items if each in coders]
        self._coders = [coders[each] for each in asked]
        self._slots = [asked.index(each) if each in asked else None for each in items]

    def __missing__(self, texts: tuple[str, ...]) -> int:
        found = [coder[text] for coder, text in zip(self._coders, texts, strict=True)]
        codes = tuple(None if slot is None else found[slot] for slot in self._slots)
        number = self._side.number(self._cell, codes)
        if len(self) < MOST_KEYS:
            self[texts] = number
        return number


class _Pass:
    """One pass over a table: what has been counted of it and not been handed over."""

    def __init__(self, table: Table, wanted: Wanted) -> None:
        self._table = table
        self._wanted = wanted
        self._coders = {item: Coder(table, item) for item in table.items}
        self._places = {item: place for place, item in enumerate(table.items)}
        self._extras = {n: len(table.items) + place for place, n in enumerate(table.extras)}
        self._numbers = [
            [_Numbers(side, cell, self._coders) for cell in range(len(side.cells))]
            for side in wanted.sides
        ]
        self._cells = [
            [[self._places[each] for each in cell if each in self._places] for cell in side.cells]
            for side in wanted.sides
        ]
        self._sizes: Counter[str] = Counter()
        self._answers = {item: Counter[tuple[str, str]]() for item in table.items}
        self._sides = [Counter[tuple[str, *Numbers]]() for _ in wanted.sides]
        self._ids: set[str] = set()
        self._days: set[datetime.date] = set()
        self._waves: set[str | None] = set()

    @property
    def is_full(self) -> bool:
        return sum(map(len, self._sides)) + sum(map(len, self._answers.values())) > MOST_KEYS

    @property
    def seen(self) -> Seen:
        wave = next((each for each in self._waves if each is not None), None)
        return Seen(min(self._days, default=None), max(self._days, default=None), wave)

    def look_at(self, chunk: Chunk) -> None:
        """Count some rows."""
        if "wave" in self._extras:
            chunk = self._keep_wave(chunk)
        if not chunk:
            return
        columns = list(zip(*chunk, strict=True))
        by = self._wanted.by
        groups: Sequence[str] = columns[self._extras[by]] if by else ("",) * len(chunk)
        self._sizes.update(groups)
        for item, counts in self._answers.items():
            counts.update(zip(groups, columns[self._places[item]], strict=True))
        self._look_beside(columns, groups)
        self._check(columns)

    def _look_beside(self, columns: Sequence[Sequence[str]], groups: Sequence[str]) -> None:
        for counts, cells, numbers in zip(self._sides, self._cells, self._numbers, strict=True):
            sides = [
                map(known.__getitem__, zip(*[columns[each] for each in cell], strict=True))
                if cell
                else repeat(known[()], len(groups))
                for cell, known in zip(cells, numbers, strict=True)
            ]
            counts.update(zip(groups, *sides, strict=True))

    def let_go(self) -> Batch:
        """What has been counted since the last time."""
        sizes: Counter[str | None] = Counter()
        for text, number in self._sizes.items():
            sizes[self._name(text)] += number
        answers: Counter[tuple[str | None, str, str]] = Counter()
        for item, counts in self._answers.items():
            for (group, text), number in counts.items():
                code = self._coders[item][text]
                if code is not None:
                    answers[self._name(group), item, code] += number
            counts.clear()
        sides = []
        for beside in self._sides:
            named: Counter[tuple[str | None, Numbers]] = Counter()
            for (group, *numbers), number in beside.items():
                named[self._name(group), tuple(numbers)] += number
            sides.append(named)
            beside.clear()
        self._sizes.clear()
        refuse_wrong(self._table, self._coders.values(), 1)
        return Batch(sizes, answers, sides)

    def _name(self, text: str) -> str | None:
        return self._table.name(self._wanted.by, text) if self._wanted.by else None

    # --- what refuses a table ---

    def _check(self, columns: Sequence[Sequence[str]]) -> None:
        if len(self._sizes) > MOST_GROUPS:
            raise CustfocusError(
                f"{self._table.path} names more than {MOST_GROUPS:,} different"
                f" {self._wanted.by}s: is it the right column?"
            )
        refuse_wrong(self._table, self._coders.values(), MOST_PROBLEMS)
        if "id" in self._extras and len(self._ids) < MOST_IDS:
            self._compare_ids(columns[self._extras["id"]])
        if self._wanted.date is None and "date" in self._extras:
            texts = {each.strip()[:_DAY] for each in columns[self._extras["date"]]}
            self._days |= read_days(self._table, texts)

    def _keep_wave(self, chunk: Chunk) -> Chunk:
        """The rows of the one wave that is counted."""
        place, wave = self._extras["wave"], self._wanted.wave
        named = [(self._table.name("wave", row[place]), row) for row in chunk]
        kept = [row for name, row in named if wave is None or name == wave]
        self._waves |= {name for name, _ in named} if wave is None else {wave}
        if len(self._waves) > 1:
            names = sorted(each or "none" for each in self._waves)
            raise CustfocusError(
                f"{self._table.path} holds several waves: {', '.join(names)}",
                f"count one: --wave {names[0]}",
            )
        left = len(chunk) - len(kept)
        if left:
            self._table.left_out[OTHER_WAVE] += left
            self._table.read -= left
        return kept

    def _compare_ids(self, texts: Iterable[str]) -> None:
        """Raise CustfocusError where a respondent stands in the table twice."""
        for text in texts:
            name = self._table.name("id", text)
            if name is not None and name in self._ids:
                raise CustfocusError(
                    f"the respondent {quote(name)} stands twice in {self._table.path}",
                    "leave one of the two rows out",
                )
            if name is not None:
                self._ids.add(name)


def refuse_wrong(table: Table, coders: Iterable[Coder], least: int) -> None:
    """Raise BadInput where so many texts are no answers, each in its first row's line."""
    wrong = [(each.item, text) for each in coders for text in each.wrong]
    if len(wrong) >= least:
        raise BadInput(table.locate(wrong[:MOST_PROBLEMS]))


def read_days(table: Table, texts: Iterable[str]) -> set[datetime.date]:
    """The days that texts begin with; BadInput where one is none, with its first row's line."""
    days = {read_day(text) for text in texts}
    if None in days:
        raise BadInput([locate_day(table)])
    return {day for day in days if day is not None}


def locate_day(table: Table) -> Problem:
    """The first day of a table that cannot be read for certain."""
    place = len(table.items) + table.extras.index("date")
    for row in table.rows():
        if read_day(row[place]) is None:
            message = f"{quote(row[place])} is no day that can be read for certain"
            return Problem(
                table.path, table.line, 1, "bad-date", f"{message}: give one with --date"
            )
    raise AssertionError("every day of the table can be read")
