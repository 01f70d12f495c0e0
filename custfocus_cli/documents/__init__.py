"""What users write, as frozen values."""
