"""`diff` and `check` as letters: the whole Markdown, the page that says the same, every end."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands.calling import Caller
from commands.years import write_policy, write_year
from render.pages import read_page, read_table, squeeze
from render.test_hostile import render_markdown

from custfocus_cli.render import html, markdown

PAGE = """\
# The Hall: What changed

**Gate failed (exit code 1): the organisation and two characteristics fell.**

- Before: 1 May 2025, old\\.yaml, The desk in four questions 1.0.0 (desk-4)
- Now: 1 May 2026, new\\.yaml, The desk in four questions 1.0.0 (desk-4)
- Scope: whole organisation
- The gate: fails where anything regresses

## The gate

- **error** `no-regression` The Hall: stage 1 before, stage 0 now; the index fell from 68.8 to \
50.0, because of Waiting (w-1). (new\\.yaml:13)
- **error** `no-regression` Waiting: stage 1 before, stage 0 now; the index fell from 50.0 to \
25.0, because w-1 fell from “Yes” to “Half”. (new\\.yaml:13)
- **error** `no-regression` Greeting: still at stage 1; the index fell from 87.5 to 75.0, \
because g-2 fell from “Half” to “No”. (new\\.yaml:9)

To let pass what was agreed, write an exemption in a policy (--policy FILE): rule, id, until which \
day, reason.

## What changed

Compared with 1 May 2025.

The Hall fell from stage 1 to stage 0, Nothing yet. The index fell from 68.8 to 50.0.

Both characteristics fell, one of them to a lower stage. The way to the target “All” is longer \
than it was: 50.0 % was done before and 25.0 % is now.

### What went down or is not known any more

- **Waiting**: Stage 1 before, stage 0 now; the index fell from 50.0 to 25.0.
    - `w-1` Waiting times are written down. *From “Yes” to “Half”* (new\\.yaml:13)
- **Greeting**: Still at stage 1; the index fell from 87.5 to 75.0.
    - `g-2` Guests are greeted by name. *From “Half” to “No”* (new\\.yaml:9)

## Every characteristic

Then and now. The index is in percent. A change is the newer number less the older, rounded \
separately.

| Characteristic | Stage before |  Stage | Stage change | Index before |  Index | Index change | \
Change |
| -------------- | -----------: | -----: | -----------: | -----------: | -----: | -----------: | \
------ |
| The Hall       |            1 |      0 |          \\-1 |         68.8 |   50.0 |       \\-18.8 | \
Fell   |
| Greeting       |            1 |      1 |            0 |         87.5 |   75.0 |       \\-12.5 | \
Fell   |
| Waiting        |            1 |      0 |          \\-1 |         50.0 |   25.0 |       \\-25.0 | \
Fell   |

Written by custfocus 0.0.0.
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the years of a test lie, and where the test stands."""
    monkeypatch.chdir(tmp_path)
    for module in (html, markdown):
        monkeypatch.setattr(module, "__version__", "0.0.0")
    write_year(tmp_path, "old")
    return tmp_path


def test_the_whole_letter(call: Caller, folder: Path) -> None:
    write_year(folder, "new", {"w-1": "half", "g-2": "no"})
    assert call("diff", "old.yaml", "new.yaml", "-f", "markdown") == (1, PAGE, "")


def test_both_pages_say_the_same(call: Caller, folder: Path) -> None:
    write_year(folder, "new", {"w-1": "half", "g-2": "no"})
    shown = read_page(call("diff", "old.yaml", "new.yaml", "-f", "html")[1])
    page = read_page(render_markdown(PAGE))
    assert [read_table(each) for each in shown.find("table")] == [
        read_table(each) for each in page.find("table")
    ]
    for name in ("h2", "h3"):
        assert [squeeze(each.text) for each in shown.find(name)] == [
            squeeze(each.text) for each in page.find(name)
        ]
    assert squeeze(shown.find("body")[0].text).index("Gate failed: ") < 30


def test_two_results_of_one_day_are_told_apart_by_their_files(call: Caller, folder: Path) -> None:
    write_year(folder, "new", {"w-1": "half"}, date="2025-05-01")
    out = call("diff", "old.yaml", "new.yaml", "-f", "markdown")[1]
    assert "\nCompared with old\\.yaml.\n" in out


CHECKED = """\
# The Hall: One result judged

