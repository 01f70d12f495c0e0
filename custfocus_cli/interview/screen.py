"""One moment of the conversation as the lines of one screen: pure, and readable without colours.

Every text is made safe here. A line is a tuple of pieces, each a style and its text; a style is one
of `STYLES`. What does not fit into the height is told in fewer words before anything is cut.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, NamedTuple

from custfocus_cli.documents.assessment import Answer
from custfocus_cli.interview import conversation as talk
from custfocus_cli.interview.conversation import State, View
from custfocus_cli.interview.keys import Choice, Key, list_choices, list_keys
from custfocus_cli.interview.outlook import Standing
from custfocus_cli.interview.plan import Question, estimate_minutes, is_answered, name_answer
from custfocus_cli.interview.workshop import Topic
from custfocus_cli.wording.phrases import counted, sentence, with_stop, without_stop
from custfocus_cli.wording.safety import safe
from custfocus_cli.wording.signs import draw_bar

STYLES: Final = ("", "bold", "dim", "key", "picked", "chosen", "alert")
"""How a piece may stand out; none says anything that its words do not say."""

WIDEST: Final = 100
TALLEST: Final = 34
NARROWEST: Final = 20

Piece = tuple[str, str]
Line = tuple[Piece, ...]
Measure = Callable[[str], int]


class Screen(NamedTuple):
    """The lines above and below the text field, and how high that is: 0 for no field."""

    above: tuple[Line, ...]
    below: tuple[Line, ...]
    field: int = 0


@dataclass(frozen=True, slots=True)
class Paper:
    """What a screen is drawn on: columns, rows, and how many columns a text takes."""

    width: int
    height: int
    measure: Measure

    @property
    def columns(self) -> int:
        """The columns that are used: longer lines are hard to read."""
        return max(NARROWEST, min(self.width, WIDEST))

    # --- fitting words ---

    def wrap(self, text: str, width: int) -> list[str]:
        """The text in lines no wider than that; a word that is wider is broken."""
        lines: list[str] = []
        for paragraph in safe(text).split("\n"):
            lines += self._wrap_paragraph(paragraph.split(), max(2, width))
        return lines

    def _wrap_paragraph(self, words: Sequence[str], width: int) -> list[str]:
        lines, line, used = [], "", 0
        for word in (part for each in words for part in self._break(each, width)):
            size = self.measure(word)
            if line and used + 1 + size > width:
                lines.append(line)
                line, used = word, size
            else:
                line, used = (f"{line} {word}", used + 1 + size) if line else (word, size)
        return [*lines, line]

    def _break(self, word: str, width: int) -> Iterator[str]:
        if self.measure(word) <= width:
            yield word
            return
        part, used = "", 0
        for character in word:
            size = self.measure(character)
            if used + size > width:
                yield part
                part, used = "", 0
            part, used = part + character, used + size
        yield part

    def clip(self, text: str, width: int) -> str:
        """The text in one line, with dots where it was longer."""
        line = " ".join(safe(text).split())
        if self.measure(line) <= width:
            return line
        return f"{self.cut(line, width - 3)}..." if width > 3 else self.cut(line, width)

    def cut(self, text: str, width: int) -> str:
        """The beginning of the text that fits."""
        kept, used = "", 0
        for character in text:
            used += self.measure(character)
            if used > width:
                break
            kept += character
        return kept

    def pad(self, text: str, width: int) -> str:
        """The text with spaces up to a width."""
        return text + " " * max(0, width - self.measure(text))

    def pad_with(self, text: str, mark: str) -> str:
        """The text with marks up to the last column."""
        return text + mark * max(0, self.columns - self.measure(text))

    # --- lines ---

    def say(self, text: str, style: str = "", indent: int = 1) -> list[Line]:
        """A text in lines."""
        space = " " * indent
        return [(("", space), (style, each)) for each in self.wrap(text, self.columns - indent - 1)]

    def label(self, name: str, text: str, style: str = "") -> list[Line]:
        """A text behind its name: `Ask:  Where would ...`, wrapped beside the name."""
        start = f" {self.clip(name, self.columns // 3)} "
        size = self.measure(start)
        first, *rest = self.wrap(text, self.columns - size - 1)
        return [
            (("bold", start), (style, first)),
            *((("", " " * size), (style, each)) for each in rest),
        ]

    def flow(self, name: str, words: Sequence[str]) -> list[Line]:
        """Words behind their name, three spaces apart, none of them broken over two lines."""
        start = f" {self.clip(name, self.columns // 3)} "
        size = self.measure(start)
        room = self.columns - size - 1
        rows: list[str] = []
        for word in (self.clip(each, room) for each in words):
            if rows and self.measure(rows[-1]) + 3 + self.measure(word) <= room:
                rows[-1] += f"   {word}"
            else:
                rows.append(word)
        heads = [("bold", start), *[("", " " * size)] * (len(rows) - 1)]
        return [(head, ("", row)) for head, row in zip(heads, rows, strict=True)]


def draw(state: State, paper: Paper) -> Screen:
    """The screen of a moment: no wider than the terminal, and as high unless that is very tall."""
    if state.view is not View.LIST:  # the keys stay near the question in a tall window
        paper = Paper(paper.width, min(paper.height, TALLEST), paper.measure)
    drawn = _VIEWS[state.view](state, paper)
    below = [_cut(line, paper) for line in drawn.below][-paper.height :]
    above = [_cut(line, paper) for line in drawn.above][: paper.height - len(below)]
    field = min(drawn.field, paper.height - len(above) - len(below))
    return Screen(tuple(above), tuple(below), field)


def _cut(line: Line, paper: Paper) -> Line:
    """The line without what no column is left for."""
    room, kept = min(paper.width, paper.columns), []
    for style, text in line:
        part = text if paper.measure(text) <= room else paper.cut(text, room)
        room -= paper.measure(part)
        kept.append((style, part))
    return tuple(kept)


# --- the question ------------------------------------------------------------------------------


class Talkative(NamedTuple):
    """How much is said.

    `meanings` of the answers in full (2), in short (1) or not at all (0); `gaps` everywhere (2),
    around the statement (1) or nowhere (0); `extras` are the details that were asked for beside the
    answers (2), what an interviewer needs (1), or nothing (0).
    """

    meanings: int
    gaps: int
    extras: int


_FROM_RICH_TO_LEAN: Final = (
    Talkative(2, 2, 2),
    Talkative(1, 2, 2),
    Talkative(1, 1, 2),
    Talkative(0, 2, 2),
    Talkative(2, 2, 1),
    Talkative(1, 2, 1),
    Talkative(1, 1, 1),
    Talkative(1, 0, 1),
    Talkative(0, 1, 1),
    Talkative(0, 0, 0),
)


_AIR: Final = 3
"""Lines that stay empty below meanings in full: a screen full of words is no calm one.

