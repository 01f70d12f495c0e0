from __future__ import annotations

import pytest

from custfocus_cli.wording.notices import SENTENCES, notice

CONTRACT = {
    *("digest-differs", "unknown-items", "outside-answers", "narrowed-scope", "stage-untested"),
    *("thin-base", "no-context", "business-case", "many-changes", "weight-zero", "adaptive"),
    *("old-questionnaire-not-found", "mixed-mode"),
}


def test_every_notice_of_the_contract_has_a_sentence() -> None:
    assert set(SENTENCES) >= CONTRACT


@pytest.mark.parametrize("name", SENTENCES)
@pytest.mark.parametrize("number", [1, 2, 30])
def test_every_notice_reads_as_sentences(name: str, number: int) -> None:
    said = notice(name, [f"x-{n}" for n in range(number)], number)
    assert said[0].isupper() or said[0].isdigit()
    assert said.endswith(".")
    assert "{" not in said


@pytest.mark.parametrize(
    ("name", "about", "number", "said"),
    [
        ("many-changes", [], 12, "Twelve next steps are open at once."),
        ("unknown-items", ["x"], None, "One item of the file is not in this questionnaire"),
        ("unknown-items", ["x", "y"], None, "Two items of the file are not in this"),
        ("outside-answers", [], 1, "One answer is left out: this questionnaire does not ask for"),
        ("thin-base", ["Voice"], None, "At some stage only one item is left"),
        ("business-case", ["A", "B"], None, "The target asks for a stage that needs a business"),
        ("weight-zero", ["a", "b"], None, "Two items are asked for information only and do not"),
    ],
)
def test_notices_count(name: str, about: list[str], number: int | None, said: str) -> None:
    assert notice(name, about, number).startswith(said)


def test_a_long_list_is_cut_and_the_count_stays_whole() -> None:
    said = notice("weight-zero", [f"x-{n}" for n in range(20)])
    assert said.startswith("20 items are")
    assert said.endswith("x-11 and eight more.")
