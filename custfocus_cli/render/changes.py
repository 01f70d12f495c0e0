"""What changed since an earlier result, told like a short letter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Final, NamedTuple

from custfocus_cli.changes.compare import Change, Comparison
from custfocus_cli.changes.progress import measure_progress
from custfocus_cli.documents.model import Model
from custfocus_cli.render.moves import (
    MovedItem,
    describe_items,
    is_same_range,
    name_characteristic,
    name_theme,
    say_flags,
    say_indexes,
    say_move,
    stand,
    weigh,
)
from custfocus_cli.render.narrative import find_holders, name_questionnaire
from custfocus_cli.render.noise import say_noise, say_origin
from custfocus_cli.scoring.balance import EconomicTest
from custfocus_cli.scoring.ladder import Reading
from custfocus_cli.wording.notices import notice
from custfocus_cli.wording.numbers import amount, percent, ratio
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
from custfocus_cli.wording.verdicts import CAUSES, CHANGES

MOST_DOWN: Final = 5  # on the first page; the letter has them all
MOST_DOWN_BRIEFLY: Final = 2


class Paragraph(NamedTuple):
    """What is said about one thing: its name, what became of it, the items it rests on.

    `tag` is a word to stand out beside the name; empty where there is none.
    """

    name: str
    text: str
    items: tuple[MovedItem, ...] = ()
    tag: str = ""


class Letter(NamedTuple):
    """What changed since an earlier result.

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
        return cut(" ".join(self.opening), 330), " ".join((self.lead_down, *down, *rest))


Items = tuple[MovedItem, ...]


def write_letter(comparison: Comparison) -> Letter:
    """The letter about what moved from one result to the next."""
    items = describe_items(comparison)
    parts = {
        "fell": (*_tell_falls(comparison, items), *_tell_fallen_items(comparison, items)),
        "rose": tuple(_tell_rises(comparison, items)),
        "uncertain": tuple(_tell_doubts(comparison, items)),
        "asked": (*_tell_rules(comparison), *_tell_questions(comparison, items)),
        "wise": tuple(_tell_balance(comparison)),
    }
    return Letter(
        day=long_date(comparison.old.panel.date),
        opening=tuple(_open(comparison)),
        down=tuple(_sum_up(comparison, items)),
        parts=tuple((name, paragraphs) for name, paragraphs in parts.items() if paragraphs),
    )


def _sum_up(comparison: Comparison, items: Items) -> Iterator[str]:
    """A sentence for every fall: characteristics, single items of others, the balance check."""
    for each in _tell_falls(comparison, ()):
        yield f"{each.name}{f' ({each.tag})' if each.tag else ''}: {each.text}"
    for each in _tell_fallen_items(comparison, items):
        yield from (f"{each.name}, one item: {item.sentence}" for item in each.items)
    yield from _sum_up_balance(comparison)
    yield from (item.sentence for item in items if item.change.verdict == "became-unknown")


# --- the opening -----------------------------------------------------------------------------


def _open(comparison: Comparison) -> Iterator[str]:
    """The organisation as a whole, then how many characteristics went which way."""
    if comparison.versions.differ:
        old, new = (name_questionnaire(card.definition) for card in comparison.sides)
        shared = counted(len(comparison.shared_items), "item")
        yield (
            f"The questionnaire changed in between, from {old} to {new}. Only what both ask is"
            f" compared here, {shared}, so numbers can differ from those elsewhere."
        )
    if not comparison.moved:
        yield "Nothing that counts has changed; notes and evidence may have."
        return
    change = comparison.organisation
    if change.old is not None and change.new is not None:
        yield from _say_organisation(change, change.old, change.new, comparison)
    if comparison.characteristics:
        yield _say_summary(comparison)
    yield from _say_progress(comparison)


def _say_organisation(
    change: Change[Reading], old: Reading, new: Reading, comparison: Comparison
) -> Iterator[str]:
    who, model = comparison.new.panel.organisation, comparison.new.definition.model
    if model.is_checklist and comparison.old.distribution and comparison.new.distribution:
        then, now = comparison.old.distribution[1], comparison.new.distribution[1]
        moved = "as before" if then == now else f"{count(then)} before"
        verb = "is" if now == 1 else "are"
        yield f"At {who} {counted(now, model.noun)} {verb} in place, {moved}."
        return
    if old.stage is not None and new.stage is not None:
        yield f"{who} {_say_stages(old, new, model)}."
    if change.verdict != "unchanged":
        certain = _say_certain(change)
        yield f"{sentence(say_indexes(old, new))}.{f' {certain}' if certain else ''}"
    more = (_say_cause(change), say_noise(change, comparison), say_origin(change, comparison))
    yield from filter(None, more)


def _say_certain(change: Change[Reading]) -> str:
    """Whether unknown answers could undo a rise or a fall; empty for any other change."""
    move = {"improved": "rise", "regressed": "fall"}.get(change.verdict)
    if move is None:
        return ""
    if change.certain:
        return f"The {move} is certain: no answer that is still unknown could undo it."
    return "This is not certain: answers that are still unknown could undo it."


