"""From what a command was given as SOURCE to the scorecard that it renders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from custfocus_cli.commands.options import WINDOW_DAYS
from custfocus_cli.commands.output import say
from custfocus_cli.commands.progress import follow
from custfocus_cli.documents.checks import check_target
from custfocus_cli.errors import CustfocusError
from custfocus_cli.files.catalogue import Catalogue
from custfocus_cli.files.sources import Group, Loaded, group, load, rescore
from custfocus_cli.scoring.panel import panel
from custfocus_cli.scoring.scorecard import Notice, Scorecard, score


class Request(NamedTuple):
    """What is to be scored, and how: the options that `score`, `report` and `plan` share.

    `rescore_as` is another questionnaire to score the answers by, `questionnaire` the file of
    their own where it cannot be found; `window` is in days.
    """

    sources: Sequence[str]
    rescore_as: str | None = None
    questionnaire: str | None = None
    target: str | None = None
    window: int = WINDOW_DAYS


def load_scorecard(request: Request, *, quiet: bool = False) -> Scorecard:
    """The scorecard of the sources; what else there is to say about them goes to stderr.

    Raises BadInput with every problem of every file, CustfocusError where sources do not fit
    together or the target is unknown.
    """
    catalogue = Catalogue()
    read = load(
        request.sources,
        questionnaire=request.questionnaire,
        catalogue=catalogue,
        follow=lambda files: follow(files, "Reading answers", quiet=quiet),
    )
    loaded = read.loaded
    silent: tuple[Loaded, ...] = ()
    if request.rescore_as is not None:
        definition = catalogue.find(request.rescore_as)
        again = [rescore(each, definition) for each in loaded]
        silent = tuple(
            each for each in again if each.outside_answers and not each.assessment.answers
        )
        loaded = tuple(each for each in again if each not in silent)
        if not loaded:
            raise CustfocusError(f"no source answers anything that {definition.id} asks")
    groups = group(loaded, window=request.window)
    main = next((each for each in groups if each.definition.has_stages), groups[0])
    if request.target is not None:
        for finding in check_target(request.target, main.definition.model):
            raise CustfocusError(finding.message)
    panels = [
        (panel(each.assessments, each.definition, target=request.target), each.definition)
        for each in groups
    ]
    own = panels.pop(groups.index(main))
    card = score(*own, beside=panels, notices=tuple(_notices((*loaded, *silent))))
    for remark in _remarks(read.passed_over, silent, main):
        say(remark, quiet=quiet)
    return card


def _notices(loaded: Sequence[Loaded]) -> Iterator[Notice]:
    """What reading the sources has to say beside their result."""
    if not all(each.digest_matches for each in loaded):
        yield Notice("digest-differs")
    unknown = dict.fromkeys(item for each in loaded for item in each.unknown_items)
    if unknown:
        yield Notice("unknown-items", tuple(unknown))
    outside = sum(len(each.outside_answers) for each in loaded)
    if outside:
        yield Notice("outside-answers", count=outside)


def _remarks(
    passed_over: Sequence[tuple[str, str]], silent: Sequence[Loaded], main: Group
) -> Iterator[str]:
    """What whoever gave the sources should know, and no reader of the result."""
    for path, kind in passed_over:
        yield f"passed over {path}: a {kind}, not an assessment"
    for each in silent:
        yield f"passed over {each.path}: it answers nothing that {each.definition.id} asks"
    if len(main.loaded) > 1:
        yield f"{len(main.loaded)} respondents make one panel"
