"""From a tree of text to a document, or everything in the tree that does not fit its form.

The one place that reads pydantic's errors: their places, which speak of pydantic's own unions and
keys, become places of the file, and their types become our rules and sentences.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import NoneType, UnionType
from typing import (
    Annotated,
    Final,
    NamedTuple,
    TypeGuard,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

from pydantic import BaseModel, Tag, ValidationError
from pydantic_core import ErrorDetails

from custfocus_cli.documents.fields import (
    CODE_PATTERN,
    COLOUR_PATTERN,
    FONT_PATTERN,
    ID_PATTERN,
    TEXT_PATTERN,
    VERSION_PATTERN,
    Loc,
    Part,
    did_you_mean,
    shorten,
    shown,
)
from custfocus_cli.errors import MOST_PROBLEMS

_MOST_HINTS: Final = 20
"""How many unknown keys of one file are compared with the known ones."""
_KEY_MARK: Final = ("[key]",)
"""How pydantic ends the place of a mapping's key that is wrong itself."""
_MOST_CHOICES: Final = 16
"""How many known keys a message lists where none comes near."""


class Misfit(NamedTuple):
    """One value or key of a tree that its form does not allow, or a key that is missing.

    `piece` is the smallest part around it that the document can do without; None where there is
    no such part. `on_key` says that the key at `loc` is wrong, not its value.
    """

    loc: Loc
    rule: str
    message: str
    piece: Loc | None
    on_key: bool = False


D = TypeVar("D", bound=BaseModel)


def fit(kind: type[D], tree: object) -> D | tuple[Misfit, ...]:
    """The document of that kind which a tree holds, or its misfits, up to a thousand."""
    try:
        return kind.model_validate(tree)
    except ValidationError as error:
        errors = error.errors(include_url=False)
    return tuple(_misfits(kind, errors[:MOST_PROBLEMS]))


def find_bare_keys(kind: type[BaseModel], places: Iterable[Loc]) -> Iterator[Misfit]:
    """What is wrong with keys without a value in a document of that kind, where they stand.

    With a value they would be part of the tree; without one they are absent from it. Unknown ones
    are a mistake everywhere, known ones where a part speaks out, unless they are missed anyway.
    """
    hints = 0
    for loc in sorted(places, key=str):
        around: object = None
        form: object = kind
        speaks, needed = False, False
        for element in loc:
            around = _as_mapping(form)
            speaks |= isinstance(around, type) and issubclass(around, Part) and around.SPEAKS_OUT
            form, needed = _step(around, element) or (None, False)
        if form is not None and speaks and not needed:
            has_defaults = _is_part(_as_mapping(form))
            way_out = "write {} for its defaults" if has_defaults else "leave it out, or write one"
            message = f"{shorten(str(loc[-1]))} has no value; {way_out}"
            yield Misfit(loc, "empty-rule", message, loc, on_key=True)
        if _is_part(around) and form is None:
            hints += 1
            rule, message = _SENTENCES["extra_forbidden"]
            message = message.format(key=shorten(str(loc[-1])))
            if hints <= _MOST_HINTS:
                message += _suggest(str(loc[-1]), tuple(_fields(around)))
            yield Misfit(loc, rule, message, loc, on_key=True)


def _misfits(kind: type[BaseModel], errors: Sequence[ErrorDetails]) -> Iterator[Misfit]:
    hints = 0
    for error in errors:
        spot = _spot(kind, error["loc"])
        if error["type"] == "too_short" and _holds_enough(error):
            continue
        rule, message = _sentence(error, spot)
        if rule == "unknown-key" and hints < _MOST_HINTS:
            hints += 1
            message += _suggest(str(spot.loc[-1]), spot.known)
        on_key = rule == "unknown-key" or error["loc"][-1:] == _KEY_MARK
        yield Misfit(spot.loc, rule, message, spot.piece, on_key)


def _suggest(key: str, known: Sequence[str]) -> str:
    """The known key that comes near an unknown one, or all of them where they are few."""
    few = 0 < len(known) <= _MOST_CHOICES
    return did_you_mean(key, known) or (f"; known are {', '.join(known)}" if few else "")


def _holds_enough(error: ErrorDetails) -> bool:
    """Whether a list is long enough as written, and short only of entries that fit."""
    written = error["input"]
    return isinstance(written, list) and len(written) >= error["ctx"]["min_length"]


# --- the words -------------------------------------------------------------------------------

_SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    "missing": ("missing-key", "the key {key} is missing"),
    "extra_forbidden": ("unknown-key", "no key '{key}' is known here"),
    "string_type": ("wrong-type", "expected text, found {found}"),
    "model_type": ("wrong-type", "expected a mapping with keys such as {inside}, found {found}"),
    "mapping_type": ("wrong-type", "expected a mapping (key: value), found {found}"),
    "dict_type": ("wrong-type", "expected a mapping (key: value), found {found}"),
    "tuple_type": ("wrong-type", "expected a list, found {found}"),
    "literal_error": ("wrong-type", "expected {expected}, found {found}"),
    "too_short": ("too-few", "expected at least {least}, found {count}"),
    "greater_than_equal": ("out-of-range", "expected at least {ge}, found {found}"),
    "less_than_equal": ("out-of-range", "expected at most {le}, found {found}"),
}

