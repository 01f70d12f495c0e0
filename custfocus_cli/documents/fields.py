"""The forms a scalar may take in a file: text, and four kinds that are read from text.

In YAML every scalar arrives as plain `str`, whatever YAML itself would make of it, and quoted and
plain mean the same. In JSON the type counts: numbers arrive as `JsonNumber`, strings as `JsonText`
and true and false as `bool`, so that a number field refuses `"3"` from JSON and takes it from YAML.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Annotated, ClassVar, Final, Literal, NamedTuple, TypeVar

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PlainValidator,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

Loc = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class JsonNumber:
    """A number of a JSON file, as its literal stands there."""

    literal: str

    def __str__(self) -> str:
        """The literal."""
        return self.literal


class JsonText(str):
    """A string of a JSON file."""

    __slots__ = ()


class Finding(NamedTuple):
    """Something that does not fit together in a document that is well-formed.

    `loc` leads from the document's root to the place: keys and list positions.
    """

    loc: Loc
    rule: str
    message: str


class Part(BaseModel):
    """A mapping with fixed keys; the base of every document and of what stands in one.

    `SPEAKS_OUT` says that a key without a value, however deep in it, is a mistake and not absent.
    """

    SPEAKS_OUT: ClassVar[bool] = False

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="forbid", defer_build=True)


WHOLE: Final = re.compile(r"0|[1-9][0-9]{0,8}")
DECIMAL: Final = re.compile(r"(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,6})?")
DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
ID_PATTERN: Final = r"^[a-z0-9][a-z0-9._-]{0,63}$"
TEXT_PATTERN: Final = r"\S"
CODE_PATTERN: Final = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,15}$"
VERSION_PATTERN: Final = r"^(0|[1-9][0-9]{0,5})(\.(0|[1-9][0-9]{0,5})){0,2}(-[0-9A-Za-z.-]{1,32})?$"
COLOUR_PATTERN: Final = r"^#[0-9a-fA-F]{6}$"
FONT_PATTERN: Final = r"^[A-Za-z][A-Za-z0-9 -]{0,63}$"

T = TypeVar("T")


_MOST_SHOWN: Final = 80
_MOST_NAMED: Final = 16


def shorten(text: str) -> str:
    """A text of a file as a message may hold it: one line, at most 80 characters."""
    line = " ".join(text.split())
    return line if len(line) <= _MOST_SHOWN else f"{line[: _MOST_SHOWN - 3]}..."


def quote(text: str) -> str:
    """A text of a file between quotes, shortened."""
    return f"'{shorten(text)}'"


def tell_apart(one: str, other: str) -> tuple[str, str]:
    """Two texts as they are; where they look the same and are not, with escapes that show why.

    Letters may be composed otherwise, have no width, or be blanks of another kind or number.
    """
    if one == other or _shape(one) != _shape(other):
        return one, other
    return _escape(one), _escape(other)


def _shape(text: str) -> str:
    """What is seen of a text."""
    seen = (each for each in unicodedata.normalize("NFKC", text) if _is_seen(each))
    return " ".join("".join(seen).split())


def _is_seen(character: str) -> bool:
    return unicodedata.category(character) not in ("Cc", "Cf", "Mn") or character.isspace()


def _escape(text: str) -> str:
    """The text in printable ASCII, anything else by its number; blanks that would go as well."""
    shown = "".join(each if " " <= each <= "~" else f"\\u{ord(each):04x}" for each in text)
    return re.sub(r"^ +| +$|(?<= ) +", lambda blanks: "\\u0020" * len(blanks[0]), shown)


def list_known(names: Collection[str]) -> str:
    """`; there are a, b, c`; past sixteen, how many more there are."""
    few = list(names)[:_MOST_NAMED]
    more = f" and {len(names) - len(few)} more" if len(names) > len(few) else ""
    return f"; there are {', '.join(few)}{more}"


def shown(value: object) -> str:
    """A value of a file as a message may quote it: short, or by its kind."""
    if isinstance(value, str | JsonNumber):
        kind = "the JSON string " if isinstance(value, JsonText) else ""
        return f"{kind}{quote(str(value))}"
    if isinstance(value, bool):
        return "true" if value else "false"
    return "a list" if isinstance(value, list | tuple) else "a mapping"


def _from_text(
    expected: str, pattern: re.Pattern[str], make: Callable[[str], T], json_type: type
) -> Callable[[object], T]:
    """A reader of one scalar form: `make` of the text where it matches, else `wrong-type`."""

    def read(value: object) -> T:
        if type(value) is str or type(value) is json_type:
            text = str(value)
            if len(text) <= 100 and pattern.fullmatch(text):
                return make(text)
        raise PydanticCustomError(
            "wrong-type",
            "expected {expected}, found {found}",
            {"expected": expected, "found": shown(value)},
        )

    return read


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise PydanticCustomError(
            "bad-date", "{text} is not a day of the calendar", {"text": text}
        ) from None


def _read_date(value: object) -> date:
    """A day from `YYYY-MM-DD`, or the rule `bad-date`."""
    if isinstance(value, date):  # a document made by us, not read from a file
        return value
    if isinstance(value, str):
        if DATE.fullmatch(value):
            return _date(value)
        raise PydanticCustomError(
            "bad-date",
            "expected a date such as 2026-11-12, found {found}",
            {"found": shown(value)},
        )
    raise PydanticCustomError(
        "wrong-type", "expected a date such as 2026-11-12, found {found}", {"found": shown(value)}
    )


def _read_flag(value: object) -> bool:
    """True or false; from YAML only the words `true` and `false` are taken."""
    if isinstance(value, bool):
        return value
    if type(value) is str and value in ("true", "false"):
        return value == "true"
    raise PydanticCustomError(
        "wrong-type", "expected true or false, found {found}", {"found": shown(value)}
    )


_read_whole_text = _from_text("a whole number from 0 to 999999999", WHOLE, int, JsonNumber)
_read_decimal_text = _from_text(
    "a number of 0 or more with at most six decimals", DECIMAL, Fraction, JsonNumber
)


def _read_whole(value: object) -> int:
    """A whole number; one that a program made passes as it is."""
    return value if type(value) is int else _read_whole_text(value)


def _read_decimal(value: object) -> Fraction:
    """An exact fraction; one that a program made passes as it is."""
    return value if type(value) is Fraction else _read_decimal_text(value)


def _read_answer(value: object) -> str:
    """An answer's code; JSON may write a stage number as a number."""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, JsonNumber) and WHOLE.fullmatch(value.literal):
        return value.literal
    raise PydanticCustomError(
        "wrong-type", "expected the code of an answer, found {found}", {"found": shown(value)}
    )