def _say_cause(change: Change[Reading]) -> str:
    """What else than answers moved something; empty where the verdict says it already."""
    if change.cause is None or change.verdict in ("added", "removed", "scope-changed"):
        return ""
    return CAUSES[change.cause]


def _say_stages(old: Reading, new: Reading, model: Model) -> str:
    if is_same_range(old, new):
        return f"still stands {stand(new)}"
    exact = old.stage_low == old.stage_high and new.stage_low == new.stage_high
    if not exact or old.stage is None or new.stage is None:
        return f"stands {stand(new)}; before, it stood {stand(old)}"
    verb, name = "rose" if new.stage > old.stage else "fell", model.stage(new.stage).name
    return f"{verb} from stage {old.stage} to stage {new.stage}, {name}"


def _say_summary(comparison: Comparison) -> str:
    """How many characteristics went which way: `nine rose, one fell, two are as they were`."""
    summary = comparison.summary
    found = [(verdict, summary[verdict]) for verdict in CHANGES if summary[verdict]]
    steps = [each.delta.stage or 0 for each in comparison.characteristics if each.certain]
    up, down = sum(step > 0 for step in steps), sum(step < 0 for step in steps)
    whole = len(comparison.characteristics)
    stages = [
        f"{'each' if number == whole else count(number)} to a {side} stage"
        for number, side in ((up, "higher"), (down, "lower"))
        if number
    ]
    parts = [
        f"{count(number)} {CHANGES[verdict][number > 1]}{_say_doubt(comparison, verdict)}"
        for verdict, number in found
    ]
    noun = comparison.new.definition.model.noun
    who = f"Of {counted(whole, noun)}, {listed(parts)}"
    if len(found) == 1:
        every = {1: f"Its {noun}", 2: f"Both {noun}s"}
        everyone = every.get(whole, f"All {counted(whole, noun)}")
        verdict = found[0][0]
        who = f"{everyone} {CHANGES[verdict][whole > 1]}{_say_doubt(comparison, verdict)}"
    climbs = not comparison.new.definition.model.is_checklist
    return f"{who}; {listed(stages)}." if stages and whole > 1 and climbs else f"{who}."


def _say_doubt(comparison: Comparison, verdict: str) -> str:
    """How many rises or falls unknown answers could undo, in brackets; empty where none."""
    if verdict not in ("improved", "regressed"):
        return ""
    moved = [each for each in comparison.characteristics if each.verdict == verdict]
    unsure = sum(not each.certain for each in moved)
    if not unsure:
        return ""
    some = f"{count(unsure)} of them " if unsure < len(moved) else ""
    return f" ({some}not for certain)"


def _say_progress(comparison: Comparison) -> Iterator[str]:
    """How much of the way to the target is done since then, where both are measured alike."""
    old, new = comparison.old, comparison.new
    unlike = comparison.versions.differ or new.definition.model.is_checklist
    progress = None if unlike else measure_progress(old, new)
    if progress is None or new.to_target == 100:
        return
    if progress > 0:
        yield f"Of the way to the target that was left then, {percent(progress)} % is done."
    else:
        open_ones = any(
            each.reading.stage_low != each.reading.stage_high for each in new.characteristics
        )
        said = f"the way to the target is {'as long as' if not progress else 'longer than'} it was."
        yield f"Counting what is unknown as not reached, {said}" if open_ones else sentence(said)


# --- what fell and what rose -----------------------------------------------------------------


def _group(items: Items, wanted: Callable[[MovedItem], bool]) -> Mapping[str, Items]:
    """The items wanted, by the id of their characteristic."""
    groups: dict[str, Items] = {}
    for item in items:
        if wanted(item):
            groups[item.characteristic] = (*groups.get(item.characteristic, ()), item)
    return groups


def _having(*verdicts: str) -> Callable[[MovedItem], bool]:
    return lambda item: item.change.verdict in verdicts


def _tell(change: Change[Reading], comparison: Comparison, items: Items = ()) -> Paragraph:
    """What became of one characteristic."""
    said = sentence(say_move(change, comparison.new.definition.model))
    more = (_say_cause(change), say_noise(change, comparison), say_origin(change, comparison))
    text = " ".join((with_stop(said), *filter(None, more)))
    doubtful = change.verdict in ("improved", "regressed") and not change.certain
    return Paragraph(
        name_characteristic(change, comparison), text, items, "not certain" if doubtful else ""
    )


def _tell_falls(comparison: Comparison, items: Items) -> Iterator[Paragraph]:
    """The characteristics that fell, the largest fall first, each with the items behind it."""
    behind = _group(items, _having("regressed", "became-unknown"))
    fell = [each for each in comparison.characteristics if each.verdict == "regressed"]
    for change in sorted(fell, key=lambda each: (each.delta.stage or 0, each.delta.index or 0)):
        yield _tell(change, comparison, behind.get(change.id, ()))


