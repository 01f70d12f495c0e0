"""`REF:PATH` is read from git by ids, in the repository of the current folder, and nothing else.

Every repository here is a real one that the test builds. Where git is not installed these tests are
skipped; in a pipeline (CI is set) they fail.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from cli import CUSTFOCUS
from history import Repository, begin, copy

from custfocus_cli.errors import CustfocusError, Problem
from custfocus_cli.files import revisions
from custfocus_cli.files.revisions import list_files, locate, look_up, read_file, split
from custfocus_cli.files.tree import MOST_BYTES

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="needs a shell, or names of POSIX")


@pytest.fixture(scope="module")
def five_years(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """Five years of one file, the first of them before there was a second folder."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        made = begin(tmp_path_factory.mktemp("history") / "work", monkeypatch)
        made.commit({"answers.yaml": "year: 2022\n"})
        for year in range(2023, 2027):
            made.commit({"answers.yaml": f"year: {year}\n", "depot/north.yaml": f"north: {year}\n"})
            made.git("tag", "--annotate", "--message", "the year", f"year/{year}")
    return made


@pytest.fixture
def repository(
    five_years: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Repository:
    """Those years in the current folder, for one test alone."""
    return copy(five_years, tmp_path / "work", monkeypatch)


def read(source: str) -> str:
    """What a source holds, or `RULE: MESSAGE` of its problem; an error is raised."""
    located = locate(source)
    assert located is not None, "has another form"
    found = read_file(*located)
    if isinstance(found, Problem):
        assert (found.path, found.line, found.column) == (source, 1, 1)
        return f"{found.rule}: {found.message}"
    return found.decode()


def refuse(source: str) -> tuple[str, str]:
    """The message about a source, and the hint."""
    with pytest.raises(CustfocusError) as caught:
        locate(source)
    return caught.value.message, caught.value.hint


NO_FILE = "there is no such file, and"
GONE = "cannot-read: there is no such file at this revision"


# --- the form --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "parts"),
    [
        ("main:a.yaml", ("main", "a.yaml")),
        ("HEAD~1:depot/a.yaml", ("HEAD~1", "depot/a.yaml")),
        ("main:a:b.yaml", ("main", "a:b.yaml")),
        ("main@{2025-12-31 12:00:00}:a.yaml", ("main@{2025-12-31 12:00:00}", "a.yaml")),
        ("HEAD^{/fix: {x}}:a.yaml", ("HEAD^{/fix: {x}}", "a.yaml")),
        ("a}:b", ("a}", "b")),
        (":a.yaml", ("", "a.yaml")),
        ("main:", ("main", "")),
        ("c:a.yaml", ("c", "a.yaml")),
        ("a.yaml", None),
        ("main@{12", None),
        ("a{b:a.yaml", ("a{b", "a.yaml")),
        ("a{b:c:d", ("a{b", "c:d")),
        ("main@{12:00}", ("main@{12", "00}")),  # never a file that is merely missing
        ("", None),
        ("m:/x", ("m", "/x")),
    ],
)
def test_a_source_is_split_at_its_first_colon_outside_braces(
    source: str, parts: tuple[str, str] | None
) -> None:
    assert split(source) == parts


