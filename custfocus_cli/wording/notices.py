"""The sentences of the notices: what a reader of a result must know beside its numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from custfocus_cli.wording.phrases import count, counted, listed, sentence

# `{names}` is the list of what the notice is about, `{items}` and `{characteristics}` count them.
SENTENCES: Final[Mapping[str, str]] = {
    "digest-differs": (
        "The questionnaire has changed since these answers were given. They are scored by the"
        " questionnaire as it is now."
    ),
    "unknown-items": "{items} of the file {are} not in this questionnaire and left out: {names}.",
    "outside-answers": "{answers} {are} left out: this questionnaire does not ask for {them}.",
    "narrowed-scope": (
        "{items} {do} not apply here, more than a fifth of all. The result speaks for what is left."
    ),
    "stage-untested": (
        "A stage was passed without being tested, because none of its items applies: {names}."
    ),
    "thin-base": "At some stage only one item is left, as others do not apply, so read with care:"
    " {names}.",
    "no-context": (
        "The questions on the context are open. Answer them before choosing what to improve."
    ),
    "business-case": (
        "The target asks for a stage that needs a business case first, in {characteristics}:"
        " {names}."
    ),
    "many-changes": (
        "{count} next steps are open at once. Begin with a few: customers are the first to notice"
        " the errors of many changes."
    ),
    "weight-zero": "{items} {are} asked for information only and {do} not count: {names}.",
    "adaptive": (
        "The interview passed over items above the first open stage. Stages are exact all the same;"
        " the index can be a range or missing, so compare it with other years with care."
    ),
    "set-aside": "People gave these differently, so they are left out: {names}.",
    "old-questionnaire-not-found": (
        "The older questionnaire is not at hand, so what caused a change cannot be told."
    ),
    "few-on-one-side": (
        "How people see these was not compared: fewer than ten people answered on one side, so that"
        " one figure is the middle of a few and the other a mean: {names}."
    ),
    "not-shared": "{items} {are} asked on one side alone and {are} not compared: {names}.",
    "no-baseline": "There is no baseline: the earlier result is missing, so nothing was compared.",
    "not-judged": "What needs two results was not judged: {names}.",
    "withheld": "Not shown, as fewer than five people answered there: {names}.",
    "held-back": (
        "Fewer than five people answered {items}, so that {they} as good as open: {names}."
    ),
    "other-targets": (
        "The units aim at different targets, so their ways to them cannot be compared; --target"
        " measures all by one."
    ),
    "few-answers": (
        "Fewer than five people rated these, so how they see them is not shown: {names}."
    ),
    "mixed-mode": "Interviews, self-assessments and surveys are mixed here; they tend to differ.",
}

# A list of ids longer than this is cut; the count before it stays whole.
_LISTED = 12


def notice(name: str, about: Sequence[str] = (), number: int | None = None) -> str:
    """The sentence of the notice with that id; KeyError where there is none.

    `about` holds what it is about, as names to be read; `number` counts where there is no list.
    """
    many = len(about) if number is None else number
    one = many == 1
    said = SENTENCES[name].format(
        names=listed(about, _LISTED),
        count=count(many),
        items=counted(many, "item"),
        answers=counted(many, "answer"),
        characteristics=counted(many, "characteristic"),
        are="is" if one else "are",
        do="does" if one else "do",
        them="it" if one else "them",
        they="it is" if one else "they are",
    )
    return sentence(said)
