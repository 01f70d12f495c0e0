"""The years side by side: a small picture for the organisation and for each characteristic."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from custfocus_cli.render.narrative import show_index, show_stage
from custfocus_cli.render.tables import Column, Table
from custfocus_cli.scoring.ladder import Reading
from custfocus_cli.scoring.scorecard import Scorecard
from custfocus_cli.wording.phrases import listed, long_date

ORGANISATION: Final = "The organisation"
YEARS_IN_A_TABLE: Final = 6
LINES_IN_A_PICTURE: Final = 15


class Point(NamedTuple):
    """One year of one line: its index from 0 to 100, and the same in words.

    `place` counts the years from 0. `value` is None where the index is unknown, and `begins` says
    that it is unknown, or nothing, in the year before. The bounds are None where nothing applied or
    was asked. `stage` is empty where there is none, or where it is as it was a year before.
    """

    place: int
    value: float | None
    begins: bool
    low: float | None
    high: float | None
    stage: str
    words: str


class Line(NamedTuple):
    """The organisation or one characteristic, with a point for each year, the oldest first."""

    name: str
    points: tuple[Point, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """Each year in words."""
        return tuple(point.words for point in self.points)

    @property
    def known(self) -> tuple[Point, ...]:
        """The years in which the index is known."""
        return tuple(point for point in self.points if point.value is not None)


class Bar(NamedTuple):
    """One year of the organisation as a bar of text."""

    label: str
    words: str
    bar: str


class Trend(NamedTuple):
    """The results of several years, the oldest first.

    `labels` name the years shortly; `breaks` are the places of those before which the questionnaire
    changed, counted from 0, and `note` says so in words. Each of `tables` holds a few years.
    """

    labels: tuple[str, ...]
    lines: tuple[Line, ...]
    breaks: tuple[int, ...]
    note: str
    tables: tuple[Table, ...]

    @property
    def pictures(self) -> tuple[tuple[Line, ...], ...]:
        """The lines, as many at a time as a page of paper holds."""
        starts = range(0, len(self.lines), LINES_IN_A_PICTURE)
        return tuple(self.lines[start : start + LINES_IN_A_PICTURE] for start in starts)

    @property
    def uncertain(self) -> bool:
        """Whether any index is a range."""
        return any(point.low != point.high for line in self.lines for point in line.points)

    @property
    def bars(self) -> tuple[Bar, ...]:
        """The organisation's index as bars of at most twenty signs."""
        points = self.lines[0].points
        return tuple(
            Bar(label, point.words, "█" * round((point.value or point.low or 0) / 5))
            for label, point in zip(self.labels, points, strict=True)
        )


def draw_trend(cards: Sequence[Scorecard]) -> Trend:
    """The trend over results in the order of their dates, each as it was scored."""
    days = [card.panel.date for card in cards]
    breaks = tuple(
        n
        for n in range(1, len(cards))
        if cards[n].definition.digest != cards[n - 1].definition.digest
    )
    labels = label_days(days)
    lines = tuple(_draw_lines(cards))
    return Trend(
        labels=labels,
        lines=lines,
        breaks=breaks,
        note=_say_breaks([labels[n] for n in breaks]),
        tables=tuple(_tabulate(labels, lines, breaks)),
    )


def label_days(days: Sequence[datetime.date]) -> tuple[str, ...]:
    """The days as short as they can be told apart: by year, by month, or in full."""
    full = [long_date(day) for day in days]
    for shortened in (
        [str(day.year) for day in days],
        [text.partition(" ")[2] for text in full],
    ):
        if len(set(shortened)) == len(days):
            return tuple(shortened)
    return tuple(full)


def _draw_lines(cards: Sequence[Scorecard]) -> Iterator[Line]:
    """The organisation, then every characteristic of the last year that applied in any."""
    yield _draw_line(ORGANISATION, [card.result for card in cards])
    for characteristic in cards[-1].definition.model.characteristics:
        readings = [_find_reading(characteristic.id, card) for card in cards]
        if any(reading is not None and reading.coverage is not None for reading in readings):
            yield _draw_line(characteristic.name, readings)


def _find_reading(name: str, card: Scorecard) -> Reading | None:
    """The reading of a characteristic; None where no item of a stage asks about it."""
    found = (each for each in card.characteristics if each.id == name)
    return next((each.reading for each in found if any(cell.items for cell in each.cells)), None)


def _draw_line(name: str, readings: Sequence[Reading | None]) -> Line:
    points: list[Point] = []
    last, known = "", False
    for place, reading in enumerate(readings):
        stage = "" if reading is None or reading.stage is None else show_stage(reading)
        points.append(_draw_point(place, reading, stage if stage != last else "", known))
        last, known = stage, points[-1].value is not None
    return Line(name, tuple(points))


def _draw_point(place: int, reading: Reading | None, stage: str, known: bool) -> Point:
    """One year; `known` says whether the index of the year before is."""
    if reading is None or reading.index_low is None or reading.index_high is None:
        words = "not asked" if reading is None else "does not apply"
        return Point(place, None, False, None, None, "", words)
    return Point(
        place=place,
        value=None if reading.index is None else float(reading.index),
        begins=not known,
        low=float(reading.index_low),
        high=float(reading.index_high),
        stage=stage,
        words=_say(reading),
    )


def _say(reading: Reading) -> str:
    index = f"index {show_index(reading)}"
    return index if reading.stage is None else f"stage {show_stage(reading)}, {index}"


def _say_breaks(labels: Sequence[str]) -> str:
    if not labels:
        return ""
    years = listed(labels)
    return f"The questionnaire changed before {years}: across that line, compare with care."


def _tabulate(
    labels: Sequence[str], lines: Sequence[Line], breaks: Sequence[int]
) -> Iterator[Table]:
    """The numbers of the picture, in tables that fit a page."""
    heads = [
        f"{label} (other questions)" if n in breaks else label for n, label in enumerate(labels)
    ]
    for start in range(0, len(heads), YEARS_IN_A_TABLE):
        years = slice(start, start + YEARS_IN_A_TABLE)
        columns = [Column("Characteristic", "head"), *(Column(h, "year") for h in heads[years])]
        yield Table(columns, [(line.name, *line.words[years]) for line in lines])
