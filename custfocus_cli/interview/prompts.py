"""The conversation in the terminal: keys in, screens out, every change saved before the next."""

from __future__ import annotations

import asyncio
import shutil
import signal
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from typing import Final, NamedTuple

import questionary
from prompt_toolkit.application import Application
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.data_structures import Size
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import (
    BufferControl,
    ConditionalContainer,
    Dimension,
    FormattedTextControl,
    HSplit,
    Layout,
    Window,
)
from prompt_toolkit.layout.processors import Processor, Transformation, TransformationInput
from prompt_toolkit.output import ColorDepth
from prompt_toolkit.styles import Style
from prompt_toolkit.utils import get_cwidth

from custfocus_cli.documents.assessment import Assessment
from custfocus_cli.errors import CustfocusError, Overtaken
from custfocus_cli.interview import conversation as talk
from custfocus_cli.interview.conversation import LONGEST_TEXT, Moment, State, View
from custfocus_cli.interview.keys import press
from custfocus_cli.interview.screen import Line, Paper, Screen, draw
from custfocus_cli.wording.safety import OBEYED, safe

Save = Callable[[Assessment], None]
Now = Callable[[], Moment]

# Attributes and no colours: they read on light and on dark, and NO_COLOR has nothing to take away.
_STYLE: Final = Style.from_dict(
    {
        "bold": "bold",
        "dim": "",
        "key": "bold",
        "picked": "reverse",
        "chosen": "underline",
        "alert": "bold reverse",
    }
)

_NAMES: Final = {
    "left": "left",
    "right": "right",
    "up": "up",
    "down": "down",
    "pageup": "page-up",
    "pagedown": "page-down",
    "enter": "enter",
    "tab": "tab",
    "delete": "delete",
}
"""How the terminal's keys are called, and how the conversation calls them."""


class Interruption(KeyboardInterrupt):
    """The terminal was closed, or the program was asked to end."""


def hold(state: State, save: Save, now: Now) -> State:
    """The last state of the conversation: until it is ended.

    `save` has written the assessment to disk when it returns. Raises what `save` raises;
    KeyboardInterrupt when interrupted, EOFError when the input ends. What was answered before is
    saved.
    """
    if state.view is View.ENDED:
        return state
    runner = _Runner(state, save, now)
    with _quiet_when_closed():
        runner.run()
    return runner.state


class _Runner:
    """A running conversation: the one place where it changes."""

    def __init__(self, state: State, save: Save, now: Now) -> None:
        self.state = state
        self._save = save
        self._now = now
        self._trouble: CustfocusError | None = None  # why the last change is not on the disk
        self._buffer = Buffer(multiline=False, on_text_changed=self._type)
        self._screen = Screen((), ())
        self._drawn: tuple[State, Size] | None = None  # what the screen shows, and how large it is
        self._app: Application[None] = Application(
            layout=self._lay_out(),
            key_bindings=self._bind(),
            style=_STYLE,
            full_screen=True,
            color_depth=ColorDepth.DEPTH_1_BIT,
            before_render=self._draw,
        )
        self._app.ttimeoutlen = 0.05  # Esc answers at once
        self._app.timeoutlen = 0.05

    def run(self) -> None:
        """Until the conversation ends."""

        def listen() -> None:
            loop = asyncio.get_running_loop()
            loop.set_exception_handler(self._fail)
            end = partial(self._end, Interruption())
            for name, act in (("SIGTERM", end), ("SIGHUP", end), ("SIGCONT", self._draw_anew)):
                number = getattr(signal, name, None)  # not every system has all of them
                if number is not None:
                    with suppress(NotImplementedError, ValueError, RuntimeError):
                        loop.add_signal_handler(number, act)

        self._app.run(pre_run=listen)

    def _fail(self, loop: asyncio.AbstractEventLoop, context: Mapping[str, object]) -> None:
        """A fault of ours is for the roof to tell, not for the middle of the screen."""
        error = context.get("exception")
        if isinstance(error, BaseException):
            self._end(error)

    def _end(self, error: BaseException) -> None:
        if self._app.is_running and not self._app.is_done:
            self._app.exit(exception=error)

    # --- the screen ---

    def _draw_anew(self) -> None:
        """The whole screen: something else may have been written on it."""
        self._app.renderer.clear()
        self._app.invalidate()

    def _draw(self, app: Application[None]) -> None:
        size = app.output.get_size()
        if self._drawn is not None and self._drawn[0] is self.state and self._drawn[1] == size:
            return
        self._drawn = (self.state, size)
        self._screen = draw(self.state, Paper(size.columns, size.rows, get_cwidth))

    def _lay_out(self) -> Layout:
        above = Window(FormattedTextControl(lambda: _join(self._screen.above)), height=self._above)
        field = Window(
            BufferControl(self._buffer, input_processors=[_ShowPlainly()]),
            wrap_lines=True,
            height=self._field,
            get_line_prefix=lambda line, wrapped: "   " if line or wrapped else " > ",
        )
        below = Window(FormattedTextControl(lambda: _join(self._screen.below)), height=self._below)
        self._field_window = field
        self._still = Window(FormattedTextControl("", focusable=True, show_cursor=False))
        typing = Condition(lambda: self._screen.field > 0)
        return Layout(
            HSplit([above, ConditionalContainer(field, typing), below, self._still]),
            focused_element=self._still,
        )

    def _above(self) -> Dimension:
        return Dimension.exact(len(self._screen.above))

    def _field(self) -> Dimension:
        return Dimension.exact(self._screen.field)

    def _below(self) -> Dimension:
        return Dimension.exact(len(self._screen.below))

    # --- the keys ---

    def _bind(self) -> KeyBindings:
        keys = KeyBindings()
        typing = Condition(lambda: self.state.view in (View.TEXT, View.LIST))
        for key, name in _NAMES.items():
            in_field = typing if key in ("left", "right", "delete") else Condition(lambda: False)
            keys.add(key, filter=~in_field)(partial(self._press, name))
        keys.add("escape", eager=True)(partial(self._press, "escape"))
        keys.add(Keys.Any, filter=~typing)(self._press_any)
        keys.add("c-c")(self._leave)
        keys.add(Keys.SIGINT)(self._leave)
        keys.add("c-d", filter=~typing)(self._stop)
        keys.add("c-z")(lambda event: event.app.suspend_to_background())
        keys.add("c-l")(lambda event: self._draw_anew())
        return keys

    def _press_any(self, event: KeyPressEvent) -> None:
        if event.data.isprintable():
            self._press(event.data, event)

    def _press(self, name: str, event: KeyPressEvent) -> None:
        state = self.state
        if state.view is View.TEXT and name == "enter":
            self._become(talk.write(state, self._buffer.text, self._now()))
        else:
            self._become(press(state, name, self._now()))

    def _stop(self, event: KeyPressEvent) -> None:
        self._become(talk.stop(self.state))

    def _leave(self, event: KeyPressEvent) -> None:
        event.app.exit(exception=KeyboardInterrupt())

    def _type(self, buffer: Buffer) -> None:
        if self.state.view is View.LIST:
            self.state = talk.search(self.state, buffer.text)

    # --- the change ---

    def _become(self, after: State) -> None:
        """The next state, once what changed is on the disk."""
        before = self.state
        if after.assessment is not before.assessment and not self._keep(after.assessment):
            return
        self.state = after
        if after.view is View.ENDED:
            if self._trouble is None:
                self._app.exit()
            else:
                self._app.exit(exception=self._trouble)
            return
        typing = after.view in (View.TEXT, View.LIST)
        if typing and after.view is not before.view:
            self._buffer.text = after.text if after.view is View.TEXT else ""
            self._buffer.cursor_position = len(self._buffer.text)
        self._draw(self._app)
        self._app.layout.focus(self._field_window if typing else self._still)

    def _keep(self, assessment: Assessment) -> bool:
        """Whether the assessment is on the disk; if not, all stays as it is and can be repeated."""
        try:
            self._save(assessment)
        except Overtaken as error:
            self._app.exit(exception=error)
            return False
        except CustfocusError as error:
            self._trouble = error
            self.state = talk.tell(
                self.state, "NOT SAVED. Press the same key to try again.", f"{error.message}."
            )
            return False
        self._trouble = None
        return True


