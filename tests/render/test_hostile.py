"""Whatever stands in a text is shown as text and never acts, in every format of every result."""

from __future__ import annotations

import csv
import io
import json
import re
from functools import cache

import pytest
from markdown_it import MarkdownIt
from render.cards import render_report
from render.pages import Element, read_page, squeeze
from render.poison import HOSTILE, Poisoner, find_free_fields
from shipped import read_model, read_questionnaire, read_sample

from custfocus_cli.documents.assessment import Assessment
from custfocus_cli.documents.definition import resolve
from custfocus_cli.documents.model import Model
from custfocus_cli.documents.questionnaire import Block, Item, Placement, Questionnaire
from custfocus_cli.documents.sessions import Sitting, choose_sitting
from custfocus_cli.render.formats import PLAN, QUESTIONNAIRE, SCORE, SHEET
from custfocus_cli.render.terminal import Terminal
from custfocus_cli.scoring.panel import panel
from custfocus_cli.scoring.scorecard import Scorecard, score
from custfocus_cli.wording.safety import clean

# What acts at the start of a text alone: formulas, headings, lists, quotes, commands of a log.
STARTS = (
    *("", "=1+1 ", "+1 ", "-1 ", "- ", "@SUM ", "# ", "1. ", "1) ", "> ", "::error::", "---\n"),
    *("\t=1 ", "[ ] ", "[^1]: ", "    code "),
)

SHIFTS = (0, 5)  # so that a field that is shown begins in more than one way

# Never in a report: what is for machines, for the interviewer, or for the author.
NOT_IN_A_REPORT = {
    *("Assessment.questionnaire", "QuestionnaireReference.path", "QuestionnaireReference.digest"),
    *("Model.language", "Questionnaire.language", "Questionnaire.based_on", "Questionnaire.model"),
    *("Questionnaire.description", "Session.name", "Item.evidence", "BalanceItem.evidence"),
    *("Placement.options", "ItemDetails.statement", "ItemDetails.probe", "ItemDetails.evidence"),
    *("ItemDetails.metric", "ItemDetails.action", "ItemDetails.references"),
}


def write_documents() -> tuple[Model, Questionnaire, Assessment]:
    """The shipped documents with something in every field that a report may show."""
    model, questionnaire = read_model(), read_questionnaire("interview-72")
    warned = tuple(stage.model_copy(update={"caution": "Mind."}) for stage in model.stages)
    targets = tuple(each.model_copy(update={"caution": "Mind."}) for each in model.targets)
    name, block = next(iter(questionnaire.items.items()))
    placed = Placement(id="place", question="Where?", options=("a", "b", "c", "d"))
    seen = Item(id="seen", statement="I see it.", scale="frequency")
    more = Block.model_construct(None, perception=(seen,), placement=placed, **block.stages)
    answers = read_sample("varrowby-2025")
    return (
        model.model_copy(update={"stages": warned, "targets": targets}),
        questionnaire.model_copy(
            update={"items": {**questionnaire.items, name: more}, "caution": "Mind."}
        ),
        answers.model_copy(
            update={
                "context": read_sample("quillmarsh-2025").context,
                "figures": read_sample("quillmarsh-2025").figures,
            }
        ),
    )


@cache
def poison(shift: int) -> tuple[Scorecard, Poisoner]:
    poisoner = Poisoner(STARTS, shift)
    model, questionnaire, answers = write_documents()
    definition = resolve(poisoner.poison(questionnaire), poisoner.poison(model))
    return score(panel([poisoner.poison(answers)], definition), definition), poisoner


def show(text: str) -> str:
    """A text as a page shows it."""
    return squeeze(clean(text))


def find_shown(shown: str, poisoner: Poisoner) -> set[str]:
    """The numbers that stand in a text; each stands there with its whole text behind it."""
    numbers = set(re.findall(r"Z\d+Z", shown))
    broken = [n for n in numbers if shown.count(f"{n} ") != shown.count(show(f"{n} {HOSTILE}"))]
    assert broken == []
    return numbers & set(poisoner.texts)


ACTIVE = {"script", "img", "iframe", "object", "embed", "form", "base", "audio", "video"}
ALIGNED = {"text-align:left", "text-align:right"}  # how Markdown writes the columns of a table


