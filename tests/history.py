"""A real git repository that a test builds, commit by commit."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

SETTLED: Mapping[str, str] = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_COUNT": "1",  # clones of what a test has just made, from file://
    "GIT_CONFIG_KEY_0": "protocol.file.allow",
    "GIT_CONFIG_VALUE_0": "always",
    **{f"GIT_{who}_NAME": "A tester" for who in ("AUTHOR", "COMMITTER")},
    **{f"GIT_{who}_EMAIL": "tester@example.org" for who in ("AUTHOR", "COMMITTER")},
    **{f"GIT_{who}_DATE": "2026-03-01T12:00:00Z" for who in ("AUTHOR", "COMMITTER")},
}
"""What git goes by in a test, and nothing of the machine beside it."""


def require_git() -> None:
    """Skip the test where git is not installed; in a pipeline (CI is set) it fails."""
    if shutil.which("git") is None:
        reason = "no git: apt install git"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)


class Repository:
    """A repository in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def git(self, *arguments: str) -> str:
        """What git prints, which has to work."""
        ran = subprocess.run(
            ["git", *arguments], cwd=self.folder, capture_output=True, check=False, encoding="utf-8"
        )
        assert ran.returncode == 0, ran.stderr
        return ran.stdout.strip()

    def write(self, name: str, content: str | bytes) -> None:
        """Write a file, and the folders it stands in."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())

    def commit(self, files: Mapping[str, str | bytes]) -> str:
        """Write and commit these files and whatever else has changed; the id of the commit."""
        for name, content in files.items():
            self.write(name, content)
        self.git("add", "--all", "--force")
        self.git("commit", "--quiet", "--allow-empty", "--message", "a year")
        return self.git("rev-parse", "HEAD")


def begin(folder: Path, monkeypatch: pytest.MonkeyPatch, *options: str) -> Repository:
    """A repository without a commit, in a new folder, which becomes the current one.

    As long as the patches last, git goes by nothing that this machine has set.
    """
    folder.mkdir()
    repository = _enter(folder, monkeypatch)
    repository.git("init", "--quiet", "--initial-branch", "main", *options)
    return repository


def copy(repository: Repository, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """A repository like another one, as `begin` makes it."""
    shutil.copytree(repository.folder, folder, symlinks=True)
    return _enter(folder, monkeypatch)


def _enter(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    require_git()
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    for name, value in SETTLED.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(folder)
    return Repository(folder)
