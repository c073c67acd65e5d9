"""Scores kept as wide Parquet files, by as-of date and model."""
