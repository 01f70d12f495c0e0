"""Texts of a table made comparable: the same words, however they were typed or exported."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_ALIKE: Final = str.maketrans(
    {
        "\N{LEFT SINGLE QUOTATION MARK}": "'",
        "\N{RIGHT SINGLE QUOTATION MARK}": "'",
        "\N{LEFT DOUBLE QUOTATION MARK}": '"',
        "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
        "\N{EN DASH}": "-",
        "\N{EM DASH}": "-",
        "\N{NON-BREAKING HYPHEN}": "-",
        "\N{ZERO WIDTH SPACE}": "",
        "\N{ZERO WIDTH NO-BREAK SPACE}": "",
        "\N{SOFT HYPHEN}": "",
    }
)
_NUMBERING: Final = re.compile(r"(?:q(?:uestion)? ?)?[0-9]{1,3}(?:[.):]+ +|[.)]+)(?=\D)")
_MOST_SLUG: Final = 40


def fold(text: str) -> str:
    """The text with one kind of blank, quote and dash, without regard to case."""
    if text.isascii():
        return " ".join(text.split()).casefold()
    return " ".join(unicodedata.normalize("NFKC", text.translate(_ALIKE)).split()).casefold()


def squeeze(text: str) -> str:
    """The letters and digits of a folded text: `sv-1a`, `sv_1a` and `SV1A` are one id."""
    return "".join(filter(str.isalnum, fold(text)))


def bare(text: str) -> str:
    """A folded statement without the number before it and the stop behind it."""
    folded = fold(text)
    number = _NUMBERING.match(folded)
    return (folded[number.end() :] if number else folded).rstrip(" .:*?!")


def slug(text: str) -> str:
    """A text as an id: `Human Resources` is `human-resources`.

    Where letters are lost on the way, or too many, a digest keeps two texts apart.
    """
    folded = fold(text)
    plain = unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode()
    made = re.sub(r"[^a-z0-9]+", "-", plain)[:_MOST_SLUG].strip("-")
    unmarked = "".join(c for c in unicodedata.normalize("NFKD", folded) if c.isalnum())
    if made and len(unmarked) == len(re.sub(r"[^a-z0-9]", "", plain)) and len(plain) <= _MOST_SLUG:
        return made
    import hashlib  # slow to load, and commands load the profiles at their start

    digest = hashlib.sha256(folded.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{made}-{digest}".lstrip("-")
