"""What would make a gate green by mistake: by what a pipeline hands over, and by what files say."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands.calling import Caller
from commands.years import write_policy, write_year


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the files, as the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


# --- names -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["", "  ", "\n"])
@pytest.mark.parametrize(
    "call_with",
    [
        ("score", "{}"),
        ("plan", "{}"),
        ("report", "{}", "-o", "x.html"),
        ("report", "new.yaml", "--previous", "{}", "-o", "x.html"),
        ("check", "{}", "--min-stage", "1"),
        ("diff", "{}", "new.yaml", "--if-no-old", "pass"),
        ("diff", "old.yaml", "{}"),
    ],
)
def test_a_source_has_a_name(
    name: str, call_with: tuple[str, ...], call: Caller, here: Path
) -> None:
    write_year(here, "old")
    write_year(here, "new")
    assert call(*(each.format(name) for each in call_with)) == (
        2,
        "",
        "error: a source without a name\nhint: is a variable empty that should hold the name?\n",
    )


@pytest.mark.parametrize("name", ["", " "])
def test_a_policy_has_a_name(name: str, call: Caller, here: Path) -> None:
    write_year(here, "old")
    write_year(here, "new")
    said = (
        "error: the policy has no name\nhint: is a variable empty that should hold the name?\n"
    )
    assert call("check", "new.yaml", "--policy", name) == (2, "", said)
    assert call("diff", "old.yaml", "new.yaml", "--policy", name) == (2, "", said)


def test_a_name_with_the_end_of_a_line_is_not_missing(call: Caller, here: Path) -> None:
    write_year(here, "old")
    write_year(here, "new", {"w-1": "no"})
    assert call("diff", "old.yaml", "new.yaml")[0] == 1
    assert call("diff", "old.yaml\n", "new.yaml", "--if-no-old", "pass") == (
        2,
        "",
        "error: there is no 'old.yaml\\n'; the control character U+000A in it is a mistake\n"
        "hint: a variable of a pipeline may end with the end of a line\n",
    )
    Path("old.yaml").rename("old.yaml\n")
    assert call("diff", "old.yaml\n", "new.yaml", "--if-no-old", "pass")[0] == 1


def test_a_name_that_ends_with_a_blank_shows_it(call: Caller, here: Path) -> None:
    write_year(here, "new")
    code, out, err = call("diff", "old.yaml ", "new.yaml")
    assert (code, out) == (2, "")
    assert err.splitlines()[0] == "error: there is no 'old.yaml ' to compare with"
    code, out, err = call("diff", "old.yaml ", "new.yaml", "--if-no-old", "pass")
    assert (code, err) == (0, "")
    assert out.splitlines()[-1] == (
        "Gate passed (exit code 0): no baseline, as there is no 'old.yaml '."
    )
