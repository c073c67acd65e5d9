"""Outcomes: what happened to each entity, and when."""
