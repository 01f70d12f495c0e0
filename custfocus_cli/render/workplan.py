"""The work plan: what to do next, in order, by whom, why, and what to read before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

from custfocus_cli.documents.model import Effect, Stage
from custfocus_cli.documents.questionnaire import Item
from custfocus_cli.render.names import name_clauses
from custfocus_cli.render.narrative import find_holders, show_stage
from custfocus_cli.render.record import Line, Record
from custfocus_cli.scoring.scorecard import CharacteristicResult, Scorecard
from custfocus_cli.scoring.steps import Change, Step
from custfocus_cli.wording.phrases import count, counted, listed, sentence

TOP_GAPS: Final = 5  # on the first page; the work plan has them all

Kind = Literal["raise", "find-out"]


class Task(NamedTuple):
    """One item of a next step: something to raise, or something to find out first.

    `to` is the option that the smallest step asks for; None where that step does without the item.
    `effort` runs from 1 to 3. What the questionnaire does not say is an empty text.
    """

    line: Line
    kind: Kind
    to: str | None
    to_label: str
    action: str
    role: str
    effort: int
    metric: str
    clauses: tuple[str, ...]
    item: Item

    @property
    def sentence(self) -> str:
        """What to do and who usually does it; the statement where no action is given."""
        role = f" ({self.role})" if self.role else ""
        return f"{self.action or self.line.statement}{role}"

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """Name and value of what else is said about it."""
        needed = self.to_label or "any higher answer brings the stage nearer"
        facts = (
            ("Now", self.line.label),
            ("Needed", needed),
            ("Who", self.role),
            ("Effort", f"{self.effort} of 3"),
            ("Measure", self.metric),
            ("Touches", "; ".join(self.clauses)),
        )
        return tuple(fact for fact in facts if fact[1])

    @property
    def terms(self) -> str:
        """Who, how much effort, and how to see that it works, in a line."""
        measure = f"measure: {self.metric}" if self.metric else ""
        parts = (self.role, f"effort {self.effort} of 3", measure)
        return sentence("; ".join(part for part in parts if part))


class PlannedStep(NamedTuple):
    """What one characteristic needs next.

    `why` says what the step is for, or what a deferred one waits for. `cautions` stand in front of
    its tasks. `exact` is false where fewer changes might do as well. `climbs` is false on a ladder
    of one stage, where a gap is closed and no stage is reached.
    """

    rank: int
    characteristic: str
    name: str
    area: str
    stage: str
    to_stage: int
    to_name: str
    target: int
    deferred: bool
    why: str
    cautions: tuple[str, ...]
    tasks: tuple[Task, ...]
    ahead: tuple[Line, ...]
    exact: bool
    climbs: bool = True

    @property
    def title(self) -> str:
        """Where the step leads."""
        if not self.climbs:
            return self.name
        return f"{self.name}: to stage {self.to_stage}, {self.to_name}"

    @property
    def place(self) -> str:
        """Where it starts, what it is for."""
        if not self.climbs:
            return sentence(self.way)
        return f"Now at stage {self.stage}, target stage {self.target}. {self.why}"

    @property
    def kept(self) -> str:
        """What is ahead of its base; empty where nothing is."""
        ids = listed([line.id for line in self.ahead])
        return f"Ahead of its base, keep and do not extend yet: {ids}." if ids else ""

    @property
    def items(self) -> str:
        """The ids of its items."""
        return listed([task.line.id for task in self.tasks])

    @property
    def gap(self) -> str:
        """The gap it begins to close, in a sentence."""
        return f"{self.name}: {self.way}"

    @property
    def way(self) -> str:
        """The way from where it stands to its target."""
        if not self.climbs:
            return f"{counted(len(self.tasks), 'open item')}."
        first = f", by way of stage {self.to_stage}" if self.to_stage < self.target else ""
        up = "to" if self.stage.isdecimal() else "up to"  # from stage 0 to 1 up to stage 2
        return f"from stage {self.stage} {up} stage {self.target}{first}."


def plan_work(card: Scorecard, record: Record) -> tuple[PlannedStep, ...]:
    """The next steps in their order, deferred ones last."""
    holders = {each.id for each in find_holders(card)}
    return tuple(_plan(step, card, record, holders) for step in card.next_steps)


def _plan(step: Step, card: Scorecard, record: Record, holders: set[str]) -> PlannedStep:
    model = card.definition.model
    result = card.characteristic(step.characteristic)
    characteristic = model.characteristic(step.characteristic)
    changes = {change.item: change for change in result.smallest_step.changes}
    tasks = [
        _set_task(item, kind, card, record, changes)
        for stage in range(1, step.to_stage + 1)
        for item in card.definition.cell(step.characteristic, stage)
        if (kind := _find_kind(item, step))
    ]
    tasks.sort(key=lambda task: task.kind != "find-out")  # what is unknown comes first
    return PlannedStep(
        rank=step.rank,
        characteristic=step.characteristic,
        name=characteristic.name,
        area=next(area.name for area in model.areas if area.id == characteristic.area),
        stage=show_stage(result.reading),
        to_stage=step.to_stage,
        to_name=model.stage(step.to_stage).name,
        target=result.target,
        deferred=step.deferred,
        why=_say_why(step, card, result, step.characteristic in holders),
        cautions=tuple(find_cautions(step.characteristic, step.to_stage, card)),
        tasks=tuple(tasks),
        ahead=tuple(record[item] for item in step.ahead),
        exact=result.smallest_step.exact,
        climbs=not model.is_checklist,
    )


def say_nothing_left(card: Scorecard) -> str:
    """Why a plan without steps has none."""
    if not card.definition.has_stages:
        return "These answers measure no stage, so no next step follows from them."
    if card.result.stage is None:
        return "Without a stage there are no next steps."
    if card.definition.model.is_checklist:
        return "No gap is left: everything that was asked about and applies is in place."
    return "No next step is left: the target is reached."


def say_restraint(steps: tuple[PlannedStep, ...]) -> tuple[str, ...]:
    """Why not to do more at once; nothing where no step is left, or where nothing is climbed."""
    if not steps or not steps[0].climbs:
        return ()
    later = [step.name for step in steps if step.deferred]
    now = len(steps) - len(later)
    ahead = sum(len(step.ahead) for step in steps)
    said = []
    if now > TOP_GAPS:
        said.append(
            f"{sentence(count(now))} steps are open at once, in the order of their stage, then of"
            " their gap, then of how little is missing. Begin with a few: customers are the first"
            " to notice the errors of many changes."
        )
    said.append(
        "No stage is jumped: each characteristic works on its first open stage, and what lies above"
        " it waits."
    )
    if later:
        wait = "step waits" if len(later) == 1 else "steps wait"
        said.append(
            f"{sentence(count(len(later)))} {wait} until the organisation stands higher:"
            f" {listed(later, TOP_GAPS)}."
        )
    if ahead:
        stand = "item stands" if ahead == 1 else "items stand"
        said.append(
            f"{sentence(count(ahead))} {stand} ahead of an open stage: keep what is there, and do"
            " not extend it yet."
        )
    return tuple(said)


def _find_kind(item: Item, step: Step) -> Kind | None:
    """What a step has to do about an item of its characteristic; None where nothing."""
    if item.id in step.questions:
        return "find-out"
    return "raise" if item.id in step.blockers else None


def _set_task(
    item: Item,
    kind: Kind,
    card: Scorecard,
    record: Record,
    changes: dict[str, Change],
) -> Task:
    model = card.definition.model
    to = changes[item.id].new if item.id in changes else None
    return Task(
        line=record[item.id],
        kind=kind,
        to=to,
        to_label=model.scale.label(to) if to else "",
        action=_say_action(item, kind),
        role=card.definition.questionnaire.role_name(item.role) if item.role else "",
        effort=item.effort,
        metric=item.metric or "",
        clauses=name_clauses(model, item.references),
        item=item,
    )


def _say_action(item: Item, kind: Kind) -> str:
    """What to do about an item; an unknown one is found out before anything is done about it."""
    if kind == "find-out":
        return f"Find out first: {item.probe or item.statement}"
    return item.action or ""


def _say_why(step: Step, card: Scorecard, result: CharacteristicResult, holds: bool) -> str:
    stage = card.result.stage or 0
    if step.deferred:
        due = step.to_stage - 1 - card.definition.model.scoring.max_lead
        return f"Waits until the organisation is at stage {due}; now it is at stage {stage}."
    if holds:
        return f"Holds the organisation at stage {stage}."
    return sentence(f"{counted(result.gap, 'stage')} below its target.")


def find_cautions(characteristic: str, stage: int, card: Scorecard) -> Iterator[str]:
    """What to read before any step of that characteristic to that stage."""
    model = card.definition.model
    for effect in find_effects(card, "steps-to"):
        if _is_meant(effect, characteristic, model.stages[stage - 1].id):
            yield effect.text
    wanted = model.stage(stage)
    if isinstance(wanted, Stage) and wanted.caution:
        yield wanted.caution


def find_effects(
    card: Scorecard, on: Literal["steps-to", "strengths-at", "targets"]
) -> Iterator[Effect]:
    """The effects of every theme that is out of balance, of one sort."""
    out = {flag.theme for flag in card.flags if flag.flag == "red"}
    for theme in card.definition.model.themes:
        if theme.id in out:
            yield from (effect for effect in theme.effects if effect.on == on)


def find_doubts(characteristic: str, stage: int, card: Scorecard) -> Iterator[str]:
    """What to read beside a stage of that characteristic that is in place."""
    for effect in find_effects(card, "strengths-at"):
        if _is_meant(effect, characteristic, card.definition.model.stages[stage - 1].id):
            yield effect.text


def find_cautions_first(card: Scorecard) -> Iterator[str]:
    """What nobody may overlook: the questionnaire's own caution, then what the target asks for."""
    if card.definition.questionnaire.caution:
        yield card.definition.questionnaire.caution
    yield from find_target_cautions(card)


def find_cautions_beside(card: Scorecard) -> Iterator[str]:
    """What the questionnaires whose views stand beside the result say of them."""
    for _, definition in card.joined[1:]:
        if definition.questionnaire.caution:
            yield f"{definition.title}: {definition.questionnaire.caution}"


def find_target_cautions(card: Scorecard) -> Iterator[str]:
    """What to read beside a target that is above the stage reached."""
    if card.target.caution:
        yield card.target.caution
    if any(each.gap for each in card.characteristics if each.included):
        yield from (effect.text for effect in find_effects(card, "targets"))


def _is_meant(effect: Effect, characteristic: str, stage: str) -> bool:
    wanted = not effect.characteristics or characteristic in effect.characteristics
    return wanted and effect.stage in (None, stage)
