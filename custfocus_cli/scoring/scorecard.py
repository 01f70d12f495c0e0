"""The scorecard: everything the answers mean, computed once, for every output."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from custfocus_cli.documents.assessment import TargetStages
from custfocus_cli.documents.definition import Definition
from custfocus_cli.documents.model import Characteristic, Model, Target
from custfocus_cli.documents.tally import LEAST, By
from custfocus_cli.scoring.balance import EconomicTest, Flag, join_flags, judge_economics
from custfocus_cli.scoring.evidence import carry, records_evidence, share_carried
from custfocus_cli.scoring.ladder import (
    ZERO,
    Cell,
    Ladder,
    Ratings,
    Reading,
    build_ladder,
    read_ratings,
    read_together,
)
from custfocus_cli.scoring.notices import Notice, find_notices
from custfocus_cli.scoring.opinions import Opinions, listen_to_all
from custfocus_cli.scoring.panel import Panel, holds_anonymous, join
from custfocus_cli.scoring.perception import View, find_withheld, read_views, withhold
from custfocus_cli.scoring.steps import (
    Answers,
    Needs,
    SmallestStep,
    Step,
    find_needs,
    find_smallest_step,
    rank_steps,
)

__all__ = ["AreaResult", "CharacteristicResult", "Evidenced", "Notice", "Scorecard", "score"]


@dataclass(frozen=True, slots=True)
class Evidenced:
    """The organisation as evidence carries it; `share` (0 to 1) of met answers keep their code."""

    reading: Reading
    share: Fraction | None


@dataclass(frozen=True, slots=True)
class AreaResult:
    """What the answers say about one area; `applicable` is false where nothing in it applies."""

    id: str
    applicable: bool
    reading: Reading


@dataclass(frozen=True, slots=True)
class CharacteristicResult:
    """What the answers say about one characteristic, and what it needs next.

    `gap` is the number of stages missing to `target` (0 where it is passed); where there is none,
    `next_stage` is None and the lists are empty. `evidenced` is None when no answer of the source
    records evidence. `placed_stage` and `perception_index` (a percent) come from placement and
    perception items, where they were asked; `seen_by_few` is whether that index is no mean but the
    middle of five to nine people.
    """

    id: str
    area: str
    weight: Fraction
    applicable: bool
    target: int
    reading: Reading
    cells: tuple[Cell, ...]
    evidenced: Reading | None
    gap: int
    next_stage: int | None
    blockers: tuple[str, ...]
    questions: tuple[str, ...]
    ahead: tuple[str, ...]
    smallest_step: SmallestStep
    placed_stage: int | None
    perception_index: Fraction | None
    seen_by_few: bool

    @property
    def included(self) -> bool:
        """Whether it counts in its area and in the organisation."""
        return self.applicable and self.weight > 0


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The result of one organisation at one date: the one value that renderers render.

    `joined` are the panels that it comes from with their questionnaires: `panel` by `definition`
    first, then those whose views and balance check stand beside it.
    `to_target` is a percent; `distribution` counts included characteristics by stage, from 0 to the
    top; both are None without a gate. `smallest_step` is the organisation's.
    """

    definition: Definition
    panel: Panel
    joined: tuple[tuple[Panel, Definition], ...]
    target: Target
    target_id: str | None
    result: Reading
    to_target: Fraction | None
    distribution: tuple[int, ...] | None
    smallest_step: SmallestStep
    evidenced: Evidenced | None
    areas: tuple[AreaResult, ...]
    characteristics: tuple[CharacteristicResult, ...]
    next_steps: tuple[Step, ...]
    flags: tuple[Flag, ...]
    economic_test: EconomicTest
    notices: tuple[Notice, ...]

    @property
    def opinions(self) -> tuple[Opinions, ...]:
        """What the respondents of each panel of several say."""
        return tuple(panel.opinions for panel, _ in self.joined if panel.opinions is not None)

    def characteristic(self, name: str) -> CharacteristicResult:
        """The result of the characteristic with that id; KeyError where there is none."""
        for each in self.characteristics:
            if each.id == name:
                return each
        raise KeyError(name)


def score(
    panel: Panel,
    definition: Definition,
    *,
    beside: Sequence[tuple[Panel, Definition]] = (),
    notices: Sequence[Notice] = (),
    target: str | None = None,
    by: By | None = None,
    least: int = LEAST,
) -> Scorecard:
    """The scorecard of a panel by its questionnaire.

    `beside` are panels of other questionnaires on the same model, whose perception and placement
    items are joined by characteristic, and whose balance check, target and figures count where the
    panel has none; CustfocusError where they contradict it. `notices` are what reading the sources
    had to say. `target` names a profile that takes the place of the sources' own; KeyError where
    the model has none. `by` tells respondents apart, in groups of at `least` so many.
    """
    model = definition.model
    panel = join([panel, *(each for each, _ in beside)], target=target)
    joined = _listen(((panel, definition), *beside), by, least)
    panel = joined[0][0]
    answers = Answers(definition, panel.answers, read_ratings(panel.answers, model))
    ladders = build_ladders(definition, answers.ratings)
    profile, profile_id = resolve_target(panel.target, model)
    targets = {name: profile.characteristics.get(name, profile.default) for name in ladders}
    needs = {name: find_needs(ladder, targets[name], answers) for name, ladder in ladders.items()}
    result = read_together(list(ladders.values()), model)
    steps, smallest = _plan(ladders, needs, result.stage, answers)
    backed, evidenced = _read_evidenced(panel, answers, ladders)
    views = read_views(joined)
    found = find_notices(panel, definition, list(ladders.values()), targets, steps)
    return Scorecard(
        definition=definition,
        panel=panel,
        joined=joined,
        target=profile,
        target_id=profile_id,
        result=result,
        to_target=_measure_distance(ladders, needs, targets, model),
        distribution=_distribute(ladders, model),
        smallest_step=smallest,
        evidenced=evidenced,
        areas=read_areas(ladders, model),
        characteristics=tuple(
            _join(
                model.characteristic(name),
                ladder,
                backed.get(name),
                needs[name],
                targets[name],
                views.get(name, View()),
            )
            for name, ladder in ladders.items()
        ),
        next_steps=steps,
        flags=join_flags(joined),
        economic_test=judge_economics(panel.figures),
        notices=(*notices, *found, *_find_few(joined)),
    )


