"""The years side by side: labels, lines, breaks and tables."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

import pytest
from render.cards import score_sample, score_short, score_year
from render.pages import read_page, read_table, squeeze
from scoring.sheets import Sheet

from custfocus_cli.render.html import write_report
from custfocus_cli.render.tables import Column
from custfocus_cli.render.trend import Bar, Line, Point, draw_trend, label_days


@pytest.mark.parametrize(
    ("days", "labels"),
    [
        (["2024-05-20", "2025-11-02"], ("2024", "2025")),
        (
            ["2024-05-20", "2025-11-02", "2025-12-03"],
            ("May 2024", "November 2025", "December 2025"),
        ),
        (["2025-11-02", "2025-11-03"], ("2 November 2025", "3 November 2025")),
    ],
)
def test_days_are_named_as_short_as_they_can_be_told_apart(
    days: list[str], labels: tuple[str, ...]
) -> None:
    assert label_days([datetime.date.fromisoformat(day) for day in days]) == labels


def test_the_lines_of_three_years() -> None:
    # low 1 of 18 points; doubtful 7 of 18, by its DK 5 to 8 of 18; nothing rated
    names = ("low", "doubtful", "unanswered", "risen")
    trend = draw_trend([score_year(name, 2023 + n) for n, name in enumerate(names)])
    range_ = "38.9 (27.8 to 44.4)"
    points = (
        Point(0, 100 / 18, True, 100 / 18, 100 / 18, "0", "stage 0, index 5.6"),
        Point(
            1,
            700 / 18,
            False,
            500 / 18,
            800 / 18,
            "0 to 1",
            f"stage 0 to 1, index {range_}",
        ),
        Point(2, None, False, 0.0, 100.0, "0 to 3", "stage 0 to 3, index unknown (0.0 to 100.0)"),
        Point(3, 800 / 18, True, 800 / 18, 800 / 18, "1", "stage 1, index 44.4"),
    )
    assert trend.lines == (Line("The organisation", points), Line("vision", points))
    assert trend.uncertain
    assert (trend.breaks, trend.note) == ((), "")
    (table,) = trend.tables
    assert table.columns == [
        Column("Characteristic", "head"),
        *(Column(year, "year") for year in ("2023", "2024", "2025", "2026")),
    ]
    assert table.rows == [(line.name, *line.words) for line in trend.lines]
    # a fifth of the index; the low bound where it is unknown
    assert trend.bars == (
        Bar("2023", points[0].words, "█"),
        Bar("2024", points[1].words, "█" * 8),
        Bar("2025", points[2].words, ""),
        Bar("2026", points[3].words, "█" * 9),
    )


def test_a_stage_is_written_where_it_changes() -> None:
    trend = draw_trend([score_year("risen", 2023), score_year("narrow", 2024), score_year("low")])
    assert [point.stage for point in trend.lines[0].points] == ["1", "", "0"]
    assert not trend.uncertain


def test_what_was_not_asked_or_did_not_apply_leaves_a_hole() -> None:
    keys: dict[str, Any] = {"assessment": {"date": "2025-01-31"}}
    old = Sheet({"vision": "L / N", "gone": "L / N"}, **keys).score()
    new = Sheet({"vision": "L / N", "fresh": "L / N", "never": "NA / NA"}).score()
    lines = {line.name: line for line in draw_trend([old, new]).lines}
    # the characteristics of the newest model, but those that never applied
    assert list(lines) == ["The organisation", "vision", "fresh"]
    assert lines["fresh"].words == ("not asked", "stage 1, index 33.3")
    assert lines["fresh"].points[0] == Point(0, None, False, None, None, "", "not asked")
    assert lines["fresh"].known == lines["fresh"].points[1:]
    aside = Sheet({"vision": "NA / NA", "fresh": "L / N"}, **keys)
    words = draw_trend([aside.score(), Sheet({"vision": "L / N", "fresh": "L / N"}).score()]).lines
    assert words[1].words == ("does not apply", "stage 1, index 33.3")


def test_without_a_gate_there_is_an_index_alone() -> None:
    card = Sheet({"vision": "L / N"}, scoring={"gate": "none"}).score()
    assert draw_trend([card, card]).lines[0].words == ("index 33.3", "index 33.3")


def test_a_break_stands_where_the_questionnaire_changed() -> None:
    short = score_short("varrowby-2025")
    first = replace(short, panel=short.panel._replace(date=datetime.date(2024, 5, 20)))
    trend = draw_trend([first, score_sample("varrowby-2025"), score_sample("varrowby-2026")])
    assert trend.breaks == (1,)
    assert trend.note == (
        "The questionnaire changed before 2025: across that line, compare with care."
    )
    titles = [column.title for column in trend.tables[0].columns]
    assert titles == ["Characteristic", "2024", "2025 (other questions)", "2026"]


def test_many_years_are_tabled_a_few_at_a_time() -> None:
    cards = [score_year("risen", year) for year in range(2001, 2015)]
    trend = draw_trend(cards)
    years = [[column.title for column in table.columns[1:]] for table in trend.tables]
    assert [len(each) for each in years] == [6, 6, 2]
    assert [year for each in years for year in each] == list(map(str, range(2001, 2015)))
    assert all(len(row) == len(table.columns) for table in trend.tables for row in table.rows)


def test_many_characteristics_are_drawn_a_page_at_a_time() -> None:
    card = Sheet({f"trait-{n}": "F / L / P" for n in range(40)}).score()
    assert [len(lines) for lines in draw_trend([card, card]).pictures] == [15, 15, 11]
    page = read_page(write_report(card, [card]))
    drawn = [each.attributes["aria-labelledby"] for each in page.find("svg")]
    assert drawn[1:] == [f"trend-{n}-title trend-{n}-desc" for n in (1, 2, 3)]


def test_the_picture_says_what_its_tables_say() -> None:
    cards = [score_year(name, 2010 + n) for n, name in enumerate(["low", "doubtful", "risen"] * 3)]
    page = read_page(write_report(cards[-1], cards[:-1]))
    chart = page.find("svg")[-1]
    title, said = chart.find("title")[0], chart.find("desc")[0]
    assert chart.attributes["role"] == "img"
    assert chart.attributes["aria-labelledby"] == "trend-1-title trend-1-desc"
    assert title.text == "Index and stage from 2010 to 2018"
    tables = [table for table in page.find("table") if "2010" in table.text or "2018" in table.text]
    first, second = (read_table(table) for table in tables)
    lines = []
    for left, right in zip(first[1:], second[1:], strict=True):
        assert left[0] == right[0]
        heads = (*first[0][1:], *second[0][1:])
        words = zip(heads, (*left[1:], *right[1:]), strict=True)
        lines.append(f"{left[0]}: {'; '.join(' '.join(pair) for pair in words)}.")
    assert squeeze(said.text) == " ".join(lines)
