"""`salus rollback`."""
