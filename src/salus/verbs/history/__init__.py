"""`salus history`: the scores of one entity over time."""
