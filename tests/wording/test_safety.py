from __future__ import annotations

import json
import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custfocus_cli.wording.safety import clean, safe, safe_json

# What a terminal obeys or cannot show, by the table of the safety description.
ACTING = [
    *("\x00", "\x07", "\x08", "\r", "\x1b", "\x1f", "\x7f"),  # C0 and DEL
    *("\x80", "\x85", "\x9b", "\x9d", "\x9f"),  # C1
    *("\u061c", "\u200e", "\u200f", "\u202a", "\u202e", "\u2066", "\u2069"),  # bidi
    *("\u2028", "\u2029", "\ud800", "\udfff", "\ufffe", "\uffff"),
]
COMMAND = re.compile(r"##[\w.-]*\[")
UNSEEN = ["\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u180e", "\U000e0041"]


@pytest.mark.parametrize("sign", ACTING, ids=lambda sign: f"U+{ord(sign):04X}")
def test_what_acts_leaves_a_mark(sign: str) -> None:
    assert clean(f"a{sign}b") == "a\ufffdb"
    assert safe(f"a{sign}b") == "a\ufffdb"


@pytest.mark.parametrize("sign", UNSEEN, ids=lambda sign: f"U+{ord(sign):04X}")
def test_what_has_no_width_is_gone(sign: str) -> None:
    assert clean(f"a{sign}b") == "ab"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain, Ünïcode 漢字, a\tb\nc", "plain, Ünïcode 漢字, a\tb\nc"),
        ("one\r\ntwo", "one\ntwo"),
        ("\x1b[31mred\x1b]0;title\x07", "\ufffd[31mred\ufffd]0;title\ufffd"),
        ("[/bold] :smile: [link=x]", "[/bold] :smile: [link=x]"),
    ],
)
def test_the_rest_stays(text: str, shown: str) -> None:
    assert safe(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("::error file=a::b", ": :error file=a: :b"),
        ("x\n  ::warning::y", "x\n  : :warning: :y"),
        (":::", ": : :"),
        ("##[error]z", "## [error]z"),
        ("##vso[task.complete]z", "## vso[task.complete]z"),
        ("####teamcity[a]##a.b-c[", "#### teamcity[a]## a.b-c["),
        ("## a[b] ##a b[c]", "## a[b] ##a b[c]"),
        ("C\u200b:\u200b: d", "C: : d"),  # hidden between the colons
        ("#\u200b#[error]", "## [error]"),
    ],
)
def test_no_line_is_a_command_to_a_build_log(text: str, shown: str) -> None:
    assert safe(text) == shown


@given(st.text(st.characters(codec=None)))
@settings(max_examples=300, deadline=None)
def test_safe_text_never_acts_and_is_safe_again(text: str) -> None:
    shown = safe(text)
    assert "::" not in shown
    assert not COMMAND.search(shown)
    assert all(unicodedata.category(sign) not in {"Cs"} for sign in shown)
    assert not any(unicodedata.category(sign) == "Cc" for sign in shown if sign not in "\n\t")
    assert safe(shown) == shown


@given(st.text(st.characters(codec=None)))
@settings(max_examples=300, deadline=None)
def test_json_keeps_its_value_and_never_acts(text: str) -> None:
    written = safe_json(json.dumps({"text": text}, ensure_ascii=False))
    assert json.loads(written) == {"text": re.sub("[\ud800-\udfff]", "\ufffd", text)}
    assert not COMMAND.search(written)
    assert clean(written) == written
    written.encode()  # nothing in it is no character
