"""Sources become assessments with their definitions, and several of them one panel."""

from __future__ import annotations

import datetime
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from files.corpus import EXAMPLES, outline
from history import Repository, begin
from shipped import FOLDER, read_definition, read_sample

from custfocus_cli.documents.tally import Tally
from custfocus_cli.errors import BadInput, CustfocusError
from custfocus_cli.files.catalogue import Catalogue
from custfocus_cli.files.sources import (
    Counted,
    TableOptions,
    find_tally,
    group,
    is_missing,
    load,
    load_assessment,
    load_mapping,
    rescore,
    split_tables,
)
from custfocus_cli.files.writer import to_yaml

VALID = EXAMPLES / "valid"
DESK = str(VALID / "desk.yaml")

Write = Callable[..., str]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write an assessment with these keys changed; the path."""

    def write(name: str, **changes: object) -> str:
        keys = {
            "format": "custfocus/assessment/1",
            "questionnaire": {"path": DESK},
            "organisation": "Village hall",
            "date": "2026-03-01",
            "answers": {"g-1": "yes"},
            **changes,
        }
        (tmp_path / name).write_text(json.dumps(keys), "utf-8")
        return str(tmp_path / name)

    return write


def _refusal(*sources: str, window: int = 120) -> str:
    with pytest.raises(CustfocusError) as caught:
        group(load(sources).loaded, window=window)
    return caught.value.message


def test_a_file_is_loaded_with_its_definition() -> None:
    path = FOLDER / "samples" / "quillmarsh-2025.yaml"
    (loaded,) = load([str(path)]).loaded
    assert loaded.assessment == read_sample("quillmarsh-2025")
    assert loaded.definition == read_definition("interview-72")
    assert (loaded.digest_matches, loaded.unknown_items, loaded.outside_answers) == (True, (), ())


def test_standard_input_gives_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    data = (FOLDER / "samples" / "quillmarsh-2025.yaml").read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
    (loaded,) = load(["-"]).loaded
    assert (loaded.path, loaded.assessment) == ("-", read_sample("quillmarsh-2025"))


def test_standard_input_is_read_once() -> None:
    with pytest.raises(CustfocusError, match="standard input is given twice"):
        load(["-", "-"])


def test_a_folder_gives_its_assessments_by_name(tmp_path: Path, write: Write) -> None:
    paths = [write("b.json"), write("a.yaml"), write("c.YML"), write("d.json.txt")]
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "d.yaml").write_text("not: read", encoding="utf-8")
    (tmp_path / "e.yaml").mkdir()
    (tmp_path / ".hidden.yaml").write_text("not: read", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("not: read", encoding="utf-8")
    (tmp_path / "policy.yaml").write_text(
        "format: custfocus/policy/1\nrules: [broken]\n", encoding="utf-8"
    )
    (tmp_path / "score.json").write_text('{"format": "custfocus/scorecard/1"}', encoding="utf-8")
    sources = load([str(tmp_path)])
    assert [each.path for each in sources.loaded] == sorted(paths)
    assert sources.passed_over == (
        (str(tmp_path / "policy.yaml"), "policy"),
        (str(tmp_path / "score.json"), "scorecard"),
    )


def test_a_folder_with_something_else_in_it_is_refused(tmp_path: Path, write: Write) -> None:
    write("a.yaml")
    (tmp_path / "other.yaml").write_text("kind: Pod\n", encoding="utf-8")
    (tmp_path / "typo.yaml").write_text("format: custfocus/asessment/1\n", encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        load([str(tmp_path)])
    assert outline(caught.value.problems) == [("missing-key", "1"), ("unknown-format", "1")]


def test_no_assessment_at_all_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CustfocusError, match="there is no assessment in"):
        load([str(tmp_path)])


def test_every_problem_of_every_file_is_told(write: Write) -> None:
    paths = [write("a.json", answers={"g-9": "yes"}), write("b.json", date="x"), "nowhere.yaml"]
    with pytest.raises(BadInput) as caught:
        load([*paths, str(VALID / "policy.yaml")])
    assert sorted(each.rule for each in caught.value.problems) == [
        "bad-date",
        "cannot-read",
        "unknown-id",
        "wrong-kind",
    ]


def test_a_source_is_given_once(tmp_path: Path, write: Write) -> None:
    path = write("a.yaml")
    with pytest.raises(CustfocusError, match="is given twice"):
        load([path, f"{tmp_path}/../{tmp_path.name}/a.yaml"])
    with pytest.raises(CustfocusError, match="is given twice"):
        load([str(tmp_path), path])


@pytest.mark.parametrize("name", ["answers.csv", "answers.XLSX"])
def test_a_table_needs_a_questionnaire(name: str) -> None:
    with pytest.raises(CustfocusError, match="is a table, which does not say what was asked"):
        load([name])


def test_a_parquet_file_is_refused() -> None:
    with pytest.raises(CustfocusError, match="is not read one by one"):
        load(["answers.parquet"])


GOOGLE = str(EXAMPLES / "tables" / "google-forms.csv")


def test_a_table_is_loaded_beside_a_file_as_one_panel(write: Write) -> None:
    found = load(
        [GOOGLE, write("a.json", date="2026-03-03")],
        questionnaire=DESK,
        tables=TableOptions(organisation="Village hall"),
    )
    assert [each.path for each in found.loaded[:2]] == [GOOGLE, GOOGLE]
    assert [str(each.assessment.date) for each in found.loaded] == [
        "2026-03-01",
        "2026-03-02",
        "2026-03-03",
    ]
    assert [table.rows for table in found.tables] == [2]
    (panel,) = group(found.loaded, window=2)
    assert len(panel.loaded) == 3


def test_a_table_in_a_folder_is_left_alone(tmp_path: Path, write: Write) -> None:
    write("a.json")
    (tmp_path / "b.csv").write_bytes(Path(GOOGLE).read_bytes())
    assert len(load([str(tmp_path)]).loaded) == 1


def test_all_problems_of_tables_and_files_are_told(tmp_path: Path, write: Write) -> None:
    table = tmp_path / "t.csv"
    table.write_text("g-1,g-2\nyes,maybe\nyes\n", "utf-8")
    with pytest.raises(BadInput) as caught:
        load(
            [str(table), write("a.json", date="2026-02-30")],
            questionnaire=DESK,
            tables=TableOptions(organisation="Village hall", date=datetime.date(2026, 3, 1)),
        )
    assert [(each.rule, each.line) for each in caught.value.problems] == [
        ("bad-date", None),
        ("ragged-row", 3),
    ]


def test_a_table_out_of_git(repository: Repository) -> None:
    repository.commit({"answers.csv": "g-1\nyes\n"})
    (repository.folder / "answers.csv").unlink()
    options = TableOptions(organisation="Hall", date=datetime.date(2026, 3, 1))
    (loaded,) = load(["main:answers.csv"], questionnaire=DESK, tables=options).loaded
    assert loaded.path == "main:answers.csv"
    assert {name: each.answer for name, each in loaded.assessment.answers.items()} == {"g-1": "yes"}


@pytest.mark.parametrize(
    ("text", "outlined"),
    [
        ("format: custfocus/policy/1\nrules: {min-stage: {default: 1}}\n", ("wrong-kind", "1")),
        ("format: custfocus/mapping/1\ngroup: []\n", ("wrong-type", "2")),
        ("format: custfocus/mapping/1\nrole: A\ngroup: A\n", ("duplicate-id", "3")),
    ],
)
def test_a_mapping_has_to_be_one(tmp_path: Path, text: str, outlined: tuple[str, str]) -> None:
    path = tmp_path / "mapping.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(BadInput) as caught:
        load_mapping(str(path))
    assert outline(caught.value.problems) == [outlined]


def test_answers_to_other_questions_are_left_out_when_the_digest_differs(write: Write) -> None:
    answers = {"g-1": "yes", "g-0": "yes", "w-0": "no"}
    path = write("a.json", questionnaire={"path": DESK, "digest": "sha256:0"}, answers=answers)
    (loaded,) = load([path]).loaded
    assert not loaded.digest_matches
    assert loaded.unknown_items == ("g-0", "w-0")
    assert list(loaded.assessment.answers) == ["g-1"]


@pytest.mark.parametrize(
    ("reference", "matches"),
    [
        ({}, True),
        ({"version": "1.7"}, True),
        ({"version": "2"}, False),
        ({"version": "10.0.0"}, False),
        ({"version": "2", "digest": Catalogue().find(DESK).digest}, True),
        ({"version": "1.0.0", "digest": "sha256:0"}, False),
    ],
)
def test_without_a_digest_the_major_version_tells_other_questions(
    write: Write, reference: dict[str, str], matches: bool
) -> None:
    answers = {"g-1": "yes", **({} if matches else {"g-0": "yes"})}
    path = write("a.json", questionnaire={"path": DESK, **reference}, answers=answers)
    (loaded,) = load([path]).loaded
    assert (loaded.digest_matches, loaded.unknown_items) == (matches, () if matches else ("g-0",))


@pytest.mark.parametrize("digest", [None, Catalogue().find(DESK).digest])
def test_answers_to_other_questions_are_errors_when_it_does_not(
    write: Write, digest: str | None
) -> None:
    path = write("a.json", questionnaire={"path": DESK, "digest": digest}, answers={"g-0": "yes"})
    with pytest.raises(BadInput) as caught:
        load([path])
    assert outline(caught.value.problems) == [("unknown-id", "/answers/g-0")]


def test_a_questionnaire_given_stands_in_for_one_that_is_not_found(write: Write) -> None:
    moved = write("a.json", questionnaire={"path": "moved.yaml"})
    by_id = write("b.json", questionnaire={"id": "desk"})
    for path in (moved, by_id):
        with pytest.raises(BadInput):
            load([path])
        (loaded,) = load([path], questionnaire=DESK).loaded
        assert loaded.definition.id == "desk"
    other = write("c.json", questionnaire={"id": "dusk"})
    with pytest.raises(BadInput) as caught:
        load([other], questionnaire=DESK)
    assert outline(caught.value.problems) == [("unknown-id", "/questionnaire/id")]


def test_a_questionnaire_given_does_not_cover_up_a_broken_one(write: Write, tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text(f'format: custfocus/questionnaire/1\nid: q\nbased_on: "{DESK}"\n', "utf-8")
    (tmp_path / "no.yaml").write_text("format: custfocus/policy/1\n", "utf-8")
    for named, rule in (("broken.yaml", "missing-key"), ("no.yaml", "wrong-kind")):
        path = write("a.json", questionnaire={"path": named})
        with pytest.raises(BadInput) as caught:
            load([path], questionnaire=DESK)
        assert [each.rule for each in caught.value.problems] == [rule]


def test_answers_are_rescored_by_a_subset() -> None:
    (loaded,) = load([str(FOLDER / "samples" / "quillmarsh-2025.yaml")]).loaded
    subset = read_definition("team-36")
    again = rescore(loaded, subset)
    assert again.definition == subset
    assert set(again.assessment.answers) == set(loaded.assessment.answers) & set(subset.entries)
    assert len(again.outside_answers) == 36
    assert len(again.assessment.answers) == 48


def test_answers_are_not_rescored_on_another_model_or_scale(write: Write, tmp_path: Path) -> None:
    (loaded,) = load([write("a.json", answers={"w-2": {"answer": "NA", "reason": "r"}})]).loaded
    with pytest.raises(CustfocusError) as other:
        rescore(loaded, read_definition("team-36"))
    assert other.value.message == (
        f"team-36 stands on the model 'customer-focus' 1.0.0, {loaded.path} on another one,"
        " 'reception' 1.0.0"
    )
    stricter = tmp_path / "strict.yaml"
    stricter.write_text(
        f'format: custfocus/questionnaire/1\nid: s\nversion: "1"\nbased_on: {DESK}\n'
        "override: {w-2: {allow_na: false}}\n",
        encoding="utf-8",
    )
    with pytest.raises(BadInput) as caught:
        rescore(loaded, Catalogue().find(str(stricter)))
    assert outline(caught.value.problems) == [("na-not-allowed", "/answers/w-2")]


INSIDE = """\
format: custfocus/questionnaire/1
id: {name}
version: "1"
title: T
model:
  {{stage_zero: {{id: z, name: Z}}, stages: [{{id: one, name: One}}], areas: [{{id: a, name: A}}],
  characteristics: [{{id: {characteristic}, name: {label}, area: a}}], stage_scale: s,
  scales: {{s: {{question: How?, options: [{{code: no, points: 0, label: N}},
    {{code: yes, points: 1, label: Y}}]}}}}}}
