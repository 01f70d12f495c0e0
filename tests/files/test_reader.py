"""Whatever the bytes are, reading answers with a document or located problems."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from files.corpus import EXAMPLES, outline
from hypothesis import given, settings
from hypothesis import strategies as st

from custfocus_cli.documents.assessment import Assessment
from custfocus_cli.documents.fields import Finding
from custfocus_cli.errors import Problem
from custfocus_cli.files.catalogue import Catalogue
from custfocus_cli.files.reader import ordered, read

HEAD = (
    "format: custfocus/assessment/1\nquestionnaire: {id: desk}\norganisation: O\ndate: 2026-03-01\n"
)
SEEDS = [
    (EXAMPLES / "valid" / name).read_bytes()
    for name in ("answers.yaml", "answers.json", "desk.yaml", "desk-model.yaml", "policy.yaml")
]


def _read(text: str, name: str = "a.yaml") -> list[str]:
    """The problems of a text without the file's name."""
    return [str(each).removeprefix(f"{name}:") for each in read(name, text.encode()).problems]


@given(
    st.binary(max_size=200)
    | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass"))
)
@settings(max_examples=300, deadline=None)
def test_any_bytes_give_a_document_or_problems(data: bytes) -> None:
    for name in ("a.yaml", "a.json", "-"):
        reading = read(name, data)
        assert reading.document is not None or reading.problems
        assert Catalogue().check(reading) or reading.document is not None
        assert all(str(each) for each in reading.problems)


@given(st.sampled_from(SEEDS), st.randoms(use_true_random=False))
@settings(max_examples=400, deadline=None)
def test_any_damage_to_a_good_file_gives_problems_or_a_document(
    seed: bytes, chance: random.Random
) -> None:
    pieces = seed.splitlines(keepends=True)
    for _ in range(chance.randint(1, 3)):
        n = chance.randrange(len(pieces))
        line = pieces[n]
        cut = chance.randrange(len(line) + 1)
        pieces[n] = chance.choice(
            [
                b"",
                line + line,
                line[:cut],
                line[:cut] + chance.choice(list(b":-,[]{}\"'&*!x 0")).to_bytes() + line[cut:],
                b"  " + line,
            ]
        )
    name = "a.json" if seed.startswith(b"{") else "a.yaml"
    reading = read(name, b"".join(pieces))
    Catalogue().check(reading)
    assert reading.document is not None or reading.problems


def test_text_stays_what_was_typed() -> None:
    document = read("s.yaml", (EXAMPLES / "valid" / "surprises.yaml").read_bytes()).document
    assert isinstance(document, Assessment)
    assert document.organisation == "No"
    assert document.scope == "1:30"
    assert document.about == "2026-02-30"
    assert document.mode is None
    assert document.respondent is not None
    assert (document.respondent.id, document.respondent.role) == ("010", "on")
    assert document.answers["g-1"].answer == "yes"
    assert document.answers["g-1"].evidence == 1
    assert document.answers["g-1"].note == "off"
    assert document.answers["g-2"].answer == "no"
    assert document.context == {"cx-who": "1_000"}


def test_decimals_are_exact() -> None:
    document = read("a.yaml", f"{HEAD}figures: {{programme_cost: 0.66}}\n".encode()).document
    assert isinstance(document, Assessment)
    assert document.figures is not None
    assert document.figures.programme_cost == Fraction(66, 100)


def test_yaml_and_json_give_the_same_document() -> None:
    yaml = read("a.yaml", f"{HEAD}answers: {{g-1: yes, w-place: 1}}\n".encode())
    json = read(
        "a.json",
        b'{"format": "custfocus/assessment/1", "questionnaire": {"id": "desk"}, "organisation": '
        b'"O", "date": "2026-03-01", "answers": {"g-1": {"answer": "yes"}, "w-place": 1}}',
    )
    assert yaml.document == json.document
    assert (yaml.kind, json.kind) == ("assessment", "assessment")


LONG = '"' + "very long\\n" * 1_500 + '"'
LONG_KEY = '"' + "very long\\n" * 9 + '"'


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (LONG_KEY, "x"),
        ("respondent", f"{{{LONG_KEY}: x}}"),
        ("respondent", f"{{{LONG_KEY}: x, {LONG_KEY}: y}}"),
        ("respondent", f"{{id: {LONG}}}"),
        ("answers", f"{{g-1: {LONG}}}"),
        ("answers", f"{{{LONG_KEY}: x}}"),
        ("date", LONG),
        ("mode", LONG),
        ("target", LONG),
        ("figures", f"{{programme_cost: {LONG}}}"),
        ("questionnaire", f"{{path: {LONG}}}"),
        ("questionnaire", f'{{path: {LONG[:-1]}.yaml"}}'),
        ("format", LONG),
        ("about", f"&{'x' * 5_000} y"),
        ("about", f"*{'x' * 5_000}"),
    ],
)
def test_a_problem_is_short_whatever_the_value(key: str, value: str) -> None:
    desk = {"format": "custfocus/assessment/1", "organisation": "O", "date": "2026-03-01"}
    desk["questionnaire"] = f"{{path: {EXAMPLES / 'valid' / 'desk.yaml'}}}"
    text = "".join(f"{key}: {value}\n" for key, value in {**desk, key: value}.items())
    problems = Catalogue().check(read("a.yaml", text.encode()))
    assert problems
    for each in problems:
        assert len(each.message.splitlines()) == 1
        assert len(each.message) < 300


