"""The manuals: their examples are run, and print what the page says they print.

In a block marked ``console``, a line ``$ custfocus ...`` is run by a shell in the page's own empty
folder, after all that stands above it; the lines below it are what it has to print (both streams),
where a line ``...`` stands for any number of lines. Other commands are not run. A block marked
with a language and a name (``yaml mine.yaml``) is written to that file first.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from cli import settle_environment
from tree import ROOT, walk_project

PAGES = [path for path in walk_project() if path.suffix == ".md" and "tests" not in path.parts]
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")


@dataclass(frozen=True, slots=True)
class Step:
    """A file to write, or a command to run and what it prints."""

    name: str
    text: str
    is_file: bool


def read_steps(page: str) -> Iterator[Step]:
    for language, name, body in BLOCK.findall(page):
        if name:
            yield Step(name, body, is_file=True)
        elif language == "console":
            for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
                command, _, printed = part.replace("\\\n", " ").partition("\n")
                if command.startswith("custfocus"):
                    yield Step(command, printed, is_file=False)


def matches(shown: str, printed: str) -> bool:
    """Whether the page shows what was printed, with ... for lines left out."""
    lines = [line.rstrip() for line in shown.strip("\n").splitlines()]
    pattern = "".join(r"(?:.*\n)*?" if line == "..." else re.escape(line) + r"\n" for line in lines)
    actual = "".join(f"{line.rstrip()}\n" for line in printed.strip("\n").splitlines())
    return re.fullmatch(pattern, actual) is not None


def run_steps(page: str, folder: Path) -> list[str]:
    """What the page shows and what was printed instead, for every step where they differ."""
    scripts = Path(sys.executable).parent
    environment = settle_environment({"PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}"})
    differ = []
    for step in read_steps(page):
        if step.is_file:
            (folder / step.name).parent.mkdir(exist_ok=True)
            (folder / step.name).write_text(step.text, "utf-8")
            continue
        ran = subprocess.run(
            ["sh", "-c", step.name],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
            timeout=60,
        )
        if ran.returncode or not matches(step.text, ran.stdout):
            differ.append(f"$ {step.name}\n{ran.stdout}[exit {ran.returncode}]")
    return differ


def find_dead_links(page: Path, text: str) -> list[str]:
    return [link for link in LINK.findall(text) if not (page.parent / link).exists()]


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_examples_print_what_the_page_shows(page: Path, tmp_path: Path) -> None:
    assert run_steps(page.read_text("utf-8"), tmp_path) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    assert find_dead_links(page, page.read_text("utf-8")) == []


def test_the_readme_begins_with_what_to_type() -> None:
    top = (ROOT / "README.md").read_text("utf-8").splitlines()[:20]
    assert any(line.startswith("make demo") for line in top)
    assert any(line.startswith("make test") for line in top)


PAGE = """\
```text notes/one.txt
one
```

```console
$ custfocus --version && cat \\
    notes/one.txt; echo $?
...
one
0
$ make demo
not run
```
"""


def test_a_page_that_tells_the_truth_passes(tmp_path: Path) -> None:
    assert [step.name for step in read_steps(PAGE)] == [
        "notes/one.txt",
        "custfocus --version && cat      notes/one.txt; echo $?",
    ]
    assert run_steps(PAGE, tmp_path) == []


@pytest.mark.parametrize(
    "planted",
    [
        "```console\n$ custfocus --version\ncustfocus 9.9\n```\n",
        "```console\n$ custfocus --version\n```\n",
        "```console\n$ custfocus --no-such\n...\n```\n",
        "```console\n$ custfocus --version && echo two\ncustfocus ...\ntwo\n```\n",
    ],
)
def test_a_page_that_does_not_is_caught(planted: str, tmp_path: Path) -> None:
    assert len(run_steps(planted, tmp_path)) == 1


def test_a_dead_link_is_caught() -> None:
    text = "[a](README.md) [b](none.md#part) [c](https://example.org/x) [d](#here)"
    assert find_dead_links(ROOT / "README.md", text) == ["none.md"]
