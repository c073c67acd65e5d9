"""`salus validate`: past scores and what happened later."""
