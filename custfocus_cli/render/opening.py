"""How the letter about a year begins: the organisation as a whole, and how many went which way."""

from __future__ import annotations

from collections.abc import Iterator

from custfocus_cli.changes.compare import Change, Comparison
from custfocus_cli.changes.progress import measure_progress
from custfocus_cli.documents.assessment import TargetStages
from custfocus_cli.render.backing import say_rest
from custfocus_cli.render.moves import (
    MovedItem,
    has_index,
    is_same_range,
    is_stage_sure,
    is_surely_apart,
    say_indexes,
    say_stages,
)
from custfocus_cli.render.narrative import name_questionnaire
from custfocus_cli.render.noise import say_noise, say_origin
from custfocus_cli.scoring.ladder import Reading
from custfocus_cli.scoring.scorecard import Scorecard
from custfocus_cli.wording.numbers import percent, percent_pair
from custfocus_cli.wording.phrases import count, counted, sentence
from custfocus_cli.wording.verdicts import CAUSES, CHANGES

Items = tuple[MovedItem, ...]


def open_letter(comparison: Comparison, items: Items) -> Iterator[str]:
    """The first paragraphs: the organisation, the characteristics, the questionnaire."""
    if comparison.moved:
        yield " ".join(_say_organisation(comparison))
        yield " ".join(_say_characteristics(comparison, items))
    else:
        yield say_rest(comparison)
    if comparison.versions.differ:
        shared = counted(len(comparison.shared_items), "item")
        yield (
            f"{_say_versions(comparison)} Only what both ask is compared here, {shared}, so numbers"
            " can differ from those elsewhere."
        )


def _say_versions(comparison: Comparison) -> str:
    """Which questionnaire came after which."""
    old, new = (card.definition for card in comparison.sides)
    before, after = old.questionnaire.version, new.questionnaire.version
    if (old.id, old.title) != (new.id, new.title):
        names = f"from {name_questionnaire(old)} to {name_questionnaire(new)}"
        return f"The questionnaire changed, {names}."
    if before == after:
        return f"The questionnaire changed although both files say version {after} of {new.id}."
    return f"The questionnaire changed, from version {before} to version {after} of {new.title}."


# --- the organisation ------------------------------------------------------------------------


def _say_organisation(comparison: Comparison) -> Iterator[str]:
    change, who = comparison.organisation, comparison.new.panel.organisation
    old, new, model = change.old, change.new, comparison.new.definition.model
    if old is None or new is None:
        return
    if change.verdict == "scope-changed":
        yield _say_scope(new, who)
        return
    if model.is_checklist and comparison.old.distribution and comparison.new.distribution:
        then, now = comparison.old.distribution[1], comparison.new.distribution[1]
        moved = "as before" if then == now else f"{count(then)} before"
        verb = "is" if now == 1 else "are"
        yield f"At {who} {counted(now, model.noun)} {verb} in place, {moved}."
        return
    moved = f"{sentence(say_indexes(old, new))}." if has_index(old) or has_index(new) else ""
    if old.stage is None or new.stage is None:
        yield from [moved] * bool(moved)
    elif change.verdict == "unchanged":
        yield f"{who} {say_stages(old, new, model)}{f'; {say_indexes(old, new)}' if moved else ''}."
    else:
        yield f"{who} {say_stages(old, new, model)}. {moved}".rstrip()
    more = (
        _say_certain(change, old, new),
        _say_cause(change),
        say_noise(change, comparison),
        say_origin(change, comparison),
    )
    yield from filter(None, more)


def _say_scope(new: Reading, who: str) -> str:
    if new.coverage is None:
        return f"Nothing of what is asked applies to {who} any more."
    return f"Some of what is asked applies to {who} now; before, nothing did."


def _say_certain(change: Change[Reading], old: Reading, new: Reading) -> str:
    """Whether unknown answers decide about a rise or a fall; empty where nothing is unknown."""
    move = {"improved": "rise", "regressed": "fall"}.get(change.verdict)
    if move is None or old.coverage == new.coverage == 1:
        return ""
    if not change.certain:
        return f"Unknown answers decide whether this is a {move}."
    stage, index = is_stage_sure(change), is_surely_apart(*_order(change.verdict, old, new))
    what = (
        "" if stage == index or is_same_range(old, new) else " in stage" if stage else " in index"
    )
    return f"The {move}{what} is certain, whatever the unknown answers are."


def _order(verdict: str, old: Reading, new: Reading) -> tuple[Reading, Reading]:
    """The two readings, first the one that is lower by the verdict."""
    return (old, new) if verdict == "improved" else (new, old)


