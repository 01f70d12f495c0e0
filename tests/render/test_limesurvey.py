"""LimeSurvey: the file line by line, and the rules of its importer on every questionnaire.

The rules, as its importer has them: the first 1,000 bytes decide the encoding; codes of questions
are letters and digits that begin with a letter, at most 20, no reserved word and no two alike;
codes of answers are letters and digits, at most 5, no two alike; a condition names codes there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import smallmodel
from render.surveys import view_everything
from servers import read_limesurvey

from custfocus_cli.render.limesurvey import write_survey
from custfocus_cli.render.survey import view_survey

SURVEYS = view_everything()

HEADER = (
    "class\ttype/scale\tname\trelevance\ttext\thelp\tlanguage\tvalidation\tmandatory"
    "\tother\tdefault\tsame_default"
)
RESERVED = {"lang", "sid", "savedid", "token", "qid", "gid", "sgq", "self", "that", "this"}
KINDS = {"S": {""}, "SL": {""}, "G": None, "Q": {"L", "T"}, "A": {"0"}}


def find_faults(text: str) -> Iterator[str]:
    """Everything in a file that its importer, or a spreadsheet, would make something else of."""
    data = text.encode()
    if not data.startswith(b"\xef\xbb\xbf"):
        yield "no byte order mark"
    if not data[3:1003].isascii():
        yield "the sample is not ASCII"
    header, *lines = text.removeprefix("\ufeff").split("\n")
    if header != HEADER or lines.pop() != "":
        yield "no such header, or no end"
    questions: dict[str, set[str]] = {}
    for line in lines:
        cells = line.split("\t")
        if len(cells) != 12 or any(re.match("[=+@\"'-]", cell) for cell in cells):
            yield f"a cell that is none: {line}"
        if re.search('["\x00-\x08\x0b-\x1f]|[{}]|<(?!/?p>|br>)', line):
            yield f"a text that acts: {line}"
        kind, scale, name, relevance, *_ = cells
        if kind not in KINDS or scale not in (KINDS[kind] or {scale}):
            yield f"no such line: {line}"
        if kind == "Q":
            if not re.fullmatch("[A-Za-z][A-Za-z0-9]{0,19}", name) or name.lower() in RESERVED:
                yield f"no code of a question: {name}"
            if name.lower() in {each.lower() for each in questions}:
                yield f"twice: {name}"
            if relevance != "1":
                found = re.fullmatch(r"(\w+)\.NAOK == '(\w+)'", relevance)
                if not found or found[2] not in questions.get(found[1], ()):
                    yield f"no condition: {relevance}"
            questions[name] = set()
        elif kind == "A":
            answers = questions[list(questions)[-1]]
            if not re.fullmatch("[A-Za-z0-9]{1,5}", name) or name in answers:
                yield f"no code of an answer: {name}"
            answers.add(name)


@pytest.mark.parametrize("name", SURVEYS)
def test_the_importer_takes_it(name: str) -> None:
    assert list(find_faults(write_survey(SURVEYS[name]))) == []


@pytest.mark.parametrize("name", SURVEYS)
def test_every_text_is_in_it(name: str) -> None:
    columns = read_limesurvey(write_survey(SURVEYS[name]))
    asked = [question for page in SURVEYS[name].pages for question in page.questions]
    assert [(c.text, [*c.options.values()]) for c in columns] == [
        (question.text, [option.text for option in question.options]) for question in asked
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\ufeff", ""),
        ("anonymized", "anonymisé"),
        ("sv1a\t", "sv-1a\t"),
        ("sv1a\t", "SV1b\t"),
        ("sv1a\t", "Token\t"),
        ("sv1a\t", "a23456789012345678901\t"),
        ("\tDK\t", "\tunknown\t"),
        ("\tDK\t", "\tN\t"),
        ("== 'NA'", "== 'Na'"),
        ("\tFinance", "\t=1+1"),
        ("\tFinance", "\t{SID}"),
        ("\tFinance", "\t<b>Finance</b>"),
        ("\tFinance", "\tFin\tance"),
    ],
)
def test_a_planted_fault_is_found(old: str, new: str) -> None:
    text = write_survey(SURVEYS["interview-72"])
    assert old in text
    assert list(find_faults(text.replace(old, new, 1))) != []


def test_the_whole_file() -> None:
    data = smallmodel.questionnaire_data()
    del data["items"]["waiting"], data["balance"], data["items"]["greeting"]["good"]
    data["title"] = "Café {SID}"
    definition = smallmodel.definition(questionnaire=data)
    settings = {
        **{"language": "en", "format": "G", "anonymized": "Y", "datestamp": "N", "ipaddr": "N"},
        **{"refurl": "N", "savetimings": "N", "usecookie": "N", "allowprev": "Y"},
        **{"showwelcome": "Y", "showprogress": "Y", "showgroupinfo": "B"},
    }
    welcome = (
        "<p>How far?<br>No<br>Half<br>Yes<br>DK Don&#x27;t know<br>NA Does not apply</p>"
        "<p>How often?<br>Never<br>Daily<br>DK Don&#x27;t know</p>"
    )
    lines = [
        HEADER,
        *(f"S\t\t{name}\t\t{value}\t\ten" for name, value in settings.items()),
        "SL\t\tsurveyls_title\t\tCaf&#233; &#123;SID&#125;\t\ten",
        f"SL\t\tsurveyls_welcometext\t\t{welcome}\t\ten",
        "G\t1\tAbout you\t1\t\t\ten",
        "Q\tL\tgroup\t1\t[group] Which group do you belong to?\tYou may leave this open.\ten"
        "\t\tN\tN",
        "A\t0\tx1\t\tHead office\t\ten",
        "G\t2\tGreeting\t1\t\t\ten",
        "Q\tL\tg1\t1\t[g-1] Guests are greeted.\tHow far?\ten\t\tN\tN",
        "A\t0\tno\t\tNo\t\ten",
        "A\t0\thalf\t\tHalf\t\ten",
        "A\t0\tyes\t\tYes\t\ten",
        "A\t0\tDK\t\tDK - Don&#x27;t know\t\ten",
        "A\t0\tNA\t\tNA - Does not apply\t\ten",
        "Q\tT\tg1REASON\tg1.NAOK == 'NA'\t[g-1-REASON] Why does this not apply?"
        "\tA few words are enough. Please name nobody.\ten\t\tY\tN",
        "Q\tL\tgp\t1\t[g-p] I feel welcome.\tHow often?\ten\t\tN\tN",
        "A\t0\tnever\t\tNever\t\ten",
        "A\t0\tdaily\t\tDaily\t\ten",
        "A\t0\tDK\t\tDK - Don&#x27;t know\t\ten",
    ]
    written = write_survey(view_survey(definition, groups=("head-office",)))
    assert written.removeprefix("\ufeff").splitlines() == [
        line + "\t" * (11 - line.count("\t")) for line in lines
    ]


def test_numbers_take_the_place_of_ids_and_codes_that_do_not_fit() -> None:
    columns = read_limesurvey(write_survey(SURVEYS["awkward"]))
    # 4.2 and 42 would be one code and begin with a digit, as their reasons do; the third id is too
    # long; q1 and q-1 would be one code; token is a column of LimeSurvey's own.
    ids = ["4.2", "42", f"p{'-long' * 9}", "q1", "q-1"]
    expected = dict(
        zip((f"{id}{end}" for id in ids for end in ("", "-REASON")), range(2, 12), strict=True)
    )
    assert {column.id: column.name for column in columns} == {
        **{id: f"q{number}" for id, number in expected.items()},
        **{"token": "q12", "b-guard": "bguard", "b-guard-REASON": "bguardREASON"},
        **{"b-sign": "bsign", "b-sign-REASON": "bsignREASON"},
    }
    # Not-at-all has more than five letters.
    assert list(columns[0].options) == ["no", "half", "yes", "DK", "x1"]
    assert list(columns[10].options) == ["0", "1", "2", "DK"]
