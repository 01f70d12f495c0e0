"""The survey of a questionnaire: what is asked, with ids and codes in the texts."""

from __future__ import annotations

import shipped
import smallmodel

from custfocus_cli.render.survey import Condition, Option, Page, Question, Survey, view_survey

NO, HALF, YES = Option("no", "No"), Option("half", "Half"), Option("yes", "Yes")
DK, NA = Option("DK", "DK - Don't know"), Option("NA", "NA - Does not apply")
NEVER, DAILY = Option("never", "Never"), Option("daily", "Daily")


def ask(name: str, statement: str) -> tuple[Question, Question]:
    """A statement on the scale of degrees, and the question for the reason."""
    return (
        Question(name, f"[{name}] {statement}", "How far?", (NO, HALF, YES, DK, NA)),
        Question(
            f"{name}-REASON",
            f"[{name}-REASON] Why does this not apply?",
            "A few words are enough. Please name nobody.",
            condition=Condition(name, "NA"),
        ),
    )


def test_the_whole_survey() -> None:
    data = smallmodel.questionnaire_data() | {"description": "Four  questions\non the desk."}
    definition = smallmodel.definition(questionnaire=data)
    assert view_survey(definition, ("front-desk", "hr"), ("north",)) == Survey(
        "desk-4",
        "1.0.0",
        "en",
        "The desk in four questions",
        (
            ("Four questions on the desk.",),
            ("How far?", "No", "Half", "Yes", "DK Don't know", "NA Does not apply"),
            ("How often?", "Never", "Daily", "DK Don't know"),
        ),
        (
            Page(
                "About you",
                "",
                (
                    Question(
                        "role",
                        "[role] What is your role?",
                        "You may leave this open.",
                        (Option("front-desk", "Front desk"), Option("hr", "Hr")),
                    ),
                    Question(
                        "group",
                        "[group] Which group do you belong to?",
                        "You may leave this open.",
                        (Option("north", "North"),),
                    ),
                ),
            ),
            Page(
                "Greeting",
                "",
                (
                    *ask("g-1", "Guests are greeted."),
                    *ask("g-2", "Guests are greeted by name."),
                    Question("g-p", "[g-p] I feel welcome.", "How often?", (NEVER, DAILY, DK)),
                ),
            ),
            Page(
                "Waiting",
                "",
                (
                    *ask("w-1", "Waiting times are written down."),
                    *ask("w-2", "Guests know their waiting time."),
                    Question(
                        "w-place",
                        "[w-place] How long?",
                        options=(
                            Option("0", "0 - a"),
                            Option("1", "1 - b"),
                            Option("2", "2 - c"),
                            DK,
                        ),
                    ),
                ),
            ),
            Page(
                "Balance check",
                "",
                (
                    *ask("b-guard", "s"),
                    Question("b-sign", "[b-sign] t", "How often?", (NEVER, DAILY, DK)),
                ),
            ),
        ),
    )


def test_roles_are_those_of_the_questionnaire_unless_others_are_named() -> None:
    definition = shipped.read_definition("interview-72")
    (asked,) = view_survey(definition).pages[0].questions
    assert asked.options[:3] == (
        Option("top-management", "Top management"),
        Option("finance", "Finance"),
        Option("hr", "Human resources"),
    )
    (named,) = view_survey(definition, ("hr", "clerk")).pages[0].questions
    assert named.options == (Option("hr", "Human resources"), Option("clerk", "Clerk"))


def test_a_questionnaire_without_roles_asks_for_none() -> None:
    first = view_survey(smallmodel.definition()).pages[0]
    assert first.title == "Greeting"


def test_an_item_named_role_is_an_item() -> None:
    data = smallmodel.questionnaire_data()
    data["balance"][0]["id"] = "role"
    survey = view_survey(smallmodel.definition(questionnaire=data), ("hr",), ("north",))
    names = [question.name for page in survey.pages for question in page.questions]
    assert (names[0], names.count("role")) == ("group", 1)


def test_what_an_answer_may_not_be_is_not_explained() -> None:
    data = smallmodel.questionnaire_data()
    data["balance"] = []
    for block in data["items"].values():
        for cell in block.values():
            for item in cell if isinstance(cell, list) else ():
                item["allow_na"] = "false"
    survey = view_survey(smallmodel.definition(questionnaire=data))
    assert survey.welcome[0] == ("How far?", "No", "Half", "Yes", "DK Don't know")
    assert [q.name for page in survey.pages for q in page.questions if q.condition] == []


def test_nothing_of_free_words_or_of_evidence_is_asked() -> None:
    definition = shipped.read_definition("interview-72")
    asked = [question for page in view_survey(definition).pages for question in page.questions]
    assert [q.name for q in asked if not q.options and q.condition is None] == []
    assert {q.name for q in asked if q.options} == {"role", *definition.entries}
