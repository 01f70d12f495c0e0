"""Files to what checking them found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from custfocus_cli.commands.progress import follow
from custfocus_cli.documents.model import Model
from custfocus_cli.documents.questionnaire import Questionnaire
from custfocus_cli.errors import Problem
from custfocus_cli.files.catalogue import Catalogue
from custfocus_cli.files.disk import read_source, unreadable
from custfocus_cli.files.ours import is_ours
from custfocus_cli.files.reader import Reading, ordered, read
from custfocus_cli.files.sources import is_folder, list_folder
from custfocus_cli.render.problems import Checked
from custfocus_cli.scoring.sense import check_model_sense, check_sense


def check_files(
    paths: Sequence[str], *, strict: bool, only_ours: bool, quiet: bool = False
) -> Checked:
    """Every problem of the files, and what makes little sense in those that have none.

    `strict` counts the second among the first; `only_ours` passes over files that do not even
    try to name one of our formats.
    """
    catalogue = Catalogue()
    passed_over = 0
    files, problems = _list_files(paths)
    warnings: list[Problem] = []
    for path in follow(files, "Checking files", quiet=quiet):
        data = read_source(path)
        if isinstance(data, Problem):
            problems.append(data)
        elif only_ours and not is_ours(data):
            passed_over += 1
        else:
            reading = read(path, data)
            found = catalogue.check(reading)
            problems += found
            warnings += () if found else _doubts(reading, catalogue)
    checked = Checked(len(files) - passed_over, passed_over, ordered(problems), ordered(warnings))
    if strict:
        return replace(checked, problems=ordered((*problems, *warnings)), warnings=())
    return checked


def _list_files(paths: Sequence[str]) -> tuple[list[str], list[Problem]]:
    """The files that are named, with those of each folder that is named, and what no folder is."""
    files: list[str] = []
    problems: list[Problem] = []
    for path in paths:
        found = list_folder(path) if is_folder(path) else [path]
        if isinstance(found, Problem):
            problems.append(found)
        elif not found:
            problems.append(unreadable(path, "there is no YAML or JSON file in this folder"))
        else:
            files += found
    return files, problems


def _doubts(reading: Reading, catalogue: Catalogue) -> tuple[Problem, ...]:
    """What makes little sense in a file that is in order."""
    document = reading.document
    if isinstance(document, Model):
        return reading.judge(check_model_sense(document))
    if isinstance(document, Questionnaire):
        definition = catalogue.whole(reading).definition
        return reading.judge(check_sense(document, definition)) if definition else ()
    return ()
