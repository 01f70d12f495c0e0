"""The manual of the format does what it says: its files are read, scored and refused as written."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from pathlib import Path

import pytest
from render.cards import render_report
from shipped import FOLDER

from custfocus_cli import documents
from custfocus_cli.documents.assessment import Assessment
from custfocus_cli.documents.definition import Definition
from custfocus_cli.documents.fields import Part
from custfocus_cli.documents.model import Scoring
from custfocus_cli.errors import Problem
from custfocus_cli.files.catalogue import Catalogue
from custfocus_cli.files.disk import read_bytes
from custfocus_cli.files.reader import Reading, read
from custfocus_cli.files.rules import RULES
from custfocus_cli.render.formats import PLAN, REPORT, SCORE
from custfocus_cli.render.terminal import Terminal
from custfocus_cli.scoring.panel import panel
from custfocus_cli.scoring.scorecard import Scorecard, score

MANUAL = (FOLDER / "README.md").read_text("utf-8")
FILE = re.compile(r"^`([a-z0-9-]+\.yaml)`\n\n```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FENCE = re.compile(r"^```([a-z]+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def extract_files(manual: str) -> dict[str, str]:
    """The files of the manual: each fenced block below a line that is its name."""
    return dict(FILE.findall(manual))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that holds the files of the manual, and is the one we stand in."""
    for name, text in extract_files(MANUAL).items():
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def read_file(path: str) -> Reading:
    data = read_bytes(path)
    assert isinstance(data, bytes)
    return read(path, data)


def find_problems(path: str) -> tuple[Problem, ...]:
    return Catalogue().check(read_file(path))


# --- the files -------------------------------------------------------------------------------


def test_the_manual_holds_these_files() -> None:
    assert list(extract_files(MANUAL)) == [
        "library.yaml",
        "library-2026.yaml",
        "our-team.yaml",
        "mistakes.yaml",
        "policy.yaml",
        "mapping.yaml",
    ]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    "name", ["library.yaml", "library-2026.yaml", "our-team.yaml", "policy.yaml", "mapping.yaml"]
)
def test_a_file_of_the_manual_is_in_order(name: str) -> None:
    assert find_problems(name) == ()


@pytest.mark.usefixtures("folder")
def test_the_mistakes_are_told_as_the_manual_says() -> None:
    told = [text for kind, text in FENCE.findall(MANUAL) if kind == "text"]
    assert "".join(f"{each}\n" for each in find_problems("mistakes.yaml")) == told[0]


@pytest.mark.usefixtures("folder")
def test_the_adapted_questionnaire_is_what_the_manual_says() -> None:
    definition = Catalogue().find("our-team.yaml")
    entries = definition.entries
    assert entries["sv-1a"].statement == 'The page "How we serve" hangs in every branch.'
    assert [item.id for item in definition.cell("voice-of-customer", 1)] == ["vc-1a", "our-1"]
    assert [item.weight for item in definition.cell("service-training", 1)] == [0]
    assert len(entries) == 36 + 1  # the balance check is dropped


def test_every_rule_of_the_manual_exists() -> None:
    section = MANUAL.split("## When a file is refused")[1].split("## Every key")[0]
    named = re.findall(r"^\| `([a-z-]+)` \|", section, re.MULTILINE)
    assert len(named) >= 10
    assert set(named) <= set(RULES)


def test_the_gates_of_the_manual_are_gates() -> None:
    section = MANUAL.split("## Other ladders")[1].split("\n## ")[0]
    gates = []
    for kind, text in FENCE.findall(section):
        assert kind == "yaml"
        reading = read("gate.yaml", f"format: custfocus/model/1\n{text}".encode())
        assert isinstance(reading.tree, Mapping)
        gates.append(Scoring.model_validate(reading.tree["scoring"]).gate)
    assert [gate.every for gate in gates if gate] == ["L", None, None]
    assert [gate.none for gate in gates if gate] == [False, False, True]
    assert [gate.percent for gate in gates if gate][1] == {
        "reliable": {"reliable": Fraction(80)},
        "inviting": {"reliable": Fraction(90), "inviting": Fraction(70)},
    }


# --- the result ------------------------------------------------------------------------------


def score_library() -> Scorecard:
    catalogue = Catalogue()
    reading = read_file("library-2026.yaml")
    assert isinstance(reading.document, Assessment)
    definition = catalogue.definition_for(reading, reading.document.questionnaire)
    assert isinstance(definition, Definition)
    return score(panel([reading.document], definition), definition)


