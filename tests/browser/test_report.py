"""The report in a real browser: one request, no message, no sideways scroll, nothing that acts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browser.opening import Theme

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.mark.parametrize("name", ["ordinary", "hostile"])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1200, 320])
def test_the_page_loads_nothing_says_nothing_and_fits(
    browser: Browser, pages: dict[str, Path], name: str, theme: Theme, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=theme)
    page = context.new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.on("request", lambda request: asked.append(request.url))
    url = pages[name].as_uri()
    page.goto(url)
    assert (said, asked) == ([], [url])
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    painted = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert painted == {"light": "rgb(255, 255, 255)", "dark": "rgb(27, 31, 36)"}[theme]
    context.close()


def test_a_script_and_a_style_that_got_in_would_do_nothing(
    browser: Browser, pages: dict[str, Path], tmp_path: Path
) -> None:
    html = pages["ordinary"].read_text("utf-8")
    planted = "<script>document.title = 'taken'</script><p id=p style='color: rgb(1, 2, 3)'>x</p>"
    page_file = tmp_path / "planted.html"
    page_file.write_text(html.replace("<main>", f"<main>{planted}"), encoding="utf-8")
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(page_file.as_uri())
    assert "taken" not in page.title()
    assert page.evaluate("getComputedStyle(document.getElementById('p')).color") != "rgb(1, 2, 3)"
    assert len(said) == 2  # the policy refused both
    page.close()