items: {{{characteristic}: {{one: [{{id: i-1, statement: It is.}}, {{id: i-2, statement: So.}}]}}}}
"""


def _write_inside(folder: Path, name: str, characteristic: str, label: str = "X") -> str:
    """A questionnaire with a model without a name inside."""
    path = folder / f"{name}.yaml"
    text = INSIDE.format(name=name, characteristic=characteristic, label=label)
    path.write_text(text, "utf-8")
    return str(path)


def test_a_model_is_known_by_what_it_holds_not_by_its_name(write: Write, tmp_path: Path) -> None:
    whole = _write_inside(tmp_path, "whole", "c")
    part = tmp_path / "part.yaml"
    part.write_text(
        'format: custfocus/questionnaire/1\nid: part\nversion: "1"\nbased_on: whole.yaml\n'
        "select: {items: [i-1]}\n",
        "utf-8",
    )
    answers = {"i-1": "yes", "i-2": "no"}
    (loaded,) = load([write("a.json", questionnaire={"path": whole}, answers=answers)]).loaded
    assert rescore(loaded, Catalogue().find(str(part))).outside_answers == ("i-2",)
    reworded = _write_inside(tmp_path, "reworded", "c", label="Another word")
    assert rescore(loaded, Catalogue().find(reworded)).assessment == loaded.assessment


def test_two_models_of_one_name_are_two(write: Write, tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("one", "two")]
    for folder, characteristic in zip(folders, ("c", "d"), strict=True):
        folder.mkdir()
        _write_inside(folder, "same", characteristic)
    paths = [
        write(f"{folder.name}.json", questionnaire={"path": f"{folder}/same.yaml"}, answers={})
        for folder in folders
    ]
    assert _refusal(*paths) == (
        f"not the same model: 'same' 1 in {paths[0]}, another one, 'same' 1, in {paths[1]}"
    )
    (loaded,) = load(paths[:1]).loaded
    with pytest.raises(CustfocusError, match="stands on the model 'same' 1"):
        rescore(loaded, Catalogue().find(f"{folders[1]}/same.yaml"))


def test_a_panel_is_one_group_in_the_order_given(write: Write) -> None:
    paths = [
        write(f"{n}.json", respondent={"id": f"r{n}"}, date=f"2026-0{n}-01") for n in (3, 1, 2)
    ]
    (panel,) = group(load(paths).loaded, window=120)
    assert [each.path for each in panel.loaded] == paths
    assert [str(each.date) for each in panel.assessments] == [
        "2026-03-01",
        "2026-01-01",
        "2026-02-01",
    ]
    assert panel.definition.id == "desk"


def test_what_is_not_about_the_same_thing_is_no_panel(write: Write) -> None:
    first = write("a.json", respondent={"id": "r1"})
    hall = write("b.json", organisation="Town hall")
    assert _refusal(first, hall) == (
        f"not the same organisation: 'Village hall' in {first}, 'Town hall' in {hall}"
    )
    bar = write("c.json", scope="bar")
    assert _refusal(first, bar).startswith("not the same scope: 'whole organisation' in ")
    twin = write("d.json", respondent={"id": "r1"})
    assert _refusal(first, twin) == f"the respondent 'r1' stands in {first} and in {twin}"


def test_the_window_of_dates_is_counted_in_days(write: Write) -> None:
    first, last = write("a.json", date="2026-01-01"), write("b.json", date="2026-05-01")
    assert group(load([first, last]).loaded, window=120)  # 120 days
    assert _refusal(last, first, window=119) == (
        f"{first} (2026-01-01) and {last} (2026-05-01) are 120 days apart, more than 119"
    )
    next_day = write("next.json", date="2026-01-02")
    assert _refusal(first, next_day, window=0).endswith(" are 1 day apart, more than 0")


def test_versions_of_one_questionnaire_are_one_panel_within_a_major_one(write: Write) -> None:
    first = write("a.json", questionnaire={"path": DESK, "version": "1.0.0"})
    minor = write("b.json", questionnaire={"path": DESK, "version": "1.4"})
    major = write("c.json", questionnaire={"path": DESK, "version": "2"})
    assert len(group(load([first, minor]).loaded, window=120)) == 1
    assert _refusal(first, major).startswith("not the same major version of the questionnaire")


def test_questionnaires_on_one_model_are_groups_apart(write: Write, tmp_path: Path) -> None:
    perception = tmp_path / "pulse.yaml"
    perception.write_text(
        f'format: custfocus/questionnaire/1\nid: pulse\nversion: "1"\nbased_on: {DESK}\n'
        "select: {items: [g-p]}\n",
        encoding="utf-8",
    )
    staged, pulse = (
        write("a.json"),
        write("b.json", questionnaire={"path": str(perception)}, answers={"g-p": "daily"}),
    )
    found = group(load([pulse, staged]).loaded, window=120)
    assert [each.definition.id for each in found] == ["pulse", "desk"]
    short = write("c.json", questionnaire={"path": str(VALID / "desk-short.yaml")})
    assert _refusal(staged, short) == (
        "only one of the questionnaires may have items of stages: desk, desk-short"
    )


def test_other_content_under_one_id_is_no_panel(write: Write, tmp_path: Path) -> None:
    text = (VALID / "desk.yaml").read_text("utf-8").replace("Guests are greeted.", "Hello is said.")
    changed = tmp_path / "changed.yaml"
    changed.write_text(
        text.replace("desk-model.yaml", str(VALID / "desk-model.yaml")), encoding="utf-8"
    )
    other = write("b.json", questionnaire={"path": str(changed)})
    assert _refusal(write("a.json"), other).startswith("not the same content")


def test_a_written_assessment_is_loaded_again(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(to_yaml(read_sample("varrowby-2026")), "utf-8")
    (loaded,) = load([str(tmp_path / "a.yaml")]).loaded
    assert loaded.assessment == read_sample("varrowby-2026")


# --- out of git ------------------------------------------------------------------------------

DERIVED = 'format: custfocus/questionnaire/1\nid: short\nversion: "1"\nbased_on: desk.yaml\n'
ANSWERS = """format: custfocus/assessment/1
questionnaire: {path: ../questions/short.yaml}
organisation: Village hall
date: 2026-03-01
answers:
  g-1: yes
