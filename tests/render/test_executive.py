"""The executive version: what a board reads, the same in both formats, whatever the length."""

from __future__ import annotations

import pytest
from render.cards import SHEETS, render_report, score_sample, score_sheet
from render.pages import Element, read_page, read_table, squeeze
from render.test_hostile import poison, refuse_acting, refuse_log_commands, render_markdown
from shipped import SAMPLES

from custfocus_cli.render.changes import Letter
from custfocus_cli.render.look import Look
from custfocus_cli.scoring.scorecard import Scorecard

EXECUTIVE = Look("executive")
CARDS = [*SAMPLES, *SHEETS]


def find_card(name: str) -> Scorecard:
    return score_sample(name) if name in SAMPLES else score_sheet(name)


def write_page(card: Scorecard) -> Element:
    return read_page(render_report("html", card, EXECUTIVE))


def list_texts(page: Element, name: str) -> list[str]:
    """The texts of the elements of that name that hold none of them themselves."""
    return [squeeze(each.text) for each in page.find(name) if not each.find(name)]


@pytest.mark.parametrize("name", SAMPLES)
def test_it_answers_the_questions_of_a_board_in_their_order(name: str) -> None:
    page = write_page(score_sample(name))
    assert [each.text for each in page.find("h2")] == [
        "Where the organisation stands",
        "The gaps to the target",
        "What to do first",
        "Beside the result",
        "How sure this is",
        "Where the rest stands",
    ]
    assert [each.text for each in page.find("h3")] == ["Why not more at once"]
    (first,) = [each for each in page.find("ol") if each.attributes["class"] == "first"]
    assert len([each for each in first.children if each.name == "li"]) == 5


def test_the_verdict_the_first_step_and_how_sure_it_is() -> None:
    text = squeeze(write_page(score_sample("varrowby-2026")).text)
    for said in (
        "stands at stage 0 to 1 of 3: one answer decides, st-1b; until it is known, stage 0 counts",
        "Service training: from stage 0 to 1 up to stage 2, by way of stage 1. Find out first: What"
        " did you learn about coaching, and when? Human resources; effort 2 of 3; measure: Share of"
        " supervisors trained in coaching st-1b",
        "98.6 % of what applies is known. What is unknown leaves the stage open: 0 to 1.",
        "the index lies between 48.1 and 49.5 percent.",
        # domain.md 6.2: 155,000 against 140,000
        "Benefit divided by cost is 1.11.",
        "Nine steps are open at once",
    ):
        assert said in text, said


def test_what_is_out_of_balance_is_explained() -> None:
    # domain.md 6.1: new customers and economics are red in 2025.
    items = list_texts(write_page(score_sample("quillmarsh-2025")), "li")
    assert [each for each in items if "out of balance" in each] == [
        "New customers: out of balance. A safeguard is weak and a signal of the risk is frequent."
        " The risk: Pleasing existing customers crowds out winning new ones.",
        "Economics: out of balance. A safeguard is weak and a signal of the risk is frequent."
        " The risk: Service costs more than it brings.",
    ]


@pytest.mark.parametrize("name", CARDS)
def test_both_formats_say_the_same(name: str) -> None:
    card = find_card(name)
    page = write_page(card)
    other = read_page(render_markdown(render_report("markdown", card, EXECUTIVE)))
    climb = {squeeze(each.text) for each in page.find("li") if each.attributes.get("value")}
    lines = [each for each in list_texts(page, "li") if each not in climb]
    facts = len(other.find("ul")[0].find("li"))
    assert lines == list_texts(other, "li")[facts:]
    for chart in page.find("svg"):
        rows = [
            f"{row[0]}: stage {row[2]}, target {row[3]}"
            for row in read_table(other.find("table")[-1])[1:]
        ]
        said = squeeze(chart.find("desc")[0].text).removesuffix(".").split(". ")
        assert [each.rpartition(", gap")[0] for each in said] == rows


def test_what_changed_is_said_in_both_formats() -> None:
    card, before = score_sample("quillmarsh-2026"), score_sample("quillmarsh-2025")
    page = read_page(render_report("html", card, EXECUTIVE, [before]))
    other = read_page(render_markdown(render_report("markdown", card, EXECUTIVE, [before])))
    for shown in (squeeze(page.text), squeeze(other.text)):
        assert (
            "Since 10 November 2025 Quillmarsh Parcels rose from stage 0 to stage 1, Quality"
            " service. The index rose from 42.1 to 56.5." in shown
        )
        assert (
            "What went down or is not known any more: Employee satisfaction, one item: Staff take"
            " part in designing the workplaces where they serve customers (ee-3a): from" in shown
        )
    (chart,) = page.find("svg")
    rows = [
        f"{name}: stage {stage}, before {earlier}, target {target}"
        for name, _, stage, earlier, target in read_table(other.find("table")[-1])[1:]
    ]
    said = squeeze(chart.find("desc")[0].text).removesuffix(".").split(". ")
    assert [each.rpartition(", gap")[0] for each in said] == rows


def test_what_changed_is_brief_however_much_it_is() -> None:
    many = Letter("1 May 2025", ("It rose. " * 90,), ("It fell. " * 30,) * 8, ())
    opening, down = many.brief
    assert 370 < len(opening) <= 380
    assert down.endswith("… Six more in the full report.")
    assert len(down) <= 400
    none = Letter("1 May 2025", ("It rose.",), (), ())
    assert none.brief == ("It rose.", "Nothing went down, and nothing became unknown.")


def test_bars_are_drawn_as_the_gaps_are() -> None:
    markdown = render_report("markdown", score_sample("varrowby-2026"), EXECUTIVE)
    assert "| Service training | `????----____` | 0 to 1 | 2 |" in markdown
    assert "| Proactive service recovery | `########____` | 2 | 2 |" in markdown
    assert "`#` is reached, `?` would be if unknown answers turned out well," in markdown


def test_many_gaps_are_cut_and_the_rest_is_counted() -> None:
    page = write_page(score_sheet("sixty characteristics"))
    (chart,) = page.find("svg")
    assert len([e for e in chart.walk() if e.attributes.get("class") == "goal"]) == 14
    assert "The full report shows 46 more." in squeeze(page.text)


@pytest.mark.parametrize("shift", [0, 5])
def test_hostile_texts_act_nowhere(shift: int) -> None:
    card, _ = poison(shift)
    html = render_report("html", card, EXECUTIVE)
    refuse_acting(read_page(html), links=True)
    assert "##[" not in html
    markdown = render_report("markdown", card, EXECUTIVE)
    refuse_acting(read_page(render_markdown(markdown)), links=False)
    refuse_log_commands(markdown)


def test_no_text_is_long() -> None:
    """Where every text has some hundred characters, what is shown of each is a part."""
    card, _ = poison(0)
    page = write_page(card)
    leaves = [each for each in page.find("body")[0].walk() if not each.children]
    longest = max(len(squeeze(e.text)) for e in leaves if e.name not in ("desc", "title"))
    assert longest <= 560
    assert "…" in page.text
    assert "A text that ends in … here goes on in the full report" in squeeze(page.text)
