"""Texts are compared as people read them, and names become ids that keep people apart."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custfocus_cli.documents.fields import ID_PATTERN
from custfocus_cli.files.tables.words import bare, fold, slug, squeeze


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        (" Don\N{RIGHT SINGLE QUOTATION MARK}t\xa0know ", "don't know"),
        ("L \N{EN DASH} Largely\nin place", "l - largely in place"),
        ("soft\xadhyphen\N{ZERO WIDTH SPACE}", "softhyphen"),
        ("STRASSE", fold("Straße")),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        ("Guests are greeted.", "guests are greeted"),
        ("12. Guests are greeted", "guests are greeted"),
        ("Q3: Guests are greeted *", "guests are greeted"),
        ("3) Guests are greeted.", "guests are greeted"),
        ("24 hours are enough.", "24 hours are enough"),
        ("2.5 hours are enough.", "2.5 hours are enough"),
    ],
)
def test_a_statement_without_number_and_stop(text: str, statement: str) -> None:
    assert bare(text) == statement


def test_an_id_is_the_same_however_a_tool_wrote_it() -> None:
    assert {squeeze(text) for text in ("sv-1a", "sv_1a", "SV1A", "sv.1a")} == {"sv1a"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Human Resources", "human-resources"),
        ("Café & Bar", "cafe-bar"),
        ("=1+1", "1-1"),
    ],
)
def test_a_name_as_an_id(text: str, name: str) -> None:
    assert slug(text) == name


def test_names_that_only_letters_we_cannot_write_tell_apart_stay_apart() -> None:
    assert slug("営業 1") != slug("開発 1")
    assert slug("営業 1").startswith("1-")
    assert slug("a" * 50) != slug("a" * 51)


@given(st.text(min_size=1))
def test_every_name_becomes_an_id(text: str) -> None:
    assert re.fullmatch(ID_PATTERN, slug(text))
    assert slug(f" {text} ") == slug(text)
