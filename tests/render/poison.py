"""Documents in which every text that a user may write freely is hostile, each with its own number.

The fields are found by walking the types of the documents, so that a new one is never forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, StringConstraints

from custfocus_cli.documents.fields import TEXT_PATTERN
from custfocus_cli.documents.questionnaire import Block, Item

HOSTILE = (
    "<&\"'>|</td></style><script>alert(1)</script><img src=x onerror=alert(2)> `*_~[x](http://e.t)"
    " ![i](x) $1$ &copy; \\ @bob #12 :smile: www.e.test http://e.test a@e.test ::error::x"
    " ##[error]y {{ 7*7 }} {% raw %} [/bold] \x1b[31m\u202e\u200b 1. - + ="
)

Document = TypeVar("Document", bound=BaseModel)


@dataclass
class Poisoner:
    """Makes texts hostile and remembers which field each number stands for.

    The texts begin with each of `starts` in turn, from the one at `shift`: what acts at the
    beginning of a text alone.
    """

    starts: tuple[str, ...] = ("",)
    shift: int = 0
    texts: dict[str, str] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def poison(self, document: Document) -> Document:
        """The document with every free text replaced."""
        hints = get_type_hints(type(document), include_extras=True)
        changed = {
            name: self._change(
                getattr(document, name), hints[name], f"{type(document).__name__}.{name}"
            )
            for name in type(document).model_fields
        }
        if isinstance(document, Block):
            changed |= {
                stage: tuple(self.poison(item) for item in items)
                for stage, items in document.stages.items()
            }
        return document.model_copy(update=changed)

    def _change(self, value: Any, hint: Any, place: str) -> Any:
        if isinstance(value, BaseModel):
            return self.poison(value)
        origin, args = get_origin(hint), get_args(hint)
        if is_free(hint):
            if not isinstance(value, str):
                return value
            return self._rename(value) if place.endswith(".references") else self._make(place)
        if origin is Annotated:
            return self._change(value, args[0], place)
        if origin in (Union, UnionType):
            tried = (self._change(value, arg, place) for arg in args)
            return next((new for new in tried if new != value), value)
        if isinstance(value, tuple) and args:
            return tuple(self._change(each, args[0], place) for each in value)
        if isinstance(value, Mapping) and len(args) == 2:
            return {
                self._rename(key) if is_free(args[0]) else key: self._change(each, args[1], place)
                for key, each in value.items()
            }
        return value

    def _rename(self, name: str) -> str:
        """A hostile text that is the same wherever the name stands: clauses are found by it."""
        if name not in self.names:
            self.names[name] = self._make("Standard.clauses (number)")
        return self.names[name]

    def _make(self, place: str) -> str:
        number = f"Z{len(self.fields)}Z"
        self.fields[number] = place
        start = self.starts[(len(self.fields) + self.shift) % len(self.starts)]
        self.texts[number] = f"{start}{number} {HOSTILE}"
        return self.texts[number]


def is_free(hint: Any) -> bool:
    """Whether a type is text of any words."""
    if get_origin(hint) is not Annotated:
        return False
    base, *rest = get_args(hint)
    return base is str and any(
        isinstance(each, StringConstraints) and each.pattern == TEXT_PATTERN for each in rest
    )


def find_free_fields(*documents: type[BaseModel]) -> set[str]:
    """The names of all fields of free text, in these documents and in what stands in them."""
    found: set[str] = set()
    seen: set[type[BaseModel]] = set()
    waiting: list[type[BaseModel]] = [*documents, Item]
    while waiting:
        document = waiting.pop()
        if document in seen:
            continue
        seen.add(document)
        for name, hint in get_type_hints(document, include_extras=True).items():
            parts = list(_walk_type(hint)) if name in document.model_fields else []
            waiting += [p for p in parts if isinstance(p, type) and issubclass(p, BaseModel)]
            if any(map(is_free, parts)):
                found.add(f"{document.__name__}.{name}")
    return found


def _walk_type(hint: Any) -> Iterator[Any]:
    """A type and the types inside it; keys of mappings are no fields, they name others."""
    yield hint
    origin, args = get_origin(hint), get_args(hint)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        args = args[1:]
    for part in () if is_free(hint) else args:
        yield from _walk_type(part)
