"""What the set-up of an interview refuses, before anything is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from custfocus_cli.commands.setting_up import check_file

OTHER = "holds the answers of Quillmarsh Parcels to interview-72: give another name"


@pytest.mark.parametrize(
    ("questionnaire", "organisation", "name", "refusal"),
    [
        ("interview-72", "Quillmarsh Parcels", "begun.yaml", None),
        ("team-36", "Quillmarsh Parcels", "begun.yaml", f"begun.yaml {OTHER}"),
        ("interview-72", "Hall", "begun.yaml", f"begun.yaml {OTHER}"),
        (
            "team-36",
            "Hall",
            "note.yaml",
            "note.yaml holds no answers that can be read: give another name",
        ),
        ("team-36", "Hall", "new.yaml", None),
        ("team-36", "Hall", "new.txt", "Answers are written as YAML: let the name end in .yaml"),
        ("team-36", "Hall", "no/new.yaml", "There is no folder no"),
    ],
)
def test_which_file_the_answers_may_go_to(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    questionnaire: str,
    organisation: str,
    name: str,
    refusal: str | None,
) -> None:
    samples = Path(__file__).parents[2] / "questionnaires" / "samples"
    (tmp_path / "begun.yaml").write_bytes((samples / "quillmarsh-2025.yaml").read_bytes())
    (tmp_path / "note.yaml").write_text("- milk\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert check_file(questionnaire, organisation, name) == refusal
