"""`make look`: one contact sheet of the report as its readers meet it, to judge by eye.

Writes build/look/sheet.png and the pictures it is made of: on a screen in light and dark, on a
telephone, without colours, without its style, and on paper. Wants Chromium and pdftoppm (Debian:
poppler-utils). An argument names another sample than the usual one.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from browser.opening import Theme, find_chromium, launch, opened, write_page
from render.cards import score_sample
from shipped import SAMPLES
from tree import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, FloatRect, Page

FOLDER = ROOT / "build" / "look"
HIGH = 2400
PAPERS = {"A4": 12, "Letter": 5}  # how many pages of each

STYLE = """
body { margin: 16px; width: 2500px; font: 22px sans-serif; background: #d9dee4; }
body, div { display: flex; flex-wrap: wrap; gap: 8px 16px; }
h2 { font-size: 22px; margin: 0 0 4px; }
div { gap: 8px; } img { height: 640px; border: 1px solid #6b7885; }
"""


def picture(page: Page, name: str, pieces: int) -> Iterator[Path]:
    """The page from its top, in pieces that stand side by side on the sheet."""
    wide = page.viewport_size["width"] if page.viewport_size else 0
    high = HIGH if wide > 500 else HIGH // 2
    for number in range(pieces):
        file = FOLDER / f"{name}-{number + 1}.png"
        clip: FloatRect = {"x": 0, "y": number * high, "width": wide, "height": high}
        page.screenshot(path=file, full_page=True, clip=clip)
        yield file


def look_at_screens(browser: Browser, report: Path) -> Iterator[tuple[str, list[Path]]]:
    """Pictures of the page on screens, by what they show."""
    themes: tuple[Theme, ...] = ("light", "dark")
    for theme in themes:
        with opened(browser, report, theme=theme) as page:
            yield f"{theme}, 1200 px", list(picture(page, theme, 3))
    for theme in themes:
        with opened(browser, report, theme=theme, width=320) as page:
            yield f"{theme}, 320 px", list(picture(page, f"narrow-{theme}", 5))
    with opened(browser, report) as page:
        seen = page.context.new_cdp_session(page)
        seen.send("Emulation.setEmulatedVisionDeficiency", {"type": "achromatopsia"})
        yield "without colours", list(picture(page, "grey", 2))
    with opened(browser, report) as page:
        page.evaluate("document.querySelectorAll('style').forEach(each => each.remove())")
        yield "without its style", list(picture(page, "bare", 2))


def look_at_paper(browser: Browser, report: Path) -> Iterator[tuple[str, list[Path]]]:
    """Pictures of the first printed pages."""
    for paper, pages in PAPERS.items():
        printed = FOLDER / f"{paper}.pdf"
        with opened(browser, report) as page:
            page.pdf(path=printed, format=paper)
        command = ["pdftoppm", "-png", "-r", "100", "-l", str(pages), str(printed)]
        subprocess.run([*command, str(FOLDER / paper)], check=True)
        yield f"printed on {paper}", sorted(FOLDER.glob(f"{paper}-*.png"))


def compose(browser: Browser, rows: list[tuple[str, list[Path]]]) -> Path:
    """The sheet with all pictures, a row for each title."""
    shown = "".join(
        f"<section><h2>{escape(title)}</h2><div>"
        f"{''.join(f'<img src={each.name}>' for each in pictures)}</div></section>"
        for title, pictures in rows
    )
    sheet = FOLDER / "sheet.html"
    sheet.write_text(f"<!doctype html><style>{STYLE}</style>{shown}", encoding="utf-8")
    with opened(browser, sheet) as page:
        page.locator("body").screenshot(path=sheet.with_suffix(".png"))
    return sheet.with_suffix(".png")


def main(arguments: list[str]) -> int:
    """Write the sheet of a sample's report and say where it is."""
    missing = [] if find_chromium() else ["chromium"]
    missing += [] if shutil.which("pdftoppm") else ["poppler-utils"]
    if missing:
        print(f"make look wants more; on Debian or Ubuntu: apt install {' '.join(missing)}")
        return 2
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    (name,) = arguments or [SAMPLES[-1]]
    report = write_page(score_sample(name), FOLDER / "report.html")
    with launch() as browser:
        rows = [*look_at_screens(browser, report), *look_at_paper(browser, report)]
        print(compose(browser, rows).relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
