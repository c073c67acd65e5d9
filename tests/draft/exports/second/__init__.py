"""A second invented company, exported by other tools, with the truth beside its files."""