"""


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """Two years of a hall: in the second one the question and the answer are other ones."""
    made = begin(tmp_path / "work", monkeypatch)
    desk, model = ((VALID / name).read_text("utf-8") for name in ("desk.yaml", "desk-model.yaml"))
    assert "statement: Guests are greeted." in desk
    made.commit(
        {
            "questions/desk.yaml": desk,
            "questions/desk-model.yaml": model,
            "questions/short.yaml": DERIVED,
            "years/hall.yaml": ANSWERS,
        }
    )
    made.commit(
        {
            "questions/desk.yaml": desk.replace("Guests are greeted.", "Guests hear hello."),
            "years/hall.yaml": ANSWERS.replace("g-1: yes", "g-1: no"),
            "years/policy.yaml": "format: custfocus/policy/1\nrules: [broken]\n",
            "years/.hidden.yaml": "not: read",
        }
    )
    return made


def test_a_file_out_of_git_brings_what_it_names_from_there(repository: Repository) -> None:
    for name in ("questions/desk.yaml", "questions/desk-model.yaml", "questions/short.yaml"):
        (repository.folder / name).write_text("not: read", encoding="utf-8")
    first, second = load(["HEAD~1:years/hall.yaml", "main:years/hall.yaml"]).loaded
    assert [each.path for each in (first, second)] == [
        "HEAD~1:years/hall.yaml",
        "main:years/hall.yaml",
    ]
    assert [each.assessment.answers["g-1"].answer for each in (first, second)] == ["yes", "no"]
    assert [each.definition.entries["g-1"].statement for each in (first, second)] == [
        "Guests are greeted.",
        "Guests hear hello.",
    ]
    assert first.definition.model.id == "reception"


def test_a_folder_out_of_git_gives_its_assessments(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = load(["HEAD:years"])
    assert [each.path for each in sources.loaded] == ["HEAD:years/hall.yaml"]
    assert sources.passed_over == (("HEAD:years/policy.yaml", "policy"),)
    monkeypatch.chdir("years")
    assert [each.path for each in load(["HEAD~1:."]).loaded] == ["HEAD~1:hall.yaml"]
    with pytest.raises(CustfocusError, match=r"there is no assessment in HEAD:\.\."):
        load(["HEAD:.."])


def test_a_link_in_a_folder_out_of_git_is_not_passed_over(repository: Repository) -> None:
    (repository.folder / "years" / "other.yaml").symlink_to("hall.yaml")
    repository.commit({})
    with pytest.raises(BadInput, match=r"^HEAD:years/other\.yaml:1:1: cannot-read: this is a sym"):
        load(["HEAD:years"])


def test_problems_out_of_git_stand_at_their_revision(repository: Repository) -> None:
    repository.commit(
        {
            "years/hall.yaml": ANSWERS.replace("2026-03-01", "2026-02-30"),
            "questions/desk-model.yaml": (VALID / "desk-model.yaml")
            .read_text("utf-8")
            .replace("area: desk, weight", "area: dsk, weight"),
        }
    )
    two = {
        "format": "custfocus/assessment/1",
        "date": "2026-03-01",
        "questionnaire": {"id": "team-36"},
    }
    repository.commit({"years/hall.yaml": ANSWERS, "years/two.json": json.dumps(two)})
    sources = [
        "main~1:years/hall.yaml",
        "main:years/two.json",
        "main:years/three.yaml",
    ]
    with pytest.raises(BadInput) as caught:
        load(sources)
    assert str(caught.value).splitlines() == [
        "main:years/three.yaml:1:1: cannot-read: there is no such file at this revision",
        "main:years/two.json:/organisation: missing-key: the key organisation is missing",
        "main~1:years/../questions/desk-model.yaml:18:40: unknown-id: no area 'dsk'; did you mean "
        "'desk'?",
        "main~1:years/hall.yaml:4:7: bad-date: 2026-02-30 is not a day of the calendar",
    ]


def test_names_in_a_file_out_of_git_do_not_lead_out_of_it(
    repository: Repository, tmp_path: Path
) -> None:
    for path, why in (
        (f"{VALID}/desk.yaml", "this path leads out of the repository"),
        ("../../desk.yaml", "this path leads out of the repository"),
        ("../questions/gone.yaml", "there is no such file at this revision"),
    ):
        repository.commit({"years/hall.yaml": ANSWERS.replace("../questions/short.yaml", path)})
        with pytest.raises(BadInput) as caught:
            load(["HEAD:years/hall.yaml"])
        assert str(caught.value) == f"HEAD:years/hall.yaml:2:23: cannot-read: {path}: {why}"


def test_questionnaires_out_of_git_are_followed_in_no_circle(repository: Repository) -> None:
    repository.commit(
        {"questions/desk.yaml": DERIVED.replace("desk.yaml", "../questions/short.yaml")}
    )
    with pytest.raises(BadInput, match="based-on-cycle: this leads in a circle: "):
        load(["HEAD:years/hall.yaml"])


def test_what_is_on_the_disk_comes_before_a_revision(repository: Repository) -> None:
    repository.commit({"hall.yaml": ANSWERS.replace("../", "")})
    repository.write("HEAD:hall.yaml", ANSWERS.replace("../", "").replace("Village", "Town"))
    (loaded,) = load(["HEAD:hall.yaml"]).loaded
    assert loaded.assessment.organisation == "Town hall"
    (loaded,) = load(["HEAD:./hall.yaml"]).loaded
    assert loaded.assessment.organisation == "Village hall"
    Path("HEAD:hall.yaml").unlink()
    Path("HEAD:hall.yaml").symlink_to("nowhere")  # a broken link is there, too
    with pytest.raises(
        BadInput, match=r"^HEAD:hall\.yaml:1:1: cannot-read: there is no such file$"
    ):
        load(["HEAD:hall.yaml"])


def test_a_source_out_of_git_is_given_once(repository: Repository) -> None:
    with pytest.raises(CustfocusError, match=r"^HEAD:\./years/hall\.yaml is given twice$"):
        load(["main:years/hall.yaml", "HEAD:./years/hall.yaml"])
    assert len(load(["main:years/hall.yaml", "years/hall.yaml"]).loaded) == 2


def test_only_a_path_that_nothing_has_is_missing(repository: Repository) -> None:
    Path("link.yaml").symlink_to("nowhere")
    Path("linked").symlink_to("years")
    repository.commit({})
    missing = {
        source: is_missing(source)
        for source in (
            *("years/hall.yaml", "years", ".", "-", "link.yaml"),
            *("HEAD:years/hall.yaml", "HEAD:years", "HEAD:.", "HEAD:link.yaml", "HEAD:linked/x"),
            *("HEAD:../x.yaml", "a" * 5000),
            *("years/2025.yaml", "nowhere/2025.yaml", "years/hall.yaml/x", "years/2025.yaml "),
            *("HEAD:years/2025.yaml", "HEAD:nowhere/x", "main~2:years/policy.yaml"),
        )
    }
    assert [source for source, is_so in missing.items() if is_so] == [
        *("years/2025.yaml", "nowhere/2025.yaml", "years/hall.yaml/x", "years/2025.yaml "),
        *("HEAD:years/2025.yaml", "HEAD:nowhere/x", "main~2:years/policy.yaml"),
    ]


@pytest.mark.parametrize(
    "source",
    [
        "HEAD~9:years/2025.yaml",
        "HEAD~9:years/hall.yaml",
        "HEAD:",
        ":years/2025.yaml",
        "-x:years/2025.yaml",
        "https://example.org/2025.yaml",
        "a\0b",
        *("", " ", "\n", "years/hall.yaml\n", "years/2025\t.yaml", "HEAD:years/2025.yaml\r"),
        "years/2025.yaml\x7f",
    ],
)
def test_where_nothing_can_be_looked_up_nothing_is_missing(
    repository: Repository, source: str
) -> None:
    with pytest.raises(CustfocusError):
        is_missing(source)


def test_a_path_from_the_top_is_not_missing(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir("years")
    with pytest.raises(
        CustfocusError, match=r"^HEAD:years/hall\.yaml: there is no such file in thi"
    ):
        is_missing("HEAD:years/hall.yaml")
    assert is_missing("HEAD:./years/hall.yaml")


# --- tallies ---------------------------------------------------------------------------------


@pytest.fixture
def write_tally(tmp_path: Path) -> Callable[..., str]:
    """Write a tally of ten people who answered the desk's first item, with further keys."""

    def write(name: str, **keys: object) -> str:
        definition = Catalogue().find(DESK)
        tally = Tally.model_validate(
            {
                "questionnaire": {
                    **{"id": "desk", "path": DESK, "version": "1.0.0"},
                    "digest": definition.digest,
                },
                "organisation": "Village hall",
                "date": "2026-03-01",
                "mode": "survey",
                "everyone": {"respondents": "10", "items": {"g-1": {"yes": "4", "half": "6"}}},
                **keys,
            }
        )
        path = tmp_path / name
        path.write_text(to_yaml(tally), "utf-8")
        return str(path)

    return write


