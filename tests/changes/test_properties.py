"""What holds for every comparison: mirrors, identity, and what certain means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from scoring.strategies import WEIGHTS, Case, answers_to, cases, fill

from custfocus_cli.changes.compare import Comparison, Delta, compare
from custfocus_cli.documents.assessment import Answer
from custfocus_cli.documents.definition import Definition
from custfocus_cli.documents.model import Gate, Model
from custfocus_cli.documents.questionnaire import Block, Item
from custfocus_cli.scoring.panel import panel
from custfocus_cli.scoring.scorecard import Scorecard, score

quick = settings(deadline=None, max_examples=60)

MIRROR = {
    "improved": "regressed",
    "regressed": "improved",
    "became-known": "became-unknown",
    "became-unknown": "became-known",
    "added": "removed",
    "removed": "added",
    "unchanged": "unchanged",
    "scope-changed": "scope-changed",
}


def list_changes(comparison: Comparison) -> dict[tuple[str, str], Any]:
    return {(each.scope, each.id): each for each in comparison.changes}


def turn(delta: Delta) -> Delta:
    values = (delta.stage, delta.index, delta.points)
    return Delta(*(None if value is None else -value for value in values))  # type: ignore[arg-type] # each keeps its own type


@st.composite
def years(draw: st.DrawFn) -> tuple[Scorecard, Scorecard]:
    """Two sets of answers, to one questionnaire or to two versions of it."""
    case = draw(cases())
    later = draw(versions(case.definition)) if draw(st.booleans()) else case.definition
    answers = Case(later, draw(answers_to(later)))
    return case.score(), answers.score()


@st.composite
def versions(draw: st.DrawFn, definition: Definition) -> Definition:
    """The questionnaire with items gone, new, reworded or reweighed, perhaps with another gate."""
    blocks: dict[str, Block] = {}
    for name, block in definition.questionnaire.items.items():
        cells: dict[str, list[Item]] = {}
        for stage, items in block.stages.items():
            for item in items:
                fate = draw(st.sampled_from(["kept", "kept", "gone", "said", "weighed", "joined"]))
                changed: dict[str, object] = {}
                if fate == "said":
                    changed = {"statement": "It is there at last."}
                if fate == "weighed":
                    changed = {"weight": draw(st.sampled_from(WEIGHTS))}
                if fate != "gone":
                    cells.setdefault(stage, []).append(item.model_copy(update=changed))
                if fate == "joined":
                    other = item.model_copy(update={"id": f"{item.id}-new"})
                    cells[stage].append(other)
        blocks[name] = Block.model_validate(cells)
    asked = definition.questionnaire.model_copy(update={"items": blocks, "version": "1.1"})
    model = definition.model
    if draw(st.booleans()):
        option = draw(st.sampled_from(model.scale.options[1:]))
        fields = {name: getattr(model, name) for name in Model.model_fields}
        scoring = model.scoring.model_copy(update={"gate": Gate(every=option.code)})
        model = Model(**{**fields, "scoring": scoring})
    return Definition(asked, model)


@quick
@given(years())
def test_a_comparison_is_the_mirror_of_its_reverse(pair: tuple[Scorecard, Scorecard]) -> None:
    old, new = pair
    there, back = list_changes(compare(old, new)), list_changes(compare(new, old))
    assert there.keys() == back.keys()
    for key, change in there.items():
        other = back[key]
        assert other.verdict == MIRROR[change.verdict]
        assert (other.old, other.new, other.certain) == (change.new, change.old, change.certain)
        assert other.delta == turn(change.delta)


@quick
@given(cases())
def test_a_result_compared_with_itself_is_identical(case: Case) -> None:
    comparison = compare(case.score(), case.score())
    assert comparison.identical
    assert not comparison.moved
    assert {each.cause for each in comparison.changes} == {None}


@quick
@given(years())
def test_what_did_not_move_has_no_cause_and_the_rest_one(
    pair: tuple[Scorecard, Scorecard],
) -> None:
    for change in compare(*pair).changes:
        assert (change.cause is None) == (change.verdict == "unchanged")


@quick
@given(years(), st.data())
def test_no_completion_of_the_unknown_answers_undoes_what_is_certain(
    pair: tuple[Scorecard, Scorecard], data: st.DataObject
) -> None:
    before = list_changes(compare(*pair))
    after = list_changes(compare(*(complete(card, data) for card in pair)))
    for key, change in before.items():
        if change.certain:
            assert after[key].verdict == change.verdict


def complete(card: Scorecard, data: st.DataObject) -> Scorecard:
    """The result with some rating for everything that is unknown."""
    options = [option.code for option in card.definition.model.scale.options]
    answers: dict[str, Answer] = dict(card.panel.answers)
    for name in card.definition.entries:
        if name not in answers or answers[name].answer == "DK":
            answers[name] = Answer(answer=data.draw(st.sampled_from(options)))
    return rescore(card.definition, answers)


def rescore(definition: Definition, answers: Mapping[str, Answer]) -> Scorecard:
    return score(panel([fill(definition, answers)], definition), definition)


@quick
@given(cases(), st.data())
def test_raising_one_answer_lets_nothing_fall(case: Case, data: st.DataObject) -> None:
    options = [option.code for option in case.model.scale.options]
    rated = {name: each for name, each in case.answers.items() if each.answer in options[:-1]}
    if not rated:
        return
    name = data.draw(st.sampled_from(sorted(rated)))
    higher = options[options.index(rated[name].answer) + 1 :]
    raised = case.answer(name, data.draw(st.sampled_from(higher)))
    verdicts = {each.verdict for each in compare(case.score(), raised.score()).changes}
    assert verdicts <= {"improved", "unchanged"}
