"""Files to what checking them found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from custfocus_cli.commands.progress import follow
from custfocus_cli.documents.model import Model
from custfocus_cli.documents.questionnaire import Questionnaire
from custfocus_cli.errors import CustfocusError, Problem
from custfocus_cli.files.catalogue import Catalogue
from custfocus_cli.files.disk import read_source
from custfocus_cli.files.reader import Reading, is_ours, ordered, read
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
    problems: list[Problem] = []
    warnings: list[Problem] = []
    files = list(_files(paths))
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


def _files(paths: Sequence[str]) -> Iterator[str]:
    """The files that are named, and those of each folder that is named."""
    for path in paths:
        if not is_folder(path):
            yield path
            continue
        found = list_folder(path)
        if not found:
            raise CustfocusError(f"there is no YAML or JSON file in {path}")
        yield from found


def _doubts(reading: Reading, catalogue: Catalogue) -> tuple[Problem, ...]:
    """What makes little sense in a file that is in order."""
    document = reading.document
    if isinstance(document, Model):
        return reading.judge(check_model_sense(document))
    if isinstance(document, Questionnaire):
        definition = catalogue.whole(reading).definition
        return reading.judge(check_sense(document, definition)) if definition else ()
    return ()
