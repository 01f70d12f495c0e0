"""One interview per file: an advisory lock on a sidecar, since the file itself is replaced."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from custfocus_cli.errors import CustfocusError
from custfocus_cli.files.atomic import explain_refusal

_NO_LINK = getattr(os, "O_NOFOLLOW", 0)


@contextmanager
def hold(path: str | Path) -> Iterator[None]:
    """Hold a file for as long as the block runs; CustfocusError where another program holds it.

    The lock belongs to the open sidecar and ends with the process however that ends, so one that a
    crash left behind is in nobody's way. Where the file system knows no locks, there is none.
    """
    with explain_refusal(path):
        target = Path(os.path.realpath(path))
        sidecar = target.with_name(f".{target.name}.lock")
        descriptor = _locked(sidecar, path)
    try:
        yield
    finally:
        with suppress(OSError):
            sidecar.unlink()
        os.close(descriptor)


def _locked(sidecar: Path, path: str | Path) -> int:
    """The open sidecar with our lock on it."""
    while True:
        descriptor = os.open(sidecar, os.O_RDWR | os.O_CREAT | _NO_LINK, 0o600)
        if not _lock(descriptor):
            os.close(descriptor)
            raise CustfocusError(
                f"another interview is writing to {path}",
                "finish that one first, or give another file with -o",
            )
        if _is_still(sidecar, descriptor):
            return descriptor
        os.close(descriptor)  # the other one removed it between our open and our lock


def _is_still(sidecar: Path, descriptor: int) -> bool:
    """Whether the name still leads to what was opened."""
    try:
        return os.path.samestat(sidecar.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> bool:
        """Whether nobody else held it."""
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(descriptor: int) -> bool:
        """Whether nobody else held it, or the file system knows no locks."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True
        return True
