"""One reader for every file: from bytes to a document, with every problem and its place.

Whatever the bytes are, the answer is a `Reading`. Where something is wrong, the reader goes on
with what is left: pieces that do not fit are cut out, so that the rest can still be checked, and
nothing is reported that follows only from a cut.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Final

from custfocus_cli.documents.fields import Finding, Loc, did_you_mean, quote
from custfocus_cli.documents.form import Misfit, find_bare_keys, fit
from custfocus_cli.documents.kinds import KINDS, Document
from custfocus_cli.errors import MOST_PROBLEMS, Problem
from custfocus_cli.files import events, json_text
from custfocus_cli.files.cuts import Cuts, at
from custfocus_cli.files.places import File
from custfocus_cli.files.text import decode
from custfocus_cli.files.tree import Draft, Flaw, Place, Places, Tree

RESULTS: Final = ("scorecard", "plan", "diff", "check", "validation")
"""The kinds of JSON that custfocus writes as results: ours, but not for reading."""

_FORMAT: Final = re.compile(r"custfocus/([a-z]{1,40})/([1-9][0-9]{0,3})")

_STAND_INS: Final[Mapping[str, Tree]] = {
    "id": "x",
    "version": "1",
    "organisation": "x",
    "date": "2000-01-01",
}
"""What takes the place of a value that a document cannot do without, while the rest is checked."""

_MOST_CUTS: Final = 200
"""With more misfits than this, what is left of a file says nothing any more."""
_MOST_ROUNDS: Final = 6
"""How often cutting may uncover that the part around a cut does not fit either."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one file gave: its document where anything can be made of it, and its problems.

    A document beside problems is what is left after cutting; it is for further checks only.
    `kind` is the kind that the file's format names, also where it is one that is not read. `empty`
    are the places of keys without a value. `file` is None where no more is known of it than its
    path on the disk; `sha256` is that of its bytes.
    """

    path: str
    document: Document | None = None
    kind: str | None = None
    problems: tuple[Problem, ...] = ()
    is_json: bool = False
    text: str = field(default="", repr=False)
    tree: Tree = field(default="", repr=False)
    cuts: Cuts = field(default=Cuts(), repr=False)
    empty: frozenset[Loc] = field(default=frozenset(), repr=False)
    file: File | None = None
    sha256: str = ""

    @property
    def origin(self) -> File:
        """The file that was read, beside which lie those that it names."""
        return self.file or File(self.path)

    def without_tree(self) -> Reading:
        """The reading for its text and places alone, which keeps less in memory."""
        return replace(self, document=None, tree="", cuts=Cuts())

    def judge(self, findings: Iterable[Finding]) -> tuple[Problem, ...]:
        """The problems that findings about the document are, with their places in the file.

        At most a thousand; what may follow from a cut alone is left out.
        """
        moved = (
            each._replace(loc=self.cuts.in_file(each.loc))
            for each in islice(findings, MOST_PROBLEMS)
        )
        real = (each for each in moved if not self.cuts.explain(each, self.tree))
        return self._located((each, _names_its_key(each)) for each in real)

    def line(self, loc: Loc) -> int | None:
        """The line of what stands at a path, or around it; None in JSON."""
        return self.lines([loc])[loc]

    def lines(self, locs: Iterable[Loc]) -> Mapping[Loc, int | None]:
        """The line of what stands at each path, or around it; None in JSON."""
        if self.is_json:
            return dict.fromkeys(locs)
        places = events.examine(self.text).places
        return {loc: _place(places, loc, on_key=True)[0] for loc in locs}

    def _located(self, findings: Iterable[tuple[Finding, bool]]) -> tuple[Problem, ...]:
        """Findings as problems; beside each whether it is about the key, not the value."""
        found = [
            (self._with_its_key(each._replace(loc=_as_written(each.loc, self.tree))), on_key)
            for each, on_key in findings
        ]
        if not found:
            return ()
        if self.is_json:
            return tuple(
                Problem(self.path, None, None, each.rule, each.message, _pointer(each.loc))
                for each, _ in found
            )
        places = events.examine(self.text).places
        return tuple(self._in_yaml(each, on_key, places) for each, on_key in found)

    def _in_yaml(self, finding: Finding, on_key: bool, places: Places) -> Problem:
        on_key = on_key or isinstance(at(self.tree, finding.loc), dict | list)
        line, column = _place(places, finding.loc, on_key)
        return Problem(self.path, line, column, finding.rule, finding.message)

    def _with_its_key(self, finding: Finding) -> Finding:
        """The finding; where a key is missing that stands there without a value, it says so."""
        if finding.rule != "missing-key" or finding.loc not in self.empty:
            return finding
        return finding._replace(message=f"the key {finding.loc[-1]} has no value")


def read(path: str, data: bytes) -> Reading:
    """What a file of these bytes says; `path` is the name its problems go by."""
    text, flaws = decode(data)
    if flaws and not text:
        return Reading(path, problems=_flaw_problems(path, flaws))
    is_json = path.lower().endswith(".json") or text.lstrip().startswith("{")
    draft = _draft(text, is_json, hurry=not flaws)
    problems = _flaw_problems(path, (*flaws, *draft.flaws))
    if draft.tree is None and problems:
        return Reading(path, problems=problems)
    cuts = Cuts(draft.gone, frozenset(), draft.lost)
    return _with_document(
        Reading(path, None, None, problems, is_json, text, draft.tree or "", cuts, draft.empty)
    )


def read_file(file: File) -> Reading | Problem:
    """What a file says wherever it stands; a problem where it cannot be read."""
    data = file.read()
    if isinstance(data, Problem):
        return data
    digest = hashlib.sha256(data).hexdigest()
    return replace(read(file.name, data), file=file, sha256=digest)


def ordered(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems in the order of their places, each once."""
    return tuple(
        sorted(
            dict.fromkeys(problems),
            key=lambda p: (p.path, p.line or 0, p.column or 0, p.pointer, p.rule, p.message),
        )
    )