def _listen(
    panels: Sequence[tuple[Panel, Definition]], by: By | None, least: int
) -> tuple[tuple[Panel, Definition], ...]:
    """The panels with what their respondents say, and without what gives one of them away."""
    heard = listen_to_all(panels, by=by, least=least)
    return tuple((withhold(each, asked), asked) for each, asked in heard)


def _find_few(joined: Sequence[tuple[Panel, Definition]]) -> Iterator[Notice]:
    """The notice about what a survey does not show because too few people answered."""
    about = tuple(dict.fromkeys(find_withheld(joined)))
    if about:
        yield Notice("few-answers", about)


def build_ladders(definition: Definition, ratings: Ratings) -> Mapping[str, Ladder]:
    """The ladder of every characteristic of the model, in the model's order."""
    names = (each.id for each in definition.model.characteristics)
    return {name: build_ladder(definition, name, ratings) for name in names}


def _included(ladders: Mapping[str, Ladder]) -> list[str]:
    return [name for name, ladder in ladders.items() if ladder.included]


def _read_evidenced(
    panel: Panel, answers: Answers, ladders: Mapping[str, Ladder]
) -> tuple[Mapping[str, Ladder], Evidenced | None]:
    """The ladders and the organisation as evidence carries them; nothing where none is recorded."""
    definition = answers.definition
    told = (panel,) if holds_anonymous(panel.sources, definition) else panel.sources
    if not records_evidence([each.answers for each in told], definition):
        return {}, None
    carried = carry(answers.ratings, panel.answers, definition.model)
    backed = build_ladders(definition, carried)
    share = share_carried(answers.ratings, carried, definition, _included(ladders))
    return backed, Evidenced(read_together(list(backed.values()), definition.model), share)


# --- target ----------------------------------------------------------------------------------


def resolve_target(wanted: str | TargetStages | None, model: Model) -> tuple[Target, str | None]:
    """The profile aimed at, with its id where it is one of the model's."""
    if isinstance(wanted, TargetStages):
        stages = wanted.characteristics
        own = Target(id="own", name="own target", default=wanted.default, characteristics=stages)
        return own, None
    target = model.target(wanted)
    return target, target.id if target in model.targets else None


def _measure_distance(
    ladders: Mapping[str, Ladder],
    needs: Mapping[str, Needs],
    targets: Mapping[str, int],
    model: Model,
) -> Fraction | None:
    """How much of the way to the target is behind, in percent: domain rule 2.2.10.

    None without a gate, and where the targets add up to 0.
    """
    included = _included(ladders)
    whole = sum((ladders[name].weight * targets[name] for name in included), ZERO)
    missing = sum((ladders[name].weight * needs[name].gap for name in included), ZERO)
    return None if model.gate.none or not whole else 100 * (1 - missing / whole)


def _distribute(ladders: Mapping[str, Ladder], model: Model) -> tuple[int, ...] | None:
    """How many included characteristics stand at each stage, from 0 up; None without a gate."""
    if model.gate.none:
        return None
    stages = [ladder.reading.stage for ladder in ladders.values() if ladder.included]
    return tuple(stages.count(stage) for stage in range(model.top + 1))


def _plan(
    ladders: Mapping[str, Ladder], needs: Mapping[str, Needs], stage: int | None, answers: Answers
) -> tuple[tuple[Step, ...], SmallestStep]:
    """The next steps and the organisation's smallest one; none where it has no stage."""
    if stage is None:
        return (), SmallestStep()
    model = answers.definition.model
    ordered = [ladders[name] for name in answers.definition.questionnaire.items]
    steps = rank_steps([(each, needs[each.id]) for each in ordered], stage, model.scoring.max_lead)
    return steps, find_smallest_step(ordered, stage, answers)


# --- areas and characteristics ---------------------------------------------------------------


def read_areas(ladders: Mapping[str, Ladder], model: Model) -> tuple[AreaResult, ...]:
    """What the ladders of its characteristics say about each area, in the model's order."""
    theirs: dict[str, list[Ladder]] = {area.id: [] for area in model.areas}
    for each in model.characteristics:
        theirs[each.area].append(ladders[each.id])
    return tuple(
        AreaResult(area, any(each.included for each in inside), read_together(inside, model))
        for area, inside in theirs.items()
    )


def _join(
    characteristic: Characteristic,
    ladder: Ladder,
    backed: Ladder | None,
    needs: Needs,
    target: int,
    view: View,
) -> CharacteristicResult:
    return CharacteristicResult(
        id=ladder.id,
        area=characteristic.area,
        weight=ladder.weight,
        applicable=ladder.applicable,
        target=target,
        reading=ladder.reading,
        cells=ladder.cells,
        evidenced=backed.reading if backed else None,
        gap=needs.gap,
        next_stage=needs.next_stage,
        blockers=needs.blockers,
        questions=needs.questions,
        ahead=needs.ahead,
        smallest_step=needs.smallest_step,
        placed_stage=view.placed_stage,
        perception_index=view.index,
        seen_by_few=view.middle,
    )
