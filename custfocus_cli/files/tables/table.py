"""One table of answers: opened, understood, and read row by row in memory that rows do not fill."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from itertools import islice
from operator import itemgetter
from typing import Final, NamedTuple

from custfocus_cli.documents.definition import Definition
from custfocus_cli.documents.fields import did_you_mean, list_known, quote
from custfocus_cli.documents.mapping import TableMapping
from custfocus_cli.documents.recognition import Column, Recognition, Value
from custfocus_cli.documents.tally import LEAST
from custfocus_cli.errors import BadInput, CustfocusError, Problem
from custfocus_cli.files.places import File
from custfocus_cli.files.reader import Reading
from custfocus_cli.files.tables.asked import name_asked
from custfocus_cli.files.tables.matching import (
    Header,
    Match,
    describe_items,
    find_nearest,
    is_nearly,
    match_columns,
    read_headers,
)
from custfocus_cli.files.tables.profiles import MOST_HEADERS, PROFILES, Profile, detect, fits
from custfocus_cli.files.tables.records import Record, Source, find_source
from custfocus_cli.files.tables.values import (
    BY_POINTS,
    Vocabulary,
    build_vocabularies,
    check_values,
    say_unknown,
)
from custfocus_cli.files.tables.words import fold, slug

UNANSWERED: Final = "no answer to any item"

MOST_COLUMNS: Final = 20_000
_SAMPLE: Final = 100
"""How many rows are looked at to tell a column of answers that matches no item."""
_MOST_SAMPLED: Final = 4_000_000
"""Characters of those rows."""
_MOST_SHOWN: Final = 12
_MOST_TEXTS: Final = 10_000
_LONGEST_BLANK: Final = 100
_DAY: Final = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?![0-9]).*", re.DOTALL)
_FIRST_YEAR: Final = 2000
"""LimeSurvey writes a day of 1980 where it was told to keep none."""

Row = tuple[str, ...]


class Check(NamedTuple):
    """A cell by its position, and the folded texts with which the row is left out."""

    position: int
    values: frozenset[str]
    reason: str

    def leaves_out(self, text: str) -> bool:
        """Whether a row with this text in the cell is left out."""
        return fold(text) in self.values


class Table:
    """A table whose columns are known.

    A row holds the cells of `items` and then those of `extras`, as they stand in the table. After a
    pass over the rows `read` counts those that were given and `left_out` the others by reason;
    `line` is where the latest one begins.
    """

    def __init__(
        self,
        source: Source,
        definition: Definition,
        profile: Profile,
        headers: Sequence[Header],
        match: Match,
        vocabularies: Mapping[str, Vocabulary],
    ) -> None:
        self.path = source.path
        self.profile = profile.name
        self.items = tuple(match.items)
        self.extras = tuple(match.extras)
        self.ignored = tuple(each.header for each in match.unread)
        self.absent = tuple(each for each in definition.entries if each not in match.items)
        self.left_out: Counter[str] = Counter()
        self.read = 0
        self.line = 0
        self.source = source
        self.headers = profile.headers
        self.width = len(headers)
        self._definition = definition
        self._profile = profile
        self._match = match
        self._vocabularies = vocabularies
        self.checks = _place_filters(profile, headers)
        self._cache: dict[str, dict[str, str | Problem | None]] = {name: {} for name in self.items}
        self._how: dict[tuple[str, str | None, str], None] = {}
        self._names: dict[tuple[str, str], str | None] = {}

    @property
    def places(self) -> Mapping[str, int]:
        """The position of each item's and each extra's column, from 0."""
        found = {**self._match.items, **self._match.extras}
        return {name: place.header.number - 1 for name, place in found.items()}

    # --- rows ---

    def rows(self) -> Iterator[Row]:
        """The rows that count, from the first; every call is a new pass over the file.

        Raises BadInput at a record that is none, or has more or fewer cells than the header.
        """
        self.left_out, self.read = Counter(), 0
        pick, asked, width = self._picker(), len(self.items), self.width
        with closing(self.source.read()) as records:
            for line, record in islice(records, self._profile.headers, None):
                self.line = line
                if len(record) != width and not self._fits(record):
                    continue
                reason = self._refusal(record) if self.checks else None
                if reason is None:
                    row = pick(record)
                    if row[0] or any(row[:asked]):
                        self.read += 1
                        yield row
                        continue
                    if not any(record):
                        continue
                    reason = UNANSWERED
                self.left_out[reason] += 1

    def _picker(self) -> Callable[[Record], Row]:
        places = (*self._match.items.values(), *self._match.extras.values())
        positions = [place.header.number - 1 for place in places]
        if len(positions) == 1:
            only = positions[0]
            return lambda record: (record[only],)
        return itemgetter(*positions)

    def _fits(self, record: Record) -> bool:
        """Whether a record of another width is one for all that: what is too much of it is blank.

        False for an empty record, which is none. Raises BadInput for any other.
        """
        if not any(cell.strip() for cell in record):
            return False
        if len(record) > self.width and not any(record[self.width :]):
            return True
        if self.source.delimiter == "" and len(record) < self.width:  # a workbook's short row
            record += [""] * (self.width - len(record))
            return True
        message = f"expected as many cells as the header has, {self.width}, found {len(record)}"
        raise BadInput([Problem(self.path, self.line, 1, "ragged-row", message)])

    def _refusal(self, record: Record) -> str | None:
        for check in self.checks:
            if check.leaves_out(record[check.position]) and any(record):
                return check.reason
        return None

    # --- values ---

    def decode(self, item: str, text: str) -> str | Problem | None:
        """The code of the answer that a cell holds; None where it holds none.

        A problem of a text that is no answer stands in the header's line: `locate` finds its own.
        """
        known = self._cache[item]
        if text in known:
            return known[text]
        decoded = self._decode(item, text)
        if len(known) < _MOST_TEXTS:  # a column of free texts would fill the memory
            known[text] = decoded
        return decoded

    def _decode(self, item: str, text: str) -> str | Problem | None:
        plain = text
        for escape, sign in self._profile.escapes if fold(text) not in self._profile.blanks else ():
            plain = plain.replace(escape, sign)
        folded = fold(plain[:_LONGEST_BLANK])
        vocabulary = self._vocabularies[item]
        if folded not in vocabulary.mapped and (not folded or folded in self._profile.blanks):
            return None
        entry = self._definition.entries[item]
        found = vocabulary.read(plain)
        special = entry.scale.not_applicable if entry.scale else None
        if found is None:
            return self._problem(item, "unknown-answer", say_unknown(entry, plain))
        if special is not None and found.code == special.code and not entry.allow_na:
            message = f"{quote(text)}, but {item} applies to everybody"
            return self._problem(item, "na-not-allowed", message)
        self._how[" ".join(plain.split()), found.code, found.how] = None
        return found.code

    def _problem(self, item: str, rule: str, message: str) -> Problem:
        column = self._match.items[item].header.number
        return Problem(self.path, 1, column, rule, message)

    def locate(self, cells: Iterable[tuple[str, str]]) -> tuple[Problem, ...]:
        """The problems of texts that are no answers, `(item, text)`, each in its first row's line.

        One pass over the table; it ends when all were met.
        """
        wanted = {
            (self.items.index(item), text): found
            for item, text in cells
            if isinstance(found := self.decode(item, text), Problem)
        }
        positions = sorted({position for position, _ in wanted})
        met: dict[tuple[int, str], Problem] = {}
        for row in self.rows() if wanted else ():
            for position in positions:
                key = position, row[position]
                if key in wanted and key not in met:
                    met[key] = wanted[key]._replace(line=self.line)
            if len(met) == len(wanted):
                break
        return tuple({**wanted, **met}.values())

    def name(self, extra: str, text: str) -> str | None:
        """The id that the text of a role, group, respondent or wave gives; None for a blank one.

        A role is also known by the name that the questionnaire gives it.
        """
        key = (extra, text)
        if key not in self._names:
            blank = fold(text) in self._profile.blanks
            self._names[key] = None if blank else name_extra(self._definition, extra, text)
        return self._names[key]

    # --- what was understood ---

    def recognise(self) -> Recognition:
        """What was understood of the table; rows and values as far as they have been read."""
        placed = [
            Column(place.header.number, place.header.title, "item", item, place.how)
            for item, place in self._match.items.items()
        ]
        placed += [
            Column(place.header.number, place.header.title, "extra", name, place.how)
            for name, place in self._match.extras.items()
        ]
        return Recognition(
            path=self.path,
            profile=self._profile.title,
            encoding=self.source.encoding,
            delimiter=self.source.delimiter,
            columns=tuple(sorted((*placed, *self._match.unread))),
            items=len(self._definition.entries),
            absent=self.absent,
            rows=self.read,
            left_out=dict(sorted(self.left_out.items())),
            values=tuple(sorted((Value(*each) for each in self._how), key=_by_code)),
            notices=tuple(self._notices()),
        )

    def _notices(self) -> Iterator[str]:
        line = self.source.guessed_from
        if line is not None:
            told = f"line {line} is not UTF-8, so the table was read as {self.source.encoding}"
            yield "; ".join([told, *self._doubt_names()])
        numbers = {text for text, _, how in self._how if how == BY_POINTS}
        if numbers and not any(text.startswith("0") for text in numbers):
            yield (
                "numbers were read as points, which begin with 0, and there is no 0: if the table"
                " counts from 1, say in a mapping what each number means"
            )

    def _doubt_names(self) -> Iterator[str]:
        """The names of roles and groups with letters that a wrong encoding would spoil.

        What is said of a group of few people is that there are such, and no name.
        """
        people = self._count_lettered()
        shown = [quote(text) for text, number in people.items() if number >= LEAST]
        if people:
            few = len(people) - len(shown[:_MOST_SHOWN])
            listed = ", ".join(shown[:_MOST_SHOWN]) or "none of many people"
            more = f" and {few} more" if few else ""
            yield f"look whether these roles and groups are spelt right: {listed}{more}"

    def _count_lettered(self) -> Mapping[str, int]:
        """The rows by each role and group that is not plain ASCII, by name; one pass more."""
        positions = [self.places[name] for name in ("role", "group") if name in self.extras]
        found: Counter[str] = Counter()
        with suppress(BadInput), closing(self.source.read()) as records:
            for _, record in islice(records, self._profile.headers, None):
                if len(record) >= self.width and self._refusal(record) is None:
                    texts = [record[position].strip() for position in positions]
                    found.update(text for text in texts if not text.isascii())
                if len(found) > _MOST_TEXTS:
                    break
        return dict(sorted(found.items()))


def name_extra(definition: Definition, extra: str, text: str) -> str | None:
    """The id that the text of a role, a group or the like gives; None for a blank one."""
    folded = fold(text)
    roles = definition.questionnaire.roles if extra == "role" else {}
    named = {fold(label): role for role, label in roles.items()}
    return (named.get(folded) or slug(text)) if folded else None


def _by_code(value: Value) -> tuple[bool, str, str]:
    return value.code is None, value.code or "", value.text


def _place_filters(profile: Profile, headers: Sequence[Header]) -> tuple[Check, ...]:
    """The filters of a profile whose columns the table has, at their positions."""
    checks = []
    for columns, values, reason in profile.filters:
        place = next(
            (each.number - 1 for column in columns for each in headers if column in each.folded),
            None,
        )
        if place is not None:
            checks.append(Check(place, values, reason))
    return tuple(checks)


def read_day(text: str) -> datetime.date | None:
    """The day at the start of a text, year first; None where it is no day, or could be two."""
    found = _DAY.fullmatch(text.strip()[:64])
    if found is None or int(found[1]) < _FIRST_YEAR:
        return None
    try:
        return datetime.date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


# --- opening ---------------------------------------------------------------------------------


def open_table(
    file: File,
    definition: Definition,
    *,
    profile: str | None = None,
    mapping: Reading | None = None,
) -> Table | Sequence[Problem]:
    """The table in a file, its columns matched with the items of a questionnaire.

    `profile` names the survey tool where the first cells do not tell it, `mapping` is the reading
    of a mapping. The problems are those of the file's form, of columns that cannot be matched, and
    of a mapping that does not fit. Raises CustfocusError where no profile has that name.
    """
    written = mapping.document if mapping else None
    said = written if isinstance(written, TableMapping) else TableMapping()
    try:
        source = find_source(file)
        if isinstance(source, Problem):
            return [source]
        head = _read_head(source)
    except BadInput as error:
        return error.problems
    known = _choose_profile(profile or said.profile, head, source.path)
    headers = read_headers(head, known)
    problem = _refuse_head(source.path, headers, known, head)
    if problem is not None:
        return [problem]
    match = match_columns(headers, definition, known, said, source.path)
    findings = [*match.findings, *check_values(said, [definition.entries[i] for i in match.items])]
    problems: list[Problem] = [*match.problems]
    if findings and mapping is not None:
        problems += mapping.judge(findings)
    if not problems:
        sample = head[known.headers :]
        problems += _find_unmatched(source.path, definition, match, said, sample)
    if problems:
        return problems
    vocabularies = build_vocabularies(definition, match.items, said)
    return Table(source, definition, known, headers, match, vocabularies)


def find_asked(
    file: File, known: Mapping[str, Collection[str]], profile: str | None
) -> Sequence[str]:
    """The questionnaires of `known`, with their items, that a table may answer; none if unreadable.

    `profile` is as in `open_table`.
    """
    try:
        source = find_source(file)
        head = [] if isinstance(source, Problem) else _read_head(source)
    except BadInput:
        return ()
    chosen = PROFILES.get(profile or "") or detect(head)
    return name_asked(read_headers(head, chosen), chosen, known)


def _read_head(source: Source) -> list[Record]:
    """The header rows of a table and some rows behind them, as far as they are not too much.

    Raises BadInput where one is too wide.
    """
    head: list[Record] = []
    left = _MOST_SAMPLED
    with closing(source.read()) as records:
        for line, record in islice(records, MOST_HEADERS + _SAMPLE):
            if len(record) > MOST_COLUMNS:
                message = f"{len(record):,} columns; a table may have {MOST_COLUMNS:,}"
                raise BadInput([Problem(source.path, line, 1, "table-too-large", message)])
            head.append(record)
            left -= sum(map(len, record))
            if left < 0 and len(head) >= MOST_HEADERS:
                break
    return head


def _choose_profile(name: str | None, head: Sequence[Record], path: str) -> Profile:
    if name is None:
        return detect(head)
    if name not in PROFILES:
        raise CustfocusError(
            f"no profile {quote(name)}{list_known(PROFILES)}{did_you_mean(name, PROFILES)}"
        )
    profile = PROFILES[name]
    if not fits(profile, head):
        raise CustfocusError(
            f"{path} does not begin as a table of {profile.title} does;"
            f" it looks like {detect(head).title}",
            "leave the profile out, or name another one",
        )
    return profile


def _refuse_head(
    path: str, headers: Sequence[Header], profile: Profile, head: Sequence[Record]
) -> Problem | None:
    if len(head) < profile.headers or not any(each.title for each in headers):
        rows = "a header row" if profile.headers == 1 else f"{profile.headers} header rows"
        return Problem(path, 1, 1, "empty-table", f"the table does not begin with {rows}")
    return None


def _find_unmatched(
    path: str,
    definition: Definition,
    match: Match,
    mapping: TableMapping,
    sample: Sequence[Record],
) -> Iterator[Problem]:
    """Columns that hold answers, or nearly name an item, and match none; or that nothing matches.

    Any other column that is no item is a survey's own business.
    """
    absent = [item for item in definition.entries if item not in match.items]
    if not match.items:
        yield _say_nothing_matches(path, definition, match)
        return
    if not absent:
        return
    words = _distinct(build_vocabularies(definition, absent, mapping).values())
    nearest = find_nearest(match.unknown, definition, absent, 3)
    for column in match.unknown:
        near = nearest.get(column.number, ())
        if any(is_nearly(column, definition, item) for item in near[:1]) or any(
            _holds_answers(column.number - 1, each, sample) for each in words
        ):
            yield _say_unmatched(path, definition, column, near or absent[:3])


def _distinct(vocabularies: Iterable[Vocabulary]) -> Sequence[Vocabulary]:
    return tuple({id(each): each for each in vocabularies}.values())


def _holds_answers(position: int, vocabulary: Vocabulary, sample: Sequence[Record]) -> bool:
    """Whether every text of a column is an answer, and there are two different ones or more.

    Numbers are anything: an age, a count of years.
    """
    texts = {record[position] for record in sample if position < len(record)}
    codes = set()
    for text in texts - {""}:
        found = vocabulary.read(text)
        if found is None or fold(text).isdecimal():
            return False
        codes.add(found.code)
    return len(codes) > 1


def _say_unmatched(
    path: str, definition: Definition, column: Column, near: Sequence[str]
) -> Problem:
    message = (
        f"column {column.number} {quote(column.header)} matches no item; nearest are"
        f" {describe_items(near, definition)}: name the item, or set the column aside, in a mapping"
    )
    return Problem(path, 1, column.number, "unknown-column", message)


def _say_nothing_matches(path: str, definition: Definition, match: Match) -> Problem:
    columns = [each for each in match.unread if each.use in ("unknown", "tool")]
    shown = ", ".join(quote(each.header) for each in columns[:_MOST_SHOWN])
    more = f" and {len(columns) - _MOST_SHOWN} more" if len(columns) > _MOST_SHOWN else ""
    nearest = find_nearest(match.unknown, definition, definition.entries, 1)
    near = dict.fromkeys(item for items in nearest.values() for item in items)
    items = list(near)[:5] or list(definition.entries)[:3]
    message = (
        f"no column matches an item of {definition.id}; the columns are {shown}{more}, the"
        f" nearest items {describe_items(items, definition)}: name the columns in a mapping"
    )
    return Problem(path, 1, 1, "unknown-column", message)
