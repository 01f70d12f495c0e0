"""The conversation in the terminal: one question after another, each answer saved at once."""

from __future__ import annotations

import datetime
import textwrap
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

import questionary
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from custfocus_cli.documents.assessment import Answer, Assessment
from custfocus_cli.documents.definition import Definition
from custfocus_cli.documents.questionnaire import Placement
from custfocus_cli.interview.plan import (
    Question,
    first_open,
    questions,
    with_answer,
    with_context,
)
from custfocus_cli.wording.safety import safe

LONGEST_TEXT = 20_000
"""How many characters a text in a file may have."""


class Move(Enum):
    """What may be chosen in place of an answer."""

    SKIP = "Skip for now"
    BACK = "Back to the question before"
    STOP = "Stop here; everything is saved"


@dataclass(frozen=True, slots=True)
class Interview:
    """What a conversation needs: what is asked, whose word it is, and where answers go.

    `save` has written the assessment to disk when it returns; `today` is the day of an answer.
    """

    definition: Definition
    save: Callable[[Assessment], None]
    today: Callable[[], datetime.date]
    by: str | None = None

    def asks_evidence(self, assessment: Assessment) -> bool:
        """Whether this is an interview, which asks for what backs each answer."""
        mode = assessment.mode or self.definition.questionnaire.audience
        return mode == "interview" and bool(self.definition.model.evidence_levels)


def hold(interview: Interview, assessment: Assessment) -> Assessment:
    """The assessment after the conversation: until every question is answered, or it is stopped.

    Begins at the first open question. KeyboardInterrupt and EOFError pass through; what was
    answered before them is saved.
    """
    assessment = _ask_context(interview, assessment)
    console = Console(highlight=False, markup=False, emoji=False)
    asked = questions(interview.definition)
    position = first_open(asked, assessment.answers)
    while position < len(asked):
        _show(console, asked[position])
        reply = _ask(interview, asked[position], assessment)
        match reply:
            case Move.STOP:
                return assessment
            case Move.BACK:
                position = max(0, position - 1)
            case Move.SKIP:
                position += 1
            case Answer():
                name = asked[position].entry.id
                assessment = with_answer(assessment, interview.definition, name, reply)
                interview.save(assessment)
                position = first_open(asked, assessment.answers, position + 1)
    return assessment


def ask_text(message: str, *, default: str = "", required: bool = False) -> str:
    """A line of text; EOFError and KeyboardInterrupt pass through."""

    def check(text: str) -> bool | str:
        if required and not text.strip():
            return "Please write something."
        return len(text) <= LONGEST_TEXT or f"At most {LONGEST_TEXT} characters fit."

    question = questionary.text(safe(message), default=default, qmark="", validate=check)
    return str(question.unsafe_ask()).strip()


def confirm(message: str) -> bool:
    """A yes or no; EOFError and KeyboardInterrupt pass through."""
    return bool(questionary.confirm(safe(message), qmark="").unsafe_ask())


def _ask_context(interview: Interview, assessment: Assessment) -> Assessment:
    """The assessment with the open context questions answered, where the respondent wants to."""
    asked = [
        each
        for each in interview.definition.questionnaire.context
        if each.id not in assessment.context
    ]
    if not asked or not confirm(
        f"Questions on the context, open and not scored: {len(asked)}. Answer now?"
    ):
        return assessment
    for each in asked:
        text = ask_text(f"{each.question} (Enter: leave open)")
        if text:
            assessment = with_context(assessment, interview.definition, each.id, text)
            interview.save(assessment)
    return assessment


