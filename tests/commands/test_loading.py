"""Whatever takes sources takes them out of git too, and says what it cannot find there."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands.calling import SAMPLES, Caller
from history import Repository, begin

YEARS = ("quillmarsh-2025", "quillmarsh-2026")
COMMANDS = (
    ("score", "-f", "text"),
    ("score", "-f", "json"),
    ("score", "-f", "json", "--as", "team-36"),
    ("report", "-f", "html"),
    ("report", "-f", "markdown"),
    ("plan", "-f", "csv"),
)


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """A file of answers that was replaced and tagged each year, and is gone since."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        made = begin(tmp_path_factory.mktemp("history") / "work", monkeypatch)
        for name in YEARS:
            made.commit({"depot/answers.yaml": Path(SAMPLES[name]).read_bytes()})
            made.git("tag", name[-4:])
        made.git("rm", "--quiet", "depot/answers.yaml")
        made.commit({"depot/README": "moved"})
    return made


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("name", YEARS)
def test_a_file_out_of_git_gives_what_the_file_gives(
    years: Repository,
    monkeypatch: pytest.MonkeyPatch,
    call: Caller,
    name: str,
    command: tuple[str, ...],
) -> None:
    monkeypatch.chdir(years.folder / "depot")
    expected = call(command[0], SAMPLES[name], *command[1:])
    assert expected[0] == 0
    assert call(command[0], f"{name[-4:]}:answers.yaml", *command[1:]) == expected
    assert call(command[0], f"{name[-4:]}:.", *command[1:]) == expected


def test_what_is_not_there_ends_with_2(
    years: Repository, monkeypatch: pytest.MonkeyPatch, call: Caller
) -> None:
    monkeypatch.chdir(years.folder)
    assert call("score", "2024:depot/answers.yaml") == (
        2,
        "",
        "error: 2024:depot/answers.yaml: there is no such file, and no revision '2024' in this git "
        "repository\n",
    )
    assert call("plan", "main:depot/answers.yaml") == (
        2,
        "",
        "main:depot/answers.yaml:1:1: cannot-read: there is no such file at this revision\n",
    )
    monkeypatch.chdir(years.folder / "depot")
    assert call("report", "2026:depot/answers.yaml") == (
        2,
        "",
        "error: 2026:depot/answers.yaml: there is no such file in this folder at this revision\n"
        "hint: a path starts from the current folder: 2026:answers.yaml\n",
    )
    assert call("score", "--", "--output=x:answers.yaml") == (
        2,
        "",
        "error: --output=x:answers.yaml: there is no such file, and no revision begins with '-'\n",
    )
    assert [path.name for path in Path().iterdir()] == ["README"]
