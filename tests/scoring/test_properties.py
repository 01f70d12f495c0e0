"""What holds for every ladder (domain 2.2.15), on generated models and on the shipped content."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scoring.strategies import POSITIVE, UNKNOWN, Case, answers_to, cases
from shipped import SAMPLES, read_definition, read_sample

from custfocus_cli.documents.assessment import Answer
from custfocus_cli.documents.definition import Definition
from custfocus_cli.documents.questionnaire import Block, Item
from custfocus_cli.scoring.ladder import (
    Reading,
    build_ladder,
    find_blocking_stage,
    listed_minimums,
    read_ratings,
)
from custfocus_cli.scoring.scorecard import Scorecard
from custfocus_cli.scoring.steps import SmallestStep

PROPERTIES = """
monotone within-bounds knowledge-narrows weights-buy-no-stage order-is-no-matter
evidence-lifts-nothing no-jump subset-is-easier
"""
TESTED: set[str] = set()

Test = Callable[..., None]


def holds(name: str) -> Callable[[Test], Test]:
    """Marks a test as one of the property."""
    TESTED.add(name)
    return lambda test: test


def find_untested(properties: Collection[str], tested: Collection[str]) -> list[str]:
    return sorted(set(properties) ^ set(tested))


def test_no_property_is_without_a_test() -> None:
    assert find_untested(PROPERTIES.split(), TESTED) == []
    assert find_untested(PROPERTIES.split(), TESTED - {"no-jump"}) == ["no-jump"]


quick = settings(max_examples=60, deadline=None)


def list_readings(card: Scorecard) -> dict[str, Reading]:
    """Every reading of a scorecard by the name of what it reads."""
    readings = {"": card.result}
    readings |= {f"area {each.id}": each.reading for each in card.areas}
    readings |= {each.id: each.reading for each in card.characteristics}
    return readings


def list_evidenced(card: Scorecard) -> dict[str, Reading]:
    """The readings as evidence carries them."""
    found = {each.id: each.evidenced for each in card.characteristics if each.evidenced}
    return found | ({"": card.evidenced.reading} if card.evidenced else {})


def is_at_most(low: Any, high: Any) -> bool:
    """Whether one number is at most the other, where both are defined."""
    return low is None or high is None or low <= high


def find_items(case: Case, wanted: Callable[[str | None], bool]) -> list[str]:
    """The items whose answer's code is wanted; None is no answer."""
    codes = {name: each.answer for name, each in case.answers.items()}
    return [name for name in case.definition.entries if wanted(codes.get(name))]


def list_codes(case: Case) -> list[str]:
    return [option.code for option in case.model.scale.options]


@holds("monotone")
@quick
@given(cases(), st.data())
def test_raising_an_answer_lowers_nothing(case: Case, data: st.DataObject) -> None:
    codes = list_codes(case)
    lower = find_items(case, lambda code: code in codes[:-1])
    assume(lower)
    item = data.draw(st.sampled_from(lower))
    code = data.draw(st.sampled_from(codes[codes.index(case.answers[item].answer) + 1 :]))
    before, after = case.score(), case.answer(item, code).score()
    for old, new in zip(
        (*list_readings(before).values(), *list_evidenced(before).values()),
        (*list_readings(after).values(), *list_evidenced(after).values()),
        strict=True,
    ):
        assert is_at_most(old.stage_low, new.stage_low)
        assert is_at_most(old.stage_high, new.stage_high)
        assert is_at_most(old.index_low, new.index_low)
        assert is_at_most(old.index, new.index)
        assert is_at_most(old.index_high, new.index_high)
        assert (old.index is None) == (new.index is None)
        assert old.coverage == new.coverage
    assert is_at_most(before.to_target, after.to_target)


@holds("within-bounds")
@quick
@given(cases())
def test_a_reading_lies_within_its_bounds(case: Case) -> None:
    card = case.score()
    for reading in (*list_readings(card).values(), *list_evidenced(card).values()):
        assert reading.stage == reading.stage_low
        assert is_at_most(reading.stage_low, reading.stage_high)
        assert is_at_most(reading.index_low, reading.index)
        assert is_at_most(reading.index, reading.index_high)
        assert is_at_most(reading.index_low, reading.index_high)
        assert is_at_most(0, reading.index_low)
        assert is_at_most(reading.index_high, 100)
    assert is_at_most(0, card.to_target)
    assert is_at_most(card.to_target, 100)