def test_a_tally_is_loaded_with_its_questionnaire(write_tally: Callable[..., str]) -> None:
    path = write_tally("t.yaml")
    (member,) = load([path]).members
    assert isinstance(member, Counted)
    assert (member.path, member.definition.id, member.digest_matches) == (path, "desk", True)
    (panel,) = group([member], window=0)
    assert panel.tallies == (member.tally,)
    assert panel.assessments == ()


def test_a_tally_whose_counts_do_not_fit_is_refused(write_tally: Callable[..., str]) -> None:
    path = write_tally("t.yaml", everyone={"respondents": "9", "items": {"g-1": {"yes": "10"}}})
    with pytest.raises(BadInput, match="out-of-range: 10 answers of 9 respondents"):
        load([path])


def test_what_another_version_asked_is_left_out(write_tally: Callable[..., str]) -> None:
    counts = {"g-1": {"yes": "10"}, "gone": {"yes": "10"}, "never-known": {"DK": "10"}}
    asked = {"id": "desk", "path": DESK, "version": "1.0.0", "digest": "sha256:other"}
    path = write_tally(
        "t.yaml", questionnaire=asked, everyone={"respondents": "10", "items": counts}
    )
    (member,) = load([path]).members
    assert isinstance(member, Counted)
    assert not member.digest_matches
    assert member.unknown_items == ("gone",)
    assert list(member.tally.everyone.items) == ["g-1"]


