"""The verdict in words: where the organisation stands, what holds it there, how sure that is.

Everything is said once, for the terminal, for Markdown and for HTML. Texts are plain; the renderer
that prints them makes them safe.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import NamedTuple

from custfocus_cli.documents.assessment import TargetStages
from custfocus_cli.documents.definition import Definition
from custfocus_cli.documents.model import Model
from custfocus_cli.render.names import name_about
from custfocus_cli.render.record import Record
from custfocus_cli.scoring.ladder import Reading, find_blocking_stage, listed_minimums
from custfocus_cli.scoring.scorecard import CharacteristicResult, Evidenced, Scorecard
from custfocus_cli.wording.notices import notice
from custfocus_cli.wording.numbers import percent, share
from custfocus_cli.wording.phrases import count, counted, listed, long_date, sentence, without_stop
from custfocus_cli.wording.verdicts import stage_range


class Verdict(NamedTuple):
    """Where the organisation stands, in sentences; an empty text where there is nothing to say.

    `stage` is the one sentence for whoever reads no further.
    """

    stage: str
    target: str
    held: str
    spread: str
    smallest: str
    deciding: str
    evidenced: str

    @property
    def rest(self) -> tuple[str, ...]:
        """Every sentence after the first."""
        every = (self.target, self.held, self.spread, self.smallest, self.deciding, self.evidenced)
        return tuple(text for text in every if text)


class Figure(NamedTuple):
    """One number of the first page: its name, its value, what it means."""

    name: str
    value: str
    meaning: str


class Rung(NamedTuple):
    """One stage as the first page draws the ladder, with how many characteristics stand there.

    `here` marks where the organisation stands, `maybe` where it may stand if unknown answers turn
    out well, and `target` the stage that characteristics are to reach unless said otherwise.
    """

    number: int
    name: str
    description: str
    standing: str
    here: bool
    maybe: bool
    target: bool


def describe_source(card: Scorecard) -> tuple[tuple[str, str], ...]:
    """What the result rests on: name and value of each fact."""
    return (
        ("Date", long_date(card.panel.date)),
        ("Scope", card.panel.scope),
        ("Questionnaire", name_questionnaire(card.definition)),
        ("Answers", _say_respondents(card)),
    )


def name_questionnaire(definition: Definition) -> str:
    """A questionnaire in words: title, version and id."""
    return f"{definition.title} {definition.questionnaire.version} ({definition.id})"


def _say_respondents(card: Scorecard) -> str:
    """Who answered: `one set of answers (interview)`, `five sets of answers (survey)`."""
    modes = {"interview": "interview", "self": "self-assessment", "survey": "survey"}
    sources = card.panel.sources
    how = sorted({modes[each.mode] for each in sources if each.mode})
    sets = counted(card.panel.respondents, "set of answers", "sets of answers")
    return f"{sets} ({listed(how)})" if how else sets


def write_verdict(card: Scorecard, record: Record) -> Verdict:
    """The verdict on the organisation."""
    return Verdict(
        stage=_say_stage(card, record),
        target=_say_target(card),
        held=_say_held(card),
        spread=_say_spread(card),
        smallest=_say_smallest(card, record),
        deciding=_say_deciding(card, record),
        evidenced=_say_evidenced(card),
    )


def _say_stage(card: Scorecard, record: Record) -> str:
    model, result, who = card.definition.model, card.result, card.panel.organisation
    if all(entry.kind != "item" for entry in card.definition.entries.values()):
        return f"This questionnaire asks how people see {who}, and measures no stage."
    if not any(each.included for each in card.characteristics):
        return f"Nothing of this questionnaire applies to {who}, so there is no result."
    if result.stage_low is None or result.stage_high is None:
        value = "is not known yet" if result.index is None else f"is {percent(result.index)}"
        return f"The index of {who} {value}; this questionnaire has an index and no stages."
    if result.status == "exact":
        name = model.stage(result.stage_low).name
        return f"{who} stands at stage {result.stage_low} of {model.top}: {name}."
    if result.status == "provisional":
        between = f"stage {show_stage(result)} of {model.top}"
        return (
            f"{who} stands at {between}: {_name_deciding(card, record)} known, stage"
            f" {result.stage_low} counts ({model.stage(result.stage_low).name})."
        )
    return (
        f"Too little is known to place {who}: it stands somewhere between stage"
        f" {result.stage_low} ({model.stage(result.stage_low).name}) and stage {result.stage_high}"
        f" ({model.stage(result.stage_high).name}), and until more is known it counts as stage"
        f" {result.stage_low}."
    )


_FEW = 3  # unknown answers that the verdict names itself


def _name_deciding(card: Scorecard, record: Record) -> str:
    """What decides between two stages: `one answer decides, st-1b; until it is`."""
    ids, result = find_deciding(card, record), card.result
    if result.stage_high != (result.stage_low or 0) + 1:
        return "unknown answers decide; until they are"
    if len(ids) == 1:
        return f"one answer decides, {ids[0]}; until it is"
    names = f", {listed(ids)}" if len(ids) <= _FEW else ""
    return f"{count(len(ids))} answers decide{names}; until they are"


def name_target(card: Scorecard) -> str:
    """The target in words: `stage 2 everywhere`, `stage 2, but stage 3 in one characteristic`."""
    target = card.target
    others = Counter(stage for stage in target.characteristics.values() if stage != target.default)
    if not others:
        return f"stage {target.default} everywhere"
    parts = [
        f"stage {stage} in {counted(number, 'characteristic')}"
        for stage, number in sorted(others.items())
    ]
    return f"stage {target.default}, but {listed(parts)}"


def _say_target(card: Scorecard) -> str:
    if card.result.stage is None:
        return ""
    own = isinstance(card.panel.target, TargetStages) and card.target_id is None
    name = "its own" if own else card.target.name
    text = f"Its target is {name}: {name_target(card)}."
    if card.to_target == 100:
        return f"{text} The target is reached."
    return text


def write_guide(model: Model) -> str:
    """How to read a result, for whoever sees one for the first time."""
    what = (
        f"{sentence(counted(len(model.characteristics), 'characteristic'))} are rated by items,"
        " statements that can be observed."
    )
    if model.gate.none:
        return f"{what} The index is the mean of the stages in percent."
    place = (
        "all its items are"
        if model.gate.percent is None
        else "its items reach the percentage that the method names"
    )
    return (
        f"{what} Each item belongs to one of {counted(model.top, 'stage')} of a ladder. A stage of"
        f" a characteristic is in place when {place}, and it counts when every stage below it is in"
        " place as well. The organisation stands where its lowest characteristic stands."
    )


def find_holders(card: Scorecard) -> tuple[CharacteristicResult, ...]:
    """The characteristics that do not pass the organisation's next stage by the low reading."""
    stage, model = card.result.stage, card.definition.model
    if stage is None:
        return ()
    return tuple(
        each
        for each in card.characteristics
        if each.included and (find_blocking_stage(each.cells, model) or model.top + 1) <= stage + 1
    )


