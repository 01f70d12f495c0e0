"""What moved, in words: an item, a characteristic, the organisation."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from custfocus_cli.changes.compare import Change, Comparison
from custfocus_cli.changes.readings import Answered
from custfocus_cli.documents.definition import Entry
from custfocus_cli.documents.model import Model
from custfocus_cli.documents.questionnaire import Item
from custfocus_cli.render.narrative import NONE
from custfocus_cli.render.record import name_answer
from custfocus_cli.scoring.balance import Flag
from custfocus_cli.scoring.ladder import Reading
from custfocus_cli.scoring.notices import Notice
from custfocus_cli.wording.notices import notice
from custfocus_cli.wording.numbers import amount, percent, percent_fall
from custfocus_cli.wording.phrases import sentence, without_stop
from custfocus_cli.wording.verdicts import CHANGES, FLAGS, place


class MovedItem(NamedTuple):
    """One item and what became of its answer or of its question.

    `characteristic` is its id, empty where no questionnaire at hand asks the item.
    """

    change: Change[Answered]
    characteristic: str
    id: str
    statement: str
    move: str

    @property
    def answer(self) -> str:
        """The move as it stands behind the statement."""
        return sentence(self.move)

    @property
    def sentence(self) -> str:
        """The statement and the move."""
        return f"{without_stop(self.statement)} ({self.id}): {self.move}."


def tell_notice(told: Notice, comparison: Comparison) -> str:
    """The sentence of a notice about a comparison, characteristics by their names."""
    model = comparison.new.definition.model
    names = {each.id: each.name for each in model.characteristics}
    return notice(told.id, [names.get(each, each) for each in told.about])


def describe_items(comparison: Comparison) -> tuple[MovedItem, ...]:
    """Every item of both sides."""
    return tuple(_describe_item(change, comparison) for change in comparison.items)


def _describe_item(change: Change[Answered], comparison: Comparison) -> MovedItem:
    before = comparison.versions.before.get(change.id)
    after = comparison.versions.after.get(change.id)
    asked = after or before
    moves = [_say_answers(change, before, after, comparison)]
    if before and after and before.statement != after.statement:
        moves.append(f"it was asked as “{without_stop(before.statement)}”")
    counted = change.verdict not in ("added", "removed")
    if counted and before and after and weigh(before) != weigh(after):
        moves.append(f"it weighs {amount(weigh(after))} instead of {amount(weigh(before))}")
    return MovedItem(
        change=change,
        characteristic=(asked and asked.characteristic) or "",
        id=change.id,
        statement=asked.statement if asked else "",
        move="; ".join(moves),
    )


def weigh(entry: Entry) -> Fraction:
    """The weight of an item; a placement weighs 1."""
    return entry.source.weight if isinstance(entry.source, Item) else Fraction(1)


def _say_answers(
    change: Change[Answered], before: Entry | None, after: Entry | None, comparison: Comparison
) -> str:
    old = _name_code(change.old, before, comparison.old.definition.model)
    new = _name_code(change.new, after, comparison.new.definition.model)
    match change.verdict:
        case "improved" | "regressed":
            return f"{new} as before, by other points" if old == new else f"from {old} to {new}"
        case "unchanged":
            return f"{new} as before"
        case "added":
            return f"{'asked for the first time' if before is None else 'counts now'}: {new}"
        case "removed":
            gone = "not asked any more" if after is None else "does not count any more"
            return f"{gone}; it was {old}" if change.old else gone
        case _:
            return f"it was {old} and is {new} now"


def _name_code(answered: Answered | None, entry: Entry | None, model: Model) -> str:
    if answered is None or entry is None:
        return ""
    return f"“{name_answer(entry, answered.code, model)}”"


# --- what is measured ------------------------------------------------------------------------


def name_range(reading: Reading) -> str:
    """The stage of something by number, or the two it lies between."""
    low, high = reading.stage_low, reading.stage_high
    return f"stage {low}" if low == high else f"between stage {low} and stage {high}"


def stand(reading: Reading) -> str:
    """Where something stands: `at stage 1`, `between stage 0 and stage 1`."""
    at = "at " if reading.stage_low == reading.stage_high else ""
    return f"{at}{name_range(reading)}"


def is_same_range(old: Reading, new: Reading) -> bool:
    """Whether something stands at the same stage, by the low and by the high reading."""
    return (old.stage_low, old.stage_high) == (new.stage_low, new.stage_high)


def is_stage_sure(change: Change[Reading]) -> bool:
    """Whether something rose or fell by whole stages, whatever the unknown answers are."""
    lower, higher = change.old, change.new
    if change.verdict != "improved":
        lower, higher = higher, lower
    if change.verdict not in ("improved", "regressed") or lower is None or higher is None:
        return False
    most, least = lower.stage_high, higher.stage_low
    return most is not None and least is not None and most < least


def say_stages(old: Reading, new: Reading, model: Model) -> str:
    """Where something stands and stood, behind its name; both have a stage."""
    if is_same_range(old, new):
        return f"still stands {stand(new)}"
    exact = old.stage_low == old.stage_high and new.stage_low == new.stage_high
    if not exact or old.stage is None or new.stage is None:
        return f"stands {stand(new)}; before, it stood {stand(old)}"
    verb, name = "rose" if new.stage > old.stage else "fell", model.stage(new.stage).name
    return f"{verb} from stage {old.stage} to stage {new.stage}, {name}"


def say_move(change: Change[Reading], model: Model, tolerance: Fraction | None = None) -> str:
    """What became of something measured: its stage, then its index.

    Where the index fell by more points than the tolerance, its numbers show that.
    """
    old, new = change.old, change.new
    if old is None or new is None:
        return CHANGES[change.verdict][0]
    if change.verdict == "scope-changed":
        if old.coverage is None:
            return "applies now, and did not before"
        gone = new.coverage is None
        return "does not apply any more" if gone else "is asked about by other items now"
    if model.is_checklist:
        then, now = (place(each.stage_low, each.stage_high) for each in (old, new))
        moved = f"{then} before, {now} now" if then != now else f"still {now}"
        return f"{moved}; {say_indexes(old, new, tolerance, 'the rating')}"
    indexes = say_indexes(old, new, tolerance) if has_index(old) or has_index(new) else ""
    return "; ".join(part for part in (_say_stages(old, new, bool(indexes)), indexes) if part)


def _say_stages(old: Reading, new: Reading, indexed: bool) -> str:
    """How the stage moved; empty where it is not known and there is an index to speak of."""
    if old.stage is None or new.stage is None:
        known = [name_range(each) if each.stage is not None else "not known" for each in (old, new)]
        return "" if indexed else f"{known[0]} before, {known[1]} now"
    if is_same_range(old, new):
        return f"still {stand(new)}"
    return f"{name_range(old)} before, {name_range(new)} now"


def has_index(reading: Reading) -> bool:
    """Whether there is an index, or at least a range for one; a placement has neither."""
    return reading.index is not None or reading.index_low is not None


def say_indexes(
    old: Reading, new: Reading, tolerance: Fraction | None = None, what: str = "the index"
) -> str:
    """How the index moved; with its range where unknown answers could make that another way."""
    if old.index is None or new.index is None:
        return f"{what} was {_name_index(old)} and is {_name_index(new)} now"
    first, second = percent_fall(old.index, new.index, tolerance or Fraction(0))
    if first == second:
        if _bounds(old) == _bounds(new):
            return f"{what} is {first} as before"
        return f"{what} was {_name_index(old)} and is {_name_index(new)} now"
    verb = "rose" if new.index > old.index else "fell"
    lower, higher = sorted((old, new), key=lambda each: each.index or 0)
    if is_surely_apart(lower, higher):
        return f"{what} {verb} from {first} to {second}"
    return f"{what} {verb} from {first}{show_range(old)} to {second}{show_range(new)}"


def is_surely_apart(lower: Reading, higher: Reading) -> bool:
    """Whether one index is below the other whatever the unknown answers are."""
    most, least = lower.index_high, higher.index_low
    return most is not None and least is not None and most < least


def _bounds(reading: Reading) -> tuple[Fraction | None, Fraction | None]:
    return reading.index_low, reading.index_high


def _name_index(reading: Reading) -> str:
    """An index that is known, or the two that it lies between."""
    low, high = _bounds(reading)
    if low is None or high is None:
        return NONE if reading.index is None else percent(reading.index)
    return percent(low) if low == high else f"between {percent(low)} and {percent(high)}"


def show_range(reading: Reading, *limits: Fraction) -> str:
    """What stands behind an index that unknown answers decide about; empty where none does."""
    low, high = _bounds(reading)
    if low is None or high is None or low == high:
        return ""
    return f" ({percent(low, *limits)} to {percent(high, *limits)})"


def name_characteristic(change: Change[Reading], comparison: Comparison) -> str:
    """The name of a characteristic; one that is gone has the name it had."""
    card = comparison.old if change.new is None else comparison.new
    return card.definition.model.characteristic(change.id).name


# --- the balance check -----------------------------------------------------------------------


def say_flags(change: Change[Flag]) -> str:
    """What became of a theme of the balance check."""
    if change.old is None or change.new is None:
        return CHANGES[change.verdict][0]
    return f"from “{FLAGS[change.old.flag]}” to “{FLAGS[change.new.flag]}”"


def name_theme(change: Change[Flag], comparison: Comparison) -> str:
    """The name of a theme; one that is gone has the name it had."""
    card = comparison.old if change.new is None else comparison.new
    return next(each.name for each in card.definition.model.themes if each.id == change.id)
