"""The conversation as values: one state, and a function for each thing that can happen in it.

Pure. Whoever runs it saves `State.assessment` whenever that is another one than before.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from fractions import Fraction
from typing import Final, Literal, NamedTuple

from custfocus_cli.documents.assessment import Answer, Assessment
from custfocus_cli.documents.definition import Definition
from custfocus_cli.documents.fields import DECIMAL
from custfocus_cli.interview.outlook import (
    Outlook,
    describe_ladder,
    look_ahead,
    look_at_workshop,
)
from custfocus_cli.interview.plan import (
    NUMBERS,
    Question,
    find_next,
    find_settled,
    find_start,
    find_text,
    is_answered,
    list_open,
    name_answer,
    with_answer,
    with_context,
    with_figure,
)
from custfocus_cli.interview.workshop import Topic, Workshop
from custfocus_cli.wording.phrases import counted, sentence, without_stop
from custfocus_cli.wording.safety import clean

LONGEST_TEXT: Final = 20_000
"""How many characters a text in a file may have."""


class Moment(NamedTuple):
    """When something happens: the day for the file, the seconds for the pace."""

    day: datetime.date
    seconds: float


class View(Enum):
    """What the screen is about."""

    QUESTION = "question"
    EVIDENCE = "evidence"  # the answer is given and saved: what backs it?
    TEXT = "text"
    LIST = "list"
    HELP = "help"
    CLOSING = "closing"
    ENDED = "ended"


Purpose = Literal["note", "reason", "text"]


@dataclass(frozen=True, slots=True)
class Script:
    """What a conversation is about; the same from its first moment to its last.

    `previous` are the answers of the year before, `asks_evidence` is true in an interview,
    `file` is how the answers' file is called on the screen. In a `workshop` every answer is a
    rating that was agreed on, and wants a reason.
    """

    definition: Definition
    questions: tuple[Question, ...]
    file: str = ""
    by: str | None = None
    previous: Assessment | None = None
    previous_year: str = ""
    asks_evidence: bool = False
    adaptive: bool = False
    pace: Fraction | None = None
    workshop: Workshop | None = None


class Draft(NamedTuple):
    """What was said about a question before its answer."""

    evidence: int | None = None
    note: str | None = None


class Change(NamedTuple):
    """What undo goes back to: the assessment, the place, and the draft that became an answer."""

    assessment: Assessment
    position: int
    draft: Draft


@dataclass(frozen=True, slots=True)
class State:
    """One moment of a conversation.

    `position` counts the questions from 0; their number stands for the closing page. `code` is an
    answer that waits for its reason, `pointer` the line that Enter would choose, `news` what just
    happened, `history` what undo goes back to, `answered_at` when answers were given.
    """

    script: Script
    assessment: Assessment
    position: int
    settled: Mapping[str, int]
    view: View = View.QUESTION
    purpose: Purpose = "text"
    code: str = ""
    pointer: int | None = None
    details: bool = False
    search: str = ""
    only_open: bool = False
    news: tuple[str, ...] = ()
    drafts: Mapping[str, Draft] = field(default_factory=dict)
    history: tuple[Change, ...] = ()
    answered_at: tuple[float, ...] = ()
    back_to: View = View.QUESTION

    @property
    def question(self) -> Question:
        """The question on the screen; the last one on the closing page."""
        return self.script.questions[min(self.position, len(self.script.questions) - 1)]

    @property
    def given(self) -> Answer | None:
        """The answer to the question on the screen, if there is one."""
        return self.assessment.answers.get(self.question.id) if self.question.rated else None

    @property
    def before(self) -> Answer | None:
        """Last year's answer to the question on the screen, where its scale still knows it."""
        entry, previous = self.question.entry, self.script.previous
        old = previous.answers.get(self.question.id) if previous else None
        return old if entry and old and old.answer in entry.codes else None

    @property
    def text_before(self) -> str:
        """What was written last year to the question on the screen; empty where it is rated."""
        question, previous = self.question, self.script.previous
        return find_text(question, previous) if previous and not question.rated else ""

    @property
    def draft(self) -> Draft:
        """What was said about the question on the screen before its answer."""
        return self.drafts.get(self.question.id, Draft())

    @property
    def topic(self) -> Topic | None:
        """What respondents said about the question on the screen; None outside a workshop."""
        workshop = self.script.workshop
        return workshop.topics.get(self.question.id) if workshop else None

    @property
    def whole(self) -> Assessment:
        """What the answers so far mean: in a workshop, together with those of the panel."""
        workshop = self.script.workshop
        return workshop.fill_in(self.assessment) if workshop else self.assessment

    @property
    def unanswered(self) -> tuple[Question, ...]:
        """The questions of this conversation that still want an answer."""
        return list_open(self.script.questions, self.assessment, self.settled)

    @property
    def text(self) -> str:
        """What stands in the text field when it opens."""
        question, given = self.question, self.given
        if not question.rated:
            return find_text(question, self.assessment)
        note = (given.note if given else self.draft.note) or ""
        if self.purpose == "reason":
            old = given.reason if given else None
            why = note if self.script.workshop else ""
            return old or (self.before.reason if self.before else None) or why
        return note


