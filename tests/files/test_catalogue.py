"""Questionnaires and models are found by id or beside what names them, each read once."""

from __future__ import annotations

from pathlib import Path

import pytest
from files.corpus import EXAMPLES, outline
from shipped import FOLDER, read_definition

from custfocus_cli.documents.questionnaire import Questionnaire
from custfocus_cli.errors import BadInput, CustfocusError, Problem
from custfocus_cli.files import places
from custfocus_cli.files.catalogue import Catalogue, shipped_files
from custfocus_cli.files.reader import read

VALID = EXAMPLES / "valid"
ASSESSMENT = """format: custfocus/assessment/1
questionnaire: {path: desk.yaml}
organisation: Village hall
date: 2026-03-01
"""


def _check(text: str, path: str = "a.yaml") -> list[str]:
    return [str(each) for each in Catalogue().check(read(path, text.encode()))]


def test_what_is_shipped_goes_by_the_names_of_its_files() -> None:
    files = sorted(path.stem for path in FOLDER.glob("*.yaml"))
    assert list(shipped_files()) == files
    for name, file in shipped_files().items():
        document = read(name, file.read_bytes()).document
        assert getattr(document, "id", None) == name


@pytest.mark.parametrize("name", ["interview-72", "team-36"])
def test_a_shipped_questionnaire_is_found_by_id(name: str) -> None:
    assert Catalogue().find(name) == read_definition(name)


def test_ones_own_is_found_by_path_and_stands_on_others_beside_it() -> None:
    found = Catalogue().find(str(VALID / "desk-short.yaml"))
    assert (found.id, found.questionnaire.version, found.model.id) == (
        "desk-short",
        "2.1",
        "reception",
    )
    assert list(found.entries) == ["g-1", "w-1", "b-guard", "b-sign"]
    assert found.entries["g-1"].statement == "Every guest is greeted."
    assert found.title == "The desk in four questions"


def test_a_model_inside_takes_the_questionnaires_name() -> None:
    found = Catalogue().find(str(VALID / "own-model.yaml"))
    assert (found.model.id, found.model.title, found.model.gate.none) == ("pulse", "A pulse", True)


def test_a_questionnaire_that_is_not_there_or_not_in_order_is_refused() -> None:
    with pytest.raises(CustfocusError, match=r"no questionnaire 'team-63'.*mean 'team-36'"):
        Catalogue().find("team-63")
    with pytest.raises(CustfocusError, match=r"nowhere\.yaml: there is no such file"):
        Catalogue().find("nowhere.yaml")
    with pytest.raises(CustfocusError, match="customer-focus is no questionnaire but a model"):
        Catalogue().find("customer-focus")
    path = EXAMPLES / "invalid" / "unknown-id-theme.yaml"
    with pytest.raises(BadInput) as caught:
        Catalogue().find(str(path))
    assert outline(caught.value.problems) == [("unknown-id", "8")]


def test_an_id_that_is_not_shipped_is_perhaps_a_file() -> None:
    text = ASSESSMENT.replace("path: desk.yaml", "id: mine")
    assert _check(text) == [
        "a.yaml:2:21: unknown-id: no questionnaire 'mine' is shipped; for a file of your own, write"
        " path: mine.yaml instead of id"
    ]


def test_problems_carry_the_path_of_the_file_they_are_in(tmp_path: Path) -> None:
    for name in ("desk.yaml", "desk-model.yaml"):
        text = (VALID / name).read_text("utf-8")
        (tmp_path / name).write_text(
            text.replace("area: desk, weight", "area: dsk, weight"), encoding="utf-8"
        )
    broken = str(tmp_path / "desk-model.yaml")
    problem = Problem(broken, 18, 40, "unknown-id", "no area 'dsk'; did you mean 'desk'?")
    assessment = read(str(tmp_path / "a.yaml"), f"{ASSESSMENT}about: [x]\n".encode())
    assert [each for each in Catalogue().check(assessment) if each.path == broken] == [problem]
    assert outline(Catalogue().check(assessment)) == [("wrong-type", "5"), ("unknown-id", "18")]
    with pytest.raises(BadInput) as caught:
        Catalogue().find(str(tmp_path / "desk.yaml"))
    assert caught.value.problems == (problem,)


def test_standard_input_names_no_other_file() -> None:
    assert _check(ASSESSMENT, "-") == [
        "-:2:23: stdin-path: desk.yaml lies beside the file that names it, "
        "and this is standard input"
    ]
    derived = 'format: custfocus/questionnaire/1\nid: q\nversion: "1"\nbased_on: desk.yaml\n'
    assert [each.rule for each in Catalogue().check(read("-", derived.encode()))] == ["stdin-path"]


def test_a_chain_of_bases_is_followed_eight_deep(tmp_path: Path) -> None:
    text = 'format: custfocus/questionnaire/1\nid: q\nversion: "1"\nbased_on: '
    (tmp_path / "q0.yaml").write_text(f"{text}interview-72\n", encoding="utf-8")
    for n in range(1, 10):
        (tmp_path / f"q{n}.yaml").write_text(f"{text}q{n - 1}.yaml\n", encoding="utf-8")
    catalogue = Catalogue()
    assert catalogue.find(str(tmp_path / "q6.yaml")).id == "q"
    with pytest.raises(BadInput) as caught:
        catalogue.find(str(tmp_path / "q9.yaml"))
    assert outline(caught.value.problems) == [("too-deep", "4")]


def test_each_file_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def count(path: str) -> bytes | Problem:
        opened.append(path)
        return Path(path).read_bytes()

    monkeypatch.setattr(places, "read_source", count)
    catalogue = Catalogue()
    for n in range(3):
        assert catalogue.check(read(str(VALID / f"{n}.yaml"), ASSESSMENT.encode())) == ()
    assert opened == [str(VALID / "desk.yaml"), str(VALID / "desk-model.yaml")]


def test_a_file_of_ones_own_never_stands_for_a_shipped_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = 'format: custfocus/questionnaire/1\nid: interview-72\nversion: "9"\nbased_on: {}\n'
    Path("interview-72.yaml").write_text(text.format("interview-72"), encoding="utf-8")
    catalogue = Catalogue()
    assert catalogue.find("interview-72.yaml").questionnaire.version == "9"
    assert catalogue.find("interview-72").questionnaire.version == "1.0.0"


def test_a_change_that_does_not_fit_is_reported_at_the_change(tmp_path: Path) -> None:
    text = (
        f'format: custfocus/questionnaire/1\nid: q\nversion: "1"\nbased_on: {VALID / "desk.yaml"}\n'
    )
    override = 'override:\n  g-2:\n    references: {house: ["9.9"]}\n'
    assert _check(text + override) == ["a.yaml:7:26: unknown-id: no clause '9.9'"]
    other = (VALID / "desk-model.yaml").read_text("utf-8").replace("id: cost", "id: price")
    (tmp_path / "other.yaml").write_text(other, encoding="utf-8")
    problems = _check(f"{text}model: {tmp_path / 'other.yaml'}\n")
    assert [each.split(": ", 1)[1] for each in problems] == ["unknown-id: no theme 'cost'"]


def test_a_whole_questionnaire_says_which_base_it_has_no_more() -> None:
    found = Catalogue().find("team-36").questionnaire
    assert isinstance(found, Questionnaire)
    assert (found.based_on, found.select) == (None, None)
