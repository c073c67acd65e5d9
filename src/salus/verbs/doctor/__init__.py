"""`salus doctor`."""