def begin(script: Script, assessment: Assessment) -> State:
    """The first moment: at the first open question, or on the closing page.

    A workshop says first how much there is to talk about.
    """
    settled = find_settled(script.definition, assessment.answers) if script.adaptive else {}
    position = find_start(script.questions, assessment, settled)
    state = _arrive(State(script, assessment, position, settled))
    opens = script.workshop is not None and state.view is View.QUESTION
    return tell(state, *_open_workshop(script)) if opens else state


def _open_workshop(script: Script) -> Iterator[str]:
    """How to begin, and what it is about."""
    yield "Press the letter of the rating that you agree on."
    items = counted(len(script.questions), "item")
    yield f"{sentence(items)} on which respondents differ, widest apart first."


def look_at(script: Script, assessment: Assessment) -> Outlook:
    """Where a conversation stands when it pauses."""
    if script.workshop is not None:
        return look_at_workshop(script.definition, script.workshop, assessment)
    return look_ahead(script.definition, assessment, adaptive=script.adaptive)


# --- answers ---------------------------------------------------------------------------------


def is_rating(question: Question, code: str) -> bool:
    """Whether a code is a rating, which something may back, and not "don't know" or "n/a"."""
    scale = question.entry.scale if question.entry else None
    return scale is not None and code in scale.points


def wants_evidence(script: Script, question: Question, code: str) -> bool:
    """Whether the result depends on what backs this answer.

    Those options of the ladder's scale that the model ties to a level; all of them, where it ties
    none.
    """
    if not takes_evidence(script, question) or not is_rating(question, code):
        return False
    caps = script.definition.model.scoring.evidence_cap
    return bool(caps.get(code)) if caps else True


def takes_evidence(script: Script, question: Question) -> bool:
    """Whether this is an interview, and the question one of the ladder's items."""
    levels = script.definition.model.evidence_levels
    return script.asks_evidence and question.kind == "item" and bool(levels)


def answer(state: State, code: str, moment: Moment, *, in_passing: bool = False) -> State:
    """The answer is given; what is still wanted with it is asked, or else the next question.

    `in_passing` asks for no evidence.
    """
    entry = state.question.entry
    if entry is None or code not in entry.codes:
        return state
    special = entry.scale.not_applicable if entry.scale else None
    if special is not None and code == special.code:
        if not entry.allow_na:
            return tell(state, "This one applies to every organisation.")
        return _ask_why(state, code)
    if state.script.workshop is not None:
        return _ask_why(state, code)
    wants = not in_passing and wants_evidence(state.script, state.question, code)
    return _rate(state, code, moment, wants=wants)


def _ask_why(state: State, code: str) -> State:
    """The text field for the reason of an answer, which is given with it."""
    view, back = View.TEXT, View.QUESTION
    return replace(state, view=view, purpose="reason", code=code, back_to=back, news=())


def give_reason(state: State, text: str, moment: Moment) -> State:
    """The item does not apply, for this reason; or a workshop agreed on a rating, for this one.

    The reason of an agreed rating is its note.
    """
    reason, code = _tidy(text), state.code
    if not reason:
        return tell(state, "Please say why; Esc goes back without an answer.")
    state = replace(state, code="", view=View.QUESTION)
    scale = state.question.entry.scale if state.question.entry else None
    special = scale.not_applicable if scale else None
    if special is not None and code == special.code:
        return _move_on(_record(state, _make_answer(state, code, moment, reason=reason), moment))
    drafts = {**state.drafts, state.question.id: state.draft._replace(note=reason)}
    wants = wants_evidence(state.script, state.question, code)
    return _rate(replace(state, drafts=drafts), code, moment, wants=wants)


