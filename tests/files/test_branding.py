"""A firm's theme, logo and templates, read or refused."""

from __future__ import annotations

import base64
import os
import time
from pathlib import Path

import pytest

from custfocus_cli.documents.theme import Colours, ReportTheme
from custfocus_cli.errors import BadInput, CustfocusError
from custfocus_cli.files.branding import MOST_LOGO_BYTES, read_logo, read_templates, read_theme

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
JPEG = b"\xff\xd8\xff\xe0" + bytes(100)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><rect/></svg>'
HEADED = (
    b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- a > b -->\n<!DOCTYPE svg PUBLIC "x" "y">\n<!-- c -->'
    + SVG
)


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("logo.png", PNG, "image/png"),
        ("logo.jpg", JPEG, "image/jpeg"),
        ("logo.svg", SVG, "image/svg+xml"),
        ("logo.svg", HEADED, "image/svg+xml"),
        ("logo.gif", PNG, "image/png"),  # what it is, not what it is called
        ("logo.png", PNG[:8] + bytes(MOST_LOGO_BYTES - 8), "image/png"),
    ],
)
def test_a_picture_becomes_a_data_uri(name: str, data: bytes, kind: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    start, _, rest = read_logo(str(path)).partition(",")
    assert start == f"data:{kind};base64"
    assert base64.b64decode(rest, validate=True) == data


NO_PICTURE = "is no picture that every browser shows"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", NO_PICTURE),
        (b"GIF89a" + bytes(20), NO_PICTURE),
        (b"<html><svg></svg></html>", NO_PICTURE),
        (b"<svg><rect/></svg>", NO_PICTURE),  # without its namespace no browser draws it
        (b"<!-- " + SVG, NO_PICTURE),
        (b"<!DOCTYPE svg [<!ENTITY a 'aaaa'>]>" + SVG, NO_PICTURE),
        (SVG.replace(b"rect", b"r\x00ct"), NO_PICTURE),
        (SVG.decode().encode("utf-16"), NO_PICTURE),
        (PNG + bytes(MOST_LOGO_BYTES), "has more than 500 kB"),
        (b"<!-- a -->" * 40_000, NO_PICTURE),
    ],
)
def test_what_is_no_picture_is_refused(data: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "logo"
    path.write_bytes(data)
    began = time.monotonic()
    with pytest.raises(CustfocusError) as caught:
        read_logo(str(path))
    assert str(caught.value) == f"the logo {path} {message}"
    assert caught.value.hint
    assert time.monotonic() - began < 5


def test_a_logo_that_cannot_be_read(tmp_path: Path) -> None:
    for path, why in (
        (tmp_path / "none.png", "there is no such file"),
        (tmp_path, "this is a folder, not a file"),
        ("\0", "no file has such a name"),
    ):
        with pytest.raises(CustfocusError, match=why):
            read_logo(str(path))


# --- theme -----------------------------------------------------------------------------------


def test_a_theme_is_read(tmp_path: Path) -> None:
    path = tmp_path / "theme.yaml"
    lines = ("format: custfocus/theme/1", "name: Fellside", "light:", "  accent: '#0b5d3b'")
    path.write_text("\n".join((*lines, "  target: '#b3541e'", "")), "utf-8")
    assert read_theme(str(path)) == ReportTheme(
        name="Fellside", light=Colours(accent="#0b5d3b", target="#b3541e")
    )


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (
            "format: custfocus/theme/1\nlight: {accent: '#ffffff', target: blue}\n",
            "{path}:2:36: bad-colour: 'blue' is no colour: '#' and six hexadecimal digits, such as"
            " '#12436d'",
        ),
        (
            "format: custfocus/theme/1\nlight: {accent: '#fefefe', target: '#fdfdfd'}\n",
            "{path}:2:17: low-contrast: '#fefefe' has a contrast of 1.00 to the page ('#ffffff');"
            " text needs 4.5\n{path}:2:36: low-contrast: '#fdfdfd' has a contrast of 1.01 to the"
            " page ('#ffffff'); a mark needs 3",
        ),
        (
            "format: custfocus/policy/1\nrules: {max-age-days: {days: 1}}\n",
            "{path}:1:9: wrong-kind: expected a theme, found a policy",
        ),
        ("name: x\n", "{path}:1:1: missing-key: the first key is format, one of "),
    ],
)
def test_a_theme_that_is_none_says_why_and_where(text: str, problems: str, tmp_path: Path) -> None:
    path = tmp_path / "theme.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(BadInput) as caught:
        read_theme(str(path))
    assert str(caught.value).startswith(problems.format(path=path))


def test_a_theme_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot-read: there is no such file"):
        read_theme(str(tmp_path / "none.yaml"))


# --- templates -------------------------------------------------------------------------------


def test_the_templates_of_a_folder_are_read_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    for name in ("report.html.j2", "report.css", ".hidden.j2", "notes.txt", "inner/deep.j2"):
        (tmp_path / name).write_text(f"{name}\n", "utf-8")
    assert read_templates(str(tmp_path)) == {
        "report.css": "report.css\n",
        "report.html.j2": "report.html.j2\n",
    }


def test_templates_that_cannot_be_ones_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CustfocusError, match="cannot be read: there is no such file"):
        read_templates(str(tmp_path / "none"))
    with pytest.raises(CustfocusError, match="no folder has such a name"):
        read_templates("\0")
    path = tmp_path / "report.html.j2"
    path.write_bytes(b"one\ntw\xff")
    with pytest.raises(BadInput) as caught:
        read_templates(str(tmp_path))
    assert str(caught.value) == (
        f"{path}:2:3: not-utf8: the byte 0xFF is not UTF-8; save the file as UTF-8"
    )
    path.unlink()
    (tmp_path / "report.css").write_text("a {}</style><script>", "utf-8")
    with pytest.raises(CustfocusError, match="holds '</', which would end the style of the page"):
        read_templates(str(tmp_path))


def test_a_pipe_is_no_template_and_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "report.html.j2")
    assert read_templates(str(tmp_path)) == {}


def test_a_folder_of_everything_is_refused(tmp_path: Path) -> None:
    for n in range(101):
        (tmp_path / f"{n}.j2").touch()
    with pytest.raises(CustfocusError, match="holds more than 100 templates"):
        read_templates(str(tmp_path))
