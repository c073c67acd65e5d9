"""`salus compare`: which entities moved between two dates."""