def back_up(state: State, level: int, moment: Moment) -> State:
    """What backs the answer: of the one just given, of an older one, or of the one to come."""
    question, given = state.question, state.given
    known = {each.level for each in state.script.definition.model.evidence_levels}
    if not takes_evidence(state.script, question) or level not in known:
        return state
    if given is None:
        kept = None if state.draft.evidence == level else level
        return _draft(state, state.draft._replace(evidence=kept))
    if not is_rating(question, given.answer):
        return tell(state, "Only a rating can be backed.")
    update = {"evidence": level, "on": moment.day}
    after = _record(state, given.model_copy(update=update), moment, again=True)
    return _move_on(after) if state.view is View.EVIDENCE else after


def write(state: State, text: str, moment: Moment) -> State:
    """The text of the field is taken: a note, a reason, or the answer to an unscored question."""
    if len(text) > LONGEST_TEXT:
        return tell(state, f"This is {len(text)} characters long; at most {LONGEST_TEXT} fit.")
    if state.purpose == "reason":
        return give_reason(state, text, moment)
    if state.purpose == "note":
        return _note(state, _tidy(text), moment)
    return _write_text(state, _tidy(text))


def take_over(state: State, moment: Moment) -> State:
    """Last year's answer holds unchanged; what backs it is asked, unless it is known afresh."""
    old, question = state.before, state.question
    if old is None:
        return _write_text(state, state.text_before) if state.text_before else state
    wants = takes_evidence(state.script, question) and is_rating(question, old.answer)
    return _rate(state, old.answer, moment, wants=wants, reason=old.reason)


def _rate(
    state: State, code: str, moment: Moment, *, wants: bool, reason: str | None = None
) -> State:
    """The answer is given with what backs it, as far as that is known; where it `wants` it, asked.

    What was said before the answer counts before what stands in the file.
    """
    draft, old = state.draft, state.given
    evidence = draft.evidence if draft.evidence is not None else (old.evidence if old else None)
    given = _make_answer(state, code, moment, evidence=evidence, reason=reason)
    after = _record(state, given, moment)
    if wants and evidence is None:
        return replace(after, view=View.EVIDENCE, pointer=None)
    return _move_on(after)


def clear(state: State) -> State:
    """The question is open again."""
    if state.given is None:
        return state
    name = state.question.id
    emptied = with_answer(state.assessment, state.script.definition, name, None)
    return tell(_change(state, emptied), f"{name} is open again.")


def undo(state: State) -> State:
    """The last change never was; back to where it was made."""
    if not state.history:
        return tell(state, "Nothing to undo since this run began.")
    (assessment, position, draft), rest = state.history[-1], state.history[:-1]
    after = replace(state, assessment=assessment, position=position, history=rest)
    if draft != Draft():
        after = replace(after, drafts={**state.drafts, after.question.id: draft})
    after = _arrive(_settle(replace(after, answered_at=state.answered_at[:-1])))
    return tell(after, f"Undone: {after.question.id} is as it was before.")


def _make_answer(
    state: State,
    code: str,
    moment: Moment,
    *,
    evidence: int | None = None,
    reason: str | None = None,
) -> Answer:
    """The answer with the note that belongs to it; nothing that is not known is written."""
    old = state.given
    note = state.draft.note if state.draft.note is not None else (old.note if old else None)
    agreed = state.script.workshop is not None
    if agreed and reason is not None:
        note = None  # the one reason that was written says it
    given = {
        "answer": code,
        "evidence": evidence if is_rating(state.question, code) else None,
        "note": note,
        "reason": reason,
        "by": state.script.by,
        "on": moment.day,
        "agreed": agreed or None,
    }
    return Answer(**{key: value for key, value in given.items() if value is not None})


def _record(state: State, given: Answer, moment: Moment, *, again: bool = False) -> State:
    """The answer is in the assessment, and what was drafted has become part of it."""
    question = state.question
    after = _change(
        state, with_answer(state.assessment, state.script.definition, question.id, given)
    )
    drafts = {key: each for key, each in state.drafts.items() if key != question.id}
    times = state.answered_at if again else (*state.answered_at, moment.seconds)
    after = replace(after, drafts=drafts, answered_at=times)
    news = [f"Saved: {question.id}, {without_stop(name_answer(question, given.answer))}."]
    return replace(after, news=(*news, *_tell_growth(state, after)))


