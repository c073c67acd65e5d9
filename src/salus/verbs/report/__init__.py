"""`salus report`."""
