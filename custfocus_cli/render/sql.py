"""The tally's counts as one SQL query, to be run where the answers already are.

Answers stand in a table with one row per respondent and one column per item. The query returns a
row for each count, which `files.tables.returned` reads; nothing is suppressed in it yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from math import lcm
from typing import Final, NamedTuple

from custfocus_cli.documents.definition import Definition
from custfocus_cli.documents.fields import quote
from custfocus_cli.documents.mapping import TableMapping
from custfocus_cli.documents.tally import By
from custfocus_cli.errors import CustfocusError
from custfocus_cli.scoring.aggregate import MOST_PARTS, Cell, Index, Statistic, plan_sheets


class Dialect(NamedTuple):
    """How a system quotes a name, and what it calls texts, whole numbers and doubles."""

    quote: str
    text: str
    whole: str
    double: str


DIALECTS: Final[Mapping[str, Dialect]] = {
    "spark": Dialect("`", "STRING", "BIGINT", "DOUBLE"),
    "bigquery": Dialect("`", "STRING", "INT64", "FLOAT64"),
    "snowflake": Dialect('"', "VARCHAR", "BIGINT", "DOUBLE"),
    "trino": Dialect('"', "VARCHAR", "BIGINT", "DOUBLE"),
    "postgres": Dialect('"', "TEXT", "BIGINT", "DOUBLE PRECISION"),
    "duckdb": Dialect('"', "VARCHAR", "BIGINT", "DOUBLE"),
}

_TABLE: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_$-]*(?:\.[A-Za-z_][A-Za-z0-9_$]*){0,3}")


class _Plan(NamedTuple):
    """What the query counts, and its own names for that.

    `answers` names the column of each item, `indexes` that of each index; `owners` are the items
    among which an index counts its places.
    """

    definition: Definition
    form: Dialect
    answers: Mapping[str, str]
    indexes: Mapping[str, Index]
    owners: Mapping[Statistic, tuple[str, ...]]


def write_sql(
    definition: Definition,
    table: str,
    dialect: str,
    *,
    by: By | None = None,
    mapping: TableMapping | None = None,
) -> str:
    """The query over a table of answers, in one of `DIALECTS`.

    A mapping says which column is which item, role or group, and which texts mean which code;
    without one, columns are named as the items and `role` or `group`, and hold codes. Raises
    CustfocusError for a table that has no plain name, and for weights whose indexes are no whole
    numbers.
    """
    if not _TABLE.fullmatch(table):
        raise CustfocusError(
            f"{table} is no plain name of a table", "name it as schema.table, or make a view of it"
        )
    plan = _make_plan(definition, DIALECTS[dialect])
    said = mapping or TableMapping()
    items = ", ".join(plan.answers.values())
    return f"""\
-- The counts of a tally of {definition.id} {definition.questionnaire.version}.
-- Small groups are not suppressed yet: export the result as CSV, and give it to custfocus tally.
WITH answers AS (
  SELECT
{_list(_read_columns(plan, (getattr(said, by) or by) if by else None, said))}
  FROM {table}
), cells AS (
  SELECT
    answers.*,
{_list(_list_parts(plan))}
  FROM answers
  WHERE COALESCE({items}) IS NOT NULL
), indexes AS (
  SELECT
    cells.*,
{_list(_find_index(plan, column, index) for column, index in plan.indexes.items())}
  FROM cells
)
{_count(plan, by)}"""  # noqa: S608 - printed, not run; names and texts pass _name and _text


def _make_plan(definition: Definition, form: Dialect) -> _Plan:
    sheets = plan_sheets(definition)
    indexes = [each for sheet in sheets for each in sheet.indexes]
    if any(each.of >= MOST_PARTS for each in indexes):
        raise CustfocusError(
            f"the weights of {definition.id} give indexes that SQL cannot count as whole numbers",
            "tally the answers themselves",
        )
    return _Plan(
        definition,
        form,
        {name: f"a{n}" for n, name in enumerate(definition.entries, start=1)},
        {f"i{n}": each for n, each in enumerate(indexes, start=1)},
        {each.statistic: sheet.items for sheet in sheets for each in sheet.indexes},
    )


def _count(plan: _Plan, by: By | None) -> str:
    """The rows of the tally: people, answers to each item, values of each index."""
    names = {column: name for name, column in plan.answers.items()}
    names |= {c: f"{i.statistic.kind}:{i.statistic.name}" for c, i in plan.indexes.items()}
    whens = "\n".join(f"    WHEN GROUPING({c}) = 0 THEN {_text(n)}" for c, n in names.items())
    sets = ",\n  ".join(["(people)", *(f"(people, {column})" for column in names)])
    return f"""\