@holds("within-bounds")
@quick
@given(cases())
def test_the_counts_of_a_cell_add_up(case: Case) -> None:
    card = case.score()
    for cell in (cell for each in card.characteristics for cell in each.cells):
        assert cell.rated + cell.unknown + cell.not_applicable == cell.items
        assert 0 <= cell.met <= cell.rated
        assert cell.applicable == (cell.rated + cell.unknown > 0)
        assert (cell.percent_low is None) == (not cell.applicable)
    if card.distribution is not None:
        assert sum(card.distribution) == sum(each.included for each in card.characteristics)


@holds("knowledge-narrows")
@quick
@given(cases(), st.data())
def test_a_rating_in_place_of_an_unknown_stays_within_the_bounds(
    case: Case, data: st.DataObject
) -> None:
    unknown = find_items(case, lambda code: code in (None, UNKNOWN))
    assume(unknown)
    item = data.draw(st.sampled_from(unknown))
    known = case.answer(item, data.draw(st.sampled_from(list_codes(case))))
    before, after = list_readings(case.score()), list_readings(known.score())
    for name, old in before.items():
        new = after[name]
        assert is_at_most(old.stage_low, new.stage_low)
        assert is_at_most(new.stage_high, old.stage_high)
        assert is_at_most(old.index_low, new.index_low)
        assert is_at_most(new.index_high, old.index_high)
        assert is_at_most(old.index_low, new.index)
        assert is_at_most(new.index, old.index_high)


def rebuild(definition: Definition, change: Callable[[list[Item]], list[Item]]) -> Definition:
    """The definition with the items of each cell changed."""
    blocks = {
        name: Block.model_validate(
            {stage: change(list(items)) for stage, items in block.stages.items()}
        )
        for name, block in definition.questionnaire.items.items()
    }
    asked = definition.questionnaire.model_copy(update={"items": blocks})
    return Definition(asked, definition.model)


@holds("weights-buy-no-stage")
@quick
@given(cases(("every",)), st.data())
def test_positive_weights_change_no_stage(case: Case, data: st.DataObject) -> None:
    def reweigh(items: list[Item]) -> list[Item]:
        return [
            item.model_copy(update={"weight": data.draw(st.sampled_from(POSITIVE))})
            if item.weight
            else item
            for item in items
        ]

    other = replace(case, definition=rebuild(case.definition, reweigh))
    before, after = list_readings(case.score()), list_readings(other.score())
    assert {name: (r.stage_low, r.stage_high) for name, r in before.items()} == {
        name: (r.stage_low, r.stage_high) for name, r in after.items()
    }


def measure_price(case: Case, step: SmallestStep) -> tuple[int, int]:
    """The effort of a step and the number of its items."""
    points = case.model.scale.points
    total = 0
    for change in step.changes:
        source = case.definition.entries[change.item].source
        assert isinstance(source, Item)
        total += (points[change.new] - points.get(change.old or "", 0)) * source.effort
    return total, len(step.changes)


@holds("order-is-no-matter")
@quick
@given(cases(), st.data())
def test_the_order_in_the_file_changes_the_last_tie_break_alone(
    case: Case, data: st.DataObject
) -> None:
    def shuffle(parts: Collection[Any]) -> list[Any]:
        return data.draw(st.permutations(list(parts)))

    model = case.model.model_copy(
        update={"characteristics": tuple(shuffle(case.model.characteristics))}
    )
    mixed = rebuild(case.definition, shuffle)
    items = dict(shuffle(mixed.questionnaire.items.items()))
    asked = mixed.questionnaire.model_copy(update={"items": items})
    other = Case(Definition(asked, model), dict(shuffle(case.answers.items())))
    before, after = case.score(), other.score()
    assert list_readings(before) == list_readings(after)
    assert list_evidenced(before) == list_evidenced(after)
    assert (before.to_target, before.distribution) == (after.to_target, after.distribution)
    for old in before.characteristics:
        new = after.characteristic(old.id)
        assert (old.cells, old.gap, old.next_stage) == (new.cells, new.gap, new.next_stage)
        for name in ("blockers", "questions", "ahead"):
            assert sorted(getattr(old, name)) == sorted(getattr(new, name))
        old_price = measure_price(case, old.smallest_step)
        assert old_price == measure_price(case, new.smallest_step)
    assert [order_key(before, step.characteristic) for step in before.next_steps] == [
        order_key(after, step.characteristic) for step in after.next_steps
    ]


def order_key(card: Scorecard, name: str) -> tuple[bool, int, Fraction]:
    """What the order of steps goes by first, but for the shortfall."""
    step = next(each for each in card.next_steps if each.characteristic == name)
    characteristic = card.characteristic(name)
    return step.deferred, step.to_stage, -characteristic.weight * characteristic.gap


