"""A file goes by one name, has one key however it is called, and knows what lies beside it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from custfocus_cli.files.places import File
from custfocus_cli.files.revisions import Revision

REVISION = Revision("main~1", "0" * 40, "anywhere", "depots/")


def test_the_name_is_what_problems_begin_with() -> None:
    assert [File("a/b.yaml").name, File("-").name, File("./b.yaml", REVISION).name] == [
        "a/b.yaml",
        "-",
        "main~1:./b.yaml",
    ]


def test_the_key_is_the_same_for_one_file_only(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").touch()
    (tmp_path / "link.yaml").symlink_to("a.yaml")
    on_disk = {File(str(tmp_path / each)).key for each in ("a.yaml", "x/../a.yaml", "link.yaml")}
    assert on_disk == {os.path.realpath(tmp_path / "a.yaml")}
    in_git = {File(each, REVISION).key for each in ("a.yaml", "./a.yaml", "../depots/a.yaml")}
    assert in_git == {f"{'0' * 40}:depots/a.yaml"}
    later = REVISION._replace(commit="1" * 40)
    assert File("a.yaml", REVISION).key != File("a.yaml", later).key
    assert File("-").key == "-"


@pytest.mark.parametrize(
    ("path", "name", "expected"),
    [
        ("years/a.yaml", "q.yaml", "years/q.yaml"),
        ("years/a.yaml", "../q.yaml", "years/../q.yaml"),
        ("a.yaml", "q/r.yaml", "q/r.yaml"),
        ("a.yaml", "/q.yaml", "/q.yaml"),
        ("", "q.yaml", "q.yaml"),
    ],
)
def test_what_lies_beside_a_file_lies_where_it_does(path: str, name: str, expected: str) -> None:
    assert File(path).beside(name) == File(str(Path(expected)))
    assert File(path, REVISION).beside(name) == File(expected, REVISION)


def test_nothing_lies_beside_standard_input() -> None:
    assert File("-").beside("q.yaml") is None


def test_what_is_in_a_folder() -> None:
    assert File("years").member("a.yaml") == File(str(Path("years/a.yaml")))
    assert File(".", REVISION).member("a.yaml") == File("a.yaml", REVISION)


def test_a_file_on_the_disk_is_there_or_missing(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"a: b")
    assert File(str(tmp_path / "a.yaml")).read() == b"a: b"
    assert [File(str(tmp_path / each)).is_missing for each in ("a.yaml", "b.yaml")] == [False, True]
