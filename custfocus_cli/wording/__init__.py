"""How anything is said: safe text, numbers, dates, words."""
