"""A page of Markdown that is cut to fit: its verdict stays, and no table loses its head."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from render.pages import read_page, read_table

from custfocus_cli.render.comment import MOST_BYTES, fit

TABLE = "| a | b |\n| --- | --- |\n" + "| x | ä |\n" * 4


def write_page(items: int, rows: int) -> str:
    listed = "".join(f"- **item {n}**\n    - below it, with ä and 🙂\n" for n in range(items))
    table = TABLE + "| y | z |\n" * rows
    return f"# Title\n\n**Verdict.**\n\n## One\n\n{listed}\n## Two\n\n{table}\nThe end.\n"


def test_a_page_that_fits_is_left_alone() -> None:
    page = write_page(3, 3)
    assert fit(page, len(page.encode())) == page


def test_what_does_not_fit_is_left_out_of_the_middle() -> None:
    # In bytes: the top 31, each item 13 + 33, the sentence 86, what stands from "Two" on 86. Of
    # 399 there is room for 399 - 31 - 86 - 86 = 196, which is four items and not the half of one.
    assert fit(write_page(20, 0), 399) == (
        "# Title\n\n**Verdict.**\n\n## One\n\n"
        "- **item 0**\n    - below it, with ä and 🙂\n"
        "- **item 1**\n    - below it, with ä and 🙂\n"
        "- **item 2**\n    - below it, with ä and 🙂\n"
        "- **item 3**\n    - below it, with ä and 🙂\n"
        "\nThere is no room for all of it: here 32 lines are left out. -f json has everything.\n\n"
        f"## Two\n\n{TABLE}\nThe end.\n"
    )


def test_a_last_section_that_is_too_long_is_cut_at_its_end() -> None:
    short = fit(write_page(1, 500), 600)
    assert short.startswith("# Title\n\n**Verdict.**\n\n## One\n\n- **item 0**\n")
    assert "## Two\n\n| a | b |\n" in short
    assert short.endswith(" lines are left out. -f json has everything.\n\n")


@given(st.integers(0, 300), st.integers(0, 300), st.integers(300, 20_000))
@settings(deadline=None, max_examples=60)
def test_it_fits_and_stays_whole(items: int, rows: int, most: int) -> None:
    short = fit(write_page(items, rows), most)
    assert len(short.encode()) <= most
    page = read_page(MarkdownIt("gfm-like").render(short))
    assert [each.text for each in page.find("strong")][:1] == ["Verdict."]
    assert not page.find("pre")
    for table in page.find("table"):
        assert read_table(table)[0] == ["a", "b"]
    assert not any("|" in each.text for each in page.find("p"))


def test_github_takes_it() -> None:
    assert MOST_BYTES < 65_536
