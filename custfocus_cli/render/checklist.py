"""A ladder of one stage in words: what is in place, what is open, and no stage as a headline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final, NamedTuple

from custfocus_cli.documents.model import Model
from custfocus_cli.render.record import Line, Record
from custfocus_cli.scoring.ladder import Reading
from custfocus_cli.scoring.scorecard import CharacteristicResult, Scorecard
from custfocus_cli.wording.phrases import count, counted, listed, sentence, without_stop
from custfocus_cli.wording.verdicts import place

OPEN: Final = place(0, 0)
UNKNOWN: Final = place(0, 1)
IN_PLACE: Final = place(1, 1)


class Point(NamedTuple):
    """One characteristic of a checklist: where it stands in words, its rating, what is open.

    `rating` is the lowest among its items, since that is what decides. `done` counts the items in
    place, `missing` names the others, and `backed` is the standing as evidence carries it, empty
    where no evidence is recorded.
    """

    name: str
    standing: str
    rating: str
    done: str
    missing: tuple[str, ...]
    backed: str


def list_points(card: Scorecard, record: Record) -> tuple[Point, ...]:
    """Every characteristic that is asked about, in the model's order."""
    return tuple(
        _make_point(each, lines, card.definition.model)
        for each in card.characteristics
        if (lines := [record[item.id] for item in card.definition.cell(each.id, 1)])
    )


def _make_point(each: CharacteristicResult, lines: Sequence[Line], model: Model) -> Point:
    asked = [line for line in lines if line.state not in ("left-out", "information")]
    met = sum(line.state == "met" for line in asked)
    return Point(
        name=model.characteristic(each.id).name,
        standing=_stand(each.reading),
        rating=_rate(asked, model),
        done=f"{met} of {len(asked)}" if asked else "",
        missing=tuple(_say_missing(line) for line in asked if line.state != "met"),
        backed="" if each.evidenced is None else _stand(each.evidenced),
    )


def _stand(reading: Reading) -> str:
    return place(reading.stage_low, reading.stage_high)


def _rate(lines: Sequence[Line], model: Model) -> str:
    """The lowest rating in words, and how many are not known: `Partly in place, one unknown`."""
    points = model.scale.points
    rated = [line for line in lines if line.code in points]
    unknown = len(lines) - len(rated)
    if not lines:
        return sentence(place(None, None))
    if not rated:
        return sentence(UNKNOWN)
    lowest = min(rated, key=lambda line: points[line.code or ""])
    return f"{lowest.label}, {count(unknown)} unknown" if unknown else lowest.label


def _say_missing(line: Line) -> str:
    return f"{line.id} {without_stop(line.statement)}: {line.label}"


# --- the verdict -------------------------------------------------------------------------------


def say_standing(card: Scorecard) -> str:
    """How many are in place, for whoever reads no further."""
    who, noun = card.panel.organisation, card.definition.model.noun
    found = Counter(_stand(each.reading) for each in card.characteristics if each.included)
    whole, placed = found.total(), found[IN_PLACE]
    if placed == whole:
        every = f"all {counted(whole, noun)} are" if whole > 1 else f"the one {noun} is"
        return f"At {who} {every} in place."
    number = count(placed) if placed else "none"
    rest = [
        f"{count(found[each])} {'is' if found[each] == 1 else 'are'} {each}"
        for each in (OPEN, UNKNOWN)
        if found[each]
    ]
    verb = "is" if placed <= 1 else "are"
    return f"At {who} {number} of {counted(whole, noun)} {verb} in place; {listed(rest)}."


def say_names(card: Scorecard, standing: str) -> str:
    """The names of those that stand so; empty where none does."""
    model = card.definition.model
    names = [
        model.characteristic(each.id).name
        for each in card.characteristics
        if each.included and _stand(each.reading) == standing
    ]
    return f"{sentence(standing)}: {listed(names)}." if names else ""


def say_backed(card: Scorecard) -> str:
    """What changes where answers count as far as their evidence carries them."""
    if card.evidenced is None:
        return "No answer records what backs it, so the result rests on what people said."
    model = card.definition.model
    fallen = [
        model.characteristic(each.id).name
        for each in card.characteristics
        if each.included and each.evidenced and each.evidenced.stage != each.reading.stage
    ]
    if not fallen:
        return "Counting answers only as far as their evidence carries them changes nothing here."
    verb = "is" if len(fallen) == 1 else "are"
    return (
        "Counting answers only as far as their evidence carries them,"
        f" {counted(len(fallen), f'more {model.noun}')} {verb} open: {listed(fallen)}."
    )


def count_ratings(card: Scorecard, record: Record) -> tuple[str, str]:
    """How many items have each rating, best first, and what the codes mean."""
    lines = [line for line in record.values() if line.stage and line.state != "information"]
    options = card.definition.model.scale.options[::-1]
    given = Counter(line.code for line in lines)
    states = Counter(line.state for line in lines)
    means = [listed([f"{each.code} {each.label}" for each in options])]
    means += [f"{count(states['unknown'])} unknown"] * bool(states["unknown"])
    means += [f"{count(states['left-out'])} left out"] * bool(states["left-out"])
    return listed([f"{given[each.code]} {each.code}" for each in options]), "; ".join(means)
