"""Whole conversations as people have them, with the screens at the moments that decide."""

from __future__ import annotations

from pathlib import Path

from terminal.hall import (
    CLOSING_KEYS,
    CLOSING_KEYS_WITH_OPEN,
    EVIDENCE,
    KEYS,
    LEVELS,
    NOT_APPLICABLE,
    RATING,
    answers,
    codes,
    page,
    read_assessment,
    rule,
)
from terminal.screen import BACKSPACE, DELETE, DOWN, ENTER, ESCAPE, LEFT, RIGHT, TAB, Terminal

from custfocus_cli.documents.definition import Entry
from custfocus_cli.files.catalogue import Catalogue

QUILLMARSH_2025 = Path(__file__).parents[2] / "questionnaires/samples/quillmarsh-2025.yaml"
PARCELS = ("--organisation", "Quillmarsh Parcels", "--date", "2026-11-10")


def _list_entries(questionnaire: str) -> list[Entry]:
    return list(Catalogue().find(questionnaire).entries.values())


def _choose_code(entry: Entry) -> str:
    """Stages 1 and 2 in place, stage 3 not; safeguards in place, and signals that are rare."""
    if entry.stage is not None:
        return ("F", "L", "P")[entry.stage - 1]
    return "F" if entry.scale and "F" in entry.scale.points else "sometimes"


# --- a team, by itself ---------------------------------------------------------------------------


def test_a_team_answers_36_statements_and_sees_its_ladder_grow(tmp_path: Path) -> None:
    terminal = Terminal("assess", "-o", "team.yaml", *PARCELS, folder=tmp_path)
    terminal.wait_for(" Question 1 of 48 ")
    terminal.press("f")
    terminal.wait_for(" Question 2 of 48 ")
    terminal.press("l")
    terminal.wait_for(" Question 3 of 48 ")
    terminal.press("w")
    terminal.wait_for("Note on this question. Enter keeps it; an empty note is none.")
    terminal.press("No promise for small senders yet.", ENTER)
    terminal.wait_for("Kept; it is saved together with the answer.")
    terminal.press("p")
    terminal.wait_for_screen(
        *page(
            [
                " Question 4 of 48  [#.............................]  45 open, about 38 min left",
                "",
                " Customer commitment / stage 1 of 3, Quality service                      cc-1a",
                "",
                " Top management sets aside a yearly budget for service development.",
                "",
                *RATING,
            ],
            " Service vision and values: stage 2 of 3 so far; sv-3a holds it there.",
            rule("Saved: sv-3a, Partly in place."),
            *KEYS,
        )
    )
    entries = _list_entries("team-36")
    for number, entry in enumerate(entries[3:], start=4):
        terminal.wait_for(f" Question {number} of 48 ")
        terminal.press(_choose_code(entry)[0].lower())
    terminal.wait_for_screen(
        *page(
            [
                " Figure 1 of 4  [##################################################]  none open",
                "",
                " Figures of the service programme",
                "",
                " What does the service programme cost in a year? A number.",
                "",
                " No answer yet.",
            ],
            rule("Saved: ba-individual-sign, Sometimes."),
            " Enter write the answer   s skip these questions   Left back   Right next",
            " z undo   j jump   ? all keys   q quit",
        )
    )
    terminal.press(ENTER)
    terminal.wait_for("Enter goes on; an empty answer stays open.")
    terminal.press("much", ENTER)
    terminal.wait_for("A number, such as 310000 or 1250.50, without a currency.")
    terminal.press(*[BACKSPACE] * 4, "310 000", ENTER)
    terminal.wait_for(" Figure 2 of 4 ")
    terminal.press("s")
    terminal.wait_for_screen(
        *page(
            [
                " Quillmarsh Parcels",
                "",
                " This run is done.",
                "",
                " All 48 questions are answered.",
                " The organisation stands at stage 2, Professional service.",
            ],
            rule("48 answers saved in team.yaml."),
            *CLOSING_KEYS,
        )
    )
    terminal.press(ENTER)
    terminal.wait_for_lines(
        "All 48 questions are answered.",
        "The organisation stands at stage 2, Professional service.",
        "Every answer is saved in team.yaml.",
        "For the board:",
        "  custfocus report team.yaml -o team.html",
        "What to do next:",
        "  custfocus plan team.yaml",
    )
    assert terminal.end() == 0
    assessment = read_assessment(tmp_path / "team.yaml")
    assert codes(tmp_path / "team.yaml") == {each.id: _choose_code(each) for each in entries}
    assert assessment.answers["sv-3a"].note == "No promise for small senders yet."
    assert assessment.figures is not None
    assert assessment.figures.programme_cost == 310_000