def test_a_tally_and_single_files_of_one_questionnaire_are_refused(
    write_tally: Callable[..., str], write: Write
) -> None:
    members = load([write_tally("t.yaml"), write("a.json")]).members
    with pytest.raises(CustfocusError, match=r"is a tally, and .* holds answers to the same"):
        group(members, window=0)


def test_a_tally_is_nobodys_answers(write_tally: Callable[..., str]) -> None:
    with pytest.raises(CustfocusError, match="is a tally: it holds nobody's answers"):
        load_assessment(write_tally("t.yaml"))


def test_a_tally_is_scored_by_a_part_of_its_questionnaire(
    write_tally: Callable[..., str],
) -> None:
    counts = {"g-1": {"yes": "10"}, "g-2": {"half": "10"}}
    path = write_tally("t.yaml", everyone={"respondents": "10", "items": counts})
    (member,) = load([path]).members
    again = rescore(member, Catalogue().find(str(VALID / "desk-short.yaml")))
    assert isinstance(again, Counted)
    assert list(again.tally.everyone.items) == ["g-1"]
    assert again.outside_answers == ("g-2",)


def test_tables_are_parted_from_other_sources(tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    paths = [str(tmp_path / name) for name in ("a.csv", "b.yaml", "folder.csv", "c.PARQUET")]
    tables, others = split_tables(paths)
    assert [each.path for each in tables] == [paths[0], paths[3]]
    assert others == (paths[1], paths[2])
    with pytest.raises(CustfocusError, match="is given twice"):
        split_tables([paths[0], paths[0]])


def test_finds_the_tally_that_stands_where_another_is_written(
    write_tally: Callable[..., str], tmp_path: Path
) -> None:
    assert isinstance(find_tally(write_tally("t.yaml")), Tally)
    (tmp_path / "other.yaml").write_text("a: b\n", "utf-8")
    assert find_tally(str(tmp_path / "other.yaml")) is None
    assert find_tally(str(tmp_path / "none.yaml")) is None
