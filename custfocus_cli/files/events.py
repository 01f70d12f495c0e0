"""YAML to a tree, from libyaml's parser events: no object is built that the file could choose.

A first reading hurries and gives up at the first thing out of order; only then a second one looks
at everything, says what is wrong and where, and goes on as far as it can. The second reading also
gives the places of keys and values, when something later needs them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, Protocol

from yaml.error import MarkedYAMLError, YAMLError
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from custfocus_cli.documents.fields import Loc, quote, shorten
from custfocus_cli.errors import CustfocusError
from custfocus_cli.files.text import UNSAFE, name
from custfocus_cli.files.tree import (
    MOST_CHARACTERS,
    MOST_KEY_CHARACTERS,
    MOST_LEVELS,
    MOST_VALUES,
    Draft,
    Flaw,
    Place,
    Places,
    Tree,
)

try:
    from yaml.cyaml import CParser  # type: ignore[attr-defined]  # the stubs leave it out
except ImportError as error:
    raise CustfocusError(
        "PyYAML was installed without libyaml, which custfocus needs to read files safely",
        "install PyYAML's wheel from the package index, or build it where libyaml is",
    ) from error

MERGE: Final = "<<"
_TOO_DEEP: Final = f"nested more than {MOST_LEVELS} levels deep"


class _Irregular(Exception):
    """Something is out of order; the careful reading will say what."""


def build(text: str) -> Tree | None:
    """The tree of a YAML text in which nothing is out of order; else None, and `examine` says what.

    Left to `examine` are also a key without a value, which is absent but has to be a known one, and
    a text long enough to hold too many values, which are to be counted.
    """
    if len(text) > 2 * MOST_VALUES:
        return None
    try:
        return _Build(text).tree()
    except (_Irregular, YAMLError):
        return None


class _Build:
    """One hurried reading of a YAML text."""

    def __init__(self, text: str) -> None:
        self._next = CParser(text).get_event
        # Only an escape can still bring in a character that decode() refuses.
        self._escapes = "\\" in text

    def tree(self) -> Tree:
        """The tree; raises _Irregular."""
        self._next()  # the beginning of the stream
        document = self._next()
        if not isinstance(document, DocumentStartEvent) or document.tags:
            raise _Irregular
        tree = self._value(self._next(), 1)
        self._next()  # the end of the document
        if not isinstance(self._next(), StreamEndEvent):
            raise _Irregular
        return tree

    def _value(self, event: Event | None, level: int) -> Tree:
        if isinstance(event, ScalarEvent):
            return self._text(event)
        if (
            not isinstance(event, CollectionStartEvent)
            or event.anchor is not None
            or event.tag is not None
            or level > MOST_LEVELS
        ):
            raise _Irregular
        if isinstance(event, MappingStartEvent):
            return self._mapping(level)
        return self._sequence(level)

    def _text(self, event: ScalarEvent) -> str:
        value: str = event.value
        if (
            event.anchor is not None
            or event.tag is not None
            or len(value) > MOST_CHARACTERS
            or (self._escapes and UNSAFE.search(value))
        ):
            raise _Irregular
        return "" if value.isspace() else value

    def _mapping(self, level: int) -> Tree:
        mapping: dict[str, Tree] = {}
        while isinstance(event := self._next(), ScalarEvent):
            key = self._text(event)
            if not key or key in mapping or key == MERGE or len(key) > MOST_KEY_CHARACTERS:
                raise _Irregular
            mapping[key] = self._value(self._next(), level + 1)
            if mapping[key] == "":
                raise _Irregular
        if not isinstance(event, MappingEndEvent):
            raise _Irregular
        return mapping

    def _sequence(self, level: int) -> Tree:
        sequence: list[Tree] = []
        while not isinstance(event := self._next(), SequenceEndEvent):
            value = self._value(event, level + 1)
            if value == "":
                raise _Irregular
            sequence.append(value)
        return sequence


def _end(event: NodeEvent) -> int:
    """Where a key ends, as a position in the text."""
    return event.end_mark.index if event.end_mark is not None else 0


def _is_cut_off(text: str, key_end: int, value: Event | None) -> bool:
    """Whether an empty value's key has no colon: a comma has cut a text in two before it."""
    mark = value.start_mark if value is not None else None
    return mark is not None and ":" not in text[key_end : mark.index]