_PATTERNS: Final[Mapping[str, tuple[str, str]]] = {
    ID_PATTERN: (
        "bad-id",
        "{found} is no id: lower-case letters, digits, '.', '_' and '-', at most 64",
    ),
    CODE_PATTERN: (
        "bad-id",
        "{found} is no code: letters, digits, '.', '_' and '-', at most 16",
    ),
    TEXT_PATTERN: ("missing-key", "the key {key} has no value"),
    VERSION_PATTERN: ("wrong-type", "expected a version such as 1.0.0, found {found}"),
    COLOUR_PATTERN: (
        "bad-colour",
        "{found} is no colour: '#' and six hexadecimal digits, such as '#12436d'",
    ),
    FONT_PATTERN: (
        "wrong-type",
        "{found} is no name of a font: letters, digits, spaces and '-', at most 64",
    ),
}


def _sentence(error: ErrorDetails, spot: _Spot) -> tuple[str, str]:
    """The rule and the message of an error; errors of our own carry both already."""
    context = error.get("ctx", {})
    key = shorten(str(spot.loc[-1])) if spot.loc else ""
    value = error["input"]
    count = len(value) if isinstance(value, list | dict) else 0
    inside = ", ".join(spot.inside[:3])
    few = context.get("min_length")
    words = {**context, "found": shown(value), "count": count, "key": key, "inside": inside}
    words["least"] = "one entry" if few == 1 else f"{few} entries"
    known = _SENTENCES.get(error["type"]) or _PATTERNS.get(str(context.get("pattern")))
    if known is None:
        return error["type"] if "-" in error["type"] else "wrong-type", error["msg"]
    return known[0], known[1].format(**words)


# --- the places ------------------------------------------------------------------------------


class _Spot(NamedTuple):
    """A place in a tree, the keys known beside it and inside it, and the part to do without."""

    loc: Loc
    known: tuple[str, ...]
    inside: tuple[str, ...]
    piece: Loc | None


def _spot(kind: type[BaseModel], loc: Loc) -> _Spot:
    """The place in the tree that an error's `loc` means.

    pydantic puts the tag of a union's branch into it, and `[key]` after a key of a mapping that
    is wrong itself.
    """
    form: object = kind
    place: Loc = ()
    known: tuple[str, ...] = ()
    piece: Loc | None = None
    for element in loc[:-1] if loc[-1:] == _KEY_MARK else loc:
        form = _bare(form)
        branches = _branches(form)
        if branches:
            form = branches.get(str(element))
            continue
        known = tuple(_fields(form)) if _is_part(form) else ()
        step = _step(form, element)
        if step is None:
            continue
        form, needed = step
        place = (*place, element)
        piece = piece if needed else place
    form = _bare(form)
    return _Spot(place, known, tuple(_fields(form)) if _is_part(form) else (), piece)


def _step(form: object, element: str | int) -> tuple[object, bool] | None:
    """The form of what stands under a key or position, and whether it must be there."""
    if _is_part(form):
        fields = _fields(form)
        if element in fields:
            return fields[str(element)]
        extra = get_type_hints(form, include_extras=True).get("__pydantic_extra__")
        return (get_args(extra)[1] if extra else None), False
    arguments = get_args(form)
    if isinstance(element, int) and arguments:
        return arguments[0], False
    if len(arguments) == 2:
        return arguments[1], False
    return None


def _fields(part: type[BaseModel]) -> Mapping[str, tuple[object, bool]]:
    """The form of each key of a part, and whether the key must be there."""
    return {
        field.alias or name: (field.annotation, field.is_required())
        for name, field in part.model_fields.items()
    }


def _is_part(form: object) -> TypeGuard[type[BaseModel]]:
    return isinstance(form, type) and issubclass(form, BaseModel)


def _bare(form: object) -> object:
    """A form without its annotations and without `None`, unless it is a branch of a union."""
    while True:
        if get_origin(form) is Annotated:
            form = get_args(form)[0]
        elif get_origin(form) in (Union, UnionType):
            rest = [each for each in get_args(form) if each is not NoneType]
            if len(rest) != 1:
                return form
            form = rest[0]
        else:
            return form


def _as_mapping(form: object) -> object:
    """A form without its annotations; of a tagged union the branch that is a mapping of keys."""
    form = _bare(form)
    branches = (_bare(each) for each in _branches(form).values())
    return next((each for each in branches if _is_part(each)), form)


def _branches(form: object) -> Mapping[str, object]:
    """The branches of a tagged union by their tags; none for any other form."""
    if get_origin(form) not in (Union, UnionType):
        return {}
    return {
        note.tag: each
        for each in get_args(form)
        if get_origin(each) is Annotated
        for note in get_args(each)[1:]
        if isinstance(note, Tag)
    }
