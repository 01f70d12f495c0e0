"""What a firm puts into its reports: its theme, its logo, its own templates."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from custfocus_cli.documents.fields import Finding
from custfocus_cli.documents.theme import ReportTheme
from custfocus_cli.errors import BadInput, CustfocusError, Problem
from custfocus_cli.files.catalogue import Catalogue
from custfocus_cli.files.disk import list_names, read_bytes
from custfocus_cli.files.reader import read
from custfocus_cli.files.text import decode

MOST_LOGO_BYTES: Final = 500_000
MOST_TEMPLATE_FILES: Final = 100

_SIGNATURES: Final[Mapping[bytes, str]] = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}
_BEFORE_SVG: Final = (("<?", "?>"), ("<!--", "-->"), ("<!DOCTYPE", ">"))
"""What may stand in front of the drawing: how it begins and ends."""
_SVG_NAMESPACE: Final = "http://www.w3.org/2000/svg"
_TEMPLATES: Final = (".j2", ".css")


def read_theme(path: str) -> ReportTheme:
    """The theme that a file holds; BadInput with every problem of it."""
    data = read_bytes(path)
    if isinstance(data, Problem):
        raise BadInput([data])
    reading = read(path, data)
    problems = Catalogue().check(reading)
    theme = reading.document
    if not problems and not isinstance(theme, ReportTheme):
        message = f"expected a theme, found a {reading.kind}"
        problems = reading.judge([Finding(("format",), "wrong-kind", message)])
    if problems or not isinstance(theme, ReportTheme):
        raise BadInput(problems)
    return theme


def read_logo(path: str) -> str:
    """A picture as a data URI; CustfocusError where it is none, or larger than 500 kB."""
    data = read_bytes(path)
    if isinstance(data, Problem):
        raise CustfocusError(f"the logo {path} cannot be read: {data.message}")
    if len(data) > MOST_LOGO_BYTES:
        raise CustfocusError(
            f"the logo {path} has more than 500 kB", "every report carries it; take a smaller one"
        )
    kind = next((kind for start, kind in _SIGNATURES.items() if data.startswith(start)), None)
    if kind is None and _is_svg(data):
        kind = "image/svg+xml"
    if kind is None:
        raise CustfocusError(
            f"the logo {path} is no picture that every browser shows", "take a PNG, JPEG or SVG"
        )
    return f"data:{kind};base64,{base64.b64encode(data).decode('ascii')}"


def _is_svg(data: bytes) -> bool:
    """Whether bytes are a drawing, and one without entities, which could unfold to any size."""
    text, flaws = decode(data)
    if flaws or "<!ENTITY" in text or _SVG_NAMESPACE not in text:
        return False
    rest = text.lstrip()
    while True:
        end = next((end for start, end in _BEFORE_SVG if rest.startswith(start)), None)
        if end is None:
            return rest.startswith("<svg")
        rest = rest.partition(end)[2].lstrip()


def read_templates(folder: str) -> Mapping[str, str]:
    """The templates and style sheets of a folder by their names, not those of folders in it.

    Raises CustfocusError where there is none, or one cannot be a template.
    """
    names = list_names(folder)
    if isinstance(names, Problem):
        raise CustfocusError(f"the folder {folder} cannot be read: {names.message}")
    found = [name for name in names if name.endswith(_TEMPLATES) and not name.startswith(".")]
    if len(found) > MOST_TEMPLATE_FILES:
        raise CustfocusError(f"{folder} holds more than {MOST_TEMPLATE_FILES} templates")
    return {name: _read_template(str(Path(folder) / name)) for name in found}


def _read_template(path: str) -> str:
    data = read_bytes(path)
    if isinstance(data, Problem):
        raise BadInput([data])
    text, flaws = decode(data)
    if flaws:
        line, column = flaws[0].place or (None, None)
        raise BadInput([Problem(path, line, column, flaws[0].rule, flaws[0].message)])
    if path.endswith(".css") and "</" in text:
        raise CustfocusError(f"{path} holds '</', which would end the style of the page")
    return text
