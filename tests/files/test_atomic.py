"""Saving leaves the old file or the new one, never half of either, and nothing beside them."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from custfocus_cli.errors import CustfocusError
from custfocus_cli.files.atomic import refuse_existing, save


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_has_the_usual_mode_or_is_private(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        save(tmp_path / "report.html", "é\n")
        save(str(tmp_path / "answers.yaml"), b"bytes", private=True)
    finally:
        os.umask(before)
    assert (tmp_path / "report.html").read_bytes() == "é\n".encode()
    assert _mode(tmp_path / "report.html") == 0o640
    assert (tmp_path / "answers.yaml").read_bytes() == b"bytes"
    assert _mode(tmp_path / "answers.yaml") == 0o600
    assert _names(tmp_path) == ["answers.yaml", "report.html"]


def test_mode_and_link_are_kept(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    target = tmp_path / "real" / "answers.yaml"
    target.write_text("old", encoding="utf-8")
    target.chmod(0o664)
    link = tmp_path / "link.yaml"
    link.symlink_to(Path("real") / "answers.yaml")
    save(link, "new", private=True)
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "new"
    assert _mode(target) == 0o664
    assert _names(target.parent) == ["answers.yaml"]


def test_a_link_to_nothing_makes_its_target(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "target")
    save(tmp_path / "link", "new")
    assert (tmp_path / "target").read_text(encoding="utf-8") == "new"
    assert (tmp_path / "link").is_symlink()


def test_a_device_is_written_to_and_stays_one() -> None:
    save("/dev/null", "text")
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


def _no_space(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_full_disk_leaves_the_old_file_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "answers.yaml"
    target.write_text("old", encoding="utf-8")
    monkeypatch.setattr("custfocus_cli.files.atomic.os.fsync", _no_space)
    with pytest.raises(CustfocusError, match="could not be written: the disk is full"):
        save(target, "new")
    assert target.read_text(encoding="utf-8") == "old"
    assert _names(tmp_path) == ["answers.yaml"]


@pytest.mark.parametrize("step", ["os.fsync", "Path.replace"])
def test_an_interrupt_leaves_the_old_file_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    target = tmp_path / "answers.yaml"
    target.write_text("old", encoding="utf-8")
    monkeypatch.setattr(f"custfocus_cli.files.atomic.{step}", _interrupt)
    with pytest.raises(KeyboardInterrupt):
        save(target, "new")
    assert target.read_text(encoding="utf-8") == "old"
    assert _names(tmp_path) == ["answers.yaml"]


def test_a_limit_of_the_system_leaves_the_old_file_whole(tmp_path: Path) -> None:
    target = tmp_path / "answers.yaml"
    target.write_text("old", encoding="utf-8")
    program = (
        "import resource, sys\n"
        "from custfocus_cli.errors import CustfocusError\n"
        "from custfocus_cli.files.atomic import save\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try:\n    save(sys.argv[1], 'n' * 5000)\n"
        "except CustfocusError as error:\n    print(error.message)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, str(target)],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert run.stdout == (
        f"{target} could not be written: it would be larger than the system allows\n"
    )
    assert target.read_text(encoding="utf-8") == "old"
    assert _names(tmp_path) == ["answers.yaml"]


def test_without_permission_nothing_is_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "answers.yaml"
    target.write_text("old", encoding="utf-8")
    monkeypatch.setattr("custfocus_cli.files.atomic.os.access", lambda *_: False)
    with pytest.raises(CustfocusError, match="there is no permission to write there"):
        save(target, "new")
    assert target.read_text(encoding="utf-8") == "old"
    assert _names(tmp_path) == ["answers.yaml"]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        (lambda folder: folder, "this is a folder"),
        (lambda folder: folder / "no" / "answers.yaml", "there is no such folder"),
        (lambda folder: folder / "file" / "answers.yaml", "there is no such folder"),
        (lambda folder: f"{folder}/a\0b", "no file has such a name"),
        (lambda folder: folder / ("x" * 300), "the name is too long"),
    ],
)
def test_where_nothing_can_be_written_the_reason_is_told(
    tmp_path: Path, name: Callable[[Path], Path | str], why: str
) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CustfocusError) as caught:
        save(name(tmp_path), "new")
    assert caught.value.message == f"{name(tmp_path)} could not be written: {why}"
    assert _names(tmp_path) == ["file"]


def test_what_exists_is_replaced_only_by_force(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    refuse_existing(tmp_path / "new", force=False)
    refuse_existing(tmp_path / "link", force=True)
    with pytest.raises(CustfocusError) as caught:
        refuse_existing(tmp_path / "link", force=False)
    assert caught.value.message == f"{tmp_path / 'link'} exists already"
    assert "--force" in caught.value.hint
