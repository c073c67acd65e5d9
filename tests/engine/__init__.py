"""The engine against the oracle, and properties that hold for all data."""
