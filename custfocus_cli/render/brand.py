"""A firm's theme and logo as a report shows them: names, colours, a style."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from custfocus_cli.documents.theme import (
    PAGES,
    Colours,
    ReportTheme,
    Scheme,
    contrast,
    split_colour,
)
from custfocus_cli.render.look import Look

SHIPPED: Final = Colours(accent="#12436d", target="#f46a25")
"""The colours of a report without a theme, as page.css has them for a light page."""

_STEPS: Final = (5, 20, 45, 80, 100)
"""How much of the accent is in each shade of the heat map, in percent; the rest is page."""

_INKS: Final[Mapping[Scheme, tuple[str, ...]]] = {
    "light": ("#1b1f24", "#ffffff"),
    "dark": ("#ffffff", "#1b1f24"),
}
"""What may be written on a shade: the ink of the page, then its reverse; at last black or white."""

# Each in a rule of its own: WeasyPrint passes over a rule with a medium that it does not know.
_MEDIA: Final[Mapping[Scheme, tuple[str, ...]]] = {
    "light": ("print", "screen and (prefers-color-scheme: light)"),
    "dark": ("screen and (prefers-color-scheme: dark)",),
}

_GENERIC: Final = ("serif", "sans-serif", "monospace", "system-ui", "ui-serif", "ui-sans-serif")


class Brand(NamedTuple):
    """What a firm adds to its reports; what it did not give is empty.

    `logo` is a data URI and `alt` what stands for it where no picture is shown. `accent` and
    `target` are the colours of charts on a light page, for readers that know no style.
    """

    name: str
    footer: str
    logo: str
    alt: str
    accent: str
    target: str


def show_brand(look: Look) -> Brand:
    """The brand of a report that is to look like this."""
    theme = look.theme or ReportTheme()
    colours = theme.light or SHIPPED
    return Brand(
        name=theme.name or "",
        footer=theme.footer or "",
        logo=look.logo,
        alt=theme.name or "Logo",
        accent=colours.accent,
        target=colours.target,
    )


def write_theme_style(theme: ReportTheme) -> str:
    """The rules that follow the shipped style and set a theme's colours and fonts."""
    lines = []
    for scheme in PAGES:
        colours: Colours | None = getattr(theme, scheme)
        if colours is not None:
            rules = " ".join(_set_colours(colours, scheme))
            lines += [f"@media {each} {{ :root {{ {rules} }} }}\n" for each in _MEDIA[scheme]]
    if theme.font:
        names = ", ".join(name if name in _GENERIC else f'"{name}"' for name in theme.font)
        lines.append(f"html {{ font-family: {names}; }}\n")
    return "".join(lines)


def _set_colours(colours: Colours, scheme: Scheme) -> Iterator[str]:
    yield f"--now: {colours.accent}; --link: {colours.accent}; --goal: {colours.target};"
    for n, percent in enumerate(_STEPS):
        shade = _mix(colours.accent, PAGES[scheme], percent)
        yield f"--step-{n}: {shade}; --on-{n}: {_choose_ink(shade, scheme)};"


def _mix(colour: str, page: str, percent: int) -> str:
    """So much of the colour in the page."""
    parts = zip(split_colour(colour), split_colour(page), strict=True)
    mixed = ((one * percent + other * (100 - percent) + 50) // 100 for one, other in parts)
    return "#" + "".join(f"{part:02x}" for part in mixed)


def _choose_ink(shade: str, scheme: Scheme) -> str:
    """The first ink that can be read on a shade; black or white always can (4.58 at the worst)."""
    inks = (*_INKS[scheme], "#000000", "#ffffff")
    return next(ink for ink in inks if contrast(ink, shade) >= 4.5)
