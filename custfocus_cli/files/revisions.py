"""Files and folders as they stood at a git revision, which a source names as `REF:PATH`.

git is started here and nowhere else, and is asked for revisions and objects only: no shell is
between, no filter and no textconv is applied, nothing is fetched and nothing is written.
"""

from __future__ import annotations

import os
import posixpath
import re
import shutil
import subprocess
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

from custfocus_cli.errors import CustfocusError, Problem, name_path
from custfocus_cli.files.disk import unreadable
from custfocus_cli.files.text import TOO_LARGE
from custfocus_cli.files.tree import MOST_BYTES

_SECONDS: Final = 60
"""How long git may take for one answer: what lies on this disk never takes a tenth of it."""

_DROPPED: Final = frozenset(
    {"GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_NAMESPACE"}
    | {"GIT_IMPLICIT_WORK_TREE", "GIT_GRAFT_FILE", "GIT_SHALLOW_FILE", "GIT_REPLACE_REF_BASE"}
)
"""What a hook leaves set for its own repository, where the current folder may be in another one.

Where objects lie may stay set: an object goes by a hash of what it holds, so that no other one can
take its place, and a hook on a server finds what was just pushed in no other way.
"""

_SET: Final[Mapping[str, str]] = {
    "LC_ALL": "C",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",  # git 2.45
    "GIT_NO_REPLACE_OBJECTS": "1",  # a replacement would stand in the place of what was committed
    "GIT_ALLOW_PROTOCOL": "none",  # every git: whatever would be fetched, no way leads there
}

_DRIVE: Final = re.compile(r"[A-Za-z]:[\\/]")
_ID: Final = re.compile(rb"[0-9a-f]{40}(?:[0-9a-f]{24})?\n")
_LEAST_DIGITS: Final = 7
_SHORT_ID: Final = re.compile(rf"(?:.*-g)?[0-9a-fA-F]{{1,{_LEAST_DIGITS - 1}}}")
"""The beginning of a commit's id, alone or as `git describe` writes it, that is none by purpose."""
_LFS_POINTER: Final = b"version https://git-lfs.github.com/spec/v1\n"

_FOLDER: Final = "040000"
_SUBMODULE: Final = "160000"
_NO_FILES: Final[Mapping[str, str]] = {
    _FOLDER: "this is a folder, not a file",
    "120000": "this is a symbolic link, which is not followed in git; name the file it leads to",
    _SUBMODULE: "this is a submodule, a repository of its own; its files are read in its folder",
}
"""The modes of what is no file in a tree of git, and how that is said."""


class Revision(NamedTuple):
    """A revision that there is.

    `name` is what it was called, `commit` its id, `repository` the folder that git is asked in,
    `folder` the same from the top of the repository: "" or "depots/north/".
    """

    name: str
    commit: str
    repository: str
    folder: str

    def show(self, path: str) -> str:
        """A path at this revision as it is written in a source."""
        return f"{self.name}:{path}"


class Entry(NamedTuple):
    """What has a name in a folder of git; `mode` tells files, folders, links and submodules."""

    mode: str
    id: str

    @property
    def is_folder(self) -> bool:
        """Whether there are other entries in it."""
        return self.mode == _FOLDER


def locate(source: str) -> tuple[Revision, str] | None:
    """The revision and the path of a source of the form `REF:PATH`; None where it has another one.

    PATH starts from the current folder. Raises CustfocusError where REF is no revision here.
    """
    parts = split(source)
    if parts is None:
        return None
    ref, path = parts
    missing = f"{name_path(source)}: there is no such file, and"
    if not ref:
        raise CustfocusError(f"{missing} no revision stands before the colon")
    if ref.startswith("-"):
        raise CustfocusError(f"{missing} no revision begins with '-'")
    if not path:
        raise CustfocusError(
            f"{missing} no path stands after the colon", f"the current folder is {ref}:."
        )
    path = path.replace(os.sep, "/")
    if path.startswith("/"):
        raise CustfocusError(
            f"{missing} no revision holds an absolute path",
            "a path at a revision starts from the current folder",
        )
    revision = _resolve(ref, missing)
    _refuse_path_from_top(revision, path)
    return revision, path


