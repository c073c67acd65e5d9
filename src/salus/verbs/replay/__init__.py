"""`salus replay`: the scores on past dates, each from what was known on that date."""