def examine(text: str) -> Draft:
    """Everything that can be found out about a YAML text in one reading."""
    return _Examination(text).draft()


@dataclass(slots=True)
class _Frame:
    """A collection that is being read; what is not `kept` is read for its flaws alone.

    `key` is None where a key comes next and empty where the value that comes next is dropped.
    """

    holds: dict[str, Tree] | list[Tree]
    loc: Loc
    kept: bool
    is_key: bool = False
    key: str | None = None
    key_end: int = 0
    lines: dict[str, int] = field(default_factory=dict)


class _Stop(Exception):
    """Reading cannot go on after the flaw that was noted last."""


class _Examination:
    """One careful reading of a YAML text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._flaws: list[Flaw] = []
        self._gone: set[Loc] = set()
        self._lost: set[str] = set()
        self._empty: set[Loc] = set()
        self._keys: dict[Loc, Place] = {}
        self._places: dict[Loc, Place] = {}
        self._top: list[Tree] = []
        self._frames = [_Frame(self._top, (), kept=True)]
        self._values = 0

    def draft(self) -> Draft:
        """The tree, the flaws and the places; no tree where the syntax broke off."""
        stopped = False
        try:
            self._read()
        except _Stop:
            stopped = True
        except YAMLError as error:
            self._flaws.append(_syntax_flaw(error, self._text))
            stopped = True
        return Draft(
            None if stopped or not self._top else self._top[0],
            tuple(self._flaws),
            frozenset(self._gone),
            frozenset(self._lost),
            Places(self._keys, self._places),
            frozenset(self._empty),
        )

    def _read(self) -> None:
        next_event = CParser(self._text).get_event
        documents = 0
        while (event := next_event()) is not None:
            if isinstance(event, NodeEvent):
                self._node(event)
            elif isinstance(event, CollectionEndEvent):
                self._close()
            elif isinstance(event, DocumentStartEvent):
                documents += 1
                if event.tags:
                    self._note("yaml-tag", "tags cannot be used", _place(event.start_mark))
                if documents > 1:
                    message = "a file holds one document; this is where a second one begins"
                    self._note("yaml-documents", message, _place(event.start_mark))
                    return

    def _note(self, rule: str, message: str, place: Place) -> None:
        self._flaws.append(Flaw(rule, message, place))

    def _node(self, event: NodeEvent) -> None:
        """One scalar, alias or beginning of a collection, as a key or as a value."""
        place = _place(event.start_mark)
        self._values += 1
        if self._values > MOST_VALUES:
            self._note("too-large", f"a file may hold at most {MOST_VALUES:,} values", place)
            raise _Stop
        if isinstance(event, AliasEvent):
            message = (
                f"*{shorten(event.anchor or '')} is an alias: put text that begins with * in quotes"
            )
            self._note("yaml-alias", message, place)
        elif event.anchor is not None:
            message = (
                f"&{shorten(event.anchor)} is an anchor: put text that begins with & in quotes"
            )
            self._note("yaml-anchor", message, place)
        if getattr(event, "tag", None) is not None:
            message = "this is a tag: put text that begins with ! in quotes"
            self._note("yaml-tag", message, place)
        frame = self._frames[-1]
        if isinstance(frame.holds, dict) and frame.key is None:
            self._key(event, frame, place)
        else:
            self._value(event, frame, place)

    def _key(self, event: NodeEvent, frame: _Frame, place: Place) -> None:
        if isinstance(event, CollectionStartEvent):
            self._note("bad-key", "a key is a piece of text, not a list or a mapping", place)
            self._open(event, (), place, kept=False, is_key=True)
            return
        key: str = event.value if isinstance(event, ScalarEvent) else ""
        refusal = self._key_refusal(key, frame) if isinstance(event, ScalarEvent) else None
        if refusal:
            self._note(*refusal, place)
            self._lost.add(key)
        if refusal or not key:
            frame.key = ""
            return
        frame.key = key
        frame.key_end = _end(event)
        frame.lines[key] = place[0]
        if frame.kept:
            self._keys[(*frame.loc, key)] = place
        else:
            self._lost.add(key)

    def _key_refusal(self, key: str, frame: _Frame) -> tuple[str, str] | None:
        """The rule and message that refuse a key, or None."""
        if not key:
            return "bad-key", "a key is missing before the colon"
        if key == MERGE:
            return "yaml-merge-key", "merge keys (<<) cannot be used: write the keys out"
        if len(key) > MOST_KEY_CHARACTERS:
            return "too-long", f"a key may have at most {MOST_KEY_CHARACTERS} characters"
        unsafe = UNSAFE.search(key)
        if unsafe:
            return "control-character", f"a key cannot hold the control character {name(unsafe[0])}"
        if key in frame.lines:
            return "duplicate-key", f"{quote(key)} stands in line {frame.lines[key]} already"
        return None

    def _value(self, event: NodeEvent, frame: _Frame, place: Place) -> None:
        in_list = isinstance(frame.holds, list)
        kept = frame.kept and frame.key != ""
        loc = frame.loc
        if frame is not self._frames[0]:
            loc = (*loc, len(frame.holds) if in_list else frame.key or "")
        if isinstance(event, CollectionStartEvent):
            self._open(event, loc, place, kept=kept)
            return
        value: str = event.value if isinstance(event, ScalarEvent) else ""
        if value.isspace():  # as good as nothing
            value = ""
        refused = self._scalar_refused(event, value, in_list, place)
        if kept and frame.key and not refused and not value:
            self._leave_empty(loc, frame, event, place)
        if refused or not kept:
            self._lost.add(value)
        if kept:
            self._places[loc] = place
            if refused:
                self._gone.add(loc)
            self._put(frame, "" if refused else value)
        frame.key = None

    def _leave_empty(self, loc: Loc, frame: _Frame, event: NodeEvent, place: Place) -> None:
        """Note a key without a value: absent, or half of a text that a comma cut in two."""
        key = frame.key or ""
        if _is_cut_off(self._text, frame.key_end, event):
            message = f"{quote(key)} has no colon: a text with a comma in it goes in quotes"
            self._note("yaml-syntax", message, self._keys.get(loc, place))
        else:
            self._empty.add(loc)

    def _scalar_refused(self, event: NodeEvent, value: str, in_list: bool, place: Place) -> bool:
        if not isinstance(event, ScalarEvent):
            return True
        unsafe = UNSAFE.search(event.value)
        if len(event.value) > MOST_CHARACTERS:
            self._note("too-long", f"a text may have at most {MOST_CHARACTERS:,} characters", place)
        elif unsafe:
            message = f"a text cannot hold the control character {name(unsafe[0])}"
            self._note("control-character", message, place)
        elif in_list and not value:
            self._note("empty-entry", "an entry of a list is empty", place)
        else:
            return False
        return True

    def _open(
        self,
        event: CollectionStartEvent,
        loc: Loc,
        place: Place,
        *,
        kept: bool,
        is_key: bool = False,
    ) -> None:
        if len(self._frames) > MOST_LEVELS:
            self._note("too-deep", _TOO_DEEP, place)
            raise _Stop
        child: dict[str, Tree] | list[Tree] = {} if isinstance(event, MappingStartEvent) else []
        if kept:
            self._places[loc] = place
            self._put(self._frames[-1], child)
        self._frames.append(_Frame(child, loc, kept, is_key))

    def _put(self, frame: _Frame, value: Tree) -> None:
        if isinstance(frame.holds, list):
            frame.holds.append(value)
        elif value != "":  # an empty value is an absent one
            frame.holds[frame.key or ""] = value

    def _close(self) -> None:
        closed = self._frames.pop()
        self._frames[-1].key = "" if closed.is_key else None


class _Mark(Protocol):
    """A place in the text; libyaml and PyYAML each have a class of their own for it."""

    index: int
    line: int
    column: int


def _place(mark: _Mark | None) -> Place:
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


_SENTENCES: Final = {
    "mapping values are not allowed in this context": "a colon before a space cannot stand inside "
    "plain text: put the text in quotes, or check the indentation",
    "did not find expected key": "this does not fit the lines around it: check the indentation, "
    "and that nothing follows a closing quote",
    "could not find expected ':'": "expected a key, a colon and a space",
    "found a tab character that violates indentation": "a tab cannot indent: use spaces",
    "found unexpected end of stream": "this quote is never closed",
    "did not find expected ',' or ']'": "this list lacks a comma or its ]; "
    "quote a text with a colon or comma",
    "did not find expected ',' or '}'": "this mapping lacks a comma or its }; "
    "quote a text with a colon or comma",
    "did not find expected node content": "expected a value: put text that begins with one of "
    ", ] } in quotes",
    "did not find expected alphabetic or numeric character": "put text that begins with & or * "
    "in quotes",
    "found undefined tag handle": "this is a tag: put text that begins with ! in quotes",
    "found unknown escape character": "in double quotes a backslash begins an escape: write it "
    "twice, or use single quotes",
    "found invalid Unicode character escape code": "this escape stands for no character",
    "did not find expected hexdecimal number": "this escape lacks hexadecimal digits",
    "did not find expected '-' indicator": "expected another entry of the list: check the "
    "indentation",
    "did not find expected comment or line break": "nothing may follow | or > on its line",
    "block sequence entries are not allowed in this context": "put text that begins with a dash "
    "in quotes; a list begins on a line of its own",
    "mapping keys are not allowed in this context": "put text that begins with ? in quotes",
    "did not find expected <document start>": "a file holds one document; text follows its end",
    "found incompatible YAML document": "the directive %YAML names a version that is not known",
    "found unknown directive name": "put text that begins with % in quotes",
}


_NO_SPACE: Final = re.compile(r"\s*(?:- )?[\w.-]{1,64}:[^\s/]")
"""A line that begins with a key and a colon without a space; `//` makes it an address."""


def _syntax_flaw(error: YAMLError, text: str) -> Flaw:
    """What libyaml could not read, in our words, at the beginning of what it was reading."""
    if not isinstance(error, MarkedYAMLError) or error.problem_mark is None:
        return Flaw("yaml-syntax", "this is not YAML", (1, 1))
    problem = error.problem or ""
    mark = error.problem_mark
    begun = error.context_mark
    if problem == "exceeded maximum nesting depth":
        return Flaw("too-deep", _TOO_DEEP, _place(mark))
    whole = ("quoted scalar", "simple key", "flow sequence", "flow mapping")
    unclosed = begun is not None and problem == "found unexpected end of stream"
    if begun is not None and (error.context or "").endswith(whole):
        mark = begun if unclosed or begun.line < mark.line else mark
    if problem == "mapping values are not allowed in this context":
        above = text.splitlines()[mark.line - 1] if mark.line else ""
        if _NO_SPACE.match(above):
            return Flaw("yaml-syntax", "a space is missing after the colon", (mark.line, 1))
    rule = "yaml-tag" if "tag" in f"{error.context} {problem}".split() else "yaml-syntax"
    return Flaw(rule, _SENTENCES.get(problem) or _unstartable(text, mark, problem), _place(mark))


def _unstartable(text: str, mark: _Mark, problem: str) -> str:
    if problem != "found character that cannot start any token":
        return f"this is not YAML: {problem}"
    character = text[mark.index : mark.index + 1]
    if character == "\t":
        return "a tab cannot indent: use spaces"
    return f"put text that begins with {character} in quotes"