def test_the_first_twenty_unknown_keys_get_a_hint() -> None:
    keys = "".join(f"scope{n}: x\n" for n in range(25))
    problems = _read(HEAD + keys)
    assert problems[0] == "5:1: unknown-key: no key 'scope0' is known here; did you mean 'scope'?"
    assert [each.endswith("did you mean 'scope'?") for each in problems] == [True] * 20 + [
        False
    ] * 5


def test_an_unknown_key_like_no_other_lists_the_known_ones() -> None:
    assert _read(f"{HEAD}respondent: {{who: x}}\n") == [
        "5:14: unknown-key: no key 'who' is known here; known are id, role, group"
    ]


def test_a_key_without_a_value_is_absent_and_has_to_be_a_known_one() -> None:
    text = HEAD.replace("organisation: O", "organisation:\nabout:\nscpoe:")
    assert _read(text) == [
        "3:14: missing-key: the key organisation has no value",
        "5:1: unknown-key: no key 'scpoe' is known here; did you mean 'scope'?",
    ]
    as_json = (
        '{"format": "custfocus/assessment/1", "questionnaire": {"id": "desk"}, "about": null, '
        '"organisation": "", "scpoe": null, "date": "2026-03-01"}'
    )
    assert _read(as_json, "a.json") == [
        "/organisation: missing-key: the key organisation has no value",
        "/scpoe: unknown-key: no key 'scpoe' is known here; did you mean 'scope'?",
    ]


def test_a_key_with_a_value_of_the_wrong_keys_is_not_said_to_have_none() -> None:
    assert _read(HEAD.replace("{id: desk}", '{version: "1"}')) == [
        "2:1: missing-key: expected the key id or path"
    ]
    path = EXAMPLES / "invalid" / "missing-key-gate-stage.yaml"
    (problem,) = Catalogue().check(read(str(path), path.read_bytes()))
    assert problem.message == "the minimums of stage 'good' are missing"


def test_the_first_twenty_unknown_keys_without_a_value_get_a_hint_too() -> None:
    problems = _read(HEAD + "".join(f"scope{n:02}:\n" for n in range(25)))
    assert [each.endswith("did you mean 'scope'?") for each in problems] == [True] * 20 + [
        False
    ] * 5


@pytest.mark.parametrize("name", ["a.yaml", "a.json"])
@pytest.mark.parametrize("data", [b"", b"\n", b"\xef\xbb\xbf"])
def test_an_empty_file_lacks_its_format(name: str, data: bytes) -> None:
    assert [each.rule for each in read(name, data).problems] == ["missing-key"]


def test_json_is_told_by_name_or_first_character() -> None:
    assert outline(read("a.JSON", b"a: b").problems) == [("json-syntax", "1")]
    assert outline(read("-", b"\xef\xbb\xbf \n{a: b}").problems) == [("json-syntax", "2")]
    assert outline(read("-", b"a: [b\nc: d").problems) == [("yaml-syntax", "1")]


def test_pointers_are_escaped() -> None:
    problems = read("a.json", b'{"format": "custfocus/policy/1", "rules": {"a/b~c": 1}}').problems
    assert [each.pointer for each in problems] == ["/rules/a~1b~0c"]


def test_findings_get_the_line_of_their_key_or_value() -> None:
    reading = read("a.yaml", f"{HEAD}answers:\n  g-1:\n    answer: yes\n  g-2: no\n".encode())
    findings = [
        Finding(("answers", "g-1", "answer"), "unknown-answer", "m"),
        Finding(("answers", "g-1"), "reason-missing", "m"),
        Finding(("answers", "g-2"), "unknown-id", "no item 'g-2'"),
        Finding(("answers", "g-2"), "unknown-answer", "m"),
        Finding(("target", "default"), "out-of-range", "m"),
    ]
    assert [(each.line, each.column) for each in reading.judge(findings)] == [
        (7, 13),
        (6, 3),
        (8, 3),
        (8, 8),
        (1, 1),
    ]
    assert reading.line(("answers", "g-2")) == 8


def test_a_thousand_findings_are_enough() -> None:
    reading = read("a.yaml", HEAD.encode())
    finding = Finding((), "unknown-id", "m")
    assert len(reading.judge(finding for _ in range(5_000))) == 1_000


def test_positions_in_lists_count_what_was_cut() -> None:
    text = (
        'format: custfocus/questionnaire/1\nid: q\nversion: "1"\ntitle: T\nmodel: customer-focus\n'
        "context:\n  - {id: A, question: q}\n  - {id: b, question: q}\n  - [c]\n"
        "  - {id: b, question: q}\n"
        "items: {service-vision: {quality-service: [{id: i, statement: s}]}}\n"
    )
    reading = read("q.yaml", text.encode())
    assert outline(reading.problems) == [("bad-id", "7"), ("wrong-type", "9")]
    assert outline(Catalogue().check(reading)) == [
        ("bad-id", "7"),
        ("wrong-type", "9"),
        ("duplicate-id", "10"),
    ]


def test_problems_are_ordered_by_place_and_stand_once() -> None:
    one = Problem("a", 2, 1, "r", "m")
    two = Problem("a", 10, 1, "r", "m")
    three = Problem("b", 1, 1, "r", "m")
    assert ordered([three, two, one, two]) == (one, two, three)
