"""`custfocus demo`: a sample organisation's two years, and what custfocus makes of them."""

from __future__ import annotations

from typing import Annotated

import typer

from custfocus_cli.commands import options

TYPE_CHECKING = False
if TYPE_CHECKING:
    from custfocus_cli.scoring.scorecard import Scorecard

ORGANISATION = "quillmarsh"
YEARS = ("2025", "2026")


def demo(
    folder: Annotated[
        str, typer.Argument(metavar="DIR", help="The folder to write into.")
    ] = "custfocus-demo",
    quiet: options.Quiet = False,
) -> int:
    """Write a fictional organisation's two years: answers, reports, work plans, what changed.

    What an earlier demo wrote there is replaced.

    \b
    Example:
      custfocus demo
      custfocus demo /tmp/demo
    """
    from pathlib import Path

    from custfocus_cli.commands.judging import GateOptions, load_diff
    from custfocus_cli.commands.loading import Request, load_scorecard
    from custfocus_cli.commands.output import say, write_result
    from custfocus_cli.files.atomic import make_folder, save
    from custfocus_cli.packaged import shipped
    from custfocus_cli.render.formats import DIFF, PLAN, REPORT
    from custfocus_cli.render.look import Look
    from custfocus_cli.render.report import write_report
    from custfocus_cli.render.terminal import Terminal

    into = Path(folder)
    make_folder(into)
    history: list[Scorecard] = []
    for year in YEARS:
        answers = into / f"{ORGANISATION}-{year}.yaml"
        sample = shipped("questionnaires") / "samples" / answers.name
        save(answers, sample.read_bytes())
        card = load_scorecard(Request([str(answers)]), quiet=True)
        shown = write_report(card, history)
        for suffix, format in ((".html", "html"), (".md", "markdown")):
            write_result(
                REPORT[format](shown, Look()), str(answers.with_suffix(suffix)), quiet=quiet
            )
        plan = into / f"{ORGANISATION}-{year}-plan.csv"
        write_result(PLAN["csv"](card, Terminal()), str(plan), quiet=quiet)
        history.append(card)
    paths = [str(into / f"{ORGANISATION}-{year}.yaml") for year in YEARS]
    diff = load_diff(paths[0], paths[1], Request([]), GateOptions(), quiet=True)
    changes = into / f"{ORGANISATION}-{'-'.join(YEARS)}"
    for suffix, format in ((".txt", "text"), (".html", "html")):
        write_result(DIFF[format](diff, Terminal()), f"{changes}{suffix}", quiet=quiet)
    last = into / f"{ORGANISATION}-{YEARS[-1]}"
    say(f"Look at    {last}.html, the report a board would read", quiet=quiet)
    say(f"What changed since the year before: {changes}.html", quiet=quiet)
    say(f"The answers behind it stand in {last}.yaml", quiet=quiet)
    say(f"Next try   custfocus score {last}.yaml", quiet=quiet)
    return 0