def refuse_acting(page: Element, *, links: bool) -> None:
    """AssertionError where an element or attribute of a page could do something."""
    for element in page.walk():
        assert element.name not in ACTIVE
        assert links or element.name != "a"
        assert not any(name.startswith("on") for name in element.attributes)
        assert element.attributes.get("style", "") in ({""} if links else {"", *ALIGNED})
        assert element.attributes.get("href", "#").startswith(("#", "data:,"))
        assert "src" not in element.attributes


@pytest.mark.parametrize(
    "planted",
    [
        "<p onclick='x'>",
        "<script></script>",
        "<p style='color: red'></p>",
        "<a href='http://e.test'></a>",
        "<a href='javascript:x'></a>",
        "<p src='x'></p>",
        "<p><b></p></b>",
        "<p title=a title=b></p>",
    ],
)
def test_a_planted_act_is_caught(planted: str) -> None:
    with pytest.raises(AssertionError):
        refuse_acting(read_page(planted), links=True)


def test_a_text_that_lost_something_is_caught() -> None:
    _, poisoner = poison(0)
    whole = show(poisoner.texts["Z1Z"])
    assert find_shown(whole, poisoner) == {"Z1Z"}
    with pytest.raises(AssertionError):
        find_shown(whole.replace("<", ""), poisoner)


def test_every_free_text_is_poisoned() -> None:
    documents = find_free_fields(Model, Questionnaire, Assessment)
    _, poisoner = poison(0)
    missing = documents - set(poisoner.fields.values())
    assert missing == {
        *("Item.references", "Characteristic.references"),  # under the name of the clause
        *("QuestionnaireReference.path", "Questionnaire.based_on"),
        *(name for name in documents if name.startswith("ItemDetails.")),
    }


@pytest.mark.parametrize("shift", SHIFTS)
def test_html(shift: int) -> None:
    card, poisoner = poison(shift)
    html = render_report("html", card)
    page = read_page(html)
    refuse_acting(page, links=True)
    shown = find_shown(read_words(html), poisoner)
    assert "##[" not in html
    assert not re.search(r"(?m)^\s*::", html)
    assert clean(html) == html
    fields = {poisoner.fields[number] for number in shown}
    assert set(poisoner.fields.values()) - fields == NOT_IN_A_REPORT & set(poisoner.fields.values())


@pytest.mark.parametrize("shift", SHIFTS)
def test_the_markdown_report_shows_what_the_html_report_shows(shift: int) -> None:
    card, poisoner = poison(shift)
    markdown = render_report("markdown", card)
    page = read_page(render_markdown(markdown))
    refuse_acting(page, links=False)
    shown = find_shown(squeeze(page.text), poisoner)
    html = render_report("html", card)
    assert shown == find_shown(read_words(html), poisoner)
    heads = read_page(html).find("h2")
    assert [each.text for each in page.find("h2")] == [each.text for each in heads]
    refuse_log_commands(markdown)


def test_a_year_before_and_another_version_act_as_little() -> None:
    # the two are poisoned apart: every question, name and label was another one the year before
    card, (before, other) = poison(SHIFTS[0])[0], poison(SHIFTS[1])
    html = render_report("html", card, history=[before, before])
    page, text = read_page(html), render_report("markdown", card, history=[before, before])
    refuse_acting(page, links=True)
    refuse_acting(read_page(render_markdown(text)), links=False)
    for each in (html, text):
        refuse_log_commands(each)
    for shown in (squeeze(read_page(render_markdown(text)).text), read_words(html)):
        before_alone = [each for each in other.texts.values() if show(each) in shown]
        assert len(before_alone) > 72  # the questions of the year before among them


def render_markdown(text: str) -> str:
    """A page as GitHub would make one, with links from bare addresses."""
    return str(MarkdownIt("gfm-like", {"html": True, "linkify": True}).render(text))


def read_words(html: str) -> str:
    """The text of a page but for the labels of its charts, which are cut to their place."""
    return squeeze(read_page(re.sub(r"(?s)<text [^>]*>.*?</text>", "", html)).text)


def refuse_log_commands(text: str) -> None:
    assert not re.search(r"(?m)^\s*::", text)
    assert "##[" not in text
    assert clean(text) == text


def sit(card: Scorecard) -> Sitting:
    """Everybody in one interview; sessions keep their ids."""
    sessions = card.definition.questionnaire.sessions
    return choose_sitting(card.definition, [session.id for session in sessions])


