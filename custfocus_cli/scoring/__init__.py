"""What the answers mean: pure functions from documents to a scorecard."""
