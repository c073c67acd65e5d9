"""Outcomes: which entities left, renewed and so on, and when."""