# --- an interview --------------------------------------------------------------------------------


def test_72_items_take_72_keys(tmp_path: Path) -> None:
    """One key for each item, and for each question of the balance check.

    A capital answers without the question for evidence; the texts that are not scored, which are
    the context before and the figures after, are passed over with one key each.
    """
    terminal = Terminal("assess", "interview-72", "-o", "long.yaml", *PARCELS, folder=tmp_path)
    entries = _list_entries("interview-72")
    terminal.wait_for(" Context 1 of 7 ")
    terminal.press("s")
    keys = {"item": 0, "balance": 0}
    for number, entry in enumerate(entries, start=1):
        terminal.wait_for(f" Question {number} of 84 ")
        terminal.press(_choose_code(entry)[0].upper())
        keys[entry.kind] += 1
    terminal.wait_for(" Figure 1 of 4 ")
    terminal.press("s")
    terminal.wait_for("This run is done.")
    terminal.press(ENTER)
    terminal.wait_for("What to do next:")
    assert terminal.end() == 0
    assert keys == {"item": 72, "balance": 12}
    written = answers(tmp_path / "long.yaml")
    assert written == {each.id: {"answer": _choose_code(each)} for each in entries}


def test_an_interview_with_evidence_notes_and_reasons(tmp_path: Path) -> None:
    terminal = Terminal(
        *("assess", "interview-72", "-o", "talk.yaml", "--for", "top-management", *PARCELS),
        folder=tmp_path,
    )
    terminal.wait_for(" Question 1 of 10 ")
    terminal.press("l")
    asked = [
        " Question 1 of 10  [###............................]  9 open, about 13 min left",
        "",
        " Service vision and values / stage 1 of 3, Quality service                sv-1a",
        "",
        " A written service vision is available to all staff.",
        "",
        " Ask: Where would a new colleague find it? Please show me.",
        "",
        " Largely in place, saved. What backs this answer?",
        *LEVELS,
    ]
    keys = (
        " Enter nothing yet, next question   Left change the answer   w write a note",
        " i more about it   z undo   j jump   ? all keys   q quit",
    )
    saved = rule("Saved: sv-1a, Largely in place.")
    terminal.wait_for_screen(*page(asked, saved, *keys))
    assert codes(tmp_path / "talk.yaml") == {"sv-1a": "L"}
    terminal.press("w")
    terminal.wait_for_screen(
        *page(
            [
                *asked[:5],
                "",
                " Note on this question. Enter keeps it; an empty note is none.",
                " >",
            ],
            rule("One answer saved in talk.yaml."),
            " Enter keep   Esc back without it",
            "",
        )
    )
    terminal.press("Poster in the canteen, June.", ENTER)
    noted = [*asked, "", " Note: Poster in the canteen, June."]
    terminal.wait_for_screen(*page(noted, saved, *keys))
    terminal.press("2")
    terminal.wait_for(" Question 2 of 10 ")
    terminal.press("n")  # what is not in place needs nothing that backs it
    terminal.wait_for(" Question 3 of 10 ")
    terminal.press("3")
    terminal.wait_for(" Evidence: 0 Statement   1 Recent example   2 Record   [3 Verified]")
    terminal.press("f")  # the evidence was named before the answer
    terminal.wait_for(" Question 4 of 10 ")
    terminal.press("d")
    terminal.wait_for(" Question 5 of 10 ")
    terminal.press("x")
    terminal.wait_for("Why does it not apply? One sentence.")
    terminal.press(ENTER)
    terminal.wait_for("Please say why; Esc goes back without an answer.")
    terminal.press("One customer only.", ENTER)
    terminal.wait_for(" Question 6 of 10 ")
    terminal.press("q")
    terminal.wait_for("What to do next:")
    assert terminal.end() == 0
    by = {"by": "top-management"}
    note = {"note": "Poster in the canteen, June."}
    reason = {"reason": "One customer only."}
    assert answers(tmp_path / "talk.yaml") == {
        "sv-1a": {"answer": "L", "evidence": 2, **note, **by},
        "sv-2b": {"answer": "N", **by},
        "sv-3a": {"answer": "F", "evidence": 3, **by},
        "cc-2a": {"answer": "DK", **by},
        "cc-3a": {"answer": "NA", **reason, **by},
    }