def _say_held(card: Scorecard) -> str:
    stage, model = card.result.stage, card.definition.model
    if stage is None or stage == model.top:
        return ""
    holders = find_holders(card)
    if not holders:
        return f"No item of stage {stage + 1} applies, so that stage cannot be reached."
    included = sum(each.included for each in card.characteristics)
    if len(holders) == included:
        return f"Every characteristic still has to reach stage {stage + 1}."
    who = f"{sentence(count(len(holders)))} of the {counted(included, 'characteristic')}"
    verb = "holds" if len(holders) == 1 else "hold"
    names = listed([model.characteristic(each.id).name for each in holders])
    return f"{who} {verb} it there: {names}."


def _say_spread(card: Scorecard) -> str:
    """How many characteristics stand at each stage."""
    if card.distribution is None or card.result.stage is None:
        return ""
    parts = [
        f"{count(number)} at stage {stage}"
        for stage, number in enumerate(card.distribution)
        if number
    ]
    return f"By characteristic: {listed(parts)}."


def _say_smallest(card: Scorecard, record: Record) -> str:
    """The fewest answers that have to change for the organisation's next stage.

    Nothing where they only have to become known: then they are named as what decides.
    """
    step = card.smallest_step
    if all(record[change.item].state == "unknown" for change in step.changes):
        return ""
    number = counted(len(step.changes), "answer")
    most = "" if step.exact else "at most "
    items = listed([change.item for change in step.changes], 12)
    return f"The smallest step to stage {step.to_stage} changes {most}{number}: {items}."


