"""What the command line costs against what it stands on: `make bench`.

Each line runs two processes in turn, ours and a measure, and prints the median time of both, their
ratio beside the aim, and the peak memory of both. Nothing is asserted: machines differ, ratios of
one run differ little. `--tenth` takes a tenth of the files and fewer turns, for CI.
"""

from __future__ import annotations

import csv
import json
import os
import random
import re
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SAMPLES = Path(__file__).resolve().parents[2] / "questionnaires" / "samples"
SAMPLE = str(SAMPLES / "quillmarsh-2025.yaml")

# The script that a user calls; `-m` would add the import of runpy to every time.
CUSTFOCUS = (str(Path(sys.executable).with_name("custfocus")),)
PYTHON = (sys.executable, "-c")
STACK = "import typer, yaml; from pydantic import BaseModel; "
IMPORTS_OF_DIFF = f"{STACK}import rich.console, rich.table, custfocus_cli.app, \
custfocus_cli.commands.judging, custfocus_cli.commands.output, custfocus_cli.render.diff_text"
LOAD = """\
import sys, yaml
for path in sys.argv[1:]:
    with open(path, "rb") as file:
        yaml.load(file, yaml.CSafeLoader)
"""


READ_CSV = """\
import csv, sys
with open(sys.argv[1], newline="", encoding="utf-8") as file:
    for row in csv.reader(file):
        pass
"""
# What DuckDB alone takes for the same question: how often people answered each characteristic so.
GROUP_CSV = """\
import duckdb, sys
path, size = sys.argv[1], int(sys.argv[2])
with duckdb.connect() as database:
    table = f"read_csv('{path}', all_varchar = true)"
    names = [each[0] for each in database.execute(f"SELECT * FROM {table} LIMIT 0").description]
    names = [f'"{name}"' for name in names]
    sets = ["(" + ", ".join(names[n:n + size]) + ")" for n in range(0, len(names), size)]
    query = f"SELECT {', '.join(names)}, COUNT(*) FROM {table} GROUP BY GROUPING SETS "
    result = database.execute(query + "(" + ", ".join(sets) + ")")
    while result.fetchmany(10_000):
        pass
"""
# The command with DuckDB out of reach, as where the extra is not installed.
WITHOUT_DUCKDB = """\
import sys
sys.modules["duckdb"] = None
from custfocus_cli.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


@dataclass(frozen=True, slots=True)
class Race:
    """Our command, what it is measured against, and the ratio of their times to stay under."""

    name: str
    ours: tuple[str, ...]
    measure_name: str
    measure: tuple[str, ...]
    aim: float
    turns: int


@dataclass(frozen=True, slots=True)
class Run:
    """One finished process: seconds, peak memory in MB, and what it said when it failed."""

    seconds: float
    megabytes: float
    failure: str = ""


@dataclass(frozen=True, slots=True)
class Files:
    """What the commands read: `some` to validate, one a year, two years of many items.

    `people` is a folder of files of many people, `table` a table of many more, `short` a tenth of
    that.
    """

    some: Sequence[str]
    years: Sequence[str]
    large: Sequence[str]
    people: str
    table: str
    short: str


def list_races(files: Files, turns: int) -> list[Race]:
    """The lines of the table."""
    *before, now = files.years
    earlier = [word for path in before for word in ("--previous", path)]
    return [
        Race("--version", (*CUSTFOCUS, "--version"), "bare python", (*PYTHON, "pass"), 2, turns),
        Race(
            "--help", (*CUSTFOCUS, "--help"), "import typer", (*PYTHON, "import typer"), 1.6, turns
        ),
        Race(
            "score, 72 answers",
            (*CUSTFOCUS, "score", SAMPLE),
            "imports, rich tables",
            (*PYTHON, f"{STACK}from rich.console import Console; from rich.table import Table"),
            1.8,
            turns,
        ),
        Race(
            "report -f html",
            (*CUSTFOCUS, "report", "-f", "html", SAMPLE),
            "imports, jinja2",
            (*PYTHON, f"{STACK}import jinja2"),
            2,
            turns,
        ),
        Race(
            f"validate {len(files.some)} files",
            (*CUSTFOCUS, "validate", *files.some),
            "CSafeLoader, same files",
            (*PYTHON, LOAD, *files.some),
            1.5,
            max(3, turns // 4),
        ),
        Race(
            "diff, 72 answers",
            (*CUSTFOCUS, "diff", *files.years[-2:]),
            "its imports, bare",
            (*PYTHON, IMPORTS_OF_DIFF),
            1.8,
            turns,
        ),
        Race(
            f"report, {len(files.years)} years",
            (*CUSTFOCUS, "report", "-f", "html", now, *earlier),
            "report of the last year",
            (*CUSTFOCUS, "report", "-f", "html", now),
            3,
            max(3, turns // 4),
        ),
        Race(
            f"diff, {ITEMS} answers",
            (*CUSTFOCUS, "diff", *files.large[1:]),
            "CSafeLoader, same files",
            (*PYTHON, LOAD, *files.large),
            6,
            max(3, turns // 4),
        ),
        *_list_counts(files),
    ]


def _list_counts(files: Files) -> list[Race]:
    """The lines about `tally`; each takes long, and so few turns do."""
    about = ("--questionnaire", "interview-72", "--organisation", "Many", "--date", "2026-01-31")
    tally = ("tally", "-q", "-o", os.devnull, *about)
    bare = (*PYTHON, READ_CSV)
    inside = sorted(str(each) for each in Path(files.people).iterdir())
    return [
        Race(
            "tally, table / 10",
            (*PYTHON, WITHOUT_DUCKDB, *tally, files.short),
            "bare csv.reader",
            (*bare, files.short),
            12,
            3,
        ),
        Race(
            "tally, table",
            (*PYTHON, WITHOUT_DUCKDB, *tally, files.table),
            "bare csv.reader",
            (*bare, files.table),
            12,
            3,
        ),
        Race(
            "tally, table, --by",
            (*PYTHON, WITHOUT_DUCKDB, *tally, "--by", "group", files.table),
            "bare csv.reader",
            (*bare, files.table),
            12,
            1,
        ),
        Race(
            "tally by DuckDB",
            (*CUSTFOCUS, *tally, files.table),
            "DuckDB's own aggregate",
            (*PYTHON, GROUP_CSV, files.table, "6"),
            1.5,
            3,
        ),
        Race(
            f"tally, {len(inside)} files",
            (*CUSTFOCUS, "tally", "-q", "-o", os.devnull, files.people),
            "CSafeLoader, same files",
            (*PYTHON, LOAD, *inside),
            1,
            1,
        ),
    ]


# As an installed program runs: its bytecode is cached, but not in the tree.
CACHE = tempfile.TemporaryDirectory(prefix="custfocus-bench-")
ENVIRONMENT = {
    **{key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"},
    "PYTHONPYCACHEPREFIX": CACHE.name,
}


def run(command: Sequence[str]) -> Run:
    """The process's time and peak memory, its output thrown away."""
    with tempfile.TemporaryFile() as said, Path(os.devnull).open("r+b") as nothing:
        started = time.perf_counter()
        process = os.posix_spawn(
            command[0],
            list(command),
            ENVIRONMENT,
            file_actions=[
                (os.POSIX_SPAWN_DUP2, nothing.fileno(), 0),
                (os.POSIX_SPAWN_DUP2, nothing.fileno(), 1),
                (os.POSIX_SPAWN_DUP2, said.fileno(), 2),
            ],
        )
        _, status, usage = os.wait4(process, 0)
        seconds = time.perf_counter() - started
        code = os.waitstatus_to_exitcode(status)
        said.seek(0)
        text = said.read().decode("utf-8", "replace")
    # Linux counts in kB, macOS in bytes
    size = usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024)
    first, _, _ = text.partition("\n")
    return Run(seconds, size, f"exit {code}: {first}" if code else "")


