"""`salus demo`."""
