"""`salus adopt`: use another model."""
