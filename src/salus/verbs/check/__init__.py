"""`salus check`."""
