"""`salus rollback`: undo the last adoption."""
