"""A large table counted by DuckDB, to the same counts as by the standard library."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from custfocus_cli.files.disk import STANDARD_INPUT
from custfocus_cli.files.tables.counting import (
    Batch,
    Coder,
    Numbers,
    Seen,
    Wanted,
    check_extra,
    read_days,
    refuse_wrong,
)
from custfocus_cli.files.tables.parquet import connect
from custfocus_cli.files.tables.table import UNANSWERED, Table

if TYPE_CHECKING:
    import duckdb

FEWEST_BYTES: Final = 1_000_000
"""Below that size, the standard library is done before DuckDB is loaded."""
_FETCH: Final = 10_000
_PLAIN: Final = ("utf-8", "utf-8-sig")
_LEFT: Final = "nothing in it"


class _Set(NamedTuple):
    """A set of columns whose texts are counted side by side, by their positions in the table."""

    what: str
    positions: tuple[int, ...]


def can_count(table: Table) -> bool:
    """Whether DuckDB is there and can count this table: a large CSV file in UTF-8, or Parquet.

    What needs a look at every row (waves, ids of respondents) the standard library does.
    """
    source = table.source
    path = source.file.path
    if {"wave", "id"} & set(table.extras) or not path or source.file.revision is not None:
        return False
    if path == STANDARD_INPUT or Path(path).stat().st_size < FEWEST_BYTES:
        return False
    if not source.is_parquet and (source.codec not in _PLAIN or _has_long_header(table)):
        return False
    try:
        import duckdb  # noqa: F401 - only whether it is there
    except ModuleNotFoundError:
        return False
    return True


def _has_long_header(table: Table) -> bool:
    """Whether a header goes over several lines, or an empty line stands before its end."""
    with closing(table.source.read()) as records:
        lines = [line for line, _ in islice(records, table.headers + 1)]
    return lines != list(range(1, len(lines) + 1))


def count_table(table: Table, wanted: Wanted, take: Callable[[Batch], None]) -> Seen | None:
    """Hand the answers of a table over, counted by DuckDB; None where it cannot read it.

    The standard library then says why. Raises BadInput with every text that is no answer and every
    day that is none.
    """
    import duckdb

    check_extra(table, wanted.by)
    run = _Run(table, wanted)
    try:
        with connect() as database:
            run.count(database)
    except duckdb.Error:
        return None
    take(run.finish())
    return run.seen


class _Run:
    """One query over a table, and what comes of its rows."""

    def __init__(self, table: Table, wanted: Wanted) -> None:
        self._table = table
        self._wanted = wanted
        self._coders = {item: Coder(table, item) for item in table.items}
        self._sets = list(_list_sets(table, wanted))
        self._sizes: Counter[str | None] = Counter()
        self._answers: Counter[tuple[str | None, str, str]] = Counter()
        self._numbers = [Counter[tuple[str | None, Numbers]]() for _ in wanted.sides]
        self._days: set[str] = set()
        self._left: Counter[str] = Counter()
        self.seen = Seen()

    def count(self, database: duckdb.DuckDBPyConnection) -> None:
        """Run the query."""
        reasons = _find_reasons(self._table, database)
        text, values = _write_query(self._table, self._wanted, self._sets, reasons)
        result = database.execute(text, values)
        while rows := result.fetchmany(_FETCH):
            for number, reason, group, people, *texts in rows:
                self._take(self._sets[number], reason, group, people, texts)

    def _take(
        self, counted: _Set, reason: str | None, group: str, people: int, texts: Sequence[str]
    ) -> None:
        name = self._table.name(self._wanted.by, group) if self._wanted.by else None
        if counted.what == "people":
            if reason is None:
                self._sizes[name] += people
            elif reason != _LEFT:
                self._left[reason] += people
        elif counted.what == "days":
            self._days.add(texts[0])
        elif counted.what in self._coders:
            code = self._coders[counted.what][texts[0]]
            if code is not None:
                self._answers[name, counted.what, code] += people
        else:
            self._take_side(int(counted.what), name, people, texts)

    def _take_side(self, place: int, name: str | None, people: int, texts: Sequence[str]) -> None:
        side = self._wanted.sides[place]
        items = _list_items(side.cells, self._table)
        codes = {item: self._coders[item][text] for item, text in zip(items, texts, strict=False)}
        for item, code in codes.items():
            if code is not None:
                self._answers[name, item, code] += people
        numbers = tuple(
            side.number(n, tuple(map(codes.get, cell))) for n, cell in enumerate(side.cells)
        )
        self._numbers[place][name, numbers] += people

    def finish(self) -> Batch:
        """What was counted; tells the table how many rows were read and left out."""
        for place, side in enumerate(self._wanted.sides):
            if not _list_items(side.cells, self._table):  # nobody was asked any of these
                blank = tuple(side.number(n, (None,) * len(c)) for n, c in enumerate(side.cells))
                for name, people in self._sizes.items():
                    self._numbers[place][name, blank] += people
        refuse_wrong(self._table, self._coders.values(), 1)
        self._table.read = self._sizes.total()
        self._table.left_out = self._left
        days = read_days(self._table, self._days) if self._days else set()
        self.seen = Seen(min(days, default=None), max(days, default=None))
        return Batch(self._sizes, self._answers, self._numbers)


def _list_items(cells: Sequence[Sequence[str]], table: Table) -> list[str]:
    """The items of some cells that have a column."""
    return [each for each in chain.from_iterable(cells) if each in table.items]


def _list_sets(table: Table, wanted: Wanted) -> Iterator[_Set]:
    """What to count: people, days, the items of each side together, every other item."""
    yield _Set("people", ())
    if wanted.date is None and "date" in table.extras:
        yield _Set("days", (table.places["date"],))
    alone = dict.fromkeys(table.items)
    for place, side in enumerate(wanted.sides):
        items = _list_items(side.cells, table)
        for item in items:
            alone.pop(item, None)
        if items:
            yield _Set(str(place), tuple(table.places[each] for each in items))
    for item in alone:
        yield _Set(item, (table.places[item],))


# --- SQL -------------------------------------------------------------------------------------


def _read(table: Table) -> tuple[str, list[str]]:
    """The part of a query that reads the table's records behind its header, and its values.

    Its columns are named c0, c1 and so on.
    """
    path, names = table.source.file.path, [f"c{n}" for n in range(table.width)]
    if table.source.is_parquet:
        named = ", ".join(names)
        return f"(SELECT * FROM read_parquet(?)) AS answers({named})", [path]  # noqa: S608 - ours
    columns = ", ".join(f"'{name}': 'VARCHAR'" for name in names)
    options = (
        f"header = false, auto_detect = false, skip = {table.headers}, columns = {{{columns}}},"
        " quote = '\"', escape = '\"', strict_mode = true, null_padding = false,"
        " ignore_errors = false, max_line_size = 8000000, delim = ?"
    )
    return f"read_csv(?, {options})", [path, table.source.separator]


def _column(position: int) -> str:
    """A column's text; one without a value is blank."""
    return f"COALESCE(CAST(c{position} AS VARCHAR), '')"


