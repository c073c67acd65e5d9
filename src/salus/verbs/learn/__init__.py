"""`salus learn`: propose better weights."""
