"""The functions of keys and links: how the names of one customer in several tools become equal.

They are here as Python; `facts/sql/key_functions.py` writes the same steps as SQL. Both use the
same tables of letters, so that no engine's rules for letters matter.
"""
