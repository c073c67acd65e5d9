"""`salus forecast`."""
