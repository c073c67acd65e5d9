"""`salus init`."""
