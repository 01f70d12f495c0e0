"""Annotations of GitHub's: what its runner makes of them, hostile texts among them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from commands.calling import SAMPLES, Caller
from commands.judged import PATH, judge_hostile
from commands.years import ask, write_policy, write_year
from hypothesis import given, settings
from hypothesis import strategies as st
from runner import Command, read_line, read_log

from custfocus_cli.render.formats import CHECK, DIFF
from custfocus_cli.render.judged import list_entries
from custfocus_cli.render.terminal import Terminal
from custfocus_cli.render.workflow import annotate, cut
from custfocus_cli.wording.safety import clean, safe, space_out


def test_the_whole_of_a_policy(
    call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_year(tmp_path, "new")
    exempt = {"rule": "min-stage", "id": "waiting", "until": "2026-12-31", "reason": "A new hall."}
    ended = {"rule": "min-index", "id": "waiting", "until": "2026-01-31", "reason": "Building."}
    rules = {
        "no-regression": {},
        "min-stage": {"default": "2"},
        "min-index": {"severity": "warning", "default": "60"},
    }
    write_policy(tmp_path, rules, exempt, ended)
    code, out, err = call("check", "./new.yaml", "--policy", "policy.yaml", "-f", "github")
    assert (code, err) == (1, "")
    low = "Greeting stands at stage 1; at least stage 2 is required. Held there by g-2 (“Half”)."
    assert out.splitlines() == [
        f"::error title=custfocus::Gate failed (exit code 1): {low}",
        f"::error file=new.yaml,line=9,title=custfocus%3A min-stage::{low}",
        "::warning title=custfocus%3A not-judged::"
        "What needs two results was not judged: no-regression.",
        "::warning file=new.yaml,line=13,title=custfocus%3A min-index::"
        "The index of Waiting is 50.0; at least 60 is required.",
        "::warning file=policy.yaml,line=15,title=custfocus%3A expired-min-index::"
        "The exemption of Waiting from min-index ended on 31 January 2026: Building.",
        "::notice file=new.yaml,line=15,title=custfocus%3A min-stage::"
        "Waiting stands at stage 1; at least stage 2 is required. Held there by w-2 (“No”). "
        "Exempt until 31 December 2026: A new hall.",
    ]


@pytest.mark.parametrize(
    ("options", "code", "kind"),
    [
        ((), 2, "error"),  # another organisation: nothing could be judged
        (("--same",), 0, "notice"),
        (("--same", "--only", "greeting"), 0, "notice"),
    ],
)
def test_the_verdict_is_an_error_where_nothing_else_says_why(
    options: tuple[str, ...], code: int, kind: str, call: Caller, tmp_path: Path
) -> None:
    old = write_year(tmp_path, "old", organisation="The Inn")
    new = write_year(tmp_path, "new")
    found, out, _ = call("diff", old, new, "-f", "github", *options)
    assert found == code
    (command,) = read_log(out)
    assert command.name == kind
    assert command.data.split(": ")[0].endswith(f"(exit code {code})")


def test_a_missing_older_year_is_an_error_where_that_was_asked(
    call: Caller, tmp_path: Path
) -> None:
    new = write_year(tmp_path, "new")
    call_it = ("diff", str(tmp_path / "none.yaml"), new, "-f", "github", "--if-no-old")
    code, out, _ = call(*call_it, "fail")
    assert (code, [each.name for each in read_log(out)]) == (1, ["error"])
    code, out, _ = call(*call_it, "pass")
    assert (code, [each.name for each in read_log(out)]) == (0, ["notice"])


def test_nine_of_each_and_how_many_more(call: Caller) -> None:
    code, out, _ = call(
        "check", SAMPLES["quillmarsh-2026"], "--min-stage", "3", *_each(3), "-f", "github"
    )
    assert code == 1
    lines = out.splitlines()
    assert Counter(line.split(" ")[0] for line in lines) == {"::error": 10}
    # thirteen: the organisation and the twelve; none stands at 3 (domain.md 6.1)
    assert lines[0] == (
        "::error title=custfocus::Gate failed (exit code 1): the organisation and twelve"
        " characteristics stand below the stage required."
    )
    assert lines[9] == "::error title=custfocus::And five more in the other formats."


def _each(stage: int) -> list[str]:
    names = (
        *("service-vision", "customer-commitment", "whole-organisation", "service-training"),
        *("support-functions", "manager-role", "employee-experience", "process-alignment"),
        *("service-standards", "service-recovery", "recognition", "voice-of-customer"),
    )
    return [part for name in names for part in ("--min-stage", f"{name}={stage}")]


@pytest.mark.parametrize(("number", "shown"), [(0, 0), (9, 9), (10, 10), (11, 10)])
def test_what_is_cut(number: int, shown: int) -> None:
    lines = cut("error", [str(each) for each in range(number)], lambda whole: f"past {whole}")
    assert len(lines) == shown
    assert lines[9:] == (["::error title=custfocus::past 9"] if number > 9 else [])


@settings(max_examples=300, deadline=None)
@given(message=st.text(), title=st.text(), path=st.text(min_size=1), line=st.integers(1))
def test_any_text_reaches_the_runner_as_text(
    message: str, title: str, path: str, line: int
) -> None:
    (command,) = read_log(annotate("error", message, f"{title}.", path, line))
    named = {"file": inert(path), "line": str(line), "title": inert(f"custfocus: {title}.")}
    expected = {key: value for key, value in named.items() if value}
    assert command == Command("error", expected, safe(message))
    refuse_inside(command)


def inert(text: str) -> str:
    """A text as it stands in a property, where colons are escaped."""
    return space_out(clean(text))


def refuse_inside(command: Command) -> None:
    """AssertionError where the runner would find commands in what it prints of a command."""
    for line in command.data.splitlines():
        assert read_line(line) is None
        assert "##[" not in line


@pytest.mark.parametrize("planted", ["::error::x", " ::add-mask::x", "a ##[group]x", "::debug::"])
def test_a_planted_command_is_caught(planted: str) -> None:
    with pytest.raises(AssertionError):
        refuse_inside(Command("error", {}, f"a\n{planted}"))


def test_the_runner_reads_as_it_does() -> None:
    assert read_line("::error file=a%2Cb%3A%250A,line=3::x%0Ay%250A:: z") == Command(
        "error", {"file": "a,b:%0A", "line": "3"}, "x\ny%0A:: z"
    )
    assert read_line("log ##[warning a=b;]say%3B") == Command("warning", {"a": "b"}, "say;")
    for shown in ("a ::error::x", "::unknown::x", "::error x", "##[unknown]x", "##[error"):
        assert read_line(shown) is None


@pytest.mark.parametrize("start", ["", "::error::", "\n::error::", "##[error]"])
def test_hostile_texts(start: str) -> None:
    judged = judge_hostile(start)
    out = DIFF["github"](judged, Terminal())
    commands = list(read_log(out))
    assert len(commands) == len(out.splitlines())
    entries = list_entries(judged)
    fails = [each for each in entries if each.fails]
    # more errors, warnings and notices than are shown
    assert Counter(each.name for each in commands) == dict.fromkeys(
        ("error", "warning", "notice"), 10
    )
    shown = [each for each in commands if "file" in each.properties]
    # the verdict is the first of the nine errors
    assert [each.data for each in shown[:8]] == [safe(each.message) for each in fails[:8]]
    for command in commands:
        refuse_inside(command)
        if "file" in command.properties:
            # the name of the file, in which :: is no danger, as : is escaped
            assert command.properties["file"].endswith(clean(PATH[-20:]))


def test_hostile_questions_from_files(call: Caller, tmp_path: Path) -> None:
    asked = ask(title="##[error]T")
    asked["model"]["characteristics"][0]["name"] = "a\n::stop-commands::b\n%0A::error::c"
    old = write_year(tmp_path, "old", asked=asked, organisation="::error::O")
    new = write_year(tmp_path, "new", {"g-2": "no"}, asked=asked, organisation="::error::O")
    for name in (*DIFF, *CHECK):
        if name in ("html", "json", "text"):
            continue  # these have their own tests
        code, out, _ = call("diff", old, new, "-f", name)
        assert code == 1
        found = {each.name for each in read_log(out)}
        assert found == ({"error", "notice"} if name == "github" else set()), name
