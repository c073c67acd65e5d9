"""`salus score`: the scores of one date."""
