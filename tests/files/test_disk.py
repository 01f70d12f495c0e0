"""Reading from the disk waits for nothing, believes no size, and refuses in whole sentences."""

from __future__ import annotations

import io
import os
import socket
import sys
from pathlib import Path

import pytest

from custfocus_cli.errors import Problem
from custfocus_cli.files.disk import read_bytes, read_standard_input
from custfocus_cli.files.tree import MOST_BYTES


def _refusal(path: str) -> str:
    found = read_bytes(path)
    assert isinstance(found, Problem)
    assert (found.path, found.line, found.rule) == (path, 1, "cannot-read")
    return found.message


def test_a_regular_file_is_read_through_links(tmp_path: Path) -> None:
    (tmp_path / "a b\n.yaml").write_bytes(b"\x00\xff")
    (tmp_path / "link").symlink_to(tmp_path / "a b\n.yaml")
    assert read_bytes(str(tmp_path / "link")) == b"\x00\xff"


def test_no_more_than_the_limit_is_read(tmp_path: Path) -> None:
    with (tmp_path / "sparse").open("wb") as stream:
        stream.truncate(10 * MOST_BYTES)
    found = read_bytes(str(tmp_path / "sparse"))
    assert isinstance(found, bytes)
    assert len(found) == MOST_BYTES + 1


def test_a_file_that_states_no_size_is_read() -> None:
    assert Path("/proc/self/stat").stat().st_size == 0
    found = read_bytes("/proc/self/stat")
    assert isinstance(found, bytes)
    assert found.startswith(str(os.getpid()).encode())


def test_what_is_not_there_or_no_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    (tmp_path / "file").touch()
    assert _refusal(str(tmp_path)) == "this is a folder, not a file"
    assert _refusal(str(tmp_path / "nowhere")) == "there is no such file"
    assert _refusal(str(tmp_path / "dangling")) == "there is no such file"
    assert _refusal(str(tmp_path / "file" / "below")) == "there is no such file"
    assert _refusal(str(tmp_path / "loop")) == "its symbolic links lead in a circle"
    assert _refusal(str(tmp_path / ("x" * 300))) == "the name is too long"
    assert _refusal("a\0b") == "no file has such a name"
    assert _refusal("") == "there is no such file"


def test_a_pipe_or_device_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "socket"))
        for path in (str(tmp_path / "pipe"), str(tmp_path / "socket"), "/dev/zero", "/dev/null"):
            assert _refusal(path) == "this is not a regular file"


def test_a_pipe_that_the_shell_opened_is_read(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    try:
        with os.fdopen(writing, "wb") as stream:
            stream.write(b"format: x")
        assert read_bytes(f"/dev/fd/{reading}") == b"format: x"
    finally:
        os.close(reading)


def test_without_permission_the_reason_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: str, flags: int) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("custfocus_cli.files.disk.os.open", refuse)
    assert _refusal(str(tmp_path / "secret")) == "there is no permission to read it"


def test_standard_input_is_read_up_to_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        sys, "stdin", io.TextIOWrapper(io.BytesIO(b"a" * (MOST_BYTES + 9)), encoding="utf-8")
    )
    found = read_standard_input()
    assert isinstance(found, bytes)
    assert len(found) == MOST_BYTES + 1


def test_closed_standard_input_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert read_standard_input() == Problem("-", 1, 1, "cannot-read", "standard input is closed")
