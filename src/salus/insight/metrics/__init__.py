"""The numbers of the whole portfolio."""
