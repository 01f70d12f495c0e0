"""How the figures of the economic test are asked for."""

from collections.abc import Mapping
from typing import Final

TITLE: Final = "Figures of the service programme"

FIGURES: Final[Mapping[str, str]] = {
    "programme_cost": "What does the service programme cost in a year? A number.",
    "programme_benefit": "What does it bring in a year, in money? A number.",
    "currency": "In which currency?",
    "source": "Where do these figures come from?",
}
"""Each figure of an assessment with its question, in the order in which they are asked."""
