"""Reads tables from files, DuckDB, PostgreSQL and Spark; only the columns that the model names."""
