"""What a gate goes by, and that a page was cut, as sentences."""

from __future__ import annotations

import pytest

from custfocus_cli.wording.gate import say_cut, say_demand


@pytest.mark.parametrize(
    ("fail_on", "tolerance", "policy", "said"),
    [
        ("regression", "", None, "fails where anything regresses"),
        (
            "regression",
            "0.5",
            None,
            "fails where anything regresses, an index by more than 0.5 points",
        ),
        ("change", "0.5", None, "fails on any change"),
        ("never", "", None, "fails on nothing"),
        (None, "0.5", "policy.yaml", "judges by policy.yaml"),
        (None, "", None, "judges by the limits that were given"),
    ],
)
def test_a_demand(fail_on: str | None, tolerance: str, policy: str | None, said: str) -> None:
    assert say_demand(fail_on, tolerance, policy) == said


def test_one_line_and_several() -> None:
    assert "here one line is left out." in say_cut(1)
    assert "here 13 lines are left out." in say_cut(13)
