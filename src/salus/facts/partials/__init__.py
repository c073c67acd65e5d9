"""Partials in memory: facts grouped by entity and day, and which of them the measures need."""
