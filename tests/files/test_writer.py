"""Writing is canonical: one text for each document, which every YAML version reads the same."""

from __future__ import annotations

import datetime
import re
from fractions import Fraction

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from shipped import SAMPLES, read_sample

from custfocus_cli.documents.assessment import Answer, Assessment, Figures, Respondent, TargetStages
from custfocus_cli.documents.fields import CODE_PATTERN
from custfocus_cli.documents.kinds import Document
from custfocus_cli.documents.model import Gate
from custfocus_cli.documents.policy import Policy
from custfocus_cli.documents.questionnaire import Questionnaire
from custfocus_cli.files.reader import read
from custfocus_cli.files.text import UNSAFE
from custfocus_cli.files.writer import to_yaml, write

WORDS = ["yes", "No", "N", "y", "null", "~", "1_000", "1:30", "0o7", "2026-11-12", ".inf"]
MARKS = ["<<", "=", "!a", "&a", "*a", "%a", "@a", "`a", "---", "...", "- a", "a: b", "a #b", "a:"]
TEXTS = st.one_of(
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=30).filter(
        lambda text: not UNSAFE.search(text)
    ),
    st.sampled_from([*WORDS, *MARKS, " a ", "\n", "\r\n", "\t"]),
)
FULL = TEXTS.filter(str.strip)  # a blank text in a file is an absent one
IDS = st.from_regex(r"[a-z0-9][a-z0-9._-]{0,9}", fullmatch=True)
WHOLES = st.integers(0, 999_999_999)
DECIMALS = st.integers(0, 10**12).map(lambda n: Fraction(n, 10**6))
DATES = st.dates(datetime.date(1, 1, 1))


def _some(**fields: st.SearchStrategy[object]) -> st.SearchStrategy[dict[str, object]]:
    """Any choice among optional keys."""
    return st.fixed_dictionaries({}, optional=fields)


ANSWERS = st.builds(
    lambda code, rest: Answer(answer=code, **rest),
    st.from_regex(CODE_PATTERN, fullmatch=True) | FULL,
    _some(evidence=WHOLES, note=FULL, reason=FULL, by=FULL, on=DATES, agreed=st.booleans()),
)
ASSESSMENTS = st.builds(
    lambda reference, organisation, date, rest: Assessment.model_validate(
        {"questionnaire": reference, "organisation": organisation, "date": date, **rest}
    ),
    st.builds(dict, id=IDS) | st.builds(dict, path=FULL),
    FULL,
    DATES,
    _some(
        scope=FULL,
        about=FULL,
        mode=st.sampled_from(["interview", "self", "survey"]),
        adaptive=st.booleans(),
        respondent=_some(id=IDS, role=IDS, group=IDS).map(lambda keys: Respondent(**keys)),
        target=IDS
        | st.builds(
            TargetStages, default=WHOLES, characteristics=st.dictionaries(IDS, WHOLES, max_size=2)
        ),
        answers=st.dictionaries(IDS, ANSWERS, max_size=4),
        context=st.dictionaries(IDS, FULL, max_size=3),
        figures=_some(
            programme_cost=DECIMALS, programme_benefit=DECIMALS, currency=FULL, source=FULL
        ).map(lambda keys: Figures(**keys)),
    ),
)


def _reread(document: Document) -> Document:
    reading = read("written.yaml", to_yaml(document).encode())
    assert reading.problems == ()
    assert reading.document is not None
    return reading.document


@given(ASSESSMENTS)
@settings(max_examples=150, deadline=None)
def test_an_assessment_survives_writing_and_reading(assessment: Assessment) -> None:
    again = _reread(assessment)
    assert again == assessment
    assert to_yaml(again) == to_yaml(assessment)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_survives_writing_and_reading(name: str) -> None:
    assert _reread(read_sample(name)) == read_sample(name)


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_text_is_text_for_every_reader_of_yaml(text: str) -> None:
    written = write({text: [text, {"key": text}]})
    assert yaml.safe_load(written) == {text: [text, {"key": text}]}
    assert yaml.load(written, yaml.CSafeLoader) == {text: [text, {"key": text}]}
    plain = re.search(r"^  - key: (.*)$", written, re.MULTILINE)
    assert plain is not None
    assert not _means_something_in_yaml_1_2(plain[1])


