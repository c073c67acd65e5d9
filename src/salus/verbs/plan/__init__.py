"""`salus plan`: what an edited model would change."""