def take_median(values: Sequence[float]) -> float:
    """The middle one (the upper of two); `statistics` would add to the memory of every process."""
    return sorted(values)[len(values) // 2]


def hold(race: Race) -> str:
    """The line of the table; the two take turns at going first, after a turn that is not timed."""
    for command in (race.ours, race.measure):
        if failure := run(command).failure:
            return f"{race.name:<20} failed: {failure}"
    ours: list[Run] = []
    measures: list[Run] = []
    for turn in range(race.turns):
        pair = [(race.ours, ours), (race.measure, measures)]
        for command, runs in pair if turn % 2 == 0 else reversed(pair):
            runs.append(run(command))
    own = take_median([each.seconds for each in ours])
    other = take_median([each.seconds for each in measures])
    memory = [max(each.megabytes for each in runs) for runs in (ours, measures)]
    return (
        f"{race.name:<20} {own * 1000:>7.0f} ms {memory[0]:>4.0f} MB   "
        f"{race.measure_name:<23} {other * 1000:>6.0f} ms {memory[1]:>4.0f} MB   "
        f"ratio {own / other:.2f} (aim: under {race.aim})"
    )


def write_files(folder: Path, count: int) -> list[str]:
    """Paths of that many assessments, made from the sample organisations'."""
    texts = [path.read_text("utf-8") for path in sorted(SAMPLES.glob("*.yaml"))]
    paths = []
    for number in range(count if texts else 0):
        path = folder / f"{number:04}.yaml"
        text = texts[number % len(texts)]
        path.write_text(text.replace("organisation: ", f"organisation: No {number} ", 1), "utf-8")
        paths.append(str(path))
    return paths


def write_years(folder: Path, count: int) -> list[str]:
    """Paths of as many yearly assessments of one organisation; the last year changes nothing."""
    text = Path(SAMPLE).read_text("utf-8")
    paths = []
    for year in range(2026 - count, 2026):
        paths.append(str(folder / f"{year}.yaml"))
        Path(paths[-1]).write_text(text.replace("date: 2025-", f"date: {year}-", 1), "utf-8")
    return paths


ITEMS = 2000
STAGES = 5


def write_large(folder: Path) -> list[str]:
    """Paths of a questionnaire of many items and of two years of answers to it, the same ones."""
    names = [f"part-{n}" for n in range(40)]
    options = [{"code": code, "points": n, "label": code} for n, code in enumerate("NPLF")]
    numbers = iter(range(ITEMS))
    each = ITEMS // len(names) // STAGES
    questionnaire = {
        "format": "custfocus/questionnaire/1",
        "id": "large",
        "version": "1.0.0",
        "language": "en",
        "title": "Large",
        "description": "Many items.",
        "audience": "self",
        "minutes": 999,
        "model": {
            "stage_zero": {"id": "none", "name": "None"},
            "stages": [{"id": f"s{n}", "name": f"Stage {n}"} for n in range(STAGES)],
            "areas": [{"id": "all", "name": "All"}],
            "characteristics": [{"id": name, "name": name, "area": "all"} for name in names],
            "scales": {"scale": {"question": "How far?", "options": options}},
            "stage_scale": "scale",
            "scoring": {"gate": {"every": "L"}},
        },
        "items": {
            name: {
                f"s{stage}": [
                    {"id": f"item-{number}", "statement": f"Statement {number} holds."}
                    for _, number in zip(range(each), numbers, strict=False)
                ]
                for stage in range(STAGES)
            }
            for name in names
        },
    }
    paths = [folder / name for name in ("large.json", "large-2025.yaml", "large-2026.yaml")]
    paths[0].write_text(json.dumps(questionnaire), "utf-8")
    for path in paths[1:]:
        head = f"format: custfocus/assessment/1\nquestionnaire: {{path: {paths[0].name}}}\n"
        head += f"organisation: Large\ndate: {path.stem[-4:]}-05-01\nmode: self\nanswers:\n"
        lines = (f"  item-{number}: {{answer: {'NPLF'[number % 4]}}}\n" for number in range(ITEMS))
        path.write_text(head + "".join(lines), "utf-8")
    return [str(path) for path in paths]


def write_people(folder: Path, count: int) -> str:
    """A folder with that many assessments of one organisation, made from a sample."""
    folder.mkdir()
    text = Path(SAMPLE).read_text("utf-8")
    for number in range(count):
        (folder / f"{number:05}.yaml").write_text(text, "utf-8")
    return str(folder)


def write_table(path: Path, count: int) -> str:
    """A table of that many respondents of seven groups, who answered 72 items by chance."""
    chance = random.Random(1)  # noqa: S311 - synthetic respondents
    items = ITEM.findall((SAMPLES.parent / "interview-72.yaml").read_text("utf-8"))
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow([*items, "group"])
        for number in range(count):
            rows.writerow([*chance.choices("NPLF", k=len(items)), f"g{number % 7}"])
    return str(path)


ITEM = re.compile(r"- id: ((?!ba-|cx-)[a-z]{2}-\d[a-z])\b")


def main(arguments: Sequence[str]) -> int:
    """0, or 1 when a command of ours failed."""
    tenth = "--tenth" in arguments
    code = 0
    with tempfile.TemporaryDirectory() as folder:
        files = Files(
            write_files(Path(folder), 100 if tenth else 1000),
            write_years(Path(folder), 20),
            write_large(Path(folder)),
            write_people(Path(folder) / "people", 1000 if tenth else 10_000),
            write_table(Path(folder) / "table.csv", 100_000 if tenth else 1_000_000),
            write_table(Path(folder) / "short.csv", 10_000 if tenth else 100_000),
        )
        for race in list_races(files, 5 if tenth else 21):
            line = hold(race)
            code |= " failed: " in line
            print(line, flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
