"""`report` and `plan`: the format follows the file's name; both name what they wrote."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from commands.calling import SAMPLES, Caller

SAMPLE = SAMPLES["varrowby-2026"]


@pytest.mark.parametrize(
    ("name", "options", "start"),
    [
        ("r.html", (), "<!doctype html>"),
        ("r.htm", (), "<!doctype html>"),
        ("r", (), "<!doctype html>"),
        ("r.md", (), "# "),
        ("r.markdown", (), "# "),
        ("r.txt", ("-f", "markdown"), "# "),
        ("r.md", ("-f", "html"), "<!doctype html>"),
    ],
)
def test_the_format_follows_the_name_of_the_file(
    name: str, options: tuple[str, ...], start: str, call: Caller, tmp_path: Path
) -> None:
    file = tmp_path / name
    code, out, err = call("report", SAMPLE, "-o", str(file), *options)
    assert (code, out) == (0, "")
    assert err == f"wrote {file} ({(file.stat().st_size + 500) // 1000} kB)\n"
    assert file.read_text("utf-8").lower().startswith(start)


def test_html_to_standard_output_is_the_default(call: Caller) -> None:
    code, out, err = call("report", SAMPLE)
    assert (code, err) == (0, "")
    assert out.lower().startswith("<!doctype html>")
    assert out == call("report", SAMPLE, "-f", "html", "-o", "-")[1]


def test_a_suffix_that_is_no_report_is_refused(call: Caller, tmp_path: Path) -> None:
    file = tmp_path / "r.docx"
    assert call("report", SAMPLE, "-o", str(file)) == (
        2,
        "",
        "error: .docx says no format that can be written here\n"
        "hint: name the format: -f html|markdown\n",
    )
    assert not file.exists()


def test_a_name_that_cannot_be_is_refused_in_our_words(call: Caller, tmp_path: Path) -> None:
    path = tmp_path / f"{'x' * 300}.html"
    message = f"error: {path} could not be written: the name is too long\n"
    assert call("report", SAMPLE, "-o", str(path)) == (2, "", message)


def test_an_unknown_format_is_a_wrong_call(call: Caller) -> None:
    code, out, err = call("report", SAMPLE, "-f", "word")
    assert (code, out) == (2, "")
    assert "'word' is none of html, markdown." in err


@pytest.mark.parametrize(
    ("command", "name", "format"),
    [
        ("score", "s.json", "json"),
        ("score", "s.txt", "text"),
        ("score", "s", "text"),
        ("plan", "p.csv", "csv"),
        ("plan", "p.md", "markdown"),
        ("plan", "p.json", "json"),
    ],
)
def test_other_results_go_by_the_name_too(
    command: str, name: str, format: str, call: Caller, tmp_path: Path
) -> None:
    file = tmp_path / name
    assert call(command, SAMPLE, "-o", str(file))[0] == 0
    assert file.read_bytes().decode() == call(command, SAMPLE, "-f", format)[1]


@pytest.mark.parametrize("format", ["text", "markdown", "json", "csv"])
def test_every_plan_names_what_decides_first(format: str, call: Caller) -> None:
    """Varrowby 2026: one unknown answer, st-1b, decides about stage 1; so it comes first."""
    code, out, err = call("plan", SAMPLE, "-f", format)
    assert (code, err) == (0, "")
    items = ["st-1b", "cc-2a", "sv-2a"]
    places = [out.find(item) for item in items]
    assert places[0] != -1
    assert places[0] == min(place for place in places if place != -1)
    assert "st-2a" not in out  # stage 2 of training would be a jump


# --- the years before ------------------------------------------------------------------------


def write_year(folder: Path, year: int, **changes: str) -> str:
    """The first year of Quillmarsh again under another date, with other lines where asked for."""
    lines = Path(SAMPLES["quillmarsh-2025"]).read_text("utf-8").splitlines(keepends=True)
    changes = {"date": f"{year}-11-10", **changes}
    written = [
        f"{key}: {changes[key]}\n" if (key := line.partition(":")[0]) in changes else line
        for line in lines
    ]
    path = folder / f"{year}{''.join(changes.values())}.yaml".replace(" ", "")
    path.write_text("".join(written), encoding="utf-8")
    return str(path)


NEWEST = SAMPLES["quillmarsh-2026"]


def test_the_years_before_stand_in_the_order_of_their_dates(call: Caller, tmp_path: Path) -> None:
    years = [SAMPLES["quillmarsh-2025"], *(write_year(tmp_path, y) for y in (2022, 2024, 2023))]
    for order in (years, years[::-1]):
        options = [each for year in order for each in ("--previous", year)]
        code, out, err = call("report", NEWEST, "-f", "markdown", *options)
        assert (code, err) == (0, "")
        assert "### Since 10 November 2025" in out
        assert "| Characteristic | 2022 | 2023 | 2024 | 2025 | 2026 |" in out


def test_a_year_before_may_be_a_folder_or_standard_input(
    call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "2025"
    folder.mkdir()
    write_year(folder, 2025)
    of_folder = call("report", NEWEST, "--previous", str(folder), "-f", "markdown")
    of_file = call("report", NEWEST, "--previous", SAMPLES["quillmarsh-2025"], "-f", "markdown")
    assert of_folder == of_file
    piped = io.TextIOWrapper(io.BytesIO(Path(SAMPLES["quillmarsh-2025"]).read_bytes()), "utf-8")
    monkeypatch.setattr("sys.stdin", piped)
    assert call("report", NEWEST, "--previous", "-", "-f", "markdown") == of_file


def test_every_year_is_scored_as_asked_for(call: Caller, tmp_path: Path) -> None:
    before = SAMPLES["quillmarsh-2025"]
    code, out, _ = call("report", NEWEST, "--previous", before, "--as", "team-36", "-f", "markdown")
    # The points of the 36 items: 48 to 51 of 108 and one of them unknown, then 63.
    assert code == 0
    assert "The index was unknown (44.4 to 47.2) and is 58.3 now. The rise is certain:" in out
    assert "other questions" not in out


REFUSED = {
    "swapped": (
        ["{newest}", "--previous", "{later}"],
        "{later} cannot stand beside this result: the older one is dated after the newer one:"
        " 2027-11-10, 2026-11-10",
        "are the two swapped? --previous takes the results of earlier years",
    ),
    "the same day": (
        ["{newest}", "--previous", "{newest}"],
        "{newest} is of the same day as this result, 2026-11-10",
        "--previous takes the results of earlier years",
    ),
    "two of one day": (
        ["{newest}", "--previous", "{older}", "--previous", "{twin}"],
        "{older} and {twin} are both of 2024-11-10",
        "give each year once; several files of one year are one source, a folder",
    ),
    "another organisation": (
        ["{newest}", "--previous", "{other}"],
        "{other} cannot stand beside this result: they are about two organisations,"
        " 'Elsewhere Parcels' and 'Quillmarsh Parcels'",
        "a history is about one organisation and one scope, written the same way in every file",
    ),
    "another scope": (
        ["{newest}", "--previous", "{part}"],
        "{part} cannot stand beside this result: they have different scopes, 'depot north' and"
        " 'whole organisation'",
        "a history is about one organisation and one scope, written the same way in every file",
    ),
    "another questionnaire": (
        ["{newest}", "--previous", "{short}"],
        "{short} cannot stand beside this result: they answer two questionnaires, team-36 and"
        " interview-72",
        "score every year by one questionnaire with --as",
    ),
    "standard input twice": (
        ["-", "--previous", "-"],
        "standard input is given twice",
        None,
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_year_that_cannot_stand_beside_this_one(name: str, call: Caller, tmp_path: Path) -> None:
    short = tmp_path / "short.yaml"
    short.write_text(
        "format: custfocus/assessment/1\nquestionnaire: {id: team-36}\n"
        "organisation: Quillmarsh Parcels\ndate: 2025-11-10\nanswers: {sv-1a: L}\n",
        encoding="utf-8",
    )
    paths = {
        "older": write_year(tmp_path, 2024),
        "newest": NEWEST,
        "later": write_year(tmp_path, 2027),
        "twin": write_year(tmp_path, 2024, about="The same again"),
        "other": write_year(tmp_path, 2025, organisation="Elsewhere Parcels"),
        "part": write_year(tmp_path, 2025, scope="depot north"),
        "short": str(short),
    }
    arguments, error, hint = REFUSED[name]
    code, out, err = call("report", *(each.format(**paths) for each in arguments), "-q")
    assert (code, out) == (2, "")
    expected = f"error: {error.format(**paths)}\n"
    assert err == expected + (f"hint: {hint}\n" if hint else "")


def test_a_year_before_with_errors_names_them(call: Caller, tmp_path: Path) -> None:
    broken = write_year(tmp_path, 2025, mode="wild")
    code, out, err = call("report", NEWEST, "--previous", broken)
    assert (code, out) == (2, "")
    assert err.startswith(f"{broken}:10:7: ")


def test_a_year_under_an_older_version_that_is_not_at_hand(call: Caller, tmp_path: Path) -> None:
    before = write_year(tmp_path, 2025)
    text = Path(before).read_text("utf-8")
    digest = text.partition("sha256:")[2][:64]
    Path(before).write_text(text.replace(digest, "0" * 64), encoding="utf-8")
    code, out, _ = call("report", NEWEST, "--previous", before, "-f", "markdown")
    assert code == 0
    assert (
        "- **The questions**: The older questionnaire is not at hand, so what caused a change"
        " cannot be told." in out
    )
