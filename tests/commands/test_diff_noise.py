"""`diff` of surveys in which other people answered: what it says of noise and mix, and exit codes.

Everybody answers like the small year of `years`, but for `g-2`. The index of greeting is 100 % at
stage 1; at stage 2 `g-2` and `g-3` have 4 points, 2 of them from `g-3`. Half of the stages each, it
is 75, 87.5 or 100 for a `g-2` of no, half or yes.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from commands.calling import Caller
from commands.years import ANSWERS, ask
from jsonschema import Draft202012Validator

from custfocus_cli.render.schemas import write_schema

DAYS = {"old": "2025-05-01", "new": "2026-05-01"}
CODES = {"n": "no", "h": "half", "y": "yes"}

Crowd = Mapping[str, str]
"""By group: what its people answer to `g-2`, a letter each."""

DOUBTFUL = ({"north": "hhhhhhnnnn"}, {"north": "hhhhnnnnnn"})
SURE = ({"north": "h" * 20}, {"north": "n" * 20})
MIXED = (
    {"north": "y" * 20, "south": "n" * 10},
    {"north": "h" * 10, "south": "n" * 20},
)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the files, as the current one."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "asked.yaml").write_text(yaml.safe_dump(ask()), "utf-8")
    return tmp_path


def list_people(crowd: Crowd) -> list[tuple[str, str]]:
    return [(group, CODES[letter]) for group, letters in crowd.items() for letter in letters]


def write_crowd(name: str, crowd: Crowd, **keys: Any) -> str:
    """A folder with a file for each person."""
    folder = Path(name)
    folder.mkdir()
    for number, (group, code) in enumerate(list_people(crowd), start=1):
        data = {
            "format": "custfocus/assessment/1",
            "questionnaire": {"path": "../asked.yaml"},
            "organisation": "The Hall",
            "date": DAYS[name],
            "mode": "survey",
            "respondent": {"id": f"r{number}", "group": group},
            "answers": {**ANSWERS, "g-2": code},
            **keys,
        }
        (folder / f"{number:02}.yaml").write_text(yaml.safe_dump(data, sort_keys=False), "utf-8")
    return name


def write_table(name: str, crowd: Crowd) -> str:
    """A CSV with a row for each person."""
    with Path(f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["id", "date", "group", *ANSWERS])
        for number, (group, code) in enumerate(list_people(crowd), start=1):
            answers = {**ANSWERS, "g-2": code}.values()
            writer.writerow([f"r{number}", DAYS[name], group, *answers])
    return f"{name}.csv"


def write_both(crowds: tuple[Crowd, Crowd], **keys: Any) -> tuple[str, str]:
    return write_crowd("old", crowds[0], **keys), write_crowd("new", crowds[1], **keys)


# --- what people read ------------------------------------------------------------------------


def test_a_fall_that_could_be_noise_fails_and_says_so(call: Caller) -> None:
    """The binary case of `changes.test_noise`: p = 0.398.

    In points a half is 12.5 above a no. Of 8ths: 6 x 7 + 4 x 6 with 0 and 8 make 74/12 before and
    72/12 now; the intervals need no more than to reach across.
    """
    code, out, _ = call("diff", *write_both(DOUBTFUL), "-q")
    assert code == 1
    assert (
        """
Greeting: Still at stage 1; the index fell from 87.5 to 75.0. That could be
noise: other people answered, and the mean of people's own indexes may have
moved by anything from"""
        in out
    )
    assert (
        """
error    no-regression  Greeting: still at stage 1; the index fell from 87.5 to
                        75.0, because g-2 fell from “Half” to “No”. That could
                        be noise: other people answered."""
        in out
    )
    assert out.endswith(
        "Gate failed (exit code 1): Greeting: still at stage 1; the index fell from 87.5 to 75.0,"
        " because g-2 fell from “Half” to “No”. That could be noise: other people answered.\n"
    )


def test_allow_noise_lets_it_pass_and_counts_it(call: Caller) -> None:
    code, out, _ = call("diff", *write_both(DOUBTFUL), "-q", "--allow-noise")
    assert code == 0
    assert (
        """