@holds("evidence-lifts-nothing")
@quick
@given(cases())
def test_evidence_never_lifts_a_result(case: Case) -> None:
    card = case.score()
    stated = list_readings(card)
    for name, reading in list_evidenced(card).items():
        for each in ("stage_low", "stage_high", "index_low", "index", "index_high"):
            assert is_at_most(getattr(reading, each), getattr(stated[name], each))
        assert reading.coverage == stated[name].coverage
    if card.evidenced is not None and card.evidenced.share is not None:
        assert 0 <= card.evidenced.share <= 1


def find_blocking_items(case: Case, name: str, stage: int) -> dict[str, set[str]]:
    """The items of the cells that decide on a stage, and those of the cells above it."""
    cell = case.definition.cell
    listed = listed_minimums(stage, case.model)
    return {
        "recommended": {item.id for below in listed for item in cell(name, below)},
        "ahead": {
            item.id for above in range(stage + 1, case.model.top + 1) for item in cell(name, above)
        },
    }


@holds("no-jump")
@quick
@given(cases())
def test_what_is_recommended_stands_where_the_climb_stops(case: Case) -> None:
    card = case.score()
    for each in card.characteristics:
        blocking = find_blocking_stage(each.cells, case.model)
        assert (each.gap > 0) == (each.next_stage is not None)
        if each.next_stage is None:
            assert (each.blockers, each.questions, each.ahead) == ((), (), ())
            assert each.smallest_step == SmallestStep()
            continue
        assert each.next_stage == blocking
        assert each.next_stage <= each.target
        allowed = find_blocking_items(case, each.id, each.next_stage)
        recommended = {*each.blockers, *each.questions}
        assert recommended
        assert recommended <= allowed["recommended"]
        assert set(each.ahead) <= allowed["ahead"]
        assert {change.item for change in each.smallest_step.changes} <= recommended
    ranks = [step.rank for step in card.next_steps]
    assert ranks == list(range(1, len(ranks) + 1))
    gaps = {each.id for each in card.characteristics if each.included and each.gap}
    assert {step.characteristic for step in card.next_steps} == gaps


@holds("no-jump")
@quick
@given(cases())
def test_the_smallest_step_reaches_the_stage_it_names(case: Case) -> None:
    card = case.score()
    for each in card.characteristics:
        if each.next_stage is not None:
            after = change_answers(case, each.smallest_step).score().characteristic(each.id)
            blocking = find_blocking_stage(after.cells, case.model)
            assert blocking is None or blocking > each.next_stage
    reached = card.smallest_step.to_stage
    if reached is not None:
        assert card.result.stage == reached - 1
        stage = change_answers(case, card.smallest_step).score().result.stage
        assert stage is not None
        assert stage >= reached


def change_answers(case: Case, step: SmallestStep) -> Case:
    for change in step.changes:
        case = case.answer(change.item, change.new)
    return case


# --- a questionnaire and a part of it --------------------------------------------------------


def find_lost(long: Definition, short: Definition, answers: Mapping[str, Answer]) -> Iterator[str]:
    """The characteristics that pass a stage in the long form and not in the short one."""
    for each in long.model.characteristics:
        passed = [
            find_blocking_stage(
                build_ladder(form, each.id, read_ratings(answers, form.model)).cells, form.model
            )
            or form.model.top + 1
            for form in (long, short)
        ]
        if passed[0] > passed[1]:
            yield each.id


@holds("subset-is-easier")
@quick
@given(cases(("every",)), st.data())
def test_a_part_of_a_questionnaire_passes_what_the_whole_passes(
    case: Case, data: st.DataObject
) -> None:
    kept = rebuild(
        case.definition, lambda items: [item for item in items if data.draw(st.booleans())]
    )
    assert list(find_lost(case.definition, kept, case.answers)) == []


@holds("subset-is-easier")
@quick
@given(answers_to(read_definition("interview-72")))
def test_the_short_form_passes_what_the_long_form_passes(answers: Mapping[str, Answer]) -> None:
    long, short = read_definition("interview-72"), read_definition("team-36")
    assert set(short.entries) <= set(long.entries)
    assert list(find_lost(long, short, answers)) == []


@holds("subset-is-easier")
def test_a_characteristic_that_the_short_form_puts_lower_is_found() -> None:
    long, short = read_definition("interview-72"), read_definition("team-36")
    answers = {"sv-1a": Answer(answer="N"), "sv-1b": Answer(answer="F")}
    without = rebuild(long, lambda items: [item for item in items if item.id != "sv-1a"])
    assert list(find_lost(without, short, answers)) == ["service-vision"]


@holds("subset-is-easier")
def test_the_samples_stand_no_lower_in_the_short_form() -> None:
    long, short = read_definition("interview-72"), read_definition("team-36")
    for name in SAMPLES:
        assert list(find_lost(long, short, read_sample(name).answers)) == []
