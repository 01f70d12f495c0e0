"""How anything is said: safe text, numbers, words."""
