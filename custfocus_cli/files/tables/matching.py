"""Columns to items: by the mapping, the item's id, `[id]` in the header, or its statement."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from itertools import islice
from typing import Final, NamedTuple

from custfocus_cli.documents import recognition
from custfocus_cli.documents.definition import Definition
from custfocus_cli.documents.fields import Finding, Loc, did_you_mean, quote, shorten
from custfocus_cli.documents.mapping import EXTRAS, TableMapping
from custfocus_cli.errors import Problem
from custfocus_cli.files.tables.profiles import Profile, is_own, is_personal
from custfocus_cli.files.tables.words import bare, fold, squeeze

_BRACKETS: Final = re.compile(r"\[([^\[\]]{1,64})\]")
_MOST_COMPARED: Final = 200
"""How many columns are compared with all statements to say what comes near."""
_LONGEST_COMPARED: Final = 300
_LONGEST_HEADER: Final = 5_000
_MOST_BRACKETS: Final = 5
_NEAR: Final = 0.6
_NEARLY_SAME: Final = 0.85
_EXTRA_HEADERS: Final[Mapping[str, tuple[str, ...]]] = {
    "role": ("role", "your role"),
    "group": ("group", "your group"),
    "id": ("id", "respondent", "respondent id"),
    "wave": ("wave",),
    "date": ("date",),
}
"""The headers by which columns that are no item are known, besides their name in brackets."""

_PEOPLE: Final = ("role", "group")
"""The extras that a form asks for itself, and may ask for inside a group of questions."""


class Header(NamedTuple):
    """A column as its header rows name it: its number from 1, its name, all that they say."""

    number: int
    name: str
    texts: tuple[str, ...]

    @property
    def title(self) -> str:
        """What the column is called in messages."""
        return next((text for text in (self.name, *self.texts) if text.strip()), "")

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that stand before a text, as in `G01[SQ001]. How far ...`."""
        parts = (text.partition(". ") for text in self.texts)
        return tuple(code for code, stop, _ in parts if stop and " " not in code)

    @property
    def folded(self) -> tuple[str, ...]:
        """Everything that the header rows say, folded."""
        return tuple(fold(text) for text in (self.name, *self.texts, *self.codes))


class Place(NamedTuple):
    """A column that holds an item or an extra, with the words that say how it was found."""

    header: Header
    how: str