notice   no-regression  Greeting: still at stage 1; the index fell from 87.5 to
                        75.0, because g-2 fell from “Half” to “No”. That could
                        be noise: other people answered. --allow-noise lets this
                        pass."""
        in out
    )
    assert out.endswith(
        "Gate passed (exit code 0): nothing fell that fails it; one item fell, g-2; one fall that"
        " could be noise is allowed.\n"
    )


@pytest.mark.parametrize("options", [(), ("--allow-noise",)])
def test_a_fall_that_is_more_than_noise_fails_all_the_same(
    options: tuple[str, ...], call: Caller
) -> None:
    code, out, _ = call("diff", *write_both(SURE), "-q", *options)
    assert code == 1
    assert out.endswith(
        "Gate failed (exit code 1): Greeting: still at stage 1; the index fell from 87.5 to 75.0,"
        " because g-2 fell from “Half” to “No”. That is more than noise.\n"
    )


def test_mix_is_told_beside_the_fall(call: Caller) -> None:
    """The mean falls from (20 x 100 + 10 x 75) / 30 = 91.7 to (10 x 87.5 + 20 x 75) / 30 = 79.2.

    In the old shares 20 of 30 people fall by 12.5: 8.3 of 12.5 points; 4.2 are mix.
    """
    old, new = write_both(MIXED)
    out = call("diff", old, new, "-q", "--by", "group")[1]
    said = " ".join(out.split())
    assert (
        "About a third of that fall comes from another mix of groups: 4.2 of 12.5 points." in said
    )
    assert "mix of groups" not in call("diff", old, new, "-q")[1]


@pytest.mark.parametrize("name", ["markdown", "html"])
def test_pages_say_it_in_the_letter_and_in_the_table(name: str, call: Caller) -> None:
    code, out, _ = call("diff", *write_both(DOUBTFUL), "-q", "-f", name, "--allow-noise")
    assert code == 0
    assert "That could be noise: other people answered, and the mean" in out.replace("\n", " ")
    assert "Fell, could be noise" in out


# --- what programs read ----------------------------------------------------------------------


def read_json(call: Caller, *arguments: str) -> dict[str, Any]:
    result: dict[str, Any] = json.loads(call("diff", *arguments, "-q", "-f", "json")[1])
    Draft202012Validator(write_schema("diff")).validate(result)
    return result


def find_greeting(result: Mapping[str, Any]) -> dict[str, Any]:
    key = "characteristic", "greeting"
    found: dict[str, Any] = next(
        each for each in result["changes"] if (each["scope"], each["id"]) == key
    )
    return found


def test_json_has_the_numbers(call: Caller) -> None:
    old, new = write_both(DOUBTFUL)
    result = read_json(call, old, new, "--allow-noise")
    assert result["gate"] == {
        "status": "pass",
        "fail_on": "regression",
        "policy": None,
        "only": None,
        "allow_noise": True,
        "exit_code": 0,
        "failed": [],
    }
    change = find_greeting(result)
    low, high = change["noise"].pop("interval")
    assert low < -2.5 < 0 < high
    assert change["noise"] == {
        "p": 0.3979,
        "p_adjusted": 0.3979,
        "change": -2.5,
        "more_than_noise": False,
    }
    assert (change["rule"], change["severity"], change["mix"]) == ("no-regression", "notice", None)


def test_json_separates_mix_from_change(call: Caller) -> None:
    change = find_greeting(read_json(call, *write_both(MIXED), "--by", "group"))
    assert change["mix"] == {"change": -8.3333, "mix": -4.1667}
    assert change["noise"]["change"] == -12.5


def test_files_tables_and_tallies_say_the_same(call: Caller) -> None:
    sides = {
        "files": write_both(MIXED),
        "tables": (write_table("old", MIXED[0]), write_table("new", MIXED[1])),
        "tallies": ("old-counted.yaml", "new-counted.yaml"),
    }
    for source, path in zip(sides["files"], sides["tallies"], strict=True):
        assert call("tally", source, "--by", "group", "-o", path, "-q")[0] == 0
    options = ("--by", "group", "--questionnaire", "asked.yaml", "--organisation", "The Hall")
    told = [
        [
            (each["id"], each["verdict"], each["noise"], each["mix"])
            for each in read_json(call, old, new, *options)["changes"]
        ]
        for old, new in (
            *sides.values(),
            (sides["files"][0], sides["tallies"][1]),
            (sides["tallies"][0], sides["tables"][1]),
        )
    ]
    assert told[0][0][2] is not None
    assert told == [told[0]] * 5


# --- what cannot be judged, and what cannot be asked -----------------------------------------

COUNTS = "\nTO KNOW\n-  --allow-noise changes nothing here, because"


@pytest.mark.parametrize(
    ("crowds", "keys", "said"),
    [
        (
            ({"a": "h" * 9}, {"a": "n" * 10}),
            {},
            " fewer than ten people of a year\n   have an index of their own.\n",
        ),
        (
            ({"a": "h"}, {"a": "n" * 10}),
            {},
            " one of the two is what a single\n   file says.\n",
        ),
        (
            DOUBTFUL,
            {"mode": "interview"},
            " interviews name roles and are no\n   sample of people.\n",
        ),
        (
            DOUBTFUL,
            {"date": "2026-05-01"},
            " both are of one survey, so that\n   the same people answered.\n",
        ),
    ],
)
def test_where_nobody_can_tell_it_changes_nothing_and_says_so(
    crowds: tuple[Crowd, Crowd], keys: Mapping[str, Any], said: str, call: Caller
) -> None:
    old, new = write_both(crowds, **keys)
    code, out, _ = call("diff", old, new, "-q", "--allow-noise")
    assert (code, call("diff", old, new, "-q")[0]) == (1, 1)
    assert f"{COUNTS}{said}" in out
    assert "could be noise" not in out


def test_a_stage_that_fell_counts_and_the_page_says_so(call: Caller) -> None:
    """Stage 1 needs a yes to `g-1`; by the median it has one no more, and so the organisation."""
    old = write_crowd("old", {"a": "h" * 10})
    new = write_crowd("new", {"a": "h" * 10})
    for folder, fewest in ((old, 4), (new, 6)):
        for path in sorted(Path(folder).iterdir())[:fewest]:
            path.write_text(path.read_text("utf-8").replace("g-1: 'yes'", "g-1: half"), "utf-8")
    code, out, _ = call("diff", old, new, "-q", "--allow-noise")
    assert code == 1
    assert "A stage that fell counts with --allow-noise too" in out


def test_it_holds_under_a_policy_too(call: Caller) -> None:
    old, new = write_both(DOUBTFUL)
    policy = {"format": "custfocus/policy/1", "rules": {"no-regression": {"severity": "error"}}}
    Path("policy.yaml").write_text(yaml.safe_dump(policy), "utf-8")
    assert call("diff", old, new, "--policy", "policy.yaml", "-q")[0] == 1
    assert call("diff", old, new, "--policy", "policy.yaml", "--allow-noise", "-q")[0] == 0


def test_no_change_at_all_and_noise_contradict_each_other(call: Caller) -> None:
    old, new = write_both(DOUBTFUL)
    assert call("diff", old, new, "--fail-on", "change", "--allow-noise", "-q") == (
        2,
        "",
        "error: --allow-noise lets a fall pass, and --fail-on change no change at all\n"
        "hint: leave one of the two out\n",
    )


def test_a_tally_is_told_apart_as_it_was_counted(call: Caller) -> None:
    old, new = write_both(MIXED)
    assert call("tally", old, "--by", "group", "-o", "old-counted.yaml", "-q")[0] == 0
    asked = ("--questionnaire", "asked.yaml")
    assert call("diff", "old-counted.yaml", new, "--by", "role", "-q", *asked) == (
        2,
        "",
        "error: a tally was made by group, so that its people cannot be told apart by role\n"
        "hint: tally the answers again with --by role\n",
    )


def test_two_single_files_are_told_of_as_ever(call: Caller) -> None:
    old, new = write_both(({"a": "h"}, {"a": "n"}))
    out = call("diff", old, new, "-q")[1]
    assert "noise" not in out
    assert find_greeting(read_json(call, old, new))["noise"] is None