def split(source: str) -> tuple[str, str] | None:
    """REF and PATH of a source, which may name no such revision; None where it has no such form.

    A colon in braces belongs to REF, as git has it: `main@{2025-12-31 12:00}:answers.yaml`. Where
    every colon seems to stand in braces, the first one parts: a branch may be called `a{b`.
    """
    depth = 0
    if os.name == "nt" and _DRIVE.match(source):
        return None
    for at, character in enumerate(source):
        if character == "{":
            depth += 1
        elif character == "}":
            depth = max(depth - 1, 0)
        elif character == ":" and depth == 0:
            return source[:at], source[at + 1 :]
    ref, colon, path = source.partition(":")
    return (ref, path) if colon else None


def look_up(revision: Revision, path: str) -> Entry | Problem | None:
    """What stands at a path; None where nothing does, a problem where that cannot be told."""
    inside = posixpath.normpath(posixpath.join(revision.folder, path))
    if inside.startswith("/") or inside.split("/")[0] == "..":
        return unreadable(revision.show(path), "this path leads out of the repository")
    entry = Entry(_FOLDER, revision.commit)
    way = [] if inside == "." else inside.split("/")
    for at, name in enumerate(way):
        if not entry.is_folder:
            why = _NO_FILES.get(entry.mode)
            place = posixpath.relpath("/".join(way[:at]), revision.folder or ".")
            return unreadable(revision.show(path), f"{place}: {why}") if why else None
        entries = _read_folder(revision.repository, entry.id)
        if isinstance(entries, str):
            return unreadable(revision.show(path), entries)
        if name not in entries:
            return None
        entry = entries[name]
    return entry


def read_file(revision: Revision, path: str) -> bytes | Problem:
    """What a file holds at a revision, as git keeps it."""
    shown = revision.show(path)
    entry = look_up(revision, path)
    if isinstance(entry, Problem):
        return entry
    if entry is None:
        return unreadable(shown, "there is no such file at this revision")
    if entry.mode in _NO_FILES:
        return unreadable(shown, _NO_FILES[entry.mode])
    size = _ask(revision.repository, "cat-file", "-s", entry.id)
    if isinstance(size, bytes) and int(size) > MOST_BYTES:
        return Problem(shown, 1, 1, "too-large", TOO_LARGE)
    data = _ask(revision.repository, "cat-file", "blob", entry.id)
    if isinstance(data, str):
        return unreadable(shown, data)
    if data.startswith(_LFS_POINTER):
        return unreadable(shown, "git holds a pointer of Git LFS here, not the file itself")
    return data


def list_files(revision: Revision, path: str) -> tuple[str, ...] | None:
    """The names of the files in a folder at a revision, links among them, sorted.

    None where the path leads to no folder. Raises CustfocusError where git cannot read it.
    """
    entry = look_up(revision, path)
    if not isinstance(entry, Entry) or not entry.is_folder:
        return None
    entries = _read_folder(revision.repository, entry.id)
    if isinstance(entries, str):
        raise CustfocusError(f"the folder {revision.show(path)} cannot be read: {entries}")
    files = (name for name, each in entries.items() if each.mode not in (_FOLDER, _SUBMODULE))
    return tuple(sorted(files))


# --- revisions -------------------------------------------------------------------------------


def _resolve(ref: str, missing: str) -> Revision:
    """The revision that git knows by this name; `missing` begins the message where there is none.

    An entry of the log of a branch is asked for by its day (`main@{2025-12-31}`): git takes the
    oldest one it has where the log begins later, as in every fresh clone, which would compare a
    year with itself. That is refused.
    """
    if shutil.which("git") is None:
        raise CustfocusError(f"{missing} git is not installed, which reads REF:PATH", "install git")
    repository = str(Path.cwd())
    top = _run(repository, "rev-parse", "--show-prefix")
    if top.returncode:
        raise _explain_no_repository(top.stderr.decode("utf-8", "replace"), missing)
    found = _run(repository, "rev-parse", "--verify", "--end-of-options", f"{ref}^{{commit}}")
    if b"only goes back to" in found.stderr:
        raise CustfocusError(
            f"{missing} the log that this clone keeps begins after '{ref}'",
            "name the commit itself, or a tag",
        )
    if found.returncode or not _ID.fullmatch(found.stdout):
        short = b"short object ID" in found.stderr
        why = f"'{ref}' is the beginning of several ids" if short else f"no revision '{ref}'"
        raise CustfocusError(f"{missing} {why} in this git repository", _hint(repository, ref))
    _refuse_short_id(repository, ref, missing)
    folder = os.fsdecode(top.stdout.removesuffix(b"\n"))
    return Revision(ref, found.stdout.decode().strip(), repository, folder)


