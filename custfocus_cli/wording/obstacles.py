"""The sentences that say why two results cannot be compared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SENTENCES: Final[Mapping[str, str]] = {
    "other-organisation": "they are about two organisations, '{old}' and '{new}'",
    "other-scope": "they have different scopes, '{old}' and '{new}'",
    "other-questionnaire": "they answer two questionnaires, {old} and {new}",
    "other-stages": "their ladders have different stages: {old}; {new}",
    "nothing-shared": "they share no item that measures anything ({old}, {new})",
    "swapped-dates": "the older one is dated after the newer one: {old}, {new}",
    "nothing-rated": "neither holds a rating ({old}, {new})",
    "old-not-rated": "nothing that is judged was rated in the older one ({old})",
    "new-not-rated": "it holds no rating ({new})",
    "nothing-judged": "no rule asks anything of it, so nothing was judged",
}


def obstacle(reason: str, old: str, new: str) -> str:
    """The sentence, without its stop, for a reason by its id; KeyError where there is none."""
    return SENTENCES[reason].format(old=old, new=new)
