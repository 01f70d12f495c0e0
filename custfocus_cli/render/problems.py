"""What checking files found, as lines for people, as JSON, and as commands for a workflow log."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from custfocus_cli import __version__
from custfocus_cli.errors import Problem, at_least, list_problems, say_more
from custfocus_cli.render.workflow import annotate, cut
from custfocus_cli.wording.phrases import counted
from custfocus_cli.wording.safety import safe, safe_json


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking `files` files found; `passed_over` more were none of ours."""

    files: int
    passed_over: int
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]

    @property
    def summary(self) -> str:
        """One line that counts it all."""
        found = [
            f"{at_least(each)}{counted(len(each), word)}"
            for each, word in ((self.problems, "problem"), (self.warnings, "warning"))
            if each
        ]
        text = f"{counted(self.files, 'file')} checked: {' and '.join(found) or 'nothing wrong'}"
        if self.passed_over:
            text += f"; passed over {counted(self.passed_over, 'file')} of other programs"
        return text


def write_text(checked: Checked) -> str:
    """Each problem on a line of its own, then each warning."""
    warnings = [each._replace(message=f"warning: {each.message}") for each in checked.warnings]
    lines = filter(None, (list_problems(checked.problems), list_problems(warnings)))
    return "".join(safe(line) + "\n" for line in lines)


def write_json(checked: Checked) -> str:
    """The whole of it for programs: `custfocus/validation/1`, never shortened."""
    found = [{"severity": severity, **each._asdict()} for severity, each in _by_severity(checked)]
    result = {
        "format": "custfocus/validation/1",
        "tool": {"name": "custfocus", "version": __version__},
        "files": checked.files,
        "passed_over": checked.passed_over,
        "problems": found,
    }
    return safe_json(json.dumps(result, ensure_ascii=False, indent=2)) + "\n"


def write_github(checked: Checked) -> str:
    """Workflow commands that annotate the lines; past nine of a kind, how many more."""
    lines: list[str] = []
    for severity, found in (("error", checked.problems), ("warning", checked.warnings)):
        annotations = [_annotate(severity, each) for each in found]
        lines += cut(severity, annotations, partial(say_more, found))
    return "".join(f"{line}\n" for line in lines)


def _by_severity(checked: Checked) -> Iterator[tuple[str, Problem]]:
    severities: Sequence[tuple[str, Sequence[Problem]]] = (
        ("error", checked.problems),
        ("warning", checked.warnings),
    )
    for severity, found in severities:
        for each in found:
            yield severity, each


def _annotate(severity: str, problem: Problem) -> str:
    message = f"{problem.pointer}: {problem.message}" if problem.pointer else problem.message
    column = problem.column if problem.line is not None else None
    return annotate(severity, message, problem.rule, problem.path, problem.line, column)