def find_deciding(card: Scorecard, record: Record) -> tuple[str, ...]:
    """The unknown answers between the low reading and the stage above it; none where it is sure."""
    low, high, model = card.result.stage_low, card.result.stage_high, card.definition.model
    if low is None or low == high:
        return ()
    return tuple(
        item.id
        for each in find_holders(card)
        for stage in listed_minimums(low + 1, model)
        for item in card.definition.cell(each.id, stage)
        if record[item.id].state == "unknown"
    )


def _say_deciding(card: Scorecard, record: Record) -> str:
    """Which unknown answers stand between the low reading and the next stage."""
    low, unknown = card.result.stage_low, find_deciding(card, record)
    if low is None or not unknown:
        return ""
    if len(unknown) == 1:
        said = f"{unknown[0]} ({without_stop(record[unknown[0]].statement)})"
        return f"One unknown answer decides whether it reaches stage {low + 1}: {said}."
    many = sentence(counted(len(unknown), "unknown answer"))
    return f"{many} decide whether it reaches stage {low + 1}: {listed(unknown, 12)}."


def _say_evidenced(card: Scorecard) -> str:
    """What changes where answers count as far as their evidence carries them."""
    if card.result.stage is None:
        return ""
    if card.evidenced is None:
        return "No answer records what backs it, so the result rests on what people said."
    changed = find_lowered(card)
    if not changed:
        return "Counting answers only as far as their evidence carries them changes no stage."
    stage = card.evidenced.reading.stage
    where = "its stage is the same" if stage == card.result.stage else f"it stands at stage {stage}"
    model = card.definition.model
    names = [
        f"{model.characteristic(each.id).name} (stage {each.evidenced.stage}"
        f" instead of {each.reading.stage})"
        for each in changed
        if each.evidenced
    ]
    return (
        f"Counting answers only as far as their evidence carries them, {where}, and"
        f" {counted(len(changed), 'characteristic')} {'is' if len(changed) == 1 else 'are'} lower:"
        f" {listed(names)}."
    )


def write_certainty(card: Scorecard, record: Record) -> tuple[str, ...]:
    """How sure the result is, in sentences."""
    said = (
        _say_known(card),
        _say_deciding(card, record),
        _say_range(card.result),
        _say_backed(card),
        _say_evidenced(card),
    )
    return tuple(text for text in said if text)


def _say_known(card: Scorecard) -> str:
    """How much is known, and whether what is unknown could change the stage."""
    result, model = card.result, card.definition.model
    if result.coverage is None:
        return ""
    if result.coverage == 1:
        return "Every item that applies is rated, so no unknown answer stands behind the result."
    known = f"{show_coverage(result, model)} % of what applies is known."
    if result.stage is None:
        return known
    if result.status == "exact":
        return f"{known} What is unknown cannot change the stage."
    return f"{known} What is unknown leaves the stage open: {show_stage(result)}."


def _say_range(result: Reading) -> str:
    low, high = result.index_low, result.index_high
    if low is None or high is None or low == high:
        return ""
    return (
        f"Whatever the unknown answers turn out to be, the index lies between {percent(low)} and"
        f" {percent(high)} percent."
    )


