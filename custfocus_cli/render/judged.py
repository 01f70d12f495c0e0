"""What a diff or a check has to say, entry by entry, in the order and words of every format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Final, NamedTuple

from custfocus_cli.changes.compare import Change, Comparison
from custfocus_cli.changes.finding import (
    ANY_CHANGE,
    AnyChange,
    Finding,
    make_fingerprint,
)
from custfocus_cli.changes.readings import read_items
from custfocus_cli.changes.sides import Check, Diff, Place
from custfocus_cli.changes.versions import Key, Scope
from custfocus_cli.documents.policy import Severity
from custfocus_cli.render.moves import (
    MovedItem,
    describe_items,
    name_characteristic,
    name_theme,
    say_flags,
    say_move,
    stand,
    tell_notice,
)
from custfocus_cli.render.narrative import write_notices
from custfocus_cli.render.noise import say_noise_briefly, tell_not_judged
from custfocus_cli.render.places import (
    SCOPES,
    VERDICTS,
    measure,
    name_place,
    place_changes,
    place_finding,
)
from custfocus_cli.render.reasons import (
    MOST,
    Behind,
    Items,
    find_behind,
    find_first,
    find_holding,
    list_unknown,
    name_holding,
    say_reason,
    say_seen_items,
)
from custfocus_cli.scoring.ladder import Reading
from custfocus_cli.wording.gate import (
    SEEN_LOWER,
    say_between,
    say_beyond,
    say_broken,
    say_ended,
    say_exempt,
    say_gone,
    say_held,
    say_idle,
    say_lost,
    say_no_index,
    say_seen_lower,
    say_unknown,
    say_unknowns,
)
from custfocus_cli.wording.noise import ALLOWED
from custfocus_cli.wording.notices import notice
from custfocus_cli.wording.numbers import amount, percent, share
from custfocus_cli.wording.phrases import counted

Judged = Diff | Check


class Entry(NamedTuple):
    """One change, or one thing that a gate has something against, or both.

    `change` is None where only a result by itself was judged, `finding` where no rule is against
    it. `place` is where to look in the new file, or in the policy.
    """

    scope: Scope
    id: str
    change: AnyChange | None
    finding: Finding | None
    message: str
    place: Place

    @property
    def rule(self) -> str | None:
        """The rule of a policy that it breaks."""
        return (
            None if self.finding is None or self.finding.rule == ANY_CHANGE else self.finding.rule
        )

    @property
    def severity(self) -> Severity:
        """How much it matters; what no rule is about is a notice."""
        return "notice" if self.finding is None else self.finding.severity

    @property
    def fails(self) -> bool:
        """Whether the gate fails for this alone."""
        return self.finding is not None and self.finding.fails

    @property
    def exempt(self) -> bool:
        """Whether an exemption in force lets it pass."""
        return self.finding is not None and self.finding.exempt

    @property
    def fingerprint(self) -> str:
        """The same for the same rule and thing in every run."""
        return make_fingerprint(self.rule or ANY_CHANGE, self.scope, self.id)


def list_entries(judged: Judged) -> tuple[Entry, ...]:
    """Everything that moved or does not hold.

    What fails the gate comes first; then what is certain, and what moved farthest.
    """
    return tuple(sorted((*_list_changes(judged), *_list_limits(judged)), key=_rank))


def _rank(entry: Entry) -> tuple[bool, bool, bool, int, int, int, bool, int, Fraction]:
    plain = entry.change if entry.finding is None else None
    stages, points = measure(entry.change)
    return (
        not entry.fails,
        entry.finding is None,
        entry.exempt,
        SEVERITY_ORDER.index(entry.severity),
        VERDICTS.index(plain.verdict) if plain else 0,
        SCOPES.index(entry.scope),
        entry.change is not None and not entry.change.certain,
        -abs(stages),
        -abs(points),
    )


SEVERITY_ORDER: Final[tuple[Severity, ...]] = ("error", "warning", "notice")


_OF_A_SIDE: Final = ("digest-differs", "unknown-items", "outside-answers", "adaptive")
"""Notices about one result that a reader of a comparison has to know as well."""


def tell_notices(judged: Judged) -> tuple[tuple[str, str], ...]:
    """The id and the sentence of each notice, those about one side with its path."""
    return tuple(_list_notices(judged))


def tell_remarks(judged: Judged) -> tuple[tuple[str, str], ...]:
    """The same for people, who have read in the verdict that there is no earlier result."""
    return tuple(each for each in tell_notices(judged) if each[0] != "no-baseline")


def tell_unread(judged: Judged) -> str | None:
    """That a rule asks for an earlier result where none was named, so that it was not judged."""
    ruling = judged.ruling
    return notice("not-judged", ruling.unread) if ruling.unread and not ruling.no_old else None


def _list_notices(judged: Judged) -> Iterator[tuple[str, str]]:
    if judged.ruling.no_old:
        yield "no-baseline", notice("no-baseline")
    unread = tell_unread(judged)
    if unread:
        yield "not-judged", unread
    sides = [judged.new]
    if isinstance(judged, Diff):
        if judged.comparison is not None:
            for each in judged.comparison.notices:
                yield each.id, tell_notice(each, judged.comparison)
        yield from (("noise-counts", said) for said in tell_not_judged(judged))
        sides = [judged.old, judged.new] if judged.old else sides
    for side in sides:
        for name, said in write_notices(side.card):
            if name in _OF_A_SIDE:
                yield name, f"{side.path}: {said}"
    yield from _list_idle(judged)


def _list_idle(judged: Judged) -> Iterator[tuple[str, str]]:
    """The exemptions that let nothing pass."""
    exemptions = judged.ruling.demand.policy.exemptions
    for exemption in judged.ruling.idle:
        place = name_place(judged.exemptions[exemptions.index(exemption)])
        yield "exemption-idle", say_idle(exemption.id, exemption.rule, place)


# --- what moved ------------------------------------------------------------------------------


def _list_changes(judged: Judged) -> Iterator[Entry]:
    comparison = judged.comparison if isinstance(judged, Diff) else None
    if comparison is None:
        return
    behind = find_behind(comparison)
    said = _tell_changes(comparison, judged, behind)
    places, against = _place_changes(comparison, judged, behind), judged.ruling.against
    for change in comparison.changes:
        finding = against.get((change.scope, change.id))
        if change.verdict != "unchanged" or finding is not None:
            key = change.scope, change.id
            message = " ".join((said[key], *_say_pass(finding)))
            yield Entry(*key, change, finding, message, places.get(key, judged.new.answers))


def _tell_changes(comparison: Comparison, judged: Judged, behind: Behind) -> Mapping[Key, str]:
    """What became of everything that was compared, each in a sentence or two with its name."""
    measured = (comparison.organisation, *comparison.areas, *comparison.characteristics)
    against = judged.ruling.against
    return {
        **{
            (each.scope, each.id): _tell_measured(
                each, against.get((each.scope, each.id)), comparison, behind
            )
            for each in measured
        },
        **{("item", each.id): _tell_item(each, judged) for each in describe_items(comparison)},
        **{
            (each.scope, each.id): f"{name_theme(each, comparison)}: {say_flags(each)}."
            for each in comparison.themes
        },
    }


def _place_changes(comparison: Comparison, judged: Judged, behind: Behind) -> Mapping[Key, Place]:
    """Where changes show; what a rule is against, at the first item that is told behind it."""
    places, new = dict(place_changes(comparison, judged.new)), judged.new.places
    for change in (comparison.organisation, *comparison.characteristics):
        if (change.scope, change.id) in judged.ruling.against and change.verdict == "regressed":
            first = find_first(change, comparison, behind)
            if first is not None and first in new:
                places[change.scope, change.id] = new[first]
    return places


def _tell_item(item: MovedItem, judged: Judged) -> str:
    """What became of an item; where its answer is gone, with the place it had."""
    said = item.sentence if item.statement else f"{item.id}: {item.move}."
    old = judged.old.places if isinstance(judged, Diff) and judged.old is not None else {}
    if item.id in judged.new.places or item.id not in old:
        return said
    return f"{said} {say_gone(name_place(old[item.id]))}"


def _tell_measured(
    change: Change[Reading], finding: Finding | None, comparison: Comparison, behind: Behind
) -> str:
    """What became of something measured, and why where a rule is against that."""
    name, model = _name_measured(change, comparison), comparison.new.definition.model
    if finding is None or finding.rule == ANY_CHANGE:
        return f"{name}: {say_move(change, model)}."
    if finding.why in SEEN_LOWER:
        seen = _tell_seen(finding, change, comparison, behind)
        return f"{name}: {say_move(change, model)}. {seen}."
    limit = Fraction(finding.limit or 0) if finding.why == "index-fell" else None
    parts = [say_move(change, model, limit)]
    parts += [say_beyond(amount(limit))] if limit else []
    reason = say_reason(change, comparison, behind)
    parts += [reason] if reason else []
    said = " ".join(
        (f"{name}: {', '.join(parts)}.", say_noise_briefly(change, comparison))
    ).rstrip()
    if finding.why in ("stage-lost", "index-lost"):
        return f"{said} {say_lost(finding.why.removesuffix('-lost'))}"
    return said


def _tell_seen(
    finding: Finding, change: Change[Reading], comparison: Comparison, behind: Behind
) -> str:
    """That people see a characteristic lower than before, and by which items."""
    found, limit = Fraction(finding.found or 0), Fraction(finding.limit or 0)
    why = finding.why or ""
    shown = amount(found) if why == "placement-fell" else percent(found, limit)
    said = say_seen_lower(why, shown, amount(limit))
    items = say_seen_items(why.removesuffix("-fell"), change, comparison, behind)
    return f"{said}, {items}" if items else said


def _name_measured(change: Change[Reading], comparison: Comparison) -> str:
    if change.scope == "organisation":
        return comparison.new.panel.organisation
    if change.scope == "characteristic":
        return name_characteristic(change, comparison)
    areas = {
        area.id: area.name for card in comparison.sides for area in card.definition.model.areas
    }
    return f"Area {areas[change.id]}"


def _say_pass(finding: Finding | None) -> Iterator[str]:
    """What lets a finding pass."""
    if finding is not None and finding.noise:
        yield ALLOWED
    if finding is not None and finding.exempt and finding.exemption is not None:
        yield say_exempt(finding.exemption.until, finding.exemption.reason)


# --- where the result stands -----------------------------------------------------------------


def _list_limits(judged: Judged) -> Iterator[Entry]:
    """The rules on where the new result stands that do not hold, and exemptions that have ended."""
    items = read_items(judged.new.card)
    for finding in judged.ruling.broken:
        if finding.change is None:
            told = _tell_limit(finding, judged, items)
            message = " ".join((told.said, *_say_pass(finding)))
            place = place_finding(finding, judged, told.held)
            yield Entry(finding.scope, finding.id, None, finding, message, place)


class _Told(NamedTuple):
    """What is said about a limit, and the items to look at first."""

    said: str
    held: tuple[str, ...] = ()


def _tell_limit(finding: Finding, judged: Judged, items: Items) -> _Told:
    name, exemption = name_about(finding, judged), finding.exemption
    if finding.why == "ended" and exemption is not None:
        return _Told(say_ended(name, exemption.rule, exemption.until, exemption.reason))
    if finding.rule == "min-stage" and finding.why == "below":
        return _tell_stage(finding, judged, items)
    reading = _find_reading(finding, judged)
    found, limit = _show(finding, reading)
    day, low = judged.ruling.demand.as_of, _is_low(finding, reading)
    said = say_broken(finding.rule, finding.why or "", name, found, limit, day, low=low)
    if finding.rule not in ("min-index", "min-coverage") or not items:
        return _Told(said)
    only = finding.id if finding.scope == "characteristic" else None
    unknown = list_unknown(judged.new.card, items, only)
    return _Told(f"{said} {say_unknowns(unknown, MOST)}" if unknown else said, unknown)


def _tell_stage(finding: Finding, judged: Judged, items: Items) -> _Told:
    """That a stage is too low, with the items that hold it there."""
    card, reading = judged.new.card, _find_reading(finding, judged)
    whole, limit = finding.scope == "organisation", int(finding.limit or 0)
    holding = find_holding(card, items, limit, None if whole else finding.id)
    low = tuple(name for each in holding for name in each.low)
    unknown = tuple(name for each in holding for name in each.unknown)
    found = stand(reading) if reading is not None else ""
    if reading is not None and reading.stage_low != reading.stage_high and unknown:
        found = f"{found} ({say_unknown(unknown, MOST)})"
    counts = _is_low(finding, reading)
    day, name = judged.ruling.demand.as_of, name_about(finding, judged)
    said = say_broken("min-stage", "below", name, found, str(limit), day, low=counts)
    names = name_holding(card, items, holding, one=not whole)
    return _Told(
        f"{said} {say_held(names)}" if names else said,
        (*unknown, *low) if counts else (*low, *unknown),
    )


def name_about(finding: Finding, judged: Judged) -> str:
    """The name of what a finding is about; an item has its id."""
    card = judged.new.card
    if finding.scope == "organisation":
        return card.panel.organisation
    names = {each.id: each.name for each in card.definition.model.characteristics}
    return names.get(finding.id, finding.id) if finding.scope == "characteristic" else finding.id


def _find_reading(finding: Finding, judged: Judged) -> Reading | None:
    card = judged.new.card
    if finding.scope == "organisation":
        return card.result
    found = (each.reading for each in card.characteristics if each.id == finding.id)
    return next(found, None)


def _is_low(finding: Finding, reading: Reading | None) -> bool:
    """Whether a limit is missed by the low reading alone."""
    if reading is None or finding.why != "below" or finding.limit is None:
        return False
    ends = {"min-stage": reading.stage_high, "min-index": reading.index_high}
    high = ends.get(finding.rule)
    return high is not None and high >= finding.limit


def _show(finding: Finding, reading: Reading | None) -> tuple[str, str]:
    """What was found and what is asked for, as numbers on their own sides of the limit."""
    found, limit = Fraction(finding.found or 0), Fraction(finding.limit or 0)
    match finding.rule:
        case "min-index":
            return _show_index(finding, reading, limit), amount(limit)
        case "min-coverage":
            return share(found, limit), amount(100 * limit)
        case "max-age-days":
            return counted(int(abs(found)), "day"), counted(int(limit), "day")
        case _:
            return amount(found), amount(limit)


def _show_index(finding: Finding, reading: Reading | None, limit: Fraction) -> str:
    """The index, as a range where it is one; or why there is none."""
    if finding.found is not None and (reading is None or reading.index_low is None):
        return percent(Fraction(finding.found), limit)  # what people perceive has no range
    ends = (reading.index_low, reading.index_high) if reading is not None else (None, None)
    low, high = ("" if each is None else percent(each, limit) for each in ends)
    if finding.why == "undefined":
        return say_no_index(low, high)
    return low if ends[0] == ends[1] else say_between(low, high)
