"""What holds for every command: the same bytes everywhere, and an end for every input."""

from __future__ import annotations

import io
import json
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
from cli import PYTHON, settle_environment
from commands.calling import SAMPLES
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tree import ROOT

from custfocus_cli.__main__ import main
from custfocus_cli.render import formats
from custfocus_cli.render.look import TEMPLATES
from custfocus_cli.render.sql import DIALECTS

YEARS = SAMPLES["quillmarsh-2025"], SAMPLES["quillmarsh-2026"]

OUTPUTS: Sequence[Sequence[str]] = (
    *(("score", path, "-f", name) for path in SAMPLES.values() for name in formats.SCORE),
    *(("report", path, "-f", name) for path in SAMPLES.values() for name in formats.REPORT),
    *(
        (
            "report",
            SAMPLES["varrowby-2026"],
            "--previous",
            SAMPLES["varrowby-2025"],
            *("-f", name, "--audience", audience, "--anonymise"),
        )
        for audience in TEMPLATES
        for name in formats.REPORT
    ),
    *(("plan", path, "-f", name) for path in SAMPLES.values() for name in formats.PLAN),
    *(("diff", *YEARS, "-f", name) for name in formats.DIFF),
    *(("check", YEARS[1], "--min-stage", "1", "-f", name) for name in formats.CHECK),
    *(
        ("compare", YEARS[1], SAMPLES["varrowby-2026"], "--window", "200", "-f", name)
        for name in formats.COMPARE
    ),
    *(("questionnaires", "show", "interview-72", "-f", name) for name in formats.QUESTIONNAIRE),
    *(
        ("questionnaires", "show", "interview-72", "--for", "hr", "-f", name)
        for name in formats.SHEET
    ),
    *(
        ("questionnaires", "export", "interview-72", "-f", name, "-o", "-")
        for name in (*formats.EXPORT, *formats.EXPORT_PACKED)
    ),
    *(("validate", str(ROOT / "tests/examples/invalid"), "-f", name) for name in formats.VALIDATE),
    *(("questionnaires", "schema", kind) for kind in ("questionnaire", "scorecard")),
    ("score", SAMPLES["quillmarsh-2025"], "--as", "team-36", "--color", "always"),
    ("form", "interview-72", "--organisation", "Our firm", "--group", "north", "--group", "south"),
    *(("tally", path) for path in SAMPLES.values()),
    *(
        ("tally", "t", "--sql", "--questionnaire", "team-36", "--by", "role", "--dialect", name)
        for name in DIALECTS
    ),
    ("questionnaires", "list"),
    ("score", "--help"),
)

# The child runs every call in one process, under a locale that it sets in full, and prints all.
CHILD = """
import json, locale, sys
from custfocus_cli.__main__ import main
print(locale.setlocale(locale.LC_ALL, ""), locale.localeconv()["decimal_point"])
for arguments in json.load(sys.stdin):
    print(arguments, flush=True)
    print("exit", main(arguments), flush=True)
"""

PLACES: Mapping[str, tuple[dict[str, str], str]] = {
    "german, far east": (
        {"PYTHONHASHSEED": "1", "TZ": "EST-14", "LC_ALL": "de_DE.UTF-8"},
        "de_DE.UTF-8 ,",
    ),
    "turkish, far west": (
        {"PYTHONHASHSEED": "2", "TZ": "WST+12", "LC_ALL": "tr_TR.UTF-8"},
        "tr_TR.UTF-8 ,",
    ),
}


