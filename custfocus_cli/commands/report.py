"""`custfocus report`: the gap report as HTML or Markdown."""

from __future__ import annotations

from pathlib import PurePath
from typing import Annotated

from custfocus_cli.commands import options
from custfocus_cli.errors import CustfocusError
from custfocus_cli.render.formats import REPORT, SUFFIXES


def report(
    sources: options.Sources,
    format: Annotated[
        str | None,
        options.choose_format(tuple(REPORT), show_default="by the suffix of -o, else html"),
    ] = None,
    output: options.Output = None,
    target: options.Target = None,
    rescore_as: options.As = None,
    questionnaire: options.Questionnaire = None,
    window: options.Window = 120,
    quiet: options.Quiet = False,
) -> int:
    """Write the gap report: where you stand, what holds you back, what to do next.

    The HTML report is one file that needs nothing else; print it from the browser.

    \b
    Example:
      custfocus report answers.yaml -o report.html
      custfocus report answers.yaml -f markdown
    """
    from custfocus_cli.commands.loading import Request, load_scorecard
    from custfocus_cli.commands.output import write_result

    chosen = format or _format_of(output)
    request = Request(sources, rescore_as, questionnaire, target, window)
    card = load_scorecard(request, quiet=quiet)
    write_result(REPORT[chosen](card), output, quiet=quiet)
    return 0


def _format_of(output: str | None) -> str:
    """The format that the name of the file asks for; html without a name or a suffix."""
    suffix = PurePath(output or "").suffix.lower()
    if not suffix:
        return "html"
    chosen = SUFFIXES.get(suffix, "")
    if chosen not in REPORT:
        raise CustfocusError(
            f"a report is not written as {suffix}", f"name the format: -f {'|'.join(REPORT)}"
        )
    return chosen
