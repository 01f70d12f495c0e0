"""Scorecards to render: the four samples, and small ones for what the samples do not show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Literal

from scoring.sheets import Sheet
from shipped import read_definition, read_sample
from tree import ROOT

from custfocus_cli.changes.sides import Diff, Side
from custfocus_cli.commands.judging import GateOptions, load_diff
from custfocus_cli.commands.loading import Request
from custfocus_cli.render.formats import PRINTED_REPORT, REPORT
from custfocus_cli.render.look import Look
from custfocus_cli.render.report import write_report
from custfocus_cli.scoring.panel import panel
from custfocus_cli.scoring.scorecard import Scorecard, score
from custfocus_cli.scoring.units import Comparison, Source, compare_units


@cache
def score_sample(name: str, target: str | None = None) -> Scorecard:
    """The result of a sample, measured against its own target or another."""
    definition = read_definition("interview-72")
    return score(panel([read_sample(name)], definition), definition, target=target)


@cache
def compare_samples(organisation: str) -> Diff:
    """The two years of a sample organisation with what the usual gate says, places included."""
    samples = ROOT / "questionnaires" / "samples"
    before, after = (str(samples / f"{organisation}-{year}.yaml") for year in (2025, 2026))
    diff = load_diff(before, after, Request([]), GateOptions(), quiet=True)
    old, new = diff.old, diff.new
    assert old is not None
    return diff._replace(old=_name_sample(old), new=_name_sample(new))


def _name_sample(side: Side) -> Side:
    """The side as it is called from the folder that it lies in."""
    places = {name: each._replace(path=Path(each.path).name) for name, each in side.places.items()}
    path = Path(side.path).name
    answers = side.answers._replace(path=path)
    return side._replace(path=path, places=places, answers=answers)


def line_up(card: Scorecard, number: int, start: str = "") -> Comparison:
    """So many units, called by their paths: this result, and the samples where they fit."""
    samples = [score_sample(name) for name in ("quillmarsh-2025", "quillmarsh-2026")]
    others = [each for each in samples if each.definition.digest == card.definition.digest]
    panel = card.panel
    cards = [
        replace(each, panel=each.panel._replace(organisation=panel.organisation, scope=panel.scope))
        for each in (card, *others)
    ]
    sources = [
        Source(f"{start}unit-{n}.yaml", cards[n % len(cards)], frozenset([str(n)]))
        for n in range(number)
    ]
    return compare_units(sources, window=10_000)


@cache
def score_short(name: str) -> Scorecard:
    """The result of a sample by the short form."""
    definition = read_definition("team-36")
    return score(panel([read_sample(name)], definition), definition)


# Answers to one small questionnaire, any of which may be the year before another.
YEARS: Mapping[str, str] = {
    "low": "P N / N N / N N",
    "risen": "L L / L P / P N",
    "doubtful": "L DK / L P / N N",
    "known alone": "L N / DK DK / . .",
    "narrow": "L NA / NA NA / N F",
    "nothing applies": "NA NA / NA NA / NA NA",
    "unanswered": ". . / . . / . .",
}


@cache
def score_year(name: str, year: int = 2026) -> Scorecard:
    """The result of one of the years."""
    return Sheet({"vision": YEARS[name]}, assessment={"date": f"{year}-01-31"}).score()


SHEETS: Mapping[str, Sheet] = {
    "one characteristic": Sheet({"vision": "F L / L P / N N"}),
    "nothing applies": Sheet({"vision": "NA NA / NA / NA"}),
    "nothing answered": Sheet({"vision": ". . / . / .", "voice": ". / . / ."}),
    "everything in place": Sheet({"vision": "F F / F / F", "voice": "F / F / F"}),
    "one unknown answer": Sheet({"vision": "L DK / P N / N N"}),
    "unknown above": Sheet({"vision": "F L / F L / L DK"}),
    "ahead of its base": Sheet({"vision": "P F / L L / F L"}),
    "stage 1 does not apply": Sheet({"vision": "NA NA / L L / N N"}),
    "the top does not apply": Sheet({"vision": "L / L / NA", "voice": "L / L / NA"}),
    "one of two does not apply": Sheet({"vision": "N / N / N", "voice": "NA / NA / NA"}),
    "one of two is not asked about": Sheet({"vision": "F / L / N", "voice": "- / - / -"}),
    "sixty characteristics": Sheet({f"trait-{n}": "F L / L P / N N" for n in range(60)}),
    "seven stages": Sheet(
        {"vision": "F / F / L / P / N / N / N", "voice": "F / P / F / F / F / F / F"}
    ),
    "no gate": Sheet({"vision": "F L / L P / N N", "voice": "P / . / F"}, scoring={"gate": "none"}),
    "a gate in percent": Sheet(
        {"vision": "F P N / F F / L", "voice": "F F / P P / N"},
        scoring={
            "gate": {
                "percent": {
                    "s1": {"s1": "60"},
                    "s2": {"s1": "80", "s2": "60"},
                    "s3": {"s1": "80", "s2": "80", "s3": "60"},
                }
            }
        },
    ),
    "no weight": Sheet(
        {"vision": "F / P / N", "voice": "N / N / N"},
        characteristics={"voice": {"weight": "0"}},
        items={"vision-1a": {"weight": "2"}},
    ),
    "an item for information": Sheet(
        {"vision": "F N / L / N"}, items={"vision-1b": {"weight": "0"}}
    ),
    "a target of its own": Sheet(
        {"vision": "F / P / N", "voice": "F / L / N"},
        assessment={"target": {"default": 2, "characteristics": {"voice": 3}}},
    ),
    "lower as evidenced": Sheet(
        {"vision": "F L / L / N"},
        scoring={"gate": {"every": "L"}, "evidence_cap": {"L": 1, "F": 2}},
        answers={"vision-1a": {"evidence": 2}, "vision-1b": {"evidence": 0}},
    ),
}


@cache
def score_sheet(name: str) -> Scorecard:
    """The result of a small sheet."""
    return SHEETS[name].score()


def score_panel(mode: str) -> Scorecard:
    """Three people who differ on the first item; each left a note, and one item was settled."""
    rows = ("F L / L / N", "N L / P / N", "P L / L / N")
    sheets = [
        Sheet(
            {"vision": row},
            answers={
                "vision-1a": {"note": f"Note {n}."},
                "vision-2a": {"agreed": n == 2, "note": "Settled." if n == 2 else None},
            },
            assessment={"mode": mode, "respondent": {"id": f"r{n}", "role": f"role-{n}"}},
        )
        for n, row in enumerate(rows)
    ]
    definition = sheets[0].definition
    return score(panel([sheet.filled for sheet in sheets], definition), definition)


CROWD: Mapping[str | None, int] = {
    "north": 20,
    "south": 15,
    "east": 12,
    "west": 5,
    None: 3,
    "tiny": 2,
}
"""How many people of each group answer in a crowd."""


def gather_crowd() -> list[Sheet]:
    """57 people: all alike on the first item, at both ends on the third, by group on the fourth."""
    by_group = {"north": "F", "south": "N", "east": "L"}
    groups = [group for group, size in CROWD.items() for _ in range(size)]
    return [
        Sheet(
            {
                "vision": f"L {'F' if n % 3 else 'L'} / {'N' if n % 2 else 'F'} / N",
                "voice": f"{(code := by_group.get(group or '', 'P'))} / {code} / {code}",
            },
            assessment={"mode": "survey", "respondent": {"id": f"r{n}", "group": group}},
        )
        for n, group in enumerate(groups)
    ]


@cache
def score_crowd(by: Literal["role", "group"] | None = "group") -> Scorecard:
    """The result of the crowd."""
    sheets = gather_crowd()
    definition = sheets[0].definition
    return score(panel([each.filled for each in sheets], definition), definition, by=by)


@cache
def score_staff_view(people: int = 12) -> Scorecard:
    """One interview, and people who see less than it measures; they are one group of two."""
    sheet = Sheet({"vision": "F / F / L", "voice": "L / P / N"})
    seen = [
        Sheet(
            {"vision": "-", "voice": "-"},
            questionnaire={
                "id": "seen",
                "title": "Seen",
                "items": {
                    name: {
                        "perception": [
                            {"id": f"{name}-{n}", "statement": f"I see {name}.", "scale": "scale"}
                            for n in (1, 2)
                        ]
                    }
                    for name in ("vision", "voice")
                },
            },
            model={"stages": [{"id": f"s{n}", "name": f"Stage {n}"} for n in range(1, 4)]},
            answers={
                f"{name}-{n}": {"answer": code}
                for name, code in (("vision", "P"), ("voice", "L"))
                for n in (1, 2)
            },
            assessment={"mode": "survey", "questionnaire": {"id": "seen"}},
        )
        for _ in range(people)
    ]
    beside = panel([each.filled for each in seen], seen[0].definition)
    return score(
        panel([sheet.filled], sheet.definition),
        sheet.definition,
        beside=[(beside, seen[0].definition)],
    )


def score_views() -> Scorecard:
    """One characteristic measured at stage 2, placed at 3 and seen at half of all points."""
    sheet = Sheet(
        {"vision": "F / L / N"},
        questionnaire={
            "items": {
                "vision": {
                    "s1": [{"id": "vision-1a", "statement": "It is."}],
                    "s2": [{"id": "vision-2a", "statement": "It is."}],
                    "s3": [{"id": "vision-3a", "statement": "It is."}],
                    "placement": {"id": "place", "question": "Where?", "options": [*"abcd"]},
                    "perception": [
                        {"id": "seen-1", "statement": "I see it.", "scale": "scale"},
                        {"id": "seen-2", "statement": "I feel it.", "scale": "scale"},
                    ],
                }
            }
        },
        answers={
            "place": {"answer": "3"},
            "seen-1": {"answer": "N"},
            "seen-2": {"answer": "F"},
        },
    )
    return sheet.score()


PLAIN = Look()


def render_report(
    format: str, card: Scorecard, look: Look = PLAIN, history: Sequence[Scorecard] = ()
) -> str:
    """The report of a result, with those before it, in one of its formats."""
    return REPORT[format](write_report(card, history), look)


def print_report(card: Scorecard, look: Look = PLAIN, history: Sequence[Scorecard] = ()) -> bytes:
    """The same as PDF."""
    return PRINTED_REPORT["pdf"](write_report(card, history), look)
