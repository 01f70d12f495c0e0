"""The report templates that come with custfocus, as data."""