class Match(NamedTuple):
    """Which column holds what; `problems` and `findings` are about the table and the mapping."""

    items: Mapping[str, Place]
    extras: Mapping[str, Place]
    unread: tuple[recognition.Column, ...]
    problems: tuple[Problem, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def unknown(self) -> tuple[recognition.Column, ...]:
        """The columns that nothing is known of."""
        return tuple(each for each in self.unread if each.use == "unknown")


def read_headers(rows: Sequence[Sequence[str]], profile: Profile) -> tuple[Header, ...]:
    """The columns that the header rows of a table name."""
    rows = rows[: profile.headers]
    width = max(map(len, rows), default=0)
    padded = [[*row, *[""] * (width - len(row))] for row in rows]
    headers = []
    block = ""
    for n in range(width):
        texts = tuple(_clean(row[n]) for row in padded)
        block = texts[0] or block
        name = texts[profile.key] if profile.key < len(texts) else ""
        if profile.blocks:
            name = " / ".join(filter(None, (block, *texts[1:])))
        for escape, sign in profile.escapes:
            name = name.replace(escape, sign)
            texts = tuple(text.replace(escape, sign) for text in texts)
        headers.append(Header(n + 1, name, texts))
    return tuple(headers)


def _clean(text: str) -> str:
    """A header on one line; of Qualtrics' third row the id in it."""
    found = re.fullmatch(r'\{"ImportId": ?"([^"]{1,100})".*\}', text.strip(), re.DOTALL)
    return " ".join((found[1] if found else text[:_LONGEST_HEADER]).split())


def match_columns(
    headers: Sequence[Header],
    definition: Definition,
    profile: Profile,
    mapping: TableMapping,
    path: str,
) -> Match:
    """What each column holds; an item that two columns claim alike is a problem."""
    mapped = _Mapped(headers, definition, mapping)
    taken = mapped.taken
    open_columns = [each for each in headers if each.number not in taken]
    others = [each for each in open_columns if not _is_the_tools(each, profile)]
    rest = [name for name in definition.entries if name not in mapped.items]
    claims = _claims(others, rest, definition, profile)
    items = dict(mapped.items)
    problems = []
    for item in rest:
        places = claims.get(item, [])
        if len(places) > 1:
            problems.append(_twice(path, item, places))
        elif places:
            items[item] = places[0]
    used = taken | {place.header.number for place in items.values()}
    extras = dict(mapped.extras)
    for name in EXTRAS:
        if name not in extras:
            found = _find_extra(name, headers, profile, used)
            if found is not None:
                extras[name] = found
                used.add(found.header.number)
    ordered = dict(sorted(items.items(), key=lambda pair: pair[1].header.number))
    used -= mapped.ignored
    unread = tuple(
        _unread(each, profile, mapped.ignored) for each in headers if each.number not in used
    )
    return Match(ordered, extras, unread, tuple(problems), tuple(mapped.findings))


def _is_the_tools(header: Header, profile: Profile) -> bool:
    return is_own(profile, header.folded)


def _unread(header: Header, profile: Profile, ignored: Collection[int]) -> recognition.Column:
    names = header.folded
    use: recognition.Use = "unknown"
    if is_personal(names):
        use = "personal"
    elif header.number in ignored:
        use = "ignored"
    elif is_own(profile, names) or not any(names):
        use = "tool"
    return recognition.Column(header.number, header.title, use)


def _twice(path: str, item: str, places: Sequence[Place]) -> Problem:
    listed = " and ".join(
        f"column {each.header.number} {quote(each.header.title)}" for each in places[:3]
    )
    message = f"{item} would be read from {listed}: name one of them in a mapping"
    return Problem(path, 1, places[1].header.number, "duplicate-column", message)


# --- by the mapping --------------------------------------------------------------------------


class _Mapped:
    """What a mapping says of columns, and what of it does not fit the table."""

    def __init__(
        self, headers: Sequence[Header], definition: Definition, mapping: TableMapping
    ) -> None:
        self._headers = headers
        self.findings: list[Finding] = []
        self.items: dict[str, Place] = {}
        self.extras: dict[str, Place] = {}
        self.ignored: set[int] = set()
        entries = definition.entries
        for item, column in mapping.columns.items():
            if item not in entries:
                message = f"no item {quote(item)}{did_you_mean(item, entries)}"
                self.findings.append(Finding(("columns", item), "unknown-id", message))
            elif (found := self._find(column, ("columns", item))) is not None:
                self.items[item] = Place(found, "the mapping")
        for name in EXTRAS:
            column = getattr(mapping, name)
            found = None if column is None else self._find(column, (name,))
            if found is not None and is_personal(found.folded):
                message = f"the column {quote(column)} holds personal data, which is never read"
                self.findings.append(Finding((name,), "personal-column", message))
            elif found is not None:
                self.extras[name] = Place(found, "the mapping")
        for n, column in enumerate(mapping.ignore):
            if (found := self._find(column, ("ignore", n))) is not None:
                self.ignored.add(found.number)

    @property
    def taken(self) -> set[int]:
        """The numbers of the columns that the mapping speaks of."""
        places = (*self.items.values(), *self.extras.values())
        return self.ignored | {place.header.number for place in places}

    def _find(self, column: str, loc: Loc) -> Header | None:
        wanted = fold(column)
        found = [each for each in self._headers if wanted in each.folded]
        if not found and wanted.isdecimal() and 0 < int(wanted[:6]) <= len(self._headers):
            return self._headers[int(wanted[:6]) - 1]
        if len(found) == 1:
            return found[0]
        if found:
            numbers = ", ".join(str(each.number) for each in found[:5])
            message = f"{quote(column)} is the header of the columns {numbers}: give a number"
            self.findings.append(Finding(loc, "duplicate-column", message))
            return None
        titles = [each.title for each in self._headers[:_MOST_COMPARED]]
        message = f"no column {quote(column)}{did_you_mean(column, titles)}"
        self.findings.append(Finding(loc, "unknown-column", message))
        return None


# --- by the header ---------------------------------------------------------------------------

Rule = Callable[[str], Iterable[str]]


def _claims(
    headers: Sequence[Header], items: Sequence[str], definition: Definition, profile: Profile
) -> Mapping[str, list[Place]]:
    """The columns that claim each item by the strongest of the rules under which any does."""
    rules = _make_rules(items, definition, profile)
    claims: dict[str, list[Place]] = {}
    free = list(headers)
    for how, rule in rules:
        found: dict[str, list[Header]] = {}
        for header in free:
            texts = dict.fromkeys((*header.texts, header.name, *header.codes))
            named = dict.fromkeys(item for text in texts for item in rule(text))
            for item in named:
                if item not in claims:
                    found.setdefault(item, []).append(header)
        for item, places in _spread(found, definition, items).items():
            claims[item] = [Place(each, how) for each in places]
        claimed = {each.number for places in found.values() for each in places}
        free = [each for each in free if each.number not in claimed]
    return claims


def _make_rules(
    items: Sequence[str], definition: Definition, profile: Profile
) -> tuple[tuple[str, Rule], ...]:
    """The rules by which a header names an item, the strongest first, with their words."""
    ids = {fold(item): item for item in items}
    squeezed = _unique((squeeze(item), item) for item in items)
    statements: dict[str, list[str]] = {}
    for item in items:
        statements.setdefault(bare(definition.entries[item].statement), []).append(item)

    def by_id(text: str) -> Iterator[str]:
        if (item := ids.get(fold(text)) or squeezed.get(squeeze(text))) is not None:
            yield item

    def by_bracket(text: str) -> Iterator[str]:
        """`[id]` before the statement; a comment on an item begins with other words."""
        for found in islice(_BRACKETS.finditer(text), _MOST_BRACKETS):
            item = ids.get(fold(found[1]))
            if item is not None:
                rest = bare(text[found.end() :].lstrip(" :.-").rstrip("]"))
                if bare(definition.entries[item].statement) in (rest, rest.rstrip("0123456789")):
                    yield item

    def by_any_bracket(text: str) -> Iterator[str]:
        for found in islice(_BRACKETS.finditer(text), _MOST_BRACKETS):
            if (item := ids.get(fold(found[1]))) is not None:
                yield item

    def by_last_part(text: str) -> Iterator[str]:
        cuts = (n for n, sign in enumerate(text[:_LONGEST_COMPARED]) if sign in profile.joins)
        for cut in cuts:
            part = text[cut + 1 :].rstrip("]")
            if (item := ids.get(fold(part)) or squeezed.get(squeeze(part))) is not None:
                yield item
                return

    def by_statement(text: str) -> Iterator[str]:
        for part in _parts(text):
            if found := statements.get(part):
                yield from found
                return

    return (
        ("its id", by_id),
        ("[id] and statement", by_bracket),
        ("[id] in the header", by_any_bracket),
        *([("its id behind a group's", by_last_part)] if profile.joins else []),
        ("its statement", by_statement),
    )


def _unique(pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    found: dict[str, list[str]] = {}
    for text, item in pairs:
        found.setdefault(text, []).append(item)
    return {text: items[0] for text, items in found.items() if len(items) == 1 and text}


def _parts(text: str) -> Iterator[str]:
    """What of a header may be a statement: all of it, behind a code or question, a grid's row."""
    whole = bare(text)
    yield whole
    yield whole.rstrip("0123456789").rstrip(" .:*?!")
    code, stop, rest = text.partition(". ")
    if stop and " " not in code:
        yield bare(rest)
    for sign in islice(re.finditer(r" - |/", text), _MOST_BRACKETS):
        yield bare(text[sign.end() :])
    if text.rstrip().endswith("]"):
        inside = text.rstrip()[:-1]
        for bracket in islice(re.finditer(r"\[", inside), _MOST_BRACKETS):
            yield bare(inside[bracket.end() :])


def _spread(
    found: Mapping[str, Sequence[Header]], definition: Definition, items: Sequence[str]
) -> Mapping[str, Sequence[Header]]:
    """Columns that several items claim alike are given out in order: a form repeats a statement.

    The number that Microsoft Forms puts behind a repeated text counts before the order.
    """
    spread: dict[str, Sequence[Header]] = {}
    for item, headers in found.items():
        twins = [each for each in items if each in found and tuple(found[each]) == tuple(headers)]
        if len(twins) > 1 and len(twins) == len(headers):
            ordered = sorted(headers, key=lambda each: (_number_behind(each), each.number))
            spread[item] = [ordered[twins.index(item)]]
        else:
            spread[item] = headers
    return spread


def _number_behind(header: Header) -> int:
    number = re.search(r"([0-9]{1,4})\s*$", header.title)
    return int(number[1]) if number else 1


def _find_extra(
    name: str, headers: Sequence[Header], profile: Profile, used: Collection[int]
) -> Place | None:
    """The first column that a header names as an extra, or that the profile holds for its date."""
    for header in headers:
        if header.number in used:
            continue
        texts = header.folded
        if any(f"[{name}]" in text for text in texts):
            return Place(header, f"[{name}] in the header")
        own = is_own(profile, texts)
        if any(text in _EXTRA_HEADERS[name] for text in texts) and not own:
            return Place(header, "its header")
        if name in _PEOPLE and any(last_part(text, profile) == name for text in texts) and not own:
            return Place(header, "its name behind a group's")
    if name != "date":
        return None
    for pattern in profile.dates:
        for header in headers:
            found = any(re.fullmatch(pattern, text) for text in header.folded)
            if found and header.number not in used:
                return Place(header, profile.title)
    return None


def last_part(text: str, profile: Profile) -> str:
    """What stands behind the name of the group that a question is in."""
    return text[max(map(text.rfind, profile.joins), default=-1) + 1 :]


# --- what comes near -------------------------------------------------------------------------


def find_nearest(
    columns: Sequence[recognition.Column], definition: Definition, items: Iterable[str], most: int
) -> Mapping[int, Sequence[str]]:
    """The items whose statement or id comes near the header of each column, by its number."""
    texts = {bare(definition.entries[item].statement)[:_LONGEST_COMPARED]: item for item in items}
    texts |= {fold(item): item for item in texts.values()}
    found = {}
    for column in columns[:_MOST_COMPARED]:
        header = bare(column.header)[:_LONGEST_COMPARED]
        near = get_close_matches(header, texts, n=most, cutoff=_NEAR)
        found[column.number] = tuple(dict.fromkeys(texts[each] for each in near))
    return found


def is_nearly(column: recognition.Column, definition: Definition, item: str) -> bool:
    """Whether a header is an item's statement but for a few letters, or has brackets near an id."""
    statement = bare(definition.entries[item].statement)[:_LONGEST_COMPARED]
    header = bare(column.header)[:_LONGEST_COMPARED]
    return bool(get_close_matches(header, [statement], n=1, cutoff=_NEARLY_SAME))


def describe_items(items: Iterable[str], definition: Definition) -> str:
    """Items by id and statement, as a message lists them."""
    return ", ".join(f"{item} ({shorten(definition.entries[item].statement)})" for item in items)