def _find_reasons(
    table: Table, database: duckdb.DuckDBPyConnection
) -> list[tuple[int, list[str], str]]:
    """The texts of a column with which a row is left out, as they stand in the table."""
    found = []
    for check in table.checks:
        source, values = _read(table)
        query = f"SELECT DISTINCT {_column(check.position)} FROM {source}"  # noqa: S608 - ours
        rows = database.execute(query, values).fetchall()
        texts = [text for (text,) in rows if check.leaves_out(text)]
        if texts:
            found.append((check.position, texts, check.reason))
    return found


def _write_query(
    table: Table,
    wanted: Wanted,
    sets: Sequence[_Set],
    reasons: Sequence[tuple[int, list[str], str]],
) -> tuple[str, list[str]]:
    """The query: number of the set, reason, group, people, and the texts of the set."""
    reason, values = _write_reason(table, reasons)
    group = _column(table.places[wanted.by]) if wanted.by else "''"
    days = {n for each in sets if each.what == "days" for n in each.positions}
    used = sorted({position for each in sets for position in each.positions})
    columns = [f"substr(trim({_column(n)}), 1, 11)" if n in days else _column(n) for n in used]
    named = ", ".join(f"{text} AS t{n}" for text, n in zip(columns, used, strict=True))
    texts = [
        ", ".join(f"t{each.positions[n]}" for each in sets if n < len(each.positions))
        for n in range(max(len(each.positions) for each in sets))
    ]
    told = ", ".join(f"COALESCE({each}, NULL)" for each in texts)
    numbers = " ".join(
        f"WHEN GROUPING(t{each.positions[0]}) = 0 THEN {n}"
        for n, each in enumerate(sets)
        if each.positions
    )
    listed = ", ".join(
        f"({', '.join(['reason', 'people', *(f't{n}' for n in each.positions)])})" for each in sets
    )
    source, more = _read(table)
    query = (  # names are ours, texts are values
        f"SELECT CASE {numbers} ELSE 0 END AS number, reason, people, COUNT(*), {told}"  # noqa: S608
        f" FROM (SELECT {group} AS people, {reason} AS reason, {named} FROM {source}) AS given"
        f" GROUP BY GROUPING SETS ({listed}) HAVING reason IS NULL OR number = 0"
    )
    return query, [*values, *more]


def _write_reason(
    table: Table, reasons: Sequence[tuple[int, list[str], str]]
) -> tuple[str, list[str]]:
    """Why a row is left out, NULL where it counts; in the order in which a table's rows ask it."""
    filled = " OR ".join(f"{_column(n)} <> ''" for n in range(table.width))
    asked = " OR ".join(f"{_column(table.places[each])} <> ''" for each in table.items)
    whens, values = [f"WHEN NOT ({filled}) THEN '{_LEFT}'"], []
    for position, texts, reason in reasons:
        marks = ", ".join("?" * len(texts))
        whens.append(f"WHEN {_column(position)} IN ({marks}) THEN ?")
        values += [*texts, reason]
    whens.append(f"WHEN NOT ({asked}) THEN '{UNANSWERED}'")
    return f"CASE {' '.join(whens)} END", values