def _refuse_short_id(repository: str, ref: str, missing: str) -> None:
    """Raise CustfocusError for the first few digits of a commit's id: they may be a year as well.

    What git calls a revision by them is an accident: with the next commit, or in another clone, it
    may be another one. Where a branch or a tag has such a name, git takes that.
    """
    name = re.split(r"[~^@]", ref, maxsplit=1)[0]
    full_name = ("rev-parse", "--verify", "--symbolic-full-name", "--end-of-options")
    if _SHORT_ID.fullmatch(name) and _ask(repository, *full_name, name) == b"":
        raise CustfocusError(
            f"{missing} '{name}' is no branch or tag; the id of a commit happens to begin so",
            f"name a branch or a tag, or at least {_LEAST_DIGITS} digits of the id of a commit",
        )


def _hint(repository: str, ref: str) -> str:
    """What may help where a revision is unknown."""
    remote = f"origin/{ref}"
    query = ("rev-parse", "--verify", "--end-of-options", f"refs/remotes/{remote}^{{commit}}")
    if isinstance(_ask(repository, *query), bytes):
        return f"did you mean {remote}?"
    if _ask(repository, "rev-parse", "--is-shallow-repository") == b"true\n":
        return (
            "this clone is shallow, it has only the latest history: git fetch --unshallow; in a "
            "pipeline, fetch-depth: 0 (GitHub Actions) or GIT_DEPTH: 0 (GitLab CI)"
        )
    return ""


def _explain_no_repository(said: str, missing: str) -> CustfocusError:
    trust = re.search(r"safe\.directory (.+)", said)
    if trust:
        return CustfocusError(
            f"{missing} git does not open this repository, which belongs to another user",
            f"if you trust it: git config --global --add safe.directory {trust[1]}",
        )
    if "not a git repository" in said:
        return CustfocusError(f"{missing} this folder is in no git repository")
    return CustfocusError(f"{missing} git cannot open this repository: {_first_line(said)}")


def _refuse_path_from_top(revision: Revision, path: str) -> None:
    """Raise CustfocusError for a path that starts from the top of the repository, as git has it.

    It would pass for a file that is not there yet. `./` at its beginning leaves no doubt.
    """
    if path.startswith("./") or not revision.folder or look_up(revision, path) is not None:
        return
    from_top = posixpath.relpath(path, revision.folder)
    if isinstance(look_up(revision, from_top), Entry):
        raise CustfocusError(
            f"{revision.show(path)}: there is no such file in this folder at this revision",
            f"a path starts from the current folder: {revision.show(from_top)}",
        )


# --- git -------------------------------------------------------------------------------------


@lru_cache(maxsize=64)
def _read_folder(repository: str, name: str) -> Mapping[str, Entry] | str:
    """What is in the folder of this id (or at the top of a commit), or why git does not tell."""
    listed = _ask(repository, "ls-tree", "-z", "--full-tree", name)
    if isinstance(listed, str):
        return listed
    entries = {}
    for line in listed.split(b"\0")[:-1]:
        about, _, called = line.partition(b"\t")
        mode, _, found = about.decode().split(" ")
        entries[os.fsdecode(called)] = Entry(mode, found)
    return MappingProxyType(entries)


def _ask(repository: str, *arguments: str) -> bytes | str:
    """What git answers, or why it does not."""
    ran = _run(repository, *arguments)
    if ran.returncode == 0:
        return ran.stdout
    said = ran.stderr.decode("utf-8", "replace")
    if "promisor remote" in said or "lazy fetching disabled" in said:
        return "this clone is a partial one and does not hold it; git show fetches it"
    return f"git cannot read it: {_first_line(said)}"


def _run(repository: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """The finished run of git with these arguments."""
    inherited = {name: value for name, value in os.environ.items() if name not in _DROPPED}
    try:
        return subprocess.run(  # noqa: S603 - no shell; what a user typed is no option (see above)
            [shutil.which("git") or "git", *arguments],
            cwd=repository,
            env={**inherited, **_SET},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=_SECONDS,
        )
    except subprocess.TimeoutExpired as error:
        raise CustfocusError(f"git did not answer within {_SECONDS} seconds") from error


def _first_line(said: str) -> str:
    """The first thing that git calls fatal or an error, else all it said in one line."""
    lines = [line for line in said.splitlines() if line.startswith(("fatal: ", "error: "))]
    return (
        lines[0].partition(": ")[2] if lines else " ".join(said.split())[:200] or "it says nothing"
    )
