"""One interview at a time writes to a file; what a crash leaves is in nobody's way."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from custfocus_cli.errors import CustfocusError
from custfocus_cli.files.lock import hold

HOLDER = (
    "import sys, time\n"
    "from custfocus_cli.files.lock import hold\n"
    "with hold(sys.argv[1]):\n"
    "    print('held', flush=True)\n"
    "    sys.stdin.read()\n"
)


def _start(path: Path) -> subprocess.Popen[str]:
    """Another program that holds the file until its input ends."""
    other = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "held\n"
    return other


def test_the_lock_is_gone_after_the_block_also_after_an_error(tmp_path: Path) -> None:
    path = tmp_path / "answers.yaml"
    with hold(path):
        assert [each.name for each in tmp_path.iterdir()] == [".answers.yaml.lock"]
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(KeyboardInterrupt), hold(path):
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


def test_a_second_holder_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "answers.yaml"
    (tmp_path / "link.yaml").symlink_to(path)
    with _start(path) as other:
        with pytest.raises(CustfocusError, match="another interview is writing to"):
            hold(tmp_path / "link.yaml").__enter__()
        other.communicate("")
    with hold(path):
        pass


def test_a_holder_that_was_killed_is_in_nobodys_way(tmp_path: Path) -> None:
    path = tmp_path / "answers.yaml"
    with _start(path) as other:
        other.send_signal(signal.SIGKILL)
        other.wait()
        assert (tmp_path / ".answers.yaml.lock").exists()
        with hold(path):
            pass
    assert list(tmp_path.iterdir()) == []


def test_a_lock_removed_by_another_is_taken_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sidecar = tmp_path / ".answers.yaml.lock"
    tries: list[int] = []

    def lock(descriptor: int) -> bool:
        if not tries:
            sidecar.unlink()
        tries.append(descriptor)
        return True

    monkeypatch.setattr("custfocus_cli.files.lock._lock", lock)
    with hold(tmp_path / "answers.yaml"):
        assert sidecar.exists()
    assert len(tries) == 2


def test_where_no_lock_can_be_made_the_reason_is_told(tmp_path: Path) -> None:
    for name, why in (("no/answers.yaml", "there is no such folder"), ("a\0b", "no file has")):
        with pytest.raises(CustfocusError, match=f"could not be written: {why}"):
            hold(tmp_path / name).__enter__()
