"""What moved between two results: facts alone; whether a move is allowed is another matter."""
