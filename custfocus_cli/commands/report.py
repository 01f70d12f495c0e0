"""`custfocus report`: the gap report as HTML or Markdown."""

from __future__ import annotations

from typing import Annotated

from custfocus_cli.commands import options
from custfocus_cli.render.formats import REPORT


def report(
    sources: options.Sources,
    format: Annotated[
        str | None,
        options.choose_format(tuple(REPORT), show_default="by the suffix of -o, else html"),
    ] = None,
    output: options.Output = None,
    previous: options.Previous = None,
    target: options.Target = None,
    rescore_as: options.As = None,
    questionnaire: options.Questionnaire = None,
    window: options.Window = options.WINDOW_DAYS,
    quiet: options.Quiet = False,
) -> int:
    """Write the gap report: where you stand, what holds you back, what to do next.

    The HTML report is one file that needs nothing else; print it from the browser.

    \b
    Example:
      custfocus report answers.yaml -o report.html
      custfocus report 2026.yaml --previous 2025.yaml -o report.html
    """
    from custfocus_cli.commands.loading import Request, load_with_history
    from custfocus_cli.commands.output import choose_format, write_result

    chosen = format or choose_format(output, REPORT, "html")
    request = Request(sources, rescore_as, questionnaire, target, window)
    card, history = load_with_history(request, previous or [], quiet=quiet)
    write_result(REPORT[chosen](card, history), output, quiet=quiet)
    return 0
