"""What the tables of a folder add to a model by their role."""
