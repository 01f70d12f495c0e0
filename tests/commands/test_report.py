"""`report` and `plan`: the format follows the file's name; both name what they wrote."""

from __future__ import annotations

import sys
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
