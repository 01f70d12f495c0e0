"""Problems as they are printed."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from custfocus_cli.errors import MOST_PROBLEMS, BadInput, Problem, list_problems


def test_a_problem_is_one_line_with_its_place() -> None:
    at_line = Problem("a.yaml", 3, 7, "bad-id", "'A B' is no id")
    in_json = Problem("a.json", None, None, "bad-id", "'A B' is no id", pointer="/answers/A B")
    of_file = Problem("a.json", None, None, "not-utf8", "no UTF-8")
    assert list_problems([at_line]) == "a.yaml:3:7: bad-id: 'A B' is no id"
    assert list_problems([in_json]) == "a.json:/answers/A B: bad-id: 'A B' is no id"
    assert list_problems([of_file]) == "a.json:/: not-utf8: no UTF-8"


def test_a_hundred_problems_are_shown_and_the_rest_counted() -> None:
    problems = [Problem("a.yaml", line, 1, "bad-id", "no id") for line in range(1, 104)]
    lines = list_problems(problems).splitlines()
    assert len(lines) == 101
    assert lines[99:] == ["a.yaml:100:1: bad-id: no id", "and 3 more"]
    assert list_problems(problems[:100]).splitlines()[-1] == "a.yaml:100:1: bad-id: no id"


def test_a_count_that_the_search_ended_at_is_the_least_there_are() -> None:
    many = [Problem("a.yaml", line, 1, "bad-id", "no id") for line in range(1, MOST_PROBLEMS + 1)]
    other = [Problem("b.yaml", 1, 1, "bad-id", "no id")]
    assert list_problems([*many, *other]).splitlines()[-1] == "and at least 901 more"
    assert list_problems([*many[1:], *other]).splitlines()[-1] == "and 900 more"


def test_a_problem_stays_on_its_line_whatever_it_holds() -> None:
    problem = Problem("a\nb.yaml", None, None, "bad-id", "no\r\nid", pointer="/x\u2028y")
    assert str(problem) == "a b.yaml:/x y: bad-id: no id"


@given(st.permutations([Problem("a", n // 3 or None, n % 3 or None, "r", "m") for n in range(9)]))
@settings(max_examples=30, deadline=None)
def test_the_order_of_finding_does_not_show(problems: list[Problem]) -> None:
    expected = str(
        BadInput(sorted(problems, key=lambda found: (found.line or 0, found.column or 0)))
    )
    assert str(BadInput(problems)) == expected