# --- from the text to a document -------------------------------------------------------------


def _draft(text: str, is_json: bool, *, hurry: bool) -> Draft:
    if is_json and text.strip():
        return json_text.examine(text)
    tree = events.build(text) if hurry else None
    return Draft(tree) if tree is not None else events.examine(text)


def _with_document(reading: Reading) -> Reading:
    """The reading with its kind, its document and the problems of its form."""
    named = reading.tree.get("format") if isinstance(reading.tree, dict) else None
    parts = _FORMAT.fullmatch(named) if isinstance(named, str) else None
    reading = replace(reading, kind=parts[1] if parts else None)
    finding = _refusal(reading.tree, parts)
    if finding is not None:
        return _and(reading, reading._located([(finding, False)]))
    if len(reading.cuts.gone) > _MOST_CUTS:
        return reading
    return _fitted(reading, KINDS[reading.kind or ""])


def _and(reading: Reading, problems: Iterable[Problem]) -> Reading:
    return replace(reading, problems=ordered((*reading.problems, *problems)))


def _refusal(tree: Tree, parts: re.Match[str] | None) -> Finding | None:
    """Why a tree is of no kind that is read; `parts` are those of its format."""
    known = ", ".join(kind.FORMAT for kind in KINDS.values())
    if not tree:
        return Finding(
            (), "missing-key", f"the file is empty; its first key is format, one of {known}"
        )
    if not isinstance(tree, dict):
        return Finding((), "wrong-type", "expected a mapping: lines of the form key: value")
    if "format" not in tree:
        return Finding((), "missing-key", f"the first key is format, one of {known}")
    named = tree["format"]
    if not isinstance(named, str) or parts is None or parts[1] not in KINDS:
        if parts is not None and parts[1] in RESULTS:
            message = f"a {parts[1]} is a result of custfocus, which it does not read"
        elif isinstance(named, str):
            formats = [kind.FORMAT for kind in KINDS.values()]
            message = f"{quote(named)} is none of {known}{did_you_mean(named, formats)}"
        else:
            message = f"expected one of {known}"
        return Finding(("format",), "unknown-format", message)
    newest = int(KINDS[parts[1]].FORMAT.rpartition("/")[2])
    if int(parts[2]) > newest:
        message = f"'{named}' is newer than this custfocus, which reads version {newest}"
        return Finding(("format",), "newer-format", message)
    return None


