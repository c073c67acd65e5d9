"""Where the facts are: folders of files, DuckDB files, PostgreSQL, Spark; only what the model names
is ever read.
"""