def test_last_years_answers_beside_this_years(tmp_path: Path) -> None:
    terminal = Terminal(
        *("assess", "interview-72", "-o", "new.yaml", "--for", "finance", *PARCELS),
        *("--previous", str(QUILLMARSH_2025)),
        folder=tmp_path,
    )
    first = [
        " Service vision and values / stage 3 of 3, Service centre                 sv-3b",
        "",
        " Investment plans are tested against the service vision before approval.",
        "",
        " Ask: Show me a plan that changed after this test.",
        "",
    ]
    terminal.wait_for_screen(
        *page(
            [
                " Question 1 of 5  [.................................]  5 open, about 7 min left",
                "",
                *first,
                *RATING,
                NOT_APPLICABLE,
                "",
                EVIDENCE,
                "",
                " 2025: Not in place. Evidence: Statement. (finance)",
            ],
            rule("Press the letter of an answer. All is saved in new.yaml."),
            " Left back   Right next   u unchanged since 2025   w write a note",
            " i more about it   z undo   j jump   ? all keys   q quit",
        )
    )
    terminal.press("u")
    terminal.wait_for_screen(
        *page(
            [
                " Question 1 of 5  [######...........................]  4 open, about 6 min left",
                "",
                *first,
                " Not in place, saved. What backs this answer?",
                *LEVELS,
                "",
                " 2025: Not in place. Evidence: Statement. (finance)",
            ],
            " Service vision and values: stage 0 to 2 of 3 so far; not known yet: sv-1a,",
            " sv-1b.",
            rule("Saved: sv-3b, Not in place."),
            " Enter nothing yet, next question   Left change the answer   w write a note",
            " i more about it   z undo   j jump   ? all keys   q quit",
        )
    )
    terminal.press("2")
    terminal.wait_for(" Question 2 of 5 ")
    terminal.press("F")  # better than last year
    terminal.wait_for(" Question 3 of 5 ")
    terminal.press("u")  # a balance question, which nothing backs
    terminal.wait_for(" Question 4 of 5 ")
    terminal.press("q")
    terminal.wait_for("What to do next:")
    assert terminal.end() == 0
    assert answers(tmp_path / "new.yaml") == {
        "sv-3b": {"answer": "N", "evidence": 2, "by": "finance"},
        "cc-1a": {"answer": "F", "by": "finance"},
        "ba-economics-guard1": {"answer": "N", "by": "finance"},
    }


