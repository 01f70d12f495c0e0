"""What the tests in a browser share: the browser, a page to open, the reports as files.

Where no Chromium is installed these tests are skipped, which `--no-skips` makes a failure.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browser.opening import KINDS, find_chromium, launch, write_page
from render.cards import score_sample
from render.test_hostile import poison

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="module")  # its event loop runs until then, and no other can in its process
def browser() -> Iterator[Browser]:
    if find_chromium() is None:
        pytest.skip("no Chromium: apt install chromium")
    with launch() as made:
        yield made


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Each kind of page as files: an ordinary one, and one full of hostile texts."""
    folder = tmp_path_factory.mktemp("pages")
    cards = {"ordinary": score_sample("varrowby-2026"), "hostile": poison(0)[0]}
    return {
        f"{name}{kind}": write_page(card, folder / f"{name}{kind}.html", kind)
        for name, card in cards.items()
        for kind in KINDS
    }
