"""A diff and a check as letters: their tables by hand, whole pages, and hostile texts in them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from typing import Any

import pytest
from changes.pairs import compare_rows, compare_sheets
from render.pages import read_page, read_table, squeeze
from render.poison import HOSTILE, Poisoner
from render.test_hostile import (
    SHIFTS,
    STARTS,
    find_shown,
    refuse_acting,
    refuse_log_commands,
    render_markdown,
    show,
    write_documents,
)
from scoring.sheets import Sheet
from shipped import read_sample

from custfocus_cli.changes.compare import Comparison, compare
from custfocus_cli.changes.gate import Demand, judge_comparison, judge_result, make_policy
from custfocus_cli.changes.sides import Check, Diff, Place, Side
from custfocus_cli.documents.definition import resolve
from custfocus_cli.documents.policy import Policy
from custfocus_cli.render import markdown
from custfocus_cli.render.comment import MOST_BYTES
from custfocus_cli.render.formats import CHECK, DIFF
from custfocus_cli.render.gate_letter import tabulate_changes, tabulate_standing
from custfocus_cli.render.terminal import Terminal
from custfocus_cli.scoring.panel import panel
from custfocus_cli.scoring.scorecard import Scorecard, score

DAY = datetime.date(2026, 1, 31)


def make_side(card: Scorecard, path: str = "answers.yaml") -> Side:
    names = [name for _, each in card.joined for name in each.entries]
    places = {name: Place(path, number) for number, name in enumerate(names, 7)}
    return Side(path, "0" * 64, card, places, Place(path, 6))


def make_diff(comparison: Comparison, demand: Demand) -> Diff:
    old, new = (make_side(card) for card in comparison.sides)
    exemptions = tuple(Place("policy.yaml", 9) for _ in demand.policy.exemptions)
    ruling = judge_comparison(comparison, demand)
    return Diff("answers.yaml", old, new, comparison, ruling, exemptions)


def make_demand(tolerance: str = "0", rules: Mapping[str, Any] | None = None) -> Demand:
    if rules:
        return Demand(Policy.model_validate({"rules": rules}), DAY)
    return Demand(make_policy("regression", Fraction(tolerance)), DAY, "regression")


def tabulate(comparison: Comparison, demand: Demand | None = None) -> list[list[str]]:
    table = tabulate_changes(comparison, make_diff(comparison, demand or make_demand()))
    return [[column.title for column in table.columns], *(list(row) for row in table.rows)]


# --- the tables ------------------------------------------------------------------------------


def test_every_characteristic_then_and_now() -> None:
    # three stages of points 0 to 3: vision (2/3 + 1/3 + 0) / 3 = 33.3, then (1 + 1 + 1/3) / 3 =
    # 77.8; voice (1 + 2/3) / 3 = 55.6, then (1/3 + 2/3) / 3 = 33.3, so 44.4 and 55.6 together
    old = {"vision": "L / P / N", "voice": "F / L / N", "noise": "P / N / N"}
    new = {"vision": "F / F / P", "voice": "P / L / N", "noise": "DK / N / N"}
    assert tabulate(compare_rows(old, new)) == [
        [
            *("Characteristic", "Stage before", "Stage", "Stage change"),
            *("Index before", "Index", "Index change", "Change"),
        ],
        # noise 1/9 = 11.1: (33.3 + 55.6 + 11.1) / 3 = 33.3; unknown it is 0 to 33.3
        ["Somewhere", "0", "0", "0", "33.3", "unknown (37.0 to 48.1)", "\u2013", "Rose"],
        ["vision", "1", "2", "+1", "33.3", "77.8", "+44.4", "Rose"],
        ["voice", "2", "0", "-2", "55.6", "33.3", "-22.2", "Fell"],
        [
            *("noise", "0", "0 to 1", "0 to +1", "11.1", "unknown (0.0 to 33.3)", "\u2013"),
            "Is not known any more",
        ],
    ]


def test_what_came_went_or_applies_no_more_has_no_change_to_count() -> None:
    old = Sheet({"vision": "L / P", "gone": "L / P", "left": "F / N"})
    new = Sheet({"vision": "L / P", "fresh": "N / N", "left": "NA / NA"})
    rows = {row[0]: row[1:] for row in tabulate(compare_sheets(old, new))}
    assert rows["fresh"] == [
        *("none", "0", "\u2013", "none", "0.0", "\u2013"),
        "Is asked for the first time",
    ]
    assert rows["gone"] == [
        *("1", "none", "\u2013", "50.0", "none", "\u2013"),
        "Is not asked any more",
    ]
    assert rows["left"][2::3] == ["\u2013", "\u2013"]
    assert rows["left"][-1] == "Applies differently"
    assert rows["vision"] == ["1", "1", "0", "50.0", "50.0", "0.0", "Did not change"]


def test_without_a_gate_there_are_no_stages_to_show() -> None:
    table = tabulate(
        compare_rows({"vision": "L / P"}, {"vision": "L / L"}, scoring={"gate": "none"})
    )
    assert table[0] == [
        *("Characteristic", "Index before", "Index", "Index change", "Change"),
    ]
    assert table[2] == ["vision", "50.0", "66.7", "+16.7", "Rose"]


def test_no_number_of_the_table_contradicts_the_gate() -> None:
    # the index falls from 50 to 33 1/3, by 16 2/3: more than 16.666666, less than 16.7
    comparison = compare_rows({"vision": "L / P"}, {"vision": "P / P"})
    assert tabulate(comparison, make_demand("16.666666"))[2][-2] == "-16.666667"
    assert tabulate(comparison, make_demand("16.7"))[2][-2] == "-16.67"
    # 66.6667 does not reach 66.7
    better = compare_rows({"vision": "P / P"}, {"vision": "L / L"})
    high = make_demand(rules={"min-index": {"default": "66.7"}})
    assert tabulate(better, high)[2][4:6] == ["33.3", "66.6"]
    check = Check(make_side(better.new), judge_result(better.new, high))
    assert [list(row) for row in tabulate_standing(check).rows][1] == [
        *("vision", "2", "66.6", "100.0"),
    ]


def test_what_is_doubtful_or_exempt_is_marked() -> None:
    exempt = {"rule": "no-regression", "id": "vision", "until": "2026-12-31", "reason": "Agreed."}
    data = {"rules": {"no-regression": {}}, "exemptions": [exempt]}
    comparison = compare_rows({"vision": "F L"}, {"vision": "L DK"})
    rows = tabulate(comparison, Demand(Policy.model_validate(data), DAY))
    assert rows[2][-1] == "Fell, not certain, exempt"


# --- how much there may be -------------------------------------------------------------------


def test_a_page_of_a_thousand_items_fits_a_comment() -> None:
    rows = {f"trait-{n}": "L P F L / P N L P / L P N N" for n in range(100)}
    fallen = dict.fromkeys(rows, "N N N N / N N N N / N N N N")
    view = make_diff(compare_rows(rows, fallen), make_demand())
    text = DIFF["markdown"](view, Terminal())
    assert MOST_BYTES * 0.9 < len(text.encode()) <= MOST_BYTES
    page = read_page(render_markdown(text))
    assert page.find("p")[0].text.startswith("Gate failed (exit code 1): 100 characteristics fell.")
    (left_out,) = [each.text for each in page.find("p") if "There is no room" in each.text]
    assert left_out.endswith(" lines are left out. -f json has everything.")
    assert len(read_table(page.find("table")[-1])) == 102
    assert "trait-99-2c" not in text
    assert "trait-99-2c" in DIFF["html"](view, Terminal())


# --- hostile texts ---------------------------------------------------------------------------


@cache
def poison_years(shift: int) -> tuple[Diff, Check, Poisoner]:
    """A year that rose, fallen back to the one before it, every text of both hostile."""
    before, after = Poisoner(STARTS, shift), Poisoner(STARTS, shift + 3)
    cards = []
    for poisoner, name in ((before, "varrowby-2026"), (after, "varrowby-2025")):
        model, questionnaire, answers = write_documents()
        given = answers.model_copy(update={"answers": read_sample(name).answers})
        definition = resolve(poisoner.poison(questionnaire), poisoner.poison(model))
        cards.append(score(panel([poisoner.poison(given)], definition), definition))
    rules = {"no-regression": {}, "min-index": {"default": "90"}}
    day = cards[1].panel.date
    exempt = [
        {"rule": "no-regression", "id": each.id, "until": until, "reason": "x"}
        for each in cards[1].characteristics[:2]
        for until in (day + datetime.timedelta(days=1), day - datetime.timedelta(days=1))
    ]
    policy = Policy.model_validate({"rules": rules, "exemptions": exempt})
    demand = Demand(after.poison(policy), day, policy_path=f"Zpolicy {HOSTILE}")
    comparison = compare(*cards)
    old, new = (make_side(card, f"Zpath {HOSTILE}") for card in cards)
    places = tuple(Place(f"Zpolicy {HOSTILE}", 9) for _ in exempt)
    ruling = judge_comparison(comparison, demand)
    diff = Diff("x", old, new, comparison, ruling, places)
    check = Check(new, judge_result(cards[1], demand), places)
    return diff, check, after


@pytest.mark.parametrize("shift", SHIFTS)
def test_the_pages_show_every_text_and_none_acts(
    shift: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    diff, check, poisoner = poison_years(shift)
    refuse_log_commands(DIFF["markdown"](diff, Terminal()))  # as it is cut for a comment
    monkeypatch.setattr(markdown, "fit", str)
    html, text = (DIFF[name](diff, Terminal()) for name in ("html", "markdown"))
    checked = CHECK["markdown"](check, Terminal())
    found = []
    for written, page in (
        (html, read_page(html)),
        (text, read_page(render_markdown(text))),
        (checked, read_page(render_markdown(checked))),
    ):
        refuse_acting(page, links=False)
        refuse_log_commands(written)
        words = squeeze(page.text)
        found.append(find_shown(words, poisoner))
        for each in ("Zpath", "Zpolicy"):
            assert words.count(f"{each} ") == words.count(show(f"{each} {HOSTILE}")) > 0
    assert found[0] == found[1]
    fields = [{poisoner.fields[number] for number in numbers} for numbers in found]
    assert {"Assessment.organisation", "Item.statement", "Exemption.reason"} <= fields[0]
    assert {"Assessment.organisation", "Characteristic.name", "Exemption.reason"} <= fields[2]