def test_two_sessions_on_two_days_fill_one_file(tmp_path: Path) -> None:
    """Where clocks are 14 hours ahead it is always another day than where they are 12 behind."""
    file = tmp_path / "both.yaml"
    first = Terminal(
        *("assess", "interview-72", "-o", "both.yaml", "--for", "people", *PARCELS),
        folder=tmp_path,
        environment={"TZ": "WEST+12"},
    )
    for number in range(1, 15):
        first.wait_for(f" Question {number} of 14 ")
        first.press("n")
    rest = (
        "   Work and processes: 23 open, about 35 min",
        "   Quality and customer insight: 17 open, about 25 min",
        "   Teams and front line: 15 open, about 20 min",
    )
    verdict = (
        " The organisation stands at stage 0, Not yet in place; what is open cannot",
        " change that, but five characteristics could still move.",
    )
    first.wait_for_screen(
        *page(
            [
                " Quillmarsh Parcels",
                "",
                " This run is done.",
                "",
                " 70 of 84 questions are open.",
                *verdict,
                "",
                " Sessions that remain:",
                "   Direction and money: 15 open, about 20 min",
                *rest,
            ],
            " Recognition and reward: stage 0 of 3 so far; re-1b holds it there; not known",
            " yet: re-1a.",
            rule("Saved: re-2b, Not in place."),
            *CLOSING_KEYS,
        )
    )
    first.press(ENTER)
    first.wait_for("What to do next:")
    assert first.end() == 0
    second = Terminal(
        *("assess", "-o", "both.yaml", "--for", "direction", "--by", "Ms Ash"),
        folder=tmp_path,
        environment={"TZ": "EAST-14"},
    )
    second.wait_for(" Context 1 of 7 ")  # which the first session is asked
    second.press(ENTER)
    second.wait_for("Enter goes on; an empty answer stays open.")
    second.press("Web shops; practices.", ENTER)
    second.wait_for(" Context 2 of 7 ")
    second.press("s")
    second.wait_for(" Question 1 of 15 ")
    second.wait_for_lines(rule("14 answers saved in both.yaml."), *KEYS)
    second.press("F")
    second.wait_for(" Question 2 of 15 ")
    second.press("j")
    second.wait_for("26 questions.")
    second.press("cost of each", ENTER)
    second.wait_for("Balance check: Economics")
    second.press("n")
    second.wait_for("-- Saved: ba-economics-guard1, Not in place. ")
    second.press(RIGHT, RIGHT)
    second.wait_for(" Figure 1 of 4 ")
    second.press("s")
    second.wait_for_screen(
        *page(
            [
                " Quillmarsh Parcels",
                "",
                " 13 questions of this run still open.",
                "",
                " 68 of 84 questions are open.",
                *verdict,
                "",
                " Sessions that remain:",
                "   Direction and money: 13 open, about 18 min",  # 13/15 of 20, rounded up
                *rest,
            ],
            rule("16 answers saved in both.yaml."),
            *CLOSING_KEYS_WITH_OPEN,
        )
    )
    second.press("q")
    second.wait_for_lines(
        "Every answer is saved in both.yaml.",
        "Direction and money (13 open, about 18 min):",
        "  custfocus assess -o both.yaml --for direction",
        "Work and processes (23 open, about 35 min):",
        "  custfocus assess -o both.yaml --for work",
        "Quality and customer insight (17 open, about 25 min):",
        "  custfocus assess -o both.yaml --for listening",
        "Teams and front line (15 open, about 20 min):",
        "  custfocus assess -o both.yaml --for front-line",
        "The scorecard so far:",
        "  custfocus score both.yaml",
    )
    assert second.end() == 0
    written = read_assessment(file)
    assert dict(written.context) == {"cx-customers": "Web shops; practices."}
    given = written.answers
    days = sorted({each.on for each in given.values() if each.on})
    assert len(days) == 2
    people = [
        each.id
        for each in _list_entries("interview-72")
        if getattr(each.source, "role", None) == "hr"
    ]
    assert {name: (each.answer, each.by, each.on) for name, each in given.items()} == {
        **dict.fromkeys(people, ("N", "hr", days[0])),
        "sv-1a": ("F", "Ms Ash", days[1]),
        "ba-economics-guard1": ("N", "Ms Ash", days[1]),
    }


