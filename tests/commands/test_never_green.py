"""What would make a gate green by mistake: by what a pipeline hands over, and by what files say."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from cli import CUSTFOCUS
from commands.calling import Caller
from commands.years import ask, open_all, write_policy, write_year
from history import begin
from runner import read_log


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
    said = "error: the policy has no name\nhint: is a variable empty that should hold the name?\n"
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
        "Gate passed (exit code 0): no baseline, as there is no 'old.yaml ';"
        " The Hall stands at stage 1, index 68.8."
    )


# --- rules without a value -------------------------------------------------------------------

BARE = """\
format: custfocus/policy/1
rules:
  no-regression:
  min-stage: {organisation: , default: 0}
"""


def test_a_rule_without_a_value_is_a_mistake(call: Caller, here: Path) -> None:
    write_year(here, "old")
    write_year(here, "new", {"w-1": "no"})
    Path("policy.yaml").write_text(BARE, "utf-8")
    said = (
        "policy.yaml:3:3: empty-rule: no-regression has no value; write {} for its defaults\n"
        "policy.yaml:4:15: empty-rule: organisation has no value; leave it out, or write one\n"
    )
    assert call("diff", "old.yaml", "new.yaml", "--policy", "policy.yaml") == (2, "", said)
    assert call("check", "new.yaml", "--policy", "policy.yaml") == (2, "", said)
    assert call("validate", "policy.yaml")[:2] == (2, said)
    write_policy(here, {"no-regression": {}, "min-stage": {"default": "0"}})
    assert call("diff", "old.yaml", "new.yaml", "--policy", "policy.yaml")[0] == 1


# --- texts and names that act or are none ----------------------------------------------------

FORMATS = ("text", "json", "markdown", "html", "github", "junit", "gitlab")


@pytest.mark.parametrize("word", ["", "vso", "teamcity", "a.b-c"])
def test_no_text_is_a_command_in_brackets(word: str, call: Caller, here: Path) -> None:
    named: dict[str, Any] = {"organisation": f"##{word}[x] The Hall"}
    write_year(here, "old", **named)
    write_year(here, f"##{word}[x]", {"w-1": "no"}, **named)
    for name in FORMATS:
        code, out, _ = call("diff", "old.yaml", f"##{word}[x].yaml", "-f", name)
        assert (code, f"##{word}[" in out) == (1, False), name


@pytest.mark.skipif(sys.platform != "linux", reason="names are any bytes on Linux alone")
@pytest.mark.parametrize("name", FORMATS)
def test_a_name_that_is_no_utf8_is_shown_as_such(name: str, call: Caller, here: Path) -> None:
    write_year(here, "old")
    path = os.fsdecode(b"2026-\xe4.yaml")
    Path(write_year(here, "new", {"w-1": "no"})).rename(path)
    assert call("diff", "old.yaml", path, "-f", f"{name}=result", "-q")[0] == 1
    written = Path("result").read_text("utf-8")
    assert "2026-\ufffd.yaml" in written.replace("\\", "")
    assert "\\udc" not in written


# --- where results go ------------------------------------------------------------------------


def two_to(where: str) -> tuple[int, str, str]:
    return (
        2,
        "",
        f"error: Invalid value for '-f' / '--format': two formats go to {where};"
        " NAME=PATH writes to a file.\nhint: custfocus diff --help says more\n",
    )


@pytest.mark.parametrize(
    ("targets", "where"),
    [
        (("text", "json=/dev/fd/1"), "stdout"),
        (("text=/dev/stdout", "json=-"), "stdout"),
        (("text=x", "json=./x"), "x"),
        (("text=link", "json=x"), "link"),
        (("text=folder/x", "json=x"), "folder/x"),
        (("text=old.yaml", "json=hard"), "old.yaml"),
    ],
)
def test_two_formats_never_go_to_one_file(
    targets: tuple[str, str], where: str, call: Caller, here: Path
) -> None:
    write_year(here, "old")
    Path("link").symlink_to("x")
    Path("folder").symlink_to(".")
    Path("hard").hardlink_to("old.yaml")
    before = sorted(Path().iterdir())
    given = [part for each in targets for part in ("-f", each)]
    assert call("diff", "old.yaml", "old.yaml", *given) == two_to(where)
    assert sorted(Path().iterdir()) == before


def test_a_file_is_not_written_under_what_is_printed_into_it(here: Path) -> None:
    write_year(here, "old")
    given = ("diff", "old.yaml", "old.yaml", "-f", "text", "-f", "json=out")
    with Path("out").open("wb") as out:
        command = [*CUSTFOCUS, *given]
        ran = subprocess.run(command, stdout=out, stderr=subprocess.PIPE, check=False)
    assert (ran.returncode, Path("out").read_bytes()) == (2, b"")
    assert ran.stderr.decode() == two_to("stdout")[2]


def test_nothing_is_printed_where_a_file_cannot_be_written(call: Caller, here: Path) -> None:
    write_year(here, "old")
    given = ("diff", "old.yaml", "old.yaml", "-f", "text", "-f", "json=first.json")
    code, out, err = call(*given, "-f", "junit=nowhere/x", "-q")
    assert (code, out) == (2, "")
    assert err == "error: nowhere/x could not be written: there is no such folder\n"
    Path("first.json").unlink()
    code, out, err = call(*given, "-f", "junit=old.yaml", "-q")
    assert (code, out, Path("first.json").exists()) == (2, "", False)
    assert err == (
        "error: old.yaml is a custfocus assessment and is not replaced by a result\n"
        "hint: give another name\n"
    )


# --- files of ours that are spelt or saved otherwise -----------------------------------------


@pytest.mark.parametrize("start", ["format: >-\n  ", "? format\n: ", "format: !!str ", "Format: "])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_no_file_of_ours_is_passed_over_or_replaced(
    start: str, encoding: str, call: Caller, here: Path
) -> None:
    write_year(here, "old")
    text = Path("old.yaml").read_text("utf-8").replace("format: custfocus", f"{start}Custfocus")
    Path("ours.yaml").write_text(text, encoding)
    code, out, err = call("validate", "--only-ours", "ours.yaml")
    assert code == 2
    assert out.startswith("ours.yaml:")
    assert "passed over" not in err
    said = (
        "error: ours.yaml is a custfocus file and is not replaced by a result\n"
        "hint: give another name\n"
    )
    assert call("diff", "old.yaml", "old.yaml", "-f", "json=ours.yaml") == (2, "", said)
    assert call("plan", "old.yaml", "-f", "json", "-o", "ours.yaml") == (2, "", said)
    assert Path("ours.yaml").read_text(encoding) == text


def test_a_byte_order_mark_hides_nothing(call: Caller, here: Path) -> None:
    write_year(here, "old", date="2026-99-99")
    data = Path("old.yaml").read_bytes()
    Path("old.yaml").write_bytes(b"\xef\xbb\xbf" + data)
    code, out, err = call("validate", "--only-ours", "old.yaml")
    assert (code, err) == (2, "one file checked: one problem\n")
    assert out == "old.yaml:5:7: bad-date: 2026-99-99 is not a day of the calendar\n"


# --- results without a rating ----------------------------------------------------------------

WARNING = {"severity": "warning"}
EVERYTHING = ("greeting", "waiting", "organisation", "g-1", "g-2", "g-3", "w-1", "w-2")


@pytest.mark.parametrize(
    ("given", "rules", "exempt"),
    [
        (("--fail-on", "never"), {}, ()),
        (("--only", "greeting", "--fail-on", "never"), {}, ()),
        ((), {"no-regression": WARNING}, ()),
        ((), {"no-regression": {}}, EVERYTHING),
        ((), {"min-stage": {"organisation": "0", **WARNING}}, ()),
        ((), {"min-index": {"characteristics": {"waiting": "0"}, **WARNING}}, ()),
    ],
)
def test_a_result_without_a_rating_never_passes(
    given: tuple[str, ...],
    rules: dict[str, Any],
    exempt: tuple[str, ...],
    call: Caller,
    here: Path,
) -> None:
    write_year(here, "old")
    write_year(here, "new", {**open_all(), "w-1": "DK", "g-1": "NA"})
    if rules:
        reasons = {"rule": "no-regression", "until": "2027-01-01", "reason": "Agreed."}
        path = write_policy(here, rules, *({"id": name, **reasons} for name in exempt))
        given = (*given, "--policy", path)
    said = "nothing is rated of what is judged (1 May 2026)"
    code, out, err = call("diff", "old.yaml", "new.yaml", *given)
    assert (code, err) == (2, f"error: nothing could be judged: {said}\n")
    assert out.splitlines()[-1].startswith(f"Not comparable (exit code 2): {said}.")
    if rules and "no-regression" not in rules:
        assert call("check", "new.yaml", *given)[::2] == (2, err)


def test_a_result_without_a_rating_that_fails_fails_as_ever(call: Caller, here: Path) -> None:
    write_year(here, "old")
    write_year(here, "new", open_all())
    assert call("diff", "old.yaml", "new.yaml")[0] == 1
    assert call("check", "new.yaml", "--min-stage", "0")[0] == 1
    write_year(here, "new", open_all() | {"w-1": "no"})  # one rating is a result
    assert call("diff", "old.yaml", "new.yaml", "--fail-on", "never")[0] == 0


# --- items that nobody asks any more ---------------------------------------------------------


@pytest.fixture
def without_its_question(here: Path) -> Path:
    """A year whose questionnaire is not at hand; its item x-1 is asked no more."""
    digest = f"sha256:{'0' * 64}"
    write_year(here, "old", questionnaire={"path": "asked-old.yaml", "digest": digest})
    write_year(here, "new")
    return here / "old.yaml"


def answer_lost_item(path: Path, answer: str) -> None:
    path.write_text(
        path.read_text("utf-8") + f"  x-1: {{answer: {answer}, reason: So.}}\n", "utf-8"
    )


@pytest.mark.parametrize("answer", ["DK", "NA"])
def test_what_was_never_rated_is_not_lost(
    answer: str, call: Caller, without_its_question: Path
) -> None:
    assert call("diff", "old.yaml", "new.yaml")[0] == 0
    answer_lost_item(without_its_question, answer)
    code, out, _ = call("diff", "old.yaml", "new.yaml")
    assert (code, "x-1" in out) == (0, False)


def test_what_was_rated_is_lost(call: Caller, without_its_question: Path) -> None:
    answer_lost_item(without_its_question, "yes")
    code, out, _ = call("diff", "old.yaml", "new.yaml")
    assert code == 1
    assert out.splitlines()[-1].startswith("Gate failed (exit code 1): x-1: not asked any more.")


@pytest.mark.parametrize("fail_on", ["regression", "change"])
def test_an_item_of_no_characteristic_fails_none(
    fail_on: str, call: Caller, without_its_question: Path
) -> None:
    answer_lost_item(without_its_question, "yes")
    given = ("diff", "old.yaml", "new.yaml", "--only", "waiting", "--fail-on", fail_on)
    code, out, _ = call(*given)
    assert code == 0
    assert "one warning" in out.splitlines()[-1]
    assert "warning  " in out
    assert "x-1" in out


# --- what people perceive --------------------------------------------------------------------


def ask_people(alone: bool = False, **keys: Any) -> dict[str, Any]:
    """The questionnaire with what people perceive of greeting and where they place waiting.

    `alone` leaves out the items of the stages.
    """
    data = ask(**keys)
    seen = [{"id": name, "statement": f"I feel {name}.", "scale": "degree"} for name in SEEN]
    placed = {"id": "w-at", "question": "Where are we?", "options": ["a", "b", "c"]}
    items = {"greeting": {"perception": seen}, "waiting": {"placement": placed}}
    data["items"] = items if alone else {k: v | items[k] for k, v in data["items"].items()}
    return data


SEEN = ("s-1", "s-2")
GOOD = {"s-1": "yes", "s-2": "yes", "w-at": "2"}
SAID = "no-regression"


def list_broken(out: str) -> list[tuple[str, str, str]]:
    """Rule, thing and message of everything that a rule is against."""
    result = json.loads(out)
    found = (*result["changes"], *result["findings"])
    return [(each["rule"], each["id"], each["message"]) for each in found if each["rule"]]


# s-1 from 2 of 2 points to 1: the perception index falls from 100 to 75.
SEEN_LESS = (
    "Greeting: still at stage 1; the index is 87.5 as before. What people perceive of it fell by"
    " 25.0 points{beyond}, because s-1 fell from “Yes” to “Half”."
)
PLACED_LOWER = (
    "Waiting: still at stage 1; the index is 50.0 as before. Whoever was asked places it at stage 1"
    " now and at stage 2 before, because w-at fell from “Good” to “Basic”."
)


@pytest.mark.parametrize(
    ("answers", "given", "broken"),
    [
        ({}, (), []),
        ({"s-1": "half"}, (), [(SAID, "greeting", SEEN_LESS.format(beyond=""))]),
        ({"s-1": "half"}, ("--tolerance", "25"), []),
        (
            {"s-1": "half"},
            ("--tolerance", "24.9"),
            [
                (
                    SAID,
                    "greeting",
                    SEEN_LESS.format(beyond=", by more than the 24.9 points that are tolerated"),
                )
            ],
        ),
        ({"s-1": "half"}, ("--only", "waiting"), []),
        ({"w-at": "1"}, (), [(SAID, "waiting", PLACED_LOWER)]),
        ({"w-at": "1"}, ("--tolerance", "100"), [(SAID, "waiting", PLACED_LOWER)]),
        ({"s-1": "half", "s-2": "yes", "w-1": "yes", "w-at": "2"}, ("--only", "waiting"), []),
    ],
)
def test_what_people_perceive_is_gated(
    answers: dict[str, str],
    given: tuple[str, ...],
    broken: list[tuple[str, str, str]],
    call: Caller,
    here: Path,
) -> None:
    write_year(here, "old", GOOD, asked=ask_people())
    write_year(here, "new", GOOD | answers, asked=ask_people())
    code, out, err = call("diff", "old.yaml", "new.yaml", *given, "-f", "json")
    assert (code, err) == (1 if broken else 0, "")
    assert list_broken(out) == broken
    if broken:
        last = call("diff", "old.yaml", "new.yaml", *given)[1].splitlines()[-1]
        assert last == f"Gate failed (exit code 1): {broken[0][2]}"


def test_a_rise_hides_no_fall_of_what_people_perceive(call: Caller, here: Path) -> None:
    write_year(here, "old", GOOD, asked=ask_people())
    write_year(here, "new", {**GOOD, "g-2": "yes", "s-1": "no", "w-at": "0"}, asked=ask_people())
    code, out, _ = call("diff", "old.yaml", "new.yaml")
    assert code == 1
    assert out.splitlines()[-1] == (
        "Gate failed (exit code 1): what people perceive of Greeting fell; people place Waiting at"
        " a lower stage."
    )
    changes = json.loads(call("diff", "old.yaml", "new.yaml", "-f", "json")[1])["changes"]
    verdicts = {each["id"]: each["verdict"] for each in changes if each["rule"]}
    assert verdicts == {"greeting": "improved", "waiting": "unchanged"}  # by stage, then index


def test_what_is_joined_turns_no_red_into_green(call: Caller, here: Path) -> None:
    """A survey that fell, alone; with an interview beside it; with a better survey before it."""
    for year, date in (("old", "2025-05-01"), ("new", "2026-05-01")):
        folder = here / year
        folder.mkdir()
        answers = open_all() | GOOD | ({} if year == "old" else {"s-1": "half"})
        asked = ask_people(alone=True, id="survey")
        write_year(folder, "survey", answers, asked=asked, date=date)
    assert call("diff", "old", "new")[0] == 1
    for year, date in (("old", "2025-05-01"), ("new", "2026-05-01")):
        write_year(here / year, "interview", date=date)
    assert call("diff", "old", "new")[0] == 1
    answers = open_all() | {"s-1": "yes", "s-2": "yes"}
    asked = ask_people(alone=True, id="another")
    del asked["items"]["waiting"]
    write_year(here / "new", "a-first", answers, asked=asked)
    code, out, _ = call("diff", "old", "new")
    assert code == 1
    assert "What people perceive of it fell by 25.0 points" in " ".join(out.split())


@pytest.mark.parametrize(
    ("answers", "given", "code"),
    [
        ({"s-1": "half"}, ("--min-index", "greeting=75"), 0),
        ({"s-1": "half"}, ("--min-index", "greeting=75.1"), 1),
        ({}, ("--min-coverage", "greeting=1"), 0),
        ({"s-1": None}, ("--min-coverage", "greeting=0.5"), 0),  # one of two
        ({"s-1": None}, ("--min-coverage", "greeting=0.51"), 1),
        ({"s-1": None, "s-2": None}, ("--min-index", "greeting=0"), 1),
        ({}, ("--min-index", "waiting=0"), 1),  # a placement is no index
        ({}, ("--min-stage", "waiting=0"), 1),  # nor a stage that is in place
    ],
)
def test_what_people_perceive_has_its_limits(
    answers: dict[str, str | None], given: tuple[str, ...], code: int, call: Caller, here: Path
) -> None:
    write_year(here, "new", open_all() | GOOD | answers, asked=ask_people(alone=True))
    assert call("check", "new.yaml", *given)[0] == code


def test_a_limit_says_the_index_that_people_perceive(call: Caller, here: Path) -> None:
    answers = open_all() | GOOD | {"s-1": "half"}
    write_year(here, "new", answers, asked=ask_people(alone=True))
    out = call("check", "new.yaml", "--min-index", "greeting=80")[1]
    assert out.splitlines()[-1] == (
        "Gate failed (exit code 1): The index of Greeting is 75.0; at least 80 is required."
    )


# --- a rule that needs an earlier result -----------------------------------------------------


def test_a_rule_that_was_not_judged_is_a_warning(call: Caller, here: Path) -> None:
    write_year(here, "new")
    policy = write_policy(here, {"no-regression": {}, "min-stage": {"organisation": "1"}})
    given = ("check", "new.yaml", "--policy", policy, "-f")
    said = "What needs two results was not judged: no-regression."

    code, out, _ = call(*given, "github")
    assert code == 0
    told = [each for each in read_log(out) if each.data == said]
    assert [(each.name, each.properties["title"]) for each in told] == [
        ("warning", "custfocus: not-judged")
    ]

    cases = ElementTree.fromstring(call(*given, "junit")[1])  # noqa: S314 - it is our own
    (case,) = (case for case in cases.iter("testcase") if case.get("classname") == "custfocus.gate")
    skipped = case.find("skipped")
    assert case.get("name") == "no-regression: not judged"
    assert skipped is not None
    assert skipped.attrib == {"type": "not-judged", "message": said}

    assert json.loads(call(*given, "gitlab")[1]) == [
        {
            "description": said,
            "check_name": "not-judged",
            # sha256 of not-judged:organisation:organisation
            "fingerprint": "ac899da3f08e6e8b",
            "severity": "minor",
            "location": {"path": "new.yaml", "lines": {"begin": 6}},
        }
    ]


# --- where services look ---------------------------------------------------------------------


def list_files(call: Caller, new: str) -> tuple[set[str], set[str]]:
    """The files that annotations of GitHub's and issues of GitLab's are about."""
    code, out, err = call("diff", "old.yaml", new, "-f", "github", "-q")
    assert (code, err) == (1, "")
    annotated = {each.properties.get("file", "") for each in read_log(out) if each.name == "error"}
    assert all("line" not in each.properties for each in read_log(out) if "file" not in each[1])
    issues = json.loads(call("diff", "old.yaml", new, "-f", "gitlab", "-q")[1])
    return annotated - {""}, {each["location"]["path"] for each in issues}


def test_services_look_for_files_by_their_own_names(
    call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = begin(tmp_path / "work", monkeypatch)
    (repository.folder / "depot").mkdir()
    write_year(repository.folder / "depot", "new", {"w-1": "no"})
    write_year(repository.folder, "old")
    repository.commit({})
    here = {"depot/new.yaml"}
    for new in (
        "HEAD:depot/new.yaml",
        "HEAD:./depot/new.yaml",
        str(Path("depot/new.yaml").resolve()),
    ):
        assert list_files(call, new) == (here, here)
    linked = tmp_path / "linked"
    linked.symlink_to(repository.folder)
    assert list_files(call, str(linked / "depot" / "new.yaml")) == (here, here)
    elsewhere = {str(tmp_path / "new.yaml")}
    write_year(tmp_path, "new", {"w-1": "no"})
    assert list_files(call, str(tmp_path / "new.yaml")) == (elsewhere, elsewhere)


def test_services_look_nowhere_for_standard_input(
    call: Caller, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_year(here, "old")
    data = Path(write_year(here, "new", {"w-1": "no"})).read_bytes()
    data = data.replace(b"path: asked-new.yaml", b"id: desk-4")

    def hand_over(format: str) -> str:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
        given = ("--questionnaire", "asked-new.yaml", "-q", "-f", format)
        code, out, err = call("diff", "old.yaml", "-", *given)
        assert (code, err) == (1, "")
        return out

    log = [*read_log(hand_over("github"))]
    assert log[0].name == "error"
    assert all(not {"file", "line"} & each.properties.keys() for each in log)
    assert {each["location"]["path"] for each in json.loads(hand_over("gitlab"))} == {"stdin"}
    assert "standard input:" in hand_over("junit")


# --- names that look alike -------------------------------------------------------------------


@pytest.mark.parametrize("key", ["organisation", "scope"])
def test_names_that_look_alike_are_told_apart(key: str, call: Caller, here: Path) -> None:
    then: dict[str, Any] = {key: "Caf\u00e9"}
    now: dict[str, Any] = {key: "Cafe\u0301"}
    write_year(here, "old", **then)
    write_year(here, "new", **now)
    code, _, err = call("diff", "old.yaml", "new.yaml")
    said = {
        "organisation": "they are about two organisations",
        "scope": "they have different scopes",
    }
    assert (code, err.splitlines()[0]) == (
        2,
        f"error: nothing could be judged: {said[key]}, 'Caf\\u00e9' and 'Cafe\\u0301'",
    )
    code, _, err = call("score", "old.yaml", "new.yaml", "--window", "999")
    assert (code, err.splitlines()[0]) == (
        2,
        f"error: not the same {key}: 'Caf\\u00e9' in old.yaml, 'Cafe\\u0301' in new.yaml",
    )