In a workshop below short ones too: there a bar stands with each, and a room looks at them.
"""


def _draw_question(state: State, paper: Paper) -> Screen:
    head, foot = _draw_head(state, paper), _draw_foot(state, paper)
    room = paper.height - len(head) - len(foot)
    body: list[Line] = []
    for talkative in _FROM_RICH_TO_LEAN:
        body = _draw_body(state, paper, talkative)
        bars = state.topic is not None and bool(state.topic.counts)
        crowded = talkative.meanings >= (1 if bars else 2)
        if len(body) <= room - _AIR * crowded:
            break
    return Screen((*head, *_fit(body, room, paper)), tuple(foot))


def _fit(body: Sequence[Line], room: int, paper: Paper) -> list[Line]:
    """The lines with empty ones up to the room there is, or cut with a word about it."""
    if len(body) <= room:
        return [*body, *[()] * (room - len(body))]
    hint = paper.clip("(more in a taller window)", paper.columns - 2)
    return [*body[: max(0, room - 1)], (("dim", f" {hint}"),)][: max(0, room)]


def _draw_head(state: State, paper: Paper) -> list[Line]:
    """Where we are: how far, how long, which characteristic, which stage."""
    question = state.question
    lines: list[Line] = [_draw_progress(state, paper), ()]
    where = " / ".join(each for each in (question.heading, question.part) if each)
    name = f"  {question.id}" if question.rated else ""
    room = paper.columns - 2 - paper.measure(name)
    where = paper.clip(where, room)
    lines.append((("bold", f" {paper.pad(where, room)}"), ("dim", name)))
    return lines if paper.height >= 16 else [lines[0], lines[2]]


def _draw_progress(state: State, paper: Paper) -> Line:
    """`12 of 84` with a bar, what is open before, and the minutes left."""
    rated = [each for each in state.script.questions if each.rated]
    asked = [each for each in rated if each.id not in state.settled]
    done = sum(is_answered(each, state.assessment) for each in asked)
    left = len(asked) - done
    text = _name_place(state, asked)
    minutes = estimate_minutes(left, state.answered_at, state.script.pace)
    rest = f"{left} open" if left else "none open"
    if minutes and left:
        rest += f", about {minutes} min left"
    if state.settled:
        rest += f", {len(state.settled)} not needed"
    size = paper.columns - paper.measure(text) - paper.measure(rest) - 6
    if size < 8:
        return ((("dim", paper.clip(f" {text}, {rest}", paper.columns - 1))),)
    filled = 0 if not asked else done * size // len(asked)
    bar = draw_bar(filled, filled, size)
    return (("", f" {text}  "), ("dim", bar), ("", f"  {rest}"))


def _name_place(state: State, asked: Sequence[Question]) -> str:
    """`Question 12 of 84`, counted among its like."""
    question = state.question
    if question.rated:
        if question.id in state.settled:
            return "Question not needed"
        ids = [each.id for each in asked]
        return f"Question {ids.index(question.id) + 1} of {len(ids)}"
    like = [each.id for each in state.script.questions if each.kind == question.kind]
    name = "Context" if question.kind == "context" else "Figure"
    return f"{name} {like.index(question.id) + 1} of {len(like)}"


def _draw_body(state: State, paper: Paper, talkative: Talkative) -> list[Line]:
    question = state.question
    near: list[Line] = [()] if talkative.gaps else []
    gap: list[Line] = [()] if talkative.gaps == 2 else []
    lines = [*near, *paper.say(question.statement, "bold"), *near]
    if not question.rated:
        text = state.text
        said = paper.label("Your answer:", text) if text else paper.say("No answer yet.", "dim")
        before = state.text_before
        if before:
            said += [(), *_at_most(paper.label(f"{state.script.previous_year}:", before), 6, paper)]
        return [*lines, *said]
    known = _draw_known(state, paper)
    if state.topic is not None:
        answered = _say_answered(state, state.topic, brief=not talkative.extras)
        lines += [*paper.label("Respondents:", answered), *near]
    if state.details:
        lines += [*_draw_details(state, paper), *near]
        if talkative.extras < 2:
            return [*lines, *known]
    elif state.script.asks_evidence and talkative.extras and state.topic is None:
        probe = getattr(question.entry and question.entry.source, "probe", None)
        lines += [*paper.label("Ask:", probe), *near] if probe else []
    if state.view is View.EVIDENCE:
        lines += _draw_evidence_question(state, paper, talkative)
    else:
        lines += _draw_choices(state, paper, talkative)
        if talk.takes_evidence(state.script, question):
            lines += [*gap, *_draw_evidence_row(state, paper)]
    return [*lines, *gap, *known] if known else lines


def _draw_choices(state: State, paper: Paper, talkative: Talkative) -> list[Line]:
    question = state.question
    entry = question.entry
    asked = entry.scale.question if entry and entry.scale else "Which comes nearest?"
    given = state.given.answer if state.given else None
    rows = [
        (choice, ">" if number == state.pointer else "*" if choice.code == given else " ")
        for number, choice in enumerate(list_choices(state.script, question))
    ]
    counts = state.topic.counts if state.topic is not None else {}
    bars = {choice.code: _draw_count(state, choice.code) for choice, _ in rows} if counts else {}
    return [*paper.say(asked), *_draw_rows(rows, paper, talkative, bars)]


def _say_answered(state: State, topic: Topic, *, brief: bool) -> str:
    """How many answered, and what the panel rating is; or that both stay hidden."""
    if not topic.answered:
        return "nobody answered this one."
    said = f"{topic.answered} answered" if topic.counts else "they differ"
    if topic.rating is not None and not brief:
        rating = without_stop(name_answer(state.question, topic.rating))
        said += f"; so far it counts as {rating}"
    if not topic.counts and not brief:
        said += "; too few answered to show how many chose what"
    return f"{said}."


_BAR: Final = 20
"""The columns of a bar that stands for everybody."""


def _draw_count(state: State, code: str) -> str:
    """How many respondents chose an answer: a bar, the number, and in interviews their roles.

    A bar is a share of all who answered; one person is never too few to be seen.
    """
    topic = state.topic
    if topic is None:
        return ""
    number = topic.counts.get(code, 0)
    size = max(1, number * _BAR // topic.answered) if number else 0
    pieces = [draw_bar(size, size, size), str(number), ", ".join(topic.speakers.get(code, ()))]
    return " ".join(piece for piece in pieces if piece)


def _draw_evidence_question(state: State, paper: Paper, talkative: Talkative) -> list[Line]:
    given = state.given
    label = name_answer(state.question, given.answer) if given else ""
    rows = [
        (
            Choice(str(each.level), "", each.label, each.meaning),
            ">" if number == state.pointer else " ",
        )
        for number, each in enumerate(state.script.definition.model.evidence_levels)
    ]
    asked = f"{label}, saved. What backs this answer?"
    return [*paper.say(asked), *_draw_rows(rows, paper, talkative)]


_MARKS: Final[Mapping[str, str]] = {">": "picked", "*": "chosen", " ": ""}
"""What stands before an answer: the pointer, the answer given; and how its words look then."""


def _draw_rows(
    rows: Sequence[tuple[Choice, str]],
    paper: Paper,
    talkative: Talkative,
    bars: Mapping[str, str] = MappingProxyType({}),
) -> list[Line]:
    """Each answer with its mark and key, its words, how many chose it and what it means."""
    widest = max(paper.measure(safe(choice.label)) for choice, _ in rows)
    size = min(widest, max(10, paper.columns // 3))
    room = paper.columns - size - 6
    if bars and widest > size:  # long words have the whole line, and the bar before them
        room = 0
    if room < 16 or not (talkative.meanings or bars):  # nothing stands beside the words
        size, room = paper.columns - 5, 0
    lines: list[Line] = []
    for choice, mark in rows:
        label = choice.label
        if not room and choice.code in bars:
            label = f"{bars[choice.code]}: {label}"
        label = label if talkative.extras else paper.clip(label, size)
        labels = paper.wrap(label, size)
        meaning = _shorten(choice.meaning, talkative.meanings)
        beside = [each for each in (bars.get(choice.code), meaning) if each]
        meanings = [line for each in beside for line in paper.wrap(each, room)] if room else []
        count = max(len(labels), len(meanings))
        labels += [""] * (count - len(labels))
        meanings += [""] * (count - len(meanings))
        starts = [f"{mark}{choice.key or ' '}  ", *["    "] * (count - 1)]
        for start, label, text in zip(starts, labels, meanings, strict=True):
            words = paper.pad(label, size) if text else label
            lines.append((("key", start), (_MARKS[mark], words), ("", f"  {text}" if text else "")))
    return lines


def _shorten(meaning: str, much: int) -> str:
    """The meaning in full, its first sentence, or nothing."""
    if much == 2 or not meaning:
        return meaning
    first, stop, _ = meaning.partition(". ")
    return f"{first}{stop.strip()}" if much else ""


def _draw_evidence_row(state: State, paper: Paper) -> list[Line]:
    """What backs the answer, in one line: a digit, before the answer or after."""
    level = state.given.evidence if state.given else state.draft.evidence
    words = []
    for each in state.script.definition.model.evidence_levels:
        text = f"{each.level} {each.label}"
        words.append(f"[{text}]" if each.level == level else text)
    return paper.flow("Evidence:", words)


def _draw_known(state: State, paper: Paper) -> list[Line]:
    """What is known already: the answer, the note that waits for one, last year's answer."""
    lines: list[Line] = []
    if state.given is not None and state.view is not View.EVIDENCE:
        label = "Answered:" if state.script.workshop is None else "Agreed:"
        lines += _at_most(paper.label(label, _tell_answer(state, state.given)), 4, paper)
    note = state.given.note if state.view is View.EVIDENCE and state.given else state.draft.note
    if note:
        label = "Note:" if state.script.workshop is None else "Reason:"
        lines += _at_most(paper.label(label, note), 3, paper)
    if state.before is not None:
        text = _tell_answer(state, state.before)
        lines += _at_most(paper.label(f"{state.script.previous_year}:", text), 4, paper)
    return lines


