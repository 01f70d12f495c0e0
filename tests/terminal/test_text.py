"""Whatever stands in a statement, a label or a note is shown as text, and the layout stays."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
import smallmodel
import yaml
from prompt_toolkit.utils import get_cwidth
from terminal.hall import BEGIN, BEGINNING, FIRST, KEYS, answers, begin, page, rule
from terminal.screen import ENTER, ESCAPE, RIGHT, Terminal

from custfocus_cli.wording.safety import UNSEEN, safe

TEXTS = {
    "markup": "[bold]markup[/bold] [/x] :smile: {{x}} %(y)s <b>& \\e[31m",
    "wide": "日本語のとても長い質問文です。" * 6,
    "emoji": "👩‍👩‍👧 🏳️‍🌈 e\u0301\u0301\u0301 👍🏽 " * 4,
    "right-to-left": "\u202eמימין לשמאל\u202c مرحبا بالعالم",  # noqa: RUF001 - the point of it
    "no-width": "zero\u200bwidth\u00ad and \u2066isolated\u2069 \u2060marks",
    "long": "x" * 2000,
    "many": "word " * 400,
    "commands": "::error::x ##[group] ::set-output name=x::y",
}
SIZES = [(40, 16), (200, 50), (80, 24)]


def _write(folder: Path, text: str) -> None:
    """A questionnaire and its model with that text wherever a person writes words."""
    model, questionnaire = smallmodel.model_data(), smallmodel.questionnaire_data()
    for option in model["scales"]["degree"]["options"]:
        option |= {"label": text, "meaning": text}
    for level in model["evidence_levels"]:
        level |= {"label": text, "meaning": text}
    model["stages"][0]["name"] = text
    model["characteristics"][0] |= {"name": text, "stages": {"basic": text}}
    item = {"probe": text, "evidence": [text, text], "metric": text, "role": "host"}
    questionnaire["items"]["greeting"]["basic"][0] |= {"statement": text, **item}
    questionnaire |= {"audience": "interview", "model": "model.yaml", "roles": {"host": text}}
    questionnaire["sessions"] = [{"id": "one", "name": text, "roles": ["host"], "minutes": "5"}]
    questionnaire["context"][0]["question"] = text
    for name, data in (("model.yaml", model), ("q.yaml", questionnaire)):
        written = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
        (folder / name).write_text(written, encoding="utf-8")


def _squeeze(text: str) -> str:
    """The characters that take room, one after the other."""
    parted = unicodedata.normalize("NFD", text)
    return "".join(each for each in parted if get_cwidth(each) and not each.isspace())


def _framed(size: tuple[int, int], head: str, text: str) -> Callable[[list[str]], bool]:
    """Whether a screen begins with that, is closed by the line and the keys, and shows the text."""
    columns, rows = min(size[0], 100), size[1] if head.endswith("for") else min(size[1], 34)
    start = _squeeze(safe(text))[:12]

    def holds(lines: list[str]) -> bool:
        rules = [n for n, line in enumerate(lines) if line.startswith("--")]
        return (
            "".join(lines[:1]).startswith(head)
            and rules == [rows - 3]
            and len(lines) <= rows
            and get_cwidth(lines[rows - 3]) == columns
            and max(map(get_cwidth, lines)) <= columns
            and UNSEEN.sub("", "".join(lines)).isprintable()
            and start in _squeeze("".join(lines))
        )

    return holds


def _check(terminal: Terminal, head: str, text: str, size: tuple[int, int] = (80, 24)) -> None:
    """The screen is in order, and stays so once the terminal has been silent."""
    holds = _framed(size, head, text)
    wanted = f"no screen in order that begins with {head!r}"
    terminal.wait_until(holds, wanted)
    terminal.settle()
    terminal.wait_until(holds, wanted)
    assert terminal.obeyed == set()


@pytest.mark.parametrize("name", TEXTS)
def test_every_page_shows_it_as_text(name: str, tmp_path: Path) -> None:
    text = TEXTS[name]
    _write(tmp_path, text)
    terminal = Terminal(
        *("assess", "q.yaml", "-o", "a.yaml", "--organisation", text), folder=tmp_path
    )
    _check(terminal, " Context 1 of 1 ", text)
    terminal.press(RIGHT)
    for size in SIZES:
        terminal.resize(*size)
        _check(terminal, " Question 1 of 8", text, size)
    terminal.press("i")
    terminal.wait_for("i less")
    _check(terminal, " Question 1 of 8 ", text)
    terminal.press("i", "w")
    terminal.wait_for("Enter keep   Esc back without it")
    terminal.press(f"{text} THE END")
    terminal.wait_until(lambda lines: "THEEND" in _squeeze("".join(lines)), "the note did not")
    _check(terminal, " Question 1 of 8 ", text)
    terminal.press(ENTER)
    terminal.wait_for("Kept; it is saved together with the answer.")
    _check(terminal, " Question 1 of 8 ", text)
    terminal.press("j")
    terminal.wait_for("Enter go there")
    _check(terminal, " 13 questions. Type a word to search for", text)
    terminal.press(ESCAPE)
    _check(terminal, " Question 1 of 8 ", text)
    terminal.press("y")
    terminal.wait_for("-- Saved: g-1, ")
    _check(terminal, " Question 1 of 8 ", text)
    terminal.press("1", *[RIGHT] * 12)
    terminal.wait_for("Enter finish")
    start = safe(text).split()[0][:12]
    _check(terminal, f" {start}", text)
    assert terminal.close() == 130
    note = answers(tmp_path / "a.yaml")["g-1"]["note"]
    assert _squeeze(str(note)) == _squeeze(f"{safe(text)} THE END")


def test_a_broken_layout_is_noticed() -> None:
    holds = _framed((80, 24), " Question 1 of 2 ", "A written service vision")
    whole = page(FIRST, rule(BEGINNING), *KEYS)
    assert holds(whole)
    assert not holds([*whole[:6], "a line that came from the one above", *whole[6:]])
    assert not holds([*whole[:6], "x" * 81, *whole[7:]])
    assert not holds([*whole[:6], "\x1b[31m", *whole[7:]])
    assert not holds([line.replace("written", "") for line in whole])
    assert not holds([])


def test_a_note_that_was_pasted_is_text(folder: Path) -> None:
    pasted = "one\r\ntwo \x07 \x1b]0;title\x07 \x1b[31m[b]three[/b] \u202efour \x9b5m"
    terminal = begin(folder)
    terminal.press("w")
    terminal.wait_for("Note on this question.")
    terminal.press(f"\x1b[200~{pasted}\x1b[201~")
    terminal.wait_for_lines(
        " > one",
        "   two \ufffd \ufffd]0;title\ufffd \ufffd[31m[b]three[/b] \ufffdfour \ufffd5m",
    )
    terminal.press(ENTER)
    second = "two \ufffd \ufffd]0;title\ufffd \ufffd[31m[b]three[/b] \ufffdfour \ufffd5m"
    terminal.wait_for_lines(" Note: one", f"       {second}")
    assert terminal.obeyed == set()
    terminal.press("f", "q")
    terminal.wait_for("What to do next:")
    assert terminal.end() == 0
    note = f"one\n{second}"
    assert answers(folder / "hall.yaml") == {"sv-1a": {"answer": "F", "note": note}}


def test_a_questionnaire_with_control_characters_is_refused_and_obeyed_by_nobody(
    folder: Path,
) -> None:
    text = (folder / "two.yaml").read_text(encoding="utf-8")
    text = text.replace("Two items", '"\\e]0;title\\a\\e[31mred"')
    (folder / "two.yaml").write_text(text, encoding="utf-8")
    terminal = Terminal(*BEGIN, folder=folder)
    terminal.wait_for("two.yaml:5:8: control-character: ")
    assert terminal.end() == 2
    assert terminal.obeyed == set()
