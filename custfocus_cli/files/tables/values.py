"""Texts of cells to codes of answers: by mapping, code, leading code, label or points."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from custfocus_cli.documents.definition import Definition, Entry
from custfocus_cli.documents.fields import Finding, did_you_mean, list_known, quote
from custfocus_cli.documents.mapping import TableMapping
from custfocus_cli.documents.questionnaire import Placement
from custfocus_cli.files.tables.words import bare, fold

_LEADING: Final = re.compile(
    r"[\[(](?P<in>[^\[\]()]{1,16})[\])][\s:.-]*(?P<of>.*)|(?P<code>\S{1,16}?)\s*[-:=.)|]+\s+(?P<rest>.*)",
    re.DOTALL,
)
_NUMBER: Final = re.compile(r"([0-9]{1,9})(?:[.,]0{1,6})?")
_LONGEST: Final = 2_000
"""Characters of a text that can still be an answer; code and label are far shorter."""
BY_POINTS: Final = "its points"


class Found(NamedTuple):
    """The code that a text means, None for no answer, and in words by what it was found."""

    code: str | None
    how: str


class Vocabulary(NamedTuple):
    """The texts that mean the answers of one scale; all but the codes themselves are folded."""

    codes: frozenset[str]
    mapped: Mapping[str, str | None]
    folded: Mapping[str, str]
    labels: Mapping[str, str]
    points: Mapping[int, str]

    def read(self, text: str) -> Found | None:
        """What a text means; None where it is no answer of the scale."""
        exact = text.strip()
        if len(exact) > _LONGEST:
            return None
        folded = fold(exact)
        if folded in self.mapped:
            return Found(self.mapped[folded], "the mapping")
        if exact in self.codes:
            return Found(exact, "its code")
        for known, how in ((self.folded, "its code"), (self.labels, "its label")):
            if (code := known.get(folded) or known.get(folded.rstrip(" .!"))) is not None:
                return Found(code, how)
        return self._leading(folded) or self._points(folded)

    def _leading(self, folded: str) -> Found | None:
        """A code before a label in any language; a label behind it may not be another's."""
        match = _LEADING.fullmatch(folded)
        if match is None:
            return None
        code = self.folded.get(match["in"] or match["code"])
        label = self.labels.get(match["of"] or match["rest"] or "")
        if code is not None:
            return Found(code, "the code before it") if label in (code, None) else None
        return Found(label, "its label") if label is not None else None

    def _points(self, folded: str) -> Found | None:
        number = _NUMBER.fullmatch(folded)
        code = self.points.get(int(number[1])) if number else None
        return Found(code, BY_POINTS) if code is not None else None


def build_vocabularies(
    definition: Definition, items: Iterable[str], mapping: TableMapping
) -> Mapping[str, Vocabulary]:
    """The vocabulary of each item; items of one scale share one."""
    made: dict[object, Vocabulary] = {}
    found = {}
    for item in items:
        entry = definition.entries[item]
        key = item if entry.scale is None else id(entry.scale)
        if key not in made:
            made[key] = _build(entry, mapping)
        found[item] = made[key]
    return found


def _build(entry: Entry, mapping: TableMapping) -> Vocabulary:
    mapped: dict[str, str | None] = {fold(text): None for text in mapping.no_answer}
    mapped |= {
        fold(text): code
        for code, texts in mapping.values.items()
        if code in entry.codes
        for text in texts
    }
    return Vocabulary(
        frozenset(entry.codes),
        mapped,
        {fold(code): code for code in entry.codes},
        _once((bare(label), code) for label, code in _list_labels(entry)),
        _find_points(entry),
    )


def _once(pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """The pairs whose first stands in no other one."""
    found: dict[str, set[str]] = {}
    for text, code in pairs:
        found.setdefault(text, set()).add(code)
    return {text: codes.pop() for text, codes in found.items() if len(codes) == 1 and text}


def _list_labels(entry: Entry) -> Iterator[tuple[str, str]]:
    """The words of each answer with its code; a placement's are the stages that it describes."""
    if isinstance(entry.source, Placement):
        yield from ((text, str(n)) for n, text in enumerate(entry.source.options))
    elif entry.scale is not None:
        yield from ((entry.scale.label(code), code) for code in entry.codes)


def _find_points(entry: Entry) -> Mapping[int, str]:
    if entry.scale is None:
        return {int(code): code for code in entry.codes if code.isdecimal()}
    return {points: code for code, points in entry.scale.points.items()}


def say_unknown(entry: Entry, text: str) -> str:
    """The sentence that a text is no answer to an item."""
    labels = {code: label for label, code in _list_labels(entry)}
    known = [f"{code} ({labels[code]})" if code in labels else code for code in entry.codes]
    near = did_you_mean(text, [*entry.codes, *labels.values()]) if len(text) <= 100 else ""
    return f"no answer {quote(text)} to {entry.id}{list_known(known)}{near}"


def check_values(mapping: TableMapping, entries: Sequence[Entry]) -> Iterator[Finding]:
    """What does not fit between the values of a mapping and the scales of the items read."""
    codes = dict.fromkeys(code for entry in entries for code in entry.codes)
    for code in mapping.values:
        if code not in codes:
            message = f"no answer {quote(code)}{list_known(codes)}{did_you_mean(code, codes)}"
            yield Finding(("values", code), "unknown-answer", message)
    for entry in entries:
        seen: dict[str, str] = {}
        for code in entry.codes:
            for n, text in enumerate(mapping.values.get(code, ())):
                if seen.setdefault(fold(text), code) != code:
                    message = f"{quote(text)} is {quote(seen[fold(text)])} already"
                    yield Finding(("values", code, n), "duplicate-id", message)
