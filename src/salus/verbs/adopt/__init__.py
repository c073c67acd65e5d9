"""`salus adopt`."""