def _at_most(lines: list[Line], most: int, paper: Paper) -> list[Line]:
    if len(lines) <= most:
        return lines
    *kept, last = lines[:most]
    text = "".join(piece for _, piece in last[1:])
    size = paper.columns - paper.measure(last[0][1]) - 5
    while paper.measure(text) > size:
        text = text[:-1]
    return [*kept, (last[0], ("", f"{text}..."))]


def _tell_answer(state: State, old: Answer) -> str:
    """An earlier answer in one sentence after the other."""
    parts = [with_stop(name_answer(state.question, old.answer))]
    if old.evidence is not None:
        labels = {e.level: e.label for e in state.script.definition.model.evidence_levels}
        parts.append(f"Evidence: {labels.get(old.evidence, str(old.evidence))}.")
    if old.reason:
        parts.append(f"Reason: {with_stop(old.reason)}")
    if old.note:
        parts.append(f"{'Reason' if old.agreed else 'Note'}: {old.note}")
    if old.by and not old.agreed:
        parts.append(f"({old.by})")
    return " ".join(parts)


def _draw_details(state: State, paper: Paper) -> list[Line]:
    """Everything the questionnaire and the model say about the question."""
    return [line for name, text in _list_details(state) for line in paper.label(name, text)]


def _list_details(state: State) -> Iterator[tuple[str, str]]:
    model = state.script.definition.model
    entry = state.question.entry
    if entry is None:
        return
    if state.topic is not None:
        for choice in list_choices(state.script, state.question):
            yield f"{choice.label}:", _shorten(choice.meaning, 1)
    source = entry.source
    evidence = "; ".join(getattr(source, "evidence", ()))
    pairs = [
        ("Ask:", getattr(source, "probe", None)),
        ("Look at:", evidence),
        ("Measure:", getattr(source, "metric", None)),
    ]
    role = getattr(source, "role", None)
    if role:
        pairs.append(("Usually asked of:", state.script.definition.questionnaire.role_name(role)))
    if entry.characteristic and entry.stage:
        stages = model.characteristic(entry.characteristic).stages
        pairs.append(("This stage:", stages.get(model.stages[entry.stage - 1].id)))
    theme = next((each for each in model.themes if each.id == getattr(source, "theme", "")), None)
    pairs.append(("The risk:", theme.risk if theme else None))
    for standard, number, title in model.clauses(getattr(source, "references", {})):
        pairs.append((f"{standard.title}:", " ".join(each for each in (number, title) if each)))
    yield from ((name, text) for name, text in pairs if text)


