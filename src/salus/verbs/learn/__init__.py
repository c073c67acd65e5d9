"""`salus learn`."""
