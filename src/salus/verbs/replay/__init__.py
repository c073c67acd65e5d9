"""`salus replay`."""