# --- the lines at the bottom -------------------------------------------------------------------


def _draw_foot(state: State, paper: Paper) -> list[Line]:
    """What happened, whether it is saved, and the keys that work now."""
    high = paper.height >= 16
    keys = _draw_keys(state, paper, 2 if high else 1)
    first, *rest = state.news or (_say_saved(state),)
    lines = [line for text in rest for line in _at_most(paper.say(text), 2, paper)]
    lines.append(_rule(paper, first))
    return [*lines, *keys] if high else [lines[-1], *keys]


def _say_saved(state: State) -> str:
    """That everything is saved, and where; at the start, how to begin; that a text is not yet."""
    if state.view is View.TEXT:
        return "What you write is kept with Enter."
    number = len(state.assessment.answers)
    if number:
        what = "answer" if state.script.workshop is None else "agreed rating"
        return f"{sentence(counted(number, what))} saved in {state.script.file}."
    start = "Press the letter of an answer. " if state.view is View.QUESTION else ""
    return f"{start if state.question.rated else ''}All is saved in {state.script.file}."


def _rule(paper: Paper, text: str = "") -> Line:
    """A line across, with a text in it."""
    said = f"-- {paper.clip(text, paper.columns - 6)} " if text else ""
    return (("", paper.pad_with(said, "-")),)


