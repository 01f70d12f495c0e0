"""The formats of every kind of result: one table each, from which the command line takes its names.

A format is a function of what it renders that returns text; those that are no text and return bytes
stand in a table of their own. Each renderer is imported when it is called, so that the table costs
nothing at the start and a scorecard needs no template engine.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

TYPE_CHECKING = False
if TYPE_CHECKING:
    from custfocus_cli.changes.sides import Check, Diff
    from custfocus_cli.documents.definition import Definition
    from custfocus_cli.documents.sessions import Sitting
    from custfocus_cli.render.look import Look
    from custfocus_cli.render.problems import Checked
    from custfocus_cli.render.report import Report
    from custfocus_cli.render.survey import Survey
    from custfocus_cli.render.terminal import Terminal
    from custfocus_cli.scoring.scorecard import Scorecard
    from custfocus_cli.scoring.units import Comparison


def _score_text(card: Scorecard, terminal: Terminal) -> str:
    from custfocus_cli.render.text import write_scorecard

    return write_scorecard(card, terminal)


def _score_json(card: Scorecard, terminal: Terminal) -> str:
    from custfocus_cli.render.json import write_scorecard

    return write_scorecard(card)


def _report_html(report: Report, look: Look) -> str:
    from custfocus_cli.render.html import write_report

    return write_report(report, look)


def _report_markdown(report: Report, look: Look) -> str:
    from custfocus_cli.render.markdown import write_report

    return write_report(report, look)


def _report_pdf(report: Report, look: Look) -> bytes:
    from custfocus_cli.render.pdf import write_report

    return write_report(report, look)


def _plan_text(card: Scorecard, terminal: Terminal) -> str:
    from custfocus_cli.render.text import write_plan

    return write_plan(card, terminal)


def _plan_markdown(card: Scorecard, terminal: Terminal) -> str:
    from custfocus_cli.render.markdown import write_plan

    return write_plan(card)


def _plan_json(card: Scorecard, terminal: Terminal) -> str:
    from custfocus_cli.render.json import write_plan

    return write_plan(card)


def _plan_csv(card: Scorecard, terminal: Terminal) -> str:
    from custfocus_cli.render.csv import write_plan

    return write_plan(card)


def _questionnaire_text(definition: Definition, terminal: Terminal) -> str:
    from custfocus_cli.render.questionnaire import write_text

    return write_text(definition, terminal)


def _questionnaire_markdown(definition: Definition, terminal: Terminal) -> str:
    from custfocus_cli.render.markdown import write_questionnaire

    return write_questionnaire(definition)


def _questionnaire_html(definition: Definition, terminal: Terminal) -> str:
    from custfocus_cli.render.html import write_questionnaire

    return write_questionnaire(definition)


def _sheet_text(sitting: Sitting, terminal: Terminal) -> str:
    from custfocus_cli.render.sheet import write_text

    return write_text(sitting, terminal)


def _sheet_markdown(sitting: Sitting, terminal: Terminal) -> str:
    from custfocus_cli.render.markdown import write_sheet

    return write_sheet(sitting)


def _sheet_html(sitting: Sitting, terminal: Terminal) -> str:
    from custfocus_cli.render.html import write_sheet

    return write_sheet(sitting)


def _export_limesurvey(survey: Survey) -> str:
    from custfocus_cli.render.limesurvey import write_survey

    return write_survey(survey)


def _export_surveyjs(survey: Survey) -> str:
    from custfocus_cli.render.surveyjs import write_survey

    return write_survey(survey)


def _export_xlsform(survey: Survey) -> bytes:
    from custfocus_cli.render.xlsform import write_survey

    return write_survey(survey)


def _validate_text(checked: Checked) -> str:
    from custfocus_cli.render.problems import write_text

    return write_text(checked)


def _validate_json(checked: Checked) -> str:
    from custfocus_cli.render.problems import write_json

    return write_json(checked)


def _validate_github(checked: Checked) -> str:
    from custfocus_cli.render.problems import write_github

    return write_github(checked)


def _diff_text(diff: Diff, terminal: Terminal) -> str:
    from custfocus_cli.render.diff_text import write_diff

    return write_diff(diff, terminal)


def _diff_json(diff: Diff, terminal: Terminal) -> str:
    from custfocus_cli.render.diff_json import write_diff

    return write_diff(diff)


def _diff_markdown(diff: Diff, terminal: Terminal) -> str:
    from custfocus_cli.render.markdown import write_diff

    return write_diff(diff)


def _diff_html(diff: Diff, terminal: Terminal) -> str:
    from custfocus_cli.render.html import write_diff

    return write_diff(diff)


def _check_text(check: Check, terminal: Terminal) -> str:
    from custfocus_cli.render.diff_text import write_check

    return write_check(check, terminal)


def _check_json(check: Check, terminal: Terminal) -> str:
    from custfocus_cli.render.diff_json import write_check

    return write_check(check)


def _check_markdown(check: Check, terminal: Terminal) -> str:
    from custfocus_cli.render.markdown import write_check

    return write_check(check)


def _judged_github(judged: Diff | Check, terminal: Terminal) -> str:
    from custfocus_cli.render.github import write_judged

    return write_judged(judged)


def _judged_junit(judged: Diff | Check, terminal: Terminal) -> str:
    from custfocus_cli.render.junit import write_judged

    return write_judged(judged)


def _judged_gitlab(judged: Diff | Check, terminal: Terminal) -> str:
    from custfocus_cli.render.gitlab import write_judged

    return write_judged(judged)


def _compare_text(comparison: Comparison, terminal: Terminal) -> str:
    from custfocus_cli.render.units_text import write_comparison

    return write_comparison(comparison, terminal)


def _compare_markdown(comparison: Comparison, terminal: Terminal) -> str:
    from custfocus_cli.render.markdown import write_comparison

    return write_comparison(comparison)


def _compare_html(comparison: Comparison, terminal: Terminal) -> str:
    from custfocus_cli.render.html import write_comparison

    return write_comparison(comparison)


def _compare_csv(comparison: Comparison, terminal: Terminal) -> str:
    from custfocus_cli.render.csv import write_comparison

    return write_comparison(comparison)


def _compare_json(comparison: Comparison, terminal: Terminal) -> str:
    from custfocus_cli.render.units_json import write_comparison

    return write_comparison(comparison)


SCORE: Mapping[str, Callable[[Scorecard, Terminal], str]] = {
    "text": _score_text,
    "json": _score_json,
}

REPORT: Mapping[str, Callable[[Report, Look], str]] = {
    "html": _report_html,
    "markdown": _report_markdown,
}

PRINTED_REPORT: Mapping[str, Callable[[Report, Look], bytes]] = {
    "pdf": _report_pdf,
}

PLAN: Mapping[str, Callable[[Scorecard, Terminal], str]] = {
    "text": _plan_text,
    "markdown": _plan_markdown,
    "json": _plan_json,
    "csv": _plan_csv,
}

DIFF: Mapping[str, Callable[[Diff, Terminal], str]] = {
    "text": _diff_text,
    "json": _diff_json,
    "markdown": _diff_markdown,
    "html": _diff_html,
    "github": _judged_github,
    "junit": _judged_junit,
    "gitlab": _judged_gitlab,
}

CHECK: Mapping[str, Callable[[Check, Terminal], str]] = {
    "text": _check_text,
    "json": _check_json,
    "markdown": _check_markdown,
    "github": _judged_github,
    "junit": _judged_junit,
    "gitlab": _judged_gitlab,
}

COMPARE: Mapping[str, Callable[[Comparison, Terminal], str]] = {
    "text": _compare_text,
    "markdown": _compare_markdown,
    "html": _compare_html,
    "csv": _compare_csv,
    "json": _compare_json,
}

QUESTIONNAIRE: Mapping[str, Callable[[Definition, Terminal], str]] = {
    "text": _questionnaire_text,
    "markdown": _questionnaire_markdown,
    "html": _questionnaire_html,
}

SHEET: Mapping[str, Callable[[Sitting, Terminal], str]] = {
    "text": _sheet_text,
    "markdown": _sheet_markdown,
    "html": _sheet_html,
}

EXPORT: Mapping[str, Callable[[Survey], str]] = {
    "limesurvey": _export_limesurvey,
    "surveyjs": _export_surveyjs,
}

EXPORT_PACKED: Mapping[str, Callable[[Survey], bytes]] = {
    "xlsform": _export_xlsform,
}

VALIDATE: Mapping[str, Callable[[Checked], str]] = {
    "text": _validate_text,
    "json": _validate_json,
    "github": _validate_github,
}

# What a file is by the end of its name, where no format is named.
SUFFIXES: Mapping[str, str] = {
    ".html": "html",
    ".htm": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".pdf": "pdf",
    ".json": "json",
    ".csv": "csv",
    ".txt": "text",
}
