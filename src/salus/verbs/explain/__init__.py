"""`salus explain`."""
