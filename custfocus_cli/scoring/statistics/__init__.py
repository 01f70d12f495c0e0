"""Figures about many answers: from counts, exact where the formula is, each with its source."""
