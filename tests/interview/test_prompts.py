"""The conversation, key by key, on an input that is a pipe."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import smallmodel
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from custfocus_cli.documents.assessment import Assessment
from custfocus_cli.interview.prompts import Interview, hold

ENTER, CTRL_C, CTRL_D = "\r", "\x03", "\x04"
TODAY = datetime.date(2026, 3, 2)


def _assessment(**keys: Any) -> Assessment:
    written = {"questionnaire": {"id": "desk-4"}, "organisation": "Hall", "date": "2026-03-01"}
    return Assessment.model_validate(written | keys)


@contextmanager
def _typing(*keys: str) -> Iterator[None]:
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        pipe.send_text("".join(keys))
        yield


def _hold(*keys: str, start: Assessment, by: str | None = None) -> tuple[Assessment, list[Any]]:
    """The assessment after these keys, and what was on disk after each save."""
    saved: list[Assessment] = []
    interview = Interview(smallmodel.definition(), saved.append, lambda: TODAY, by)
    with _typing(*keys):
        after = hold(interview, start)
    return after, [each.model_dump(exclude_unset=True).get("answers") for each in saved]


CONTEXT = {"cx-who": "Everybody."}
STOP = ("t", ENTER)  # "s" is the key of "Skip for now"


def test_a_whole_self_assessment() -> None:
    after, saved = _hold(
        *("y", "Children and their parents.", ENTER),  # the context question, after "answer now?"
        *("y", ENTER, ENTER),  # g-1: yes, no note
        *("h", ENTER, "On Mondays.", ENTER),  # g-2: half, a note
        *("n", ENTER, ENTER),  # g-p: never
        *("a", ENTER, "Nobody waits here.", ENTER, ENTER),  # w-1: does not apply, the reason
        *("d", ENTER, ENTER),  # w-2: don't know
        *("1", ENTER, ENTER),  # w-place
        *("y", ENTER, ENTER),  # b-guard
        *("d", ENTER, ENTER),  # b-sign: daily
        start=_assessment(),
        by="host",
    )
    given = {"by": "host", "on": TODAY}
    answers = {
        "g-1": {"answer": "yes", **given},
        "g-2": {"answer": "half", "note": "On Mondays.", **given},
        "g-p": {"answer": "never", **given},
        "w-1": {"answer": "NA", "reason": "Nobody waits here.", **given},
        "w-2": {"answer": "DK", **given},
        "w-place": {"answer": "1", **given},
        "b-guard": {"answer": "yes", **given},
        "b-sign": {"answer": "daily", **given},
    }
    assert after.model_dump(exclude_unset=True)["answers"] == answers
    assert after.context == {"cx-who": "Children and their parents."}
    ids = list(answers)
    assert saved[1:] == [{k: answers[k] for k in ids[:n]} for n in range(1, len(ids) + 1)]


def test_an_interview_asks_what_backs_a_rating() -> None:
    after, _ = _hold(
        *("y", ENTER, "1", ENTER, ENTER),  # g-1: yes, seen
        *("d", ENTER, ENTER),  # g-2: don't know has no evidence
        *STOP,
        start=_assessment(mode="interview", context=CONTEXT),
    )
    answers = after.model_dump(exclude_unset=True)["answers"]
    assert {name: answer.get("evidence") for name, answer in answers.items()} == {
        "g-1": 1,
        "g-2": None,
    }


def test_it_goes_on_where_it_stopped() -> None:
    done = dict.fromkeys(("g-1", "g-2", "w-1", "w-2", "b-guard"), "yes")
    after, saved = _hold(
        *("d", ENTER, ENTER),  # g-p
        *("2", ENTER, ENTER),  # w-place
        *("n", ENTER, ENTER),  # b-sign
        start=_assessment(answers=done, context=CONTEXT),
    )
    assert [answer.answer for answer in after.answers.values()] == [
        *("yes", "yes", "daily", "yes", "yes", "2", "yes", "never")
    ]
    assert len(saved) == 3


def test_back_shows_the_old_answer_and_takes_a_new_one() -> None:
    after, _ = _hold(
        *("y", ENTER, "First.", ENTER),  # g-1
        *("b", ENTER),  # g-2: back
        *("h", ENTER, ENTER),  # g-1 again; its note is kept
        *STOP,
        start=_assessment(context=CONTEXT),
    )
    assert after.model_dump(exclude_unset=True)["answers"] == {
        "g-1": {"answer": "half", "note": "First.", "on": TODAY}
    }


def test_skip_leaves_an_item_open() -> None:
    after, _ = _hold(
        *("s", ENTER),  # g-1
        *("y", ENTER, ENTER),  # g-2
        *STOP,
        start=_assessment(context=CONTEXT),
    )
    assert list(after.answers) == ["g-2"]


@pytest.mark.parametrize(("key", "error"), [(CTRL_C, KeyboardInterrupt), (CTRL_D, EOFError)])
def test_an_interruption_passes_through_after_the_save(
    key: str, error: type[BaseException]
) -> None:
    saved: list[Assessment] = []
    interview = Interview(smallmodel.definition(), saved.append, lambda: TODAY)
    with _typing("y", ENTER, ENTER, "y", ENTER, key), pytest.raises(error):
        hold(interview, _assessment(context=CONTEXT))
    assert [list(each.answers) for each in saved] == [["g-1"]]