# What is for whoever answers or scores, or stands on the other of the two pages.
NOT_IN_A_QUESTIONNAIRE = {
    *("Model.title", "Model.benefits", "StageZero.name", "StageZero.description", "Term.term"),
    *("Stage.description", "Stage.caution", "Area.name", "Area.description", "Term.meaning"),
    *("Target.name", "Target.description", "Target.caution", "Effect.text", "Item.action"),
    *("Model.language", "Questionnaire.language", "Questionnaire.model"),
}
NOT_IN_A_SHEET = {
    *("Questionnaire.description", "Questionnaire.caution", "Characteristic.description"),
    *("Placement.question", "Placement.options"),
    *("Standard.title", "Standard.edition", "Standard.clauses", "Standard.clauses (number)"),
}


@pytest.mark.parametrize("shift", SHIFTS)
@pytest.mark.parametrize("name", ["questionnaire", "sheet"])
def test_the_questionnaire_and_the_sheet_as_html(name: str, shift: int) -> None:
    card, poisoner = poison(shift)
    if name == "questionnaire":
        html = QUESTIONNAIRE["html"](card.definition, Terminal())
        hidden = NOT_IN_A_QUESTIONNAIRE
    else:
        html = SHEET["html"](sit(card), Terminal())
        hidden = NOT_IN_A_QUESTIONNAIRE | NOT_IN_A_SHEET
    page = read_page(html)
    refuse_acting(page, links=name == "questionnaire")
    shown = find_shown(squeeze(page.text), poisoner)
    refuse_log_commands(html)
    known = find_free_fields(Model, Questionnaire)
    of_it = {place for place in poisoner.fields.values() if place.split()[0] in known}
    missing = of_it - {poisoner.fields[number] for number in shown}
    assert missing == hidden


@pytest.mark.parametrize("shift", SHIFTS)
def test_the_plan_and_the_sheet_as_markdown(shift: int) -> None:
    card, poisoner = poison(shift)
    for text in (
        PLAN["markdown"](card, Terminal()),
        QUESTIONNAIRE["markdown"](card.definition, Terminal()),
        SHEET["markdown"](sit(card), Terminal()),
    ):
        page = read_page(render_markdown(text))
        refuse_acting(page, links=False)
        assert len(find_shown(squeeze(page.text), poisoner)) > 50
        refuse_log_commands(text)


@pytest.mark.parametrize("shift", SHIFTS)
@pytest.mark.parametrize("width", [20, 80, 200])
def test_text(shift: int, width: int) -> None:
    card, _ = poison(shift)
    for text in (
        SCORE["text"](card, Terminal(width)),
        PLAN["text"](card, Terminal(width)),
        QUESTIONNAIRE["text"](card.definition, Terminal(width)),
        SHEET["text"](sit(card), Terminal(width)),
    ):
        refuse_log_commands(text)
        assert "::" not in text
        assert "[/bold]" in text.replace("\n", "")
        assert "😄" not in text


def test_colours_are_the_only_commands_to_a_terminal() -> None:
    card, _ = poison(0)
    text = SCORE["text"](card, Terminal(80, color=True))
    assert "\x1b[1m" in text
    rest = re.sub(r"\x1b\[[\d;]*m", "", text)
    assert clean(rest) == rest


@pytest.mark.parametrize("shift", SHIFTS)
def test_csv(shift: int) -> None:
    card, poisoner = poison(shift)
    text = PLAN["csv"](card, Terminal())
    refuse_log_commands(text.removeprefix("\ufeff").replace("\r\n", "\n"))
    head, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    assert {len(row) for row in rows} == {len(head)}
    cells = [cell for row in rows for cell in row]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in cells)
    shown = " ".join(squeeze(cell) for cell in cells).replace("## [", "##[")
    assert len(find_shown(shown, poisoner)) > 50


@pytest.mark.parametrize("shift", SHIFTS)
def test_json(shift: int) -> None:
    card, poisoner = poison(shift)
    score_text, plan_text = SCORE["json"](card, Terminal()), PLAN["json"](card, Terminal())
    for text in (score_text, plan_text):
        refuse_log_commands(text)
    texts = set(poisoner.texts.values())
    assert json.loads(score_text)["organisation"] in texts
    task = json.loads(plan_text)["steps"][0]["tasks"][0]
    assert {task["statement"], task["action"], task["metric"]} <= texts
