"""`salus score`."""
