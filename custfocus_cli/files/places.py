"""Where a file stands: on the disk, on standard input, or in git at a revision; all read alike."""

from __future__ import annotations

import os
import posixpath
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from custfocus_cli.errors import Problem
from custfocus_cli.files.disk import STANDARD_INPUT, read_source
from custfocus_cli.files.revisions import Revision, look_up, read_file


class File(NamedTuple):
    """A file, which there may be or not, by its path; at a revision of git where there is one."""

    path: str
    revision: Revision | None = None

    @property
    def name(self) -> str:
        """What the file is called in messages: its path, or `REF:PATH`."""
        return self.path if self.revision is None else self.revision.show(self.path)

    @property
    def key(self) -> str:
        """The same for one file however it is called, and for no other one."""
        if self.revision is None:
            return self.path if self.path == STANDARD_INPUT else os.path.realpath(self.path)
        inside = posixpath.normpath(posixpath.join(self.revision.folder, self.path))
        return f"{self.revision.commit}:{inside}"

    @property
    def is_missing(self) -> bool:
        """Whether nothing has this name, as far as that can be told."""
        if self.revision is not None:
            return look_up(self.revision, self.path) is None
        if self.path in ("", STANDARD_INPUT):
            return False
        try:
            os.lstat(self.path)
        except (FileNotFoundError, NotADirectoryError):
            return True
        except OSError:
            return False
        return False

    def read(self) -> bytes | Problem:
        """What the file holds, never more than one byte above the limit, or why that is unknown."""
        if self.revision is None:
            return read_source(self.path)
        return read_file(self.revision, self.path)

    def beside(self, name: str) -> File | None:
        """The file that a name in this one means; standard input has nothing beside it."""
        if self.revision is not None:
            path = PurePosixPath(self.path).parent / name.replace(os.sep, "/")
            return File(str(path), self.revision)
        return None if self.path == STANDARD_INPUT else File(str(Path(self.path).parent / name))

    def member(self, name: str) -> File:
        """The file of this name in the folder that this one is."""
        return File(str(PurePosixPath(self.path) / name), self.revision)
