"""What many people say: figures by hand, and nothing that tells on one of them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scoring.sheets import Sheet

from custfocus_cli.documents.tally import By
from custfocus_cli.errors import CustfocusError
from custfocus_cli.scoring.aggregate import Statistic
from custfocus_cli.scoring.opinions import (
    ItemOpinion,
    Opinions,
    list_close,
    list_divided,
    listen,
)
from custfocus_cli.scoring.panel import COUNTED_REASON, Panel, panel, panel_of_tally, speaks
from custfocus_cli.scoring.scorecard import score
from custfocus_cli.scoring.statistics.groups import GroupEffect
from custfocus_cli.scoring.tallies import About, tally_assessments

VISION = Statistic("indexes", "vision")

Person = tuple[str, str | None]
"""The answers to the items, and the group."""


def write_sheets(people: Sequence[Person], mode: str = "survey") -> list[Sheet]:
    return [
        Sheet(
            {"vision": row},
            assessment={"mode": mode, "respondent": {"id": f"r{n}", "group": group, "role": group}},
        )
        for n, (row, group) in enumerate(people)
    ]


def hear(
    people: Sequence[Person], mode: str = "survey", by: By | None = None, least: int = 5
) -> Panel:
    sheets = write_sheets(people, mode)
    definition = sheets[0].definition
    return listen(panel([s.filled for s in sheets], definition), definition, by=by, least=least)


def form(people: Sequence[Person], mode: str = "survey", by: By | None = None) -> Opinions:
    opinions = hear(people, mode, by).opinions
    assert opinions is not None
    return opinions


def test_the_figures_of_one_item_by_hand() -> None:
    """Two N, three P, four L, one F: 0, 0, 1, 1, 1, 2, 2, 2, 2, 3.

    The mean is 14/10. The distances from it add up to 2 x 1.4 + 3 x 0.4 + 4 x 0.6 + 1.6 = 8, so the
    average deviation is 0.8: more than 4/6, less than the 1 of answers spread evenly. The squares
    are 28 - 10 x 1.96 = 8.4, s2 = 8.4/9; the most with this mean is 1.6 x 1.4 x 10/9 = 22.4/9;
    a_wg = 1 - 2 x 8.4/22.4 = 1/4. Lower median: the fifth, P. With one 0 and one 3 added: mean
    17/12, squares 37, s2 = (37 x 12 - 289)/(12 x 11); t of 11 degrees of freedom 2.200985;
    17/12 -+ 2.200985 x 0.312815 = 0.728164 and 2.105169, 0.312815 being
    the root of 155/1584.
    """
    item = form([(code, None) for code in "NNPPPLLLLF"]).everyone.items["vision-1a"]
    assert item.interval is not None
    assert item == ItemOpinion(
        counts={"N": 2, "P": 3, "L": 4, "F": 1},
        rating="P",
        mean=Fraction(14, 10),
        interval=item.interval,
        deviation=Fraction(8, 10),
        share=Fraction(8, 30),
        spread="mixed",
        agreement=Fraction(1, 4),
        polarised=False,
        differ=True,
    )
    assert item.interval == pytest.approx((0.728164, 2.105169), abs=1e-6)
    assert item.answered == 10


def test_of_fewer_than_ten_there_is_the_rating_alone() -> None:
    heard = hear([(code, None) for code in "NNPPPLLLL"])
    assert heard.opinions is not None
    assert heard.opinions.everyone.items == {"vision-1a": ItemOpinion(rating="P")}
    assert heard.opinions.everyone.indexes[VISION][:3] == (None, Fraction(100, 3), None)
    assert heard.voices["vision-1a"].counts == {}
    assert not heard.voices["vision-1a"].disagreement
    assert heard.answers["vision-1a"].answer == "P"


def test_of_fewer_than_five_nothing_is_told_but_what_they_say_together() -> None:
    heard = hear([(code, "north") for code in "NPF"], by="group")
    assert heard.opinions is not None
    assert not heard.opinions.told
    assert heard.opinions.everyone == (3, {}, {})
    assert heard.opinions.groups == {}
    assert heard.voices["vision-1a"].counts == {}
    assert heard.answers["vision-1a"].answer == "P"


def test_what_too_few_answered_is_no_answer() -> None:
    heard = hear([("L L", None)] * 4 + [("L .", None)] * 8)
    assert sorted(heard.answers) == ["vision-1a"]
    assert sorted(heard.voices) == ["vision-1a"]
    assert sorted(hear([("L L", None)] * 5 + [("L .", None)] * 8).answers) == [
        "vision-1a",
        "vision-1b",
    ]


def test_what_people_wrote_is_left_out() -> None:
    anonymous = hear([("NA", None)] * 12)
    assert anonymous.answers["vision-1a"].reason == COUNTED_REASON
    assert hear([("NA", None)] * 12, "interview").answers["vision-1a"].reason == "It cannot."


def test_interviews_are_told_as_they_are() -> None:
    """Two assessors, N and F, L and L: alpha by the matrix of coincidences.

    o(N, F) = 1. n(N) = n(F) = 1, n(L) = 2, n = 4. Ranks: from N to F there are 4 answers less half
    of both ends, 3, squared 9; N to L 2 x 1/2 + 1/2 = 3/2, 9/4; L to F 3/2, 9/4.
    Do x = 9 x 1; De = 9 x 1 + 9/4 x 2 + 9/4 x 2 = 18; alpha = 1 - (4 - 1) x 9/18 = -1/2.
    """
    opinions = form([("N L", "hr"), ("F L", "finance")], "interview", "role")
    assert not opinions.anonymous
    assert opinions.least == 0
    assert opinions.everyone.items["vision-1a"].counts == {"N": 1, "F": 1}
    assert opinions.everyone.items["vision-1a"].differ
    assert list(list_divided(opinions.everyone)) == ["vision-1a"]
    assert {name: crowd.respondents for name, crowd in opinions.groups.items()} == {
        "finance": 1,
        "hr": 1,
    }
    assert opinions.assessors == Fraction(-1, 2)
    assert form([("N L", None)] * 10).assessors is None


def test_two_groups_that_do_not_overlap() -> None:
    """All of one at the top, all of the other at the bottom: delta 1 and -1, explained in full."""
    people = [("F F", "north")] * 10 + [("N N", "south")] * 10
    opinions = form(people, by="group")
    division = opinions.divisions[VISION]
    assert {name: gap.delta for name, gap in division.gaps.items()} == {"north": 1, "south": -1}
    assert {gap.size for gap in division.gaps.values()} == {"large"}
    assert division.effect == GroupEffect(Fraction(1), Fraction(1))
    assert division.effect.rankable
    assert opinions.groups["north"].indexes[VISION].mean == 100
    assert opinions.everyone.indexes[VISION].mean == 50
    # s2 of ten 0 and ten 3 is 20 x 2.25 / 19 = 45/19, for each of two items; chance is 15/12.
    assert division.agreement == 1 - Fraction(45, 19) / Fraction(15, 12)
    # Cronbach: two items that say the same; 2 x (1 - 2 s2 / 4 s2) = 1.
    assert division.consistency == 1


def test_a_group_is_set_beside_all_others() -> None:
    """North F, south N, and ten without a group P: 100 pairs won and 100 won is 1; south -1."""
    people = [("F", "north")] * 10 + [("N", "south")] * 10 + [("P", None)] * 10
    opinions = form(people, by="group")
    assert set(opinions.groups) == {"north", "south", "other"}
    gaps = opinions.divisions[VISION].gaps
    assert {name: gap.delta for name, gap in gaps.items()} == {"north": 1, "south": -1}


def test_without_a_partition_there_are_totals_alone() -> None:
    opinions = form([("F", "north")] * 10 + [("N", "south")] * 10)
    assert opinions.groups == {}
    assert opinions.by is None
    assert opinions.divisions[VISION].gaps == {}
    assert opinions.divisions[VISION].effect is None


def test_what_splits_people_most_comes_first() -> None:
    """a: 8 N, 8 F, deviation 1.5. b: 4 of each, 1, spread evenly. c: all L. d: 8 P, 8 L, 0.5."""
    rows = [f"{'NF'[n % 2]} {'NPLF'[n % 4]} L {'PL'[n % 2]}" for n in range(16)]
    everyone = form([(row, None) for row in rows]).everyone
    assert list(list_divided(everyone)) == ["vision-1a", "vision-1b"]
    assert list(list_close(everyone)) == ["vision-1c", "vision-1d"]
    assert [each.polarised for each in everyone.items.values()] == [True, False, False, False]


def test_a_tally_is_shown_by_what_it_was_made_by() -> None:
    sheets = write_sheets([("L", "north")] * 12)
    definition = sheets[0].definition
    tally = tally_assessments(
        [each.filled for each in sheets],
        definition,
        About("Somewhere", sheets[0].filled.date, "survey", by="group"),
    )
    counted = panel_of_tally(tally, definition)
    assert listen(counted, definition, by="group").opinions is not None
    with pytest.raises(
        CustfocusError, match="made by group, so it cannot be shown by role"
    ) as told:
        listen(counted, definition, by="role")
    assert told.value.hint == "make the tally again with --by role"


def test_one_respondent_is_no_crowd() -> None:
    alone = hear([("L", "north")], by="group")
    assert alone.opinions is None
    assert alone.answers["vision-1a"].answer == "L"


def see(codes: str) -> Fraction | None:
    """The perception index of people who rated one item each so."""
    sheets = [
        Sheet(
            {"vision": "-"},
            model={"stages": [{"id": "s1", "name": "One"}]},
            questionnaire={
                "items": {
                    "vision": {
                        "perception": [{"id": "seen", "statement": "I see it.", "scale": "scale"}]
                    }
                }
            },
            answers={"seen": {"answer": code}},
            assessment={"mode": "survey"},
        )
        for code in codes
    ]
    definition = sheets[0].definition
    card = score(panel([each.filled for each in sheets], definition), definition)
    return card.characteristic("vision").perception_index


def test_what_many_people_see_is_the_mean_of_their_ratings() -> None:
    """Ten: 4 x 0, 2 x 1, 4 x 3 are 14 of 30 points. Nine: the fifth of them, 1 of 3. Four: none."""
    assert see("NNNNPPFFFF") == Fraction(1400, 30)
    assert see("NNNNPPFFF") == Fraction(100, 3)
    assert see("FFFF") is None


CODES = st.sampled_from(["N", "P", "L", "F", "DK", "."])
GROUPS = st.sampled_from(["a", "b", "c", "d", None])
PEOPLE = st.lists(st.tuples(st.tuples(CODES, CODES).map(" ".join), GROUPS), min_size=2, max_size=60)


def _list_counts(opinions: Opinions) -> list[tuple[str, int]]:
    """The number of people behind everything that is told with counts, by group."""
    crowds = {"": opinions.everyone, **opinions.groups}
    told = [
        (name, item.answered)
        for name, crowd in crowds.items()
        for item in crowd.items.values()
        if item.answered
    ]
    return told + [
        (name, index.known)
        for name, crowd in crowds.items()
        for index in crowd.indexes.values()
        if index.known is not None
    ]


@settings(deadline=None, max_examples=120)
@given(PEOPLE)
def test_no_group_is_told_of_with_too_few(people: list[Person]) -> None:
    opinions = hear(people, by="group").opinions
    if opinions is None:
        return  # one alone is nobody's panel
    assert all(number >= 10 for _, number in _list_counts(opinions))
    sizes = [crowd.respondents for crowd in opinions.groups.values()]
    assert all(size >= 5 for size in sizes)
    assert not sizes or sum(sizes) == opinions.everyone.respondents
    for division in opinions.divisions.values():
        assert set(division.gaps) <= set(opinions.groups) - {"other"}


@settings(deadline=None, max_examples=60)
@given(PEOPLE)
def test_files_and_their_tally_say_the_same(people: list[Person]) -> None:
    """But for Cronbach's alpha, which needs the people themselves."""
    sheets = write_sheets(people)
    definition, files = sheets[0].definition, [each.filled for each in sheets]
    heard = listen(panel(files, definition), definition, by="group").opinions
    assert (heard is None) == (sum(map(speaks, files)) < 2)  # one alone is nobody's panel
    if heard is None or not heard.told:
        return
    about = About("Somewhere", files[0].date, "survey", by="group")
    counted = panel_of_tally(tally_assessments(files, definition, about), definition)
    said = listen(counted, definition, by="group").opinions
    divisions = {part: each._replace(consistency=None) for part, each in heard.divisions.items()}
    assert said == heard._replace(divisions=divisions)
