"""The roof: one run of the command line, and every error led to its exit code."""

from __future__ import annotations

import io
import sys

from custfocus_cli import __version__

# Everything else, typing too, is imported where it is used: `--version` answers at once.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import BinaryIO, NoReturn, TextIO

    from typing_extensions import Buffer


def main(argv: Sequence[str] | None = None) -> int:
    """The exit code of one run with these arguments (by default those of the process)."""
    arguments = sys.argv[1:] if argv is None else list(argv)
    try:
        code = _perform(arguments)
        sys.stdout.flush()
    except BaseException as error:  # the roof: whatever comes up here becomes a code
        return _explain(error)
    return code


def run() -> NoReturn:
    """The console script: `main` on streams that are UTF-8 and survive a reader who leaves."""
    outlet = _settle_streams()
    code = main()
    if code == 130:  # the write that was interrupted would be made again
        outlet.drop()
    try:  # noqa: SIM105 - importing contextlib takes as long as the rest of --version
        sys.stdout.flush()
    except OSError:
        pass  # this run has failed already, and has said so
    sys.exit(code)


def _perform(arguments: list[str]) -> int:
    if arguments[:1] == ["--version"]:
        print(f"custfocus {__version__}")
        return 0
    hurry()
    from custfocus_cli.app import run_command

    return run_command(arguments)


def hurry() -> None:
    """Leaves out what a short run pays for and has no use of."""
    import gc
    import os

    # Looking for plugins of pydantic reads the metadata of every package that is installed; and no
    # plugin shall have a say in what a file may hold.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")
    # Nearly everything a run makes lives until its end: searching it for cycles finds none.
    gc.set_threshold(100_000, 50, 50)


def _explain(error: BaseException) -> int:
    """The exit code that belongs to the error; what to say about it goes to standard error."""
    from custfocus_cli.errors import BadInput, CustfocusError, ExitCode

    match error:
        case KeyboardInterrupt():
            return ExitCode.INTERRUPTED
        case BadInput():  # its lines begin with their places, as editors want them
            _say(str(error))
        case CustfocusError(message=message, hint=hint):
            _say(f"error: {message}", *[f"hint: {hint}"] if hint else [])
        case EOFError():
            _say("error: the input ended before the run was done")
        case OSError():  # a full disk, a missing permission: nothing that we could mend
            _say(f"error: {error.filename or 'input or output'}: {error.strerror or error}")
        case _:
            _say(*_describe_fault(error))
            return ExitCode.INTERNAL
    return ExitCode.CANNOT


def _describe_fault(error: BaseException) -> list[str]:
    """The lines on an error of ours: one for everybody, the traceback for who asked for it."""
    import os
    import traceback
    from pathlib import Path

    if os.environ.get("CUSTFOCUS_DEBUG") == "1":
        return "".join(traceback.format_exception(error)).splitlines()
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    text = " ".join(f"{type(error).__name__}{place}: {error}".split())
    return [
        f"internal error: {text[:300]}"
        + " (a fault of custfocus, not of your files: please report it, with what the same"
        " command prints under CUSTFOCUS_DEBUG=1)"
    ]


def _say(*lines: str) -> None:
    from custfocus_cli.wording.safety import safe

    for line in lines:
        print(safe(line), file=sys.stderr)


class _Outlet(io.RawIOBase):
    """The raw end of a standard stream, for which a reader who has gone is no error.

    What is written after that goes nowhere, so that the run ends with the code it would have had.
    Another failure is raised once, under the stream's name; a stream without a name has none.
    """

    def __init__(self, raw: BinaryIO, name: str) -> None:
        super().__init__()
        self._raw = raw
        self._name = name
        self._lost = False

    def write(self, data: Buffer, /) -> int | None:
        if not self._lost:
            try:
                return self._raw.write(data)
            except OSError as error:
                self._lost = True
                if self._name and not isinstance(error, BrokenPipeError):
                    raise OSError(error.errno, error.strerror, self._name) from None
        return memoryview(data).nbytes

    def drop(self) -> None:
        """From now on, nothing is written."""
        self._lost = True

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._raw.fileno()

    def isatty(self) -> bool:
        return self._raw.isatty()


def _settle_streams() -> _Outlet:
    """The outlet of standard output, when the streams are UTF-8 and safe to write to."""
    import os

    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:  # closed: taken up, or the next file opened would get what we print
            os.open(os.devnull, os.O_RDONLY)
    sys.stdin = sys.stdin or open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - for the run
    outlet = _find_outlet(sys.stdout, 1, "standard output")
    sys.stdout = _open_text(outlet, outlet.isatty())
    sys.stderr = _open_text(_find_outlet(sys.stderr, 2, ""), line_buffering=True)
    return outlet


def _find_outlet(stream: TextIO | None, descriptor: int, name: str) -> _Outlet:
    buffer = stream.buffer if stream else io.FileIO(descriptor, "wb", closefd=False)
    return _Outlet(getattr(buffer, "raw", buffer), name)  # an unbuffered stream is raw itself


def _open_text(outlet: _Outlet, line_buffering: bool) -> TextIO:
    return io.TextIOWrapper(
        io.BufferedWriter(outlet),
        encoding="utf-8",
        errors="backslashreplace",  # a name that is no text is shown, never a traceback
        newline="\n",
        line_buffering=line_buffering,
    )


if __name__ == "__main__":
    run()