def _ask(interview: Interview, question: Question, assessment: Assessment) -> Answer | Move:
    """The answer to one question with all that belongs to it, or where to go instead."""
    old = assessment.answers.get(question.entry.id)
    chosen = _choose(question, old)
    if isinstance(chosen, Move):
        return chosen
    reason = None
    scale = question.entry.scale
    special = (scale.dont_know, scale.not_applicable) if scale else ()
    if special and special[1] is not None and chosen == special[1].code:
        reason = ask_text(
            "Why does it not apply?", default=(old and old.reason) or "", required=True
        )
    rated = chosen not in [each.code for each in special if each is not None]
    evidence = old.evidence if old else None
    if rated and question.entry.kind == "item" and interview.asks_evidence(assessment):
        evidence = _choose_evidence(interview.definition, evidence)
    note = ask_text("Note (Enter: none)", default=(old and old.note) or "")
    given = {
        "answer": chosen,
        "evidence": evidence if rated else None,
        "note": note or None,
        "reason": reason,
        "by": interview.by,
        "on": interview.today(),
    }
    return Answer(**{key: value for key, value in given.items() if value is not None})


def _show(console: Console, question: Question) -> None:
    """Prints where we are, the statement, and what helps to answer it."""
    entry = question.entry
    source = entry.source
    where = f"{question.heading}  ({question.number} of {question.total})"
    console.print()
    console.rule(Text(safe(where)), align="left", characters="-")
    console.print(Text(safe(entry.statement), style="bold"))
    if isinstance(source, Placement):
        return
    for text in (
        source.probe,
        "Evidence: " + "; ".join(source.evidence) if source.evidence else "",
    ):
        if text:
            console.print(Padding(Text(safe(text)), (0, 0, 0, 2)))


def _choose(question: Question, old: Answer | None) -> str | Move:
    """The code of the answer, or a move; the old answer is where the pointer starts."""
    choices = [*_answers(question), *((move.value, move, "") for move in Move)]
    keys = _keys([str(value if isinstance(value, str) else title) for title, value, _ in choices])
    built = [
        questionary.Choice(safe(title), value=value, description=_wrap(more), shortcut_key=key)
        for (title, value, more), key in zip(choices, keys, strict=True)
    ]
    start = next((each for each in built if old is not None and each.value == old.answer), None)
    scale = question.entry.scale
    chosen = questionary.select(
        safe(scale.question) if scale else "Which comes nearest?",
        choices=built,
        default=start,
        qmark="",
        pointer=">",
        use_shortcuts=True,
        use_jk_keys=False,
        instruction="(key, or arrows and Enter)",
    ).unsafe_ask()
    return chosen if isinstance(chosen, Move) else str(chosen)


def _wrap(text: str) -> str | None:
    """A meaning in lines that fit: what is too long for the terminal would be cut off."""
    width = min(Console().width, 100) - 3
    return textwrap.fill(safe(text), width, initial_indent=" " * 15)[15:] or None


def _answers(question: Question) -> Iterable[tuple[str, str, str]]:
    """Each possible answer: its words, its code, and what it means."""
    entry = question.entry
    if isinstance(entry.source, Placement):
        for number, text in enumerate(entry.source.options):
            yield text, str(number), ""
        for code in entry.codes[len(entry.source.options) :]:
            yield code, code, ""
    if entry.scale is None:
        return
    for option in entry.scale.options:
        yield option.label, option.code, option.meaning
    for special in (entry.scale.dont_know, entry.scale.not_applicable):
        if special is not None and (special is entry.scale.dont_know or entry.allow_na):
            yield special.label, special.code, special.meaning


def _keys(names: Sequence[str]) -> list[str]:
    """A key for each name: its first letter or digit that is still free, else a digit."""
    taken: list[str] = []
    for name in names:
        letters = [letter for letter in name.lower() if letter.isascii() and letter.isalnum()]
        pool = [*letters, *"1234567890abcdefghijklmnopqrstuvwxyz"]
        taken.append(next(key for key in pool if key not in taken))
    return taken


def _choose_evidence(definition: Definition, old: int | None) -> int:
    """The evidence level behind an answer."""
    built = [
        questionary.Choice(
            safe(level.label),
            value=level.level,
            description=_wrap(level.meaning),
            shortcut_key=str(level.level),
        )
        for level in definition.model.evidence_levels
    ]
    chosen = questionary.select(
        "What backs this answer?",
        choices=built,
        default=next((each for each in built if each.value == old), None),
        qmark="",
        pointer=">",
        use_shortcuts=True,
        use_jk_keys=False,
        instruction="(key, or arrows and Enter)",
    ).unsafe_ask()
    return int(chosen)
