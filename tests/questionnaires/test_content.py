"""The shipped model and questionnaires: what there has to be of everything, and that it fits."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import pytest
from shipped import list_items, read_definition, read_model, read_questionnaire

from custfocus_cli.documents.checks import check_model, check_questionnaire
from custfocus_cli.documents.questionnaire import Item, Session
from custfocus_cli.scoring.sense import check_model_sense, check_sense

# Number, id, initials of its items, area: the order of the source.
CHARACTERISTICS = """
service-vision       sv leadership
customer-commitment  cc leadership
whole-organisation   wo processes
service-training     st people
support-functions    sf processes
manager-role         mr leadership
employee-experience  ee people
process-alignment    pa processes
service-standards    ss people
service-recovery     sr products
recognition          re people
voice-of-customer    vc products
"""
STAGES = ("quality-service", "professional-service", "service-centre")
# Every organisation has these, so "does not apply" is taken everywhere else alone.
ALWAYS_APPLY = """
sv-1a sv-1b sv-2a sv-2b cc-1a cc-1b cc-2a wo-1a wo-1b wo-3a wo-3b st-1a st-1b st-2a st-2b st-3b
sf-1a sf-1b sf-2a sf-3a mr-1a mr-1b mr-2a mr-2b mr-3a mr-3b ee-1a ee-1b ee-2b ee-3b pa-1a pa-1b
pa-2a pa-2b pa-3a ss-1a ss-2a ss-2b ss-3a sr-1a sr-1b sr-2b sr-3a re-1a vc-1a vc-1b vc-2b vc-3b
"""
TEAM = """
sv-1a sv-2a sv-3a cc-1a cc-2b cc-3a wo-1a wo-2a wo-3a st-1a st-2a st-3a sf-1b sf-2a sf-3a mr-1a
mr-2a mr-3a ee-1a ee-2a ee-3b pa-1a pa-2a pa-3a ss-1a ss-2a ss-3a sr-1a sr-2a sr-3a re-1a re-2a
re-3a vc-1a vc-2b vc-3b
"""


def read_items(questionnaire: str = "interview-72") -> tuple[Item, ...]:
    return list_items(read_definition(questionnaire))


def read_rows() -> list[tuple[str, str, str]]:
    rows = [line.split() for line in CHARACTERISTICS.strip().splitlines()]
    return [(name, initials, area) for name, initials, area in rows]


# --- the model -------------------------------------------------------------------------------


def test_the_model_fits_together() -> None:
    assert list(check_model(read_model())) == []


def test_three_stages_and_twelve_characteristics_in_four_areas() -> None:
    model = read_model()
    assert model.stage_zero.id == "not-yet"
    assert tuple(stage.id for stage in model.stages) == STAGES
    assert [(each.id, each.area, each.weight) for each in model.characteristics] == [
        (name, area, Fraction(1)) for name, _, area in read_rows()
    ]
    counted = Counter(each.area for each in model.characteristics)
    assert counted == {"leadership": 3, "products": 2, "processes": 3, "people": 4}


def test_every_part_of_the_model_is_said_in_words() -> None:
    model = read_model()
    described = {stage.id: stage.description for stage in model.stages}
    described |= {area.id: area.description for area in model.areas}
    described |= {each.id: each.description for each in model.characteristics}
    described |= {target.id: target.description for target in model.targets}
    assert [name for name, text in described.items() if len(text.split()) < 10] == []
    for characteristic in model.characteristics:
        assert tuple(characteristic.stages) == STAGES
    for scale in model.scales.values():
        special = (scale.dont_know, scale.not_applicable)
        assert None not in special
        assert all(each.meaning for each in (*scale.options, *special) if each)
    assert len(model.benefits) == 8
    terms = [entry.term for entry in model.glossary]
    assert len(terms) == len(set(terms)) >= 30


def test_each_characteristic_says_why_it_stands_in_its_area() -> None:
    names = {area.id: area.name.lower() for area in read_model().areas}
    for each in read_model().characteristics:
        assert f"this stands under {names[each.area]}." in each.description, each.id


def test_a_thin_area_says_so() -> None:
    products = next(area for area in read_model().areas if area.id == "products")
    assert "with care" in products.description


def test_the_answer_scale_says_how_to_rate_a_pace() -> None:
    options = read_model().scale.options
    assert [(each.code, each.points) for each in options] == [
        ("N", 0),
        ("P", 1),
        ("L", 2),
        ("F", 3),
    ]
    assert all("names a pace" in option.meaning for option in options)


def test_the_scoring_options_are_those_of_the_design() -> None:
    scoring = read_model().scoring
    assert read_model().gate.every == "L"
    assert scoring.min_coverage == Fraction(66, 100)
    assert scoring.max_lead == 1
    assert scoring.evidence_cap == {"L": 1, "F": 2}
    assert scoring.signal_from == "often"


def test_the_targets_and_their_cautions() -> None:
    model = read_model()
    near = dict.fromkeys(("process-alignment", "support-functions", "service-recovery"), 3)
    near |= {"service-standards": 3, "whole-organisation": 3}
    assert {each.id: (each.default, each.characteristics) for each in model.targets} == {
        "foundation": (1, {}),
        "professional": (2, {}),
        "convenience-and-speed": (2, near),
        "service-centre": (3, {}),
    }
    assert model.default_target == "professional"
    asking = [each.id for each in model.targets if "business case" in (each.caution or "")]
    assert asking == ["convenience-and-speed", "service-centre"]
    assert [stage.id for stage in model.stages if stage.caution] == ["service-centre"]


def test_the_two_themes_that_speak_beside_the_result() -> None:
    effects = {
        theme.id: [(each.on, each.stage, each.characteristics) for each in theme.effects]
        for theme in read_model().themes
    }
    assert effects == {
        "strategy": [],
        "new-customers": [],
        "independence": [],
        "economics": [("steps-to", "service-centre", ()), ("targets", None, ())],
        "individual-approach": [
            ("strengths-at", "quality-service", ("process-alignment", "service-standards"))
        ],
    }


# --- interview-72 ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["interview-72", "team-36"])
def test_the_questionnaires_fit_together(name: str) -> None:
    written = read_questionnaire(name)
    base = read_questionnaire(written.based_on) if written.based_on else None
    assert list(check_questionnaire(written, read_model(), base)) == []


@pytest.mark.parametrize("name", ["interview-72", "team-36"])
def test_the_questionnaires_make_sense(name: str) -> None:
    assert list(check_sense(read_questionnaire(name), read_definition(name))) == []
    assert list(check_model_sense(read_model())) == []


def test_two_items_in_each_cell_and_their_ids_say_where() -> None:
    ids = [item.id for item in read_items()]
    assert ids == [
        f"{initials}-{stage}{letter}"
        for _, initials, _ in read_rows()
        for stage in (1, 2, 3)
        for letter in "ab"
    ]
    definition = read_definition("interview-72")
    for name, initials, _ in read_rows():
        for stage in (1, 2, 3):
            assert [item.id[:4] for item in definition.cell(name, stage)] == [
                f"{initials}-{stage}"
            ] * 2


def test_seventy_two_different_statements() -> None:
    assert len({item.statement for item in read_items()}) == 72


def test_each_item_can_be_asked_observed_measured_and_acted_on() -> None:
    for item in read_items():
        assert item.probe, item.id
        assert len(item.evidence) >= 2, item.id
        assert item.metric, item.id
        assert item.action, item.id
        assert item.weight == 1, item.id
        assert item.role in read_questionnaire("interview-72").roles, item.id
    assert {item.effort for item in read_items()} == {1, 2, 3}


def test_which_items_apply_to_everybody() -> None:
    assert {item.id for item in read_items() if not item.allow_na} == set(ALWAYS_APPLY.split())


def count_by_session(sessions: tuple[Session, ...], items: tuple[Item, ...]) -> list[int]:
    return [sum(item.role in session.roles for item in items) for session in sessions]


def test_the_sessions_share_out_the_items_by_role() -> None:
    sessions = read_questionnaire("interview-72").sessions
    assert count_by_session(sessions, read_items()) == [9, 14, 22, 14, 13]
    assert [session.minutes for session in sessions] == [20, 25, 35, 25, 20]
    roles = [role for session in sessions for role in session.roles]
    assert roles == list(read_questionnaire("interview-72").roles)
    assert read_questionnaire("interview-72").minutes == sum(each.minutes or 0 for each in sessions)


def test_an_item_of_another_role_would_be_seen() -> None:
    items = tuple(
        item.model_copy(update={"role": "front-line"}) if item.id == "cc-1a" else item
        for item in read_items()
    )
    counted = count_by_session(read_questionnaire("interview-72").sessions, items)
    assert counted == [8, 14, 22, 14, 14]


def test_twelve_balance_items_on_five_themes() -> None:
    balance = read_questionnaire("interview-72").balance
    assert Counter((item.theme, item.kind) for item in balance) == {
        ("strategy", "safeguard"): 1,
        ("strategy", "signal"): 1,
        ("new-customers", "safeguard"): 1,
        ("new-customers", "signal"): 1,
        ("independence", "safeguard"): 1,
        ("independence", "signal"): 1,
        ("economics", "safeguard"): 3,
        ("economics", "signal"): 1,
        ("individual-approach", "safeguard"): 1,
        ("individual-approach", "signal"): 1,
    }
    kinds = {"safeguard": "implementation", "signal": "frequency"}
    assert all(item.scale == kinds[item.kind] and item.allow_na for item in balance)
    assert all(item.probe and item.evidence and item.role for item in balance)


def test_seven_context_questions() -> None:
    assert [each.id for each in read_questionnaire("interview-72").context] == [
        "cx-customers",
        "cx-happiest",
        "cx-at-risk",
        "cx-potential",
        "cx-value",
        "cx-greenfield",
        "cx-programme",
    ]


# --- team-36 ---------------------------------------------------------------------------------


def test_the_short_form_keeps_one_item_of_each_cell() -> None:
    assert [item.id for item in read_items("team-36")] == TEAM.split()
    definition = read_definition("team-36")
    for name, _, _ in read_rows():
        assert [len(definition.cell(name, stage)) for stage in (1, 2, 3)] == [1, 1, 1]


def test_the_short_form_says_the_same_and_changes_no_item() -> None:
    long = {item.id: item for item in read_items()}
    assert all(item == long[item.id] for item in read_items("team-36"))
    team, interview = read_definition("team-36"), read_definition("interview-72")
    assert team.questionnaire.balance == interview.questionnaire.balance
    assert (team.questionnaire.audience, team.questionnaire.minutes) == ("self", 40)
    assert (team.questionnaire.sessions, team.questionnaire.context) == ((), ())
    assert team.digest != interview.digest
