"""Text to documents and back: reading, writing, finding."""
