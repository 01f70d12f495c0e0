"""`custfocus report`: the gap report as HTML, Markdown or PDF."""

from __future__ import annotations

from typing import Annotated

from custfocus_cli.commands import options
from custfocus_cli.render.formats import PRINTED_REPORT, REPORT

FORMATS = (*REPORT, *PRINTED_REPORT)


def report(
    sources: options.Sources,
    format: Annotated[
        str | None,
        options.choose_format(FORMATS, show_default="by the suffix of -o, else html"),
    ] = None,
    output: options.Output = None,
    target: options.Target = None,
    rescore_as: options.As = None,
    questionnaire: options.Questionnaire = None,
    window: options.Window = options.WINDOW_DAYS,
    quiet: options.Quiet = False,
) -> int:
    """Write the gap report: where you stand, what holds you back, what to do next.

    The HTML report is one file that needs nothing else; it prints well from a browser. PDF needs
    the extra: pip install 'custfocus[pdf]'.

    \b
    Example:
      custfocus report answers.yaml -o report.html
      custfocus report answers.yaml -o report.pdf
      custfocus report answers.yaml -f markdown
    """
    from custfocus_cli.commands.loading import Request, load_scorecard
    from custfocus_cli.commands.output import choose_format, write_result
    from custfocus_cli.errors import CustfocusError

    chosen = format or choose_format(output, FORMATS, "html")
    if chosen in PRINTED_REPORT and output is None:
        raise CustfocusError(f"{chosen} is no text to print", f"name a file: -o report.{chosen}")
    request = Request(sources, rescore_as, questionnaire, target, window)
    card = load_scorecard(request, quiet=quiet)
    made = PRINTED_REPORT[chosen](card) if chosen in PRINTED_REPORT else REPORT[chosen](card)
    write_result(made, output, quiet=quiet)
    return 0
