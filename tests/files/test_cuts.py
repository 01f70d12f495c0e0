"""Cutting keeps the places of what is left, and knows what it explains."""

from __future__ import annotations

import pytest

from custfocus_cli.documents.fields import Finding, Loc
from custfocus_cli.files.cuts import Cuts, at
from custfocus_cli.files.tree import Tree

TREE: Tree = {
    "stages": [{"id": "a"}, {"id": "b"}, {"id": "c"}],
    "answers": {"x": {"answer": "L", "note": "n"}, "y": "F"},
    "target": "b",
}


def test_what_is_left_has_no_cuts_in_it() -> None:
    cuts = Cuts().with_pieces(TREE, gone=[("stages", 0), ("answers", "x", "note")], extra=[])
    assert cuts.left_of(TREE) == {
        "stages": [{"id": "b"}, {"id": "c"}],
        "answers": {"x": {"answer": "L"}, "y": "F"},
        "target": "b",
    }
    assert cuts.lost == {"0", "id", "a", "note", "n"}
    assert cuts.hold(("stages",))
    assert not cuts.hold(("target",))


def test_positions_are_those_of_the_file() -> None:
    cuts = Cuts(gone=frozenset({("l", 0), ("l", 2), ("l", 3, "m", 1)}))
    assert [cuts.in_file(("l", n)) for n in range(3)] == [("l", 1), ("l", 3), ("l", 4)]
    assert cuts.in_file(("l", 1, "m", 1)) == ("l", 3, "m", 2)
    assert Cuts().in_file(("l", 7)) == ("l", 7)


def test_a_path_that_leads_nowhere_holds_nothing() -> None:
    assert at(TREE, ("stages", 1, "id")) == "b"
    assert at(TREE, ()) == TREE
    for loc in (("stages", 9), ("stages", "id"), ("answers", 0), ("target", "x"), ("no",)):
        assert at(TREE, loc) is None


@pytest.mark.parametrize(
    ("gone", "finding", "explained"),
    [
        (("stages", 1), Finding(("target",), "unknown-id", "no stage 'b'"), True),
        (("stages", 0), Finding(("target",), "unknown-id", "no stage 'b'"), False),
        (("answers", "x"), Finding(("answers", "x"), "unknown-id", "no item 'x'"), True),
        (("answers", "x"), Finding(("answers", "y"), "unknown-id", "no item 'y'"), False),
        (("answers", "y"), Finding(("answers", "y"), "unknown-answer", "no answer 'F'"), True),
        (("answers", "x", "note"), Finding(("answers", "x"), "reason-missing", "m"), True),
        (("answers", "y"), Finding(("answers", "x"), "reason-missing", "m"), False),
        (("answers", "y"), Finding((), "missing-key", "m"), True),
        (("stages", 1), Finding(("target",), "out-of-range", "m"), True),
        (("answers", "y"), Finding(("target",), "out-of-range", "m"), False),
        (("answers", "y"), Finding(("answers", "x"), "weights-zero", "m"), False),
        (("answers", "y"), Finding(("answers",), "weights-zero", "m"), True),
        (("answers", "y"), Finding(("answers", "y"), "duplicate-id", "m"), False),
    ],
)
def test_a_finding_may_follow_from_a_cut(gone: Loc, finding: Finding, explained: bool) -> None:
    assert Cuts().with_pieces(TREE, [gone], []).explain(finding, TREE) is explained


def test_without_cuts_nothing_is_explained_away() -> None:
    for rule in ("unknown-id", "missing-key", "out-of-range", "weights-zero"):
        assert not Cuts().explain(Finding(("target",), rule, "no stage 'b'"), TREE)
