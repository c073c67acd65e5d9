"""Partials kept as Parquet, and whether they still fit the data."""