NAMES: Final[Mapping[str, str]] = {
    "left": "Left",
    "right": "Right",
    "enter": "Enter",
    "tab": "Tab",
    "escape": "Esc",
    "delete": "Del",
}


def _draw_keys(state: State, paper: Paper, count: int = 2) -> list[Line]:
    """The keys that work now, in so many lines.

    Where not all of them fit, the last two stay: the key to all keys, and the way out.
    """
    shown = [key for key in list_keys(state) if key.shown]
    rows = _flow_keys(shown, paper)
    while len(rows) > count and len(shown) > 2:
        del shown[-3]
        rows = _flow_keys(shown, paper)
    return [*rows, *[()] * (count - len(rows))][:count]


def _flow_keys(keys: Sequence[Key], paper: Paper) -> list[Line]:
    """The names of the keys and what they do, in as many lines as that takes."""
    lines: list[list[Piece]] = [[]]
    used = 1
    for key in keys:
        name, label = NAMES.get(key.name, key.name), key.label
        size = paper.measure(name) + paper.measure(label) + 4
        if used + size > paper.columns and lines[-1]:
            lines.append([])
            used = 1
        lines[-1] += [("key", f" {name} "), ("", f"{paper.clip(label, paper.columns - 9)}  ")]
        used += size
    return [tuple(line) for line in lines]


