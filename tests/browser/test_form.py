"""The form as it is answered: by keyboard, on a phone, without a network, with breaks, on paper."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from browser.contrast import find_faint
from browser.opening import Theme
from browser.paper import find_broken_rows, find_stranded_headings, read_pages, read_parts
from browser.test_access import run_axe
from files.corpus import EXAMPLES
from interview.talking import NOW, start

from custfocus_cli.__main__ import main
from custfocus_cli.documents.assessment import Assessment, QuestionnaireReference
from custfocus_cli.documents.definition import Definition
from custfocus_cli.files.catalogue import Catalogue
from custfocus_cli.files.sources import load
from custfocus_cli.files.writer import to_yaml
from custfocus_cli.interview import conversation as talk
from custfocus_cli.interview.conversation import View

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

Audience = str
Make = Callable[..., Path]
Output = pytest.CaptureFixture[str]

# Every kind of question and of answer; what backs it where anybody is asked for it.
CODES = {
    **{"g-1": "yes", "g-2": "NA", "g-p": "daily", "w-1": "half", "w-place": "1"},
    **{"b-guard": "yes", "b-sign": "never"},  # w-2 stays open
}
EVIDENCE = {"g-1": 1, "w-1": 0}
NOTES = {"g-1": 'Said "so" </script> \\ by #1: Gäste 客\nand more', "w-1": "- on"}
REASON = "Nobody is called by name here."
WHO = "Everybody."


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Make the form of the small questionnaire, for an audience, with more of the options."""

    def make(audience: Audience, *arguments: str) -> Path:
        for name in ("desk.yaml", "desk-model.yaml"):
            text = (EXAMPLES / "valid" / name).read_text("utf-8")
            changed = text.replace("audience: self", f"audience: {audience}")
            (tmp_path / name).write_text(changed, encoding="utf-8")
        file = tmp_path / "form.html"
        assert main(["form", str(tmp_path / "desk.yaml"), "-q", "-o", str(file), *arguments]) == 0
        return file

    return make