def _run(environment: Mapping[str, str]) -> tuple[str, bytes]:
    """The locale that was really set, and everything that was printed after it."""
    run = subprocess.run(
        [*PYTHON, "-c", CHILD],
        input=json.dumps(OUTPUTS).encode(),
        env=settle_environment({"LC_ALL": "C.UTF-8", "PYTHONUTF8": "1", **environment}),
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert run.returncode == 0, run.stderr.decode()
    first, _, rest = run.stdout.partition(b"\n")
    return first.decode(), rest


@pytest.fixture(scope="module")
def here() -> bytes:
    """Everything that is printed, in a neutral place."""
    return _run({"PYTHONHASHSEED": "0", "TZ": "UTC"})[1]


@pytest.mark.parametrize("place", PLACES)
def test_the_same_bytes_under_another_hash_seed_time_zone_and_locale(
    place: str, here: bytes
) -> None:
    environment, expected = PLACES[place]
    known = subprocess.run(["locale", "-a"], capture_output=True, check=True, encoding="utf-8")
    if environment["LC_ALL"].lower().replace("-", "") not in known.stdout.lower().replace("-", ""):
        pytest.skip(f"the locale {environment['LC_ALL']} is not on this machine")
    found, printed = _run(environment)
    assert found == expected
    assert printed == here


def test_the_same_bytes_in_a_second_run(here: bytes) -> None:
    assert _run({"PYTHONHASHSEED": "0", "TZ": "UTC"})[1] == here
    assert here.count(b"exit 0\n") == len(OUTPUTS) - len(formats.VALIDATE)


# --- any input -------------------------------------------------------------------------------

ENDS = {0, 2}
READERS: Sequence[Sequence[str]] = (
    ("validate", "{}"),
    ("score", "{}"),
    ("score", "{}", "-f", "json"),
    ("report", "{}"),
    ("report", "{}", "-f", "markdown"),
    ("plan", "{}", "-f", "csv"),
    ("score", "{}", "--as", "team-36", "-q"),
    ("questionnaires", "show", "{}"),
    ("diff", "{}", "{}"),
    ("diff", SAMPLES["varrowby-2025"], "{}", "--fail-on", "never", "-f", "json"),
)
SAMPLE = Path(SAMPLES["varrowby-2026"]).read_text("utf-8")
LINES = SAMPLE.splitlines(keepends=True)
PIECES = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        ["N", "F", "DK", "NA", "999999999", "2026-02-30", "[]", "{}", "&a", "*a", "!!x", "<<: {}",
         "answers:", "- ", "'", '"', "\x1b[31m", "::error::x", "</script>", "sv-1a: F", "\t", "? "]
    ),
)  # fmt: skip


@st.composite
def _mutated(draw: st.DrawFn) -> bytes:
    """A sample in which some lines are gone, doubled, cut or changed."""
    lines = list(LINES)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        line = lines[at]
        match draw(st.integers(0, 4)):
            case 0:
                del lines[at]
            case 1:
                lines.insert(at, line)
            case 2:
                lines[at] = line[: draw(st.integers(0, len(line)))]
            case 3:
                key, colon, _ = line.partition(":")
                lines[at] = f"{key}{colon} {draw(PIECES)}\n"
            case _:
                lines.insert(at, draw(PIECES) + "\n")
    return "".join(lines).encode("utf-8", "surrogatepass")


def _codes(data: bytes, path: Path) -> list[int]:
    path.write_bytes(data)
    codes = []
    for reader in READERS:
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()) as err:
            codes.append(main([part.format(path) for part in reader]))
        assert "Traceback" not in err.getvalue()
        assert codes[-1] in ENDS, err.getvalue()
    return codes


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=_mutated())
def test_every_input_comes_to_an_end(data: bytes, tmp_path: Path) -> None:
    _codes(data, tmp_path / "answers.yaml")


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.binary(max_size=300))
def test_bytes_that_mean_nothing_are_refused_by_all(data: bytes, tmp_path: Path) -> None:
    assert set(_codes(data, tmp_path / "answers.yaml")) == {2}


def test_a_crash_would_be_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: object) -> str:
        raise ZeroDivisionError

    monkeypatch.setitem(vars(formats)["PLAN"], "csv", crash)
    with pytest.raises(AssertionError, match="ZeroDivisionError"):
        _codes(SAMPLE.encode(), tmp_path / "answers.yaml")
