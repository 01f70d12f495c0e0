"""The query of a tally: read by six dialects' parsers; DuckDB runs it in test_tally."""

from __future__ import annotations

import pytest
import smallmodel
import sqlglot
from scoring.sheets import Sheet
from sqlglot import exp

from custfocus_cli.documents.mapping import TableMapping
from custfocus_cli.errors import CustfocusError
from custfocus_cli.render.sql import DIALECTS, write_sql


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("by", [None, "role", "group"])
def test_every_dialect_reads_it_as_one_query(dialect: str, by: str | None) -> None:
    definition = smallmodel.definition()
    text = write_sql(definition, "survey.answers", dialect, by=by)  # type: ignore[arg-type]
    (query,) = sqlglot.parse(text, read=dialect)
    assert isinstance(query, exp.Select)
    assert query.named_selects == [
        *("tally_of", "tally_by", "tally_group", "tally_item", "tally_answer", "tally_people")
    ]
    (sets,) = query.find_all(exp.GroupingSets)
    indexes = 3  # of two characteristics, and of one perception
    assert len(sets.expressions) == 1 + len(definition.entries) + indexes
    (answers,) = (each for each in query.find_all(exp.CTE) if each.alias == "answers")
    columns = {each.name for each in answers.find_all(exp.Column)}
    assert columns == {*definition.entries, *([by] if by else [])}


def test_a_mapping_names_columns_and_texts() -> None:
    mapping = TableMapping.model_validate(
        {
            "columns": {"vision-1a": "Q1"},
            "values": {"F": ["it's there"]},
            "no_answer": ["-"],
            "group": "Depot",
        }
    )
    sheet = Sheet({"vision": "N"})
    text = write_sql(sheet.definition, "answers", "postgres", by="group", mapping=mapping)
    start = text[text.index("WITH") : text.index("), cells")]
    assert start == (
        "WITH answers AS (\n  SELECT\n"
        "    COALESCE(TRIM(CAST(\"Depot\" AS TEXT)), '') AS people,\n"
        "    CASE TRIM(CAST(\"Q1\" AS TEXT)) WHEN 'it''s there' THEN 'F' WHEN '' THEN NULL"
        " WHEN '-' THEN NULL ELSE TRIM(CAST(\"Q1\" AS TEXT)) END AS a1\n"
        "  FROM answers\n"
    )


@pytest.mark.parametrize("table", ["a b", "a;drop table b", 'a"b', "a--b c", "", "1a"])
def test_a_table_has_a_plain_name(table: str) -> None:
    with pytest.raises(CustfocusError, match="is no plain name of a table"):
        write_sql(Sheet({"vision": "N"}).definition, table, "duckdb")


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        ({"columns": {"vision-1a": 'Q"1'}}, "cannot be the name of a column"),
        ({"values": {"F": ["a\\"]}}, "cannot stand in the SQL of every dialect"),
    ],
)
def test_what_could_end_a_name_or_a_text_is_refused(
    mapping: dict[str, object], message: str
) -> None:
    with pytest.raises(CustfocusError, match=message):
        write_sql(
            Sheet({"vision": "N"}).definition,
            "answers",
            "duckdb",
            mapping=TableMapping.model_validate(mapping),
        )


def test_indexes_that_are_no_whole_numbers_are_refused() -> None:
    weights = ("0.101", "0.103", "0.107", "0.109", "0.113")
    items = {f"vision-1{c}": {"weight": w} for c, w in zip("abcde", weights, strict=True)}
    with pytest.raises(CustfocusError, match="the weights of sheet give indexes"):
        write_sql(Sheet({"vision": "N N N N N"}, items=items).definition, "answers", "duckdb")