@pytest.mark.usefixtures("folder")
def test_the_characteristics_are_as_computed_by_hand() -> None:
    readings = {each.id: each.reading for each in score_library().characteristics}
    assert {
        name: (each.stage_low, each.stage_high, each.status) for name, each in readings.items()
    } == {
        "welcome": (1, 1, "exact"),
        "finding": (0, 1, "provisional"),
        "listening": (0, 0, "exact"),
    }
    assert {
        name: (each.index_low, each.index, each.index_high) for name, each in readings.items()
    } == {
        # done done = 4 of 4, half = 1 of 2: (100 + 50) / 2
        "welcome": (75, 75, 75),
        # 4 of 4 known, 4 to 6 of 6 in all; half: (66.67 + 50) / 2 at worst
        "finding": (Fraction(350, 6), 75, 75),
        # done half = 3 of 4, done = 2 of 2: (75 + 100) / 2
        "listening": (Fraction(175, 2),) * 3,
    }


@pytest.mark.usefixtures("folder")
def test_the_library_is_as_computed_by_hand() -> None:
    card = score_library()
    result = card.result
    assert (result.stage_low, result.stage_high, result.status) == (0, 0, "exact")
    assert result.index == Fraction(2375, 30)  # (75 + 75 + 87.5) / 3 = 79.17
    # (75 + 58.33 + 87.5) / 3 = 73.61
    assert result.index_low == (75 + Fraction(350, 6) + Fraction(175, 2)) / 3
    assert result.index_high == result.index
    assert result.coverage == Fraction(9, 10)
    assert card.to_target == Fraction(100, 6)  # 1 of 6 stages
    assert card.target.default == 2


@pytest.mark.usefixtures("folder")
def test_the_next_steps_are_as_computed_by_hand() -> None:
    card = score_library()
    assert [
        (each.characteristic, each.to_stage, each.blockers, each.questions, each.deferred)
        for each in card.next_steps
    ] == [
        ("listening", 1, ("li-2",), (), False),
        ("finding", 1, (), ("fi-3",), False),
        ("welcome", 2, ("we-3",), (), False),
    ]
    assert card.characteristic("listening").ahead == ("li-3",)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("name", REPORT)
def test_the_reports_show_the_result(name: str) -> None:
    report = render_report(name, score_library())
    for shown in ("Village library", "A welcoming library", "79.2", "73.6", "87.5", "16.7"):
        assert shown in report, shown


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("name", SCORE)
def test_the_scorecards_show_the_result(name: str) -> None:
    shown = SCORE[name](score_library(), Terminal())
    assert "Village library" in shown
    assert "79.2" in shown or "79.1667" in shown


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("name", PLAN)
def test_the_plans_show_the_steps_in_their_order(name: str) -> None:
    plan = PLAN[name](score_library(), Terminal())
    places = [plan.index(said) for said in ("Each wish gets", "A returned book", "New readers")]
    assert places == sorted(places)


def test_the_manual_prints_the_numbers_of_the_result() -> None:
    section = MANUAL.split("## How the result is computed")[1].split("\n## ")[0]
    for number in ("**75.0**", "**87.5**", "**79.2**", "58.3", "73.6", "90 %", "**16.7 %**"):
        assert number in section, number


# --- the tables of keys ----------------------------------------------------------------------

TABLES: dict[str, tuple[str, ...]] = {
    "Model": ("Model",),
    "Stage": ("Stage", "StageZero"),
    "Area": ("Area",),
    "Characteristic": ("Characteristic",),
    "Scale": ("Scale",),
    "Option": ("Option",),
    "Don't know, does not apply": ("Special",),
    "Evidence level": ("EvidenceLevel",),
    "Scoring": ("Scoring",),
    "Gate": ("Gate",),
    "Target": ("Target",),
    "Theme": ("Theme",),
    "Effect": ("Effect",),
    "Standard": ("Standard",),
    "Term": ("Term",),
    "Questionnaire": ("Questionnaire",),
    "Items of a characteristic": ("Block",),
    "Item": ("Item", "ItemDetails"),
    "Placement": ("Placement",),
    "Session": ("Session",),
    "Balance item": ("BalanceItem",),
    "Context question": ("ContextQuestion",),
    "Select": ("Select",),
    "Assessment": ("Assessment",),
    "Questionnaire answered": ("QuestionnaireReference",),
    "Respondent": ("Respondent",),
    "Target of your own": ("TargetStages",),
    "Answer": ("Answer",),
    "Figures": ("Figures",),
    "Policy": ("Policy",),
    "Rules": ("Rules",),
    "No regression": ("NoRegression",),
    "Min stage, min index, min coverage": ("MinStage", "MinIndex", "MinCoverage"),
    "Max age": ("MaxAgeDays",),
    "Exemption": ("Exemption",),
    "Mapping": ("TableMapping",),
    "Tally": ("Tally",),
    "Questionnaire counted": ("CountedQuestionnaire",),
    "People": ("People",),
    "Spread": ("Spread",),
    "Report theme": ("ReportTheme",),
    "Colours": ("Colours",),
}
"""Which table of the manual stands for which parts; the first named has every key of the table."""


