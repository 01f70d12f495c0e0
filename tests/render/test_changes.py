"""The letter about what changed, sentence by sentence."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from changes.pairs import compare_rows, compare_sheets
from render.cards import YEARS, score_sample, score_year
from scoring.sheets import Sheet

from custfocus_cli.changes.compare import Comparison, compare
from custfocus_cli.render.changes import Letter, write_letter
from custfocus_cli.scoring.notices import Notice
from custfocus_cli.wording.sections import SECTIONS


def write(comparison: Comparison) -> list[str]:
    """The letter as lines: the opening, what went down, then each part with its paragraphs."""
    letter = write_letter(comparison)
    lines = [*letter.opening, *(f"v {line}" for line in letter.down)]
    for name, paragraphs in letter.parts:
        lines.append(f"# {name}")
        for each in paragraphs:
            tag = f" ({each.tag})" if each.tag else ""
            lines.append(f"{each.name}{tag}: {each.text}")
            lines += [f"- {item.sentence}" for item in each.items]
            lines += [f"- {each.more}: {', '.join(each.rest)}"] * bool(each.rest)
    return lines


def write_years(old: str, new: str) -> list[str]:
    """The letter from one of the small years to another."""
    return write(compare(score_year(old, 2025), score_year(new)))


def test_a_rise() -> None:
    # 1 point of 18, then 8; three stages to the target, of which one is done; the two items that
    # rose by two points come first
    assert write_years("low", "risen") == [
        "Somewhere rose from stage 0 to stage 1, Stage 1. The index rose from 5.6 to 44.4.",
        "Its one characteristic rose to a higher stage. Of the way to the target “Stage 3”, 33.3 %"
        " is done now and nothing was before.",
        "# rose",
        "vision (held the organisation back): Stage 0 before, stage 1 now; the index rose from 5.6"
        " to 44.4.",
        "- vision-1b is there (vision-1b): from “Label N” to “Label L”.",
        "- vision-2a is there (vision-2a): from “Label N” to “Label L”.",
        "- vision-1a is there (vision-1a): from “Label P” to “Label L”.",
        "- And two more: vision-2b, vision-3a",
    ]


def test_a_fall_that_one_answer_decides() -> None:
    # 8 points of 18, then 2 of 3 and 3 of 6 and 0: 7/18; with vision-1b at 0 or 3 points it is
    # (2/6 + 3/6) / 3 or (5/6 + 3/6) / 3
    fall = (
        "vision (not certain): Stage 1 before, between stage 0 and stage 1 now; the index fell from"
        " 44.4 to 38.9 (27.8 to 44.4)."
    )
    unknown = "vision-1b is there (vision-1b): it was “Label L” and is “Don't know” now."
    assert write_years("risen", "doubtful") == [
        "Somewhere stands between stage 0 and stage 1; before, it stood at stage 1. The index fell"
        " from 44.4 to 38.9 (27.8 to 44.4). Unknown answers decide whether this is a fall.",
        "Its one characteristic fell, but not for certain. Counting what is unknown as not reached,"
        " the way to the target “Stage 3” is longer than it was: 33.3 % was done before and 0.0 %"
        " is now.",
        f"v {fall}",
        f"v {unknown}",
        "# fell",
        fall,
        "- vision-3a is there (vision-3a): from “Label P” to “Label N”.",
        f"- {unknown}",
    ]


def test_an_item_that_fell_where_the_whole_rose() -> None:
    # 8 of 18; then the one L and the N and F of what is left: (2/3 + 3/6) / 2
    assert write_years("risen", "narrow") == [
        "Somewhere still stands at stage 1. The index rose from 44.4 to 58.3.",
        "Its one characteristic rose. The way to the target “Stage 3” is as long as it was: 33.3 %"
        " is done.",
        "v vision, one item: vision-3a is there (vision-3a): from “Label P” to “Label N”.",
        "# fell",
        "vision: As a whole it rose; one item fell.",
        "- vision-3a is there (vision-3a): from “Label P” to “Label N”.",
        "# rose",
        "vision: Still at stage 1; the index rose from 44.4 to 58.3.",
        "- vision-3b is there (vision-3b): from “Label N” to “Label F”.",
        "# asked",
        "vision: Three items do not apply any more.",
        "- vision-1b is there (vision-1b): it was “Label L” and is “Does not apply” now.",
        "- vision-2a is there (vision-2a): it was “Label L” and is “Does not apply” now.",
        "- vision-2b is there (vision-2b): it was “Label P” and is “Does not apply” now.",
    ]


def test_what_became_known_and_unknown() -> None:
    assert write_years("known alone", "doubtful") == [
        "Somewhere stands between stage 0 and stage 1; before, it stood at stage 0. The index was"
        " between 11.1 and 77.8 and is between 27.8 and 44.4 now.",
        "Its one characteristic became known. Counting what is unknown as not reached, the way to"
        " the target “Stage 3” is as long as it was: 0.0 % is done.",
        "v vision-1b is there (vision-1b): it was “Label N” and is “Don't know” now.",
        "# fell",
        "vision: As a whole it became known; one item is not known any more.",
        "- vision-1b is there (vision-1b): it was “Label N” and is “Don't know” now.",
        "# known",
        "vision: Stage 0 before, between stage 0 and stage 1 now; the index was between 11.1 and"
        " 77.8 and is between 27.8 and 44.4 now.",
        "- vision-2a is there (vision-2a): it was “Don't know” and is “Label L” now.",
        "- vision-2b is there (vision-2b): it was “Don't know” and is “Label P” now.",
        "- vision-3a is there (vision-3a): it was “Not answered” and is “Label N” now.",
        "- vision-3b is there (vision-3b): it was “Not answered” and is “Label N” now.",
    ]


def test_what_does_not_apply_any_more_and_what_does_again() -> None:
    assert write_years("narrow", "nothing applies")[:4] == [
        "Nothing of what is asked applies to Somewhere any more.",
        "Its one characteristic applies differently.",
        "# asked",
        "vision: Does not apply any more.",
    ]
    assert write_years("nothing applies", "narrow")[:4] == [
        "Some of what is asked applies to Somewhere now; before, nothing did.",
        "Its one characteristic applies differently.",
        "# asked",
        "vision: Applies now, and did not before.",
    ]


def test_nothing_moved() -> None:
    assert write_years("risen", "risen") == ["No rating, evidence or note changed."]


@pytest.mark.parametrize("old", YEARS)
@pytest.mark.parametrize("new", YEARS)
def test_no_sentence_has_a_gap_in_it(old: str, new: str) -> None:
    for line in write_years(old, new):
        assert "None" not in line
        assert "  " not in line
        assert line.startswith(("# ", "- And ")) or line.endswith(".")
        assert ".." not in line


def test_another_version_and_other_rules() -> None:
    old = Sheet({"vision": "L P L / P", "voice": "L / N", "gone": "L / N"})
    new = Sheet(
        {"vision": "P P / F L", "voice": "L / N", "fresh": "N / N"},
        questionnaire={"version": "1.1"},
        items={"vision-1a": {"statement": "It is so."}, "vision-1b": {"weight": "2"}},
        characteristics={"voice": {"weight": "3"}},
        scoring={"gate": {"every": "F"}, "min_coverage": "0.5"},
    )
    # Both ask vision-1a, -1b, -2a and voice: vision 3 of 6 and 1 of 3, so 41.7, then 3 of 9 and
    # 3 of 3, so 66.7; voice 33.3 on both sides; (41.7 + 33.3) / 2 and (66.7 + 3 x 33.3) / 4.
    # L is not enough for a stage any more, which voice had reached.
    assert write(compare_sheets(old, new)) == [
        "Somewhere still stands at stage 0. The index rose from 37.5 to 41.7.",
        "One of four characteristics fell to a lower stage; one rose; one is not asked any more;"
        " one is asked for the first time.",
        "The questionnaire changed, from version 1 to version 1.1 of Sheet. Only what both ask is"
        " compared here, five items, so numbers can differ from those elsewhere.",
        "v voice (by other rules): Stage 1 before, stage 0 now; the index is 33.3 as before.",
        "v vision, one item: It is so (vision-1a): from “Label L” to “Label P”; it was asked as"
        " “vision-1a is there”.",
        "# fell",
        "voice (by other rules): Stage 1 before, stage 0 now; the index is 33.3 as before.",
        "vision: As a whole it rose; one item fell.",
        "- It is so (vision-1a): from “Label L” to “Label P”; it was asked as “vision-1a is"
        " there”.",
        "# rose",
        "vision: Still at stage 0; the index rose from 41.7 to 66.7.",
        "- vision-2a is there (vision-2a): from “Label P” to “Label F”.",
        "# asked",
        "The rules: A stage asks for at least “Label F” in every item; it asked for “Label L”"
        " before.",
        "The rules: An index takes 50 % of the answers instead of 66 %.",
        "voice: It weighs 3 instead of 1.",
        "vision: One item is asked in other words, one has another weight, one is asked for the"
        " first time, one is not asked any more; above: vision-1a.",
        "- vision-1b is there (vision-1b): “Label P” as before; it weighs 2 instead of 1.",
        "- vision-2b is there (vision-2b): asked for the first time: “Label L”.",
        "- vision-1c is there (vision-1c): not asked any more; it was “Label L”.",
        "fresh: Is asked for the first time.",
        "- fresh-1a is there (fresh-1a): asked for the first time: “Label N”.",
        "- fresh-2a is there (fresh-2a): asked for the first time: “Label N”.",
        "gone: Is not asked any more.",
        "- gone-1a is there (gone-1a): not asked any more; it was “Label L”.",
        "- gone-2a is there (gone-2a): not asked any more; it was “Label N”.",
    ]


def test_an_item_that_does_not_count_any_more_and_another_scale() -> None:
    weightless: dict[str, Any] = {"vision-1b": {"weight": "0"}}
    old = Sheet({"vision": "L P / N"})
    gone = write(compare_sheets(old, replace(old, items=weightless)))
    assert gone[-2:] == [
        "vision: One item does not count any more.",
        "- vision-1b is there (vision-1b): does not count any more; it was “Label P”.",
    ]
    back = write(compare_sheets(replace(old, items=weightless), old))
    assert back[-2:] == [
        "vision: One item counts now.",
        "- vision-1b is there (vision-1b): counts now: “Label P”.",
    ]
    doubled = {"N": 0, "P": 1, "L": 4, "F": 6}
    # 2 of 3 and 1 of 3, then 4 of 6 and 1 of 6, each beside a stage of nothing
    assert write(compare_sheets(old, replace(old, points=doubled))) == [
        "Somewhere still stands at stage 0. The index fell from 25.0 to 20.8. This comes from other"
        " rules of scoring, not from the answers.",
        "Its one characteristic fell.",
        "The questionnaire changed although both files say version 1 of sheet. Only what both ask"
        " is compared here, three items, so numbers can differ from those elsewhere.",
        "v vision (by other rules): Still at stage 0; the index fell from 25.0 to 20.8.",
        "# fell",
        "vision (by other rules): Still at stage 0; the index fell from 25.0 to 20.8.",
        "- vision-1b is there (vision-1b): “Label P” as before, by other points.",
        "# asked",
        "The rules: The answers bring other points: “Label L” 4 instead of 2, “Label F” 6 instead"
        " of 3.",
    ]


def list_part(lines: list[str], name: str) -> list[str]:
    """The lines under one heading."""
    start = lines.index(f"# {name}") + 1
    ends = [n for n, line in enumerate(lines) if n >= start and line.startswith("# ")]
    return lines[start : min(ends, default=len(lines))]


def test_the_certain_stands_before_the_uncertain_and_the_larger_before_the_smaller() -> None:
    old = {"one": "L / P", "two": "L / L", "doubt": "L / L", "index": "L / P"}
    new = {"one": "N / P", "two": "N / L", "doubt": "DK / L", "index": "L / N"}
    down = list_part(write(compare_rows(old, new)), "fell")
    assert [line.partition(":")[0] for line in down if line[0] != "-"] == [
        *("two", "one", "index", "doubt (not certain)"),
    ]
    up = list_part(write(compare_rows(new, old)), "rose")
    # nothing was in place in three of them, so those had kept the whole at stage 0
    assert [line.partition(":")[0] for line in up if line[0] != "-"] == [
        *("two (held the organisation back)", "one (held the organisation back)", "index"),
        "doubt (not certain, held the organisation back)",
    ]


def test_what_is_unknown_on_both_sides_stands_with_what_it_makes_doubtful() -> None:
    # 2/3 and 1/3 of the points of what is known; unknown as it was, it may be anything
    lines = write(compare_rows({"vision": "L DK / N"}, {"vision": "P DK / N"}))
    assert list_part(lines, "fell") == [
        "vision (not certain): Between stage 0 and stage 1 before, stage 0 now; the index fell from"
        " 33.3 (16.7 to 41.7) to 16.7 (8.3 to 33.3).",
        "- vision-1a is there (vision-1a): from “Label L” to “Label P”.",
        "- vision-1b is there (vision-1b): “Don't know” as before.",
    ]


def test_what_rose_inside_what_did_not_stands_below_what_rose() -> None:
    lines = write(
        compare_rows(
            {"vision": "P N / N", "voice": "F N / N"}, {"vision": "N P / N", "voice": "P P / N"}
        )
    )
    assert list_part(lines, "rose") == [
        "vision: As a whole it did not change; one item rose.",
        "- vision-1b is there (vision-1b): from “Label N” to “Label P”.",
        "voice: As a whole it fell; one item rose.",
        "- voice-1b is there (voice-1b): from “Label N” to “Label P”.",
    ]


def test_an_older_questionnaire_that_is_not_at_hand() -> None:
    notices = (Notice("digest-differs"), Notice("unknown-items", ("old-1", "old-2")))
    old = replace(score_year("risen", 2025), notices=notices)
    assert write(compare(old, score_year("low")))[-3:] == [
        "# asked",
        "The questions: The older questionnaire is not at hand, so what caused a change cannot be"
        " told.",
        "The questions: Answered on one side alone: old-1, old-2.",
    ]


def test_the_first_page_names_five_falls_and_counts_the_rest() -> None:
    letter = Letter("1 May 2026", (), tuple(f"Fall {n}." for n in range(7)), ())
    assert letter.most_down == (*letter.down[:5], "Two more, under “What changed”.")
    assert letter._replace(down=letter.down[:5]).most_down == letter.down[:5]


# --- the sample organisations ----------------------------------------------------------------


def write_sample(name: str) -> list[str]:
    return write(compare(score_sample(f"{name}-2025"), score_sample(f"{name}-2026")))


def test_quillmarsh() -> None:
    # domain.md 6.1: the three that held the firm at 0 are done, six reach 2, ee-3a falls, and the
    # customers who hear first of a failure (sr-3a) were unknown.
    lines = write_sample("quillmarsh")
    assert lines[:6] == [
        "Quillmarsh Parcels rose from stage 0 to stage 1, Quality service. The index rose from 42.1"
        " to 56.5. The rise is certain, whatever the unknown answers are.",
        "All twelve characteristics rose, nine of them to a higher stage. Of the way to the target"
        " “Professional service”, 37.5 % was done before and 75.0 % is now. That is 60.0 % of what"
        " was left.",
        "v Employee satisfaction, one item: Staff take part in designing the workplaces where they"
        " serve customers (ee-3a): from “Partly in place” to “Not in place”.",
        "# fell",
        "Employee satisfaction: As a whole it rose; one item fell.",
        "- Staff take part in designing the workplaces where they serve customers (ee-3a): from"
        " “Partly in place” to “Not in place”.",
    ]
    # the three are told first; among them the index decides: 22.2, 16.7 and 11.1 points
    rises = [line.partition(":")[0] for line in lines[7:] if ": Stage 0 before" in line]
    assert rises == [
        "Service training (held the organisation back)",
        "Whole-organisation impact (held the organisation back)",
        "Recognition and reward (held the organisation back)",
    ]
    assert (
        "- Customers affected by a failure are told before they report it (sr-3a): it was “Don't"
        " know” and is “Partly in place” now."
    ) in lines
    assert lines[-9:] == [
        "# evidence",
        "Evidence: One answer has less evidence than before, and 38 have more.",
        "- Causes of complaints are analysed at least once a quarter (sr-2b): evidence from “Recent"
        " example” to “Statement”.",
        "# wise",
        "Strategy: From “watch” to “in balance”.",
        "New customers: From “out of balance” to “watch”.",
        "Economics: From “out of balance” to “watch”.",
        "Individual approach: From “watch” to “in balance”.",
        "Economic test: Benefit divided by cost was 0.61 and is 1.35 now.",
    ]


def test_varrowby() -> None:
    # domain.md 6.2: 0 to 1; whether supervisors finished their training (st-1b) nobody knows now
    lines = write_sample("varrowby")
    assert lines[:3] == [
        "Varrowby Municipal Water stands between stage 0 and stage 1; before, it stood at stage 0."
        " The index rose from 33.8 to 49.1. The rise in index is certain, whatever the unknown"
        " answers are.",
        "All twelve characteristics rose, eight of them to a higher stage. Of the way to the target"
        " “Professional service”, 25.0 % was done before and 58.3 % is now. That is 44.4 % of what"
        " was left.",
        "v Supervisors complete training in coaching service behaviour (st-1b): it was “Not in"
        " place” and is “Don't know” now.",
    ]
    assert lines[-1] == "Economic test: Benefit divided by cost could not be shown and is 1.11 now."


def test_what_of_the_balance_check_went_down_stands_on_the_first_page() -> None:
    back = write_letter(compare(score_sample("quillmarsh-2026"), score_sample("quillmarsh-2025")))
    assert back.down[-6:] == (
        "Strategy, balance check: from “in balance” to “watch”.",
        "New customers, balance check: from “watch” to “out of balance”.",
        "Economics, balance check: from “watch” to “out of balance”.",
        "Individual approach, balance check: from “in balance” to “watch”.",
        "Economic test: Benefit divided by cost was 1.35 and is 0.61 now.",
        "Customers affected by a failure are told before they report it (sr-3a): it was “Partly in"
        " place” and is “Don't know” now.",
    )
    # the deepest fall first: a stage and 22.2 points; service-vision falls by its index alone
    falls = [line.partition(":")[0] for line in back.down[:12]]
    assert falls[0] == "Customer commitment"
    assert falls[-1] == "Employee satisfaction"


def test_every_part_has_its_heading() -> None:
    assert {"fell", "rose", "known", "evidence", "asked", "wise"} <= set(SECTIONS)
