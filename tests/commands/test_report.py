"""`report` and `plan`: the format follows the file's name; both name what they wrote."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

import pytest
from commands.calling import SAMPLES, Caller
from shipped import read_sample

from custfocus_cli.render.formats import REPORT
from custfocus_cli.render.look import TEMPLATES

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
        "hint: name the format: -f html|markdown|pdf\n",
    )
    assert not file.exists()


def test_a_pdf_goes_into_a_file_whole(call: Caller, tmp_path: Path) -> None:
    file = tmp_path / "r.pdf"
    code, out, err = call("report", SAMPLE, "-o", str(file))
    if code == 2:
        pytest.skip(err)  # WeasyPrint or a library of it is missing
    assert (code, out) == (0, "")
    assert err == f"wrote {file} ({(file.stat().st_size + 500) // 1000} kB)\n"
    data = file.read_bytes()
    assert data.startswith(b"%PDF-")
    assert data.rstrip().endswith(b"%%EOF")


def test_where_no_pdf_can_be_made_the_old_one_stays(
    call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "r.pdf"
    file.write_bytes(b"last year's")
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    assert call("report", SAMPLE, "-o", str(file)) == (
        2,
        "",
        "error: a PDF needs WeasyPrint 70 or later, which is not installed here\n"
        "hint: pip install 'custfocus[pdf]',"
        " or write the HTML report and print it from a browser\n",
    )
    assert file.read_bytes() == b"last year's"
    assert list(tmp_path.iterdir()) == [file]


def test_a_name_that_cannot_be_is_refused_in_our_words(call: Caller, tmp_path: Path) -> None:
    path = tmp_path / f"{'x' * 300}.html"
    message = f"error: {path} could not be written: the name is too long\n"
    assert call("report", SAMPLE, "-o", str(path)) == (2, "", message)


def test_an_unknown_format_is_a_wrong_call(call: Caller) -> None:
    code, out, err = call("report", SAMPLE, "-f", "word")
    assert (code, out) == (2, "")
    assert "'word' is none of html, markdown, pdf." in err


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


# --- for whom, and in whose colours ----------------------------------------------------------


@pytest.mark.parametrize("format", REPORT)
def test_the_executive_version_is_the_short_one(format: str, call: Caller) -> None:
    code, short, err = call("report", SAMPLE, "-f", format, "--audience", "executive")
    assert (code, err) == (0, "")
    assert "executive version" in short
    assert len(short) < len(call("report", SAMPLE, "-f", format)[1]) / 3


def test_there_is_no_other_audience(call: Caller) -> None:
    code, out, err = call("report", SAMPLE, "--audience", "public")
    assert (code, out) == (2, "")
    assert "'public' is none of full, executive." in err


@pytest.mark.parametrize("format", REPORT)
@pytest.mark.parametrize("audience", TEMPLATES)
def test_an_anonymous_report_keeps_the_people_out(format: str, audience: str, call: Caller) -> None:
    arguments = ("report", SAMPLE, "-f", format, "--audience", audience)
    code, out, _ = call(*arguments, "--anonymise")
    assert code == 0
    said = [each.note for each in read_sample("varrowby-2026").answers.values() if each.note]
    assert [text for text in said if text in out] == []
    assert "210 staff" not in out  # what is said about the organisation
    if audience == "full" and format == "html":
        assert [text for text in said if text in call(*arguments)[1]] != []


THEME = """\
format: custfocus/theme/1
name: Fellside Advisers
light: {accent: "#0b5d3b", target: "#b3541e"}
"""
LOGO = '<svg xmlns="http://www.w3.org/2000/svg"><rect/></svg>'


def test_theme_logo_and_templates_are_used(call: Caller, tmp_path: Path) -> None:
    (tmp_path / "theme.yaml").write_text(THEME, "utf-8")
    (tmp_path / "logo.svg").write_text(LOGO, "utf-8")
    (tmp_path / "report.html.j2").write_text(
        "{% extends 'custfocus/report.html.j2' %}{% block footer %}Our foot.{% endblock %}", "utf-8"
    )
    brand = ("--theme", str(tmp_path / "theme.yaml"), "--logo", str(tmp_path / "logo.svg"))
    code, out, err = call("report", SAMPLE, *brand, "--template", str(tmp_path))
    assert (code, err) == (0, "")
    assert 'alt="Fellside Advisers"' in out
    assert "data:image/svg+xml;base64,PHN2" in out
    assert "--now: #0b5d3b;" in out
    assert "Our foot." in out


@pytest.mark.parametrize(
    ("option", "name", "text", "said"),
    [
        (
            "--theme",
            "theme.yaml",
            THEME.replace("#0b5d3b", "#eeeeee"),
            "{file}:3:17: low-contrast: '#eeeeee' has a contrast of 1.16 to the page ('#ffffff');"
            " text needs 4.5\n",
        ),
        (
            "--logo",
            "logo.png",
            "no picture",
            "error: the logo {file} is no picture that every browser shows\n"
            "hint: take a PNG, JPEG or SVG\n",
        ),
        (
            "--template",
            "report.html.j2",
            "\n{{ nope }}",
            "error: {file}:2: 'nope' is undefined\n",
        ),
        (
            "--template",
            "reports.html.j2",
            "x",
            "error: nothing in {folder} has the name of a template; did you mean"
            " 'report.html.j2'?\n",
        ),
    ],
)
def test_what_is_unfit_is_told_and_the_old_file_stays(
    option: str, name: str, text: str, said: str, call: Caller, tmp_path: Path
) -> None:
    folder = tmp_path / "firm"
    folder.mkdir()
    file, old = folder / name, tmp_path / "report.html"
    file.write_text(text, "utf-8")
    old.write_text("the old one", "utf-8")
    given = folder if option == "--template" else file
    code, out, err = call("report", SAMPLE, option, str(given), "-o", str(old))
    assert (code, out) == (2, "")
    assert err.startswith(said.format(file=file, folder=folder))
    assert old.read_text("utf-8") == "the old one"


# --- the browser -----------------------------------------------------------------------------


def test_the_page_is_shown_when_it_is_written(
    call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []

    def show(url: str) -> bool:
        shown.append(url)
        return True

    monkeypatch.setattr("webbrowser.open", show)
    monkeypatch.chdir(tmp_path)
    code, out, err = call("report", SAMPLE, "-o", "our report.html", "--open")
    assert (code, out) == (0, "")
    assert err.startswith("wrote our report.html (")
    assert shown == [(tmp_path / "our report.html").as_uri()]
    assert shown[0].endswith("/our%20report.html")


def test_without_a_browser_the_file_is_named(
    call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webbrowser.open", lambda url: False)
    file = tmp_path / "r.html"
    code, _, err = call("report", SAMPLE, "-o", str(file), "--open")
    assert code == 0
    assert err.endswith(f"no browser was found; open {file} in one\n")


@pytest.mark.parametrize("where", [(), ("-o", "-"), ("-o", "/dev/stdout"), ("-o", "r.md")])
def test_what_no_browser_can_show_is_refused_before_anything_is_done(
    where: tuple[str, ...], call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert call("report", SAMPLE, *where, "--open") == (
        2,
        "",
        "error: --open shows an HTML report that is written to a file\n"
        "hint: name the file: -o report.html\n",
    )
    assert list(tmp_path.iterdir()) == []


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
        assert re.search(r"\| Characteristic +\| 2022 +\| 2023 +\| 2024 +\| 2025 +\| 2026 +\|", out)


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
    assert "The index was between 44.4 and 47.2 and is 58.3 now. The rise is certain," in out
    assert "other questions" not in out


REFUSED = {
    "swapped": (
        ["{newest}", "--previous", "{later}"],
        "{later} cannot stand beside this result: the older one is dated after the newer one:"
        " 10 November 2027, 10 November 2026",
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