# --- the text field ----------------------------------------------------------------------------

_ASKED: Final[Mapping[str, str]] = {
    "note": "Note on this question. Enter keeps it; an empty note is none.",
    "reason": "Why does it not apply? One sentence.",
    "text": "Enter goes on; an empty answer stays open.",
}


def _ask_for_text(state: State) -> str:
    """What belongs into the field."""
    if state.script.workshop is None:
        return _ASKED[state.purpose]
    code = state.code or (state.given.answer if state.given else "")
    agreed = f"{with_stop(name_answer(state.question, code))} " if code else ""
    return f"{agreed}Why do you agree on this? One sentence."


def _draw_text(state: State, paper: Paper) -> Screen:
    head, foot = _draw_head(state, paper), _draw_foot(state, paper)
    lines = [(), *paper.say(state.question.statement, "bold"), ()]
    known = _draw_known(state, paper) if state.purpose == "note" and state.before else []
    lines += [*known, *([()] if known else []), *paper.say(_ask_for_text(state))]
    room = max(1, paper.height - len(head) - len(foot) - 3)
    if len(lines) > room:
        lines = _fit(lines, room, paper)
    field = max(1, paper.height - len(head) - len(lines) - len(foot))
    return Screen((*head, *lines), tuple(foot), field)


# --- the list ----------------------------------------------------------------------------------


