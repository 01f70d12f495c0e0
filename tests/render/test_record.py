"""Each answer in words: what it does, what backs it, whose word it is."""

from __future__ import annotations

from render.cards import render_report, score_panel, score_sample, score_sheet, score_views
from render.pages import read_page, squeeze

from custfocus_cli.render.formats import SCORE
from custfocus_cli.render.picture import draw_rows
from custfocus_cli.render.record import Line, write_record
from custfocus_cli.render.tables import tabulate_views
from custfocus_cli.render.terminal import Terminal


def test_one_answer_in_full() -> None:
    record = write_record(score_sample("quillmarsh-2025"))
    assert record["sv-1a"] == Line(
        id="sv-1a",
        statement="A written service vision is available to all staff.",
        stage=1,
        code="F",
        label="Fully in place",
        state="met",
        evidence="Record",
        note="Half a page on the intranet and in the break room of each depot.",
        source="Top management, 3 November 2025",
        probe="Where would a new colleague find it? Please show me.",
    )


def test_every_state_an_answer_can_have() -> None:
    sample = write_record(score_sample("varrowby-2026"))
    assert {line.state for line in sample.values()} == {
        *("met", "short", "unknown", "left-out", "answered")
    }
    assert (sample["st-1b"].state, sample["st-1b"].label) == ("unknown", "Don't know")
    assert sample["vc-2a"].state == "left-out"
    assert sample["vc-2a"].reason.startswith("Households have no other supplier")
    assert sample["ba-economics-sign"].state == "answered"
    information = write_record(score_sheet("an item for information"))
    assert information["vision-1b"].state == "information"
    unanswered = write_record(score_sheet("nothing answered"))
    assert (unanswered["vision-1a"].state, unanswered["vision-1a"].label) == (
        "unknown",
        "Not answered",
    )


def test_what_an_answer_counts_as_by_its_evidence() -> None:
    record = write_record(score_sample("quillmarsh-2026"))
    # domain.md 6.1: nobody found a record of the quarterly analysis.
    assert [name for name, line in record.items() if line.counts_as] == ["sr-2b"]
    assert (record["sr-2b"].label, record["sr-2b"].counts_as) == (
        "Largely in place",
        "Partly in place",
    )


def test_a_panel_is_summed_up_and_its_differences_are_marked() -> None:
    record = write_record(score_panel("interview"))
    # F, N and P: the lower median is P; three points lie between the highest and the lowest.
    assert record["vision-1a"].voices == "1 Label N, 1 Label P, 1 Label F"
    assert (record["vision-1a"].code, record["vision-1a"].differ) == ("P", True)
    assert (record["vision-1b"].voices, record["vision-1b"].differ) == ("3 Label L", False)
    assert record["vision-2a"].voices.endswith("; agreed in a workshop: Label L")
    assert record["vision-2a"].note == "Settled."


def test_of_few_people_without_names_it_is_not_told_who_chose_what() -> None:
    record = write_record(score_panel("self"))
    assert record["vision-1a"].voices == "too few to show how many chose what"
    assert (record["vision-1a"].code, record["vision-1a"].differ) == ("P", False)
    assert record["vision-2a"].voices == "settled in a workshop"


def test_what_single_people_wrote_is_shown_for_interviews_alone() -> None:
    assert write_record(score_panel("self"))["vision-1a"].note == ""
    assert write_record(score_panel("survey"))["vision-1a"].note == ""
    assert write_record(score_panel("interview"))["vision-1a"].note == (
        "role-0: Note 0. role-1: Note 1. role-2: Note 2."
    )


def test_a_report_on_a_panel_says_where_people_differ() -> None:
    page = read_page(render_report("html", score_panel("interview")))
    text = squeeze(page.text)
    assert "three sets of answers (interview)" in text
    assert "Where people agree and where they do not" in text
    assert "Respondents: 1 Label N, 1 Label P, 1 Label F they differ" in text
    quiet = squeeze(read_page(render_report("html", score_panel("survey"))).text)
    assert "three people are too few" not in quiet
    assert "Fewer than five people are too few to show how they agree" in quiet
    assert "they differ" not in quiet
    assert "Note 1." not in quiet
    assert "Note 1." not in SCORE["json"](score_panel("survey"), Terminal())


def test_how_people_see_it_stands_beside_what_was_measured() -> None:
    card = score_views()
    table = tabulate_views(draw_rows(card), measured=True)
    # Index (100 + 66.7 + 0) / 3 = 55.6; N and F are 3 of 6 points; 5.6 points apart.
    assert [list(row) for row in table.rows] == [
        [
            "vision",
            "3, Stage 3 (one stage above the measured one)",
            "2",
            "50.0",
            "55.6",
            "5.6 points lower",
        ]
    ]
    assert "How people see it" in render_report("markdown", card)
    lines = SCORE["text"](card, Terminal(80)).splitlines()
    assert lines[lines.index("HOW PEOPLE SEE IT") :][1:3] == [
        "vision  Placed at stage 3, Stage 3 (one stage above the measured one). Seen at",
        "        50.0 %, 5.6 points lower.",
    ]
    unseen = SCORE["text"](score_sheet("one unknown answer"), Terminal())
    assert "HOW PEOPLE SEE IT" not in unseen
    record = write_record(card)
    assert (record["place"].label, record["place"].state) == ("Stage 3: d", "answered")
