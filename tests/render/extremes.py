"""Results at the edge of what a page has to hold: very long, very many, none, other scripts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from render.cards import score_sheet
from render.poison import Poisoner
from render.test_hostile import write_documents

from custfocus_cli.documents.definition import resolve
from custfocus_cli.scoring.panel import panel
from custfocus_cli.scoring.scorecard import Scorecard, score

SENTENCE = "Every customer hears within a day what happens next, whoever took the call first. "

TEXTS: Mapping[str, str] = {
    "long texts": (SENTENCE * 30)[:1995],
    "long words": "Donaudampfschifffahrtsgesellschaft" * 58 + "skapitaen",
    "right to left": (
        "\u0643\u0644 \u0639\u0645\u064a\u0644 \u064a\u0639\u0631\u0641 \u062e\u0644\u0627\u0644"
        " \u064a\u0648\u0645 (24 h) \u0645\u0627\u0630\u0627 \u064a\u062d\u062f\u062b. "
        "\u05db\u05dc \u05dc\u05e7\u05d5\u05d7 \u05d9\u05d5\u05d3\u05e2, 3.5 %!"
    ),
    "wide signs": (
        "\u6bcf\u4e00\u4f4d\u5ba2\u6237\u90fd\u5728\u4e00\u5929\u4e4b\u5185\u77e5\u9053\u63a5"
        "\u4e0b\u6765\u4f1a\u53d1\u751f\u4ec0\u4e48\u3002\u304a\u5ba2\u69d8\u306f\u4e00\u65e5"
        "\u4ee5\u5185\u306b\u6b21\u306e\u3053\u3068\u3092\u77e5\u308a\u307e\u3059\uff01"
    ),
}

COUNTS = ("nothing applies", "one characteristic", "sixty characteristics", "seven stages")

EXTREMES = (*TEXTS, *COUNTS)


# What somebody calls something; the rest is what somebody says about it.
NAMES = {"name", "title", "label", "organisation", "scope", "role", "by", "term", "currency"}


@dataclass
class Filler(Poisoner):
    """Puts one text into every field, told apart by a number at its end; names get its start."""

    text: str = ""

    def _make(self, place: str) -> str:
        number = str(len(self.fields))
        self.fields[number] = place
        field = place.rpartition(".")[2]
        return f"{self.text[:120] if field in NAMES else self.text} {number}"


@cache
def score_extreme(name: str) -> Scorecard:
    """The result of this name; those of a text are of the whole model with that text everywhere."""
    if name in COUNTS:
        return score_sheet(name)
    filler = Filler(text=TEXTS[name])
    model, questionnaire, answers = write_documents()
    definition = resolve(filler.poison(questionnaire), filler.poison(model))
    return score(panel([filler.poison(answers)], definition), definition)
