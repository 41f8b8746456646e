"""1  FILE → DOCUMENT: read, clean, structure."""
