"""The questionnaires beside the interview and its short form: what there has to be of each."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from shipped import FOLDER, list_items, read_definition, read_model, read_questionnaire

from custfocus_cli.documents.checks import check_model, check_questionnaire
from custfocus_cli.documents.questionnaire import Item, Placement
from custfocus_cli.scoring.sense import check_model_sense, check_sense

OTHERS = ("pulse-12", "staff-24", "balance-12", "iso9001-readiness")
EVERY = ("interview-72", "team-36", *OTHERS)

# The clauses of part 1.9 and 3.15 of the design that the readiness questionnaire asks about, with
# the number of its items where it is not one.
CLAUSES = {
    **dict.fromkeys(("4.2", "5.1.1"), 1),
    "5.1.2": 3,
    **dict.fromkeys(
        ("5.2.1", "5.2.2", "5.3", "6.1", "6.2", "6.3", "7.1.2", "7.2", "7.3", "7.4"), 1
    ),
    "8.2.1": 4,
    **dict.fromkeys(("8.2.2", "8.2.3", "8.2.4", "8.5.3", "8.5.5", "8.7"), 1),
    **dict.fromkeys(("9.1.2", "9.1.3", "9.3.2", "10.2", "10.3"), 1),
}


def list_twelve() -> list[str]:
    return [each.id for each in read_model().characteristics]


@pytest.mark.parametrize("name", OTHERS)
def test_each_fits_together_and_makes_sense(name: str) -> None:
    written, definition = read_questionnaire(name), read_definition(name)
    base = read_questionnaire(written.based_on) if written.based_on else None
    assert list(check_questionnaire(written, definition.model, base)) == []
    assert list(check_sense(written, definition)) == []
    assert list(check_model(definition.model)) == []
    assert list(check_model_sense(definition.model)) == []


def test_how_many_questions_and_minutes_each_has() -> None:
    found = {name: read_definition(name) for name in OTHERS}
    assert {
        name: (len(each.entries), each.questionnaire.minutes, each.questionnaire.audience)
        for name, each in found.items()
    } == {
        "pulse-12": (12, 7, "survey"),
        "staff-24": (24, 7, "survey"),
        "balance-12": (12, 8, "self"),
        "iso9001-readiness": (30, 35, "interview"),  # so that evidence is asked for
    }
    kinds = {name: {e.kind for e in each.entries.values()} for name, each in found.items()}
    assert kinds == {
        "pulse-12": {"placement"},
        "staff-24": {"perception"},
        "balance-12": {"balance"},
        "iso9001-readiness": {"item"},
    }


@pytest.mark.parametrize("name", EVERY)
def test_nothing_is_claimed_that_is_not_so(name: str) -> None:
    said = read_questionnaire(name).description or ""
    assert re.search(r"practice framework .* no validated instrument .* no norm values", said)


def test_no_id_means_two_things_in_two_questionnaires() -> None:
    entries = [read_definition(name).entries for name in ("interview-72", *OTHERS)]
    statements = [{name: each.statement for name, each in found.items()} for found in entries]
    ids = [set(found) for found in statements]
    shared = [one & other for n, one in enumerate(ids) for other in ids[n + 1 :] if one & other]
    assert shared == [set(read_definition("balance-12").entries)]  # part of the interview


# --- pulse-12 ----------------------------------------------------------------------------------


def read_placements() -> dict[str, Placement]:
    blocks = read_questionnaire("pulse-12").items
    return {name: block.placement for name, block in blocks.items() if block.placement}


def test_one_placement_for_each_characteristic_in_their_order() -> None:
    placements = read_placements()
    assert list(placements) == list_twelve()
    assert all(each.id == f"pl-{name}" for name, each in placements.items())
    assert len({each.question for each in placements.values()}) == 12


def test_the_lines_of_a_placement_hold_one_another() -> None:
    for each in read_placements().values():
        assert len(each.options) == 4
        begins = [option.startswith("As above, and ") for option in each.options]
        assert begins == [False, False, True, True], each.id
        assert all(re.fullmatch(r"[A-Z].{10,100}\.", option) for option in each.options), each.id


# --- staff-24 ----------------------------------------------------------------------------------


def test_two_statements_for_each_characteristic_that_anybody_may_answer() -> None:
    blocks = read_questionnaire("staff-24").items
    assert list(blocks) == list_twelve()
    for name, block in blocks.items():
        assert [each.id for each in block.perception] == [f"pf-{name}-1", f"pf-{name}-2"]
        for each in block.perception:
            assert (each.scale, each.allow_na, each.role) == ("frequency", False, None)


# --- balance-12 --------------------------------------------------------------------------------


def test_the_balance_check_alone_is_that_of_the_interview() -> None:
    alone, interview = read_definition("balance-12"), read_definition("interview-72")
    assert alone.questionnaire.balance == interview.questionnaire.balance
    assert (alone.questionnaire.sessions, alone.questionnaire.context) == ((), ())
    assert not alone.has_stages


# --- iso9001-readiness -------------------------------------------------------------------------


def read_readiness() -> tuple[Item, ...]:
    return list_items(read_definition("iso9001-readiness"))


def test_the_readiness_items_stand_by_clause() -> None:
    model = read_definition("iso9001-readiness").model
    assert {each.id for each in model.characteristics} == set(CLAUSES)
    numbers = [[int(n) for n in each.id.split(".")] for each in model.characteristics]
    assert all(one < other for one, other in pairwise(numbers))
    found = {
        name: block.stages for name, block in read_questionnaire("iso9001-readiness").items.items()
    }
    assert {name: len(stages["in-place"]) for name, stages in found.items()} == CLAUSES
    for clause, stages in found.items():
        for item in stages["in-place"]:
            assert re.fullmatch(rf"iq-{re.escape(clause)}(-[a-e])?", item.id)
            assert item.references == {"iso9001": (clause,)}


def test_each_readiness_item_can_be_asked_shown_and_acted_on() -> None:
    roles = read_questionnaire("iso9001-readiness").roles
    for item in read_readiness():
        assert item.probe, item.id
        assert len(item.evidence) >= 2, item.id
        assert item.action, item.id
        assert item.role in roles, item.id
        assert item.weight == 1, item.id
        assert item.allow_na, item.id


def test_the_readiness_model_is_a_list_and_no_ladder() -> None:
    model = read_model("iso9001-clauses")
    assert model.is_checklist
    assert not read_model().is_checklist
    assert (model.noun, len(model.stages), model.gate.every) == ("clause", 1, "L")
    assert model.scoring.evidence_cap == {"L": 1, "F": 2}
    assert [each.label for each in model.scale.options] == [
        each.label for each in read_model().scale.options
    ]


def test_the_readiness_questionnaire_claims_no_conformity() -> None:
    written = read_questionnaire("iso9001-readiness")
    assert "no statement of conformity" in (written.caution or "")
    files = ("iso9001-readiness", "iso9001-clauses")
    text = " ".join((FOLDER / f"{name}.yaml").read_text("utf-8").lower() for name in files)
    claims = r"\b(shall|certified|certifies|conforms|compliant|compliance|fulfils the standard)\b"
    assert re.findall(claims, text) == []
    assert re.findall(claims, "it conforms") == ["conforms"]


def test_the_clauses_have_the_titles_that_the_interview_gives_them() -> None:
    own, other = read_model("iso9001-clauses"), read_model()
    titles, theirs = own.standards["iso9001"], other.standards["iso9001"]
    assert titles.edition == theirs.edition == "2015"
    assert titles.clauses == {clause: theirs.clauses[clause] for clause in titles.clauses}
    for each in own.characteristics:
        assert each.name == f"{each.id} {titles.clauses[each.id]}"
        assert each.references["iso9001"] == (each.id,)


def test_the_crosswalk_is_that_of_the_interview_the_other_way_round() -> None:
    interview = read_definition("interview-72")
    touching = {
        clause: tuple(
            item.id for item in list_items(interview) if clause in item.references["iso9001"]
        )
        for clause in CLAUSES
    }
    model = read_model("iso9001-clauses")
    assert {
        each.id: each.references.get("interview-72", ()) for each in model.characteristics
    } == touching
    assert touching["8.2.4"] == ()  # asked about here alone
    crosswalk = model.standards["interview-72"]
    assert (crosswalk.title, crosswalk.edition) == (
        interview.title,
        interview.questionnaire.version,
    )
    assert crosswalk.clauses == {
        name: interview.model.characteristic(entry.characteristic or "").name
        for name, entry in interview.entries.items()
        if any(name in items for items in touching.values())
    }
