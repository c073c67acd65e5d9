"""What each kind of table adds to a model, one module a kind."""