def _means_something_in_yaml_1_2(plain: str) -> bool:
    """Whether the core schema of YAML 1.2 (10.3.2) resolves a plain scalar to another type."""
    return bool(
        re.fullmatch(
            r"null|Null|NULL|~||true|True|TRUE|false|False|FALSE|[-+]?[0-9]+|0o[0-7]+"
            r"|0x[0-9a-fA-F]+|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"
            r"|[-+]?(\.inf|\.Inf|\.INF)|\.nan|\.NaN|\.NAN",
            plain,
        )
    )


def test_the_yaml_1_2_check_knows_its_scalars() -> None:
    for plain in ("true", "0o17", "1e3", ".5", "~", ""):
        assert _means_something_in_yaml_1_2(plain)
    assert not _means_something_in_yaml_1_2("text")


def test_a_whole_assessment_as_it_is_written() -> None:
    assessment = Assessment.model_validate(
        {
            "date": "2026-11-12",
            "questionnaire": {"version": "1.0.0", "id": "interview-72"},
            "organisation": "No",
            "mode": "interview",
            "adaptive": "false",
            "respondent": {"role": "hr", "id": "r07"},
            "target": {"default": "2", "characteristics": {"service-recovery": "3"}},
            "answers": {
                "sv-1a": {"answer": "F", "evidence": "2", "note": "Seen: on the intranet."},
                "sv-1b": "N",
                "sr-3b": {"answer": "NA", "reason": 'Two\nlines, "quoted".', "on": "2026-11-10"},
            },
            "context": {"cx-customers": "web shops; households"},
            "figures": {"programme_cost": "310000.50", "currency": "EUR"},
        }
    )
    assert to_yaml(assessment) == (
        "format: custfocus/assessment/1\n"
        "questionnaire:\n"
        "  id: interview-72\n"
        '  version: "1.0.0"\n'
        'organisation: "No"\n'
        "date: 2026-11-12\n"
        "mode: interview\n"
        "adaptive: false\n"
        "respondent:\n"
        "  id: r07\n"
        "  role: hr\n"
        "target:\n"
        "  default: 2\n"
        "  characteristics:\n"
        "    service-recovery: 3\n"
        "answers:\n"
        "  sv-1a:\n"
        "    answer: F\n"
        "    evidence: 2\n"
        '    note: "Seen: on the intranet."\n'
        "  sv-1b:\n"
        '    answer: "N"\n'
        "  sr-3b:\n"
        "    answer: NA\n"
        '    reason: "Two\\nlines, \\"quoted\\"."\n'
        '    "on": 2026-11-10\n'
        "context:\n"
        "  cx-customers: web shops; households\n"
        "figures:\n"
        "  programme_cost: 310000.5\n"
        "  currency: EUR\n"
    )


def test_a_policy_and_a_gate_of_none_are_written_under_their_names() -> None:
    policy = Policy.model_validate({"rules": {"max-age-days": {"days": "400"}, "min-stage": {}}})
    assert to_yaml(policy) == (
        "format: custfocus/policy/1\nrules:\n  min-stage: {}\n  max-age-days:\n    days: 400\n"
    )
    assert write({"gate": Gate.model_validate("none")}) == "gate: none\n"
    assert write({"gate": Gate(every="L")}) == "gate:\n  every: L\n"


def test_an_emptied_block_stays_empty() -> None:
    questionnaire = Questionnaire.model_validate(
        {"id": "q", "version": "1", "based_on": "interview-72", "balance": [], "override": {}}
    )
    assert to_yaml(questionnaire) == (
        'format: custfocus/questionnaire/1\nid: q\nversion: "1"\nbased_on: interview-72\n'
        "override: {}\nbalance: []\n"
    )
    assert _reread(questionnaire) == questionnaire


def test_a_value_that_no_file_may_hold_is_not_written() -> None:
    assert write({"note": "a\x1b[31mb\ud800"}) == "note: a\ufffd[31mb\ufffd\n"


def test_long_lines_are_not_folded() -> None:
    text = "word " * 500 + "end"
    assert write({"note": text}) == f"note: {text}\n"


def test_lists_in_lists_and_mappings_in_lists_are_blocks() -> None:
    tree = {"a": [["b", ["c"]], {"id": "d", "e": [], "f": {}}, []]}
    assert write(tree) == "a:\n  - - b\n    - - c\n  - id: d\n    e: []\n    f: {}\n  - []\n"
    assert yaml.safe_load(write(tree)) == tree


def test_what_has_no_yaml_is_refused() -> None:
    with pytest.raises(TypeError, match="no YAML for float"):
        write({"a": 0.5})
