"""Saving so that at every moment either the old file or the new one is there, whole."""

from __future__ import annotations

import errno
import os
import secrets
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from custfocus_cli.errors import CustfocusError
from custfocus_cli.files.disk import reason


def save(path: str | Path, content: str | bytes, *, private: bool = False) -> None:
    """Put content in the place of a file, or make the file.

    The old file stays whole until the new one is on the disk; its mode is kept, and so is a
    symbolic link that leads to it. A new file that is `private` is readable by its owner only.
    A device or a pipe is written to. Raises CustfocusError, and leaves nothing half done.
    """
    data = content.encode() if isinstance(content, str) else content
    with explain_refusal(path):
        target = Path(os.path.realpath(path))
        old = target.stat() if target.exists() else None
        if old is not None and not stat.S_ISREG(old.st_mode):
            target.write_bytes(data)  # a folder refuses this with the right reason
            return
        if old is not None and not os.access(target, os.W_OK):
            raise PermissionError(errno.EACCES, "")
        _replace(target, data, old.st_mode if old else None, private=private)


def make_folder(path: str | Path) -> None:
    """Make a folder, with those it stands in, where there is none. Raises CustfocusError."""
    with explain_refusal(path):
        Path(path).mkdir(parents=True, exist_ok=True)


def refuse_existing(path: str | Path, *, force: bool) -> None:
    """Raise CustfocusError where a file stands that only `--force` may replace."""
    if not force and os.path.lexists(path):
        raise CustfocusError(
            f"{path} exists already", "give another name, or replace it with --force"
        )


def _replace(target: Path, data: bytes, mode: int | None, *, private: bool) -> None:
    beside = target.with_name(f".custfocus-{secrets.token_hex(8)}.tmp")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if private else 0o666)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            if mode is not None:
                beside.chmod(stat.S_IMODE(mode))
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(target)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    """Bring the new name to the disk too, where the system can sync a folder."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextmanager
def explain_refusal(path: str | Path) -> Iterator[None]:
    """Raise what the system says against writing to a file as a CustfocusError."""
    try:
        yield
    except OSError as error:
        raise CustfocusError(f"{path} could not be written: {_why(error)}") from error
    except ValueError as error:  # a NUL inside the name
        raise CustfocusError(f"{path} could not be written: no file has such a name") from error


_REASONS: Final[Mapping[int, str]] = {
    errno.ENOENT: "there is no such folder",
    errno.ENOTDIR: "there is no such folder",
    errno.EACCES: "there is no permission to write there",
    errno.EISDIR: "this is a folder",
    errno.ENOSPC: "the disk is full",
    errno.EFBIG: "it would be larger than the system allows",
    errno.EROFS: "the disk can only be read",
}


def _why(error: OSError) -> str:
    return _REASONS.get(error.errno or 0) or reason(error)
