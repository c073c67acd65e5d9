"""Facts as SQL: relations, conditions and grouped queries, and what differs between engines."""
