"""The chapter on agreement and groups: what it says, and that nothing in any output tells more."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from render.cards import (
    render_report,
    score_crowd,
    score_panel,
    score_sample,
    score_staff_view,
)
from render.pages import read_page, read_table, squeeze
from render.poison import Poisoner
from render.test_hostile import (
    SHIFTS,
    STARTS,
    find_shown,
    read_words,
    refuse_acting,
    render_markdown,
    write_documents,
)
from scoring.sheets import Sheet, make_scale

from custfocus_cli.documents.assessment import Answer, Respondent
from custfocus_cli.documents.definition import resolve
from custfocus_cli.render.formats import PLAN, SCORE
from custfocus_cli.render.look import TEMPLATES, Look
from custfocus_cli.render.opinions import draw_opinions
from custfocus_cli.render.terminal import Terminal
from custfocus_cli.scoring.anonymity import anonymise
from custfocus_cli.scoring.panel import panel
from custfocus_cli.scoring.scorecard import Scorecard, score
from custfocus_cli.wording.safety import clean
from custfocus_cli.wording.sections import SECTIONS

# North has 20 people at 100 on voice, south 15 at 0, east 12 at 2/3, west five and the other five
# at 1/3: (20 x 3 + 12 x 2 + 10) / 57 / 3 = 94/171 = 55.0 of all; without north 34/37/3 = 30.6,
# without south 94/42/3 = 74.6. West and the others have fewer than ten: their middle value alone.
TEXT = """\
WHERE PEOPLE AGREE AND WHERE THEY DO NOT
57 people answered Sheet, in four groups, and five people in none that is shown.
Of seven items, people are close together on 3, split on 4; on one many chose
the one end and many the other.
Most split: vision-2a, vision-2a is there.
The groups differ clearly on voice.
North answers higher than the others on voice (large, 100.0 against 30.6).
South answers lower than the others on voice (large, 0.0 against 74.6).
vision-2a  split, at both ends  vision-2a is there.
voice-1a   split                voice-1a is there.
voice-2a   split                voice-2a is there.
voice-3a   split                voice-3a is there.
"""


def test_the_crowd_in_the_terminal() -> None:
    text = SCORE["text"](score_crowd(), Terminal())
    start = text.index(TEXT.partition("\n")[0])
    assert text[start : text.index("\nNEXT STEPS")] == TEXT


def _read_tables(card: Scorecard) -> list[list[list[str]]]:
    page = read_page(render_report("html", card))
    (section,) = [
        each
        for each in page.find("section")
        if any(h.attributes.get("id") == "agreement" for h in each.find("h2"))
    ]
    return [read_table(each) for each in section.find("table")]


def test_the_crowd_on_the_page() -> None:
    """Row by row; the intervals are held where they are made.

    vision-2a: 28 N and 29 F; mean 87/57 = 1.526, deviation 2 x 29 x 28/19 / 57 = 1.4995. voice: 15
    N, 10 P, 12 L, 20 F; mean 94/57 = 1.649; deviation (15 x 94 + 10 x 37 + 12 x 20 + 20 x 77) /
    57^2 = 3560/3249 = 1.0957. Cliff: north wins every pair, south loses every one; of the pairs of
    east 25 x 12 are won, 20 x 12 lost: 5/45 = 0.11.
    """
    people, divided, close, characteristics, groups = _read_tables(score_crowd())
    assert people[1:] == [
        ["east", "12"],
        ["north", "20"],
        ["south", "15"],
        ["west", "5"],
        ["all others", "5"],
        ["together", "57"],
    ]
    assert [row[:4] for row in divided[1:]] == [
        [
            "vision-2a",
            "vision-2a is there.",
            "split, at both ends (1.50)",
            "28 Label N, 29 Label F",
        ],
        *(
            [
                name,
                f"{name} is there.",
                "split (1.10)",
                "15 Label N, 10 Label P, 12 Label L, 20 Label F",
            ]
            for name in ("voice-1a", "voice-2a", "voice-3a")
        ),
    ]
    assert [row[4].partition(" ")[0] for row in divided[1:]] == ["1.53", "1.65", "1.65", "1.65"]
    # 19 L and 38 F: mean 8/3, deviation 2 x 19 x 38 / 57^2 = 0.444.
    assert [row[2] for row in close[1:]] == [
        "close together (0.00)",
        "close together (0.00)",
        "close together (0.44)",
    ]
    # on none people are mixed, so that no column counts it
    assert characteristics[0][1:3] == ["Close together", "Split"]
    assert [row[1:3] for row in characteristics[1:]] == [["3", "1"], ["0", "3"]]
    assert [row[4].rpartition("; ")[2] for row in characteristics[1:]] == ["n 57)"] * 2
    assert [row[-1] for row in characteristics[1:]] == ["may be chance", "can be read"]
    assert groups[2] == [
        "voice",
        "66.7, like the others",
        "100.0, higher (large; 1.00)",
        "0.0, lower (large; -1.00)",
        "middle 33.3",
        "middle 33.3",
    ]


def test_the_pictures_hold_the_same_numbers_as_the_tables() -> None:
    page = read_page(render_report("html", score_crowd()))
    said = {
        each.find("title")[0].text: each.find("desc")[0].text
        for each in page.find("svg")
        if "gaps" not in each.attributes["aria-labelledby"]
    }
    divided, _, groups = said.values()
    assert divided.startswith("vision-2a, split, at both ends: 28 Label N, 29 Label F. voice-1a")
    assert groups.endswith("voice: east 66.7, north 100.0, south 0.0.")


def test_every_bar_is_full() -> None:
    opinions = draw_opinions(score_crowd())
    assert opinions is not None
    for bar in (*opinions.panels[0].divided, *opinions.panels[0].close):
        assert bar.segments[0].start == 0
        for one, next_one in zip(bar.segments, bar.segments[1:], strict=False):
            assert one.start + one.width == pytest.approx(next_one.start)
        assert bar.segments[-1].start + bar.segments[-1].width == pytest.approx(100)


def test_the_measured_result_stands_beside_what_people_see() -> None:
    """vision: (3 + 3 + 2)/9 = 88.9, seen P = 33.3; voice: (2 + 1 + 0)/9 = 33.3, seen L = 66.7."""
    card = score_staff_view()
    opinions = draw_opinions(card)
    assert opinions is not None
    assert opinions.apart == (
        "The measured index lies above what people see in one of two characteristics. 20 points or"
        " more apart, and so topics for talk: vision (88.9 measured, 33.3 seen), voice (33.3"
        " measured, 66.7 seen)."
    )
    assert [list(row) for row in opinions.views.rows] == [
        ["vision", "88.9", "33.3", "55.6", "seen lower: a topic for talk"],
        ["voice", "33.3", "66.7", "33.4", "seen higher: a topic for talk"],
    ]
    assert json.loads(SCORE["json"](card, Terminal()))["voices"]["perception_gaps"] == [
        {
            "characteristic": "vision",
            "measured": 88.8889,
            "seen": 33.3333,
            "perception_kind": "mean",
            "gap": 55.5556,
            "topic": True,
        },
        {
            "characteristic": "voice",
            "measured": 33.3333,
            "seen": 66.6667,
            "perception_kind": "mean",
            "gap": -33.3333,
            "topic": True,
        },
    ]


def test_the_executive_version_says_it_in_three_sentences() -> None:
    """And cuts them where they are long; its chart and its tables stay in the full report."""
    said = (
        "Of seven items, people are close together on 3, split on 4; on one many chose the one end"
        " and many the other. Most split: vision-2a, vision-2a is there. The groups differ clearly"
        " on voice."
    )
    page = read_page(render_report("html", score_crowd(), Look("executive")))
    assert said in [squeeze(each.text) for each in page.find("li")]
    assert f"\n- {said}\n" in render_report("markdown", score_crowd(), Look("executive"))


def test_a_workshop_is_marked() -> None:
    text = squeeze(read_page(render_report("html", score_panel("interview"))).text)
    assert "Settled in a workshop" in text
    assert "vision-2a vision-2a is there. Label L Settled." in text


def test_the_method_says_how_nobody_was_given_away() -> None:
    """alpha of F N P, L L L, L P (the third is the workshop's) and N N N.

    N 4, P 2, L 4, F 1, n = 11. Distances squared: N to P 3^2, N to L 6^2, N to F 8.5^2, P to L 3^2,
    P to F 5.5^2, L to F 2.5^2. Observed: the three pairs of the first item over 2 and that of the
    third, (9 + 72.25 + 30.25)/2 + 9 = 64.75. Expected: 8 x 9 + 16 x 36 + 4 x 72.25 + 8 x 9 +
    2 x 30.25 + 4 x 6.25 = 1094.5. alpha = 1 - 10 x 64.75/1094.5 = 0.408.
    """
    spoken = squeeze(read_page(render_report("html", score_panel("interview"))).text)
    assert "Interviews name the role of whoever speaks; they are not anonymous" in spoken
    assert "Krippendorff's alpha between the interviews is 0.41:" in spoken
    counted = squeeze(read_page(render_report("html", score_crowd())).text)
    assert "Nobody who answered can be told from the others." in counted
    assert "Krippendorff" not in counted


def test_one_respondent_has_no_such_chapter() -> None:
    card = score_sample("quillmarsh-2025")
    assert draw_opinions(card) is None
    assert SECTIONS["agreement"].title not in render_report("html", card)
    assert json.loads(SCORE["json"](card, Terminal()))["voices"] == {
        "panels": [],
        "perception_gaps": [],
    }


def test_no_test_of_significance_and_no_order_of_groups_is_on_the_page() -> None:
    text = squeeze(read_page(render_report("html", score_crowd())).text)
    assert not re.search(r"\bp\s*[<=]|p-value|significan|\brank", text.lower())


def test_left_without_names_it_has_no_groups() -> None:
    page = render_report("html", anonymise(score_crowd()))
    assert "57 people answered Sheet." in page
    assert not re.search(r"\b(north|south|east)\b", page.lower())


# --- what must not be told ---------------------------------------------------------------------


def write_everything(card: Scorecard) -> dict[str, str]:
    terminal = Terminal()
    return {
        **{f"score {name}": write(card, terminal) for name, write in SCORE.items()},
        **{f"plan {name}": write(card, terminal) for name, write in PLAN.items()},
        **{
            f"report {name} {audience}": render_report(name, card, Look(audience))
            for name in ("html", "markdown")
            for audience in TEMPLATES
        },
    }


MARKERS = {"zqtiny", "zqrole", "zqperson", "zqnote", "zqreason", "zqcode", "zqby"}


def plant(sizes: dict[str, int], few: int) -> Scorecard:
    """A crowd with a group, roles, people, words and answers that nobody may read.

    `few` of them answer an item whose options no other item has.
    """
    people = [group for group, size in sizes.items() for _ in range(size)] + ["zqtiny"] * few
    rare = make_scale({"zqcodea": 0, "zqcodeb": 1})
    rare["options"] = [{"code": f"zqcode{n}", "points": n, "label": f"Zqcode {n}"} for n in (0, 1)]
    sheets = [
        Sheet(
            {"vision": f"{'NPLF'[n % 4]} {'LF'[n % 2]} / L / NA"},
            model={"scales": {"scale": make_scale({"N": 0, "P": 1, "L": 2, "F": 3}), "rare": rare}},
            items={"vision-2a": {"weight": "0"}},
            questionnaire={
                "items": {
                    "vision": {
                        "s1": [
                            {"id": "vision-1a", "statement": "It is."},
                            {"id": "vision-1b", "statement": "It is."},
                        ],
                        "s2": [{"id": "vision-2a", "statement": "It is."}],
                        "s3": [{"id": "vision-3a", "statement": "It is."}],
                        "perception": [{"id": "seen", "statement": "I see.", "scale": "rare"}],
                    }
                }
            },
            answers={
                "vision-1a": {"note": f"zqnote {n}", "by": "zqby"},
                "vision-3a": {"reason": f"zqreason {n}"},
                **({"seen": {"answer": f"zqcode{n % 2}"}} if group == "zqtiny" else {}),
            },
            assessment={
                "mode": "survey",
                "respondent": {"id": f"zqperson{n}", "group": group, "role": f"zqrole{n}"},
            },
        )
        for n, group in enumerate(people)
    ]
    definition = sheets[0].definition
    return score(panel([each.filled for each in sheets], definition), definition, by="group")


def find_markers(card: Scorecard) -> set[tuple[str, str]]:
    return {
        (name, marker)
        for name, text in write_everything(card).items()
        for marker in MARKERS
        if marker in text.lower()
    }


@settings(deadline=None, max_examples=12)
@given(
    sizes=st.dictionaries(st.sampled_from(["north", "south", "east"]), st.integers(5, 14)),
    few=st.integers(1, 4),
)
def test_nothing_of_the_few_is_in_any_output(sizes: dict[str, int], few: int) -> None:
    if sum(sizes.values()) + few < 5:
        sizes = {"north": 5}
    assert find_markers(plant(sizes, few)) == set()


def test_the_markers_are_found_where_they_may_be_told() -> None:
    """The same people, and twelve of the group: its name and the counts of its answers are told."""
    found = {marker for _, marker in find_markers(plant({"north": 12}, 12))}
    assert found == {"zqtiny", "zqcode"}


def _walk(value: Any) -> list[dict[str, Any]]:
    """Every object of a JSON result."""
    if isinstance(value, list):
        return [each for inside in value for each in _walk(inside)]
    if isinstance(value, dict):
        return [value, *(each for inside in value.values() for each in _walk(inside))]
    return []


@settings(deadline=None, max_examples=20)
@given(st.lists(st.sampled_from(["north", "south", "east", "west"]), min_size=2, max_size=45))
def test_json_counts_no_fewer_than_it_may(groups: list[str]) -> None:
    sheets = [
        Sheet(
            {"vision": f"{'NPLF'[n % 4]} / {'LF'[n % 2]} / N"},
            assessment={"mode": "self", "respondent": {"id": f"r{n}", "group": group}},
        )
        for n, group in enumerate(groups)
    ]
    definition = sheets[0].definition
    card = score(panel([each.filled for each in sheets], definition), definition, by="group")
    (told,) = json.loads(SCORE["json"](card, Terminal()))["voices"]["panels"]
    objects = _walk(told)
    for each in objects:
        assert sum(each.get("counts", {}).values()) in {0, *range(10, 46)}
        assert (each.get("known") or 10) >= 10
    for each in told["groups"]:
        assert each["respondents"] >= 5


@pytest.mark.parametrize("shift", SHIFTS)
def test_hostile_texts_act_in_the_chapter_no_more_than_elsewhere(shift: int) -> None:
    poisoner = Poisoner(STARTS, shift)
    model, questionnaire, answers = write_documents()
    definition = resolve(poisoner.poison(questionnaire), poisoner.poison(model))
    hostile = poisoner.poison(answers)
    people = [
        hostile.model_copy(
            update={
                "mode": "survey",
                "respondent": Respondent(id=f"r{n}", group="north" if n % 2 else "south"),
                "answers": {
                    **hostile.answers,
                    "sv-1a": Answer(answer="NF"[n % 2]),
                    "seen": Answer(answer=("never", "always")[n % 2]),
                },
            }
        )
        for n in range(24)
    ]
    card = score(panel(people, definition), definition, by="group")
    html, markdown = render_report("html", card), render_report("markdown", card)
    refuse_acting(read_page(html), links=True)
    page = read_page(render_markdown(markdown))
    refuse_acting(page, links=False)
    shown = find_shown(squeeze(page.text), poisoner)
    assert shown == find_shown(read_words(html), poisoner)
    assert clean(html) == html
    assert "##[" not in html + markdown
    assert not re.search(r"(?m)^\s*::", html + markdown)
    assert clean(SCORE["text"](card, Terminal())) == SCORE["text"](card, Terminal())


def test_the_middle_of_a_few_people_is_called_so_and_is_no_topic_for_talk() -> None:
    """Measured (3 + 3 + 2)/9 = 88.9, seen by nine at P = 33.3."""
    card = score_staff_view(9)
    assert card.characteristic("vision").seen_by_few
    opinions = draw_opinions(card)
    assert opinions is not None
    few = "33.3 (middle of 5 to 9 people)"
    assert opinions.views.rows[0][2:] == (few, "55.6", "seen lower")
    assert opinions.apart.endswith(
        "; what is seen is the middle of 5 to 9 people each, too few for topics for talk."
    )
    data = json.loads(SCORE["json"](card, Terminal()))
    assert data["characteristics"][0]["perception_kind"] == "middle"
    assert [
        (each["perception_kind"], each["topic"]) for each in data["voices"]["perception_gaps"]
    ] == [("middle", False)] * 2
    for shown in (SCORE["text"](card, Terminal()), *map(str, (render_report("markdown", card),))):
        assert "middle of 5 to 9 people" in " ".join(shown.split())
        assert "topic for talk:" not in shown
    assert few in " ".join(read_page(render_report("html", card)).text.split())


def score_placed(codes: str) -> Scorecard:
    """Two groups of a survey that place something at a stage, a digit each."""
    asked = {"id": "place", "question": "Where?", "options": [f"Line {n}." for n in range(4)]}
    sheets = [
        Sheet(
            {"vision": "-"},
            model={"stages": [{"id": f"s{n}", "name": f"Stage {n}"} for n in range(1, 4)]},
            questionnaire={"items": {"vision": {"placement": asked}}},
            answers={"place": {"answer": code}},
            assessment={"mode": "survey", "respondent": {"id": f"r{n}", "group": "ab"[n % 2]}},
        )
        for n, code in enumerate(codes)
    ]
    definition = sheets[0].definition
    return score(panel([each.filled for each in sheets], definition), definition, by="group")


def test_groups_of_which_nothing_was_compared_are_not_said_to_be_alike() -> None:
    opinions = draw_opinions(score_placed("0033" * 6))
    assert opinions is not None
    (shown,) = opinions.panels
    assert shown.tables["people"].rows  # the groups themselves are told
    assert shown.groups == ()
    assert not any("to act on" in text or "differ" in text for text in shown.summary)


def test_a_question_keeps_its_mark_and_a_line_loses_its_stop() -> None:
    opinions = draw_opinions(score_placed("0033" * 6))
    assert opinions is not None
    (shown,) = opinions.panels
    assert "Most split: place, Where?" in shown.summary
    (row,) = shown.tables["divided"].rows
    assert row[3].endswith(": Line 0, 12 Stage 3: Line 3")


def test_what_is_the_same_on_all_items_is_said_once() -> None:
    """Twenty people: half of them at one end of each item and half at the other."""
    people = [
        Sheet({"vision": f"{code} / {code}"}, assessment={"mode": "survey"}) for code in "NF" * 10
    ]
    definition = people[0].definition
    opinions = draw_opinions(score(panel([each.filled for each in people], definition), definition))
    assert opinions is not None
    (shown,) = opinions.panels
    assert shown.summary[1].startswith("People are split on all two items; on two many chose")
    table = shown.tables["characteristics"]
    assert [each.title for each in table.columns] == [
        *("Characteristic", "Agreement", "Mean of all people")
    ]
    assert len(table.rows) == 1


def test_each_group_of_a_chart_has_its_letter() -> None:
    """West has too few people for a mean and gets no letter."""
    opinions = draw_opinions(score_crowd())
    assert opinions is not None
    (shown,) = opinions.panels
    assert shown.legend == "Each mark is the mean of one group: A east, B north, C south."
    assert [[(mark.name, mark.letter) for mark in span.marks] for span in shown.spans] == [
        [("east", "A"), ("north", "B"), ("south", "C")]
    ] * len(shown.spans)
    page = read_page(render_report("html", score_crowd()))
    (chart,) = (
        each for each in page.find("svg") if each.attributes["aria-labelledby"].startswith("groups")
    )
    letters = [each.text for each in chart.find("text") if each.text in ("A", "B", "C")]
    assert letters == ["A", "B", "C"] * len(shown.spans)
