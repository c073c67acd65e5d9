"""The rules of each engine, one file each."""