def _say_backed(card: Scorecard) -> str:
    if card.evidenced is None or card.evidenced.share is None:
        return ""
    met = card.definition.model.met_option.label
    shown = share(card.evidenced.share)
    return f"{shown} % of the ratings “{met}” or better have the evidence that they need."


def find_lowered(card: Scorecard) -> tuple[CharacteristicResult, ...]:
    """The characteristics whose stage is lower as evidenced than as answered."""
    return tuple(
        each
        for each in card.characteristics
        if each.included and each.evidenced and each.evidenced.stage != each.reading.stage
    )


# --- figures ---------------------------------------------------------------------------------


NONE = "none"  # what is shown where there is no number


def _with_percent(shown: str) -> str:
    return shown if shown == NONE else f"{shown} %"


def show_stage(reading: Reading) -> str:
    """A stage by number, or as a range; `none` where there is none."""
    return stage_range(reading.stage_low, reading.stage_high)


def show_index(reading: Reading, *limits: Fraction) -> str:
    """An index in percent with its range: `42.1 (41.7 to 43.1)`, `unknown (5.6 to 72.2)`.

    Each number is on its own side of the limits.
    """
    low, high = reading.index_low, reading.index_high
    if low is None or high is None:
        return NONE
    middle = "unknown" if reading.index is None else percent(reading.index, *limits)
    if low == high:
        return middle
    return f"{middle} ({percent(low, *limits)} to {percent(high, *limits)})"


def show_coverage(reading: Reading, model: Model, *limits: Fraction) -> str:
    """The share of what applies that is known, in percent, on its side of every threshold."""
    if reading.coverage is None:
        return NONE
    return share(reading.coverage, model.scoring.min_coverage, *limits)


def write_figures(card: Scorecard) -> tuple[Figure, ...]:
    """The numbers of the first page."""
    model, result = card.definition.model, card.result
    figures = []
    if result.stage is not None:
        figures.append(
            Figure(
                "Stage",
                f"{show_stage(result)} of {model.top}",
                "where the lowest characteristic stands",
            )
        )
    if card.to_target is not None:
        figures.append(
            Figure(
                "Way to the target",
                f"{percent(card.to_target)} %",
                "of the stages that the target asks for are reached",
            )
        )
    figures += [
        _write_index(result),
        Figure("Answered", _with_percent(show_coverage(result, model)), "of what applies is known"),
    ]
    if card.evidenced is not None:
        figures.append(_write_evidenced(card.evidenced, model))
    return tuple(figures)


def _write_index(result: Reading) -> Figure:
    means = "the mean of the stages in percent; never a stage"
    low, high = result.index_low, result.index_high
    if low is None or high is None or low == high:
        return Figure("Index", show_index(result), means)
    middle = "unknown" if result.index is None else percent(result.index)
    return Figure("Index", middle, f"{percent(low)} to {percent(high)} by unknown answers; {means}")


def _write_evidenced(evidenced: Evidenced, model: Model) -> Figure:
    met, kept = model.met_option.label, evidenced.share
    return Figure(
        "Evidenced",
        _with_percent(share(kept) if kept is not None else NONE),
        f"of the ratings “{met}” or better have the evidence they need",
    )


def draw_rungs(card: Scorecard) -> tuple[Rung, ...]:
    """The ladder from its top down; empty where there are no stages."""
    low, high = card.result.stage_low, card.result.stage_high
    if low is None or high is None or card.distribution is None:
        return ()
    model = card.definition.model
    return tuple(
        Rung(
            number=number,
            name=model.stage(number).name,
            description=model.stage(number).description,
            standing=counted(card.distribution[number], "characteristic"),
            here=number == low,
            maybe=low < number <= high,
            target=number == card.target.default,
        )
        for number in range(model.top, -1, -1)
    )


def write_notices(card: Scorecard) -> tuple[tuple[str, str], ...]:
    """The id and the sentence of each notice."""
    return tuple(
        (each.id, notice(each.id, name_about(card.definition, each.about), each.count))
        for each in card.notices
    )
