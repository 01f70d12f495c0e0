"""The report as a PDF: the printed HTML report, set by WeasyPrint, which is given nothing to fetch.

WeasyPrint comes with the extra `pdf` and needs Pango on the system. It writes no date and no random
name into a file, so that the same page with the same fonts gives the same bytes.
"""

from __future__ import annotations

from contextlib import redirect_stdout
from io import StringIO

from custfocus_cli.errors import CustfocusError
from custfocus_cli.render import html
from custfocus_cli.render.look import Look
from custfocus_cli.render.report import Report

OTHERWISE = "or write the HTML report and print it from a browser"


def write_report(report: Report, look: Look) -> bytes:
    """The gap report."""
    return print_page(html.write_report(report, look))


def print_page(page: str) -> bytes:
    """An HTML page as a PDF on A4, tagged for screen readers as PDF/UA-1 asks.

    Raises CustfocusError where WeasyPrint or one of its libraries is missing, and where the page
    asks for anything that does not stand in itself.
    """
    try:
        with redirect_stdout(StringIO()):  # where it explains at length what it misses
            from weasyprint import HTML
            from weasyprint.urls import FatalURLFetchingError, URLFetcher
    except ImportError as error:
        raise CustfocusError(
            "a PDF needs WeasyPrint 70 or later, which is not installed here",
            f"pip install 'custfocus[pdf]', {OTHERWISE}",
        ) from error
    except OSError as error:
        raise CustfocusError(
            f"a PDF needs a library that this system lacks: {str(error).splitlines()[0]}",
            "install Pango (on Debian or Ubuntu: apt install libpango-1.0-0 libpangoft2-1.0-0"
            f" libharfbuzz-subset0), {OTHERWISE}",
        ) from error
    fetcher = URLFetcher(allowed_protocols={"data"}, fail_on_errors=True)
    try:
        printed: bytes = HTML(string=page, url_fetcher=fetcher).write_pdf(pdf_variant="pdf/ua-1")
    except FatalURLFetchingError as error:
        raise CustfocusError(
            f"a PDF is made of the page alone, and this page asks for more: {error}",
            "let the template hold what it shows, as a data: address",
        ) from error
    return printed