Text = Annotated[str, StringConstraints(pattern=TEXT_PATTERN)]
Id = Annotated[str, StringConstraints(pattern=ID_PATTERN)]
Code = Annotated[str, StringConstraints(pattern=CODE_PATTERN)]
Version = Annotated[str, StringConstraints(pattern=VERSION_PATTERN)]
Whole = Annotated[
    int,
    PlainValidator(_read_whole),
    WithJsonSchema({"type": "integer", "minimum": 0, "maximum": 999_999_999}),
]
Decimal = Annotated[
    Fraction,
    PlainValidator(_read_decimal),
    WithJsonSchema({"type": "number", "minimum": 0}),
]
Share = Annotated[
    Decimal, Field(le=1), WithJsonSchema({"type": "number", "minimum": 0, "maximum": 1})
]
Percent = Annotated[
    Decimal, Field(le=100), WithJsonSchema({"type": "number", "minimum": 0, "maximum": 100})
]
Effort = Annotated[
    Whole, Field(ge=1, le=3), WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 3})
]
Flag = Annotated[bool, PlainValidator(_read_flag), WithJsonSchema({"type": "boolean"})]
Date = Annotated[
    date,
    PlainValidator(_read_date),
    WithJsonSchema({"type": "string", "format": "date", "pattern": f"^{DATE.pattern}$"}),
]
AnswerText = Annotated[
    str, PlainValidator(_read_answer), WithJsonSchema({"type": ["string", "integer"]})
]
Mode = Literal["interview", "self", "survey"]


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The hint `; did you mean 'x'?` where a known name comes near, else nothing.

    Case is overlooked: a small letter for a large one is the nearest miss of all.
    """
    from difflib import get_close_matches

    folded = {each.casefold(): each for each in sorted(known)}
    near = get_close_matches(name[:64].casefold(), folded, n=1, cutoff=0.6)
    return f"; did you mean '{folded[near[0]]}'?" if near else ""


def decimal_text(value: Fraction) -> str:
    """An exact decimal of at most six places as the shortest text that means it."""
    scaled = value * 1_000_000
    if scaled.denominator != 1:
        raise ValueError(f"{value} has more than six decimals")
    whole, rest = divmod(scaled.numerator, 1_000_000)
    return f"{whole}.{rest:06d}".rstrip("0").rstrip(".") if rest else str(whole)