def test_adaptive_finishes_the_cell_that_blocks_and_skips_the_higher_ones(tmp_path: Path) -> None:
    terminal = Terminal(
        *("assess", "interview-72", "-o", "short.yaml", "--adaptive", *PARCELS), folder=tmp_path
    )
    terminal.wait_for(" Context 1 of 7 ")
    terminal.press("s")
    terminal.wait_for(" Question 1 of 84 ")
    terminal.press("n")
    terminal.wait_for(" Question 2 of 84 ")  # its cell is finished: its items are the next steps
    terminal.press("F")
    terminal.wait_for_screen(
        *page(
            [
                " Question 3 of 80  [...............]  78 open, about 116 min left, 4 not needed",
                "",
                " Customer commitment / stage 1 of 3, Quality service                      cc-1a",
                "",
                " Top management sets aside a yearly budget for service development.",
                "",
                " Ask: Which budget line pays for service development this year?",
                "",
                *RATING,
                "",
                EVIDENCE,
            ],
            " Service vision and values: stage 0 of 3 so far; sv-1a holds it there.",
            " Four higher questions skipped: its stage is settled.",
            rule("Saved: sv-1b, Fully in place."),
            *KEYS,
        )
    )
    terminal.press("L")
    terminal.wait_for(" Question 4 of 80 ")
    terminal.press("L")
    terminal.wait_for(" Question 5 of 80 ")
    terminal.press("p")
    terminal.wait_for(" Question 6 of 80 ")
    terminal.press("L")
    terminal.wait_for_lines(
        " Customer commitment: stage 1 of 3 so far; cc-2a holds it there.",
        " Two higher questions skipped: its stage is settled.",
        rule("Saved: cc-2b, Largely in place."),
    )
    terminal.press(LEFT)
    terminal.wait_for("*l  Largely in place")
    terminal.press(LEFT)
    terminal.wait_for("*p  Partly in place")
    terminal.press("L")  # a change of mind: the higher questions are wanted again
    terminal.wait_for(" Question 7 of 80 ")
    terminal.wait_for_lines(
        " Customer commitment / stage 3 of 3, Service centre".ljust(74) + "cc-3a"
    )
    terminal.press("z")
    terminal.wait_for(" Question 5 of 78 ")
    terminal.wait_for("-- Undone: cc-2a is as it was before. ")
    terminal.press("q")
    terminal.wait_for_lines(
        "72 of 84 questions are open.",
        "The organisation stands at stage 0, Not yet in place; what is open cannot change",
        "that, but ten characteristics could still move.",
        "Adaptive: six questions saved, as no answer to them can change a stage; the",
        "index is a range.",
        "Every answer is saved in short.yaml.",
    )
    assert terminal.end() == 0
    file = tmp_path / "short.yaml"
    wanted = {"sv-1a": "N", "sv-1b": "F", "cc-1a": "L", "cc-1b": "L", "cc-2a": "P", "cc-2b": "L"}
    assert (codes(file), read_assessment(file).adaptive) == (wanted, True)


# --- with interruptions and changes of mind ------------------------------------------------------


