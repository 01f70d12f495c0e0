"""YAML becomes a tree of text; both readings agree, and the careful one says what is wrong."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from custfocus_cli.files.events import build, examine
from custfocus_cli.files.tree import MOST_CHARACTERS, MOST_VALUES, Draft, Places, Tree

SCALARS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp")), max_size=12
).filter(lambda text: "\ufeff" not in text)
TREES: st.SearchStrategy[Tree] = st.recursive(
    SCALARS.filter(str.strip),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(SCALARS.filter(lambda key: key not in ("", "<<")), inner, max_size=4),
    ),
    max_leaves=12,
)


def _flaws(draft: Draft) -> list[tuple[str, object]]:
    return [(flaw.rule, flaw.place) for flaw in draft.flaws]


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a: 1:30", {"a": "1:30"}),
        ("a: no\nb: 010\nc: ~\nd: null", {"a": "no", "b": "010", "c": "~", "d": "null"}),
        ("a:\nb: ''\nc: x", {"c": "x"}),
        ("a: [x, {b: c}]", {"a": ["x", {"b": "c"}]}),
        ("a: |\n  two\n  lines\n", {"a": "two\nlines\n"}),
        ('a: "\\u00e9\\n\\t\\r\\_"', {"a": "é\n\t\r\u00a0"}),
        ("? a\n: b", {"a": "b"}),
        ("%YAML 1.1\n---\na: b\n...\n", {"a": "b"}),
        ("{}", {}),
        ("text", "text"),
    ],
)
def test_every_scalar_is_text_and_an_empty_one_absent(text: str, tree: Tree) -> None:
    draft = examine(text)
    assert build(text) == (None if draft.empty else tree)
    assert (draft.tree, draft.flaws, draft.gone) == (tree, (), frozenset())


@given(TREES)
@settings(max_examples=100, deadline=None)
def test_both_readings_give_what_was_written(tree: Tree) -> None:
    text = yaml.safe_dump(tree, allow_unicode=True)
    draft = examine(text)
    assert draft.flaws == ()
    assert draft.tree == tree
    assert build(text) == tree


@given(st.text(st.sampled_from("a:-?[]{},&*!|>'\"%@`#<=~ \n\t\\x1"), max_size=40))
@settings(max_examples=500, deadline=None)
def test_the_hurried_reading_gives_up_or_agrees(text: str) -> None:
    hurried, careful = build(text), examine(text)
    if hurried is None:
        assert careful.flaws or careful.empty or careful.tree in (None, "")
    elif hurried == "":
        assert careful.tree == ""
    else:
        assert (careful.tree, careful.flaws) == (hurried, ())


@pytest.mark.parametrize(
    ("text", "flaws"),
    [
        ("a: &x b\nc: *x", [("yaml-anchor", (1, 4)), ("yaml-alias", (2, 4))]),
        ("a: !x b\nc: ! d", [("yaml-tag", (1, 4)), ("yaml-tag", (2, 4))]),
        ("a: 1\n---\nb: 2\n---\nc: 3", [("yaml-documents", (2, 1))]),
        ("a: 1\nb: 2\n'a': 3\nb: 4", [("duplicate-key", (3, 1)), ("duplicate-key", (4, 1))]),
        ("- \n- x\n- ''", [("empty-entry", (1, 2)), ("empty-entry", (3, 3))]),
        (
            "a: {[b, &c d]: {e: *f}}",
            [("bad-key", (1, 5)), ("yaml-anchor", (1, 9)), ("yaml-alias", (1, 20))],
        ),
        ("a: {<<: {b: &c d}, e: f}", [("yaml-merge-key", (1, 5)), ("yaml-anchor", (1, 13))]),
        ('a: "\\0"\n"\\e": x', [("control-character", (1, 4)), ("control-character", (2, 1))]),
    ],
)
def test_everything_out_of_order_is_found_in_one_reading(
    text: str, flaws: list[tuple[str, object]]
) -> None:
    assert build(text) is None
    assert _flaws(examine(text)) == flaws


def test_what_was_refused_is_left_out_and_remembered() -> None:
    text = "a: *x\nb: [c, *y, d]\ne: 1\ne: lost\n<<: {f: g}\nh: {i: j}"
    draft = examine(text)
    assert draft.tree == {"b": ["c", "", "d"], "e": "1", "h": {"i": "j"}}
    assert draft.gone == {("a",), ("b", 1)}
    assert draft.lost - {""} == {"e", "lost", "<<", "f", "g"}


def test_keys_without_a_value_are_absent_and_remembered() -> None:
    draft = examine("a:\nb: {c: '', d: e, f: {g: }}\nh: [{i: }]\nj: *x")
    assert draft.tree == {"b": {"d": "e", "f": {}}, "h": [{}]}
    assert draft.empty == {("a",), ("b", "c"), ("b", "f", "g"), ("h", 0, "i")}


def test_places_are_those_of_keys_and_values() -> None:
    text = "# c\na: b\nc:\n  - d: e\n  -\n    f: |\n      g\nh:\n"
    assert examine(text).places == Places(
        keys={
            ("a",): (2, 1),
            ("c",): (3, 1),
            ("c", 0, "d"): (4, 5),
            ("c", 1, "f"): (6, 5),
            ("h",): (8, 1),
        },
        values={
            (): (2, 1),
            ("a",): (2, 4),
            ("c",): (4, 3),
            ("c", 0): (4, 5),
            ("c", 0, "d"): (4, 8),
            ("c", 1): (6, 5),
            ("c", 1, "f"): (6, 8),
            ("h",): (8, 3),
        },
    )


def test_thirty_two_levels_are_read() -> None:
    text = "[" * 32 + "a" + "]" * 32
    tree = build(text)
    assert tree is not None
    assert examine(text).tree == tree
    assert build(f"[{text}]") is None
    assert _flaws(examine(f"[{text}]")) == [("too-deep", (1, 33))]


def test_limits_of_length() -> None:
    longest = "x" * MOST_CHARACTERS
    assert build(f"a: {longest}") == {"a": longest}
    assert _flaws(examine(f"a: {longest}x")) == [("too-long", (1, 4))]
    assert build(f"{'k' * 100}: x") == {"k" * 100: "x"}
    assert _flaws(examine(f"{'k' * 101}: x")) == [("too-long", (1, 1))]


def test_the_number_of_values_is_limited() -> None:
    most = MOST_VALUES - 1  # the list is one itself
    assert examine(f"[{'a,' * most}]").tree == ["a"] * most
    assert _flaws(examine(f"[{'a,' * (most + 1)}]")) == [("too-large", (1, 2 * MOST_VALUES))]


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ('a: "b\nc: d\n', (1, 4), "this quote is never closed"),
        ("a: 'b\nc: d\n", (1, 4), "this quote is never closed"),
        (
            "a: [b, c\nd: e\n",
            (1, 4),
            "this list lacks a comma or its ]; quote a text with a colon or comma",
        ),
        (
            "a: {b: c\nd: e\n",
            (1, 4),
            "this mapping lacks a comma or its }; quote a text with a colon or comma",
        ),
        ("a:\n\tb: c\n", (2, 1), "a tab cannot indent: use spaces"),
        ("a: b\n\tc: d\n", (2, 1), "a tab cannot indent: use spaces"),
        ("a: @b\n", (1, 4), "put text that begins with @ in quotes"),
        ("a: 1\nb\nc: 2\n", (2, 1), "expected a key, a colon and a space"),
        ("a:\n  b:1\n  c: 2\n", (2, 1), "a space is missing after the colon"),
        (
            "a: b: c\n",
            (1, 5),
            "a colon before a space cannot stand inside plain text: put the text in quotes, "
            "or check the indentation",
        ),
        ("a: !b!c d\n", (1, 4), "this is a tag: put text that begins with ! in quotes"),
        ("a: * b\n", (1, 5), "put text that begins with & or * in quotes"),
    ],
)
def test_a_mistake_of_syntax_is_told_where_it_begins(
    text: str, place: tuple[int, int], message: str
) -> None:
    draft = examine(text)
    assert draft.tree is None
    assert [(flaw.place, flaw.message) for flaw in draft.flaws] == [(place, message)]
