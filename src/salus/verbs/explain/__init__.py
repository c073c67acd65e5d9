"""`salus explain`: why an entity has its score."""
