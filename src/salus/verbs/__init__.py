"""A folder per verb: what it does, its result, and the text that shows it."""
