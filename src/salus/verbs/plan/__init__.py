"""`salus plan`."""