def _draw_list(state: State, paper: Paper) -> Screen:
    found = talk.list_found(state)
    count = counted(len(found), "open question" if state.only_open else "question")
    words = "Type a word to search for, or move with the arrow keys:"
    above = paper.say(f"{sentence(count)}. {words}")
    foot = [_rule(paper), *_draw_keys(state, paper)]
    room = max(1, paper.height - len(above) - len(foot) - 1)
    pointer = min(state.pointer or 0, max(0, len(found) - 1))
    start = max(0, min(pointer - room // 2, len(found) - room))
    rows: list[Line] = []
    for number, position in enumerate(found[start : start + room], start=start):
        rows.append(_draw_list_row(state, position, number == pointer, paper))
    if not found:
        rows.append((("", " No question holds these words."),))
    rows += [()] * (room - len(rows))
    return Screen(tuple(above), (*rows, *foot), 1)


def _draw_list_row(state: State, position: int, pointed: bool, paper: Paper) -> Line:
    question = state.script.questions[position]
    word = paper.pad(paper.clip(_name_state(state, question), 16), 16)
    mark = f"{'>' if pointed else ' '} {word}"
    name = paper.pad(paper.clip(question.id if question.rated else "", 10), 10)
    room = paper.columns - paper.measure(mark) - 14
    text = paper.clip(f"{question.statement} ({question.heading})", max(4, room))
    return (("picked" if pointed else "", mark), ("", f"  {name}  {text}"))


def _name_state(state: State, question: Question) -> str:
    """Where a question stands, in a word: its answer, `open`, or `not needed` in adaptive mode."""
    if question.rated and question.id in state.assessment.answers:
        return name_answer(question, state.assessment.answers[question.id].answer)
    if question.id in state.settled:
        return "not needed"
    return "answered" if is_answered(question, state.assessment) else "open"


# --- help and the closing page -------------------------------------------------------------------

_HELP: Final = (
    ("a letter", "answers; the next open question comes up"),
    ("0 to 9", "what backs the answer (in an interview), before the answer or after"),
    ("capital", "answers, and asks for no evidence"),
    ("Up, Down", "point at an answer; Enter takes it"),
    ("Left", "the question before; answer it again to change your mind"),
    ("Right", "the next question; this one stays as it is"),
    ("Tab", "the next open question, from the top again after the last"),
    ("u", "the answer of the year before holds unchanged"),
    ("w", "a note on the question"),
    ("i", "what to ask and look at, how this stage looks, clauses of standards"),
    ("z", "undo, as often as you like"),
    ("Del", "takes the answer out: the question is open again"),
    ("j or /", "list of all questions: search, open ones only, go there"),
    ("q", "ends; so do Ctrl-C and Ctrl-D. Every answer is saved as it is given."),
    ("Ctrl-Z", "suspends; the command fg comes back"),
)

_HELP_OF_WORKSHOPS: Final = {
    "a letter": "the rating that you agree on; its reason is asked next",
    "capital": "",
    "u": "",
    "w": "the reason of a rating that is agreed",
    "Del": "takes the agreed rating out: the item is open again",
}
"""Where keys have another meaning in a workshop; empty for those that have none."""


def _draw_help(state: State, paper: Paper) -> Screen:
    lines: list[Line] = [(("bold", " The keys"),), ()]
    other = _HELP_OF_WORKSHOPS if state.script.workshop is not None else {}
    for name, text in ((name, other.get(name, text)) for name, text in _HELP):
        if not text:
            continue
        first, *rest = paper.wrap(text, paper.columns - 14)
        lines.append((("key", f" {paper.pad(name, 9)} "), ("", f"  {first}")))
        lines += [(("", f"{' ' * 13}{each}"),) for each in rest]
    foot = [_rule(paper), *_draw_keys(state, paper)]
    return Screen(tuple(_fit(lines, paper.height - len(foot), paper)), tuple(foot))


def _draw_closing(state: State, paper: Paper) -> Screen:
    script = state.script
    outlook = talk.look_at(script, state.assessment)
    name = paper.clip(state.assessment.organisation, paper.columns - 2)
    lines: list[Line] = [(("bold", f" {name}"),), ()]
    here = len(state.unanswered)
    title = f"{counted(here, 'question')} of this run still open" if here else "This run is done"
    lines += [(("bold", f" {title[:1].upper()}{title[1:]}."),), ()]
    for text in outlook.sentences:
        lines += paper.say(text)
    if outlook.remainders:
        lines += [(), *paper.say("Sessions that remain:")]
        for each in outlook.remainders:
            time = f", about {each.minutes} min" if each.minutes is not None else ""
            lines += paper.say(f"{each.session.name}: {each.unanswered} open{time}", indent=3)
    foot = _draw_foot(state, paper)
    room = paper.height - len(foot)
    grown = [(), *_draw_standings(outlook.standings, paper)]
    if len(lines) + len(grown) <= room:
        lines += grown
    return Screen(tuple(_fit(lines, room, paper)), tuple(foot))


def _draw_standings(standings: Sequence[Standing], paper: Paper) -> Iterator[Line]:
    """The ladder of each characteristic, in as many columns as there is room for."""
    texts = [f"{each.ladder} {each.name}: {each.stage}" for each in standings]
    widest = max((paper.measure(safe(text)) for text in texts), default=0)
    columns = max(1, (paper.columns - 2) // (widest + 2))
    rows = -(-len(texts) // columns)
    for row in range(rows):
        cells = (paper.pad(paper.clip(text, widest), widest) for text in texts[row::rows])
        yield (("", f" {'  '.join(cells)}".rstrip()),)


def _draw_nothing(state: State, paper: Paper) -> Screen:
    return Screen((), ())


_VIEWS: Final[Mapping[View, Callable[[State, Paper], Screen]]] = {
    View.QUESTION: _draw_question,
    View.EVIDENCE: _draw_question,
    View.TEXT: _draw_text,
    View.LIST: _draw_list,
    View.HELP: _draw_help,
    View.CLOSING: _draw_closing,
    View.ENDED: _draw_nothing,
}