**Gate failed (exit code 1): Greeting stands at stage 1; at least stage 2 is required. Held there \
by g-2 (“Half”).**

- Result: 1 May 2026, new\\.yaml, The desk in four questions 1.0.0 (desk-4)
- Scope: whole organisation
- The gate: judges by policy\\.yaml
- Looked at from: 2 May 2026

## The gate

- **error** `min-stage` Greeting stands at stage 1; at least stage 2 is required. Held there by \
g-2 (“Half”). (new\\.yaml:9)
- **warning** `expired-min-index` The exemption of Waiting from min-index ended on 31 January \
2026: Building. (policy\\.yaml:13)
- **exempt** `min-stage` Waiting stands at stage 1; at least stage 2 is required. Held there by \
w-2 (“No”). Exempt until 31 December 2026: A new hall. (new\\.yaml:15)

To let pass what was agreed, write an exemption in policy\\.yaml: rule, id, until which day, reason.

## Every characteristic

As it stands now; the index is in percent.

| Characteristic |  Stage |  Index | Answered, % |
| -------------- | -----: | -----: | ----------: |
| The Hall       |      1 |   68.8 |       100.0 |
| Greeting       |      1 |   87.5 |       100.0 |
| Waiting        |      1 |   50.0 |       100.0 |

## To know when reading this

- What needs two results was not judged: no-regression.

Written by custfocus 0.0.0.
"""


def test_the_whole_check(call: Caller, folder: Path) -> None:
    write_year(folder, "new")
    exempt = {"rule": "min-stage", "id": "waiting", "until": "2026-12-31", "reason": "A new hall."}
    ended = {"rule": "min-index", "id": "waiting", "until": "2026-01-31", "reason": "Building."}
    rules = {"no-regression": {"severity": "error"}, "min-stage": {"default": "2"}}
    write_policy(folder, rules, exempt, ended)
    options = ("--policy", "policy.yaml", "--as-of", "2026-05-02", "-f", "markdown")
    assert call("check", "new.yaml", *options) == (1, CHECKED, "")


@pytest.mark.parametrize(
    ("old", "options", "code", "said"),
    [
        ("new.yaml", (), 0, "The two are identical: every answer, note and date is the same."),
        ("old.yaml", (), 0, "No rating, evidence or note changed."),
        ("none.yaml", ("--if-no-old", "pass"), 0, "no baseline, as there is no none.yaml"),
        ("none.yaml", ("--if-no-old", "fail"), 1, "no baseline, as there is no none.yaml"),
        ("other.yaml", (), 2, "they are about two organisations, 'Elsewhere' and 'The Hall'."),
        ("other.yaml", (), 2, "--same compares them, where it is the same under another name."),
        ("none.yaml", ("--if-no-old", "pass"), 0, "The Hall: First result"),
        ("other.yaml", ("--same",), 0, "Elsewhere, whole organisation, 1 May 2026, other.yaml"),
        ("old.yaml", ("--only", "waiting"), 0, "waiting"),
        ("old.yaml", ("--tolerance", "2.5"), 0, "an index by more than 2.5 points"),
        ("old.yaml", ("--fail-on", "change"), 0, "fails on any change"),
        ("old.yaml", ("--fail-on", "never"), 0, "fails on nothing"),
    ],
)
@pytest.mark.parametrize("name", ["markdown", "html"])
def test_other_ends(
    name: str, old: str, options: tuple[str, ...], code: int, said: str, call: Caller, folder: Path
) -> None:
    write_year(folder, "new")
    write_year(folder, "other", organisation="Elsewhere")
    found, out, _ = call("diff", old, "new.yaml", *options, "-f", name)
    page = read_page(render_markdown(out) if name == "markdown" else out)
    text = squeeze(page.text)
    assert (found, said in text) == (code, True), text
    assert (f"(exit code {code})" in text) == (name == "markdown")
    assert len(page.find("table")) == (code != 2)
