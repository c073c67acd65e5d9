"""`salus history`."""
