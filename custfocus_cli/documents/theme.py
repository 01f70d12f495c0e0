"""The theme of a report: a firm's name, its foot line, its colours and fonts."""

# No `annotations` from __future__: pydantic would compile each of them again at every start.

from collections.abc import Mapping
from typing import Annotated, ClassVar, Final, Literal

from pydantic import StringConstraints

from custfocus_cli.documents.fields import COLOUR_PATTERN, FONT_PATTERN, Part, Text

Colour = Annotated[str, StringConstraints(pattern=COLOUR_PATTERN)]
Font = Annotated[str, StringConstraints(pattern=FONT_PATTERN)]

Scheme = Literal["light", "dark"]

PAGES: Final[Mapping[Scheme, str]] = {"light": "#ffffff", "dark": "#1b1f24"}
"""The colour of the page behind everything; print is light."""


class Colours(Part):
    """The accent, of links and of what is reached, and the colour of targets and cautions."""

    accent: Colour
    target: Colour


class ReportTheme(Part):
    """What a firm's reports have in common; what is not given stays as it is shipped."""

    FORMAT: ClassVar[str] = "custfocus/theme/1"

    format: Literal["custfocus/theme/1"] = "custfocus/theme/1"
    name: Text | None = None
    footer: Text | None = None
    font: tuple[Font, ...] = ()
    light: Colours | None = None
    dark: Colours | None = None


def split_colour(colour: str) -> tuple[int, int, int]:
    """Red, green and blue of `#rrggbb`, each from 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 (none) to 21: WCAG 2.2, relative luminance."""
    darker, lighter = sorted(map(_weigh, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def _weigh(colour: str) -> float:
    """The relative luminance of a colour, from 0 to 1."""
    shares = (part / 255 for part in split_colour(colour))
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
