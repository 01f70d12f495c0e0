"""Which key does what at each moment: the one table behind the screen's hints and the keyboard.

Pure. Keys have names of their own: a character, or `left`, `right`, `up`, `down`, `page-up`,
`page-down`, `enter`, `tab`, `escape`, `delete`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Final, NamedTuple

from custfocus_cli.interview import conversation as talk
from custfocus_cli.interview.conversation import Moment, Script, State, View
from custfocus_cli.interview.plan import Question

Step = Callable[[State, Moment], State]

RESERVED: Final = "wiuzjq"
"""Letters that mean the same at every question, so no answer has one of them."""


class Key(NamedTuple):
    """A key that works now: what it is called, what it does in words, and what it does.

    `shown` is false for a second name of something that is shown already.
    """

    name: str
    label: str
    step: Step
    shown: bool = True


class Choice(NamedTuple):
    """One possible answer and the key that gives it; no key where there are too many."""

    key: str
    code: str
    label: str
    meaning: str = ""


# --- answers ---------------------------------------------------------------------------------


def list_choices(script: Script, question: Question) -> tuple[Choice, ...]:
    """The possible answers to a rated question, worst first, each with its key."""
    listed = list(_list_answers(script, question))
    digits = "" if talk.takes_evidence(script, question) else "0123456789"
    keys = _find_keys([(code, label, first) for code, label, _, first in listed], digits)
    return tuple(
        Choice(key, code, label, meaning)
        for key, (code, label, meaning, _) in zip(keys, listed, strict=True)
    )


def _list_answers(script: Script, question: Question) -> Iterator[tuple[str, str, str, str]]:
    """Code, label, meaning, and the key that stands for it whatever else there is."""
    entry = question.entry
    if entry is None:
        return
    if entry.scale is None:
        texts = getattr(entry.source, "options", ())
        yield from ((str(number), text, "", "") for number, text in enumerate(texts))
        unknown = script.definition.model.scale.dont_know
        if unknown is not None:
            yield unknown.code, unknown.label, unknown.meaning, "d"
        return
    for option in entry.scale.options:
        yield option.code, option.label, option.meaning, ""
    for special, key in ((entry.scale.dont_know, "d"), (entry.scale.not_applicable, "x")):
        if special is not None and (key == "d" or entry.allow_na):
            yield special.code, special.label, special.meaning, key


def _find_keys(names: list[tuple[str, str, str]], digits: str) -> list[str]:
    """A key for each answer: its own, else a letter of its code or label that is still free."""
    taken = {own for _, _, own in names}
    keys = []
    for code, label, own in names:
        near = [each for each in f"{code}{label}".lower() if each.isascii() and each.isalnum()]
        pool = [*near, *"abcdefghijklmnoprstvxy", *digits]
        usable = (
            each
            for each in pool
            if each not in taken and each not in RESERVED and (each in digits or not each.isdigit())
        )
        key = own or next(usable, "")
        taken.add(key)
        keys.append(key)
    return keys


# --- keys --------------------------------------------------------------------------------------


def list_keys(state: State) -> tuple[Key, ...]:
    """The keys that work now, in the order in which the screen names them."""
    return tuple(_TABLES[state.view](state))


def press(state: State, name: str, moment: Moment) -> State:
    """The state after a key; the same one where the key means nothing now.

    A capital letter without a meaning of its own is the small one.
    """
    steps = {key.name: key.step for key in reversed(list_keys(state))}
    step = steps.get(name) or (steps.get(name.lower()) if len(name) == 1 else None)
    return step(state, moment) if step else state


def _plain(step: Callable[[State], State]) -> Step:
    return lambda state, moment: step(state)


def _list_question_keys(state: State) -> Iterator[Key]:
    question, script = state.question, state.script
    if question.rated:
        yield from _list_answer_keys(state)
        yield from _list_pointer_keys(state, len(list_choices(script, question)))
    else:
        yield Key("enter", "write the answer", _plain(talk.open_text))
        if state.text_before:
            yield Key("u", f"unchanged since {script.previous_year}", talk.take_over)
        yield Key("s", "skip these questions", _plain(talk.skip_texts))
    yield Key("left", "back", _plain(talk.go_back))
    yield Key("right", "next", _plain(talk.go_forward))
    if question.rated:
        if state.before is not None:
            yield Key("u", f"unchanged since {script.previous_year}", talk.take_over)
        yield Key("w", _name_note(state), _plain(talk.open_note))
        yield Key("i", "less" if state.details else "more about it", _plain(talk.toggle_details))
        if state.details:
            yield Key("escape", "less", _plain(talk.toggle_details), shown=False)
        if state.given is not None:
            yield Key("delete", "take the answer out", _plain(talk.clear), shown=False)
    yield Key("z", "undo", _plain(talk.undo))
    yield from _list_lasting_keys()


def _name_note(state: State) -> str:
    return "write a note" if state.script.workshop is None else "write the reason"


def _list_answer_keys(state: State) -> Iterator[Key]:
    script, question = state.script, state.question
    for choice in list_choices(script, question):
        if choice.key:
            give = partial(_give, choice.code, in_passing=False)
            yield Key(choice.key, choice.label, give, shown=False)
            if script.workshop is None and talk.wants_evidence(script, question, choice.code):
                passing = partial(_give, choice.code, in_passing=True)
                yield Key(choice.key.upper(), choice.label, passing, shown=False)
    yield from _list_evidence_keys(state)


def _list_evidence_keys(state: State) -> Iterator[Key]:
    if talk.takes_evidence(state.script, state.question):
        for each in state.script.definition.model.evidence_levels:
            if each.level < 10:
                yield Key(str(each.level), each.label, partial(_back_up, each.level), shown=False)


def _list_pointer_keys(state: State, count: int) -> Iterator[Key]:
    yield Key("down", "", lambda s, _: talk.point(s, 1, count), shown=False)
    yield Key("up", "", lambda s, _: talk.point(s, -1, count), shown=False)
    yield Key("enter", "", _choose, shown=False)


def _choose(state: State, moment: Moment) -> State:
    """The answer that the pointer is at."""
    if state.pointer is None:
        hint = "Choose an answer by its letter, or with the up and down keys."
        return talk.tell(state, hint)
    choice = list_choices(state.script, state.question)[state.pointer]
    return talk.answer(state, choice.code, moment)


def _give(code: str, state: State, moment: Moment, *, in_passing: bool) -> State:
    return talk.answer(state, code, moment, in_passing=in_passing)


def _back_up(level: int, state: State, moment: Moment) -> State:
    return talk.back_up(state, level, moment)


def _list_evidence_view_keys(state: State) -> Iterator[Key]:
    levels = state.script.definition.model.evidence_levels
    yield from _list_evidence_keys(state)
    yield Key("enter", "nothing yet, next question", _choose_evidence)
    yield Key("right", "next", _plain(talk.go_forward), shown=False)
    yield Key("down", "", lambda s, _: talk.point(s, 1, len(levels)), shown=False)
    yield Key("up", "", lambda s, _: talk.point(s, -1, len(levels)), shown=False)
    yield Key("left", "change the answer", _plain(talk.go_back))
    yield Key("w", _name_note(state), _plain(talk.open_note))
    yield Key("i", "less" if state.details else "more about it", _plain(talk.toggle_details))
    yield Key("z", "undo", _plain(talk.undo))
    yield from _list_lasting_keys()


def _choose_evidence(state: State, moment: Moment) -> State:
    if state.pointer is None:
        return talk.go_forward(state)
    level = state.script.definition.model.evidence_levels[state.pointer].level
    return talk.back_up(state, level, moment)


def _list_lasting_keys() -> Iterator[Key]:
    """The keys that mean the same at every question and on the closing page."""
    yield Key("tab", "next open", _plain(talk.go_to_open), shown=False)
    yield Key("j", "jump", _plain(talk.open_list))
    yield Key("/", "jump", _plain(talk.open_list), shown=False)
    yield Key("?", "all keys", _plain(talk.open_help))
    yield Key("q", "quit", _plain(talk.stop))


def _list_text_keys(state: State) -> Iterator[Key]:
    empty = {"note": "Enter: keep", "reason": "Enter: done", "text": "Enter: next"}
    yield Key("enter", empty[state.purpose].removeprefix("Enter: "), lambda s, m: s)
    yield Key("escape", "back without it", _plain(talk.cancel))


def _list_list_keys(state: State) -> Iterator[Key]:
    count = len(talk.list_found(state))
    yield Key("up", "", lambda s, _: talk.point(s, -1, count), shown=False)
    yield Key("down", "", lambda s, _: talk.point(s, 1, count), shown=False)
    yield Key("page-up", "", lambda s, _: talk.point(s, -10, count), shown=False)
    yield Key("page-down", "", lambda s, _: talk.point(s, 10, count), shown=False)
    yield Key("enter", "go there", _plain(talk.jump))
    yield Key("tab", "all" if state.only_open else "open only", _plain(talk.toggle_open))
    yield Key("escape", "back", _plain(talk.cancel))


def _list_help_keys(state: State) -> Iterator[Key]:
    yield Key("escape", "back", _plain(talk.cancel))
    for name in ("enter", "?", "q", " ", "left"):
        yield Key(name, "back", _plain(talk.cancel), shown=False)


def _list_closing_keys(state: State) -> Iterator[Key]:
    yield Key("enter", "finish", _plain(talk.stop))
    yield Key("left", "back to the questions", _plain(talk.go_back))
    if state.unanswered:
        yield Key("tab", "next open question", _plain(talk.go_to_open))
    yield Key("z", "undo", _plain(talk.undo))
    yield from (key for key in _list_lasting_keys() if key.name != "tab")


def _list_no_keys(state: State) -> Iterator[Key]:
    yield from ()


_TABLES: Final[Mapping[View, Callable[[State], Iterator[Key]]]] = {
    View.QUESTION: _list_question_keys,
    View.EVIDENCE: _list_evidence_view_keys,
    View.TEXT: _list_text_keys,
    View.LIST: _list_list_keys,
    View.HELP: _list_help_keys,
    View.CLOSING: _list_closing_keys,
    View.ENDED: _list_no_keys,
}
