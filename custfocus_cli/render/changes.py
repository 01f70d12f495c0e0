"""What changed since an earlier result, told like a short letter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final, NamedTuple

from custfocus_cli.changes.compare import Change, Comparison
from custfocus_cli.render.backing import compare_evidence
from custfocus_cli.render.moves import (
    MovedItem,
    describe_items,
    name_characteristic,
    name_theme,
    say_flags,
    say_move,
    tell_notice,
    weigh,
)
from custfocus_cli.render.narrative import find_holders
from custfocus_cli.render.noise import say_noise, say_origin
from custfocus_cli.render.opening import open_letter
from custfocus_cli.render.rules import list_rules
from custfocus_cli.scoring.balance import EconomicTest
from custfocus_cli.scoring.ladder import Reading
from custfocus_cli.wording.numbers import ratio
from custfocus_cli.wording.phrases import (
    count,
    counted,
    cut,
    listed,
    long_date,
    sentence,
    with_stop,
)
from custfocus_cli.wording.sections import SECTIONS
from custfocus_cli.wording.verdicts import ASKED, CAUSE_MARKS, CHANGES

Items = tuple[MovedItem, ...]

MOST_DOWN: Final = 5  # on the first page; the letter has them all
MOST_DOWN_BRIEFLY: Final = 2
MOST_BEHIND: Final = 3  # items in full behind a rise; those behind a fall are all there


class Paragraph(NamedTuple):
    """What is said about one thing: its name, what became of it, the items it rests on.

    `tag` stands out beside the name; empty where there is nothing to mark. `rest` are the ids of
    items that are behind it as well.
    """

    name: str
    text: str
    items: Items = ()
    tag: str = ""
    rest: tuple[str, ...] = ()

    @property
    def more(self) -> str:
        """What stands before the rest: `And two more`."""
        return f"And {count(len(self.rest))} more"


class Letter(NamedTuple):
    """What changed since an earlier result.

    `day` is that of the earlier one, or where both are of one day what else tells it apart.
    `opening` is about the organisation, `down` holds a sentence for everything that went down or is
    not known any more, the largest fall first. `parts` are found by the heading they stand under,
    in order; none is empty.
    """

    day: str
    opening: tuple[str, ...]
    down: tuple[str, ...]
    parts: tuple[tuple[str, tuple[Paragraph, ...]], ...]

    @property
    def most_down(self) -> tuple[str, ...]:
        """What went down as the first page says it: the largest, and how much more there is."""
        more = len(self.down) - MOST_DOWN
        title = SECTIONS["changes"].title
        rest = (f"{sentence(count(more))} more, under “{title}”.",) if more > 0 else ()
        return (*self.down[:MOST_DOWN], *rest)

    @property
    def lead_down(self) -> str:
        """What stands before those that went down, or that there are none."""
        if not self.down:
            return "Nothing went down, and nothing became unknown."
        return "What went down or is not known any more:"

    @property
    def brief(self) -> tuple[str, ...]:
        """The same in about five lines: the opening, and the largest that went down."""
        more = len(self.down) - MOST_DOWN_BRIEFLY
        rest = (f"{sentence(count(more))} more in the full report.",) if more > 0 else ()
        shown = self.down[:MOST_DOWN_BRIEFLY]
        down = (cut(text, 300 // len(shown)) for text in shown)
        return cut(" ".join(self.opening), 380), " ".join((self.lead_down, *down, *rest))


def write_letter(comparison: Comparison) -> Letter:
    """The letter about what moved from one result to the next."""
    items = describe_items(comparison)
    parts = {
        "fell": (*_tell_falls(comparison, items), *_tell_inside(comparison, items, _DOWN)),
        "rose": (*_tell_rises(comparison, items), *_tell_inside(comparison, items, _UP)),
        "known": tuple(_tell_known(comparison, items)),
    }
    told = {item.id for part in parts.values() for each in part for item in each.items}
    parts |= {
        "evidence": tuple(_tell_evidence(comparison, items)),
        "asked": (*_tell_rules(comparison), *_tell_questions(comparison, items, told)),
        "wise": tuple(_tell_balance(comparison)),
    }
    return Letter(
        day=long_date(comparison.old.panel.date),
        opening=tuple(open_letter(comparison, items)),
        down=tuple(_sum_up(comparison, items)),
        parts=tuple((name, paragraphs) for name, paragraphs in parts.items() if paragraphs),
    )


def _sum_up(comparison: Comparison, items: Items) -> Iterator[str]:
    """A sentence for every fall: characteristics, single items of others, the balance check."""
    for each in _tell_falls(comparison, ()):
        yield f"{each.name}{f' ({each.tag})' if each.tag else ''}: {each.text}"
    for each in _tell_inside(comparison, items, ("regressed",)):
        yield from (f"{each.name}, one item: {item.sentence}" for item in each.items)
    yield from _sum_up_balance(comparison)
    yield from (item.sentence for item in items if item.change.verdict == "became-unknown")


# --- what fell and what rose -----------------------------------------------------------------

_DOWN: Final = ("regressed", "became-unknown")
_UP: Final = ("improved",)


def _group(items: Items, wanted: Callable[[MovedItem], bool]) -> Mapping[str, Items]:
    """The items wanted, by the id of their characteristic."""
    groups: dict[str, Items] = {}
    for item in items:
        if wanted(item):
            groups[item.characteristic] = (*groups.get(item.characteristic, ()), item)
    return groups


def _having(*verdicts: str) -> Callable[[MovedItem], bool]:
    return lambda item: item.change.verdict in verdicts


def _rank(items: Items, verdicts: Sequence[str]) -> Items:
    """The items in the order of their verdicts, the largest move first."""
    return tuple(
        sorted(
            items,
            key=lambda item: (
                verdicts.index(item.change.verdict),
                -abs(item.change.delta.points or 0),
            ),
        )
    )


def _tell(
    change: Change[Reading], comparison: Comparison, items: Items = (), mark: str = ""
) -> Paragraph:
    """What became of one characteristic; marked where it is not certain, or not by its answers."""
    doubtful = change.verdict in ("improved", "regressed") and not change.certain
    scope = change.verdict in ("added", "removed", "scope-changed")
    cause = "" if change.cause is None or scope else CAUSE_MARKS[change.cause]
    marks = ("not certain" if doubtful else "", cause, mark)
    said = with_stop(sentence(say_move(change, comparison.new.definition.model)))
    more = say_noise(change, comparison), say_origin(change, comparison)
    return Paragraph(
        name_characteristic(change, comparison),
        " ".join((said, *filter(None, more))),
        items,
        ", ".join(each for each in marks if each),
    )


def _find_behind(change: Change[Reading], items: Items, verdicts: Sequence[str]) -> Items:
    """The items behind a change, then what is still unknown where that decides."""
    own = tuple(item for item in items if item.characteristic == change.id)
    behind = _rank(tuple(filter(_having(*verdicts), own)), verdicts)
    if change.certain:
        return behind
    return (*behind, *(item for item in own if item not in behind and _is_unknown(item)))


def _is_unknown(item: MovedItem) -> bool:
    """Whether an item applies and is unknown as before."""
    change = item.change
    return (
        change.verdict == "unchanged" and change.new is not None and change.new.state == "unknown"
    )


def _tell_falls(comparison: Comparison, items: Items) -> Iterator[Paragraph]:
    """What fell, the certain and the largest first; then what is not known any more."""
    fell = [each for each in comparison.characteristics if each.verdict in _DOWN]

    def rank(change: Change[Reading]) -> tuple[int, bool, int, Fraction]:
        return _DOWN.index(change.verdict), not change.certain, *_measure(change)

    for change in sorted(fell, key=rank):
        yield _tell(change, comparison, _find_behind(change, items, _DOWN))


def _measure(change: Change[Reading]) -> tuple[int, Fraction]:
    """How far something moved, in stages and then in points of the index."""
    return change.delta.stage or 0, change.delta.index or Fraction(0)


def _tell_inside(
    comparison: Comparison, items: Items, verdicts: tuple[str, ...]
) -> Iterator[Paragraph]:
    """The items that moved one way in characteristics that did not."""
    moved = _group(items, _having(*verdicts))
    for change in comparison.characteristics:
        if change.verdict not in verdicts and change.id in moved:
            found = _rank(moved[change.id], verdicts)
            left = change.id in comparison.uncompared
            whole = f"As a whole it {'was not compared' if left else CHANGES[change.verdict][0]}"
            text = f"{whole}; {_count_moved(found)}."
            yield Paragraph(name_characteristic(change, comparison), text, found)


def _count_moved(items: Items) -> str:
    """How many items became what: `one item fell, two are not known any more`."""
    numbers = Counter(item.change.verdict for item in items).items()
    return listed(
        [
            f"{count(number) if place else counted(number, 'item')} {CHANGES[verdict][number > 1]}"
            for place, (verdict, number) in enumerate(numbers)
        ]
    )


def _tell_rises(comparison: Comparison, items: Items) -> Iterator[Paragraph]:
    """What rose, the certain and the largest first, and why it counts."""
    whole = comparison.organisation
    rises = whole.verdict == "improved" and bool(whole.delta.stage)
    set_free = rises and not comparison.versions.differ
    held = {each.id for each in find_holders(comparison.old)} if set_free else set()

    def rank(change: Change[Reading]) -> tuple[bool, int, bool, Fraction]:
        stages, points = _measure(change)
        return not change.certain, -stages, change.id not in held, -points

    rose = [each for each in comparison.characteristics if each.verdict == "improved"]
    for change in sorted(rose, key=rank):
        behind = _find_behind(change, items, ("improved", "became-known"))
        mark = "held the organisation back" if change.id in held else ""
        told = _tell(change, comparison, behind[:MOST_BEHIND], mark)
        yield told._replace(
            text=" ".join([told.text, *_say_meaning(change, comparison)]),
            rest=tuple(item.id for item in behind[MOST_BEHIND:]),
        )


def _say_meaning(change: Change[Reading], comparison: Comparison) -> Iterator[str]:
    """What the stage that a characteristic has reached looks like."""
    stage = change.new.stage if change.new and change.delta.stage else None
    if stage:
        model = comparison.new.definition.model
        meaning = model.characteristic(change.id).stages.get(model.stages[stage - 1].id)
        if meaning:
            yield with_stop(meaning)


# --- what became known, what backs it, what is asked otherwise --------------------------------


def _tell_known(comparison: Comparison, items: Items) -> Iterator[Paragraph]:
    """The characteristics and items that became known; the items behind a rise stand there."""
    learnt = _group(items, _having("became-known"))
    for change in comparison.characteristics:
        found = learnt.get(change.id, ())
        if change.verdict == "became-known":
            yield _tell(change, comparison, found)
        elif found and change.verdict != "improved":
            text = f"{sentence(_count_moved(found))}."
            yield Paragraph(name_characteristic(change, comparison), text, found)


def _tell_evidence(comparison: Comparison, items: Items) -> Iterator[Paragraph]:
    """How far what backs the answers is less or more than before."""
    backing = compare_evidence(comparison, items)
    if backing is not None:
        shown, rest = backing.weaker[:MOST_BEHIND], backing.weaker[MOST_BEHIND:]
        yield Paragraph("Evidence", backing.text, shown, "", tuple(each.id for each in rest))


def _tell_rules(comparison: Comparison) -> Iterator[Paragraph]:
    """How the model judges otherwise than before."""
    for name, text in list_rules(comparison):
        yield Paragraph(name, text)


def _tell_questions(
    comparison: Comparison, items: Items, told: Collection[str]
) -> Iterator[Paragraph]:
    """What is asked otherwise than before, and what applies otherwise; no item twice."""
    for each in comparison.notices:
        yield Paragraph("The questions", tell_notice(each, comparison))
    lost = [item.id for item in items if not item.characteristic]
    if lost:
        yield Paragraph("The questions", f"Answered on one side alone: {listed(lost)}.")
    otherwise = _group(items, lambda item: bool(_say_otherwise(item, comparison)))
    for change in comparison.characteristics:
        found = otherwise.get(change.id, ())
        new = tuple(item for item in found if item.id not in told)
        if change.verdict in ("added", "removed", "scope-changed"):
            yield _tell(change, comparison, new)
        elif found:
            text = sentence(_count_otherwise(found, comparison))
            above = [item.id for item in found if item.id in told]
            if above:
                text += f"; above: {listed(above)}"
            yield Paragraph(name_characteristic(change, comparison), f"{text}.", new)


def _count_otherwise(items: Items, comparison: Comparison) -> str:
    """How many items are asked, counted or applied in which other way."""
    numbers = Counter(_say_otherwise(item, comparison) for item in items).items()
    return listed(
        [
            f"{count(number) if place else counted(number, 'item')} {words[number > 1]}"
            for place, (words, number) in enumerate(numbers)
        ]
    )


def _say_otherwise(item: MovedItem, comparison: Comparison) -> tuple[str, ...]:
    """How an item is asked, counted or applies otherwise, of one and of several; else nothing."""
    before = comparison.versions.before.get(item.id)
    after = comparison.versions.after.get(item.id)
    match item.change.verdict:
        case "added":
            return CHANGES["added"] if before is None else ASKED["counts"]
        case "removed":
            return CHANGES["removed"] if after is None else ASKED["uncounted"]
        case "scope-changed":
            new = item.change.new
            gone = new is not None and new.state == "not-applicable"
            return ASKED["gone" if gone else "applies"]
    if before is None or after is None:
        return ()
    if item.id in comparison.versions.reworded:
        return ASKED["moved" if before.statement == after.statement else "reworded"]
    return ASKED["weighed"] if weigh(before) != weigh(after) else ()


# --- the balance check -----------------------------------------------------------------------


def _tell_balance(comparison: Comparison) -> Iterator[Paragraph]:
    """The themes of the balance check that moved, then the economic test."""
    for change in comparison.themes:
        if change.verdict != "unchanged":
            yield Paragraph(name_theme(change, comparison), f"{sentence(say_flags(change))}.")
    old, new = comparison.old.economic_test, comparison.new.economic_test
    if old.ratio != new.ratio:
        yield Paragraph("Economic test", _say_ratios(old, new))


def _say_ratios(old: EconomicTest, new: EconomicTest) -> str:
    before, after = (
        "" if test.ratio is None else ratio(test.ratio, Fraction(1)) for test in (old, new)
    )
    was = f"was {before}" if before else "could not be shown"
    now = f"is {after} now" if after else "cannot be shown now"
    return f"Benefit divided by cost {was} and {now}."


def _sum_up_balance(comparison: Comparison) -> Iterator[str]:
    """What of the balance check and of the economic test went down."""
    for change in comparison.themes:
        if change.verdict == "regressed":
            yield f"{name_theme(change, comparison)}, balance check: {say_flags(change)}."
    old, new = comparison.old.economic_test, comparison.new.economic_test
    if (old.result, new.result) == ("pays", "does-not-pay"):
        yield f"Economic test: {_say_ratios(old, new)}"
