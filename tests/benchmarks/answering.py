"""What an answer costs, from its key to the next question on the screen: part of `make bench`.

A whole interview is held as `custfocus assess` holds it: its file locked, looked at for another
hand before each save, and on the disk before the next question; only the terminal is a pipe and a
sink. It is measured against what nothing of the kind can do without: a prompt_toolkit application
that on each key brings the same bytes to the same disk and renders the same words. Nothing is
asserted: machines differ, ratios of one run differ little. `--tenth` takes fewer turns, for CI.
"""

from __future__ import annotations

import asyncio
import io
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from statistics import median
from typing import NamedTuple

from prompt_toolkit.application import Application, create_app_session
from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.layout import FormattedTextControl, Layout, Window
from prompt_toolkit.output import ColorDepth
from prompt_toolkit.output.vt100 import Vt100_Output
from prompt_toolkit.utils import get_cwidth

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from interview.talking import read, say, shipped, start

from custfocus_cli.commands.interviewing import run_interview
from custfocus_cli.commands.setting_up import Setup
from custfocus_cli.files.writer import to_yaml
from custfocus_cli.interview.screen import Paper, draw

QUESTIONNAIRE = "interview-72"
ANSWERS = 72
FEW = 10
"""How many answers at the beginning and at the end are compared."""
TURNS = 9
COLUMNS, ROWS = 80, 24
REST = 0.003
"""Seconds without output after which the screen stands and the next key is pressed."""


class Frame(NamedTuple):
    """One answer: what is on the disk after it, and the screen that follows."""

    data: bytes
    text: str


class Turn(NamedTuple):
    """The seconds that each answer of one interview took."""

    seconds: Sequence[float]

    @property
    def typical(self) -> float:
        """The time of an answer in the middle of them all."""
        return median(self.seconds)

    @property
    def growth(self) -> float:
        """How much longer the last ten answers took than the first ten."""
        return median(self.seconds[-FEW:]) / median(self.seconds[:FEW])


class Hand(io.StringIO):
    """Who presses the keys, one by one, each as soon as the screen stands: also the screen."""

    def __init__(self, pipe: PipeInput, keys: Sequence[str]) -> None:
        super().__init__()
        self.seconds: list[float] = []
        self._pipe = pipe
        self._keys = list(keys)
        self._pressed = self._shown = 0.0
        self._waiting: asyncio.TimerHandle | None = None

    def write(self, text: str) -> int:
        """Take what is written to the screen."""
        return len(text)

    def flush(self) -> None:
        """Everything so far is on the screen."""
        self._shown = time.perf_counter()
        if self._waiting is not None:
            self._waiting.cancel()
        with suppress(RuntimeError):  # before the loop runs there is nobody to press a key for
            self._waiting = asyncio.get_running_loop().call_later(REST, self._press)

    def _press(self) -> None:
        if self._pressed:
            self.seconds.append(self._shown - self._pressed)
        if self._keys:
            self._pressed = time.perf_counter()
            self._pipe.send_text(self._keys.pop(0))


@contextmanager
def sit_down(keys: Sequence[str]) -> Iterator[Hand]:
    """Somebody at a terminal who will press these keys."""
    with create_pipe_input() as pipe:
        hand = Hand(pipe, keys)
        screen = Vt100_Output(hand, lambda: Size(ROWS, COLUMNS), term="xterm", enable_cpr=False)
        with create_app_session(input=pipe, output=screen):
            yield hand


def hold_interview(folder: Path, turn: int) -> Turn:
    """A whole interview of ours; the key that passes over the context is not timed."""
    setup = Setup(QUESTIONNAIRE, str(folder / f"ours-{turn}.yaml"), "Village hall")
    with sit_down(["s", *"L" * ANSWERS, "q"]) as hand:
        run_interview(setup, quiet=True)
    return Turn(hand.seconds[1 : ANSWERS + 1])


def hold_measure(folder: Path, turn: int, frames: Sequence[Frame]) -> Turn:
    """The same keys, saves and screens without an interview."""
    path = folder / f"measure-{turn}.yaml"
    left = list(frames)
    shown = [""]
    keys = KeyBindings()

    @keys.add("L")
    def _(event: KeyPressEvent) -> None:
        frame = left.pop(0)
        save_barely(path, frame.data)
        shown[0] = frame.text

    @keys.add("q")
    def _(event: KeyPressEvent) -> None:
        event.app.exit()

    with sit_down(["L"] * ANSWERS + ["q"]) as hand:
        app: Application[None] = Application(
            layout=Layout(Window(FormattedTextControl(lambda: shown[0]))),
            key_bindings=keys,
            full_screen=True,
            color_depth=ColorDepth.DEPTH_1_BIT,
        )
        app.run()
    return Turn(hand.seconds[:ANSWERS])


def save_barely(path: Path, data: bytes) -> None:
    """Put bytes in the place of a file: temporary file, fsync, replace, fsync of the folder."""
    beside = path.with_suffix(".tmp")
    with beside.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(path)
    descriptor = os.open(path.parent, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)


def draw_frames() -> list[Frame]:
    """What the interview writes and shows after each answer."""
    paper = Paper(COLUMNS, ROWS, get_cwidth)
    state = say(start(definition=shipped(QUESTIONNAIRE), interview=True), "s")
    frames = []
    for _ in range(ANSWERS):
        state = say(state, "L")
        text = "\n".join(read(draw(state, paper)))
        frames.append(Frame(to_yaml(state.assessment).encode(), text))
    return frames


def take_turns(folder: Path, count: int) -> tuple[list[Turn], list[Turn]]:
    """Ours and the measure, each first in every second turn, after one that is not timed."""
    frames = draw_frames()
    ours: list[Turn] = []
    measures: list[Turn] = []
    sides: list[tuple[list[Turn], Callable[[int], Turn]]] = [
        (ours, lambda turn: hold_interview(folder, turn)),
        (measures, lambda turn: hold_measure(folder, turn, frames)),
    ]
    for turn in range(count + 1):
        for kept, run in sides if turn % 2 else reversed(sides):
            kept.append(run(turn))
    return ours[1:], measures[1:]


def main(arguments: Sequence[str]) -> int:
    """0; an interview that fails raises."""
    with tempfile.TemporaryDirectory(dir=Path.cwd(), prefix=".bench-") as folder:
        ours, measures = take_turns(Path(folder), 2 if "--tenth" in arguments else TURNS)
    own = median(turn.typical for turn in ours)
    other = median(turn.typical for turn in measures)
    growth = median(turn.growth for turn in ours)
    apart = median(turn.growth for turn in measures)
    print(
        f"{'an answer of 72':<20} {own * 1000:>7.1f} ms          "
        f"{'save and render, bare':<23} {other * 1000:>6.1f} ms          "
        f"ratio {own / other:.2f} (aim: under 2)"
    )
    print(
        f"{'its last ten':<20} {growth:>7.2f} of its first  "
        f"{'save and render, bare':<23} {apart:>6.2f} of its first  "
        f"ratio {growth:.2f} (aim: under 1.25)"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
