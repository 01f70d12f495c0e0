"""Contrast as a reader meets it, also where the usual tools do not look.

axe passes over the text inside a drawing, over single characters, and over what a drawing shows.
Here every text has to stand out 4.5 to 1 from what lies behind it and every mark 3 to 1, as WCAG
2.2 asks for (1.4.3 and 1.4.11). Only the lines of a grid may be pale: the numbers beside them say
the same. Contrast goes by luminance alone, so that what passes is as clear without any colour.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

LEAST_OF_TEXT, LEAST_OF_MARK = 4.5, 3

SCRIPT = Path(__file__).with_suffix(".js").read_text("utf-8")


def find_faint(page: Page) -> list[str]:
    """What stands out too little: what it is, its words, and its contrast."""
    found: list[str] = page.evaluate(SCRIPT, [LEAST_OF_TEXT, LEAST_OF_MARK])
    return found
