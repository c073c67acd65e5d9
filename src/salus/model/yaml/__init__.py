"""The YAML of a model: its tree with places, its keys, and the forms of their values."""