def _fitted(reading: Reading, kind: type[Document]) -> Reading:
    """The reading with all misfits as problems, and the document that is left without them."""
    tree, cuts = reading.tree, reading.cuts
    bare = tuple(find_bare_keys(kind, reading.empty))
    reading = _and(reading, reading._located(map(_as_finding, bare)))
    missed = [each.loc for each in bare if each.rule != "unknown-key"]
    cuts = cuts.with_pieces(tree, gone=missed, extra=())
    stand_ins: dict[str, Tree] = {}
    for turn in range(_MOST_ROUNDS):
        left = cuts.left_of(tree) if cuts != Cuts() else tree
        fitted = fit(kind, {**left, **stand_ins} if isinstance(left, dict) else left)
        if not isinstance(fitted, tuple):
            return replace(reading, document=fitted, cuts=cuts)
        misfits = [_moved(each, cuts) for each in fitted]
        if turn == 0:
            real = (each for each in misfits if not _follows_from_a_cut(each, cuts))
            reading = _and(reading, reading._located(map(_as_finding, real)))
        needed = {str(each.loc[0]) for each in misfits if each.piece is None and each.loc}
        if len(misfits) > _MOST_CUTS or not needed <= _STAND_INS.keys():
            return reading
        stand_ins |= {key: _STAND_INS[key] for key in needed}
        pieces = [(each, each.loc[:1] if each.piece is None else each.piece) for each in misfits]
        cuts = cuts.with_pieces(
            tree,
            gone=(piece for each, piece in pieces if each.rule != "unknown-key"),
            extra=(piece for each, piece in pieces if each.rule == "unknown-key"),
        )
    return reading


def _moved(misfit: Misfit, cuts: Cuts) -> Misfit:
    """A misfit of what is left of a tree, with its places in the file."""
    piece = None if misfit.piece is None else cuts.in_file(misfit.piece)
    return misfit._replace(loc=cuts.in_file(misfit.loc), piece=piece)


def _follows_from_a_cut(misfit: Misfit, cuts: Cuts) -> bool:
    if misfit.rule in ("missing-key", "too-few"):
        return cuts.hold(misfit.loc)
    return misfit.loc in cuts.gone


def _as_finding(misfit: Misfit) -> tuple[Finding, bool]:
    return Finding(misfit.loc, misfit.rule, misfit.message), misfit.on_key


# --- places ----------------------------------------------------------------------------------


def _flaw_problems(path: str, flaws: Iterable[Flaw]) -> tuple[Problem, ...]:
    problems = []
    for flaw in flaws:
        line, column = flaw.place or (None, None)
        pointer = "" if flaw.place else _pointer(flaw.loc)
        problems.append(Problem(path, line, column, flaw.rule, flaw.message, pointer))
    return ordered(problems)


def _names_its_key(finding: Finding) -> bool:
    """Whether a finding is about the key at its path and not about the value."""
    if finding.rule != "unknown-id":
        return False
    return any(quote(str(name)) in finding.message for name in finding.loc[-1:])


def _place(places: Places, loc: Loc, on_key: bool) -> Place:
    """Where a path leads: to the value, to its key, or to what is around it."""
    while True:
        found = places.keys.get(loc) if on_key else places.values.get(loc)
        found = found or places.keys.get(loc) or places.values.get(loc)
        if found is not None or not loc:
            return found or (1, 1)
        loc, on_key = loc[:-1], True


def _as_written(loc: Loc, tree: Tree) -> Loc:
    """The place in the file of something that a short form (`sv-1b: L`) leaves out."""
    above = at(tree, loc[:-1]) if loc else None
    return loc if above is None or isinstance(above, dict | list) else loc[:-1]


def _pointer(loc: Loc) -> str:
    """A path as a JSON pointer (RFC 6901)."""
    return "".join("/" + str(each).replace("~", "~0").replace("/", "~1") for each in loc)
