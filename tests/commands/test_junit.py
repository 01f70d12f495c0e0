"""Test results in the XML of JUnit, read as Jenkins and GitLab read them."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from commands.calling import SAMPLES, Caller
from commands.judged import find_faults, judge_hostile
from commands.years import open_all, write_policy, write_year
from hypothesis import given, settings
from hypothesis import strategies as st
from junitparser import Error, Failure, JUnitXml, Skipped, TestCase, TestSuite

from custfocus_cli.render.formats import DIFF
from custfocus_cli.render.junit import _escape
from custfocus_cli.render.terminal import Terminal
from custfocus_cli.wording.safety import clean

# junitparser's classes are named as pytest names classes of tests
TestCase.__test__ = TestSuite.__test__ = False


def read(text: str) -> list[TestCase]:
    """The test cases of a report that the schema of Jenkins takes; each has a name of its own."""
    root = ElementTree.fromstring(text)  # noqa: S314 - what this program has just written
    assert list(find_faults(root)) == []
    (suite,) = JUnitXml.fromstring(text)
    assert isinstance(suite, TestSuite)
    cases = list(suite)
    names = [(case.classname, case.name) for case in cases]
    assert len(set(names)) == len(names)
    for kind, count in ((Failure, suite.failures), (Error, suite.errors), (Skipped, suite.skipped)):
        assert count == sum(isinstance(case.result[0], kind) for case in cases if case.result)
    assert suite.tests == len(cases)
    return cases


def test_the_whole_of_a_policy(
    call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_year(tmp_path, "new")
    exempt = {"rule": "min-stage", "id": "waiting", "until": "2026-12-31", "reason": "A < B."}
    ended = {"rule": "min-index", "id": "waiting", "until": "2026-01-31", "reason": "Building."}
    rules = {
        "no-regression": {},
        "min-stage": {"default": "2"},
        "min-index": {"severity": "warning", "default": "60"},
    }
    write_policy(tmp_path, rules, exempt, ended)
    code, out, err = call("check", "new.yaml", "--policy", "policy.yaml", "-f", "junit")
    assert (code, err) == (1, "")
    low = "Greeting stands at stage 1; at least stage 2 is required. Held there by g-2 (“Half”)."
    let = (
        "exempt: Waiting stands at stage 1; at least stage 2 is required. Held there by w-2 (“No”)."
        " Exempt until 31 December 2026: A &lt; B."
    )
    warned = "warning: The index of Waiting is 50.0; at least 60 is required."
    over = "warning: The exemption of Waiting from min-index ended on 31 January 2026: Building."
    assert (
        out
        == f"""\
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="custfocus" tests="6" failures="1" errors="0" time="0.000">
  <testsuite name="custfocus" tests="6" failures="1" errors="0" time="0.000" skipped="4"\
 timestamp="2026-05-01T00:00:00">
    <testcase classname="custfocus.gate" name="no-regression: not judged" time="0.000">
      <skipped type="not-judged" message="What needs two results was not judged: no-regression.">\
What needs two results was not judged: no-regression.</skipped>
    </testcase>
    <testcase classname="custfocus.characteristic" name="min-stage greeting: Greeting" time="0.000">
      <failure type="below" message="{low}">{low}
new.yaml:9</failure>
    </testcase>
    <testcase classname="custfocus.characteristic" name="min-stage waiting: Waiting" time="0.000">
      <skipped type="below" message="{let}">{let}
new.yaml:15</skipped>
    </testcase>
    <testcase classname="custfocus.characteristic" name="min-index greeting: Greeting"\
 time="0.000"/>
    <testcase classname="custfocus.characteristic" name="min-index waiting: Waiting" time="0.000">
      <skipped type="below" message="{warned}">{warned}
new.yaml:13</skipped>
    </testcase>
    <testcase classname="custfocus.characteristic" name="expired-min-index waiting: Waiting"\
 time="0.000">
      <skipped type="ended" message="{over}">{over}
policy.yaml:15</skipped>
    </testcase>
    <system-out>What needs two results was not judged: no-regression.
Gate failed (exit code 1): {low}</system-out>
  </testsuite>
</testsuites>
"""
    )
    assert len(read(out)) == 6


def test_what_rose_is_told_in_a_case_that_passes(call: Caller) -> None:
    code, out, _ = call(
        "diff", SAMPLES["quillmarsh-2025"], SAMPLES["quillmarsh-2026"], "-f", "junit"
    )
    cases = read(out)
    assert code == 0
    # one for the organisation, twelve characteristics, and 71 items that were rated: of 72, one is
    # unknown in 2025 (domain.md 6.1)
    assert len(cases) == 84
    # one answer is lower, and no rule is about that alone
    (fell,) = (case for case in cases if case.result)
    assert fell.name == (
        "no-regression ee-3a: Staff take part in designing the workplaces where they…"
    )
    assert isinstance(fell.result[0], Skipped)
    (whole,) = (case for case in cases if case.classname == "custfocus.organisation")
    assert whole.name == "no-regression organisation: Quillmarsh Parcels"
    assert whole.system_out is not None
    assert "stage 0 before, stage 1 now" in whole.system_out


@pytest.mark.parametrize(
    ("answers", "options", "code", "kind"),
    [
        (open_all(), (), 2, Error),
        ({}, ("--if-no-old", "fail"), 1, Failure),
        ({}, ("--if-no-old", "pass"), 0, Skipped),
    ],
)
def test_a_verdict_that_no_rule_explains_is_a_case_of_its_own(
    answers: dict[str, str | None],
    options: tuple[str, ...],
    code: int,
    kind: type,
    call: Caller,
    tmp_path: Path,
) -> None:
    old = tmp_path / "none.yaml" if options else write_year(tmp_path, "old", answers)
    new = write_year(tmp_path, "new")
    found, out, _ = call("diff", str(old), new, "-f", "junit", *options)
    assert found == code
    cases = read(out)
    assert [type(case.result[0]) for case in cases] == [kind]
    name = "no-regression: no earlier result" if kind is Skipped else "gate"
    assert [case.name for case in cases] == [name]


@pytest.mark.parametrize("start", ["", "::error::", "]]>", "<!--", "\x1b\x00\uffff"])
def test_hostile_texts(start: str) -> None:
    judged = judge_hostile(start)
    out = DIFF["junit"](judged, Terminal())
    out.encode("utf-8")
    cases = read(out)
    assert len(cases) == len(judged.ruling.findings)
    failed = [case for case in cases if case.result and isinstance(case.result[0], Failure)]
    assert len(failed) == len(judged.ruling.failed)
    assert "::" not in out
    assert "##[" not in out


@settings(max_examples=300, deadline=None)
@given(text=st.text())
def test_a_reader_gets_any_text_back(text: str) -> None:
    source = f"<a>{_escape(text)}</a>"
    element = ElementTree.fromstring(source)  # noqa: S314 - what was just written
    assert (element.text or "") == clean(text).replace("\r", "\n")
    assert "::" not in source


@pytest.mark.parametrize(
    ("planted", "fault"),
    [
        ('<testsuite name="a" tests="0" failures="0"/>', "testsuite lacks errors"),
        ('<testsuites><testcase name="a"/></testsuites>', "testcase stands in testsuites"),
        ('<testcase name="a" file="b"/>', "testcase has file"),
        ('<testcase name="a"><failure line="1"/></testcase>', "failure has line"),
    ],
)
def test_a_report_that_jenkins_refuses_is_caught(planted: str, fault: str) -> None:
    element = ElementTree.fromstring(planted)  # noqa: S314 - written above
    assert list(find_faults(element)) == [fault]