def _change(state: State, assessment: Assessment) -> State:
    history = (*state.history, Change(state.assessment, state.position, state.draft))
    return _settle(replace(state, assessment=assessment, history=history))


def _settle(state: State) -> State:
    """The state with what its answers settle anew: in the characteristic of the question alone."""
    entry, definition = state.question.entry, state.script.definition
    if not state.script.adaptive or entry is None or entry.characteristic is None:
        return state
    changed = entry.characteristic
    kept = {
        name: held
        for name, held in state.settled.items()
        if definition.entries[name].characteristic != changed
    }
    fresh = find_settled(definition, state.assessment.answers, [changed])
    return replace(state, settled={**kept, **fresh})


def _tell_growth(before: State, after: State) -> list[str]:
    """The line on a characteristic of which nothing is open now, and what is left out after it."""
    entry = before.question.entry
    if entry is None or entry.characteristic is None:
        return []
    name, script = entry.characteristic, after.script
    if any(each.entry and each.entry.characteristic == name for each in after.unanswered):
        return []
    line = describe_ladder(script.definition, after.whole, name)
    lines = [line] if line else []
    fresh = [each for each in after.settled if each not in before.settled]
    if fresh:
        lines.append(
            f"{sentence(counted(len(fresh), 'higher question'))} skipped: its stage is settled."
        )
    return lines


# --- texts -----------------------------------------------------------------------------------


def _tidy(text: str) -> str:
    return clean(text).replace("\r", "\n").strip()


def _note(state: State, note: str, moment: Moment) -> State:
    given = state.given
    closed = replace(state, view=state.back_to)
    if given is None:
        return _draft(closed, state.draft._replace(note=note or None))
    if note == (given.note or ""):
        return closed
    if not note and given.agreed and given.reason is None:
        return tell(state, "What is agreed keeps its reason; Esc leaves it as it was.")
    kept = {key: getattr(given, key) for key in given.model_fields_set if key != "note"}
    written = Answer(**kept, **({"note": note} if note else {}))
    after = _record(closed, written, moment, again=True)
    return tell(after, f"Saved: the note on {state.question.id}." if note else "The note is gone.")


def _draft(state: State, draft: Draft) -> State:
    """What is said before the answer is kept, and becomes part of it."""
    drafts = {**state.drafts, state.question.id: draft}
    waiting = draft.note is not None or draft.evidence is not None
    news = ("Kept; it is saved together with the answer.",) if waiting else ()
    return replace(state, drafts=drafts, news=news)


def _write_text(state: State, text: str) -> State:
    """The answer to a question that is not scored; an empty one leaves it open."""
    question, assessment = state.question, state.assessment
    if question.id in NUMBERS and text:
        text = text.replace(" ", "")
        if not DECIMAL.fullmatch(text):
            return tell(state, "A number, such as 310000 or 1250.50, without a currency.")
    if question.kind == "context":
        after = with_context(assessment, state.script.definition, question.id, text)
    else:
        after = with_figure(assessment, question.id, text)
    if after != assessment:
        state = replace(_change(state, after), news=("Saved.",))
    return go_to(replace(state, view=View.QUESTION), state.position + 1, keep_news=True)


# --- moving ----------------------------------------------------------------------------------


def go_to(state: State, position: int, *, keep_news: bool = False) -> State:
    """The question at a position; past the last one, the closing page."""
    place = max(0, min(position, len(state.script.questions)))
    news = state.news if keep_news else ()
    return _arrive(replace(state, position=place, details=False, news=news))


def go_back(state: State) -> State:
    """The question before; from the evidence of an answer, that answer."""
    if state.view is View.EVIDENCE:
        return replace(state, view=View.QUESTION, pointer=None)
    for position in range(state.position - 1, -1, -1):
        if state.script.questions[position].id not in state.settled:
            return go_to(state, position)
    return tell(state, "This is the first question.")


def go_forward(state: State) -> State:
    """The question after, whether this one is answered or not; past what is settled."""
    if state.view is View.EVIDENCE:
        return _move_on(state)
    question, questions = state.question, state.script.questions
    place = state.position + 1
    while place < len(questions) and questions[place].id in state.settled:
        place += 1
    after = go_to(state, place)
    if question.rated and not is_answered(question, state.assessment):
        return tell(after, f"{question.id} stays open; Tab comes back to it.")
    return after