class _ShowPlainly(Processor):
    """Shows what would act on the terminal as the mark that will stand there once it is kept."""

    def apply_transformation(self, transformation_input: TransformationInput) -> Transformation:
        """The same pieces, character by character."""
        shown: StyleAndTextTuples = []
        for style, text, *_ in transformation_input.fragments:
            shown.append((style, OBEYED.sub("\ufffd", text)))
        return Transformation(shown)


def _join(lines: Sequence[Line]) -> StyleAndTextTuples:
    """The lines as prompt_toolkit takes them."""
    joined: StyleAndTextTuples = []
    for number, line in enumerate(lines):
        if number:
            joined.append(("", "\n"))
        joined += [(f"class:{style}" if style else "", text) for style, text in line]
    return joined


@contextmanager
def _quiet_when_closed() -> Iterator[None]:
    """A terminal that is gone takes no last words: that is an interruption like any other."""
    try:
        yield
    except OSError as error:
        raise Interruption from error


# --- before it begins ----------------------------------------------------------------------------


class Option(NamedTuple):
    """Something to choose from, with what it means."""

    value: str
    title: str
    meaning: str = ""


def ask_text(
    message: str,
    *,
    default: str = "",
    required: bool = False,
    check: Callable[[str], str | None] = lambda text: None,
) -> str:
    """A line of text; `check` says what is wrong with one. EOFError and KeyboardInterrupt pass."""

    def validate(text: str) -> bool | str:
        if required and not text.strip():
            return "Please write something."
        if len(text) > LONGEST_TEXT:
            return f"At most {LONGEST_TEXT} characters fit."
        return check(text.strip()) or True

    question = questionary.text(safe(message), default=default, qmark="", validate=validate)
    return str(question.unsafe_ask()).strip()


def confirm(message: str) -> bool:
    """A yes or no; EOFError and KeyboardInterrupt pass through."""
    return bool(questionary.confirm(safe(message), qmark="").unsafe_ask())


def choose(message: str, options: Sequence[Option]) -> str:
    """The value of the option that is chosen; EOFError and KeyboardInterrupt pass through."""
    choices = [questionary.Choice(_title(each), value=each.value) for each in options]
    chosen = questionary.select(
        safe(message),
        choices=choices,
        qmark="",
        pointer=">",
        instruction="(arrows and Enter)",
    ).unsafe_ask()
    return str(chosen)


def _title(option: Option) -> str:
    """What is chosen with what it means below, in lines that the terminal does not cut."""
    width = min(shutil.get_terminal_size().columns, 100)
    space = " " * 5
    meaning = textwrap.fill(
        safe(option.meaning), max(20, width - 1), initial_indent=space, subsequent_indent=space
    )
    return "\n".join(each for each in (safe(option.title), meaning) if each)
