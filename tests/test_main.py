"""Every way a run can end has its exit code, says what went wrong, and shows no traceback."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from cli import CUSTFOCUS, PYTHON, call, settle_environment

from custfocus_cli import __version__, app
from custfocus_cli.__main__ import main
from custfocus_cli.errors import BadInput, CustfocusError, Problem

PROBLEMS = [
    Problem("b.yaml", 1, 1, "bad-id", "the id is no id"),
    Problem("a.yaml", 12, 3, "unknown-key", "no key of an assessment"),
    Problem("a.yaml", 2, 3, "wrong-type", "no date"),
]

RAISED: list[tuple[BaseException, int, str]] = [
    (CustfocusError("no such file: a.yaml"), 2, "error: no such file: a.yaml\n"),
    (CustfocusError("no terminal", "use a file"), 2, "error: no terminal\nhint: use a file\n"),
    (
        BadInput(PROBLEMS),
        2,
        "a.yaml:2:3: wrong-type: no date\n"
        "a.yaml:12:3: unknown-key: no key of an assessment\n"
        "b.yaml:1:1: bad-id: the id is no id\n",
    ),
    (
        OSError(errno.ENOSPC, "No space left on device", "out.html"),
        2,
        "error: out.html: No space left on device\n",
    ),
    (OSError("odd"), 2, "error: input or output: odd\n"),
    # typer ends the line of the prompt that got no answer
    (EOFError(), 2, "\nerror: the input ended before the run was done\n"),
    (KeyboardInterrupt(), 130, ""),
    (typer.Abort(), 130, ""),
    (typer.Exit(1), 1, ""),
    (SystemExit(1), 2, ""),  # only the shell completion ends so, and no gate
]


def plant(monkeypatch: pytest.MonkeyPatch, command: Callable[[], object]) -> None:
    monkeypatch.setattr(app, "COMMANDS", (("planted", command),))


def plant_error(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def planted() -> int:
        raise error

    plant(monkeypatch, planted)


@pytest.mark.parametrize("code", [0, 1, 2])
def test_a_command_s_code_is_the_run_s(monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    plant(monkeypatch, lambda: code)
    assert main(["planted"]) == code


@pytest.mark.parametrize(("error", "code", "said"), RAISED, ids=lambda value: repr(value)[:30])
def test_an_error_has_its_code_and_its_words(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: BaseException,
    code: int,
    said: str,
) -> None:
    plant_error(monkeypatch, error)
    assert main(["planted"]) == code
    assert capsys.readouterr() == ("", said)


@pytest.mark.parametrize(
    "error",
    [ValueError("odd\nlines"), RecursionError("odd"), MemoryError("odd"), AssertionError("odd")],
)
def test_a_fault_of_ours_is_one_line_and_code_70(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: BaseException
) -> None:
    monkeypatch.delenv("CUSTFOCUS_DEBUG", raising=False)
    plant_error(monkeypatch, error)
    assert main(["planted"]) == 70
    out, said = capsys.readouterr()
    assert out == ""
    assert said.startswith(f"internal error: {type(error).__name__} at test_main.py:")
    assert "CUSTFOCUS_DEBUG=1" in said
    assert said.count("\n") == 1


def test_a_command_without_a_code_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    plant(monkeypatch, lambda: None)
    assert main(["planted"]) == 70


def test_the_traceback_is_there_for_who_asks(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CUSTFOCUS_DEBUG", "1")
    plant_error(monkeypatch, ValueError("odd \x1b]0;title\x07"))
    assert main(["planted"]) == 70
    said = capsys.readouterr().err
    assert said.startswith("Traceback (most recent call last):\n")
    assert "ValueError: odd" in said
    assert "\x1b" not in said


@pytest.mark.parametrize("error", [ValueError, CustfocusError, OSError])
def test_what_an_error_quotes_cannot_act(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: type[Exception],
) -> None:
    plant_error(monkeypatch, error("\x1b[2J\x9b2J\u202e"))
    main(["planted"])
    said = capsys.readouterr().err
    assert not set(said) & {"\x1b", "\x9b", "\u202e"}


USAGE = [
    (["no-such"], "error: No such command 'no-such'.", "hint: custfocus --help says more"),
    (["--no-such"], "error: No such option: --no-such", "hint: custfocus --help says more"),
    (["planted", "x"], "error: Got unexpected extra", "hint: custfocus planted --help says more"),
]


@pytest.mark.parametrize(("arguments", "said", "hint"), USAGE)
def test_a_call_that_fits_no_command_is_code_2(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    said: str,
    hint: str,
) -> None:
    plant(monkeypatch, lambda: 0)
    assert main(arguments) == 2
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].startswith(said)
    assert lines[1:] == [hint]


def test_a_call_without_a_command_shows_the_help_and_is_code_2(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main([]) == 2
    out, said = capsys.readouterr()
    assert out == ""
    assert said.startswith("Usage: custfocus [OPTIONS] COMMAND")


@pytest.mark.parametrize(
    "program", [CUSTFOCUS, (str(Path(sys.executable).with_name("custfocus")),)]
)
def test_the_version(program: tuple[str, ...]) -> None:
    ran = call("--version", program=program)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, f"custfocus {__version__}\n", "")


def start(body: str) -> tuple[str, ...]:
    """A program that runs custfocus with one planted command of this body."""
    lines = "\n".join(f"    {line}" for line in body.splitlines())
    return (
        *PYTHON,
        "-c",
        "import custfocus_cli.app as app\n"
        "from custfocus_cli.__main__ import run\n"
        f"def planted() -> int:\n{lines}\n"
        "app.COMMANDS = (('planted', planted),)\n"
        "run()\n",
    )


SHORT = "print('short')\nreturn 1"
LONG = "print('x' * 1_000_000)\nreturn 1"


@pytest.mark.parametrize("body", [SHORT, LONG], ids=["at the end", "on the way"])
def test_a_reader_who_has_gone_changes_nothing(body: str) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as pipe:
        ran = subprocess.run(
            [*start(body), "planted"],
            stdout=pipe,
            stderr=subprocess.PIPE,
            env=settle_environment(),
            check=False,
        )
    assert (ran.returncode, ran.stderr) == (1, b"")


@pytest.mark.parametrize("body", [SHORT, LONG], ids=["at the end", "on the way"])
def test_a_full_disk_behind_standard_output_is_code_2(body: str) -> None:
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(
            [*start(body), "planted"],
            stdout=full,
            stderr=subprocess.PIPE,
            env=settle_environment(),
            check=False,
        )
    assert ran.returncode == 2
    assert ran.stderr == b"error: standard output: No space left on device\n"


def run_shell(command: str, program: tuple[str, ...]) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        ["sh", "-c", f'"$@" {command}', "sh", *program],
        capture_output=True,
        env=settle_environment(),
        check=False,
    )


def test_a_closed_standard_output_is_code_2_when_it_is_needed() -> None:
    ran = run_shell("planted >&-", start(SHORT))
    assert (ran.returncode, ran.stderr) == (2, b"error: standard output: Bad file descriptor\n")
    assert run_shell("planted >&-", start("return 1")).returncode == 1


def test_streams_that_are_closed_do_not_change_the_code() -> None:
    assert run_shell("no-such 2>&-", CUSTFOCUS).returncode == 2
    assert run_shell("planted <&- >&- 2>&-", start("return 1")).returncode == 1
    assert (
        run_shell("planted <&-", start("import sys\nreturn len(sys.stdin.read())")).returncode == 0
    )


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-16"])
def test_output_is_utf_8_in_any_locale(encoding: str) -> None:
    body = "print('Zürich \u2265 \udcff')\nreturn 0"
    ran = call(
        "planted",
        program=start(body.replace("\udcff", "\\udcff")),
        environment={"PYTHONIOENCODING": encoding},
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "Zürich \u2265 \\udcff\n", "")


def test_an_argument_that_is_no_text_is_a_usage_error() -> None:
    ran = call(b"\xff\xfe")
    assert ran.returncode == 2
    assert ran.stderr.startswith("error: No such command ")


def test_an_interrupt_is_code_130_and_quiet() -> None:
    body = "import time\nprint('ready', flush=True)\ntime.sleep(60)\nreturn 0"
    with subprocess.Popen(
        [*start(body), "planted"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=settle_environment(),
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        process.send_signal(signal.SIGINT)
        out, said = process.communicate(timeout=30)
    assert (process.returncode, out, said) == (130, b"", b"")


def test_shell_completion_knows_the_commands_and_their_choices() -> None:
    """What a shell asks: the words so far, and which of them is being typed."""

    def complete(words: str, word: int) -> list[str]:
        asked = {"_CUSTFOCUS_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": word}
        ran = call(environment={name: str(value) for name, value in asked.items()})
        assert ran.stderr == ""
        return ran.stdout.split()

    assert complete("custfocus re", 1) == ["report"]
    assert complete("custfocus questionnaires s", 2) == ["show", "schema"]
    assert complete("custfocus plan --format c", 3) == ["csv"]


def test_an_instruction_that_no_completion_has_is_no_failed_gate() -> None:
    ran = call(environment={"_CUSTFOCUS_COMPLETE": "nonsense"})
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == "Invalid completion instruction.\n"
