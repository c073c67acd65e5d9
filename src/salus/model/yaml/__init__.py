"""YAML as a tree with places, and the forms that values may have."""
