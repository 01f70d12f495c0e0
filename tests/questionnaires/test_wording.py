"""How the shipped statements are written: one table of rules, each with sentences it must catch."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import pytest
from shipped import list_items, read_definition, read_model, read_questionnaire

Rule = Callable[[str], list[str]]


def split_words(text: str) -> list[str]:
    """The words of a text; a hyphenated one is one word."""
    return re.findall(r"[^\W_]+(?:['-][^\W_]+)*", text.lower())


def hold_none_of(*listed: str) -> Rule:
    """A rule that finds each word of a text that is listed, as `word` or as the start `word*`."""
    pattern = re.compile("|".join(re.escape(each).replace(r"\*", r".*") for each in listed))
    return lambda text: [word for word in split_words(text) if pattern.fullmatch(word)]


def find_negations(text: str) -> list[str]:
    return [word for word in split_words(text) if word.endswith("n't")] + hold_none_of(
        *("not", "no", "never", "none", "nobody", "nothing", "nowhere", "neither", "nor"),
        *("cannot", "without", "unless", "only", "hardly", "avoid*", "lack*", "prevent*"),
        *("fail", "fails", "failed", "failing", "refuse*"),
    )(text)


RULES: dict[str, tuple[Rule, tuple[str, ...]]] = {
    "one observation": (
        lambda text: (
            hold_none_of("and", "or", "but", "nor", "both", "either")(text)
            + re.findall(r"as well as|[;/&]|\. \w", text)
        ),
        (
            "Staff know the vision and use it daily.",
            "Complaints are logged or answered in a week.",
            "Managers as well as supervisors meet customers.",
            "Staff log complaints; managers read them.",
            "Staff log complaints. Managers read them.",
        ),
    ),
    "no negation": (
        find_negations,
        (
            "Staff do not wait for help.",
            "Requests are settled without a second contact.",
            "Only trained staff serve customers.",
            "Managers avoid changes that cost time.",
            "Customers don't wait for an answer.",
            "The back office lacks a list.",
        ),
    ),
    "present tense, as it is": (
        hold_none_of(
            *("should", "must", "will", "shall", "would", "could", "ought"),
            *("was", "were", "had", "did"),
        ),
        (
            "Staff should know the vision.",
            "Managers will meet customers each quarter.",
            "Complaints were logged last year.",
        ),
    ),
    "nothing that judges": (
        hold_none_of(
            *(
                "proper",
                "properly",
                "clear*",
                "effective*",
                "efficient*",
                "excellent*",
                "always",
                "adequate*",
            ),
            *("sufficient*", "successful*", "appropriate*", "regular*", "consistent*", "active*"),
            *("great", "better", "best", "well", "quickly", "fully", "truly", "really", "very"),
        ),
        (
            "Complaints are handled properly.",
            "Staff always greet customers.",
            "Managers give excellent examples.",
        ),
    ),
    "6 to 14 words": (
        lambda text: [] if 6 <= len(split_words(text)) <= 14 else [str(len(split_words(text)))],
        (
            "Staff know the vision.",
            "Staff in each of the three depots of the firm know the list of all tools.",
        ),
    ),
    "a sentence": (
        lambda text: [] if re.fullmatch(r"[A-Z][^?!]*[^.]\.", text) else [text],
        ("staff know the vision of the firm.", "Do staff know the vision of the firm?", "No stop"),
    ),
}
BALANCE_RULES = {name: rule for name, rule in RULES.items() if name != "6 to 14 words"}
# What staff say of their own work may judge it, and the shortest has five words.
STAFF_RULES = {n: rule for n, rule in BALANCE_RULES.items() if n != "nothing that judges"}


def find_breaches(statements: Iterable[tuple[str, str]], rule: Rule) -> list[str]:
    return [f"{name}: {found}" for name, text in statements if (found := rule(text))]


def list_statements(questionnaire: str) -> list[tuple[str, str]]:
    return [(each.id, each.statement) for each in list_items(read_definition(questionnaire))]


@pytest.mark.parametrize("name", RULES)
@pytest.mark.parametrize("questionnaire", ["interview-72", "team-36"])
def test_every_statement_keeps_the_rule(questionnaire: str, name: str) -> None:
    assert find_breaches(list_statements(questionnaire), RULES[name][0]) == []


@pytest.mark.parametrize("name", BALANCE_RULES)
def test_every_readiness_item_keeps_the_rule(name: str) -> None:
    statements = list_statements("iso9001-readiness")
    assert len(statements) == 30
    assert find_breaches(statements, RULES[name][0]) == []


@pytest.mark.parametrize("name", STAFF_RULES)
def test_every_statement_for_staff_keeps_the_rule(name: str) -> None:
    statements = list_statements("staff-24")
    assert len(statements) == 24
    assert find_breaches(statements, RULES[name][0]) == []


@pytest.mark.parametrize("questionnaire", ["staff-24", "iso9001-readiness"])
def test_the_others_are_short_as_well(questionnaire: str) -> None:
    words = [len(split_words(text)) for _, text in list_statements(questionnaire)]
    assert 5 <= min(words) <= max(words) <= 14


@pytest.mark.parametrize("name", BALANCE_RULES)
def test_every_balance_item_keeps_the_rule(name: str) -> None:
    balance = [(each.id, each.statement) for each in read_questionnaire("interview-72").balance]
    assert len(balance) == 12
    assert find_breaches(balance, RULES[name][0]) == []


@pytest.mark.parametrize(
    ("name", "planted"), [(name, text) for name, (_, planted) in RULES.items() for text in planted]
)
def test_a_planted_statement_is_caught(name: str, planted: str) -> None:
    statements = [*list_statements("interview-72"), ("xx-1a", planted)]
    assert [line.split(":")[0] for line in find_breaches(statements, RULES[name][0])] == ["xx-1a"]


def test_balance_items_have_at_most_18_words() -> None:
    balance = read_questionnaire("interview-72").balance
    assert max(len(split_words(each.statement)) for each in balance) <= 18


def test_good_is_only_in_the_name_good_service() -> None:
    good = {name: text for name, text in list_statements("interview-72") if "good" in text}
    assert set(good) == {"re-1a", "re-1b"}
    assert all("good service" in text for text in good.values())


def count_syllables(word: str) -> int:
    """A rough count: groups of vowels, without a silent e at the end."""
    groups = len(re.findall(r"[aeiouy]+", re.sub(r"(?<![aeiouyl])e(?:d|s)?$", "", word)))
    return max(groups, 1)


def grade_reading(texts: Iterable[str]) -> float:
    """The school grade of Flesch and Kincaid, each text being one sentence."""
    sentences = [[part for word in split_words(text) for part in word.split("-")] for text in texts]
    words = [word for sentence in sentences for word in sentence]
    per_sentence = len(words) / len(sentences)
    per_word = sum(map(count_syllables, words)) / len(words)
    return 0.39 * per_sentence + 11.8 * per_word - 15.59


def test_statements_are_short_and_plain_on_average() -> None:
    statements = [text for _, text in list_statements("interview-72")]
    assert 10 <= sum(len(split_words(text)) for text in statements) / len(statements) <= 11
    assert grade_reading(statements) < 9


def test_the_grade_tells_plain_from_learned() -> None:
    # 6 words of one syllable: 0.39 x 6 + 11.8 x 1 - 15.59 = -1.45.
    assert round(grade_reading(["The cat sat on the mat."]), 2) == -1.45
    assert grade_reading(["Organisational accountability necessitates recalibration."]) > 20


def find_long_sentences(texts: Iterable[str], most: int) -> list[str]:
    sentences = (part for text in texts for part in re.split(r"(?<=[.?!])\s+", text))
    return [sentence for sentence in sentences if len(split_words(sentence)) > most]


def list_prose() -> list[str]:
    """What the model and the questionnaires say in running text."""
    model = read_model()
    texts = [model.stage_zero.description]
    texts += [text for stage in model.stages for text in (stage.description, stage.caution or "")]
    texts += [area.description for area in model.areas]
    for each in model.characteristics:
        texts += [each.description, *each.stages.values()]
    for scale in model.scales.values():
        texts += [option.meaning for option in scale.options]
    texts += [text for each in model.targets for text in (each.description, each.caution or "")]
    texts += [theme.risk for theme in model.themes]
    texts += [effect.text for theme in model.themes for effect in theme.effects]
    texts += [term.meaning for term in model.glossary] + list(model.benefits)
    clauses = read_model("iso9001-clauses")
    texts += [term.meaning for term in clauses.glossary]
    texts += [each.description for each in clauses.characteristics]
    texts += [each.description for each in clauses.areas]
    for name in ("interview-72", "team-36", "pulse-12", "staff-24", "balance-12"):
        texts.append(read_questionnaire(name).description or "")
    for name in ("pulse-12", "staff-24", "iso9001-readiness"):
        texts.append(read_questionnaire(name).caution or "")
    return texts


def test_no_sentence_of_the_shipped_words_is_long() -> None:
    assert find_long_sentences(list_prose(), 28) == []


def test_a_planted_long_sentence_is_caught() -> None:
    planted = "word " * 28 + "end."
    assert find_long_sentences([f"Short one. {planted}"], 28) == [planted]
