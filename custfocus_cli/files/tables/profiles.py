"""The profiles of survey tools: how to know each one's table, and what of it is no answer.

All of it stands in one table; names are compared without regard to case and kinds of blanks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from custfocus_cli.files.tables.words import fold


class Mark(NamedTuple):
    """A cell that tells a tool: in this row, at this position or anywhere (None), it fits."""

    row: int
    cell: int | None
    pattern: str


class Filter(NamedTuple):
    """Rows that do not count: those with one of `values` in the first of `columns` there is."""

    columns: tuple[str, ...]
    values: frozenset[str]
    reason: str


class Profile(NamedTuple):
    """What the tables of one survey tool have in common.

    `headers` is the number of header rows and `key` the one that names a column. `own` is a pattern
    of the columns that the tool adds, `dates` are patterns of those with the day of an answer, the
    best first.
    `joins` are signs between the name of a group and that of a question in it. `blanks` are texts
    that mean no answer, `escapes` what stands for a sign, the last one undone last. Where `blocks`
    is true, an empty header goes on with the one before it.
    """

    name: str
    title: str
    marks: tuple[Mark, ...] = ()
    headers: int = 1
    key: int = 0
    own: str = ""
    dates: tuple[str, ...] = ()
    filters: tuple[Filter, ...] = ()
    joins: str = ""
    blanks: frozenset[str] = frozenset()
    escapes: tuple[tuple[str, str], ...] = ()
    blocks: bool = False


NOT_FINISHED: Final = "not finished"
PREVIEW: Final = "a preview"
SPAM: Final = "marked as spam"
REJECTED: Final = "rejected in review"

# Google's word for the first column, in the languages of its forms.
_TIMESTAMP: Final = (
    "timestamp|zeitstempel|horodateur|marca (?:de tiempo|temporal)|informazioni cronologiche"
    "|carimbo de data/hora|tijdstempel|sygnatura czasowa|tidsstämpel|tidsstempel|tidspunkt"
    "|aikaleima|časov[áé] (?:značka|razítko)|időbélyeg|zaman damgas\u0131|отметка времени"
    "|позначка часу|χρονική σήμανση|タイムスタンプ|时间戳记|時間戳記|타임스탬프"
)

_LIMESURVEY: Final = r"submitdate(?:\. .*)?|date submitted"
_LIMESURVEY_MARKS: Final = (
    _LIMESURVEY,
    r"lastpage(?:\. .*)?|last page",
    r"startlanguage(?:\. .*)?|start language",
)
_LIMESURVEY_OWN: Final = (
    r"(?:id|submitdate|lastpage|startlanguage|seed|token|startdate|datestamp|ipaddr|refurl)"
    r"(?:\. .*)?|response id|date submitted|last page|start language|access code|date started"
    r"|date last action|ip address|referrer url|(?:interview|group|question)time.*|total time"
)
_LIMESURVEY_FILTERS: Final = (
    Filter(("submitdate", "date submitted"), frozenset({"", "n/a", "{question_not_shown}"}),
           NOT_FINISHED),
)  # fmt: skip

PROFILES: Final[Mapping[str, Profile]] = {
    each.name: each
    for each in (
        Profile(
            "qualtrics",
            "Qualtrics",
            marks=(Mark(2, 0, r'\{\s*"importid".*'),),
            headers=3,
            own=(
                r"startdate|enddate|status|ipaddress|progress|duration \(in seconds\)|finished"
                r"|recordeddate|responseid|recipient(?:lastname|firstname|email)"
                r"|externalreference|externaldatareference|location(?:latitude|longitude)"
                r"|distributionchannel|userlanguage|q_.*"
            ),
            dates=("enddate", "recordeddate"),
            filters=(
                Filter(("distributionchannel",), frozenset({"preview"}), PREVIEW),
                Filter(
                    ("status",),
                    frozenset({"1", "2", "survey preview", "survey test", "preview"}),
                    PREVIEW,
                ),
                Filter(("status",), frozenset({"8", "9", "spam", "spam preview"}), SPAM),
                Filter(("finished",), frozenset({"0", "false", ""}), NOT_FINISHED),
            ),
        ),
        Profile(
            "surveymonkey",
            "SurveyMonkey",
            marks=(Mark(0, 0, "respondent ?id"),),
            headers=2,
            own=(
                r"respondent ?id|collector ?id|start ?date|end ?date|date (?:created|modified)"
                r"|ip ?address|email ?address|first ?name|last ?name|custom ?data ?\d*"
            ),
            dates=("enddate", "end date", "date modified", "date created"),
            blocks=True,
        ),
        Profile(
            "microsoft-forms",
            "Microsoft Forms",
            marks=(
                Mark(0, 0, "id"),
                Mark(0, 1, "start time"),
                Mark(0, 2, "completion time"),
            ),
            own=r"id|start time|completion time|e-?mail|name|last modified time|language"
            r"|total points|quiz feedback|grade posted time",
            dates=("completion time",),
        ),
        Profile(
            "limesurvey-vv",
            "LimeSurvey VV",
            marks=tuple(Mark(1, None, each) for each in _LIMESURVEY_MARKS),
            headers=2,
            key=1,
            own=_LIMESURVEY_OWN,
            dates=("submitdate",),
            filters=_LIMESURVEY_FILTERS,
            joins="_[",
            blanks=frozenset({"{question_not_shown}"}),
            escapes=(
                ("{newline}", "\n"),
                ("{cr}", "\r"),
                ("{tab}", "\t"),
                ("{quote}", '"'),
                ("{lbrace}", "{"),
            ),
        ),
        Profile(
            "limesurvey",
            "LimeSurvey",
            marks=tuple(Mark(0, None, each) for each in _LIMESURVEY_MARKS),
            own=_LIMESURVEY_OWN,
            dates=("submitdate", "date submitted"),
            filters=_LIMESURVEY_FILTERS,
            joins="_[",
            blanks=frozenset({"n/a"}),
        ),
        Profile(
            "odk-central",
            "ODK Central",
            marks=(Mark(0, None, "submissiondate"), Mark(0, None, "key")),
            own=(
                r"submissiondate|key|(?:meta-)?instance(?:id|name)|submitter(?:id|name)"
                r"|attachments(?:present|expected)|status|reviewstate|deviceid|edits|formversion"
                r"|start|end|today|username|phonenumber|__.*"
            ),
            dates=("submissiondate",),
            filters=(Filter(("reviewstate",), frozenset({"rejected"}), REJECTED),),
            joins="-",
        ),
        Profile(
            "kobotoolbox",
            "KoboToolbox",
            marks=(Mark(0, None, "_id"), Mark(0, None, "_uuid")),
            own=(
                r"_.*|(?:meta/)?instanceid|meta/.*|formhub/.*|start|end|today|username|deviceid"
                r"|phonenumber|simserial|subscriberid|audit"
            ),
            dates=("_submission_time", "end"),
            filters=(
                Filter(
                    ("_validation_status",),
                    frozenset({"validation_status_not_approved", "not approved"}),
                    REJECTED,
                ),
            ),
            joins="/",
        ),
        Profile(
            "google-forms",
            "Google Forms",
            marks=(Mark(0, 0, _TIMESTAMP),),
            own=rf"{_TIMESTAMP}|e-?mail address|username|score",
            dates=(_TIMESTAMP,),
        ),
        Profile("plain", "a plain table"),
    )
}
"""Each profile by its name, in the order in which they are tried; the last one fits any table."""

_PLAIN: Final = "plain"

MOST_HEADERS: Final = max(each.headers for each in PROFILES.values())

PERSONAL: Final = (
    r".*e-?mail.*"
    r"|(?:.*[^a-z])?(?:(?:full|first|last|middle|family|given|user) ?name|surname)(?:[^a-z].*)?"
    r"|(?:(?:your|my|respondent(?:'?s)?|submitter|recipient)[ _]?)?(?:first|last)?name"
    r"|vorname|nachname|nom|pr[ée]nom|nombre|apellidos?"
    r"|(?:.*[^a-z])?(?:(?:ip|home|street|postal)[ _-]?addr(?:ess)?|ipaddr|phone ?(?:number)?"
    r"|telephone|latitude|longitude|geolocation|gps|coordinates|date of birth|birthday)"
    r"(?:[^a-z].*)?"
    r"|_?(?:your )?address|location(?:latitude|longitude)|_geolocation|_submitted_by|phonenumber"
)
"""A folded header of what would give a person away: no such column is read as anything."""
_LONGEST_LABEL: Final = 60


def detect(rows: Sequence[Sequence[str]]) -> Profile:
    """The profile whose marks stand in the first rows of a table."""
    folded = [[fold(cell[:300]) for cell in row] for row in rows[:MOST_HEADERS]]
    return next(
        profile
        for profile in PROFILES.values()
        if all(_stands(mark, folded) for mark in profile.marks)
    )


def fits(profile: Profile, rows: Sequence[Sequence[str]]) -> bool:
    """Whether a table may be read by the profile that somebody named.

    A table whose marks were taken out may be, where no other tool's stand in it. But no row of
    answers may be taken for a header: what tells a second or third header row has to stand in it,
    or, where nothing does, the first one has to name a column that the tool adds.
    """
    found = detect(rows)
    folded = [[fold(cell[:300]) for cell in row] for row in rows[:MOST_HEADERS]]
    if profile.name == _PLAIN or all(_stands(mark, folded) for mark in profile.marks):
        return True
    if found.name != _PLAIN or profile.headers == 1:
        return found.name == _PLAIN
    deep = [mark._replace(cell=None) for mark in profile.marks if mark.row > 0]
    if deep:
        return all(_stands(mark, folded) for mark in deep)
    return is_own(profile, folded[0] if folded else ())


def _stands(mark: Mark, rows: Sequence[Sequence[str]]) -> bool:
    row = rows[mark.row] if mark.row < len(rows) else ()
    cells = row if mark.cell is None else row[mark.cell : mark.cell + 1]
    return any(re.fullmatch(mark.pattern, cell, re.DOTALL) for cell in cells)


def is_own(profile: Profile, names: Sequence[str]) -> bool:
    """Whether a column with these folded headers is one that the tool adds."""
    return bool(profile.own) and any(re.fullmatch(profile.own, name) for name in names)


def is_personal(names: Sequence[str]) -> bool:
    """Whether a column with these folded headers holds what would give a person away.

    A header longer than a label is a question: "Names of ..." in a sentence asks no name.
    """
    return any(len(name) <= _LONGEST_LABEL and re.fullmatch(PERSONAL, name) for name in names)
