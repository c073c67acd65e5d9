"""Connections to the data of a company: folders of files, DuckDB, PostgreSQL and Spark."""
