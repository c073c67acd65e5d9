"""`salus compare`."""