def go_to_open(state: State) -> State:
    """The next open question, from the top again after the last."""
    ids = [each.id for each in state.unanswered]
    if not ids:
        return tell(state, "No question is open.")
    order = {each.id: n for n, each in enumerate(state.script.questions)}
    places = [order[name] for name in ids]
    return go_to(state, next((p for p in places if p > state.position), places[0]))


def skip_texts(state: State) -> State:
    """Past the questions that are not scored."""
    questions = state.script.questions
    kind = state.question.kind
    for position in range(state.position, len(questions)):
        if questions[position].kind != kind:
            return go_to(state, find_next(questions, state.assessment, position, state.settled))
    return go_to(state, len(questions))


def _move_on(state: State) -> State:
    """To the next open question after this one; news of the last answer stays."""
    questions = state.script.questions
    place = find_next(questions, state.assessment, state.position + 1, state.settled)
    return go_to(replace(state, view=View.QUESTION), place, keep_news=True)


def _arrive(state: State) -> State:
    """The state with the view that belongs to its position."""
    closing = state.position >= len(state.script.questions)
    view = View.CLOSING if closing else View.QUESTION
    return replace(state, view=view, pointer=None, code="")


def tell(state: State, *news: str) -> State:
    """The state with something to say about what just happened."""
    return replace(state, news=news)


# --- views -----------------------------------------------------------------------------------


def open_note(state: State) -> State:
    """The text field for a note on the question."""
    return replace(state, view=View.TEXT, purpose="note", back_to=state.view, news=())


def open_text(state: State) -> State:
    """The text field for the answer to a question that is not scored."""
    return replace(state, view=View.TEXT, purpose="text", back_to=View.QUESTION, news=())


def cancel(state: State) -> State:
    """Back to the question; what stood in the field is dropped."""
    if state.view in (View.TEXT, View.HELP):
        return replace(state, view=state.back_to, code="", news=())
    return _arrive(replace(state, search="", news=()))


def toggle_details(state: State) -> State:
    """More about the question, or less again."""
    return replace(state, details=not state.details, news=())


def open_help(state: State) -> State:
    """The page of all keys."""
    return replace(state, view=View.HELP, back_to=state.view, news=())


def open_list(state: State) -> State:
    """The list of all questions, at the one on the screen."""
    opened = replace(state, view=View.LIST, search="", only_open=False, news=())
    return replace(opened, pointer=min(state.position, len(state.script.questions) - 1))


def list_found(state: State) -> tuple[int, ...]:
    """The positions of the questions that the list shows: those with every word searched for."""
    words = state.search.casefold().split()
    wanting = {each.id for each in state.unanswered}
    found = []
    for position, each in enumerate(state.script.questions):
        text = f"{each.id} {each.heading} {each.part} {each.statement}".casefold()
        if all(word in text for word in words) and (not state.only_open or each.id in wanting):
            found.append(position)
    return tuple(found)


def search(state: State, text: str) -> State:
    """The list with the questions that hold these words; the pointer goes to the first."""
    return replace(state, search=text, pointer=0 if text else state.pointer)


def toggle_open(state: State) -> State:
    """The list with open questions only, or with all."""
    return replace(state, only_open=not state.only_open, pointer=0)


def point(state: State, step: int, count: int) -> State:
    """The pointer so many lines further, within the lines there are."""
    if not count:
        return replace(state, pointer=None)
    start = state.pointer if state.pointer is not None else (-1 if step > 0 else count)
    return replace(state, pointer=max(0, min(count - 1, start + step)), news=())


def jump(state: State) -> State:
    """The question that the pointer of the list is at."""
    found = list_found(state)
    if not found or state.pointer is None:
        return tell(state, "No question holds these words.")
    return go_to(replace(state, search=""), found[min(state.pointer, len(found) - 1)])


def stop(state: State) -> State:
    """The end; but first back to a note that no answer carries yet, since it would be lost."""
    warned = warn_of_loss(state, "q")
    return replace(state, view=View.ENDED) if warned is None else warned


def warn_of_loss(state: State, key: str) -> State | None:
    """Back to a note that no answer carries yet, with a warning; None where none would be lost.

    Also None where the warning stands on the screen already: the `key` was pressed again.
    """
    waiting = [name for name, draft in state.drafts.items() if draft.note]
    warning = f"This note is saved with an answer; {key} again leaves without it."
    if not waiting or warning in state.news:
        return None
    place = next(n for n, each in enumerate(state.script.questions) if each.id == waiting[0])
    return tell(go_to(state, place), warning)
