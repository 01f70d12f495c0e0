"""What was understood of a table of answers, as text: before it is counted, or in one line."""

from __future__ import annotations

from collections.abc import Iterator

from custfocus_cli.documents.recognition import Column, Recognition, Use
from custfocus_cli.render.plain import find_width, head, say
from custfocus_cli.render.terminal import Terminal
from custfocus_cli.wording.phrases import counted, cut, listed, sentence
from custfocus_cli.wording.safety import safe

_LONGEST = 60
_MOST_LISTED = 20
_MOST_VALUES = 50

_UNREAD: tuple[tuple[Use, str], ...] = (
    ("tool", "of the survey tool"),
    ("ignored", "set aside by the mapping"),
    ("personal", "personal, never read"),
    ("unknown", "no item"),
)


def summarise(found: Recognition) -> str:
    """One line: the tool, how many people answered how many items, how many were left out."""
    asked = f"{len(found.used('item'))} of {found.items} items"
    text = f"{found.path}: {found.profile}, {counted(found.rows, 'respondent')}, {asked}"
    return "; ".join([text, *_say_left_out(found), *found.notices])


def _say_left_out(found: Recognition) -> Iterator[str]:
    if found.left_out:
        reasons = listed([f"{counted(n, 'row')} ({why})" for why, n in found.left_out.items()])
        yield f"left out {reasons}"


def write_recognition(found: Recognition, terminal: Terminal) -> str:
    """Which column is what and by what it was known, which answers were read how, what is not."""
    width = find_width(terminal)
    shape = " with ".join(filter(None, (found.encoding, found.delimiter)))
    rows = "; ".join([counted(found.rows, "respondent"), *_say_left_out(found)])
    lines = [
        head(2, found.path, width),
        say("Tool      ", f"{sentence(found.profile)}, {shape}", width),
        say("Rows      ", rows, width),
        *(say("Note      ", note, width) for note in found.notices),
        "",
        head(3, "Columns that are read", width),
        *(_describe(each, width) for each in found.used("item", "extra")),
    ]
    if found.absent:
        named = listed(found.absent, _MOST_LISTED)
        asked = f"{counted(len(found.absent), 'item')} of {found.items}"
        lines.append(say("Without a column: ", f"{asked} ({named})", width))
    lines += ["", head(3, "Columns that are not read", width), *_list_unread(found, width)]
    lines += ["", head(3, "Answers", width), *_list_values(found, width)]
    return "".join(f"{safe(line)}\n" for line in lines)


def _describe(column: Column, width: int) -> str:
    about = f"{column.name}, by {column.how}: {cut(column.header, _LONGEST)}"
    return say(f"{column.number:>4}  ", about, width)


def _list_unread(found: Recognition, width: int) -> Iterator[str]:
    for use, why in _UNREAD:
        columns = found.used(use)
        if columns:
            named = [f"{each.number} {cut(each.header, _LONGEST)}".rstrip() for each in columns]
            yield say("  ", f"{sentence(why)}: {listed(named, _MOST_LISTED)}", width)
    if not found.used(*(use for use, _ in _UNREAD)):
        yield "  None"


def _list_values(found: Recognition, width: int) -> Iterator[str]:
    for value in found.values[:_MOST_VALUES]:
        meaning = "no answer" if value.code is None else value.code
        yield say("  ", f"{meaning}, by {value.how}: {cut(value.text, _LONGEST)}", width)
    if len(found.values) > _MOST_VALUES:
        yield f"  and {len(found.values) - _MOST_VALUES} more texts"
    if not found.values:
        yield "  None was read"
