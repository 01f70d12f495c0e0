"""The conversation that fills an assessment."""
