"""JSON becomes the same tree, with types kept; its problems have a line or a pointer."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custfocus_cli.documents.fields import JsonNumber, JsonText
from custfocus_cli.files.json_text import examine
from custfocus_cli.files.tree import MOST_VALUES, Tree

VALUES = st.recursive(
    st.booleans()
    | st.text(
        st.characters(codec="utf-8", exclude_categories=("Cc", "Zl", "Zp", "Cn")),
        min_size=1,
        max_size=9,
    ).filter(lambda text: "\ufeff" not in text and not text.isspace()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner),
    max_leaves=9,
)


def _types(tree: Tree) -> object:
    """A tree with the type beside each scalar."""
    if isinstance(tree, dict):
        return {key: _types(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [_types(value) for value in tree]
    return type(tree), str(tree)


def test_types_are_kept_and_what_is_null_is_absent() -> None:
    draft = examine('{"a": 1.50, "b": "1", "c": true, "d": null, "e": "", "f": [-2, {}]}')
    assert draft.flaws == ()
    assert _types(draft.tree or "") == {
        "a": (JsonNumber, "1.50"),
        "b": (JsonText, "1"),
        "c": (bool, "True"),
        "f": [(JsonNumber, "-2"), {}],
    }


def test_a_text_of_blanks_alone_is_as_good_as_none() -> None:
    assert examine('{"value": " "}').tree == examine('{"value": ""}').tree


@given(VALUES)
@settings(max_examples=100, deadline=None)
def test_what_json_writes_is_read(value: object) -> None:
    draft = examine(json.dumps({"value": value}))
    assert draft.tree == {"value": value}
    assert draft.flaws == ()


@given(st.text(st.sampled_from('{}[]",:\\ \n\t10.e-truefalsnN\u00e9'), max_size=40))
@settings(max_examples=500, deadline=None)
def test_any_text_gives_a_tree_or_flaws(text: str) -> None:
    draft = examine(text)
    assert draft.tree is not None or draft.flaws


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ('{"a": 1\n "b": 2}', (2, 2), "expected a comma, or the bracket that closes this"),
        ('{"a": 1,\n b: 2}', (2, 2), "expected a key in double quotes"),
        ('{"a"\n 1}', (2, 2), "expected a colon after the key"),
        ('{"a":\n}', (2, 1), "expected a value"),
        ('{"a":\r"b}', (2, 1), "this quote is never closed"),
        ('{"a": "b\nc"}', (1, 9), "a text goes on one line: write a line end as \\n"),
        ('{"a": "\\q"}', (1, 8), "a backslash begins an escape: write it twice"),
        ("{}\n{}", (2, 1), "a file holds one document; text follows its end"),
    ],
)
def test_a_mistake_of_syntax_has_its_line(text: str, place: tuple[int, int], message: str) -> None:
    draft = examine(text)
    assert draft.tree is None
    assert [(each.rule, each.place, each.message) for each in draft.flaws] == [
        ("json-syntax", place, message)
    ]


def test_what_is_wrong_with_values_has_their_path() -> None:
    draft = examine(
        '{"a": ["\\ud800", NaN, null, 1], "b": {"": 1, "c": 2, "c": 3}, "d": '
        f'{"9" * 101}, "e": "{"x" * 20_001}", "f": "\\u0085", "{"k" * 101}": 1, "\\u0000": 2}}'
    )
    assert [(each.rule, each.place, each.loc) for each in draft.flaws] == [
        ("wrong-type", (1, 18), ()),
        ("control-character", None, ("a", 0)),
        ("empty-entry", None, ("a", 2)),
        ("bad-key", None, ("b", "")),
        ("duplicate-key", None, ("b", "c")),
        ("too-long", None, ("d",)),
        ("too-long", None, ("e",)),
        ("control-character", None, ("f",)),
        ("too-long", None, ("k" * 101,)),
        ("control-character", None, ("\0",)),
    ]
    assert draft.tree == {"a": ["", "", "", JsonNumber("1")], "b": {"c": JsonNumber("2")}}
    assert draft.gone == {("a", 0), ("a", 1), ("a", 2), ("d",), ("e",), ("f",)}


def test_depth_and_number_of_values_are_limited() -> None:
    deepest = "[" * 32 + "]" * 32
    assert examine(deepest).flaws == ()
    assert [each.rule for each in examine(f"[{deepest}]").flaws] == ["too-deep"]
    most = MOST_VALUES - 1
    assert examine(f"[{','.join(['1'] * most)}]").flaws == ()
    assert [each.rule for each in examine(f"[{','.join(['1'] * (most + 1))}]").flaws] == [
        "too-large"
    ]
    assert examine('{"a": "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[ NaN"}').flaws == ()