def _tell_fallen_items(comparison: Comparison, items: Items) -> Iterator[Paragraph]:
    """The items that fell in characteristics that did not."""
    fallen = _group(items, _having("regressed"))
    for change in comparison.characteristics:
        if change.verdict != "regressed" and change.id in fallen:
            found = fallen[change.id]
            verb = CHANGES[change.verdict][0]
            text = f"As a whole it {verb}; {counted(len(found), 'item')} of it fell."
            yield Paragraph(name_characteristic(change, comparison), text, found)


def _tell_rises(comparison: Comparison, items: Items) -> Iterator[Paragraph]:
    """The characteristics that rose, those that reached a higher stage first, and why it counts."""
    whole = comparison.organisation
    rises = whole.verdict == "improved" and bool(whole.delta.stage)
    set_free = rises and not comparison.versions.differ
    held = {each.id for each in find_holders(comparison.old)} if set_free else set()
    behind = _group(items, _having("improved", "became-known"))
    rose = [each for each in comparison.characteristics if each.verdict == "improved"]
    for change in sorted(rose, key=lambda each: -(each.delta.stage or 0)):
        why = [*_say_meaning(change, comparison)]
        if change.id in held:
            why.append(
                f"It no longer holds the organisation at stage {comparison.old.result.stage}."
            )
        if change.id in behind:
            why.append(f"Behind it: {listed([item.id for item in behind[change.id]])}.")
        told = _tell(change, comparison)
        yield told._replace(text=" ".join([told.text, *why]))


def _say_meaning(change: Change[Reading], comparison: Comparison) -> Iterator[str]:
    """What the stage that a characteristic has reached looks like."""
    stage = change.new.stage if change.new and change.delta.stage else None
    if stage:
        model = comparison.new.definition.model
        meaning = model.characteristic(change.id).stages.get(model.stages[stage - 1].id)
        if meaning:
            yield with_stop(meaning)


# --- what is not certain, and what is asked otherwise ----------------------------------------


def _tell_doubts(comparison: Comparison, items: Items) -> Iterator[Paragraph]:
    """The changes that unknown answers could undo, and the items that became known or unknown."""
    learnt = _group(items, _having("became-known", "became-unknown"))
    unknown = _group(items, _is_unknown)
    for change in comparison.characteristics:
        doubtful = not change.certain and change.verdict != "unchanged"
        found = (unknown if doubtful else learnt).get(change.id, ())
        if doubtful and _say_certain(change):
            text = _say_certain(change)
        elif doubtful:
            text = _tell(change, comparison).text
        elif found:
            text = _count_learnt(found)
        else:
            continue
        yield Paragraph(name_characteristic(change, comparison), text, found)


def _count_learnt(items: Items) -> str:
    """How many items became known, how many unknown."""
    numbers = Counter(item.change.verdict for item in items)
    parts = [
        f"{counted(number, 'item')} {CHANGES[verdict][number > 1]}"
        for verdict, number in numbers.items()
    ]
    return f"{sentence(listed(parts))}."


def _is_unknown(item: MovedItem) -> bool:
    """Whether an item is unknown on one side or on both, and applies on both."""
    states = {side.state for side in (item.change.old, item.change.new) if side is not None}
    return "unknown" in states and "not-applicable" not in states


def _tell_questions(comparison: Comparison, items: Items) -> Iterator[Paragraph]:
    """What is asked otherwise than before, and what applies otherwise."""
    for each in comparison.notices:
        yield Paragraph("The questions", notice(each.id))
    lost = [item.id for item in items if not item.characteristic]
    if lost:
        yield Paragraph("The questions", f"Answered on one side alone: {listed(lost)}.")
    otherwise = _group(items, lambda item: _is_otherwise(item, comparison))
    for change in comparison.characteristics:
        found = otherwise.get(change.id, ())
        if change.verdict in ("added", "removed", "scope-changed"):
            yield _tell(change, comparison, found)
        elif found:
            number = sentence(counted(len(found), "item"))
            text = f"{number} changed in what is asked, how it counts or whether it applies."
            yield Paragraph(name_characteristic(change, comparison), text, found)


def _is_otherwise(item: MovedItem, comparison: Comparison) -> bool:
    """Whether an item is asked, counted or applies otherwise than before."""
    if item.change.verdict in ("added", "removed", "scope-changed"):
        return True
    versions = comparison.versions
    sides = (versions.before.get(item.id), versions.after.get(item.id))
    weights = {weigh(entry) for entry in sides if entry is not None}
    return item.id in versions.reworded or len(weights) > 1


def _tell_rules(comparison: Comparison) -> Iterator[Paragraph]:
    """How the model judges otherwise than before."""
    old, new = (card.definition.model for card in comparison.sides)
    if old.gate != new.gate:
        yield Paragraph("The rules", "Another rule says when a stage is in place.")
    if old.scale.points != new.scale.points:
        yield Paragraph("The rules", "The answers bring other points.")
    if old.scoring.min_coverage != new.scoring.min_coverage:
        yield Paragraph("The rules", "Another share of answers is needed for an index.")
    weights = {each.id: each.weight for each in old.characteristics}
    for each in new.characteristics:
        if weights.get(each.id, each.weight) != each.weight:
            text = f"It weighs {amount(each.weight)} instead of {amount(weights[each.id])}."
            yield Paragraph(each.name, text)


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
