"""A number that is shown never contradicts the verdict beside it, whatever the answers are."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from render.cards import score_sample
from scoring.strategies import Case, cases

from custfocus_cli.render.narrative import write_figures, write_verdict
from custfocus_cli.render.picture import draw_rows, draw_tiles
from custfocus_cli.render.record import write_record
from custfocus_cli.scoring.scorecard import Scorecard


def find_contradictions(card: Scorecard) -> list[str]:
    """What a report shows as a number, and says otherwise in words."""
    record, model = write_record(card), card.definition.model
    verdict = write_verdict(card, record)
    shown = {each.name: each.value.removesuffix(" %") for each in write_figures(card, record)}
    found = []
    if "Way to the target" in shown:
        reached = "The target is reached." in verdict.target
        found += ["target"] * ((shown["Way to the target"] == "100.0") != reached)
    if "Stage" in shown:
        found += ["range"] * ((" to " in shown["Stage"]) == (card.result.status == "exact"))
        decides = "decide" in verdict.stage or verdict.stage.startswith("Too little")
        found += ["verdict"] * (decides == (card.result.status == "exact"))
    if card.result.coverage is not None:
        all_known = card.result.coverage == 1
        found += ["answered"] * ((shown["Answered"] == "100.0") != all_known)
    if card.evidenced is not None and card.evidenced.share is not None:
        found += ["evidenced"] * ((shown["Evidenced"] == "100.0") != (card.evidenced.share == 1))
    least = 100 * model.scoring.min_coverage
    for row in draw_rows(card):
        coverage = row.reading.coverage
        if coverage is not None and (Fraction(row.coverage) < least) != (100 * coverage < least):
            found.append(f"coverage of {row.id}")
    return [*found, *find_wrong_tiles(card)]


def find_wrong_tiles(card: Scorecard) -> list[str]:
    """Cells whose percent stands on the wrong side of the minimum that decides about them."""
    model, tiles = card.definition.model, draw_tiles(card)
    found = []
    for each in card.characteristics:
        for cell, tile in zip(each.cells, tiles[each.id], strict=True):
            if cell.percent_low is None or cell.percent_high is None:
                continue
            low, _, high = tile.number.removesuffix(" %").partition(" to ")
            for value, text in ((cell.percent_low, low), (cell.percent_high, high or low)):
                name = model.stages[cell.stage - 1].id
                minimums = (model.gate.percent or {}).values()
                limits = [listed[name] for listed in minimums if name in listed]
                sides = [(Fraction(text) >= limit) == (value >= limit) for limit in limits]
                ends = [(Fraction(text) == end) == (value == end) for end in (0, 100)]
                found += [f"{each.id} {cell.stage}: {text}"] * (not all((*sides, *ends)))
    return found


@settings(max_examples=150, deadline=None)
@given(cases())
def test_no_number_contradicts_the_words_beside_it(case: Case) -> None:
    assert find_contradictions(case.score()) == []


def test_a_number_that_is_rounded_over_a_verdict_is_caught(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Evidence behind 66 percent of the ratings, shown as all of them."""
    card = score_sample("quillmarsh-2026")
    assert find_contradictions(card) == []
    monkeypatch.setattr("custfocus_cli.render.narrative.share", lambda *_: "100.0")
    assert find_contradictions(card) == ["evidenced"]
