"""The hook for pre-commit: its manifest, and commits that it lets through or stops.

pre-commit itself is real here, as are the commits, the choice of files, the call and its exit code.
One part is not: the environment that pre-commit would build for the hook with pip is replaced by
the one that runs these tests (`language: system`), so that no test needs a package index. That the
project can be installed is what the tests on the built wheel show.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from cli import PYTHON
from history import Repository, begin
from tree import ROOT

MANIFEST = ROOT / ".pre-commit-hooks.yaml"
PRE_COMMIT = (*PYTHON, "-m", "pre_commit")

GOOD = "format: custfocus/assessment/1\nquestionnaire: {id: team-36}\norganisation: L\ndate: %s\n"
OTHER = "kind: Pod\nspec: {<<: *unknown, on: yes}\n"


def validate_manifest(path: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PRE_COMMIT, "validate-manifest", str(path)],
        capture_output=True,
        check=False,
        encoding="utf-8",
    )


def test_the_manifest_is_one_that_pre_commit_accepts(tmp_path: Path) -> None:
    assert validate_manifest(MANIFEST).returncode == 0
    text = MANIFEST.read_text("utf-8")
    (tmp_path / "broken.yaml").write_text(text.replace("[yaml]", "[yamel]"), encoding="utf-8")
    assert "yamel" in validate_manifest(tmp_path / "broken.yaml").stdout


def test_there_is_one_hook() -> None:
    (hook,) = yaml.safe_load(MANIFEST.read_text("utf-8"))
    assert {key: hook[key] for key in ("id", "entry", "language", "types")} == {
        "id": "custfocus-validate",
        "entry": "custfocus validate --only-ours",
        "language": "python",
        "types": ["yaml"],
    }


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """A repository whose commits go through the hook of another one, which holds the manifest."""
    source = begin(tmp_path / "source", monkeypatch)
    revision = source.commit({MANIFEST.name: MANIFEST.read_bytes()})
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    made = begin(tmp_path / "work", monkeypatch)
    hook = {"id": "custfocus-validate", "language": "system"}
    config = {"repos": [{"repo": str(source.folder), "rev": revision, "hooks": [hook]}]}
    made.write(".pre-commit-config.yaml", yaml.safe_dump(config))
    subprocess.run([*PRE_COMMIT, "install"], check=True, capture_output=True)
    return made


def commit(repository: Repository) -> tuple[int, str]:
    """The exit code of a commit of everything, and what was printed from the hook on."""
    repository.git("add", "--all")
    ran = subprocess.run(
        ["git", "commit", "--message", "a year"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        encoding="utf-8",
    )
    _, _, said = ran.stdout.partition("custfocus validate")
    return ran.returncode, said


def test_what_is_in_order_is_committed(repository: Repository) -> None:
    repository.write("answers.yaml", GOOD % "2026-03-01")
    repository.write("cluster/pod.yml", OTHER)
    repository.write("notes.txt", "format: custfocus/assessment/1")
    code, said = commit(repository)
    assert code == 0, said
    assert said.splitlines()[0].endswith("Passed")


def test_what_is_not_stays_out(repository: Repository) -> None:
    repository.write("answers.yaml", GOOD % "2026-02-30")
    repository.write("misspelt.yaml", "format: custfocs/assessment/1\n")
    repository.write("pod.yml", OTHER)
    code, said = commit(repository)
    assert code == 1
    lines = said.splitlines()
    assert lines[0].endswith("Failed")
    assert "- exit code: 2" in lines
    assert "answers.yaml:4:7: bad-date: 2026-02-30 is not a day of the calendar" in lines
    assert [line.split(" ")[:2] for line in lines if line.startswith("misspelt")] == [
        ["misspelt.yaml:1:9:", "unknown-format:"]
    ]
    assert not [line for line in lines if line.startswith("pod")]
