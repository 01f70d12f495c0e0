"""Text that is shown and never acts, whatever terminal, page or log it reaches."""

from __future__ import annotations

import re

# Obeyed by a terminal (C0, DEL, C1), or turning the order of what is read (bidi controls), or no
# character at all (lone surrogates, noncharacters). U+2028 and U+2029 end a line where none ends.
_OBEYED = (
    "\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f"
    "\\u061c\\u200e\\u200f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069"
    "\\ud800-\\udfff\\ufffe\\uffff"
)
# Of no width: two texts that look the same and are not.
_UNSEEN = (
    "\\u00ad\\u180e\\u200b-\\u200d\\u2060-\\u2065\\u206a-\\u206f\\ufeff\\U000e0000-\\U000e007f"
)

OBEYED = re.compile(f"[{_OBEYED}]")
UNSEEN = re.compile(f"[{_UNSEEN}]")
_SURROGATES = re.compile("[\\ud800-\\udfff]")

# `##[group]` of GitHub's and Azure's, `##vso[` of Azure's, `##teamcity[`.
_COMMAND = re.compile(r"##(?=[\w.-]*\[)")
_COMMAND_BRACKET = re.compile(r"(##[\w.-]*)\[")
_ESCAPED_IN_JSON = re.compile(f"[{_OBEYED}{_UNSEEN}]")


def clean(text: str) -> str:
    """The text without what could act: a mark stands where it was, what has no width is gone.

    Newline and tab stay.
    """
    return UNSEEN.sub("", OBEYED.sub("\ufffd", text.replace("\r\n", "\n")))


def safe(text: str) -> str:
    """The text as a terminal or the log of a pipeline may get it.

    Besides `clean`, no line can become a command to the runner that keeps the log: `::`, `##[` and
    what is like `##vso[` are spaced out wherever they stand, because wrapping may put any word at
    the start of a line.
    """
    spaced = space_out(clean(text))
    while "::" in spaced:
        spaced = spaced.replace("::", ": :")
    return spaced


def space_out(text: str) -> str:
    """The text with a space in what runners take for a command in brackets: `## vso[`."""
    return _COMMAND.sub("## ", text)


def unbracket(text: str, bracket: str) -> str:
    """The text with something else for the bracket of such a command, which means the same."""
    return _COMMAND_BRACKET.sub(lambda found: found[1] + bracket, text)


def safe_json(text: str) -> str:
    """JSON text of the same value in which nothing acts on the terminal or log that shows it.

    What `clean` would take out becomes an escape, and so does the bracket of `##[` and `##vso[`. No
    line can start with `::`, as in JSON every text starts with a quote. Half a pair of surrogates,
    which a name that is no UTF-8 comes in as, becomes U+FFFD: strict readers take none.
    """
    escaped = _ESCAPED_IN_JSON.sub(_escape, _SURROGATES.sub("\ufffd", text))
    return unbracket(escaped, "\\u005b")


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x10000:
        return f"\\u{code:04x}"
    high, low = divmod(code - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"