def _say_cause(change: Change[Reading]) -> str:
    """What else than answers moved the organisation; empty where they alone did."""
    return "" if change.cause is None else CAUSES[change.cause]


# --- the characteristics ---------------------------------------------------------------------


def _say_characteristics(comparison: Comparison, items: Items) -> Iterator[str]:
    if comparison.summary:
        yield _say_summary(comparison)
    yield from _say_inside(comparison, items)
    yield from _say_progress(comparison)


def _say_summary(comparison: Comparison) -> str:
    """How many went which way: `Five of twelve characteristics fell; seven did not change.`"""
    whole = comparison.summary.total()
    noun = comparison.new.definition.model.noun
    number = counted(whole, noun)
    if comparison.summary["unchanged"] == whole > 1:
        return f"None of the {number} changed as a whole."
    parts: list[str] = []
    for verdict, words in CHANGES.items():
        found = comparison.summary[verdict]
        if found == whole:
            every = {1: f"its one {noun}", 2: f"both {noun}s"}
            who = every.get(whole, f"all {number}")
        else:
            who = f"{count(found)}{'' if parts else f' of {number}'}"
        if found:
            parts.append(f"{who} {words[found > 1]}{_say_how(comparison, verdict)}")
    return f"{sentence('; '.join(parts))}."


def _say_how(comparison: Comparison, verdict: str) -> str:
    """How many of those that rose or fell changed their stage, and how many not for certain."""
    if verdict not in ("improved", "regressed") or comparison.new.definition.model.is_checklist:
        return ""
    moved = [each for each in comparison.characteristics if each.verdict == verdict]
    stages, unsure = sum(map(is_stage_sure, moved)), sum(not each.certain for each in moved)
    side = f"to a {'higher' if verdict == 'improved' else 'lower'} stage"
    whole = len(moved)
    every = {1: f" {side}", 2: f", both {side}"}.get(whole, f", all {side}")
    parts = []
    if stages:
        parts.append(every if stages == whole else f", {count(stages)} of them {side}")
    if unsure:
        some = f"{count(unsure)} of them" if unsure < whole else "but"
        parts.append(f", {some} not for certain")
    return "".join(parts)


def _say_inside(comparison: Comparison, items: Items) -> Iterator[str]:
    """How many items fell and rose where the characteristic as a whole did neither."""
    still = {each.id for each in comparison.characteristics if each.verdict == "unchanged"}
    inside = [each.change.verdict for each in items if each.characteristic in still]
    fell, rose = (inside.count(verdict) for verdict in ("regressed", "improved"))
    moved = [(number, verb) for number, verb in ((fell, "fell"), (rose, "rose")) if number]
    if not moved:
        return
    (number, verb), *others = moved
    parts = [
        f"{counted(number, 'item')} {verb}",
        *(f"{count(each)} {verb}" for each, verb in others),
    ]
    where = "Inside them" if len(still) == len(comparison.characteristics) else "Inside the others"
    if not comparison.summary:
        where = "Item by item"
    yield f"{where}, {' and '.join(parts)}."


def _say_progress(comparison: Comparison) -> Iterator[str]:
    """How much of the way to the target is done now, and was then, where both are alike."""
    old, new = comparison.old, comparison.new
    alike = not comparison.versions.differ and comparison.organisation.verdict != "scope-changed"
    climbs = not new.definition.model.is_checklist
    progress = measure_progress(old, new) if alike and climbs else None
    if progress is None or progress.before == progress.after == 100:
        return
    way = f"the way to {_name_target(new)}"
    before, after = (f"{each} %" for each in percent_pair(progress.before, progress.after))
    if progress.before < progress.after and progress.share is not None:
        if not progress.before:
            yield f"Of {way}, {after} is done now and nothing was before."
            return
        yield f"Of {way}, {before} was done before and {after} is now."
        yield f"That is {percent(progress.share)} % of what was left."
        return
    open_ones = any(
        each.reading.stage_low != each.reading.stage_high for each in new.characteristics
    )
    said = f"{way} is as long as it was: {after} is done"
    if progress.before != progress.after:
        said = f"{way} is longer than it was: {before} was done before and {after} is now"
    yield f"Counting what is unknown as not reached, {said}." if open_ones else f"{sentence(said)}."


def _name_target(card: Scorecard) -> str:
    """The target by its name."""
    own = isinstance(card.panel.target, TargetStages) and card.target_id is None
    return "its own target" if own else f"the target “{card.target.name}”"