def list_parts() -> dict[str, type[Part]]:
    """Every part that a file can hold, by the name of its class."""
    modules = [
        importlib.import_module(f"{documents.__name__}.{each.name}")
        for each in pkgutil.iter_modules(documents.__path__)
    ]
    found = (value for module in modules for value in vars(module).values())
    return {
        each.__name__: each
        for each in found
        if isinstance(each, type) and issubclass(each, Part) and each is not Part
    }


def read_tables(manual: str) -> dict[str, dict[str, bool]]:
    """The keys of each table below 'Every key', with whether the table calls them needed."""
    section = manual.split("\n## Every key\n")[1].split("\n## ")[0]
    tables: dict[str, dict[str, bool]] = {}
    for part in re.split(r"^#{3,4} ", section, flags=re.MULTILINE)[1:]:
        title, _, body = part.partition("\n")
        rows = re.findall(r"^\| `([a-z_-]+)` \| (yes|no) \| \S.* \|$", body, re.MULTILINE)
        tables[title] = {key: needed == "yes" for key, needed in rows}
    return tables


def find_gaps(tables: Mapping[str, Mapping[str, bool]], parts: Iterable[type[Part]]) -> list[str]:
    """What the tables and the forms of the documents do not agree on."""
    by_name = {each.__name__: each for each in parts}
    gaps = sorted(set(by_name) - {name for names in TABLES.values() for name in names})
    for title, (first, *others) in TABLES.items():
        table = tables.get(title, {})
        fields = {f.alias or n: f for n, f in by_name[first].model_fields.items()}
        gaps += [f"{title}: {key}" for key in sorted(table.keys() ^ fields.keys())]
        for key, form in fields.items():
            if form.is_required() and not table.get(key, True):
                gaps.append(f"{title}: {key} is needed")
        for other in others:
            extra = by_name[other].model_fields.keys() - fields.keys()
            gaps += [f"{title}: {key}" for key in sorted(extra)]
    return gaps


def test_the_tables_hold_every_key_of_every_file() -> None:
    assert find_gaps(read_tables(MANUAL), list_parts().values()) == []


def test_each_table_is_meant() -> None:
    assert list(read_tables(MANUAL)) == list(TABLES)


@pytest.mark.parametrize(
    ("old", "new", "gap"),
    [
        ("| `probe` | no | what to ask to find out |\n", "", "Item: probe"),
        ("| `adaptive` | no |", "| `adaptable` | no |", "Assessment: adaptable"),
        ("| `risk` | yes |", "| `risk` | no |", "Theme: risk is needed"),
        ("#### Exemption", "#### Exception", "Exemption: id"),
    ],
)
def test_a_planted_gap_is_caught(old: str, new: str, gap: str) -> None:
    assert old in MANUAL
    planted = MANUAL.replace(old, new, 1)
    assert gap in find_gaps(read_tables(planted), list_parts().values())


def test_a_part_without_a_table_is_caught() -> None:
    class Planted(Part):
        key: str

    parts: list[type[Part]] = [*list_parts().values(), Planted]
    assert find_gaps(read_tables(MANUAL), parts) == ["Planted"]


# --- its own form ----------------------------------------------------------------------------


def test_its_links_lead_to_its_headings() -> None:
    headings = re.findall(r"^#{2,4} (.+)$", MANUAL, re.MULTILINE)
    anchors = {re.sub(r"[^a-z0-9 -]", "", each.lower()).replace(" ", "-") for each in headings}
    links = re.findall(r"\]\(#([^)]+)\)", MANUAL)
    assert len(links) >= 10
    assert set(links) <= anchors


def test_the_files_it_names_are_there() -> None:
    section = MANUAL.split("## What is in this folder")[1].split("\n## ")[0]
    named = re.findall(r"^\| `([^`]+)` \| (?!`)", section, re.MULTILINE)
    assert [name for name in named if not (FOLDER / name).exists()] == []
    assert {"customer-focus.yaml", "interview-72.yaml", "team-36.yaml", "samples/"} <= set(named)
