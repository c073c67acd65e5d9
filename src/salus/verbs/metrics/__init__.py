"""`salus metrics`."""
