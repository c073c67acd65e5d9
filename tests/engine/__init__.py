"""The engine against the oracle, and what must hold whatever the data."""
