"""The signs of bars and ladders, the same in every text; none says what no word says."""

from typing import Final

FULL: Final = "█"
HALF: Final = "▒"
EMPTY: Final = "░"

REACHED: Final = "●"
PERHAPS: Final = "◐"
MISSING: Final = "○"
BEYOND: Final = "·"

MEANINGS: Final = {
    REACHED: "reached",
    PERHAPS: "reached if unknown answers turn out well",
    MISSING: "missing to the target",
    BEYOND: "beyond the target",
}


def draw_rung(stage: int, low: int, high: int, target: int) -> str:
    """The sign of one stage on a ladder that has reached `low`, and perhaps `high`."""
    if stage <= low:
        return REACHED
    if stage <= high:
        return PERHAPS
    return MISSING if stage <= target else BEYOND


def draw_ladder(low: int, high: int, target: int, top: int) -> str:
    """The signs of all stages, the lowest first."""
    return "".join(draw_rung(stage, low, high, target) for stage in range(1, top + 1))


BAR: Final = (FULL, HALF, EMPTY)


def draw_bar(low: int, high: int, size: int, signs: tuple[str, str, str] = BAR) -> str:
    """A bar of `size` signs: full up to the low count, half up to the high one, then empty."""
    full, half, empty = signs
    return full * low + half * (high - low) + empty * (size - high)
