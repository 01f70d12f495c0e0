"""The conversation on an input that is a pipe: each key of the terminal, each end, each save."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from interview.talking import NOW, codes, given, shipped, start
from prompt_toolkit.application import create_app_session
from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from custfocus_cli.documents.assessment import Assessment
from custfocus_cli.errors import CustfocusError, Overtaken
from custfocus_cli.interview import prompts
from custfocus_cli.interview.conversation import Moment, State, View
from custfocus_cli.interview.prompts import Option, ask_text, choose, confirm, hold
from custfocus_cli.interview.screen import Paper, Screen

ENTER, ESCAPE, TAB, DELETE, BACKSPACE = "\r", "\x1b", "\t", "\x1b[3~", "\x7f"
UP, DOWN, RIGHT, LEFT = "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D"
CTRL_C, CTRL_D, CTRL_L = "\x03", "\x04", "\x0c"


@contextmanager
def _typing(*keys: str) -> Iterator[None]:
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        pipe.send_text("".join(keys))
        yield


def _hold(state: State, *keys: str) -> tuple[State, list[Assessment]]:
    """The state after these keys, and what was saved, in order."""
    saved: list[Assessment] = []
    with _typing(*keys):
        return hold(state, saved.append, lambda: NOW), saved


@pytest.mark.parametrize(
    ("keys", "answers"),
    [
        (("y",), {"g-1": "yes"}),
        (("Y",), {"g-1": "yes"}),
        ((DOWN, DOWN, UP, ENTER), {"g-1": "no"}),
        ((RIGHT, "h"), {"g-2": "half"}),
        ((RIGHT, LEFT, "h"), {"g-1": "half"}),
        (("y", LEFT, DELETE), {}),
        (("y", "z"), {}),
        (("x", "Nobody.", ENTER), {"g-1": "NA"}),
        (("x", "Nobody.", CTRL_L, BACKSPACE, ENTER), {"g-1": "NA"}),
        ((RIGHT, "y", TAB, "n"), {"g-2": "yes", "w-1": "no"}),
        (("j", "stamp", *[BACKSPACE] * 5, "time w", DOWN, ENTER, "d"), {"w-2": "DK"}),
        (("/", "w-1", ENTER, "d"), {"w-1": "DK"}),
        (("?", "q", "i", "i", "y"), {"g-1": "yes"}),
        (("?", ENTER, "y"), {"g-1": "yes"}),
        (("ü", "7", "y"), {"g-1": "yes"}),
    ],
)
def test_each_key(keys: tuple[str, ...], answers: dict[str, str]) -> None:
    after, _ = _hold(start(), *keys, "q")
    assert (codes(after), after.view) == (answers, View.ENDED)


def test_escape_leaves_a_field_without_its_words() -> None:
    # The key that does nothing ends the wait for what an escape may begin.
    after, _ = _hold(start(), "wforget", ESCAPE, "\x00", "y", "q")
    assert given(after) == {"g-1": {"answer": "yes"}}


def test_every_change_is_saved_before_the_next_question() -> None:
    after, saved = _hold(start(), "y", "w", "A note.", ENTER, "h", "q")
    assert [list(each.answers) for each in saved] == [["g-1"], ["g-1", "g-2"]]
    assert saved[-1] is after.assessment
    assert given(after)["g-2"] == {"answer": "half", "note": "A note."}


def test_72_keys_answer_72_items() -> None:
    state = start(definition=shipped("interview-72"), interview=True)
    after, saved = _hold(state, "s", *"L" * 72, "q")
    assert len(saved) == len(after.assessment.answers) == 72


def test_each_moment_is_drawn_once_and_again_when_the_window_changes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Window(DummyOutput):
        columns = 80

        def get_size(self) -> Size:
            return Size(24, self.columns)

    def draw(state: State, paper: Paper) -> Screen:
        drawn.append((state.question.id, paper.width))
        return Screen((), ())

    def now() -> Moment:
        window.columns -= 10  # narrower at each key
        return NOW

    drawn: list[tuple[str, int]] = []
    window = Window()
    monkeypatch.setattr(prompts, "draw", draw)
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=window):
        pipe.send_text("yüq")
        hold(start(), lambda saved: None, now)
    assert drawn == [("g-1", 80), ("g-2", 70), ("g-2", 60), ("g-2", 50)]


def test_a_pasted_note_is_cleaned_and_kept_whole() -> None:
    pasted = "\x1b[200~one\r\ntwo \x07 [b]three[/b]\x1b[201~"
    after, _ = _hold(start(), "w", pasted, ENTER, "y", "q")
    assert given(after)["g-1"]["note"] == "one\ntwo \ufffd [b]three[/b]"


def test_the_field_begins_with_what_is_known() -> None:
    state = start(answers={"g-1": {"answer": "yes", "note": "Old"}})
    after, _ = _hold(state, LEFT, "w", " and new", ENTER, "q")
    assert given(after)["g-1"]["note"] == "Old and new"


@pytest.mark.parametrize(("key", "error"), [(CTRL_C, KeyboardInterrupt), ("", EOFError)])
def test_an_interruption_passes_through_after_the_save(
    key: str, error: type[BaseException]
) -> None:
    saved: list[Assessment] = []
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        pipe.send_text(f"y{key}")
        if not key:
            pipe.close()
        with pytest.raises(error):
            hold(start(), saved.append, lambda: NOW)
    assert [list(each.answers) for each in saved] == [["g-1"]]


@pytest.mark.parametrize("keys", [("y", CTRL_D), ("y", "q"), ("y", "w", CTRL_C)])
def test_each_end(keys: tuple[str, ...]) -> None:
    saved: list[Assessment] = []
    with _typing(*keys):
        if keys[-1] == CTRL_C:
            with pytest.raises(KeyboardInterrupt):
                hold(start(), saved.append, lambda: NOW)
        else:
            assert hold(start(), saved.append, lambda: NOW).view is View.ENDED
    assert len(saved) == 1


def test_what_cannot_be_saved_can_be_tried_again() -> None:
    full = [True, True, False]
    saved: list[Assessment] = []

    def save(assessment: Assessment) -> None:
        if full.pop(0):
            raise CustfocusError("hall.yaml could not be written: the disk is full")
        saved.append(assessment)

    with _typing("y", "y", "y", "q"):
        after = hold(start(), save, lambda: NOW)
    assert (codes(after), len(saved)) == ({"g-1": "yes"}, 1)


def test_what_was_never_saved_is_an_error_at_the_end() -> None:
    def save(assessment: Assessment) -> None:
        raise CustfocusError("the disk is full")

    with _typing("y", "q"), pytest.raises(CustfocusError, match="the disk is full"):
        hold(start(), save, lambda: NOW)


def test_a_fault_of_ours_ends_the_conversation_and_is_told_by_the_roof(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def save(assessment: Assessment) -> None:
        raise RuntimeError("a fault")

    with _typing("y"), pytest.raises(RuntimeError, match="a fault"):
        hold(start(), save, lambda: NOW)
    assert capsys.readouterr() == ("", "")


def test_a_file_that_another_hand_changed_ends_the_conversation() -> None:
    def save(assessment: Assessment) -> None:
        raise Overtaken("changed by another hand")

    with _typing("y", "h"), pytest.raises(Overtaken):
        hold(start(), save, lambda: NOW)


def test_a_conversation_that_has_ended_asks_nothing() -> None:
    ended = replace(start(), view=View.ENDED)
    with _typing():
        assert hold(ended, lambda saved: None, lambda: NOW) is ended


# --- before it begins ----------------------------------------------------------------------------


def test_the_questions_of_the_set_up() -> None:
    options = [Option("a", "First", "The \x1b one."), Option("b", "Second")]
    with _typing(DOWN, ENTER):
        assert choose("Which?", options) == "b"
    with _typing(ENTER):
        assert ask_text("Where?", default="here ") == "here"
    with _typing("no", ENTER, BACKSPACE, BACKSPACE, "yes", ENTER):
        assert ask_text("Right?", check=lambda t: "Wrong" if t == "no" else None) == "yes"
    with _typing("y"):
        assert confirm("Sure?")
