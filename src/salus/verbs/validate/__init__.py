"""`salus validate`."""
