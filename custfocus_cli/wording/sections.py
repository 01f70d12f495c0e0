"""The headings of a report and the sentences that explain what stands below them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple


class Section(NamedTuple):
    """One part of a report: its heading, and what a reader has to know before reading it."""

    title: str
    text: str = ""


SECTIONS: Final[Mapping[str, Section]] = {
    "result": Section("Where the organisation stands"),
    "first": Section(
        "What to do first",
        "The next steps to begin with. Everything else comes later.",
    ),
    "restraint": Section("Why not more at once"),
    "sure": Section("How sure this is"),
    "rest": Section(
        "Where the rest stands",
        "This is the short version. A text that ends in … here goes on in the full report, which"
        " has these parts:",
    ),
    "beside": Section(
        "Beside the result",
        "The balance check asks whether it is wise to go on. It changes no stage.",
    ),
    "context": Section(
        "Before you start",
        "Who the customers are decides what is worth improving.",
    ),
    "notices": Section("To know when reading this"),
    "gaps": Section(
        "The gaps to the target",
        "A gap is the number of stages between where a characteristic stands and its target."
        " The largest stand first.",
    ),
    "areas": Section(
        "By area",
        "An area stands where the lowest of its characteristics stands.",
    ),
    "stages": Section("The stages"),
    "cells": Section(
        "Every characteristic, stage by stage",
        "Each cell holds the points reached at that stage, in percent of the most there is,"
        " and how many of its items are in place. Where an"
        " answer is unknown, the percentage is a range.",
    ),
    "views": Section(
        "How people see it",
        "What people say about their own organisation stands beside the measured result and"
        " does not change it. Where the two lie far apart, talk about why.",
    ),
    "agreement": Section(
        "Where people agree and where they do not",
        "How alike people answered, and where groups of them see it differently. None of it changes"
        " a rating; it says what to talk about before acting.",
    ),
    "people": Section("Who answered"),
    "divided": Section(
        "What people are most split on",
        "Here answers lie far apart, so the rating that counts stands for few of them. Talk about"
        " these items before acting on them.",
    ),
    "close": Section(
        "What people agree on most",
        "Here answers lie close together, so the rating that counts stands for most of them."
        " Nothing has to be settled before acting.",
    ),
    "settled": Section(
        "Settled in a workshop",
        "These ratings were agreed on in a talk and take the place of the single ones.",
    ),
    "characteristics": Section(
        "Agreement by characteristic",
        "On how many items people are close together, mixed or split, where it is not the same on"
        " all of them. Agreement is 1 where all say the same and 0 where they answer as if by"
        " chance. The mean is that of each person's own index, with where it may lie; n counts"
        " those who answered enough to have one. The result of this report rests on the middle"
        " rating of each item, so that the two need not be alike.",
    ),
    "groups": Section(
        "Where groups differ",
        "Each group is set beside all people outside it, by the mean of people's own indexes in"
        " percent. A difference is called small, medium or large by how often one of the group"
        " answers higher than one of the others; the number behind the word runs from -1 to 1."
        " Where the middle value stands alone, more would tell on a group that is too small.",
    ),
    "seen-apart": Section(
        "The measured result and what people see",
        "The measured index beside the index of what people perceive, both in percent.",
    ),
    "ladders": Section(
        "The ladder of each characteristic",
        "What is in place at each stage, and what keeps the next stage from counting. A stage"
        " counts when all stages below it do. Whatever is in place above an open stage is"
        " ahead of its base: keep it, and do not extend it until the stage below is complete.",
    ),
    "changes": Section("What changed"),
    "fell": Section("What went down or is not known any more"),
    "rose": Section("What rose, and why it counts"),
    "known": Section("What became known"),
    "evidence": Section("What backs the answers"),
    "asked": Section("What is asked or applies differently"),
    "wise": Section("Whether it is wise to go on"),
    "gate": Section("The gate"),
    "compared": Section(
        "Every characteristic",
        "Then and now. The index is in percent. A change is the newer number less the older,"
        " rounded separately.",
    ),
    "standing": Section("Every characteristic", "As it stands now; the index is in percent."),
    "trend": Section(
        "The years side by side",
        "Every result as it was scored for its own day.",
    ),
    "steps": Section(
        "Next steps",
        "In this order. Each characteristic works on its first open stage; what lies above"
        " comes later. Effort runs from 1 (small) to 3 (large).",
    ),
    "balance": Section(
        "Balance check and economic test",
        "The stage says what the organisation can do; this part says whether it is wise to go"
        " on. A safeguard protects from a risk, and a signal shows the risk at work. A weak"
        " safeguard or a frequent signal means watch; both together mean out of balance. None"
        " of it changes a stage, an index or a target.",
    ),
    "economics": Section(
        "Economic test",
        "The yearly benefit of the service programme divided by its yearly cost. The figures"
        " are the organisation's own, and a benefit often takes more than a year to show.",
    ),
    "details": Section(
        "The answers in detail",
        "Every item with its answer, what backs it, and what was noted.",
    ),
    "method": Section(
        "How the result came about",
        "This is a practice framework: an ordered collection of practices to talk about. It"
        " is no validated measuring instrument, and there are no norm values to compare with.",
    ),
    "units": Section(
        "Where each unit stands",
        "The stage comes first. An index tells two units apart only where both stand at the same"
        " stage and the ranges of the two do not overlap, so the units are in the order given and"
        " not in one of merit.",
    ),
    "map": Section(
        "Every characteristic, unit by unit",
        "Each cell holds the stage and the index in percent. Where answers are unknown, it holds"
        " what they leave open as well.",
    ),
    "apart": Section(
        "How far apart they are",
        "The spread is the highest index less the lowest, in points. Foremost are the units that"
        " no other is surely ahead of, hindmost those that are surely ahead of none; one whose"
        " answers leave much open can be both. Where no unit is surely ahead of any, there is"
        " neither.",
    ),
    "lacks": Section(
        "What several lack",
        "Items that hold back more than one unit in the step that is to be taken next. What has to"
        " wait is left out.",
    ),
    "starts": Section("The first step of each unit"),
    "checklist": Section(
        "One by one",
        "The rating of each is the lowest among its items, since one weak item leaves it open.",
    ),
    "glossary": Section("Words used here"),
    "benefits": Section("Why this matters", "What is hoped for. None of it is a promise."),
}

CHECKLIST: Final[Mapping[str, Section]] = {
    **SECTIONS,
    "result": Section("What is in place and what is open"),
    "first": Section(
        "What to close first",
        "What takes the least comes first; the list of all gaps stands below.",
    ),
    "steps": Section(
        "The gaps",
        "What takes the least comes first. What nobody knows is found out before anything is done"
        " about it. Effort runs from 1 (small) to 3 (large).",
    ),
}
"""The same for a ladder of one stage, on which nothing is climbed."""

UNSTAGED: Final[Mapping[str, Section]] = {
    **SECTIONS,
    "result": Section("The result in short"),
    "beside": Section(
        "The balance check",
        "It asks whether it is wise to go on; it measures no stage.",
    ),
    "views": Section(
        "How people see it",
        "What people say about their own organisation, none of it measured. It tells what to talk"
        " about.",
    ),
    "differences": Section(
        "Where respondents differ",
        "Here the lowest and the highest answer lie far apart; talk about these first.",
    ),
    "views_by_day": Section("How people saw it, day by day"),
    "balance": Section(
        "Balance check and economic test",
        "A safeguard protects from a risk, and a signal shows the risk at work. A weak safeguard"
        " or a frequent signal means watch; both together mean out of balance. None of it is a"
        " stage or an index.",
    ),
}
"""The same for a result of questionnaires that measure no stage."""