class Visit:
    """A page in a browser of its own, and what it said and asked for."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.page = context.new_page()
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(url)

    def press_to(self, name: str) -> None:
        """Go to a field or button with Tab alone."""
        here = "(e => e.name || e.id || e.className)(document.activeElement)"
        for _ in range(60):
            if self.page.evaluate(here) == name:
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not lead to {name}")

    def choose(self, name: str, value: str) -> None:
        """Choose an answer with the keys: Space for the first, else arrows."""
        self.press_to(name)
        fields = self.page.locator(f'[name="{name}"]')
        values = [each.get_attribute("value") for each in fields.all()]
        self.page.keyboard.press("Space")
        for _ in range(values.index(value)):
            self.page.keyboard.press("ArrowDown")

    def write(self, name: str, text: str) -> None:
        self.press_to(name)
        self.page.keyboard.insert_text(text)

    def answer(self, audience: Audience) -> None:
        """Answer everything from the top to the bottom without a mouse."""
        if audience != "survey":
            self.write("context:cx-who", WHO)
        for name, code in CODES.items():
            self.choose(f"answer:{name}", code)
            if code == "NA":
                self.write(f"reason:{name}", REASON)
            if audience == "interview" and name in EVIDENCE:
                self.choose(f"evidence:{name}", str(EVIDENCE[name]))
            if name in NOTES:
                if audience != "interview":  # a button opens what is optional
                    self.press_to("plain more")
                    self.page.keyboard.press("Enter")
                self.write(f"note:{name}", NOTES[name])

    def hand_over(self, folder: Path) -> Path:
        """The file that the button to save gives."""
        self.press_to("save")
        with self.page.expect_download() as download:
            self.page.keyboard.press("Enter")
        file = folder / download.value.suggested_filename
        download.value.save_as(file)
        return file

    def count_kept(self) -> int:
        count: int = self.page.evaluate("localStorage.length")
        return count

    def read_status(self, words: str) -> None:
        exact = re.compile(f"^{re.escape(words)}$")
        self.page.locator("#said", has_text=exact).wait_for(timeout=5000)


@contextmanager
def visit(
    browser: Browser, file: Path, *, theme: Theme = "light", width: int = 1200, script: str = ""
) -> Iterator[Visit]:
    """The form opened from its file without a network; `script` changes the browser before."""
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=theme, offline=True
    )
    if script:
        context.add_init_script(script)
    try:
        yield Visit(context, file.as_uri())
    finally:
        context.close()


def answer_in_the_terminal(definition: Definition, audience: Audience) -> Assessment:
    """The same answers as the terminal takes them."""
    state = start(definition=definition, interview=audience == "interview", context={})
    for position, question in enumerate(state.script.questions):
        here = talk.go_to(state, position)
        if question.kind == "context" and audience != "survey":
            state = talk.write(talk.open_text(here), WHO, NOW)
        if question.id in CODES:
            state = talk.answer(here, CODES[question.id], NOW, in_passing=True)
            if state.view is View.TEXT:
                state = talk.write(state, REASON, NOW)
        if question.id in EVIDENCE and audience == "interview":
            state = talk.back_up(talk.go_to(state, position), EVIDENCE[question.id], NOW)
        if question.id in NOTES:
            there = talk.open_note(talk.go_to(state, position))
            state = talk.write(there, NOTES[question.id], NOW)
    return state.assessment


def read_scores(file: Path, output: Output) -> tuple[object, str]:
    """The scorecard of a file as JSON and as text, once `validate` has nothing against it."""
    output.readouterr()
    assert main(["validate", str(file)]) == 0
    assert output.readouterr() == ("", "one file checked: nothing wrong\n")
    assert main(["score", str(file), "-f", "json"]) == 0
    card = json.loads(output.readouterr().out)
    assert main(["score", str(file), "-q"]) == 0
    return card, output.readouterr().out


START = ("--organisation", "Hall", "--date", "2026-03-01")


@pytest.mark.parametrize(
    ("audience", "theme", "width"),
    [("interview", "light", 1200), ("self", "dark", 320), ("survey", "light", 320)],
)
def test_filled_by_keyboard_it_gives_what_the_terminal_gives(
    browser: Browser,
    make: Make,
    tmp_path: Path,
    capsys: Output,
    audience: Audience,
    theme: Theme,
    width: int,
) -> None:
    file = make(audience, *START)
    with visit(browser, file, theme=theme, width=width) as form:
        form.answer(audience)
        form.read_status("7 of 8 answered. Saved in this browser.")
        assert form.count_kept() == 1
        made = form.hand_over(tmp_path)
        assert form.count_kept() == 0
        form.read_status("7 of 8 answered.")
        assert made.name in form.page.locator("#handed").inner_text()
        assert form.said == []
        assert [url for url in form.asked if not url.startswith("blob:")] == [file.as_uri()]
        assert form.page.evaluate("document.documentElement.scrollWidth") <= width
    assert re.fullmatch(r"desk-2026-03-01-[0-9a-f]{12}\.json", made.name)
    definition = Catalogue().find(str(tmp_path / "desk.yaml"))
    head = {"path": "desk.yaml", "version": "1.0.0", "digest": definition.digest}
    told = answer_in_the_terminal(definition, audience).model_copy(
        update={"questionnaire": QuestionnaireReference.model_validate(head), "mode": audience}
    )
    written = tmp_path / "terminal.yaml"
    written.write_text(to_yaml(told), encoding="utf-8")
    assert read_scores(made, capsys) == read_scores(written, capsys)
    assert read_answers(made) == read_answers(written)


def read_answers(file: Path) -> Mapping[str, object]:
    """What a file holds, without the day of each answer and the number of the file."""
    assessment = load([str(file)]).loaded[0].assessment
    kept: dict[str, Any] = assessment.model_dump(exclude_none=True, exclude={"respondent"})
    for each in kept["answers"].values():
        each.pop("on", None)
    return kept


def test_five_people_make_a_panel_and_a_file_that_came_twice_is_noticed(
    browser: Browser, make: Make, tmp_path: Path, capsys: Output
) -> None:
    page = make("self", *START, "--group", "north", "--group", "south")
    made = []
    for code, group in (("yes", "north"), ("half", "south"), ("no", ""), *[("yes", "north")] * 2):
        with visit(browser, page) as form:
            form.choose("group", group)
            form.choose("answer:g-1", code)
            made.append(form.hand_over(tmp_path))
    groups = [json.loads(each.read_text("utf-8"))["respondent"].get("group") for each in made]
    assert groups == ["north", "south", None, "north", "north"]
    assert main(["score", *map(str, made), "-f", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["respondents"] == 5
    again = tmp_path / "again.json"
    again.write_bytes(made[0].read_bytes())
    assert main(["score", *map(str, made), str(again)]) == 2
    assert "stands in" in capsys.readouterr().err


def test_reloaded_in_the_middle_it_is_as_it_was(browser: Browser, make: Make) -> None:
    with visit(browser, make("interview")) as form:
        form.write("organisation", "Hall")
        form.answer("interview")
        fields = "JSON.stringify([...new FormData(document.getElementById('form'))])"
        before = form.page.evaluate(fields)
        drawn = form.page.evaluate("JSON.parse(localStorage[localStorage.key(0)]).draw")
        form.page.reload()
        assert form.page.evaluate(fields) == before
        form.read_status("7 of 8 answered. Saved in this browser.")
        assert form.page.locator('[id="reason:g-2"]').is_visible()
        again = form.page.evaluate("JSON.parse(localStorage[localStorage.key(0)]).draw")
        assert again == drawn


def test_what_is_optional_stays_open_where_something_is_in_it(browser: Browser, make: Make) -> None:
    with visit(browser, make("survey", *START)) as form:
        notes = form.page.locator("textarea:visible")
        assert notes.count() == 0
        form.answer("survey")
        assert notes.count() == 2
        form.page.reload()
        assert notes.count() == 2


def test_everything_is_deleted_on_request(browser: Browser, make: Make) -> None:
    with visit(browser, make("self", *START)) as form:
        form.answer("self")
        form.page.once("dialog", lambda dialog: dialog.dismiss())
        form.page.locator("#delete").click()
        assert form.count_kept() == 1
        form.page.once("dialog", lambda dialog: dialog.accept())
        form.page.locator("#delete").click()
        assert form.count_kept() == 0
        form.read_status("0 of 8 answered.")
        assert form.page.evaluate("document.activeElement.id") == "top"
        form.page.reload()
        assert form.page.locator(":checked").count() == 0


def test_an_answer_is_taken_back(browser: Browser, make: Make) -> None:
    with visit(browser, make("self", *START)) as form:
        form.choose("answer:g-1", "yes")
        form.read_status("1 of 8 answered. Saved in this browser.")
        form.press_to("plain clear")
        form.page.keyboard.press("Enter")
        form.read_status("0 of 8 answered. Saved in this browser.")
        assert form.page.evaluate("document.activeElement.name") == "answer:g-1"


NOT_SAVED = (
    "Not saved: this browser keeps nothing. Hand the answers over before you close the page."
)
NO_STORE = """Object.defineProperty(window, 'localStorage', {
  get() { throw new DOMException('denied', 'SecurityError'); },
});"""
FULL_STORE = """Storage.prototype.setItem = () => {
  throw new DOMException('full', 'QuotaExceededError');
};"""


@pytest.mark.parametrize("script", [NO_STORE, FULL_STORE])
def test_where_nothing_can_be_kept_the_page_says_so_and_works(
    browser: Browser, make: Make, tmp_path: Path, script: str
) -> None:
    with visit(browser, make("self", *START), script=script) as form:
        form.read_status(f"0 of 8 answered. {NOT_SAVED}")
        form.choose("answer:g-1", "yes")
        form.read_status(f"1 of 8 answered. {NOT_SAVED}")
        made = form.hand_over(tmp_path)
        assert form.said == []
    assert json.loads(made.read_text("utf-8"))["answers"] == {"g-1": {"answer": "yes"}}


@pytest.mark.parametrize("kept", ["", "null", "[]", "{", '{"fields": {"answer:g-1": "<b>"}}'])
def test_what_another_page_left_in_the_browser_does_no_harm(
    browser: Browser, make: Make, kept: str
) -> None:
    with visit(browser, make("self", *START)) as form:
        form.choose("answer:g-1", "yes")
        form.page.evaluate("(text) => { localStorage[localStorage.key(0)] = text; }", kept)
        form.page.reload()
        form.page.locator("#said", has_text="0 of 8 answered.").wait_for()
        assert form.page.locator(":checked").count() == 0
        assert form.said == []


def test_mistakes_are_listed_and_lead_to_their_fields(browser: Browser, make: Make) -> None:
    with visit(browser, make("interview"), width=320) as form:
        form.press_to("save")
        form.page.keyboard.press("Enter")
        links = form.page.locator("#mistakes a")
        assert links.all_inner_texts() == [
            "Say which organisation this is about.",
            "Answer at least one question.",
        ]
        assert form.page.evaluate("document.activeElement.id") == "mistakes"
        links.first.press("Enter")
        assert form.page.evaluate("document.activeElement.id") == "organisation"
        form.page.keyboard.insert_text("Hall")
        form.choose("answer:g-2", "NA")
        form.write("figure:programme_cost", "much")
        form.press_to("save")
        form.page.keyboard.press("Enter")
        assert links.all_inner_texts() == [
            "Question 2: Say in one sentence why it does not apply.",
            "Write this as digits with at most two decimals, such as 310000 or 99.50.",
        ]
        for theme in ("light", "dark"):
            form.page.emulate_media(color_scheme=theme)
            assert run_axe(form.page) == []
            assert find_faint(form.page) == []
        links.first.press("Enter")
        assert form.page.evaluate("document.activeElement.id") == "reason:g-2"
        assert form.page.locator("[aria-invalid]").count() == 2
        form.page.keyboard.insert_text("why")
        form.page.locator('[id="figure:programme_cost"]').fill("99.50")
        form.page.once("dialog", lambda dialog: dialog.accept())
        form.page.locator("#delete").click()
        assert form.page.locator("[aria-invalid], .error:visible").count() == 0


SHARING = """
window.shared = [];
navigator.canShare = () => true;
navigator.share = async ({files}) => {
  if (window.refuse) throw new DOMException('no', window.refuse);
  window.shared.push([files[0].name, files[0].type, await files[0].text()]);
};
"""


def test_a_phone_sends_a_file_that_a_folder_gives_back(
    browser: Browser, make: Make, tmp_path: Path, capsys: Output
) -> None:
    with visit(browser, make("survey", *START), width=320, script=SHARING) as form:
        form.choose("answer:g-1", "yes")
        for refusal, said in (
            ("AbortError", "Not sent."),
            ("NotAllowedError", "This browser could not send the file: save it."),
        ):
            form.page.evaluate(f"window.refuse = '{refusal}'")
            form.page.locator("#send").click()
            form.page.locator("#handed", has_text=said).wait_for(timeout=5000)
            assert form.count_kept() == 1
        form.page.evaluate("window.refuse = ''")
        form.page.locator("#send").click()
        form.page.locator("#handed", has_text="handed on").wait_for(timeout=5000)
        assert form.count_kept() == 0
        ((name, kind, text),) = form.page.evaluate("window.shared")
    assert (name[-9:], kind) == (".json.txt", "text/plain")
    folder = tmp_path / "sent"
    folder.mkdir()
    (folder / name).write_text(text.replace("desk.yaml", "../desk.yaml"), encoding="utf-8")
    assert main(["score", str(folder), "-q"]) == 0
    assert "Hall" in capsys.readouterr().out


NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', {value: undefined});"


def test_without_a_clipboard_the_text_is_there_to_copy_by_hand(
    browser: Browser, make: Make
) -> None:
    with visit(browser, make("self", *START), script=NO_CLIPBOARD) as form:
        form.choose("answer:g-1", "yes")
        form.press_to("copy")
        form.page.keyboard.press("Enter")
        form.page.locator("#handed", has_text="Copy the marked text by hand.").wait_for()
        marked = json.loads(form.page.evaluate("getSelection().toString()"))
        assert marked["answers"] == {"g-1": {"answer": "yes"}}
        assert form.count_kept() == 1
        form.page.locator('[name="answer:g-1"]').first.check()  # the text would be another now
        assert not form.page.locator("#text").is_visible()


@pytest.mark.parametrize("audience", ["interview", "self", "survey"])
@pytest.mark.parametrize(("theme", "width"), [("light", 1200), ("dark", 320)])
def test_axe_finds_nothing_and_everything_stands_out(
    browser: Browser, make: Make, audience: Audience, theme: Theme, width: int
) -> None:
    options = ("--group", "north", "--group", "south")
    with visit(browser, make(audience, *options), theme=theme, width=width) as form:
        form.page.locator("#open summary").click()
        for more in form.page.locator(".more").all():
            more.click()
        form.choose("answer:g-2", "NA")
        assert run_axe(form.page) == []
        assert find_faint(form.page) == []
        assert form.page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_focus_is_seen_and_never_under_the_bar(browser: Browser, make: Make) -> None:
    under = """() => {
      const {bottom, height} = document.activeElement.getBoundingClientRect();
      return bottom > document.getElementById('bar').getBoundingClientRect().top + height;
    }"""
    ring = """() => {
      const rings = [document.activeElement, document.activeElement.closest('.option')]
        .filter(Boolean).map(each => getComputedStyle(each))
        .filter(style => style.outlineStyle === 'solid' && parseFloat(style.outlineWidth) >= 2);
      return rings.length > 0;
    }"""
    with visit(browser, make("interview"), width=320) as form:
        form.press_to("organisation")
        while form.page.evaluate("document.activeElement.id") != "save":
            assert not form.page.evaluate(under), form.page.evaluate("document.activeElement.id")
            assert form.page.evaluate(ring), form.page.evaluate("document.activeElement.name")
            form.page.keyboard.press("Tab")


def test_without_its_script_the_page_says_so_and_shows_everything(
    browser: Browser, make: Make
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(make("self", *START).as_uri())
    assert page.locator("#needs-script").is_visible()
    assert not page.locator("#save").is_visible()
    assert page.locator("textarea:visible").count() == 9
    context.close()


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_it_prints_as_a_paper_form(browser: Browser, make: Make, paper: str) -> None:
    with visit(browser, make("interview", "--return-to", "room 12"), theme="dark") as form:
        form.page.emulate_media(media="print")
        for shown in (".extra", "textarea", ".blank"):
            assert all(each.is_visible() for each in form.page.locator(f"form {shown}").all())
        for hidden in ("#end", "#bar", ".tools", ".meaning"):
            assert not any(each.is_visible() for each in form.page.locator(hidden).all())
        assert find_faint(form.page) == []
        printed = form.page.pdf(format=paper, tagged=True)
    document = read_parts(printed)
    assert find_broken_rows(document) == []
    assert find_stranded_headings(document) == []
    words = " ".join(" ".join(read_pages(printed)).split())
    for said in ("Guests are greeted by name.", "g-2", "Please return this to: room 12", "Date"):
        assert said in words
