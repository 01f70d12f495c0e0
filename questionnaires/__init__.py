"""The questionnaires that come with custfocus, as data."""
