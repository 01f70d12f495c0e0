"""The record: each item as it was answered, in words, for every output that shows answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple

from custfocus_cli.documents.assessment import Answer
from custfocus_cli.documents.definition import Definition, Entry
from custfocus_cli.documents.model import Model
from custfocus_cli.documents.questionnaire import Item, Placement
from custfocus_cli.scoring.evidence import carry
from custfocus_cli.scoring.ladder import read_ratings
from custfocus_cli.scoring.opinions import is_divided
from custfocus_cli.scoring.panel import Panel, Voices
from custfocus_cli.scoring.perception import is_survey
from custfocus_cli.scoring.scorecard import Scorecard
from custfocus_cli.wording.phrases import long_date, without_stop

State = Literal["met", "short", "unknown", "left-out", "information", "answered", "withheld"]


TOO_FEW: Final = "Too few answered to show it"


class Line(NamedTuple):
    """One item and its answer.

    `state` says what the answer does: `met` or `short` of the gate, `unknown`, `left-out` because
    it does not apply, asked for `information` only, `answered` outside the ladder, or `withheld`
    because a survey has too few of it. `label` is the answer in words, `counts_as` the words it has
    by its evidence where they differ. `voices` sums up a panel's answers and `differ` marks
    respondents far apart. What nobody noted is an empty text.
    """

    id: str
    statement: str
    stage: int | None
    code: str | None
    label: str
    state: State
    evidence: str = ""
    counts_as: str = ""
    note: str = ""
    source: str = ""
    reason: str = ""
    probe: str = ""
    voices: str = ""
    differ: bool = False


Record = Mapping[str, Line]


def write_record(card: Scorecard) -> Record:
    """Every item of the questionnaire with its answer, by id, in questionnaire order.

    After them the items of a balance check that another of the joined questionnaires asked for.
    """
    evidenced = _evidenced_codes(card)
    own = {
        name: _line(entry, card.panel, card.definition, evidenced.get(name))
        for name, entry in card.definition.entries.items()
    }
    beside = {
        item.id: _line(definition.entries[item.id], panel, definition, None)
        for flag in card.flags
        if flag.source
        for panel, definition in [card.joined[flag.source]]
        for item in definition.questionnaire.balance
        if item.theme == flag.theme
    }
    return own | beside


def _evidenced_codes(card: Scorecard) -> Mapping[str, str]:
    """What each rating counts as by its evidence; nothing where no evidence was recorded."""
    if card.evidenced is None:
        return {}
    answers, model = card.panel.answers, card.definition.model
    stage_items = {
        name: answers[name]
        for name, entry in card.definition.entries.items()
        if entry.kind == "item" and name in answers
    }
    carried = carry(read_ratings(stage_items, model), stage_items, model)
    return {name: option.code for name, option in carried.options.items()}


def _line(entry: Entry, panel: Panel, definition: Definition, carried: str | None) -> Line:
    answer = panel.answers.get(entry.id)
    voices = panel.voices.get(entry.id)
    code = answer.answer if answer else None
    withheld = _is_withheld(entry, panel, definition)
    opinion = panel.opinions.everyone.items.get(entry.id) if panel.opinions else None
    label = name_answer(entry, code, definition.model)
    if withheld:
        label = "Not shown, fewer than five people rated it"
    elif answer is None and _is_kept_back(panel):
        label = TOO_FEW
    return Line(
        id=entry.id,
        statement=entry.statement,
        stage=entry.stage,
        code=code,
        label=label,
        state="withheld" if withheld else _state(entry, answer, definition.model),
        evidence=_name_evidence(answer, definition.model),
        counts_as=(
            name_answer(entry, carried, definition.model)
            if answer and carried not in (None, answer.answer)
            else ""
        ),
        note=_join_notes(entry.id, answer, panel, definition),
        source=_name_source(answer, definition),
        reason=(answer and answer.reason) or "",
        probe=getattr(entry.source, "probe", None) or "",
        voices=_sum_up(entry, voices, code, definition.model) if voices else "",
        differ=bool(opinion and is_divided(opinion)),
    )


def _is_kept_back(panel: Panel) -> bool:
    """Whether what too few people answered is kept back, as if nobody had."""
    return panel.opinions is not None and panel.opinions.anonymous


def _join_notes(name: str, answer: Answer | None, panel: Panel, definition: Definition) -> str:
    """The notes on an answer; of a panel those that a workshop settled or interviews left.

    Interviews name roles. What single people wrote in surveys and self-assessments is not shown.
    """
    if panel.respondents == 1 or (answer and answer.note):
        return (answer and answer.note) or ""
    notes = []
    for source in panel.sources:
        given = source.answers.get(name)
        if source.mode == "interview" and given and given.note:
            who = given.by or (source.respondent and source.respondent.role)
            said = f"{_name_speaker(who, definition)}: " if who else ""
            notes.append(f"{said}{given.note}")
    return " ".join(notes)


def name_answer(entry: Entry, code: str | None, model: Model) -> str:
    """An answer in words: the option's label, or for a placement the stage and the line chosen.

    It has no full stop, as it stands inside sentences and lists.
    """
    if code is None:
        return "Not answered"
    if entry.scale is not None:
        return without_stop(entry.scale.label(code))
    if not code.isdecimal():
        return without_stop(model.scale.label(code))
    lines = entry.source.options if isinstance(entry.source, Placement) else ()
    return f"{model.stage(int(code)).name}: {without_stop(lines[int(code)])}"


def _is_withheld(entry: Entry, panel: Panel, definition: Definition) -> bool:
    """Whether a survey keeps back how an item was answered, because too few people rated it."""
    unknown = entry.id not in panel.answers
    return unknown and entry.kind == "perception" and is_survey(panel, definition)


def _state(entry: Entry, answer: Answer | None, model: Model) -> State:
    scale = entry.scale or model.scale
    code = answer.answer if answer else None
    if isinstance(entry.source, Item) and not entry.source.weight:
        return "information"
    if code is not None and scale.not_applicable and code == scale.not_applicable.code:
        return "left-out"
    if code is None or (scale.dont_know and code == scale.dont_know.code):
        return "unknown"
    if entry.kind != "item":
        return "answered"
    return "met" if scale.points[code] >= model.met_option.points else "short"


def _name_evidence(answer: Answer | None, model: Model) -> str:
    if answer is None or answer.evidence is None:
        return ""
    labels = {each.level: each.label for each in model.evidence_levels}
    return labels.get(answer.evidence, str(answer.evidence))


def _name_speaker(who: str, definition: Definition) -> str:
    """Whose word it is: a role by its name, anybody else as they were written down."""
    return definition.questionnaire.roles.get(who, who)


def _name_source(answer: Answer | None, definition: Definition) -> str:
    """Whose word an answer is, and from which day."""
    if answer is None:
        return ""
    who = _name_speaker(answer.by, definition) if answer.by else ""
    day = long_date(answer.on) if answer.on else ""
    return ", ".join(part for part in (who, day) if part)


def _sum_up(entry: Entry, voices: Voices, code: str | None, model: Model) -> str:
    """How a panel answered: `2 Partly in place, 1 Largely in place`, and what a workshop agreed.

    Where it is hushed how many chose what, it says so; a workshop's rating alone has no voices.
    """
    counts = ", ".join(
        f"{number} {name_answer(entry, code, model)}"
        for code, number in voices.counts.items()
        if number
    )
    if voices.agreed:
        agreed = f"agreed in a workshop: {name_answer(entry, code, model)}"
        return f"{counts}; {agreed}" if counts else agreed
    return counts or "too few to show how many chose what"
