"""Bytes from the disk and from standard input, never more than a file may have."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO, Final

from custfocus_cli.errors import Problem
from custfocus_cli.files.tree import MOST_BYTES

STANDARD_INPUT: Final = "-"

_OPEN_DESCRIPTORS: Final = ("/dev/stdin", "/dev/fd/", "/proc/self/fd/")
"""Names of what the shell has opened for us: a pipe is welcome there, as in `<(command)`."""

_REASONS: Final[Mapping[int, str]] = {
    errno.ENOENT: "there is no such file",
    errno.ENOTDIR: "there is no such file",
    errno.EACCES: "there is no permission to read it",
    errno.EPERM: "there is no permission to read it",
    errno.ELOOP: "its symbolic links lead in a circle",
    errno.ENAMETOOLONG: "the name is too long",
    errno.EISDIR: "this is a folder, not a file",
    errno.ENXIO: "this is not a regular file",
}


def read_bytes(path: str) -> bytes | Problem:
    """What a regular file holds, cut one byte above the limit so that the excess shows.

    Nothing here waits for a pipe or a device that may never end, and no stated size is believed.
    """
    try:
        return _read_regular(path)
    except OSError as error:
        return unreadable(path, reason(error))
    except ValueError:  # a NUL inside the name
        return unreadable(path, "no file has such a name")


def read_standard_input() -> bytes | Problem:
    """What comes in on standard input, cut one byte above the limit."""
    if sys.stdin is None:
        return unreadable(STANDARD_INPUT, "standard input is closed")
    try:
        return sys.stdin.buffer.read(MOST_BYTES + 1)
    except OSError as error:
        return unreadable(STANDARD_INPUT, reason(error))


def read_source(name: str) -> bytes | Problem:
    """What a name on the command line stands for: standard input for `-`, else a file."""
    return read_standard_input() if name == STANDARD_INPUT else read_bytes(name)


def list_names(folder: str) -> list[str] | Problem:
    """The names of the files in a folder, sorted; not those of folders in it."""
    try:
        return sorted(each.name for each in Path(folder).iterdir() if each.is_file())
    except OSError as error:
        return unreadable(folder, reason(error))
    except ValueError:  # a NUL inside the name
        return unreadable(folder, "no folder has such a name")


def unreadable(path: str, why: str) -> Problem:
    """The problem that a file cannot be read at all."""
    return Problem(path, 1, 1, "cannot-read", why)


def reason(error: OSError) -> str:
    """Why the system refused, in our words where we have some."""
    return _REASONS.get(error.errno or 0) or error.strerror or "the system refused"


def open_regular(path: str) -> BinaryIO:
    """A regular file, open for reading; OSError for what is none, ValueError for no name at all."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    stream = os.fdopen(os.open(path, flags), "rb")
    try:
        mode = os.fstat(stream.fileno()).st_mode
        if stat.S_ISFIFO(mode) and path.startswith(_OPEN_DESCRIPTORS):
            os.set_blocking(stream.fileno(), True)
        elif stat.S_ISDIR(mode):
            raise OSError(errno.EISDIR, "")
        elif not stat.S_ISREG(mode):
            raise OSError(errno.ENXIO, "")
    except OSError:
        stream.close()
        raise
    return stream


def _read_regular(path: str) -> bytes:
    with open_regular(path) as stream:
        return stream.read(MOST_BYTES + 1)