@pytest.mark.parametrize("source", ["C:\\x", "c:/answers.yaml"])
def test_a_drive_is_no_revision_where_there_are_drives(
    source: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert split(source) == (source[0], source[2:])
    monkeypatch.setattr(os, "name", "nt")
    assert split(source) is None


@pytest.mark.parametrize(
    ("source", "why", "hint"),
    [
        (":answers.yaml", "no revision stands before the colon", ""),
        ("--output=x:a", "no revision begins with '-'", ""),
        ("HEAD:", "no path stands after the colon", "the current folder is HEAD:."),
        (
            "https://example.org/a.yaml",
            "no revision holds an absolute path",
            "a path at a revision starts from the current folder",
        ),
        ("HEAD~9:answers.yaml", "no revision 'HEAD~9' in this git repository", ""),
        ("nowhere:answers.yaml", "no revision 'nowhere' in this git repository", ""),
        ("^HEAD:answers.yaml", "no revision '^HEAD' in this git repository", ""),
        ("HEAD~1..HEAD:answers.yaml", "no revision 'HEAD~1..HEAD' in this git repository", ""),
        ("HEAD\n:answers.yaml", "no revision 'HEAD\n' in this git repository", ""),
    ],
)
def test_what_names_no_revision_is_refused(
    repository: Repository, source: str, why: str, hint: str
) -> None:
    assert refuse(source) == (f"{source}: {NO_FILE} {why}", hint)
    assert sorted(path.name for path in Path().iterdir()) == [
        ".git",
        "answers.yaml",
        "depot",
    ]  # nothing was written


def test_the_beginning_of_several_ids_is_no_revision(repository: Repository) -> None:
    text = repository.git("cat-file", "commit", "HEAD")
    twins: dict[str, str] = {}
    for number in range(10_000):  # two of some hundred begin with the same four digits
        commit = f"{text} {number}"
        start = hashlib.sha1(f"commit {len(commit)}\0{commit}".encode()).hexdigest()[:4]  # noqa: S324 - it is git's
        if start in twins:
            break
        twins[start] = commit
    for each in (twins[start], commit):
        repository.write("commit", each)
        assert repository.git("hash-object", "-w", "-t", "commit", "commit").startswith(start)
    why = f"'{start}' is the beginning of several ids in this git repository"
    assert refuse(f"{start}:answers.yaml")[0] == f"{start}:answers.yaml: {NO_FILE} {why}"


def test_a_year_is_no_commit_that_happens_to_begin_so(repository: Repository) -> None:
    commit = repository.git("rev-parse", "HEAD~1")
    for digits in (4, 6):
        name = commit[:digits]
        for ref in (name, name.upper(), f"{name}~0", f"{name}^{{commit}}", f"year-g{name}"):
            named = f"year-g{name}" if "-g" in ref else ref[:digits]
            source = f"{ref}:answers.yaml"
            assert refuse(source) == (
                f"{source}: {NO_FILE} '{named}' is no branch or tag; the id of a commit happens"
                " to begin so",
                "name a branch or a tag, or at least 7 digits of the id of a commit",
            )
    for ref in (commit, commit[:7], f"year-g{commit[:7]}~0"):
        assert read(f"{ref}:answers.yaml") == "year: 2025\n"


@pytest.mark.parametrize("sort", ["branch", "tag"])
def test_a_year_may_be_a_branch_or_a_tag(repository: Repository, sort: str) -> None:
    name = repository.git("rev-parse", "HEAD~1")[:4]
    repository.git(sort, name, "HEAD~2")
    assert read(f"{name}:answers.yaml") == "year: 2024\n"
    assert read(f"{name}~1:answers.yaml") == "year: 2023\n"


# --- what is read ----------------------------------------------------------------------------


def test_a_branch_may_have_a_brace_in_its_name(repository: Repository) -> None:
    repository.git("branch", "a{b", "HEAD~2")
    assert read("a{b:answers.yaml") == "year: 2024\n"


def test_a_replacement_takes_the_place_of_nothing(repository: Repository) -> None:
    repository.git("replace", "HEAD~1", "HEAD")
    assert repository.git("show", "HEAD~1:answers.yaml") == "year: 2026"
    assert read("HEAD~1:answers.yaml") == "year: 2025\n"


def test_a_file_is_read_as_it_stood(repository: Repository) -> None:
    repository.write("answers.yaml", "year: not committed\n")
    repository.git("add", "answers.yaml")
    third = repository.git("rev-parse", "main~2")
    found = {
        source: read(f"{source}:answers.yaml")
        for source in ("main", "HEAD", "@", "main~4", "year/2023", "main^{/year}", third, third[:9])
    }
    assert found == {
        "main": "year: 2026\n",
        "HEAD": "year: 2026\n",
        "@": "year: 2026\n",
        "main~4": "year: 2022\n",
        "year/2023": "year: 2023\n",
        "main^{/year}": "year: 2026\n",
        third: "year: 2024\n",
        third[:9]: "year: 2024\n",
    }
    assert [read(f"main~{n}:depot/north.yaml") for n in (4, 3)] == [GONE, "north: 2023\n"]


def test_a_folder_lists_its_files(repository: Repository) -> None:
    (repository.folder / "depot" / "a.yaml").symlink_to("north.yaml")
    repository.commit({"depot/below/x.yaml": "", "depot/b.txt": ""})
    found = {}
    for source in ("HEAD:depot", "HEAD:depot/", "HEAD:./depot/below/..", "HEAD~1:depot", "HEAD:.",
                   "HEAD:answers.yaml", "HEAD:nowhere", "HEAD:.."):  # fmt: skip
        located = locate(source)
        assert located is not None
        found[source] = list_files(*located)
    assert found == {
        "HEAD:depot": ("a.yaml", "b.txt", "north.yaml"),
        "HEAD:depot/": ("a.yaml", "b.txt", "north.yaml"),
        "HEAD:./depot/below/..": ("a.yaml", "b.txt", "north.yaml"),
        "HEAD~1:depot": ("north.yaml",),
        "HEAD:.": ("answers.yaml",),
        "HEAD:answers.yaml": None,
        "HEAD:nowhere": None,
        "HEAD:..": None,
    }


def test_nothing_is_found_or_found_out_or_neither(repository: Repository) -> None:
    (repository.folder / "link").symlink_to("depot")
    repository.commit({})

    def find(path: str) -> str:
        located = locate(f"HEAD:{path}")
        assert located is not None
        found = look_up(*located)
        return "missing" if found is None else type(found).__name__

    assert {
        path: find(path) for path in ("answers.yaml", "depot", ".", "no", "answers.yaml/x")
    } == {
        "answers.yaml": "Entry",
        "depot": "Entry",
        ".": "Entry",
        "no": "missing",
        "answers.yaml/x": "missing",
    }
    assert (find(".."), find("link"), find("link/north.yaml")) == ("Problem", "Entry", "Problem")


def test_what_is_no_file_says_what_it_is(repository: Repository, tmp_path: Path) -> None:
    link = "this is a symbolic link, which is not followed in git; name the file it leads to"
    submodule = "this is a submodule, a repository of its own; its files are read in its folder"
    (repository.folder / "latest.yaml").symlink_to("answers.yaml")
    (repository.folder / "latest").symlink_to("depot")
    repository.git("submodule", "--quiet", "add", str(repository.folder / ".git"), "other")
    repository.commit({})
    found = {
        path: read(f"HEAD:{path}")
        for path in ("depot", "latest.yaml", "latest/north.yaml", "other", "other/answers.yaml")
    }
    assert found == {
        "depot": "cannot-read: this is a folder, not a file",
        "latest.yaml": f"cannot-read: {link}",
        "latest/north.yaml": f"cannot-read: latest: {link}",
        "other": f"cannot-read: {submodule}",
        "other/answers.yaml": f"cannot-read: other: {submodule}",
    }


def test_no_more_than_the_limit_is_read(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit({"full.yaml": b"#" * MOST_BYTES, "over.yaml": b"#" * (MOST_BYTES + 1)})
    asked: list[tuple[str, ...]] = []
    ask = revisions._ask

    def follow(repository: str, *arguments: str) -> bytes | str:
        asked.append(arguments[:2])
        return ask(repository, *arguments)

    monkeypatch.setattr(revisions, "_ask", follow)
    assert len(read("HEAD:full.yaml")) == MOST_BYTES
    assert ("cat-file", "blob") in asked
    asked.clear()
    assert read("HEAD:over.yaml") == "too-large: a file may have at most 2 MB (2,000,000 bytes)"
    assert ("cat-file", "blob") not in asked


def test_a_pointer_of_lfs_is_not_taken_for_the_file(repository: Repository) -> None:
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 12345\n"
    repository.commit({"large.yaml": pointer})
    assert read("HEAD:large.yaml") == (
        "cannot-read: git holds a pointer of Git LFS here, not the file itself"
    )


@POSIX
@pytest.mark.parametrize(
    "name",
    ["a b.yaml", "-x.yaml", ":(top)x.yaml", ":!x", "*.yaml", "[a].yaml", "a\nb\tc.yaml", '"q"',
     "größe.yaml", "a\\b.yaml", "x:y.yaml", "~", "\udcff.yaml"],
)  # fmt: skip
def test_any_name_is_only_a_name(repository: Repository, name: str) -> None:
    try:
        repository.commit({name: "this one\n", f"depot/{name}": "the other one\n"})
    except OSError:
        pytest.skip("this file system has no such names")
    assert read(f"HEAD:{name}") == "this one\n"
    assert read(f"HEAD:depot/{name}") == "the other one\n"
    located = locate("HEAD:depot")
    assert located is not None
    assert list_files(*located) == tuple(sorted(["north.yaml", name]))


@POSIX
def test_no_filter_and_no_textconv_is_applied(repository: Repository) -> None:
    repository.commit({".gitattributes": "*.yaml diff=loud filter=loud ident eol=crlf\n"})
    for key in ("diff.loud.textconv", "filter.loud.smudge", "filter.loud.process", "core.pager"):
        repository.git("config", key, "touch acted; cat")
    assert read("HEAD:answers.yaml") == "year: 2026\n"
    assert not (repository.folder / "acted").exists()


def test_nothing_in_the_repository_changes(repository: Repository) -> None:
    def snapshot() -> dict[str, tuple[int, int]]:
        paths = (path for path in repository.folder.rglob("*") if path.is_file())
        return {str(path): (path.stat().st_mtime_ns, path.stat().st_size) for path in paths}

    before = snapshot()
    read("main~1:answers.yaml")
    refuse("nowhere:answers.yaml")
    assert snapshot() == before


def test_ids_of_sha256_are_ids_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = begin(tmp_path / "long", monkeypatch, "--object-format=sha256")
    assert len(made.commit({"a.yaml": "a: b\n"})) == 64
    assert read("HEAD:a.yaml") == "a: b\n"


# --- where from ------------------------------------------------------------------------------


def test_a_path_starts_from_the_current_folder(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir("depot")
    for path in ("north.yaml", "./north.yaml", "../depot/north.yaml"):
        assert read(f"main~1:{path}") == "north: 2025\n"
    assert read("main~1:../answers.yaml") == "year: 2025\n"
    assert read("main~4:north.yaml") == GONE
    assert read("main:../../x.yaml") == "cannot-read: this path leads out of the repository"


def test_a_path_from_the_top_is_pointed_out(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir("depot")
    why = "there is no such file in this folder at this revision"
    assert [refuse("main:answers.yaml"), refuse("main:depot/north.yaml"), refuse("main:depot")] == [
        (
            f"main:answers.yaml: {why}",
            "a path starts from the current folder: main:../answers.yaml",
        ),
        (f"main:depot/north.yaml: {why}", "a path starts from the current folder: main:north.yaml"),
        (f"main:depot: {why}", "a path starts from the current folder: main:."),
    ]
    assert read("main:./answers.yaml") == GONE  # no doubt about this one


def test_a_bare_repository_and_a_linked_folder_are_read_too(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.git("clone", "--quiet", "--bare", ".", str(tmp_path / "bare"))
    repository.git("worktree", "add", "--quiet", "--detach", str(tmp_path / "linked"), "main~2")
    monkeypatch.chdir(tmp_path / "bare")
    assert read("main~1:depot/north.yaml") == "north: 2025\n"
    monkeypatch.chdir(tmp_path / "linked" / "depot")
    assert (read("HEAD:north.yaml"), read("main:north.yaml")) == ("north: 2024\n", "north: 2026\n")


def test_what_a_hook_leaves_set_does_not_lead_to_its_own_repository(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = begin(tmp_path / "other", monkeypatch)
    other.commit({"answers.yaml": "another one\n"})
    monkeypatch.setenv("GIT_DIR", str(other.folder / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other.folder))
    monkeypatch.setenv("GIT_COMMON_DIR", str(other.folder / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other.folder / ".git" / "index"))
    monkeypatch.setenv("GIT_NAMESPACE", "x")
    monkeypatch.setenv("GIT_PREFIX", "depot/")
    assert read("HEAD:answers.yaml") == "another one\n"
    monkeypatch.chdir(repository.folder / "depot")
    assert read("HEAD:north.yaml") == "north: 2026\n"


def _write_hook(git_folder: Path, name: str, script: str) -> None:
    hook = git_folder / "hooks" / name
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    hook.chmod(0o755)


CALL = f"'{sys.executable}' -P -m {CUSTFOCUS[-1]} score -q"


@POSIX
def test_a_hook_of_one_repository_reads_another_one(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = begin(tmp_path / "other", monkeypatch)
    other.commit({"answers.yaml": "another: one\n"})
    linked = tmp_path / "linked"  # git sets GIT_DIR for hooks in such a folder
    repository.git("worktree", "add", "--quiet", "-b", "linked", str(linked))
    script = f"cd '{other.folder}' && {CALL} HEAD:answers.yaml 2>&1; true"
    script = f"exec >'{tmp_path}/said'; echo $GIT_DIR; {script}"
    _write_hook(repository.folder / ".git", "pre-commit", script)
    Repository(linked).commit({"x": "y"})
    hooked, said = (tmp_path / "said").read_text("utf-8").splitlines()
    assert hooked == str(repository.folder / ".git" / "worktrees" / "linked")
    assert said.startswith("HEAD:answers.yaml:1:1: missing-key")


@POSIX
def test_a_hook_on_a_server_reads_what_is_being_pushed(
    repository: Repository, tmp_path: Path
) -> None:
    repository.git("clone", "--quiet", "--bare", ".", str(tmp_path / "server"))
    script = f"read old new ref; {CALL} $new:new.yaml >'{tmp_path}/said' 2>&1; exit 1"
    _write_hook(tmp_path / "server", "pre-receive", script)
    pushed = repository.commit({"new.yaml": "pushed: just now\n"})
    with pytest.raises(AssertionError, match="pre-receive hook declined"):
        repository.git("push", "--quiet", str(tmp_path / "server"), "main")
    said = (tmp_path / "said").read_text("utf-8")
    assert said.startswith(f"{pushed}:new.yaml:1:1: missing-key")


# --- what is not here ------------------------------------------------------------------------


def test_a_shallow_clone_says_what_to_fetch(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = repository.folder.as_uri()
    repository.git("clone", "--quiet", "--depth=1", url, str(tmp_path / "shallow"))
    monkeypatch.chdir(tmp_path / "shallow")
    assert read("HEAD:answers.yaml") == "year: 2026\n"
    assert refuse("HEAD~1:answers.yaml") == (
        f"HEAD~1:answers.yaml: {NO_FILE} no revision 'HEAD~1' in this git repository",
        "this clone is shallow, it has only the latest history: git fetch --unshallow; in a "
        "pipeline, fetch-depth: 0 (GitHub Actions) or GIT_DEPTH: 0 (GitLab CI)",
    )


def test_a_branch_that_only_the_remote_has_is_named(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.git("branch", "last-year", "main~1")
    repository.git("clone", "--quiet", ".", str(tmp_path / "clone"))
    monkeypatch.chdir(tmp_path / "clone")
    assert read("origin/last-year:answers.yaml") == "year: 2025\n"
    assert refuse("last-year:answers.yaml") == (
        f"last-year:answers.yaml: {NO_FILE} no revision 'last-year' in this git repository",
        "did you mean origin/last-year?",
    )


def test_a_day_before_the_log_of_a_branch_is_not_taken_for_the_first_in_it(
    repository: Repository,
) -> None:
    day = "main@{2019-12-31 12:00}"
    assert refuse(f"{day}:answers.yaml") == (
        f"{day}:answers.yaml: {NO_FILE} the log that this clone keeps begins after '{day}'",
        "name the commit itself, or a tag",
    )
    assert read("main@{1}:answers.yaml") == "year: 2025\n"
    assert refuse("main@{9}:answers.yaml")[0].endswith(
        "no revision 'main@{9}' in this git repository"
    )


@pytest.mark.parametrize("left_out", ["blob:none", "tree:0"])
def test_a_partial_clone_fetches_nothing(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, left_out: str
) -> None:
    repository.git("config", "uploadpack.allowFilter", "true")
    partial = Repository(tmp_path / "partial")
    url = repository.folder.as_uri()
    repository.git("clone", "--quiet", "--no-checkout", f"--filter={left_out}", url,
                   str(partial.folder))  # fmt: skip
    monkeypatch.chdir(partial.folder)

    def absent() -> str:
        return partial.git("rev-list", "--objects", "--missing=print", "--all")

    before = absent()
    assert "?" in before
    why = "this clone is a partial one and does not hold it; git show fetches it"
    assert read("main~1:answers.yaml") == f"cannot-read: {why}"
    assert absent() == before
    partial.git("show", "main~1:answers.yaml")
    revisions._read_folder.cache_clear()  # which lives for one run
    assert read("main~1:answers.yaml") == "year: 2025\n"


def test_outside_of_a_repository_the_reason_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(tmp_path / "work", monkeypatch)
    (tmp_path / "plain").mkdir()
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    monkeypatch.chdir(tmp_path / "plain")
    assert refuse("HEAD:a.yaml") == (
        f"HEAD:a.yaml: {NO_FILE} this folder is in no git repository",
        "",
    )


def test_a_repository_without_a_commit_has_no_revision(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(tmp_path / "work", monkeypatch)
    assert refuse("HEAD:a.yaml")[0] == (
        f"HEAD:a.yaml: {NO_FILE} no revision 'HEAD' in this git repository"
    )


def test_a_repository_of_somebody_else_is_trusted_by_its_owner_only(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")  # a switch of git's own tests
    trust = f"git config --global --add safe.directory {repository.folder}"
    assert refuse("HEAD:answers.yaml") == (
        f"HEAD:answers.yaml: {NO_FILE} git does not open this repository, which belongs to another "
        "user",
        f"if you trust it: {trust}",
    )
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "safe.directory")  # as pipelines set it
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "*")
    assert read("HEAD:answers.yaml") == "year: 2026\n"


def test_a_repository_that_git_cannot_open_says_why(repository: Repository) -> None:
    repository.write(".git/config", "[broken\n")
    message, _ = refuse("HEAD:answers.yaml")
    assert message.startswith(
        f"HEAD:answers.yaml: {NO_FILE} git cannot open this repository: bad config line 1"
    )


def test_an_object_that_is_broken_says_so(repository: Repository) -> None:
    name = repository.git("rev-parse", "HEAD:answers.yaml")
    path = repository.folder / ".git" / "objects" / name[:2] / name[2:]
    path.chmod(0o644)
    path.write_bytes(b"no longer what it was")
    assert read("HEAD:answers.yaml").startswith("cannot-read: git cannot read it: ")
    assert read("HEAD:depot/north.yaml") == "north: 2026\n"


def test_without_git_the_reason_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert refuse("HEAD:a.yaml") == (
        f"HEAD:a.yaml: {NO_FILE} git is not installed, which reads REF:PATH",
        "install git",
    )


@POSIX
def test_a_git_that_never_answers_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "git").write_text("#!/bin/sh\nexec /bin/sleep 60\n", encoding="utf-8")
    (tmp_path / "git").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(revisions, "_SECONDS", 0.2)
    assert refuse("HEAD:a.yaml") == ("git did not answer within 0.2 seconds", "")


def test_git_is_told_to_ask_for_nothing(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[list[str], dict[str, str]]] = []
    run = subprocess.run

    def follow(command: list[str], **options: object) -> object:
        environment = options["env"]
        assert isinstance(environment, dict)
        assert not options.get("shell")
        assert options["stdin"] == subprocess.DEVNULL
        seen.append((command[1:], environment))
        return run(command, **options)  # type: ignore[call-overload] # as it was called

    monkeypatch.setattr(subprocess, "run", follow)
    read("main~1:answers.yaml")
    kinds = [command[0] for command, _ in seen]
    assert kinds == ["rev-parse", "rev-parse", "ls-tree", "cat-file", "cat-file"]
    assert seen[1][0][1:] == ["--verify", "--end-of-options", "main~1^{commit}"]
    for _, environment in seen:
        assert environment["GIT_OPTIONAL_LOCKS"] == environment["GIT_TERMINAL_PROMPT"] == "0"
        assert environment["GIT_NO_LAZY_FETCH"] == "1"
