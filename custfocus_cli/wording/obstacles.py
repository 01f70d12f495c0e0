"""The sentences that say why two results cannot be compared."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from typing import Final

from custfocus_cli.wording.phrases import long_date, sentence, with_stop

SENTENCES: Final[Mapping[str, str]] = {
    "other-organisation": "they are about two organisations, '{old}' and '{new}'",
    "other-scope": "they have different scopes, '{old}' and '{new}'",
    "other-questionnaire": "they answer two questionnaires, {old} and {new}",
    "other-stages": "their ladders have different stages: {old}; {new}",
    "nothing-shared": "they share no item that measures anything ({old}, {new})",
    "swapped-dates": "the older one is dated after the newer one: {old}, {new}",
    "nothing-rated": "neither holds a rating ({old}, {new})",
    "few-apart": "two exports of one survey, of {old} and of {new}, differ by a few people; the"
    " difference would tell what they answered",
    "old-not-rated": "nothing that is judged was rated in the older one ({old})",
    "new-not-rated": "nothing is rated of what is judged ({new})",
    "nothing-judged": "no rule asks anything of it, so nothing was judged",
}


WAYS_OUT: Final[Mapping[str, str]] = {
    "other-organisation": "--same compares them, where it is the same under another name",
    "other-scope": "--same compares them, where it is the same under another name",
    "other-questionnaire": "--shared-items compares what both ask; --as scores both by one",
    "other-stages": "--as scores both by one questionnaire",
    "nothing-shared": "--as scores both by one questionnaire",
    "swapped-dates": "the two may be swapped: the call is custfocus diff OLD NEW",
    "few-apart": "keep one tally of a survey, made after it has closed",
    "old-not-rated": "in the first year, name an older file that is not there and give"
    " --if-no-old pass",
    "nothing-judged": "give a limit such as min-stage, or two results for no-regression",
}
"""What helps where something does, for a reason by its id."""

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


def obstacle(reason: str, old: str, new: str) -> str:
    """The sentence, without its stop, for a reason by its id; KeyError where there is none."""
    return SENTENCES[reason].format(old=_tell(old, reason), new=_tell(new, reason))


def _tell(text: str, reason: str) -> str:
    """What a side has to do with it; a day as days are written elsewhere."""
    named = reason.startswith("other-") or not _DAY.fullmatch(text)
    return text if named else long_date(datetime.date.fromisoformat(text))


def say_ways_out(reasons: Iterable[str]) -> str:
    """What helps against all of them, in sentences; empty where nothing does."""
    return " ".join(with_stop(sentence(each)) for each in list_ways_out(reasons))


def list_ways_out(reasons: Iterable[str]) -> list[str]:
    """What helps against all of them, once each, in the same order.

    Two that share no item cannot be compared on what both ask.
    """
    given = list(reasons)
    if "nothing-shared" in given:
        given = [each for each in given if each != "other-questionnaire"]
    return list(dict.fromkeys(WAYS_OUT[each] for each in given if each in WAYS_OUT))
