"""A folder for each verb: what it does, its result, and its text."""