SELECT
  {_text(f"{plan.definition.id} {plan.definition.digest}")} AS tally_of,
  {_text(by or "")} AS tally_by,
  people AS tally_group,
  CASE
{whens}
    ELSE ''
  END AS tally_item,
  COALESCE({", ".join(names)}) AS tally_answer,
  COUNT(*) AS tally_people
FROM indexes
GROUP BY GROUPING SETS (
  {sets}
)
"""  # noqa: S608 - as above


def _list(columns: Iterable[str]) -> str:
    return ",\n".join(f"    {column}" for column in columns)


def _text(text: str) -> str:
    """A text as a literal; a backslash would escape in some dialects."""
    if "\\" in text or "\n" in text:
        raise CustfocusError(f"{quote(text)} cannot stand in the SQL of every dialect")
    return "'" + text.replace("'", "''") + "'"


def _name(name: str, form: Dialect) -> str:
    if "\\" in name or form.quote in name or "\n" in name:
        raise CustfocusError(f"{quote(name)} cannot be the name of a column in SQL")
    return form.quote + name + form.quote


def _read_columns(plan: _Plan, group: str | None, mapping: TableMapping) -> Iterator[str]:
    """The group and the answers as texts without blanks around them; a blank one is none."""
    form = plan.form
    read = f"TRIM(CAST({_name(group, form)} AS {form.text}))" if group else ""
    yield f"COALESCE({read}, '') AS people" if group else "'' AS people"
    for name, column in plan.answers.items():
        read = f"TRIM(CAST({_name(mapping.columns.get(name, name), form)} AS {form.text}))"
        codes = plan.definition.entries[name].codes
        meant = [(text, code) for code in codes for text in mapping.values.get(code, ())]
        whens = [f"WHEN {_text(text)} THEN {_text(code)}" for text, code in meant]
        whens += [f"WHEN {_text(text)} THEN NULL" for text in ("", *mapping.no_answer)]
        yield f"CASE {read} {' '.join(whens)} ELSE {read} END AS {column}"


def _list_parts(plan: _Plan) -> Iterator[str]:
    """Of each cell: what was earned, the weight that was rated, and the weight that applies."""
    for column, index in plan.indexes.items():
        items = plan.owners[index.statistic]
        unit = lcm(*(weight.denominator for cell in index.cells for weight in cell.weights))
        for number, cell in enumerate(index.cells):
            answers = [plan.answers[items[place]] for place in cell.places]
            weights = [int(weight * unit) for weight in cell.weights]
            share = _find_share(cell)
            earned, rated, applies = [], [], []
            for answer, weight, shares, excluded in zip(
                answers, weights, cell.shares, cell.excluded, strict=True
            ):
                points = " ".join(
                    f"WHEN {_text(code)} THEN {int(each * share) * weight}"
                    for code, each in shares.items()
                )
                earned.append(f"CASE {answer} {points} ELSE 0 END")
                codes = ", ".join(map(_text, shares))
                rated.append(f"CASE WHEN {answer} IN ({codes}) THEN {weight} ELSE 0 END")
                left = f"CASE {answer} WHEN {_text(excluded or '')} THEN 0 ELSE {weight} END"
                applies.append(left)
            for letter, parts in (("e", earned), ("r", rated), ("w", applies)):
                yield f"{' + '.join(parts)} AS {column}_{letter}{number}"


def _find_share(cell: Cell) -> int:
    """The number by which the shares of a cell's ratings become whole."""
    return lcm(*(each.denominator for shares in cell.shares for each in shares.values()))


def _find_index(plan: _Plan, column: str, index: Index) -> str:
    """An index as the text of a whole number, or a blank one where it is undefined: rule 2.2.7."""
    numbers = range(len(index.cells))
    weight = " + ".join(f"{column}_w{n}" for n in numbers)
    rated = " + ".join(f"{column}_r{n}" for n in numbers)
    cells = " + ".join(f"CASE WHEN {column}_w{n} > 0 THEN 1 ELSE 0 END" for n in numbers)
    values = " + ".join(
        f"COALESCE(CAST({column}_e{n} AS {plan.form.double})"
        f" / NULLIF({column}_r{n} * {_find_share(cell)}, 0), 0)"
        for n, cell in enumerate(index.cells)
    )
    undefined = [f"{weight} = 0"]
    undefined += [f"({column}_w{n} > 0 AND {column}_r{n} = 0)" for n in numbers]
    least = index.least
    undefined.append(f"({rated}) * {least.denominator} < ({weight}) * {least.numerator}")
    value = f"CAST(ROUND(({values}) * {index.of} / NULLIF({cells}, 0)) AS {plan.form.whole})"
    text = f"CAST({value} AS {plan.form.text})"
    return f"CASE WHEN {' OR '.join(undefined)} THEN '' ELSE {text} END AS {column}"