def test_resumed_in_the_middle_moved_about_and_changed(tmp_path: Path) -> None:
    file = tmp_path / "team.yaml"
    terminal = Terminal("assess", "-o", "team.yaml", *PARCELS, folder=tmp_path)
    terminal.wait_for(" Question 1 of 48 ")
    terminal.press("f")
    terminal.wait_for(" Question 2 of 48 ")
    terminal.press(RIGHT)
    terminal.wait_for("-- sv-2a stays open; Tab comes back to it. ")
    terminal.press("p")
    terminal.wait_for(" Question 4 of 48 ")
    terminal.press("q")
    terminal.wait_for("What to do next:")
    assert (terminal.end(), codes(file)) == (0, {"sv-1a": "F", "sv-3a": "P"})
    again = Terminal("assess", "-o", "team.yaml", folder=tmp_path)
    second = [
        "",
        " Service vision and values / stage 2 of 3, Professional service           sv-2a",
        "",
        " Each team has turned the service values into its own working practices.",
        "",
        *RATING,
    ]
    again.wait_for_screen(
        *page(
            [
                " Question 2 of 48  [#.............................]  46 open, about 38 min left",
                *second,
            ],
            rule("Two answers saved in team.yaml."),
            *KEYS,
        )
    )
    again.press("j")
    again.wait_for("52 questions. Type a word to search for")
    again.press("promise")
    found = "> Partly in place   sv-3a       The service vision states a time promise for ..."
    hints = "-" * 80, " Enter go there   Tab open only   Esc back", ""
    again.wait_for_screen(
        *page(
            [
                " One question. Type a word to search for, or move with the arrow keys:",
                " > promise",
                found,
            ],
            *hints,
        )
    )
    again.press(*[BACKSPACE] * 7, "budget")
    again.wait_for_lines(
        " > budget",
        "> open              cc-1a       Top management sets aside a yearly budget for...",
    )
    again.press(TAB)
    again.wait_for("One open question.")
    again.press(ENTER)
    again.wait_for(" Question 4 of 48 ")
    again.press("l", LEFT)
    again.wait_for_screen(
        *page(
            [
                " Question 4 of 48  [#.............................]  45 open, about 38 min left",
                "",
                " Customer commitment / stage 1 of 3, Quality service                      cc-1a",
                "",
                " Top management sets aside a yearly budget for service development.",
                "",
                *(line.replace(" l  ", "*l  ") for line in RATING),
                "",
                " Answered: Largely in place.",
            ],
            rule("Three answers saved in team.yaml."),
            *KEYS,
        )
    )
    again.press("n")  # a change of mind
    again.wait_for("-- Saved: cc-1a, Not in place. ")
    again.press("z")
    again.wait_for("-- Undone: cc-1a is as it was before. ")
    assert codes(file) == {"sv-1a": "F", "sv-3a": "P", "cc-1a": "L"}
    again.press(DELETE)
    again.wait_for("-- cc-1a is open again. ")
    assert codes(file) == {"sv-1a": "F", "sv-3a": "P"}
    again.press(DOWN, DOWN, ENTER)  # to the second answer, and take it
    again.wait_for("-- Saved: cc-1a, Partly in place. ")
    again.press(TAB)  # from question 5: the next open one, at last the one left open at first
    again.wait_for(" Question 6 of 48 ")
    again.press("j")
    again.wait_for("52 questions.")
    again.press(ESCAPE)
    again.wait_for(" Question 6 of 48 ")
    again.press("q")
    again.wait_for("What to do next:")
    assert (again.end(), codes(file)) == (0, {"sv-1a": "F", "sv-3a": "P", "cc-1a": "P"})


def test_only_what_is_open_is_asked(tmp_path: Path) -> None:
    entries = _list_entries("team-36")
    file = tmp_path / "team.yaml"
    terminal = Terminal("assess", "-o", "team.yaml", *PARCELS, folder=tmp_path)
    terminal.wait_for(" Question 1 of 48 ")
    terminal.press("f", RIGHT, "p", RIGHT)
    terminal.wait_for("-- cc-1a stays open; Tab comes back to it. ")
    for number, entry in enumerate(entries[4:], start=5):
        terminal.wait_for(f" Question {number} of 48 ")
        terminal.press(_choose_code(entry)[0].lower())
    terminal.wait_for(" Figure 1 of 4 ")
    terminal.press("q")
    terminal.wait_for_lines(
        "2 of 48 questions are open.",
    )
    assert terminal.end() == 0
    again = Terminal("assess", "-o", "team.yaml", "--open-only", folder=tmp_path)
    again.wait_for(" Question 1 of 2  [....")
    again.wait_for("sv-2a")
    again.press("l")
    again.wait_for_screen(
        *page(
            [
                " Question 2 of 2  [################.................]  1 open, about 1 min left",
                "",
                " Customer commitment / stage 1 of 3, Quality service                      cc-1a",
                "",
                " Top management sets aside a yearly budget for service development.",
                "",
                *RATING,
            ],
            " Service vision and values: stage 2 of 3 so far; sv-3a holds it there.",
            rule("Saved: sv-2a, Largely in place."),
            *KEYS,
        )
    )
    again.press("f")
    again.wait_for(" Figure 1 of 4 ")
    again.press("s", ENTER)
    again.wait_for("What to do next:")
    assert again.end() == 0
    assert codes(file) == {
        each.id: "F" if each.id in ("sv-1a", "cc-1a") else _choose_code(each) for each in entries
    }
    before = file.read_bytes()
    third = Terminal("assess", "-o", "team.yaml", "--open-only", folder=tmp_path)
    third.wait_for_lines(
        "error: no question is open in team.yaml",
        "hint: leave --open-only out to see and change the answers",
    )
    assert (third.end(), file.read_bytes()) == (2, before)
